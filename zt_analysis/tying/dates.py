"""For which day or term a number is stated: the nearest date or word of time before it says."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import zt_analysis.expressions as re
from zt_analysis.bulletins import Paper
from zt_analysis.indicators import Indicator
from zt_analysis.numbers import Mention
from zt_analysis.periods import Period
from zt_analysis.spans import WHOLE
from zt_analysis.tying import time_words
from zt_analysis.tying.named_spans import before_it, dated_span, named_span, this_one
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_behind import behind, undone
from zt_analysis.tying.time_words import BASE, MOVES, OTHER, TERMS, Marker, both_terms, compared_at, markers

TO = re.compile(rf"({MOVES}|下调|上调|缩小|扩大)(低|高|少|加)?(至|到|为)了?[约近]?$|(?:→|⇒|➔|➜)\s*$")
ARROW = re.compile(r"\s*(?:→|⇒|➔|➜)")
TO_AHEAD = re.compile(rf"^[^，。；]{{0,16}}?({MOVES})(低|高|少|加)?(至|到|为)")
FROM = re.compile(r"[从由自][^，。；]{0,16}$")
# 去年春季学期
YEARS_AWAY = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1, "次年": 1}
OWN_TERM = re.compile(rf"(?:(\d{{4}})年)?({TERMS.pattern})")
YEAR_OF_TERM = re.compile(rf"({'|'.join(sorted(YEARS_AWAY, key=len, reverse=True))})度?的?[，,]?$")
YEAR_BEFORE = re.compile(r"去年|上一?年")
# the kinds of figure that are seen at two dates
SEEN = ("date", *(kind for kind in WHOLE if kind != "term"))
ENDED = re.compile(r"[；;。：:\d]")
LISTED_DAYS = re.compile(r"\s*(?:、|/|和|与|及|以及)\s*")
AT_LAST = re.compile(r"[，,]?\s*(?:后)?[降升减增]?[至到]了?")
AT_IT = re.compile(r"(?:统计|通报|上报)?的")
UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|截止至|到|至|截)(?:今年|本年)?$")
SINCE_AFTER = re.compile(r"^(?:以来|起|后|之后|开始|至今)")
STATED_AFTER = re.compile(r"^(?:的|所)?(?:统计|通报|上报|时点)")
# a line of the masthead dates the paper, not what follows it
MASTHEAD = re.compile(
    r"\s*(?:19|20)\d\d年(?:\s*\d{1,2}月(?:\s*\d{1,2}日(?:\s+[^\s，。；：]{2,20})?)?)?\s*(?:第\s*\d+\s*期.*)?\s*",
    re.DOTALL,
)
MONTH_END = re.compile(r"^(?:底|末)")


@dataclass(frozen=True)
class Moment:
    """The period that a number's figure is seen from, or ``beyond``: words of a time that no figure is for."""

    period: Period
    beyond: str = ""


def moment(context: Context, indicator: Indicator, paper: Paper) -> Moment:
    """For which day or term a number is stated."""
    noted = time_words.noted_day(context, paper) if indicator.time in SEEN and not indicator.changes else None
    return Moment(noted, undone(context)) if noted else _said(context, indicator, paper)


def _said(context: Context, indicator: Indicator, paper: Paper) -> Moment:
    """The same by what is said before the number; the start of a rise or fall may be named."""
    time, change = indicator.time, indicator.changes
    now = paper.period
    begins = len(context.before) - len(context.stretch)
    found = markers(context)
    if said := _said_beyond(context, found, time, paper):
        return Moment(now, said)
    own = [one for one in found if one.start >= begins]
    starts = begins_a_move(context)
    if time in SEEN and _ends_a_move(context) and not own:
        return Moment(now, time_words.another_year(context, found, now))
    if time in SEEN and starts and own and _spans(own, context, now):
        return Moment(now.at(now.base_on))  # 从9月20日到11月8日，从0.09%降到0.06%; 截至11月8日，由440人增至823人
    if time in SEEN and starts and not [one for one in own if one.kind in ("date", "other", "term")]:
        return Moment(now.at(now.base_on))
    last = own[-1] if own else None
    if last and last.kind in ("date", "base", "other") and AT_IT.fullmatch(context.before, last.start + len(last.text)):
        # 较9月20日的5765人减少1048人, 由9月20日的1020人增至1915人: the number of that day
        level = "level" if last.date and (last.compared or starts) else last.kind
        own = [*own[:-1], replace(last, compared=False, kind=level)]
    named = _in_turn(context, found) or own or time_words.held(found, context) or _of_topic(context)
    named = named if change else [one for one in named if not one.compared]
    if starts and own:  # 与9月20日相比，由A降至B
        named = [*own[:-1], replace(own[-1], compared=False)]
    if not named:
        return Moment(now)
    return _of_marker(named[-1], context, indicator, paper)


