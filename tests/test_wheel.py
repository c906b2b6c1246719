"""The wheel alone, outside the repository: ``zt init``, a run, its tests, nbval, tie, numbers, lab."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile

import pytest
from packages import ROOT

pytestmark = pytest.mark.slow

BUILT_FROM = ("zt_analysis", "pyproject.toml", "README.md", "LICENSE")


def call(*words, cwd, env=None):
    return subprocess.run([str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built of what it is built from: nothing of it is written into the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(
            ROOT / name,
            folder / name,
            **({"ignore": shutil.ignore_patterns("__pycache__")} if copy is shutil.copytree else {}),
        )
    pip = (sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation", "-q", "-w", "dist")
    done = call(*pip, cwd=folder)
    assert done.returncode == 0, done.stderr
    (found,) = (folder / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def zt(wheel, tmp_path_factory):
    """``zt(words, ...)`` in an environment whose zt_analysis is the wheel's, with the locked packages of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    commands = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    done = call(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    site = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout.strip()
    # after its own packages: an editable install of this one is not seen, which only a site folder's own file declares
    with open(f"{site}/locked.pth", "w", encoding="utf-8") as file:
        file.write(sysconfig.get_path("purelib"))
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ZT_", "PYTHON", "VIRTUAL_ENV"))}
    env["PATH"] = os.pathsep.join([str(commands), env["PATH"]])

    def run(*words, module="zt_analysis.cli", project="x"):
        inside = folder / project
        return call(python, "-m", module, *words, cwd=inside if inside.exists() else folder, env=env)

    run.started = lambda *words: subprocess.Popen(  # not waited for
        [str(python), "-m", "zt_analysis.cli", *words], cwd=folder / "x", env=env, stderr=subprocess.DEVNULL
    )
    where = call(python, "-c", "import zt_analysis; print(zt_analysis.__file__)", cwd=folder, env=env).stdout.strip()
    assert where.startswith(str(folder)), where
    return run, folder


@pytest.mark.thorough
def test_the_template_is_in_the_wheel_whole(wheel):
    template = ROOT / "zt_analysis" / "cli" / "project_template"
    held = {name for name in zipfile.ZipFile(wheel).namelist() if "project_template" in name}
    files = [path for path in template.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert held == {path.relative_to(ROOT).as_posix() for path in files}
    assert len(held) == 22


@pytest.mark.thorough
def test_from_an_empty_folder_to_a_report(zt):
    run, folder = zt
    assert run("init", "x").returncode == 0
    done = run("run", "2025")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "可签发" in done.stdout.splitlines()
    assert (folder / "x" / "outputs" / "2025" / "report.html").stat().st_size > 50_000
    # the project's own tests are among what nbval runs
    done = run("--nbval", module="pytest")
    assert done.returncode == 0, done.stdout
    assert "outputs/2025/brief.ipynb: 5 cells with outputs compared" in done.stdout
    assert "9 passed" in done.stdout
    done = run("tie", "drafts/2025.txt", "--case", "2025", "--require", "100%")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tied 3; excused 1; unproven 0" in done.stdout
    assert run("numbers", "drafts/2025.txt", "--format", "csv").stdout.count("8880") == 2
    # any Jupyter server of this environment saves as zt lab does
    listed = run("list", module="jupyter_server.extension.serverextension")
    assert re.search(r"zt_analysis\.lab \S*enabled", listed.stdout), listed
    for word in ("disable", "enable"):
        done = run(word, "zt-analysis", module="jupyterlab.labextensions")
        assert done.returncode == 0, done.stderr
    listed = run("list", module="jupyterlab.labextensions")  # what jupyter labextension starts
    assert re.search(r"zt-analysis \S+ \S*enabled", listed.stdout + listed.stderr), listed
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = run.started("lab", "--no-browser", f"--port={port}", "--ServerApp.token=", "--allow-root")
    try:
        notebook = answer(lab, f"http://127.0.0.1:{port}/api/contents/notebooks/brief.ipynb?content=0")
    finally:
        lab.terminate()
    assert json.loads(notebook)["type"] == "notebook"
    assert lab.wait(30) in (0, 143)
    with pytest.raises(urllib.error.URLError):  # and the server ended with the command
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5)


def answer(process, address):
    """What a server answers once it is up."""
    for _ in range(300):
        assert process.poll() is None, f"ended with {process.returncode}"
        try:
            with urllib.request.urlopen(address, timeout=5) as found:
                return found.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}")


@pytest.mark.thorough
def test_from_a_table_to_a_report_that_says_nothing_was_compared(zt):
    run, folder = zt
    table = "海湾市统计表,,\n年份,区县,在校生人数\n2023年,东岸区,100\n2024年,东岸区,105\n合计,,205\n"
    (folder / "ugly.csv").write_bytes(table.encode("gbk"))
    done = run("init", folder / "y", "--from", folder / "ugly.csv", project="y")
    assert done.returncode == 0, done.stderr
    done = run("run", "2024", project="y")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "未核对" in done.stdout.splitlines()
    assert "105人" in (folder / "y/outputs/2024/report.html").read_text(encoding="utf-8")
    (folder / "y/draft.txt").write_text("2024年，全市在校生105人。", encoding="utf-8")
    done = run("claims", "draft.txt", "--case", "2024", project="y")
    (folder / "y/data/proposed/claims/2024.csv").write_text(done.stdout, encoding="utf-8")
    done = run("run", "2024", project="y")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "可签发" in done.stdout.splitlines()
