"""The vocabulary: each word once, in Chinese and English.

The engine's words stand in CSV files beside this module, an office's in its ``words/`` (``key,zh,en,meaning`` and,
where a Chinese reader needs it, ``meaning_zh``), so that an office can read and correct them; a word with a meaning
also appears in the glossary.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zt_analysis.errors import InputError
from zt_analysis.office import Office, current

LANGUAGES = ("zh", "en")
COLUMNS = ("key", "zh", "en", "meaning", "meaning_zh")


@dataclass(frozen=True)
class Term:
    """One word: its key in code, its two labels, and what it means (may be empty); ``group`` is its file."""

    key: str
    zh: str
    en: str
    group: str
    meaning: str = ""
    meaning_zh: str = ""


def vocabulary() -> dict[str, Term]:
    """Every term by key: the engine's and those of the active office."""
    return _of_office(current())


@cache
def _of_office(office: Office) -> dict[str, Term]:
    # an office may say a thing of the engine in its own words
    return _own() | _terms(office.labels, "office/words")


def named(key: str) -> Term | None:
    """The term ``key``; what the office defines under that name where the vocabulary has no such word."""
    found = vocabulary().get(key)
    if found is None and (indicator := current().indicators.get(key)):
        found = Term(key, **indicator.label, group="indicators", meaning_zh=indicator.section("定义"))
    return found


@cache
def _own() -> dict[str, Term]:
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
    return str(getattr(term, language))


def labels(key: str) -> dict[str, str]:
    """Both labels of ``key``: ``{"zh": ..., "en": ...}``."""
    return {language: label(key, language) for language in LANGUAGES}