def _spans(own: Sequence[Marker], context: Context, now: Period) -> bool:
    """Whether a time goes from the base date on or up to the paper's day: what rose until then was less before."""
    one, days = own[-1], (now.base_on.isoformat(), now.as_of.isoformat())
    dated = tuple((str(each.date.resolved or each.date.value), each.compared) for each in own if each.date)
    ends = one.date.value if one.date and isinstance(one.date.value, tuple) else ()
    # 9月20日至11月8日，由A增至B; 与9月20日相比，11月8日由A增至B
    if tuple(map(str, ends)) == days or dated == ((days[0], True), (days[1], False)):
        return True
    day = one.date and str(one.date.resolved or one.date.value)
    if day == days[0]:  # 自9月20日以来，由0.70%降为0.57%
        return bool(SINCE_AFTER.match(context.before[one.start + len(one.text) :]))
    return day == days[1] and bool(UNTIL.search(context.before[: one.start]))


def begins_a_move(context: Context) -> bool:
    """Whether the number is A of ``从A降至B`` or of ``A→B``."""
    return bool((FROM.search(context.clause_before) and TO_AHEAD.match(context.after)) or ARROW.match(context.after))


def _ends_a_move(context: Context) -> bool:
    """Whether the number is B of ``从A降至B`` or of ``从A下降C个百分点至B``."""
    moved = context.last is not None and context.last.kind == "change" and AT_LAST.fullmatch(context.stretch)
    return bool(moved or TO.search(context.before))


def _said_beyond(context: Context, found: Sequence[Marker], time: str, paper: Paper) -> str:
    """The words of another time that no day beside the number undoes: a note after it, or what opens the sentence."""
    now = paper.period
    noted = time_words.NOTED.match(context.after)
    noted = None if noted and time_words.OTHER_NUMBER.fullmatch(noted[1].strip()) else noted
    if noted and f"{now.as_of.month}月{now.as_of.day}日" not in noted[1] and not _own_term(noted[1], time, now):
        return noted[1]
    after, words = context.plain_after, (BASE, OTHER) if time == "term" else (BASE, OTHER, TERMS)
    later = [one for kind in words for one in kind.finditer(after) if not compared_at(after, *one.span())]
    if other := later[0][0] if later else behind(context, now, days=time in SEEN, terms=time == "term"):
        return other
    # 与去年相比，小学失辍学率降至0.06%: a rise or fall since a time that the tables do not hold
    against = (
        one for one in found if one.compared and one.kind in ("other", "term") and time_words.in_a_clause(context, one)
    )
    moves = begins_a_move(context) or _ends_a_move(context)
    if moves and (since := next((one for one in against if _named(one, context, time, paper) is None), None)):
        return since.text
    days = [one for one in found if one.compared and one.date and time_words.in_a_clause(context, one)]
    day = next((one for one in days if str(one.date.resolved or one.date.value) != now.base_on.isoformat()), None)  # type: ignore[union-attr]
    if moves and day:  # 以10月20日为基期，降至0.06%: how much it was then, nobody says
        return day.text
    # 去年，小学失辍学率从9月20日的0.09%降至0.06%: the days are of another year
    said = [one for one in found if one.kind != "date" and not one.compared]
    if among := _years_of_a_term(said, context) or both_terms(found, context):
        return among
    beyond = said and said[-1].kind in ("other", "term") and _named(said[-1], context, time, paper) is None
    return said[-1].text if beyond else ""


