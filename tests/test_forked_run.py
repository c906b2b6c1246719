"""One case's kernel is forked from the process that runs it: both have its imports, and nothing else of it."""

import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import psutil
import pytest

IN_GOOD_TIME = 40.0
CELL = """
import json, os, sys, threading
above = int(open(f"/proc/{os.getppid()}/stat").read().split()[3])
told = {"ibis": "ibis" in sys.modules, "idle": [one for one in ("pandas", "numpy", "matplotlib") if one in sys.modules],
        "path": sys.path[0], "main": hasattr(sys.modules["__main__"], "OWN"),
        "stdin": os.readlink("/proc/self/fd/0"), "parents": [os.getppid(), above]}
print(json.dumps(told))
"""
# what the process does around the run must be done once, by itself
RUNS = """
import os, sys, threading
from pathlib import Path
OWN = True
if "thread" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
from zt_analysis.notebooks import Engine, execute
from zt_analysis.notebooks.warm import provisioner
import atexit
atexit.register(lambda: Path("ends").open("a").write("exit "))
forked = provisioner.fork_from_here()
print(forked, os.getpid(), provisioner.engine_at_hand(), flush=True)
try:
    if forked:
        execute(Path("in.ipynb"), {}, Path("out.ipynb"), cwd=Path.cwd(), where="here", engine=Engine("warm"))
finally:
    with open("ends", "a") as file:
        file.write("end ")
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks safely and has /proc"),
]


@pytest.fixture
def started(tmp_path):
    """A process that executes a notebook of one cell, with kernels forked from itself."""

    def start(cell, *words):
        parameters = nbformat.v4.new_code_cell("", metadata={"tags": ["parameters"]})
        notebook = nbformat.v4.new_notebook(cells=[parameters, nbformat.v4.new_code_cell(cell)])
        nbformat.write(notebook, tmp_path / "in.ipynb")
        (tmp_path / "runs.py").write_text(RUNS, encoding="utf-8")
        return subprocess.Popen([sys.executable, "runs.py", *words], cwd=tmp_path, stdout=subprocess.PIPE, text=True)

    return start


@pytest.mark.thorough
def test_the_kernel_is_a_fork_that_shares_only_imports(started, tmp_path):
    process = started(CELL)
    said = process.communicate(timeout=IN_GOOD_TIME)[0].split()
    assert process.returncode == 0
    assert (said[0], said[2]) == ("True", "warm")
    done = nbformat.read(tmp_path / "out.ipynb", 4)
    told = json.loads(done.cells[-1].outputs[0]["text"])
    assert (told["ibis"], told["idle"]) == (True, [])
    assert told["parents"][1] == int(said[1])
    assert (told["main"], told["stdin"]) == (False, "/dev/null")
    assert told["path"] != str(tmp_path)
    assert (tmp_path / "ends").read_text() == "end exit "
    assert not any(psutil.pid_exists(pid) for pid in told["parents"])


@pytest.mark.thorough
def test_a_chart_of_a_library_that_comes_in_later_is_shown(started, tmp_path):
    process = started("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('x');")
    process.communicate(timeout=IN_GOOD_TIME)
    assert process.returncode == 0
    done = nbformat.read(tmp_path / "out.ipynb", 4)
    assert any("image/png" in out.get("data", {}) for out in done.cells[-1].outputs)


@pytest.mark.thorough
def test_with_a_thread_nothing_is_forked(started):
    process = started(CELL, "thread")
    said = process.communicate(timeout=IN_GOOD_TIME)[0].split()
    assert (said[0], said[2]) == ("False", "stock")
    assert process.returncode == 0


@pytest.mark.thorough
def test_a_kernel_that_fails_undoes_nothing_of_the_run(started, tmp_path):
    process = started("import sys; sys.exit(3)")
    process.communicate(timeout=IN_GOOD_TIME)
    assert (tmp_path / "ends").read_text() == "end exit "


@pytest.mark.thorough
def test_all_of_it_ends_with_the_process(started, tmp_path):
    process = started("import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)")
    deadline = time.monotonic() + IN_GOOD_TIME
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert len(family) == 3
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert psutil.wait_procs(family, timeout=IN_GOOD_TIME)[1] == []
    process.stdout.close()
