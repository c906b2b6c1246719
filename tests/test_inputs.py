"""What a run stands on: read once, recorded with the checksum it had, refused when it changes meanwhile."""

import json
import os
import shutil
import threading
import time

import nbformat
import pytest
from filelock import FileLock
from packages import ROOT

import zt_analysis
from zt_analysis import contents, runs
from zt_analysis.errors import InputError, SourceError
from zt_analysis.runs import inputs, record
from zt_analysis.runs.case import read_case
from zt_analysis.runs.inputs import firm, inputs_of
from zt_analysis.runs.record import file_record
from zt_analysis.sources import loading, open_package

PACKAGE = "data/zhaotong-2018"
CHANGED = "found a change while the case ran; expected what a run reads to stay as it is"


@pytest.fixture
def ran(project):
    """The project and the ledgers of its two cases, as the shipped runs left them."""
    for case in ("2018-11", "2018-W45"):
        shutil.copytree(ROOT / "outputs" / case, project / "outputs" / case)
    return project


def of(case, root):
    return read_case(case, root)


def append(path):
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(before + b"\n")


class TestFirm:
    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("case", "name"),
        [
            ("2018-11", "params/2018-11.yml"),
            ("2018-11", "notebooks/bulletin.ipynb"),
            ("2018-11", f"{PACKAGE}/claims/2018-11.csv"),
            ("2018-11", f"{PACKAGE}/explanations/2018-11.csv"),
            ("2018-11", f"{PACKAGE}/datapackage.json"),
            ("2018-11", f"{PACKAGE}/corrections.yml"),
            ("2018-11", f"{PACKAGE}/sources.yml"),
            ("2018-W45", "params/2018-11.yml"),
            ("2018-W45", f"{PACKAGE}/claims/2018-11.csv"),
            ("2018-W45", f"{PACKAGE}/explanations/2018-W45.csv"),
        ],
    )
    def test_what_changes_or_comes_meanwhile_is_named(self, project, case, name):
        with pytest.raises(InputError, match=rf"^{name}; {CHANGED}"), firm(of(case, project)):
            append(project / name)

    def test_what_goes_meanwhile_is_named(self, project):
        name = f"{PACKAGE}/explanations/2018-11.csv"
        with pytest.raises(InputError, match=rf"^{name}; {CHANGED}"), firm(of("2018-11", project)):
            (project / name).unlink()

    @pytest.mark.needs("unreadable-file")
    @pytest.mark.parametrize("name", ["datapackage.json", "sources.yml", "explanations/2018-11.csv"])
    def test_what_cannot_be_read_has_not_changed(self, project, name):
        path = project / PACKAGE / name
        path.unlink(missing_ok=True)
        path.symlink_to("/proc/self/mem")
        with pytest.raises(InputError, match=f"^{PACKAGE}/{name}; found Input/output error; expected a file that can"):
            runs.run("2018-11", project, engine="warm")

    def test_what_it_does_not_read_may_change(self, project):
        with firm(of("2018-11", project)):
            append(project / "params" / "2018-W45.yml")
            append(project / PACKAGE / "explanations" / "2018-W45.csv")

    def test_parameters_read_before_the_file_was_written_are_refused(self, project):
        found = of("2018-11", project)
        path = project / "params" / "2018-11.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"final"', '"draft"'), encoding="utf-8")
        with pytest.raises(InputError, match=rf"^params/2018-11.yml; {CHANGED}"), firm(found):
            pass

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_parameters_written_while_another_run_is_waited_for_count(self, brief):
        path = brief / "params" / "2025.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count('edition: "draft"') == 1
        (brief / "outputs" / ".locks").mkdir(parents=True)
        held = threading.Event()

        def other():
            with FileLock(brief / "outputs" / ".locks" / "2025"):
                held.set()
                time.sleep(1)
                path.write_text(text.replace('edition: "draft"', 'edition: "final"'), encoding="utf-8")

        threading.Thread(target=other).start()
        assert held.wait(30)
        record = runs.run("2025", brief, engine="warm").record
        assert record["parameters"]["edition"] == "final"
        assert file_record(path, brief) in record["inputs"]

    def test_other_code_asks_for_a_new_process(self, project, monkeypatch):
        monkeypatch.setattr(inputs, "code_now", lambda: "0" * 64)
        with pytest.raises(InputError, match=r"^zt_analysis; found a change.*start the batch.*anew"), firm(
            of("2018-11", project)
        ):  # fmt: skip
            pass

    @pytest.mark.parametrize("settled", [0, contents.SETTLED_NS], ids=["read before", "just written"])
    def test_other_code_of_the_same_size_and_time_is_other_code(self, tmp_path, monkeypatch, settled):
        path = tmp_path / "below" / "a.py"
        path.parent.mkdir()
        path.write_text("A = 1\n")
        monkeypatch.setattr(zt_analysis, "__file__", str(tmp_path / "__init__.py"))
        monkeypatch.setattr(contents, "SETTLED_NS", settled)
        monkeypatch.setattr(record, "_READ", {})
        time.sleep(0.02)  # the clock of a file system ticks a hundred times a second or more
        then = [record.code_now(), record.code_now()]
        before = path.stat()
        path.write_text("A = 2\n")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        time.sleep(0.02)
        assert record.code_now() not in then
        path.unlink()
        assert record.code_now() not in then
        assert then[0] == then[1]

    @pytest.mark.part(3)
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            (f'package: "{PACKAGE}"\n', "", r"2018-W45\.yml, key 'package': missing"),
            (f'package: "{PACKAGE}"', "package:", r"2018-W45\.yml, key 'package': found None \(NoneType\)"),
            (f'package: "{PACKAGE}"', "package: 5", r"2018-W45\.yml, key 'package': found 5 \(int\)"),
            (f'package: "{PACKAGE}"', f'package: "{"d" * 5000}"', r"datapackage\.json; found File name too long"),
            ('bulletin: "2018-11"', "bulletin: 5", r"2018-W45\.yml, key 'bulletin': found 5 \(int\)"),
            ('bulletin: "2018-11"', 'bulletin: "2018-99"', r"case '2018-99'; found no params/2018-99\.yml"),
            ('bulletin: "2018-11"', f'bulletin: "{"9" * 5000}"', r"case '9+ ... 9+'; found no params/9+ ... 9+\.yml"),
            ('bulletin: "2018-11"', 'bulletin: "../params/2018-11"', r"case '\.\./params/2018-11'; found no params"),
        ],
    )
    def test_parameters_that_cannot_be_are_refused_in_words(self, project, old, new, message):
        path = project / "params" / "2018-W45.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(InputError, match=message):
            runs.run("2018-W45", project, engine="warm")

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            (["package"], "found no text package; expected case and package"),
            (["package", "case"], "found no text case and no text package"),
        ],
    )
    def test_a_notebook_says_what_is_run(self, project, lines, message):
        """One of a reader's own, without a parameter that a run stands on."""
        notebook = nbformat.read(project / "notebooks" / "bulletin.ipynb", 4)
        cell = notebook.cells[1]
        assert cell.metadata.tags == ["parameters"]
        cell.source = "\n".join(line for line in cell.source.splitlines() if line.split(":")[0] not in lines)
        nbformat.write(notebook, project / "notebooks" / "mine.ipynb")
        path = project / "params" / "2018-11.yml"
        path.write_text(path.read_text(encoding="utf-8").replace('"bulletin"', '"mine"'), encoding="utf-8")
        with pytest.raises(InputError, match=rf"^notebooks/mine\.ipynb, parameters cell; {message}"):
            runs.run("2018-11", project, engine="warm")


