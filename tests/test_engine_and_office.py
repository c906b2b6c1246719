"""The engine knows no office: it names none of its places, figures, columns or codes."""

import ast
import csv
import json
import re

import pytest
from modules import nodes_of, text_of
from packages import ROOT, SHIPPED
from shipped import INDICATORS

SUFFIXES = (".py", ".csv", ".json", ".j2", ".js", ".css", ".toml")
# names every division of the country, so those of any office too
REGISTER = ROOT / "zt_analysis/tying/divisions.csv"
ENGINE = sorted(
    path
    for path in (ROOT / "zt_analysis").rglob("*")
    if path.suffix in SUFFIXES and path.is_file() and path != REGISTER
)
# what the engine itself calls so: a date of every paper
ENGINES_OWN = {"issued_on"}


def office_words():
    """Every word that only this office has: its counties, its indicators, the columns of its package."""
    with (SHIPPED / "counties.csv").open(encoding="utf-8") as file:
        counties = {row["name_zh"] for row in csv.DictReader(file)}
    resources = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    tables = [one for one in resources if one.get("role") not in ("claims", "explanations")]
    columns = {field["name"] for one in tables for field in one["schema"]["fields"]}
    own = {name for name in columns | set(INDICATORS) if "_" in name and not name.startswith("name_")} - ENGINES_OWN
    assert len(counties) == 11
    assert len(own) > 80
    return counties | {"昭通", "教育兴昭"}, own


CHINESE, NAMES = office_words()
FOUND = re.compile("|".join([*map(re.escape, sorted(CHINESE)), r"5306\d\d", rf"\b(?:{'|'.join(sorted(NAMES))})\b"]))


@pytest.mark.slow
def test_engine_names_no_office():
    """One test for all files: one a file made seven hundred, each of which cost more than what it asked."""
    found = {path.relative_to(ROOT).as_posix(): sorted(set(FOUND.findall(text_of(path)))) for path in ENGINE}
    assert len(found) > 400
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.slow
def test_engine_asks_for_no_kind_of_paper():
    """What a paper is said to be is asked of its class: no name of one, no day of the week, no school term."""
    asked = re.compile(r"""paper\.(?:kind|notebook|every)\s*[!=]=\s*["']|["'](?:bulletin|weekly|circular)["']""")
    found = [
        (path.relative_to(ROOT).as_posix(), one[0]) for path in ENGINE if path.suffix == ".py"
        for one in asked.finditer(text_of(path))
    ]  # fmt: skip
    assert found == []


# what only this office's campaign and field say; 全市, 我县, 学生 and 学校 are the language's, in any office's text
CAMPAIGN = re.compile(
    r"控辍|劝返|辍学|送教|建档立卡|营养改善|学生资助|教体|教育体育局|返校|复学|重返|回到(?:学校|校园|课堂)|家校"
)


def _said(path):
    """What a file of the engine works with: the cells of its tables, the strings of its code that are no docstring."""
    text = text_of(path)
    if path.suffix != ".py":
        return [text]
    if not re.search(r"[一-龥]|\\[uUN]", text):  # it writes no Chinese: it is not parsed
        return []
    nodes = nodes_of(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    told = {id(one.body[0].value) for one in nodes
            if isinstance(one, documented) and one.body and isinstance(one.body[0], ast.Expr)}  # fmt: skip
    return [one.value for one in nodes
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told]  # fmt: skip


@pytest.mark.slow
def test_engine_reads_no_text_by_the_words_of_one_office():
    """Where the engine reads or writes Chinese, nothing of it is of this office's campaign."""
    read = [path for path in ENGINE if "project_template" not in path.parts]  # an invented education office
    said = {path.relative_to(ROOT).as_posix(): "\n".join(_said(path)) for path in read}
    found = {name: sorted(set(CAMPAIGN.findall(text))) for name, text in said.items()}
    assert sum(bool(re.search("[一-龥]", text)) for text in said.values()) > 60
    assert {name: words for name, words in found.items() if words} == {}
    own = (ROOT / "office/words/texts/words.csv").read_text(encoding="utf-8")
    assert len(set(CAMPAIGN.findall(own))) > 6  # here they stand


# dimensions of the office that the engine has as words of its own: why a number is excused, how deep a heading is
# what a part may be called and the engine means otherwise: kinds of an account in a personal text, yes or no
ENGINES_WORDS = {"reason", "level", "beyond", "place", "qq", "wechat", "true", "false"}


@pytest.mark.slow
def test_engine_takes_no_part_by_the_name_of_one_office():
    """A dimension is asked of a definition, a register or a word of the office: never by a name such as stage."""
    with (ROOT / "office/words/texts/parts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    codes = {code for row in rows for code in row["value"].split() if code.isascii() and code.isalpha()}
    known = codes | {row["dimension"] for row in rows} | {"term_code", "autumn", "spring"}
    assert {"stage", "primary", "programme", "county_code"} <= known
    known -= ENGINES_WORDS
    written = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b")
    found = []
    for path in ENGINE:
        if path.suffix != ".py" or "project_template" in path.parts or path.name == "columns.py":  # 学段 in English
            continue
        if not written.search(text_of(path)):
            continue
        for one in nodes_of(path):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value in known:
                found.append(f"{path.relative_to(ROOT)}:{one.lineno} {one.value}")
            named = one.arg if isinstance(one, (ast.arg, ast.keyword)) else ""
            if named in known:
                found.append(f"{path.relative_to(ROOT)}:{one.lineno if isinstance(one, ast.arg) else ''} {named}=")
    assert found == []


def test_engine_imports_no_office():
    imports = re.compile(r"^\s*(?:from|import) office\b", re.MULTILINE)
    assert [path for path in ENGINE if path.suffix == ".py" and imports.search(text_of(path))] == []


def test_office_imports_only_what_it_writes_with():
    files = sorted((ROOT / "office").rglob("*.py"))
    imports = re.compile(r"^\s*(?:from|import) (zt_analysis[\w.]*)", re.MULTILINE)
    found = {module for path in files for module in imports.findall(path.read_text(encoding="utf-8"))}
    assert len(files) > 30
    assert found == {"zt_analysis.define", "zt_analysis.drawing"}
