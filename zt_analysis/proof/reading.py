"""The sentences of a text and their quantities: what is counted, where, when."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction

from zt_analysis.numbers import Mention
from zt_analysis.proof.intervals import Interval, interval_of
from zt_analysis.proof.judging import scale_of
from zt_analysis.proof.respective import names_before, respective_list
from zt_analysis.proof.result import Quantity, Sentence
from zt_analysis.proof.words import HEAD_AT_END, HEAD_ONLY, JOINING, PAST, PREFIX, normal

STOP = re.compile(r"[。！？!?\n]")
BRACKET = re.compile(r"[（(]([^（）()\n]{1,200})[）)]")
NOTE_MARK = re.compile(r"[〔\[［]\d{1,3}[〕\]］]")
# a bracket that goes on with the number before it: 5.24万所（比上年增加433所）
CONTINUES = re.compile(r"^(?:比|较|同比|环比|增长|增加|下降|减少|降低|提高|占|上年|去年|与上)")
# 普通、职业本专科 is one name
CLAUSE = re.compile(r"[，,；;：:。！？]|(?<!普通)、")
NOUN_BEHIND = re.compile(
    r"^(?:的)?([一-鿿]{1,14}?)(?=[，,；;。：:、（(！？\s]|$|在|占|比|分别|已|均|和|与|及|以及|中|共|、)"
)
CLASS = re.compile(r"^[^，,；;。、]{0,4}?(?:以上|以下|以内)?的(?!增|减|降|速度|比例|目标|任务|$)[一-鿿]")
UNITS = {"名": "人", "位": "人", "座": "所"}
# 两项合计: what is summed up, no number of its own
COUNTED = ("项", "类", "者", "种", "级", "部分", "批", "次", "轮", "期", "科")
# of 招收研究生9万人；毕业生5万人 both are of 研究生
# 万人 without a number is a unit
BARE = re.compile(r"[百千万亿]")
ENROLLING = re.compile(r"^(?:全[国省市县区州])?共?招收(?=[一-鿿]{2})")
SUMMED = re.compile(r"(?:加起来|相加|之和)?(?:合计|共计|总计|一共|总共|合共|共)")
# a longer run of numbers without a full stop is no sentence, and relations in it are not read
MOST_QUANTITIES = 300
# words farther from a number say nothing of it
LONGEST_WORDS = 200
# a ratio has no single value
NOTHING = Interval(Fraction(0), Fraction(0))


def sentences(text: str, mentions: Sequence[Mention], skipped: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """The sentences of ``text`` that hold a number; what lies in ``skipped`` (tables) is left out.

    Args:
        text: the prose.
        mentions: its numbers, in order.
        skipped: spans in order, without overlap.
    """
    found: list[Sentence] = []
    position, paragraph, heading = 0, 0, ""
    starts = [one.start for one in mentions]
    starts_skipped = [start for start, _ in skipped]
    for stop in _stops(text):
        words = text[position:stop]
        place = bisect_right(starts_skipped, position + len(words) - len(words.lstrip())) - 1
        inside = place >= 0 and position < skipped[place][1]
        first, last = bisect_right(starts, position - 1), bisect_right(starts, stop - 1)
        if not inside and first < last:
            found.append(_sentence(words, position, (paragraph, len(found)), mentions[first:last], heading))
        if text[stop - 1 : stop] == "\n":
            paragraph += 1
            if not inside and _is_heading(words.strip()):
                heading = words.strip()
        position = stop
    _name(found)
    return found


def _is_heading(line: str) -> bool:
    return 1 < len(line) <= 25 and not line.endswith(("。", "；", "，")) and not re.match(r"[图表注]\s*\d", line)


def _stops(text: str) -> Iterable[int]:
    start = 0
    for found in STOP.finditer(text):
        yield found.end()
        start = found.end()
    if start < len(text):
        yield len(text)


def _sentence(text: str, start: int, where: tuple[int, int], mentions: Sequence[Mention], heading: str) -> Sentence:
    sentence = Sentence(text, start, where[0], where[1], heading=heading)
    masked, brackets = _masked(text)
    ends: dict[int, int] = {}
    for one in mentions:
        interval = interval_of(one)
        marked = NOTE_MARK.match(text, max(one.start - start - 1, 0))
        if marked and marked.end() > one.start - start:
            continue
        if (
            one.role != "figure"
            or BARE.match(one.surface)
            or one.kind in ("date", "ordinal")
            or (interval is None and one.unit != "ratio")
        ):
            sentence.marks.append(one)
            continue
        if one.unit in COUNTED and SUMMED.match(text, one.end - start):
            continue
        aside = bisect_right(brackets, one.start - start, key=lambda span: span[0]) - 1
        depth = brackets[aside][0] if aside >= 0 and one.start - start < brackets[aside][1] else 0
        before = ends.get(depth, depth)
        lead = masked[before : one.start - start] if not depth else text[before : one.start - start]
        quantity = Quantity(one, one.start, one.end, interval or NOTHING, UNITS.get(one.unit, one.unit))
        quantity.lead = _clean(lead[-LONGEST_WORDS:])
        quantity.depth, quantity.sentence, quantity.paragraph = depth, where[1], where[0]
        ends[depth] = one.end - start
        sentence.quantities.append(quantity)
    _tails(sentence, masked)
    _sharpen(sentence.quantities)
    if len(sentence.quantities) > MOST_QUANTITIES:
        sentence.quantities = []
    return sentence


def _sharpen(quantities: Sequence[Quantity]) -> None:
    """A whole number of 万 or 亿 beside one with decimals is as exact as that: 21.6亿元, 20亿元."""
    places: dict[tuple[str, Fraction], int] = {}
    for one in quantities:
        if one.mention.decimals:
            key = one.unit, scale_of(one)
            places[key] = min(one.mention.decimals, places.get(key, one.mention.decimals))
    for one in quantities:
        digits = places.get((one.unit, scale_of(one)))
        if digits and not one.mention.decimals and one.mention.qualifier == "exact" and scale_of(one) > 1:
            middle, half = (one.interval.low + one.interval.high) / 2, scale_of(one) / 10**digits / 2
            one.interval = Interval(middle - half, middle + half)


def _masked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence with asides and note marks blanked, and where the asides stand."""
    brackets: list[tuple[int, int]] = []

    def blanked(found: re.Match[str]) -> str:
        if CONTINUES.match(found.group(1)):
            return f"，{found.group(1)}，"
        brackets.append((found.start() + 1, found.end() - 1))
        return "\0" * len(found.group())

    masked = BRACKET.sub(blanked, text)
    return NOTE_MARK.sub(lambda found: "\0" * len(found.group()), masked), brackets


