"""Tables written side by side: a column for each year (or month, or county), stacked into one row for each value.

The sheet is read as it stands, so that totals, notes and problems keep their cells; its rows are stacked afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from zt_analysis.errors import InputError
from zt_analysis.submissions.cells import digits, shown, tidy
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.headers import FIRST_ROWS, plain
from zt_analysis.submissions.sheet_layout import Layout, Note, Problem, Reading, Unpivot
from zt_analysis.submissions.units import factor, same_dimension, scale, split_unit

BETWEEN = "@"
SAID = 8


@dataclass
class Spread:
    """A layout as it stands side by side.

    Attributes:
        layout: the layout to read by: a field for each header that fits the pattern instead of the two it stands for.
        parts: by the name of such a field, the value of the column that the header gives (2018).
    """

    layout: Layout
    parts: dict[str, str] = field(default_factory=dict)


def spread(sheet: Sheet, layout: Layout) -> Spread | None:
    """The layout of ``sheet`` as it stands; None where no header fits the pattern of ``layout.unpivot``."""
    unpivot = layout.unpivot
    assert unpivot is not None
    found = _headers(sheet, layout, unpivot)
    if not found:
        return None
    into = next(one for one in layout.fields if one.name == unpivot.into)
    kept = [one for one in layout.fields if one.name not in (unpivot.into, unpivot.column)]
    # the label is taken apart before its words are looked up
    labels = [replace(one, values=None) if one.name == unpivot.unit_from else one for one in kept]
    type_ = "number" if unpivot.unit_from else into.type
    into = replace(into, unit="", base="") if unpivot.unit_from else into
    parts = {f"{unpivot.into}{BETWEEN}{part}": part for part in found}
    in_headers = unpivot.unit_from == unpivot.column
    values = [
        # the cells are in the unit that the header says, and stay so until they are stacked
        replace(
            into, name=name, headers=(found[part],), type=type_, unit=split_unit(part)[1] if in_headers else into.unit
        )
        for name, part in parts.items()
    ]
    key = tuple(name for name in layout.key if name not in (unpivot.column, unpivot.into))
    return Spread(replace(layout, fields=(*labels, *values), key=key, unpivot=None, blank_rows=True), parts)


def _headers(sheet: Sheet, layout: Layout, unpivot: Unpivot) -> dict[str, str]:
    """The headers that fit, by the value each gives: of the row with most other headers, then with most that fit."""
    stacked = (unpivot.into, unpivot.column)
    others = {plain(text) for one in layout.fields if one.name not in stacked for text in one.headers}
    others |= {plain(text) for text in layout.ignored}
    best: tuple[int, int] = (0, 0)
    headers: dict[str, str] = {}
    for row, cells in sheet.rows.items():
        if row > FIRST_ROWS:
            break
        texts = [plain(tidy(str(value))) for value in cells.values() if isinstance(value, str | int)]
        fitting = ((unpivot.pattern.fullmatch(text), text) for text in texts if text not in others)
        found = [(match["part"], text) for match, text in fitting if match]
        rank = (sum(text in others for text in texts), len(found))
        if not found or rank <= best:
            continue
        twice = [part for part, count in Counter(part for part, _ in found).items() if count > 1]
        if twice:
            raise InputError(
                f"row {row}, headers that fit {unpivot.headers!r}", found=f"{twice[0]!r} twice",
                expected="each once", hint="take one of the columns out, or declare it in 'ignored'",
            )  # fmt: skip
        best, headers = rank, dict(found)
    return headers


def stack(reading: Reading, spread: Spread, layout: Layout) -> Reading:
    """``reading`` of a table as it stands with one row for each of its values, each with the cell it was read from."""
    unpivot = layout.unpivot
    assert unpivot is not None
    rows: list[dict[str, str | None]] = []
    places: list[dict[str, str]] = []
    into = next(one for one in layout.fields if one.name == unpivot.into)
    whole = into.type == "integer"
    words = {one.name: one.values for one in layout.fields}
    kept = frozenset(one.name for one in layout.fields if one.kept)
    labels = _Labels(unpivot, kept, into.unit, into.base, list(reading.problems), list(reading.notes))
    # labels in headers are taken apart once, those in rows with their row
    parts = {
        name: found
        for name, part in spread.parts.items()
        if (found := labels.meant(part, unpivot.column, words.get(unpivot.column), reading.name))
    }
    in_rows = unpivot.unit_from not in ("", unpivot.column)
    for row, place in zip(reading.rows, reading.places, strict=True):
        shared = {name: text for name, text in row.items() if name not in spread.parts}
        times = Decimal(1)
        if in_rows and (label := shared[unpivot.unit_from]) is not None:
            named = labels.meant(label, unpivot.unit_from, words.get(unpivot.unit_from), place[unpivot.unit_from])
            if named is None:
                continue
            shared[unpivot.unit_from], times = named
        here = {name: cell for name, cell in place.items() if name not in spread.parts}
        for name, (part, own) in parts.items():
            text = row[name]
            value = text if text is None or own * times == 1 else digits(Decimal(text) * own * times)
            if value is not None and "." in value and whole:
                labels.problems.append(_not_whole(place[name], unpivot.into, value))
            rows.append(shared | {unpivot.column: part, unpivot.into: value})
            places.append(here | {unpivot.column: place[name], unpivot.into: place[name]})
    if not rows and reading.rows and len(labels.problems) == len(reading.problems):
        labels.problems.append(_none_declared(reading, unpivot, words.get(unpivot.unit_from)))
    if labels.left:
        said = f"left out, as other_labels says: {'、'.join(labels.left)}"
        labels.notes.append(Note(reading.name, "label", said))
    problems = [replace(one, column=unpivot.into) if one.column in spread.parts else one for one in labels.problems]
    totals = [replace(one, column=unpivot.into) if one.column in spread.parts else one for one in reading.totals]
    return replace(reading, rows=rows, places=places, problems=problems, notes=labels.notes, totals=totals)


@dataclass
class _Labels:
    """Labels of a stacked table, in headers or rows; those without a meaning are a note, or a problem each.

    ``unit`` is that of the cells whose label states none, ``base`` that of the rows.
    """

    unpivot: Unpivot
    kept: frozenset[str]
    unit: str
    base: str
    problems: list[Problem]
    notes: list[Note]
    left: list[str] = field(default_factory=list)

    def meant(
        self, label: str, column: str, words: Mapping[str, str] | None, place: str
    ) -> tuple[str, Decimal] | None:  # fmt: skip
        """What a label of ``column`` means, and what the values of its cells are multiplied by."""
        name, unit = split_unit(label) if column == self.unpivot.unit_from else (label, "")
        found = name if words is None else words.get(label, words.get(name, name if column in self.kept else None))
        if found is not None and column != self.unpivot.unit_from:
            return found, Decimal(1)
        if found is not None and unit and self.base and not same_dimension(unit, self.base):
            hint = f"{self.unpivot.into} is in {self.base}, by 'units': give such labels a table of their own"
            self.problems.append(Problem(place, column, repr(label), f"a unit of {self.base}", "unit", hint))
            return None
        if found is not None:
            return found, factor(unit or self.unit, self.base) if self.base else scale(unit)
        if self.unpivot.others:
            self.left.append(label)
        else:
            hint = "give the label a meaning under 'values', or leave such rows out: other_labels: left_out"
            self.problems.append(Problem(place, column, repr(label), f"one of: {_listed(words)}", "word", hint))
        return None


def no_header(place: str, sheet: Sheet, unpivot: Unpivot) -> Problem:
    """The problem of a sheet in which no header fits."""
    first = next(iter(sheet.rows.values()), {})
    seen = ", ".join(shown(value) for _, value in sorted(first.items())[:SAID]) or "nothing"
    hint = f"the pattern of 'unpivot' is {unpivot.headers!r}; write it as the headers have it"
    return Problem(
        place, unpivot.into, f"no header that fits; the first row holds {seen}", unpivot.headers, "header", hint
    )


def _not_whole(place: str, column: str, value: str) -> Problem:
    hint = "leave such rows out (other_labels), or give the label the unit of its cells: 在校学生数 (万人)"
    return Problem(place, column, f"{value} in ones", "a whole number", "integer", hint)


def _none_declared(reading: Reading, unpivot: Unpivot, words: Mapping[str, str] | None) -> Problem:
    """A file of which every row is left out is another file than the one declared."""
    found = f"no row with a declared label among {len(reading.rows)}"
    hint = "this looks like another file; or the labels have changed: correct 'values'"
    return Problem(reading.name, unpivot.unit_from, found, f"one of: {_listed(words)}", "word", hint)


def _listed(words: Mapping[str, str] | None) -> str:
    known = list(words or ())
    return ", ".join(known[:SAID]) + (", ..." if len(known) > SAID else "")


def pattern_of(headers: str) -> tuple[str, re.Pattern[str]]:
    """The column that a pattern such as ``{year}年`` gives, and the pattern as it is matched.

    Raises:
        InputError: not one name in braces.

    >>> pattern_of("{year}年")[0], pattern_of("{year}年")[1].fullmatch("2018年")["part"]
    ('year', '2018')
    """
    found = re.fullmatch(r"([^{}]*)\{([A-Za-z_][A-Za-z0-9_]*)\}([^{}]*)", headers)
    if not found:
        raise InputError(
            "unpivot, headers", found=repr(headers), expected="one column in braces, such as '{year}年'",
            hint="docs/sources.md shows one",
        )  # fmt: skip
    before, column, after = found.groups()
    return column, re.compile(f"{re.escape(plain(before))}(?P<part>.+?){re.escape(plain(after))}")
