"""One run, read aloud: ``work_off`` names its steps in their order, and each of them is a function below it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any

from zt_analysis import ledger, notebooks, params, reports
from zt_analysis.contents import write_file
from zt_analysis.errors import KernelStartError
from zt_analysis.notebooks import Engine
from zt_analysis.runs import editions
from zt_analysis.runs.case import Case
from zt_analysis.runs.completion import moved_since
from zt_analysis.runs.computed_by import computed_by, read_beside
from zt_analysis.runs.definitions import graph_of
from zt_analysis.runs.figure_files import counts, figure_files, write_problems
from zt_analysis.runs.inputs import firm, inputs_of, tables_read
from zt_analysis.runs.outgoing import check_declared, check_outgoing
from zt_analysis.runs.record import origin, read_record, run_record, with_times, write_record
from zt_analysis.runs.resent import resent, submitted_to
from zt_analysis.runs.ro_crate import write_crate
from zt_analysis.runs.signing import history, recorded, shown
from zt_analysis.runs.since import since_last
from zt_analysis.runs.standing import declared
from zt_analysis.scanning import Earlier, scan
from zt_analysis.settings import LATE
from zt_analysis.used import notes, noting

NOTES = ".used"
ATTEMPTS, RETRY_SECONDS = 3, 0.5


@dataclass
class Job:
    """A run of a case under way: what it reads, where it writes, and what its steps have found so far.

    Attributes:
        folder: the draft that is filled; destination: the place it will take.
        revision: of a later edition of an issued case, its number and why.
        executed: the executed notebook; found: the ledger in it; files: the figures as they are offered to take away.
        record: what is said of the run; resent, moved: files sent again, and what moved since a county was missing.
        since: what changed since the issue before.
        scanned: what was looked through for personal data while an issue before it ran.
        awaited: returns once the issues before it that run at the same time have ended; None where none do.
    """

    case: Case
    engine: Engine
    folder: Path
    destination: Path
    revision: Mapping[str, Any] | None = None
    awaited: Callable[[], None] | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    attempts: int = 0
    executed: Any = None
    found: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    resent: list[dict[str, str]] = field(default_factory=list)
    moved: dict[str, Any] = field(default_factory=dict)
    since: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    scanned: Earlier = field(default_factory=dict)

    def await_earlier(self) -> None:
        """Return once nothing that it reads of other issues changes any more."""
        if self.awaited:
            self.awaited()

    @property
    def made(self) -> dict[str, Any]:
        """What the machine says of the run."""
        again = {"resent": self.resent} if self.resent else {}
        return {"origin": origin(self.case.root, self.engine.name)} | again


def work_off(job: Job) -> None:
    """Run a case: from what ``read_case`` has read to a folder that only has to take its place.

    Raises:
        ZtError: a step that cannot be done; whoever called keeps what was got to.
    """
    with firm(job.case):  # what is read until here and below is the same at the end, or nothing is recorded
        find_resent(job)
        compute(job)
        make_record(job)
        check_outgoing(job.folder, job.found, job.scanned)  # no personal data leaves
        check_declared(job.folder, job.case.folder, job.case.parameters.get("engine", ""))
    stamp_record(job)
    write_record(job.record, job.folder)
    write_crate(job.record, job.folder)
    keep_edition(job)


def compute(job: Job) -> None:
    """What the notebook gives, and the files and the page made of it; what that takes of the office is noted."""
    with noting(job.folder / NOTES):
        execute(job)
        take_ledger(job)
        write_figures(job)
        find_moved(job)
        look_through(job)
        find_since(job)
        write_page(job)


def find_resent(job: Job) -> None:
    """The files that the case before has read already: told, or refused where each has to have a new day."""
    if submitted_to(job.case.folder):
        job.await_earlier()
    job.resent = resent(job.case.parameters, job.case.root, job.destination.parent)


def execute(job: Job) -> None:
    """The notebook, executed in a kernel of its own: there the case is opened, its tables verified, its figures
    computed and judged, its charts drawn.
    """
    case, output = job.case, job.folder / job.case.path.name
    for job.attempts in range(1, ATTEMPTS + 1):
        try:
            with _late(case.parameters):
                given = params.of_notebook(case.parameters)
                job.executed = notebooks.execute(
                    case.path, given, output, cwd=case.root, where=case.where, engine=job.engine
                )
            break
        except KernelStartError:
            # what may pass is tried again after growing pauses: a kernel that did not come up; nothing else
            if job.attempts == ATTEMPTS:
                raise
            sleep(RETRY_SECONDS * 2 ** (job.attempts - 1))


def take_ledger(job: Job) -> None:
    """Its one structured output: figures, verdicts and relations; with what a later edition moved."""
    job.found = ledger.from_notebook(job.executed)
    revision = job.revision
    if revision:
        job.found |= {"revision": editions.described(revision, job.destination, job.found)}


def write_figures(job: Job) -> None:
    """The figures as CSV, Excel and JSON, rendered once: the page offers the same bytes. No row was refused."""
    job.files = figure_files(job.found)
    for name, content in job.files.items():
        write_file(job.folder / name, content)
    write_problems([], job.folder)


def find_moved(job: Job) -> None:
    """What moved since the case was published without some counties, if it was."""
    job.moved = moved_since(job.destination, job.found)


def look_through(job: Job) -> None:
    """What is there by now, for personal data, while an issue before may still run: at the end it is not again."""
    for path in job.folder.iterdir() if job.awaited else ():
        if path.name != NOTES:
            scan(path, job.scanned)


def find_since(job: Job) -> None:
    """What changed since the issue before, by what that one published."""
    job.await_earlier()
    job.since = since_last(job.case.name, job.case.root, job.destination.parent, job.found)


def write_page(job: Job) -> None:
    """The report. It shows the sign-offs of the case: a new run voids them unless every value is what it was."""
    signed = shown(history(job.destination), job.found)
    page = reports.render(
        job.executed, signoffs=signed, neighbours=job.case.neighbours, moved=job.moved,
        revision=job.found.get("revision"), resent=job.resent, since=job.since,
        files=job.files,
    )  # fmt: skip
    write_file(job.folder / "report.html", page)


def make_record(job: Job) -> None:
    """What was run, on which inputs, computed by which definitions, and what came out."""
    case, found = job.case, job.found
    noted = notes(job.folder / NOTES)
    (job.folder / NOTES).unlink(missing_ok=True)
    graph = graph_of(case.root)
    inputs = inputs_of(found, case, read_beside(noted, case.root, graph))
    kind = str(found["case"].get("kind", ""))
    tables = tables_read(found)
    job.record = (
        run_record(found, case.parameters, inputs=inputs, folder=job.folder)
        | {"computed_by": computed_by(noted, kind, notebooks.code_of(case.source), case.root, graph)}
        | {"quality": counts(found["package"]["quality"]), "files_of": tables}
        | ({"revision": found["revision"]} if "revision" in found else {})
        | {"declared_sha256": declared(case.folder, tables), "attempts": job.attempts}
        | ({"moved": job.moved} if job.moved else {})
        | {"since": job.since}
    )


def stamp_record(job: Job) -> None:
    """What differs between equal runs: sign-offs that stand, where and when."""
    job.record = with_times(job.record | recorded(job.destination) | job.made, job.started)


def keep_edition(job: Job) -> None:
    """What was issued, kept as the edition that it is before a later one takes its place."""
    if job.revision and job.revision["edition"] > editions.number_of(read_record(job.destination)):
        editions.keep(job.destination)


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
