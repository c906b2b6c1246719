"""What a run stands on: parameters, notebook, tables with all that declares them, printed numbers, the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.contents import checksum
from zt_analysis.errors import InputError
from zt_analysis.rooted import in_project
from zt_analysis.runs.case import Case
from zt_analysis.runs.computed_by import other_files
from zt_analysis.runs.record import code_now, code_sha256, sha256_of_file, shown_path
from zt_analysis.sources.descriptor import DECLARATIONS, DESCRIPTOR, Package

CODE = "zt_analysis"
AGAIN = "run the case again; what was published before is as it was"
# what a process has imported does not change with its files: the same process would refuse every further case
AFRESH = "start the batch, or the program that runs cases, anew; what was published before is as it was"


@in_project
def parameter_files(parameters: Mapping[str, Any], root: Path) -> list[Path]:
    """The case's own, and those of another whose printed numbers it is held against.

    Raises:
        InputError: there is no such case.
    """
    cases = [parameters["case"], params.other_case(parameters, root)]
    return [params.path_of(case, root) for case in cases if case]


@in_project
def side_files(parameters: Mapping[str, Any], root: Path) -> list[Path]:
    """A case's text, printed numbers and explanations where there are some, declared by its package or not."""
    package = root / parameters["package"]
    beside = [path for name in params.side_files(parameters, root) if params.is_file(path := package / name)]
    return [*beside, *params.text_files(str(parameters["case"]), root)]


def files_read(package: Package, tables: Iterable[str]) -> list[Path]:
    """The files in which ``package`` keeps ``tables``, and those that declare how they are read."""
    files = [path for name in tables if name in package.tables for path in package.tables[name].parts.paths]
    return [package.folder / DESCRIPTOR, *package.declarations, *files]


def tables_read(ledger: Mapping[str, Any]) -> list[str]:
    """The declared tables whose files a run read, by its ``ledger``."""
    return [one["name"] for one in ledger["package"]["files"] if one["sha256"] and one["registered"]]


def inputs_of(ledger: Mapping[str, Any], case: Case, beside: Sequence[Path] = ()) -> list[dict[str, str]]:
    """Path and sha256 of every file that a run read, those ``beside`` among them; what it was computed by apart.

    Raises:
        InputError: one is no longer that whose rows the run loaded: its ``ledger`` has another checksum.
    """
    parameters, root, package = case.parameters, case.root, case.package
    own = [*parameter_files(parameters, root), case.path]
    read = files_read(package, tables_read(ledger))
    beside_tables = side_files(parameters, root)
    others = other_files(root)
    paths = dict.fromkeys([*own, *read, *beside_tables, *others, *beside])
    # rows are read in pieces; whatever else there is has been read, or is, once
    rows = {*read, *beside} - {*beside_tables, *others, *package.declarations, package.folder / DESCRIPTOR}
    sums = {path: (_sum if path in rows else _small_sum)(path, root) for path in paths}
    declared_by = ledger["package"]["declared_by"]
    for path in (package.folder / name for name in (DESCRIPTOR, *DECLARATIONS)):
        if declared_by.get(path.name) != sums.get(path):
            raise _changed(shown_path(path, root))
    for one in ledger["package"]["files"]:
        if one["sha256"] and one["sha256"] != _checksum_now(one, package, sums):
            raise _changed(shown_path(package.folder / one["path"], root))
    return [{"path": shown_path(path, root), "sha256": sums[path]} for path in paths]


@contextmanager
def firm(case: Case) -> Iterator[None]:
    """Refuse what is done within if any of it changes meanwhile: a record would name what was not read.

    Of tables only what declares them: ``inputs_of`` holds their files against what was loaded.

    Raises:
        InputError: names the first file that is not as it was.
    """
    before, code = _sums(case), code_sha256()
    _same_office(case)
    yield
    _same_office(case)
    if code_now() != code:
        raise _changed(CODE, AFRESH)
    after = _sums(case)
    for name in sorted(before | after):
        if before.get(name) != after.get(name):
            raise _changed(name)
    if params.load(case.name, case.root) != case.parameters:  # read before their checksum was taken
        raise _changed(case.where)


def _same_office(case: Case) -> None:
    """Refuse an office whose files are not those that this process has imported."""
    office = case.office
    now = office.sums_now()
    for name in sorted(office.sums | now):
        if office.sums.get(name) != now.get(name):
            raise _changed(f"{office.name}/{name}", AFRESH)


def _sums(case: Case) -> dict[str, str]:
    declaring = [case.folder / name for name in (DESCRIPTOR, *DECLARATIONS)]
    parameters, root = case.parameters, case.root
    files = [*parameter_files(parameters, root), case.path, *side_files(parameters, root), *declaring]
    return {shown_path(path, root): _small_sum(path, root) for path in files if params.is_file(path)}


def _small_sum(path: Path, root: Path) -> str:
    """The checksum of a file that a run asks for in several places."""
    return _sum(path, root, checksum)


def _sum(path: Path, root: Path, take: Callable[[Path], str] = sha256_of_file) -> str:
    try:
        return take(path)
    except FileNotFoundError as error:  # it was there a moment ago
        raise _changed(shown_path(path, root)) from error
    except OSError as error:
        found, expected = str(error.strerror), "a file that can be read"
        raise InputError(shown_path(path, root), found=found, expected=expected, hint="see its permissions") from error


def _checksum_now(one: Mapping[str, Any], package: Package, sums: Mapping[Path, str]) -> str | None:
    """The checksum of what the ledger has as ``one``; None where it is gone."""
    if not one["registered"]:
        return sums.get(package.folder / one["path"])
    return package.tables[one["name"]].parts.checksum(sums)


def _changed(name: str, hint: str = AGAIN) -> InputError:
    expected = "what a run reads to stay as it is until it ends"
    return InputError(name, found="a change while the case ran", expected=expected, hint=hint)
