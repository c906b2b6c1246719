"""Every command meets a hostile project, name, terminal and limit: no traceback, the right words, no control signs.

What is attacked is the project that ``zt init`` begins, run once. A file is replaced by what nobody means to read: a
pipe, a device, a link to itself, ten thousand brackets, nothing. Each attack asks one process; none may wait for ever.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import zt as typed

from zt_analysis.cli import zt
from zt_analysis.contents import plain_bytes
from zt_analysis.errors import LONGEST, InputError

pytestmark = pytest.mark.slow

ESCAPES = set("\x1b\x07\x9b\u202e\0")
NASTY = "镇\x1b[31m雄\x07\x9b\u202e.csv"
# how each command is typed, and the file that it reads first
COMMANDS = {
    "catalogue": (["catalogue"], "data/demo/datapackage.json"),
    "diff": (["diff", "2025", "1", "2"], "outputs/2025/run.json"),
    "history": (["history", "2025"], "outputs/2025/run.json"),
    "prune": (["prune", "--dry-run"], "outputs/2025/run.json"),
    "write": (["write", "2025"], "params/2025.yml"),
    "check": (["check", "2025"], "params/2025.yml"),
    "claims": (["claims", "drafts/2025.txt", "--case", "2025"], "drafts/2025.txt"),
    "doctor": (["doctor"], "office/relations/statements.csv"),
    "due": (["due", "--on", "2025-10-10"], "zt.toml"),
    "figures": (["figures", "2025"], "data/demo/datapackage.json"),
    "index": (["index"], "zt.toml"),
    "init": (["init", "new", "data/demo/pupils.csv"], "data/demo/pupils.csv"),
    "list": (["list"], "zt.toml"),
    "load": (["load", "data/demo", "--into", "postgres://127.0.0.1:1/x"], "data/demo/datapackage.json"),
    "new": (["new", "2026"], "zt.toml"),
    "numbers": (["numbers", "drafts/2025.txt"], "drafts/2025.txt"),
    "pdf": (["pdf", "2025"], "zt.toml"),
    "proof": (["proof", "drafts/2025.txt"], "drafts/2025.txt"),
    "report": (["report", "outputs/2025/brief.ipynb"], "outputs/2025/brief.ipynb"),
    "restated": (["restated", "2025"], "outputs/2025/figures.json"),
    "rules": (["rules", "2025"], "params/2025.yml"),
    "run": (["run", "2025", "--force"], "params/2025.yml"),
    "scan": (["scan", "data/demo/pupils.csv"], "data/demo/pupils.csv"),
    "seal": (["seal", "data/demo"], "data/demo/datapackage.json"),
    "sign": (["sign", "2025", "--as", "maker", "--by", "x"], "params/2025.yml"),
    "sources": (["sources", "check", "data/demo"], "data/demo/datapackage.json"),
    "tie": (["tie", "drafts/2025.txt", "--case", "2025"], "drafts/2025.txt"),
    "unsign": (["unsign", "2025", "--as", "maker", "--reason", "x"], "outputs/2025/run.json"),
    "verify": (["verify", "2025"], "outputs/2025/run.json"),
    "what-if": (["what-if", "2025"], "params/2025.yml"),
}
# JupyterLab and reviews have test files of their own; the other reads nothing and writes what is shipped
OTHERS = {"lab", "synthesize", "review"}


@contextmanager
def patient(seconds):
    """What is done inside ends before so many seconds, or is interrupted: a pipe would be waited for without end."""

    def stop(*_):
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def as_pipe(path):
    os.mkfifo(path)


def as_device(path):
    path.symlink_to("/dev/zero")


def as_circle(path):
    path.symlink_to(path)


def as_folder(path):
    path.mkdir()


def deep(path):
    path.write_text("[" * 100_000, encoding="utf-8")


def nothing(path):
    path.write_bytes(b"")


def nul(path):
    path.write_bytes(b"\0" * 3000)


def escapes(path):
    path.write_text(f"{NASTY}\n\x1b]0;x\x07: [\x1b", encoding="utf-8")


def long(path):
    path.write_text("很长" * 15_000, encoding="utf-8")


@pytest.fixture
def office(once, tmp_path, monkeypatch):
    def make(folder):
        assert typed("init", str(folder / "brief"), cwd=folder).returncode == 0
        assert typed("run", "2025", cwd=folder / "brief").returncode == 0

    root = tmp_path / "brief"
    shutil.copytree(once("brief_ran", make) / "brief", root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("ZT_KEPT_ROWS", "off")
    return root


def holds(code, said):
    assert code in (0, 1, 2, 3), said[-2000:]
    assert "Traceback" not in said
    assert "No such option" not in said
    assert "Missing" not in said
    assert not set(said) & ESCAPES
    assert code == 0 or said.strip()


def attacked(office, command, attack):
    words, name = COMMANDS[command]
    path = office / name
    path.unlink()
    attack(path)
    with patient(120):
        done = typed(*words, cwd=office)
    holds(done.returncode, done.stdout + done.stderr)
    return done, path


def test_each_command_is_here():
    assert set(COMMANDS) | OTHERS == set(zt.commands)


@pytest.mark.parametrize("command", ["check", "figures", "list", "numbers", "proof", "scan", "tie", "verify"])
@pytest.mark.parametrize("attack", [as_pipe, as_circle, deep])
def test_the_first_file_is_not_one(office, command, attack):
    attacked(office, command, attack)


@pytest.mark.thorough
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("attack", [as_pipe, as_device, as_circle, as_folder, deep, nothing, nul, escapes, long])
def test_the_first_file_is_anything(office, command, attack):
    done, path = attacked(office, command, attack)
    said = done.stdout + done.stderr
    assert max(map(len, said.splitlines()), default=0) < LONGEST + 2_000
    if path.suffix in (".yml", ".json", ".toml") and done.returncode == 2 and attack is not nothing:
        assert path.name in said or path.stem in said, said


@pytest.mark.parametrize("name", [name for name, (words, _) in COMMANDS.items() if len(words) > 1 and name != "prune"])
@pytest.mark.parametrize(
    "given", ["a\0b", NASTY, "镇" * 300, "/dev/zero", "a\udcffb"], ids=["nul", "nasty", "long", "device", "bytes"]
)
def test_what_is_named_is_no_name(office, name, given):
    words = list(COMMANDS[name][0])
    words[2 if name == "sources" else 1] = given
    with patient(120):
        done = typed(*words, cwd=office)
    holds(done.returncode, done.stdout + done.stderr)
    # a name may be long where it is to be made, and nothing there means nothing to scan
    assert done.returncode in (2, 3) or (name, given) == ("init", NASTY), done.stdout + done.stderr


@pytest.mark.thorough
class TestProcesses:
    """What only a process of its own can show."""

    def asked(self, office, words, *, before="", **around):
        line = f'{before} exec {sys.executable} -m zt_analysis.cli "$@"'
        done = subprocess.run(
            ["sh", "-c", line, "zt", *words], cwd=office, env=os.environ | around, capture_output=True, timeout=120,
            check=False,
        )  # fmt: skip
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    @pytest.mark.parametrize("command", COMMANDS)
    def test_few_open_files(self, office, command):
        code, said = self.asked(office, COMMANDS[command][0], before="ulimit -n 64;")
        holds(code, said)
        assert "restore" not in said

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_terminal_of_ascii(self, office, command):
        around = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
        code, said = self.asked(office, COMMANDS[command][0], **around)
        holds(code, said)
        assert said.isascii()

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_full_output(self, office, command):
        code, said = self.asked(office, COMMANDS[command][0], before="exec >/dev/full;")
        holds(code, said)
        assert code != 0 or command in ("index", "new", "init", "seal", "report", "pdf"), said

    @pytest.mark.parametrize("command", ["run", "report", "index", "new", "init", "seal", "load", "what-if"])
    def test_a_full_disk(self, office, command):
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
            pytest.skip("no disk can be filled here: unshare makes no mount namespace")
        (office / "full").mkdir()
        fill = (
            "mount -t tmpfs -o size=600k x full; cp -r params office data notebooks drafts zt.toml full/ 2>&1;"
            " cd full; cat /dev/zero > filler 2>/dev/null;"
        )
        words = [str(office / one) if one.startswith("outputs/") else one for one in COMMANDS[command][0]]
        line = f'{fill} exec {sys.executable} -m zt_analysis.cli "$@"'
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", line, "zt", *words], cwd=office, capture_output=True, timeout=120,
            check=False, env=os.environ | {"ZT_PROJECT": str(office / "full")},
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        holds(done.returncode, said)
        assert "restore" not in said


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a")
    with patient(30), pytest.raises(OSError, match="a pipe or device, not a plain file"):
        plain_bytes(tmp_path / "a")
    with patient(30), pytest.raises(OSError, match="a pipe or device"):
        plain_bytes(Path("/dev/zero"))


def test_a_message_is_never_longer_than_a_screen():
    error = InputError("a.csv", found="x" * 100_000, expected="y")
    assert len(str(error)) < LONGEST + 200
    assert len(error.found) == 100_000
