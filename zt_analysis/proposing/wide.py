"""A table that stands side by side, proposed as it comes: its entry of ``sources.yml``, not a copy of its cells.

What is kept is the file; what is proposed is how it is read (docs/sources.md), so that a newer file of the same form is
read by the same declaration.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from zt_analysis.proposing.columns import ENGLISH, Column, Proposed, Stacked, ascii_name
from zt_analysis.proposing.labels import Label
from zt_analysis.proposing.refusing import refuse_twice
from zt_analysis.proposing.shaping import tidy
from zt_analysis.proposing.standing import SERIES_COLUMN, WHOLE, Found, years_as_columns, years_as_rows
from zt_analysis.proposing.totals import FEWEST_PARTS
from zt_analysis.submissions.captions import is_footnote
from zt_analysis.submissions.grid import Sheet, cell_name
from zt_analysis.submissions.units import dimension, factor

PERSONS = re.compile(r"(?:人|生|师|工|员|童)数$")
VALUE = "value"
MONEY = ("元", "分")
Cell = tuple[Label, str, int, Decimal | None]
# once a part may be the sum of the others
FEWEST_PERIODS = 2


def stacked(sheet: Sheet, path: Path, name: str, *, named: bool) -> list[Proposed]:
    """The tables that stand side by side in ``sheet``, one for each unit of their cells; none where none does.

    ``named``: whether the file has other sheets, so that this one has to be named.
    """
    first = next((row for row in sorted(sheet.rows) if is_footnote(sheet.rows[row])), 0)
    notes = [one for row in sorted(sheet.rows) if 0 < first <= row for one in sheet.rows[row].values()]
    # a note may say since when a series is counted otherwise: a person declares that (breaks)
    left = [f"note: {str(one)[:60]}" for one in notes]
    proposed: list[Proposed] = []
    for found in [*years_as_columns(sheet, path), *years_as_rows(sheet, path)]:
        refuse_twice({cell_name(path.name, sheet.name, found.header, column): tidy(cell)
                      for column, cell in sorted(sheet.rows[found.header].items())})  # fmt: skip
        kept, lacking = _series(found)
        for (unit, base), labels in kept.items():
            own = name if not proposed else f"{name}_{len(proposed) + 1}"
            one = _proposed(own, path, found, labels, (unit, base), sorted({two.text for two in labels}))
            if named:
                assert one.stacked
                one.stacked.entry["sheet"] = sheet.name
            proposed.append(one)
        left += lacking
    if proposed:
        proposed[0].left_out += left
    return proposed


Unit = tuple[str, str]


def _series(found: Found) -> tuple[dict[Unit, list[Label]], list[str]]:
    """The series that can be added up, by the unit their cells are declared in; and why the others are left out."""
    supposed = _supposed(found)
    if supposed:
        found.cells = [(supposed.get(one[0], one[0]), *one[1:]) for one in found.cells]
    values = _known(found)
    places = Counter((label, place, year) for label, place, year, _ in found.cells)
    twice = {label for (label, _, _), count in places.items() if count > 1}
    texts = Counter(label.text for label in values)
    kept: dict[Unit, list[Label]] = defaultdict(list)
    lacking: list[str] = []
    for label, known in values.items():
        unit = _declared(label)
        times = factor(label.unit, unit[1]) if dimension(label.unit) == "money" else Decimal(label.times)
        if not known:
            lacking.append(f"{label.whole}: no value")
        elif label in twice or texts[label.text] > 1:
            lacking.append(f"{label.whole}: the same label twice")
        elif any((one * times) % 1 for one in known):
            odd = next(one for one in known if (one * times) % 1)
            lacking.append(
                f"{label.whole}: {odd} is not whole in ones; a ratio follows from what it is made of (a view)"
            )
        elif dimension(label.unit) == "share":
            lacking.append(f"{label.whole}: a share cannot be added up; it follows from what it is made of (a view)")
        else:
            kept[unit].append(label)
    return kept, lacking


def _known(found: Found) -> dict[Label, list[Decimal]]:
    values: dict[Label, list[Decimal]] = defaultdict(list)
    for label, _, _, value in found.cells:
        values[label] += [] if value is None else [value]
    return values


def _supposed(found: Found) -> dict[Label, Label]:
    """Persons without a unit whose numbers have decimals, whole in 万: supposed to be in 万人."""
    persons = {label: known for label, known in _known(found).items() if not label.unit and PERSONS.search(label.text)}
    values = [one for known in persons.values() for one in known]
    if all(one % 1 == 0 for one in values) or any((one * 10**4) % 1 for one in values):
        return {}
    return {label: replace(label, unit="万人", supposed=True) for label in persons}


def _declared(label: Label) -> Unit:
    """The unit of the cells and of the rows, as ``units`` of sources.yml has them; empty where labels say it all."""
    if dimension(label.unit) == "money":
        return (label.unit if not label.own else MONEY[0], MONEY[1])
    return ("", "") if label.own or not label.unit else (label.unit, label.noun)


def _proposed(name: str, path: Path, found: Found, labels: list[Label], unit: Unit, texts: list[str]) -> Proposed:
    chosen = [one for one in found.cells if one[0] in labels]
    place = (
        ascii_name(found.place) or ENGLISH.get(found.place) or "place"
        if found.place or found.headers == "{place}"
        else ""
    )
    columns = {place: found.place} if found.place else {}
    names = _names(labels)
    entry: dict[str, Any] = {"columns": columns | found.columns}
    if found.ignored:
        entry["ignored"] = found.ignored
    if unit[1]:
        entry["units"] = {VALUE: list(unit)}
    headers = found.headers.replace("{place}", f"{{{place}}}") if place else found.headers
    entry["unpivot"] = {"headers": headers, "into": VALUE}
    if found.by_label:
        entry["unpivot"] |= {"unit_from": SERIES_COLUMN, "other_labels": "left_out"}
        entry["values"] = {SERIES_COLUMN: {label.text: names[label] for label in labels}}
    years = _published(found)
    called = next((one[1] for one in chosen if WHOLE.fullmatch(one[1])), "") if place else ""
    whole = called or (_sum_of_others(chosen) if place else "")
    blank = {
        label
        for label, where, year, value in chosen
        if year == years[-1] and value is None and where != whole and not WHOLE.fullmatch(where)
    }
    proposed = (
        [Column(place, found.place or place, "part", sorted({one[1] for one in chosen}), place=True)] if place else []
    )
    proposed.append(Column("year", "年份", "year", list(years)))
    if found.by_label:
        proposed.append(Column(SERIES_COLUMN, "指标", "series", [names[label] for label in labels]))
    proposed.append(Column(VALUE, VALUE, "value", [one[3] for one in chosen]))
    told = Stacked(
        entry, [_counted(label, names[label], chosen) for label in labels], whole,
        tuple(names[label] for label in labels if label not in blank),
    )  # fmt: skip
    key = [one.name for one in proposed[:-1]]
    why = "" if called else "the sum of the others in every period, so "
    left_out = [f"{whole}: {why}a whole among its parts, not added to them"] if whole else []
    return Proposed(name, path, proposed, key, left_out, told)


def _sum_of_others(cells: Sequence[Cell]) -> str:
    """The place whose every number is the sum of those of all others, whatever it is called; empty where none is."""
    groups: dict[tuple[Label, int], dict[str, Decimal | None]] = defaultdict(dict)
    for label, where, year, value in cells:
        groups[label, year][where] = value
    proven: Counter[str] = Counter()
    other: set[str] = set()
    for group in groups.values():
        known = {where: value for where, value in group.items() if value}
        # beside two numbers or more: otherwise it only is like another one; with a blank a sum says nothing
        if None in group.values() or len(known) <= FEWEST_PARTS:
            continue
        total = sum(known.values())
        sums = {where for where, value in known.items() if 2 * value == total}
        proven.update(sums)
        other |= {*group} - sums
    return next((where for where, count in proven.items() if count >= FEWEST_PERIODS and where not in other), "")


def _published(found: Found) -> list[int]:
    """The years that at least half as many series have a value for as any: one with few is none to begin with."""
    by_year: dict[int, set[Label]] = defaultdict(set)
    for label, _, year, value in found.cells:
        if value is not None:
            by_year[year].add(label)
    most = max(map(len, by_year.values()))
    return sorted(year for year, some in by_year.items() if 2 * len(some) >= most)


def _names(labels: list[Label]) -> dict[Label, str]:
    """A name for each series, from its label where that is clear in English, else by its place."""
    names: dict[Label, str] = {}
    for place, label in enumerate(labels, start=1):
        name = ENGLISH.get(label.text) or ascii_name(label.text) or f"series_{place}"
        names[label] = name if name not in names.values() else f"{name}_{place}"
    return names


def _counted(label: Label, name: str, cells: list[Cell]) -> Column:
    """The series as a column of its own would be: its name, its Chinese name, and the unit that is printed."""
    known = [value for one, _, _, value in cells if one is label and value is not None]
    if dimension(label.unit) == "money":
        decimals = max(max(0, -int(value.normalize().as_tuple().exponent)) for value in known)
        return Column(name, label.text, "measure", [], label.unit, int(factor(label.unit, MONEY[1])), min(decimals, 4))
    return Column(name, label.text, "measure", [], label.noun, supposed=label.unit if label.supposed else "")
