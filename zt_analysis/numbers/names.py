"""Names and codes that contain numerals, and words that only look like numbers: blocks the reader does not count."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Reading
from zt_analysis.numbers.numerals import CHINESE, read_numeral, run_end
from zt_analysis.numbers.units import unit_at, units

_N = "一二两三四五六七八九十"
# before 〕 a year, behind it the number of the document: 〔2018〕5号
_DOCUMENT = r"[〔\[(【〈][12][0-9]{3}[〕\])】〉] ?第? ?[0-9]{1,5}-?[0-9]{0,3} ?号"
_CODES = (
    _DOCUMENT,
    r"(?<![A-Za-z0-9])[A-Za-z]{1,20}-?[0-9][A-Za-z0-9]{0,30}(?:[.-][A-Za-z0-9]{1,20}){0,6}",
    r"(?<![0-9.A-Za-z])[0-9]{1,6}(?:\.[0-9]{1,3})?[A-Za-z]{1,12}(?![A-Za-z/·])",
    r"(?<![0-9.])[0-9]{17}[0-9Xx](?![0-9A-Za-z])",
    r"\(0[0-9]{2,3}\) ?[0-9]{7,8}(?![0-9])|(?<![0-9.])[0-9]{3,5}(?=(?:客服|服务|咨询|举报|投诉)?(?:热线|专线))",
    r"(?<![0-9.])(?:0[0-9]{2,3}-[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4}|1[3-9][0-9]{9}(?! ?[万亿元人名户%]))(?![0-9])",
    r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,4}){2,8}(?![0-9])",
    r"(?:(?<=邮编)|(?<=邮政编码)|(?<=电话)|(?<=传真)|(?<=热线)|(?<=手机)|(?<=账号)|(?<=学号)|(?<=工号)|(?<=文号)|(?<=证书号)|(?<=学籍号)|(?<=索引号)|(?<=编号)|(?<=证号)|(?<=代码)|(?<=代号))"
    r"[: ]{0,3}[0-9][0-9-]{2,30}+(?! ?[万亿元人名户次个条部])",
    r"(?<![0-9.])(?:985|211|863|973|111|12345|12355|12315|12309|110|119|120|122)"
    r"(?=工程|[、和/及](?:985|211|120|119|122)|高校|院校|大学|计划|热线|平台|报警|电话|急救|指挥|接警|”)",
    r"(?<=[、和/及])(?:985|211)(?=工程|高校|院校|大学)",
    r"(?<![0-9.])[0-9](?:\+[A-Za-z0-9]){1,4}(?![0-9%])",
    rf"第[{_N}]{{1,3}}个五年(?:规划|计划)",
    r"(?<![0-9.])[0-9]{1,2}·[0-9]{1,2}(?![0-9])",
    r"(?<![A-Za-z])(?:GB|DB|JY|JGJ|WS|CJJ|YD|HJ)[0-9]{0,4}(?:/T)?[ :]?[0-9]{2,6}"
    r"(?:\.[0-9]{1,2})?(?:-[0-9]{4})?(?![0-9])",
    r"\([0-9]{1,2}\)(?=班(?![子主]))",
    r"双1[12](?![0-9])",
    r"(?<=附[件表录图]) ?[0-9]{1,2}(?:-[0-9]{1,2})?(?![0-9.]|[ ]?[份个件页张项])",
    r"(?<=版本)[: ]?[0-9]\.[0-9](?![0-9%])",
    r"(?:(?<=账号)|(?<=卡号)|(?<=帐号))[: ]{0,2}[0-9]{4}(?: [0-9]{4}){2,3}(?: [0-9]{1,4})?(?![0-9])",
    r"(?:ISBN|ISSN|CN|ISRC)[ :]{0,2}[0-9][0-9X-]{5,20}",
    r"[一二三]本(?=[0-9]|录取|上线|线|院校|大学|率|批|学校|及?以上|新生|在校|在读|考生|大学|招生|填报|志愿|[、，和]?[二三]本)",
    r"(?<![0-9.])[0-9]0后(?!的?[0-9])",
    r"(?<![0-9.])[0-9]\.0(?=时代|行动|版|工程|计划|”|》)",
    r"(?:(?<=[图表件栏])|(?<=[^比]例)) ?[0-9]{1,2}(?:-[0-9]{1,2})?(?=[: ，。、；)\n])",
    rf"[{_N}]免[{_N}](?:补|助|减|包)",
    r"(?:不漏|不落|不少|不让|没有|未漏|不丢|不掉)(?:下|掉)?一[个名人户校村所家]",
    r"一[个人名户生校村家所](?:[一-鿿]{1,2})?(?:都|也)?(?:不能|不会|不|没)(?:少|漏|落|掉|拉)(?:下|队)?",
    rf"(?<![{CHINESE}])一(?!对一)(?![{CHINESE}点])([\u4e00-\u9fff])一(?![所名个十百千万亿的了是在和与就])[\u4e00-\u9fff](?![0-9])",
    r"(?<![提最更抬较升拔当年月起增])[高初大][一二三四](?:年级|(?=学生|新生|毕业|班|师生|全体|[上下]学期|[至到、和起，。；)]|教师|家长|阶段))",
    rf"[{_N}]{{1,3}}届(?:[{_N}]中(?=[、和及]|全会)|历次)",
    r"[三五六九]年(?:巩固率|保留率)",
    rf"(?:九年|十二年|十五年)(?:一贯制|义务教育|制)|(?<![{_N}0-9第])[{_N}]年制",
)
_SKIPPED = (
    r"(?:星期|礼拜)[一二三四五六]",
    r"三年(?=毛?入[园学]率)",
    r"(?<![第其之分])[一二三]期(?=到位|已|投资|建设|完工|竣工)",
    r"(?<=[的要键])一年(?=[。，；])",
    rf"(?<![0-9{CHINESE}])十分(?!之|钟)",
    rf"(?<![0-9{CHINESE}])一点(?![零〇一二三四五六七八九])|一点一[滴点]",
    rf"(?<!为期)(?<!历时)(?<!连续)(?<![0-9{CHINESE}共每第约近满达前后])四周(?![内以])",
    r"一([\u4e00-\u9fff])(?:又?一\1|\1)",
    r"一个([\u4e00-\u9fff])一个\1",
    r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#:+-]{1,300}",
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){1,5}",
)
_FIGURE_AFTER_LETTERS = re.compile(r"[A-Z]{3,20}[0-9]+(?:\.[0-9]+)? ?(?:万|亿|%|元|个|倍|人|所)")
_QUOTED = re.compile(r"[“\"「『‘]([^“”\"「」『』‘’'\n0-9，。；]{1,9})[”\"」』’]")
_NUMBER_OF_DOCUMENT = re.compile(r"[〕\])】〉] ?第? ?(?P<n>[0-9]{1,5})(?=-?[0-9]{0,3} ?号)")
_TITLE = re.compile(r"《[^《》\n]{0,120}》")
_DATE = re.compile(r"[12][0-9]{3}\.[0-9]{1,2}\.[0-9]{1,2}")
_ITEM_DECIMAL = re.compile(r"[1-9][0-9]?\.[0-9]{2,}\.[0-9]{1,2}")
_NUMERAL = re.compile(rf"[0-9{CHINESE}]")
_PURE = re.compile(
    rf"(?:零|[{CHINESE}]{{1,6}}分之[{CHINESE}]{{1,6}}|[{CHINESE}]{{2,8}}|[{CHINESE}]{{1,4}}成|[{CHINESE}]{{1,6}}(?:余|多)?[所名个人户]?)"
)
# “至少三十七件” is a quantity in quotation marks, “二十条” a name; “帮扶学生三十二人” holds a quantity
_QUOTED_QUANTITY = re.compile(
    rf"(?:至少|不足|不到|不低于|不超过|超过|大约|约|近|超|逾|共有?|仅|达|为|有)?(?P<n>第?[{CHINESE}点]{{1,12}})(?P<rest>.*)"
)
_RANGED = re.compile(rf"(?:[-~至到][{CHINESE}]{{1,8}})?")
_COUNTING = re.compile(
    rf"[{CHINESE}]*[十百千万亿][{CHINESE}点]*(?=[人名户所个元])|[一二][{CHINESE}]{{3}}年[一二三四五六七八九十]{{1,2}}月"
)
_QUANTITY_ENDS = re.compile("(?:以上|以下|以内|左右|多|[一二三四五六七八九半]?(?:[至到-][一二三四五六七八九]成)?)$")
_ITEM_UNITS = tuple("万亿元%所户吨名亩天岁套人个件册台公平")


@dataclass(slots=True)
class Block:
    """A span that holds no figure; ``name`` if it is worth mentioning as a name."""

    start: int
    end: int
    name: bool


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, bool]]:
    rows = csv.DictReader(files(__package__).joinpath("names.csv").read_text(encoding="utf-8").splitlines())
    kinds = {row["word"]: row["kind"] == "name" for row in rows}
    longest_first = sorted(kinds, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), kinds


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return (*((re.compile(one), False) for one in _SKIPPED), *((re.compile(one), True) for one in _CODES))


def blocks(text: str) -> list[Block]:
    """The names, codes and look-alikes of a plain text, in order and apart from each other.

    >>> [(one.start, one.end, one.name) for one in blocks("“四包”责任制统一落实")]
    [(1, 3, True), (7, 9, False)]
    """
    found = sorted(_found(text), key=lambda one: (one.start, -one.end))
    apart: list[Block] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _found(text: str) -> Iterator[Block]:
    lexicon, kinds = _lexicon()
    for word in lexicon.finditer(text):
        if not _inside_numeral(text, word.start()) and not _is_measured(text, word, kinds[word.group()]):
            yield Block(word.start(), word.end(), kinds[word.group()])
    for pattern, name in _patterns():
        for code in pattern.finditer(text):
            if not _FIGURE_AFTER_LETTERS.match(text, code.start()) and not _is_quantity(text, code):
                start = code.end() - len(code.group().lstrip(": "))
                yield Block(start, code.end(), name)
    for quoted in _QUOTED.finditer(text):
        if (
            _NUMERAL.search(lexicon.sub(_names_only, quoted[1]))
            and not _PURE.fullmatch(quoted[1])
            and not _is_quoted_quantity(quoted[1])
        ):
            yield Block(quoted.start(1), quoted.end(1), True)


def _is_quoted_quantity(quoted: str) -> bool:
    """Whether what stands in quotation marks is a number and its unit, or a clause that counts something."""
    counted = _COUNTING.search(quoted)
    if counted and len(counted.group()) > 2:
        return True
    found = _QUOTED_QUANTITY.fullmatch(quoted)
    if not found:
        return False
    place = found.start("rest") + len((_RANGED.match(found["rest"]) or _RANGED.match("")).group())  # type: ignore[union-attr]
    place += len(quoted[place:]) - len(quoted[place:].lstrip(" "))
    unit = unit_at(quoted, place)
    if not unit or not _QUANTITY_ENDS.match(quoted, unit.end):
        return False
    ordered = found["n"][0] == "第" or unit.unit.kind in ("ordinal", "rate")
    return ordered or (len(found["n"]) > 1 and not (unit.unit.name == "条" and len(found["n"]) < 4))


def _names_only(found: re.Match[str]) -> str:
    return found.group() if _lexicon()[1][found.group()] else ""


def _inside_numeral(text: str, start: int) -> bool:
    """Whether a word's first numeral is the end of a longer one: 一定 in 十一定."""
    return text[start] in CHINESE and start > 0 and text[start - 1] in CHINESE + "0123456789点第"


