"""The end of a process: all is done that was registered for it, and nothing is taken apart but what has to be."""

import subprocess
import sys

import pytest

BEGIN = (
    "import atexit, os, sys, threading, time\n"
    "from pathlib import Path\n"
    "from zt_analysis.leaving import leave\n"
    "from zt_analysis.scratch import spill_folder\n"
    "class Apart:\n"
    "    def __del__(self, write=os.write): write(1, b'apart ')\n"
    "held = Apart()\n"
    "held.itself = held\n"
    "atexit.register(print, 'registered')\n"
    "print('said', end=' ')\n"
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "said registered\n"),
        ("threading.Thread(target=lambda: (time.sleep(0.2), print('worked', end=' '))).start()\n", "worked"),
        ("sys.setprofile(lambda *_: None)\n", "apart"),
        ("spill_folder().mkdir()\n", "apart"),
    ],
    ids=["as a rule", "with a thread", "with a profiler", "with rows on the disk"],
)
def test_what_is_left_undone(tmp_path, monkeypatch, lines, said):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", f"{BEGIN}{lines}leave(3)"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert "said" in done.stdout
    assert "registered" in done.stdout
    assert said in done.stdout
    assert ("apart" in done.stdout) is bool(lines)


def test_rows_that_duckdb_has_spilled_go_when_a_process_leaves(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = (
        "import duckdb\n"
        "from zt_analysis.leaving import leave\n"
        "from zt_analysis.scratch import has_spilled\n"
        "from zt_analysis.sources.duckdb_memory import settings\n"
        "con = duckdb.connect(config=settings() | {'memory_limit': '30MiB', 'threads': 1})\n"
        "con.execute('CREATE TABLE rows AS SELECT hash(n)::VARCHAR AS id FROM range(3000000) AS r(n)')\n"
        "print(has_spilled())\n"
        "leave(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "True", "")
    assert not list(tmp_path.iterdir())


def test_a_command_takes_nothing_apart(tmp_path):
    """In a process of its own; ``main`` is for those who go on."""
    code = (
        "import sys\n"
        "from zt_analysis.cli import command, main\n"
        "class Apart:\n"
        "    def __del__(self, write=__import__('os').write): write(1, b'apart')\n"
        "held = Apart()\n"
        "held.itself = held\n"
        "sys.argv = ['zt', 'list', '--nothing']\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, flush=True)\n"
        "command()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (2, "2")


def test_words_of_an_end_are_said(tmp_path):
    code = (
        "from zt_analysis.cli import command, entry\n"
        "def ends(): raise SystemExit('no way')\n"
        "entry._code = ends\n"
        "command()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "no way\n")
