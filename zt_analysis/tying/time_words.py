"""The dates and words of time that stand before a number, and which of them it is only compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import zt_analysis.expressions as re
from zt_analysis.bulletins import Paper
from zt_analysis.numbers import Mention
from zt_analysis.periods import Period
from zt_analysis.tying.sentences import Context

START = re.compile(r"[从由自][^，。；]{0,4}$")
# 降至, 回落到: what leads from one level to another
MOVES = "降|升|减|增|涨|跌|上升|下降|提高|增加|减少|变|回落|压减|缩减|攀升"
TO_AHEAD_FAR = re.compile(rf"^[^，。；]{{0,30}}?({MOVES})(低|高|少|加)?(至|到|为)")
BASE = re.compile(r"(?<![与和同比较跟])(?:(?<!学)期初|(?<![为作])基期|此前|原来|原先|前期)(?!相比|比)")
NOW = re.compile(
    r"今年以来|年初以来|今年|目前|当前|迄今|至今(?!年)|眼下|现在|现(?=[为有达是仅约共]|降至|降到|增至|增到)|如今|而今|时下|此刻|期末"
)
THIS_YEAR = ("今年以来", "年初以来", "今年")
UNTIL_NOW = ("至今", "迄今")
WEEK = re.compile(r"本周|这一?周|近一周|一周来|一周内")
TERMS = re.compile(r"春季学期|秋季学期|春学期|秋学期|春季|秋季")
OTHER = re.compile(
    r"去年同期|上年同期|同期|去年|上一?年度?|前年|往年|历年|历史|上一?学期|上一?学年|下一?学期|下一?学年|本学期|本学年|新学期|学年"
    r"|上一?个?月|下一?个?月|上半年|下半年|上一?个?季度|第?[一二三四1-4]季度|本季度|当季|本半年|上一?周|下一?周|上一?期|前一周|昨日|昨天|今天(?![，,]?我们?(?:现在|在这里)?[向给](?:大家|各位|大会|会议))|今日|当日|当天"
    r"|当月|本月|当年|明年|今后|未来|暑假|寒假|暑期|十三五|十二五|年初|年末|年底|月底|月初|同比|环比|近[两二三四五几]年|[两二三四五]年来|(?<!督查)(?<!检查)(?<!抽查)(?<!督导)期间"
)
COMPARED = re.compile(r"(?:[比较与和同跟]|相比|相较于?|[对比参]照|对[比标]|较之)$")
# 319人和上期216人: no comparison but one more number
JOINED = re.compile("[与和同跟]$")
HELD_AGAINST = re.compile(r"[^，,。；;\d]{0,10}(?:相?比|相较|持平|相同|一致|一样|相当|对比|比较|对照)")
COMPARED_AFTER = re.compile(
    r"^(?:统计的?)?(?:相比|比较|同期相比|相较|[为作](?:基期|基数|基准|参照|对照|起点)(?=[，,]))"
)
AGAINST = re.compile(
    r"(?:[为作](?:基期|基数|基准|参照|对照|起点)|同期|的?(?:数据?|水平|情况))?(?:相比|比较|相较|比|对比)?[，,]"
)
BEHIND_NUMBER = re.compile(r"\d(?:[%％]|[万亿]?[人元户名所件]|个百分点)?$")
SAME_TIME, AT_ONCE = ("同期", "期间"), re.compile(r"[，,；;]\s*(?:在?[此这])?$")
IN_BRACKET = re.compile(r"[^（）()。；;]*\d[^（）()。；;]*[）)]")
# （9月20日为1.91%）: a day with a number of its own
OTHER_NUMBER = re.compile(
    r"(?:[\d年]*\d月\d+日|[上前基期去年月周同初一个]{2,4})时?[仅只]?[为是有]?\s*[\d,.]+\s*(?:万?[人名户件所个]|[%％]|[万亿]?元)"
)
# （11月1日数据） right after the number
NOTED = re.compile(r"\s*[（(]([^（）()]*(?:\d\s*[年月日]|学期|去年|上年|同期)[^（）()]*)[）)]")
YEAR_ALONE, OF_IT = re.compile(r"(?:19|20)\d\d年度?"), re.compile("的")
MIDNIGHT = "24:00"
DAY = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
# of a term, a course or a count: the end is today's only where its beginning is named too
AT_END, AT_START = "期末", "期初"


def names_a_time(text: str) -> bool:
    """Whether a day or a word of time stands in a sentence."""
    return bool(DAY.search(text)) or any(one.search(text) for one in (BASE, NOW, OTHER, TERMS, WEEK))


@dataclass(frozen=True)
class Marker:
    """A date or word of time before a number: where, what it says, and whether something is compared with it."""

    start: int
    text: str
    kind: str
    compared: bool
    date: Mention | None = None


def markers(context: Context) -> list[Marker]:
    """Each date and word of time of the number's sentence before it, in their order."""
    found = [Marker(place, one.surface, "date", compared_at(context.before, place, place + len(one.surface)), one)
             for place, one in context.dates
             if not (_ends_a_day(place, one, context) or _of_number_before(place, one, context)
                     or _is_of_a_bracket(place, place + len(one.surface), context))]  # fmt: skip
    for kind, words in (("base", BASE), ("week", WEEK), ("term", TERMS), ("other", OTHER), ("now", NOW)):
        for one in words.finditer(context.before):
            if kind in ("base", "other") and _is_of_a_bracket(*one.span(), context):
                continue
            if not any(other.start <= one.start() < other.start + len(other.text) for other in found):
                unpaired = one[0] == AT_END and AT_START not in f"{context.before}{context.plain_rest}"
                said = "other" if unpaired else kind
                found.append(Marker(one.start(), one[0], said, compared_at(context.before, *one.span())))
    ends = {one.start + len(one.text) for one in found if one.date}
    # 2014年至今: since that year, not today
    found = [one for one in found if not (one.kind == "now" and one.text in UNTIL_NOW and one.start in ends)]
    found = [one for one in found if not (_recurring(one, context) or _same_time(one, found, context))]
    found = [one for one in found if not _is_year_of_a_day(one, found, context)]
    return sorted(found, key=lambda one: one.start)


