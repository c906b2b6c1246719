"""Definitions of one name that differ: series that are apart, and a change of definition between two periods."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from zt_analysis.errors import InputError
from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.said import Break
from zt_analysis.periods import Period
from zt_analysis.used import unnoted


def refuse_apart(what: str, names: Iterable[str]) -> None:
    """Refuse figures that go by one name under two definitions: what is made of both says nothing.

    Raises:
        InputError: two of ``names``, or of what they are made from, are declared to be apart.
    """
    behind = [name for one in dict.fromkeys(names) for name in _made_of(one)]
    for name in behind:
        other = next((one for one in find(name).apart if one[0] in behind), None)
        if other:
            raise InputError(
                what, found=f"{name} and {other[0]}, two definitions of one name: {other[2]}",
                expected="figures of one definition", hint=f"{other[1]}: state each alone",
            )  # fmt: skip


@lru_cache(maxsize=4096)
def check_made(name: str, _: Hashable) -> None:
    """See that what an indicator, as it is defined now, is made of exists, and is not made from it.

    Raises:
        InputError: it does not, or is; names all of the circle.
    """
    with unnoted():
        for _one in _made_of(name):
            pass


def _made_of(name: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    if name in above:
        raise InputError(
            f"indicator {name!r}", found=f"one made from itself: {' <- '.join((*above[above.index(name) :], name))}",
            expected="derived indicators that rest on measured ones", hint="take one out of a function's parameters",
        )  # fmt: skip
    yield name
    for one, _ in find(name).inputs:
        yield from _made_of(one, (*above, name))


def break_between(indicator: str, then: Period, now: Period) -> Break | None:
    """The change of definition, of the figure or one that it is made from, that lies between two periods."""
    one = find(indicator)
    first, last = sorted((then.as_of.isoformat(), now.as_of.isoformat()))
    own = next((each for each in one.breaks if first < each[0] <= last), None)
    behind = (break_between(name, then, now) for name, _ in one.inputs)
    return own or next(filter(None, behind), None)
