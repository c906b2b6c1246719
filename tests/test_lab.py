"""``zt lab`` and what saving does there, asked of a real server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request

import lab_server
import psutil
import pytest
from commands import zt
from packages import ROOT

from zt_analysis.lab import launching

RUN = {"output_type": "stream", "name": "stdout", "text": "1\n"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """The project of ``zt init``, its case run, and a JupyterLab in Chinese on it."""
    folder = tmp_path_factory.mktemp("lab")
    assert zt("init", "brief", cwd=folder).returncode == 0
    root = folder / "brief"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(folder / "jupyter-data"))
        assert zt("run", "2025", cwd=root).returncode == 0
    (root / "explore").mkdir()
    with lab_server.running(root, variables={"LC_ALL": "zh_CN.UTF-8"}) as lab:
        yield root, lab


def executed(path):
    """The notebook at ``path`` as an editor holds it after its cells were run."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [RUN], "execution_count": 3}
    notebook["metadata"]["language_info"] |= {"version": "3.99", "pygments_lexer": "ipython3"}
    notebook["metadata"]["kernelspec"]["display_name"] = "Mine"
    return notebook


def saved(lab, path, content, kind="notebook"):
    return lab.ask(f"api/contents/{path}", "PUT", {"type": kind, "format": "json", "content": content})


@pytest.mark.thorough
class TestSaving:
    def test_outputs_of_the_house_stay_off_the_disk(self, begun):
        root, lab = begun
        path = root / "notebooks" / "brief.ipynb"
        before = path.read_bytes()
        for _ in range(2):  # as it was saved the first time, it is saved again
            status, _ = saved(lab, "notebooks/brief.ipynb", executed(path))
            assert status == 200
            assert path.read_bytes() == before
        changed = executed(path)
        changed["cells"][0]["source"] = "".join(changed["cells"][0]["source"]) + "\n\nA line more."
        saved(lab, "notebooks/brief.ipynb", changed)
        lines = set(path.read_text(encoding="utf-8").splitlines()) ^ set(before.decode().splitlines())
        assert any("A line more." in line for line in lines)
        assert len(lines) <= 5
        path.write_bytes(before)

    def test_ones_own_keep_theirs(self, begun):
        root, lab = begun
        content = executed(root / "notebooks" / "brief.ipynb")
        assert saved(lab, "explore/mine.ipynb", content)[0] == 201
        kept = json.loads((root / "explore" / "mine.ipynb").read_text(encoding="utf-8"))
        assert next(cell["outputs"] for cell in kept["cells"] if cell["cell_type"] == "code") != []

    def test_nothing_is_saved_among_what_was_published(self, begun):
        root, lab = begun
        path = root / "outputs" / "2025" / "brief.ipynb"
        before = path.read_bytes()
        content = json.loads(before)
        answers = [saved(lab, "outputs/2025/brief.ipynb", content), saved(lab, "outputs/new.ipynb", content)]
        answers.append(
            lab.ask("api/contents/outputs/note.txt", "PUT", {"type": "file", "format": "text", "content": "x"})
        )
        answers.append(lab.ask("api/contents/outputs/2025", "POST", {"type": "notebook"}))
        (root / "explore" / "way").symlink_to("../outputs")
        answers.append(saved(lab, "explore/way/2025/brief.ipynb", content))
        assert [status for status, _ in answers] == [403] * 5
        assert {
            "outputs/ 里是已发布的结果" in said["message"] and "explore/" in said["message"] for _, said in answers
        } == {True}
        assert path.read_bytes() == before
        assert not (root / "outputs" / "new.ipynb").exists()

    def test_checkpoints_are_at_the_top_and_restored_from_there(self, begun):
        root, lab = begun
        shutil.rmtree(root / ".ipynb_checkpoints", ignore_errors=True)
        assert lab.ask("api/contents/outputs/2025/brief.ipynb/checkpoints")[0] == 200
        mine, own = executed(root / "notebooks" / "brief.ipynb"), "explore/brief.ipynb"
        saved(lab, own, mine)
        _, made = lab.ask(f"api/contents/{own}/checkpoints", "POST")
        (root / own).write_text("{}", encoding="utf-8")
        lab.ask("api/contents/notebooks/brief.ipynb/checkpoints", "POST")  # of the same name, in another folder
        assert lab.ask(f"api/contents/{own}/checkpoints/{made['id']}", "POST")[0] == 204
        assert json.loads((root / own).read_text(encoding="utf-8"))["cells"][-1]["metadata"]
        folders = {path.parent.relative_to(root).as_posix() for path in root.rglob("*-checkpoint.ipynb")}
        assert folders == {".ipynb_checkpoints/explore", ".ipynb_checkpoints/notebooks"}
        assert zt("verify", "2025", cwd=root).returncode == 0

    def test_what_a_run_published_is_trusted(self, begun):
        _, lab = begun
        _, found = lab.ask("api/contents/outputs/2025/brief.ipynb?content=1")
        trusted = [cell["metadata"].get("trusted") for cell in found["content"]["cells"] if cell["cell_type"] == "code"]
        assert trusted
        assert all(trusted)


