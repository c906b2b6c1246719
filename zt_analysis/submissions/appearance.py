"""What the person who sent the file saw: numbers shown otherwise than stored, text struck out, remarks on a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zt_analysis.submissions.faults import CellError
from zt_analysis.submissions.formats import number_shown, render
from zt_analysis.submissions.grid import Sheet, cell_name
from zt_analysis.submissions.headers import Header
from zt_analysis.submissions.sheet_layout import Field
from zt_analysis.submissions.units import SAME, known_unit

SCALES = {
    "百万": Decimal(10**6), "千万": Decimal(10**7), "十万": Decimal(10**5), "百": Decimal(100), "千": Decimal(1000),
    "万": Decimal(10**4), "亿": Decimal(10**8), "%": Decimal("0.01"), "‰": Decimal("0.001"),
}  # fmt: skip
HINT = "give the cell the number format General (常规), see whether the number is right, and send the file again"
STRUCK_HINT = "take what is struck out away, and send the file again"
CELLS_LISTED = 20


@dataclass
class Appearance:
    """Compares what the cells of ``rows`` show with what they hold: problems by cell, and texts of notes by cell."""

    sheet: Sheet
    header: Header
    rows: list[int]
    noted: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def problems(self) -> Iterator[tuple[int, int, str, CellError]]:
        """Row, column, what was found and why it is refused, of each number that a person reads as another."""
        known = set(self.rows)
        for row, column in sorted(self.sheet.partly):
            one = self.header.columns.get(column)
            if one is not None and row in known and (one.is_numeric or one.type == "date"):
                found = f"{self.sheet.rows[row][column]}, of which a part is struck out"
                yield row, column, found, CellError("shown", "a value that nothing is struck out of", STRUCK_HINT)
        for (row, column), code in self.sheet.formats.items():
            one = self.header.columns.get(column)
            if one is None or row not in known:
                continue
            number = Decimal(format(self.sheet.rows[row][column], ".15g"))
            text = render(number, code)
            why = judged(number, text, one)
            if isinstance(why, CellError):
                yield row, column, f"{number:f}, which Excel shows as {text!r}", why
            elif why:
                self.noted[why.format(code=code)].append((row, column))

    def notes(self, file: str) -> Iterator[tuple[str, str]]:
        """The place of the first cell, and the text, of each note; after ``problems``."""
        for cell, mark in self.sheet.marks.items():
            self.noted[mark].append(cell)
        for text, cells in self.noted.items():
            names = [cell_name(file, self.sheet.name, *cell) for cell in sorted(cells)]
            short = [name.rpartition("!")[2] for name in names[:CELLS_LISTED]]
            more = f" and {len(names) - CELLS_LISTED} more" if len(names) > CELLS_LISTED else ""
            yield names[0], f"{text}: {', '.join(short)}{more}"


def judged(number: Decimal, text: str | None, one: Field) -> CellError | str | None:
    """Why ``number`` of the column ``one``, shown as ``text``, is refused, or what is noted of it."""
    if text is not None and not text.strip():
        return "numbers that the format {code} hides"
    if not one.is_numeric:
        return _leading_zeros(number, text or "", one)
    found = number_shown(text) if text is not None else None
    if found is None:
        # a dash for 0 is how offices show it
        return "numbers that the format {code} shows in a way not understood here" if text is None or number else None
    value, away, words = found
    if abs(value - number) <= away:
        return _same(words, one)
    scale, unit = _unit(words)
    # 32719811 in 元 may be shown as 3272.0万, and 0.125 of no unit as 12.5%, but not 3 persons as 300%
    fits = _unit(one.unit)[0] == 1 and (scale >= 1 or not one.unit)
    if abs(value * scale - number) <= away * scale and fits:
        return "numbers that the format {code} shows in another unit" if unit or scale > 1 else None
    return CellError("shown", f"a number shown as it is stored, in {one.unit or 'the unit of the column'}", HINT)


def _same(words: str, one: Field) -> CellError | str | None:
    """The same number is shown; its unit may still be another one than the declared."""
    scale, unit = _unit(words)
    declared = SAME.get(one.unit, one.unit)
    if not words or words in (declared, declared[:-1]) or (scale == 1 and known_unit(unit) and not declared):
        return None
    if scale != 1 or known_unit(unit):
        return CellError("unit", f"a number shown in {declared or 'the unit of the column'}", HINT)
    return "numbers that the format {code} shows with words"


def _leading_zeros(number: Decimal, text: str, one: Field) -> CellError | None:
    if text.isdigit() and text.startswith("0") and text != f"{number:f}" and len(text) != one.width:
        return CellError("shown", "a code stored as it is shown", "format the column as text and type the code again")
    return None


def _unit(words: str) -> tuple[Decimal, str]:
    """The scale and the unit in the words around a number: (10000, 元) of 万元."""
    name = SAME.get(words, words)
    scale = next((one for one in SCALES if name.startswith(one)), "")
    return SCALES.get(scale, Decimal(1)), name.removeprefix(scale)


def is_white(cell: Any) -> bool:
    """Whether the text of a cell of openpyxl has the colour of the paper."""
    color, fill = cell.font.color, cell.fill
    return color is not None and color.rgb == "FFFFFFFF" and (fill is None or fill.fill_type is None)
