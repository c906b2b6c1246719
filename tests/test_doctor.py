"""``zt doctor``: what an office lacks is named with file and line, one planted lack for each kind."""

import shutil

import pytest
from click.testing import CliRunner
from markupsafe import Markup
from packages import ROOT

from zt_analysis.cli import zt
from zt_analysis.doctor import examine
from zt_analysis.doctor.definitions import CHECKS
from zt_analysis.doctor.examining import Project
from zt_analysis.errors import InputError
from zt_analysis.office import office_of
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.sentences import sentence
from zt_analysis.reports.words import Words

NO_FIGURES = {"case": {"as_of": "2025-09-20"}, "package": {}, "figures": [], "verdicts": [], "relations": []}


@pytest.fixture
def begun(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(zt, ["init", "x"], standalone_mode=False).return_value == 0
    monkeypatch.chdir(tmp_path / "x")
    return tmp_path / "x"


def change(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def doctor():
    done = CliRunner().invoke(zt, ["doctor"], standalone_mode=False)
    return done.return_value, done.output


def test_a_new_project_lacks_nothing_and_says_what_was_looked_at(begun):
    code, said = doctor()
    assert code == 0, said
    assert (
        "2 figures, 2 names, 2 stated figures, 5 words, 1 sentences, 1 said sentences, 2 titles, 0 duties, 1 cases"
        in said
    )
    assert "2 tables, 2 files" in said
    assert "3 printed numbers); 0 lacking" in said


@pytest.mark.thorough
def test_a_rule_that_pages_of_parts_list_names_who_is_responsible(tmp_path, monkeypatch):
    for name in ("office", "data", "params", "notebooks", "papers"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "zt.toml", tmp_path)
    change(tmp_path, "office/words/parts.csv", "rule_R14_duty", "rule_R14_duties")
    monkeypatch.chdir(tmp_path)
    found = [one for one in examine(tmp_path).lacks if "responsible" in one.what]
    assert [(one.what, one.hint) for one in found] == [
        ("'R14' names nobody responsible", "add a row to a CSV file of office/words: rule_R14_duty")
    ]
    assert found[0].place.startswith("office/rules/returning.py:")


def test_a_rule_without_a_word_for_a_duty_names_nobody_responsible(tmp_path):
    shutil.copytree(ROOT / "office", tmp_path / "office")
    change(tmp_path, "office/words/parts.csv", "rule_R14_duty", "rule_R14_duties")
    office = office_of(tmp_path)
    with office.active():
        looked_at = list(CHECKS["duties"](Project(tmp_path, office)))
    (lack,) = (one for found in looked_at for one in found)
    assert (lack.what, lack.hint.endswith("rule_R14_duty")) == ("'R14' names nobody responsible", True)
    assert lack.place.startswith("office/rules/returning.py:")


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "what"),
    [
        ("office/indicators.py", 'zh="在校生数", ', "", "office/indicators.py:8", "has no label in Chinese"),
        ("office/words/brief.csv", "{boarders}。", "{growth(boarders)}。", "office/words/brief.csv:4",
         "'page_say_pupils' is never said: brief does not state growth(boarders)"),
        ("office/indicators.py", "定义：", "说明：", "office/indicators.py:8", "no definition in Chinese"),
        ("office/indicators.py", '"persons", zh="寄', '"bushels", zh="寄', "office/indicators.py:24", "'bushels'"),
        ("office/indicators.py", 'words=("寄宿生|寄宿学生",), ', "", "office/indicators.py:24", "no text can know"),
        ("office/papers.py", '"boarders")', '"borders")', "office/papers.py:21", "no indicator 'borders'"),
        ("office/words/brief.csv", "brief_title,", "other_title,", "office/papers.py:15", "no word 'brief_title'"),
        ("office/words/brief.csv", ",Pupils,", ",,", "office/words/brief.csv:3", "has no en"),
        ("office/words/brief.csv", "{boarders}。", "{borders}。", "office/words/brief.csv:4", "{borders}, which"),
        ("office/words/brief.csv", "town_code,乡镇", "x,乡镇", "data/demo/datapackage.json:8", "no word 'town_code'"),
        ("data/demo/claims/2025.csv", "boarders,as_of,", "boarder,as_of,", "data/demo/claims/2025.csv:1", "'boarder'"),
        ("data/demo/claims/2025.csv", "town_code=t01", "town_code=t01 level=x", "data/demo/claims/2025.csv:1", "level"),
        ("params/2025.yml", 'rows: "public"', 'row: "public"', "params/2025.yml", "'row': unknown"),
    ],
)  # fmt: skip
@pytest.mark.part(6)
def test_a_planted_lack_is_named_where_it_is(begun, name, old, new, place, what):
    change(begun, name, old, new)
    code, said = doctor()
    assert code == 1
    assert any(line.startswith(place) and what in line for line in said.splitlines()), said


