"""Values as they may be shown: the first and the last character of what is personal, stars between."""

from __future__ import annotations

import re

from zt_analysis.personal.forms import find
from zt_analysis.personal.headers import header_kind
from zt_analysis.personal.names import is_name

STAR = "*"
_QUOTED = re.compile(r"(['\"])(.*?)\1", re.S)


def mask(value: str) -> str:
    """``value`` with all but its first and last character hidden; of two characters the last.

    >>> mask("张小三"), mask("张三"), mask("张"), mask("")
    ('张*三', '张*', '*', '')
    """
    if len(value) <= 2:
        return value[: len(value) - 1] + STAR * bool(value)
    return value[0] + STAR * (len(value) - 2) + value[-1]


def masked(text: str) -> str:
    """``text`` with whatever in it has the form of personal data masked.

    >>> masked("row 3: found '13812345678'")
    "row 3: found '1*********8'"
    """
    for one in reversed(find(text)):
        text = text[: one.start] + mask(text[one.start : one.end]) + text[one.end :]
    return text


def masked_cell(found: str, column: str = "", *, personal: bool = False) -> str:
    """What a message quotes of a refused cell: whole or in quotes, masked where the column or the value is personal.

    Args:
        column: its header, or the name it is declared by.
        personal: it is declared to hold personal data.
    """
    if personal or header_kind(column) not in ("", "maybe_name"):
        if _QUOTED.search(found):
            return _QUOTED.sub(lambda quoted: f"{quoted[1]}{mask(quoted[2])}{quoted[1]}", found)
        return mask(found)
    if is_name(found):
        return mask(found)
    named = _QUOTED.sub(lambda q: f"{q[1]}{mask(q[2]) if is_name(q[2]) else q[2]}{q[1]}", found)
    return masked(named)
