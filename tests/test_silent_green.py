"""What has nothing to check says so and ends with 2, in every command that looks at something."""

from dataclasses import dataclass

import pytest

from zt_analysis.cli import zt
from zt_analysis.cli.further import further
from zt_analysis.errors import InputError


@pytest.fixture
def begun(tmp_path, monkeypatch):
    assert zt.main(["init", str(tmp_path / "first")], standalone_mode=False) == 0
    monkeypatch.chdir(tmp_path / "first")
    return tmp_path / "first"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rules", "2025"], "found an office without rules; expected one at least"),
        (["what-if", "2025"], "found no change; expected a reading to move: none"),
        (["what-if", "2025", "--days", "school"], "option '--days'; found no such option; expected none besides"),
        (["rules", "2025", "--absence-days", "5"], "option '--absence-days'; found no such option"),
        (["scan", "empty.txt"], "found no text at all"),
        (["restated"], "found no published case"),
        (["proof", "empty.txt"], "an empty file"),
        (["tie", "without.txt", "--case", "2025"], "found no number"),
        (["claims", "without.txt", "--case", "2025"], "found no number"),
    ],
)
def test_nothing_to_look_at_ends_with_2(begun, words, message):
    (begun / "empty.txt").write_text("", encoding="utf-8")
    (begun / "without.txt").write_text("一段没有数的话。\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        zt.main(words, standalone_mode=False)
    assert caught.value.exit_code == 2


def test_a_paper_without_figures_is_none_to_print(begun):
    path = begun / "office/papers.py"
    path.write_text(path.read_text(encoding="utf-8").replace('("pupils", "boarders")', "()"), encoding="utf-8")
    (begun / "data/demo/claims/2025.csv").unlink()
    with pytest.raises(InputError, match="a paper that states no figure"):
        zt.main(["figures", "2025"], standalone_mode=False)


def test_an_office_whose_papers_have_no_calendar_says_so(begun):
    path = begun / "office/papers.py"
    text = path.read_text(encoding="utf-8")
    assert text.count('    every: ClassVar[str] = "year"\n') == 1
    path.write_text(text.replace('    every: ClassVar[str] = "year"\n', ""), encoding="utf-8")
    with pytest.raises(InputError, match="zt due; found no paper of the office that comes out by a calendar, of 1"):
        zt.main(["due", "--on", "2026-01-05"], standalone_mode=False)


def test_a_project_without_cases_begins_with_one(begun, capsys):
    """No case to model the first on: its notebook's parameters, its dates from its name."""
    (begun / "params/2025.yml").unlink()
    assert zt.main(["list"], standalone_mode=False) == 0
    assert "no case yet: zt new NAME" in capsys.readouterr().err
    assert zt.main(["due", "--on", "2026-01-05", "--format", "names"], standalone_mode=False) == 1
    assert zt.main(["new", "2026"], standalone_mode=False) == 0
    said = capsys.readouterr().out
    assert "for want of an earlier case" in said
    assert "as_of: 2026-12-31" in said
    assert "base_on: 2025-12-31" in said
    with pytest.raises(InputError, match="no earlier case of notebook brief; 2026 is the first"):
        zt.main(["new", "2025"], standalone_mode=False)


def test_options_that_an_office_adds_are_read_as_their_types():
    @dataclass
    class Paper:
        issue_total: int = 1
        term: str = ""
        whole: bool = False

    words = ["--issue-total=31", "--term", "2018-autumn", "--whole", "true", "--term", "-"]
    assert further(words, Paper, ("issue_total", "term", "whole"), "it") == [
        ("issue_total", 31), ("term", "2018-autumn"), ("whole", True), ("term", "-"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--absence-days", "five"], "option '--absence-days'; found 'five'; expected a whole number"),
        (["--absence-days"], "option '--absence-days'; found no value"),
        (["--absence-day", "5"], "option '--absence-day'; found no such option; expected --absence-days"),
        (["days"], "option 'days'; found no such option"),
    ],
)
def test_an_option_that_cannot_be_is_told(words, message):
    from zt_analysis.cli.further import readings
    from zt_analysis.periods import period

    with pytest.raises(InputError, match=message):
        readings(words, period("2018-11-08", "2018-09-20"))


class TestADayNobodyCountedOn:
    @pytest.fixture
    def uncounted(self, begun):
        (begun / "data/demo/claims/2025.csv").unlink()
        path = begun / "params/2025.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('as_of: "2025-09-20"', 'as_of: "2025-09-19"'), encoding="utf-8")
        return begun

    def test_a_printed_0_is_tied_to_no_figure(self, uncounted, capsys):
        (uncounted / "draft.md").write_text("截至9月19日全县有在校生0人，寄宿生0人。\n", encoding="utf-8")
        assert zt.main(["tie", "draft.md", "--case", "2025"], standalone_mode=False) == 1
        assert "wrong 2" in capsys.readouterr().out

    def test_its_figures_are_none_and_said_in_words(self, uncounted, capsys):
        assert zt.main(["figures", "2025", "--format", "csv"], standalone_mode=False) == 0
        told = capsys.readouterr()
        assert "pupils@2025-09-19,pupils,在校生数,pupils enrolled,2025-09-19,,persons,,—," in told.out
        assert "pupils@2024-09-20,pupils,在校生数,pupils enrolled,2024-09-20,,persons,9065," in told.out
        assert "no figure pupils@2025-09-19: indicator 'pupils', counted_on 2025-09-19; found no row" in told.err

    def test_no_relation_holds_by_it(self, uncounted, capsys):
        assert zt.main(["check", "2025"], standalone_mode=False) == 1
        assert "寄宿生不超过在校生: 不成立" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["桃园镇", " 桃 园镇"])
def test_two_wholes_under_one_name_are_refused(begun, name):
    """What is said of one could not be told from what is said of the other."""
    register = begun / "data" / "demo" / "towns.csv"
    register.write_text(register.read_text(encoding="utf-8").replace("柳林镇", name), encoding="utf-8")
    assert zt.main(["seal", "data/demo"], standalone_mode=False) == 0
    with pytest.raises(
        InputError, match=r"towns.csv, town_code t02, column 'name_zh'; found .*, the name of town_code t01"
    ):
        zt.main(["check", "2025"], standalone_mode=False)


@pytest.mark.parametrize("end", ["raise SystemExit", "raise SystemExit('no way')"])
def test_an_office_that_ends_the_process_is_named(begun, end):
    """With 0, nothing differs, before anything was compared."""
    papers = begun / "office" / "papers.py"
    papers.write_text(f"{papers.read_text(encoding='utf-8')}\n\n{end}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"office/papers.py line \d+; found SystemExit"):
        zt.main(["check", "2025"], standalone_mode=False)
