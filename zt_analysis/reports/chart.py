"""A drawn chart with its words and its data, and how numbers are written on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zt_analysis.figures import ratio, round_half_up
from zt_analysis.ledger import CHART_MIME
from zt_analysis.terms import label

Number = int | Decimal | None


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its message (title), what it shows in words (alt), unit, source, and the table beneath it."""

    key: str
    title: str
    alt: str
    unit: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in ("key", "title", "alt", "unit", "source")}
        table = {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}
        return {"image/svg+xml": self.svg, CHART_MIME: words | table, "text/plain": f"{self.title}\n{self.alt}"}


@dataclass(frozen=True)
class Say:
    """Words and numbers of charts in one language."""

    language: str

    def __call__(self, key: str, *values: object) -> str:
        """The term ``chart_<key>`` filled with ``values``."""
        return label(f"chart_{key}", self.language).format(*values)

    def label(self, key: str) -> str:
        """The term ``key``."""
        return label(key, self.language)

    def number(self, value: Number) -> str:
        """A number as the language groups it; a dash where there is none.

        >>> Say("en").number(Decimal("133715.32")), Say("zh").number(1915), Say("zh").number(None)
        ('133,715.32', '1915', '—')
        """
        if value is None:
            return "—"
        return f"{value:,}" if self.language == "en" else f"{value}"

    def counted(self, value: Number) -> str:
        """A count of a part: what was not received says so, for it is no 0."""
        return self.late if value is None else self.number(value)

    @property
    def late(self) -> str:
        """What stands where a bar would: nothing was received of this part."""
        return f"× {self.label('not_received')}"

    def not_received(self, names: Iterable[str]) -> str:
        """A sentence that names the parts of which nothing was received; empty where there are none."""
        late = self("comma").join(names)
        return label("chart_not_received", self.language).format(late) if late else ""

    def percent(self, value: Number) -> str:
        """A percentage."""
        return "—" if value is None else f"{value}%"

    def moved(self, before: Number, after: Number) -> str:
        """Fell, rose or stayed."""
        if before is None or after is None or before == after:
            return self("stayed")
        return self("fell") if after < before else self("rose")

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence, one after the other."""
        return self("semicolon").join(parts)

    def sentence(self, text: str) -> str:
        """``text`` beginning with a capital letter where the language has them."""
        return text[:1].upper() + text[1:]


def whole(value: Any) -> int:
    """A cell of a frame as a plain integer."""
    return int(value)


def money(value: Any) -> Decimal | None:
    """A cell of a frame as a Decimal; None where it is empty."""
    return value if isinstance(value, Decimal) else None


def share(part: int | Decimal, total: int | Decimal) -> Decimal | None:
    """``part`` of ``total`` in percent with two decimals; None of nothing.

    >>> share(327802, 488235)
    Decimal('67.14')
    """
    found = ratio(Fraction(part), Fraction(total))
    return None if found is None else round_half_up(found * 100, 2)
