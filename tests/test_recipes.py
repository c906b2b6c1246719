"""The recipes as far as no server is needed; ``nox -s recipes`` runs them under cron, systemd's checks and Airflow."""

import ast
import json
import os
import re
import shlex
import subprocess

import click
import pytest
from rehearsals import PLACE, RECIPES, WEEK_LATER, entry, install, left, moved, told, unit

from zt_analysis.cli import zt

FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
HOOK = RECIPES / "on_failure.sh"


def text_of(name):
    return (RECIPES / name).read_text(encoding="utf-8")


def accepted(words):
    """Whether ``zt`` takes these words: a command, its options, its arguments; nothing is run."""
    command = zt.commands[words[0]]
    command.make_context(words[0], list(words[1:]))
    return True


def zt_words(command):
    """What stands behind zt in a command line, without redirections."""
    words = shlex.split(command)
    (place,) = [number for number, word in enumerate(words) if word.endswith("/zt")]
    rest = words[place + 1 :]
    return rest[: rest.index(">>")] if ">>" in rest else rest


class TestCrontab:
    def test_one_entry_with_five_fields_within_bounds(self):
        fields, command = entry(text_of("crontab"))
        assert len(fields) == 5
        for field, (least, most) in zip(fields, FIELDS, strict=True):
            assert field == "*" or least <= int(field) <= most
        assert fields[4] == "5"  # the day after the counties' reports
        assert "%" not in command  # cron would end the line there

    def test_its_command_is_one_of_ours(self):
        _, command = entry(text_of("crontab"))
        assert accepted(zt_words(command))
        with pytest.raises(click.NoSuchOption):
            accepted(zt_words(command.replace("--keep-going", "--keep-walking")))

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_its_command_does_what_is_due_and_tells_what_is_not_there(self, project):
        """As cron would have the shell run it, on a day on which week 46 is due and has neither a file nor rows."""
        text = moved("crontab", install(project))
        log = project / "log.jsonl"
        done = subprocess.run(
            ["/bin/sh", "-c", entry(text)[1]], cwd="/", capture_output=True, text=True, check=False,
            env=os.environ | {
                "ZT_PROJECT": str(project), "ZT_LOG": str(log), "ZT_ON": WEEK_LATER,
                "ZT_FAILURES": str(project / "told.jsonl"),
            },
        )  # fmt: skip
        said = log.read_text(encoding="utf-8")
        assert done.returncode == 2, said
        assert left(project) == {"2018-11": "agrees", "2018-W46.failed": "failed"}
        (one,) = told(project / "told.jsonl")
        assert (one["case"], one["error"]["name"]) == ("2018-W46", "NoDataError")
        # each line of the log is an event, the hook's own words included
        events = [json.loads(line) for line in said.splitlines()]
        assert {"event": "day", "on": WEEK_LATER, "rehearsed": True}.items() <= events[0].items()
        assert [line["text"] for line in events if line["event"] == "output"] == [
            "zt 2018-W46: failed, exit code 2: " + one["error"]["message"].splitlines()[0]
        ]


class TestUnits:
    def test_the_service_runs_a_command_of_ours_in_the_project(self):
        service = unit(RECIPES / "zt-due.service")["Service"]
        assert accepted(zt_words(service["ExecStart"]))
        assert service["ExecStart"].startswith(f"{service['WorkingDirectory']}/.venv/bin/zt ")
        assert service["WorkingDirectory"] == PLACE
        assert service["Type"] == "oneshot"

    def test_the_timer_starts_it_and_makes_up_for_a_day_off(self):
        timer = unit(RECIPES / "zt-due.timer")["Timer"]
        assert (RECIPES / timer["Unit"]).exists()
        assert timer["OnCalendar"].startswith("Fri ")
        assert timer["Persistent"] == "true"

    def test_both_run_what_the_crontab_runs(self):
        _, command = entry(text_of("crontab"))
        assert zt_words(unit(RECIPES / "zt-due.service")["Service"]["ExecStart"]) == zt_words(command)


class TestAirflow:
    def calls(self):
        """The words of each call of ``zt`` in the DAG; what is not a literal becomes a case."""
        found = [node for node in ast.walk(ast.parse(text_of("airflow_dag.py"))) if isinstance(node, ast.Call)]
        named = [node for node in found if isinstance(node.func, ast.Name) and node.func.id == "zt"]
        return [[one.value if isinstance(one, ast.Constant) else "2018-11" for one in node.args] for node in named]

    def test_compiles_and_calls_commands_of_ours(self):
        calls = self.calls()
        assert sorted(words[0] for words in calls) == ["due", "new", "run", "verify"]
        assert all(accepted(words) for words in calls)

    def test_same_day_and_hour_as_the_crontab(self):
        fields, _ = entry(text_of("crontab"))
        assert f'schedule="{" ".join(fields)}"' in text_of("airflow_dag.py")

    def test_one_version_is_named(self):
        assert re.fullmatch(r"apache-airflow==3\.\d+\.\d+\n", text_of("requirements-airflow.txt"))


@pytest.mark.slow
class TestHook:
    def call(self, text, tmp_path, **settings):
        environment = os.environ | {"ZT_FAILURES": str(tmp_path / "kept.jsonl")} | settings
        return subprocess.run([HOOK], input=text, capture_output=True, text=True, check=False, env=environment)

    def test_keeps_the_record_and_says_one_line(self, tmp_path):
        records = [
            {"case": "2018-11", "status": "failed", "exit_code": 2, "error": {"message": "row 3: 失辍学\nmore"}},
            {"case": "2018-W45", "status": "differs", "exit_code": 1, "summary": {"verdicts": {"differs": 2}}},
        ]
        said = [self.call(json.dumps(record, ensure_ascii=False), tmp_path) for record in records]
        assert [one.returncode for one in said] == [0, 0]
        assert said[0].stderr == "zt 2018-11: failed, exit code 2: row 3: 失辍学\n"
        assert said[1].stderr == "zt 2018-W45: differs, exit code 1: verdicts {'differs': 2}\n"
        assert told(tmp_path / "kept.jsonl") == records

    def test_what_is_no_record_fails(self, tmp_path):
        assert self.call("not a record", tmp_path).returncode != 0
        assert told(tmp_path / "kept.jsonl") == []

    def test_mails_the_line(self, tmp_path):
        """To a mail program of the test's own, which keeps what it is given."""
        mail = tmp_path / "mail"
        mail.write_text('#!/bin/sh\n{ printf "%s|" "$@"; cat; } > "$MAILED"\n', encoding="utf-8")
        mail.chmod(0o755)
        record = json.dumps({"case": "2018-11", "status": "failed", "exit_code": 3, "error": {"message": "x"}})
        path = f"{tmp_path}:{os.environ['PATH']}"
        mailed = tmp_path / "mailed"
        self.call(record, tmp_path, PATH=path, MAILED=str(mailed), ZT_MAILTO="desk@example.org")
        said = "zt 2018-11: failed, exit code 3: x"
        assert mailed.read_text(encoding="utf-8") == f"-s|{said}|desk@example.org|{said}\n"


def test_every_recipe_is_told_of():
    """docs/scheduling.md names each file, and no file that is not there."""
    told_of = (RECIPES.parent / "docs" / "scheduling.md").read_text(encoding="utf-8")
    named = set(re.findall(r"recipes/([\w.-]+)", told_of))
    assert named == {path.name for path in RECIPES.iterdir() if path.is_file()}
