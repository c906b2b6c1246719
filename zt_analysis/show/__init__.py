"""What the commands print: tables for a terminal, CSV and JSON for a pipe.

Each is imported when it is first asked for: a command that reads one text needs nothing of runs and tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zt_analysis.show import log
    from zt_analysis.show.batches import agreement, cases, due, files, progress, summary
    from zt_analysis.show.editions import differs, history, pruned
    from zt_analysis.show.lineage import depends
    from zt_analysis.show.papers import completed, figures, ledger, restated, revision, rules
    from zt_analysis.show.printing import console, frame
    from zt_analysis.show.proofs import proved
    from zt_analysis.show.sources import arrivals, differing, profiled, scanned
    from zt_analysis.show.texts import mentions, tied
    from zt_analysis.show.writing import checked, converted, written

_HOMES = {
    "batches": ("agreement", "cases", "due", "files", "progress", "summary"),
    "editions": ("differs", "history", "pruned"),
    "lineage": ("depends",),
    "papers": ("completed", "figures", "ledger", "restated", "revision", "rules"),
    "printing": ("console", "frame"),
    "proofs": ("proved",),
    "sources": ("arrivals", "differing", "profiled", "scanned"),
    "texts": ("mentions", "tied"),
    "writing": ("checked", "converted", "written"),
}

__all__ = [
    "agreement",
    "arrivals",
    "cases",
    "checked",
    "completed",
    "console",
    "converted",
    "depends",
    "differing",
    "differs",
    "due",
    "figures",
    "files",
    "frame",
    "history",
    "ledger",
    "log",
    "mentions",
    "profiled",
    "progress",
    "proved",
    "pruned",
    "restated",
    "revision",
    "rules",
    "scanned",
    "summary",
    "tied",
    "written",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
