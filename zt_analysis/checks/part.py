"""Parts of a circular: tables whose every number is exact and says which figure it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zt_analysis.figures import both_languages, figure_key, signed_display
from zt_analysis.indicators import Wanted, by_group, find
from zt_analysis.indicators.indicator import Exact, Group
from zt_analysis.listed import Listed
from zt_analysis.periods import Period
from zt_analysis.project_file import LANGUAGES
from zt_analysis.sources import Tables
from zt_analysis.terms import label, labels

Cell = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A table of the circular.

    Attributes:
        key: its title is the term ``part_<key>``, its note ``part_<key>_note``.
        columns: keys of ``terms``, or headings in both languages.
        rows: cells made by ``number``, ``not_received``, ``words``, ``word`` and ``day``.
        values: counts that its note names.
        of_whole: those of ``columns`` that hold a part against the whole: not to be said while a county is missing.
        to_do: how many of what it lists somebody has to settle; that makes no number wrong, and the paper not ready.
    """

    key: str
    columns: tuple[str | Mapping[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    values: Mapping[str, int] | None = None
    of_whole: tuple[str, ...] = ()
    to_do: int = 0

    @property
    def record(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "key": self.key,
            "columns": [heading(one) for one in self.columns],
            "rows": [list(row) for row in self.rows],
            "values": dict(self.values or {}),
        } | ({"to_do": self.to_do} if self.to_do else {})

    def table(self, language: str) -> Any:
        """The part as a frame of texts in ``language``."""
        return self.listed(language).frame()

    def listed(self, language: str) -> Listed:
        """The same, to be shown."""
        content = tuple(tuple(shown(cell, language) for cell in row) for row in self.rows)
        return Listed(tuple(heading(one)[language] for one in self.columns), content)


def number(exact: Exact, unit: str, figure: str = "") -> Cell:
    """A number with its unit, and the key of the figure that it is or is a part of."""
    return {
        "exact": None if exact is None else str(exact),
        "display": both_languages(exact, unit),
        "figure": figure or None,
    }


def difference(exact: Exact, unit: str) -> Cell:
    """How much something has moved: with its sign, and never called 0 where it is not."""
    if exact is None:
        return number(exact, unit)
    shown = {language: signed_display(Fraction(exact), unit, language) for language in LANGUAGES}
    return {"exact": str(exact), "display": shown, "figure": None}


def not_received(figure: str = "") -> Cell:
    """A number that is not there because its part's file is not: no 0."""
    return {"exact": None, "display": labels("not_received"), "figure": figure or None}


def words(text: Mapping[str, str]) -> Cell:
    """A text in both languages."""
    return {"text": dict(text)}


def word(key: str) -> Cell:
    """A status, shown with its sign."""
    return {"word": key}


def day(on: date) -> Cell:
    """A date."""
    return {"day": on.isoformat()}


def code(text: str) -> Cell:
    """An identifier."""
    return {"code": text}


def shown(cell: Cell, language: str) -> str:
    """A cell as text."""
    if "display" in cell:
        return str(cell["display"][language])
    if "word" in cell:
        return label(cell["word"], language)
    return str(cell["text"][language] if "text" in cell else cell.get("day") or cell.get("code"))


def heading(column: str | Mapping[str, str]) -> dict[str, str]:
    """The heading of a column in both languages."""
    return labels(column) if isinstance(column, str) else dict(column)


def values_by(asked: Mapping[str, Wanted], tables: Tables, by: Group) -> dict[str, dict[Group, Exact]]:
    """The exact values of several figures by group, under the names of ``asked``: see ``by_group``."""
    return dict(zip(asked, by_group(list(asked.values()), tables, by=by), strict=True))


def counted(values: Mapping[Group, Exact], *part: str) -> int | None:
    """What was counted in one part: 0 where it has no row, None where nothing was received of it.

    >>> values = {("a",): 3, ("late",): None}
    >>> [counted(values, one) for one in ("a", "b", "late")]
    [3, 0, None]
    """
    found = values.get(part, 0)
    return None if found is None else int(found)


def key_of(indicator: str, period: Period, **parts: str) -> str:
    """The key of an indicator's figure; ``parts``: the code of a part by its dimension, empty for the whole."""
    scope = tuple((name, code) for name, code in parts.items() if code)
    return figure_key(indicator, find(indicator).at(period), scope)
