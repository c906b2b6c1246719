"""A correction notice quotes what an issue printed, and nothing that stood only in its report."""

import copy
import json

import pytest
from packages import ROOT

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.figures import both_languages
from zt_analysis.runs.notice import notice
from zt_analysis.runs.published import printed_keys
from zt_analysis.runs.restatement import compare
from zt_analysis.sources import open_package
from zt_analysis.writing import told_text

pytestmark = pytest.mark.slow  # it opens the shipped package

LEDGER = json.loads((ROOT / "outputs" / "2018-11" / "figures.json").read_text(encoding="utf-8"))
RETURNED, REMAINDER = "returned_students@2018-11-08", "allocation_remainder@2018-11-08"


def issued():
    """The bulletin as it was issued with its text."""
    paper = paper_of(params.load("2018-11", ROOT))
    return LEDGER | {"text": told_text(paper, open_package(ROOT / paper.package))}


def with_value(ledger, key, exact):
    found = copy.deepcopy(ledger)
    figure = next(one for one in found["figures"] if one["key"] == key)
    figure |= {"exact": str(exact), "display": both_languages(exact, figure["unit"])}
    for block in found["text"]["blocks"]:
        for run in block["runs"]:
            if run.get("figure") == key:
                run["text"] = figure["display"]["zh"]
    return found


def test_only_what_was_printed_is_quoted():
    before = issued()
    found = compare("2018-11", before, with_value(with_value(before, RETURNED, 1916), REMAINDER, 1))
    (sentence,) = found.sentences
    assert "劝返复学1915人，上门送教823人" in sentence[0]
    assert "劝返复学1916人，上门送教823人" in sentence[1]
    text = notice(found)
    assert sentence[0] in text
    assert "| 劝返复学学生数 |" in text
    assert "没有印出的数中另有1个变了" in text
    remainder = next(one["label"]["zh"] for one in LEDGER["figures"] if one["key"] == REMAINDER)
    assert remainder not in text, "no copy of the issue holds it"
    assert "本期40个公布数中" not in text, "a sentence of the report, not of the bulletin"


@pytest.mark.thorough
def test_nothing_moved_nothing_said():
    before = issued()
    found = compare("2018-11", before, copy.deepcopy(before))
    assert found.stands
    assert found.sentences == ()
    assert "没有变化" in notice(found)


def test_of_a_case_without_a_text_its_report_is_what_was_issued():
    assert printed_keys(LEDGER | {"text": None}) is None
    assert RETURNED in printed_keys(issued())