def _years_of_a_term(said: Sequence[Marker], context: Context) -> str:
    """历年春季学期, 去年东川县春季学期: the words of time before a term that do not say which it is."""
    if len(said) < 2 or said[-1].kind != "term" or said[-2].kind != "other":
        return ""
    ends = said[-2].start + len(said[-2].text)
    if ends == said[-1].start:
        return "" if YEAR_OF_TERM.fullmatch(said[-2].text) else said[-2].text
    return "" if ENDED.search(context.before, ends, said[-1].start) else said[-2].text


def _in_turn(context: Context, found: Sequence[Marker]) -> list[Marker]:
    """2017年、2018年分别为A、B: the day or year whose turn it is; none where no list of them stands before a list."""
    days = [one for one in found if one.date]
    listed = days[-1:]
    for one in reversed(days[:-1]):
        if LISTED_DAYS.fullmatch(context.before, one.start + len(one.text), listed[0].start):
            listed.insert(0, one)
    each = context.run[1] > 1 and len(listed) == context.run[1]
    return [replace(listed[context.run[0]], compared=False)] if each else []


def _of_topic(context: Context) -> list[Marker]:
    """Another time with which the sentence before opens holds on, until a sentence names a time."""
    for sentence in context.topics:
        opening = re.match(r"[\s“]{0,2}", sentence)
        found = OTHER.match(sentence, opening.end() if opening else 0)
        year = None if MASTHEAD.fullmatch(sentence) else re.match(r"\s*((?:19|20)\d\d)年", sentence)
        if found:
            return [Marker(0, found[0], "other", False)]
        if year:
            return [Marker(0, year[0].strip(), "year", False)]
        if time_words.names_a_time(sentence):
            break
    return []


def _of_marker(one: Marker, context: Context, indicator: Indicator, paper: Paper) -> Moment:
    if one.date is not None:
        return _of_date(one, one.date, context, indicator, paper.period)
    found = _named(one, context, indicator.time, paper)
    return Moment(found) if found else Moment(paper.period, one.text)


def _named(one: Marker, context: Context, time: str, paper: Paper) -> Period | None:
    """The period that a word of time names for figures of a kind; None where the tables hold no such time."""
    if time == "year" and (year := _year_of(one, paper.period)):
        return _in_year(year, paper.period)
    if time in WHOLE and (found := named_span(one.text, time, _years(context), paper.period)):
        return found
    return _of_word(one, context, time, paper)


def _years(context: Context) -> list[int]:
    return [int(str(one.value)) for _, one in context.dates if re.fullmatch(r"\d{4}", str(one.value))]


def _of_word(one: Marker, context: Context, time: str, paper: Paper) -> Period | None:
    """The period that a word of time names; None where the tables hold no such time."""
    now = paper.period
    if one.kind == "base" or before_it(one.text, paper):
        # 期初新立案…件 counts from then on; 上周新立案…件 is of the week before
        counts = time == "span" and (one.kind == "base" or one.compared)
        return now.at(now.base_on) if time in SEEN else now if counts else None
    if one.kind == "week" and time in SEEN and UNTIL.search(context.before[: one.start]):  # 截至本周
        return now if this_one(one.text, paper) else None
    if one.kind == "week":
        return replace(now, base_on=now.as_of - timedelta(days=7)) if time == "span" else None
    if one.kind == "term":
        same = time == "term" and _term(one, context, now) == now.written("term")
        return now if same else None
    if one.kind == "year":
        return now if one.text.startswith(str(now.as_of.year)) else None
    holds = one.kind == "now" and not (time == "term" and "年" in one.text)
    return now if holds else None


def _own_term(noted: str, time: str, now: Period) -> bool:
    """（2018年春季学期）: the term that the figure is of."""
    found = OWN_TERM.fullmatch(noted.strip()) if time == "term" else None
    if found is None:
        return False
    name = next((term.id for term in now.calendar.terms if term.zh.startswith(found[2][0])), "")
    return f"{found[1] or now.of('term').first.year}-{name}" == now.written("term")


