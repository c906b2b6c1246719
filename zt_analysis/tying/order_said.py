"""Places named from the highest on: 受助人数最多的三个县区依次是东川、西平、南湖 has to be their order.

Those that are said to have much, or little, are among the upper half, or the lower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from statistics import median

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import N
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.part import Named
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.sentences import Sentences

ORDERED = re.compile(
    r"(?P<by>最[多高大快少低小慢]|[前后][二两三四五六七八九十](?:位|名|个)?|居前|靠前|排在?前面|[从由按][高多大]到[低少小]|[从由按][低少小]到[高多大])"
    r"[^。；;\n\d]{0,24}?(?:依次(?:是|为|有)?|(?<=前面的)(?:是|为|有)|(?<=[居靠]前的)(?:是|为|有)"
    r"|(?<=最[多高大快少低小慢]的)(?:县区|县市区|县|地方)?(?:主要|分别)?(?:是|为|有))[：:]?"
)
ASCENDS = re.compile(r"最[少低小慢]|^后|到[高多大]")
# 从少到多，排在前面的是: none of the others comes before them
FIRST_OF_ALL = re.compile("前面的|[居靠]前的|最[多高大快少低小慢]的(?!三|两|二|四|五)")
# 其他县区在其后: none of them comes before those that are named
BEHIND_THEM = re.compile(r"其[他余]各?县(?:市?区)?(?:均|都|依次)?(?:在其后|在后|排在其后|列其后|位居其后|紧随其后)")
# 劝返复学人数较少的是东川县（508人）; 较多，东川县、西平区两地
HALF = re.compile(
    r"[较偏相](?:为|对)?(?P<by>[多高大重快少低小轻慢])(?:的(?:[^，,。；;：:\d]{0,8}?(?:是|有|为|依次|分别)|[^，,。；;：:\d]{0,3}?)|[，,：:。；;]|$|依次|分别)[^，,。；;\d]{0,2}?"
)
MUCH = "多高大重快"
MUCH_OF = re.compile(r"(?:[，,]|人数|数量|规模|占比|比例|总量|金额|资金|学生|率)(?:均|都|也|仍|相对)*$")
# 增加较多的, 减少最快的: by how far they have moved, which is all that is fast
MOVED = re.compile(r"(?P<fall>净?减少|减幅|降幅|下降)|净?增加|增长|新增|增量|增幅|上升")
MOVED_BY = re.compile(rf"(?:{MOVED.pattern})(?:人数|数量|幅度|速度)?(?:比)?$")
SPEED = re.compile("[快慢]")
# 超过300人的乡镇有东川县; 东川县、西平区两省: places that are called what they are not
_OTHERS = "乡镇|街道|学校|社区|行政村|省份?|市州|州市|地州"
CALLED = re.compile(rf"(?P<by>{_OTHERS})(?:共?有|是|为|依次(?:是|为|有)?|分别(?:是|为|有)?|包括)[：:]?")
CALLED_BEHIND = re.compile(rf"(?P<by>[两二三四五六七八九十几\d]个?(?:{_OTHERS}|乡|镇|村|省|校))")
# a figure, and whether a lower one is more: of a fall
By = tuple[Wanted, bool]
BETWEEN = re.compile(rf"\s*(?:[、，,和与及（(）)]|为|有|{N})*\s*")


def in_said_order(reading: Reading, sentences: Sentences, case: Case) -> Reading:
    """The reading; unproven where its sentence names places in an order that its figure does not have."""
    start, end = sentences.bounds(reading.mention)
    if len(reading.wanted) != 1:
        return reading
    wanted = _level(reading.wanted[0])
    words = {word for one in case.phrases if one.indicator == wanted.indicator for word in one.words}
    if called := _called_otherwise(sentences.text[start:end], case):
        return _unproven(reading, called)
    said = sentences.as_printed(sentences.position(start))  # with what was looked past: 数量较多
    for form, least, holds in ((ORDERED, 2, _holds), (HALF, 1, _is_of_half)):
        found = form.search(said)
        if found is None:
            continue
        by = reading.wanted[0]
        moved = MOVED_BY.search(said[: found.start()]) if _is_change(by) else None
        if not moved and not any(word in said[: found.end()] for word in words):
            continue
        listed = _listed(said[found.end() :], case)
        if form is HALF and not listed and MUCH_OF.search(said, 0, found.start()):  # 东川县、西平区受助人数较少，分别为
            listed = _members(said[: found.start()], case)
        enough = len(listed) >= (1 if moved else least) and (moved or not SPEED.search(found["by"]))
        if not enough or listed[0].dimension not in case.dimensions(wanted.indicator):
            continue
        if not holds((by, bool(moved["fall"])) if moved else (wanted, False), found, listed, case):
            return _unproven(reading, found[0].rstrip("：:，,。；;"))
    return reading


def _unproven(reading: Reading, words: str) -> Reading:
    return replace(reading, meaning=Meaning(reason=filled("tie_other_words", words=words)), derived=None, excuse=None)


def _called_otherwise(text: str, case: Case) -> str:
    """The word for another kind of place that members of the tables are called by, before them or behind them."""
    ahead, behind = CALLED.search(text), CALLED_BEHIND.search(text)
    if ahead and (listed := _listed(text[ahead.end() :], case)) and not _is_kind(listed[0].text, ahead["by"]):
        return ahead["by"]
    if behind is None:
        return ""
    members = [one for one in case.parts.named(text[: behind.start()]) if one.dimension in case.registers]
    near = bool(members) and members[-1].end == behind.start() and len(members[-1].values) == 1
    return behind["by"] if near and not _is_kind(members[-1].text, behind["by"]) else ""


def _is_kind(name: str, kind: str) -> bool:
    """Whether a place's own name ends as its kind does."""
    return name[-1] in kind


