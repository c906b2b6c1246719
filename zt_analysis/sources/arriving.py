"""The files that a submitted table consists of, each read, and what their arrival means: missing, extra, sent twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from zt_analysis.errors import InputError
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.layouts import layout_of
from zt_analysis.sources.problems import Problem
from zt_analysis.sources.sources_yml import Source
from zt_analysis.submissions import Reading
from zt_analysis.submissions.captions import names_another
from zt_analysis.submissions.constants import words_in

MISSING, EXTRA = "missing", "extra"


@dataclass(frozen=True)
class Sent:
    """One submitted file.

    Attributes:
        owners: the expected names that its name contains: one, where files are counted and it is in order.
        reading: None where it cannot be opened at all.
        problems: what keeps it from being used; notes: what a person should know of it.
    """

    path: Path
    owners: tuple[str, ...]
    reading: Reading | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> list[dict[str, str | None]]:
        """Its rows as text; none where it cannot be opened."""
        return self.reading.rows if self.reading else []


def sent(table: Table) -> list[Sent]:
    """Every submitted file of ``table``, read, in the order of their names."""
    assert table.source is not None
    found = list(_read_each(table, table.source))
    return list(_held_against_each_other(table, found))


def dates_in(table: Table, path: Path, column: str) -> list[str]:
    """The days (ISO text) in a column of one submitted file; none where it cannot be read."""
    from zt_analysis.submissions import read

    try:
        rows = read(path, layout_of(table)).rows
    except InputError:  # opening says why
        return []
    return [day for row in rows if (day := row.get(column))]


def arrivals(table: Table) -> list[Problem]:
    """What is missing of the files expected one for each county, and what there is besides."""
    source = table.source
    assert source is not None
    expected = (
        "submitted files only: .xlsx, .xls, .csv or .tsv, named in UTF-8; take it out, or save it as one of these"
    )
    problems = [file_problem(table, one.name, one.found, expected, EXTRA) for one in table.parts.strays if one.stops]
    here = owned(table.parts.paths, source)
    problems += [
        file_problem(table, f"{source.at}, {name}", "no file", f"one file with {name!r} in its name", MISSING)
        for name in source.expected
        if name not in here and name not in source.left_out
    ]
    problems += [
        file_problem(table, here[name][0].name, "a file that came while the package was opened", "none yet", EXTRA)
        for name in source.left_out
        if name in here
    ]
    if not source.one_per and not table.parts.paths:
        problems.append(file_problem(table, source.at, "no file", "at least one submitted file", MISSING))
    return problems + [
        file_problem(table, paths[-1].name, f"{len(paths)} files of {name}", "one", EXTRA)
        for name, paths in here.items()
        if len(paths) > 1
    ]


def without_missing(package: Package) -> Package:
    """``package``, to be opened without the files of counties that have sent none.

    A table of which no file has come is not opened without them all.
    """
    tables = {}
    for name, table in package.tables.items():
        source = table.source
        tables[name] = table
        if source is None or not source.one_per or table.in_database:
            continue
        here = owned(table.parts.paths, source)
        if here:
            missing = tuple(one for one in source.expected if one not in here)
            tables[name] = replace(table, source=replace(source, left_out=missing))
    return replace(package, tables=tables)


def left_out(package: Package) -> list[dict[str, str]]:
    """Each part whose rows a table was opened without: ``table``, ``by`` (its column), ``code``, ``name``, and
    ``name_en`` where the register has one.
    """
    return [
        {"table": table.name, "by": table.source.key, "code": table.source.expected[name], "name": name}
        | ({"name_en": table.source.english[name]} if name in table.source.english else {})
        for table in package.tables.values()
        if table.source
        for name in table.source.left_out
    ]


def owned(paths: Iterable[Path], source: Source) -> dict[str, list[Path]]:
    """The files of each expected name that has any."""
    here: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        for name in words_in(path.stem, source.expected):
            here[name].append(path)
    return here


def file_problem(table: Table, place: str, found: str, expected: str, kind: str) -> Problem:
    """A problem of a whole file of ``table``, or of one that is not there."""
    return Problem(place, place, table.name, None, "", found, expected, kind)


def _read_each(table: Table, source: Source) -> Iterator[Sent]:
    # a package without such files is opened without what reads them
    from zt_analysis.submissions import read

    layout = layout_of(table)
    for path in table.parts.paths:
        owners = tuple(words_in(path.stem, source.expected))
        try:
            reading = read(path, layout)
        except InputError as error:
            yield Sent(path, owners, None, (_unreadable(table, path, error),))
        else:
            problems, notes = _named_counties(reading, owners, table)
            yield Sent(path, owners, reading, (*_problems(reading, table), *problems), notes)


def _named_counties(
    reading: Reading, owners: tuple[str, ...], table: Table
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Where the file names another county than its name does: a problem if it is certain, else a note."""
    if len(owners) != 1 or table.source is None:
        return (), ()
    said = names_another(reading.notes, owners[0], table.source.expected)
    expected = f"{owners[0]}, as in the file's name"
    problems = [
        Problem(reading.name, note.place, table.name, None, "", note.text, expected, "county")
        for note, certain in said
        if certain
    ]
    notes = [f"{note.place}: names another county: {note.text}" for note, certain in said if not certain]
    return tuple(problems), tuple(notes)


