"""Where a number stands, in words of both languages."""

from __future__ import annotations

from zt_analysis.documents import Place, place_said


def in_words(place: Place) -> dict[str, str]:
    """The place for a reader of each language.

    >>> in_words(Place(page=3, line=12)), in_words(Place(paragraph=14))["zh"]
    ({'zh': '第3页第12行', 'en': 'page 3, line 12'}, '第14段')
    """
    return {language: place_said(place, language) for language in ("zh", "en")}
