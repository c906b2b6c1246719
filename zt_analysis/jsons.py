"""JSON that others wrote, and JSON laid out for a file.

What is nested beyond any use is an error of its text, not of this program. Python's encoder goes through a generator
for each level of what is laid out in lines: of a ledger that takes three times as long as ``laid_out``.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted  # type: ignore[attr-defined]  # in C, as the encoder has it
from typing import Any


def read_json(text: bytes | str) -> Any:
    """What the JSON document ``text`` (as bytes: UTF-8) says; ValueError where it is none."""
    try:
        return json.loads(text.decode("utf-8") if isinstance(text, bytes) else text)
    except RecursionError:
        raise ValueError("lists or objects nested too deep") from None


def laid_out(value: Any, *, line: str = "\n", ordered: bool = False) -> str:
    r"""``value``, whose keys are texts, as ``json.dumps`` gives it with an indent of one and characters as they are.

    Args:
        line: what parts the lines: the blanks of the level that ``value`` lies at.
        ordered: keys in order.

    >>> laid_out({"b": [1, "镇"], "a": {}}, ordered=True)
    '{\n "a": {},\n "b": [\n  1,\n  "镇"\n ]\n}'
    """
    return _laid_out(value, line, ordered)


def _laid_out(value: Any, line: str, ordered: bool) -> str:
    if value.__class__ is str:
        return str(quoted(value))
    below, between = f"{line} ", f",{line} "
    if isinstance(value, dict):
        names = sorted(value) if ordered else value
        found = [f"{quoted(name)}: {_laid_out(value[name], below, ordered)}" for name in names]
        return f"{{{below}{between.join(found)}{line}}}" if found else "{}"
    if isinstance(value, (list, tuple)):
        found = [_laid_out(one, below, ordered) for one in value]
        return f"[{below}{between.join(found)}{line}]" if found else "[]"
    return "null" if value is None else str(value) if value.__class__ is int else json.dumps(value, ensure_ascii=False)
