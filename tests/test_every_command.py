"""Every command meets a hostile project, name, terminal and limit: no traceback, the right words, no control signs.

What is attacked is the project that ``zt init`` begins, run once. A file is replaced by what nobody means to read: a
pipe, a device, a link to itself, ten thousand brackets, nothing. Each attack asks one process; none may wait for ever.
"""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from commands import zt as typed
from openpyxl.worksheet.cell_range import CellRange
from sweeps import each_with_each

from zt_analysis.cli import zt
from zt_analysis.contents import plain_bytes
from zt_analysis.errors import LONGEST, InputError

pytestmark = pytest.mark.slow

SECONDS = 20
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
    "county": (["county", "2025"], "outputs/2025/figures.json"),
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
    "unsign": (["unsign", "2025", "--as", "maker", "--reason", "mistaken"], "outputs/2025/run.json"),
    "verify": (["verify", "2025"], "outputs/2025/run.json"),
    "what-if": (["what-if", "2025"], "params/2025.yml"),
    "lab": (["lab", "--version"], "zt.toml"),
    "review": (["review", "import", "review.json"], "review.json"),
    "synthesize": (["synthesize", "made"], "zt.toml"),
}
# where each writes: what is named with an option, and what it writes of itself
OUTPUTS = {
    "report": (["report", "outputs/2025/brief.ipynb", "-o"], "outputs/2025/report.html"),
    "pdf": (["pdf", "2025", "-o"], "outputs/2025/report.pdf"),
    "catalogue": (["catalogue", "-o"], "outputs/catalogue.html"),
    "tie": (["tie", "drafts/2025.txt", "--case", "2025", "--html"], ""),
    "proof": (["proof", "drafts/2025.txt", "--html"], ""),
    "comments": (["proof", "drafts/2025.txt", "--comments"], ""),
    "tie comments": (["tie", "drafts/2025.txt", "--case", "2025", "--comments"], ""),
    "restated": (["restated", "2025", "--notice"], ""),
    "diff": (["diff", "2025", "1", "2", "--notice"], ""),
    "write": (["write", "2025", "-o"], "written"),
    "run": (["run", "2025", "--force", "--output"], "outputs/2025"),
    "index": (["index"], "outputs/index.html"),
    "new": (["new", "2026"], "params/2026.yml"),
    "init": (["init"], ""),
    "from": (["write", "2025", "--from", "drafts/2025.txt"], "papers/2025.md"),
    "synthesize": (["synthesize"], ""),
    "seal": (["seal", "data/demo"], "data/demo/datapackage.json"),
    "sign": (["sign", "2025", "--as", "maker", "--by", "x"], "outputs/2025/run.json.sig"),
    "kept": (["check", "2025"], "data/demo/.kept/.lock"),
}


def is_named(name, words):
    """Whether it is told where to write."""
    return words[-1].startswith("-") or name in ("init", "synthesize")


class Waits(BaseException):
    """It does: no error that what is tried may catch."""