def another_year(context: Context, found: Sequence[Marker], now: Period) -> str:
    """2017年，由9月20日的17人增至32人: another year that opens the sentence, of both ends of what moved."""
    first = found[0] if found else None
    ends = first.start + len(first.text) if first else 0
    opens = first is not None and first.date is not None and not first.compared and YEAR_ALONE.fullmatch(first.text)
    if not first or not opens or OF_IT.match(context.before, ends) or START.search(context.before[: first.start]):
        return ""
    return "" if first.text.startswith(str(now.as_of.year)) else first.text


def _is_year_of_a_day(year: Marker, found: Sequence[Marker], context: Context) -> bool:
    """截至9月20日，今年已下达: 今年 moves no day that is named right before it."""
    days = [one.start for one in found if one.kind in ("date", "base") and not one.compared and one.start < year.start]
    alone = bool(days) and not any(days[-1] < place < year.start for place in context.numbers_before)
    return year.text in THIS_YEAR and alone


def _is_of_a_bracket(place: int, ends: int, context: Context) -> bool:
    """4388人（9月20日为5272人），小学为329人: whether a time is of a number in a bracket that is closed since."""
    said = IN_BRACKET.match(context.before, ends)
    return said is not None and max(context.before.rfind(sign, 0, place) for sign in "（(") > max(
        context.before.rfind(sign, 0, place) for sign in "）)"
    )


def _of_number_before(place: int, day: Mention, context: Context) -> bool:
    """由0.09%（9月20日）降为0.06%: a date in brackets right behind a number is that number's."""
    inside = context.before[place - 1 : place] in ("（", "(") and context.before[place + len(day.surface) :][:1] in (
        "）",
        ")",
    )
    return inside and BEHIND_NUMBER.search(context.before, 0, place - 1) is not None


def _ends_a_day(place: int, hour: Mention, context: Context) -> bool:
    """截至11月8日24时: the end of the day before it."""
    return str(hour.value) == MIDNIGHT and any(begins + len(one.surface) == place for begins, one in context.dates)


def in_a_clause(context: Context, one: Marker) -> bool:
    """Whether the time that is compared with stands in a clause of its own: 与去年同期相比，."""
    return AGAINST.match(context.before, one.start + len(one.text)) is not None


def compared_at(text: str, start: int, end: int) -> bool:
    """Whether the time is only compared with, or the start of 从A降至B."""
    starts = START.search(text[:start]) and TO_AHEAD_FAR.match(text[end:])
    joined = JOINED.search(text[:start]) and not HELD_AGAINST.match(text[end:])
    return bool(starts or (COMPARED.search(text[:start]) and not joined) or COMPARED_AFTER.match(text[end:]))


def _recurring(one: Marker, context: Context) -> bool:
    """每年3月: a day of every year dates nothing."""
    return one.date is not None and context.before[: one.start].endswith(("每年", "每学年"))


def _same_time(one: Marker, found: Sequence[Marker], context: Context) -> bool:
    """9月20日至11月8日销案1846件，同期新立案798件: the time that is named before it."""
    named = any(other.date and other.start < one.start for other in found)
    return named and one.text in SAME_TIME and AT_ONCE.search(context.before, 0, one.start) is not None


def both_terms(found: Sequence[Marker], context: Context) -> str:
    """春季学期和秋季学期，…: two terms of which one number is said."""
    terms = [one for one in found if one.kind == "term"]
    if len(terms) < 2 or context.run[1] > 1:
        return ""
    first, second = terms[-2:]
    joined = re.fullmatch(
        r"\s*(?:和|与|及|以及|、|加)\s*", context.before[first.start + len(first.text) : second.start]
    )
    return f"{first.text}{joined[0]}{second.text}" if joined else ""


def noted_day(context: Context, paper: Paper) -> Period | None:
    """由0.09%（9月20日）降为0.06%（11月8日）: the period that a day right after a number names, in brackets."""
    noted = NOTED.match(context.after)
    now = paper.period
    for day, found in ((now.as_of, now), (now.base_on, now.at(now.base_on))):
        said = rf"(?:截至|截止到?)?(?:{day.year}年)?{day.month}月{day.day}日(?:的?(?:数据?|统计数?))?"
        if noted and re.fullmatch(said, noted[1].strip()):
            return found
    return None


def held(found: Sequence[Marker], context: Context) -> list[Marker]:
    """Without the days behind a number that hold for their own: 劝返复学1915人，9月20日为1020人；上门送教823人."""
    kept = []
    for one in found:
        begins = max(context.before.rfind(mark, 0, one.start) for mark in "；;") + 1
        ended = any(mark in context.before[one.start :] for mark in "；;")
        behind = any(begins <= place < one.start for place in context.numbers_before)
        if not (one.date and ended and behind):
            kept.append(one)
    return kept
