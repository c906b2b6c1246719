"""Numerals, Arabic and Chinese, with 万, 亿, 余, 多: characters to a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zt_analysis.numbers.mention import LONGEST, ONE, Numeral
from zt_analysis.numbers.script import skip_gap

_DIGITS = {c: i for i, row in enumerate(
    ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for c in row}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHINESE = "零〇一二两三四五六七八九十百千万亿几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
# groups of three apart by a space (GB/T 15835) only before a unit: table cells are apart by spaces too
_SPACED = (
    r"(?<![0-9] )[0-9]{1,3}(?: [0-9]{3}){1,4}"
    r"(?=(?:\.[0-9]+)? ?[所人名元万亿户个项次亩册台件吨岁天套处间张份辆条只头株门幅部篇本公平立千米里棵起例%])"
)
# 133715.⏎32万元: a line that ends within the decimals
_BROKEN = r"\.\n\f?[0-9]{1,2}(?= ?(?:[万亿%元]|个百分点))"
# 589,2吨: a comma for the point; groups of thousands are of three
_COMMA = r"[0-9]{3},[0-9]{1,2}(?=[吨万亿元%])"
ARABIC = re.compile(
    rf"(?:[0-9]{{1,3}}(?:,(?:\n\f?)?[0-9]{{3}})+(?![0-9])|{_SPACED}|{_COMMA}|[0-9]+)(?:\.[0-9]+|{_BROKEN})?"
)
_NOT_PRINTED = re.compile(r"[, \n\f]")
_RUN = re.compile(rf"[{CHINESE}点]+")
_DIGIT = "一二两三四五六七八九"
_DECIMAL = re.compile(rf"([{_DIGIT}零〇十百千]{{1,9}})点([零〇{_DIGIT}]{{1,9}})((?:[十百千]?[万亿]){{0,2}})")
_PAIR = re.compile(rf"(?<![{_DIGIT}零〇])(一二|一两|二三|两三|三四|四五|五六|六七|七八|八九|三五)(?![{_DIGIT}零〇])")
_ROWS = ("一二三", "四五六", "七八九", "一二三四", "一二三四五", "一二三四五六", "二三四", "三四五", "五六七")
_SOME = re.compile(r"^[几数](?=[十百千万亿])|(?<=十)几$")
_SCALE = re.compile(r"(?:[十百千]?万(?!分之)亿?|[十百千]?亿|千(?![克米瓦卡伏赫焦帕字])|百(?!分))")
_WIDER = re.compile(
    r"多(?!媒|功能|元化|民族|样|种|数|边|劳)|余(?![额下款地热])|个多?(?=亿)|来(?=[个名位所户天年人万亿岁里亩])|几(?=[个名位所户天年人万亿岁])"
)
# what follows 1亿 or 3千: 零500万, 2345 (人), 3000多万; and the 余万 of 2亿3千余万
_PIECE = re.compile(
    rf"(?P<zero>[零〇])?(?P<digits>[0-9]{{1,4}}(?:\.[0-9]{{1,4}}(?=万))?)(?![0-9.,])(?:(?P<wider>[多余])?(?P<scale>{_SCALE.pattern}))?"
)
_REST = re.compile(r"[多余](?P<scale>[万亿])")
_COUNTED = re.compile(r"[多余]?(?:[所人名元户个项次亩册台件吨辆头只株条米]|公里)")
_SHORT = re.compile(r"$|[，。；、！？）)\s]")


def read_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that starts at ``start``, or None.

    >>> read_numeral("1.2万余人", 0).low, read_numeral("一百二十", 0).low, read_numeral("二点二八亿", 0).low
    (Decimal('12000'), Decimal('120'), Decimal('228000000'))
    """
    numeral = _arabic(text, start) if text[start : start + 1] in "0123456789" else _chinese(text, start)
    return _scaled(text, numeral) if numeral else None


def run_end(text: str, start: int) -> int:
    """Where the numeral characters that start at ``start`` end; at least one is passed."""
    found = ARABIC.match(text, start) or _RUN.match(text, start)
    return found.end() if found else start + 1


def _arabic(text: str, start: int) -> Numeral | None:
    found = ARABIC.match(text, start)
    if not found or found.end() - start > LONGEST:
        return None
    grouped = re.sub(r"(?<=[0-9]),(?=[0-9]{1,2}$)", ".", found.group())
    printed = _NOT_PRINTED.sub("", grouped)
    decimals = len(printed.partition(".")[2])
    return Numeral(start, found.end(), Decimal(printed), decimals=decimals, length=len(printed))