def _clean(text: str) -> str:
    return re.sub(r"[\0\s*“”\"]", "", text)


def _tails(sentence: Sentence, masked: str) -> None:
    following: dict[int, int] = {}
    for one in reversed(sentence.quantities):
        end = following.get(one.depth, len(masked))
        behind = one.end - sentence.start
        one.tail = _clean(masked[behind : min(end, behind + LONGEST_WORDS)]) if not one.depth else ""
        following[one.depth] = one.start - sentence.start


def _name(found: Sequence[Sentence]) -> None:
    """Give each quantity its subject, topic, time and key."""
    topic, paragraph = "", -1
    for sentence in found:
        if sentence.paragraph != paragraph:
            topic, paragraph = "", sentence.paragraph
        first = True
        named = _listed_names(sentence.quantities)
        for place, one in enumerate(sentence.quantities):
            one.subject = named.get(one.start) or subject_of(one)
            if not one.lead and place and sentence.quantities[place - 1].end == one.start:
                # 小学6200人620万元: both are of primary schools
                one.subject = sentence.quantities[place - 1].subject
            one.time = _time(one)
            if one.depth or not (one.is_level or one.is_rate):
                continue
            if one.subject and not HEAD_ONLY.match(normal(one.subject) or one.subject):
                own = HEAD_AT_END.sub("", one.subject) or one.subject
                if first and not re.search(r"另有|此外|另外", one.lead):
                    topic = ENROLLING.sub("", PREFIX.sub("", own))
                one.topic = ENROLLING.sub("", PREFIX.sub("", own))
                one.key = normal(PREFIX.sub("", one.subject))
            else:
                one.topic = topic or _heading(sentence.heading)
                one.key = normal(one.topic + one.subject)
            first = False


def _listed_names(quantities: Sequence[Quantity]) -> dict[int, str]:
    """By where a number starts, the name that 分别 gives it: 小学、初中分别为12所、3所."""
    found: dict[int, str] = {}
    for place, one in enumerate(quantities):
        listed = respective_list(quantities, place)
        names = names_before(one.lead, len(listed)) if listed else []
        found |= {each.start: name for each, name in zip(listed, names, strict=False)}
    return found


def _heading(words: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*", "", words)


def subject_of(one: Quantity) -> str:
    """What is counted, in the words beside the number."""
    clause = CLAUSE.split(one.lead)[-1]
    phrase = re.sub(r"(?:20|19)\d\d(?:-\d\d)?(?:年|学年|年度)?", "", clause)
    phrase = PREFIX.sub("", JOINING.sub("", phrase))
    if phrase and phrase not in ("全市", "全县", "全国", "全省", "全区"):
        return phrase
    behind = NOUN_BEHIND.match(one.tail)
    return phrase + behind.group(1) if behind else phrase


def _time(one: Quantity) -> str:
    clause = re.split(r"[，,；;。]", one.lead)[-1]
    found = PAST.search(clause)
    return found.group() if found and not re.search(r"[比较]" + re.escape(found.group()), clause) else ""


def is_class(one: Quantity) -> bool:
    """Whether the number only says which things are meant: 56人以上的大班."""
    bound = one.mention.surface.endswith(("以上", "以下", "以内"))
    return bool(CLASS.match(one.tail)) or (bound and one.tail.startswith("的"))
