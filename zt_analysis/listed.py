"""A table that is only shown: headings and rows, without pandas, whose import is a tenth of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_analysis.xmls import escape

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Listed:
    """Rows below headings; ``frame()`` gives them to pandas.

    >>> Listed(("county", "rows"), (("东河", 12), ("西山", 7)))
       county  rows
    0      东河    12
    1      西山     7
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def frame(self) -> pd.DataFrame:
        """The same as a frame, to calculate with."""
        import pandas as pd

        return pd.DataFrame([list(row) for row in self.rows], columns=list(self.headings))

    def _repr_html_(self) -> str:
        # as pandas writes a frame without its index, so that a page's style for one fits the other
        lines = ['<table border="1" class="dataframe">', "  <thead>", '    <tr style="text-align: right;">']
        lines += [f"      <th>{escape(one)}</th>" for one in self.headings]
        lines += ["    </tr>", "  </thead>", "  <tbody>"]
        for row in self.rows:
            lines += ["    <tr>", *(f"      <td>{escape(str(cell))}</td>" for cell in row), "    </tr>"]
        return "\n".join([*lines, "  </tbody>", "</table>"])

    def __repr__(self) -> str:
        numbered = [[str(number), *map(str, row)] for number, row in enumerate(self.rows)]
        columns = list(zip(["", *self.headings], *numbered, strict=True))
        widths = [max(map(len, column)) for column in columns]
        lines = (
            [cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))]
            for cells in zip(*columns, strict=True)
        )
        return "\n".join("  ".join(line) for line in lines)