def test_a_relation_without_a_title_is_named(begun):
    text = "from zt_analysis.define import relation\nlimit = relation('Z1', 'hard', zh='', en='z')(lambda _: None)\n"
    (begun / "office" / "relations" / "more.py").write_text(text, encoding="utf-8")
    code, said = doctor()
    assert code == 1
    assert "office/relations/more.py:2: Z1 has no title in zh" in said


def test_a_statement_that_cannot_be_read_is_named(begun):
    change(begun, "office/relations/statements.csv", "boarders <= pupils", "boarders >= pupils")
    code, said = doctor()
    assert code == 1
    assert "statements.csv, row 2 (boarders_within_pupils), statement; found boarders >= pupils" in said


def test_a_stray_file_and_a_table_nobody_reads_are_named(begun):
    shutil.copy(begun / "data/demo/towns.csv", begun / "data/demo/towns (1).csv")
    change(begun, "data/demo/datapackage.json", '"resource": "towns"', '"resource": "pupils"')
    code, said = doctor()
    assert code == 1
    assert "data/demo/towns (1).csv:1: no table declares this file" in said
    assert "data/demo/datapackage.json:8: nobody reads the table 'towns'" in said


def test_a_folder_without_an_office_is_no_healthy_one(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    monkeypatch.chdir(tmp_path)
    code, said = doctor()
    assert code == 1
    assert "0 checked" in said


@pytest.mark.thorough
@pytest.mark.slow
def test_the_shipped_office_lacks_nothing():
    found = examine(ROOT)
    assert found.lacks == ()
    assert found.checked > 250


def test_a_sentence_that_nothing_fills_is_refused_and_not_left_out(begun):
    change(begun, "office/words/brief.csv", "{boarders}。", "{borders}。")
    said = r"the sentence 'page_say_pupils'; found \{borders\}.+zt doctor names the line"
    with office_of(begun).active(), pytest.raises(InputError, match=said):
        sentence("page_say_pupils", Figures(NO_FIGURES, Words("zh")), {"as_of": Markup("x"), "pupils": Markup("1")})


def test_a_module_that_fails_is_named_with_its_line_and_no_row_is_blamed(begun):
    with (begun / "office/indicators.py").open("a", encoding="utf-8") as file:
        file.write("\n\n@derived()\ndef x(): ...\n")
    done = CliRunner().invoke(zt, ["figures", "2025"], standalone_mode=False)
    line = (begun / "office/indicators.py").read_text(encoding="utf-8").splitlines().index("@derived()") + 1
    assert str(done.exception).startswith(f"office/indicators.py line {line}; found NameError: name 'derived'")


CIRCLE = """

@derived("ratio", zh="甲", en="a")
def first(second: Exact, pupils: Exact) -> Exact:
    \"\"\"A.

    定义：甲
    \"\"\"
    return ratio(second, pupils)


@derived("ratio", zh="乙", en="b")
def second(first: Exact, pupils: Exact) -> Exact:
    \"\"\"B.

    定义：乙
    \"\"\"
    return ratio(first, pupils)
"""
FAILING = '''"""A relation whose function fails."""

from zt_analysis.define import Book, Finding, at_most, relation


@relation("y1", "hard", zh="甲", en="A")
def y1(book: Book) -> Finding:
    """A."""
    return at_most(1 / (book("pupils") - book("pupils")), 1, "persons")
'''
STATEMENTS = "office/relations/statements.csv"


def add(root, name, text):
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def in_gbk(root, name):
    path = root / name
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))


def circle(root):
    change(root, "office/indicators.py", "import Measure,", "import Exact, Measure,")
    change(root, "office/indicators.py", "Tables, measured", "Tables, derived, measured, ratio")
    add(root, "office/indicators.py", CIRCLE)
    change(root, "office/papers.py", '"boarders")', '"boarders", "first")')


