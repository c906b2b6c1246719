"""Before any run: which files a package expects, which are there, which came late, which cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zt_analysis.errors import SourceError
from zt_analysis.sources.declared import FILE
from zt_analysis.sources.descriptor import Package, Table, read_package
from zt_analysis.sources.gathering import file_problem, names_in, readings
from zt_analysis.sources.problems import Problem
from zt_analysis.submissions import Reading

# offices of Zhaotong count days by China Standard Time, UTC+8 without summer time
OFFICE_HOURS_AHEAD = 8
IN_ORDER, MISSING, EXTRA, LATE, REFUSED = "in_order", "missing", "extra", "late", "refused"


@dataclass(frozen=True)
class Arrival:
    """One file expected or found.

    Attributes:
        expected: whose file it is (镇雄县); empty where files are not counted.
        path: relative to the package; empty where the file is missing.
        changed_on: the day of the file's last change, in the office's time; it stands for the day of its arrival.
        states: ``in_order`` alone, or any of ``missing``, ``extra``, ``late``, ``refused``.
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
        """Whether a run would be refused."""
        return any(state in (MISSING, EXTRA, REFUSED) for state in self.states)


def check_sources(folder: Path) -> list[Arrival]:
    """Every file of every table that ``folder/sources.yml`` declares, expected or found, read in full.

    Raises:
        SourceError: the package declares no sources, or its declaration is wrong.
    """
    package = read_package(folder)
    sourced = [table for table in package.tables.values() if table.source and not table.in_database]
    if not sourced:
        raise SourceError(
            f"{folder.name}/{FILE}", found="no sources", expected="at least one table", hint="see docs/sources.md"
        )
    return [one for table in sourced for one in _arrivals(package, table)]


def _arrivals(package: Package, table: Table) -> list[Arrival]:
    source = table.source
    assert source is not None
    try:
        paths = table.parts.paths
    except SourceError as error:
        return [Arrival(table.name, "", source.at, "", (MISSING,), problems=(_unopened(table, source.at, error),))]
    owners = {path: names_in(path, source) for path in paths}
    named = {name for names in owners.values() for name in names}
    if not all(path.exists() for path in paths):
        return [Arrival(table.name, "", source.at, "", (MISSING,))]
    read = dict(zip(paths, readings(table), strict=True))
    files = [_file(package, table, path, owners=owners, read=read[path]) for path in paths]
    return files + [Arrival(table.name, name, "", "", (MISSING,)) for name in source.expected if name not in named]


def _file(
    package: Package,
    table: Table,
    path: Path,
    *,
    owners: dict[Path, list[str]],
    read: tuple[Reading | None, list[Problem]],
) -> Arrival:
    source = table.source
    assert source is not None
    names = owners[path]
    twice = sum(others == names for others in owners.values()) > 1
    extra = bool(source.one_per) and (len(names) != 1 or twice)
    changed = _day(path)
    late = source.due_on is not None and changed > source.due_on.isoformat()
    reading, problems = read
    states = [state for state, true in ((EXTRA, extra), (LATE, late), (REFUSED, bool(problems))) if true]
    return Arrival(
        table.name,
        "、".join(names),
        path.relative_to(package.folder).as_posix(),
        changed,
        tuple(states) or (IN_ORDER,),
        len(reading.rows) if reading else 0,
        tuple(problems),
        tuple(f"{note.place}: {note.text}" for note in reading.notes) if reading else (),
    )


def _day(path: Path) -> str:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC) + timedelta(hours=OFFICE_HOURS_AHEAD)
    return changed.date().isoformat()


def _unopened(table: Table, place: str, error: SourceError) -> Problem:
    return file_problem(table, place, str(error), "files that can be opened", MISSING)
