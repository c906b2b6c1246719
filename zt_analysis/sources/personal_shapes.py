"""Which columns could hold personal data at all: one question to the engine for each column."""

from __future__ import annotations

import re

from zt_analysis.personal.forms import MARKS, SHORTEST
from zt_analysis.sources.descriptor import Column
from zt_analysis.sources.rows import TEXT, Rows

# below it no whole number is a telephone number
LEAST_NUMBER = 10_000_000_000


def shape(column: Column, rows: Rows) -> str:
    """SQL for whether a column could hold personal data, and whether any of its texts has more than ASCII."""
    name, words = rows.cell(column), rows.dialect
    if rows.held_as(column) != TEXT:
        return f"CASE WHEN max({name}) >= {LEAST_NUMBER} THEN 'ascii' END"
    holds = [words.holds.format(name, words.literal(one)) for one in MARKS]
    marked = "" if _is_plain(column) else "".join(f" OR bool_or({one})" for one in holds)
    width = words.width.format(name)
    return (
        f"CASE WHEN max({width} - length({name})) > 0 THEN 'wide' "
        f"WHEN max({width}) >= {SHORTEST}{marked} THEN 'ascii' END"
    )


def _is_plain(column: Column) -> bool:
    """Whether the declared pattern, which verification holds, lets no mark into a cell."""
    pattern = str(column.constraints.get("pattern", ""))
    return bool(pattern) and not re.search(r"[.\\]|\[\^|" + "|".join(MARKS), pattern)
