"""The words by which texts are read: the language's own (``words.csv`` beside this module) and the office's.

An office adds words of any kind in ``office/words/texts/words.csv``; there also stand the parts of its whole
(``parts.csv``), the numbers that policy sets (``constants.csv``) and the words that bear out a reason
(``justified.csv``). An office without these files is read by the language's words and those of its indicators.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from zt_analysis.errors import InputError
from zt_analysis.expressions import compile as compile_later
from zt_analysis.office import Office, current
from zt_analysis.tying import confirmed
from zt_analysis.tying.confirmed import confirmed_words
from zt_analysis.used import note

NOTHING = r"(?!)"
# between words, not inside the brackets of one
PLAIN = re.compile(r"[^\\.^$*+?{}\[\]|()]*")
BAR = re.compile(r"\|(?![^(]*\))")
# as which kind the words that a person has confirmed are read
CONFIRMED = {
    "filler": confirmed.NOTHING,
    "narrows": confirmed.NARROWS,
}


def words(kind: str) -> tuple[str, ...]:
    """The words of a kind, longest first; each may be a regular expression."""
    return _words(current(), kind)


def pattern(kind: str, form: str = "{}") -> re.Pattern[str]:
    """``form`` with the words of ``kind`` in it, compiled; without words it matches nothing."""
    return _pattern(current(), kind, form)


def together(*kinds: str) -> re.Pattern[str]:
    """The words of several kinds, the longest first whichever kind it is of."""
    return _together(current(), kinds)


def either(*kinds: str) -> str:
    """The words of several kinds as the alternatives of one expression; without words it matches nothing."""
    return _either(current(), kinds)


def forget() -> None:
    """Read the office's words again when they are next asked for."""
    confirmed.forget()
    _by_kind.cache_clear()
    _words.cache_clear()
    _pattern.cache_clear()
    _together.cache_clear()


@cache
def _by_kind(office: Office) -> dict[str, tuple[list[str], list[str]]]:
    """The words of each kind: the language's own, and the office's."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for whose, rows in enumerate((_own(), office.rows("words"))):
        for row in rows:
            found.setdefault(row["kind"], ([], []))[whose].extend(BAR.split(row["words"]))
    return found


@cache
def _words(office: Office, kind: str) -> tuple[str, ...]:
    note("rows", "words")
    # the language's own are compiled by the tests: each by itself takes longer than all that a text asks for
    own, theirs = _by_kind(office).get(kind, ([], []))
    for word in theirs:
        _checked(kind, word)
    found = own + theirs
    if kind in CONFIRMED:
        found += map(re.escape, confirmed_words(CONFIRMED[kind]))
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


def _checked(kind: str, word: str) -> None:
    """Each by itself: half a bracket in one word and half in another would read as words that nobody wrote."""
    if PLAIN.fullmatch(word):  # to compile a thousand plain words takes 0.05 s
        return
    try:
        re.compile(word)
    except re.error as error:
        raise InputError(
            f"office/words/texts/words.csv: words of kind {kind!r}", found=f"{word!r}: {error}",
            expected="words or regular expressions, parted by |", hint="write a sign such as ( as \\(",
        ) from error  # fmt: skip


@cache
def _pattern(office: Office, kind: str, form: str) -> re.Pattern[str]:
    found = "|".join(_words(office, kind)) or NOTHING
    return compile_later(form.format(f"(?:{found})"))


@cache
def _together(office: Office, kinds: tuple[str, ...]) -> re.Pattern[str]:
    return compile_later(_either(office, kinds))


def _either(office: Office, kinds: tuple[str, ...]) -> str:
    found = dict.fromkeys(word for kind in kinds for word in _words(office, kind))
    return "|".join(sorted(found, key=len, reverse=True)) or NOTHING


@cache
def _own() -> tuple[dict[str, str], ...]:
    text = (files(__package__) / "words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