def _chinese(text: str, start: int) -> Numeral | None:
    found = _RUN.match(text, start)
    if not found or found.end() - start > LONGEST:
        return None
    run = found.group()
    decimal = _DECIMAL.match(run)
    if decimal:
        return _spoken_decimal(decimal, start)
    run = run.partition("点")[0]
    if (
        run[-1:] == "千"
        and run[-2:-1] in ("万", "亿")
        and text[start + len(run) : start + len(run) + 1] in tuple("瓦米克伏")
    ):
        run = run[:-1]
    return _spoken(run, start) if run else None


def _spoken_decimal(found: re.Match[str], start: int) -> Numeral | None:
    whole = spoken_value(found[1])
    if whole is None:
        return None
    places = "".join(str(_DIGITS[c]) for c in found[2])
    scale = Decimal(1)
    for c in found[3]:
        scale *= _SMALL.get(c) or _LARGE[c]
    value = tidy((whole + Decimal(f"0.{places}")) * scale) if scale != 1 else whole + Decimal(f"0.{places}")
    end = start + found.end()
    return Numeral(start, end, value, decimals=len(places), words=True, length=found.end())


def _spoken(run: str, start: int) -> Numeral | None:
    size = _longest(run)
    if not size:
        return None
    run = run[:size]
    numeral = Numeral(start, start + size, Decimal(0), words=True, length=size, bare=run[0] in "百千万亿")
    if run in _ROWS:
        numeral.low, numeral.high = spoken_value(run[0]) or ONE, spoken_value(run[-1])
        return numeral
    for pattern in (_SOME, _PAIR):
        found = pattern.search(run)
        if found:
            pair = _some(run, found.start()) if pattern is _SOME else found.group()
            ends = [spoken_value(run[: found.start()] + c + run[found.end() :]) for c in pair]
            if None in ends:
                return None
            numeral.low, numeral.high = ends[0], ends[1]  # type: ignore[assignment]
            numeral.qualifier = "approx"
            return numeral
    value = spoken_value(run)
    if value is None:
        return None
    numeral.low = value
    return numeral


def _some(run: str, place: int) -> str:
    """The least and greatest digit that 几 stands for: 十几 is 11 to 19, 几十 is 20 to 90."""
    return "一九" if place else "二九"


def _longest(run: str) -> int:
    """Characters up to a second 几 or 数, which begins another word (一百数十)."""
    second = re.search(r"(?<=.)数|(?<=[^十])几", run)
    return second.start() if second else len(run)


def spoken_value(run: str) -> Decimal | None:
    """The value of a Chinese integer, or None where the characters do not make one.

    >>> spoken_value("一千零五"), spoken_value("一万二"), spoken_value("二〇一八"), spoken_value("百千")
    (Decimal('1005'), Decimal('12000'), Decimal('2018'), None)
    """
    run = run.replace("廿", "二十").replace("卅", "三十")
    if all(c in _DIGITS for c in run):
        return Decimal("".join(str(_DIGITS[c]) for c in run)) if len(run) != 2 or run[0] in "零〇" else None
    total = section = 0
    least, digit, large = 10**5, -1, 10**9
    for place, c in enumerate(run):
        if c in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[c]
        elif c in _SMALL:
            if _SMALL[c] >= least or (digit <= 0 and c not in "十拾" and place):
                return None
            section += (digit if digit > 0 else 1) * _SMALL[c]
            least, digit = _SMALL[c], -1
        else:
            if c not in _LARGE or (_LARGE[c] >= large and c == "万"):
                return None
            section += max(digit, 0)
            if not section and place and not (c == "亿" and run[place - 1] == "万"):
                return None
            section = section or (0 if place else 1)
            total = (total + section) * _LARGE[c] if c == "亿" else total + section * _LARGE[c]
            section, least, digit, large = 0, 10**5, -1, _LARGE[c]
    return Decimal(total + section + _last(run, digit))


def number_of(printed: str | None) -> int | None:
    """The integer of a plain numeral in either script, or None.

    >>> number_of("11"), number_of("十一")
    (11, 11)
    """
    if printed is None:
        return None
    if printed.isascii():
        return int(printed)
    value = spoken_value(printed)
    return int(value) if value is not None else None


def _last(run: str, digit: int) -> int:
    """The value of a digit that ends the run: 五 is 500 in 三千五 but 5 in 三千零五."""
    before = run[-2:-1]
    if digit <= 0:
        return 0
    return digit * (_SMALL.get(before) or _LARGE.get(before, 10)) // 10


