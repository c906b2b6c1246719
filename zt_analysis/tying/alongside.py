"""Numbers that another one of their sentence leaves in doubt: 两次劝返复学1915人, 劝返复学1915人，到校率为零.

How often, before a number or in its clause behind it, and a rate or nothing at all behind it are said of it: where no
words say what they are, it is not known either. What is said to be more, less or a multiple of another has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted
from zt_analysis.office import current
from zt_analysis.terms import filled
from zt_analysis.tying import than_forms
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import CLAUSE_END, HIDDEN
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.sentences import STATED, Sentences
from zt_analysis.tying.tie import GREEN, Tie
from zt_analysis.tying.vocabulary import pattern

# 两次, 三轮: how often, which the number behind it may be of once
# 多于, 少于 between two numbers; 比小学低 behind one; ，是上门送教823人的三倍
THAN = re.compile(rf"\s*{than_forms.THAN}[^，,。；;]*")
THAN_PART = re.compile(
    rf"\s*{than_forms.SOFTLY}[比较](?P<of>[^，,。；;\d]{{2,10}}?)(?:的)?(?:要|还|更|略|稍|明显|大幅)*[高低多少](?=\s*[，,。；;）)\n]|$)"
)
EACH_OF_THEM = re.compile(r"[，,]\s*[也仍]*[均都]")
IN_WORDS = re.compile(r"[^\d%％]+")
OF_PART = re.compile(r"占|其中|含|中")
MEAN = re.compile("人均|户均|平均")
TIMES_OF = re.compile(rf"\s*{than_forms.SOFTLY}(?:正好|恰好|约|大约|几乎|近|接近)*[是为占](?![其中])[^，,。；;]*")
# ，内含营养改善计划支出…: the number before it is unproven, for what is said to be in it is none of its own
WITHIN = re.compile(r"\s*[，,（(]?\s*(?:其中|内?含|包括|包含|涵盖|这?里[头面])[^，,。；;]*")
# 受助学生488235人，另有建档立卡户学生327802人: on top of the whole that holds them
ADDED = re.compile("另有?|此外|除此|之外|以外|外加")
# 抽查学校12所, 走访了20户
SAMPLED = re.compile("(?:抽查|抽样|抽取|抽检|随机|走访|检查|核查|暗访|明察暗访|调研|调查)[了到]?[^，,。；;\\d]{0,8}$")
LOOKED, LOOKED_AT = 16, ("所", "个", "户", "家", "校", "县", "乡镇", "村", "县区", "名", "人")
OF_IT = re.compile(r"的?(?:[一二两三四五六七八九十几\d.]+|数)倍|的?(?:一半|[一二三四五六七八九]成)")
TIMES = ("次", "轮", "批", "回", "趟", "遍", "场")
# how often, or how old: 1915名学生两次以上被劝返, and behind it: 劝返复学1915人，两次以上
OF_SOME = (*TIMES, "岁", "周岁")
BEHIND = re.compile(r"\s*[，,（(]\s*(?:均|都|皆|各|至少|超过|不止|人均|户均|生均|平均|每[人户生名])*")
NOTHING = re.compile("(?:将?近|大?约|超过?|不足|不到)?")
ENDS = re.compile(r"\s*[，,。；;）)\n]|$")


def with_doubts(ties: Sequence[Tie], sentences: Sentences, in_table: Callable[[int], bool], case: Case) -> list[Tie]:
    """The ties, without those that an unproven number beside them is said of; cells are read by their table."""
    found: list[Tie] = []
    for _, sentence in groupby(ties, lambda one: sentences.position(one.mention.start)):
        inside = list(sentence)
        if any(one.status in GREEN for one in inside):
            inside = [_doubted(place, inside, sentences.text, in_table, case) for place in range(len(inside))]
        found += inside
    return found


def _doubted(place: int, inside: Sequence[Tie], text: str, in_table: Callable[[int], bool], case: Case) -> Tie:
    tie = inside[place]
    if tie.status not in GREEN or in_table(tie.mention.start):
        return tie
    other = _before(tie, inside[:place], text) or _within(tie, inside[:place], text)
    other = other or _added(tie, inside[:place], text) or _sampled(tie, inside[:place], text)
    other = other or _after(tie, inside[place + 1 :], text, case.figure_words)
    other = other or _compared(inside, place, text, case)
    if not other:
        return tie
    said = filled("tie_beside", words=other)
    return replace(tie, status="unproven", reason=said, figure=None, wanted=None, expected=None, difference="")


def _before(tie: Tie, earlier: Sequence[Tie], text: str) -> str:
    """How often, where it stands before a number in its clause."""
    last = earlier[-1] if earlier else None
    if last is None or not _is_open(last) or last.mention.unit not in TIMES:
        return ""
    return "" if CLAUSE_END.search(text, last.mention.end, tie.mention.start) else last.mention.surface


def _within(tie: Tie, earlier: Sequence[Tie], text: str) -> str:
    """The words by which a number is said to be in one that it can be no part of (``not_stated``)."""
    whole = earlier[-1] if earlier else None
    between = text[whole.mention.end : tie.mention.start] if whole else ""
    if whole is None or whole.status != "unproven" or not WITHIN.fullmatch(between):
        return ""
    other = pattern("disjoint").search(between)
    return between.strip(" ，,") if other and whole.reason == filled("tie_other_words", words=other[0]) else ""


def _sampled(tie: Tie, earlier: Sequence[Tie], text: str) -> str:
    """抽查学校12所，劝返复学1915人: how many were looked at, of which the number may be, where it names no whole."""
    for one in earlier:
        looked = SAMPLED.search(text, max(0, one.mention.start - LOOKED), one.mention.start)
        if not _is_open(one) or looked is None or one.mention.unit not in LOOKED_AT:
            continue
        clause = CLAUSE_END.split(text[one.mention.end : tie.mention.start])[-1]
        if not whole_pattern().search(clause):
            return f"{looked[0]}{one.mention.surface}"
    return ""


def _added(tie: Tie, earlier: Sequence[Tie], text: str) -> str:
    """The word by which a number is said to come on top of one that counts it already."""
    if not earlier or tie.wanted is None:
        return ""
    added = ADDED.search(text, earlier[-1].mention.end, tie.mention.start)
    wholes = (one.wanted for one in earlier if one.status in GREEN and one.wanted)
    return added[0] if added and any(_is_in(tie.wanted, whole) for whole in wholes) else ""


def _is_in(part: Wanted, whole: Wanted) -> bool:
    """Whether the office has a share of the one in the other, and both are of the same place and stage."""
    shares = (one for one in current().indicators.values() if one.derived and one.unit == "ratio")
    return part.scope == whole.scope and any(
        [name for name, _ in one.inputs] == [part.indicator, whole.indicator] for one in shares
    )


def _after(tie: Tie, later: Sequence[Tie], text: str, names: Sequence[str]) -> str:
    """The rate of a name that is no figure's, the mean, or nothing at all, that is said next."""
    glued = later[0] if later and NOTHING.fullmatch(text, tie.mention.end, later[0].mention.start) else None
    if glued and glued.status == "unproven" and glued.mention.kind != "date":  # 占全市的26.5%近一个月
        return glued.mention.surface
    said = next((one for one in later if one.mention.role == "figure" and one.mention.kind in STATED), None)
    if said is None or not _is_open(said):
        return ""
    between = text[tie.mention.end : said.mention.start]
    alone = BEHIND.fullmatch(between) and ENDS.match(text, said.mention.end)
    some = said.mention.unit in OF_SOME and (alone or not CLAUSE_END.search(between))
    rate = "率" in between and not any(one in between for one in names)
    # 任务完成一半: in words, and of no part
    half = said.mention.kind == "rate" and IN_WORDS.fullmatch(said.mention.surface) and not OF_PART.search(between)
    doubted = some or rate or bool(half) or said.mention.value == 0 or MEAN.search(between)
    return said.mention.surface if doubted else ""


