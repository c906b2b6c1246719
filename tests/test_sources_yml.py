"""A table from a folder of county workbooks: the same figures, and every horror refused by file, sheet and cell."""

import csv
import json
import os
import re
import shutil
import time

import pytest
from commands import zt
from packages import ROOT, SHIPPED, add_office, link
from workbooks import COUNTIES, LEVELS, PROGRAMMES, fund_rows, write_county_workbooks

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import review
from zt_analysis.checks.samples import first_rows
from zt_analysis.errors import InputError, SourceError
from zt_analysis.office import office_of
from zt_analysis.project import standing_in
from zt_analysis.reports.downloads import figures_csv
from zt_analysis.sources import open_package
from zt_analysis.sources.checking import check_sources
from zt_analysis.sources.quality import quality

SOURCES = (
    """
fund_allocations:
  from: "submissions/funds"
  one_per: "counties"
  due_on: "2999-12-31"
  columns:
    allocation_id: "编号"
    document_no: ["文号", "文件号"]
    issued_on: "下达日期"
    level: "资金/层级"
    programme: "资金/项目"
    amount_fen: "资金/金额"
  units: {amount_fen: "万元"}
  values:
"""
    + f"    level: {json.dumps(LEVELS, ensure_ascii=False)}\n"
    + f"    programme: {json.dumps(PROGRAMMES, ensure_ascii=False)}\n"
    + '  ignored: ["序号"]\n'
)


def project(folder, *, spoiled=False, sources=SOURCES):
    """A project whose fund_allocations come from eleven files; the others are linked from the shipped package."""
    (folder / "params").mkdir(parents=True)
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    add_office(folder)
    shutil.copy(ROOT / "params" / "2018-11.yml", folder / "params")
    package = folder / "data" / "zhaotong-2018"
    shutil.copytree(SHIPPED, package, copy_function=link)
    (package / "fund_allocations.csv").unlink()
    (package / "sources.yml").write_text(sources, encoding="utf-8")
    return package, write_county_workbooks(package / "submissions/funds", fund_rows(SHIPPED), spoiled=spoiled)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    package, _ = project(folder)
    return package


@pytest.fixture(scope="module")
def opened(clean):
    """Its submitted rows."""
    return open_package(clean, names=("fund_allocations",))


@pytest.fixture(scope="module")
def ledger(clean):
    """What the case says over the submitted files."""
    root = clean.parent.parent
    with standing_in(root), office_of(root).active():
        return review(paper_of(params.load("2018-11", root)), open_package(clean)).ledger


