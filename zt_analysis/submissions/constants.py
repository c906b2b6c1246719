"""Values that the file's name or folder gives to every row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from zt_analysis.submissions.sheet_layout import FromName, Problem


def read_constants(path: Path, name: str, declared: dict[str, str | FromName]) -> tuple[dict[str, str], list[Problem]]:
    """Each constant's value, and a problem where the name holds none of its words, or several."""
    values: dict[str, str] = {}
    problems = []
    for column, source in declared.items():
        if isinstance(source, str):
            values[column] = source
            continue
        text = path.stem if source.part == "file" else path.absolute().parent.name
        words = words_in(text, source.values)
        if len(words) == 1:
            values[column] = source.values[words[0]]
            continue
        found = f"{text!r} with {' and '.join(words) if words else 'none of its words'}"
        listed = ", ".join(list(source.values)[:12]) + (", ..." if len(source.values) > 12 else "")
        what = "file" if source.part == "file" else "folder"
        problems.append(
            Problem(name, column, found, f"one of: {listed}", "name", f"name the {what} after what it holds")
        )
    return values, problems


def words_in(text: str, words: Iterable[str]) -> list[str]:
    """Those of ``words`` that ``text`` contains, white space and width left aside; none that is part of another found.

    >>> words_in("2018年 东河县", ["河县", "东河县", "西山县"])
    ['东河县']
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = [word for word in words if word in plain]
    return [word for word in found if not any(word != other and word in other for other in found)]
