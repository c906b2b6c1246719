"""Numbers that are computed from figures that their sentence names: differences, multiples, means, shares.

What a view says - a change, a growth, a share of a part - is one; these are the others, each exact and judged like a
figure. No name is declared for them: the words beside the number say how, and of which figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from zt_analysis.figures import Figure, as_displayed, both_languages
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.tie import GREEN, Tie
from zt_analysis.tying.verdicts import judge

# as wide as 约 is: a fraction in words that is that near is not called wrong
NEAR = Fraction(1, 20)


@dataclass(frozen=True)
class Derived:
    """How a number is computed.

    Attributes:
        how: a key of ``HOW``.
        of: the figures, in the order in which it takes them.
        mention: the number as it is judged: without the sign that its verb gives it, a multiple as a share.
        said_of: where the numbers of the text begin that it is computed from.
    """

    how: str
    of: tuple[Wanted, ...]
    mention: Mention
    said_of: tuple[int, ...] = ()


# 12135.15万元 and 10461.92万元 are 1673.23万元 apart for every reader, though their fen are 1673.2368
OF_SHOWN = ("more", "less", "apart", "rest")
HOW: Mapping[str, Callable[..., Fraction | None]] = {
    "more": lambda one, other: one - other,
    "less": lambda one, other: other - one,
    "apart": lambda one, other: abs(one - other),
    "rest": lambda whole, *parts: whole - sum(parts),
    "times": lambda one, other: one / other if other else None,
    "share": lambda one, other: one / other if other else None,
    "mean": lambda one, other: one / other if other else None,
}


def unit_of(derived: Derived) -> str:
    """The unit of what is computed."""
    unit = find(derived.of[0].indicator).unit
    if derived.how in ("times", "share"):
        return "ratio"
    if derived.how == "mean":
        return "fen_per_person"
    return "ratio_change" if unit == "ratio" else unit


def computed(derived: Derived, figures: Mapping[str, Figure], *, shown: bool = False) -> Figure:
    """The figure that the number is held against; ``shown``: computed from figures as the paper displays them."""
    found = [one for each in derived.of if (one := figures[each.key]).exact is not None]
    values = [as_displayed(one) if shown else Fraction(one.exact or 0) for one in found]
    exact = HOW[derived.how](*values) if len(values) == len(derived.of) else None
    return Figure("derived", derived.of[0].at, unit_of(derived), exact)


def is_near(mention: Mention, figure: Figure) -> bool:
    """Whether a fraction in words is so near the figure that nobody calls it wrong: 三分之二 of 67.14 %."""
    if not mention.exact or not figure.exact:
        return False
    found = Fraction(figure.exact)
    return abs(mention.exact - found) <= NEAR * abs(found)


def judged(
    tie: Tie,
    derived: Derived,
    figures: Mapping[str, Figure],
    ties: Mapping[int, Tie],
    has_rows: Callable[[Wanted], bool],
) -> Tie:
    """A derived number's tie: proven where the numbers of the text that it is said of are.

    Args:
        ties: those of all numbers, by where they begin.
        has_rows: whether the tables speak of a figure at all.
    """
    name = labels(f"tie_{derived.how}")
    if not all(map(has_rows, derived.of)):
        return replace(tie, status="unproven", name=name, reason=labels("tie_no_rows"))
    if not all(ties[one].status in GREEN for one in derived.said_of):
        return replace(tie, status="unproven", name=name, reason=labels("tie_derived_unproven"))
    figure = computed(derived, figures)
    if figure.exact is None:
        return replace(tie, status="unproven", name=name, reason=labels("tie_no_rows"))
    if derived.how == "share" and figure.exact > 1:
        return replace(tie, status="unproven", name=name, reason=labels("tie_above_whole"))
    status, difference = judge(derived.mention, figure)
    if status not in GREEN and derived.how in OF_SHOWN:
        as_shown = judge(derived.mention, computed(derived, figures, shown=True))
        status, difference = ("agree_rounded", "0") if as_shown[0] in GREEN else (status, difference)
    if status not in GREEN and is_near(derived.mention, figure):
        return replace(tie, status="unproven", name=name, reason=labels("tie_near_fraction"))
    shown = both_languages(figure.exact, figure.unit)
    return replace(tie, status=status, name=name, reason=None, expected=shown, difference=difference)
