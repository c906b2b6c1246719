"""The charts of a bulletin: each takes a small table and says its message in its title and in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from zt_analysis.drawing import Chart, Number, Say, money, share, theme, visible, whole

from .county_rates import county_rates

__all__ = [
    "Chart",
    "aid_by_stage",
    "allocation_and_spending",
    "county_rates",
    "outcomes_by_county",
    "rates_against_target",
    "weekly_open_cases",
]
OUTCOMES = {"returned": theme.BLUE, "home": theme.GREEN, "remote": theme.ORANGE}
LIGHT_BLUE = "#9CC3DD"


Rate = tuple[str, Decimal | None, Decimal | None, Decimal | None]
Counts = tuple[str, tuple[int, int, int]]


def rates_against_target(frame: pd.DataFrame, *, base_on: str, as_of: str, language: str = "zh") -> Chart:
    """Out-of-school rate of each stage at both dates, with the norm it must stay below.

    ``frame``: stage, base_pct, as_of_pct, target_pct (Decimal; None where a rate cannot be computed).
    """
    say = Say(language)
    rows = [
        (str(one.stage), money(one.base_pct), money(one.as_of_pct), money(one.target_pct)) for one in frame.itertuples()
    ]
    title = say.sentence(_largest_change(rows, say))
    with theme.house():
        names = _rate_names(rows, (base_on, as_of), say)
        figure = theme.new_figure(title, 56 * len(rows) + 10, names=names)
        _rate_bars(figure.add_subplot(), rows, names, say=say)
        svg = theme.to_svg(figure)
    each = say.listed(
        say("rate_against", _rate_change(row, say), say.percent(row[3]), say(_against(row[2], row[3]))) for row in rows
    )
    return Chart(
        key="rates",
        title=title,
        alt=say("rates_alt", base_on, as_of, each),
        unit="%",
        source=say("rates_source"),
        columns=(say.label("stage"), base_on, as_of, say("norm")),
        rows=tuple((row[0], *(say.percent(value) for value in row[1:])) for row in rows),
        svg=svg,
    )


def outcomes_by_county(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Returned, taught at home and at a distance, by county. ``frame``: county, returned, home, remote.

    Three panels, not one stack: the three are outcomes side by side and a bulletin does not say that they add up.
    """
    say = Say(language)
    ordered = frame.sort_values(["returned", "county"], ascending=[False, True])
    rows = [(str(one.county), (one.returned, one.home, one.remote)) for one in ordered.itertuples()]
    totals = [say.number(sum(counts[place] or 0 for _, counts in rows)) for place in range(3)]
    first = (rows[0][0], say.number(rows[0][1][0])) if rows else ("—", "—")
    late = say.not_received(name for name, counts in rows if None in counts)
    title = say.sentence(say("outcomes", totals[0], *first))
    with theme.house():
        figure = theme.new_figure(title, 17 * len(rows) + 28, names=[row[0] for row in rows], top=22)
        panels = figure.subplots(1, 3, sharey=True, gridspec_kw={"wspace": 0.06})
        ends = []
        for place, (axes, name) in enumerate(zip(panels, OUTCOMES, strict=True)):
            theme.label_bars(axes, [row[0] for row in rows])
            ends.append(_bars(axes, [counts[place] for _, counts in rows], OUTCOMES[name], say=say, none=say.late))
            axes.set_title(say.label(name), color=OUTCOMES[name])
        for axes in panels:
            axes.set_xlim(0, max(ends))
        svg = theme.to_svg(figure)
    return Chart(
        key="outcomes",
        title=title,
        alt=say("outcomes_alt", len(rows), *totals, *first) + late,
        unit=say("persons"),
        source=say("outcomes_source"),
        columns=(say.label("county_code"), *(say.label(name) for name in OUTCOMES)),
        rows=tuple((name, *map(say.counted, counts)) for name, counts in rows),
        svg=svg,
    )


