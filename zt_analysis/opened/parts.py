"""A figure by its parts: a frame with names, numbers and exact values, and the table across that a reader expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.checks.partial import missing
from zt_analysis.errors import InputError
from zt_analysis.figures import round_half_up
from zt_analysis.indicators import breakdown, find, is_stock
from zt_analysis.indicators.dimensions import part_name
from zt_analysis.indicators.indicator import Exact
from zt_analysis.indicators.views import View
from zt_analysis.ledger import english_of, listed
from zt_analysis.opened import frames
from zt_analysis.opened.naming import members_of, words_of
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.asked import Asked

WEEK = "week"
Group = tuple[str, ...]


class Parts(frames.Shown):
    """A figure broken down: for each dimension code and name, ``value`` as displayed, ``exact`` as computed."""

    _metadata = ["asked", "by"]  # noqa: RUF012  pandas asks for it by this name and in this form

    asked: Asked
    by: Group

    def pivot(self, **given: Any) -> pd.DataFrame:  # type: ignore[override]
        """The first dimension down, the last across, totals computed from the rows anew; with arguments, as pandas."""
        if given:
            return pd.DataFrame(self).pivot(**given)
        with self.asked.book._here():
            return across(self.asked, self.by)


def parts_of(asked: Asked, by: Group) -> Parts:
    """``asked`` by the columns ``by``."""
    tables, language = asked.tables, asked.language
    found = breakdown(asked.wanted.indicator, tables, asked.wanted.period, by=by, scope=asked.wanted.scope)
    found = _as_declared(found, asked, by)
    content: dict[str, Any] = {}
    heads: dict[str, dict[str, Any]] = {}
    for name in by:
        word = words_of(name, tables)[language]
        if name == WEEK:
            content[name] = pd.to_datetime(found[name])
            heads[name] = frames.head(label("opened_day", language))
            continue
        content[name] = found[name]
        heads[name] = frames.head(hidden=True)
        named = word if word not in (*by, *content) else f"{name}_name"
        content[named] = pd.Series(
            [_named(name, code, tables, language) for code in found[name]], dtype="object", index=found.index
        )
        heads[named] = frames.head(word)
    unit = UNITS[find(asked.wanted.indicator).unit]
    content["value"] = numbers(list(found["exact"]), unit.key, language)
    heads["value"] = frames.head(asked.label[language], unit=_unit(unit, language), decimals=unit.decimals)
    content["exact"] = found["exact"]
    heads["exact"] = frames.head(hidden=True)
    if "received" in found:
        content["received"] = found["received"]
        heads["received"] = frames.head(hidden=True)
    title = f"{asked.label[language]} {asked.wanted.at}"
    result: Parts = frames.named(
        pd.DataFrame(content), heads, language=language, title=title, note=_note(asked, by), kind=Parts
    )
    result.asked, result.by = asked, by
    return result


def numbers(exact: list[Exact], unit: str, language: str) -> pd.Series:
    """Exact values as numbers in the unit displayed: whole ones as integers, others rounded as they are printed."""
    kind = UNITS[unit]
    per = kind.per(language)
    shown = [None if one is None else round_half_up(one / per, kind.decimals) for one in exact]
    missing = any(one is None for one in shown)
    if kind.decimals == 0:
        whole = [pd.NA if one is None else int(one) for one in shown]
        return pd.Series(whole, dtype="Int64" if missing else "int64")
    return pd.Series([None if one is None else float(one) for one in shown], dtype="float64")


def across(asked: Asked, by: Group) -> frames.Shown:
    """The first dimensions down, the last across. Totals are figures of their own, not sums of what is shown."""
    tables, language = asked.tables, asked.language
    if not by:
        raise InputError("pivot", found="nothing it is broken down by", expected="a dimension", hint='f.by("county")')
    values = _values(asked, by)
    down, last = (by[:-1], by[-1]) if len(by) > 1 else (by, "")
    total = label("opened_total", language)
    summed = {name: _adds(asked, name) for name in by}
    rows = list(dict.fromkeys(group[: len(down)] for group in values))
    if not last:
        columns: dict[str, list[Exact]] = {asked.label[language]: [values.get(row) for row in rows]}
        margin: list[Exact] | None = [asked.figure.exact] if summed[down[0]] else None
    else:
        codes = list(dict.fromkeys(group[-1] for group in values))
        names = _unique(last, codes, tables, language)
        columns = {names[code]: [values.get((*row, code)) for row in rows] for code in codes}
        margin = None
        if summed[last]:
            of_rows = _values(asked, down)
            columns[total] = [of_rows.get(row) for row in rows]
        if len(down) == 1 and summed[down[0]]:
            of_columns = _values(asked, (last,))
            margin = [of_columns.get((code,)) for code in codes] + ([asked.figure.exact] if summed[last] else [])
    labels = [_unique(name, [row[at] for row in rows], tables, language) for at, name in enumerate(down)]
    index = [tuple(labels[at][row[at]] for at in range(len(down))) for row in rows]
    whole = f"{total}{label('partial_mark', language)}" if asked.lacking else total
    if margin is not None:
        for place, name in enumerate(columns):
            columns[name].append(margin[place])
        index.append((whole,) * len(down))
    unit = find(asked.wanted.indicator).unit
    frame = pd.DataFrame({name: numbers(column, unit, language) for name, column in columns.items()})
    heading = [words_of(name, tables)[language] if name != WEEK else label("opened_day", language) for name in down]
    frame.index = (
        pd.Index([one[0] for one in index], name=heading[0]) if len(down) == 1
        else pd.MultiIndex.from_tuples(index, names=heading)
    )  # fmt: skip
    kind = UNITS[unit]
    printed = _unit(kind, language)
    title = frames.with_unit(f"{asked.label[language]} {asked.wanted.at}", printed, language)
    heads = {"*": frames.head(decimals=kind.decimals)}
    found: frames.Shown = frames.named(
        frame,
        heads,
        language=language,
        title=title,
        totals=whole if margin is not None else "",
        total_column=total if total in columns else "",
        unit=printed,
        note=_note(asked, by),
    )
    return found


def _values(asked: Asked, by: Group) -> Mapping[Group, Exact]:
    frame = breakdown(asked.wanted.indicator, asked.tables, asked.wanted.period, by=by, scope=asked.wanted.scope)
    frame = _as_declared(frame, asked, by)
    groups = zip(*(frame[name] for name in by), strict=True)
    return dict(zip(groups, frame["exact"], strict=True))


def _as_declared(frame: pd.DataFrame, asked: Asked, by: Group) -> pd.DataFrame:
    """The parts in the order in which their words are declared: primary schools stand before junior ones."""
    places: dict[str, dict[str, int]] = {}
    for name in by:
        known = {} if name == WEEK else members_of(name, asked.wanted, asked.tables)
        there = [*known, *sorted({*frame[name].dropna()} - {*known})]
        places[name] = {code: place for place, code in enumerate(there)}
    keys = {name: frame[name].map(places[name]).fillna(len(places[name])) for name in by}
    return frame.iloc[pd.DataFrame(keys).sort_values(list(by), kind="stable").index].reset_index(drop=True)


def _note(asked: Asked, by: Group) -> str:
    """Which parts are missing, and by week what of it the number is."""
    if WEEK not in by:
        return _late(asked)
    said = label("opened_at_ends" if is_stock(asked.wanted, asked.tables) else "opened_within", asked.language)
    late = _late(asked)
    return f"{said}{'；' if asked.language == 'zh' else '; '}{late}" if late else said


def _late(asked: Asked) -> str:
    """Which parts are missing, where some are."""
    if not asked.lacking:
        return ""
    language = asked.language
    names = listed(asked.lacking, english_of(missing(asked.tables)), language)
    return f"{label('not_received', language)}: {names}{label('partial_mark', language)}"


def _adds(asked: Asked, dimension: str) -> bool:
    """Whether there is a figure of all parts together: not of what there is on a day, over the days."""
    indicator = find(asked.wanted.indicator)
    if isinstance(indicator, View) and indicator.kind == "rank":
        return False
    return dimension != WEEK or not is_stock(asked.wanted, asked.tables)


def _named(dimension: str, code: Any, tables: Any, language: str) -> str:
    return "—" if code is None else part_name(dimension, str(code), tables)[language]


def _unique(dimension: str, codes: list[str], tables: Any, language: str) -> dict[str, str]:
    """The names of parts; those that share one with another get their code with it."""
    if dimension == WEEK:
        return {code: code for code in codes}
    names = {code: _named(dimension, code, tables, language) for code in dict.fromkeys(codes)}
    several = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {code: f"{name} ({code})" if name in several else name for code, name in names.items()}


def _unit(unit: Any, language: str) -> str:
    return str(unit.zh if language == "zh" else unit.en).strip()