def _is_change(wanted: Wanted) -> bool:
    """Whether a figure is by how far another has moved."""
    view = find(wanted.indicator)
    return view.kind == "change" if isinstance(view, View) else bool(view.changes)


def _level(wanted: Wanted) -> Wanted:
    view = find(wanted.indicator)
    return replace(wanted, indicator=view.needs[0].indicator) if isinstance(view, View) else wanted


def _listed(text: str, case: Case) -> list[Named]:
    """The members that a list begins with, each with its number or without."""
    found: list[Named] = []
    for one in case.parts.named(text):
        ends = found[-1].end if found else 0
        member = one.dimension in case.registers and len(one.values) == 1
        if (
            not member
            or not BETWEEN.fullmatch(text[ends : one.start])
            or any(one.values == each.values for each in found)
        ):
            break
        found.append(one)
    return found


def _members(text: str, case: Case) -> list[Named]:
    return [one for one in case.parts.named(text) if one.dimension in case.registers and len(one.values) == 1]


def _values(by: By, dimension: str, members: Sequence[str], case: Case) -> list[Fraction]:
    wanted, falls = by
    each = [replace(wanted, scope=((dimension, one),)) for one in members]
    figures = case.computed(each)
    return [Fraction(figures[one.key].exact or 0) * (-1 if falls else 1) for one in each]


def _is_of_half(by: By, found: re.Match[str], listed: Sequence[Named], case: Case) -> bool:
    dimension = listed[0].dimension
    every = _values(by, dimension, sorted(case.members(by[0].indicator, dimension)), case)
    middle = median(every)
    mine = _values(by, dimension, [one.values[0] for one in listed], case)
    return all(one >= middle if found["by"] in MUCH else one <= middle for one in mine)


def _holds(by: By, found: re.Match[str], listed: Sequence[Named], case: Case) -> bool:
    dimension = listed[0].dimension
    exact = _values(by, dimension, [one.values[0] for one in listed], case)
    ascends = bool(ASCENDS.search(found["by"]))
    if FIRST_OF_ALL.search(found[0]) or BEHIND_THEM.search(found.string, found.end()):
        every = _values(by, dimension, sorted(case.members(by[0].indicator, dimension)), case)
        return exact == sorted(every, reverse=not ascends)[: len(exact)]
    return all(one <= other if ascends else one >= other for one, other in pairwise(exact))
