"""Which cases a date makes due, and how far each has come.

Two calendars. The counties report every Thursday: from that day on the circular of its ISO week is due. The dropout
campaign has two months a year (控辍保学月, March and September): from the last Thursday of such a month on, an issue
whose dates touch the month is due. Issues are numbered within a year, so a date names the month, never the number.
The days are conventions of this project: the bulletin prints the months and its own dates, no timetable. A week
without a school day (``school_calendar``) asks for no circular. What was issued is done, unless it no longer holds: an
issued case of any day that does not is told with what is due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError, NoDataError
from zt_analysis.runs.editions import DAMAGED, ISSUED
from zt_analysis.runs.issued import RESTATED, UNCHECKED, News, Watch
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.record import read_record
from zt_analysis.runs.school import SchoolWeeks
from zt_analysis.runs.unchanged import standing_failure, unchanged

CONTROL_MONTHS = (3, 9)
THURSDAY = 4
WEEK = timedelta(weeks=1)
CIRCULAR, BULLETIN = "weekly", "bulletin"
HOLIDAY, NO_DATA = "holiday", "no_data"
DONE = ("agrees", "planned", HOLIDAY, ISSUED)
# told, and never run by a timetable: what was issued is replaced by a person who says why
FROZEN = (ISSUED, RESTATED, UNCHECKED, DAMAGED)


@dataclass(frozen=True)
class Due:
    """A case that a date makes due.

    Attributes:
        notebook: ``weekly`` or ``bulletin``.
        reason: the week (2018-W45) or control month (2018-09) that asks for it.
        due_on: the day from which it is due.
        case: its name; empty for an issue that nobody has numbered yet.
        state: ``no_case`` (no file in params/), ``unreadable``, ``planned`` (counts up to a later day), ``no_claims``,
            ``not_run``, ``failed``, ``no_data`` (its week had no rows when it was run), ``changed`` (something it reads
            or left is not as it was), that of its last run: ``agrees``, ``differs``, ``inputs_changed``; ``holiday`` (a
            week without a school day and without a case); of an issued case ``issued``, ``restated``, ``unchecked`` or
            ``damaged`` (``issued.News``).
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


def due(
    root: Path, on: date, *, since: date | None = None, outputs: Path | None = None, watch: Watch | None = None
) -> list[Due]:
    """What is due on ``on``: the latest week's circular and the latest control month's issues, oldest first.

    With them every issued case, of whatever day, of which something no longer holds.

    Args:
        since: also everything that became due from this day on, for a machine that stood still.
        watch: over the issued cases, where the caller has one.

    Raises:
        InputError: ``since`` after ``on``.
    """
    if since is not None and since > on:
        raise InputError("--since", found=since, expected=f"a date not after --on ({on})", hint="swap the two")
    look = Look(root, outputs or root / "outputs", watch)
    first = since or on
    weeks = [day for day in _thursdays(first - WEEK, on) if day >= first] or [last_thursday(on)]
    months = [day for day in _month_days(first.year, on) if day >= first] or _month_days(on.year - 1, on)[-1:]
    found = [look.circular(day) for day in weeks]
    found += [one for day in months for one in look.issues(day, on)]
    found += look.restated({one.case for one in found}, on)
    return sorted(found, key=lambda one: (one.due_on, one.notebook, one.case))


def last_thursday(day: date) -> date:
    """The reporting day at or before ``day``.

    >>> last_thursday(date(2018, 11, 8)), last_thursday(date(2018, 11, 12))
    (datetime.date(2018, 11, 8), datetime.date(2018, 11, 8))
    """
    return day - timedelta(days=(day.isoweekday() - THURSDAY) % 7)


