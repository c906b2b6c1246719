"""Whatever is kept may be cut short, of another version, half written or not written at all: no answer is another.

Rows and answers beside a package have tests of their own (``test_kept_files``, ``test_remembered``); here are the texts
in the user's cache folder - SQL, drawings, templates, the page's font - which one function keeps, and a whole command.
"""

import ast
import json
import os
import shutil
import subprocess
import sys

import pytest
from packages import ROOT

from zt_analysis import kept_texts

# what makes another kind of kept file would need its own test of all this
KEEPERS = {
    "drawing/kept.py": "kept_text", "reports/fonts.py": "kept_bytes", "reports/kept_templates.py": "kept_bytes",
    "runs/parsing.py": "kept_bytes", "sources/kept_sql.py": "kept_text",
    "sources/proving.py": "write", "sources/remembered.py": "write",
}  # fmt: skip
MADE = b"what was made\n" * 500
ASK = """
import os, resource, signal, sys
from pathlib import Path
from zt_analysis import kept_texts
{0}
sys.stdout.buffer.write(kept_texts.kept_bytes("any", "f" * 64, "b" * 64, lambda: b"what was made\\n" * 500))
"""
DYING = {
    "before it writes": "Path.write_bytes = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
    "in the middle": """
def half(path, content):
    with path.open("wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
Path.write_bytes = half""",
    "before it counts": "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
}
FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({0},) * 2)"""


@pytest.fixture
def caches(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / kept_texts.FOLDER


def kept(caches):
    return sorted(caches.glob("any/*.any"))


def ask(setting=""):
    """What another process gets."""
    return subprocess.run([sys.executable, "-c", ASK.format(setting)], capture_output=True, check=False)


def made(calls, made_by="b" * 64):
    """What is kept, or made: then ``calls`` grows."""
    return kept_texts.kept_bytes("any", "f" * 64, made_by, lambda: calls.append(1) or MADE)


def test_every_keeper_is_listed():
    found = {}
    for path in sorted((ROOT / "zt_analysis").rglob("*.py")):
        if "kept_texts" in (text := path.read_text(encoding="utf-8")):
            for one in ast.walk(ast.parse(text)):
                if isinstance(one, ast.ImportFrom) and one.module == "zt_analysis.kept_texts":
                    names = {each.name for each in one.names} & {"kept_text", "kept_bytes", "write"}
                    found |= {path.relative_to(ROOT / "zt_analysis").as_posix(): name for name in names}
    assert found == KEEPERS


@pytest.mark.slow
@pytest.mark.parametrize("dying", DYING)
def test_a_writer_that_is_killed(caches, dying):
    assert ask(DYING[dying]).returncode == -9
    assert kept(caches) == []
    calls = []
    assert [made(calls), made(calls)] == [MADE, MADE]
    assert len(calls) == 1


@pytest.mark.part(3)
@pytest.mark.slow
@pytest.mark.parametrize("most_bytes", [0, 1, 65, 4096])
def test_a_full_disk(caches, most_bytes):
    """A limit of the system on the size of a file stands for it."""
    done = ask(FULL.format(most_bytes))
    assert (done.stdout, done.stderr) == (MADE, b"")
    assert list((caches / "any").iterdir()) == []


@pytest.mark.parametrize("length", [0, 1, 64, 65, 66, 4096, -1])
def test_what_is_cut_short(caches, length):
    calls = []
    made(calls)
    (path,) = kept(caches)
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    assert [made(calls), made(calls)] == [MADE, MADE]
    assert len(calls) == 2
    assert path.read_bytes() == whole


def test_what_another_version_made(caches):
    calls = []
    assert [made(calls), made(calls, "b" * 63 + "c"), made(calls, "c" * 64)] == [MADE] * 3
    assert len(calls) == 3


@pytest.mark.thorough
@pytest.mark.slow
def test_a_command_says_the_same_with_no_room_for_anything_that_is_kept(project, tmp_path_factory, monkeypatch):
    """Rows, answers, SQL: each is tried, none fits, and nothing half done is left or used the next time."""
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))\n"
        "from zt_analysis.cli.entry import main\n"
        "sys.argv = ['zt', *sys.argv[1:]]\n"
        "main()"
    )
    for folder in project.glob("data/*/.kept"):
        shutil.rmtree(folder)
    said = {}
    for name, script in (("none", None), ("full", limited), ("after", None), ("kept", None)):
        if name == "none":
            monkeypatch.setenv("ZT_KEPT_ROWS", "off")
        if name == "full":
            monkeypatch.delenv("ZT_KEPT_ROWS")
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        command = [sys.executable, *(["-c", script] if script else ["-m", "zt_analysis.cli"]), "check", "2018-11"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        said[name] = (done.returncode, done.stdout, done.stderr)
        if name == "full":
            left = [path for place in project.glob("data/*/.kept") for path in place.rglob("*") if path.is_file()]
            assert [path.name for path in left if path.stat().st_size] == []
    assert said["none"][0] in (0, 1), said["none"]
    assert said["full"] == said["after"] == said["kept"] == said["none"], json.dumps(said, ensure_ascii=False)[:3000]
