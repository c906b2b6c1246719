"""What a cell of a table says: a number, a year, a day, a month or quarter; nothing where it says none."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.spans import Calendar, Span
from zt_analysis.submissions.days import read_date
from zt_analysis.submissions.faults import CellError

YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年度?|财年)?")
NUMBERED = re.compile(r"([+-]?[\d,]*\.?\d+)\s*([^\d\s.,+\-()（）~～至<>≥≤]{1,5})")
# what people write where there is nothing to say
NOTHING = frozenset(
    ["", *"-—./\\*无缺", "--", "——", "..", "...", "......", "无数据", "暂无", "n/a", "na", "nil", "null"]
)
SPANS = (
    ("month", re.compile(r"((?:19|20)\d\d)\s*[年\-/.]\s*(\d{1,2})\s*(?:月份?)?")),
    ("quarter", re.compile(r"((?:19|20)\d\d)\s*年?\s*[\-/ ]?\s*(?:第?\s*([1-4一二三四])\s*季度?|[Qq]([1-4]))")),
    ("half", re.compile(r"((?:19|20)\d\d)\s*年?\s*[\-/ ]?\s*(?:([上下])半年?|[Hh]([12]))")),
)
TURNED = re.compile(r"([QqHh][1-4])\s*[\-/ ]?\s*((?:19|20)\d\d)")
CODES = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
LONG = {"month": 1, "quarter": 3, "half": 6}
# the label of a row that sums others, without white space: 合计（人）, 小计（含民办）, 全县, 累计
SUM = "(?:合计|总计|小计|共计)(?:[数额人户]|人数|金额)?"
OTHER_SUMS = "总数|总和|累计|合共|全部|全体|全系统|计"
TOTAL = re.compile(
    rf"(?:[^\d()]{{0,8}}{SUM}|全[国省市州县区盟旗镇乡村校年](?:{SUM}|{OTHER_SUMS})?|{OTHER_SUMS}"
    r"|(?:sub|grand|overall)?-?totals?|overall|all|sum)(?:\([^()]*\))?:?",
    re.IGNORECASE,
)
OF_A_PART = re.compile(r"其中|ofwhich|including", re.IGNORECASE)
# 1 204, the blank of whichever width
GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?: \d{3})*(?:\.\d+)?$)")
# headers under which a bare number may be a day
OF_DAYS = re.compile(r"日期$|(?:统计|截止|截至)日$|\bdate\b", re.IGNORECASE)
SERIAL = re.compile(r"\d{5}")
OF_TIME = re.compile(r"月|季|半年|时间|时期|期间|期别|month|quarter|half|period", re.IGNORECASE)


def narrow(value: Any) -> str:
    """The text of a cell: full-width forms made narrow, no white space at its ends."""
    return unicodedata.normalize("NFKC", str(value)).strip()


def is_nothing(value: Any) -> bool:
    """Whether a cell is blank, or a word for nothing (—, …, 无)."""
    return value is None or (isinstance(value, str) and narrow(value).lower() in NOTHING)


def number(value: Any) -> Decimal | None:
    """The number that a cell is: 1,204, 1 204 and １２ too.

    >>> number("1,204"), number("１２"), number("12人"), number("nan"), number("1\u3000204"), number("12 04")
    (Decimal('1204'), Decimal('12'), None, None, Decimal('1204'), None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    # a stored number has fifteen digits: 0.1 + 0.2 is 0.3
    text = format(value, ".15g") if isinstance(value, float) else narrow(value)
    text = GROUPED.sub("", text)
    if "," in text and not re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return None  # 1,2 is no 12
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and "_" not in text else None


def with_unit(value: Any) -> tuple[Decimal, str] | None:
    """A number that is written with its unit in the cell.

    >>> with_unit("1,204人"), with_unit("99.5%"), with_unit("约100人")
    ((Decimal('1204'), '人'), (Decimal('99.5'), '%'), None)
    """
    found = NUMBERED.fullmatch(narrow(value)) if isinstance(value, str) else None
    read = number(found[1]) if found else None
    return (read, found[2]) if found and read is not None else None


def is_total(value: Any) -> bool:
    """Whether a cell is the label of a row that sums others.

    >>> [is_total(one) for one in ("合 计", "小计（含民办）", "合计(人)", "全县", "Total", "市本级", "全兴镇", 2024)]
    [True, True, True, True, True, False, False, False]
    """
    return isinstance(value, str) and bool(TOTAL.fullmatch("".join(narrow(value).split())))


def is_of_a_part(value: Any) -> bool:
    """Whether a cell is the label of a row that is in the one above already: 其中：女生."""
    return isinstance(value, str) and bool(OF_A_PART.match("".join(narrow(value).split())))


def year(value: Any) -> int | None:
    """The calendar year that a cell or header says.

    >>> year(2023), year("2023年"), year("2023"), year(2023.5), year(20230)
    (2023, 2023, 2023, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    found = YEAR.fullmatch(narrow(int(value) if isinstance(value, float) and value.is_integer() else value))
    return int(found[1]) if found else None


def day(value: Any, header: str = "", *, is_1904: bool = False) -> date | None:
    """The day that a cell says, in whichever form; a serial number of Excel under a header of days alone."""
    of_days = OF_DAYS.search(header)
    if of_days and isinstance(value, str) and SERIAL.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, datetime | date | str) or (of_days and type(value) in (int, float)):
        try:
            return date.fromisoformat(read_date(value, is_1904=is_1904))
        except CellError:
            return None
    return None


def span(value: Any, header: str) -> Span | None:
    """The month, quarter or half year that a cell says, under a header of time.

    >>> str(span("2024年第二季度", "季度")), str(span("Q2 2024", "Quarter")), str(span("2024年1月", "月份"))
    ('2024-Q2', '2024-Q2', '2024-01')
    """
    if not isinstance(value, str) or not OF_TIME.search(header):
        return None
    text = TURNED.sub(r"\2\1", narrow(value))
    for kind, form in SPANS:
        if found := form.fullmatch(text):
            said = next(one for one in found.groups()[1:] if one)
            which = CODES.get(said) or int(said)
            try:
                return Calendar().containing(date(int(found[1]), (which - 1) * LONG[kind] + 1, 1), kind)
            except (ValueError, InputError):
                return None
    return None


def ends(days: list[date]) -> str:
    """The longest kind of period whose last day each of ``days`` is; empty for none."""
    return next(
        (kind for kind in ("year", "half", "quarter", "month")
         if days and all(Calendar().containing(one, kind).last == one for one in days)), "",
    )  # fmt: skip
