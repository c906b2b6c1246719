"""What a page says, in its language: terms filled with values, dates, and texts that exist in one language only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.ledger import listed
from zt_analysis.periods import calendar
from zt_analysis.terms import by_number, label

HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPAN = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Words:
    """The vocabulary in one language; a call fills a term's ``{names}`` and returns safe HTML."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> Markup:
        """The term ``key`` with its ``{names}`` filled; values are escaped unless they are HTML already."""
        return Markup(escape(by_number(label(key, self.language), values))).format(**values)

    def local(self, text: object) -> Markup:
        """A text in the page's language; one that exists in English only says so to a screen reader."""
        if isinstance(text, Mapping):
            return escape(text.get(self.language) or "")
        if self.language == "zh" and text and not _CHINESE.search(str(text)):
            return Markup('<span lang="en">{}</span>').format(text)
        return escape(text or "")

    def plain(self, text: Mapping[str, str] | str | None) -> str:
        """A text in the page's language without any markup."""
        return str((text.get(self.language) if isinstance(text, Mapping) else text) or "")

    def counties(self, names: Iterable[str], english: Mapping[str, str]) -> str:
        """The names of counties as one list; ``english``: what they are called in an English text."""
        return listed(names, english, self.language)

    def when(self, at: object) -> Markup:
        """A date or school term as a reader writes it; anything else as it is."""
        text = str(at)
        if _SPAN.fullmatch(text):
            first, last = text.split("/")
            return self("page_span", first=self.when(first), last=self.when(last))
        if found := _ISO_DATE.fullmatch(text):
            return Markup('<time datetime="{}">{}</time>').format(text, self._day(*map(int, found.groups())))
        if _YEAR.fullmatch(text):
            return self("page_year", year=text)
        try:
            span = calendar().parse(text)
        except InputError:
            return escape(text)
        name = span.name[self.language]
        return Markup('<time datetime="{}">{}</time>').format(text[:4], name) if span.kind == "term" else escape(name)

    def _day(self, year: int, month: int, day: int) -> str:
        if not 1 <= month <= 12:
            return f"{year:04}-{month:02}-{day:02}"
        return f"{year}年{month}月{day}日" if self.language == "zh" else f"{day} {_MONTHS[month - 1]} {year}"

    def count(self, number: Any) -> Markup:
        """A count of the page's own (claims, rows), grouped as the language groups."""
        if number is None:
            return Markup("—")
        shown = f"{number:,}" if self.language == "en" and isinstance(number, int) else number
        return Markup('<data value="{}">{}</data>').format(number, shown)
