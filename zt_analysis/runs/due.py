"""Which cases a date makes due, and how far each has come.

What a date asks for, each kind of paper of the office says (``Paper.schedule``). What was issued is done, unless it no
longer holds: an issued case of any day that does not is told with what is due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.bulletins import Asked, Cases, Paper
from zt_analysis.errors import InputError, NoDataError
from zt_analysis.office import office_of
from zt_analysis.rooted import in_project
from zt_analysis.runs.editions import DAMAGED, ISSUED, unfiled
from zt_analysis.runs.issued import RESTATED, UNCHECKED, News, Watch
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.record import read_record
from zt_analysis.runs.since import outdated
from zt_analysis.runs.standing import standing_failure, unchanged

HOLIDAY, NO_DATA = "holiday", "no_data"
DONE = ("agrees", "planned", HOLIDAY, ISSUED)
# told, and never run by a timetable: what was issued is replaced by a person who says why
FROZEN = (ISSUED, RESTATED, UNCHECKED, DAMAGED)


@dataclass(frozen=True)
class Due:
    """A case that a date makes due.

    Attributes:
        notebook: the notebook that makes it.
        reason: the period or event that asks for it, such as a week (2018-W45) or a month (2018-09).
        due_on: the day from which it is due.
        case: its name; empty for one that nobody has named yet.
        state: ``no_case`` (no file in params/), ``unreadable``, ``planned`` (counts up to a later day), ``no_claims``,
            ``not_run``, ``failed``, ``no_data`` (its period had no rows when it was run), ``changed`` (something it
            reads or left is not as it was), that of its last run: ``agrees``, ``differs``, ``inputs_changed``;
            ``holiday`` (a period that asks for no paper and has none); of an issued case ``issued``, ``restated``,
            ``unchecked`` or ``damaged`` (``issued.News``).
        hint: what to do next; empty when nothing is left to do. Of an issued case, what moved.
    """

    notebook: str
    reason: str
    due_on: date
    case: str
    state: str
    hint: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do on this date."""
        return self.state in DONE

    @property
    def runs(self) -> bool:
        """Whether there is a case to run."""
        return self.state not in ("no_case", "planned", HOLIDAY, *FROZEN)

    @property
    def title(self) -> str:
        """Its name, or what stands for one."""
        return self.case or f"{self.notebook}-{self.reason}"


@in_project
def due(
    root: Path, on: date, *, since: date | None = None, outputs: Path | None = None, watch: Watch | None = None
) -> list[Due]:
    """What is due on ``on``: what each kind of paper last became due for, oldest first.

    With them every issued case, of whatever day, of which something no longer holds.

    Args:
        since: also everything that became due from this day on, for a machine that stood still.
        watch: over the issued cases, where the caller has one.

    Raises:
        InputError: ``since`` after ``on`` or before the first case counts from, or an office none of whose papers comes
            out by a calendar.
    """
    if not MINYEAR + 2 <= on.year < MAXYEAR:  # the periods beside it are asked for
        expected = f"a day of the years {MINYEAR + 2} to {MAXYEAR - 1}"
        raise InputError("--on", found=on, expected=expected, hint="a day such as 2018-11-16")
    if since is not None and since > on:
        raise InputError("--since", found=since, expected=f"a date not after --on ({on})", hint="swap the two")
    office = office_of(root)
    if not any(paper.scheduled() for paper in office.papers.values()):
        raise InputError(
            "zt due", found=f"no paper of the office that comes out by a calendar, of {len(office.papers)}",
            expected="one at least", hint='every = "month" (or another period), or a schedule, in office/papers.py',
        )  # fmt: skip
    look = Look(root, outputs or root / "outputs", watch)
    if since is not None:
        _refuse_earlier(since, look.cases.first_day())
    with office.active():
        found = [one for paper in office.papers.values() for one in look.asked(paper, since or on, on)]
        found += look.restated({one.case for one in found}, on)
    return sorted(found, key=lambda one: (one.due_on, one.notebook, one.case))


def _refuse_earlier(since: date, first: date | None) -> None:
    """Refuse days before the first case: a period then has none to be modelled on, and there is no end of them."""
    if first is None:
        raise InputError(
            "--since", found=since, expected="a project with a case: nothing was missed before the first",
            hint=f"{params.FOLDER}/ has none; leave --since away",
        )  # fmt: skip
    if since < first:
        raise InputError(
            "--since", found=since, expected=f"a day not before {first}, from which the first case counts",
            hint="the file of an earlier period is written by hand: no case before it says how",
        )  # fmt: skip


