"""Parameters: unknown, missing, mistyped or unparsable ones are refused before anything runs."""

import re
from pathlib import Path

import pytest
from packages import ROOT
from shipped import Circular, Issue

from zt_analysis import contents
from zt_analysis.errors import InputError, NotebookError
from zt_analysis.notebooks import declared_parameters
from zt_analysis.params import Declared, cases, check, load, neighbours
from zt_analysis.periods import period, reporting_dates

DECLARED = {
    "case": Declared("case", "str", "2018-11"),
    "issue_total": Declared("issue_total", "int", 28),
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "2018-11.yml").write_text('case: "2018-11"\nissue_total: 28\n')
    return tmp_path


def write(root, text):
    (root / "params" / "2018-11.yml").write_text(text, encoding="utf-8")


def test_good_parameters(root):
    assert cases(root) == ["2018-11"]
    found = load("2018-11", root)
    assert found == {"case": "2018-11", "issue_total": 28}
    check(found, DECLARED, where="params/2018-11.yml")


@pytest.mark.parametrize("left", ["._2018-11.yml", ".#2018-11.yml", ".~2018-11.yml"])
def test_what_an_editor_or_a_system_leaves_beside_a_case_is_none(root, left):
    (root / "params" / left).write_bytes(b"\0\5\26\7")
    assert cases(root) == ["2018-11"]
    with pytest.raises(InputError, match="expected one of 2018-11"):
        load(left.removesuffix(".yml"), root)


@pytest.mark.parametrize(
    "case", ["2018-12", "../params/2018-11", "./2018-11", ".//2018-11", "2018-11/", "a\0b", "a" * 300]
)
def test_unknown_case_names_the_known_ones(root, case):
    message = f"case {case!r}; found no params/{case}.yml; expected one of 2018-11"
    with pytest.raises(InputError, match=re.escape(message)):
        load(case, root)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('case: "2018-11\n', r"params/2018-11.yml, line 2; found found unexpected end"),
        ("case: [1, 2\nx: 1", r"params/2018-11.yml, line \d"),
        ('case: "2018-11"\ncase: "2018-11"\n', r"params/2018-11.yml, line 2; found found duplicate key"),
        ("- a\n- b\n", "no mapping"),
        ("", "no mapping"),
        ('case: "2018-10"\n', r"key 'case'; found '2018-10'; expected '2018-11'"),
    ],
)
def test_yaml_that_is_wrong(root, text, message):
    write(root, text)
    with pytest.raises(InputError, match=message) as caught:
        load("2018-11", root)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["issued_on", "as_of", "base_on"])
@pytest.mark.parametrize("written", ["20181108", "2018-W45-4", "2018W454"])
def test_a_date_in_another_form_is_refused(root, name, written):
    """Cases are put in order by the text of their dates: the issue before would be another one."""
    write(root, f'case: "2018-11"\n{name}: "{written}"\n')
    message = f"params/2018-11.yml, key '{name}'; found '{written}'; expected the date as 2018-11-08"
    with pytest.raises(InputError, match=message):
        load("2018-11", root)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"case": "2018-11"}, r"key 'issue_total': missing; expected a whole number such as 28"),
        ({"case": "2018-11", "issue_total": 28, "isue": 1}, r"key 'isue': unknown; expected case, issue_total"),
        ({"case": "2018-11", "issue_total": "28"}, r"key 'issue_total': found '28' \(str\); expected a whole number"),
        ({"case": "2018-11", "issue_total": True}, r"key 'issue_total': found True \(bool\)"),
    ],
)
def test_parameters_that_do_not_fit_the_notebook(parameters, message):
    with pytest.raises(InputError, match=message):
        check(parameters, DECLARED, where="params/2018-11.yml")


def test_a_date_without_quotes_says_so(root):
    write(root, "case: '2018-11'\nissue_total: 2018-11-08\n")
    with pytest.raises(InputError, match="the date 2018-11-08 without quotes"):
        check(load("2018-11", root), DECLARED, where="params/2018-11.yml")


def test_all_problems_in_one_message():
    with pytest.raises(InputError) as caught:
        check({"x": 1}, DECLARED, where="p.yml")
    assert str(caught.value).count("p.yml, key") == 3


def cell(source, tags=("parameters",)):
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}}


def test_declared_parameters_are_typed_literals():
    found = declared_parameters({"cells": [cell('a: str = "x"  # help\nn: int = 3')]}, "n.ipynb")
    assert found["n"] == Declared("n", "int", 3)
    with pytest.raises(NotebookError, match="expected a line such as"):
        declared_parameters({"cells": [cell("a = 1")]}, "n.ipynb")
    with pytest.raises(NotebookError, match="0 cells tagged"):
        declared_parameters({"cells": []}, "n.ipynb")


def issue(**changes):
    good = {
        "case": "2018-11",
        "package": "data",
        "issue_total": 28,
        "issued_on": "2018-11-15",
        "as_of": "2018-11-08",
        "base_on": "2018-09-20",
    }
    return Issue(**(good | changes))


def test_issue_knows_its_year_number_and_files():
    found = issue()
    assert (found.issue_year, found.issue_number) == (2018, 11)
    assert found.claims == "data/claims/2018-11.csv"
    assert found.side_files == ("claims/2018-11.csv", "explanations/2018-11.csv")


@pytest.mark.parametrize(
    ("bulletin", "files"),
    [
        ("2018-11", ("claims/2018-11.csv", "explanations/2018-W45.csv")),
        ("", ("explanations/2018-W45.csv",)),
    ],
)
def test_a_circular_is_held_against_its_bulletin(bulletin, files):
    found = {name: value for name, value in load("2018-W45", ROOT).items() if name != "notebook"}
    assert Circular(**found | {"bulletin": bulletin}).side_files == files


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"case": "2018-W45"}, "parameter 'case'"),
        ({"as_of": "8 November"}, "parameter 'as_of'; found '8 November'; expected a date such as 2018-11-08"),
        ({"base_on": "2018-11-09"}, "parameter 'base_on'"),
        ({"as_of": "2018-11-16"}, "expected a date not after issued_on"),
        ({"denominator": "population"}, "expected school_age or enrolled"),
        ({"language": "fr"}, "expected zh or en"),
        ({"term": "spring"}, "parameter 'term'"),
    ],
)
def test_issue_that_cannot_be(changes, message):
    with pytest.raises(InputError, match=message):
        issue(**changes)


def test_reporting_dates_are_the_eight_thursdays():
    seen = period("2018-11-08", "2018-09-20")
    days = reporting_dates(seen.base_on, seen.as_of)
    assert [day.isocalendar().week for day in days] == [38, 39, 40, 41, 42, 43, 44, 45]
    assert {day.isoweekday() for day in days} == {4}


def test_neighbours_read_each_file_once(tmp_path, monkeypatch):
    folder = tmp_path / "params"
    folder.mkdir()
    for case, notebook, day in (("b", "x", "2"), ("a", "x", "3"), ("c", "x", "1"), ("d", "y", "2")):
        text = f'case: "{case}"\nnotebook: "{notebook}"\nas_of: "2018-11-0{day}"\n'
        (folder / f"{case}.yml").write_text(text, encoding="utf-8")
    (folder / "e.yml").write_text("not: [a case", encoding="utf-8")
    opened, read = [], open
    monkeypatch.setattr(contents, "open", lambda *of: opened.append(Path(of[0]).stem) or read(*of), raising=False)
    assert neighbours("b", tmp_path) == ("c", "a")
    assert sorted(opened) == ["a", "b", "c", "d", "e"]
