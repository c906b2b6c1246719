"""One view of each kind: exact, defined in both languages, with SQL, rows and card, a claim that holds and a tie."""

import csv
import re
from fractions import Fraction

import pytest
from packages import copy_example

from zt_analysis import indicators, params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import review
from zt_analysis.checks.to_ledger import figure_records, verdict_record
from zt_analysis.indicators import Wanted, compute, find
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_text

pytestmark = pytest.mark.slow  # it opens a package of its own

BY = "by=province_code"
PART = "991000"
# of 澄江, 云岭 and 海晏, from the raw files: special schools 110, 127, 77; primary schools 5576, 7923, 10909, the year
# before 5705, 8118, 11243; special entrants 9779, 12576, 7000, the year before 9153, 11935, 6469
# kind: (how it is written, of a part, exact, as printed, unit, rows behind it)
ONE_OF_EACH = {
    "change": ("change(primary_schools)", "", -658, "-658", "所", 3),
    "growth": ("growth(primary_schools)", "", Fraction(-658, 25066), "-2.63", "%", 3),
    "share": ("share(primary_schools)", PART, Fraction(7923, 24408), "32.46", "%", 1),
    "ratio": ("ratio(special_pupils,special_teachers)", "", Fraction(102461, 29755), "3.44", ":1", 3),
    "total": ("total(special_schools,senior_schools)", "", 314 + 2023, "2337", "所", 6),
    "cumulative": ("cumulative(special_entrants,since=2018)", "", 29355 + 27557, "5.69", "万人", 6),
    "rank": (f"rank(special_schools,{BY})", PART, 1, "1", "位", 3),
    "top": (f"top(special_schools,2,{BY})", "", Fraction(237, 314), "75.48", "%", 3),
    "parts": (f"parts(special_schools>=110,{BY})", "", 2, "2", "个", 3),
    "mean": (f"mean(special_schools,{BY})", "", Fraction(314, 3), "105", "所", 3),
    "median": (f"median(special_schools,{BY})", "", 110, "110", "所", 3),
    "minimum": (f"minimum(special_schools,{BY})", "", 77, "77", "所", 3),
    "maximum": (f"maximum(special_schools,{BY})", "", 127, "127", "所", 3),
}
# what texts say of a number before; of the others each has words of its own in views.csv
SAID_OF = {
    "change": "普通小学2.44万所，比上年减少{}。", "growth": "普通小学2.44万所，比上年减少658所，下降{}。",
}  # fmt: skip
EACH = pytest.mark.parametrize("kind", KINDS)


def printed_as(kind):
    _, _, _, number, unit, _ = ONE_OF_EACH[kind]
    return f"第{number}位" if kind == "rank" else f"{number.lstrip('-')}{unit}"


def wrong(number):
    """The number with its last digit another one."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The example with a claim of each kind that holds, one that does not, and words for each in texts."""
    root = copy_example(tmp_path_factory.mktemp("kinds") / "communique")
    claims = root / "data/yearbook/claims/2019.csv"
    with claims.open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    with claims.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, head, restval="")
        lines.writeheader()
        for kind, (view, part, _, number, unit, _) in ONE_OF_EACH.items():
            for name, value in ((kind, number), (f"{kind}-wrong", wrong(number))):
                lines.writerow({
                    "claim_id": name, "surface": f"{value}{unit}", "value": value, "unit": unit, "qualifier": "exact",
                    "kind": "count", "class": "statistic", "headline": "no", "paragraph": 1, "section": "level",
                    "indicator": view, "at": "as_of", "scope": f"province_code={part}" if part else "",
                    "label_zh": kind, "label_en": kind,
                })  # fmt: skip
    with (root / "office/words/texts/views.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([view, f"{kind}指数"] for kind, (view, *_) in ONE_OF_EACH.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        paper = paper_of(params.load("2019", root))
        tables = open_package(root / paper.package)
        yield paper, tables, review(paper, tables), case_of(paper, tables)


def wanted(kind, case):
    view, part, *_ = ONE_OF_EACH[kind]
    return Wanted(view, case[0].period, {"province_code": part} if part else {})


@EACH
def test_it_is_exact_until_it_is_displayed(case, kind):
    (figure,) = compute([wanted(kind, case)], case[1]).values()
    assert figure.exact == ONE_OF_EACH[kind][2]
    assert type(figure.exact) in (int, Fraction)


@EACH
def test_its_claim_holds_and_another_number_does_not(case, kind):
    found = {one.claim.id: one for one in case[2].verdicts}
    assert found[kind].word in ("agree", "agree_rounded")
    assert verdict_record(found[f"{kind}-wrong"])["verdict"] == "differs"


@pytest.mark.part(3)
@EACH
def test_its_card_has_definition_formula_sql_and_rows_in_both_languages(case, kind):
    one = wanted(kind, case)
    (record,) = figure_records([one], compute([one], case[1]), case[1])
    assert record["key"] == one.key
    for section in ("Definition", "Formula", "NULL", "Source"):
        said = find(one.indicator).said(section)
        assert all(said.values()), section
        assert not re.search(r"[\u4e00-\u9fff{}]", said["en"]) or section == "Source"
        assert not re.search(r"[{}]", said["zh"])
    statements = indicators.sql(one, case[1])
    assert statements
    assert all(case[1].backend.con.execute(each).fetchall() for each in statements)
    behind = case[1].rows(indicators.rows(one, case[1]))
    assert len(behind) == ONE_OF_EACH[kind][5] == indicators.row_counts([one], case[1])[0]


@pytest.mark.part(3)
@EACH
def test_a_text_that_states_it_is_tied_and_another_number_is_wrong(case, kind):
    _, part, _, number, _, _ = ONE_OF_EACH[kind]
    said, number = printed_as(kind), number.lstrip("-")
    sentence = SAID_OF.get(kind, f"{'云岭省' if part else ''}{kind}指数为{{}}。")
    status = []
    for shown in (said, said.replace(number, wrong(number))):
        tie = next(one for one in tie_text(sentence.format(shown), case[3]).ties if one.mention.surface == shown)
        status.append((tie.status, tie.wanted and tie.wanted.indicator))
    right, other = status
    assert right[0] in ("agree", "agree_rounded")
    assert right[1] == find(ONE_OF_EACH[kind][0]).id == other[1]
    assert other[0] == "differs"


def test_every_kind_has_its_example():
    assert set(ONE_OF_EACH) == set(KINDS)
