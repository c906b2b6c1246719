"""Panels of horizontal bars: the room each needs, beside each other where they fit, below each other where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_analysis.drawing import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 21
HEIGHT = 0.72
# the shortest room in which the longest bar of a panel is one
BAR = 34
GAP = 8
MOST_LINES = 4


@dataclass(frozen=True)
class Panel:
    """Bars of one figure: what stands over them, how long each is, what stands at its end, and what of it is dark.

    Attributes:
        scale: panels of one scale have bars of one length for one number.
        first: another colour of the first bar.
    """

    heading: str
    lengths: Sequence[float]
    labels: Sequence[str]
    colour: str
    dark: Sequence[float] = ()
    scale: str = ""
    first: str = ""

    @property
    def room(self) -> float:
        """How wide it has to be."""
        return max((theme.width(text) for text in self.labels), default=0) + BAR


def draw(title: str, names: Sequence[str], panels: Sequence[Panel]) -> str:
    """The panels over the same ``names`` as SVG."""
    names = theme.unqualified(names)
    with theme.house():
        rooms = _rooms(names, panels)
        beside = all(_fits(one, room) for one, room in zip(panels, rooms, strict=True))
        rooms = rooms if beside else [_width(names)] * len(panels)
        heads = [theme.wrapped(one.heading, room) for one, room in zip(panels, rooms, strict=True)]
        figure, axes = _beside(title, names, heads, rooms) if beside else _below(title, names, heads)
        for place, (one, head, area) in enumerate(zip(panels, heads, axes, strict=True)):
            _bars(area, one, names if place == 0 or not beside else [""] * len(names), head)
        _same_scale(panels, axes)
        return theme.to_svg(figure)


def _width(names: Sequence[str]) -> float:
    return theme.WIDTH_POINTS - theme.left(names) - 4


def _rooms(names: Sequence[str], panels: Sequence[Panel]) -> list[float]:
    """How wide each panel is beside the others: as its labels need, those of one scale alike."""
    needed = [max(other.room for other in panels if other.scale == one.scale) for one in panels]
    free = _width(names) - GAP * (len(panels) - 1)
    return [free * room / sum(needed) for room in needed]


def _fits(one: Panel, room: float) -> bool:
    lines = theme.wrapped(one.heading, room)
    return one.room <= room and len(lines) <= MOST_LINES and not any("…" in line for line in lines)


def _beside(
    title: str, names: Sequence[str], heads: Sequence[list[str]], rooms: Sequence[float]
) -> tuple[Figure, list[Axes]]:
    top = max(_head(head) for head in heads)
    figure = theme.new_figure(title, ROW * len(names) + 8 + top, names=names, top=top)
    grid = {"wspace": GAP * len(rooms) / sum(rooms)}
    return figure, list(figure.subplots(1, len(heads), squeeze=False, width_ratios=rooms, gridspec_kw=grid)[0])


def _below(title: str, names: Sequence[str], heads: Sequence[list[str]]) -> tuple[Figure, list[Axes]]:
    rows, top = ROW * len(names), max(_head(head) for head in heads)
    height = (rows + top + 8) * len(heads)
    figure = theme.new_figure(title, height, names=names, top=top)
    axes = figure.subplots(len(heads), 1, squeeze=False, gridspec_kw={"hspace": (top + 8) / rows})[:, 0]
    return figure, list(axes)


def _head(lines: Sequence[str]) -> float:
    return theme.LINE * len(lines) + 5 if any(lines) else 4


def _bars(axes: Axes, one: Panel, names: Sequence[str], head: Sequence[str]) -> None:
    theme.label_bars(axes, names)
    axes.barh(range(len(names)), one.lengths, height=HEIGHT, color=theme.LIGHT_BLUE if one.dark else one.colour)
    if one.first and axes.patches:
        axes.patches[0].set_facecolor(one.first)
    if one.dark:
        axes.barh(range(len(names)), one.dark, height=HEIGHT, color=one.colour)
    for place, (length, text) in enumerate(zip(one.lengths, one.labels, strict=True)):
        axes.annotate(text, (max(length, 0), place), (3, 0), textcoords="offset points", va="center")
    axes.set_title("\n".join(head), color=one.colour if not one.dark and one.colour != theme.GREY else theme.INK)


def _same_scale(panels: Sequence[Panel], axes: Sequence[Axes]) -> None:
    ends = [theme.limit(area, one.lengths, one.labels) for one, area in zip(panels, axes, strict=True)]
    for one, area in zip(panels, axes, strict=True):
        alike = [end for other, end in zip(panels, ends, strict=True) if other.scale == one.scale]
        area.set_xlim(min([0.0, *one.lengths]) * theme.BELOW, max(alike))
