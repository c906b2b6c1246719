"""A drawn chart with its words and its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from zt_analysis.drawing.series import Split
from zt_analysis.drawing.split import Said
from zt_analysis.ledger import CHART_MIME


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its message (title), what it shows in words (alt), unit, source, and the table beneath it.

    Attributes:
        key: by which a section of a page takes it.
        missing: names of the parts that were not received, where what it shows lacks some.
    """

    key: str
    title: str
    alt: str
    unit: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str
    missing: tuple[str, ...] = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in ("key", "title", "alt", "unit", "source")}
        lists = {"columns": list(self.columns), "rows": [list(row) for row in self.rows], "missing": list(self.missing)}
        return {"image/svg+xml": self.svg, CHART_MIME: words | lists, "text/plain": f"{self.title}\n{self.alt}"}


@dataclass(frozen=True)
class Drawn:
    """What a primitive makes of a split: its words, the drawing, the columns of the table after the parts' names."""

    title: str
    alt: str
    svg: str
    columns: Sequence[str]
    cells: Sequence[Sequence[str]]


def finished(found: Split, drawn: Drawn, **said: Unpack[Said]) -> Chart:
    """A chart of what was found: the table beneath it, unit, source, what is missing."""
    say, note, source = found.say, said.get("note"), said.get("source")
    late = say("not_received", late=say.several(found.late)) if found.late else ""
    return Chart(
        said.get("key") or found.series[0].indicator,
        drawn.title,
        drawn.alt + late + (say.term(note) if note else ""),
        found.units,
        say.term(source) if source else say.several(found.tables),
        (found.by, *drawn.columns),
        tuple(zip(found.parts, *drawn.cells, strict=True)),
        drawn.svg,
        tuple(dict.fromkeys([*found.late, *found.lacks])),
    )