def _scaled(text: str, numeral: Numeral) -> Numeral:
    wider = _WIDER.match(text, skip_gap(text, numeral.end, numeral.start))
    if wider:
        numeral.end = wider.end()
        if wider.group() != "个":  # 3个亿 is 3亿
            numeral.qualifier = "approx" if wider.group() in "来几" else "more-than"
    place = skip_gap(text, numeral.end, numeral.start)
    scale = _SCALE.match(text, place)
    if not scale or (numeral.words and not wider):
        return numeral
    numeral.end = scale.end()
    numeral.scale = _scale_value(scale.group())
    numeral.low = tidy(numeral.low * numeral.scale)
    numeral.high = tidy(numeral.high * numeral.scale) if numeral.high is not None else None
    return _trailing(text, _compound(text, numeral), wider is not None)


def _scale_value(scale: str) -> Decimal:
    value = Decimal(1)
    for c in scale:
        value *= _SMALL.get(c) or _LARGE[c]
    return value


@dataclass(slots=True)
class _Sum:
    """A numeral of Arabic digits and 亿, 万, 千, 百 in the making, as it is said.

    ``total`` is closed by 亿 or 万, the last of them ``large``; ``section`` (thousands, hundreds; the last of them
    ``small``) may still be counted in 万: 2千3百 of 2千3百万. ``place`` is one in the last digit.
    """

    total: Decimal
    section: Decimal
    large: Decimal
    small: Decimal
    place: Decimal

    def add(self, number: Decimal, scale: str) -> bool:
        """Whether ``number`` times ``scale`` (may be empty) can follow; it is added where it can."""
        small = _scale_value(scale.rstrip("万亿"))
        large = _scale_value(scale[len(scale.rstrip("万亿")) :])
        fits = number * small < self.small and (large == 1 or large < self.large) and number * small < self.large
        if not fits:
            return False
        self.section, self.small, self.place = self.section + number * small, small, small
        if large != 1:
            self.close(large)
        return True

    def close(self, large: Decimal) -> None:
        """Count the section in 万 or 亿."""
        self.total, self.section = self.total + self.section * large, Decimal(0)
        self.large, self.small, self.place = large, Decimal(10**4), self.place * large


def _compound(text: str, numeral: Numeral) -> Numeral:
    """Adds the lower parts of 1亿2000万, 3万5千, 1亿2千3百万, 2亿3千余万, 6亿零500万, 1万2345人."""
    closed = numeral.scale >= 10**4
    least = numeral.scale if not closed else Decimal(10**4)
    found = _Sum(
        numeral.low if closed else Decimal(0), Decimal(0) if closed else numeral.low,
        numeral.scale if closed else Decimal(10**16), least, numeral.scale,
    )  # fmt: skip
    while not numeral.decimals and (piece := _PIECE.match(text, numeral.end)):
        scale = piece["scale"] or ""
        if not scale and not _COUNTED.match(text, piece.end("digits")):
            return _said_short(text, numeral, piece)
        if not found.add(Decimal(piece["digits"]), scale):
            break
        found.place /= 10 ** len(piece["digits"].partition(".")[2])  # 3亿5836.91万元
        numeral.end = piece.end() if scale else piece.end("digits")
        if piece["wider"] and scale:
            numeral.qualifier = "more-than"
        rest = _REST.match(text, numeral.end) if scale and not scale.endswith(("万", "亿")) else None
        if rest and found.large > _LARGE[rest["scale"]]:
            found.close(Decimal(_LARGE[rest["scale"]]))
            numeral.end, numeral.qualifier = rest.end(), "more-than"
    numeral.low, numeral.scale = tidy(found.total + found.section), found.place
    return numeral


def _said_short(text: str, numeral: Numeral, piece: re.Match[str]) -> Numeral:
    """13万2 is 132000, as it is said, where nothing is counted right after it."""
    if len(piece["digits"]) == 1 and not piece["zero"] and _SHORT.match(text, piece.end("digits")):
        numeral.low = tidy(numeral.low + Decimal(piece["digits"]) * numeral.scale / 10)
        numeral.scale, numeral.end = numeral.scale / 10, piece.end("digits")
    return numeral


def _trailing(text: str, numeral: Numeral, already: bool) -> Numeral:
    wider = None if already else _WIDER.match(text, numeral.end)
    if wider and wider.group() in "多余":
        numeral.end, numeral.qualifier = wider.end(), "more-than"
    return numeral


def tidy(value: Decimal) -> Decimal:
    """``value`` without trailing zeros after its decimal point (a scaled value prints its zeros nowhere).

    >>> tidy(Decimal("133715.32") * 10000)
    Decimal('1337153200')
    """
    return value.quantize(ONE) if value == value.to_integral_value() and abs(value) < 10**27 else value.normalize()
