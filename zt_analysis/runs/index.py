"""Build ``outputs/index.html`` from the run records of all cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.contents import replace_own
from zt_analysis.errors import InputError
from zt_analysis.reports.catalogue_page import render_catalogue
from zt_analysis.reports.index_page import Entry, render_index
from zt_analysis.reports.places import CATALOGUE
from zt_analysis.rooted import in_project
from zt_analysis.runs.editions import edition, kept, unfiled
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.record import read_record
from zt_analysis.runs.ro_crate import CRATE
from zt_analysis.runs.standing import standing_failure

LINKS = ("report.html", "figures.csv", "figures.xlsx", "figures.json", "run.json", CRATE)


@in_project
def build_index(root: Path, outputs: Path | None = None) -> Path:
    """Write the index of all cases of the project at ``root`` and return its path.

    Raises:
        InputError: the outputs folder cannot be written.
    """
    folder = outputs or root / "outputs"
    names = [*params.ordered(root), *unfiled(root, folder)]
    newest = sorted(names, key=lambda case: _day(case, folder, root) or "9999", reverse=True)
    entries = [_entry(case, folder, root) for case in newest]  # of one day in the order of their names
    path = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_own(path, render_index(entries))
        _see_catalogue(folder / CATALOGUE)
    except OSError as error:
        raise InputError(
            f"output folder {folder}", found=error.strerror, expected="a folder that can be written", hint="check it"
        ) from error
    return path


def _see_catalogue(path: Path) -> None:
    """Index and cards link to the catalogue: where nobody has made it, a page there says how."""
    if not path.exists():
        replace_own(path, render_catalogue(None))


def _day(case: str, folder: Path, root: Path) -> str:
    """The as-of date of a case, by its record where its file is gone."""
    return params.as_of(case, root) or str(read_record(folder / case).get("parameters", {}).get("as_of", ""))


def _entry(case: str, folder: Path, root: Path) -> Entry:
    done, failed = read_record(folder / case), standing_failure(root, folder / case)
    return Entry(
        case=case,
        as_of=_day(case, folder, root),
        status=done.get("status", "not_run"),
        failed=failed["error"]["message"] if failed else "",
        synthetic=bool(done.get("synthetic", False)),
        verdicts=done.get("summary", {}).get("verdicts", {}),
        decision=done.get("summary", {}).get("decision", {}),
        missing=done.get("summary", {}).get("missing", []),
        english=done.get("summary", {}).get("missing_en", {}),
        links=[
            *_links(folder, case, done),
            *(_links(folder, f"{case}.failed", failed) if failed else []),
            *_editions(folder, case),
        ],
    )


def _editions(folder: Path, case: str) -> Iterator[tuple[str, str]]:
    """The page of each former edition, the latest first."""
    for number in reversed(kept(folder / case)):
        page = edition(folder / case, f"v{number}") / PAGE
        if page.exists():
            yield f"v{number}: {PAGE}", page.relative_to(folder).as_posix()


def _links(folder: Path, name: str, record: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and path of each file of a run that can be opened; those of a failed one say so."""
    if not record:
        return []
    notebooks = sorted(path.name for path in (folder / name).glob("*.ipynb"))
    found = [file for file in (*LINKS, *notebooks) if (folder / name / file).exists()]
    prefix = "failed: " if name.endswith(".failed") else ""
    return [(f"{prefix}{file}", f"{name}/{file}") for file in found]
