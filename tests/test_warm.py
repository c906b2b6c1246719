"""Warm kernels and batches: the same bytes as the stock engine, nothing shared, nothing left behind."""

import _thread
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import deque
from contextlib import ExitStack
from dataclasses import asdict
from importlib import import_module
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.manager import KernelManager
from packages import ROOT, copy_brief, shorten

from zt_analysis import runs, show
from zt_analysis.errors import NotebookError
from zt_analysis.notebooks import Engine, execute
from zt_analysis.notebooks.warm import kernel, provisioner
from zt_analysis.notebooks.warm.provisioner import WarmProvisioner
from zt_analysis.notebooks.warm.zygote import ForkError, Zygote
from zt_analysis.runs import ahead, batch, crew, worker
from zt_analysis.sources import kept_rows, open_package
from zt_analysis.sources.kept_rows import KEPT

WARM = Engine("warm")
# what fails unnoticed is waited for without end; a busy machine needs some seconds to notice
IN_GOOD_TIME = 40.0
OUTPUTS = ("report.html", "figures.csv", "figures.json", "figures.xlsx")
PRELOADING = """
import os, sys
from zt_analysis.notebooks.warm import kernel, process, server
os.environ.update(server.SINGLE_THREADED)
kernel.preload()
import zmq
print(process.thread_count(), zmq.Context._instance is not None, "matplotlib_inline.backend_inline" in sys.modules)
"""

# what a case of a batch still imports of ours, and of the largest libraries, is imported by each of its cases
LATER = """
import ast, os, sys
from pathlib import Path
from zt_analysis.notebooks.warm import kernel
from zt_analysis.runs import worker
{0}.preload()
before = set(sys.modules)
{1}
print(*sorted(one for one in set(sys.modules) - before if one.startswith(("zt_analysis.", "ruamel.", "openpyxl."))))
"""
AS_KERNEL = """
import json
from zt_analysis import params
space = params.load("2025", Path.cwd())
for cell in json.loads(Path("notebooks/brief.ipynb").read_bytes())["cells"][2:]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), space)
space["review"].ledger, space["review"]._repr_mimebundle_()
"""
AS_WORKER = """
engine = {"name": "stock", "timeout_seconds": None, "memory_limit_bytes": None}
done = worker.run_one("2025", {"root": os.getcwd(), "outputs": "", "engine": engine})
assert done["status"] != "failed", done
"""

LEARNING = """
import json, os, sys

def load():
    return lambda names: [__import__(name) for name in names]

def work(task):
    said = {"had": "colorsys" in sys.modules, "parent": os.getppid(), "imported_by": globals().get("PID")}
    task.stream.sendall(json.dumps(said).encode() + b"\\n")
    task.tell.send(b'["colorsys"]')
"""


def copy_case(project, name, **changes):
    """A copy of the shipped case under another name, claims and explanations included."""
    text = (project / "params/2018-11.yml").read_text(encoding="utf-8").replace('case: "2018-11"', f'case: "{name}"')
    for key, (before, after) in changes.items():
        assert f'{key}: "{before}"' in text
        text = text.replace(f'{key}: "{before}"', f'{key}: "{after}"')
    (project / f"params/{name}.yml").write_text(text, encoding="utf-8")
    for kind in ("claims", "explanations"):
        folder = project / "data/zhaotong-2018" / kind
        shutil.copy(folder / "2018-11.csv", folder / f"{name}.csv")


def contents(folder):
    """The bytes of a run's files; of its record, everything but times and origin."""
    record = json.loads((folder / "run.json").read_text("utf-8"))
    (notebook,) = folder.glob("*.ipynb")
    parts = {f"record, {name}": value for name, value in record.items() if name not in ("times", "origin")}
    return {name: (folder / name).read_bytes() for name in (*OUTPUTS, notebook.name)} | parts


def published(folder):
    """The files of an outputs folder; of its record, everything but times and origin."""
    record = json.loads((folder / "run.json").read_text("utf-8"))
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    del files["ro-crate-metadata.json"]  # says the same as the record
    return files | {"run.json": {**record, "times": None, "origin": None}}


