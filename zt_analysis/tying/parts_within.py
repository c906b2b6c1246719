"""Parts that the name of a part is made of: 中职免学费 is 中职 and 免学费 where a figure is counted by those alone."""

from __future__ import annotations

from collections.abc import Sequence

import zt_analysis.expressions as re
from zt_analysis.office import current
from zt_analysis.tying.part import Asked, Named
from zt_analysis.tying.part_words import part_words

BESIDE = re.compile(r"(?:学生|教育|阶段|学段|学校|的)*")


def by_what_it_counts(chosen: Sequence[Sequence[Named]], asked: Asked) -> list[Sequence[Named]]:
    """The groups of parts, each that the figure has no rows of as the shorter names that it is made of, if it has."""
    return [shorter for group in chosen for shorter in _shorter(group, asked)]


def _shorter(group: Sequence[Named], asked: Asked) -> list[Sequence[Named]]:
    (one, *others) = group
    if others or not one.values or one.dimension not in asked.dimensions:
        return [group]
    every = asked.every(one.dimension)
    if not every or every & {*one.values}:
        return [group]
    found = apart(
        [
            Named(*each.span(), word.dimension, word.values, each[0], word.family, word.holds)
            for word in part_words(current())
            if word.dimension in asked.dimensions and asked.every(word.dimension) & {*word.values}
            for each in word.words.finditer(one.text)
        ]
    )
    left = one.text
    for each in reversed(found):
        left = left[: each.start] + left[each.end :]
    return [[each] for each in found] if len(found) > 1 and BESIDE.fullmatch(left) else [group]


def apart(found: list[Named]) -> list[Named]:
    """Without those that lie inside another: the longer name wins, and of two the one with a value."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, not one.values)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
