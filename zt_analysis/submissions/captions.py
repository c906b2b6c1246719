"""What stands around the table: title and unit above it, footnotes below; the units held against the layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.submissions.constants import words_in
from zt_analysis.submissions.headers import Header, plain
from zt_analysis.submissions.sheet_layout import Field, Note
from zt_analysis.submissions.units import dimension, header_units, is_scaled_money, known_unit

FOOTNOTE = re.compile(
    r"[(（*※]?(?:注|备注|说明|附注|注释){1,2}\d*[)）]?[:：.、]|\*|※"
    r"|(?:数据|资料)?(?:来源|出处)[:：]"
    r"|(?:填表|填报|制表|审核|负责|统计|经办|联系|报送|复核|编制|分管|单位负责|主要负责)[^:：]{0,6}[:：]"
)
# 填报单位：, 报送单位（盖章）：, 县（市、区）： ; what follows is who made the file
FILED_BY = re.compile(
    r"(?:(?:填报|报送|上报|编报|填表|制表|编制)(?:单位|部门|县区?)|单位名称|县(?:市?区|\([市、,区]+\)))(?:\([^()]*\))?:(.*)"
)
# where a file says who made it: above the table, and in the signatures below
SAID_IN = ("title", "unit", "footnote")


def is_footnote(cells: dict[int, Any]) -> bool:
    """Whether the first filled cell of the row begins as a note or a signature line does."""
    first = cells[min(cells)]
    return isinstance(first, str) and bool(FOOTNOTE.match(plain(first)))


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


def names_another(notes: Iterable[Note], own: str, names: Iterable[str]) -> list[tuple[Note, bool]]:
    """The lines around the table that name another county than ``own``, and whether it is certain that it is meant.

    It is where the line says who filed the table, and where it is a title that names one other county in a file that
    nowhere names its own. A line that names ``own`` as well compares the two; a footnote may speak of any.
    """
    # 大关 and 威信 are words as well: cut short, a name counts only where somebody is named
    full = list(names)
    short = {word: name for name in full for word in (name, _short(name))}
    lines = [(note, plain(note.text)) for note in notes if note.kind in SAID_IN]
    told_own = any(own in {short[word] for word in words_in(text, short)} for _, text in lines)
    found, labelled = [], False
    for note, text in lines:
        filed = FILED_BY.search(text)
        by = text if labelled else filed[1] if filed else ""
        filers = {short[word] for word in words_in(by, short)}
        titled = set(words_in(text, full)) if note.kind != "footnote" else set()
        # the label may stand in one cell and the name in the next
        labelled = filed is not None and not by
        if (filers or titled) and own not in filers | titled:
            found.append((note, bool(filers) or (len(titled) == 1 and not told_own)))
    return found


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 and name.endswith(("县", "区", "市")) else name
