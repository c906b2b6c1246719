"""docs/numbers.md: what it says of each form is what is read."""

import re

import pytest
from packages import ROOT
from test_numbers import DATED

from zt_analysis.numbers import read_numbers

ROW = re.compile(r"\| (?!printed)(?P<printed>[^|]+) \| (?P<read>[^|]+) \|")
ROWS = [
    found.group("printed", "read")
    for found in map(ROW.match, (ROOT / "docs/numbers.md").open("r", encoding="utf-8"))
    if found
]


def said(mention):
    """A mention in the words of the page."""
    value = mention.value
    if mention.exact is not None and mention.unit == "1":
        value = mention.exact
    ends = value if isinstance(value, tuple) else (value,)
    bound = mention.qualifier + " or equal" * mention.inclusive
    words = (
        "–".join(map(str, ends)), mention.unit, bound if bound != "exact" else "", mention.kind, mention.direction,
        mention.per and f"per {mention.per}", mention.role if mention.role != "figure" else "",
        mention.resolved and f"({mention.resolved})",
    )  # fmt: skip
    return " ".join(word for word in words if word)


@pytest.mark.part(3)
@pytest.mark.parametrize(("printed", "read"), ROWS, ids=[printed for printed, _ in ROWS])
def test_line(printed, read):
    assert ("; ".join(map(said, read_numbers(printed, dated=DATED))) or "no number") == read


def test_the_page_has_lines():
    assert len(ROWS) > 100
