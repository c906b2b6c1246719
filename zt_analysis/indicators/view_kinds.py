"""The kinds of views: how each is computed from exact values, and what it is called in both languages.

``{0}`` and ``{1}`` stand for the names of the figures it is of, ``{then}`` for what it is compared with, ``{by}`` for a
dimension, ``{n}`` for a number, ``{parts}`` for parts of a whole.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from zt_analysis.figures import ratio
from zt_analysis.indicators.indicator import Exact

Text = tuple[str, str]
# what a change is measured from; the words stand before the name of the view
THEN: dict[str, Text] = {
    "year": ("上年同期", "the year before"),
    "base": ("基期", "the base date"),
    "previous": ("上期", "the period before"),
}
# what a figure is added up since; of figures of years a first year stands here itself
SINCE: dict[str, Text] = {
    "year": ("年初", "the beginning of the year"),
    "half": ("半年初", "the beginning of the half-year"),
    "quarter": ("季初", "the beginning of the quarter"),
    "month": ("月初", "the beginning of the month"),
    "term": ("学期初", "the beginning of the term"),
    "school_year": ("学年初", "the beginning of the school year"),
}
NOTHING_EMPTY: Text = ("任一数缺失时不计算", "not computed where one of them is missing")
NO_DIVISOR: Text = ("任一数缺失或除数为0时不计算", "not computed where one of them is missing or the divisor is 0")
PARTS_MISSING: Text = ("任一部分缺失时不计算", "not computed where a part is missing")


@dataclass(frozen=True)
class Kind:
    """A kind of view.

    Attributes:
        label, definition, formula, null: in Chinese and English.
        value: from the exact values of its figures; of a view over parts, from those of every part (``values``) and
            its own number or part (see ``over``).
        figures: how few and how many figures it is of; 0 for no upper bound.
        then: whether it compares with another period.
        since: whether it adds up the periods since one.
        over: whether it asks for each part of a dimension; its function then takes the parts' values and one argument.
    """

    label: Text
    definition: Text
    formula: Text
    null: Text
    value: Callable[..., Exact]
    figures: tuple[int, int] = (1, 1)
    then: bool = False
    since: bool = False
    over: bool = False

    @property
    def adds(self) -> bool:
        """Whether its figures are added up, so that the rows of all of them are behind it."""
        return self.value is _total


def _known(*values: Exact) -> bool:
    return all(value is not None for value in values)


def _change(now: Exact, then: Exact) -> Exact:
    return now - then if now is not None and then is not None else None


def _growth(now: Exact, then: Exact) -> Exact:
    # a growth from less than nothing says nothing
    return ratio(_change(now, then), then) if then is not None and then > 0 else None


def _total(*values: Exact) -> Exact:
    return sum(value for value in values if value is not None) if _known(*values) else None


def _each(values: Sequence[Exact]) -> list[Fraction | int] | None:
    known = [value for value in values if value is not None]
    return known if known and len(known) == len(values) else None


def rank(values: Sequence[Exact], own: Exact) -> Exact:
    """The place of a part among all, from the highest; equal values share the better place."""
    known = _each(values)
    return 1 + sum(value > own for value in known) if known and own is not None else None


def _top(values: Sequence[Exact], count: int) -> Exact:
    known = _each(values)
    return ratio(sum(sorted(known, reverse=True)[:count]), sum(known)) if known and count <= len(known) else None


COMPARE: dict[str, Callable[[Fraction | int, Fraction | int], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq,
}  # fmt: skip


def number_of(values: Sequence[Exact], condition: tuple[str, Fraction]) -> Exact:
    """How many parts meet ``(sign, bound)``."""
    known, (sign, bound) = _each(values), condition
    return sum(COMPARE[sign](value, bound) for value in known) if known else None


def _of_parts(function: Callable[[list[Fraction | int]], Fraction | int]) -> Callable[..., Exact]:
    def value(values: Sequence[Exact], _: object = None) -> Exact:
        known = _each(values)
        return function(known) if known else None

    return value


def _mean(values: list[Fraction | int]) -> Fraction:
    return Fraction(sum(values)) / len(values)


KINDS: dict[str, Kind] = {
    "change": Kind(
        ("{0}比{then}增减", "change of {0} since {then}"),
        ("{0}减去{then}的{0}；减少为负", "{0} less {0} at {then}; a decrease is negative"),
        ("{0} - {then}{0}", "{0} - {0} at {then}"), NOTHING_EMPTY, _change, then=True,
    ),
    "growth": Kind(
        ("{0}比{then}增长率", "growth of {0} since {then}"),
        ("{0}比{then}的增减占{then}{0}的比例", "the change of {0} since {then} as a share of {0} then"),
        ("（{0} - {then}{0}）÷ {then}{0}", "({0} - {0} at {then}) ÷ {0} at {then}"),
        ("任一数缺失或{then}的数不大于0时不计算", "not computed where one is missing or that of {then} is not above 0"),
        _growth, then=True,
    ),
    "share": Kind(
        ("{0}占{1}比重", "{0} as a share of {1}"), ("{0}在{1}中所占的比例", "the part of {1} that {0} is"),
        ("{0} ÷ {1}", "{0} ÷ {1}"), NO_DIVISOR, ratio, figures=(1, 2),
    ),
    "ratio": Kind(
        ("{0}与{1}之比", "{0} to {1}"), ("每一单位{1}对应的{0}", "{0} for one of {1}"),
        ("{0} ÷ {1}", "{0} ÷ {1}"), NO_DIVISOR, ratio, figures=(2, 2),
    ),
    "total": Kind(
        ("{all}合计", "total of {all}"), ("{all}相加", "{all}, added up"), ("{sum}", "{sum}"), NOTHING_EMPTY,
        _total, figures=(1, 0),
    ),
    "cumulative": Kind(
        ("{0}自{then}起累计", "{0} to date since {then}"),
        (
            "自{then}起各期{0}相加，两期都计入的计两次",
            "{0} of each period since {then}, added up; what two periods count is counted twice",
        ),
        ("自{then}起各期{0}之和", "sum of {0} over the periods since {then}"),
        ("任一期缺失时不计算", "not computed where a period is missing"), _total, since=True,
    ),
    "rank": Kind(
        ("{0}在各{by}中的位次", "place by {0} among all by {by}"),
        (
            "各{by}按{0}从高到低排列的位次，相同者同位",
            "place when all are ordered by {0} from the highest; equals share it",
        ),
        ("1 + {0}更高的{by}数", "1 + how many have a higher {0}"), PARTS_MISSING, rank, over=True,
    ),
    "top": Kind(
        ("{0}前{n}位{by}合计占比", "share of the first {n} by {by} in {0}"),
        (
            "{0}最高的{n}个{by}之和占各{by}之和的比例",
            "the sum of the {n} highest {0} as a share of the sum of all by {by}",
        ),
        ("前{n}位之和 ÷ 各{by}之和", "the first {n} ÷ all"),
        ("任一部分缺失或不足{n}个部分时不计算", "not computed where a part is missing or there are fewer than {n}"),
        _top, over=True,
    ),
    "parts": Kind(
        ("{0}{n}的{by}数", "how many by {by} have {0} {n}"),
        ("{0}{n}的{by}的个数", "the number of parts by {by} whose {0} is {n}"),
        ("计数（{0}{n}）", "count({0} {n})"), PARTS_MISSING, number_of, over=True,
    ),
    "mean": Kind(
        ("各{by}{0}平均", "mean of {0} by {by}"), ("各{by}{0}的算术平均", "arithmetic mean of {0} over all by {by}"),
        ("各{by}{0}之和 ÷ {by}数", "sum over all ÷ their number"), PARTS_MISSING, _of_parts(_mean), over=True,
    ),
    "median": Kind(
        ("各{by}{0}中位数", "median of {0} by {by}"), ("各{by}{0}的中位数", "median of {0} over all by {by}"),
        ("中位数", "median"), PARTS_MISSING, _of_parts(lambda values: median(map(Fraction, values))), over=True,
    ),
    "minimum": Kind(
        ("各{by}{0}最低", "lowest {0} by {by}"), ("各{by}{0}中最低的", "the lowest {0} of all by {by}"),
        ("最小值", "minimum"), PARTS_MISSING, _of_parts(min), over=True,
    ),
    "maximum": Kind(
        ("各{by}{0}最高", "highest {0} by {by}"), ("各{by}{0}中最高的", "the highest {0} of all by {by}"),
        ("最大值", "maximum"), PARTS_MISSING, _of_parts(max), over=True,
    ),
}  # fmt: skip
