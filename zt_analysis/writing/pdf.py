"""The PDF of a written page: tagged, its Chinese as text, and the same bytes each time."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from zt_analysis.reports.pdf import print_pdf

# a browser writes when it printed; the text says when it was issued
MADE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")


def printed_page(html: bytes) -> bytes:
    """The PDF that a Chromium prints of ``html``.

    Raises:
        InputError: there is no browser.
        ReportError: it failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        page, output = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        print_pdf(page, output)
        return MADE.sub(_undated, output.read_bytes())


def _undated(found: re.Match[bytes]) -> bytes:
    """The same length, so that every offset in the file stays right."""
    blank = b"D:19800101000000"
    inside = found[0].partition(b"(")[2][:-1]
    return found[0].replace(inside, blank + inside[len(blank) :])
