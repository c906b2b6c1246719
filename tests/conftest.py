"""Fixtures, from the quickest: what a test proves on ``small`` it does not prove on ``ran``, nor by a run of its own.

``small``: a package of two tables. ``brief``: the project that ``zt init`` begins, which runs in a second;
``brief_once``: the same with its case run, once for the whole session, read only. ``project``: the shipped project
without outputs, to break. ``ran``: the same with three cases run, to break. ``finished``: that project once for the
whole session, read only. ``signed``, ``proven``: the same two with 2018-11 proven and signed as docs/runs.md prints it.
"""

import json
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import duckdb
import needed
import pytest
import sweeps
from commands import zt
from filelock import FileLock
from packages import RAN, ROOT, SHIPPED, SmallPackage, add_office, copy_example, link, refuse_to_write
from proofs import key_pair, printed, typed

from zt_analysis import runs
from zt_analysis.errors import ZtError
from zt_analysis.notebooks.warm import kernel, provisioner
from zt_analysis.notebooks.warm.zygote import ForkError, Zygote
from zt_analysis.runs import proving
from zt_analysis.runs.signing import Signer
from zt_analysis.sources import kept_rows, read_package

# loading the shipped tables, verifying and writing them takes as long as some ten openings
KEPT_FROM = 10


def pytest_configure():
    sys.addaudithook(refuse_to_write)
    # a machine's own settings are not those of the tests
    for name in ("ZT_PROJECT", "ZT_PACKAGES", "PYTHONUNBUFFERED"):
        os.environ.pop(name, None)
    # the shipped rows are kept once for all (below); those of a table that a test has changed are asked once
    os.environ["ZT_KEPT_ROWS"] = "read"
    # a shell starts what it puts in the background with interrupts ignored, and children inherit that
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


# they copy a project, open a package or have run a case
TAKING = {
    "begun", "brief", "brief_once", "drafts", "example", "finished", "issued_brief_once", "keeping", "papers",
    "project", "shipped", "small",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What a fixture takes, its tests take: ``nox -s quick`` leaves them out by these marks."""
    sweeps.leave_to_thorough(items)
    for item in items:
        if TAKING.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
        if needs := needed.of(item):
            item.add_marker(pytest.mark.needs(*needs))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Keep the shipped rows once, where there are enough tests to make up for it; by whichever process is first."""
    if len(session.items) < KEPT_FROM or session.config.option.collectonly:
        return
    if (base := _shared(session.config)) is None:
        _keep()
        return
    base.mkdir(parents=True, exist_ok=True)
    with FileLock(base / "kept.lock"):
        if not (base / "kept").exists():
            _keep()
            (base / "kept").touch()


def _keep():
    package = read_package(SHIPPED)
    names = tuple(name for name, table in package.tables.items() if table.role in ("table", "system"))
    os.environ["ZT_KEPT_ROWS"] = "on"
    with suppress(ZtError):  # a broken package is for the tests to tell
        kept_rows.ready(duckdb.connect(), package, names)
    os.environ["ZT_KEPT_ROWS"] = "read"


def _shared(config):
    """The folder that the processes of a session have in common, where there are several."""
    given = getattr(config, "workerinput", {}).get("workerid") and config.option.basetemp
    return Path(given).parent if given else None


@pytest.fixture(autouse=True, scope="session")
def forked_from_one():
    """Kernels of runs in this process are forked from one process that imports once, as those of a batch are.

    It stands in no project: the office of a test's own, imported there, has changed by the next test, and each kernel
    after it would start cold. ``zt run`` forks them from a part of itself, which a process with the threads of a test
    session may not (``test_forked_run`` starts it).
    """

    def shared():
        if os.getpid() not in provisioner._shared:
            provisioner.share(Zygote.start(kernel.PRELOAD, cwd=ROOT.parent))
        return provisioner._shared[os.getpid()]

    def forks():
        with suppress(ForkError):
            return bool(shared())
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provisioner, "shared_zygote", shared)
        patch.setattr(provisioner, "fork_from_here", forks)
        yield
    if started := provisioner._shared.pop(os.getpid(), None):
        started.close()


def pytest_runtest_setup(item):
    needed.require(needed.of(item))


def pytest_terminal_summary(terminalreporter):
    for line in needed.left_out(terminalreporter.getreports("skipped")):
        terminalreporter.write_line(line)


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return SmallPackage(tmp_path)


