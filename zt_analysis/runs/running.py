"""Run a case: parameters -> executed notebook -> report and figures -> run record, published as one folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zt_analysis import ledger, notebooks, reports
from zt_analysis.contents import write_file
from zt_analysis.errors import ZtError, in_words
from zt_analysis.notebooks import Engine
from zt_analysis.rooted import in_project
from zt_analysis.runs import editions
from zt_analysis.runs.case import read_case
from zt_analysis.runs.figure_files import PROBLEMS, read_ledger, write_problems
from zt_analysis.runs.index import build_index
from zt_analysis.runs.inputs import firm
from zt_analysis.runs.outgoing import mask_failed, without_declared
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.pages import lay_page
from zt_analysis.runs.publishing import draft, publish
from zt_analysis.runs.record import failure_record, moments, read_record, with_times, write_record
from zt_analysis.runs.standing import unchanged
from zt_analysis.runs.steps import Job, compute, make_record, work_off


@dataclass(frozen=True)
class Run:
    """A completed run: its record, its ledger, the folder that holds both, and whether another run has left them."""

    record: dict[str, Any]
    ledger: dict[str, Any]
    folder: Path
    unchanged: bool = False

    @property
    def exit_code(self) -> int:
        """0 all agree, 1 something differs, 2 only the input files are not the declared ones."""
        return int(self.record["exit_code"])


@in_project
def run(
    case: str,
    root: Path,
    *,
    outputs: Path | None = None,
    engine: str | Engine = "stock",
    revise: str = "",
    awaited: Callable[[], None] | None = None,
) -> Run:
    """Run ``case`` of the project at ``root`` and publish ``<outputs>/<case>/``.

    A run that does not complete leaves the previous outputs as they are, and what it got to in
    ``<outputs>/<case>.failed/``. Another run of the case is waited for; what it leaves is not made a second time.

    Args:
        engine: ``stock`` or ``warm``; the outputs are the same.
        revise: why a case that was issued is run again; what was issued is kept as an edition.
        awaited: of a batch, which builds the index page once, at its end: returns once the issues before this one that
            run at the same time have ended, since it reads what they publish.

    Raises:
        InputError: wrong case, parameter, table, row or output folder; an issued case and no reason to revise it.
        NotebookError: a cell failed or the kernel died.
        ReportError: the report could not be made.
    """
    chosen = Engine.of(engine)
    # a wrong name or parameter is told at once, not after another run of the case
    read_case(case, root)
    destination = (outputs or root / "outputs") / case
    started, stood = datetime.now(UTC), _stands(destination)
    with draft(destination.parent, case) as folder:
        if not revise and _stands(destination) != stood:
            if awaited:
                awaited()  # its page is held against those that run at the same time
            if done := _left_by_another(root, destination):
                return done
        # again: another run of the case may have been waited for
        job = Job(read_case(case, root), chosen, folder, destination, awaited=awaited, started=started)
        job.revision = editions.next_revision(destination, revise)
        try:
            work_off(job)
        except (ZtError, OSError) as raised:
            error = in_words(raised if isinstance(raised, ZtError) else _of_destination(raised, folder, destination))
            told = _with_problems(_without_personal(error, job), folder, destination)
            if _keep_failure(job, failure_record(case, job.case.parameters, told)) and awaited is None:
                build_index(root, destination.parent)
            if told is raised:
                raise
            raise told from raised
        publish(folder, destination)
    notebooks.trust(job.executed)
    if awaited is None:
        build_index(root, destination.parent)
    return Run(job.record, job.found, destination)


def _stands(destination: Path) -> tuple[int, int] | None:
    """What tells one run's folder from the next one's at the same place; None where none stands."""
    try:
        found = os.stat(destination / "run.json")
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _left_by_another(root: Path, destination: Path) -> Run | None:
    """What a run that was waited for has left, where this one would give the same."""
    record = unchanged(root, destination)
    if record is None:
        return None
    lay_page(destination, record)
    return Run(record, read_ledger(destination), destination, unchanged=True)


def _of_destination(error: OSError, folder: Path, destination: Path) -> OSError:
    """``error`` of a file as it was to be published: not of the draft, nor the whole path, as in ``_with_problems``."""
    if isinstance(error.filename, str):
        published = f"{destination.parent.name}/{destination.name}"
        error.filename = error.filename.replace(str(folder), published)
    return error


@in_project
def run_again(case: str, root: Path, folder: Path, destination: Path, engine: str = "stock") -> dict[str, Any]:
    """Run ``case`` as it is now and leave its outputs in ``folder``; nothing is published. What would be recorded.

    Args:
        destination: where its outputs stand; of a later edition, that it is one and why is taken from there.

    Raises:
        ZtError: as ``run``.
    """
    revision = read_record(destination).get("revision")
    job = Job(read_case(case, root), Engine(engine), folder, destination)
    job.revision = {name: revision[name] for name in ("edition", "reason")} if revision else None
    with firm(job.case):
        compute(job)
        make_record(job)
    return job.record


def _without_personal(error: ZtError, job: Job) -> ZtError:
    failed = next(iter(job.folder.glob("*.ipynb")), None)
    return without_declared(error, failed, job.case.folder, job.case.parameters.get("engine", ""))


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


def _keep_failure(job: Job, record: dict[str, Any]) -> bool:
    """Leave the failed notebook, a page that says so and the record beside the outputs, if a kernel got to run."""
    folder = job.folder
    failed = next(iter(folder.glob("*.ipynb")), None)
    if failed is None:
        return False
    for path in folder.iterdir():
        if path not in (failed, folder / PROBLEMS):
            path.unlink()
    mask_failed(failed)
    said = {"origin": job.made["origin"], "after": moments(read_record(job.destination))}
    write_record(with_times(record | said, job.started), folder)
    links = [(one, one) for one in (PROBLEMS, failed.name) if (folder / one).exists()]
    before = job.destination / PAGE
    links += [("before", f"../{job.destination.name}/{PAGE}")] if before.exists() else []
    page = reports.render_failure(record["case"], record["error"], notebooks.read(failed), links=links)
    write_file(folder / "report.html", page)
    publish(folder, _failed(job.destination))
    return True