def _term(one: Marker, context: Context, now: Period) -> str:
    name = next((term.id for term in now.calendar.terms if term.zh.startswith(one.text[0])), "")
    if said := YEAR_OF_TERM.search(context.before[: one.start]):
        return f"{now.as_of.year + YEARS_AWAY[said[1]]}-{name}"
    years = _years(context)
    return f"{years[-1] if years else now.of('term').first.year}-{name}"


def _of_date(one: Marker, mention: Mention, context: Context, indicator: Indicator, now: Period) -> Moment:
    seen = _in_dated_year if indicator.time == "year" else _seen
    if "学年" in mention.surface and indicator.time != "school_year":
        return Moment(now, one.text)
    if indicator.time in WHOLE and indicator.time not in ("term", "year"):
        dated = dated_span(mention, indicator.time, now)
        return Moment(dated) if dated else Moment(now, one.text)
    found = seen(one, mention, context, indicator, now)
    return Moment(found) if found else Moment(now, one.text)


def _seen(one: Marker, mention: Mention, context: Context, indicator: Indicator, now: Period) -> Period | None:
    """The period that a date names for an indicator; None where the tables hold no such time."""
    time = indicator.time
    before, after = context.before[: one.start], context.before[one.start + len(one.text) :]
    if isinstance(mention.value, tuple):
        return _of_span([str(value) for value in mention.value], time, now)
    stated = str(mention.resolved or mention.value)
    if re.fullmatch(r"\d{4}", stated):
        return now if time != "term" and int(stated) == now.as_of.year else None
    ends = MONTH_END.match(after)
    day = _day(stated, last=bool(ends))
    if day is None or time == "term":
        return None
    moved = indicator.changes and day == now.base_on and FROM.search(before)  # 由9月20日的A下降C
    if SINCE_AFTER.match(after) or one.compared or moved:
        return replace(now, base_on=day) if time == "span" and day < now.as_of else None
    said = UNTIL.search(before) or STATED_AFTER.match(after) or ends or day == now.as_of
    said = said or indicator.stock or one.kind == "level"
    said = said or (day == now.base_on and not indicator.changes)
    if indicator.dated_event and not UNTIL.search(before) and day <= now.as_of:
        return now
    return now.at(day) if said and now.base_on <= day <= now.as_of else None


def _in_year(year: int, now: Period) -> Period | None:
    """The calendar year as a figure's period; None for one to come."""
    if year >= now.as_of.year:
        return now if year == now.as_of.year else None
    return now.at(date(year, 12, 31))


def _year_of(one: Marker, now: Period) -> int:
    """The calendar year that a word of time names: 去年, or 2023年 with which the sentence before opens; 0 for none."""
    if YEAR_BEFORE.fullmatch(one.text):
        return 0 if one.compared else now.as_of.year - 1
    return int(one.text[:4]) if one.kind == "year" else 0


def _in_dated_year(one: Marker, mention: Mention, context: Context, indicator: Indicator, now: Period) -> Period | None:
    """The calendar year that a date names: itself, or the as-of date that ends it."""
    stated = str(mention.resolved or mention.value)
    if re.fullmatch(r"\d{4}", stated):
        return _in_year(int(stated), now)
    return now if _day(stated, last=False) == now.as_of else None


def _of_span(days: list[str], time: str, now: Period) -> Period | None:
    try:
        first, last = (date.fromisoformat(day) for day in days)
    except ValueError:
        return None
    before = first - timedelta(days=1)
    if (
        before == now.base_on and last == now.as_of
    ):  # 10月26日至11月1日: the first day of what is reported, not the base
        return now
    if time in SEEN and (first.month, first.day) == (1, 1) and first.year == now.as_of.year and last == now.as_of:
        return now  # 今年1月1日至11月8日 says 今年以来
    return replace(now, base_on=first, as_of=last) if time == "span" and first < last <= now.as_of else None


def _day(stated: str, *, last: bool) -> date | None:
    """The day that ISO text names; of a month its last, where the text says its end."""
    if last and re.fullmatch(r"\d{4}-\d{2}", stated):
        year, month = map(int, stated.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None
