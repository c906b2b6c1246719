"""The vocabulary: each word once, in Chinese and English.

The engine's words stand in CSV files beside this module, an office's in its ``words/`` (``key,zh,en,meaning`` and,
where a Chinese reader needs it, ``meaning_zh``), so that an office can read and correct them; a word with a meaning
also appears in the glossary.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.office import Office, current
from zt_analysis.project_file import LANGUAGES
from zt_analysis.used import note

COLUMNS = ("key", "zh", "en", "meaning", "meaning_zh")
# the word for one and the word for any other number of what stands at a place: {count} {count:row|rows}
_BY_NUMBER = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Term:
    """One word: its key in code, its two labels, and what it means (may be empty); ``group`` is its file."""

    key: str
    zh: str
    en: str
    group: str
    meaning: str = ""
    meaning_zh: str = ""


class Counting(str):
    """A label with words that a number chooses; filled as any other."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> str:
        """The label with its words chosen and its places filled."""
        return by_number(self, values).format(*args, **values)


def by_number(text: str, values: Mapping[str, Any]) -> str:
    """``text`` with the word for one or for many as the number in ``values``, which may be HTML, asks at each place.

    >>> by_number("{count} {count:row|rows}", {"count": 1}), by_number("{count} {count:row|rows}", {"count": 2})
    ('{count} row', '{count} rows')
    """

    def chosen(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        return one if _TAG.sub("", str(values[name])) == "1" else many

    return _BY_NUMBER.sub(chosen, text) if "|" in text else str(text)


class Vocabulary(Mapping[str, Term]):
    """Every term by key: the engine's and those of an office; each that is looked up is noted (``used``)."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms

    def __getitem__(self, key: str) -> Term:
        note("word", key)
        return self._terms[key]

    def __iter__(self) -> Iterator[str]:
        note("words")
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


def vocabulary() -> Vocabulary:
    """Every term by key: the engine's and those of the active office."""
    return _of_office(current())


@cache
def _of_office(office: Office) -> Vocabulary:
    # an office may say a thing of the engine in its own words
    return Vocabulary(_all_of(office))


def terms_of(office: Office) -> dict[str, Term]:
    """The terms that an office declares itself."""
    terms = _all_of(office)
    return {row["key"]: terms[row["key"]] for _, row in office.labels}


def _all_of(office: Office) -> dict[str, Term]:
    terms = own_terms() | _terms(office.labels, "office/words")
    return {key: _filled(term, terms) for key, term in terms.items()}


def _filled(term: Term, terms: Mapping[str, Term]) -> Term:
    """The term with what the office calls its whole and its parts where it says {whole} and {parts}."""
    said_so = f"{term.zh}{term.en}{term.meaning}"
    if "{whole}" not in said_so and "{parts}" not in said_so:
        return term
    names = ("the_whole", "its_parts")
    own = {language: [getattr(terms[name], language) for name in names] for language in LANGUAGES}

    def said(text: str, language: str) -> str:
        whole, parts = own[language]
        return text.replace("{whole}", whole).replace("{parts}", parts)

    return replace(term, zh=said(term.zh, "zh"), en=said(term.en, "en"), meaning=said(term.meaning or "", "en"))


def named(key: str) -> Term | None:
    """The term ``key``; what the office defines under that name where the vocabulary has no such word."""
    found = vocabulary().get(key)
    if found is None and (indicator := current().indicators.get(key)):
        found = Term(key, **indicator.label, group="indicators", meaning_zh=indicator.section("定义"))
    return found


@cache
def own_terms() -> dict[str, Term]:
    """The engine's terms."""
    entries = sorted(files(__package__).iterdir(), key=lambda entry: entry.name)
    rows = [
        (entry.name.removesuffix(".csv"), row)
        for entry in entries
        if entry.name.endswith(".csv")
        for row in csv.DictReader(entry.read_text(encoding="utf-8").splitlines())
    ]
    return _terms(rows, "terms")


def _terms(rows: Iterable[tuple[str, Mapping[str, str]]], place: str) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for group, row in rows:
        if not {"key", "zh", "en"} <= row.keys() <= set(COLUMNS) or None in [row[key] for key in COLUMNS[:3]]:
            raise InputError(
                f"{place}/{group}.csv: {row.get('key') or 'a row'}", found=", ".join(map(str, row.values())),
                expected=f"cells for {', '.join(COLUMNS[:3])}", hint="put text that holds a comma in quotes",
            )  # fmt: skip
        if row["key"] in terms:
            raise InputError(f"{place}/{group}.csv: key {row['key']!r} is defined twice", hint="keep one of them")
        terms[row["key"]] = Term(**row, group=group)
    return terms


def label(key: str, language: str = "zh") -> str:
    """The label of ``key`` in ``language`` (``zh`` or ``en``).

    >>> label("agree", "zh"), label("agree", "en")
    ('一致', 'agrees')
    """
    term = named(key)
    if term is None:
        raise InputError(f"no term {key!r} in the vocabulary", hint="add a row to a CSV file of office/words")
    if language not in LANGUAGES:
        raise InputError(
            "language", found=repr(language), expected="zh or en", hint="set language in the case's parameters"
        )
    text = str(getattr(term, language))
    return Counting(text) if "|" in text and _BY_NUMBER.search(text) else text


def labels(key: str) -> dict[str, str]:
    """Both labels of ``key``: ``{"zh": ..., "en": ...}``."""
    return {language: label(key, language) for language in LANGUAGES}


def filled(key: str, **values: Any) -> dict[str, str]:
    """Both labels of ``key`` with its places filled; a value that is a mapping is in both languages itself."""
    return {
        language: text.format(
            **{name: one[language] if isinstance(one, Mapping) else one for name, one in values.items()}
        )
        for language, text in labels(key).items()
    }
