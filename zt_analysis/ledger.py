"""The ledger inside an executed notebook: figures, verdicts and relations as structured output.

Whoever holds the executed notebook holds the ledger: it is one output with a media type of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zt_analysis.errors import NotebookError

LEDGER_MIME = "application/vnd.zt.ledger+json"
CHART_MIME = "application/vnd.zt.chart+json"


def from_notebook(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The one ledger that the executed ``notebook`` (nbformat 4 node) carries.

    Raises:
        NotebookError: the notebook carries none (not executed, or its outputs were stripped) or several.
    """
    found = list(_outputs(notebook, LEDGER_MIME))
    if len(found) != 1:
        raise NotebookError(
            "ledger in the notebook",
            found=f"{len(found)} outputs of type {LEDGER_MIME}",
            expected="exactly 1",
            hint="execute the notebook again; outputs must not be stripped",
        )
    return dict(found[0])


def _outputs(notebook: Mapping[str, Any], mime: str) -> Iterator[Any]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if mime in output.get("data", {}):
                yield output["data"][mime]