def _compared(inside: Sequence[Tie], place: int, text: str, case: Case) -> str:
    """The words by which a number is said to be more, less or a multiple of the next one or of a part, and is not."""
    than = THAN_PART.match(text, inside[place].mention.end)
    if than and (
        any(one in than["of"] for one in case.figure_words) or any(one.values for one in case.parts.named(than["of"]))
    ):
        return than[0].strip(" ，,")
    if words := _each_untrue(inside, place, text):
        return words
    pairs = pairwise(inside[max(0, place - 1) : place + 2])
    proven = {one.mention.start for one in inside if one.status in GREEN and one.mention.unit == "×"}
    return next((words for first, second in pairs if (words := _untrue(first, second, text, proven))), "")


def _each_untrue(inside: Sequence[Tie], place: int, text: str) -> str:
    """高中2373.55元，中职1647.06元，均高于全市的734.01元: the words, where one of the numbers before is not."""
    for last in range(2, len(inside)):
        between = text[inside[last - 1].mention.end : inside[last].mention.start]
        if not (EACH_OF_THEM.match(between) and THAN.fullmatch(between)) or place > last:
            continue
        for one in inside[:last]:
            if words := _untrue(replace(one, mention=inside[last - 1].mention), inside[last], text):
                return words
    return ""


def _untrue(first: Tie, second: Tie, text: str, proven: Collection[int] = ()) -> str:
    """``proven``: where multiples begin that are as they are said to be."""
    between = text[first.mention.end : second.mention.start]
    if TIMES_OF.fullmatch(between) and (of := OF_IT.match(text, second.mention.end)):
        if any(second.mention.end <= one < of.end() for one in proven):
            return ""
        return f"{second.mention.surface}{of[0]}"
    than = THAN.fullmatch(between)
    if than and second.status == "ambiguous":  # 低于全市的734.01元: of whom it is, is not certain
        return than[0].replace(HIDDEN, "").strip(" ，,")
    if than is None or first.figure is None or second.figure is None or first.figure.unit != second.figure.unit:
        return ""
    one, other = first.figure.exact, second.figure.exact
    if one is not None and other is not None and one < 0 and other < 0:  # a fall is as great as its size
        one, other = -one, -other
    if one is None or other is None or (one > other if than["more"] else one < other):
        return ""
    return than[0].replace(HIDDEN, "").strip(" ，,")


def _is_open(tie: Tie) -> bool:
    return tie.status == "unproven" and tie.mention.role == "figure" and tie.mention.kind in STATED
