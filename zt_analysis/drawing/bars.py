"""Bars by part: of one figure or several, of a part of a whole, of whole figures beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing import theme
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.kept import drawn
from zt_analysis.drawing.panels import Panel, draw
from zt_analysis.drawing.say import NONE, Say
from zt_analysis.drawing.series import Series, Split
from zt_analysis.drawing.split import Said, split, whole
from zt_analysis.errors import InputError
from zt_analysis.figures import ratio
from zt_analysis.indicators import find
from zt_analysis.indicators.indicator import Exact
from zt_analysis.sources import Tables

COLOURS = (theme.BLUE, theme.GREEN, theme.ORANGE, theme.GREY)


def bars(paper: Paper, tables: Tables, *indicators: str, by: str, order: str = "most", **said: Unpack[Said]) -> Chart:
    """Figures by part, each in a panel of its own; it says the whole and which part has most.

    Args:
        indicators: names of figures that can be broken down by ``by``.
        by: a dimension of their rows: a register's key, a list of words, ``week``.
        order: ``most`` first, or as ``listed``.
        said: see ``Said``.

    Raises:
        InputError: an argument of another kind, an unknown figure, dimension or part, nothing to show.
    """
    found = split(paper, tables, indicators, by=by, **said).ordered(order)
    say = found.say
    title = say.sentence(_message(found))
    shown = [
        Panel(_heading(one, found), _lengths(one), one.texts(say), colour, scale=one.unit)
        for one, colour in zip(found.series, COLOURS * len(found.series), strict=False)
    ]
    names = [one.name for one in found.series]
    totals = say.listed(say("total", name=one.name, total=one.total(say)) for one in found.series)
    each = found.each([one.texts(say) for one in found.series])
    alt = say("bars_alt", by=found.by, names=say.several(names), totals=totals, each=each)
    columns, cells = [_column(one, found) for one in found.series], [one.texts(say) for one in found.series]
    return finished(found, Drawn(title, alt, drawn(tables, draw, title, found.parts, shown), columns, cells), **said)


def part_of_whole(
    paper: Paper, tables: Tables, pair: tuple[str, str], *, by: str, beside: Sequence[str] = (), **said: Unpack[Said]
) -> Chart:
    """A figure by part, what another is of it dark, with its share; further figures of the same parts ``beside``.

    Args:
        pair: names of two figures, the second of which counts some of what the first counts.
        beside: further figures, each in a panel of its own.

    Raises:
        InputError: as ``bars``; figures of two units.
    """
    found = split(paper, tables, [*pair, *beside], by=by, **said)
    say, (of, some, *rest) = found.say, found.series
    if of.unit != some.unit:
        raise InputError(
            f"part {some.indicator!r} of {of.indicator!r}", found=f"{some.unit} of {of.unit}",
            expected="figures of one unit", hint="choose a figure that counts some of the other",
        )  # fmt: skip
    shares = [say.number(ratio(one, among), "ratio") for one, among in zip(some.values, of.values, strict=True)]
    share = say.number(ratio(some.whole, of.whole), "ratio")
    title = say.sentence(say("part_title", name=of.name, total=of.total(say), part=some.name, share=share))
    labels = [
        text if shown == NONE else f"{text}{say('comma')}{shown}"
        for text, shown in zip(of.texts(say), shares, strict=True)
    ]
    shown = [Panel(say("part_panel", name=of.name, part=some.name), _lengths(of), labels, theme.BLUE, _lengths(some))]
    shown += [Panel(_heading(one, found), _lengths(one), one.texts(say), theme.GREY, scale=one.unit) for one in rest]
    totals = say.listed(say("total", name=one.name, total=one.total(say)) for one in (of, some))
    each = found.each([of.texts(say), some.texts(say), shares, *(one.texts(say) for one in rest)])
    names = say.several(one.name for one in found.series)
    alt = say("part_alt", by=found.by, names=names, totals=totals, share=share, each=each)
    columns = [_column(of, found), _column(some, found), say("share"), *(_column(one, found) for one in rest)]
    cells = [of.texts(say), some.texts(say), shares, *(one.texts(say) for one in rest)]
    return finished(found, Drawn(title, alt, drawn(tables, draw, title, found.parts, shown), columns, cells), **said)


def side_by_side(paper: Paper, tables: Tables, *indicators: str, **said: Unpack[Said]) -> Chart:
    """Whole figures of one unit beside each other, the first (what the others are seen against) grey.

    Raises:
        InputError: as ``bars``; figures of several units.
    """
    found, say = whole(paper, tables, indicators, **said), Say(paper.language)
    units = list(dict.fromkeys(one.unit for one in found))
    if len(units) != 1:
        raise InputError(
            "figures beside each other", found=", ".join(units) or "none", expected="figures of one unit",
            hint="draw those of another unit in a chart of their own",
        )  # fmt: skip
    names, unit = [one.name for one in found], units[0]
    each = say.listed(say("total", name=one.name, total=one.total(say)) for one in found)
    title = say.sentence(_against(found, say) or each)
    amounts = replace(
        found[0],
        values=tuple(one.whole for one in found),
        received=tuple(all(one.received) for one in found),
        lacks=tuple(dict.fromkeys(name for one in found for name in one.lacks)),
        read=tuple(dict.fromkeys(name for one in found for name in one.read)),
    )
    texts = [text + one.mark(say) for text, one in zip(amounts.texts(say), found, strict=True)]
    svg = drawn(tables, draw, title, names, [Panel("", _lengths(amounts), texts, theme.BLUE, first=theme.GREY)])
    of = Split(say, say("item"), tuple(indicators), tuple(names), (amounts,))
    columns = [say.unit(unit) or say("value")]
    return finished(of, Drawn(title, say("beside_alt", each=each), svg, columns, [texts]), **said)


def _against(found: Sequence[Series], say: Say) -> str:
    """That the first is more, or less, than each of the others; nothing where neither is so, or one is not known."""
    first, *others = found
    if not others or any(one.whole is None for one in found):
        return ""
    own = Fraction(first.whole or 0)
    more, less = (all(sign * (own - Fraction(one.whole or 0)) > 0 for one in others) for sign in (1, -1))
    if not more and not less:
        return ""
    named = say.several(say("beside_other", name=one.name, total=one.total(say)) for one in others)
    return say("beside_more" if more else "beside_less", name=first.name, total=first.total(say), others=named)


def _message(found: Split) -> str:
    """The whole, and the part that has most of it."""
    first, say = found.series[0], found.say
    known = [place for place, value in enumerate(first.values) if value is not None]
    if not known:
        return say("nothing", name=first.name)
    place = max(known, key=lambda place: Fraction(first.values[place] or 0))
    rate = find(first.indicator).derived
    value = say.amount(first.values[place], first.unit)
    of = f"{found.scope}{say.gap}{first.name}" if found.scope else first.name
    return say("highest" if rate else "most", name=of, total=first.total(say), part=found.parts[place], value=value)


def _heading(one: Series, found: Split) -> str:
    """What stands over a panel: nothing where it is the only one and the title says it."""
    return "" if len(found.series) == 1 else _column(one, found)


def _column(one: Series, found: Split) -> str:
    """The name of a figure, with its unit where the chart has several."""
    several = len({other.unit for other in found.series}) > 1
    unit = found.say.unit(one.unit)
    return f"{one.name} ({unit})" if several and unit else one.name


def _lengths(one: Series) -> list[float]:
    return [_length(value) for value in one.values]


def _length(value: Exact) -> float:
    # a part without a value has no bar; what stands beside it says why
    return 0.0 if value is None else float(value)