@pytest.fixture(scope="module")
def finished(clean):
    """The case run over the submitted files."""
    root = clean.parent.parent
    done = zt("run", "2018-11", "--engine", "warm", cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "outputs" / "2018-11"


@pytest.mark.slow
class TestElevenWorkbooks:
    def test_rows_are_those_of_the_clean_package(self, opened):
        found = opened.rows(opened["fund_allocations"].order_by("allocation_id"))
        expected = sorted(fund_rows(SHIPPED), key=lambda row: row["allocation_id"])
        assert len(found) == len(expected) == 253
        assert [{key: str(value) for key, value in row.items()} for row in found] == expected

    @pytest.mark.thorough
    def test_figures_are_those_of_the_clean_package(self, ledger):
        assert figures_csv(ledger) == (ROOT / "outputs/2018-11/figures.csv").read_bytes()

    @pytest.mark.thorough
    def test_a_card_names_the_cell(self, ledger):
        allocated = next(one for one in ledger["figures"] if one["indicator"] == "funds_allocated")
        self.named(allocated["rows"])

    def test_the_cell_is_named_of_each_row(self, opened):
        self.named(first_rows(opened["fund_allocations"], opened, "amount_fen"))

    def named(self, rows):
        assert rows["columns"][-1] == "cell"
        place = rows["rows"][0][-1]
        assert re.fullmatch(r".+\.xlsx?!Sheet1![A-Z]\d+|.+\.[ct]sv![A-Z]\d+", place), place

    @pytest.mark.thorough
    def test_a_run_and_its_page_say_the_same(self, finished, ledger):
        assert (finished / "figures.csv").read_bytes() == figures_csv(ledger)
        found = json.loads((finished / "figures.json").read_text(encoding="utf-8"))
        page = (finished / "report.html").read_text(encoding="utf-8")
        allocated = next(one for one in found["figures"] if one["indicator"] == "funds_allocated")
        assert allocated["rows"] == next(one for one in ledger["figures"] if one["key"] == allocated["key"])["rows"]
        assert allocated["rows"]["rows"][0][-1] in page
        first = found["package"]["quality"]["submissions"][0]["account"]
        words = f"共{first['seen']}行：表头{first['header']}行，数据{first['read']}行"
        assert words in re.sub("<[^>]+>", "", page)

    @pytest.mark.thorough
    def test_the_record_holds_every_file(self, finished):
        record = json.loads((finished / "run.json").read_text(encoding="utf-8"))
        read = [one["path"] for one in record["inputs"]]
        assert sum("submissions/funds/" in path for path in read) == len(COUNTIES)
        assert "data/zhaotong-2018/sources.yml" in read

    def test_every_row_of_every_file_is_accounted_for(self, opened):
        accounts = [one["account"] for one in quality(opened)["submissions"]]
        assert len(accounts) == len(COUNTIES)
        assert sum(one["read"] for one in accounts) == 253
        for one in accounts:
            assert one["seen"] == sum(one[key] for key in ("header", "read", "totals", "notes", "blank"))

    @pytest.mark.thorough
    def test_verify_tells_a_further_file_and_a_changed_one(self, finished):
        root = finished.parent.parent
        assert zt("verify", "2018-11", cwd=root).returncode == 0
        funds = root / "data/zhaotong-2018/submissions/funds"
        further = funds / "又一份.csv"
        further.write_text("a\n", encoding="utf-8")
        told = zt("verify", "2018-11", cwd=root)
        further.unlink()
        assert told.returncode == 1
        assert further.name in told.stdout
        changed = next(funds.glob("镇雄县*"))
        before = changed.read_bytes()
        changed.write_bytes(before + b" ")
        told = zt("verify", "2018-11", cwd=root)
        changed.write_bytes(before)
        assert told.returncode == 1
        assert changed.name in told.stdout


class TestHorrors:
    @pytest.mark.slow
    def test_each_is_refused_by_its_cell(self, tmp_path):
        package, files = project(tmp_path, spoiled=True)
        with pytest.raises(SourceError) as refused:
            open_package(package, names=("fund_allocations",))
        found = {(one.file, one.place, one.kind) for one in refused.value.problems}
        expected = {(one.path.name, one.place, one.kind) for one in files}
        assert len(expected) == len(COUNTIES)
        assert expected <= found

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_a_run_leaves_them_all_in_a_file(self, tmp_path):
        project(tmp_path, spoiled=True)
        done = zt("run", "2018-11", "--engine", "warm", cwd=tmp_path)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        with (tmp_path / "outputs/2018-11.failed/problems.csv").open(encoding="utf-8-sig") as file:
            files = {row["file"] for row in csv.DictReader(file)}
        assert len(files) == len(COUNTIES)
        assert not (tmp_path / "outputs/2018-11").exists()


class TestCheckBeforeARun:
    @pytest.mark.thorough
    def test_all_in_order(self, clean):
        found = check_sources(clean)
        assert [one.states for one in found] == [("in_order",)] * len(COUNTIES)
        assert sum(one.rows for one in found) == 253

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_missing_extra_and_late(self, tmp_path):
        sources = SOURCES.replace("2999-12-31", "2018-11-09")
        package, _ = project(tmp_path, sources=sources)
        funds = package / "submissions/funds"
        in_time = time.mktime((2018, 11, 8, 0, 0, 0, 0, 0, 0))
        for path in funds.iterdir():
            os.utime(path, (in_time, in_time))
        next(funds.glob("*镇雄县*")).unlink()
        late = next(funds.glob("*昭阳区*"))
        os.utime(late)
        shutil.copy2(next(funds.glob("*大关县*")), funds / "大关县（补）.tsv")
        (funds / "某县.csv").write_text("x\n", encoding="utf-8")
        states = {(one.path.split("/")[-1] or one.expected): one.states for one in check_sources(package)}
        assert states["镇雄县"] == ("missing",)
        assert states[late.name] == ("late",)
        assert "extra" in states["大关县（补）.tsv"]
        assert "extra" in states["某县.csv"]
        told = zt("sources", "check", str(package), cwd=tmp_path)
        assert told.returncode == 2
        assert "1 missing" in told.stdout
        with pytest.raises(SourceError, match="镇雄县"):
            open_package(package, names=("fund_allocations",))

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_only_late_is_no_refusal(self, tmp_path):
        package, _ = project(tmp_path, sources=SOURCES.replace("2999-12-31", "2018-11-09"))
        told = zt("sources", "check", str(package), "--format", "json", cwd=tmp_path)
        assert told.returncode == 1
        assert "镇雄县" in told.stdout
        assert json.loads(told.stdout)
        assert open_package(package, names=("fund_allocations",)).count("fund_allocations") == 253

    def test_no_sources_is_not_in_order(self):
        with pytest.raises(SourceError, match="no sources"):
            check_sources(SHIPPED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("fund_allocations:", "funds:", "no such table"),
        ("from:", "form:", "key 'form'"),
        ('from: "submissions/funds"', 'from: "../elsewhere"', "leads out of the package"),
        ('from: "submissions/funds"', 'from: "submissions/none"', "none"),
        ('one_per: "counties"', 'one_per: "teaching"', "name_zh"),
        ('due_on: "2999-12-31"', 'due_on: "31.12.2999"', "due_on"),
        ('due_on: "2999-12-31"', "due_on: 2999-12-31", "text in quotes"),
        ('amount_fen: "资金/金额"', 'sum: "资金/金额"', "column 'sum'"),
        ('"万元"', '"万吨"', "万吨"),
        ("  values:", "  values: [", "sources.yml, line"),
    ],
)
@pytest.mark.part(6)
def test_a_wrong_declaration_is_named(tmp_path, old, new, message):
    assert old in SOURCES
    package, _ = project(tmp_path, sources=SOURCES.replace(old, new, 1))
    with pytest.raises(InputError, match=message):
        open_package(package, names=("fund_allocations",))


@pytest.mark.slow
def test_a_link_out_of_the_package_is_refused(tmp_path):
    package, _ = project(tmp_path)
    secret = tmp_path / "镇雄县 elsewhere.csv"
    secret.write_text("x\n", encoding="utf-8")
    target = next((package / "submissions/funds").glob("*镇雄县*"))
    target.unlink()
    (package / "submissions/funds/镇雄县.csv").symlink_to(secret)
    with pytest.raises(SourceError, match="leads out of the package"):
        open_package(package, names=("fund_allocations",))
