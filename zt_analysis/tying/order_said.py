"""Places named from the highest on: 受助人数最多的三个县区依次是东川、西平、南湖 has to be their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import N
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.part import Named
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.sentences import Sentences

ORDERED = re.compile(
    r"(?P<by>最[多高大少低小]|[前后][二两三四五六七八九十](?:位|名|个)?|居前|靠前|排在?前面|[从由按][高多大]到[低少小]|[从由按][低少小]到[高多大])"
    r"[^。；;\n\d]{0,24}?依次(?:是|为|有)?[：:]?"
)
ASCENDS = re.compile(r"最[少低小]|^后|到[高多大]")
BETWEEN = re.compile(rf"\s*(?:[、，,和与及（(）)]|为|有|{N})*\s*")
LEAST = 2


def in_said_order(reading: Reading, sentences: Sentences, case: Case) -> Reading:
    """The reading; unproven where its sentence names places in an order that its figure does not have."""
    start, end = sentences.bounds(reading.mention)
    found = ORDERED.search(sentences.text, start, end) if len(reading.wanted) == 1 else None
    if found is None:
        return reading
    wanted = _level(reading.wanted[0])
    words = (word for one in case.phrases if one.indicator == wanted.indicator for word in one.words)
    listed = _listed(sentences.text[found.end() : end], case)
    if len(listed) < LEAST or not any(word in sentences.text[start : found.end()] for word in words):
        return reading
    if listed[0].dimension not in case.dimensions(wanted.indicator) or _holds(wanted, found["by"], listed, case):
        return reading
    why = filled("tie_other_words", words=found[0].rstrip("：:"))
    return replace(reading, meaning=Meaning(reason=why), derived=None, excuse=None)


def _level(wanted: Wanted) -> Wanted:
    view = find(wanted.indicator)
    return replace(wanted, indicator=view.needs[0].indicator) if isinstance(view, View) else wanted


def _listed(text: str, case: Case) -> list[Named]:
    """The members that a list begins with, each with its number or without."""
    found: list[Named] = []
    for one in case.parts.named(text):
        ends = found[-1].end if found else 0
        member = one.dimension in case.registers and len(one.values) == 1
        if (
            not member
            or not BETWEEN.fullmatch(text[ends : one.start])
            or any(one.values == each.values for each in found)
        ):
            break
        found.append(one)
    return found


def _holds(wanted: Wanted, by: str, listed: Sequence[Named], case: Case) -> bool:
    each = [replace(wanted, scope=((one.dimension, one.values[0]),)) for one in listed]
    figures = case.computed(each)
    exact = [figures[one.key].exact or 0 for one in each]
    return all(one <= other if ASCENDS.search(by) else one >= other for one, other in pairwise(exact))
