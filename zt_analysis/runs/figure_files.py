"""The figures of a run as files: CSV and xlsx for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zt_analysis.contents import named, plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.jsons import laid_out, read_json
from zt_analysis.reports.downloads import figures_csv, figures_xlsx, inert
from zt_analysis.runs.outputs import never_run

LEDGER, PROBLEMS = "figures.json", "problems.csv"
PROBLEM_COLUMNS = ("file", "place", "table", "row", "column", "found", "expected", "kind", "count", "hint")


def read_ledger(folder: Path) -> dict[str, Any]:
    """The ledger that a run left in ``folder``.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = folder / LEDGER
    try:
        return dict(read_json(plain_bytes(path)))
    except OSError as error:
        if not folder.is_dir():
            raise never_run(folder) from error
        raise InputError(
            f"case {folder.name}", found=f"no {path.name} in {folder.name}/", expected="a case that was run",
            hint=f"zt run {folder.name} publishes it",
        ) from error  # fmt: skip
    except ValueError as error:
        raise InputError(
            f"{folder.name}/{path.name}", found=f"no JSON ({error})", expected="the ledger of a run", hint="restore it"
        ) from error


def figure_files(ledger: Mapping[str, Any]) -> dict[str, bytes]:
    """``figures.csv``, ``figures.xlsx`` (one row a figure) and ``figures.json`` (the whole ledger), by name."""
    text = laid_out(dict(ledger))
    made = {"figures.csv": figures_csv(ledger), "figures.xlsx": figures_xlsx(ledger)}
    return made | {"figures.json": f"{text}\n".encode()}


def write_problems(problems: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Write ``problems.csv``: a header, and one row a problem (``count`` is above 1 where more are only counted)."""
    with named(folder / PROBLEMS), (folder / PROBLEMS).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PROBLEM_COLUMNS)
        for one in problems:
            cells = ("" if one.get(name) is None else str(one[name]) for name in PROBLEM_COLUMNS)
            writer.writerow(inert(cell) for cell in cells)


def counts(quality: Mapping[str, Any]) -> dict[str, int]:
    """What was checked, in numbers: an empty ``problems.csv`` alone would not say that anything was."""
    tables = quality["tables"]
    summed = {name: sum(one[name] for one in tables) for name in ("rows", "checks", "problems")}
    return {"tables": len(tables), **summed, "corrections": len(quality["corrections"])}