def _is_measured(text: str, word: re.Match[str], name: bool) -> bool:
    """Whether a look-alike is the beginning of a measure: 三小 in 三小时, 四方 in 四方面."""
    if text[word.start()] not in CHINESE or len(word.group()) != 2:
        return False
    unit = unit_at(text, word.start() + 1)
    return unit is not None and unit.unit.words and unit.end > word.end() and (not name or unit.unit.span)


def _is_quantity(text: str, code: re.Match[str]) -> bool:
    """Measures like 20GB and dates like 2018.11.15, which look like codes."""
    printed = code.group()
    if _ITEM_DECIMAL.fullmatch(printed) and text[code.end() : code.end() + 1] in _ITEM_UNITS:
        return True  # 2.966.5亩: the second item of a list
    letters = printed.lstrip("0123456789.")
    return letters in units() if letters.isalpha() else bool(_DATE.fullmatch(printed))


def titles(text: str) -> list[tuple[int, int]]:
    """Spans of document titles 《…》, whose numbers are part of a name."""
    return [found.span() for found in _TITLE.finditer(text)]


def name_reading(text: str, block: Block) -> Reading | None:
    """A name as a mention: its value is its first numeral, where it has one that can be read."""
    numeral = _NUMERAL.search(text, block.start, block.end)
    if not block.name or not numeral:
        return None
    document = _NUMBER_OF_DOCUMENT.search(text, block.start, block.end)
    place = document.start("n") if document else numeral.start()
    printed = text[place : min(block.end, run_end(text, place))]
    # 十二五 is no one number: of what is read digit by digit the first that can be read counts
    value = next(
        filter(None, (read_numeral(printed[:size], 0) for size in range(len(printed), min(len(printed), 2) - 1, -1))),
        None,
    )
    return Reading(block.start, block.end, value.low if value else None, role="name")
