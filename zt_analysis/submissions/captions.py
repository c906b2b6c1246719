"""What stands around the table: title and unit above it, footnotes below; the units held against the layout."""

from __future__ import annotations

import re
from typing import Any

from zt_analysis.submissions.definition import Field
from zt_analysis.submissions.headers import Header, plain
from zt_analysis.submissions.units import caption_units, dimension, header_units, is_scaled_money, known_unit

FOOTNOTE = re.compile(
    r"[(（*※]?(?:注|备注|说明|附注|注释)\d*[)）]?[:：.、]|\*|※"
    r"|(?:填表|填报|制表|审核|负责|统计|经办|联系|报送|复核|编制|分管|单位负责|主要负责)[^:：]{0,6}[:：]"
)


def is_footnote(cells: dict[int, Any]) -> bool:
    """Whether the first filled cell of the row begins as a note or a signature line does."""
    first = cells[min(cells)]
    return isinstance(first, str) and bool(FOOTNOTE.match(plain(first)))


def units_above(texts: list[tuple[Any, str]]) -> list[tuple[Any, list[str]]]:
    """The units stated in the captions, each list with the place that came with its text."""
    return [(place, units) for place, text in texts if (units := caption_units(text))]


def caption_contradiction(units: list[str], fields: list[Field]) -> tuple[str, str] | None:
    """The columns and the unit the layout gives them, where a caption states another; None where they agree."""
    for unit in units:
        if not known_unit(unit):
            return "", "a unit such as 元, 万元, 人"
    for kind in {dimension(unit) for unit in units}:
        stated = {unit for unit in units if dimension(unit) == kind}
        declared = {one.name: one.unit for one in fields if dimension(one.unit) == kind}
        wrong = {name: unit for name, unit in declared.items() if unit not in stated}
        if wrong:
            return ", ".join(wrong), " and ".join(dict.fromkeys(wrong.values()))
        # without a declared unit a value stays as it is: that may be ten thousand times too little
        bare = [one.name for one in fields if one.is_numeric and not one.unit]
        if bare and not declared and any(is_scaled_money(unit) or len(unit) > 1 for unit in stated):
            return ", ".join(bare), "a unit that the layout declares"
    return None


def header_contradictions(header: Header) -> list[tuple[int, Field, str]]:
    """The columns whose header names another unit than the layout does, with that unit."""
    found = []
    for column, one in header.columns.items():
        declared = {one.unit} if one.unit else {unit for word in one.headers for unit in header_units(plain(word))}
        for unit in header_units(header.texts[column]):
            harmless = not declared and not is_scaled_money(unit) and len(unit) == 1
            if unit not in declared and not harmless:
                found.append((column, one, unit))
    return found
