"""The first text of a proposed paper: its figures, each in a place, for a person to put into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zt_analysis.contents import write_file
from zt_analysis.project_file import read_project_file
from zt_analysis.proposing.columns import Proposed
from zt_analysis.proposing.papers import TIMES, change

# a text is read by a person; the other figures stand in zt figures
MOST = 12
PLAIN = re.compile(r"[\w（）()、-]+")


def write_text(
    folder: Path, case: str, as_of: date, tables: Sequence[Proposed], figures: Sequence[dict[str, str]]
) -> list[str]:
    """``papers/<case>.md`` with the first of ``figures`` that have a value, and a letterhead under the folder's name;
    which are left out for having none, one line each."""
    chinese = "zh" in read_project_file(folder.resolve()).languages
    letterhead, text = folder / "papers" / "letterhead.yml", folder / "papers" / f"{case}.md"
    (folder / "papers" / "2025.md").unlink()
    office = re.sub(r"[^\w.\- ]", "", folder.resolve().name)
    change(letterhead, "青禾县教育局（虚构）", f'"{office}"')
    change(letterhead, "教育简报", "简报" if chinese else "Brief")
    change(letterhead, "  lists:\n    报: 县人民政府。\n    发: 各乡镇、各学校。\n  copies: 30\n", "")
    language, said = ("zh", "主要数字") if chinese else ("en", "Figures")
    names = [one[language] for one in figures]
    lines = [f"# {said}", "截至{as_of}：" if chinese else "As of {as_of}:"]
    named = {one.name: one for one in tables}
    without = [one["id"] for one in figures if not _has_value(one, named[one["table"]], as_of)]
    for one in [each for each in figures if each["id"] not in without][:MOST]:
        name = one[language]
        place = name if names.count(name) == 1 and PLAIN.fullmatch(name) else one["id"]
        lines.append(f"{name}{{{place}}}。" if chinese else f"{name}: {{{place}}}.")
    write_file(text, "\n\n".join(lines) + "\n")
    return [f"papers/{case}.md leaves out {one}: no value in that period" for one in without]


def _has_value(one: dict[str, str], table: Proposed, as_of: date) -> bool:
    """Whether each row of the case's period says something: a place of what cannot be computed would be refused."""
    if table.stacked:
        return one["series"] in table.stacked.filled
    column = next(each for each in table.columns if each.name == one["column"])
    time = next((each for each in table.columns if each.kind in TIMES), None)
    when = time.values if time else [as_of] * len(column.values)
    now = as_of.year if time and time.kind == "year" else as_of
    found = [value for value, day in zip(column.values, when, strict=True) if day == now]
    return bool(found) and None not in found
