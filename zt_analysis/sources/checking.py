"""Before any run: which files a package expects, which are there, which came late, and what opening it would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zt_analysis.errors import InputError, SourceError
from zt_analysis.sources.arriving import EXTRA, MISSING, Sent, arrivals, owned, sent
from zt_analysis.sources.descriptor import Package, Table, read_package
from zt_analysis.sources.duckdb_memory import settings, with_days_of_utc
from zt_analysis.sources.filling import fill
from zt_analysis.sources.problems import Problem
from zt_analysis.sources.sources_yml import FILE
from zt_analysis.sources.strays import Stray

# offices of Zhaotong count days by China Standard Time, UTC+8 without summer time
OFFICE_HOURS_AHEAD = 8
IN_ORDER, LATE, REFUSED, ZERO_REPORT = "in_order", "late", "refused", "zero_report"
# what open_package can be asked for; printed numbers and explanations are read by the review
OPENED = ("table", "system")


@dataclass(frozen=True)
class Arrival:
    """One file expected or found.

    Attributes:
        expected: whose file it is (东河县); empty where files are not counted.
        path: relative to the package; empty where the file is missing.
        changed_on: the day of the file's last change, in the office's time; it stands for the day of its arrival.
        states: ``in_order`` or ``zero_report`` alone, or any of ``missing``, ``extra``, ``late``, ``refused``.
        rows: how many rows were read; totals among them: none.
        problems: what keeps the file from being used.
        notes: what a reader should know of it (hidden rows and sheets, units, footnotes).
    """

    table: str
    expected: str
    path: str
    changed_on: str
    states: tuple[str, ...]
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a run would be refused; what a program left in a folder is extra and stops nothing."""
        return bool(self.problems) or MISSING in self.states

    @property
    def told(self) -> bool:
        """Whether a person should look at it, though no run would be refused."""
        return not self.stops and bool({LATE, EXTRA} & set(self.states))


def check_sources(folder: Path) -> list[Arrival]:
    """Every file of every table that ``folder/sources.yml`` declares, expected or found, and all that opening refuses.

    Raises:
        SourceError: the package declares no sources, or its declaration is wrong.
    """
    package = read_package(folder)
    sourced = [table for table in package.tables.values() if table.source and not table.in_database]
    if not sourced:
        raise SourceError(
            f"{folder.name}/{FILE}", found="no sources", expected="at least one table", hint="see docs/sources.md"
        )
    found = [one for table in sourced for one in _arrivals(package, table)]
    return _with_refusal(found, opening_refuses(package))


def with_noted(found: list[Arrival], file: str, text: str, refusal: InputError | None = None) -> list[Arrival]:
    """``found``, with a note on ``file`` (relative to the package), or why it is refused."""
    lines = list(found)
    for at, one in enumerate(lines):
        if one.path != file:
            continue
        if refusal is None:
            lines[at] = replace(one, notes=(*one.notes, f"{Path(file).name}: {text}"))
        else:
            said, expected, name = str(refusal.found), str(refusal.expected), Path(file).name
            lines[at] = _refused(
                one, Problem(name, name, one.table, None, "", said, expected, "file", hint=refusal.hint)
            )
    return lines


def opening_refuses(package: Package) -> list[Problem]:
    """What opening all tables of ``package`` refuses, by the same code; empty where it opens."""
    import duckdb

    names = tuple(table.name for table in package.tables.values() if table.role in OPENED or table.source)
    try:
        with duckdb.connect(config=settings()) as connection:
            fill(with_days_of_utc(connection), package, names)
    except InputError as error:
        whole = Problem(package.folder.name, error.thing, "", None, "", *_said(error), "rows")
        return list(getattr(error, "problems", ())) or [whole]
    return []


def _said(error: InputError) -> tuple[str, str]:
    found = "what opening refuses" if error.found is None else str(error.found)
    return found, "; ".join(str(one) for one in (error.expected, error.hint) if one)


def _with_refusal(found: list[Arrival], refused: Iterable[Problem]) -> list[Arrival]:
    """``found``, with each problem of opening that is not there yet at the file it is of, or on a line of its own."""
    known = {problem for one in found for problem in one.problems}
    lines = list(found)
    for problem in refused:
        if problem in known:
            continue
        same = (at for at, one in enumerate(lines) if (one.table, Path(one.path).name) == (problem.table, problem.file))
        at = next(same, None)
        if at is None:
            lines.append(Arrival(problem.table, "", problem.file, "", (REFUSED,), problems=(problem,)))
        else:
            lines[at] = _refused(lines[at], problem)
    return lines


def _refused(one: Arrival, problem: Problem) -> Arrival:
    states = tuple(dict.fromkeys((*(state for state in one.states if state not in (IN_ORDER, ZERO_REPORT)), REFUSED)))
    return replace(one, states=states, problems=(*one.problems, problem))


def _arrivals(package: Package, table: Table) -> Iterator[Arrival]:
    """Files in the order of their names, then strays, then what is missing."""
    source = table.source
    assert source is not None
    problems = arrivals(table)
    if not table.parts.many and not table.path.exists():
        yield Arrival(table.name, "", source.at, "", (MISSING,))
    else:
        twice = {path for paths in owned(table.parts.paths, source).values() if len(paths) > 1 for path in paths}
        for one in sent(table):
            wrong = [problem for problem in problems if problem.kind == EXTRA and problem.file == one.path.name]
            yield _file(package, table, one, extra=one.path in twice, wrong=wrong)
    for stray in _named(package, table):
        stops = [problem for problem in problems if problem.kind == EXTRA and problem.file == stray.name]
        yield Arrival(
            table.name, "", stray.name, "", (EXTRA,),
            problems=tuple(stops), notes=() if stops else (f"{stray.name}: not read: {stray.found}",),
        )  # fmt: skip
    for problem in problems:
        if problem.kind == MISSING:
            name = problem.place.removeprefix(f"{source.at}, ") if source.one_per else ""
            yield Arrival(table.name, name, "" if name else source.at, "", (MISSING,), problems=(problem,))


def _named(package: Package, table: Table) -> list[Stray]:
    """The strays of ``table`` that are not files of another table."""
    read: set[Path] = set()
    for other in package.tables.values():
        with suppress(SourceError):
            read.update(other.parts.paths)
    return [one for one in table.parts.strays if one.stops or one.path not in read]


def _file(package: Package, table: Table, one: Sent, *, extra: bool, wrong: list[Problem]) -> Arrival:
    source, reading = table.source, one.reading
    assert source is not None
    extra = extra or (bool(source.one_per) and len(one.owners) != 1)
    changed = _day(one.path)
    late = source.due_on is not None and changed > source.due_on.isoformat()
    states = [state for state, true in ((EXTRA, extra), (LATE, late), (REFUSED, bool(one.problems))) if true]
    if reading and reading.is_zero_report and not one.problems:
        states.insert(0, ZERO_REPORT)
    notes = [f"{note.place}: {note.text}" for note in reading.notes] if reading else []
    return Arrival(
        table.name,
        "、".join(one.owners),
        one.path.relative_to(package.folder).as_posix(),
        changed,
        tuple(states) or (IN_ORDER,),
        len(one.rows),
        (*wrong, *one.problems),
        (*notes, *one.notes),
    )


def _day(path: Path) -> str:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC) + timedelta(hours=OFFICE_HOURS_AHEAD)
    return changed.date().isoformat()
