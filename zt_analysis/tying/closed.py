"""The closed world of a clause: a number is tied only where every word that governs it is understood.

What governs a number: its sentence before it, its own clause after it, and what follows the sentence's last number.
Understood are the words of figures, the parts that can be computed, times (``moments`` judges them), numbers, and the
words that the language and the office declare to change nothing. Anything else might: the number is left unproven, and
the word is named. The value is never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import zt_analysis.expressions as re
from zt_analysis.office import current
from zt_analysis.tying.blanking import without_tailed, without_words
from zt_analysis.tying.confirmed import NOTHING, confirmed_words
from zt_analysis.tying.dates import MASTHEAD
from zt_analysis.tying.divisions import headed, named, where, where_near
from zt_analysis.tying.marks import BULLETS, COUNTED, DATED, HIDDEN, NOTE, SENTENCE_END
from zt_analysis.tying.parts import OF_NEXT, Parts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.signed import DATED as DATED_AS_SENT
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
HEADED = ("doubt", "defect", "untrue")
OTHERS = ("noun", "negation", "doubt", "defect")
OPENING = 2
# a name of a figure that holds the name of a part: 农村义务教育学生
LONG = 4
# 一、, 3.1, 表4, 图 2-1, 附件1: the number of a heading or of what stands under it; 关于全市 is no 低于全市
ENUMERATED = re.compile(
    r"^[\s（(#*]*(?:第?[一二三四五六七八九十\d]{1,3}[、.．)）章节部分]+|[图表]\s*\d{1,3}(?:[-－—.．]\d{1,3})?"
    r"|附[件表录]\s*[一二三四五六七八九十\d]{0,3}(?=[\s：:]|$))?\s*(?:(?:关于|在|致|告|对|给)(?=[全本我各][市县区省州]|各|广大|[市县省](?:政协|人大|委|政府|人民政府)))?"
)
# 昭教发〔2018〕9号, 第3期
NUMBERED = re.compile(r"[一-龥]{0,12}\s*[〔\[［【(（](?P<year>(?:19|20)\d\d)[〕\]］】)）]\s*第?\s*\d{1,4}\s*号")
ISSUE = re.compile(r"[（(]?(?:第|总第|增刊第?)\s*[\d一二三四五六七八九十]{1,4}\s*[期号][）)]?")
_YEAR = r"(?:19|20)\d\d年"
DAY_OF = re.compile(
    rf"{_YEAR}\d{{1,2}}月\d{{1,2}}日$|截[至止]到?(?:{_YEAR})?\d{{1,2}}月\d{{1,2}}日|{_YEAR}(?!\d{{1,2}}月)"
)
DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_FULL_DAY = rf"(?:{_YEAR})?{DAY.pattern}"
DAYS = re.compile(rf"(?:截[至止]到?)?{_FULL_DAY}(?:\s*[至到—–~～-]+\s*{_FULL_DAY})?")
DATE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
BODY = re.compile(r"\s*[一-龥（）、\s]{2,30}(?:局|厅|委员?会?|办|办公室|政府|中心|处|院|学校|小组)\s*")
REPORTED = re.compile(r"已|完成|情况|成效|进展|落实|执行")
GOES_ON = re.compile(
    r"[，,；;]\s*(?:但|却|而|可)?(?:他们|她们|它们|这些|这批|其(?![中余他])|均|都|皆|至今|迄今|没有|没|未|无一|不|却|随后|后来|旋即|实际|真正|事后|经查)"
    r"[^，,。；;]*"
)
# 1208人，年龄17岁以上的高中生: who was counted, though another number stands in it
AGED = re.compile(r"[，,；;]\s*[^，,。；;]*(?:\d\s*周?岁[^，,。；;]*|\d年[^，,。；;]*的[一-龥]{1,4}(?=[，,。；;]|$))")
TIMES = (NOW, BASE, WEEK, TERMS, OTHER)
# 控辍保学分学段明细: by what the rows are
DIVIDED = re.compile(r"(?:分(?:县市区|县区|县|地区|学段))+")
OF_THEM = re.compile(r"(?:学生|儿童)?[当之]?中")


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


def heading_of(context: Context) -> str:
    """The line above the paragraph; empty where a sentence or the masthead stands there."""
    heading = next((one for one in context.topics[-1:] if not SENTENCE_END.search(one)), "")
    masthead = (
        MASTHEAD.fullmatch(heading)
        or DATED_AS_SENT.fullmatch(heading)
        or (DATE.search(heading) and BODY.fullmatch(DATE.sub("", heading)))
    )
    return "" if masthead else ENUMERATED.sub("", heading)


def heading_left(heading: str, parts: Parts, names: Sequence[str]) -> tuple[str, ...]:
    """The words of a title or heading that nobody has declared: 错误样本 above a number makes it another thing.

    Of a figure's name some of it is enough: 在校与寄宿情况 is above 在校生 and 寄宿生.
    """
    heading = DAYS.sub("，", DAY_OF.sub("", ISSUE.sub("，", NUMBERED.sub("，", ENUMERATED.sub("", heading)))))
    if not heading.strip():
        return ()
    heading = DIVIDED.sub("，", heading)
    heading = _without_outer(_without_parts(heading, parts))  # first: 县 alone is a word of headings
    for known in map(pattern, ("compound", "heading", "caption", "of_caption")):
        heading = known.sub(blank, heading)
    # 青禾县水务简报, of 青禾县水务局
    every = (*names, field) if (field := current().field) else tuple(names)
    return _left(_without_names(heading, every), every, "rank", "apart", "label", "label_of", "label_alone")


@lru_cache(maxsize=256)
def _without_names(text: str, names: tuple[str, ...]) -> str:
    """The text with whatever of two characters and more is some of a name blanked."""
    every, place = "\0".join(names), 0
    while place < len(text) - 1:
        ends = (end for end in range(len(text), place + 1, -1) if text[place:end] in every)
        end = next(ends, place)
        text = f"{text[:place]}{DATED * (end - place)}{text[end:]}"
        place = max(end, place + 1)
    return text


def governed(context: Context, parts: Parts) -> tuple[str, str] | None:
    """Why what stands above a number makes it another's: a place that opens the sentence before or the heading, a plan
    for a heading; a key of ``terms`` and the words.
    """
    heading = next((one for one in context.topics[-1:] if not SENTENCE_END.search(one)), "")
    for sentence in (*context.topics[:1], heading):
        rest = _without_parts(sentence, parts)
        if found := ELSEWHERE.match(rest):
            return "tie_other_part", found[1]
        if place := headed(rest):
            return "tie_other_part", where(place) or place
    if place := _told_before(context, parts):
        return "tie_elsewhere", place
    if other := pattern("others").search(heading):
        return "tie_other_part", other[0]
    # 【反面示例】 above a number: what stands under it is no statement
    said = heading_of(context)
    if doubted := next((one for kind in HEADED if (one := pattern(kind).search(said))), None):
        return "tie_doubted", doubted[0]
    named_so = pattern("compound").sub(blank, heading)  # 营养改善计划 is no plan
    plan = pattern("plan").search(named_so) or pattern("plan_clause").search(named_so)
    return ("tie_planned", plan[0]) if plan and not REPORTED.search(heading) else None


def _told_before(context: Context, parts: Parts) -> str:
    """The place elsewhere that the paragraph was about, where neither the sentence nor one between names another."""
    for sentence in (context.before, *context.topics):
        if any(one.dimension in parts.places for one in parts.named(sentence)):
            return ""
        if sentence is not context.before and (place := where(sentence) or where_near(sentence)):
            return place
    # 会泽县简报 over 一、进展: what heads the text heads its sections
    title = "" if context.title in context.topics else context.title
    if not title or any(one.dimension in parts.places for one in parts.named(title)):
        return ""
    place = headed(title) or ""
    return where(place) or place


def place_elsewhere(heading: str, parts: Parts) -> str:
    """The place that a title, an office or a heading names and that is none of the tables; empty where none is.

    某省某市教育局: what lies before the whole is what it lies in.
    """
    if full := _another_in_full(heading, parts):
        return where(full) or full
    rest = _without_outer(_without_parts(ENUMERATED.sub("", heading), parts))
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


def _without_outer(rest: str) -> str:
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
    for known in map(pattern, ("compound", *kinds, "known", "filler")):
        rest = known.sub(blank, rest)
    return tuple(_word(text, *run.span()) for run in RUN.finditer(rest))


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