@pytest.fixture
def keeping(small, tmp_path_factory, monkeypatch):
    """The small package, kept beside itself though it is small, and a state folder of the test's own."""
    monkeypatch.setenv("ZT_KEPT_ROWS", "on")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr(kept_rows, "WORTH_BYTES", 0)
    return small.folder / kept_rows.FOLDER


@pytest.fixture
def example(tmp_path, monkeypatch):
    """A copy of the second office, and the working folder in it."""
    root = copy_example(tmp_path / "communique")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def brief(tmp_path, monkeypatch):
    """The project that ``zt init`` begins, whose case 2025 runs in a second, and the working folder in it."""
    root = tmp_path / "brief"
    assert zt("init", str(root), cwd=tmp_path).returncode == 0
    monkeypatch.chdir(root)
    return root


def copy_folder(folder, to):
    """A copy of ``folder``; rows that are kept in it, which nobody writes to, by link."""

    def copy(source, target):
        (link if kept_rows.FOLDER in Path(source).parts else shutil.copy2)(source, target)

    shutil.copytree(folder, to, symlinks=True, copy_function=copy, ignore=shutil.ignore_patterns("*.draft*", ".lock"))


def copy_project(folder):
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    copy_folder(SHIPPED, folder / "data" / SHIPPED.name)
    add_office(folder)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the shipped project's data, parameters and notebooks, and the working folder in it."""
    copy_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """``once(name, make)``: a folder that ``make(folder)`` filled, once for the whole session; read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def folder_of(name, make):
        root, draft = shared / name, shared / f"{name}.draft"
        with FileLock(shared / f"{name}.lock"):
            if not root.exists():
                shutil.rmtree(draft, ignore_errors=True)  # of a process that did not get through
                draft.mkdir()
                make(draft)
                draft.rename(root)
        return root

    return folder_of


@pytest.fixture(scope="session")
def brief_once(once):
    """The project that ``zt init`` begins, its case run; read only."""

    def make(folder):
        assert zt("init", str(folder / "brief"), cwd=folder).returncode == 0
        assert zt("run", "2025", "--engine", "warm", cwd=folder / "brief").returncode == 0

    return once("brief_ran", make) / "brief"


@pytest.fixture(scope="session")
def issued_brief_once(once):
    """That case, final and signed by two, one of whom has a character that no office font has; read only."""

    def make(folder):
        root = folder / "brief"
        assert zt("init", str(root), cwd=folder).returncode == 0
        path = root / "params" / "2025.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"draft"', '"final"'), encoding="utf-8")
        assert zt("run", "2025", "--engine", "warm", cwd=root).returncode == 0
        for role, by in (("maker", "李喆𠅤"), ("checker", "古丽·江")):
            proving.sign("2025", root, Signer(role, by), engine="warm")

    return once("issued brief", make) / "brief"


@pytest.fixture(scope="session")
def finished(once):
    """The shipped project with the cases of ``packages.RAN`` run, by forked kernels; read only."""

    def make(folder):
        copy_project(folder)
        # in this process, which has what forks their kernels: the workers of a batch import all that it has imported
        for case in RAN:
            assert runs.run(case, folder, engine="warm").exit_code == 0

    return once("finished", make)


@pytest.fixture
def ran(finished, tmp_path, monkeypatch):
    """A copy of ``finished``, and the working folder in it."""
    root = tmp_path / "project"
    copy_folder(finished, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="session")
def proven(finished):
    """``finished``, 2018-11 signed: its folder, what each printed command answered, and those left to a test.

    The maker signed with a key, the checker without; ``unsign`` and what follows it are left.
    """
    root, answers = finished.with_name("proven"), finished.with_name("proven.json")
    lines = printed("Proof afterwards")
    assert sum("zt unsign" in line for line in lines) == 1
    first = next(place for place, line in enumerate(lines) if "zt unsign" in line)
    with FileLock(root.with_suffix(".lock")):
        if not answers.exists():
            shutil.rmtree(root, ignore_errors=True)
            copy_folder(finished, root)
            key_pair(root, "other")
            found = [(line, *typed(line, root)) for line in lines[:first]]
            answers.write_text(json.dumps(found), encoding="utf-8")
    return root, json.loads(answers.read_text(encoding="utf-8")), lines[first:]


@pytest.fixture
def signed(proven, tmp_path, monkeypatch):
    """A copy of that project, and the working folder in it."""
    root = tmp_path / "project"
    copy_folder(proven[0], root)
    monkeypatch.chdir(root)
    return root
