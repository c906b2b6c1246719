"""Which figure a place means: by its name in code, Chinese or English, views and parts included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from zt_analysis.bulletins import Paper
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, check, find, indicators
from zt_analysis.indicators.asked import members
from zt_analysis.indicators.computing import leaves, measure_of
from zt_analysis.indicators.dimensions import dimension_named, part_name
from zt_analysis.indicators.view_reading import RATES
from zt_analysis.sources import Tables
from zt_analysis.terms import vocabulary
from zt_analysis.writing.places import Place

# 失辍学率的变化 is change() of that figure
VIEWS = {
    "的变化": "change({})", "的增减": "change({})", "的增长率": "growth({})", "的增长": "growth({})",
    "的占比": "share({})",
}  # fmt: skip
# a name inside a view, up to a comma, a bracket or a comparison
INNER = re.compile(r"[^(),<>=\"\s][^(),<>=\"]*")
WIDE_SIGNS = str.maketrans("（），", "(),")
LISTED = 30
# what the terms for parameters begin with
WORDS = ("page_", "tie_", "")


@dataclass(frozen=True)
class Parameter:
    """A parameter of the case, such as the day of issue, that a place prints."""

    key: str
    value: object


def meant(place: Place, paper: Paper, tables: Tables) -> Wanted | Parameter:
    """The figure or parameter of the case that ``place`` names.

    Raises:
        InputError: neither; names file and line and the nearest three. A part, day or term that has no rows.
    """
    parameter = _parameter(place, paper)
    if parameter is not None:
        return parameter
    if place.dated:
        raise InputError(place.where, found=place.dated, expected="a date of the case", hint="such as {as_of | 月日}")
    period = paper.period.at(paper.period.base_on) if place.at else paper.period
    try:
        wanted = Wanted(_id_of(place.name, place, paper), period)
        _refuse_senseless(wanted.indicator, place, paper)
        scope = tuple(_part(dimension, value, wanted, tables) for dimension, value in place.parts)
        wanted = replace(wanted, scope=scope)
        check([wanted], tables)
    except InputError as error:
        if str(error).startswith(place.file):
            raise
        raise InputError(
            f"{place.where}: {error.thing}", found=error.found, expected=error.expected, hint=error.hint
        ) from error
    return wanted


def _parameter(place: Place, paper: Paper) -> Parameter | None:
    """The parameter that a place names, if one."""
    values = paper.parameters
    key = place.name if place.name in values else next((one for one in values if place.name in _said(one)), None)
    if key is None or place.name in indicators():
        return None
    if place.at or place.parts or place.unit or place.decimals is not None or place.bound or place.direction:
        raise InputError(
            place.where, found=f"a parameter, {key}", expected="its name alone, of a date with 月日 or such",
            hint="leave the rest out",
        )  # fmt: skip
    return Parameter(key, values[key])


def _said(key: str) -> Iterator[str]:
    """What a parameter is called in both languages."""
    known = vocabulary()
    for word in WORDS:
        if f"{word}{key}" in known:
            yield from (known[f"{word}{key}"].zh, known[f"{word}{key}"].en)


def _refuse_senseless(name: str, place: Place, paper: Paper) -> None:
    """Refuse what would print a number that says nothing: the rise of a level, a change up to the day it begins."""
    figure = find(name)
    kind = getattr(figure, "kind", "")
    is_level = not figure.derived or figure.unit in RATES
    if place.direction and not figure.changes and kind != "growth" and (kind or is_level):
        raise InputError(
            place.where, found=f"{place.direction} of {figure.label[paper.language]}, which is no change",
            expected="a change or growth", hint=f"{{{place.name}的变化 | {place.direction}}}",
        )  # fmt: skip
    if kind == "share" and not place.parts and len({one for one, _ in figure.inputs}) == 1:
        raise InputError(
            place.where, found="the share of the whole in the whole", expected="a part", hint="such as stage=初中"
        )
    if place.at and (figure.changes or kind == "growth"):
        raise InputError(
            place.where, found="at=base of a change", expected="a change up to the date of the case",
            hint="leave at=base out",
        )  # fmt: skip


def _id_of(name: str, place: Place, paper: Paper) -> str:
    """The id of the figure that ``name`` is, or the text of the view that it writes."""
    if "(" in name or "（" in name:
        return _view(name.translate(WIDE_SIGNS), place, paper)
    # 失辍学率的变化 is 失辍学率变化 where the office defines it
    name = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", name)
    if (found := _exactly(name) or _exactly(name.replace("的", ""))) is not None:
        return found
    for ending, view in VIEWS.items():
        if name.endswith(ending) and (found := _exactly(name.removesuffix(ending))) is not None:
            return view.format(found)
    raise unknown(name, place, paper)


def _exactly(name: str) -> str | None:
    known = indicators()
    if name in known:
        return name
    same = [key for key, one in known.items() if name in (one.zh, one.en)]
    return same[0] if same else None


def _view(text: str, place: Place, paper: Paper) -> str:
    """The text of a view with each figure's name as it is in code."""

    def named(found: re.Match[str]) -> str:
        word = found[0].strip()
        after = text[found.end() : found.end() + 1]
        keyword = after == "=" and text[found.end() : found.end() + 2] != "=="
        value = text[: found.start()].rstrip().endswith(("=", '"', "<", ">"))
        if after == "(" or keyword or value or re.fullmatch(r"[\d._]+", word):
            return found[0]
        exact = _exactly(word)
        if exact is None:
            raise unknown(word, place, paper)
        return exact

    return INNER.sub(named, text)


