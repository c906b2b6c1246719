"""A checksum over the rows of a table that is the same on every engine, whatever the order of the rows.

Each row is written as one text (each cell as its length and its value, ``-`` for an empty one), the text's MD5 is
taken, and two parts of it, of 60 bits each, are added up over all rows. One changed, missing or doubled row changes the
sums. It shows that rows have changed; it is no proof against a person who makes up rows on purpose, as the sha256 of a
file is.
"""

from __future__ import annotations

from collections.abc import Sequence

from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.dialects import Dialect


def digest_sql(table: Table, words: Dialect) -> str:
    """The query that gives the number of rows and the two sums."""
    cells = [_cell(words.as_text(words.quoted(column.name)), words.text) for column in table.columns]
    parts = [words.number.format(f"SUBSTR(h, {first}, 15)") for first in (1, 16)]
    hashed = f"SELECT {words.md5.format(' || '.join(cells))} AS h FROM {words.quoted(table.name)}"
    return f"SELECT COUNT(*), SUM({parts[0]}), SUM({parts[1]}) FROM ({hashed}) AS hashed"


def digest_text(found: Sequence[object]) -> str:
    """The digest from what the query gave: 32 hexadecimal digits.

    >>> digest_text((2, 255, 2**64 + 1))
    '00000000000000ff0000000000000001'
    """
    return "".join(f"{int(str(part or 0)) % 2**64:016x}" for part in found[1:])


def _cell(value: str, text: str) -> str:
    return f"COALESCE(CAST(LENGTH({value}) AS {text}) || ':' || {value}, '-')"
