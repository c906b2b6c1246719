"""What a decorator says of a definition beside its unit and time."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypedDict

from zt_analysis.errors import InputError

# the first day of a new definition, and what changed, in Chinese and English
Break = tuple[str, str, str]


class Said(TypedDict, total=False):
    """What a definition says of itself beside its unit and time (see ``Indicator``)."""

    stated_by: Mapping[str, Sequence[str]]
    zh: str
    en: str
    words: tuple[str, ...]
    headline: bool
    stock: bool
    dated_event: bool
    since: str
    until: str
    breaks: tuple[Break, ...]
    apart: tuple[Break, ...]


def settled(said: Said, function: Callable[..., object]) -> dict[str, Any]:
    """What a decorator says, its parts one by one."""
    given: Mapping[str, Sequence[str]] = said.get("stated_by", {})
    if not isinstance(given, Mapping) or any(isinstance(codes, str) for codes in given.values()):
        raise InputError(
            f"indicator {function.__name__!r}, stated_by", found=repr(given),
            expected="codes by dimension", hint='such as {"use": ("farm", "town")}',
        )  # fmt: skip
    return {**said, "stated_by": tuple((name, code) for name, codes in given.items() for code in codes)}


# as ``inspect.getdoc`` has it: a review asks for the same of each figure's
docstring = lru_cache(maxsize=1024)(inspect.cleandoc)


@lru_cache(maxsize=4096)
def section_of(text: str, word: str, *, spaced: bool) -> str:
    """The text of a docstring after ``word:``; empty where it has none. A space where a line is broken, if ``spaced``:
    Chinese has none."""
    found = re.search(rf"^{word}(?:: |：)(.*?)(?=^\w+(?:: |：)|^$|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.sub(r"\s*\n\s*", " " if spaced else "", found.group(1)).strip() if found else ""
