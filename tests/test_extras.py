"""What only some commands need is an extra; without it the command says so in one sentence and ends with 2."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
import xlwt
from packages import ROOT

from zt_analysis.extras import EXTRAS

DEMO = ROOT / "zt_analysis/cli/project_template/data/demo"
# as in an environment where the module was never installed: nothing finds it, and nothing has imported it yet
WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {module!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)

sys.meta_path.insert(0, Without())
from zt_analysis.cli import main
sys.exit(main())
"""
COMMANDS = {
    "cryptography": (
        ["sign", "2018-11", "--as", "maker", "--by", "x", "--key", "key.pem"],
        "signing with the key",
    ),
    "jupyterlab": (["lab", "--version"], "zt lab"),
    "psycopg": (["load", str(DEMO), "--into", "postgres://localhost:1/x?schema=y"], "engine postgres://localhost:1"),
    "pypdfium2": (["numbers", "{folder}/draft.pdf"], "draft.pdf: reading a PDF"),
    "xlrd": (["scan", "{folder}/book.xls"], "book.xls"),
}


def test_every_extra_is_declared_and_all_holds_them():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = declared["optional-dependencies"]
    for module, extra in EXTRAS.items():
        assert module in [re.match(r"[a-z0-9]+", one)[0] for one in extras[extra]]
        assert not [one for one in declared["dependencies"] if one.startswith(module)]
    assert extras["all"] == [f"zt-analysis[{','.join(sorted(set(EXTRAS.values())))}]"]
    assert COMMANDS.keys() == EXTRAS.keys() - {"itables"}  # a notebook asks for it: test_browsing.py


def test_nothing_else_imports_an_extra_without_asking():
    importing = re.compile(rf"^( *)(?:import|from) (?:{'|'.join(EXTRAS)})\b", re.M)
    found = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("zt_analysis/**/*.py")}
    users = {name: importing.findall(text) for name, text in found.items() if importing.search(text)}
    assert len(users) >= 4
    assert [name for name in users if "need(" not in found[name]] == []
    assert [name for name, indents in users.items() if "" in indents] == []


@pytest.mark.slow
@pytest.mark.parametrize("module", COMMANDS)
@pytest.mark.part(3)
def test_without_it_the_command_says_what_to_install(module, tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("one").write(0, 0, "x")
    book.save(str(tmp_path / "book.xls"))
    (tmp_path / "draft.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    words, thing = COMMANDS[module]
    words = [word.format(folder=tmp_path) for word in words]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(module=module), *words], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"PGUSER": "x"}, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert thing in said
    assert f"found no {module}" in said
    assert f'pip install "zt-analysis[{EXTRAS[module]}]"' in said
    assert "Traceback" not in said


@pytest.mark.thorough
@pytest.mark.slow
def test_a_case_runs_and_a_text_is_tied_without_any(tmp_path):
    program = WITHOUT.replace("== {module!r}", f"in {tuple(EXTRAS)!r}").replace("{{", "{").replace("}}", "}")

    def zt(*words, cwd):
        return subprocess.run(
            [sys.executable, "-c", program, *words], cwd=cwd, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert zt("init", "x", cwd=tmp_path).returncode == 0
    for words in (["run", "2025"], ["verify", "2025"], ["tie", "drafts/2025.txt", "--case", "2025"]):
        done = zt(*words, cwd=tmp_path / "x")
        assert done.returncode == 0, done.stdout + done.stderr
