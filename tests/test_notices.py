"""A correction notice says what has to be corrected, and plainly when nothing has."""

from zt_analysis.runs.notice import notice
from zt_analysis.runs.published import sentences
from zt_analysis.runs.restatement import Moved, Restatement

LABEL = {"zh": "失辍学人数", "en": "children out of school"}


def figure(exact, shown):
    return {
        "key": "children@2018-11-08", "label": LABEL, "at": "2018-11-08", "unit": "persons", "exact": exact,
        "display": {"zh": shown, "en": shown},
        "parts": {},
    }  # fmt: skip


def restated(**facts):
    ledger = {
        "case": {"title": {"zh": "通报", "en": "Circular"}, "as_of": "2018-11-08"},
        "package": {"synthetic": True}, "figures": [figure("10", "10人")], "text": None, "report": {}, "verdicts": [],
    }  # fmt: skip
    given = {"moved": (), "missing": (), "sentences": (), "verdicts": (), "files": ("a.csv",)} | facts
    return Restatement("2018-W45", 1, ledger=ledger, **given)


def test_a_value_that_prints_as_it_did_needs_no_correction():
    said = notice(restated(moved=(Moved(figure("10", "10人"), figure("9", "10人")),)))
    assert "印出的数字和表述均无变化，无需更正。" in said
    assert "签发后生效" not in said


def test_what_fell_has_a_minus_sign_and_what_is_gone_is_named():
    said = notice(restated(moved=(Moved(figure("10", "10人"), figure("3", "3人")),)))
    assert "| 失辍学人数 | 2018-11-08 | 10人 | 3人 | −7人 |" in said
    assert "签发后生效" in said
    gone = notice(restated(missing=("children@2018-11-08",)))
    assert "下列已发布的数字不再计算：\n\n- 失辍学人数 2018-11-08\n" in gone


def text(*paragraphs, shown="10人"):
    """A ledger whose text has these paragraphs; {} is the figure."""
    blocks = []
    for said in paragraphs:
        before, number, after = said.partition("{}")
        runs = [
            {"text": before},
            *([{"text": shown, "figure": "children@2018-11-08"}] if number else []),
            {"text": after},
        ]
        blocks.append({"kind": "paragraph", "runs": runs})
    return {"figures": [figure(shown[:-1], shown)], "text": {"blocks": blocks}}


def false(before, now):
    then, today = sentences(before, now)
    return [(said, today.get(key, "—")) for key, said in then.items() if today.get(key) != said]


def test_a_text_that_gained_a_paragraph_has_no_false_sentence():
    before, now = text("甲。失辍学{}。", "乙。"), text("新的一段。", "甲。失辍学{}。")
    assert false(before, now) == []
    assert false(before, text("新的一段。", "失辍学{}。", shown="9人")) == [("失辍学10人。", "失辍学9人。")]


def test_a_sentence_put_otherwise_is_false_where_its_figure_moved():
    before = text("失辍学{}。")
    assert false(before, text("在册{}。")) == []
    assert false(before, text("在册{}。", shown="9人")) == [("失辍学10人。", "—")]
