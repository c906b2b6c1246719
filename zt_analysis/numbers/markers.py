"""Numbers that order or mark: 第11期, 一年级, 一、 （二） ① 一是 第一章."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Numeral, Reading
from zt_analysis.numbers.numerals import CHINESE, read_numeral
from zt_analysis.numbers.script import skip_gap
from zt_analysis.numbers.units import unit_at

CIRCLED = "①-⑳⑴-⒛㈠-㈩❶-❿"
_CIRCLES = frozenset("".join(chr(c) for a, b in ("①⑳", "⑴⒛", "㈠㈩", "❶❿") for c in range(ord(a), ord(b) + 1)))
_TENS = "一二三四五六七八九十"
_ORDER = re.compile(r"总?第[ \n\f]{0,3}")
_SEPARATOR = re.compile(r" ?(?:-{1,2}|~|至|到) ?第?")
_SCHOOL = re.compile(r"(?:中学|小学|幼儿园|高级|初级|职业|完全|实验|人民医院|中(?!全)|小(?!组|时)|附属)")
_PART = re.compile(r"[编部分]")
_LISTED = re.compile(r"[，,:]|、(?![第0-9一二三四五六七八九十])")
# 第十一条规定: a clause speaks of it; of an article that begins here its words follow
_CITED = re.compile(r"规定|明确|要求|指出|提出|中?所称|的")
_PARTS = ("章", "节", "条", "款")
_LIST_WORDS = re.compile(
    rf"(?P<n>[{_TENS}]{{1,3}})(?:(?P<mark>、)(?![{_TENS}]+(?:[、和]|年级|季度|产))|(?P<verb>是|要(?!闻))|(?=[.．]))"
)
_LIST_DIGITS = re.compile(r"(?P<n>[0-9]{1,2})(?:[.)](?![0-9])|、(?![0-9]))")
# 1.240所, 1.80,847件, 2.966.5亩, 3.95万1千元: what follows the point is no decimal
_LIST_NUMBER = re.compile(
    r"(?P<n>[1-9][0-9]?)\.(?=[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+\.[0-9]+ ?[万亿元%所户吨名亩天岁套人个件册台公平]"
    r"|[0-9]{3,} ?[所人名户个件台册套处]|[0-9]{2,}[余多] ?[所人名户个件台册套处元吨亩天岁米平公]"
    r"|[0-9]+[万亿][0-9]+[千百万])"
)
# 1．摸底 2．劝返: the next item of a list on one line
_IN_LINE = re.compile(r"[.、](?=[\u4e00-\u9fff])")
_LIST_FIRST = re.compile(rf"其[{_TENS}](?=[，,是、:])")
_BRACKETED = re.compile(rf"\((?P<n>[{_TENS}]{{1,3}}|[0-9]{{1,2}})\)")
_NOTE = re.compile(r"[\[〔](?P<n>[0-9]{1,3})[\]〕]")
_SERIES = re.compile(
    rf"(?P<n>[{_TENS}]{{1,2}})(?=(?:[、和与及][{_TENS}]{{1,2}}){{1,6}}(?P<unit>年级|季度|届|期|章|节|条|款|级|批次|批|轮|学期|类(?!似)))"
)
_AFTER_ORDINAL = re.compile(rf"第[0-9{_TENS}]{{1,3}}(?:[、和与及][0-9{_TENS}]{{1,3}}){{0,5}}[、和与及]$")
_ORDERED_UNITS = frozenset(
    ("批", "批次", "轮", "届", "期", "季度", "学期", "章", "节", "条", "款", "级", "年级", "次", "名", "组")
)
_BREAKS = "\n\f。；;!?！？:"


def read_marker(text: str, start: int) -> Reading | None:
    """The enumerator or ordinal that starts at ``start``, or None."""
    for reader in (_circled, _bracketed, _listed, _ordered, _continued, _in_series):
        reading = reader(text, start)
        if reading:
            return reading
    return None


def begins_clause(text: str, start: int, breaks: str = _BREAKS) -> bool:
    """Whether ``start`` is at the beginning of a line, sentence or clause."""
    place = start - 1
    while place >= 0 and text[place] in ' \t"“' and start - place < 12:
        place -= 1
    return place < 0 or text[place] in breaks


def _enumerator(start: int, end: int, value: Decimal) -> Reading:
    return Reading(start, end, value, kind="ordinal", role="enumerator")


def _circled(text: str, start: int) -> Reading | None:
    if text[start] not in _CIRCLES:
        return None
    return _enumerator(start, start + 1, Decimal(int(unicodedata.numeric(text[start]))))


def _bracketed(text: str, start: int) -> Reading | None:
    opened = text[max(0, start - 1) : start]
    if opened not in ("(", "[", "〔"):
        return None
    found = (_BRACKETED if opened == "(" else _NOTE).match(text, start - 1)
    numeral = read_numeral(found["n"], 0) if found else None
    if not found or not numeral:
        return None
    listed = opened != "(" or not found["n"].isdigit() or begins_clause(text, start - 1, _BREAKS + "，、")
    return _enumerator(found.start(), found.end(), numeral.low) if listed else None


def _listed(text: str, start: int) -> Reading | None:
    if text[start - 1 : start] == "其" and _LIST_FIRST.match(text, start - 1):
        return _enumerator(start - 1, start + 1, _value(text[start]))
    number = _LIST_NUMBER.match(text, start)
    if number and begins_clause(text, start, "\n\f"):
        return _enumerator(start, number.end("n"), _value(number["n"]))
    found = _LIST_WORDS.match(text, start) or _LIST_DIGITS.match(text, start)
    if not found:
        return None
    spoken = found.re.pattern == _LIST_WORDS.pattern and found["verb"]
    inline = (
        text[start - 1 : start] == " "
        and found.re.pattern == _LIST_DIGITS.pattern
        and _IN_LINE.match(text, found.end("n"))
    )
    if not inline and not begins_clause(text, start, _BREAKS + "，、" if spoken else _BREAKS):
        return None
    return _enumerator(start, found.end() if spoken else found.end("n"), _value(found["n"]))


def _value(printed: str) -> Decimal:
    numeral = read_numeral(printed, 0)
    return numeral.low if numeral else Decimal(0)


def _ordered(text: str, start: int) -> Reading | None:
    found = _ORDER.match(text, start)
    numeral = read_numeral(text, found.end()) if found else None
    if not found or not numeral or numeral.bare or numeral.qualifier != "exact":
        return None
    last = _last_of_range(text, numeral)
    end = last.end if last else numeral.end
    reading = Reading(start, end, (numeral.low, last.low) if last else numeral.low, kind="ordinal", words=True)
    unit = unit_at(text, skip_gap(text, end, start))
    if unit and unit.unit.kind in ("count", "ordinal"):
        reading.end, reading.unit = unit.end, unit.unit.name
    return _placed(text, reading)


def _placed(text: str, reading: Reading) -> Reading:
    """第一， and a line's 第一章 mark a list; 第三中学 is a school."""
    first = begins_clause(text, reading.start)
    between = text[reading.end : reading.end + 1] == "，" and begins_clause(text, reading.start, "，")
    listed = between or (first and _LISTED.match(text, reading.end))
    if (first and reading.unit in _PARTS and not _CITED.match(text, reading.end)) or (not reading.unit and listed):
        reading.role = "enumerator"
    elif not reading.unit and first and _PART.match(text, reading.end):
        reading.end, reading.role = reading.end + 1, "enumerator"
    elif _SCHOOL.match(text, reading.end) and not reading.unit:
        reading.role = "name"
    return reading


