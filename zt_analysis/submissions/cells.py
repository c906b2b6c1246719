"""One cell's value as canonical text, or a CellError: nothing is guessed and no digit lost."""

from __future__ import annotations

import datetime
import math
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.submissions.days import MARKED, read_date
from zt_analysis.submissions.faults import CellError
from zt_analysis.submissions.grid import Broken
from zt_analysis.submissions.sheet_layout import Field
from zt_analysis.submissions.units import factor

# Excel keeps fifteen digits of a number
DIGITS = 15
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:\.[0-9]+)?")
SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
CODE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a0-9A-Za-z_\-－＿]+")
ROUND = re.compile(r"约|近|左右|余|多|几|上下|以上|以下|不足|超过|[<>≥≤~]|大概|估计")
SCALED = re.compile(r"[十百千万亿]")
YES = frozenset(["是", "有", "对", "真", "√", "✓", "✔", "☑", "true", "TRUE", "True", "1", "Y", "y"])
NO = frozenset(["否", "无", "没有", "错", "假", "×", "✗", "✘", "☒", "x", "X", "false", "FALSE", "False", "0", "N", "n"])
# of Excel, of LibreOffice in Chinese (#引用!, 错误:504), and what programs write for nothing
ERROR = re.compile(
    r"#(?:N/A|N/A!|NA|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|#+|[\u4e00-\u9fff]{1,6}[!?])"
    r"|(?:Err|错误):[0-9]{3}|nan|null|undefined",
    re.I,
)
DITTO = frozenset(
    ["同上", "同前", "同左", "〃", "″", "''", '"', "“", "”", "ditto", "々", "仝", "仝上", "〻", "ヽ", "↓", "↑"]
)
LOST = re.compile("\ufffd|\\?{3}|锟斤拷|烫烫烫")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
BROKEN_CODE = re.compile("[\t\n\v\f\r\u0085\u2028\u2029]")
MINUS = str.maketrans({"−": "-", "﹣": "-"})
# in a column of years, and in no other
YEAR, YEARS = re.compile(r"([12][0-9]{3})(?:年|年度)"), frozenset({"年份", "年度", "年", "统计年度", "更新年度"})
LONGEST = 40


@dataclass(frozen=True)
class Read:
    """A cell's text, and what a reader should know of how it was read (``padded``: leading zeros put back)."""

    text: str | None
    padded: bool = False


def read_cell(value: Any, field: Field, *, is_1904: bool = False) -> Read:
    """The canonical text of ``value`` in the column ``field``; None where missing.

    Raises:
        CellError: the value is not one of the column's type, or reading it would lose or guess something.
    """
    if isinstance(value, Broken):
        raise _unusable(value)
    if is_missing(value, field):
        if field.required:
            raise CellError("missing", "a value", "fill it in; ask the county if it is not known")
        return Read(None)
    if isinstance(value, str):
        _refuse_words(value)
    if field.type == "string":
        return _string(value, field)
    if field.type == "date":
        return Read(read_date(value, is_1904=is_1904))
    return Read(_boolean(value) if field.type == "boolean" else digits(_number(value, field)))


def number_in(value: Any, field: Field) -> Decimal:
    """The number of a cell of totals, in the column's base unit; CellError where it is none."""
    if isinstance(value, Broken):
        raise _unusable(value)
    return _number(value, field)


def is_missing(value: Any, field: Field) -> bool:
    """Whether the cell is blank or holds one of the column's words for no value."""
    if value is None:
        return True
    return isinstance(value, str) and ((text := tidy(value)) == "" or text in field.missing)


def tidy(text: str) -> str:
    """``text`` without white space at its ends and without characters that cannot be seen."""
    return INVISIBLE.sub("", text).strip()


def shown(value: Any) -> str:
    """``value`` as a message quotes it, a long text shortened."""
    return quoted(value[:LONGEST] + "..." if isinstance(value, str) and len(value) > LONGEST else value)


def quoted(value: Any) -> str:
    """``value`` as a file of problems has it: the whole of it."""
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**DIGITS:
        return str(int(value))
    return "a blank cell" if value is None else str(value)


def _refuse_words(text: str) -> None:
    """CellError where a text stands for another value (#N/A, 同上), or lost characters when it was saved."""
    plain = "".join(unicodedata.normalize("NFKC", tidy(text)).split())
    if ERROR.fullmatch(plain):
        hint = "mend the formula that gave this error; where it means no value, declare the word as missing"
        raise CellError("error", "a value, not the name of an error", hint)
    if plain in DITTO or tidy(text) in DITTO:
        raise CellError("text", "the value itself, not a mark that repeats the one above", "write the value again")
    if LOST.search(text):
        hint = "type the text again; the file was saved in an encoding that does not have its characters"
        raise CellError("text", "text without lost characters", hint)
    if TURNED.search(text):
        raise CellError("text", "text without marks that turn its direction", "type the text again")