def run_cells(folder, *sources, engine=WARM):
    """Execute a notebook of these cells in ``folder``; its code cells' printed text."""
    declared = nbformat.v4.new_code_cell('case: str = "x"', metadata={"tags": ["parameters"]})
    cells = [declared, *map(nbformat.v4.new_code_cell, sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "cells.ipynb")
    done = execute(folder / "cells.ipynb", {"case": "y"}, folder / "out.ipynb", cwd=folder, where="here", engine=engine)
    return ["".join(one.get("text", "") for one in cell.outputs) for cell in done.cells[2:]]


def settled(seconds=IN_GOOD_TIME):
    """Whether, before long, no process is left over below this one, dead or alive."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not kernels():
            return True
        time.sleep(0.05)
    return False


def kernels():
    """Processes below this one that are no fork server of their own."""
    servers = {one.pid for one in psutil.Process().children()}
    return [one for one in psutil.Process().children(recursive=True) if one.pid not in servers]


@pytest.mark.slow
class TestSameBytes:
    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("project", "case"), [("brief_once", "2025"), pytest.param("finished", "2018-11", marks=pytest.mark.thorough)]
    )
    def test_stock_and_warm_give_the_same_files(self, request, tmp_path, project, case):
        root = request.getfixturevalue(project)
        # typed, in processes of their own: in this one an office may have been imported from where no run begins, which
        # then counts for more than it may
        files = []
        for engine in ("stock", "warm"):
            words = ["run", case, "--engine", engine, "--output", str(tmp_path / engine)]
            command = [sys.executable, "-m", "zt_analysis.cli", *words]
            done = subprocess.run(command, cwd=root, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr
            files.append(contents(tmp_path / engine / case))
        stock, warm = files
        assert {
            name: (stock.get(name), warm.get(name)) for name in stock | warm if stock.get(name) != warm.get(name)
        } == {}

    def test_shipped_charts_are_there(self, finished):
        notebook = nbformat.read(finished / "outputs" / "2018-11" / "bulletin.ipynb", 4)
        found = [out.data for cell in notebook.cells for out in cell.get("outputs", []) if "data" in out]
        assert sum("image/svg+xml" in data for data in found) == 5

    @pytest.mark.thorough
    @pytest.mark.parametrize("engine", ["stock", "warm"])
    def test_pyplot_charts_are_there(self, tmp_path, engine):
        run_cells(tmp_path, "import matplotlib.pyplot as plt\nplt.plot([1, 2])", "plt.bar([1], [2]);", engine=engine)
        notebook = nbformat.read(tmp_path / "out.ipynb", 4)
        shown = [[out.get("data", {}).keys() for out in cell.outputs] for cell in notebook.cells[2:]]
        assert [sum("image/png" in keys for keys in outputs) for outputs in shown] == [1, 1]

    @pytest.mark.thorough
    def test_tables_streams_and_displays_are_the_same(self, tmp_path):
        cells = [
            "import pandas as pd\npd.DataFrame([range(30)])",
            "pd.get_option('display.max_columns')",
            "import sys\nprint('out')\nprint('err', file=sys.stderr)",
            "from IPython.display import display\nhandle = display('a', display_id='x')\nhandle.update('b')",
            "import os, logging\nos.system('echo from a child')\nlogging.warning('w')",
            "import sys\nprint(sys.path[0] == '', [name.rpartition('/')[2] for name in sys.argv[:2]], __name__)",
        ]
        found = []
        for engine in ("stock", "warm"):
            run_cells(tmp_path, *cells, engine=engine)
            found.append((tmp_path / "out.ipynb").read_bytes())
        assert found[0] == found[1]

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_one_worker_runs_a_b_a(self, project):
        copy_case(project, "2018-12", language=("zh", "en"), denominator=("school_age", "enrolled"))
        arguments = {"root": str(project), "outputs": str(project / "batch"), "engine": asdict(WARM)}
        seen = []
        with ExitStack() as open_things:
            arguments["kept"] = open_things.enter_context(TemporaryDirectory())
            hired = batch.Crew.hire(arguments, 1, open_things)
            for result in hired.work_off(deque(["2018-11", "2018-12", "2018-11"])):
                seen.append((result.case, contents(project / "batch" / result.case)))
        fresh = {
            case: contents(runs.run(case, project, outputs=project / "fresh", engine=WARM).folder)
            for case in ("2018-11", "2018-12")
        }
        assert [case for case, _ in seen] == ["2018-11", "2018-12", "2018-11"]
        assert [case for case, found in seen if found != fresh[case]] == []


@pytest.mark.slow
class TestIsolation:
    LEAVE = """
import os, random, sys
import numpy as np, pandas as pd, zt_analysis, matplotlib
zt_analysis.left = 1
os.environ["ZT_LEFT"] = "1"
pd.set_option("display.max_rows", 3)
matplotlib.rcParams["font.size"] = 99
os.chdir("/")
sys.path.append("/left")
print(os.getpid(), random.random(), np.random.rand(), os.getpgid(0) == os.getpid())
"""
    READ = """
import os, sys, numpy as np, pandas as pd, zt_analysis, matplotlib
print(hasattr(zt_analysis, "left"), "ZT_LEFT" in os.environ, pd.get_option("display.max_rows"),
      matplotlib.rcParams["font.size"], os.path.basename(os.getcwd()), "/left" in sys.path)
"""

    def test_nothing_is_left_for_the_next(self, tmp_path):
        first, second = (run_cells(tmp_path, self.LEAVE)[0].split() for _ in range(2))
        assert all(one != two for one, two in zip(first[:3], second[:3], strict=True))
        assert first[3] == second[3] == "True"
        assert run_cells(tmp_path, self.READ)[0].split() == ["False", "False", "60", "10.0", tmp_path.name, "False"]

    def test_environment_is_that_of_the_caller(self, tmp_path, monkeypatch):
        monkeypatch.setenv("ZT_GIVEN", "later than the first kernel")
        source = "import os\nprint(os.environ['ZT_GIVEN'], 'OPENBLAS_NUM_THREADS' in os.environ)"
        assert run_cells(tmp_path, source)[0] == "later than the first kernel False\n"

    def test_a_long_temporary_folder(self, tmp_path, monkeypatch):
        folder = tmp_path / ("long" * 25)
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        assert run_cells(tmp_path, "print(1 + 1)") == ["2\n"]
        assert list(folder.iterdir()) == []

    def test_no_process_is_left(self, tmp_path):
        run_cells(tmp_path, "import subprocess\nsubprocess.Popen(['sleep', '60'])")
        assert settled()


@pytest.mark.slow
class TestFailures:
    """Each in good time, each named, and the next notebook runs."""

    @pytest.fixture(autouse=True)
    def _next_one_runs(self, tmp_path):
        yield
        assert settled()
        assert run_cells(tmp_path, "print(1 + 1)") == ["2\n"]

    def fails(self, folder, source, message, *, engine=WARM):
        started = time.monotonic()
        with pytest.raises(NotebookError, match=message):
            run_cells(folder, source, engine=engine)
        assert time.monotonic() - started < IN_GOOD_TIME

    @pytest.mark.thorough
    def test_raising_cell(self, tmp_path):
        self.fails(tmp_path, "1 / 0", "cell 3; found ZeroDivisionError: division by zero")

    @pytest.mark.thorough
    def test_a_raising_cell_leaves_the_same_by_stock(self, tmp_path):
        self.fails(tmp_path, "1 / 0", "cell 3; found ZeroDivisionError: division by zero")
        warm = (tmp_path / "out.ipynb").read_bytes()
        with pytest.raises(NotebookError):
            run_cells(tmp_path, "1 / 0", engine="stock")
        assert (tmp_path / "out.ipynb").read_bytes() == warm

    @pytest.mark.thorough
    def test_exit(self, tmp_path):
        self.fails(tmp_path, "import os\nos._exit(3)", "the kernel died")

    def test_kill(self, tmp_path):
        self.fails(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "the kernel died")

    @pytest.mark.thorough
    def test_endless_loop(self, tmp_path):
        engine = Engine("warm", timeout_seconds=1)
        self.fails(tmp_path, "while True: pass", "CellTimeoutError", engine=engine)

    @pytest.mark.thorough
    def test_endless_loop_outside_python(self, tmp_path):
        source = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\ntime.sleep(60)"
        self.fails(tmp_path, source, "CellTimeoutError", engine=Engine("warm", timeout_seconds=1))

    @pytest.mark.thorough
    def test_memory_hog(self, tmp_path):
        engine = Engine("warm", memory_limit_bytes=2**30)
        self.fails(tmp_path, "kept = [bytearray(2**28) for _ in range(40)]", "MemoryError", engine=engine)


@pytest.mark.slow
class TestZygote:
    def preload(self, folder, lines):
        (folder / "preloaded.py").write_text(f"def load():\n    {lines}\n", encoding="utf-8")
        return Zygote.start("preloaded:load", cwd=folder)

    def test_refuses_with_a_second_thread(self, tmp_path):
        zygote = self.preload(
            tmp_path, "import threading, time; threading.Thread(target=time.sleep, args=[60]).start()"
        )
        with pytest.raises(ForkError, match="2 threads"):
            zygote.fork("os:getpid", {})
        zygote.close()

    def test_an_interrupt_in_the_first_instants_of_a_child_is_kept(self, tmp_path):
        """The process it comes from ignores interrupts, and it would until it listens."""
        # one long sleep would not hear an interrupt that comes just before it begins (one of 600)
        rest = "lambda task: [time.sleep(0.1) for _ in range(600)]"
        zygote = self.preload(tmp_path, f"import time; globals()['rest'] = {rest}")
        for _ in range(20):
            child = zygote.fork("preloaded:rest", {})
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=20) == 130
        zygote.close()

    @pytest.mark.thorough
    def test_kernel_is_then_started_cold(self, tmp_path, capfd, monkeypatch):
        zygote = self.preload(
            tmp_path, "import threading, time; threading.Thread(target=time.sleep, args=[60]).start()"
        )
        monkeypatch.setitem(provisioner._shared, os.getpid(), zygote)
        for _ in range(2):
            assert run_cells(tmp_path, "print(1 + 1)") == ["2\n"]
        zygote.close()
        assert capfd.readouterr().err.count("zt: kernel started cold: 2 threads") == 1

    def test_imports_that_fail_are_said(self, tmp_path):
        zygote = self.preload(tmp_path, "raise OSError('no such library')")
        with pytest.raises(ForkError, match=r"ended|gone"):
            zygote.fork("os:getpid", {})
        zygote.close()

    def test_another_python_environment_is_not_forked(self):
        with pytest.raises(ForkError, match="another PYTHONHASHSEED"):
            provisioner.shared_zygote().fork("os:getpid", {"env": os.environ | {"PYTHONHASHSEED": "1"}})

    def test_refuses_when_what_it_imported_has_changed(self, tmp_path):
        zygote = self.preload(tmp_path, "pass\n\ndef hold(task): pass")
        assert zygote.fork("preloaded:hold", {}).wait(IN_GOOD_TIME) == 0
        os.utime(tmp_path / "preloaded.py", (1, 1))
        with pytest.raises(ForkError, match=r"preloaded\.py has changed since it was imported"):
            zygote.fork("preloaded:hold", {})
        zygote.close()

    def test_children_end_with_it(self, tmp_path):
        zygote = self.preload(tmp_path, "pass\n\ndef hold(task): import time; time.sleep(60)")
        held, dropped, killed = (zygote.fork("preloaded:hold", {}) for _ in range(3))
        pids = [one.pid for one in (held, dropped, killed)]
        assert [one.poll() for one in (held, dropped, killed)] == [None, None, None]
        dropped.close()
        killed.kill()
        assert killed.wait(IN_GOOD_TIME) == -signal.SIGKILL
        zygote.close()
        assert held.wait(IN_GOOD_TIME) == -signal.SIGKILL
        assert settled()
        assert not [pid for pid in pids if psutil.pid_exists(pid)]

    def test_what_a_child_had_to_import_no_other_has_to(self, tmp_path):
        (tmp_path / "preloaded.py").write_text(LEARNING, encoding="utf-8")
        zygote = Zygote.start("preloaded:load", cwd=tmp_path)
        said = []
        for _ in range(3):
            child = zygote.fork("preloaded:work", {})
            child.wait_for("had", seconds=IN_GOOD_TIME)
            said.append(child.said["had"])
            child.wait(IN_GOOD_TIME)
        zygote.close()
        assert said == [False, True, True]

    def test_two_are_one_until_they_have_imported_what_they_share(self, tmp_path):
        once = "import os\ndef once():\n    global PID\n    PID = os.getpid()\n"
        (tmp_path / "preloaded.py").write_text(once + LEARNING, encoding="utf-8")
        pair = Zygote.start_two("preloaded:load", "preloaded:load", common="preloaded:once", cwd=tmp_path)
        told = []
        for zygote in pair:
            child = zygote.fork("preloaded:work", {})
            child.wait_for("had", seconds=IN_GOOD_TIME)
            told.append((child.said["imported_by"], child.said["parent"]))
        first, second = pair
        assert [imported for imported, _ in told] == [first.process.pid] * 2
        assert len({parent for _, parent in told}) == 2
        second.close()
        first.close()
        assert settled()

    @pytest.mark.parametrize("more", [[], ["--log-level=ERROR"]])
    def test_what_a_run_says_to_its_kernel_is_what_a_parser_reads(self, more):
        argv = ["-f", "/folder/kernel.json", *more]
        parsed, told = IPKernelApp(), IPKernelApp()
        parsed.parse_command_line(argv)
        kernel._configure(told, kernel.config_of(argv), argv)
        for name in ("argv", "cli_config", "config", "connection_file", "log_level", "extra_args"):
            assert getattr(told, name) == getattr(parsed, name), name

    @pytest.mark.parametrize(
        "argv", [[], ["-f"], ["-f", "-h"], ["-f", "a", "b"], ["-f", "a", "--log-level=ERROR", "b"]]
    )
    def test_any_other_words_are_for_the_parser(self, argv):
        assert kernel.config_of(argv) is None

    @pytest.mark.thorough
    def test_a_kernel_of_a_batch_finds_what_one_before_it_imported(self, tmp_path, monkeypatch):
        zygote = Zygote.start(ahead.KERNELS)
        monkeypatch.setitem(provisioner._shared, os.getpid(), zygote)
        told = [run_cells(tmp_path, "import sys; print('pandas' in sys.modules)\nimport pandas") for _ in range(2)]
        zygote.close()
        assert told == [["False\n"], ["True\n"]]

    @pytest.mark.thorough
    @pytest.mark.parametrize(("of", "case"), [("kernel", AS_KERNEL), ("worker", AS_WORKER)])
    def test_a_case_imports_nothing_that_its_batch_did_not(self, brief, of, case):
        script = LATER.format(of, case)
        done = subprocess.run([sys.executable, "-c", script], check=False, cwd=brief, capture_output=True, text=True)
        assert (done.stdout.split(), done.stderr) == ([], "")

    @pytest.mark.thorough
    def test_preloading_starts_no_thread(self):
        done = subprocess.run([sys.executable, "-c", PRELOADING], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["1", "False", "False"]
        assert done.stderr == ""


@pytest.mark.slow
class TestProvisioner:
    @pytest.fixture
    def manager(self):
        found = KernelManager(kernel_name="python3")
        found.provisioner = WarmProvisioner(kernel_id="", kernel_spec=found.kernel_spec, parent=found)
        found.start_kernel(extra_arguments=["--log-level=ERROR"])
        yield found
        if found.has_kernel:
            found.shutdown_kernel(now=True)

    def ask(self, manager, code, timeout=20):
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=timeout)
        reply = client.execute_interactive(code, timeout=timeout, output_hook=lambda _: None)
        client.stop_channels()
        return reply["content"]

    def test_entry_points_exist(self):
        groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
        for group, name in (("papermill.engine", "zt_warm"), ("jupyter_client.kernel_provisioners", "zt-warm")):
            module, _, attribute = groups[group][name].partition(":")
            assert getattr(import_module(module), attribute)

    @pytest.mark.thorough
    def test_interrupt_restart_and_polite_shutdown(self, manager):
        timer = threading.Timer(2.0, manager.interrupt_kernel)
        timer.start()
        assert self.ask(manager, "import time\ntime.sleep(60)")["ename"] == "KeyboardInterrupt"
        before = manager.provisioner.pid
        manager.restart_kernel()
        assert manager.provisioner.pid != before
        assert self.ask(manager, "1")["status"] == "ok"
        manager.shutdown_wait_time = 4 * IN_GOOD_TIME  # after which it would be killed
        started = time.monotonic()
        manager.shutdown_kernel()
        assert time.monotonic() - started < IN_GOOD_TIME
        assert settled()

    def test_death_is_told(self, manager):
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        deadline = time.monotonic() + IN_GOOD_TIME
        while manager.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not manager.is_alive()


def test_a_log_gets_one_line_a_case_and_the_counts(capsys):
    found = [batch.Result("a", "agrees", 0, 1.26), batch.Result("b", "failed", 3, 0.5, "notebook b; found x. Hint: y")]
    assert list(show.progress(iter(found), 3)) == found
    assert capsys.readouterr().err == "[1/3] a: agrees, 1.3 s\n[2/3] b: failed, 0.5 s\n"
    show.summary(batch.in_order(["a", "b", "c"], found))
    assert capsys.readouterr().out == (
        "b: notebook b; found x. Hint: y\n3 cases: 1 agrees, 1 failed, 1 not run; 0 unchanged and left as they are\n"
    )


def failing(project, case):
    path = project / f"params/{case}.yml"
    path.write_text(path.read_text("utf-8").replace("base_on:", "base_off:"), encoding="utf-8")


class TestRowsVerifiedAhead:
    """Once for all cases of a batch, before its kernels open them."""

    def verify(self, project, kept, monkeypatch, *cases):
        monkeypatch.setenv(KEPT, "")  # put back afterwards, as is where temporary files go
        monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
        kept.mkdir()
        arguments = {"root": str(project), "cases": cases, "kept": str(kept)}
        worker.verify_rows(SimpleNamespace(arguments=arguments))
        return sorted(kept.glob("*.duckdb"))

    def test_a_kernel_verifies_nothing(self, brief, tmp_path, monkeypatch):
        copy_brief(brief, "2024")
        assert len(self.verify(brief, tmp_path / "kept", monkeypatch, "none", "2024", "2025")) == 1
        monkeypatch.setattr(kept_rows, "fill", None)
        assert open_package(brief / "data/demo").count("towns") > 1

    def test_rows_that_are_kept_are_known_and_those_of_another_file_are_not(self, brief, tmp_path, monkeypatch):
        arguments = {"root": str(brief), "cases": ["2025"], "kept": str(tmp_path / "kept")}
        ours, theirs = socket.socketpair()

        def said():
            worker.say_if_kept(SimpleNamespace(arguments=arguments, stream=theirs))
            return json.loads(ours.recv(99))["kept"]

        assert len(self.verify(brief, tmp_path / "kept", monkeypatch, "2025")) == 1
        assert said()
        path = brief / "data/demo/pupils.csv"
        path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines()[-1] + "\n", encoding="utf-8")
        assert not said()
        arguments["cases"] = ["none"]
        assert not said()

    @pytest.mark.thorough
    def test_a_batch_verifies_no_rows_that_are_kept(self, brief, monkeypatch):
        monkeypatch.setenv("ZT_KEPT_ROWS", "on")
        forked, fork = [], Zygote.fork
        monkeypatch.setattr(Zygote, "fork", lambda self, name, *given, **named: (
            forked.append(name), fork(self, name, *given, **named))[1])  # fmt: skip
        (brief / "data/demo/.kept").mkdir()
        for _ in range(2):
            assert [one.status for one in batch.run_all(["2025"], brief)] == ["agrees"]
        assert forked == [worker.ASK, worker.ROWS, worker.TASK, worker.ASK, worker.TASK]

    def test_what_is_wrong_is_for_its_case_to_tell(self, brief, tmp_path, monkeypatch, capfd):
        path = brief / "data/demo/pupils.csv"
        path.write_text(path.read_text("utf-8").replace(",t01,", ",t99,", 1), encoding="utf-8")
        assert self.verify(brief, tmp_path / "kept", monkeypatch, "2025") == []
        assert capfd.readouterr() == ("", "")

    def test_rows_that_name_persons_are_kept_in_no_file(self, brief, tmp_path, monkeypatch):
        path = brief / "data/demo/datapackage.json"
        content = json.loads(path.read_text("utf-8"))
        content["resources"][0]["schema"]["fields"][1]["personal"] = True
        path.write_text(json.dumps(content), encoding="utf-8")
        monkeypatch.setattr(kept_rows, "fill", None)
        assert self.verify(brief, tmp_path / "kept", monkeypatch, "2025") == []


@pytest.mark.slow
class TestBatch:
    """Of the small project that ``zt init`` begins: what is asked is of the batch, not of the rows."""

    @pytest.fixture
    def project(self, brief):
        shorten(brief)
        return brief

    @pytest.mark.thorough
    def test_all_cases_and_one_index(self, project):
        copy_brief(project, "2024")
        found = batch.run_all(["2024", "2025"], project, jobs=2)
        assert [(one.case, one.status) for one in found] == [("2024", "differs"), ("2025", "agrees")]
        assert batch.exit_code(found) == 1
        index = (project / "outputs/index.html").read_text("utf-8")
        assert "2025/report.html" in index
        assert "2024/report.html" in index
        assert sorted(path.name for path in (project / "outputs").glob("[!.]*")) == [
            "2024",
            "2025",
            "catalogue.html",
            "index.html",
        ]
        assert settled()

    @pytest.mark.thorough
    def test_stops_at_a_failure_unless_told_to_go_on(self, project):
        for case in ("2023", "2024"):
            copy_brief(project, case)
        failing(project, "2023")
        cases = ["2023", "2025", "2024"]
        stopped = batch.run_all(cases, project, jobs=1)
        assert [one.status for one in stopped] == ["failed", "not_run", "not_run"]
        assert "params/2023.yml, key 'base_off': unknown" in stopped[0].message
        assert batch.exit_code(stopped) == 2
        gone_on = batch.run_all(cases, project, jobs=2, keep_going=True)
        assert [one.status for one in gone_on] == ["failed", "agrees", "differs"]

    @pytest.mark.thorough
    def test_issues_read_those_before_them_whatever_the_jobs(self, project):
        """The first takes the longest, and is named last."""
        for case in ("2022", "2023", "2024"):
            copy_brief(project, case)
        notebook = nbformat.read(project / "notebooks/brief.ipynb", 4)
        source = "import time\ntime.sleep(4 if case == '2022' else 2 if case == '2023' else 0)"
        notebook.cells.insert(2, nbformat.v4.new_code_cell(source))
        nbformat.write(notebook, project / "notebooks/brief.ipynb")
        found = {}
        for jobs in (1, 3):
            done = batch.run_all(["2024", "2023", "2022"], project, outputs=project / f"jobs{jobs}", jobs=jobs)
            assert [(one.case, one.status) for one in done] == [(str(year), "differs") for year in (2024, 2023, 2022)]
            found[jobs] = {one.case: published(project / f"jobs{jobs}" / one.case) for one in done}
        assert [found[3][case]["run.json"]["since"]["case"] for case in ("2024", "2023")] == ["2023", "2022"]
        assert [found[3][case]["run.json"]["since"]["published"] for case in ("2024", "2023")] == [True, True]
        assert found[3] == found[1]

    @pytest.mark.thorough
    def test_a_failed_issue_is_not_waited_for(self, project):
        for case in ("2023", "2024"):
            copy_brief(project, case)
        failing(project, "2023")
        done = batch.run_all(["2024", "2023"], project, jobs=2, keep_going=True)
        assert [one.status for one in done] == ["differs", "failed"]

    def test_cases_are_taken_in_the_order_of_their_days_within_a_series(self):
        taken = batch._oldest_first(["w3", "x", "b2", "w1", "b1", "w2"], [["w1", "w2", "w3", "w4"], ["b1", "b2"]])
        assert taken == ["w1", "x", "b1", "w2", "b2", "w3"]

    @pytest.mark.thorough
    def test_a_changed_cell_between_two_cases_is_caught(self, project):
        copy_brief(project, "2024")
        path = project / "data/demo/pupils.csv"
        changed = path.read_text("utf-8").replace(",t01,", ",t99,", 1)
        messages = []
        for result in batch.run_each(["2024", "2025"], project, jobs=1):
            messages.append(result.message)
            path.write_text(changed, encoding="utf-8")
        assert messages[0] == ""
        assert "pupils.csv row" in messages[1]
        assert "found town_code = t99" in messages[1]
        fresh = batch.run_all(["2025"], project, engine="stock")
        assert fresh[0].message == messages[1]

    @pytest.mark.thorough
    def test_a_killed_worker_costs_its_case_only(self, project):
        copy_brief(project, "2024")
        notebook = nbformat.read(project / "notebooks/brief.ipynb", 4)
        source = "import os, psutil, pathlib\nmark = pathlib.Path('once')\n"
        source += "if not mark.exists(): mark.touch(); os.kill(int(pathlib.Path('worker').read_text()), 9)"
        notebook.cells.insert(4, nbformat.v4.new_code_cell(source))
        nbformat.write(notebook, project / "notebooks/brief.ipynb")
        found = []
        with ExitStack() as open_things:
            kept = open_things.enter_context(TemporaryDirectory())
            arguments = {"root": str(project), "outputs": "", "engine": asdict(WARM), "kept": kept}
            hired = batch.Crew.hire(arguments, 1, open_things)
            hired.add()
            (project / "worker").write_text(str(hired.workers[0].process.pid))
            found = list(hired.work_off(deque(["2025", "2024"])))
        assert [(one.case, one.status) for one in found] == [("2025", "failed"), ("2024", "differs")]
        assert "its worker process killed by SIGKILL" in found[0].message
        assert settled()

    @pytest.mark.thorough
    def test_without_fork_it_says_so_and_runs(self, project):
        # what Python itself imports for another system is there before
        script = "import sys, pathlib, urllib.request; from zt_analysis.runs import batch; sys.platform = 'darwin'\n"
        script += "print([one.status for one in batch.run_all(['2025'], pathlib.Path.cwd())])"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        assert done.stdout == "['agrees']\n"
        assert done.stderr == "zt: darwin has no safe fork: one case after another, with the stock engine\n"

    @pytest.mark.thorough
    def test_interrupt_leaves_what_was_there(self, project):
        kept = project / "outputs/2025/report.html"
        kept.parent.mkdir(parents=True)
        kept.write_text("the last good one")
        notebook = nbformat.read(project / "notebooks/brief.ipynb", 4)
        notebook.cells.insert(2, nbformat.v4.new_code_cell("import time\nopen('started', 'w')\ntime.sleep(60)"))
        nbformat.write(notebook, project / "notebooks/brief.ipynb")
        script = "import pathlib; from zt_analysis.runs import batch; batch.run_all(['2025'], pathlib.Path.cwd())"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen([sys.executable, "-c", script], env=environment, stderr=subprocess.DEVNULL)
        below = wait_for(project / "started", process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) != 0
        gone, alive = psutil.wait_procs(below, timeout=IN_GOOD_TIME)
        assert len(gone) >= 4
        assert alive == []
        assert kept.read_text() == "the last good one"
        assert [path.name for path in (project / "outputs").glob("[!.]*")] == ["2025"]

    @pytest.mark.thorough
    def test_interrupt_before_the_first_result_stops_the_workers(self, project, monkeypatch):
        """They have their first cases by then, and would publish them."""
        interrupt, sent = batch.Crew.interrupt, []
        monkeypatch.setattr(batch.Crew, "interrupt", lambda one: sent.append(len(one.workers)) or interrupt(one))
        monkeypatch.setattr(crew, "prepare", lambda: _thread.interrupt_main() or time.sleep(1))
        with pytest.raises(KeyboardInterrupt):
            batch.run_all(["2025"], project)
        assert sent == [1]
        assert settled()
        assert [path.name for path in (project / "outputs").glob("[!.]*")] == []


def wait_for(path, pid):
    """Wait for a file; the processes below ``pid`` by then."""
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return psutil.Process(pid).children(recursive=True)
