"""``zt init``: a project that runs at once, generic, and never over anything of the user's."""

import re

import pytest
from click.testing import CliRunner
from packages import ROOT

from zt_analysis.cli import zt
from zt_analysis.errors import InputError
from zt_analysis.office import office_of
from zt_analysis.sources import open_package

TEMPLATE = ROOT / "zt_analysis" / "cli" / "project_template"
# words of the shipped office; a newcomer's first project knows none of them
SHIPPED = re.compile(r"昭通|Zhaotong|zhaotong|5306\d\d|镇雄|控辍|dropout|county_code|2018|春季|\bterm\b|denominator")


@pytest.fixture
def begun(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = typed("init x")
    assert done.return_value == 0, done.output
    monkeypatch.chdir(tmp_path / "x")
    return tmp_path / "x"


def typed(line):
    return CliRunner().invoke(zt, line.split(), standalone_mode=False)


def test_every_file_is_written_and_none_is_of_the_shipped_office(begun):
    written = sorted(path.relative_to(begun).as_posix() for path in begun.rglob("*") if path.is_file())
    assert len(written) == 22
    assert {".gitignore", "zt.toml", "README.zh-CN.md", "params/2025.yml", "tests/test_brief.py"} <= set(written)
    texts = {name: (begun / name).read_text(encoding="utf-8") for name in written}
    assert {name: SHIPPED.findall(text) for name, text in texts.items() if SHIPPED.search(text)} == {}


def test_its_numbers_hold_and_a_wrong_one_does_not(begun):
    done = typed("check 2025")
    assert done.return_value == 0, done.output
    assert "3 核对一致" in done.output
    assert "2 成立" in done.output
    claims = begun / "data/demo/claims/2025.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace("2251", "2252"), encoding="utf-8")
    done = typed("check 2025")
    assert done.return_value == 1
    assert "1 不符" in done.output


def test_its_paper_is_written_whole(begun):
    done = typed("write 2025 --to md --to docx --format json")
    assert done.return_value == 0, done.output
    assert typed("tie written/2025.docx --case 2025 --require 100%").return_value == 0
    assert "桃园镇有在校生4068人" in (begun / "written" / "2025.md").read_text(encoding="utf-8")


def test_a_text_without_numbers_is_not_refused_and_not_called_checked(begun):
    claims = begun / "data/demo/claims/2025.csv"
    (begun / "drafts/2025.txt").write_text("教育简报\n\n各乡镇报表均已收齐。\n", encoding="utf-8")
    claims.unlink()
    done = typed("check 2025")
    assert done.return_value == 1
    assert "未核对" in done.output
    assert "2 成立" in done.output
    # what the shell leaves of zt claims TEXT > FILE
    claims.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"an empty file.*delete the file"):
        zt.main(["check", "2025"], standalone_mode=False)


def test_an_office_without_demonstration_rows_says_so(begun):
    with pytest.raises(InputError, match=r"zt synthesize; found an office without synthetic/package.py"):
        zt.main(["synthesize", "rows"], standalone_mode=False)


def test_its_text_is_tied_whole(begun):
    done = typed("tie drafts/2025.txt --case 2025 --require 100%")
    assert done.return_value == 0, done.output
    assert "tied 3; excused 1; unproven 0" in done.output


def test_its_printed_numbers_are_those_drafted_from_its_text(begun):
    written = (begun / "data/demo/claims/2025.csv").read_text(encoding="utf-8")
    assert typed("claims drafts/2025.txt --case 2025").output == written


def test_boarders_beyond_the_pupils_break_the_relation(begun):
    table = begun / "data/demo/pupils.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1822,760", "1822,1823"), encoding="utf-8")
    assert typed("seal data/demo").return_value == 0
    done = typed("check 2025")
    assert done.return_value == 1
    assert "1 不符" in done.output


def test_its_package_is_sealed_as_it_is_shipped(begun):
    tables = open_package("data/demo")
    assert [(one.name, one.changed) for one in tables.declared] == [("towns", False), ("pupils", False)]


def test_a_folder_that_holds_anything_is_left_alone(begun, monkeypatch):
    monkeypatch.chdir(begun.parent)
    (begun / "zt.toml").write_text("mine", encoding="utf-8")
    done = typed("init x")
    assert done.exception is not None
    assert "a new or empty folder" in str(done.exception)
    assert (begun / "zt.toml").read_text(encoding="utf-8") == "mine"


def test_two_projects_never_see_each_others_definitions(begun):
    mine, shipped = office_of(begun), office_of(ROOT)
    assert set(mine.indicators) == {"pupils", "boarders"}
    assert not set(mine.indicators) & set(shipped.indicators)
    assert set(mine.papers) == {"brief"}
    with mine.active():
        assert typed("check 2025").return_value == 0
    with shipped.active():
        assert set(shipped.papers) == {"bulletin", "circular"}
        assert typed("check 2025").exception is not None


def test_synthesize_says_that_it_wants_a_folder_and_replaces_what_is_there(begun):
    found = typed("synthesize").exception
    assert isinstance(found, InputError)
    assert "no FOLDER" in str(found)
    assert "its tables there are replaced" in str(found)
