"""The time and the unit that stand in brackets behind a label or heading: 劝返复学（11月8日，人）."""

from __future__ import annotations

from datetime import date

import zt_analysis.expressions as re
from zt_analysis.numbers import read_numbers
from zt_analysis.tying.closed import TIMES

SAID_OF_IT = re.compile(r"[（(]\s*([^（）()]+?)\s*[）)]\s*$")
APART = re.compile(r"[，,、；;\s]+")
A_UNIT = re.compile(r"(?:单位[:：])?([^\d年月日周季期]{1,4}|[%％‰])")


def apart(text: str, dated: date) -> tuple[str, str, str]:
    """A label without the brackets behind it, and the time and unit in them; as it is where they hold more."""
    found = SAID_OF_IT.search(text)
    pieces = [one for one in APART.split(found[1]) if one] if found else []
    times = [one for one in pieces if _is_time(one, dated)]
    units = [one for one in pieces if one not in times and A_UNIT.fullmatch(one)]
    if found is None or not times or len(times) + len(units) < len(pieces) or len(units) > 1:
        return text, "", ""
    unit = A_UNIT.fullmatch(units[0]) if units else None
    return text[: found.start()], "".join(times), unit[1] if unit else ""


def _is_time(text: str, dated: date) -> bool:
    dates = [one for one in read_numbers(text, dated=dated) if one.kind == "date"]
    rest = text
    for one in reversed(dates):
        rest = rest[: one.start] + rest[one.end :]
    for times in TIMES:
        rest = times.sub("", rest)
    return rest != text and not rest.strip("截至止到年")
