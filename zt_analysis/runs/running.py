"""Run a case: parameters -> executed notebook -> report and figures -> run record, published as one folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any

from zt_analysis import ledger, notebooks, params, reports
from zt_analysis.errors import InputError, KernelStartError, ZtError
from zt_analysis.notebooks import Engine
from zt_analysis.runs import editions
from zt_analysis.runs.completion import moved_since
from zt_analysis.runs.computed_by import computed_by, read_beside
from zt_analysis.runs.figure_files import PROBLEMS, counts, write_figures, write_problems
from zt_analysis.runs.index import build_index
from zt_analysis.runs.inputs import firm, inputs_of, tables_read
from zt_analysis.runs.outgoing import check_declared, check_outgoing, mask_failed
from zt_analysis.runs.publishing import draft, publish
from zt_analysis.runs.record import failure_record, origin, read_record, run_record, with_times, write_record
from zt_analysis.runs.resent import resent
from zt_analysis.runs.ro_crate import write_crate
from zt_analysis.runs.signing import recorded, signoffs
from zt_analysis.runs.unchanged import declared
from zt_analysis.settings import LATE
from zt_analysis.used import notes, noting

NOTEBOOKS = "notebooks"
NOTES = ".used"
NEEDED = ("case", "package")
ATTEMPTS, RETRY_SECONDS = 3, 0.5


@dataclass(frozen=True)
class Run:
    """A completed run: its record, its ledger, and the folder that holds both."""

    record: dict[str, Any]
    ledger: dict[str, Any]
    folder: Path

    @property
    def exit_code(self) -> int:
        """0 all agree, 1 something differs, 2 only the input files are not the declared ones."""
        return int(self.record["exit_code"])


def run(
    case: str,
    root: Path,
    *,
    outputs: Path | None = None,
    engine: str | Engine = "stock",
    index: bool = True,
    revise: str = "",
) -> Run:
    """Run ``case`` of the project at ``root`` and publish ``<outputs>/<case>/``.

    A run that does not complete leaves the previous outputs as they are, and what it got to in
    ``<outputs>/<case>.failed/``.

    Args:
        engine: ``stock`` or ``warm``; the outputs are the same.
        index: whether to build the index page anew; a batch does so once, at its end.
        revise: why a case that was issued is run again; what was issued is kept as an edition.

    Raises:
        InputError: wrong case, parameter, table, row or output folder; an issued case and no reason to revise it.
        NotebookError: a cell failed or the kernel died.
        ReportError: the report could not be made.
    """
    started = datetime.now(UTC)
    engine = Engine.of(engine)
    fitting_notebook(params.load(case, root), case, root)
    destination = (outputs or root / "outputs") / case
    made: dict[str, Any] = {"origin": origin(root, engine.name)}
    with draft(destination.parent, case) as folder:
        # again: another run of the case may have been waited for
        parameters = params.load(case, root)
        revision = editions.next_revision(destination, revise)
        notebook = fitting_notebook(parameters, case, root)
        try:
            with firm(parameters, notebook, root):
                again = resent(parameters, root, destination.parent)
                with noting(folder / NOTES):
                    executed, attempts = _execute(folder, notebook, parameters, root=root, engine=engine)
                    found, moved = _fill(folder, executed, destination, revision, again)
                record = _record(folder, found, parameters, notebook, root) | {"attempts": attempts} | moved
                check_outgoing(folder, found)
                check_declared(folder, root / parameters["package"], parameters.get("engine", ""))
        except ZtError as error:
            told = _with_problems(error, folder, destination)
            if _keep_failure(folder, destination, failure_record(case, parameters, told) | made, started) and index:
                build_index(root, destination.parent)
            if told is error:
                raise
            raise told from error
        made |= {"resent": again} if again else {}
        record = with_times(record | recorded(destination) | made, started)
        write_record(record, folder)
        write_crate(record, folder)
        if revision and revision["edition"] > editions.number_of(read_record(destination)):
            editions.keep(destination)
        publish(folder, destination)
    if index:
        build_index(root, destination.parent)
    return Run(record, found, destination)


def run_again(case: str, root: Path, folder: Path, revision: Mapping[str, Any] | None = None) -> None:
    """Run ``case`` as it is now and leave its outputs in ``folder``; nothing is published or recorded.

    Args:
        revision: of a later edition, what its record says of it.

    Raises:
        ZtError: as ``run``.
    """
    parameters = params.load(case, root)
    notebook = fitting_notebook(parameters, case, root)
    with firm(parameters, notebook, root):
        with noting(folder / NOTES):
            executed, _ = _execute(folder, notebook, parameters, root=root, engine=Engine("stock"))
            found, _ = _fill(folder, executed, folder, revision)
        _record(folder, found, parameters, notebook, root)


def fitting_notebook(parameters: Mapping[str, Any], case: str, root: Path) -> Path:
    """The notebook that a case's parameters name, and whose parameters they are.

    Raises:
        InputError: there is none of that name, it has other parameters, or none that say what a run is about.
    """
    name = parameters.get("notebook")
    known = sorted(path.stem for path in (root / NOTEBOOKS).glob("*.ipynb"))
    if name not in known:
        raise InputError(
            f"{params.FOLDER}/{case}.yml, key 'notebook'",
            found=repr(name),
            expected=f"one of {', '.join(known)}",
            hint="name a notebook of notebooks/, without .ipynb",
        )
    path = root / NOTEBOOKS / f"{name}.ipynb"
    own = notebooks.declared_parameters(notebooks.read(path), path.name)
    lacking = [key for key in NEEDED if key not in own or own[key].type != "str"]
    if lacking:
        raise InputError(
            f"{NOTEBOOKS}/{path.name}, parameters cell",
            found=f"no text {' and no text '.join(lacking)}",
            expected=f"{' and '.join(NEEDED)}, which say what is run and on which rows",
            hint=f'write {lacking[0]}: str = "…" in it, as notebooks/bulletin.ipynb does',
        )
    params.check(params.of_notebook(parameters), own, where=f"{params.FOLDER}/{case}.yml")
    return path


def _execute(
    folder: Path, notebook: Path, parameters: dict[str, Any], *, root: Path, engine: Engine
) -> tuple[Any, int]:
    """The executed notebook, and how many attempts it took."""
    where = f"{params.FOLDER}/{parameters['case']}.yml"
    output = folder / notebook.name
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _late(parameters):
                executed = notebooks.execute(
                    notebook, params.of_notebook(parameters), output, cwd=root, where=where, engine=engine
                )
            break
        except KernelStartError:
            # what may pass is tried again after growing pauses: a kernel that did not come up; nothing else
            if attempt == ATTEMPTS:
                raise
            sleep(RETRY_SECONDS * 2 ** (attempt - 1))
    return executed, attempt


def _fill(
    folder: Path,
    executed: Any,
    destination: Path,
    revision: Mapping[str, Any] | None,
    again: Sequence[Mapping[str, str]] = (),
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write what is made from an executed notebook; its ledger, with what a revision moved, and what a record says of
    what moved since a county was missing.
    """
    found = ledger.from_notebook(executed)
    if revision:
        found |= {"revision": revision if "former" in revision else editions.described(revision, destination, found)}
    write_figures(found, folder)
    moved = moved_since(destination, found)
    more = {"moved": moved, "revision": found.get("revision"), "resent": again}
    _write_report(executed, folder, destination, more)
    write_problems([], folder)
    return found, {"moved": moved} if moved else {}


