"""Every ``zt`` command that README and docs print is executed: here, or by the test or session that a table names.

Those of this file run on a copy of the project, one after the other, from a folder outside it (``zt -C``).
"""

import re
import shlex

import click
import docx
import pytest
from click.testing import CliRunner
from packages import ROOT

from zt_analysis.cli import zt
from zt_analysis.errors import ZtError

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES.remove(ROOT / "docs" / "office.md")  # test_office_guide.py follows it, in a project of its own
LINE = re.compile(r"(?:^|[`\s&/])zt ((?:[a-z][\w-]*|-C)(?: [^`\n|]*)?)(?=[`\n|]|$)", re.M)
OFFICE_WORDS = {
    "scan 路径": "scan PATH",
    "项目文件夹": "FOLDER",
    "笔记本.ipynb": "NOTEBOOK.ipynb",
    "data/数据包": "data/PACKAGE",
    "文件夹": "FOLDER",
}
STANDS_FOR = {
    "NOTEBOOK.ipynb": "PROJECT/outputs/2018-11/bulletin.ipynb",
    "FILE.md": "notice.md",
    "FILE": "draft.docx",
    "DATE": "2018-11-01",
    "data/PACKAGE": "data/submitted",
    "CASE": "2018-11",
}
# what is printed -> its exit code here: what is due is partly not there, and the draft names no day for its numbers
HERE = {
    "list": 0,
    "index": 0,
    "run 2018-11": 0,
    "run 2018-W45": 0,
    "check 2018-W45": 0,
    "figures 2018-11 --by county --format csv": 0,
    "report NOTEBOOK.ipynb": 0,
    "rules 2018-W45 --rule R12 --by county": 0,
    "what-if 2018-W45 --absence-days 5 --days school --denominator enrolled": 0,
    "restated --notice FILE.md": 0,
    "tie draft.docx --case 2018-11 --require 100% --html draft.html --comments draft-checked.docx": 1,
    "numbers FILE --date 2018-11-15 --format jsonl": 0,
    "claims draft.docx --case 2018-11": 0,
    "due --on 2018-11-16": 1,
    "due --since DATE": 1,
    "new 2018-W46": 0,
    "new 2018-12 --as-of 2018-12-06": 0,
    "seal data/zhaotong-2018": 0,
    "doctor": 0,
}
SAME = {
    "tie draft.docx --case 2018-11 --require 100%": (
        "tie draft.docx --case 2018-11 --require 100% --html draft.html --comments draft-checked.docx"
    ),
    "check 2018-11": "check 2018-W45",
    "check CASE": "check 2018-W45",
    "claims DRAFT --case C": "claims draft.docx --case 2018-11",
    "run CASE...": "run 2018-11",
    "rules 2018-11": "rules 2018-W45 --rule R12 --by county",
    "pdf <case>": "pdf 2018-11",
    "verify CASE": "verify 2018-11",
    "verify CASE --recompute": "verify 2018-11 --recompute",
    "run --all --jobs N": "run --all",
    "synthesize --scale 50": "synthesize FOLDER --scale 10",
}
# by a file of tests/ that executes it and names its words, or by a session of nox
ELSEWHERE = {
    "run --all": "nox -s kills",
    "run --all --jobs 2 --keep-going --on-failure ./tell.sh --log-format json": "test_unattended.py",
    "run --due": "test_due.py",
    "run --due --keep-going": "test_due.py",
    "run --due --on-failure recipes/on_failure.sh": "nox -s recipes",
    "verify 2018-11": "test_provenance.py",
    "verify 2018-11 --recompute": "test_provenance.py",
    "pdf 2018-11": "test_documented.py",
    "lab --no-browser": "test_documented.py",
    "sources check data/PACKAGE": "test_sources_yml.py",
    "sources profile data/PACKAGE": "test_profile.py",
    "synthesize FOLDER --scale 10": "test_documented.py",  # twice as large here
    "scan PATH": "test_privacy.py",
    "-C FOLDER …": "test_elsewhere.py",
    "init FOLDER": "test_init.py",
    "restated 2018-11 --edition v1 --notice note.md": "test_editions.py",
    "run --due --since DATE": "test_due.py",
    'run 2018-11 --revise "a county reported late"': "test_editions.py",
    "tie - --case C --format jsonl": "test_tying.py",
    "proof - --format jsonl": "test_proof_command.py",
    "proof - --format jsonl < texts.jsonl": "test_proof_command.py",
    "proof draft.docx": "test_proof_command.py",
    "proof draft.docx --against last-month.docx --html draft.html --comments draft-checked.docx --require 50%": (
        "test_proof_command.py"
    ),
    "verify 2018-11 --edition v1": "test_editions.py",
    "-C DIR …": "test_elsewhere.py",
}
PROOF = re.compile(r"(verify|sign|unsign) 2018-11 --(as|key|reason)")  # conftest.proven types them as docs/runs.md does
POSTGRES = re.compile(r"load data/zhaotong-2018( --into|$)")  # test_engines.py, on a server