def week_name(day: date) -> str:
    """The case of the week that ``day`` lies in; its year is that of its Thursday.

    >>> week_name(date(2018, 11, 15)), week_name(date(2018, 12, 31))
    ('2018-W46', '2019-W01')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def control_month(year: int, month: int) -> tuple[date, date]:
    """The first day of a control month and the last Thursday in it, from which its issue is due."""
    start = date(year, month, 1)
    return start, last_thursday((start + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _thursdays(first: date, last: date) -> Iterator[date]:
    day = last_thursday(first)
    while day <= last:
        yield day
        day += WEEK


def _month_days(year: int, last: date) -> list[date]:
    """The days from ``year`` to ``last`` on which an issue of a control month becomes due."""
    days = [control_month(one, month)[1] for one in range(year, last.year + 1) for month in CONTROL_MONTHS]
    return [day for day in days if day <= last]


class Look:
    """How far the cases of a project have come."""

    def __init__(self, root: Path, outputs: Path, watch: Watch | None = None) -> None:
        self.root, self.outputs = root, outputs
        self.watch = watch or Watch(root, outputs)
        self.school = SchoolWeeks(root)

    def circular(self, day: date) -> Due:
        """The circular of the week whose Thursday is ``day``."""
        case = week_name(day)
        if case in params.cases(self.root):
            return Due(CIRCULAR, case, day, case, *self._state(case))
        held, doubt = self.school.says(day, latest(CIRCULAR, day, self.root))
        if not held:
            return Due(CIRCULAR, case, day, case, HOLIDAY, "no school day in this week: it asks for no circular")
        return Due(CIRCULAR, case, day, case, "no_case", "; ".join(filter(None, (f"zt new {case}", doubt))))

    def issues(self, day: date, on: date) -> Iterator[Due]:
        """The issues whose dates touch the control month of ``day``; one without a name when there is none."""
        reason = f"{day:%Y-%m}"
        covering = [case for case in params.ordered(self.root) if _touches(case, reason, self.root)]
        if not covering:
            hint = f"zt new {on.year}-NUMBER --as-of {max(day, last_thursday(on))}"
            yield Due(BULLETIN, reason, day, "", "no_case", hint)
        for case in covering:
            as_of = _day(params.as_of(case, self.root), day)
            if as_of > on:
                yield Due(BULLETIN, reason, as_of, case, "planned", f"it counts up to {as_of}")
            else:
                yield Due(BULLETIN, reason, max(day, as_of), case, *self._state(case))

    def restated(self, known: Collection[str], on: date) -> Iterator[Due]:
        """Other issued cases than those ``known`` of which something no longer holds: late rows move old weeks."""
        for case in params.ordered(self.root):
            found = readable(case, self.root)
            if case in known or found is None:
                continue
            news = self.watch.news(case)
            if news is not None and news.state != ISSUED:
                as_of = _day(str(found.get("as_of")), on)
                yield Due(str(found.get("notebook")), "issued", as_of, case, news.state, _hint(news))

    def _state(self, case: str) -> tuple[str, str]:
        """How far a case with a file has come, and what to do next."""
        root, outputs = self.root, self.outputs
        news = self.watch.news(case)
        if news is not None:
            return news.state, _hint(news) or _rest("agrees", outputs / case)
        found = readable(case, root)
        if found is None:
            return "unreadable", f"correct {params.FOLDER}/{case}.yml"
        claims = f"{found.get('package')}/claims/{case}.csv"
        if found.get("notebook") == BULLETIN and not (root / claims).exists():
            return "no_claims", f"zt claims DRAFT --case {case} > {claims}"
        done = unchanged(root, outputs / case)
        if done is not None:
            status = str(done["status"])
            return status, _rest(status, outputs / case)
        failed = standing_failure(root, outputs / case)
        if failed:
            no_data = failed.get("error", {}).get("name") == NoDataError.__name__
            return NO_DATA if no_data else "failed", f"{outputs.name}/{case}.failed/ says why; zt run {case}"
        return ("changed" if read_record(outputs / case) else "not_run"), f"zt run {case}"


def _hint(news: News) -> str:
    return news.message if news.state != ISSUED else ""


def latest(notebook: str, before: date, root: Path) -> dict[str, Any] | None:
    """The parameters of the latest case of ``notebook`` that is about an earlier day; None where there is none."""
    known = [found for case in params.cases(root) if (found := readable(case, root))]
    known = [one for one in known if one.get("notebook") == notebook and str(one.get("as_of")) < before.isoformat()]
    return max(known, key=lambda one: str(one["as_of"]), default=None)


def _day(text: str, otherwise: date) -> date:
    """A date as a case's file has it; what is none is told by its run."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _touches(case: str, month: str, root: Path) -> bool:
    found = readable(case, root)
    if found is None:
        # an issue that cannot be read may be the one: it is named by the year of its number
        return "W" not in case and case[:4] == month[:4]
    return found.get("notebook") == BULLETIN and str(found.get("base_on"))[:7] <= month <= str(found.get("as_of"))[:7]


def readable(case: str, root: Path) -> dict[str, Any] | None:
    """The parameters of ``case``; None for a file that cannot be read."""
    try:
        return params.load(case, root)
    except InputError:
        return None


def _rest(status: str, folder: Path) -> str:
    """What is left to do for a case that ended with ``status``."""
    if status != "agrees":
        return f"the report of {folder.name} says what differs"
    return "" if (folder / PAGE).exists() else f"its page is not built here; zt run {folder.name} builds it"
