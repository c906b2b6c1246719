"""The vocabulary: each word once, in Chinese and English.

The words stand in CSV files beside this module (``key,zh,en,meaning`` and, where a Chinese reader needs it,
``meaning_zh``), so that an office can read and correct them; a word with a meaning also appears in the glossary.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zt_analysis.errors import InputError

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Term:
    """One word: its key in code, its two labels, and what it means (may be empty); ``group`` is its file."""

    key: str
    zh: str
    en: str
    group: str
    meaning: str = ""
    meaning_zh: str = ""


@cache
def vocabulary() -> dict[str, Term]:
    """Every term by key, from all CSV files of this package."""
    terms: dict[str, Term] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".csv"):
            continue
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            if row["key"] in terms:
                raise InputError(f"terms/{file.name}: key {row['key']!r} is defined twice", hint="keep one of them")
            terms[row["key"]] = Term(**row, group=file.name.removesuffix(".csv"))
    return terms


def label(key: str, language: str = "zh") -> str:
    """The label of ``key`` in ``language`` (``zh`` or ``en``).

    >>> label("agree", "zh"), label("agree", "en")
    ('一致', 'agrees')
    """
    term = vocabulary().get(key)
    if term is None:
        raise InputError(f"no term {key!r} in the vocabulary", hint="add a row to a CSV file in zt_analysis/terms")
    if language not in LANGUAGES:
        raise InputError(
            "language", found=repr(language), expected="zh or en", hint="set language in the case's parameters"
        )
    return str(getattr(term, language))


def labels(key: str) -> dict[str, str]:
    """Both labels of ``key``: ``{"zh": ..., "en": ...}``."""
    return {language: label(key, language) for language in LANGUAGES}
