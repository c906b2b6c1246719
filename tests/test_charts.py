"""Charts say what their frames hold, the same bytes each time, and leave the reader's settings alone."""

import re
import subprocess
import sys
from decimal import Decimal
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from packages import ROOT
from shipped import OFFICE

from zt_analysis.errors import ReportError
from zt_analysis.ledger import CHART_MIME
from zt_analysis.reports import theme

charts = OFFICE.module("charts.charts")
RATES = pd.DataFrame(
    {
        "stage": ["小学", "初中"],
        "base_pct": [Decimal("0.09"), Decimal("1.91")],
        "as_of_pct": [Decimal("0.06"), Decimal("1.59")],
        "target_pct": [Decimal("0.60"), Decimal("1.80")],
    }
)
OUTCOMES = pd.DataFrame(
    {"county": ["甲县", "乙县", "丙县"], "returned": [5, 12, 3], "home": [2, 1, 0], "remote": [4, 6, 1]}
)
AID = pd.DataFrame(
    {
        "stage": ["学前教育", "普通高中"],
        "students": [300, 100],
        "registered_poor_students": [200, 68],
        "amount_10k_yuan": [Decimal("9.00"), Decimal("12.50")],
    }
)
MONEY = pd.DataFrame(
    {
        "item": ["下达额", "发放额", "营养支出"],
        "amount_10k_yuan": [Decimal("100.00"), Decimal("30.25"), Decimal("20.50")],
    }
)
WEEKS = pd.DataFrame(
    {
        "reported_on": ["2018-09-20", "2018-09-27", "2018-10-04"],
        "open_cases": [50, 45, 41],
        "opened": [0, 3, 2],
        "closed": [0, 8, 6],
    }
)


def draw_all(language):
    return [
        charts.rates_against_target(RATES, base_on="2018-09-20", as_of="2018-11-08", language=language),
        charts.outcomes_by_county(OUTCOMES, language=language),
        charts.aid_by_stage(AID, language=language),
        charts.allocation_and_spending(MONEY, language=language),
        charts.weekly_open_cases(WEEKS, language=language),
    ]


@pytest.fixture(scope="module")
def drawn():
    return draw_all("zh")


def test_a_width_is_the_same_on_every_python():
    assert [theme._width("a" * letters) for letters in (3, 5, 7)] == [16.2, 27.0, 37.8]


def test_titles_state_the_numbers_of_the_frames(drawn):
    assert [chart.title for chart in drawn] == [
        "初中失辍学率由1.91%降至1.59%",
        "全市劝返复学20人，乙县最多（12人）",
        "受助学生400人，建档立卡户占67.00%",
        "下达100.00万元，资助发放与营养支出合计50.75万元",
        "未销案由50件降至41件：新立5件，销案14件",
    ]


def test_alternatives_carry_the_message(drawn):
    rates, outcomes, aid, money, weekly = (chart.alt for chart in drawn)
    assert "小学失辍学率由0.09%降至0.06%，标准0.60%，低于标准" in rates
    assert "合计劝返复学20人、上门送教3人、远程送教11人" in outcomes
    assert "学前教育 300, 66.67%" in aid
    assert "相当于下达额的50.75%" in money
    assert weekly.endswith("每周期末＝期初＋新立案－销案。")


def test_a_gap_between_stock_and_flow_is_said():
    wrong = WEEKS.assign(open_cases=[50, 45, 42])
    assert "有1周的期末不等于" in charts.weekly_open_cases(wrong).alt


def test_a_rate_that_rose_or_stayed_is_said():
    rose = RATES.assign(as_of_pct=[Decimal("0.09"), Decimal("2.00")])
    chart = charts.rates_against_target(rose, base_on="2018-09-20", as_of="2018-11-08")
    assert chart.title == "初中失辍学率由1.91%升至2.00%"
    assert "小学失辍学率由0.09%持平于0.09%" in chart.alt
    assert "未低于标准" in chart.alt


def test_a_rate_that_cannot_be_computed_is_a_dash():
    unknown = RATES.assign(base_pct=[None, None], as_of_pct=[None, None])
    chart = charts.rates_against_target(unknown, base_on="2018-09-20", as_of="2018-11-08")
    assert chart.title == "失辍学率无法计算"
    assert chart.rows[0] == ("小学", "—", "—", "0.60%")


def test_data_table_is_the_frame_in_the_order_of_the_bars(drawn):
    assert drawn[1].columns == ("县区", "劝返复学", "上门送教", "远程送教")
    assert drawn[1].rows == (("乙县", "12", "1", "6"), ("甲县", "5", "2", "4"), ("丙县", "3", "0", "1"))


def test_bundle_holds_words_and_data(drawn):
    bundle = drawn[3]._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert set(bundle[CHART_MIME]) == {"key", "title", "alt", "unit", "source", "columns", "rows"}
    assert bundle[CHART_MIME]["rows"][0] == ["下达额", "100.00"]
    assert drawn[3].title in bundle["text/plain"]


def test_english_is_english():
    chart = charts.allocation_and_spending(MONEY.assign(item=["allocated", "aid", "meals"]), language="en")
    assert not re.search("[\u4e00-\u9fff]", chart.title + chart.alt + chart.unit + chart.source + chart.svg)


def test_text_stays_text_and_every_value_stands_beside_its_bar(drawn):
    for chart in drawn:
        texts = [node.text for node in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]
        assert chart.title in texts
    assert {"100.00", "30.25", "20.50"} <= set(re.findall(r">([\d.]+)</text>", drawn[3].svg))


@pytest.mark.slow
def test_same_bytes_in_another_process():
    program = (
        "import sys; sys.path.insert(0, 'tests'); import test_charts, hashlib;"
        "print(hashlib.sha256(''.join(c.svg for c in test_charts.draw_all('zh')).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""},
        ).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    }  # fmt: skip
    assert len(seen) == 1


def test_reader_settings_are_as_before():
    before = dict(mpl.rcParams)
    with theme.house():
        assert mpl.rcParams["font.family"][0] == "Noto Sans SC"
    draw_all("en")
    assert dict(mpl.rcParams) == before


def test_missing_glyph_is_an_error_that_names_it():
    with pytest.raises(ReportError, match=r"U\+10400.*Hint"):
        charts.allocation_and_spending(MONEY.assign(item=["\U00010400", "b", "c"]))


def test_names_are_neither_formulas_nor_markup():
    chart = charts.outcomes_by_county(OUTCOMES.assign(county=["$x^2$", "<script>alert(1)</script>", "a\u202eb"]))
    texts = [node.text for node in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"$x^2$", "<script>alert(1)</script>", "a〈U+202E〉b"} <= set(texts)
    assert "<script" not in chart.svg


def test_a_long_name_leaves_room_for_the_bars():
    chart = charts.outcomes_by_county(OUTCOMES.assign(county=["县" * 90, "b", "c"]))
    texts = [node.text for node in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "县" * 21 + "…" in texts
    assert ("县" * 90, "5", "2", "4") in chart.rows


@pytest.mark.slow
def test_drawing_needs_neither_page_nor_exporter_nor_pyplot():
    program = (
        "import sys, zt_analysis.drawing;"
        "print([m for m in ('nbconvert', 'uharfbuzz', 'jinja2', 'matplotlib.pyplot') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
