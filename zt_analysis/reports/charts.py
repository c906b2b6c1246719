"""The charts of a bulletin: each takes a small table and says its message in its title and in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from zt_analysis.ledger import CHART_MIME
from zt_analysis.reports import theme
from zt_analysis.terms import label


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its message (title), what it shows in words (alt), unit, source, and the table beneath it."""

    key: str
    title: str
    alt: str
    unit: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in ("key", "title", "alt", "unit", "source")}
        table = {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}
        return {"image/svg+xml": self.svg, CHART_MIME: words | table, "text/plain": f"{self.title}\n{self.alt}"}


def rates_against_target(frame: pd.DataFrame, *, base_on: str, as_of: str, language: str = "zh") -> Chart:
    """Out-of-school rate of each stage at both dates, with the norm it must stay below.

    ``frame``: stage, base_pct, as_of_pct, target_pct.
    """
    say = _Words(language)
    with theme.house():
        figure, axes = theme.new_axes(2.6, frame["stage"])
        for row, one in enumerate(frame.itertuples(index=False)):
            axes.plot([one.base_pct, one.as_of_pct], [row, row], color=theme.GREY, linewidth=2, zorder=1)
            axes.scatter([one.base_pct], [row], color="white", edgecolor=theme.BLUE, s=70, zorder=2)
            axes.scatter([one.as_of_pct], [row], color=theme.BLUE, s=70, zorder=3)
            axes.plot([one.target_pct] * 2, [row - 0.28, row + 0.28], color=theme.ORANGE, linewidth=2)
            axes.annotate(f"{one.base_pct}%", (float(one.base_pct), row), (0, 9), textcoords="offset points", ha="left")
            axes.annotate(
                f"{one.as_of_pct}%", (float(one.as_of_pct), row), (0, 9), textcoords="offset points", ha="right"
            )
            axes.annotate(f"{say('norm')} {one.target_pct}%", (float(one.target_pct), row), (5, -18),
                          textcoords="offset points", ha="left", color=theme.ORANGE)  # fmt: skip
        axes.set_yticks(range(len(frame)), frame["stage"])
        axes.set_ylim(len(frame) - 0.4, -0.6)
        axes.set_xlim(-0.1, float(max(frame["base_pct"].max(), frame["target_pct"].max())) * 1.18)
        axes.set_xlabel(f"{label('out_of_school_rate', language)} (%)   ○ {base_on}   ● {as_of}")
        svg = theme.to_svg(figure)
    changes = [say("fell", one.stage, one.base_pct, one.as_of_pct) for one in frame.itertuples(index=False)]
    return Chart(
        "rates", say("stop").join(changes), say("rates_alt", base_on, as_of, say("stop").join(changes)), "%",
        "dropout_cases, enrolment", (label("stage", language), base_on, as_of, say("norm")), _texts(frame), svg,
    )  # fmt: skip


