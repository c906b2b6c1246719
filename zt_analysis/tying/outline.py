"""The short lines above each sentence of a text: all of its front, and of its headings one at each depth."""

from __future__ import annotations

from collections.abc import Sequence

import zt_analysis.expressions as re

# of the lines before the first sentence so many are looked at; longer ones are text
FRONT = 12
LONGEST = 40
DEPTHS = (
    re.compile(r"\s*第\s*[一二三四五六七八九十\d]{1,3}\s*[编章部篇]"),
    re.compile(r"\s*(?:第\s*[一二三四五六七八九十\d]{1,3}\s*节|[一二三四五六七八九十]{1,3}[、.．])"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\s*\d{1,2}(?:[、.．]\d{0,2}){1,3}"),
    re.compile(r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳])"),
)
FIRST = re.compile(r"\s*(?:第\s*|[（(])?(?:一(?![二三四五六七八九十])|1(?!\d)|①)")
ENDED = re.compile(r"[。！？!?；;，,…][”’）)\s]*$")


def is_short(line: str) -> bool:
    """Whether a line is no text of its own: a title, an office, a heading."""
    said = line.strip()
    return line.endswith("\n") and 1 < len(said) <= LONGEST and not ENDED.search(said)


def outline(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, ...]]:
    """For each sentence the lines above that govern it, the outermost first.

    What stands before the first sentence heads everything; a numbered heading ends where the next of its depth begins,
    one without a number where the next without one does.

    Args:
        lines: the sentences, and whether each is a short line that states nothing.
    """
    front: list[str] = []
    plain = ""
    depths = [""] * len(DEPTHS)
    found: list[tuple[str, ...]] = []
    now: tuple[str, ...] = ()
    begun = False
    for line, heads in lines:
        found.append(now)
        if not heads:
            begun = begun or bool(line.strip())
            continue
        depth = next((place for place, one in enumerate(DEPTHS) if one.match(line)), None)
        if depth is not None:
            if not FIRST.match(line):  # 三、 ends what stood under 二、; 一、 begins under it
                plain = ""
            depths[depth:] = [line.strip(), *[""] * (len(DEPTHS) - depth - 1)]
        elif begun:
            plain = line.strip()
        elif len(front) < FRONT:
            front.append(line.strip())
        now = tuple(one for one in (*front, plain, *depths) if one)
    return found
