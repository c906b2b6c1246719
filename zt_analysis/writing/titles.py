"""Which lines of a typed draft are its title and headings, and of which level: many a draft has them as plain lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zt_analysis.documents import Block, Document
from zt_analysis.documents.plain import HEADINGS

# a title is one short line that no sign ends
TITLE = re.compile(r"[^\n]{2,40}(?<![。；：，、！？.;:,])$")
FIRST, LAST = 2, 6


def levels_of(document: Document, blocks: Sequence[Block]) -> dict[int, int]:
    """The level of each heading by where it starts: 1 the title, 2 一、, 3 （一）; what has no number by its style.

    Word's own Title and Heading 1 are both of the first level, and a paper has one title.
    """
    found: dict[int, int] = {}
    styled: list[Block] = []
    for number, block in enumerate(blocks):
        text = document.text[block.start : block.end].strip()
        level = next((at for at, one in enumerate(HEADINGS, FIRST) if one.match(text)), 0)
        if block.kind not in ("heading", "paragraph") or block.place.table:
            continue
        if level:
            found[block.start] = level
        elif block.kind == "heading" and number:
            styled.append(block)
        elif number == 0 and (block.kind == "heading" or TITLE.fullmatch(text)):
            found[block.start] = 1
    least = min((one.level or 1 for one in styled), default=1)
    return found | {one.start: min((one.level or 1) - least + FIRST, LAST) for one in styled}
