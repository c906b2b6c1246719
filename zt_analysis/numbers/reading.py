"""Reading a text from front to back: each number once, then what lists, clauses and titles make of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from zt_analysis.numbers.dates import Calendar, read_date
from zt_analysis.numbers.lists import join_lists
from zt_analysis.numbers.markers import CIRCLED, read_marker
from zt_analysis.numbers.mention import Mention, Reading
from zt_analysis.numbers.names import blocks, name_reading, titles
from zt_analysis.numbers.numerals import CHINESE, run_end
from zt_analysis.numbers.quantities import read_quantity
from zt_analysis.numbers.script import plain
from zt_analysis.numbers.signs import mark

_START = re.compile(rf"[0-9{CHINESE}半翻{CIRCLED}]|总?第(?=[ \n\f]{{0,3}}[0-9{CHINESE}])")


def read_numbers(text: str, *, dated: datetime.date | None = None) -> list[Mention]:
    """Every number of ``text``, in order, without overlap; ``dated`` gives days printed without a year their year.

    >>> [(one.surface, str(one.value), one.unit) for one in read_numbers("资助1.2万余人，下降0.32个百分点")]
    [('1.2万余人', '12000', '人'), ('0.32个百分点', '-0.32', '百分点')]
    """
    flat = plain(text)
    readings = list(_scan(flat, dated))
    join_lists(flat, readings)
    _name_titles(flat, readings)
    return [reading.mention(text) for reading in readings]


def _scan(text: str, dated: datetime.date | None) -> Iterator[Reading]:
    calendar, position, taken = Calendar(dated), 0, 0
    names = iter(blocks(text))
    name = next(names, None)
    while found := _START.search(text, position):
        start = found.start()
        while name and name.end <= start:
            name = next(names, None)
        if name and name.start <= start:
            reading = name_reading(text, name)
            position = name.end
        else:
            reading = _read(text, start, calendar)
            position = max(start + 1, reading.end if reading else run_end(text, start))
        if reading:
            reading.start = max(reading.start, taken)
            taken = position = max(position, reading.end)
            yield reading


def _read(text: str, start: int, calendar: Calendar) -> Reading | None:
    reading = read_marker(text, start) or read_date(text, start, calendar)
    if not reading:
        reading = read_quantity(text, start)
        if reading and reading.kind in ("count", "money", "rate", "change"):
            mark(text, reading)
    return reading


def _name_titles(text: str, readings: list[Reading]) -> None:
    """Numbers inside 《…》 are part of a document's name."""
    spans = iter(titles(text))
    span = next(spans, None)
    for reading in readings:
        while span and span[1] <= reading.start:
            span = next(spans, None)
        if span and span[0] < reading.start:
            reading.role = "name"