def documented():
    """Each line of the pages that begins with ``zt``, without its comment, in the words of the English pages."""
    found = set()
    for page in PAGES:
        text = re.sub(r"\s# .*", "", page.read_text(encoding="utf-8"))
        lines = {match[1].strip() for match in LINE.finditer(text)}
        for word, english in OFFICE_WORDS.items():
            lines = {line.replace(word, english) for line in lines}
        found |= lines
    return sorted(line for line in found if line not in zt.commands)  # a bare name is prose


def test_every_documented_line_is_executed_somewhere():
    lines = documented()
    assert len(lines) > 35
    known = {*HERE, *SAME, *ELSEWHERE}
    assert [line for line in lines if line not in known and not PROOF.match(line) and not POSTGRES.match(line)] == []
    assert {target for target in SAME.values() if target not in {*HERE, *ELSEWHERE}} == set()
    sessions = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    for line, where in ELSEWHERE.items():
        session = where.removeprefix("nox -s ")
        if session != where:
            assert f"def {session}(" in sessions, line
        else:
            assert re.search(
                rf'\(f?"{line.split()[0]} |"{line.split()[0]}"', (ROOT / "tests" / where).read_text(encoding="utf-8")
            ), line


def test_every_command_is_documented_with_a_line():
    lines = " \n".join(documented())
    assert [name for name in zt.commands if not re.search(rf"^{name}( |$)", lines, re.M) and name not in HERE] == []


def test_every_option_is_typed_in_a_test():
    typed = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("*.py")))
    lacking = []
    for name, command in zt.commands.items():
        commands = command.commands.values() if isinstance(command, click.Group) else [command]
        options = [one for each in commands for one in each.params if isinstance(one, click.Option)]
        lacking += [f"{name} {one.opts[-1]}" for one in options if not any(opt in typed for opt in one.opts)]
    assert lacking == []


def test_encoding_is_that_of_the_option(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_bytes("劝返复学1915人".encode("gb18030"))
    done = CliRunner().invoke(zt, ["numbers", "note.txt", "--encoding", "gb18030", "--format", "csv"])
    assert "1915人,1915,人" in done.output
    done = CliRunner().invoke(zt, ["tie", "note.txt", "--case", "2018-11", "--encoding", "klingon"])
    assert isinstance(done.exception, ZtError)


@pytest.mark.thorough
@pytest.mark.slow
def test_documented_lines_run_from_elsewhere(ran, tmp_path, monkeypatch):
    there = tmp_path / "elsewhere"
    there.mkdir()
    monkeypatch.chdir(there)
    draft = docx.Document()
    draft.add_paragraph("全市共劝返复学1915人，上门送教823人。")
    draft.save("draft.docx")
    ended = {line: _run(line, ran) for line in HERE}
    assert {line: code for line, (code, _) in ended.items()} == HERE, [said for _, said in ended.values()]
    assert all(said.strip() for _, said in ended.values())
    for left in ("notice.md", "draft.html", "draft-checked.docx"):
        assert (there / left).stat().st_size > 100
    assert sorted(path.name for path in (ran / "params").glob("*-1?.yml")) == ["2018-11.yml", "2018-12.yml"]


def _run(line, project):
    words = [STANDS_FOR.get(word, word) for word in shlex.split(line)]
    words = [word.replace("PROJECT", str(project)) for word in words]
    done = CliRunner().invoke(zt, ["-C", str(project), *words], standalone_mode=False)
    if isinstance(done.exception, ZtError | click.ClickException):
        return done.exception.exit_code, str(done.exception)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_pdf_from_elsewhere(ran, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = _run("pdf 2018-11", ran)
    assert code == 0, said
    assert (ran / "outputs" / "2018-11" / "report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.thorough
@pytest.mark.slow
def test_synthesize(tmp_path):
    words = ["synthesize", str(tmp_path / "rows"), "--scale", "2", "--seed", "20181115"]
    done = CliRunner().invoke(zt, words, standalone_mode=False)
    assert done.return_value == 0
    assert (tmp_path / "rows" / "datapackage.json").is_file()


@pytest.mark.slow
def test_lab_hands_its_options_on(project, capfd):
    done = CliRunner().invoke(zt, ["-C", str(project), "lab", "--no-browser", "--version"], standalone_mode=False)
    assert done.return_value == 0
    assert re.match(r"\d+\.\d+", capfd.readouterr().out)
