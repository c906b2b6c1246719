"""What stands on what: the graph by value, the page whole, the reverse question, the page in a real Chromium."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from commands import zt
from playwright.sync_api import expect
from test_browser import Axe, browser, opened  # noqa: F401  a fixture

from zt_analysis.catalogue.asking import ask, record
from zt_analysis.catalogue.gathering import Gathered, _issues
from zt_analysis.catalogue.page import write_catalogue
from zt_analysis.checks import every_relation
from zt_analysis.errors import InputError
from zt_analysis.indicators import indicators
from zt_analysis.office import office_of
from zt_analysis.rules import every_rule

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


@pytest.fixture(scope="module")
def made(tmp_path_factory, finished):
    """The page of the shipped project with three cases run, and what it was made from."""
    path, found = write_catalogue(finished, tmp_path_factory.mktemp("catalogue") / "catalogue.html")
    return path, found


def names(nodes, kind):
    return [node.id for node in nodes if node.kind == kind]


class TestLineage:
    def test_columns_that_a_figure_reads(self, made):
        lineage = made[1].lineage
        read = names(lineage.behind("indicator:out_of_school_rate"), "column")
        assert sorted(read) == [
            "dropout_cases.opened_on",
            "dropout_cases.outcome_on",
            "dropout_cases.person_id",
            "enrolment.reported_on",
            "enrolment.school_age_persons",
        ]
        assert names(lineage.feeding("indicator:out_of_school_rate"), "indicator") == [
            "out_of_school_children",
            "rate_population",
        ]

    def test_what_stands_on_a_column(self, made):
        ahead = made[1].lineage.ahead("column:dropout_cases.outcome")
        assert {"returned_students", "home_taught_students", "returned_cases"} <= {*names(ahead, "indicator")}
        assert "out_of_school_children" not in names(ahead, "indicator")
        assert {"T07", "C07", "T13"} <= {*names(ahead, "relation")}
        assert names(ahead, "rule") == ["R03", "R04", "R05", "R06"]
        assert "page_say_returned" in names(ahead, "sentence")
        assert names(ahead, "chart") == ["outcomes_by_county"]
        assert "2018-11 F06" in names(ahead, "claim")
        assert {*names(ahead, "issue")} == {"2018-11", "2018-W44", "2018-W45"}

    def test_a_column_that_only_rules_read_feeds_no_figure(self, made):
        ahead = made[1].lineage.ahead("column:dropout_cases.placement")
        assert ahead
        assert {node.kind for node in ahead} == {"rule"}

    @pytest.mark.parametrize("is_whole", [False, True])
    def test_an_altered_issue_is_told_and_not_read(self, ran, is_whole):
        ledger = ran / "outputs" / "2018-W44" / "figures.json"
        ledger.write_text(ledger.read_text(encoding="utf-8").replace("1765", "1760"), encoding="utf-8")
        if is_whole:
            _, found = write_catalogue(ran, ran / "catalogue.html")
        else:
            found = Gathered(ran)
            with office_of(ran).active():
                _issues(found)
        assert [one.split(";")[0] for one in found.untold] == ["2018-W44/figures.json"]
        assert names(found.lineage.of_kind("issue"), "issue") == ["2018-11", "2018-W45"]

    def test_nothing_is_left_out(self, made):
        lineage = made[1].lineage
        assert made[1].untold == []
        assert names(lineage.of_kind("indicator"), "indicator") == list(indicators())
        assert {*names(lineage.of_kind("relation"), "relation")} == {one.id for one in every_relation()}
        assert names(lineage.of_kind("rule"), "rule") == list(every_rule())
        assert len(lineage.of_kind("table")) > 30
        lost = [one.id for one in lineage.of_kind("indicator") if not names(lineage.behind(one.key), "column")]
        assert lost == []
        assert [one.id for one in lineage.of_kind("rule") if not lineage.feeding(one.key)] == []


class TestAsking:
    def test_a_row_narrows_to_what_counts_it(self, made):
        whole = record(ask(made[1], "dropout_cases.outcome"))
        found = record(ask(made[1], "dropout_cases.outcome[2018-530602-0000002]"))
        assert "2018-11 remote_cases" in found["counted"]["counted"]  # its outcome: remote, on 22 October
        assert "2018-11 returned_students" in found["counted"]["uncounted"]
        assert "returned_students" in [one["id"] for one in whole["ahead"]["indicator"]]
        assert "returned_students" not in [one["id"] for one in found["ahead"]["indicator"]]
        claims = [one["id"] for one in found["ahead"]["claim"]]
        assert "2018-11 F06" not in claims

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ("dropout_cases.outcom", "found no such column.*did you mean 'dropout_cases.outcome'"),
            ("dropout_case", "did you mean 'dropout_cases"),
            ("", "found no such column"),
            ("dropout_cases.outcome[x]", "found no row of dropout_cases with that key"),
            ("enrolment.stage[1,2]", "found 2 values; expected those of"),
        ],
    )
    def test_what_is_not_there_is_named(self, made, asked, message):
        with pytest.raises(InputError, match=message):
            ask(made[1], asked)


class TestPage:
    def test_every_link_leads_somewhere_and_nothing_is_fetched(self, made):
        page = BeautifulSoup(made[0].read_text(encoding="utf-8"), "html.parser")
        ids = [one["id"] for one in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        inner = [one["href"][1:] for one in page.find_all("a", href=True) if one["href"].startswith("#")]
        assert len(inner) > 1000
        assert set(inner) - {*ids} == set()
        outer = {one["href"] for one in page.find_all("a", href=True) if not one["href"].startswith("#")}
        files = {one.partition("#")[0] for one in outer}
        assert files == {"index.html", "2018-11/report.html", "2018-W44/report.html", "2018-W45/report.html"}
        shown = [one["data-node"] for one in page.select("[data-node]")]
        kinds = {kind: shown.count(kind) for kind in set(shown)}
        assert kinds["column"] == len(made[1].lineage.of_kind("column")) > 200
        assert kinds["claim"] == len(made[1].lineage.of_kind("claim")) > 10

    def test_what_a_page_links_to_it_has(self, made, finished):
        ids = {one["id"] for one in BeautifulSoup(made[0].read_text(encoding="utf-8"), "html.parser").find_all(id=True)}
        for case in ("2018-11", "2018-W45"):
            report = (finished / "outputs" / case / "report.html").read_text(encoding="utf-8")
            found = re.findall(r'href="\.\./catalogue\.html#([^"]+)"', report)
            assert len(found) > 10
            assert set(found) - ids == set()
        assert 'href="catalogue.html"' in (finished / "outputs" / "index.html").read_text(encoding="utf-8")

    def test_where_it_was_not_made_a_page_says_how(self, finished):
        assert "<code>zt catalogue</code>" in (finished / "outputs" / "catalogue.html").read_text(encoding="utf-8")


def test_commands(brief):
    assert zt("run", "2025", cwd=brief).returncode == 0
    done = zt("catalogue", cwd=brief)
    assert (done.returncode, done.stderr) == (0, "")
    page = Path(done.stdout.strip())
    assert page == brief / "outputs" / "catalogue.html"
    assert "pupils" in page.read_text(encoding="utf-8")
    assert zt("index", cwd=brief).returncode == 0  # leaves it as it is
    assert 'data-node="indicator"' in page.read_text(encoding="utf-8")
    done = zt("catalogue", "--column", "pupils.pupils", "--format", "json", cwd=brief)
    if done.returncode:
        pytest.fail(done.stderr)
    assert json.loads(done.stdout)["ahead"]["indicator"]
    done = zt("catalogue", "--column", "pupils.nothing", cwd=brief)
    assert done.returncode == 2
    assert "found no such column" in done.stderr


class TestInABrowser:
    @pytest.mark.parametrize("size", [(1280, 900), (400, 800)])
    def test_axe_finds_nothing(self, browser, made, size):  # noqa: F811
        page = opened(browser, made[0], size)
        page.get_by_role("searchbox").wait_for()
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.response["passes"]
        assert [
            (one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]
        ] == []
        assert [url for url in page.asked if not url.startswith("data:")] == [made[0].as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def test_search_and_choose(self, browser, made):  # noqa: F811
        page = opened(browser, made[0])
        page.get_by_role("searchbox").fill("辍学")
        shown = page.locator("article[data-node=indicator]:visible")
        assert 1 < shown.count() < 36
        page.get_by_role("searchbox").fill("placement")
        expect(page.locator("#column-dropout_cases-placement")).to_be_visible()
        expect(page.locator("article[data-node=table]:visible")).to_have_count(1)
        page.get_by_role("searchbox").fill("no such thing")
        expect(page.get_by_text("没有符合的")).to_be_visible()
        page.get_by_role("searchbox").fill("")
        page.goto(made[0].as_uri() + "#column-dropout_cases-outcome")
        chosen = page.locator("#chosen")
        expect(chosen.locator("a", has_text="劝返复学学生数").first).to_be_visible()
        assert "2018-11" in chosen.inner_text()
        lit = page.locator(".lineage path.on")
        assert 5 < lit.count() < page.locator(".lineage path").count()
        chosen.locator("a", has_text="劝返复学学生数").first.click()
        expect(page).to_have_url(re.compile("#indicator-returned_students$"))
        assert "dropout_cases.outcome" in chosen.inner_text()
        chosen.get_by_role("button").click()
        expect(chosen).to_be_hidden()

    def test_without_script_it_is_a_list(self, browser, made):  # noqa: F811
        page = opened(browser, made[0], java_script_enabled=False)
        card = page.locator("#indicator-returned_students")
        expect(card.locator("a", has_text="dropout_cases.outcome").first).to_be_visible()
        expect(card.locator("a", has_text="C07")).to_be_visible()
        expect(page.locator("#chosen")).to_have_count(0)
