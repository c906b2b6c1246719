"""Say how many planted errors were caught."""

# a project of its own, tested as one (tests/test_init.py)
# profile_check needs what only its own session installs (nox -s profile)
collect_ignore = ["zt_analysis/cli/project_template", "tests/profile_check.py"]
PLANTED = "test_changed_cell_is_caught"


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
