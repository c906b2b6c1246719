"""Scopes and dimensions in the forms people type, as the one form that figures know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zt_analysis.errors import InputError, wrong_argument
from zt_analysis.indicators.indicator import Group, Scope


def as_scope(given: Any) -> Scope:
    """A scope given as a dict or as pairs.

    Raises:
        InputError: something else, a dimension named twice, or a value that is no word, number or day.

    >>> as_scope({"stage": "junior"}), as_scope([("area_code", 990127)])
    ((('stage', 'junior'),), (('area_code', '990127'),))
    """
    pairs = list(given.items() if isinstance(given, Mapping) else given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(pair, tuple | list) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs):
        raise _wrong("scope", given, 'a dict such as {"stage": "junior"}')
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise InputError(
                f"scope {name!r}", found=f"{values[name]!r} and {value!r}", expected="each dimension once",
                hint="name one part, by one of its names",
            )  # fmt: skip
        values[name] = value
    return tuple((name, _text(name, value)) for name, value in pairs)


def as_dimensions(given: Any) -> Group:
    """Dimensions to break down by, given as one name or several.

    Raises:
        InputError: something else, none, or one named twice.

    >>> as_dimensions("area_code"), as_dimensions(["area_code", "stage"])
    (('area_code',), ('area_code', 'stage'))
    """
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise _wrong("by", given, 'a dimension such as "area_code", or several, each once')
    return names


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | date):
        return str(value)
    raise _wrong(f"scope, {name}", value, "one word, such as 'junior'")


def _wrong(name: str, given: Any, expected: str) -> InputError:
    return wrong_argument(name, given, expected, "see README, In a notebook")
