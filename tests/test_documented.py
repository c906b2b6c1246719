"""Every ``zt`` command that README and docs print is executed: here, or by the test or session that a table names.

Those of this file run on a copy of the project, one after the other, from a folder outside it (``zt -C``).
"""

import json
import re
import shlex

import click
import docx
import pytest
from click.testing import CliRunner
from packages import ROOT
from proofs import printed

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
    "catalogue": 0,
    "catalogue --column dropout_cases.outcome": 0,
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
# every option that HERE, docs/runs.md and ELSEWHERE leave: typed after HERE, in the same two folders; the note has no
# second number to hold its two against, and no date
OPTIONS = {
    "due --on 2018-11-16 --format json": 1,
    "new 2018-13 --as-of 2018-12-20 --base-on 2018-09-20 --issued-on 2018-12-27 --edition draft": 0,
    "numbers note.txt --encoding gb18030 --format csv": 0,
    "tie note.txt --case 2018-11 --encoding gb18030 --format json": 1,
    "proof note.txt --all --date 2018-11-15 --encoding gb18030 --language en": 1,
    "proof draft.docx --against last-month.docx --html draft.html --comments draft-checked.docx --require 50%": 1,
    "report NOTEBOOK.ipynb --output page.html": 0,
    "catalogue --output tables.html": 0,
    "catalogue --column dropout_cases.outcome --format json": 0,
    "rules 2018-W45 --rule R12 --format json": 0,
    "what-if 2018-W45 --absence-days 5 --format json": 0,
    "scan PROJECT/params --format json": 0,
    "history 2018-11 --format json": 0,
    "sources profile data/zhaotong-2018 --format json": 0,
    "run 2018-11 --engine warm --force --timeout 300 --memory-limit 4000 --output written": 0,
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
    "sources profile": "sources profile data/zhaotong-2018 --format json",
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
    "lab --no-browser": "test_lab.py",
    "sources check data/PACKAGE": "test_sources_yml.py",
    "sources profile data/PACKAGE": "test_profile.py",
    "synthesize FOLDER --scale 10": "test_documented.py",  # twice as large here
    "scan PATH": "test_privacy.py",
    "-C FOLDER …": "test_elsewhere.py",
    "init FOLDER": "test_init.py",
    "restated 2018-11 --edition v1 --notice note.md": "test_editions.py",
    "restated --between data/PACKAGE": "test_example_communique.py",
    "restated --between data/PACKAGE --all": "test_example_communique.py",
    "run --due --since DATE": "nox -s weeks",
    'run 2018-11 --revise "a county reported late"': "test_editions.py",
    "tie - --case C --format jsonl": "test_tying.py",
    "tie DRAFT... --case C": "test_many_texts.py",
    "tie DRAFT --case C --confirm FILE": "test_confirming.py",
    "tie draft.docx --case 2018-11 --html draft.html": "test_confirming.py",
    "tie draft.docx --case 2018-11 --confirm words-2018-11.csv": "test_confirming.py",
    "tie draft.docx --case 2018-11 --confirm --by NAME": "test_confirming.py",
    "proof - --format jsonl": "test_proof_command.py",
    "proof - --format jsonl < texts.jsonl": "test_proof_command.py",
    "proof draft.docx": "test_proof_command.py",
    "verify 2018-11 --edition v1": "test_editions.py",
    "review import FILE": "test_reviewing.py",
    "review import review-2018-11.json": "test_reviewing.py",
    "history 2018-11": "test_editions.py",
    "diff 2018-11 v1 v2": "test_editions.py",
    "diff 2018-11 v1 v2 --notice note.md": "test_editions.py",
    "prune --dry-run": "test_editions.py",
    "-C DIR …": "test_elsewhere.py",
    "init --from": "test_proposed_wide.py",
    "init FOLDER --from FILE": "test_proposed_wide.py",
    "write 2018-11": "test_writing.py",
    "write 2018-W45 --to docx -o FOLDER": "test_writing.py",
    "write 2018-11 --format json": "test_writing.py",
    "write 2018-11 --check FILE.docx": "test_writing.py",
    "write 2018-12 --from draft.docx": "test_writing.py",
    "init bay --from yearbook.xlsx": "test_second_office.py",
    "load data/zhaotong-2018 --into ADDRESS": "test_engines.py",
    "pdf 2018-11 --output page.pdf": "test_documented.py",
    "county 2018-W45 --pdf": "test_part_pages.py",
    "county 2018-W45 --by county --output FOLDER": "test_part_pages.py",
    "run --due --on 2018-11-16": "test_due.py",
    "sources check data/zhaotong-2018 --format json": "test_sources_yml.py",
    "synthesize FOLDER --scale 2 --seed 20181115": "test_documented.py",
    "unsign 2018-11 --as checker --by desk-2 --reason mistaken": "test_signing.py",
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
    known = {*HERE, *OPTIONS, *SAME, *ELSEWHERE}
    assert [line for line in lines if line not in known and not PROOF.match(line) and not POSTGRES.match(line)] == []
    assert {target for target in SAME.values() if target not in {*HERE, *OPTIONS, *ELSEWHERE}} == set()
    sessions = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    for line, where in ELSEWHERE.items():
        session = where.removeprefix("nox -s ")
        if session != where:
            assert f"def {session}(" in sessions, line
        else:
            text = (ROOT / "tests" / where).read_text(encoding="utf-8")
            assert re.search(rf'\(f?"{line.split()[0]} |"{line.split()[0]}"', text), line
            # the command, and each option that the line gives it: one that is only looked up is not executed
            options = [word for word in shlex.split(line)[1:] if word.startswith("--")]
            assert [word for word in options if not re.search(rf'["\' ]{word}["\' =]', text)] == [], (line, where)


# lines of other tools -> the file of tests/ that types them, and the words of theirs that it types
TOOLS = {
    r"papermill --engine zt_warm": ("test_given.py", "zt_warm"),
    r"papermill notebooks/bulletin.ipynb out.ipynb -f params/2018-11.yml": ("test_stock_tools.py", "papermill"),
    r"pytest --nbval outputs/2018-11/bulletin.ipynb": ("test_nbval_guard.py", "--nbval"),
    r"jupyter nbconvert --to zt_report.*": ("test_reports.py", "zt_report"),
    r"jupyter nbconvert --to html --execute notebooks/bulletin.ipynb": ("test_stock_tools.py", "--execute"),
    r"jupyter server extension (list|disable zt_analysis.lab)": ("test_wheel.py", "serverextension"),
    r"jupyter labextension (list|disable zt-analysis)": ("test_wheel.py", "labextension"),
    r"pip install zt_analysis-\*.whl": ("test_wheel.py", "pip"),
    r'pip install "pyspark>=4.0,<4.1"': ("../noxfile.py", "pyspark>=4.0,<4.1"),
    # no conda channel to run it with: the file is held against pyproject.toml
    r"conda env create -f environment.yml": ("test_house.py", "environment.yml"),
    r"frictionless validate data/zhaotong-2018/datapackage.json": ("../noxfile.py", "frictionless"),
    r"python benchmarks/bench.py --part explore": ("../noxfile.py", "benchmarks/bench.py"),
    r"crontab recipes/crontab": ("rehearsals.py", "crontab"),
    r"systemctl (enable --now zt-due.timer|--failed)": ("rehearsals.py", "systemd"),
    r"openssl .*": ("proofs.py", "openssl"),
    r"\./setup\.sh.*": ("test_clone.py", "setup.sh"),
}
NAMES = "papermill|pytest|jupyter|pip|conda|frictionless|python3?|crontab|systemctl|openssl|\\./setup\\.sh"
OF_TOOLS = re.compile(rf"(?:^    |`)((?:{NAMES}) ?[^`\n]*)", re.M)


def test_every_line_of_another_tool_is_typed_somewhere():
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    # a bare name is prose, and so is JupyterLab itself
    lines = {re.sub(r"\s+# .*| && .*", "", line).strip() for text in pages for line in OF_TOOLS.findall(text)}
    lines = {line for line in lines if " " in line or "/" in line}
    lines -= {"jupyter nbconvert", "jupyter notebook", "jupyter lab", "frictionless validate"}
    assert len(lines) >= 10
    assert [line for line in lines if not any(re.fullmatch(one, line) for one in TOOLS)] == []
    for where, word in TOOLS.values():
        assert word in (ROOT / "tests" / where).read_text(encoding="utf-8"), (where, word)


def test_every_variable_is_set_by_a_test():
    texts = [page.read_text(encoding="utf-8") for page in (*PAGES, *(ROOT / "recipes").iterdir())]
    named = {name for text in texts for name in re.findall(r"\bZT_[A-Z_]+\b", text)}
    assert len(named) >= 10
    own = [path for path in (ROOT / "tests").glob("*.py") if path.name not in ("test_documented.py", "conftest.py")]
    given = "\n".join(path.read_text(encoding="utf-8") for path in own)
    assert {name for name in named if not re.search(rf"""["' ]{name}["'=]""", given)} == set()


def test_every_documented_session_is_one():
    named = {name for page in PAGES for name in re.findall(r"nox -s ([a-z]+)", page.read_text(encoding="utf-8"))}
    sessions = set(re.findall(r"@nox.session\ndef (\w+)", (ROOT / "noxfile.py").read_text(encoding="utf-8")))
    assert len(named) >= 10
    assert named - sessions == set()


def test_every_command_is_documented_with_a_line():
    lines = " \n".join(documented())
    assert [name for name in zt.commands if not re.search(rf"^{name}( |$)", lines, re.M) and name not in HERE] == []


def test_every_option_is_executed_somewhere():
    """As click reads the lines that are executed, not as a text that holds the word."""
    lines = [line.partition("#")[0] for line in printed("Proof afterwards")]
    proof = [line.removeprefix("zt ") for line in lines if line.startswith("zt ")]
    given = {one for line in (*HERE, *OPTIONS, *ELSEWHERE, *proof) for one in _options(shlex.split(line))}
    options = [(command, one) for command in _commands(zt) for one in command.params if isinstance(one, click.Option)]
    assert len(options) > 60
    assert {(command.name, one.opts[-1]) for command, one in options} - given == set()


def _commands(group):
    for one in group.commands.values():
        yield from _commands(one) if isinstance(one, click.Group) else [one]


def _options(words):
    """The options that a line gives, with the name of the command that takes them."""
    command = zt
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    if command is zt:
        return set()
    named = {opt: one.opts[-1] for one in command.params for opt in (*one.opts, *one.secondary_opts)}
    return {(command.name, named[word]) for word in words if word in named and word.startswith("-")}


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
    draft.save("last-month.docx")
    ended = {line: _run(line, ran) for line in HERE}
    assert {line: code for line, (code, _) in ended.items()} == HERE, [said for _, said in ended.values()]
    assert all(said.strip() for _, said in ended.values())
    for left in ("notice.md", "draft.html", "draft-checked.docx"):
        assert (there / left).stat().st_size > 100
    assert sorted(path.name for path in (ran / "params").glob("*-1?.yml")) == ["2018-11.yml", "2018-12.yml"]
    (there / "note.txt").write_bytes("全市劝返复学1915人，上门送教823人。".encode("gb18030"))
    typed = {line: _run(line, ran) for line in OPTIONS}
    assert {line: code for line, (code, _) in typed.items()} == OPTIONS, [said for _, said in typed.values()]
    assert all(said.strip() for _, said in typed.values())
    assert json.loads(typed["due --on 2018-11-16 --format json"][1])
    assert (there / "page.html").stat().st_size > 10_000
    assert (there / "written" / "2018-11" / "run.json").is_file()


def _run(line, project):
    words = [STANDS_FOR.get(word, word) for word in shlex.split(line)]
    words = [word.replace("PROJECT", str(project)) for word in words]
    done = CliRunner().invoke(zt, ["-C", str(project), *words], standalone_mode=False)
    if isinstance(done.exception, ZtError | click.ClickException):
        return done.exception.exit_code, str(done.exception)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_pdf_from_elsewhere(ran, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = _run("pdf 2018-11", ran)
    assert code == 0, said
    assert (ran / "outputs" / "2018-11" / "report.pdf").read_bytes().startswith(b"%PDF-")
    code, said = _run("pdf 2018-11 --output page.pdf", ran)
    assert code == 0, said
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.thorough
@pytest.mark.slow
def test_synthesize(tmp_path):
    words = ["synthesize", str(tmp_path / "rows"), "--scale", "2", "--seed", "20181115"]
    done = CliRunner().invoke(zt, words, standalone_mode=False)
    assert done.return_value == 0
    assert (tmp_path / "rows" / "datapackage.json").is_file()
