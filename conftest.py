"""Say how many planted errors were caught; collect thousands of tests without looking for garbage among them."""

import atexit
import gc
import os

import pytest

# a project of its own, tested as one (tests/test_init.py)
# profile_check needs what only its own session installs (nox -s profile)
collect_ignore = ["zt_analysis/cli/project_template", "tests/profile_check.py"]
gc.disable()
PLANTED = "test_changed_cell_is_caught"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """A file without an example has no doctest: it is not imported to look for one, nor each name of it looked at."""
    found = yield
    if file_path.suffix != ".py" or b">>>" in file_path.read_bytes():
        return found
    return [one for one in found if type(one).__name__ != "DoctestModule"]


def pytest_collection_finish():
    """What was collected stays until the end: it is not looked through again each time."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_configure(config):
    """A worker that has told its results ends at once: taking its objects apart one by one takes seconds."""
    if hasattr(config, "workerinput"):
        atexit.register(os._exit, 0)


def pytest_unconfigure(config):
    """Or libraries take it for leaked when the process ends; a worker ends at once, and pytest looks five times."""
    if not hasattr(config, "workerinput"):
        gc.unfreeze()


def pytest_terminal_summary(terminalreporter):
    """Print the kill rate of the planted errors that ran."""
    planted = {
        outcome: sum(PLANTED in report.nodeid for report in terminalreporter.getreports(outcome))
        for outcome in ("passed", "failed")
    }
    total = sum(planted.values())
    if total:
        share = 100 * planted["passed"] / total
        terminalreporter.write_line(f"planted errors: {planted['passed']} of {total} caught ({share:.0f}%)")
