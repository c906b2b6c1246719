"""How large a submission may be; what lies beyond is refused with its size, before it costs memory."""

from __future__ import annotations

from zt_analysis.errors import InputError

MEBIBYTE = 1 << 20
MAX_FILE_BYTES = 32 * MEBIBYTE
MAX_MEMBERS = 5000
MAX_UNPACKED_BYTES = 256 * MEBIBYTE
MAX_PART_BYTES = 192 * MEBIBYTE
# what openpyxl holds in memory as a whole: styles, the workbook, shared texts, at some 30 microseconds a text
MAX_HELD_BYTES = 16 * MEBIBYTE
MAX_TEXTS_BYTES = 48 * MEBIBYTE
MAX_TEXTS = 300_000
# xlrd reads the whole of an .xls file, six bytes or more to a cell
MAX_OLD_FILE_BYTES = 16 * MEBIBYTE
# a sheet of equal rows packs some 40 to 1; deflate ends at 1032 to 1
MAX_RATIO = 250
RATIO_COUNTS_FROM_BYTES = 8 * MEBIBYTE
MAX_ROWS = 200_000
MAX_COLUMNS = 500
# cells that hold something, over all sheets
MAX_CELLS = 1_000_000
# cells in the file, formatted blanks among them
MAX_STORED_CELLS = 3_000_000
MAX_MERGES = 20_000
MAX_SHEETS = 200
HINT = "send the table alone, in a workbook of its own"


def refuse_above(limit: int, value: int, *, thing: str, unit: str, hint: str = HINT) -> None:
    """Raise InputError when ``value`` is above ``limit``.

    >>> refuse_above(10, 10, thing="a.xlsx", unit="bytes")
    """
    if value > limit:
        raise InputError(thing, found=f"{value:,} {unit}", expected=f"at most {limit:,} {unit}", hint=hint)
