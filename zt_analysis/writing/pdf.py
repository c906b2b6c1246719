"""The PDF of a written page: tagged, its Chinese as text, and the same bytes each time."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from zt_analysis.contents import write_file
from zt_analysis.reports.pdf import print_pdf

# a browser writes when it printed; the text says when it was issued
MADE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")
PAGE = re.compile(rb"/Type /Page\b")
# what a browser called an element of the page in that process
NODE = re.compile(rb"\(node(\d{8})\)")
# GB/T 9704: a paper is printed on both sides, and its imprint stands on the back of the last sheet
LEAST = 2
# a browser whose pages hold less than the type area would never be done
TRIES = 3


def printed_page(page_of: Callable[[int], str]) -> bytes:
    """The PDF that a Chromium prints of a page; its imprint stands at the foot of the last page, which is an even one.

    Args:
        page_of: the page, laid out for that many printed ones.

    Raises:
        InputError: there is no browser.
        ReportError: it failed.
    """
    pages = LEAST
    for _ in range(TRIES):
        content = _printed(page_of(pages))
        found = len(PAGE.findall(content))
        if found <= pages:
            return content
        pages = found + found % 2
    return _printed(page_of(0))


def _printed(html: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, output = Path(folder) / "page.html", Path(folder) / "page.pdf"
        write_file(page, html)
        print_pdf(page, output)
        return renumbered(MADE.sub(_undated, output.read_bytes()))


def renumbered(content: bytes) -> bytes:
    """The names of elements counted from 1, in their order and of the same length: a browser begins at any number."""
    names = {name: number for number, name in enumerate(sorted(set(NODE.findall(content))), 1)}
    return NODE.sub(lambda found: b"(node%08d)" % names[found[1]], content)


def _undated(found: re.Match[bytes]) -> bytes:
    """The same length, so that every offset in the file stays right."""
    blank = b"D:19800101000000"
    inside = found[0].partition(b"(")[2][:-1]
    return found[0].replace(inside, blank + inside[len(blank) :])
