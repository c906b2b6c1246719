"""Charts over figures that the engine never heard of: they say what they hold, alike each time, in both languages."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
import wells
from packages import ROOT

import zt_analysis
from zt_analysis import drawing
from zt_analysis.drawing import (
    bars,
    before_after,
    lines,
    part_of_whole,
    rates,
    shares,
    side_by_side,
    split,
    stock_and_flow,
    theme,
)
from zt_analysis.errors import InputError, ReportError
from zt_analysis.indicators.intervals import wilson
from zt_analysis.ledger import CHART_MIME
from zt_analysis.reports.svg import inline

CHINESE = re.compile("[\u4e00-\u9fff]")
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return wells.project(tmp_path_factory.mktemp("wells"))


@pytest.fixture(scope="module", params=["zh", "en"])
def drawn(request, office):
    """Every primitive over the wells, in one language."""
    book = zt_analysis.case("2025", project=office, language=request.param)
    with book._here():
        yield request.param, draw_all(book.paper, book.tables)


@pytest.fixture(scope="module")
def book(office):
    found = zt_analysis.case("2025", project=office)
    with found._here():
        yield found


def draw_all(paper, tables):
    days = [paper.period.at(paper.period.base_on), paper.period]
    return {
        "bars": bars(paper, tables, "water", "field_water", by="basin_code"),
        "rate": bars(paper, tables, "field_share", by="basin_code", order="listed"),
        "part": part_of_whole(paper, tables, ("water", "field_water"), by="basin_code", beside=["wells"]),
        "whole": side_by_side(paper, tables, "water", "field_water", note="note_meters"),
        "change": before_after(paper, tables, "field_share", by="basin_code", norms={"b1": wells.NORM}),
        "dates": lines(paper, tables, "water", periods=days),
        "weeks": lines(paper, tables, "wells", "dug"),
        "flow": stock_and_flow(paper, tables, "wells", ("dug", "closed")),
        "spans": rates(paper, tables, "field_share", of=("field_water", "water"), by="basin_code"),
        "shares": shares(paper, tables, "field_water", of="water", by="basin_code"),
    }


def texts(chart):
    return ["".join(one.itertext()) for one in ElementTree.fromstring(chart.svg).iter(TEXT)]


SAID = {
    "zh": {
        "bars": "取水量7400.1立方米，青河最多（6400.0立方米）",
        "rate": "灌溉占比60.81%，青河最高（62.50%）",
        "part": "取水量7400.1立方米，其中灌溉取水量占60.81%",
        "whole": "取水量7400.1立方米，多于灌溉取水量（4500.0立方米）",
        "change": "$x^2$灌溉占比由25.00%升至50.00%",
        "dates": "取水量由6500.0立方米升至7400.1立方米",
        "weeks": "在用井数由3眼持平于3眼",
        "flow": "在用井数由3眼持平于3眼：新打井数2眼，封井数2眼",
        "spans": "灌溉占比：青河高于全部；$x^2$低于全部",
        "shares": "灌溉取水量4500.0立方米；占取水量：青河高于全部；$x^2$低于全部",
    },
    "en": {
        "bars": "Water drawn: 7,400.1 m³, most in Blue River (6,400.0 m³)",
        "rate": "Share for fields: 60.81%, highest in Blue River (62.50%)",
        "part": "Water drawn: 7,400.1 m³, of which water for fields 60.81%",
        "whole": "Water drawn: 7,400.1 m³, more than water for fields (4,500.0 m³)",
        "change": "$x^2$ share for fields: from 25.00% it rose to 50.00%",
        "dates": "Water drawn: from 6,500.0 m³ it rose to 7,400.1 m³",
        "weeks": "Wells in use: from 3 wells it stayed at 3 wells",
        "flow": "Wells in use: from 3 wells it stayed at 3 wells; wells dug: 2 wells, wells closed: 2 wells",
        "spans": "Share for fields: Blue River higher than the whole; $x^2$ lower than the whole",
        "shares": "Water for fields: 4,500.0 m³; share of water drawn: Blue River higher than the whole; "
        "$x^2$ lower than the whole",
    },
}


@pytest.mark.slow
class TestEveryPrimitive:
    def test_its_title_is_its_message(self, drawn):
        language, charts = drawn
        assert {name: chart.title for name, chart in charts.items()} == SAID[language]

    def test_its_words_are_of_one_language(self, drawn):
        language, charts = drawn
        for name, chart in charts.items():
            said = " ".join([chart.title, chart.alt, chart.unit, *chart.columns, *(row[0] for row in chart.rows)])
            assert bool(CHINESE.search(said)) == (language == "zh"), name
            if language == "en":
                assert not CHINESE.search(chart.svg), name

    def test_every_number_of_the_table_is_drawn_or_said(self, drawn):
        for name, chart in drawn[1].items():
            there = " ".join(texts(chart)) + chart.alt
            numbers = [cell for row in chart.rows for cell in row[1:] if re.search(r"\d", cell)]
            if name in ("spans", "shares"):  # bounds and counts stand in the table alone
                numbers = [row[1] for row in chart.rows if row[1] != "—"]
            assert numbers, name
            assert [one for one in numbers if one not in there] == [], name

    def test_it_has_unit_source_and_a_table_of_its_columns(self, drawn):
        for name, chart in drawn[1].items():
            assert chart.unit, name
            assert set(re.split("[、, ]+", chart.source)) <= {"draws", "wells"}, name
            assert {len(row) for row in chart.rows} == {len(chart.columns)}, name
            bundle = chart._repr_mimebundle_()
            assert bundle[CHART_MIME]["rows"] == [list(row) for row in chart.rows]
            assert bundle[CHART_MIME]["missing"] == []

    def test_its_text_is_readable_on_a_phone(self, drawn):
        # the column of a page at 400 px is 368 px wide
        for name, chart in drawn[1].items():
            root = ElementTree.fromstring(chart.svg)
            scale = 368 / float(root.get("viewBox").split()[2])
            sizes = {float(one) for one in re.findall(r"font(?:-size)?: ?(\d[\d.]*)px", chart.svg)}
            assert sizes, name
            assert min(sizes) * scale >= 11, name

    def test_it_stands_on_white_wherever_it_stands(self, drawn):
        for name, chart in drawn[1].items():
            svg = inline(chart.svg, "c1", chart.alt)
            width, height = (float(one) for one in re.search(r'viewBox="0 [\d.]+ ([\d.]+) ([\d.]+)"', svg).groups())
            first = re.search(r"<path [^>]*>", svg)[0]
            assert "fill: #ffffff" in first, name
            xs, ys = zip(*re.findall(r"([\d.]+) ([\d.]+)", first), strict=True)
            assert max(map(float, xs)) >= width
            assert max(map(float, ys)) >= height


@pytest.mark.slow
class TestParts:
    def test_a_part_that_is_not_there_is_a_true_nought(self, book):
        chart = bars(book.paper, book.tables, "water", by="basin_code", order="listed")
        assert dict(chart.rows)["<b>沙</b>"] == "0.0"
        share = bars(book.paper, book.tables, "field_share", by="basin_code", order="listed")
        assert dict(share.rows)["<b>沙</b>"] == "—"

    def test_what_flowed_before_the_first_date_is_not_nought(self, book):
        chart = stock_and_flow(book.paper, book.tables, "wells", ("dug", "closed"))
        assert chart.rows[0] == ("2025-08-10", "3", "—", "—")
        assert chart.alt.endswith("每期末＝期初＋新打井数－封井数。")

    def test_a_gap_between_stock_and_flow_is_said(self, book):
        chart = stock_and_flow(book.paper, book.tables, "wells", ("dug", "dug"))
        assert "有3期的期末不等于" in chart.alt

    def test_parts_are_added_up_by_a_term(self, book):
        chart = bars(book.paper, book.tables, "water", by="basin_code", parts={"upland": ["b1", "b2"]})
        assert chart.rows == (("上游两流域", "7400.1"),)

    def test_a_rate_over_nobody_has_no_interval(self, book):
        chart = rates(book.paper, book.tables, "field_share", of=("field_water", "water"), by="basin_code")
        assert {row[0]: row[1:] for row in chart.rows}["<b>沙</b>"] == ("—",) * 4
        low, high = wilson(500_000, 1_000_050, comparisons=4)
        assert chart.rows[1][2:4] == (f"{float(low):.2%}", f"{float(high):.2%}")

    def test_parts_stand_by_their_share_and_not_by_how_many(self, book):
        def asked(*counted):
            return shares(book.paper, book.tables, *counted, of="water", by="basin_code")

        chart = asked("field_water")
        told = {row[0]: row for row in chart.rows}
        assert [row[0] for row in chart.rows][:2] == ["青河", "$x^2$"]
        assert (told["$x^2$"][1], told["$x^2$"][-1]) == ("50.00%", "500.0")
        low, high = wilson(500_000, 1_000_050, comparisons=4)
        assert told["$x^2$"][2:4] == (f"{float(low):.2%}", f"{float(high):.2%}")
        # a share that no part differs in is ranked by nothing: the parts stay as the register has them
        alike = asked("water")
        assert "没有" in alike.title
        assert [row[0] for row in alike.rows] == [zh for _, zh, _ in wells.BASINS]

    def test_what_cannot_be_compared_says_so(self, book):
        chart = before_after(book.paper, book.tables, "field_share", by="basin_code")
        assert "<b>沙</b>灌溉占比无法比较（—、—）" in chart.alt

    def test_names_are_neither_formulas_nor_markup_and_leave_room(self, book):
        chart = bars(book.paper, book.tables, "water", by="basin_code")
        assert {"$x^2$", "<b>沙</b>", "流" * 15 + "…"} <= set(texts(chart))
        assert "<b>" not in chart.svg
        assert ("流" * 90, "0.0") in chart.rows


@pytest.mark.slow
class TestWrongArguments:
    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda _, rows: bars("x", rows, "water", by="basin_code"), "argument 'paper'; found 'x'"),
            (lambda paper, _: bars(paper, None, "water", by="basin_code"), "argument 'tables'; found None"),
            (lambda *of: bars(*of, by="basin_code"), "argument 'indicators'"),
            (lambda *of: bars(*of, "rain", by="basin_code"), "'rain'"),
            (lambda *of: bars(*of, "water", by="basin"), "basin_code"),
            (lambda *of: bars(*of, "water", by="basin_code", parts=["b9"]), "found b9; expected b1"),
            (lambda *of: bars(*of, "water", by="basin_code", order="best"), "argument 'order'"),
            (lambda *of: bars(*of, "water", by="basin_code", sorce="x"), "no such argument.*source"),
            (lambda *of: side_by_side(*of, "water", "wells"), "cubic_metres, wells"),
            (lambda *of: part_of_whole(*of, ("water", "wells"), by="basin_code"), "one unit"),
            (lambda *of: lines(*of, "wells", weeks="8"), "argument 'weeks'; found '8'"),
            (lambda *of: lines(*of, "dug", period=zt_analysis.period("2025-09-04", "2025-08-07")), "on a Sunday"),
            (lambda *of: bars(*of, "field_share", by="basin_code", parts={"upland": ["b1", "b2"]}), "not their sum"),
        ],
    )
    def test_is_named(self, book, call, message):
        with pytest.raises(InputError, match=message):
            call(book.paper, book.tables)

    def test_more_parts_than_can_be_seen_are_refused(self):
        other = zt_analysis.case("2018-11", project=ROOT)
        with other._here(), pytest.raises(InputError, match="at most 120 in one chart"):
            bars(other.paper, other.tables, "out_of_school_children", by="school_code")


def test_a_width_is_the_same_on_every_python():
    assert [theme.width("a" * letters) for letters in (3, 5, 7)] == [19.5, 32.5, 45.5]


def test_lines_break_between_words_or_chinese_characters():
    assert theme.wrapped("受助学生，其中建档立卡户", 72) == ["受助学生，其", "中建档立卡户"]
    assert theme.wrapped("students taught at home", 100) == ["students taught", "at home"]
    assert theme.wrapped("x" * 40, 65) == ["x" * 9 + "…"]


@pytest.mark.thorough
@pytest.mark.slow
def test_same_bytes_in_another_process(office):
    program = (
        "import sys; sys.path.insert(0, 'tests'); import test_charts, hashlib, zt_analysis;"
        f"book = zt_analysis.case('2025', project={str(office)!r}); here = book._here(); here.__enter__();"
        "found = test_charts.draw_all(book.paper, book.tables);"
        "print(hashlib.sha256(''.join(c.svg for c in found.values()).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""},
        ).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    }  # fmt: skip
    assert len(seen) == 1


@pytest.mark.slow
def test_reader_settings_are_as_before(book):
    before = dict(mpl.rcParams)
    with theme.house():
        assert mpl.rcParams["font.family"][0] == "Noto Sans SC"
    side_by_side(book.paper, book.tables, "water")
    assert dict(mpl.rcParams) == before


def test_a_glyph_that_no_font_has_is_an_error_that_names_it():
    with theme.house(), pytest.raises(ReportError, match=r"U\+10400.*Hint"):
        theme.to_svg(theme.new_figure("\U00010400", 20))


@pytest.mark.slow
@pytest.mark.thorough
def test_drawing_needs_neither_page_nor_exporter_nor_pyplot():
    program = (
        "import sys, zt_analysis.drawing;"
        "print([m for m in ('nbconvert', 'uharfbuzz', 'jinja2', 'matplotlib.pyplot') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_what_an_office_draws_with_is_named():
    assert all(getattr(drawing, name) for name in drawing.__all__)
    assert callable(split)
