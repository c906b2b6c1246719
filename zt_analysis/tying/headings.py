"""What stands above a number, the title of its text and the heading of its paragraph, read word by word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import zt_analysis.expressions as re
from zt_analysis.office import current
from zt_analysis.tying.closed import ELSEWHERE, ENUMERATED, blank, left_of, without_outer, without_places
from zt_analysis.tying.dates import MASTHEAD
from zt_analysis.tying.divisions import headed, where, where_near
from zt_analysis.tying.marks import DATED, SENTENCE_END
from zt_analysis.tying.parts import Parts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.signed import DATED as DATED_AS_SENT
from zt_analysis.tying.title_frames import framed
from zt_analysis.tying.vocabulary import pattern

HEADED = ("doubt", "defect", "untrue")
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
# 协作函复: of which kind a text is, as the last word of its title
GENRE_LAST = r"{}(?=[\s：:（(）)·]*$|\s*[（(：:])"
# 控辍保学分学段明细: by what the rows are
DIVIDED = re.compile(r"(?:分(?:县市区|县区|县|地区|学段))+")


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
    heading = without_outer(without_places(heading, parts))  # first: 县 alone is a word of headings
    if size := framed(heading):  # 广播站晚间稿, 致校长的信
        heading = DATED * size + heading[size:]
    last = pattern("genre", GENRE_LAST)
    for known in (pattern("compound"), last, *map(pattern, ("heading", "caption", "of_caption"))):
        heading = known.sub(blank, heading)
    # 青禾县水务简报, of 青禾县水务局
    every = (*names, field) if (field := current().field) else tuple(names)
    return left_of(_without_names(heading, every), every, "rank", "apart", "label", "label_of", "label_alone")


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
        rest = without_places(sentence, parts)
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
