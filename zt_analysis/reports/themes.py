"""What is open, by theme: each finding stands in the section of the page that tells of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zt_analysis.reports.section import Section
from zt_analysis.reports.sentences import names_in

Row = Mapping[str, Any]
_WORD = re.compile(r"\w+")


def themes(layout: Sequence[Section], relations: Iterable[Row], claims: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Of each section the open relations and the wrong numbers that belong to it, as rows of the page's tables.

    A finding goes where the office names it (``Section.relations``), else to the section whose sentences name most of
    its figures, the first of several; one that no section tells of is in none.
    """
    told = {one.name: {word for key in one.sentences for name in names_in(key) for word in _WORD.findall(name)}
            for one in layout}  # fmt: skip
    named = {relation: one.name for one in layout for relation in one.relations}
    found: dict[str, dict[str, Any]] = {one.name: {"relations": [], "wrong": []} for one in layout}
    for row in relations:
        place = named.get(row["relation"]["id"]) or _most(told, row["relation"]["figures"])
        if not row["settled"] and place:
            found[place]["relations"].append(row)
    for row in claims:
        place = _most(told, [row["claim"]["figure"] or ""])
        if row["wrong"] and place:
            found[place]["wrong"].append(row)
    return {name: one for name, one in found.items() if any(one.values())}


def _most(told: Mapping[str, set[str]], keys: Sequence[str]) -> str:
    """The section that names most of the figures; empty if none names one."""
    indicators = {key.partition("@")[0].partition("[")[0] for key in keys}
    best = max(told, key=lambda name: len(told[name] & indicators), default="")
    return best if best and told[best] & indicators else ""
