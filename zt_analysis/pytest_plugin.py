"""A pytest plugin, loaded wherever this package is installed: a notebook run by nbval that compares nothing fails.

nbval passes a notebook whose outputs were stripped. With this, any ``pytest --nbval`` says how many cells it compared
and fails at zero.
"""

from __future__ import annotations

from typing import Any

import pytest

COUNTS = pytest.StashKey[dict[str, int]]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Count the compared cells of each notebook that nbval collected."""
    counts: dict[str, int] = {}
    for item in session.items:
        if type(item).__name__ == "IPyNbCell":
            name = str(item.path.name)
            counts[name] = counts.get(name, 0) + bool(item.cell.get("outputs"))  # type: ignore[attr-defined]
    session.config.stash[COUNTS] = counts


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many cells were compared."""
    for name, count in config.stash.get(COUNTS, {}).items():
        terminalreporter.write_line(f"{name}: {count} cells with outputs compared")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a session that ran a notebook and compared nothing."""
    counts = session.config.stash.get(COUNTS, {})
    if exitstatus == 0 and any(count == 0 for count in counts.values()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
