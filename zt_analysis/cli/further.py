"""Options that an office adds to commands by what it declares: parameters of a paper, readings of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from zt_analysis.errors import InputError, nearest

# a command that takes them: what it does not know is left for ``further``
FURTHER = {"ignore_unknown_options": True, "allow_extra_args": True}


def further(words: Sequence[str], kind: type[Any], names: Sequence[str], whose: str) -> list[tuple[str, Any]]:
    """What ``words`` (``--days school --absence-days=5``) give for fields of ``kind``, each as that field's type.

    Raises:
        InputError: an option that is none of ``names``, lacks a value, or has one of another type.
    """
    types = {one.name: getattr(one.type, "__name__", one.type) for one in fields(kind)}
    known = {f"--{name.replace('_', '-')}": name for name in names}
    rest, found = list(words), []
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        if option not in known:
            hint = nearest(option, known) or f"see {whose}" if known else f"{whose} has none"
            expected = ", ".join(known) or "none besides those that -h lists"
            raise InputError(f"option {option!r}", found="no such option", expected=expected, hint=hint)
        if not equals:
            if not rest:
                raise InputError(f"option {option!r}", found="no value", expected=f"{option} VALUE")
            value = rest.pop(0)
        found.append((known[option], _typed(option, value, str(types[known[option]]))))
    return found


def readings(words: Sequence[str], period: Any) -> list[tuple[str, Any]]:
    """The readings of a case's period that ``words`` give."""
    return further(words, type(period), period.readings, "office/periods.py, readings,")


def _typed(option: str, value: str, kind: str) -> Any:
    if kind == "bool" and value in ("true", "false"):
        return value == "true"
    if kind == "str":
        return value
    try:
        return {"int": int, "float": float}[kind](value)
    except (KeyError, ValueError) as error:
        expected = {"int": "a whole number", "float": "a number", "bool": "true or false"}.get(kind, kind)
        raise InputError(f"option {option!r}", found=repr(value), expected=expected) from error
