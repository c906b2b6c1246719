"""Running heads, feet and page numbers: lines at a page's edge that come again on other pages, or count them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from zt_analysis.documents.pdf_lines import Page, PaperLine

# of the page's height, above and below
MARGIN = 0.15
EDGE_ROWS = 2
# a book has two heads, a report of chapters more
LEAST_PAGES = 2
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―－·•~]+\s*\d{1,4}\s*[-—–―－·•~]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?)\s*$"
)


def margin_kinds(pages: Sequence[Page]) -> dict[int, str]:
    """``header`` or ``footer`` for the ``id`` of each line that runs through the pages or counts them."""
    candidates = [(line, kind, page) for page in pages for line, kind in _edges(page)]
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line, kind, page in candidates:
        for key in _keys(line.text, page.number):
            seen[kind, key].add(page.number)
    found = {}
    for line, kind, page in candidates:
        repeated = any(len(seen[kind, key]) >= LEAST_PAGES for key in _keys(line.text, page.number))
        if repeated or PAGE_NUMBER.match(line.text) or _counts_alone(line, page):
            found[id(line)] = kind
    return found


def _edges(page: Page) -> Iterator[tuple[PaperLine, str]]:
    rows = sorted({line.number for line in page.lines})
    first, last = rows[:EDGE_ROWS], rows[-EDGE_ROWS:]
    for line in page.lines:
        if line.number in first and line.middle > (1 - MARGIN) * page.height:
            yield line, "header"
        elif line.number in last and line.middle < MARGIN * page.height:
            yield line, "footer"


def _keys(text: str, page: int) -> set[str]:
    """What two pages' lines have in common if they run: the text itself, or with numbers that count the pages.

    >>> _keys("3 of 7", 3) & _keys("4 of 7", 4)
    {'<0> of 7'}
    """
    numbers = [found.group() for found in NUMBER.finditer(text)]
    # a bare number that stays the same is a table's, not a page's
    keys = {text} if NUMBER.sub("", text).strip() else set()
    if numbers and all(len(number) < 6 for number in numbers):
        shifted = [f"<{int(number) - page}>" for number in numbers]
        for chosen in ([0], [len(numbers) - 1], list(range(len(numbers)))):
            values = iter([shifted[i] if i in chosen else numbers[i] for i in range(len(numbers))])
            keys.add(NUMBER.sub(lambda _, values=values: next(values), text))  # type: ignore[misc]
    return keys


def _counts_alone(line: PaperLine, page: Page) -> bool:
    """Whether it is the bare number of its page, below everything else and beside nothing."""
    lowest = min(page.lines, key=lambda one: one.middle)
    return (
        line is lowest and line.text == str(page.number) and sum(one.number == line.number for one in page.lines) == 1
    )
