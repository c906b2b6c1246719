"""A name after a dot that a thing does not have: said in a few lines, with the nearest that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from zt_analysis.errors import InputError
from zt_analysis.opened.naming import close


class NoSuchNameError(InputError, AttributeError):
    """A thing has no such name; Python asks by the same error whether it has."""


class Named:
    """What has names for people: one that it does not have is said with those most like it."""

    if not TYPE_CHECKING:  # to a checker, what is not there is not there

        def __getattr__(self, name: str) -> NoReturn:
            refuse(self, name)


def refuse(owner: Any, name: str, what: str = "") -> NoReturn:
    """Say that ``owner`` has no ``name``.

    Raises:
        NoSuchNameError: always; bare where a machine asks, whose names begin with ``_``.
    """
    if name.startswith("_"):
        raise AttributeError(name)
    known = [one for one in dir(owner) if not one.startswith("_")]
    near, listed = close(name, known), "Tab after the dot lists them"
    raise NoSuchNameError(
        f"{what or type(owner).__name__}.{name}", found="no such name", expected=f"one of {len(known)} names",
        hint=f"did you mean {' or '.join(near)}? {listed}" if near else listed,
    )  # fmt: skip
