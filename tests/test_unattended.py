"""Runs that nobody watches: what is unchanged is left alone, what fails is told, and nothing is lost."""

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from commands import zt
from kills import kill_batches
from packages import REVIEWED, ROOT, copy_brief, shorten

from zt_analysis import runs
from zt_analysis.errors import KernelStartError, NotebookError
from zt_analysis.notebooks import execution
from zt_analysis.runs import batch, running, steps, timetable, worker
from zt_analysis.runs.due import Due
from zt_analysis.runs.publishing import draft, publish
from zt_analysis.runs.standing import unchanged
from zt_analysis.runs.verifying import schema_problems, verify
from zt_analysis.scratch import scratch
from zt_analysis.show import summary

CASES = ("2018-11", "2018-W44")
# how many cells of the bulletin's notebook there are up to its parameters
PARAMETERS = 2


def process(*words, cwd, code=ROOT, **options):
    """``zt`` in a process of its own, of the code at ``code``."""
    command = [sys.executable, "-m", "zt_analysis.cli", *words]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(code)},
        **options,
    )


def events(done):
    return [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]


@pytest.mark.slow
class TestUnchanged:
    def left(self, project, case):
        return unchanged(project, project / "outputs" / case) is not None

    @pytest.mark.thorough
    def test_second_run_does_nothing_and_says_so(self, ran):
        before = (ran / "outputs" / "2018-11" / "run.json").stat().st_mtime_ns
        done = process("run", *CASES, "--log-format", "json", cwd=ran)
        assert done.returncode == 0
        assert [one["unchanged"] for one in events(done) if one["event"] == "case"] == [True, True]
        assert (ran / "outputs" / "2018-11" / "run.json").stat().st_mtime_ns == before
        alone = zt("run", "2018-11", cwd=ran)
        assert "nothing has changed since its last run" in alone.stdout

    @pytest.mark.thorough
    def test_force_runs_again(self, ran):
        done = process("run", *CASES, "--force", "--log-format", "json", cwd=ran)
        assert [one["unchanged"] for one in events(done) if one["event"] == "case"] == [False, False]

    @pytest.mark.thorough
    def test_what_changes_runs_just_what_reads_it(self, ran):
        """Each change in turn, undone afterwards: file, what it says before and after, cases that stay."""
        package = ran / "data" / "zhaotong-2018"
        changes = [
            (package / "refusals.csv", "2018-04-12", "2018-04-13", {"2018-11"}),  # a table of the circular only
            (package / "enrolment.csv", "98112", "98113", set()),  # a table of both
            (package / "explanations" / "2018-11.csv", "2018-12-31", "2018-12-30", {"2018-W44"}),
            (ran / "params" / "2018-W44.yml", "final", "draft", {"2018-11"}),
            (ran / "params" / "2018-11.yml", "final", "draft", set()),  # the circular takes its dates
            (ran / "notebooks" / "weekly.ipynb", "Rates", "rates", {"2018-11"}),
        ]
        assert {case for case in CASES if self.left(ran, case)} == set(CASES)
        for path, before, after, stay in changes:
            text = path.read_text(encoding="utf-8")
            assert before in text, path
            path.write_text(text.replace(before, after, 1), encoding="utf-8")
            assert {case for case in CASES if self.left(ran, case)} == stay, path
            path.write_text(text, encoding="utf-8")

    def test_damaged_or_missing_output_runs_again(self, ran):
        report = ran / "outputs" / "2018-11" / "report.html"
        text = report.read_text(encoding="utf-8")
        report.write_text(text + " ", encoding="utf-8")
        assert not self.left(ran, "2018-11")
        report.unlink()
        assert not self.left(ran, "2018-11")

    def test_other_code_or_packages_run_again(self, ran):
        path = ran / "outputs" / "2018-11" / "run.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        for change in ({"python": "3.10.0"}, {"packages": {}}, {"code": {"version": "0", "sha256": "0"}}):
            path.write_text(json.dumps(record | change), encoding="utf-8")
            assert not self.left(ran, "2018-11")


