"""Counts by part, each as its share of how many there are: parts are told by rates, and the counts stand beside."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Unpack

from zt_analysis.bulletins import Paper
from zt_analysis.drawing.bars import COLOURS
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.kept import drawn
from zt_analysis.drawing.panels import Panel, draw
from zt_analysis.drawing.rates import against_whole, conclusion
from zt_analysis.drawing.say import Say
from zt_analysis.drawing.series import Series, Split
from zt_analysis.drawing.split import Said, split
from zt_analysis.figures import ratio
from zt_analysis.indicators.indicator import Exact
from zt_analysis.indicators.intervals import HIGHER, LOWER, Interval, intervals
from zt_analysis.sources import Tables

SHARE = "ratio"
DIFFERING = {HIGHER, LOWER}


def shares(paper: Paper, tables: Tables, *indicators: str, of: str, by: str, **said: Unpack[Said]) -> Chart:
    """What each figure is of ``of``, by part; the counts stand in the table beneath.

    A large part has many of everything: counts would say how large it is. The message is which parts differ from the
    whole by more than chance could make of the first figure, or that none does. Only where some do are the parts in the
    order of their shares: a ranking of noise is none.

    Args:
        of: the figure that each is a share of, such as the population.

    Raises:
        InputError: as ``bars``.
    """
    found = split(paper, tables, [*indicators, of], by=by, **said)
    against, whole = _against(found)
    if DIFFERING & set(against.values()):
        found = found.chosen(_places(found))
    say, people, counted = found.say, found.series[-1], found.series[:-1]
    first, known = counted[0], _intervals(found)
    told = conclusion(found, [against[code] for code in found.codes], whole)
    message = say("rates_message", name=say("share_of", of=people.name), said=told)
    totals = say.listed(say("total", name=one.name, total=one.total(say)) for one in counted)
    title = say.sentence(say("shares_title", name=first.name, total=first.total(say), message=message))
    texts = [_texts(one, people, say) for one in counted]
    counts = [one.texts(say) for one in counted]
    panels = [
        Panel(one.name, [float(share or 0) for share in _of(one, people)], labels, colour, scale=SHARE)
        for one, labels, colour in zip(counted, texts, COLOURS * len(counted), strict=False)
    ]
    alt = say(
        "shares_alt", by=found.by, names=say.several(one.name for one in counted), of=people.name, totals=totals,
        each=found.each(texts), message=message,
    )  # fmt: skip
    lows, highs = (
        [
            # what is said instead of a share is said instead of its bounds
            say.number(getattr(known[code], side), SHARE) if code in known else text
            for code, text in zip(found.codes, texts[0], strict=True)
        ]
        for side in ("low", "high")
    )
    columns = [
        say("share_column", name=first.name), say.term("rate_low"), say.term("rate_high"),
        *(say("share_column", name=one.name) for one in counted[1:]), *(one.name for one in counted),
    ]  # fmt: skip
    svg = drawn(tables, draw, title, found.parts, panels)
    # what is drawn is a share; what stands in the table beside it is counted
    shown = replace(found, series=(replace(first, unit=SHARE), *counted))
    return finished(shown, Drawn(title, alt, svg, columns, [texts[0], lows, highs, *texts[1:], *counts]), **said)


def _against(found: Split) -> tuple[dict[str, str], Exact]:
    """How each part stands to the whole by the first figure, and the whole's share; None where it lacks a part."""
    first, people, known, late = found.series[0], found.series[-1], _intervals(found), set(found.late)
    whole = None if found.late or found.lacks else ratio(first.whole, people.whole)
    parts = zip(found.codes, found.parts, strict=True)
    return {
        code: against_whole(known.get(code), whole) if code in known or part in late else "" for code, part in parts
    }, whole


def _intervals(found: Split) -> dict[str, Interval]:
    pairs = zip(found.codes, found.series[0].values, found.series[-1].values, strict=True)
    counts = {code: (_count(count), _count(among)) for code, count, among in pairs}
    return {one.code: one for one in intervals(counts) if one.population}


def _of(one: Series, people: Series) -> list[Exact]:
    return [ratio(count, among) for count, among in zip(one.values, people.values, strict=True)]


def _texts(one: Series, people: Series, say: Say) -> list[str]:
    """The share of each part; a sign and words where what it is made of was not received."""
    came = zip(_of(one, people), one.received, people.received, strict=True)
    return [say.number(share, SHARE) if all(received) else say.not_received() for share, *received in came]


def _places(found: Split) -> list[int]:
    """The parts by their share of the first figure; those without one last, as they stood."""
    rates = _of(found.series[0], found.series[-1])
    return sorted(range(len(rates)), key=lambda place: (rates[place] is None, -Fraction(rates[place] or 0)))


def _count(value: Exact) -> int | None:
    return None if value is None else int(value)
