"""Rates of the counties as dots with the span of what chance could make of them, beside the city's rate."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from zt_analysis.drawing import Chart, Number, Say, money, theme

COLOURS = {
    "rate_higher": theme.ORANGE, "rate_alike": theme.GREY, "rate_lower": theme.BLUE, "incomplete": theme.GREY
}  # fmt: skip
LATE = "not_received"
Row = tuple[str, Number, Number, Number, str]


def county_rates(frame: pd.DataFrame, *, stage: str, language: str = "zh") -> Chart:
    """Out-of-school rate of each county with its interval, and the city's rate as a line.

    ``frame``: county, rate_pct, low_pct, high_pct (Decimal), against (a key of terms), city_pct; counties stay in
    their order: a ranking would show noise.
    """
    say = Say(language)
    rows: list[Row] = [
        (str(one.county), money(one.rate_pct), money(one.low_pct), money(one.high_pct), str(one.against))
        for one in frame.itertuples()
    ]
    city = money(frame["city_pct"].iloc[0]) if len(frame) else None
    title = say.sentence(_message(rows, stage, say))
    with theme.house():
        names = [f"{name}   {say.late if against == LATE else say.percent(rate)}" for name, rate, *_, against in rows]
        figure = theme.new_figure(title, 19 * len(rows) + 30, names=names, top=20)
        axes = figure.add_subplot()
        _spans(axes, rows, names, city=city)
        if city is not None:
            axes.set_title(say("county_city", say.percent(city)), color=theme.INK)
        svg = theme.to_svg(figure)
    return Chart(
        key="county_rates",
        title=title,
        alt=say("county_alt", say.label(stage), len(rows), say.percent(city), _message(rows, stage, say))
        + say.not_received(name for name, *_, against in rows if against == LATE),
        unit="%",
        source=say("rates_source"),
        columns=tuple(
            say.label(key) for key in ("county_code", "out_of_school_rate", "rate_low", "rate_high", "rate_against")
        ),
        rows=tuple(
            (name, *(say.late if against == LATE else say.percent(one) for one in values), say.label(against))
            for name, *values, against in rows
        ),
        svg=svg,
    )


def _message(rows: list[Row], stage: str, say: Say) -> str:
    """What a reader may conclude: who differs clearly from the city, or that nobody does; nothing of part of it."""
    if any(row[4] == LATE for row in rows):
        return say("county_message", say.label(stage), say("county_incomplete"))
    groups = {key: [row[0] for row in rows if row[4] == key] for key in ("rate_higher", "rate_lower")}
    said = [say(f"county_{key}", say("comma").join(names)) for key, names in groups.items() if names]
    return say("county_message", say.label(stage), say.listed(said) if said else say("county_none"))


def _spans(axes: Axes, rows: list[Row], names: list[str], *, city: Number) -> None:
    for place, (_, rate, low, high, against) in enumerate(rows):
        if against == LATE:
            continue
        bounds = [float(low or Decimal(0)), float(high or Decimal(0))]
        axes.plot(bounds, [place, place], color=COLOURS[against], linewidth=4, solid_capstyle="butt", alpha=0.55)
        axes.plot([float(rate or Decimal(0))], [place], color=COLOURS[against], marker="o", markersize=6)
    theme.label_bars(axes, names)
    if city is not None:
        axes.axvline(float(city), color=theme.INK, linewidth=1, zorder=0)
    axes.set_xlim(left=0)
