"""What a sentence says of the number that it points at: another time, another place, what it became, a share of it."""

from __future__ import annotations

from collections.abc import Sequence

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.tying.closed import of_others
from zt_analysis.tying.divisions import headed, where, where_near
from zt_analysis.tying.marks import COUNTED
from zt_analysis.tying.parts import Parts
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.vocabulary import pattern

# 另有一倍, 半数以上: of the number before
OF_BEFORE = re.compile(r"[倍成半]")
BECAME = re.compile(rf"[降减升增变改跌归缩涨][少加低高]?[为至到成于](?={COUNTED})")
SAID_KINDS = ("negation", "defect", "doubt", "plan", "except", "others")


def other_statement(text: str, parts: Parts, *, closed: bool) -> str:
    """Another time, place, part, or a word by which it is no statement; ``closed``: its words are judged besides."""
    if time := first(text, BASE, OTHER):
        return time
    if place := headed(text) or where(text) or where_near(text):
        return place
    named = [one for one in parts.named(text) if one.dimension != "whole"]
    said = named[0].text if named else "" if closed else of_others(text, parts)
    return said or first(text, *map(pattern, SAID_KINDS))


def moved(text: str, inside: Sequence[Mention]) -> str:
    """Where a sentence without a subject says that the number has become another, or gives a share of it."""
    shares = next((one.surface for one in inside if OF_BEFORE.search(one.surface)), "")
    return shares or first(text, BECAME)


def first(text: str, *kinds: re.Pattern[str]) -> str:
    """The words by which the first of ``kinds`` that is found in ``text`` is found."""
    return next((found[0] for kind in kinds if (found := kind.search(text))), "")
