"""The closed world of a clause: a number is tied only where every word that governs it is understood.

What governs a number: its sentence before it, its own clause after it, and what follows the sentence's last number.
Understood are the words of figures, the parts that can be computed, times (``moments`` judges them), numbers, and the
words that the language and the office declare to change nothing. Anything else might: the number is left unproven, and
the word is named. The value is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import zt_analysis.expressions as re
from zt_analysis.tying.blanking import without_tailed, without_words
from zt_analysis.tying.confirmed import NOTHING, confirmed_words
from zt_analysis.tying.divisions import headed, named, where
from zt_analysis.tying.marks import BULLETS, COUNTED, DATED, HIDDEN, NOTE
from zt_analysis.tying.parts import OF_NEXT, Parts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import BASE, NOW, OTHER, TERMS, WEEK
from zt_analysis.tying.vocabulary import pattern, words

_SIGNS = r"\s，,；;：:、（）()【】\[\]“”\"'‘’《》<>·.．。!！~～—\-…→⇒➔➜/%*#"
MARKS = re.compile(rf"[{_SIGNS}{BULLETS}{DATED}{COUNTED}{HIDDEN}]")
RUN = re.compile(rf"[^{MARKS.pattern[1:-1]}]+")
# the name of a place that no register of the package holds
ELSEWHERE = re.compile(
    r"[\s“（(]*在?([^各全本我该每城老学校社地山片辖的是和与及\W\da-zA-Z]{2,3}(?:自治)?(?:省|市|州|县|区|旗|镇|乡))(?![长委级情民])"
)
# 升至学生327802人: what rises or falls to no number says something else
MOVED = re.compile(
    rf"(?<=[户访查学教放达付出助盖])(?:[上提攀]?升|增加?|提高)[到至](?={DATED}|{COUNTED}|$)|"
    rf"[升降增减涨跌][低高加少]?[至到](?=[一-龥])(?![约近超逾不接将零了])(?!{DATED}|{COUNTED})"
)
# 1915人¹: what the note of a mark says is judged where it stands
NOTE_MARK = re.compile(rf"(?:^|(?<={COUNTED})|(?<={COUNTED}[人名户所件]))[⁰¹²³⁴-⁹]+")
OTHERS = ("noun", "negation", "doubt", "defect")
OPENING = 2
# a name of a figure that holds the name of a part: 农村义务教育学生
LONG = 4
# 一、, 3.1, 表4, 图 2-1, 附件1: the number of a heading or of what stands under it; 关于全市 is no 低于全市
ENUMERATED = re.compile(
    r"^[\s（(#*]*(?:第?[一二三四五六七八九十\d]{1,3}[、.．)）章节部分]+|[图表]\s*[\d一二三四五六七八九十]{1,3}(?:[-－—.．]\d{1,3})?"
    r"|附[件表录]\s*[一二三四五六七八九十\d]{0,3}(?=[\s：:]|$))?\s*(?:(?:关于|在|致|告|对|给)(?=[全本我各][市县区省州]|各|广大|[市县省](?:政协|人大|委|政府|人民政府)))?"
)
GOES_ON = re.compile(
    r"[，,；;]\s*(?:但|却|而|可)?(?:他们|她们|它们|这些|这批|其(?![中余他])|均|都|皆|至今|迄今|没有|没|未|无一|不|却|随后|后来|旋即|实际|真正|事后|经查)"
    r"[^，,。；;]*"
)
# 1208人，年龄17岁以上的高中生: who was counted, though another number stands in it
AGED = re.compile(r"[，,；;]\s*[^，,。；;]*(?:\d\s*周?岁[^，,。；;]*|\d年[^，,。；;]*的[一-龥]{1,4}(?=[，,。；;]|$))")
TIMES = (NOW, BASE, WEEK, TERMS, OTHER)
# 已从, 仍有, 降了, 由高到低: words that two declared characters make; 个人, 对比 are other words than 个 and 人
JOINED = re.compile(
    r"[的这之]?[额数率]?[已仍尚还共约均都皆也是就便现]*(?:[降升增减提高低多少]*[了至到幅])?[有为是达从由自对向在与和到获]?了?"
    r"|由[高多大]到[低少小]|[这的了][个数人]|是人"
)
OF_THEM = re.compile(r"(?:学生|儿童)?[当之]?中(?![职小央学等])")


def unknown(context: Context, parts: Parts, names: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """The words around a number that nobody has declared; empty where all is understood.

    In the number's own stretch only the words of its own figure are known (安排 is a word of funds: 安排劝返复学1915人
    is none of them); what other figures are called, and how well the work went (kind ``apart``), may stand around it.
    """
    settled = tuple(confirmed_words(NOTHING))  # with the names: the longest of a place wins (失辍学 over 辍学)
    every = (*own, *settled, *names)
    before, after = (_unmarked(_without_parts(one, parts, own)) for one in (context.plain_before, context.plain_after))
    # 受助学生中，建档立卡户: of whom, where both are words of the figure; 受助学生中劝返复学 is of another's
    before = without_those_among(before, own)
    clause = context.clause_before[context.clause_before.rfind("】") + 1 :]  # 【控辍快报】 heads what follows
    split = max(len(before) - min(len(context.stretch), len(clause)), context.own_begins)
    near = len(OF_NEXT.split(context.near_after, maxsplit=1)[0])
    mine = (*own, *settled)
    # 劝返复学1915人，抽查东川县: what follows names a place that is not the number's
    # 其中东川县79户、西平区55户: it is the next number's
    theirs = len(context.near_after) if context.plain_rest[len(context.near_after) :].startswith(COUNTED) else near
    behind = _without_parts(context.plain_after, parts, own, places=False)[max(near, theirs) :]
    tail = after[near:theirs] + _unmarked(behind)
    raw = (context.plain_before, context.plain_after, before, tail)
    moved = tuple(one[0] for text in raw for one in MOVED.finditer(text))
    # 1915人，他们都已满十六周岁: what goes on about those that were counted, though another number stands in it
    near_ends = len(context.near_after)
    goes_on = GOES_ON.match(context.plain_rest, near_ends) or AGED.match(context.after, near_ends)
    after_that = _without_parts(context.plain_rest[slice(*goes_on.span())], parts, own) if goes_on else ""
    left = (
        *moved, *_left(after_that, every, "apart"),
        *_left(before[:split], every, "apart"), *_left(before[split:] + COUNTED, mine),
        *_left(after[:near], mine), *_left(tail, every, "apart"),
    )  # fmt: skip
    return tuple(dict.fromkeys(left))


def _unmarked(text: str) -> str:
    return NOTE_MARK.sub(blank, text)


def place_elsewhere(heading: str, parts: Parts) -> str:
    """The place that a title, an office or a heading names and that is none of the tables; empty where none is.

    某省某市教育局: what lies before the whole is what it lies in.
    """
    if full := _another_in_full(heading, parts):
        return where(full) or full
    rest = without_outer(_without_parts(ENUMERATED.sub("", heading), parts))
    for one in parts.named(rest):
        if one.dimension == "place":
            return one.text
    found = ELSEWHERE.match(rest)
    place = headed(rest) or (found[1] if found else "") or _in_full(rest)
    return where(place) or place


def _another_in_full(text: str, parts: Parts) -> str:
    """The division that ``text`` names in full and that is none of the tables: 宣威市教育局, which holds 市教育局."""
    own = [(one.start, one.start + len(one.text)) for one in parts.named(text) if one.dimension != "place"]
    for start, name in named(text):
        end = start + len(name)
        # of the tables, made of the end of one of theirs, or what theirs lie in
        if not any((first <= start and end <= last) or first < start < last or end == first for first, last in own):
            return name
    return ""


def without_outer(rest: str) -> str:
    """What is left of ``rest`` behind the division that the whole lies in."""
    lies_in = rest.split(DATED, maxsplit=1)[0] if DATED in rest else ""
    return rest[len(lies_in) :] if lies_in and [name for _, name in named(lies_in)] == [lies_in] else rest


def _in_full(text: str) -> str:
    return next((name for _, name in named(text)), "")


def elsewhere(text: str, parts: Parts) -> str:
    """The place that ``text`` opens with and that the tables do not give; empty where it names none."""
    opening = [one for one in parts.named(text) if one.dimension == "place" and one.start <= OPENING]
    found = ELSEWHERE.match(_without_parts(text, parts))
    return opening[0].text if opening else found[1] if found else ""


def of_others(text: str, parts: Parts) -> str:
    """The first words of ``text`` by which it is about other people, about no part of the tables, or denied."""
    for one in parts.named(text):
        if not one.values and one.dimension != "whole":
            return one.text
    return next((found[0] for kind in OTHERS if (found := pattern(kind).search(text))), "")


def words_left(text: str, parts: Parts, names: Sequence[str], *kinds: str) -> str:
    """The first words of a note that nobody has declared."""
    return caption_left(text, parts, names, *kinds, "apart")


def caption_left(text: str, parts: Parts, names: Sequence[str], *kinds: str) -> str:
    """The first words of a caption that nobody has declared as one of ``kinds``, or for all texts."""
    # a name that holds a part's is one: 农村义务教育学生营养改善计划
    return next(iter(_left(_without_parts(text, parts, names), names, *kinds)), "")


def left_of(text: str, names: Sequence[str], *kinds: str) -> tuple[str, ...]:
    """The words of ``text`` that are neither among ``names`` nor declared as one of ``kinds``, or for all texts."""
    return _left(text, names, *kinds)


def without_places(text: str, parts: Parts) -> str:
    """The text without the places and parts that can be computed, the whole and times."""
    return _without_parts(text, parts)


def _without_parts(text: str, parts: Parts, own: Sequence[str] = (), *, places: bool = True) -> str:
    """The text without the parts that can be computed, and without times: others have judged them."""
    for one in parts.named(text, [word for word in own if len(word) > LONG]):
        if (one.values and (places or one.dimension not in parts.places)) or one.dimension == "whole":
            text = text[: one.start] + DATED * (one.end - one.start) + text[one.end :]
    return without_times(text)


def without_times(text: str) -> str:
    """The text with its words of time blanked."""
    for times in TIMES:
        text = times.sub(blank, text)
    return text


def _left(text: str, names: Sequence[str], *kinds: str) -> tuple[str, ...]:
    """The runs of characters that are left without ``names`` and the declared words."""
    rest = without_words(NOTE.sub(blank, text), names)
    for known in map(pattern, ("compound", *kinds)):
        rest = known.sub(blank, rest)
    alone: list[int] = []

    def blanked(found: re.Match[str]) -> str:
        if found.end() - found.start() == 1:
            alone.append(found.start())
        return blank(found)

    for known in map(pattern, ("known", "filler")):
        rest = known.sub(blanked, rest)
    return (*(_word(text, *run.span()) for run in RUN.finditer(rest)), *_joined(text, alone))


def _joined(text: str, alone: Sequence[int]) -> Iterator[str]:
    """The words of ``text`` that characters make which are declared each ``alone``: 个人 of 个 and 人."""
    places = sorted(alone)
    for _, run in groupby(enumerate(places), lambda one: one[1] - one[0]):
        at = [place for _, place in run]
        word = text[at[0] : at[-1] + 1]
        if len(at) > 1 and not MARKS.search(word) and not JOINED.fullmatch(word):
            yield word


def _word(text: str, start: int, end: int) -> str:
    """A run of characters; a single one with the character beside it, of which a declared word took a part: 对象."""
    if end - start > 1:
        return text[start:end]
    after, before = text[end : end + 1], text[max(0, start - 1) : start]
    single = {*words("filler"), *words("known")}  # no longer word is broken
    if after in single and not MARKS.match(after):
        return text[start : end + 1]
    return text[start - 1 : end] if before in single and not MARKS.match(before) else text[start:end]


def blank(found: re.Match[str]) -> str:
    """What a match blanks."""
    return DATED * len(found[0])


def without_those_among(text: str, own: Sequence[str]) -> str:
    """受助学生中: the text without the words ``own`` of whom some are counted."""
    return without_tailed(text, [one for one in own if len(one) > 1], OF_THEM) if "中" in text else text
