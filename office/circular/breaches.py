"""Breaches of the rules by county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zt_analysis.define import (
    Breaches,
    Cell,
    Exact,
    Group,
    Part,
    Tables,
    apply_rules,
    by_part_of_each,
    code,
    counted,
    not_received,
    number,
    word,
    words,
)

from ..papers import Circular
from .places import county_names

if TYPE_CHECKING:
    from pandas import DataFrame

TO_DO = ("fails", "needs_decision")
# the rules that a week can break; the others are about a term or a campaign, and belong to `zt rules`
WEEKLY_RULES = ("R03", "R04", "R05", "R06", "R11", "R12", "R13", "R14", "R15", "R16", "R22", "R23")


def breaches_by_county(circular: Circular, tables: Tables) -> Part:
    """One row a rule: rows checked, rows that break it in the city and in each county."""
    found = apply_rules(tables, circular.period, ids=WEEKLY_RULES)
    names = county_names(tables)
    frames = by_part_of_each(found, tables, "county_code")
    rows = tuple(_row(one, frame, names) for one, frame in zip(found, frames, strict=True))
    columns: tuple[str | Mapping[str, str], ...] = (
        "rule",
        "title",
        "status",
        "checked",
        "breaking",
        *(_short(name) for name in names.values()),
    )
    values = {"rules": len(found), "broken": sum(one.status in TO_DO for one in found)}
    return Part("rules", columns, rows, values, to_do=sum(one.status in TO_DO for one in found))


def _short(name: dict[str, str]) -> dict[str, str]:
    """A county's name without what every county is."""
    return {"zh": name["zh"][:-1] if name["zh"].endswith(("县", "区", "市")) else name["zh"],
            "en": name["en"].split()[0]}  # fmt: skip


def _row(one: Breaches, frame: DataFrame, names: dict[str, dict[str, str]]) -> tuple[Cell, ...]:
    counts: dict[Group, Exact] = {(county,): breaking for county, breaking in frame.itertuples(index=False)}
    cells = [
        not_received() if (found := counted(counts, county)) is None else number(found, "plain") for county in names
    ]
    return (
        code(one.rule.id), words(one.rule.title), word(one.status), number(one.checked, "plain"),
        number(one.breaking, "plain"), *cells,
    )  # fmt: skip
