"""The words by which an office's texts name its whole and its parts, and what its figures are stated by."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from zt_analysis.office import Office, current
from zt_analysis.tying.marks import DATED
from zt_analysis.tying.vocabulary import pattern, words

TIMED = re.compile(rf"\s*(?:截[至止]到?|[\d年月日{DATED}]+|今年以来|今年|[春秋]季?学期|[，,])*")
# the office's own whole where it declares none
SELF = r"[全我本](?:国|省|市|州|盟|县|区|旗)"


def whole_pattern(form: str = "{}") -> re.Pattern[str]:
    """``form`` with the words of the office's whole in it, or with those of the language where it declares none."""
    return pattern("whole", form) if words("whole") else _own_whole(form, current().place)


@cache
def _own_whole(form: str, place: str) -> re.Pattern[str]:
    return re.compile(form.format(f"(?:{SELF}{f'|{place}' if place else ''})"))


@dataclass(frozen=True)
class Word:
    """A row of ``parts.csv``: the words of a part; ``family``: of which figures alone it is one.

    ``holds``: whether it holds on to the numbers after, where it opens a sentence.
    """

    dimension: str
    values: tuple[str, ...]
    words: re.Pattern[str]
    family: str
    holds: bool


@cache
def part_words(office: Office) -> tuple[Word, ...]:
    """The rows of an office's ``parts.csv``."""
    return tuple(
        Word(
            row["dimension"],
            tuple(row["value"].split()),
            re.compile(row["words"]),
            row.get("family") or "",
            row.get("holds") != "no",
        )
        for row in office.rows("parts")
    )


def stated_dimensions() -> tuple[str, ...]:
    """The dimensions whose parts the office's figures are stated by, each on its own."""
    return _stated_by(current())


@cache
def _stated_by(office: Office) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in office.indicators.values() for name, _ in one.stated_by))


def all_named(dimension: str) -> frozenset[str]:
    """Every value of a dimension that the office has words for."""
    return frozenset(value for one in part_words(current()) if one.dimension == dimension for value in one.values)


def names_part(text: str, dimensions: Collection[str], family: str) -> bool:
    """Whether ``text`` is the name of a part in one of ``dimensions`` that figures of a ``family`` have."""
    return any(
        one.values and one.dimension in dimensions and one.family in ("", family) and one.words.fullmatch(text)
        for one in part_words(current())
    )


def without_own(text: str, own: Sequence[str], family: str = "") -> str:
    """``text`` without the words of a figure, as long as it is: 助学金 stays inside 普高助学金, the name of a part.

    Args:
        family: that of the figure, of which a part of other figures is none.
    """
    parts = [one for one in part_words(current()) if one.values and (not family or one.family in ("", family))]
    longer = [one.span() for part in parts for one in part.words.finditer(text)]
    for word in sorted(own, key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not any(start <= at and end <= stop and stop - start > len(word) for start, stop in longer):
                text = f"{text[:at]}{'〇' * len(word)}{text[end:]}"
            at = text.find(word, end)
    return text


def timed(text: str) -> int:
    """How far the time reaches that opens a sentence: 2018年春季学期，中职教育受助17000人."""
    return TIMED.match(text).end()  # type: ignore[union-attr]
