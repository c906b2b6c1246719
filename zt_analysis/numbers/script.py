"""One way to write each character: the reader sees half-width digits, one dash, one space; every offset stays.

Each character is replaced by exactly one, so that a span in the plain text is a span in the given text.
"""

from __future__ import annotations

import zt_analysis.expressions as re

_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
# a full-width comma, stop or exclamation ends a clause; the comma is a separator only where ``_GROUPED`` says so
for _kept in "，；！？":
    del _FULL_WIDTH[ord(_kept)]

_SAME = {
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f"
    "\u2060\u3000\ufeff\r",
    "\n": "\u000b\u0085\u2028\u2029",
    "-": "‐‑‒–—―─−﹣",
    "~": "〜∼∽",
    ":": "∶︰",
    "%": "﹪",
    "·": "•‧・･",
    "〇": "○◯",
    "〔": "﹝",
    "〕": "﹞",
}
_TRADITIONAL = str.maketrans(
    "萬億兩餘個戶約過長減佔號於達點級歲間縣鄉鎮項總學週種條張頁輪倆幾數無產業漲滿幣",
    "万亿两余个户约过长减占号于达点级岁间县乡镇项总学周种条张页轮俩几数无产业涨满币",
)
_PLAIN = {
    **_FULL_WIDTH,
    **_TRADITIONAL,
    **{ord(other): ord(one) for one, others in _SAME.items() for other in others},
}
# 二O一八年, 二0一八年: a letter or digit typed for 〇
_TYPED_YEAR = re.compile(r"[一二][〇零○OoＯ0一二三四五六七八九]{3}(?= ?[年学])")
_TYPED_ZERO = str.maketrans("OoＯ0", "〇〇〇〇")
# 2019年元月; 100元月租 is money
_FIRST_MONTH = re.compile(r"(?<![0-9０-９零一二三四五六七八九十百千万亿余多])元月")
# 1，234人: a full-width comma between groups of three; 330，585人 and 分别为３３０，５８５人 are two numbers
_GROUPED = re.compile(
    r"(?<![0-9０-９.．,第])(?<![0-9０-９]，)(?:[0-9]{1,2}(?:，[0-9]{3})+|[０-９]{1,2}(?:，[０-９]{3})+"
    r"|(?<!分别)(?<![别次]为)[０-９]{3}(?:，[０-９]{3})+)(?![0-9０-９年])"
)


def plain(text: str) -> str:
    """``text`` with one form for each digit, dash, space and colon; as long as ``text``.

    >>> plain("１，９１５人—３．５％")
    '1,915人-3.5%'
    """
    if "元月" in text:
        text = _FIRST_MONTH.sub("1月", text)
    text = _TYPED_YEAR.sub(lambda found: found.group().translate(_TYPED_ZERO), text)
    return _GROUPED.sub(lambda found: found.group().replace("，", ","), text).translate(_PLAIN)


_GAP = re.compile(r" {0,3}(?:\n\f?|\f\n?)? {0,3}")
_HANZI = re.compile(r"[\u4e00-\u9fff]")


# a cell holds a few characters; a longer line with a comma or stop is running text
_CLOSES = re.compile(r"[^\s，。；、:！？()]{1,5}[，。；、:！？)]|[^\s，。；、:！？()]{6,24}[，。；、]")


def skip_gap(text: str, position: int, number_start: int) -> int:
    """Where the unit of a number may stand: behind spaces, or behind a line or page break inside a sentence.

    In a table a break ends the cell, so a break is skipped only if a sentence leads up to the number or a clause ends
    right behind its unit.
    """
    if text[position : position + 1] not in (" ", "\n", "\f"):
        return position
    gap = _GAP.match(text, position)
    end = gap.end() if gap else position
    if not is_broken(text, position, end) or in_sentence(text, number_start) or _CLOSES.match(text, end):
        return end
    return position


def is_broken(text: str, start: int, end: int) -> bool:
    """Whether a line or page ends between the two places."""
    return "\n" in text[start:end] or "\f" in text[start:end]


def in_sentence(text: str, position: int) -> bool:
    """Whether running text stands before ``position`` on its line."""
    before = text[max(0, position - 8) : position].replace("\f", "\n").rpartition("\n")[2]
    return "\t" not in before and len(_HANZI.findall(before)) >= 2