class TestInputs:
    def record(self, case, root):
        return inputs_of(runs.read_ledger(root / "outputs" / case), of(case, root))

    @pytest.mark.parametrize("case", ["2018-11", "2018-W45"])
    def test_each_file_with_its_checksum(self, ran, case):
        found = self.record(case, ran)
        assert found == [file_record(ran / one["path"], ran) for one in found]
        assert len(found) > 15

    @pytest.mark.part(3)
    @pytest.mark.parametrize("name", ["counties.csv", "aid_payments.parquet", "claims/2018-11.csv"])
    @pytest.mark.parametrize("change", [append, lambda path: path.unlink()])
    def test_a_file_that_is_not_the_one_loaded_is_refused(self, ran, name, change):
        change(ran / PACKAGE / name)
        with pytest.raises(InputError, match=rf"^{PACKAGE}/{name}; {CHANGED}"):
            self.record("2018-11", ran)

    def test_what_is_not_declared_is_held_as_well(self, ran):
        descriptor = ran / PACKAGE / "datapackage.json"
        content = json.loads(descriptor.read_text(encoding="utf-8"))
        claims = "claims/2018-11.csv"
        kept = [one for one in content["resources"] if one["path"] != claims]
        assert len(kept) == len(content["resources"]) - 1
        descriptor.write_text(json.dumps(content | {"resources": kept}), encoding="utf-8")
        ledger = runs.read_ledger(ran / "outputs" / "2018-11")
        (of_claims,) = [one for one in ledger["package"]["files"] if one["path"] == claims]
        of_claims["registered"] = False
        ledger["package"]["declared_by"][descriptor.name] = file_record(descriptor, ran)["sha256"]
        assert inputs_of(ledger, of("2018-11", ran))
        append(ran / PACKAGE / claims)
        with pytest.raises(InputError, match=rf"^{PACKAGE}/{claims}; {CHANGED}"):
            inputs_of(ledger, of("2018-11", ran))

    def test_a_table_that_goes_to_a_database_is_refused(self, ran):
        sources = ran / PACKAGE / "sources.yml"
        sources.write_text('schools:\n  from: "postgres://127.0.0.1/zt?schema=a"\n', encoding="utf-8")
        with pytest.raises(InputError, match=rf"^{PACKAGE}/sources.yml; {CHANGED}"):
            self.record("2018-11", ran)

    @pytest.mark.parametrize("name", ["datapackage.json", "sources.yml", "corrections.yml"])
    def test_what_declared_the_rows_for_an_instant_is_not_recorded(self, ran, name):
        """It was written before the run loaded them and restored before anybody looked again."""
        ledger = runs.read_ledger(ran / "outputs" / "2018-11")
        ledger["package"]["declared_by"][name] = "0" * 64
        with pytest.raises(InputError, match=rf"^{PACKAGE}/{name}; {CHANGED}"):
            inputs_of(ledger, of("2018-11", ran))

    def test_what_it_did_not_load_may_change(self, ran):
        before = self.record("2018-11", ran)
        append(ran / PACKAGE / "weekly_reports.csv")
        assert self.record("2018-11", ran) == before
        with pytest.raises(InputError, match=rf"^{PACKAGE}/weekly_reports.csv; {CHANGED}"):
            self.record("2018-W45", ran)