@contextmanager
def patient(seconds):
    """What is done inside ends before so many seconds, or is interrupted: a pipe would be waited for without end."""

    def stop(*_):
        raise Waits

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
def office(brief_once, tmp_path, monkeypatch):
    root = tmp_path / "brief"
    shutil.copytree(brief_once, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("ZT_KEPT_ROWS", "off")
    (root / "review.json").write_text("{}", encoding="utf-8")
    return root


def asked(words, folder):
    """What the command answers; JupyterLab takes the place of its process, and so has one of its own."""
    if words[0] != "lab":
        done = typed(*words, cwd=folder)
        return done.returncode, done.stdout + done.stderr
    line = [sys.executable, "-m", "zt_analysis.cli", *words]
    done = subprocess.run(line, cwd=folder, capture_output=True, timeout=120, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


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
    with patient(40):
        code, said = asked(words, office)
    holds(code, said)
    return code, said, path


def test_each_command_is_here():
    assert set(COMMANDS) == set(zt.commands)


@each_with_each(
    ("attack", "command"),
    [as_pipe, as_circle, deep],
    ["check", "figures", "list", "numbers", "proof", "scan", "tie", "verify"],
)
def test_the_first_file_is_not_one(office, command, attack):
    attacked(office, command, attack)


@pytest.mark.thorough
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("attack", [as_pipe, as_device, as_circle, as_folder, deep, nothing, nul, escapes, long])
def test_the_first_file_is_anything(office, command, attack):
    code, said, path = attacked(office, command, attack)
    assert max(map(len, said.splitlines()), default=0) < LONGEST + 2_000
    if path.suffix in (".yml", ".json", ".toml") and code == 2 and attack is not nothing:
        assert path.name in said or path.stem in said, said


@pytest.mark.part(3)
@each_with_each(
    ("given", "name"),
    {"nul": "a\0b", "nasty": NASTY, "long": "镇" * 300, "device": "/dev/zero", "bytes": "a\udcffb"},
    [name for name, (words, _) in COMMANDS.items() if len(words) > 1 and name not in ("prune", "lab")],
)
def test_what_is_named_is_no_name(office, name, given):
    words = list(COMMANDS[name][0])
    words[2 if name in ("sources", "review") else 1] = given
    with patient(40):
        code, said = asked(words, office)
    holds(code, said)
    # a name may be long where it is to be made, and nothing there means nothing to scan
    assert code in (2, 3) or (name, given) == ("init", NASTY), said


@pytest.mark.parametrize("attack", [as_pipe, as_device])
@pytest.mark.parametrize("name", [name for name, (words, _) in OUTPUTS.items() if is_named(name, words)])
def test_a_pipe_or_device_is_no_output(office, name, attack):
    attack(office / "pipe")
    with patient(40):
        code, said = asked([*OUTPUTS[name][0], "pipe"], office)
    holds(code, said)
    assert code == 2, said
    assert "pipe" in said
    mode = (office / "pipe").stat().st_mode  # nothing has been put in its place
    assert stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


@pytest.mark.part(3)
@pytest.mark.parametrize("name", [name for name, (words, _) in OUTPUTS.items() if words[-1].startswith("-")])
@pytest.mark.parametrize("content", [b"a letter\n", b"%PDF-1.7\n", b"<!doctype html><p>mine</p>\n"])
def test_a_file_of_another_kind_is_not_written_over(office, name, content):
    is_own = (b"%PDF" in content and name == "pdf") or (b"html" in content and "html" in OUTPUTS[name][0][-1])
    if is_own or (b"html" in content and name in ("report", "catalogue")):
        pytest.skip("of its own kind")
    (office / "mine").write_bytes(content)
    code, said = asked([*OUTPUTS[name][0], "mine"], office)
    holds(code, said)
    assert code == 2, said
    assert "mine" in said
    assert (office / "mine").read_bytes() == content


def test_a_folder_that_no_run_left_is_not_replaced(office):
    (office / "mine" / "2025").mkdir(parents=True)
    (office / "mine" / "2025" / "letter.txt").write_text("mine", encoding="utf-8")
    code, said = asked([*OUTPUTS["run"][0], "mine"], office)
    assert code == 2, said
    assert "a folder that no run has left" in said
    assert (office / "mine" / "2025" / "letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", [name for name, (words, _) in OUTPUTS.items() if is_named(name, words)])
def test_no_name_is_no_output(office, name):
    before = sorted(path.name for path in office.iterdir())
    code, said = asked([*OUTPUTS[name][0], ""], office)
    holds(code, said)
    assert code == 2, said
    assert "found no name" in said
    assert sorted(path.name for path in office.iterdir()) == before


@pytest.mark.parametrize("name", [name for name, (_, written) in OUTPUTS.items() if written and name != "pdf"])
@pytest.mark.part(2)
def test_a_pipe_where_it_writes_of_itself(office, name):
    words, written = OUTPUTS[name]
    path = office / written
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    as_pipe(path)
    with patient(40):
        code, said = asked(words[:-1] if words[-1].startswith("-") else words, office)
    holds(code, said)
    assert code != 3, said


def everything_in(office):
    """What stands there, of a user's: not what is compiled, locked or kept to be made again."""
    left_out = ("__pycache__", ".locks", ".kept")
    found = (path for path in office.rglob("*") if path.is_file() and not any(one in path.parts for one in left_out))
    return {path: path.read_bytes() for path in found}


@contextmanager
def no_room():
    """Every file that is written meanwhile ends at its first byte, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# those that start other processes meet a disk that is read-only below
WRITE_ALONE = ["report", "catalogue", "tie", "proof", "restated", "write", "index", "new", "init", "from", "seal"]


@pytest.mark.part(3)
@pytest.mark.parametrize("name", WRITE_ALONE)
def test_nothing_is_lost_where_no_file_can_be_written(office, name):
    words, _ = OUTPUTS[name]
    if name == "from":
        (office / "papers" / "2025.md").unlink()
    elif name == "new":
        words = ["new", "2026", "--as-of", "2026-09-20", "--issued-on", "2026-10-01"]
    elif name == "write":
        words = [*words[:-1], "--to", "md", words[-1]]
    elif is_named(name, words) and name != "init":
        (office / "mine").write_bytes(b"")
    before = everything_in(office)
    with no_room(), patient(40):
        code, said = asked([*words, "mine"] if is_named(name, words) else words, office)
    holds(code, said)
    assert code == 3, said
    assert "a file larger than may be written. Hint:" in said
    named = {"index": "outputs", "seal": "datapackage.json", "from": "2025.md", "new": "2026.yml"}.get(name, "mine")
    assert named in said
    assert everything_in(office) == before


def bomb(office):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


def submitted(office, rows, merges=0):
    """The pupils of the demonstration, sent as a workbook."""
    package = office / "data/demo"
    lines = [line.split(",") for line in (package / "pupils.csv").read_text(encoding="utf-8").splitlines()]
    book = openpyxl.Workbook()
    for line in [*lines, *rows(lines)]:
        book.active.append(line)
    for at in range(merges):
        row, column = 20 + at // 200 * 2, 10 + at % 200 * 2
        book.active.merged_cells.ranges.add(CellRange(min_col=column, max_col=column + 1, min_row=row, max_row=row))
    (package / "sent").mkdir()
    book.save(package / "sent/a.xlsx")
    (package / "pupils.csv").unlink()
    (package / "sources.yml").write_text("pupils:\n  from: sent\n", encoding="utf-8")


def aliases_in_a_case(office):
    path = office / "params/2025.yml"
    path.write_text(path.read_text(encoding="utf-8") + bomb(office), encoding="utf-8")


def aliases_in_sources(office):
    (office / "data/demo/sources.yml").write_text(bomb(office), encoding="utf-8")


def aliases_in_corrections(office):
    (office / "data/demo/corrections.yml").write_text(bomb(office), encoding="utf-8")


def package_outside(office):
    path = office / "params/2025.yml"
    shutil.copytree(office / "data", office.parent / "outside")
    text = path.read_text(encoding="utf-8").replace('"data/demo"', '"../outside/demo"')
    path.write_text(text, encoding="utf-8")


def package_by_link(office):
    shutil.move(office / "data/demo", office.parent / "outside")
    (office / "data/demo").symlink_to(office.parent / "outside")


def merges(office):
    submitted(office, lambda lines: [["x"] * len(lines[0])] * 40, merges=20_000)


def long_cells(office):
    submitted(office, lambda lines: [["很长" * 15_000] * len(lines[0])] * 3)


# what reads no case or no package is not hindered by it, and what only lists says so in its list
INPUTS = [
    aliases_in_a_case, aliases_in_sources, aliases_in_corrections, package_outside, package_by_link, merges, long_cells,
]  # fmt: skip
OF_A_CASE = ("check", "figures", "run", "what-if", "tie", "write", "claims")


def hindered(office, command, attack):
    attack(office)
    with patient(40):
        started = time.process_time()
        code, said = asked(COMMANDS[command][0], office)
        took = time.process_time() - started
    holds(code, said)
    assert max(map(len, said.splitlines()), default=0) < LONGEST + 2_000
    assert took < SECONDS, f"{took:.0f} s"
    if command in OF_A_CASE:
        assert code == 2, said
        assert any(one in said for one in ("2025.yml", "sources.yml", "corrections.yml", "a.xlsx", "package")), said


# those of merges are held to their cost by test_submission_limits
@pytest.mark.part(3)
@pytest.mark.parametrize(
    "attack", [pytest.param(one, marks=[pytest.mark.thorough] * (one is merges)) for one in INPUTS]
)
def test_hostile_inputs(office, attack):
    hindered(office, "check", attack)


@pytest.mark.thorough
@pytest.mark.parametrize("attack", INPUTS)
@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "check"])
def test_hostile_inputs_of_each_command(office, command, attack):
    hindered(office, command, attack)


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
        # its CSV is data for whoever reads it: an escape would be another value
        assert said.isascii() or command == "claims"

    # what lab prints is said by JupyterLab's own process, which has taken the place of ours
    @pytest.mark.parametrize("command", [one for one in COMMANDS if one != "lab"])
    def test_a_full_output(self, office, command):
        code, said = self.asked(office, COMMANDS[command][0], before="exec >/dev/full;")
        holds(code, said)
        assert code != 0 or command in ("index", "new", "init", "seal", "report", "pdf"), said

    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_read_only_disk(self, office, name):
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here: unshare makes no mount namespace")
        words, before = OUTPUTS[name][0], everything_in(office)
        line = (
            f'mount --bind . . && mount -o remount,ro,bind . && cd . && exec {sys.executable} -m zt_analysis.cli "$@"'
        )
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", line, "zt", *words, *["mine"] * is_named(name, words)], cwd=office,
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        holds(done.returncode, said)
        assert everything_in(office) == before
        if name != "kept":  # what can be made again is not kept there
            assert done.returncode == 2, said
            assert all(one in said for one in ("found", "expected", "Hint:")), said

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