@pytest.mark.thorough
class TestServer:
    def test_opens_on_a_notebook_in_chinese(self, begun):
        _, lab = begun
        with urllib.request.urlopen(lab.page()) as answer:
            assert answer.url.partition("?")[0].endswith("/lab/tree/notebooks/brief.ipynb")
        _, settings = lab.ask("lab/api/settings/@jupyterlab/translation-extension:plugin")
        assert settings["schema"]["properties"]["locale"]["default"] == "zh_CN"
        _, settings = lab.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")
        asked = settings["schema"]["properties"]
        assert (asked["fetchNews"]["default"], asked["checkForUpdates"]["default"]) == ("false", False)
        _, words = lab.ask("lab/api/translations/zh_CN")
        assert words["data"]["jupyterlab"]["File Save Error for %1"]

    def test_tells_the_launcher_what_the_project_holds(self, begun):
        root, lab = begun
        broken = root / "notebooks" / "broken.ipynb"
        broken.write_text("{", encoding="utf-8")
        try:
            status, told = lab.ask("zt-analysis/project")
        finally:
            broken.unlink()
        assert (status, told["outputs"]) == (200, "outputs/")
        offered = [(one["path"], one["zh"], one["en"]) for one in told["entries"]]
        assert offered == [
            ("notebooks/brief.ipynb", "教育简报", "brief"), ("notebooks/broken.ipynb", "broken", "broken"),
            ("outputs/index.html", "核对报告目录", "Index of reports"),
            ("outputs/catalogue.html", "数据与数字目录", "Catalogue of tables and figures"),
        ]  # fmt: skip
        with urllib.request.urlopen(lab.page("lab")) as answer:
            assert '"name": "zt-analysis"' in answer.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://127.0.0.1:{lab.port}/zt-analysis/project")

    def test_killed_it_leaves_no_orphan(self, tmp_path):
        assert zt("init", "brief", cwd=tmp_path).returncode == 0
        with lab_server.running(tmp_path / "brief") as lab:
            assert psutil.Process(lab.process.pid).cmdline()[1:3] == ["-m", "jupyterlab"]
            lab.process.send_signal(signal.SIGKILL)
            lab.process.wait()
            with socket.socket() as one:
                one.settimeout(2)
                assert one.connect_ex(("127.0.0.1", lab.port)) != 0

    def test_taken_port_is_named_with_what_has_it(self, begun):
        root, lab = begun
        words = [sys.executable, *lab_server.ZT_LAB, "--no-browser", f"--port={lab.port}"]
        variables = os.environ | {"JUPYTER_RUNTIME_DIR": str(root.parent / "jupyter-runtime")}
        done = subprocess.run(words, cwd=root, env=variables, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 2
        assert f"option --port {lab.port}; found a port that is taken" in done.stderr
        assert f"a server of this project is there: http://localhost:{lab.port}/lab?token=" in done.stderr
        assert "Traceback" not in done.stderr

    def test_unknown_options_go_on(self, begun):
        root, _ = begun
        done = subprocess.run(
            [sys.executable, "-m", "zt_analysis.cli", "lab", "--no-browser", "--version"],
            cwd=root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0
        assert done.stdout[:1].isdigit()


def test_offers_what_lies_below_the_folder_that_a_server_shows(tmp_path):
    """A server of a folder within the project, of one above it, and of a project reached by a link."""
    assert zt("init", "brief", cwd=tmp_path).returncode == 0
    root = tmp_path / "brief"
    (tmp_path / "link").symlink_to(root)
    paths = {
        place: [one["path"] for one in launching.offered(tmp_path / place)["entries"]]
        for place in ("brief", "link", "brief/notebooks", "brief/data", ".")
    }
    assert paths == {
        "brief": ["notebooks/brief.ipynb"], "link": ["notebooks/brief.ipynb"], "brief/notebooks": ["brief.ipynb"],
        "brief/data": [], ".": [],
    }  # fmt: skip


def test_the_part_in_the_interface_has_the_version_of_the_rest():
    part = json.loads((ROOT / "zt_analysis/lab/labextensions/zt-analysis/package.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (part["name"], part["version"]) == (project["name"], project["version"])
