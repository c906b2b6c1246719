"""Count what nbval compares: a notebook whose outputs were stripped must fail, not pass in silence."""

import pytest

PLANTED = "test_changed_cell_is_caught"
COUNTS = pytest.StashKey[dict[str, int]]()


def pytest_collection_finish(session):
    """Count the compared cells of each notebook that nbval collected."""
    counts: dict[str, int] = {}
    for item in session.items:
        if type(item).__name__ == "IPyNbCell":
            name = item.path.name
            counts[name] = counts.get(name, 0) + bool(item.cell.get("outputs"))
    session.config.stash[COUNTS] = counts


def pytest_terminal_summary(terminalreporter, config):
    """Say how many cells were compared, and how many planted errors were caught."""
    planted = {
        outcome: sum(PLANTED in report.nodeid for report in terminalreporter.getreports(outcome))
        for outcome in ("passed", "failed")
    }
    total = sum(planted.values())
    if total:
        share = 100 * planted["passed"] / total
        terminalreporter.write_line(f"planted errors: {planted['passed']} of {total} caught ({share:.0f}%)")
    for name, count in config.stash.get(COUNTS, {}).items():
        terminalreporter.write_line(f"{name}: {count} cells with outputs compared")


def pytest_sessionfinish(session, exitstatus):
    """Fail a session that ran a notebook and compared nothing."""
    counts = session.config.stash.get(COUNTS, {})
    if exitstatus == 0 and any(count == 0 for count in counts.values()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
