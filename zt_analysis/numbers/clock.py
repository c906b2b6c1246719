"""Times of day: 8:30, 9时30分, 晚上8点半."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Reading
from zt_analysis.numbers.numerals import number_of

_CLOCK = re.compile(r"(?P<h>[01]?[0-9]|2[0-4]):(?P<min>[0-5][0-9])(?P<s>:[0-5][0-9])?(?![0-9:])")
_CLOCK_WORDS = re.compile(
    r"(?P<h>[01]?[0-9]|2[0-4]|二?十[一二三四]?|[零一二三四五六七八九])(?P<mark>时(?![候间期段代光刻常任有而])|点)(?P<min>[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?(?=分)|[一二三四五六七八九](?=分)|半)?(?P<end>分|整|钟)?"
)
_DECIMALS = re.compile("[零〇一二三四五六七八九]+(?![十百千万亿零〇一二三四五六七八九刻分])")
_TIME_BEFORE = re.compile(
    r"(?:早读|早操|晨检|起床|熄灯|就寝|午休|晚自习|[上下]课|[放上]学|[到离返]校|开会|开考|发车|集合|[开关]门|截止"
    r"|时间|[上下中]午|凌晨|晚上?|早上?|清晨|[日天号期0-9] ?|-|~|至|到|\))[:为是于在]? ?$"
)
_TIME_BEHIND = re.compile(
    r" ?(?:[-~至到] ?[0-9]{1,2}:[0-5][0-9]|[之以]?[前后]|上课"
    r"|下课|放学|上学|到校|离校|开始|开[会课考放]|起(?!点)|集合|出发|召开|举行"
    r"|准时|结束|截止|入[睡校]|就寝|熄灯)"
)
_AFTERNOON = re.compile(r"(?:下午|傍晚|晚上?)[:为是于在]? ?(?:[0-9:点时分半]{1,6} ?[-~至到] ?)?$")
_TO_HOUR = re.compile(r"[至到~-][0-9]{1,2}点")


def _time(start: int, end: int, value: str) -> Reading:
    return Reading(start, end, value, kind="date")


def read_clock(text: str, start: int) -> Reading | None:
    """The time of day that starts at ``start``, as ``HH:MM``, or None.

    >>> read_clock("8时30分", 0).value
    '08:30'
    """
    found = _CLOCK.match(text, start)
    before = text[max(0, start - 6) : start]
    if found and (found["min"] == "00" or _TIME_BEFORE.search(before) or _TIME_BEHIND.match(text, found.end())):
        return _time(start, found.end(), f"{_hour(text, start, int(found['h'])):02}:{found['min']}{found['s'] or ''}")
    words = _CLOCK_WORDS.match(text, start)
    if not words or not (
        words["mark"] == "时"
        or words["min"]
        or words["end"]
        or _TIME_BEFORE.search(before)
        or _TO_HOUR.match(text, words.end())
    ):
        return None
    if words["mark"] == "点" and not words["min"] and _DECIMALS.match(text, words.end()):  # 11月15日六点八三元
        return None
    hour = number_of(words["h"])
    if hour is None or (words["min"] not in (None, "半") and words["end"] is None):
        return None
    minute = 30 if words["min"] == "半" else number_of(words["min"] or "0")
    return _time(start, words.end(), f"{_hour(text, start, hour):02}:{minute:02}")


def _hour(text: str, start: int, hour: int) -> int:
    """``hour`` on the clock of 24 hours: 下午5点 is 17."""
    return hour + 12 if hour < 12 and _AFTERNOON.search(text[max(0, start - 12) : start]) else hour
