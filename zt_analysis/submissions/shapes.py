"""What a cell's text looks like: a code, a day, a time, the form of its signs; no layout is needed to tell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from zt_analysis.submissions.headers import plain

CHINESE = re.compile("[\u4e00-\u9fff]")
# a code that a title may consist of: the year, the month, the day
PERIOD = re.compile("(?:19|20)[0-9]{2}(?:[-./]?[0-9]{1,2}){0,2}(?:[-~](?:19|20)?[0-9]{2})?")
BARE_CODE = re.compile(r"[0-9A-Za-z_+/.,()-]*[0-9][0-9A-Za-z_+/.,()-]*")
CODE_OF_LETTERS = re.compile("[A-Za-z][-_.]?[0-9]|[0-9][-_.]?[A-Za-z]")
MARKS_FIRST = re.compile("^[^0-9A-Za-z\u4e00-\u9fff]+")
CODE_FIRST = re.compile("[A-Za-z]*[-_.]?[0-9]")
OF_A_TIME = re.compile(r"日期|时间|电话|联系")
TIME = re.compile(
    r"(?:19|20)[0-9]{2}[年./-][^A-Za-z]*|[0-9]{1,2}[年月日:./-][^A-Za-z]*|(?:19|20)[0-9]{6}|\+?[0-9()-]{7,}[^A-Za-z]*"
)
TIME_OF_DAY = re.compile("[0-9]{1,2}(?::[0-9]{2}){1,2}")


def is_bare_code(value: Any) -> bool:
    """Whether a cell holds a code or a number and no word, no day."""
    if isinstance(value, bool | datetime.date) or not isinstance(value, str | int | float):
        return False
    text = plain(value)
    return bool(BARE_CODE.fullmatch(text)) and not (isinstance(value, str) and PERIOD.fullmatch(text))


def has_code(value: Any) -> bool:
    """Whether a code stands behind a caption's word; a time or a telephone number behind its own word is none.

    >>> [has_code(text) for text in ("填报人：A-12", "填报时间：（注）：A-12", "填报时间：2018年11月9日", "单位：县局")]
    [True, True, False, False]
    """
    first, colon, rest = plain(value).partition(":")
    if not colon or (OF_A_TIME.search(first) and TIME.fullmatch(rest)):
        return False
    return bool(CODE_FIRST.match(MARKS_FIRST.sub("", rest.rpartition(":")[2])))


def has_a_word(text: str) -> bool:
    """Whether the text is a caption in form: words, a colon. A number before the colon is no caption's word."""
    word, colon, _ = text.partition(":")
    return bool(colon) and not re.search("[0-9]", word)


def is_codes(text: str) -> bool:
    """Whether the text is codes or numbers joined by colons, and no time of day."""
    parts = text.split(":")
    return len(parts) > 1 and not TIME_OF_DAY.fullmatch(text) and all(map(is_bare_code, parts))


def form(text: str) -> str:
    """``text`` with runs of digits, letters and Chinese characters as one sign each: A1-示例小学 is A9-字."""
    narrow = unicodedata.normalize("NFKC", text)
    narrow = re.sub("[0-9]+", "9", narrow)
    narrow = re.sub("[A-Za-z]+", "A", narrow)
    return re.sub(f"{CHINESE.pattern}+", "字", narrow)
