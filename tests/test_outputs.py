"""What stands in a case's folder: what fails verify, what it tells as a note, and who else has to judge the same."""

import json
import os
import shutil
import subprocess

import nbformat
import pytest

from zt_analysis import runs
from zt_analysis.cli import zt
from zt_analysis.runs.due import due
from zt_analysis.runs.outputs import DROPPINGS, content_sha256, output_record
from zt_analysis.runs.record import origin, read_record
from zt_analysis.runs.verifying import schema_problems, verify

CASE = "2018-11"


@pytest.fixture
def folder(ran):
    return ran / "outputs" / CASE


def problems(folder):
    return [name for name, *_ in verify(folder, folder.parent.parent).problems]


def notes(folder):
    """The notes of a case that verifies."""
    found = verify(folder, folder.parent.parent)
    assert found.problems == ()
    return "\n".join(found.notes)


class TestFilesThatFail:
    @pytest.mark.parametrize("name", ["report.html", "figures.csv", "run.json", "ro-crate-metadata.json"])
    @pytest.mark.part(2)
    def test_a_symbolic_link(self, folder, name):
        """To a file with the very bytes: what it leads to can change afterwards."""
        shutil.move(folder / name, folder.parent / name)
        (folder / name).symlink_to(folder.parent / name)
        assert any(name in one for one in problems(folder))

    def test_a_folder_that_is_one(self, folder):
        folder.rename(folder.with_name("elsewhere"))
        folder.symlink_to(folder.with_name("elsewhere"))
        assert problems(folder) == [CASE]

    def test_a_pipe_is_told_and_not_waited_for(self, folder):
        (folder / "figures.csv").unlink()
        os.mkfifo(folder / "figures.csv")
        assert problems(folder) == ["output figures.csv"]

    @pytest.mark.parametrize(
        "name", ["extra.txt", "report2.html", ".hidden", "report.html.bak", "figures~.csv", "x.pdf"]
    )
    @pytest.mark.part(2)
    def test_a_file_too_many(self, folder, name):
        (folder / name).write_text("x")
        assert problems(folder) == [f"output {name}"]

    def test_a_folder_or_a_link_with_the_name_of_a_dropping(self, folder):
        (folder / "notes~").mkdir()
        (folder / ".ipynb_checkpoints").symlink_to(folder.parent)
        (folder / "report.pdf").symlink_to(folder / "report.html")
        assert problems(folder) == ["output .ipynb_checkpoints", "output notes~", "output report.pdf"]


class TestNotes:
    def test_what_editors_leave(self, folder):
        (folder / ".ipynb_checkpoints").mkdir()
        (folder / ".ipynb_checkpoints" / "bulletin-checkpoint.ipynb").write_text("{}")
        names = [".DS_Store", "._report.html", "Thumbs.db", "desktop.ini", "report.html~", ".report.html.swp"]
        for name in [*names, "#report.html#", "~$figures.xlsx", ".~lock.figures.csv#"]:
            (folder / name).write_text("x")
        assert notes(folder).count("was left by an editor") == len(DROPPINGS) + 1 == 10

    def test_a_pdf_is_never_proven(self, folder):
        (folder / "report.pdf").write_bytes(b"%PDF-1.7 anything")
        assert "report.pdf is not proven" in notes(folder)
        assert runs.unchanged(folder.parent.parent, folder)


class TestSavedAgain:
    """By the server that JupyterLab saves with, after what a browser does to JSON."""

    def saved(self, folder, change=None):
        from jupyter_server.services.contents.largefilemanager import LargeFileManager

        manager = LargeFileManager(root_dir=str(folder))
        content = json.loads(json.dumps(manager.get("bulletin.ipynb")["content"]), parse_float=self.as_browsers_write)
        content["metadata"]["kernelspec"]["display_name"] = "Python 3 (another)"
        content["metadata"]["language_info"]["version"] = "3.13.1"
        for cell in content["cells"]:
            cell["metadata"]["trusted"] = True
        if change:
            change(content)
        manager.save({"type": "notebook", "format": "json", "content": content}, "bulletin.ipynb")

    def as_browsers_write(self, text):
        return int(float(text)) if float(text).is_integer() else float(text)

    def test_without_a_change_it_holds_and_is_told(self, folder):
        before = (folder / "bulletin.ipynb").read_bytes()
        self.saved(folder)
        assert (folder / "bulletin.ipynb").read_bytes() != before
        assert "bulletin.ipynb was saved again by an editor" in notes(folder)
        assert runs.unchanged(folder.parent.parent, folder)

    def test_another_layout_and_no_last_line_end(self, folder):
        path = folder / "bulletin.ipynb"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
        assert "saved again" in notes(folder)

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: one["cells"][-1].update(source="print(1)"),
            lambda one: one["cells"].pop(),
            lambda one: one["cells"].reverse(),
            lambda one: one["cells"][0].update(id="another"),
            lambda one: one["cells"][0]["metadata"].update(tags=["hide"]),
            lambda one: next(cell for cell in one["cells"] if cell.get("outputs"))["outputs"].pop(),
            lambda one: next(cell for cell in one["cells"] if cell.get("outputs")).update(execution_count=99),
            lambda one: one["metadata"]["papermill"]["parameters"].update(case="2018-12"),
        ],
    )
    @pytest.mark.part(6)
    def test_with_a_change_it_fails(self, folder, change):
        self.saved(folder, change)
        assert problems(folder) == ["output bulletin.ipynb"]

    def test_every_number_of_the_ledger_counts(self, folder):
        path = folder / "bulletin.ipynb"
        text = path.read_text(encoding="utf-8")
        assert text.count('"1915"') > 0
        path.write_text(text.replace('"1915"', '"1915.0"', 1), encoding="utf-8")
        assert problems(folder) == ["output bulletin.ipynb"]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('"cells": [', '"cells": [], "cells": ['),  # two readers would see two notebooks
            ('"nbformat": 4', '"nbformat": 4, "more": NaN'),
            ('"nbformat": 4', '"nbformat": 3'),
            ('"metadata": {', '"metadata": {"signature": "x", '),
        ],
    )
    def test_what_two_readers_could_read_in_two_ways(self, folder, before, after):
        path = folder / "bulletin.ipynb"
        text = path.read_text(encoding="utf-8")
        place = text.rindex(before) if "nbformat" in before else text.index(before)
        path.write_text(text[:place] + after + text[place + len(before) :], encoding="utf-8")
        assert problems(folder) == ["output bulletin.ipynb"]

    def test_texts_as_lines_or_whole(self):
        cell = nbformat.v4.new_code_cell("a = 1\nb = 2", outputs=[nbformat.v4.new_output("stream", text="x\ny\n")])
        notebook = nbformat.v4.new_notebook(cells=[cell])
        whole = json.dumps(notebook).encode()
        assert content_sha256(whole) == content_sha256(nbformat.writes(notebook).encode())
        assert content_sha256(whole) != content_sha256(whole.replace(b"b = 2", b"b = 3"))

    def test_only_notebooks_have_a_content(self, folder):
        assert {path.name for path in folder.iterdir() if "content_sha256" in output_record(path, folder)} == {
            "bulletin.ipynb"
        }