def outcomes_by_county(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Returned, taught at home and at a distance, by county. ``frame``: county, returned, home, remote."""
    names = ("returned", "home", "remote")
    say = _Words(language)
    ordered = frame.assign(total=frame[list(names)].sum(axis=1)).sort_values(
        ["total", "county"], ascending=[False, True]
    )
    with theme.house():
        figure, axes = theme.new_axes(0.34 * len(frame) + 0.9, frame["county"])
        _stacked(axes, ordered, names, colours=(theme.BLUE, theme.GREEN, theme.ORANGE))
        axes.set_xlabel("   ".join(f"■ {label(name, language)}" for name in names), color=theme.INK)
        _coloured_key(axes, [label(name, language) for name in names], (theme.BLUE, theme.GREEN, theme.ORANGE))
        svg = theme.to_svg(figure)
    first, totals = ordered.iloc[0], frame[list(names)].sum()
    return Chart(
        "outcomes",
        say("outcomes", *totals, first["county"]),
        say("outcomes_alt", len(frame), *totals, first["county"], first["total"]),
        label("persons_unit", language),
        "dropout_cases, teaching",
        (label("county_code", language), *(label(name, language) for name in names)),
        _texts(ordered[["county", *names]]),
        svg,
    )


def aid_by_stage(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Aided students by stage and the share from registered-poor households.

    ``frame``: stage, students, registered_poor_students, amount_10k_yuan.
    """
    say = _Words(language)
    shares = [_percent(one.registered_poor_students, one.students) for one in frame.itertuples(index=False)]
    other = frame["students"] - frame["registered_poor_students"]
    with theme.house():
        figure, axes = theme.new_axes(2.7, frame["stage"])
        axes.barh(frame["stage"], frame["registered_poor_students"], color=theme.BLUE)
        axes.barh(frame["stage"], other, left=frame["registered_poor_students"], color="#BBBBBB")
        for row, (count, share) in enumerate(zip(frame["students"], shares, strict=True)):
            axes.annotate(f"{count}{label('persons_unit', 'zh') if language == 'zh' else ''}  {share}%", (count, row),
                          (5, 0), textcoords="offset points", va="center")  # fmt: skip
        axes.invert_yaxis()
        axes.margins(x=0.2)
        _coloured_key(
            axes, [label("registered_poor", language), label("other_students", language)], (theme.BLUE, theme.GREY)
        )
        svg = theme.to_svg(figure)
    total, poor = frame["students"].sum(), frame["registered_poor_students"].sum()
    each = say("stop").join(f"{stage} {share}%" for stage, share in zip(frame["stage"], shares, strict=True))
    columns = ("stage", "aided_students", "registered_poor_aided_students", "aid_paid", "registered_poor_share")
    return Chart(
        "aid", say("aid", total, _percent(poor, total)), say("aid_alt", total, poor, each),
        label("persons_unit", language),
        "aid_payments", tuple(label(column, language) for column in columns),
        _texts(frame.assign(share=[f"{share}%" for share in shares])), svg,
    )  # fmt: skip


def allocation_and_spending(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Funds allocated beside what was spent. ``frame``: item, amount_10k_yuan; the first item is the allocation."""
    say = _Words(language)
    allocated, spent = frame["amount_10k_yuan"].iloc[0], sum(frame["amount_10k_yuan"].iloc[1:], Decimal(0))
    with theme.house():
        figure, axes = theme.new_axes(2.3, frame["item"])
        axes.barh(
            frame["item"], frame["amount_10k_yuan"].astype(float), color=[theme.GREY] + [theme.BLUE] * (len(frame) - 1)
        )
        for row, amount in enumerate(frame["amount_10k_yuan"]):
            axes.annotate(f"{amount}", (float(amount), row), (5, 0), textcoords="offset points", va="center")
        axes.invert_yaxis()
        axes.margins(x=0.18)
        axes.set_xlabel(label("fen_unit", language))
        svg = theme.to_svg(figure)
    share = _percent(spent, allocated)
    return Chart(
        "money", say("money", allocated, spent, share), say("money_alt", allocated, spent, share),
        label("fen_unit", language),
        "fund_allocations, aid_payments, nutrition_students",
        (label("indicator", language), label("fen_unit", language)), _texts(frame), svg,
    )  # fmt: skip


def weekly_open_cases(frame: pd.DataFrame, *, language: str = "zh") -> Chart:
    """Open cases at each reporting date, and cases opened and ended in the week.

    ``frame``: reported_on, open_cases, opened, closed; the first row's flow lies before the period.
    """
    say = _Words(language)
    places, days = range(len(frame)), [day[5:] for day in frame["reported_on"]]
    with theme.house():
        figure = theme.new_figure(4.2)
        stock, flow = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        stock.plot(places, frame["open_cases"], color=theme.BLUE, marker="o", linewidth=2)
        for place in (0, len(frame) - 1):
            stock.annotate(str(frame["open_cases"].iloc[place]), (place, frame["open_cases"].iloc[place]), (0, 8),
                           textcoords="offset points", ha="center")  # fmt: skip
        stock.set_ylim(0, frame["open_cases"].max() * 1.15)
        stock.set_ylabel(label("open_cases", language))
        flow.bar(places[1:], frame["opened"][1:], color=theme.ORANGE)
        flow.bar(places[1:], -frame["closed"][1:], color=theme.GREEN)
        for place in places[1:]:
            flow.annotate(f"+{frame['opened'].iloc[place]}", (place, frame["opened"].iloc[place]), (0, 2),
                          textcoords="offset points", ha="center")  # fmt: skip
            flow.annotate(f"-{frame['closed'].iloc[place]}", (place, -frame["closed"].iloc[place]), (0, -12),
                          textcoords="offset points", ha="center")  # fmt: skip
        flow.axhline(0, color=theme.GREY, linewidth=0.8)
        flow.margins(y=0.25)
        flow.set_yticks([])
        flow.set_ylabel(f"{label('opened', language)} +\n{label('closed', language)} -", linespacing=1.7)
        flow.set_xticks(places, days)
        svg = theme.to_svg(figure)
    first, last = frame["open_cases"].iloc[0], frame["open_cases"].iloc[-1]
    opened, closed = frame["opened"][1:].sum(), frame["closed"][1:].sum()
    columns = ("reported_on", "open_cases", "opened", "closed")
    return Chart(
        "weekly", say("weekly", first, last), say("weekly_alt", frame["reported_on"].iloc[0], first, opened, closed,
        frame["reported_on"].iloc[-1], last), label("cases_unit", language), "dropout_cases",
        tuple(label(column, language) for column in columns), _texts(frame), svg,
    )  # fmt: skip


class _Words:
    """Sentences of the charts in one language, filled with values."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, *values: object) -> str:
        return label(f"chart_{key}", self.language).format(*values)


def _stacked(axes: Axes, frame: pd.DataFrame, names: tuple[str, ...], *, colours: tuple[str, ...]) -> None:
    left = pd.Series(0, index=frame.index)
    for name, colour in zip(names, colours, strict=True):
        axes.barh(frame["county"], frame[name], left=left, color=colour)
        left = left + frame[name]
    for row, values in enumerate(frame[list(names)].itertuples(index=False)):
        axes.annotate(" / ".join(map(str, values)), (sum(values), row), (5, 0), textcoords="offset points", va="center")
    axes.invert_yaxis()
    axes.margins(x=0.2)


def _coloured_key(axes: Axes, names: list[str], colours: tuple[str, ...]) -> None:
    """Names in their colours where a legend would stand."""
    axes.set_xlabel("")
    for row, (name, colour) in enumerate(zip(names, colours, strict=True)):
        axes.text(0.99, 0.24 - 0.09 * row, f"■ {name}", color=colour, transform=axes.transAxes, ha="right", va="center")


def _percent(part: Any, whole: Any) -> Decimal:
    from zt_analysis.figures import ratio, round_half_up

    share = ratio(_exact(part), _exact(whole))
    return round_half_up((share or 0) * 100, 2)


def _exact(value: Any) -> Any:
    from fractions import Fraction

    return Fraction(value) if isinstance(value, Decimal) else int(value)


def _texts(frame: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(cell) for cell in row) for row in frame.itertuples(index=False))
