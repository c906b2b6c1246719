"""A chart of any frame in the house theme: bars of its parts, lines over its days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from zt_analysis.drawing import Chart, theme
from zt_analysis.drawing.panels import Panel, draw
from zt_analysis.errors import InputError
from zt_analysis.opened import frames
from zt_analysis.opened.html import output
from zt_analysis.opened.notebook import ready

COLOURS = (theme.BLUE, theme.ORANGE, theme.GREEN, theme.GREY)
MOST_BARS = 60
MOST_LINES = 12
HEIGHT = 200


@dataclass(frozen=True)
class Inline(Chart):
    """A chart that takes the colours of the page it stands on: ink where the page is light, light where it is dark."""

    @classmethod
    def of(cls, chart: Chart) -> Inline:
        """``chart``, shown so."""
        return cls(**{one.name: getattr(chart, one.name) for one in fields(chart)})

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, **further: object) -> dict[str, Any]:
        from markupsafe import Markup

        return {"text/html": output(Markup(themed(self.svg)))} | super()._repr_mimebundle_(**further)


def chart(frame: Any, *, title: str = "", by: str = "", value: str | Sequence[str] = "") -> Inline:
    """A frame as a chart: lines where it has days, bars where it has names.

    Args:
        title: what it says; the frame's own title otherwise.
        by: the column of days or names, when not the first that is one.
        value: the column or columns of numbers, when not all of them.

    Raises:
        InputError: no frame, no numbers, no rows, a column that there is not, more than a chart can show.
    """
    ready()
    if isinstance(frame, pd.Series):
        frame = frame.to_frame(frame.name if frame.name is not None else "value")
    for name, given in (("title", title), ("by", by)):
        if not isinstance(given, str):
            raise InputError(name, found=repr(given)[:60], expected="a text", hint=f'zt.chart(frame, {name}="…")')
    if not (isinstance(value, (str, list, tuple)) and all(isinstance(one, str) for one in value)):
        raise InputError("value", found=repr(value)[:60], expected="columns by name", hint='zt.chart(frame, value="…")')
    if not isinstance(frame, pd.DataFrame) or not len(frame):
        found = "no rows" if isinstance(frame, pd.DataFrame) else type(frame).__name__
        raise InputError("frame", found=found, expected="a frame with a row at least", hint="zt.chart(f.by('county'))")
    table = _Table(frame, by, [value] if isinstance(value, str) and value else list(value))
    said = title or str(frames.said(frame).get("title", "")) or "、".join(table.names)
    return table.lines(said) if table.is_dated else table.bars(said)


def themed(svg: str) -> str:
    """A drawing in the colours of its page: ink becomes the page's text, its white ground none."""
    svg = re.sub(r"^.*?(?=<svg)", "", svg, flags=re.DOTALL)
    svg = re.sub(theme.INK, "currentColor", svg, flags=re.IGNORECASE)
    # words in the colour of their bars are too dark for a dark page
    svg = re.sub(r"(<text style=\"[^\"]*fill: ?)#[0-9a-f]{6}", r"\1currentColor", svg, flags=re.IGNORECASE)
    return re.sub(r"fill: ?#ffffff", "fill: none", svg, flags=re.IGNORECASE)


