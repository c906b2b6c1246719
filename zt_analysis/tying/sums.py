"""Sums of what stands before: 上门送教823人、远程送教1208人，合计2031人."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.figures import Figure, round_half_up
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.tie import GREEN, Tie
from zt_analysis.tying.verdicts import judge

SUM = re.compile(
    r"[）)人]?[，,；;、\s]*(?:以上|上述|后)?(?:(?P<of>[两二三四五六七八九])(?:[项者类]|种(?:形式|方式|途径|渠道)?|个?学段|个?县(?:市?区|市)?|地))?(?:相加)?(?:合计|共计|总计|总共|一共|合共|加起来共?|加在一起共?|累加|(?<=[地县区市者项])之和|(?<=[项者类县区市地加式段种])共|(?<=相加)|(?P<plain>(?<=[，,])共))[为达有是：:]*"
)
NAMED_BEHIND = re.compile(
    r"[^，,。；;、：:\d比较]{2,16}[，,](?P<of>[两二三四五六七八九])(?:[项者类]|种(?:形式|方式|途径|渠道))(?:合计|共计|总计|一共|总共|共)(?P<plain>(?!))?[为达有]*"
)
# 823名学生上门送教，1208名学生远程送教，合计: each number stands right behind a mark
NUMBER_FIRST = re.compile(
    r"[^，,。；;、：:\d比较]{2,16}[，,](?P<of>(?!))?(?:合计|共计|总计|一共|总共|加起来)(?P<plain>(?!))?[为达有]*"
)
MARKS = ("，", ",", "、", "；")
ENDS = re.compile(r"\s*(?:[，,。；;、）)！\n]|$)")
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
LEAST = 2


def summed(mention: Mention, inside: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The numbers that ``mention`` is said to be the sum of; none where it is no sum.

    Args:
        inside: all numbers of its sentence.
        text: the whole text.
    """
    if mention.kind == "rate":  # 小学0.06%，初中1.59%，合计0.57%: rates do not add up
        return ()
    earlier = [one for one in inside if one.end <= mention.start and _alike(one, mention)]
    found = SUM.fullmatch(text, earlier[-1].end, mention.start) if len(earlier) >= LEAST else None
    if (
        found is None and len(earlier) >= LEAST
    ):  # 为823名学生上门送教，为1208名学生远程送教，两种形式合计: named behind each
        found = NAMED_BEHIND.fullmatch(text, earlier[-1].end, mention.start)
        if found is None and text[earlier[-1].start - 1] in MARKS:
            found = NUMBER_FIRST.fullmatch(text, earlier[-1].end, mention.start)
    if found is None or not isinstance(mention.value, Decimal):
        return ()
    if found["plain"] and not ENDS.match(text, mention.end):  # 共1915名学生劝返: named after, a figure of its own
        return ()
    listed = text.rfind("其中", inside[0].start, mention.start)
    earlier = [one for one in earlier if one.start > listed] if listed >= 0 else earlier
    taken = earlier[-COUNTS[found["of"]] :] if found["of"] else _since_semicolon(earlier, mention, text)
    short = found["of"] and len(taken) < COUNTS[found["of"]]  # 三县区合计 after two
    return tuple(taken) if len(taken) >= LEAST and not short else ()


def _since_semicolon(earlier: Sequence[Mention], mention: Mention, text: str) -> Sequence[Mention]:
    """The numbers since the last semicolon, where they are the sum; all of them where that is written of more."""
    since = text.rfind("；", earlier[0].end, earlier[-1].start)
    behind = [one for one in earlier if one.start > since]
    return behind if since >= 0 and len(behind) >= LEAST and _total(earlier) != mention.value else earlier


def _total(parts: Sequence[Mention]) -> Decimal:
    return sum((one.value for one in parts if isinstance(one.value, Decimal)), Decimal(0))


def judged(tie: Tie, parts: Sequence[Mention], ties: Mapping[int, Tie]) -> Tie:
    """A sum's tie: proven by parts that are proven themselves (``ties`` by where their numbers begin)."""
    mention, name = tie.mention, labels("tie_sum")
    if not all(ties[one.start].status in GREEN for one in parts):
        return replace(tie, status="unproven", name=name, reason=labels("tie_sum_unproven"))
    if _overlap([ties[one.start] for one in parts]):
        return replace(tie, status="unproven", name=name, reason=labels("tie_sum_unproven"))
    total = _total(parts)
    status = "agree" if total == mention.value else "differs"
    rounded = round_half_up(Fraction(total) / Fraction(mention.step), 0) * mention.step
    if status == "differs" and rounded == mention.value:
        status = "agree_rounded"
    if status == "differs" and _is_exact_sum(mention, [ties[one.start] for one in parts]):
        status = "agree_rounded"
    shown = f"{total:f}{mention.unit}"
    return replace(tie, status=status, name=name, reason=None, expected={"zh": shown, "en": shown})


def _is_exact_sum(mention: Mention, parts: Sequence[Tie]) -> bool:
    """Whether a number is what the figures behind the parts add up to: 2816.86 + 1976.52 + 2576.83 is 7370.20."""
    figures = [one.figure for one in parts if one.figure is not None and one.figure.exact is not None]
    if len(figures) != len(parts) or len({one.unit for one in figures}) > 1:
        return False
    total = sum((Fraction(one.exact or 0) for one in figures), Fraction(0))
    return judge(mention, Figure("sum", figures[0].at, figures[0].unit, total))[0] in GREEN


def _overlap(parts: Sequence[Tie]) -> bool:
    """Whether one of the parts is in another, or of another day: 劝返1915人、初中1585人，合计."""
    known = [one.wanted for one in parts if one.wanted]
    return any(
        one.indicator == other.indicator
        and (one.period != other.period or {*one.scope} <= {*other.scope} or {*other.scope} <= {*one.scope})
        for place, one in enumerate(known)
        for other in known[place + 1 :]
    )


def _alike(one: Mention, mention: Mention) -> bool:
    persons = ("人", "名", "位", "名学生")
    # 东川319、西平216，共535人: a bare number of a list has the unit of its sum
    same = one.unit == mention.unit or {one.unit, mention.unit} <= {*persons, ""}
    return same and one.kind == mention.kind and one.qualifier == mention.qualifier == "exact"
