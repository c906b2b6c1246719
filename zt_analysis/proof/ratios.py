"""Ratios printed as 16.85:1: of two numbers of the sentence or of the text, and against the ratio before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from zt_analysis.proof.chains import FROM, Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval, spread
from zt_analysis.proof.result import Finding, Quantity, Sentence
from zt_analysis.proof.words import REFERENCE

RATIOS = {"师生比": ("教师", "生"), "生师比": ("生", "教师"), "男女": ("男", "女"), "女男": ("女", "男")}
RATIO_OF = re.compile(
    r"(?P<one>[一-鿿]{1,8})(?:与|和|同|：|:)(?P<other>[一-鿿]{1,8}?)(?:人数|数量?)?(?:的|之)?比(?:例|率|值)?(?:约?为|是|达到?)?$"
)
RATIO_NAMED = re.compile(r"(?P<name>师生比|生师比|男女|女男)(?:生|童|教师)?(?:比|比例|之比)?(?:约?为|是|达到?)?$")
THEN = re.compile(rf"^[，,；;（(]?(?:比|较|与|同)(?:{REFERENCE})的?$")
MOVED = re.compile(
    r"^(?:相比)?[，,]?(?:有所|略有|有较大|有一定|小幅|大幅|明显|进一步|稍有)*(?P<word>降低|下降|提高|上升|升高|改善|优化|基本持平|持平)"
)
REACHED = re.compile(r"^(?P<word>提高|上升|升高|下降|降低|优化|降|升)(?:到|至|为)(?:了)?$")
LOWER = ("降低", "下降", "降", "改善", "优化")
LEVEL = ("持平", "基本持平")
# 基本持平 is said of what differs by less than this
NEARLY = Fraction(2, 100)
PUPILS = ("在校生", "在校学生", "学生", "在校", "")
PUPIL = re.compile(r"学生|在校生|在园|幼儿")
TEACHERS = re.compile(r"专任教师$|教师$")
# students of these are counted after conversion (折合), or without some schools
CONVERTED = re.compile(r"高校|高等|大学|本科|专科|职业|中职|中专(?!任)|技工|研究生")
NOTE = re.compile(r"[〔\[［]\d{1,3}[〕\]］](?:约?为|达到?|是)?\s*$")


def ratio_findings(sentence: Sentence) -> Iterator[Finding]:
    """The ratios of one sentence: of two of its numbers, and from one time to another."""
    for one in sentence.quantities:
        stated, names = stated_ratio(one), _ratio_names(one)
        if stated is None or names is None:
            continue
        first, other = (_named(name, sentence.quantities) for name in names)
        if first is None or other is None or first is other or first.unit != other.unit or other.interval.low <= 0:
            continue
        found = _judged(one, stated, first, other)
        if found:
            yield found
    yield from _moved(sentence)


def _judged(one: Quantity, stated: Interval, first: Quantity, other: Quantity) -> Finding | None:
    computed = spread(lambda a, b: a / b, first.interval, other.interval)
    if computed is None:
        return None
    numbers = tuple(sorted((each.start, each.end) for each in (one, first, other)))
    middle = (computed.low + computed.high) / 2
    shown = f"{printed(first)} ÷ {printed(other)} = {float(middle):.2f}:1"
    return Finding("ratio", stated.meets(computed), numbers, printed(one), shown, at=(one.start, one.end))


def _ratio_names(one: Quantity) -> tuple[str, str] | None:
    clause = re.split(r"[，,；;。]", one.lead)[-1]
    named = RATIO_NAMED.search(clause)
    if named:
        return RATIOS[named["name"]]
    found = RATIO_OF.search(clause)
    return (found["one"], found["other"]) if found else None


def _named(name: str, quantities: Sequence[Quantity]) -> Quantity | None:
    found = [one for one in quantities if one.is_level and name in one.subject]
    if name == "生":
        found = [one for one in found if "师" not in one.subject]
    return found[0] if len(found) == 1 else None


def stated_ratio(one: Quantity) -> Interval | None:
    """What a printed ratio allows for its first side over its second; None of what is none."""
    value = one.mention.value
    if one.unit != "ratio" or not isinstance(value, tuple) or len(value) != 2:
        return None
    first, other = value
    if not isinstance(first, Decimal) or not isinstance(other, Decimal) or not other or not first:
        return None
    half = Fraction(one.mention.step) / 2
    if other == 1:
        return Interval(Fraction(first) - half, Fraction(first) + half)
    if first == 1:
        return Interval(1 / (Fraction(other) + half), 1 / (Fraction(other) - half))
    middle = Fraction(first) / Fraction(other)
    return Interval(middle * Fraction(19, 20), middle * Fraction(21, 20))


def _moved(sentence: Sentence) -> Iterator[Finding]:
    """14.38:1，比上年的14.98:1有所降低; 由11.6:1提高到13.4:1."""
    ratios = [one for one in sentence.quantities if one.unit == "ratio" and one.mention.decimals]
    for first, second in pairwise(ratios):
        if first.depth != second.depth or sentence.quantities.index(second) != sentence.quantities.index(first) + 1:
            continue
        reached, word = REACHED.match(second.lead), MOVED.match(second.tail)
        if FROM.search(first.lead) and reached:
            yield from _direction(first, second, reached["word"], reached["word"])
        elif THEN.match(second.lead) and word:
            yield from _direction(second, first, word["word"], word.group("word"))


def _direction(then: Quantity, now: Quantity, word: str, said: str) -> Iterator[Finding]:
    before, after = stated_ratio(then), stated_ratio(now)
    if before is None or after is None or then.mention.value[1:] != now.mention.value[1:]:  # type: ignore[index]
        return
    gap = (after.low + after.high) / 2 - (before.low + before.high) / 2
    holds: bool | None = gap <= 0 if word in LOWER else gap >= 0
    if word in LEVEL:
        near = abs(gap) <= NEARLY * before.high
        holds = before.meets(after) or near or (None if word == "基本持平" else False)
    numbers = tuple(sorted(((then.start, then.end), (now.start, now.end))))
    yield Finding("direction", holds, numbers, said, f"{printed(then)} → {printed(now)}", at=numbers[-1])


def pupil_teacher_findings(
    read: Sequence[tuple[Sentence, Sequence[Chain], Sequence[Sequence[Chain]]]],
    everywhere: Mapping[tuple[str, str], Chain],
) -> Iterator[Finding]:
    """生师比 against the pupils and teachers of its topic, where sentences apart print them.

    Of full-time teachers (专任教师) it is wrong where it fails; of 教师 it may be counted in another way.
    """
    for sentence, here, before in read:
        yield from _apart(sentence, (here, *before), everywhere)


def _apart(
    sentence: Sentence, pools: Sequence[Sequence[Chain]], everywhere: Mapping[tuple[str, str], Chain]
) -> Iterator[Finding]:
    for one in sentence.quantities:
        if one.unit != "ratio" or not re.search(r"生师比(?:约?为|是|达到?)?$", one.lead):
            continue
        stated = stated_ratio(one)
        own = sentence.text[: one.start - sentence.start]
        if stated is None or NOTE.search(own) or CONVERTED.search(one.lead):
            continue
        teachers = _teachers(one, pools)
        if teachers is None or CONVERTED.search(teachers.key):
            continue
        stem = TEACHERS.sub("", teachers.key)
        own_pupils = any(PUPIL.search(each.subject) for each in sentence.quantities if each.is_level)
        if own_pupils or not stem:
            continue
        pupils = _pupils(stem, teachers.unit, pools, everywhere)
        if pupils is not None and not (pupils.sentence == teachers.sentence == one.sentence):
            found = _judged(one, stated, pupils, teachers)
            if found:
                full = teachers.key.endswith("专任教师")
                yield found if found.holds or full else replace(found, holds=None)


def _pupils(
    stem: str, unit: str, pools: Sequence[Sequence[Chain]], everywhere: Mapping[tuple[str, str], Chain]
) -> Quantity | None:
    """The pupils of ``stem``: the nearest in the paragraph, or those that the whole text has one number of."""
    names = [stem + each for each in PUPILS]
    near = [one.level for chains in pools for one in chains if one.level is not None and one.level.key in names]
    near = [one for one in near if one.unit == unit and one.is_level]
    if near:
        return near[0]
    known = (everywhere.get((name, unit)) for name in names)
    return next((one.level for one in known if one is not None), None)


def _teachers(one: Quantity, pools: Sequence[Sequence[Chain]]) -> Quantity | None:
    """The teachers printed last before a ratio in its paragraph."""
    for chains in pools:
        levels = [each.level for each in chains if each.level is not None and each.level.end <= one.start]
        fitting = [each for each in levels if TEACHERS.search(each.key) and not each.depth and each.is_level]
        if fitting:
            return fitting[-1]
    return None