def test_a_file_that_is_written_while_it_is_loaded_is_refused(small, monkeypatch):
    """Its checksum is taken first, and has to be that of the rows."""
    load_declared = loading._load_declared

    def slow(connection, table):
        load_declared(connection, table)
        append(table.path)

    monkeypatch.setattr(loading, "_load_declared", slow)
    with pytest.raises(SourceError, match=r"counties\.csv.*found a change since their checksum was taken"):
        open_package("data")


@pytest.mark.thorough
class TestBulletinOfACircular:
    def write(self, root, old, new):
        path = root / "params" / "2018-11.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_another_package_is_refused(self, project):
        """Its numbers are those of other rows, and a change of them would go unseen."""
        shutil.copytree(project / PACKAGE, project / "data" / "other")
        self.write(project, f'package: "{PACKAGE}"', 'package: "data/other"')
        with pytest.raises(InputError, match=r"parameter 'bulletin'; found 2018-11, of package data/other"):
            runs.run("2018-W45", project, engine="warm")

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_the_same_package_may_be_written_in_another_way(self, project):
        self.write(project, f'package: "{PACKAGE}"', f'package: "./{PACKAGE}/"')
        assert runs.run("2018-W45", project, engine="warm").exit_code == 0

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            (
                f'package: "{PACKAGE}"\n',
                "",
                r"params/2018-11.yml, key 'package': missing; expected case \(str\), package",
            ),
            ('case: "2018-11"', 'case: "2018-11"\nwek: 1', "params/2018-11.yml, key 'wek': unknown; expected case"),
            (f'package: "{PACKAGE}"', "package: 5", "params/2018-11.yml, key 'package': found 5; expected case"),
            (f'package: "{PACKAGE}"', "package:", "params/2018-11.yml, key 'package': found None; expected case"),
        ],
    )
    @pytest.mark.part(2)
    def test_parameters_that_an_issue_does_not_have_are_named(self, project, old, new, message):
        self.write(project, old, new)
        with pytest.raises(InputError, match=message):
            runs.run("2018-W45", project, engine="warm")
