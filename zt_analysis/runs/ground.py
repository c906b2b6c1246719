"""What a run stands on beside the package's tables: parameters, notebook, printed numbers, explanations, the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError
from zt_analysis.runs.record import code_now, code_sha256, file_record, shown_path

CODE = "zt_analysis"


def parameter_files(parameters: Mapping[str, Any], root: Path) -> list[Path]:
    """The case's own, and those of a bulletin whose dates it takes."""
    cases = [parameters["case"], *([parameters["bulletin"]] if parameters.get("bulletin") else [])]
    return [root / params.FOLDER / f"{case}.yml" for case in cases]


def side_files(parameters: Mapping[str, Any], root: Path) -> list[Path]:
    """A case's printed numbers and explanations where there are some, whether its package declares them or not."""
    package = root / parameters["package"]
    return [package / name for name in params.side_files(parameters) if (package / name).exists()]


@contextmanager
def firm(parameters: Mapping[str, Any], notebook: Path, root: Path) -> Iterator[None]:
    """Refuse what is done within if any of it changes meanwhile: a record would name what was not read.

    Tables are not looked at here: whoever reads their rows checks that they are those that were verified.

    Raises:
        InputError: names the first file that is not as it was.
    """
    before = _sums(parameters, notebook, root) | {CODE: code_sha256()}
    yield
    after = _sums(parameters, notebook, root) | {CODE: code_now()}
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    if changed:
        raise InputError(
            changed[0],
            found="a change while the case ran",
            expected="what a run reads to stay as it is until it ends",
            hint="run the case again; what was published before is as it was",
        )


def _sums(parameters: Mapping[str, Any], notebook: Path, root: Path) -> dict[str, str]:
    files = [*parameter_files(parameters, root), notebook, *side_files(parameters, root)]
    return {shown_path(path, root): file_record(path, root)["sha256"] for path in files if path.exists()}
