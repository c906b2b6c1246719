"""How large a document may be; what lies beyond is refused with its size, before it costs memory."""

from __future__ import annotations

from zt_analysis.errors import InputError

MEBIBYTE = 1 << 20
MAX_FILE_BYTES = 64 * MEBIBYTE
MAX_TEXT_CHARACTERS = 20_000_000
# a line costs as much as sixty characters: a file of short lines is no text
MAX_LINES = 300_000
MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 512 * MEBIBYTE
MAX_PART_BYTES = 48 * MEBIBYTE
# repeated runs of real documents pack at most some 100 to 1; deflate ends at 1032 to 1
MAX_RATIO = 250
RATIO_COUNTS_FROM_BYTES = 8 * MEBIBYTE
# libxml2 stops at 256; Word itself nests tables and content controls some 40 elements deep
MAX_DEPTH = 200
MAX_PAGES = 3000
# of style rules and elements of a page: each rule may have to be tried on each element
MAX_STYLED = 100_000_000


def refuse_above(limit: int, value: int, *, thing: str, unit: str, hint: str) -> None:
    """Raise InputError when ``value`` is above ``limit``.

    >>> refuse_above(10, 10, thing="a.txt", unit="bytes", hint="")
    """
    if value > limit:
        raise InputError(thing, found=f"{value:,} {unit}", expected=f"at most {limit:,} {unit}", hint=hint)
