"""What Excel shows of a number: as much of its number formats as makes a person see another number than is stored.

It renders sections, conditions, placeholders, scaling commas, percent signs and literals. What it cannot render
(fractions, powers, Chinese numerals, dates) is None, and noted by its cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import zt_analysis.expressions as re

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<comma>,)|(?P<point>\.)|(?P<percent>%)|(?P<text>@)|(?P<unread>[eE][+-]|[/yYmMdDhHsSbBgG])|(?P<other>.)",
    re.S,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
HARMLESS = re.compile(r"[\s¥￥$€()（）+\-]*")
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
TESTS = {
    "<=": Decimal.__le__, ">=": Decimal.__ge__, "<": Decimal.__lt__, ">": Decimal.__gt__, "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One section of a format: its parts as (kind, text), and the condition under which it is used."""

    parts: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a number format.

    >>> [len(one.parts) for one in sections('0.0"万";;')]
    [4, 0, 0]
    """
    found: list[Section] = []
    parts: list[tuple[str, str]] = []
    condition = None
    for token in TOKEN.finditer(code):
        kind, text = token.lastgroup or "quoted", token[token.lastgroup or 0]
        if kind == "other" and text == ";":
            found.append(Section(tuple(parts), condition))
            parts, condition = [], None
        elif kind == "bracket":
            if test := CONDITION.fullmatch(text):
                condition = test[1], Decimal(test[2])
            elif money := CURRENCY.fullmatch(text):
                parts.append(("literal", money[1]))
            elif text.startswith("DBNum") or text.lower() in ("h", "m", "s", "hh", "mm", "ss"):
                parts.append(("unread", text))
        elif kind in ("quoted", "escaped", "other"):
            parts.append(("literal", text))
        elif kind not in ("fill", "space"):
            parts.append((kind, text))
    return (*found, Section(tuple(parts), condition))


@lru_cache(maxsize=1024)
def is_plain(code: str) -> bool:
    """Whether every number is shown as it is stored, but for rounding, separators and signs.

    >>> [is_plain(code) for code in ("General", "#,##0.00", "0_ ;[Red](0)", "#,##0,", "0%", ";;;", '0"人"')]
    [True, True, True, False, False, False, False]
    """
    each = sections(code)
    negative = "".join(text for _, text in each[1].parts) if len(each) > 1 else "-"
    return len(each) < 4 and bool(re.search("[-(（]", negative)) and all(_is_plain(one) for one in each)


def _is_plain(one: Section) -> bool:
    kinds = [kind for kind, _ in one.parts]
    literals = "".join(text for kind, text in one.parts if kind == "literal")
    digits = [at for at, kind in enumerate(kinds) if kind == "digit"]
    if one.condition or not HARMLESS.fullmatch(literals) or {"percent", "unread"} & set(kinds):
        return False
    if not digits:
        return "general" in kinds or "text" in kinds or "-" in literals
    inner = kinds[digits[0] : digits[-1] + 1]
    zeros = [text for kind, text in one.parts[: (kinds.index("point") if "point" in kinds else None)] if text == "0"]
    return len(zeros) < 2 and "literal" not in inner and not _scale(one)[0]


def render(number: Decimal, code: str) -> str | None:
    """What Excel shows of ``number``, without commas; empty where it shows nothing, None where that cannot be told.

    >>> [render(Decimal(32719811), code) for code in ('0!.0,"万"', "#,##0,", '"约"0"余"', ";;;")]
    ['3272.0万', '32720', '约32719811余', '']
    >>> render(Decimal("0.125"), "0.0%"), render(Decimal(0), "0;-0;"), render(Decimal(2), "# ?/?")
    ('12.5%', '', None)
    """
    one, value = _chosen(number, sections(code))
    kinds = {kind for kind, _ in one.parts}
    if "unread" in kinds:
        return None
    if "general" in kinds or "text" in kinds or (not one.parts and not code):
        plain = format(value, "f")
        return "".join(plain if kind in ("general", "text") else text for kind, text in one.parts) or plain
    commas, percents = _scale(one)
    scaled = abs(value) * 100**percents / 1000**commas
    sign = "-" if value < 0 else ""
    return sign + _filled(one, scaled)


def _chosen(number: Decimal, each: tuple[Section, ...]) -> tuple[Section, Decimal]:
    """The section for a number, and the number as that section has it: a section of its own shows no minus sign."""
    if any(one.condition for one in each):
        for one in each:
            if one.condition is None or TESTS[one.condition[0]](number, one.condition[1]):
                return one, number
        return each[-1], number
    if len(each) > 2 and number == 0:
        return each[2], number
    return (each[1], -number) if len(each) > 1 and number < 0 else (each[0], number)


def _scale(one: Section) -> tuple[int, int]:
    """How many commas divide by a thousand, those right behind the last digit of the whole part or of all; percents."""
    kinds = [kind for kind, _ in one.parts if kind != "literal"]
    text = "".join({"digit": "0", "comma": ",", "point": "."}.get(kind, "") for kind in kinds)
    whole, _, rest = text.partition(".")
    trailing = len(whole) - len(whole.rstrip(",")) + len(rest) - len(rest.rstrip(","))
    return trailing if "0" in text else 0, kinds.count("percent")


def _filled(one: Section, scaled: Decimal) -> str:
    kinds = [kind for kind, _ in one.parts]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    decimals = kinds[point:].count("digit")
    whole, _, rest = format(scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f").partition(".")
    waiting, left = list(whole if whole != "0" else ""), kinds[:point].count("digit")
    shown: list[str] = []
    for at in range(point - 1, -1, -1):
        kind, text = one.parts[at]
        if kind == "digit":
            left -= 1
            taken = "".join(waiting[-1:]) if left else "".join(waiting)
            waiting = waiting[:-1] if left else []
            shown.insert(0, taken or ("0" if text == "0" else ""))
        elif kind in ("literal", "percent"):
            shown.insert(0, text)
    digits = iter(rest)
    for kind, text in one.parts[point:]:
        shown.append(next(digits) if kind == "digit" else "" if kind == "comma" else text)
    return "".join(shown)


def number_shown(text: str) -> tuple[Decimal, Decimal, str] | None:
    """The number in a shown text, how far rounding may have moved it, and the words around it; None without one.

    >>> number_shown("3272.0万"), number_shown("约3000余"), number_shown("—")
    ((Decimal('3272.0'), Decimal('0.05'), '万'), (Decimal('3000'), Decimal('0.5'), '约余'), None)
    """
    found = NUMBER.search(text)
    if not found:
        return None
    digits = Decimal(found[0].replace(",", ""))
    words = text[: found.start()] + text[found.end() :]
    is_negative = text.startswith("-") or re.match(r"[(（].*[)）]", text)
    exponent = digits.as_tuple().exponent
    away = Decimal(5).scaleb(int(exponent) - 1)
    return -digits if is_negative else digits, away, re.sub(r"[\s¥￥$€()（）+\-]", "", words)
