"""What the commands print: tables for a terminal, CSV and JSON for a pipe."""

from zt_analysis.show import log
from zt_analysis.show.batches import agreement, cases, due, files, progress, summary
from zt_analysis.show.papers import completed, figures, ledger, restated, revision, rules
from zt_analysis.show.printing import console, frame
from zt_analysis.show.proofs import proved
from zt_analysis.show.sources import arrivals, scanned
from zt_analysis.show.texts import mentions, tied

__all__ = [
    "agreement",
    "arrivals",
    "cases",
    "completed",
    "console",
    "due",
    "figures",
    "files",
    "frame",
    "ledger",
    "log",
    "mentions",
    "progress",
    "proved",
    "restated",
    "revision",
    "rules",
    "scanned",
    "summary",
    "tied",
]