def _last_of_range(text: str, first: Numeral) -> Numeral | None:
    separator = _SEPARATOR.match(text, first.end)
    last = read_numeral(text, separator.end()) if separator and _is_numeral(text, separator.end()) else None
    return last if last and last.low > first.low else None


def _is_numeral(text: str, place: int) -> bool:
    return text[place : place + 1] != "" and text[place] in "0123456789" + CHINESE


def _continued(text: str, start: int) -> Reading | None:
    """二批 in 第一、二批."""
    if text[start - 1 : start] not in tuple("、和与及") or not _AFTER_ORDINAL.search(text[max(0, start - 20) : start]):
        return None
    numeral = read_numeral(text, start)
    unit = unit_at(text, numeral.end) if numeral else None
    if not numeral or not unit or unit.unit.kind not in ("count", "ordinal") or unit.unit.name not in _ORDERED_UNITS:
        return None
    return Reading(start, unit.end, numeral.low, unit=unit.unit.name, kind="ordinal", words=True)


def _in_series(text: str, start: int) -> Reading | None:
    """七 in 七、八年级."""
    found = _SERIES.match(text, start)
    if not found or text[start - 1 : start] == "第":
        return None
    return Reading(start, found.end(), _value(found["n"]), unit=found["unit"], kind="ordinal", words=True)