@dataclass(frozen=True)
class _Known(Cases):
    """With the issued cases whose file is gone, by what their records say: nobody is asked for them anew."""

    outputs: Path

    @property
    def names(self) -> list[str]:
        """All of them, by name."""
        return sorted([*super().names, *unfiled(self.root, self.outputs)])

    def read(self, case: str) -> dict[str, Any] | None:
        """The parameters of ``case``, by its record where its file is gone; None where neither can be read."""
        if case in super().names:
            return super().read(case)
        return read_record(self.outputs / case).get("parameters")


class Look:
    """How far the cases of a project have come."""

    def __init__(self, root: Path, outputs: Path, watch: Watch | None = None) -> None:
        self.root, self.outputs = root, outputs
        self.watch = watch or Watch(root, outputs)
        self.cases = _Known(root, outputs)

    def asked(self, paper: type[Paper], first: date, on: date) -> Iterator[Due]:
        """The cases of a kind of paper that its schedule asks for from ``first`` to ``on``."""
        for one in paper.schedule.asks(paper, first, on, self.cases):
            yield self._due(paper, one, on)

    def _due(self, paper: type[Paper], asked: Asked, on: date) -> Due:
        if asked.case not in self.cases.names:
            state = HOLIDAY if asked.holiday else "no_case"
            return Due(paper.notebook, asked.reason, asked.due_on, asked.case, state, asked.hint)
        as_of = self.cases.day(asked.case, asked.due_on)
        if as_of > on:
            return Due(paper.notebook, asked.reason, as_of, asked.case, "planned", f"it counts up to {as_of}")
        return Due(paper.notebook, asked.reason, max(asked.due_on, as_of), asked.case, *self._state(asked.case))

    def restated(self, known: Collection[str], on: date) -> Iterator[Due]:
        """Other issued cases than those ``known`` of which something no longer holds: late rows move old periods."""
        for case in self.cases.names:
            found = self.cases.read(case)
            if case in known or (found is None and case in params.cases(self.root)):
                continue
            news = self.watch.news(case)
            if news is not None and news.state != ISSUED:
                notebook = str((found or {}).get("notebook", ""))
                yield Due(notebook, "issued", self.cases.day(case, on), case, news.state, _hint(news))

    def _state(self, case: str) -> tuple[str, str]:
        """How far a case with a file has come, and what to do next."""
        root, outputs = self.root, self.outputs
        news = self.watch.news(case)
        if news is not None:
            return news.state, _hint(news) or _rest("agrees", outputs / case) or self._before(case)
        found = self.cases.read(case)
        if found is None:
            return "unreadable", f"correct {params.FOLDER}/{case}.yml"
        claims = f"{found.get('package')}/claims/{case}.csv"
        prints = any(one.prints for one in office_of(root).papers.values() if one.notebook == found.get("notebook"))
        if prints and not (root / claims).exists():
            return "no_claims", f"zt claims DRAFT --case {case} > {claims}"
        done = unchanged(root, outputs / case)
        if done is not None:
            status = str(done["status"])
            return status, _rest(status, outputs / case) or self._before(case)
        failed = standing_failure(root, outputs / case)
        if failed:
            no_data = failed.get("error", {}).get("name") == NoDataError.__name__
            return NO_DATA if no_data else "failed", f"{outputs.name}/{case}.failed/ says why; zt run {case}"
        state = "changed" if read_record(outputs / case) else "not_run"
        return state, "; ".join(one for one in (f"zt run {case}", self._before(case)) if one)

    def _before(self, case: str) -> str:
        """What is to be known of the issues that the page of ``case`` was held against."""
        folder = self.outputs / case
        return "; ".join(f"{what}: {found}" for what, found, _ in outdated(folder, self.root, read_record(folder)))


def _hint(news: News) -> str:
    return news.message if news.state != ISSUED else ""


def _rest(status: str, folder: Path) -> str:
    """What is left to do for a case that ended with ``status``."""
    if status != "agrees":
        return f"the report of {folder.name} says what differs"
    return "" if (folder / PAGE).exists() else f"its page is not built here; zt run {folder.name} builds it"
