"""Units: what stands behind a number, and what it makes of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Numeral
from zt_analysis.numbers.script import is_broken, skip_gap
from zt_analysis.units import added_forms


@dataclass(frozen=True)
class Unit:
    """A unit as printed.

    Attributes:
        name: its one name (周岁 is 岁, 块钱 is 元); kind: count, money, rate, change or ordinal.
        words: whether it makes a figure of a single Chinese digit (三所 does, 三线 does not).
        span: whether 内 behind it bounds (1周内), as it does for time and distance.
    """

    name: str
    kind: str
    words: bool
    span: bool


@dataclass(slots=True)
class Found:
    """A unit in a text and where it ends."""

    unit: Unit
    end: int


def units() -> dict[str, Unit]:
    """Every unit by its printed form: of ``units.csv``, and those that the active office adds."""
    return _with(added_forms())


@cache
def _with(added: tuple[str, ...]) -> dict[str, Unit]:
    own = _own()
    # what begins with 万 is read as a number and its unit; what begins with a sign, as a ratio
    new = [form for form in added if form not in own and not _SCALED.match(form)]
    return own | {form: Unit(form, "count", words=True, span=False) for form in new}


_SCALED = re.compile(r"[百千万亿\d:：/]")


@cache
def _own() -> dict[str, Unit]:
    rows = csv.DictReader(files(__package__).joinpath("units.csv").read_text(encoding="utf-8").splitlines())
    return {row["printed"]: Unit(row["unit"], row["kind"], row["words"] == "1", row["span"] == "1") for row in rows}


# a unit's character that begins another word: 八成 but 三成立, 3所 but 3所以
_OTHER_WORD = {
    "成": re.compile(r"成[立为人功本果员绩长都效年熟套批品型分就千上才]"),
    "家": re.compile(r"家[长庭乡]"),
    "所": re.compile(r"所(?:以(?![上下内及])|[有谓属])"),
    "元": re.compile(r"元[旦宵素]"),
    "天": re.compile(r"天[津水然]"),
    "年": re.compile(r"年[轻龄会底初末终]"),
    "分": re.compile(r"分[别布类之校部析期局公]|分为(?=[0-9一二两三四五六七八九十几若甲以])"),
    "次": re.compile(r"次[年日数月]"),
    "级": re.compile(r"级[别]"),
    # 563人均为初中生: all of them; 人均为383元 is a mean
    "人": re.compile(r"人均(?!(?:为|是|属|系|在|来自|已)(?![约近超不达])[一-龥])|人[民才口]|人工(?![作资])|人大(?!代)"),
    "人次": re.compile(r"人次之(?=[，,。；;、）)]|$)"),
    "口": re.compile(r"口[径]"),
    "处": re.compile(r"处[理置罚级]"),
    "点": re.compile(r"点[对面名亮]"),
    "周": re.compile(r"周[期边转围全密知报刊末]"),
    "场": re.compile(r"场[所地馆]"),
    "组": re.compile(r"组[织成建]"),
    "班": re.compile(r"班[子主]"),
    "台": re.compile(r"台[湾账]"),
    "道": re.compile(r"道[路德]"),
    "项": re.compile(r"项[目](?=[一-龥]{0,2}化)"),
    "度": re.compile(r"度[假过]"),
    "位": re.compile(r"位[于居列置]"),
    "门": re.compile(r"门[头户]"),
    "层": re.compile(r"层[面次层]"),
    "米": re.compile(r"米[饭粉]"),
    "省": re.compile(r"省[级]"),
    "市": re.compile(r"市[级]"),
    "校": re.compile(r"校[长园级]"),
    "课": re.compile(r"课[程]"),
    "件": re.compile(r"件[套]"),
    "国": re.compile(r"国[道家内际]"),
    "幼儿": re.compile(r"幼儿[园教]"),
    "儿童": re.compile(r"儿童[节福]"),
    "家庭": re.compile(r"家庭[教经]"),
    "新生": re.compile(r"新生[儿代]"),
    "村民": re.compile(r"村民[委代小]"),
    "群众": re.compile(r"群众[路性]"),
    "期": re.compile(r"期[间末待望中货刊限工]"),
    "集": re.compile(r"集[中体团合成结资训]"),
    "副": re.compile(r"副[校主书县市局处科高教]"),
    "双": re.compile(r"双[方语向减师创]"),
    "盘": re.compile(r"盘[活点]"),
    "站": re.compile(r"站[在长稳位]"),
    "堂": re.compile(r"堂[而食]"),
    "任": re.compile(r"任[务何职教命免期意课]"),
    "题": re.compile(r"题[目为材写]"),
    "局": re.compile(r"局[长面势部]"),
    "群": re.compile(r"群[体]"),
    "串": re.compile(r"串[联珠]"),
    "讲": re.compile(r"讲[话座解述授]"),
    "环": re.compile(r"环[境保比]"),
    "圈": re.compile(r"圈[子]"),
    "眼": re.compile(r"眼[前下看]"),
    "载": re.compile(r"载[体入明]"),
    "曲": re.compile(r"曲[线靖]"),
    "平方": re.compile(r"平方[根]"),
    "卷": re.compile(r"卷[入子]"),
    "折": re.compile(r"折[合算旧价线叠扣断腾射]"),
    "瓦": re.compile(r"瓦[房片屋窑]"),
    "伏": re.compile(r"伏[天羲笔]"),
    "行": re.compile(r"行[动业政列]"),
}
# 人数, 名称, 所占 on the next line are the headings of a table
_HEADINGS = tuple("数均称占别额量比率人体性")
# 台次, 车次, 件次: how often each was used or seen
_COUNTED_TIMES = frozenset("台套件辆车户班校场门头张所村株座幅间队支")
_TIMES = re.compile(r"次(?![日年数月要级元席生])")
_PARTS = frozenset("省市州县区乡镇村校户人")
_OTHERWISE = re.compile(r"\(([\u4e00-\u9fff])\)")
_LONGEST = 6


def read_unit(text: str, numeral: Numeral) -> Found | None:
    """The unit behind ``numeral``, or None."""
    place = skip_gap(text, numeral.end, numeral.start)
    found = unit_at(text, place)
    if found and is_broken(text, numeral.end, place):
        # a number alone on its line is a cell: what the next line begins with is none of its
        alone = not text[text.rfind("\n", 0, numeral.start) + 1 : numeral.start].strip(" \t")
        goes_on = text[found.end : found.end + 1] in tuple("，。；")  # 已劝返⏎1915⏎人，其中
        if (alone and not goes_on) or text[found.end : found.end + 1] in _HEADINGS:
            return None
    return found


def unit_at(text: str, place: int) -> Found | None:
    """The longest unit printed at ``place``, or None.

    >>> unit_at("万人次", 1).unit.name, unit_at("3年级", 1).unit.name, unit_at("3年轻人", 1)
    ('人次', '年级', None)
    """
    known = units()
    for size in range(_LONGEST, 0, -1):
        printed = text[place : place + size]
        if len(printed) == size and printed in known and not _begins_other_word(text, place, printed):
            unit, end = known[printed], place + size
            if (
                unit.kind == "count"
                and size == 1
                and not unit.span
                and unit.name in _COUNTED_TIMES
                and _TIMES.match(text, end)
            ):
                return Found(Unit(f"{unit.name}次", "count", unit.words, span=False), end + 1)
            aside = _OTHERWISE.match(text, end) if unit.kind == "count" and unit.name not in _PARTS else None
            # 册（套） is 册, as 台（套） is 台; 人（所） says that it is unclear what was counted
            if aside and aside[1] in known and known[aside[1]].kind == "count" and aside[1] not in _PARTS:
                end = aside.end()
            return Found(unit, end)
    return None


def _begins_other_word(text: str, place: int, printed: str) -> bool:
    if printed.isascii() and printed[-1:].isalpha():
        behind = text[place + len(printed) : place + len(printed) + 1]
        return (behind.isascii() and behind.isalnum()) or behind in tuple("²³")
    other = _OTHER_WORD.get(printed)
    return bool(other and other.match(text, place))
