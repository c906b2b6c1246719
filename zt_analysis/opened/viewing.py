"""A view in the words people have: ``growth(失辍学人数)``, ``rank(失辍学率, by=县区)``, in full-width brackets too."""

from __future__ import annotations

import re

from zt_analysis.errors import InputError
from zt_analysis.indicators.dimensions import part_names
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.indicators.views import is_view
from zt_analysis.office import Office
from zt_analysis.opened.naming import close, column_of, indicator_named, words_of
from zt_analysis.sources import Tables

WIDE = str.maketrans("（），＝＞＜＋“”", '(),=><+""')
BY = re.compile(r"\bby\s*=\s*[\"']?([^\s,()\"'=]+)[\"']?")
FIGURES = re.compile(r"(?<=[(,])\s*([^\W\d][^\s(),<>=\"']*)(?=\s*[),<>])")
PARTS = re.compile(r"(\w+)\s*=\s*([\"'])(.*?)\2")


def in_code(text: str, office: Office, tables: Tables | None = None) -> str:
    """``text`` with the code of each figure in the place of its name; with ``tables``, of dimensions and parts too."""
    if text in _names(office) or not is_view(plain := text.translate(WIDE)):
        return text
    names = _names(office)
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    found = re.sub(rf"(?<=[(,\s])(?:{known})(?=\s*[),<>=])", lambda one: names[one[0]], plain) if known else plain
    for word in FIGURES.findall(found):
        if word not in KINDS:
            indicator_named(word, office)  # raises with the nearest where it is none
    if tables is None:
        return found
    found = BY.sub(lambda one: f"by={column_of(one[1], tables)}", found)
    return PARTS.sub(lambda one: _parts(one[1], one[3], tables), found)


def _names(office: Office) -> dict[str, str]:
    return {
        word: one.id for one in office.indicators.values() for word in (one.zh, one.en)
        if word and word not in office.indicators
    }  # fmt: skip


def _parts(dimension: str, given: str, tables: Tables) -> str:
    column = column_of(dimension, tables)
    known = part_names(column, tables)
    codes = {name: code for code, names in known.items() for name in (code, *names.values())}
    words = [one.strip() for one in given.split("+")]
    if codes and (unknown := next((one for one in words if one not in codes), None)) is not None:
        near = dict.fromkeys(codes[one] for one in close(unknown, codes))
        raise InputError(
            f"{words_of(column, tables)['zh']} {unknown!r}", found="no such part",
            expected=", ".join(f"{names['zh']} ({code})" for code, names in known.items()),
            hint=f"did you mean {' or '.join(known[one]['zh'] for one in near)}?" if near else "choose one of these",
        )  # fmt: skip
    return f'{column}="{"+".join(codes.get(one, one) for one in words)}"'
