"""Numerals, Arabic and Chinese, with 万, 亿, 余, 多: characters to a value."""

from __future__ import annotations

from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.numbers.compound import LARGE, SCALE, SMALL, compound, scale_value, tidy
from zt_analysis.numbers.mention import LONGEST, ONE, Numeral
from zt_analysis.numbers.script import skip_gap
from zt_analysis.numbers.units import unit_at

_DIGITS = {c: i for i, row in enumerate(
    ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for c in row}  # fmt: skip
CHINESE = "零〇一二两三四五六七八九十百千万亿几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
# groups of three apart by a space (GB/T 15835) only before a unit: table cells are apart by spaces too
_SPACED = (
    r"(?<![0-9] )[0-9]{1,3}(?: [0-9]{3}){1,4}"
    r"(?=(?:\.[0-9]+)? ?[所人名元万亿户个项次亩册台件吨岁天套处间张份辆条只头株门幅部篇本公平立千米里棵起例%㎡mk多余])"
)
# one cell of a table
_CELL = r"(?<=[\t|])[0-9]{1,3}(?: [0-9]{3}){1,4}(?=(?:\.[0-9]+)?(?:[\t\n|]|\Z))"
# 133715.⏎32万元: a line that ends within the decimals
_BROKEN = r"\.\n\f?[0-9]{1,2}(?= ?(?:[万亿%元]|个百分点))"
# 占87. 4%, 登记1, 234人: what is scanned has a space there; 2. 4万元 behind a stop is the second item of a list
_SCANNED = re.compile(r"\. [0-9]{1,2}(?= ?(?:[万亿%元]|个百分点))|, [0-9]{3}(?= ?[人名所户元万个])")
_LED = re.compile(r"[\u4e00-\u9fff] ?\Z")
# 589,2吨: a comma for the point; groups of thousands are of three
_COMMA = r"[0-9]{3},[0-9]{1,2}(?=[吨万亿元%])"
ARABIC = re.compile(
    rf"(?:[0-9]{{1,3}}(?:,(?:\n\f?)?[0-9]{{3}})+(?![0-9])|{_SPACED}|{_CELL}|{_COMMA}|[0-9]+)(?:\.[0-9]+|{_BROKEN})?"
)
_NOT_PRINTED = re.compile(r"[, \n\f]")
_RUN = re.compile(rf"[{CHINESE}点]+")
_DIGIT = "一二两三四五六七八九"
_DECIMAL = re.compile(rf"([{_DIGIT}零〇十百千]{{1,9}})点([零〇{_DIGIT}]{{1,9}})((?:[十百千]?[万亿]){{0,2}})")
_PAIR = re.compile(rf"(?<![{_DIGIT}零〇])(一二|一两|二三|两三|三四|四五|五六|六七|七八|八九|三五)(?![{_DIGIT}零〇])")
_ROWS = ("一二三", "四五六", "七八九", "一二三四", "一二三四五", "一二三四五六", "二三四", "三四五", "五六七")
_SOME = re.compile(r"^[几数](?=[十百千万亿])|(?<=十)几$")
_WIDER = re.compile(
    r"多(?!媒|功能|元化|民族|样|种|数|边|劳|出)|余(?![额下款地热])|个多?(?=亿)|[来几](?=(?P<counted>[\u4e00-\u9fff%]))"
)


def read_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that starts at ``start``, or None.

    >>> read_numeral("1.2万余人", 0).low, read_numeral("一百二十", 0).low, read_numeral("二点二八亿", 0).low
    (Decimal('12000'), Decimal('120'), Decimal('228000000'))
    """
    numeral = _arabic(text, start) if text[start : start + 1] in "0123456789" else _chinese(text, start)
    return _scaled(text, numeral) if numeral else None


def count_of(text: str) -> int | None:
    """The whole number that all of ``text`` is, in digits or words; None of anything else.

    >>> count_of("11"), count_of("两"), count_of("十二"), count_of("两县")
    (11, 2, 12, None)
    """
    found = read_numeral(text, 0)
    return int(found.low) if found and found.end == len(text) and found.low == int(found.low) else None


def run_end(text: str, start: int) -> int:
    """Where the numeral characters that start at ``start`` end; at least one is passed."""
    found = ARABIC.match(text, start) or _RUN.match(text, start)
    return found.end() if found else start + 1


def _arabic(text: str, start: int) -> Numeral | None:
    found = ARABIC.match(text, start)
    if not found or found.end() - start > LONGEST:
        return None
    end = found.end()
    scanned = _SCANNED.match(text, end)
    if scanned and _LED.search(text, max(0, start - 2), start):
        end = scanned.end()
    grouped = re.sub(r"(?<=[0-9]),(?=[0-9]{1,2}$)", ".", text[start:end])
    printed = _NOT_PRINTED.sub("", grouped)
    decimals = len(printed.partition(".")[2])
    return Numeral(start, end, Decimal(printed), decimals=decimals, length=len(printed))


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
        scale *= SMALL.get(c) or LARGE[c]
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
    if run == "百十":
        numeral.qualifier = "approx"
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
        elif c in SMALL:
            if SMALL[c] >= least or (digit <= 0 and c not in "十拾" and place):
                return None
            section += (digit if digit > 0 else 1) * SMALL[c]
            least, digit = SMALL[c], -1
        else:
            if c not in LARGE or (LARGE[c] >= large and c == "万"):
                return None
            section += max(digit, 0)
            if not section and place and not (c == "亿" and run[place - 1] == "万"):
                return None
            section = section or (0 if place else 1)
            total = (total + section) * LARGE[c] if c == "亿" else total + section * LARGE[c]
            section, least, digit, large = 0, 10**5, -1, LARGE[c]
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
    return digit * (SMALL.get(before) or LARGE.get(before, 10)) // 10


def _scaled(text: str, numeral: Numeral) -> Numeral:
    wider = _WIDER.match(text, skip_gap(text, numeral.end, numeral.start))
    if wider and wider["counted"] and wider["counted"] not in "万亿" and not unit_at(text, wider.end()):
        wider = None  # 2018来访
    if wider:
        numeral.end = wider.end()
        if wider.group() != "个":  # 3个亿 is 3亿
            numeral.qualifier = "approx" if wider.group() in "来几" else "more-than"
        if wider.group() == "几" and not numeral.words and numeral.low and numeral.low % 10 == 0:  # 20几 is 二十几
            numeral.low, numeral.high = numeral.low + 1, numeral.low + 9
    place = skip_gap(text, numeral.end, numeral.start)
    scale = SCALE.match(text, place)
    if not scale or (numeral.words and not wider):
        return numeral
    numeral.end = scale.end()
    numeral.scale = scale_value(scale.group())
    numeral.low = _times(numeral.low, numeral)
    numeral.high = _times(numeral.high, numeral) if numeral.high is not None else None
    return _trailing(text, compound(text, numeral), wider is not None)


def _times(value: Decimal, numeral: Numeral) -> Decimal:
    """A value times the scale that follows 多: in 十三亿三千七百多万 only what stands behind 亿 is counted in 万."""
    behind = value % LARGE["亿"] if numeral.words and numeral.scale < LARGE["亿"] else value
    return tidy(value - behind + behind * numeral.scale)


def _trailing(text: str, numeral: Numeral, already: bool) -> Numeral:
    wider = None if already else _WIDER.match(text, numeral.end)
    if wider and wider.group() in "多余":
        numeral.end, numeral.qualifier = wider.end(), "more-than"
    return numeral
