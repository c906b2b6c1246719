"""Numbers by their place on the page: a page's number, and the date of an issue that stands alone."""

from __future__ import annotations

from itertools import takewhile

import zt_analysis.expressions as re
from zt_analysis.documents import Document
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.excuses import Excuse

ISSUE = re.compile(r"第\s*\d+\s*[期周]")
SENTENCE = re.compile(r"[，。；：！？,;:!?]")
BLANK = re.compile(r"\t|\s{2,}|\u3000|(?<=[一-龥）)])\s|\s(?=[一-龥])")
NEARBY = 400
# title, edition, office and date
MASTHEAD = 6
PAGE = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－·\s]*(?:[/／，,]?\s*(?:共\s*)?\d{1,4}\s*页?[-—–－·\s]*)?|Page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
PAGE_LINE = re.compile(r"第\s*\d{1,4}\s*页(?:\s*[/／，,]?\s*共\s*\d{1,4}\s*页)?")
DASHED = re.compile(r"[-—–－]+\s*\d{1,4}\s*[-—–－]+")


def page_number(mention: Mention, document: Document, start: int) -> Excuse | None:
    """The number of a page: — 1 — on a line of its own, or alone in a header or footer."""
    block = document.block_at(start)
    if block is None or mention.unit not in ("", "页") or mention.kind not in ("count", "ordinal", "rate"):
        return None
    text = document.text[block.start : block.end].strip()
    margin = block.kind in ("header", "footer") and PAGE.fullmatch(text)
    alone = DASHED.fullmatch(text) or PAGE_LINE.fullmatch(text)
    return Excuse(labels("tie_page_number")) if margin or alone else None


def of_another_paper(document: Document, case: Case) -> bool:
    """Whether the title names a part of the whole: a county's own paper has its own number and day."""
    title = "\n".join(
        document.text[one.start : one.end] for one in document.blocks[:MASTHEAD] if one.place.table is None
    )
    heads = takewhile(lambda line: not SENTENCE.search(line), title.split("\n"))
    return any(one.values and one.dimension in case.registers for line in heads for one in case.parts.named(line))


def is_alone(mention: Mention, document: Document, start: int, issued: str) -> bool:
    """Whether a date is all its paragraph holds, in a masthead: a table's date is no date of issue.

    A masthead has a number, or stands at the top and says ``issued``, the day of issue: another day there may be one of
    the text.
    """
    block = document.block_at(start)
    numbered = ISSUE.search(document.text, max(0, start - NEARBY), start + NEARBY)
    on_top = str(mention.value) == issued and block in document.blocks[:MASTHEAD]
    if block is None or not (numbered or (on_top and block.place.table is None)):
        return False
    # who issues it stands left of a tab or of blanks, when right of it
    line = document.text[block.start : block.end]
    return mention.surface.strip() in (line.split("\t") if SENTENCE.search(line) else map(str.strip, BLANK.split(line)))
