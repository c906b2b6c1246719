"""Why a cell proves nothing by where it stands, whatever the words of its row and column are."""

from __future__ import annotations

from collections.abc import Mapping

from zt_analysis.documents.tables import Table
from zt_analysis.terms import filled, labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_columns import is_share
from zt_analysis.tying.row_labels import RowLabels


class CellDoubts:
    """What leaves a cell unproven: a total of which nobody can say what it sums, a share that a row gives."""

    def __init__(self, case: Case, rows: RowLabels) -> None:
        self._case, self._rows = case, rows
        self._of_some: dict[tuple[Table, int], bool] = {}

    def why(self, table: Table, row: int, column: int) -> Mapping[str, str] | None:
        """The reason for which a cell of the body is unproven; None where there is none."""
        asked = table, row
        if asked not in self._of_some:
            self._of_some[asked] = self._rows.is_of_some(table, row)
        if self._of_some[asked]:
            return labels("tie_of_some")
        label = next(iter(table.labels(row)), "")
        if is_share(label):
            return filled("tie_other_words", words=label)
        return labels("tie_lacking") if self._rows.lacks(table, row, column) else None
