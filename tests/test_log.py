"""A JSON log holds JSON lines and nothing else, whatever prints: hooks, libraries, children, errors."""

import json
import os
import subprocess
import sys
from unittest import mock

import pytest
from packages import ROOT

from zt_analysis.cli import main
from zt_analysis.show import log


def typed(capfd, *words):
    """The same of ``zt`` within this process, for what starts no other."""
    capfd.readouterr()
    with mock.patch.object(sys, "argv", ["zt", *words]), pytest.raises(SystemExit) as ended:
        main()
    said = capfd.readouterr()
    assert said.out == ""
    return ended.value.code, [json.loads(line) for line in said.err.splitlines()]


def zt(*words, cwd):
    """The exit code and every line of stderr as an event; nothing may be on stdout."""
    done = subprocess.run(
        [sys.executable, "-m", "zt_analysis.cli", *words], cwd=cwd, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == ""
    return done.returncode, [json.loads(line) for line in done.stderr.splitlines()]


def kinds(events):
    return [one["event"] for one in events]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "2018-99"), 2, "no params/2018-99.yml"),
        (("run",), 2, "name a case, or give --all or --due"),
        (("run", "--due", "--all"), 2, "--due takes no cases"),
        (("run", "--due", "--on", "2018-11-31"), 2, "2018-11-31"),
        (("run", "2018-11", "--memory-limit", "2000", "--engine", "stock"), 2, "--memory-limit needs"),
        (("run", "2018-11", "--revise", "late rows"), 2, "a case that is not issued"),
    ],
)
def test_what_is_refused_is_an_event(project, capfd, words, code, said):
    found, events = typed(capfd, *words, "--log-format", "json")
    assert (found, kinds(events), events[0]["exit_code"]) == (code, ["error"], code)
    assert said in events[0]["message"]


@pytest.mark.thorough
@pytest.mark.slow
def test_a_hook_that_prints_and_fails_is_in_events(project):
    """Two lines of it on either stream, one without an end; then what is said of its exit code."""
    (project / "params" / "2018-11.yml").write_text("case: [", encoding="utf-8")
    hook = "echo one; echo two >&2; printf three; exit 7"
    code, events = zt("run", "2018-11", "--on-failure", hook, "--log-format", "json", cwd=project)
    assert code == 2
    assert kinds(events).count("case") == kinds(events).count("batch") == 1
    texts = [one["text"] for one in events if one["event"] == "output"]
    assert texts[:2] == ["one", "two"]
    assert texts[2].startswith("three")
    assert "the failure hook ended with 7" in " ".join(texts)


def test_libraries_warn_and_print_into_events(project, capfd):
    with log.recording("json") as found:
        print("to stdout")
        sys.stderr.write("half a line")
        os.write(1, b"\nraw \xff\r\n")
        subprocess.run([sys.executable, "-c", "print('a child'); 1 / 0"], check=False)
        log.event("case", case="x")
        raise RuntimeError("ours to mend")
    assert found.exit_code == 3
    said = capfd.readouterr()
    assert said.out == ""
    events = [json.loads(line) for line in said.err.splitlines()]
    texts = [one["text"] for one in events if one["event"] == "output"]
    assert {"to stdout", "half a line", "raw \\xff", "a child", "ZeroDivisionError: division by zero"} <= set(texts)
    (error,) = [one for one in events if one["event"] == "error"]
    assert "ours to mend" in error["message"]
    # afterwards the streams are what they were
    print("again")
    assert capfd.readouterr().out == "again\n"


def test_an_interrupt_is_an_event(capfd):
    with log.recording("json") as found:
        raise KeyboardInterrupt
    assert found.exit_code == 130
    assert json.loads(capfd.readouterr().err)["event"] == "error"


def test_text_stays_text(capfd):
    with log.recording("text"):
        log.say("new", "a file was made", path="x")
    assert capfd.readouterr().err == "zt: a file was made\n"
    with pytest.raises(ValueError, match="x"), log.recording("text"):
        raise ValueError("x")