def _unusable(value: Broken) -> CellError:
    if value.is_formula:
        hint = "open the file in Excel or WPS, let it compute, and save it"
        return CellError("formula", "the result of the formula, which the file does not hold", hint)
    return CellError("error", "a value", "mend the formula that gives this error")


@cache
def _factor(unit: str, base: str) -> Decimal:
    return factor(unit, base)


def _number(value: Any, field: Field) -> Decimal:
    number = _decimal(value, field) * _factor(field.unit, field.base)
    if field.type == "integer" and number != number.to_integral_value():
        unit = f" of {field.base or field.unit}" if field.unit else ""
        raise CellError(
            "integer", f"a whole number{unit}", "check the number; a column of shares is declared as number"
        )
    return number


def _decimal(value: Any, field: Field) -> Decimal:
    if isinstance(value, bool):
        raise CellError("number", f"a number ({field.type})", "type the number")
    if isinstance(value, int | float):
        return Decimal(_stored(value))
    if isinstance(value, str):
        return _typed(value, field)
    raise CellError(
        "number", f"a number ({field.type})", "the cell is formatted as a date or time: format it as a number"
    )


def _stored(value: int | float) -> str:
    """The digits of a stored number that Excel shows: fifteen of them, which 0.1 + 0.2 needs as well."""
    if math.isnan(value) or abs(value) >= 10**DIGITS:
        hint = "format the column as text and type the value again"
        raise CellError("digits", f"a number of at most {DIGITS} digits (Excel keeps no more)", hint)
    return str(value) if isinstance(value, int) else format(value, f".{DIGITS}g")


def _typed(text: str, field: Field) -> Decimal:
    if MARKED.search(text):
        raise CellError("number", f"a number ({field.type})", "take the mark out (², ①), or write the digit plainly")
    plain = unicodedata.normalize("NFKC", tidy(text)).translate(MINUS).strip()
    if len(plain) <= LONGEST and NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", "").replace(" ", ""))
    if len(plain) <= LONGEST and SCIENTIFIC.fullmatch(plain):
        raise CellError(
            "digits", "all digits of the number", "format the column as a number without decimals, save again"
        )
    if field.type == "integer" and (year := YEAR.fullmatch(plain)) and YEARS.intersection(field.headers):
        return Decimal(year[1])
    expected = f"a number ({field.type})"
    if ROUND.search(plain):
        raise CellError("approximate", expected, "ask the county for the exact number")
    if SCALED.search(plain):
        raise CellError("scaled", expected, "type it out in digits, in the unit of the column")
    if "," in plain and plain.replace(",", "").replace(".", "").isdigit():
        raise CellError("separators", f"{expected} with a comma before every three digits, or none", "check the digits")
    raise CellError("number", expected, "type digits alone; a missing number is left blank")


def digits(number: Decimal) -> str:
    """A number as canonical text, without zeros that say nothing."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _boolean(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = unicodedata.normalize("NFKC", tidy(value)) if isinstance(value, str) else str(value).removesuffix(".0")
    if text in YES or text in NO:
        return "true" if text in YES else "false"
    raise CellError("boolean", "是 or 否", "write 是 or 否; leave an unknown one blank")


def _string(value: Any, field: Field) -> Read:
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        hint = "Excel turns codes such as 1-2 into dates: format the column as text and type it again"
        raise CellError("text", "text, not a date or time", hint)
    text = tidy(value) if isinstance(value, str) else _from_number(value)
    if BROKEN_CODE.search(text) and (CODE.fullmatch("".join(text.split())) or field.values is not None or field.width):
        hint = "take the line break or tab out of the cell (Alt+Enter puts one in)"
        raise CellError("text", "a code or word in one line", hint)
    if SCIENTIFIC.fullmatch(text) and ("." in text or "+" in text):
        raise CellError("digits", "all digits of the code", "format the column as text and type it again")
    if CODE.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
    padded = _padded(text, field)
    return Read(_word(padded, field), padded=padded != text)


def _from_number(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return digits(Decimal(_stored(value)))


def _padded(text: str, field: Field) -> str:
    if not field.width or len(text) == field.width:
        return text
    if text.isascii() and text.isdigit() and len(text) < field.width:
        return text.zfill(field.width)
    raise CellError("width", f"a code of {field.width} characters", "check the code; format the column as text")


def _word(text: str, field: Field) -> str:
    if field.values is None:
        return text
    if text not in field.values and field.kept:
        return text
    if text not in field.values:
        words = ", ".join(list(field.values)[:12]) + (", ..." if len(field.values) > 12 else "")
        raise CellError("word", f"one of: {words}", "write it as the list has it")
    return field.values[text]
