"""Rates of parts as dots with the span of what chance could make of them, beside the rate of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing import theme
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.kept import drawn
from zt_analysis.drawing.say import NONE
from zt_analysis.drawing.series import Split
from zt_analysis.drawing.split import Said, split
from zt_analysis.figures import ratio
from zt_analysis.indicators.indicator import Exact
from zt_analysis.indicators.intervals import HIGHER, LOWER, Interval, intervals
from zt_analysis.sources import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {HIGHER: theme.ORANGE, LOWER: theme.BLUE}
UNIT = "ratio"
INCOMPLETE, NOT_RECEIVED, NOBODY = "incomplete", "not_received", ""


def rates(paper: Paper, tables: Tables, rate: str, *, of: tuple[str, str], by: str, **said: Unpack[Said]) -> Chart:
    """The rate of each part with its interval; parts stay in their order, for a ranking would show noise.

    It says which parts differ clearly from the whole, or that none does; nothing where the whole lacks a part.

    Args:
        rate: the figure that names the chart.
        of: the figures it is calculated from: what is counted, and of how many.

    Raises:
        InputError: as ``bars``.
    """
    found = split(paper, tables, [rate, *of], by=by, **said)
    counted, people = found.series[1:]
    numbers = {
        code: (None if one is None else int(one), None if among is None else int(among))
        for code, one, among in zip(found.codes, counted.values, people.values, strict=True)
    }
    # a rate over nobody is none, and its interval says nothing
    known = {one.code: one for one in intervals(numbers) if one.population}
    whole = None if found.late or found.lacks else ratio(counted.whole, people.whole)
    shown = [known.get(code) for code in found.codes]
    say, name, late = found.say, found.series[0].name, set(found.late)
    against = [
        against_whole(one, whole) if one or part in late else NOBODY
        for part, one in zip(found.parts, shown, strict=True)
    ]
    name = f"{found.scope}{say.gap}{name}" if found.scope else name
    message = say("rates_message", name=name, said=conclusion(found, against, whole))
    title = say.sentence(message)
    texts = [
        [say.number(value, UNIT) for value in (one.rate, one.low, one.high)]
        if one
        else [say.not_received() if part in late else NONE] * 3
        for part, one in zip(found.parts, shown, strict=True)
    ]
    parts = theme.unqualified(found.parts)
    names = [theme.fitting(part, f"   {text[0]}") for part, text in zip(parts, texts, strict=True)]
    spans = [
        one and (float(one.low), float(one.rate or 0), float(one.high), COLOURS.get(word, theme.GREY))
        for one, word in zip(shown, against, strict=True)
    ]
    told = say("rates_line", whole=say.term("the_whole"), rate=say.number(whole, UNIT))
    svg = drawn(tables, _draw, title, names, spans, None if whole is None else (float(whole), told))
    words = {"count": len(shown), "by": found.by, "name": name, "message": message}
    line = {"whole": say.term("the_whole"), "rate": say.number(whole, UNIT)}
    alt = say("rates_alt_partial", **words) if whole is None else say("rates_alt", **words, **line)
    columns = [found.series[0].name, *(say.term(word) for word in ("rate_low", "rate_high", "rate_against"))]
    cells = [*zip(*texts, strict=True), [NONE if word == NOBODY else say.term(word) for word in against]]
    # its rows are those of the rate, its unit is the rate's
    found = replace(found, series=found.series[:1])
    return finished(found, Drawn(title, alt, svg, columns, cells), **said)


def against_whole(one: Interval | None, whole: Exact) -> str:
    """How a part's rate stands to the whole's; what else there is to say where either is not known."""
    if one is None:
        return NOT_RECEIVED
    return INCOMPLETE if whole is None else one.against(Fraction(whole))


def conclusion(found: Split, against: Sequence[str], whole: Exact) -> str:
    """What a reader may conclude: who differs clearly from the whole, or that nobody does; nothing of part of it."""
    say, named = found.say, {"whole": found.say.term("the_whole")}
    if whole is None:
        return say("rates_incomplete", **named)
    groups = {
        word: [part for part, one in zip(found.parts, against, strict=True) if one == word] for word in (HIGHER, LOWER)
    }
    said = [say(f"rates_{word[5:]}", differing=say.several(parts), **named) for word, parts in groups.items() if parts]
    return say.listed(said) or say("rates_none", by=found.by, **named)


def _draw(
    title: str, names: Sequence[str], spans: Sequence[tuple[float, float, float, str] | None],
    line: tuple[float, str] | None,
) -> str:  # fmt: skip
    with theme.house():
        figure = theme.new_figure(title, 21 * len(names) + 32, names=names, top=22)
        axes = figure.add_subplot()
        for place, one in enumerate(spans):
            if one is not None:
                _span(axes, place, *one)
        theme.label_bars(axes, names)
        if line is not None:
            axes.axvline(line[0], color=theme.INK, linewidth=1, zorder=0)
            # over the names, too: it is longer than the drawing is wide
            left = -theme.left(names) / (theme.WIDTH_POINTS - theme.left(names) - 4)
            axes.set_title(line[1], color=theme.INK, x=left)
        axes.set_xlim(left=0)
        return theme.to_svg(figure)


def _span(axes: Axes, place: int, low: float, rate: float, high: float, colour: str) -> None:
    axes.plot([low, high], [place, place], color=colour, linewidth=4, solid_capstyle="butt", alpha=0.55)
    axes.plot([rate], [place], color=colour, marker="o", markersize=6)