@pytest.mark.part(6)
@pytest.mark.parametrize(
    ("planted", "message"),
    [
        (circle, "indicator 'first'; found one made from itself: first <- second <- first"),
        (
            lambda root: change(root, "office/indicators.py", 'period, "boarders"', 'period, "boarder"'),
            "indicator 'boarders' (indicators.py line 24); found column 'boarder'",
        ),
        (
            lambda root: change(root, "office/indicators.py", 'period, "boarders"', 'period, "town_code"'),
            "found the sum of 'town_code', a column of string; expected a column of numbers: pupils, boarders",
        ),
        (
            lambda root: change(root, "office/indicators.py", '"sum", column', '"summ", column'),
            "found Measure(table, 'summ'); expected count, distinct, sum. Hint: did you mean 'sum'?",
        ),
        (
            lambda root: change(root, "office/indicators.py", 'rows["counted_on"]', 'rows["counted"]'),
            "indicator 'pupils' (indicators.py line 44); found",
        ),
        (
            lambda root: add(root, STATEMENTS, "x1,hard,rows,pupils,,,town_code <= pupils,a,b\n"),
            f"{STATEMENTS}, row 4 (x1), statement; found town_code <= pupils; expected two sides of one kind",
        ),
        (
            lambda root: add(root, STATEMENTS, "x1,hard,rows,pupil,,,boarders <= pupils,a,b\n"),
            f"{STATEMENTS}, row 4 (x1): table 'pupil'; found no such table",
        ),
        (
            lambda root: add(root, STATEMENTS, "x1,hard,figures,,county_code,,boarders <= pupils,a,b\n"),
            f"{STATEMENTS}, row 4 (x1), by; found county_code; expected one of boarders, counted_on",
        ),
        (
            lambda root: add(root, STATEMENTS, "x1,hard,figures,,,,boarders(town_code=t99) <= pupils,a,b\n"),
            f"{STATEMENTS}, row 4 (x1), statement; found town_code=t99; expected t01, t02, t03",
        ),
        (
            lambda root: (root / "office/relations/own.py").write_text(FAILING, encoding="utf-8"),
            "relation 'y1' (own.py line 9); found ZeroDivisionError: division by zero; expected a function that gives",
        ),
        (
            lambda root: in_gbk(root, STATEMENTS),
            f"{STATEMENTS}; found text that is not UTF-8, in line 2; expected a CSV file in UTF-8. Hint: save it as",
        ),
    ],
)  # fmt: skip
def test_what_a_check_refuses_is_told_by_both(begun, planted, message):
    planted(begun)
    with pytest.raises(InputError) as caught:
        zt.main(["check", "2025"], standalone_mode=False)
    assert message in str(caught.value)
    code, said = doctor()
    assert code == 1
    assert message in said


@pytest.mark.part(10)
@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{boarders", "{boarders"),
        ("{boarders|元}", "{boarders|元}"),
        ("{border}", "{border}"),
        ("{growth(pupils)|元}", "{growth(pupils)|元}"),
        ("{grow(pupils)}", "{grow(pupils)}"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_published_nowhere(begun, command, written, found):
    change(begun, "office/words/brief.csv", "寄宿生{boarders}", f"寄宿生{written}")
    code, said = doctor()
    assert code == 1
    assert found in said
    assert "brief.csv:4: the sentence 'page_say_pupils'" in said
    with pytest.raises(InputError) as caught:
        zt.main([command, "2025"], standalone_mode=False)
    assert f"office/words/brief.csv: the sentence 'page_say_pupils'; found {found}" in str(caught.value)
    assert not (begun / "outputs/2025/report.html").exists()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('zh="寄宿生数"', 'zh="在校生数"', "name '在校生数'"),
        ("寄宿生|寄宿学生", "在校生|寄宿学生", "word '在校生'"),
    ],
)
def test_two_figures_that_no_text_can_tell_apart_are_named(begun, old, new, what):
    change(begun, "office/indicators.py", old, new)
    code, said = doctor()
    assert code == 1
    assert f"office/indicators.py:24: figure 'boarders' has the {what}, which 'pupils' has too" in said


def test_a_role_that_nobody_prints_is_named(begun):
    add(begun, STATEMENTS, "x1,hard,figures,,,,stated(nosuch) <= pupils,a,b\n")
    code, said = doctor()
    assert code == 1
    assert f"{STATEMENTS}:4: no printed number of any case has the role 'nosuch'" in said
