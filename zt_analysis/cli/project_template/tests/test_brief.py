"""The office's own expected numbers, worked by hand from data/demo/pupils.csv."""

from pathlib import Path

import pytest

import zt_analysis as zt
from zt_analysis.define import Tables, value

SEEN_FROM = zt.period("2025-09-20", "2024-09-20")


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Tables:
    """The tables of the package, every row held against its declaration."""
    monkeypatch.chdir(Path(__file__).parent.parent)
    return zt.open_package("data/demo")


def test_pupils_of_the_county(tables: Tables) -> None:
    """The three towns of 2025 together."""
    assert value("pupils", tables, seen_from=SEEN_FROM) == 4068 + 2990 + 1822


def test_boarders_of_one_town(tables: Tables) -> None:
    """The row of Shiqiao."""
    assert value("boarders", tables, seen_from=SEEN_FROM, scope=(("town_code", "t03"),)) == 760