class TestClone:
    def git(self, folder, *words):
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()

    @pytest.fixture
    def clone(self, ran, tmp_path, monkeypatch):
        """Of the project with its outputs committed, as ours is: pages are left out."""
        (ran / ".gitignore").write_text("outputs/**/*.html\noutputs/.*\n", encoding="utf-8")
        self.git(ran, "init", "-q")
        self.git(ran, "add", ".")
        self.git(ran, "commit", "-q", "-m", "outputs")
        self.git(tmp_path, "clone", "-q", str(ran), "clone")
        monkeypatch.chdir(tmp_path / "clone")
        return tmp_path / "clone"

    @pytest.mark.thorough
    def test_a_page_that_is_not_built_here(self, clone, capsys):
        """Verify, due and list say the same; running builds the recorded page without running the case."""
        from datetime import date

        folder = clone / "outputs" / CASE
        assert "report.html is not here: it is built, not committed" in notes(folder)
        found = {one.case: one for one in due(clone, date(2018, 11, 9))}
        assert (found[CASE].state, found[CASE].done) == ("agrees", True)
        assert "zt run 2018-11 builds it" in found[CASE].hint
        assert zt.main(["list"], standalone_mode=False) == 0
        assert "签发前须说明 (explain before signing); page not built" in capsys.readouterr().out
        assert zt.main(["run", CASE], standalone_mode=False) == 0
        assert "nothing has changed" in capsys.readouterr().out
        assert notes(folder) == ""

    def test_a_page_that_is_lost(self, ran, clone):
        """Without git to say that it is built, or with a notebook that gives another one."""
        shutil.rmtree(ran / ".git")
        (ran / "outputs" / CASE / "report.html").unlink()
        assert problems(ran / "outputs" / CASE) == ["output report.html"]
        path = clone / "outputs" / CASE / "bulletin.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace("1915", "1999"), encoding="utf-8")
        assert problems(clone / "outputs" / CASE) == ["output bulletin.ipynb", "output report.html"]

    @pytest.mark.thorough
    def test_the_record_names_commit_host_account_and_engine(self, clone):
        commit = self.git(clone, "rev-parse", "HEAD")
        found = origin(clone, "warm")
        assert (found["commit"], found["dirty"], found["engine"]) == (commit, False, "warm")
        assert found["host"]
        assert found["user"]
        (clone / "outputs" / CASE / "figures.csv").write_text("x")
        assert origin(clone, "warm")["dirty"] is False
        (clone / "params" / "new.yml").write_text("x")
        assert origin(clone, "warm")["dirty"] is True
        record = read_record(clone / "outputs" / CASE)
        assert (record["origin"]["commit"], record["origin"]["dirty"]) == (None, None)
        assert schema_problems(record | {"origin": found}) == []
        assert schema_problems(record | {"origin": found | {"more": 1}})


class TestList:
    @pytest.mark.parametrize(("ended", "said"), [("2999", "signing); failed"), ("2000", "signing) ")])
    def test_a_failure_counts_until_a_later_run_completes(self, ran, capsys, ended, said):
        failed = ran / "outputs" / f"{CASE}.failed"
        failed.mkdir()
        (failed / "run.json").write_text(json.dumps({"status": "failed", "times": {"ended": ended}}), encoding="utf-8")
        # a failure whose cause has gone does not count: here a parameter is not as it was
        path = ran / "params" / f"{CASE}.yml"
        path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        zt.main(["list"], standalone_mode=False)
        (line,) = (line for line in capsys.readouterr().out.splitlines() if f" {CASE} " in line)
        assert said in line
        assert ("failed" in line) == ("failed" in said)

    def test_no_other_output_names_host_or_account(self, ran):
        """The page and the crate go out; whose machine it was stays in the record."""
        folder = ran / "outputs" / CASE
        host = read_record(folder)["origin"]["host"]
        crate = (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")
        assert f'"{host}"' not in crate
        assert "origin" not in crate