def _held_against_each_other(table: Table, found: list[Sent]) -> Iterator[Sent]:
    """``found``, with what two counties can hardly both have sent: the same bytes, the same rows."""
    problems: dict[Path, list[Problem]] = defaultdict(list)
    notes: dict[Path, list[str]] = defaultdict(list)
    for first, second in combinations([one for one in found if len(one.owners) == 1 and one.rows], 2):
        if first.owners == second.owners or first.reading is None or second.reading is None:
            continue
        if first.reading.sha256 == second.reading.sha256 and _cannot_be_chance(first, table):
            # which of the two is the copy only they can say
            problems[first.path].append(_copied(table, first, second))
            problems[second.path].append(_copied(table, second, first))
        elif _own_values(first, table) == _own_values(second, table):
            notes[second.path].append(f"{second.path.name}: the same rows as {first.path.name}")
    for one in found:
        yield replace(one, problems=(*one.problems, *problems[one.path]), notes=(*one.notes, *notes[one.path]))


def _copied(table: Table, one: Sent, other: Sent) -> Problem:
    found = f"the same bytes as {other.path.name}, the file of {other.owners[0]}"
    return file_problem(table, one.path.name, found, f"a file that {one.owners[0]} made itself", "same_file")


def _cannot_be_chance(one: Sent, table: Table) -> bool:
    """A workbook holds who made it and when; a text of nothing but zeros two counties may well send alike."""
    numbers = [column.name for column in table.columns if column.type == "integer"]
    counted = [row[name] for row in one.rows for name in numbers if name in row]
    return (
        one.path.suffix.lower() in (".xlsx", ".xls") or not counted or any(text not in (None, "0") for text in counted)
    )


def _own_values(one: Sent, table: Table) -> list[dict[str, str | None]]:
    key = table.source.key if table.source else ""
    return [{name: text for name, text in row.items() if name != key} for row in one.rows]


def _problems(reading: Reading, table: Table) -> list[Problem]:
    return [
        Problem(
            reading.name,
            one.place,
            table.name,
            None,
            one.column,
            one.found,
            one.expected,
            one.kind,
            personal=one.column in table.personal,
            hint=one.hint,
        )
        for one in reading.problems
    ]


def _unreadable(table: Table, path: Path, error: InputError) -> Problem:
    found, expected = str(error.found or error), str(error.expected or "a file that can be read")
    # a line or part of the file is named in the error
    place = error.thing if error.thing.startswith(path.name) else path.name
    return replace(file_problem(table, place, found, expected, "file"), file=path.name, hint=error.hint)
