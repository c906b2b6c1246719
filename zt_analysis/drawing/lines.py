"""Figures over periods: lines, and a stock with what flows into it and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing import theme
from zt_analysis.drawing.bars import COLOURS
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.kept import drawn
from zt_analysis.drawing.say import Say
from zt_analysis.drawing.series import Series, Split
from zt_analysis.drawing.split import WEEK, Said, checked, over, split
from zt_analysis.errors import wrong_argument
from zt_analysis.periods import Period
from zt_analysis.reports.escaping import visible
from zt_analysis.sources import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL = 100


def lines(
    paper: Paper, tables: Tables, *indicators: str, periods: Sequence[Period] = (), weeks: int | None = None,
    years: int | None = None, **said: Unpack[Said],
) -> Chart:  # fmt: skip
    """Figures over periods, a line each in a panel of its own; it says how the first moved.

    Args:
        periods: those shown, the earliest first; the reporting dates from the base date on when empty.
        weeks: so many weeks back instead of the base date.
        years: so many years instead, the paper's own the last; those before the first with a value are left out.

    Raises:
        InputError: as ``bars``; a figure that is for another kind of date.
    """
    if years is not None:
        found = _since_known(over(paper, tables, indicators, _years(paper, years), **said))
    elif periods:
        found = over(paper, tables, indicators, periods, **said)
    else:
        found = split(paper, tables, indicators, by=WEEK, **_since(paper, tables, weeks, said))
    say, first = found.say, found.series[0]
    title = say.sentence(_moved(first, found))
    # where one line has no room for all of its numbers, the others do not show theirs either
    few = any(_crowded(one.texts(say)) for one in found.series)
    shown = [
        Line.of(one, colour, say, few=few)
        for one, colour in zip(found.series, COLOURS * len(found.series), strict=False)
    ]
    svg = drawn(tables, _draw_lines, title, shown, found.parts)
    names = say.several(one.name for one in found.series)
    each = found.each([one.texts(say) for one in found.series])
    alt = say("lines_alt", names=names, first=found.parts[0], last=found.parts[-1], each=each)
    columns, cells = [_named(one, say) for one in found.series], [one.texts(say) for one in found.series]
    return finished(found, Drawn(title, alt, svg, columns, cells), **said)


def stock_and_flow(
    paper: Paper, tables: Tables, stock: str, flows: tuple[str, str], *, weeks: int | None = None, **said: Unpack[Said]
) -> Chart:
    """What there was at each reporting date, and what came and went in the week before it; it says if that balances.

    Args:
        flows: names of what came and of what went.
        weeks: so many weeks back instead of the base date; what flowed before the first date is not shown.

    Raises:
        InputError: as ``bars``.
    """
    found = split(paper, tables, [stock, *flows], by=WEEK, **_since(paper, tables, weeks, said))
    say, (level, came, went) = found.say, found.series
    sums = [say.amount(sum(int(value or 0) for value in one.values), one.unit) for one in (came, went)]
    named = {"inflow": came.name, "outflow": went.name, "came": sums[0], "went": sums[1]}
    title = say.sentence(say("flow_title", stock=_moved(level, found), **named))
    shown = [
        Line.of(one, colour, say, sign=sign)
        for one, colour, sign in ((level, theme.BLUE, ""), (came, theme.ORANGE, "+"), (went, theme.GREEN, "-"))
    ]
    svg = drawn(tables, _draw_flow, title, *shown, found.parts)
    before, after = (say.amount(level.values[place], level.unit) for place in (0, -1))
    alt = say(
        "flow_alt", first=found.parts[0], last=found.parts[-1], name=level.name, before=before, after=after, **named
    )
    unbalanced = _unbalanced(level, came, went)
    alt += say("unbalanced", count=unbalanced, **named) if unbalanced else say("balances", **named)
    columns, cells = [_named(one, say) for one in found.series], [one.texts(say) for one in found.series]
    return finished(found, Drawn(title, alt, svg, columns, cells), **said)


def _years(paper: Paper, years: int) -> list[Period]:
    if not isinstance(years, int) or isinstance(years, bool) or years < 2:
        raise wrong_argument("years", years, "a whole number of years from 2", "such as years=20")
    found = [paper.period]
    while len(found) < years:
        found.append(found[-1].last_year)
    return found[::-1]


def _since_known(found: Split) -> Split:
    """The periods from the first in which one of the figures is known."""
    known = [any(one.values[place] is not None for one in found.series) for place in range(len(found.parts))]
    return found.chosen(range(known.index(True) if True in known else 0, len(known)))


def _since(paper: Paper, tables: Tables, weeks: int | None, said: Said) -> Said:
    """What is said, the period begun so many weeks back."""
    period = said.get("period", checked(paper, tables, said).period)
    if weeks is None:
        return said
    if not isinstance(weeks, int) or isinstance(weeks, bool) or weeks < 1:
        raise wrong_argument("weeks", weeks, "a whole number of weeks", "such as weeks=8")
    return {**said, "period": replace(period, base_on=period.as_of - timedelta(weeks=weeks))}


def _unbalanced(stock: Series, came: Series, went: Series) -> int:
    """How many periods do not end with what they began with and what flowed; one of which a number lacks does not."""
    steps = zip(pairwise(stock.values), came.values[1:], went.values[1:], strict=True)
    known = [[one for one in (then, inside, out, now) if one is not None] for (then, now), inside, out in steps]
    return sum(len(one) < 4 or one[0] + one[1] - one[2] != one[3] for one in known)


def _moved(one: Series, found: Split) -> str:
    say, (before, after) = found.say, (one.values[0], one.values[-1])
    name = f"{found.scope}{say.gap}{one.name}" if found.scope else one.name
    return say.change(name, before, after, [say.amount(before, one.unit), say.amount(after, one.unit) + one.mark(say)])


def _named(one: Series, say: Say) -> str:
    return f"{one.name} ({unit})" if (unit := say.unit(one.unit)) and unit != "%" else one.name


@dataclass(frozen=True)
class Line:
    """A figure over periods as it is drawn: what stands over it, its values, and the texts that are written at them."""

    heading: str
    values: tuple[float | None, ...]
    texts: tuple[str | None, ...]
    colour: str

    @classmethod
    def of(cls, one: Series, colour: str, say: Say, *, few: bool = False, sign: str = "") -> Line:
        """``one`` with the texts there is room for; of what flowed all, each after its ``sign``."""
        values = tuple(None if value is None else float(value) for value in one.values)
        if sign:
            texts = [f"{sign}{say.number(value, one.unit)}" for value in one.values]
            return cls(f"{sign} {one.name}", values, tuple(texts), colour)
        texts = one.texts(say)
        told = _few(one) if few or _crowded(texts) else range(len(values))
        shown = [text if place in told else None for place, text in enumerate(texts)]
        return cls(_named(one, say), values, tuple(shown), colour)


def _draw_lines(title: str, shown: Sequence[Line], dates: Sequence[str]) -> str:
    with theme.house():
        figure = theme.new_figure(title, (PANEL + 22) * len(shown) + 22, top=22, bottom=22)
        areas = figure.subplots(len(shown), 1, sharex=True, squeeze=False, gridspec_kw={"hspace": 0.3})[:, 0]
        for axes, one in zip(areas, shown, strict=True):
            _line(axes, one)
        _dates(areas[-1], dates)
        return theme.to_svg(figure)


def _draw_flow(title: str, level: Line, came: Line, went: Line, dates: Sequence[str]) -> str:
    with theme.house():
        figure = theme.new_figure(title, 266, top=24, bottom=22)
        above, below = figure.subplots(2, 1, sharex=True, gridspec_kw={"hspace": 0.3})
        _line(above, level)
        _flow(below, came, went)
        _dates(below, dates)
        return theme.to_svg(figure)


def _line(axes: Axes, one: Line) -> None:
    # what is not known breaks the line
    values = [float("nan") if value is None else value for value in one.values]
    axes.plot(range(len(values)), values, color=one.colour, marker="o", linewidth=2)
    for place, (value, text) in enumerate(zip(one.values, one.texts, strict=True)):
        if value is not None and text is not None:
            axes.annotate(text, (place, value), (0, 6), textcoords="offset points", ha="center")
    known = [value for value in one.values if value is not None]
    axes.set_ylim(min([0.0, *known]) * 1.3, max([0.0, *known]) * 1.3 or 1.0)
    axes.set_title(one.heading, color=one.colour)
    axes.margins(x=0.06)
    _bare_left(axes)


def _crowded(texts: Sequence[str]) -> bool:
    return max((theme.width(text) + 6 for text in texts), default=0) * len(texts) > theme.WIDTH_POINTS


def _few(one: Series) -> set[int]:
    """The places whose number is written where there is no room for all: the ends, the highest and the lowest."""
    known = {place: Fraction(value) for place, value in enumerate(one.values) if value is not None}
    if not known:
        return set()
    wanted = [max(known), min(known), max(known, key=known.__getitem__), min(known, key=known.__getitem__)]
    apart, told = len(one.values) // 6, list[int]()
    for place in wanted:
        told += [place] if all(abs(place - other) > apart for other in told) else []
    return set(told)


def _flow(axes: Axes, came: Line, went: Line) -> None:
    for one, sign, offset in ((came, 1, (0, 2)), (went, -1, (0, -13))):
        for place, (value, text) in enumerate(zip(one.values, one.texts, strict=True)):
            if value is None:
                continue
            axes.bar(place, sign * value, color=one.colour, width=0.66)
            axes.annotate(text or "", (place, sign * value), offset, textcoords="offset points", ha="center")
    axes.axhline(0, color=theme.GREY, linewidth=0.8)
    axes.margins(x=0.06, y=0.3)
    axes.set_title(came.heading, color=came.colour)
    axes.set_title(went.heading, color=went.colour, loc="right")
    _bare_left(axes)


def _dates(axes: Axes, parts: Sequence[str]) -> None:
    """Dates under the lines; of days of one year only month and day, of many dates some."""
    year = {part[:4] for part in parts}
    short = [part[5:] if len(year) == 1 and len(part) == 10 else part for part in parts]
    wide = max(theme.width(text) for text in short) + 6
    every = -(-int(wide * len(parts)) // (theme.WIDTH_POINTS - 10))
    shown = range(len(parts) - 1, -1, -max(every, 1))
    axes.set_xticks(sorted(shown), [visible(short[place]) for place in sorted(shown)])


def _bare_left(axes: Axes) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