@pytest.mark.slow
class TestFailures:
    @pytest.mark.thorough
    def test_hook_gets_the_record_and_the_others_go_on(self, brief):
        copy_brief(brief, "2024")
        bad = (brief / "params" / "2024.yml").read_text(encoding="utf-8").replace("2024-09-20", "2024-09-31")
        (brief / "params" / "2024.yml").write_text(bad, encoding="utf-8")
        (brief / "tell.sh").write_text("#!/bin/sh\ncat >> told.jsonl; echo >> told.jsonl\n", encoding="utf-8")
        (brief / "tell.sh").chmod(0o755)
        words = ["run", "--all", "--jobs", "2", "--keep-going", "--on-failure", "./tell.sh", "--log-format", "json"]
        done = process(*words, cwd=brief)
        assert done.returncode == 2
        (told,) = (json.loads(line) for line in (brief / "told.jsonl").read_text(encoding="utf-8").splitlines())
        assert (told["case"], told["status"], told["exit_code"]) == ("2024", "failed", 2)
        assert "2024-09-31" in told["error"]["message"]
        assert (brief / "outputs" / "2025" / "report.html").exists()

    @pytest.mark.thorough
    def test_a_hook_that_fails_is_said_and_changes_nothing(self, project):
        (project / "params" / "2018-11.yml").write_text("case: [", encoding="utf-8")
        done = zt("run", "2018-11", "--on-failure", "exit 7", cwd=project)
        assert done.returncode == 2
        assert "the failure hook ended with 7" in done.stderr

    def test_unknown_case_is_refused_before_anything_runs(self, project):
        done = zt("run", "2018-11", "2019-77", cwd=project)
        assert done.returncode == 2
        assert "2019-77" in done.stderr
        assert not (project / "outputs").exists()

    @pytest.mark.thorough
    def test_a_kernel_that_does_not_come_up_is_tried_again_and_counted(self, brief):
        """A kernel spec whose program dies twice before it becomes a kernel."""
        shorten(brief)
        spec = brief / "share" / "kernels" / "python3"
        spec.mkdir(parents=True)
        program = (
            "import os; n = len(open('starts').read()) if os.path.exists('starts') else 0; "
            "open('starts', 'a').write('x'); n < 2 and os._exit(9); "
            "from ipykernel.kernelapp import launch_new_instance as go; go()"
        )
        argv = [sys.executable, "-c", program, "-f", "{connection_file}"]
        (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "x", "language": "python"}))
        command = [sys.executable, "-m", "zt_analysis.cli", "run", "2025"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "JUPYTER_PATH": str(brief / "share")}
        done = subprocess.run(command, cwd=brief, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr[-2000:]
        assert (brief / "starts").read_text() == "xxx"
        record = json.loads((brief / "outputs" / "2025" / "run.json").read_text(encoding="utf-8"))
        assert record["attempts"] == 3

    def test_a_failing_cell_is_not_tried_again(self, brief):
        path = brief / "notebooks" / "brief.ipynb"
        notebook = nbformat.read(path, 4)
        notebook.cells[PARAMETERS:] = [nbformat.v4.new_code_cell("open('tries', 'a').write('x'); 1 / 0")]
        nbformat.write(notebook, path)
        with pytest.raises(NotebookError, match="ZeroDivisionError") as caught:
            runs.run("2025", brief, engine="warm")
        assert not isinstance(caught.value, KernelStartError)
        assert (brief / "tries").read_text() == "x"

    def test_only_a_start_counts_as_passing(self):
        never = execution._named(RuntimeError("Kernel died before replying to kernel_info"), ROOT / "x.ipynb")
        assert isinstance(never, KernelStartError)
        assert not isinstance(execution._named(RuntimeError("something else"), ROOT / "x.ipynb"), KernelStartError)
        assert steps.ATTEMPTS == 3


@pytest.mark.slow
class TestNothingIsLost:
    """Whatever stops a run, the last good outputs stand and verify, and the exit code says so."""

    @pytest.fixture
    def good(self, brief_once, tmp_path, monkeypatch):
        root = tmp_path / "brief"
        shutil.copytree(brief_once, root)
        monkeypatch.chdir(root)
        yield root
        assert verify(root / "outputs" / "2025", root).holds
        assert not [path.name for path in (root / "outputs").glob(".20*")]

    def edit(self, project, source, *, after=PARAMETERS):
        """Have ``source`` as the last cell, after those that ``after`` counts."""
        path = project / "notebooks" / "brief.ipynb"
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.read(path, 4)
        notebook.cells = [*notebook.cells[:after], nbformat.v4.new_code_cell(source)]
        nbformat.write(notebook, path)
        return lambda: path.write_text(before, encoding="utf-8")

    @pytest.mark.thorough
    def test_no_room_for_the_outputs(self, good):
        def little_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        done = process("run", "2025", "--force", cwd=good, preexec_fn=little_room)
        assert done.returncode in (2, 3)
        assert done.stderr.startswith("zt: ") or "zt: " in done.stderr
        assert "Traceback" not in done.stderr.split("zt: ")[-1]

    def test_kernel_that_hangs(self, good):
        undo = self.edit(good, "import time; time.sleep(600)")
        done = zt("run", "2025", "--timeout", "1", "--engine", "warm", cwd=good)
        undo()
        assert done.returncode == 3
        assert "CellTimeoutError" in done.stderr

    def test_kernel_that_dies(self, good):
        undo = self.edit(good, "import os; os._exit(1)")
        done = zt("run", "2025", "--engine", "warm", cwd=good)
        undo()
        assert done.returncode == 3
        assert "the kernel died" in done.stderr

    def test_kernel_that_eats_memory(self, good):
        undo = self.edit(good, "held = bytearray(6 * 10**9)")
        done = zt("run", "2025", "--memory-limit", "2000", cwd=good)
        undo()
        assert done.returncode == 3
        assert "MemoryError" in done.stderr

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("name", "engine"), [("claims/2025.csv", "stock"), ("towns.csv", "stock"), ("towns.csv", "warm")]
    )
    def test_what_changes_while_a_case_runs_is_refused(self, good, name, engine):
        """Its record would name what it did not read."""
        read = good / "data" / "demo" / name
        before = read.read_bytes()
        undo = self.edit(good, f"_ = open({str(read)!r}, 'a').write('\\n')", after=REVIEWED["brief"])
        done = process("run", "2025", "--engine", engine, cwd=good)
        undo()
        assert read.read_bytes() == before + b"\n"
        read.write_bytes(before)
        assert done.returncode == 2
        assert f"data/demo/{name}; found a change while the case ran" in done.stderr

    @pytest.mark.thorough
    @pytest.mark.parametrize("cases", [("2025", "2024"), ("2025",)])
    def test_code_that_changes_while_cases_run_is_refused(self, good, tmp_path_factory, cases):
        """Its processes have imported other code than the checksum in the record would say."""
        copy_brief(good, "2024")
        code = tmp_path_factory.mktemp("code")
        shutil.copytree(ROOT / "zt_analysis", code / "zt_analysis", ignore=shutil.ignore_patterns("__pycache__"))
        source = "import zt_analysis; _ = open(zt_analysis.__file__, 'a').write('# edited\\n')"
        undo = self.edit(good, source, after=REVIEWED["brief"])
        done = process("run", *cases, "--jobs", "1", "--keep-going", "--force", cwd=good, code=code)
        undo()
        assert (code / "zt_analysis" / "__init__.py").read_text(encoding="utf-8").count("# edited") == len(cases)
        assert done.returncode == 2
        said = done.stdout + done.stderr
        assert said.count("zt_analysis; found a change while the case ran") == len(cases)
        (good / "params" / "2024.yml").unlink()  # the good case would have another issue before it

    @pytest.fixture
    def no_cases(self, good):
        """A folder called like a file of parameters, and a file that names another case."""
        (good / "params" / "2023.yml").mkdir()
        (good / "params" / "2024.yml").write_text('case: "x"', encoding="utf-8")
        yield
        (good / "params" / "2023.yml").rmdir()
        (good / "params" / "2024.yml").unlink()

    def test_what_is_no_case_in_params_is_listed_with_the_others(self, good, no_cases):
        listed = zt("list", cwd=good)
        assert listed.returncode == 2
        assert "params/2024.yml, key 'case'; found 'x'" in listed.stdout + listed.stderr
        assert listed.stdout.count("unreadable; not run") == 2
        assert zt("run", "2023", cwd=good).returncode == 2

    @pytest.mark.thorough
    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_what_is_no_case_in_params_stops_no_other(self, good, no_cases, force):
        done, listed = zt("run", "--all", "--keep-going", *force, cwd=good), zt("list", cwd=good)
        for said in (done, listed):
            assert said.returncode == 2
            assert "params/2023.yml, which is no file; expected a file of parameters" in said.stdout + said.stderr
            assert "params/2024.yml, key 'case'; found 'x'" in said.stdout + said.stderr
        assert "3 cases: 1 agrees, 2 failed" in done.stdout
        assert listed.stdout.count("unreadable; not run") == 2

    def test_a_limit_that_no_kernel_keeps_is_refused(self, good):
        done = zt("run", "2025", "--memory-limit", "2000", "--engine", "stock", cwd=good)
        assert done.returncode == 2, "though nothing has changed and nothing would run"
        assert "needs --engine warm" in done.stderr


