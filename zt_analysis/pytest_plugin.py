"""A pytest plugin, loaded wherever this package is installed: a notebook run by nbval that compares nothing fails.

nbval passes a notebook whose outputs were stripped, and ``--nbval-lax`` runs cells without looking at their outputs.
With this, any such run says how many cells of each notebook it compared, by path, and fails at zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from zt_analysis.notebooks.libraries import skip_slow_import

COMPARED = "zt_compared"
NOTEBOOKS = "zt_notebooks"


def pytest_addoption() -> None:
    """Spare the session a slow import of nbval's, where this plugin is named before it (``-p zt_nbval``)."""
    skip_slow_import()


def pytest_configure(config: pytest.Config) -> None:
    """Count what nbval compares in this session."""
    config.pluginmanager.register(Comparisons(config), "zt-comparisons")


class Comparisons:
    """The cells compared in each notebook that nbval collected, counted as they are run.

    With pytest-xdist the processes that run cells say which notebooks they found, and the one that asked them counts.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.counts: dict[str, int] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        """Note every notebook, one without a code cell too."""
        if type(collector).__name__ == "IPyNbFile":
            self.counts.setdefault(collector.nodeid, 0)
        return (yield)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Mark the cells whose outputs will be compared; the mark travels with the report."""
        for item in session.items:
            if type(item).__name__ == "IPyNbCell" and _is_compared(item):
                item.user_properties.append((COMPARED, True))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a cell that was run and compared, whatever came of it."""
        if report.when == "call" and not report.skipped and (COMPARED, True) in map(tuple, report.user_properties):
            path = report.nodeid.partition("::")[0]
            self.counts[path] = self.counts.get(path, 0) + 1

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail a session that ran a notebook and compared nothing."""
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[NOTEBOOKS] = list(self.counts)
        elif exitstatus == 0 and 0 in self.counts.values() and not self.config.option.collectonly:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear from another process which notebooks it found."""
        for path in getattr(node, "workeroutput", {}).get(NOTEBOOKS, ()):
            self.counts.setdefault(path, 0)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how many cells were compared."""
        if not self.config.option.collectonly:
            for path, count in self.counts.items():
                terminalreporter.write_line(f"{path}: {self._said(count)}")

    def _said(self, count: int) -> str:
        if count:
            return f"{count} cells with outputs compared"
        if self.config.option.nbval_lax:
            return (
                "nothing compared, which fails: --nbval-lax looks only at cells marked NBVAL_CHECK_OUTPUT; use --nbval"
            )
        return "nothing compared, which fails: no cell was run that holds outputs; save the notebook with its outputs"


def _is_compared(item: Any) -> bool:
    """Whether nbval will hold the outputs of this cell against those that are saved."""
    was_run = item.cell.get("execution_count") is not None  # nbval looks at no outputs without it
    return bool(item.options["check"] and not item.options["skip"] and was_run and item.cell.get("outputs"))
