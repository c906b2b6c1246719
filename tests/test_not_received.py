"""What was not received of a part is said to be so wherever the part stands; it is never 0."""

import csv
import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from arrivals import read, write
from click.testing import CliRunner
from packages import ROOT, SHIPPED, add_office, link

import zt_analysis as zt
from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import review
from zt_analysis.cli.entry import zt as command
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, breakdown, by_group, compute, not_received
from zt_analysis.ledger import CHART_MIME
from zt_analysis.office import office_of
from zt_analysis.project import standing_in
from zt_analysis.rules import apply_rules, by_part
from zt_analysis.runs import read_ledger, run
from zt_analysis.sources import open_package

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

LATE, NAME, WORDS = "530627", "镇雄县", "未报"
NONE = "530681"  # a county that reported: no case of it is in the file
SOURCES = """
dropout_cases:
  from: "sent"
  one_per: "counties"
  zero_report: "allowed"
  columns: {columns}
"""


def split_cases(package):
    """The shipped cases as one CSV file a county, none of the late one, an empty one of the county that has none."""
    counties, cases = read(package / "counties.csv"), read(package / "dropout_cases.csv")
    columns = [name for name in cases[0] if name != "county_code"]
    (package / "sent").mkdir()
    for county in (one for one in counties if one["county_code"] != LATE):
        own = [row for row in cases if row["county_code"] == county["county_code"] != NONE]
        with (package / "sent" / f"{county['name_zh']}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(own)
    (package / "dropout_cases.csv").unlink()
    # what stands on a case of either goes with it
    declared = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for one in declared["resources"]:
        if any(key["reference"]["resource"] == "dropout_cases" for key in one["schema"].get("foreignKeys", [])):
            path = package / f"{one['name']}.csv"
            write(path, [row for row in read(path) if row["county_code"] not in (LATE, NONE)])
    words = "{" + ", ".join(f"{name}: {name}" for name in columns) + "}"
    (package / "sources.yml").write_text(SOURCES.format(columns=words), encoding="utf-8")


@pytest.fixture(scope="session")
def late_root(once):
    """The shipped project with the cases of ten counties; the eleventh has sent none, and one has none. Read only."""
    return once("not_received", late_project)


def late_project(root):
    (root / "params").mkdir()
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    add_office(root)
    for case in ("2018-11", "2018-W45"):
        text = (ROOT / "params" / f"{case}.yml").read_text(encoding="utf-8")
        (root / "params" / f"{case}.yml").write_text(text + 'late: "publish_without"\n', encoding="utf-8")
    package = root / "data" / "zhaotong-2018"
    shutil.copytree(SHIPPED, package, copy_function=link)
    split_cases(package)


@pytest.fixture(scope="module")
def late(late_root):
    """Its tables, opened without the county."""
    with standing_in(late_root), office_of(late_root).active():
        yield open_package("data/zhaotong-2018", roles=("table", "system"), late="publish_without")


@pytest.fixture(scope="module")
def ledger(late, late_root):
    """What its circular says."""
    return review(paper_of(params.load("2018-W45", late_root)), late).ledger


@pytest.fixture(scope="module")
def published(late_root, tmp_path_factory):
    """The folder of its circular, published."""
    return run("2018-W45", late_root, outputs=tmp_path_factory.mktemp("published"), engine="warm").folder


SEEN = zt.period("2018-11-08", "2018-09-20")


class TestFigures:
    def test_a_breakdown_has_no_value_and_says_why(self, late):
        frame = breakdown("out_of_school_children", late, SEEN, by="county_code").set_index("county_code")
        assert frame.loc[LATE].tolist() == [None, None, False]
        # a county that reported and has none: a true 0
        assert frame.loc[NONE].tolist() == [0, 0, True]
        assert not frame.drop([LATE, NONE])["exact"].isin([0, None]).any()
        assert "received" not in breakdown("funds_allocated", late, SEEN, by="level") or frame["received"].any()

    def test_what_is_derived_from_it_has_none_either(self, late):
        frame = breakdown("out_of_school_rate", late, SEEN, by=("county_code", "stage")).set_index("county_code")
        assert len(frame.loc[LATE]) > 1
        assert frame.loc[LATE, "exact"].isna().all()
        assert (frame.loc[NONE, "exact"].dropna() == 0).all()

    def test_the_schools_of_a_late_county_are_late(self, late):
        own = {row["school_code"] for row in late.rows(late["schools"]) if row["county_code"] == LATE}
        frame = breakdown("out_of_school_children", late, SEEN, by="school_code")
        assert set(frame.loc[~frame["received"], "school_code"]) == own
        assert len(own) > 10

    def test_weeks_of_a_late_county_are_late(self, late):
        frame = breakdown("opened_cases", late, SEEN, by=("county_code", "week"))
        assert not frame.loc[frame["county_code"] == LATE, "received"].any()
        assert frame.loc[frame["county_code"] != LATE, "received"].all()

    def test_a_table_that_is_whole_lacks_nothing(self, late):
        wanted = Wanted("rate_population", SEEN)
        assert (LATE,) not in not_received(wanted, late, ("county_code",))
        assert by_group([wanted], late, by=("county_code",))[0][LATE,] > 0

    def test_a_figure_of_it_is_none_and_asking_for_it_is_refused(self, late):
        wanted = Wanted("out_of_school_children", SEEN, {"county_code": LATE})
        assert [one.exact for one in compute([wanted], late).values()] == [None]
        with pytest.raises(InputError, match=f"not received: dropout_cases without {NAME}"):
            zt.compute(wanted, late)

    def test_rules_by_county(self, late):
        found = {one.rule.id: by_part(one, late, "county_code") for one in apply_rules(late, SEEN)}
        late_ones = {
            name: dict(frame.itertuples(index=False)) for name, frame in found.items() if LATE in set(frame.county_code)
        }
        assert any(counts[LATE] is None for counts in late_ones.values())
        # a rule over tables that are whole counts that county's rows
        assert any(counts[LATE] is not None for counts in late_ones.values())


class TestCharts:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_late_county_has_no_bar_but_words(self, late_root, late, language):
        with standing_in(late_root):
            book = zt.case("2018-11", language=language)
            office = book.office
            with office.active():
                chart = office.module("charts").outcomes_by_county(book.paper, late)
        words, name = {"zh": ("× 未报", NAME), "en": ("× not received", "Zhenxiong County")}[language]
        rows = {row[0]: row[1:] for row in chart.rows}
        assert set(rows[name]) == {words}
        none = rows["水富市" if language == "zh" else "Shuifu City (county-level)"]
        assert (set(none[-3:]), none[0]) == ({"0"}, "0.00%"), "what is nought is no gap"
        assert words in chart.alt
        assert chart.missing == (name,)
        # totals lack it, and say so
        assert {"zh": "人（部分）", "en": "persons (partial)"}[language] in chart.title
        texts = [one.text for one in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]
        assert texts.count(words) == 3, "in each panel"

    def test_rates_hold_nobody_against_a_city_that_lacks_a_county(self, published):
        notebook = json.loads((published / "weekly.ipynb").read_text(encoding="utf-8"))
        outputs = [one.get("data", {}) for cell in notebook["cells"] for one in cell.get("outputs", [])]
        (chart,) = (one[CHART_MIME] for one in outputs if one.get(CHART_MIME, {}).get("key") == "county_rates")
        rows = {row[0]: row[1:] for row in chart["rows"]}
        assert rows[NAME] == ["× 未报"] * 3 + [WORDS]
        assert {row[-1] for name, row in rows.items() if name != NAME} == {"不完整"}
        assert "低于全市" not in chart["title"] + chart["alt"]
        assert NAME in chart["alt"]


@pytest.mark.slow
class TestTheCircular:
    def rows(self, ledger, key):
        (part,) = (one for one in ledger["parts"] if one["key"] == key)
        texts = [
            [str(one.get("display", one.get("text", {})).get("zh") or one.get("word") or one.get("day")) for one in row]
            for row in part["rows"]
        ]
        return part, {row[0]: row[1:] for row in texts}

    def test_county_tables_say_not_received(self, ledger):
        for key in ("flows_by_county_code", "units"):
            _, rows = self.rows(ledger, key)
            assert set(rows[NAME]) == {WORDS}, key
            assert all(cell[0] in "0123456789-" for cell in rows["水富市"]), key
        _, rates = self.rows(ledger, "rates_junior")
        # its population is of a table that is whole
        assert rates[NAME] == [WORDS, WORDS, WORDS, "incomplete", "—", WORDS, "73154人"]
        assert rates["水富市"][5] == "0人"

    def test_what_it_did_report_is_there(self, ledger):
        _, rows = self.rows(ledger, "reports")
        state, _, reported, ledger, *_, compared = rows[NAME]
        assert state != "incomplete"
        assert reported.endswith("人")
        assert (ledger, compared) == (WORDS, "incomplete")

    def test_its_rules_are_counted_where_its_rows_came(self, ledger):
        part, _ = self.rows(ledger, "rules")
        place = [one["zh"] for one in part["columns"]].index("镇雄")
        cells = {row[0]["code"]: row[place]["display"]["zh"] for row in part["rows"]}
        assert WORDS in cells.values()
        assert any(cell != WORDS for cell in cells.values())

    def test_no_week_of_it_is_usual_or_not(self, ledger):
        part, _ = self.rows(ledger, "unusual")
        own = [row for row in part["rows"] if row[0]["text"]["zh"] == NAME]
        assert [[row[2]["display"]["zh"], row[-1]["word"]] for row in own] == [[WORDS, "incomplete"]] * 2

    def test_its_figure_has_no_value_of_it(self, ledger):
        figure = next(one for one in ledger["figures"] if one["indicator"] == "out_of_school_children")
        (own,) = (one for one in figure["parts"]["rows"] if one["code"] == LATE)
        assert (own["exact"], own["display"]["zh"]) == (None, WORDS)

    def test_the_page_names_nobody_against_the_city(self, ledger, published):
        assert read_ledger(published)["parts"] == ledger["parts"]
        page = (published / "report.html").read_text(encoding="utf-8")
        assert "与全市有明显差别" not in re.sub(r"<[^>]+>", "", page).split("区间为")[0]


def test_the_terminal_says_so(late_root):
    with standing_in(late_root):
        shown = CliRunner().invoke(command, ["figures", "2018-11", "--by", "county_code", "--format", "csv"])
    assert shown.exit_code == 0, shown.output
    rows = [line.split(",") for line in shown.output.splitlines() if f",{LATE}," in line]
    own = {row[0]: row[-2:] for row in rows}
    assert own["out_of_school_children"] == own["out_of_school_rate"] == [WORDS, WORDS]
    assert own["aid_paid"] != [WORDS, WORDS]
