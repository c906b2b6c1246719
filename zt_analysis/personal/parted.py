"""A resident's number that is parted over texts one after the other: two cells, two rows, eighteen boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zt_analysis.personal.forms import narrow
from zt_analysis.personal.numbers import RESIDENT, is_resident

Text = tuple[str, str]
# digits at the end of a text and at the beginning of another; no decimals, days or counts
END = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][.,/:\-])[0-9]{1,17}$")
BEGIN = re.compile(r"[0-9]{0,17}[0-9Xx](?![0-9A-Za-z]|[.,/:\-][0-9]|[年月日人元万亿个所%])")
WHOLE = re.compile("[0-9]{1,17}")
MOST, BOXES = 3, RESIDENT
# by chance one run of digits in fifty thousand is one, and of codes that hold a place and a day one in eleven
SHARE = 0.6


def parted(lines: Iterable[Sequence[Text]]) -> Iterator[Text]:
    """The numbers whose digits stand in neighbours of a line, each with its places and whole.

    >>> list(parted([[("A1", "11010120080312"), ("B1", "1249")]]))
    [('A1, B1', '110101200803121249')]
    """
    seen: Counter[tuple[int, ...]] = Counter()
    found: list[tuple[tuple[int, ...], Text]] = []
    for line in lines:
        texts = [(place, narrow(text).strip()) for place, text in line]
        for first in range(len(texts) - 1):
            if run := _run(texts, first):
                shape, whole = tuple(map(len, run)), "".join(run)
                seen[shape] += 1
                if is_resident(whole):
                    found.append((shape, (f"{texts[first][0]}, {texts[first + len(run) - 1][0]}", whole)))
    hit = Counter(shape for shape, _ in found)
    yield from (one for shape, one in found if hit[shape] >= SHARE * seen[shape])


def _run(texts: Sequence[Text], first: int) -> list[str]:
    """The pieces of eighteen digits that begin at the end of a text; none where there are more or fewer."""
    begun = END.search(texts[first][1])
    run, length = [begun[0]] if begun else [], len(begun[0]) if begun else RESIDENT
    for _, text in texts[first + 1 : first + BOXES]:
        if length >= RESIDENT or len(run) == (BOXES if length == len(run) else MOST):
            break
        further = BEGIN.match(text)
        if not further:
            return []
        run.append(further[0])
        length += len(further[0])
        if length < RESIDENT and not WHOLE.fullmatch(text):
            return []
    return run if length == RESIDENT and (1 < len(run) <= MOST or len(run) == BOXES) else []
