"""How a table is printed: for a terminal, as CSV or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import pandas as pd

COLOURS = {
    "differs": "bold red",
    "fails": "bold red",
    "stale": "bold red",
    "failed": "bold red",
    "unit_differs": "bold red",
    "no_source": "red",
    "not_derivable": "red",
    "inputs_changed": "yellow",
    "ambiguous": "yellow",
    "unproven": "yellow",
}
WIDTH_WITHOUT_TERMINAL = 140


def console() -> Console:
    """A console as wide as the terminal, or wide enough for the tables where there is none."""
    return Console() if sys.stdout.isatty() else Console(width=WIDTH_WITHOUT_TERMINAL, highlight=False)


def print_rows(columns: list[str], rows: list[list[Any]], form: str) -> None:
    """Rows as a table, CSV or JSON."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=columns)
    if form == "csv":
        print(frame.to_csv(index=False), end="")
    elif form == "json":
        print(json.dumps(json.loads(frame.astype(str).to_json(orient="records")), ensure_ascii=False, indent=1))
    else:
        table = Table(*columns)
        for row in rows:
            table.add_row(*("—" if cell is None else str(cell) for cell in row))
        console().print(table)


def frame(content: pd.DataFrame, form: str) -> None:
    """A data frame as a table, CSV or JSON."""
    print_rows(list(content.columns), content.to_numpy().tolist(), form)
