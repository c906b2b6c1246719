"""How a table is printed: for a terminal, as CSV or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from zt_analysis.figures import with_minus
from zt_analysis.terminal import escaped, unescaped, write_data
from zt_analysis.terms import labels

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
    "incomplete": "yellow",
    "partial": "yellow",
    "ambiguous": "yellow",
    "unproven": "yellow",
    "decision_refused": "bold red",
    "decision_unchecked": "bold red",
    "decision_explain": "bold yellow",
}
WIDTH_WITHOUT_TERMINAL = 140


class PlainConsole(Console):
    """A console that takes what it prints as it is: no markup, no emoji names, control characters as escapes."""

    def __init__(self, *, stderr: bool = False, speaking: bool = False, **options: Any) -> None:
        file = unescaped(sys.stderr if stderr else sys.stdout)
        super().__init__(file=file, markup=False, emoji=False, **options)
        # where the terminal has no minus sign the hyphen stays, rather than an escape
        self.speaking = speaking and self.encoding.lower().startswith("utf")

    def render_str(self, text: str, **options: Any) -> Text:  # type: ignore[override]
        """``text``, its escapes counted in the width of a column."""
        return super().render_str(escaped(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of ``renderable``; those that move the cursor are rich's own."""
        for segment in super().render(renderable, options):
            said = with_minus(segment.text) if self.speaking else segment.text
            yield segment if segment.control else segment._replace(text=escaped(said))

    def on_broken_pipe(self) -> None:
        """As for what is printed otherwise: rich would end with 1, which means that figures differ."""
        raise BrokenPipeError


def console(*, stderr: bool = False, speaking: bool = False) -> Console:
    """A console as wide as the terminal, or wide enough for the tables where there is none.

    One that is ``speaking`` says numbers as a person reads them, with a minus sign; others quote what they are given.
    """
    if stderr or sys.stdout.isatty():
        return PlainConsole(stderr=stderr, speaking=speaking)
    return PlainConsole(width=WIDTH_WITHOUT_TERMINAL, highlight=False, speaking=speaking)


def both(key: str) -> str:
    """A term where the language of a case is not at hand: 签发前须说明 (explain before signing)."""
    found = labels(key)
    return f"{found['zh']} ({found['en']})"


def print_rows(columns: list[str], rows: list[list[Any]], form: str, *, speaking: bool = False) -> None:
    """Rows as a table, CSV or JSON."""
    if form not in ("csv", "json"):
        table = Table(*columns)
        for row in rows:
            table.add_row(*("—" if cell is None else str(cell) for cell in row))
        console(speaking=speaking).print(table)
        return
    # who reads a table waits for no pandas, which takes half a second to import
    import pandas as pd

    frame = pd.DataFrame(rows, columns=columns)
    if form == "csv":
        write_data(frame.to_csv(index=False))
    else:
        print(json.dumps(json.loads(frame.astype(str).to_json(orient="records")), ensure_ascii=False, indent=1))


def frame(content: pd.DataFrame, form: str) -> None:
    """A data frame as a table, CSV or JSON."""
    print_rows(list(content.columns), content.to_numpy().tolist(), form)
