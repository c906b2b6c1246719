"""A page for each county: its own rows and the city's, what breaks which rule, ids only where rows are internal."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup
from commands import zt
from packages import ROOT
from shipped import shipped_tables

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.errors import InputError
from zt_analysis.reports.part_pages import duty_of
from zt_analysis.reports.words import Words
from zt_analysis.runs.outputs import strays
from zt_analysis.runs.part_pages import part_pages

pytestmark = [pytest.mark.slow, pytest.mark.thorough]  # it opens the shipped package

PUBLISHED = ROOT / "outputs" / "2018-W45"


def paper(rows):
    return paper_of(params.load("2018-W45", ROOT) | {"rows": rows})


@pytest.fixture(scope="module")
def tables():
    return shipped_tables(("table", "system"))


@pytest.fixture(scope="module")
def pages(tables, tmp_path_factory):
    """The pages as an internal case has them."""
    folder = tmp_path_factory.mktemp("county")
    return part_pages(paper("internal"), tables, PUBLISHED, folder, by="county_code")


def seen(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_each_county_has_a_page_of_its_own_rows(pages):
    names = [one.stem for one in pages]
    assert len(names) == 11
    for path in pages:
        page = seen(path)
        assert page.h1.text == path.stem
        assert page.select_one(".internal"), "for internal handling"
        assert len(page.select("table")) > 5
        others = set(names) - {path.stem}
        assert not [one for one in others if one in page.main.get_text()]


def test_what_breaks_a_rule_is_named_by_its_case(pages, tables):
    page = seen(next(one for one in pages if one.stem == "镇雄县"))
    rule = next(one for one in page.select("h3") if one.text.startswith("R04"))
    rows = rule.find_next("table").select("tbody tr")
    assert len(rows) == int(rule.select_one("data").text) == 2
    known = {row["case_id"] for row in tables.rows(tables["dropout_cases"].select("case_id"))}
    assert all(known & set(re.split(r"\s+", row.get_text(" "))) for row in rows)


def test_what_has_to_be_done_stands_first_with_who_is_responsible(pages):
    page = seen(next(one for one in pages if one.stem == "镇雄县"))
    tasks = [one.get_text(" ", strip=True) for one in page.select(".tasks li")]
    assert page.main.find("ol", class_="tasks").find_previous("table") is None, "before any table"
    assert re.match(r"周报：\s*1\s*项 → 催报.* 责任： ?各县区", tasks[0]), tasks[0]
    plans = next(one for one in tasks if one.startswith("R11"))
    assert "责任： 组干部" in plans or "责任：组干部" in plans
    (placed,) = [one for one in tasks if one.startswith("R03")]
    assert "简报未指定" in placed, "the bulletin names nobody, and the office says so"
    assert not [one for one in tasks if one.startswith("R16")], "what only informs is no task"
    assert "R16" in page.main.get_text()
    for link in page.select(".tasks a"):
        assert page.select_one(f"[id='{link['href'][1:]}']"), link


def test_rows_are_told_in_words_of_the_package(pages):
    (path,) = [one for one in pages if one.stem == "镇雄县"]
    page = seen(path)
    heads = set(re.findall(r'<th scope="col"[^>]*>([^<]+)', path.read_text(encoding="utf-8")))
    assert {"缺勤起始日", "立案日", "去向日期", "次数（次）", "方案数", "未销案数"} <= heads
    assert not [one for one in heads if re.search("[a-z]_", one)], "a column's own name"
    assert "飞信" in page.main.get_text()
    for one in pages:  # every code has its word
        assert not re.search(
            "<td>(fetion|post|wechat|qq|visit|home|remote|returned|primary)<?", one.read_text(encoding="utf-8")
        )


def test_rates_come_before_counts(pages):
    page = seen(pages[0])
    (table,) = page.select("table:has([id^=part-rates_junior])")
    heads = [one.get_text() for one in table.select("thead th")]
    assert heads.index("与全市相比") == 1, "beside the county's name: seen on a phone"
    assert heads.index("失辍学率") < heads.index("区间上限") < heads.index("失辍学人数")
    whole = [one.select_one("caption")["id"] for one in page.select(".sheet .table table")]
    names = [one.split("-")[1] for one in whole]
    assert names.index("rates_junior") < names.index("flows_by_county_code")


def test_a_public_case_shows_no_number_of_a_case(tables, tmp_path):
    (path,) = [
        one for one in part_pages(paper("public"), tables, PUBLISHED, tmp_path, by="county_code")
        if one.stem == "镇雄县"
    ]  # fmt: skip
    known = {row["case_id"] for row in tables.rows(tables["dropout_cases"].select("case_id"))}
    assert not known & set(re.split(r"[\s<>]+", path.read_text(encoding="utf-8")))
    assert "R04" in path.read_text(encoding="utf-8")


def test_the_folder_is_noted_and_no_output(tmp_path):
    (tmp_path / "county").mkdir()
    problems, notes = strays(tmp_path, set())
    assert problems == []
    assert "zt county" in notes[0]


def test_a_case_without_parts_and_a_dimension_without_register_are_refused(tables, tmp_path):
    with pytest.raises(InputError, match="2018-11 has no tables by parts"):
        part_pages(paper("public"), tables, ROOT / "outputs" / "2018-11", tmp_path, by="county_code")
    with pytest.raises(InputError, match="pages by stage"):
        part_pages(paper("public"), tables, PUBLISHED, tmp_path, by="stage")


def test_the_command_writes_a_pdf_of_all(ran):
    done = zt("county", "2018-W45", "--pdf", cwd=ran)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("all.pdf")
    assert (ran / "outputs/2018-W45/county/all.pdf").read_bytes().startswith(b"%PDF")
    assert zt("verify", "2018-W45", cwd=ran).returncode == 0
    done = zt("county", "2018-W45", "--by", "county", "--output", "internal", cwd=ran)
    assert done.returncode == 0, done.stderr
    assert len(list((ran / "internal").iterdir())) == 11
    shutil.rmtree(ran / "internal")
    shutil.rmtree(ran / "outputs/2018-W45/county")


def test_who_is_responsible_is_said_of_every_task_or_said_to_be_named_nowhere(pages, monkeypatch):
    for path in pages:
        tasks = [one.get_text() for one in seen(path).select(".tasks li")]
        assert tasks, path.stem
        assert [one for one in tasks if "责任：" not in one or one.rstrip().endswith("未指定")] == []
    monkeypatch.setattr("zt_analysis.reports.part_pages.said_of", lambda thing, what, words: "")
    assert duty_of("rule_R13", Words("zh")) == "未指定"