def aid_by_stage(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Aided students by stage with the share from registered-poor households, and the amounts paid.

    ``frame``: stage, students, registered_poor_students, amount_10k_yuan.
    """
    say = Say(language)
    rows = [
        (str(one.stage), whole(one.students), whole(one.registered_poor_students), money(one.amount_10k_yuan))
        for one in frame.itertuples()
    ]
    shares = [say.percent(share(poor, students)) for _, students, poor, _ in rows]
    total, poor = sum(row[1] for row in rows), sum(row[2] for row in rows)
    title = say.sentence(say("aid", say.number(total), say.percent(share(poor, total))))
    with theme.house():
        figure = theme.new_figure(title, 28 * len(rows) + 28, names=[row[0] for row in rows], top=22)
        people, amounts = figure.subplots(1, 2, sharey=True, width_ratios=[5, 3], gridspec_kw={"wspace": 0.06})
        _poor_bars(people, rows, shares, say=say)
        theme.label_bars(amounts, [row[0] for row in rows])
        _bars(amounts, [row[3] for row in rows], theme.GREY, say=say)
        amounts.set_title(f"{say.label('aid_paid')} ({say('ten_thousand_yuan')})")
        svg = theme.to_svg(figure)
    columns = ("stage", "aided_students", "registered_poor_aided_students", "registered_poor_share")
    each = say.listed(f"{row[0]} {say.number(row[1])}, {part}" for row, part in zip(rows, shares, strict=True))
    return Chart(
        key="aid",
        title=title,
        alt=say("aid_alt", say.number(total), say.number(poor), each),
        unit=f"{say('persons')}, {say('ten_thousand_yuan')}",
        source=say("aid_source"),
        columns=(*(say.label(name) for name in columns), f"{say.label('aid_paid')} ({say('ten_thousand_yuan')})"),
        rows=tuple(
            (row[0], say.number(row[1]), say.number(row[2]), part, say.number(row[3]))
            for row, part in zip(rows, shares, strict=True)
        ),
        svg=svg,
    )


def allocation_and_spending(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Funds allocated beside what was spent. ``frame``: item, amount_10k_yuan; the first item is the allocation."""
    say = Say(language)
    rows = [(str(one.item), money(one.amount_10k_yuan)) for one in frame.itertuples()]
    allocated = rows[0][1] if rows else None
    spent = sum((amount for _, amount in rows[1:] if amount is not None), Decimal(0))
    part = say.percent(share(spent, allocated) if allocated else None)
    title = say.sentence(say("money", say.number(allocated), say.number(spent)))
    with theme.house():
        figure = theme.new_figure(title, 28 * len(rows) + 10, names=[row[0] for row in rows])
        axes = figure.add_subplot()
        theme.label_bars(axes, [row[0] for row in rows])
        _bars(axes, [row[1] for row in rows], theme.BLUE, say=say)
        axes.patches[0].set_facecolor(theme.GREY)
        svg = theme.to_svg(figure)
    return Chart(
        key="money",
        title=title,
        alt=say(
            "money_alt", say.listed(f"{item} {say.number(amount)}" for item, amount in rows), say.number(spent), part
        ),
        unit=say("ten_thousand_yuan"),
        source=say("money_source"),
        columns=(say("item"), say("ten_thousand_yuan")),
        rows=tuple((item, say.number(amount)) for item, amount in rows),
        svg=svg,
    )


def weekly_open_cases(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Open cases at each reporting date (stock), and cases opened and ended in the week before it (flow).

    ``frame``: reported_on, open_cases, opened, closed; the first row's flow lies before the period and is not drawn.
    """
    say = Say(language)
    rows = [(str(one.reported_on), _three(one.open_cases, one.opened, one.closed)) for one in frame.itertuples()]
    first, last = rows[0], rows[-1]
    opened, closed = (say.number(sum(counts[place] for _, counts in rows[1:])) for place in (1, 2))
    stock = (say.number(first[1][0]), say.moved(first[1][0], last[1][0]), say.number(last[1][0]))
    title = say.sentence(say("weekly", *stock, opened, closed))
    with theme.house():
        figure = theme.new_figure(title, 236, top=22, bottom=20)
        above, below = figure.subplots(2, 1, sharex=True, gridspec_kw={"hspace": 0.12})
        _stock(above, rows, say=say)
        _flow(below, rows, say=say)
        svg = theme.to_svg(figure)
    unbalanced = sum(now != before[0] + came - went for (_, before), (_, (now, came, went)) in pairwise(rows))
    closing = say("weekly_balances") if not unbalanced else say("weekly_unbalanced", unbalanced)
    return Chart(
        key="weekly",
        title=title,
        alt=say("weekly_alt", first[0], stock[0], last[0], stock[2], opened, closed) + closing,
        unit=say("cases"),
        source=say("weekly_source"),
        columns=(say("reported_on"), say("open_cases"), say("opened"), say("closed")),
        rows=tuple((name, *map(say.number, counts)) for name, counts in rows),
        svg=svg,
    )


def _three(*values: Any) -> tuple[int, int, int]:
    first, second, third = map(int, values)
    return first, second, third


def _largest_change(rows: list[Rate], say: Say) -> str:
    """The message of the rates: the stage that moved most."""
    moved = [row for row in rows if row[1] is not None and row[2] is not None]
    if not moved:
        return say("rates_unknown")
    return _rate_change(max(moved, key=lambda row: abs((row[2] or Decimal(0)) - (row[1] or Decimal(0)))), say)


def _rate_change(row: Rate, say: Say) -> str:
    stage, before, after, _ = row
    return say("rate_moved", stage, say.percent(before), say.moved(before, after), say.percent(after))


def _against(value: Number, norm: Number) -> str:
    if value is None or norm is None:
        return "against_unknown"
    return "against_below" if value < norm else "against_not_below"


def _rate_names(rows: list[Rate], dates: tuple[str, str], say: Say) -> list[str]:
    """A heading and two labels for each stage; the values stand in the labels, where no bar or norm covers them."""
    names: list[str] = []
    for stage, *values, _ in rows:
        names += [stage, *(f"{day}   {say.percent(value)}" for day, value in zip(dates, values, strict=True))]
    return names


def _rate_bars(axes: Axes, rows: list[Rate], names: list[str], *, say: Say) -> None:
    for place, (_, base, now, norm) in enumerate(rows):
        top = 3 * place
        axes.barh([top + 1, top + 2], [float(base or 0), float(now or 0)], height=0.72, color=[LIGHT_BLUE, theme.BLUE])
        if norm is not None:
            axes.plot([float(norm)] * 2, [top + 0.35, top + 2.45], color=theme.ORANGE, linewidth=2)
            axes.annotate(f"{say('norm')} {say.percent(norm)}", (float(norm), top + 0.3), color=theme.ORANGE,
                          ha="center", va="bottom")  # fmt: skip
    theme.label_bars(axes, names)
    axes.margins(x=0.14)
    axes.set_xlim(left=0)


def _bars(axes: Axes, values: Sequence[Number], colour: str, *, say: Say, none: str = "—") -> float:
    """Horizontal bars, each with its value at its end; returns where their axis ends. What has no value has no bar."""
    lengths = [float(value or 0) for value in values]
    labels = [none if value is None else say.number(value) for value in values]
    axes.barh(range(len(values)), lengths, height=0.72, color=colour)
    _at_ends(axes, lengths, labels)
    axes.set_xlim(0, theme.limit(axes, lengths, labels))
    return axes.get_xlim()[1]


def _poor_bars(axes: Axes, rows: Sequence[tuple[str, int, int, Number]], shares: list[str], *, say: Say) -> None:
    """All aided students of a stage, those from registered-poor households dark, with their share."""
    theme.label_bars(axes, [row[0] for row in rows])
    lengths = [float(row[1]) for row in rows]
    labels = [say("of_which", say.number(row[1]), part) for row, part in zip(rows, shares, strict=True)]
    axes.barh(range(len(rows)), lengths, height=0.72, color=LIGHT_BLUE)
    axes.barh(range(len(rows)), [row[2] for row in rows], height=0.72, color=theme.BLUE)
    _at_ends(axes, lengths, labels)
    axes.set_title(say("aid_panel"))
    axes.set_xlim(0, theme.limit(axes, lengths, labels))


def _at_ends(axes: Axes, lengths: list[float], labels: list[str]) -> None:
    for place, (length, text) in enumerate(zip(lengths, labels, strict=True)):
        axes.annotate(text, (length, place), (3, 0), textcoords="offset points", va="center")


def _stock(axes: Axes, rows: list[Counts], *, say: Say) -> None:
    values = [counts[0] for _, counts in rows]
    axes.plot(range(len(rows)), values, color=theme.BLUE, marker="o", linewidth=2)
    for place, value in enumerate(values):
        axes.annotate(say.number(value), (place, value), (0, 6), textcoords="offset points", ha="center")
    axes.set_ylim(0, max(1, *values) * 1.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_title(say("open_cases"), color=theme.BLUE)


def _flow(axes: Axes, rows: list[Counts], *, say: Say) -> None:
    places = range(1, len(rows))
    for column, sign, colour, offset in ((1, 1, theme.ORANGE, (0, 2)), (2, -1, theme.GREEN, (0, -11))):
        values = [sign * counts[column] for _, counts in rows[1:]]
        axes.bar(places, values, color=colour, width=0.66)
        for place, value in zip(places, values, strict=True):
            axes.annotate(f"{value:+}", (place, value), offset, textcoords="offset points", ha="center")
    axes.axhline(0, color=theme.GREY, linewidth=0.8)
    axes.margins(y=0.22)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(range(len(rows)), [visible(row[0][5:]) for row in rows])
    names = [(say("opened_up"), theme.ORANGE), (say("closed_down"), theme.GREEN)]
    for place, (name, colour) in enumerate(names):
        axes.text(0.0, 0.98 - 0.2 * place, name, color=colour, transform=axes.transAxes, va="top")
