"""Sweeps of many alike: each kind is tested by default, every one of them in the thorough tests."""

import os
from collections import Counter
from itertools import product

import pytest
from hypothesis import settings

# `nox -s thorough` runs the property tests again, with all of their examples
ALL = os.environ.get("ZT_EXAMPLES") == "all"
PART = 5


def each_with_each(names, firsts, seconds):
    """Parameters of every first with every second: each of either once by default, all pairs in the thorough tests.

    Args:
        names: the parameters' names, the first's before the second's.
        firsts, seconds: values that say what they are, or values by what each is called.
    """
    named = [
        list(many.items()) if isinstance(many, dict) else [(getattr(one, "__name__", str(one)), one) for one in many]
        for many in (firsts, seconds)
    ]
    shorter = min(map(len, named))
    return pytest.mark.parametrize(
        names,
        [
            pytest.param(first, second, id=f"{a}-{b}", marks=[pytest.mark.thorough] * bool((row - column) % shorter))
            for (row, (a, first)), (column, (b, second)) in product(*map(enumerate, named))
        ],
    )


def one_in(many, cases, name=None):
    """One of ``many`` by default, the others in the thorough tests, each as a parameter."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=name(case) if name else None,
            marks=[pytest.mark.thorough] * bool(place % many),
        )
        for place, case in enumerate(cases)
    ]


def leave_to_thorough(items):
    """Of the cases of each test marked ``part(many)`` the first and every ``many``-th after it stay, as collected.

    The others are marked thorough: cases that go one way through the code, where the ones that stay fail with it.
    """
    seen = Counter()
    for item in items:
        if mark := item.get_closest_marker("part"):
            if seen[item.parent, item.originalname] % mark.args[0]:
                item.add_marker("thorough")
            seen[item.parent, item.originalname] += 1


def examples(many=100, **more):
    """Settings of a property: a part of its examples by default, all in the thorough session."""
    return settings(max_examples=many if ALL else max(10, many // PART), deadline=None, **more)