class _Table:
    """A frame read as what a chart shows: one column of days or names, others of numbers."""

    def __init__(self, frame: pd.DataFrame, by: str, values: list[str]) -> None:
        known = frames.said(frame)
        self.heads, self.language = known.get("heads", {}), known.get("language", "zh")
        flat = frame.reset_index(drop=not frames.levels(frame))
        # a bar for all together would dwarf its parts
        flat = flat[[not whole for whole in frames.wholes(frame)]]
        seen = [name for name in flat.columns if not self.heads.get(str(name), {}).get("hidden")]
        self.values = [self._column(flat, one) for one in values] or [
            name for name in seen if pd.api.types.is_numeric_dtype(flat[name]) and name != by
        ]
        if not self.values or not all(pd.api.types.is_numeric_dtype(flat[one]) for one in self.values):
            raise InputError(
                "frame", found="no column of numbers" if not self.values else "text", expected="numbers to draw",
                hint="pd.to_numeric makes numbers of text",
            )  # fmt: skip
        words = [name for name in seen if name not in self.values]
        dated = [name for name in words if pd.api.types.is_datetime64_any_dtype(flat[name])]
        self.by = self._column(flat, by) if by else next(iter(dated or words), None)
        self.is_dated = self.by is not None and pd.api.types.is_datetime64_any_dtype(flat[self.by])
        self.among = next((name for name in words if name != self.by), None)
        self.flat = flat
        self.names = [frames.header(one, self.heads, self.language) for one in self.values]

    def _column(self, frame: pd.DataFrame, name: object) -> Any:
        if name not in frame.columns:
            raise InputError(
                f"column {name!r}", found="none of the frame", expected=", ".join(map(str, frame.columns)),
                hint="choose one of these",
            )  # fmt: skip
        return name

    def _text(self, value: Any, name: Any) -> str:
        return frames.number_text(value, self.heads.get(str(name), {}).get("decimals"), self.language)

    def bars(self, title: str) -> Inline:
        """Bars, a panel for each column of numbers, in the frame's order."""
        words = [one for one in (self.by, self.among) if one is not None]
        labels = ["·".join(str(row[one]) for one in words) or str(at) for at, row in self.flat.iterrows()]
        if len(labels) > MOST_BARS:
            raise InputError(
                "frame", found=f"{len(labels)} rows", expected=f"{MOST_BARS} bars at most",
                hint="frame.nlargest(20, 'value') shows the largest",
            )  # fmt: skip
        panels = [
            Panel(head, [0.0 if pd.isna(one) else float(one) for one in self.flat[name]],
                  [self._text(one, name) for one in self.flat[name]], colour)
            for name, head, colour in zip(self.values, self.names, COLOURS * len(self.values), strict=False)
        ]  # fmt: skip
        texts = [[self._text(one, name) for one in self.flat[name]] for name in self.values]
        return self._made(title, labels, texts, self.names, draw(title, labels, panels))

    def lines(self, title: str) -> Inline:
        """Lines over days: one for each part, or for each column of numbers."""
        series: dict[str, pd.Series]
        if self.among is not None:
            wide = self.flat.pivot_table(index=self.by, columns=self.among, values=self.values[0], aggfunc="sum",
                                         sort=False, min_count=1).sort_index()  # fmt: skip
            series = {str(name): wide[name] for name in wide.columns}
        else:
            one = self.flat.set_index(self.by).sort_index()
            series = {head: one[name] for name, head in zip(self.values, self.names, strict=True)}
        if len(series) > MOST_LINES:
            raise InputError(
                "frame", found=f"{len(series)} lines", expected=f"{MOST_LINES} at most", hint="choose some"
            )
        days = next(iter(series.values())).index
        svg = self._drawn_lines(title, series, days)
        texts = [[self._text(one, self.values[0]) for one in values] for values in series.values()]
        return self._made(title, [f"{one:%Y-%m-%d}" for one in days], texts, list(series), svg)

    def _drawn_lines(self, title: str, series: dict[str, pd.Series], days: pd.DatetimeIndex) -> str:
        from matplotlib.ticker import MaxNLocator

        every = pd.concat(list(series.values())).dropna()
        low, high = min(0.0, float(every.min())), max(0.0, float(every.max()))
        ticks = [one for one in MaxNLocator(4).tick_values(low, high or 1.0) if low <= one <= (high or 1.0) * 1.1]
        labels = [self._text(one, self.values[0]) for one in ticks]
        legend = 21 * -(-len(series) // 2) if len(series) > 1 else 0
        with theme.house():
            figure = theme.new_figure(title, HEIGHT + legend, names=labels, top=24, bottom=24 + legend)
            axes = figure.subplots()
            styles = [(colour, dash) for dash in ("-", "--", ":") for colour in COLOURS]
            for (name, values), (colour, dash) in zip(series.items(), styles, strict=False):
                numbers = [float("nan") if pd.isna(one) else float(one) for one in values]
                axes.plot(range(len(days)), numbers, color=colour, linestyle=dash, marker="o", markersize=3, label=name)
            axes.set_yticks(ticks, labels)
            axes.margins(x=0.06)
            written = [f"{one:%m-%d}" if len({*days.year}) == 1 else f"{one:%Y-%m-%d}" for one in days]
            step = -(-len(days) * (8 if len(written[0]) == 5 else 14) // 70)
            shown = range(len(days) - 1, -1, -max(step, 1))
            axes.set_xticks(sorted(shown), [written[place] for place in sorted(shown)])
            if len(series) == 1:
                axes.set_title(next(iter(series)))
            else:
                axes.legend(loc="upper left", bbox_to_anchor=(0, -26 / (HEIGHT - 40)), ncols=2, borderaxespad=0)
            return theme.to_svg(figure)

    def _made(self, title: str, labels: list[str], texts: list[list[str]], names: list[str], svg: str) -> Inline:
        unit = self.heads.get(str(self.values[0]), {}).get("unit", "")
        rows = tuple(tuple(row) for row in zip(labels, *texts, strict=True))
        alt = "；".join(f"{row[0]} {' / '.join(row[1:])}" for row in rows[:MOST_BARS])
        by = frames.header(self.by, self.heads, self.language) if self.by is not None else ""
        return Inline("own", title, alt, unit, "", (by, *names), rows, svg)