def _record(
    folder: Path, found: dict[str, Any], parameters: dict[str, Any], notebook: Path, root: Path
) -> dict[str, Any]:
    noted = notes(folder / NOTES)
    (folder / NOTES).unlink(missing_ok=True)
    inputs = inputs_of(found, parameters, notebook, root, read_beside(noted, root))
    record = run_record(found, parameters, inputs=inputs, folder=folder)
    kind, text = str(found["case"].get("kind", "")), notebooks.code_of(notebooks.read(notebook))
    record |= {"computed_by": computed_by(noted, kind, text, root)}
    tables = tables_read(found)
    checked = {"quality": counts(found["package"]["quality"]), "files_of": tables}
    revised = {"revision": found["revision"]} if "revision" in found else {}
    return record | checked | revised | {"declared_sha256": declared(root / parameters["package"], tables)}


@contextmanager
def _late(parameters: Mapping[str, Any]) -> Iterator[None]:
    """What the case says of late files, for the kernel that is started within."""
    before = os.environ.get(LATE)
    os.environ[LATE] = params.late(parameters)
    try:
        yield
    finally:
        os.environ.pop(LATE)
        if before is not None:
            os.environ[LATE] = before


def _write_report(executed: Any, folder: Path, destination: Path, more: Mapping[str, Any]) -> None:
    """The report, with what ``reports.render`` takes of the run, and the sign-offs of the case: a new run voids them
    unless every value is what it was.
    """
    revision = more["revision"]
    found = signoffs(destination, ledger.from_notebook(executed) | ({"revision": revision} if revision else {}))
    page = reports.render(executed, signoffs=found, **more)
    (folder / "report.html").write_text(page, encoding="utf-8")


def _with_problems(error: ZtError, folder: Path, destination: Path) -> ZtError:
    """``error``, or the same one naming the file of every problem if the notebook refused its rows."""
    failed = next(iter(folder.glob("*.ipynb")), None)
    problems = ledger.problems(notebooks.read(failed)) if failed else []
    if not problems:
        (folder / PROBLEMS).unlink(missing_ok=True)
        return error
    write_problems(problems, folder)
    # not the whole path: it would be in the record, which says nothing of the machine
    return type(error)(f"{error}\nEvery problem: {destination.parent.name}/{_failed(destination).name}/{PROBLEMS}")


def _failed(destination: Path) -> Path:
    return destination.with_name(f"{destination.name}.failed")


def _keep_failure(folder: Path, destination: Path, record: dict[str, Any], started: datetime) -> bool:
    """Leave the failed notebook, a page that says so and the record beside the outputs, if a kernel got to run."""
    failed = next(iter(folder.glob("*.ipynb")), None)
    if failed is None:
        return False
    for path in folder.iterdir():
        if path not in (failed, folder / PROBLEMS):
            path.unlink()
    mask_failed(failed)
    write_record(with_times(record, started), folder)
    page = reports.render_failure(record["case"], record["error"], notebooks.read(failed))
    (folder / "report.html").write_text(page, encoding="utf-8")
    publish(folder, _failed(destination))
    return True
