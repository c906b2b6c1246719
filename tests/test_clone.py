"""A clone hands out the committed bytes whatever git is told of line ends, so that checksums hold and scripts run."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from packages import ROOT


def git(*words, cwd=ROOT):
    return subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    if git("rev-parse", "--git-dir").returncode:
        pytest.skip("not a git checkout: nothing to clone")
    folder = tmp_path_factory.mktemp("clone") / "project"
    done = git("-c", "core.autocrlf=true", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.thorough
def test_no_file_has_other_line_ends_than_were_committed(clone):
    lines = [line.split() for line in git("ls-files", "--eol", cwd=clone).stdout.splitlines()]
    assert len(lines) > 300
    assert [line for line in lines if line[0].removeprefix("i/") != line[1].removeprefix("w/")] == []


def test_tables_and_outputs_have_their_checksums(clone):
    package = clone / "data" / "zhaotong-2018"
    resources = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    record = json.loads((clone / "outputs" / "2018-11" / "run.json").read_text("utf-8"))
    sums = {package / one["path"]: one["hash"].removeprefix("sha256:") for one in resources if one.get("hash")}
    sums |= {clone / "outputs" / "2018-11" / one["path"]: one["sha256"] for one in record["outputs"]}
    there = {path: sha256 for path, sha256 in sums.items() if path.is_file()}  # the page is built, not committed
    assert len(there) > 25
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in there} == there


def test_setup_runs(clone):
    """With the environment that it would make: what it does before and after is the shell's reading of it."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    with (clone / ".venv" / "installed").open("wb") as stamp:
        for name in ("requirements.lock", "pyproject.toml"):
            stamp.write((clone / name).read_bytes())
    shell = shutil.which("sh")
    done = subprocess.run([shell, "setup.sh"], cwd=clone, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple", "UV_NO_CACHE": "1", "UV_HTTP_RETRIES": "0"},
        {"UV_DEFAULT_INDEX": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"},
    ],
    ids=["with uv", "uv does not reach a registry", "no registry at all"],
)
def test_setup_makes_the_environment(settings, tmp_path):
    """Of a lock of two packages: what builds the project and what installs it."""
    for name in ("setup.sh", "pyproject.toml", "README.md", "LICENSE", "zt_analysis"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    two = re.findall(r"^(?:setuptools|uv)==.*\n(?: .*\n)+", lock, flags=re.MULTILINE)
    assert len(two) == 2
    (tmp_path / "requirements.lock").write_text("".join(two), "utf-8")
    done = subprocess.run(
        ["sh", "setup.sh"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHON": sys.executable, "PIP_RETRIES": "0", **settings},
    )  # fmt: skip
    # where uv is not shown the way to a registry, pip still is
    assert ("setup.sh: not with uv (above); with pip\n" in done.stderr) == bool(settings)
    is_made = "PIP_INDEX_URL" not in settings
    assert (done.returncode == 0, (tmp_path / ".venv" / "installed").exists()) == (is_made, is_made), done.stderr
    if is_made:
        asked = [
            tmp_path / ".venv" / "bin" / "python",
            "-c",
            "from importlib.metadata import version; version('zt-analysis')",
        ]
        assert subprocess.run(asked, cwd="/", check=False).returncode == 0
