"""From any folder: the project named by -C or ZT_PROJECT, and packages that lie out of it."""

import shutil
import sys

import nbformat
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient
from packages import ROOT

from zt_analysis import params
from zt_analysis.cli import main, zt
from zt_analysis.errors import InputError
from zt_analysis.project import find_root, refuse_outside

CASE = 'case: "2018-11"\npackage: "data"\n'


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def named(tmp_path):
    """A project of two cases, without rows."""
    folder = tmp_path / "office"
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def zt_says(capsys, monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["zt", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr()


@pytest.mark.parametrize("option", ["-C", "--project"])
def test_option_names_the_project(elsewhere, named, option):
    found = CliRunner().invoke(zt, [option, "../office", "list"])
    assert "2018-W45" in found.output
    with pytest.raises(InputError, match=r"no zt\.toml and no params/ folder"):
        find_root()  # the option is of one command, not of those after it


def test_environment_names_the_project_and_the_option_comes_first(elsewhere, named, monkeypatch, tmp_path):
    (tmp_path / "other" / "params").mkdir(parents=True)
    monkeypatch.setenv("ZT_PROJECT", str(tmp_path / "other"))
    assert "2018-W45" not in CliRunner().invoke(zt, ["list"]).output
    assert "2018-W45" in CliRunner().invoke(zt, ["-C", str(named), "list"]).output
    assert find_root() == tmp_path / "other"


@pytest.mark.parametrize(
    ("words", "environment", "message"),
    [
        (["-C", ".", "list"], "", "zt: option -C '.'; found no zt.toml and no params/ folder in it"),
        # a script whose variable is not set: not the folder that it stands in
        (["-C", "", "list"], "", "zt: option -C; found no name; expected the project's folder"),
        (["-C", "nowhere", "list"], "", "zt: option -C 'nowhere'; found no such folder; expected a checkout"),
        (["list"], "nowhere", "zt: environment variable ZT_PROJECT 'nowhere'; found no such folder"),
        (["list"], "", "Hint: run zt inside the project's folder, or name it: zt -C FOLDER, or ZT_PROJECT"),
    ],
)
def test_what_is_no_project_is_named(capsys, elsewhere, monkeypatch, words, environment, message):
    monkeypatch.setenv("ZT_PROJECT", environment)
    code, said = zt_says(capsys, monkeypatch, *words)
    assert code == 2
    assert message in said.err


@pytest.mark.thorough
@pytest.mark.slow
def test_a_notebook_copied_to_a_staging_folder_runs(small, elsewhere, monkeypatch):
    cells = ['package: str = "data"', 'import zt_analysis as zt\nzt.open_package(package).count("payments")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    monkeypatch.setenv("ZT_PROJECT", str(small.root))
    # as jupyter-scheduler does: a copy in a folder of its own, which is the kernel's working folder
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(elsewhere)}}).execute()
    assert notebook.cells[1].outputs[0]["data"]["text/plain"] == "2"


class TestPackages:
    @pytest.fixture
    def root(self, tmp_path, monkeypatch):
        monkeypatch.delenv("ZT_PACKAGES", raising=False)
        root = tmp_path / "office"
        (root / "params").mkdir(parents=True)
        (root / "data").mkdir()
        (tmp_path / "tables" / "2018").mkdir(parents=True)
        (root / "link").symlink_to(tmp_path / "tables")
        return root

    def load(self, root, package):
        (root / "params" / "2018-11.yml").write_text(f'case: "2018-11"\npackage: {package}\n', encoding="utf-8")
        return params.load("2018-11", root)["package"]

    @pytest.mark.parametrize("package", ["../tables/2018", "data/../../tables/2018", "link/2018", "{}/2018", "/", ".."])
    def test_outside_is_refused_until_the_environment_allows_it(self, root, tmp_path, monkeypatch, package):
        package = package.format(tmp_path / "tables")
        with pytest.raises(InputError, match=r"key 'package'; found .*, which leads out of the project.*ZT_PACKAGES"):
            self.load(root, package)
        monkeypatch.setenv("ZT_PACKAGES", f"{tmp_path / 'other'}:{tmp_path / 'tables'}")
        if "2018" in package:
            assert self.load(root, package) == package
        else:
            with pytest.raises(InputError, match="leads out"):
                self.load(root, package)

    @pytest.mark.parametrize("package", ["data", "data/zhaotong-2018", "./data/../data", "missing"])
    def test_inside_is_not(self, root, package):
        assert self.load(root, package) == package

    def test_no_path_at_all(self, root):
        with pytest.raises(InputError, match=r"key 'package'; found 'a\\x00b' \(.*embedded null"):
            self.load(root, r'"a\0b"')
        refuse_outside(5, root, "here")  # its type is told by the check of types