def _part(dimension: str, value: str, wanted: Wanted, tables: Tables) -> tuple[str, str]:
    """The column and code of a part by its name or code."""
    column = dimension_named(dimension, tables)
    leaf = next(leaves(wanted))
    known = members(column, measure_of(leaf, tables).table, tables) or ()
    names = {code: part_name(column, code, tables) for code in known}
    named = [code for code in known if value in names[code].values()]
    if known and value not in known and not named and is_chinese(value):
        chinese = [names[code]["zh"] for code in known]
        raise InputError(
            f"scope {dimension!r}", found=repr(value), expected="、".join(chinese[:LISTED]),
            hint=f"nearest: {', '.join(_nearest(value, chinese))}",
        )  # fmt: skip
    return column, named[0] if value not in known and len(named) == 1 else value


def is_chinese(text: str) -> bool:
    """Whether it is written in Chinese."""
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def unknown(name: str, place: Place, paper: Paper) -> InputError:
    """The error for a name that no figure has: the nearest three, by letters or by what they have in common."""
    return InputError(
        place.where, found=f"no figure called {name!r}",
        expected="a figure or parameter of the case, by its name in code, Chinese or English",
        hint=f"nearest: {', '.join(nearest_three(name, paper))}",
    )  # fmt: skip


def nearest_three(name: str, paper: Paper) -> list[str]:
    """The three names most like ``name``, in the language that it is written in; parameters of the case among them."""
    chinese = is_chinese(name)
    known = [one.zh if chinese else key for key, one in indicators().items()]
    if not chinese:
        known += [one.en for one in indicators().values()]
    for key in paper.parameters:
        known += [one for one in (key, *_said(key)) if is_chinese(one) == chinese]
    return _nearest(name, list(filter(None, known)))


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    """Three of ``known``: by letters, whatever their case, then by what they have in common."""
    folded = {one.casefold(): one for one in reversed(known)}
    close = [folded[one] for one in get_close_matches(name.casefold(), folded, n=3, cutoff=0.4)]
    shared = sorted(known, key=lambda one: -_shared(name.casefold(), one.casefold()))
    return list(dict.fromkeys([*close, *shared]))[:3]


def _shared(first: str, second: str) -> float:
    """How much of two names is the same pairs of characters."""
    one, two = _pairs(first), _pairs(second)
    return len(one & two) / max(len(one | two), 1)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}
