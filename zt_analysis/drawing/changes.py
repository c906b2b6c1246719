"""Before and after: a figure of each part at both dates, with the norm it must stay below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing import theme
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.kept import drawn
from zt_analysis.drawing.say import Say
from zt_analysis.drawing.series import Series
from zt_analysis.drawing.split import Said, split
from zt_analysis.indicators import find
from zt_analysis.indicators.indicator import Exact
from zt_analysis.periods import Period
from zt_analysis.sources import Tables
from zt_analysis.spans import WHOLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 20


def before_after(
    paper: Paper, tables: Tables, indicator: str, *, by: str, norms: Mapping[str, Fraction] | None = None,
    **said: Unpack[Said],
) -> Chart:  # fmt: skip
    """A figure by part at the base date and at the paper's; it says which part moved most.

    Args:
        norms: by part the value it must stay below, in the figure's exact unit.

    Raises:
        InputError: as ``bars``.
    """
    now = split(paper, tables, [indicator], by=by, **said)
    period = said.get("period", paper.period)
    base = period.at(period.base_on)
    earlier: Said = {**said, "period": base, "parts": said.get("parts") or now.codes}
    then = split(paper, tables, [indicator], by=by, **earlier)
    say, after, before = now.say, now.series[0], then.series[0]
    limits = [(norms or {}).get(code) for code in now.codes]
    moved = [_moved(now.parts[place], before, after, place, say) for place in range(len(now.parts))]
    title = say.sentence(_message(before, after, moved, say))
    days = (_when(indicator, base, say), _when(indicator, period, say))
    texts = [before.texts(say), after.texts(say)]
    each = [
        text if limit is None else say("against", moved=text, norm=say.number(limit, after.unit), against=say(word))
        for text, limit, word in zip(moved, limits, map(_against, after.values, limits), strict=True)
    ]
    alt = say("before_after_alt", name=after.name, base_on=days[0], as_of=days[1], each=say.listed(each))
    columns, cells = [*days], texts
    if norms:
        columns, cells = [*columns, say("norm")], [*cells, [say.number(limit, after.unit) for limit in limits]]
        alt += say("norm_alt")
    # the values stand in the labels, where no bar or norm covers them
    names = [
        name
        for part, *shown in zip(now.parts, *texts, strict=True)
        for name in (part, *(f"{day}   {text}" for day, text in zip(days, shown, strict=True)))
    ]
    pairs = [[_length(then), _length(now)] for then, now in zip(before.values, after.values, strict=True)]
    lines = [
        None if limit is None else (float(limit), f"{say('norm')} {say.number(limit, after.unit)}") for limit in limits
    ]
    return finished(now, Drawn(title, alt, drawn(tables, _draw, title, names, pairs, lines), columns, cells), **said)


def _when(indicator: str, period: Period, say: Say) -> str:
    """What a figure's value is of: the quarter, year, term ..., or the day that it counts up to."""
    time = find(indicator).time
    return period.of(time).name[say.language] if time in WHOLE else period.as_of.isoformat()


def _moved(part: str, before: Series, after: Series, place: int, say: Say) -> str:
    then, now = before.values[place], after.values[place]
    # a sentence says the unit that a label leaves to its heading
    texts = [
        one.texts(say)[place] if value is None else say.amount(value, one.unit)
        for one, value in ((before, then), (after, now))
    ]
    return say.change(f"{part}{say.gap}{after.name}", then, now, texts)


def _message(before: Series, after: Series, moved: list[str], say: Say) -> str:
    """The part that moved most; that nothing is known where nothing is."""
    changes = {
        place: abs(Fraction(now) - Fraction(then))
        for place, (then, now) in enumerate(zip(before.values, after.values, strict=True))
        if then is not None and now is not None
    }
    return moved[max(changes, key=lambda place: changes[place])] if changes else say("nothing", name=after.name)


def _against(value: Exact, norm: Exact) -> str:
    if value is None or norm is None:
        return "against_unknown"
    return "against_below" if Fraction(value) < Fraction(norm) else "against_not_below"


def _length(value: Exact) -> float:
    return 0.0 if value is None else float(value)


def _draw(
    title: str, names: Sequence[str], pairs: Sequence[Sequence[float]], norms: Sequence[tuple[float, str] | None]
) -> str:
    with theme.house():
        figure = theme.new_figure(title, ROW * len(names) + 10, names=names)
        axes = figure.add_subplot()
        for place, (pair, norm) in enumerate(zip(pairs, norms, strict=True)):
            axes.barh([3 * place + 1, 3 * place + 2], pair, height=0.72, color=[theme.LIGHT_BLUE, theme.BLUE])
            if norm is not None:
                _norm(axes, 3 * place, *norm)
        theme.label_bars(axes, names)
        axes.margins(x=0.16)
        axes.set_xlim(left=0)
        return theme.to_svg(figure)


def _norm(axes: Axes, top: int, norm: float, text: str) -> None:
    axes.plot([norm] * 2, [top + 0.35, top + 2.45], color=theme.ORANGE, linewidth=2)
    axes.annotate(text, (norm, top + 0.3), color=theme.ORANGE, ha="center", va="bottom")
