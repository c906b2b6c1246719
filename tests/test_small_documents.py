"""Small documents of another hand, tables, notes and lists: no false number is green, none right is called wrong."""

import json
from functools import cache

import pytest
from packages import ROOT
from shipped import tied_case

from zt_analysis.documents import read_document
from zt_analysis.tying import tie_out
from zt_analysis.tying.tie import GREEN

pytestmark = pytest.mark.slow
DOCUMENTS = [
    json.loads(line) for line in (ROOT / "tests/texts/documents.jsonl").read_text(encoding="utf-8").splitlines()
]
RIGHT = [one for one in DOCUMENTS if one["label"] == "right"]
FALSE = [one for one in DOCUMENTS if one["label"] == "false"]
WRONG = ("differs", "unit_differs")
# of the numbers that somebody with the tables would prove
LEAST = 0.38


@cache
def case():
    return tied_case(printed=False)


@pytest.fixture
def tied(tmp_path):
    def tie(one):
        path = tmp_path / one["name"]
        path.write_text(one["text"], encoding="utf-8")
        return tie_out(read_document(path), case())

    return tie


@pytest.mark.part(4)
@pytest.mark.parametrize("one", FALSE, ids=lambda one: one["name"])
def test_the_false_number_is_not_green(tied, one):
    """Its digits may stand elsewhere in the document and be right there."""
    same = [tie for tie in tied(one).ties if tie.mention.surface.rstrip("人万元亿%") == one["wrong"].rstrip("%")]
    assert not same or any(tie.status not in GREEN for tie in same)


@pytest.mark.part(4)
@pytest.mark.parametrize("one", RIGHT, ids=lambda one: one["name"])
def test_no_right_number_is_called_wrong(tied, one):
    found = tied(one)
    assert [tie.mention.surface for tie in found.ties if tie.status in WRONG] == []
    assert [remark.text for remark in found.remarks if remark.kind != "claim"] == []


@pytest.mark.thorough
def test_much_of_what_can_be_proved_is(tied):
    green = sum(tie.status in GREEN for one in RIGHT for tie in tied(one).ties)
    assert green > LEAST * sum(one["numbers"] for one in RIGHT)