class TestPublishing:
    def fill(self, folder, text):
        (folder / "a.txt").write_text(text, encoding="utf-8")

    def test_one_folder_takes_the_place_of_the_other(self, tmp_path):
        for text in ("first", "second"):
            with draft(tmp_path, "case") as folder:
                self.fill(folder, text)
                (folder / "run.json").write_text("{}")
                publish(folder, tmp_path / "case")
            assert (tmp_path / "case" / "a.txt").read_text() == text
        assert sorted(path.name for path in tmp_path.iterdir()) == [".locks", "case"]

    def test_what_a_killed_run_moved_aside_is_put_back(self, tmp_path):
        (tmp_path / ".case.previous").mkdir()
        self.fill(tmp_path / ".case.previous", "last good")
        (tmp_path / ".case.4711").mkdir()
        with draft(tmp_path, "case"):
            assert (tmp_path / "case" / "a.txt").read_text() == "last good"
        assert sorted(path.name for path in tmp_path.iterdir()) == [".locks", "case"]

    def test_drafts_of_other_cases_are_left_alone(self, tmp_path):
        (tmp_path / ".case-2.4711").mkdir()
        with draft(tmp_path, "case"):
            pass
        assert (tmp_path / ".case-2.4711").exists()

    def test_second_run_of_a_case_waits_and_says_so(self, tmp_path, capfd):
        order = []

        def second():
            with draft(tmp_path, "case"):
                order.append("second")

        with draft(tmp_path, "case"):
            thread = threading.Thread(target=second)
            thread.start()
            time.sleep(0.3)
            order.append("first")
        thread.join(timeout=20)
        assert order == ["first", "second"]
        assert "another run of this case is under way" in capfd.readouterr().err

    @pytest.mark.thorough
    @pytest.mark.slow
    @pytest.mark.parametrize("changed", [False, True])
    def test_what_the_run_that_was_waited_for_has_left_is_not_made_again(
        self, brief_once, tmp_path_factory, monkeypatch, capfd, changed
    ):
        root = shutil.copytree(brief_once, tmp_path_factory.mktemp("twice") / "brief")
        monkeypatch.chdir(root)
        here, elsewhere = root / "outputs", root / "aside"
        (here / "2025").rename(elsewhere)  # what the other run will publish
        if changed:  # since that one began
            case = root / "params" / "2025.yml"
            case.write_text(case.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
        done = []
        with draft(here, "2025") as folder:
            thread = threading.Thread(target=lambda: done.append(batch.run_all(["2025"], root, jobs=1)))
            thread.start()
            said = ""
            while "under way" not in said:
                assert thread.is_alive()
                time.sleep(0.05)
                said += capfd.readouterr().err
            shutil.copytree(elsewhere, folder, dirs_exist_ok=True)
            publish(folder, here / "2025")
        thread.join(timeout=60)
        ((result,),) = done
        assert (result.status, result.unchanged) == ("agrees", not changed)
        assert unchanged(root, here / "2025")


@pytest.mark.thorough
@pytest.mark.slow
def test_kills_at_seeded_moments_lose_nothing(project):
    """A few of them here; fifty in a session of their own (nox -s kills)."""
    shorten(project)
    outcome = kill_batches(project, CASES, kills=4, seed=1)
    print(outcome)
    assert outcome["killed"] == 4
    assert (outcome["broken"], outcome["whole"]) == ([], 4 * len(CASES))
    assert process("run", *CASES, cwd=project).returncode == 0
    for case in CASES:
        folder = project / "outputs" / case
        assert verify(folder, project).holds
        assert schema_problems(json.loads((folder / "run.json").read_text(encoding="utf-8"))) == []
    assert not [path.name for path in (project / "outputs").glob(".*") if path.name != ".locks"]


class TestUnwritable:
    """A disk on which nothing can be written: each case says so itself, and the others go on."""

    @pytest.fixture
    def read_only(self, monkeypatch):
        def refuse(*given, **_):
            path = next((one for one in given if isinstance(one, Path) and one.suffix), "outputs/index.html")
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

        def at(module, name):
            monkeypatch.setattr(module, name, refuse)

        return at

    def test_an_index_that_cannot_be_written_takes_no_result_away(self, tmp_path, read_only):
        (tmp_path / "params").mkdir()
        read_only(batch, "build_index")
        read_only(worker, "run_one")
        found = batch.in_order(["2025"], batch.run_each([], tmp_path))
        assert [(one.case, one.status, one.exit_code) for one in found] == [
            ("2025", "not_run", 0), ("index.html", "failed", 2)
        ]  # fmt: skip
        assert found[1].message.startswith("outputs/index.html; found Read-only file system; expected a disk that can")

    def test_a_page_that_cannot_be_written_stops_no_other_case(self, tmp_path, read_only, monkeypatch):
        read_only(batch, "lay_page")
        record = {"status": "agrees", "exit_code": 0, "summary": {}}
        monkeypatch.setattr(batch, "unchanged", lambda *_: record)
        (found,) = batch.left_alone(["2025"], tmp_path, tmp_path).values()
        assert (found.status, found.exit_code) == ("failed", 2)

    def test_a_case_file_that_cannot_be_written_stops_no_other_case(self, tmp_path, read_only):
        read_only(timetable, "scaffold")
        one = Due("brief", "2026", date(2026, 10, 1), "2026", "no_case")
        todo, told = timetable.worked_out([one], tmp_path, tmp_path, print)
        assert todo == ()
        assert (told[0].case, told[0].exit_code) == ("2026", 2)

    def test_what_a_worker_is_refused_is_its_case_failed(self, tmp_path, read_only, capsys):
        read_only(running, "run")
        done = worker.run_one("2025", {"root": str(tmp_path), "outputs": "", "engine": {}})
        assert (done["status"], done["exit_code"]) == ("failed", 2)
        assert "Traceback" not in capsys.readouterr().err


class TestLeftUnderTheTemporaryFolder:
    def test_what_a_killed_process_left_goes_and_what_is_in_use_stays(self, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        (tmp_path / "mine").mkdir()
        (tmp_path / "zt.mine").symlink_to(tmp_path / "mine")
        (tmp_path / "zt.txt").write_text("mine", encoding="utf-8")
        with scratch() as used:
            left = Path(used).with_name("zt.killed")
            left.mkdir()
            (left / "rows.key").write_bytes(b"k")
            with scratch() as other:
                assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
                    ["mine", "zt.mine", "zt.txt", Path(used).name, Path(other).name]
                )
                assert Path(used).stat().st_mode & 0o077 == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "zt.mine", "zt.txt"]

    def test_a_process_that_was_killed_lets_go_of_its_folder(self, tmp_path):
        code = (
            "import os, signal\nfrom zt_analysis.scratch import scratch\n"
            "with scratch() as folder:\n"
            "    open(f'{folder}/rows.key', 'w').close()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        around = os.environ | {"TMPDIR": str(tmp_path)}
        subprocess.run([sys.executable, "-c", code], env=around, check=False)
        assert [path.name for path in tmp_path.glob("zt.*/rows.key")] == ["rows.key"]
        with mock.patch.object(tempfile, "tempdir", str(tmp_path)), scratch():
            assert not list(tmp_path.glob("zt.*/rows.key"))


def test_nothing_to_run_is_said(capsys):
    summary([])
    assert capsys.readouterr().out == "0 cases: nothing to run\n"
