"""Lists that say how long they are, numbers that say what comes next, and the captions of figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zt_analysis.numbers import Mention
from zt_analysis.proof.growth import printed
from zt_analysis.proof.result import Finding, Quantity, Sentence

# 涉及全部11个县 lists nothing
AND = r"(?:、|和|与|以及|(?<![涉惠普])及)"
SEPARATOR = re.compile(AND)
NAMES = rf"[^，,；;。：:（(）)\d、和与及]{{1,16}}(?:{AND}[^，,；;。：:（(）)\d、和与及]{{1,16}})+"
BEFORE = re.compile(rf"(?P<names>{NAMES})$")
BEHIND = re.compile(
    rf"^[一-鿿]{{0,6}}?(?:[（(]|[：:]|，?(?P<loose>包括|含)|，?(?:分别[为是]|即|依次[为是]))(?P<names>{NAMES})(?P<after>[）)。；;，,]|$)"
)
# words behind a number that say that things are counted one by one
THINGS = re.compile(r"^(?:县|区|市|乡|镇|街道|省|州|村|学段|方面|部门|单位|环节|阶段|学科|类|项|所|学校|校|大|种|年级)")
UNITS = (
    "个",
    "类",
    "项",
    "种",
    "县",
    "区",
    "市",
    "乡",
    "镇",
    "省",
    "所",
    "大",
    "门",
    "家",
    "县区",
    "县市",
    "部门",
    "方面",
    "校",
    "名",
    "人",
    "位",
)
MOST = 60
SYNONYMS = ("街道", "社区", "办事处", "单位", "农场", "园区")
PARTLY = re.compile(r"含|包括|其中|如|不|除|原|主要")
NO_NAME = re.compile(
    r"(?:的|了|在|有|对|共|由|和|将|已|各|按|给|向|完成|召开|开展|建成|新建|获|分|设|设立|落实|涉及|覆盖|举办)$"
)
LONGEST = 300
FORMS = (
    ("chapter", re.compile(r"^[一二三四五六七八九十]+$"), "、"),
    ("is", re.compile(r"^[一二三四五六七八九十]+(?:是|要)$"), ""),
    ("bracket", re.compile(r"^[（(][一二三四五六七八九十]+[）)]$"), ""),
    ("digit", re.compile(r"^\d{1,2}$"), ".．、"),
    ("digit-bracket", re.compile(r"^[（(]\d{1,2}[）)]$"), ""),
    ("circled", re.compile(r"^[①-⑳]$"), ""),
    ("first", re.compile(r"^第[一二三四五六七八九十]+$"), "，,、是"),
)
DIGIT = re.compile(r"\d+")
HANZI = re.compile(r"[一二三四五六七八九十]+")
DIGITS = "〇一二三四五六七八九"
LAST_WRITTEN = 99
CAPTION = re.compile(
    r"^[\s*#]*(?P<kind>[图表])\s?(?P<number>\d{1,3})(?![\d.\-—年月个张])(?P<title>[^。\n]{0,60})$", re.MULTILINE
)
REFERENCE = re.compile(
    r"(?:见|如|参见|详见|[图表]\s?\d{1,3}[、和与及])(?P<kind>[图表])\s?(?P<number>\d{1,3})(?![\d.\-—])"
    r"|(?P<kind2>[图表])\s?(?P<number2>\d{1,3})(?=所列|所示|显示|中)"
)


def list_findings(sentence: Sentence) -> Iterator[Finding]:
    """东河区、南湖县、北山县3个县区: as many names as the number says."""
    text = sentence.text
    for one in sentence.quantities:
        if not _small(one):
            continue
        wanted = int(one.interval.low)
        behind = BEHIND.match(re.sub(r"\s", "", text[one.end - sentence.start :][:LONGEST]))
        etc = one.lead.endswith("等")
        before = BEFORE.search(one.lead.removesuffix("等"))
        if behind and "等" not in behind["names"] and _is_list(_names(behind["names"])):
            yield from _counted(one, _names(behind["names"]), wanted, may_be_fewer=bool(behind["loose"]))
        elif before and (etc or (_counts_things(one) and _alike(_names(before["names"])))):
            yield from _counted(one, _names(before["names"]), wanted, may_be_fewer=etc)


def _counts_things(one: Quantity) -> bool:
    return bool(THINGS.match(one.tail)) or one.unit in ("县", "县区", "区", "乡", "镇", "方面", "类", "项")


def _is_list(names: Sequence[str]) -> bool:
    """Whether names in brackets are a list, not other words for the noun: 县（市、区）, or a part of it."""
    return min(map(len, names)) > 1 and names[0] not in SYNONYMS and not PARTLY.match(names[0])


def _alike(names: Sequence[str]) -> bool:
    """Whether the words before a number end as a list does; a verb or 的 behind it makes them something else."""
    later = names[1:]
    same = len({len(one) for one in later}) == 1 or len({one[-1] for one in names}) == 1
    return same and not NO_NAME.search(later[-1])


def _small(one: Quantity) -> bool:
    mention = one.mention
    return (
        mention.kind == "count" and mention.qualifier == "exact" and isinstance(mention.value, Decimal)
        and mention.step == 1 and 2 <= mention.value <= MOST and (one.unit in UNITS)
    )  # fmt: skip


def _names(words: str) -> list[str]:
    return [one for one in SEPARATOR.split(words) if one]


def _counted(one: Quantity, names: Sequence[str], wanted: int, *, may_be_fewer: bool) -> Iterator[Finding]:
    if len(names) == wanted or len(names) > wanted or not may_be_fewer:
        holds = len(names) == wanted
        yield Finding("list", holds, ((one.start, one.end),), printed(one), str(len(names)), _more(wanted - len(names)))


def _more(gap: int) -> str:
    return "" if not gap else f"{'+' if gap > 0 else '-'}{abs(gap)}"


def numbering_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """一、三、 without 二、; 三是 without 二是; what restarts at one is another list."""
    opened: list[tuple[str, int]] = []
    for one in mentions:
        form = _form(text, one)
        if form is None or not isinstance(one.value, Decimal):
            continue
        value = int(one.value)
        known = next((i for i, (name, _) in enumerate(opened) if name == form), None)
        if known is None:
            opened.append((form, value))
            continue
        last = opened[known][1]
        opened = [*opened[:known], (form, value)]
        if value != 1:
            holds = value == last + 1
            span = (one.start, one.end)
            yield Finding("numbering", holds, (span,), one.surface, _written(last + 1, one.surface), "", span)


def _written(value: int, like: str) -> str:
    """``value`` the way ``like`` is written: 三是 for 3 beside 四是.

    >>> _written(3, "四是"), _written(12, "（十三）"), _written(3, "4")
    ('三是', '（十二）', '3')
    """
    if DIGIT.search(like):
        return DIGIT.sub(str(value), like, count=1)
    if not HANZI.search(like) or value > LAST_WRITTEN:
        return str(value)
    tens, ones = divmod(value, 10)
    words = ("" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")
    return HANZI.sub(words, like, count=1)


def _form(text: str, one: Mention) -> str | None:
    """The way a list number is written, if it stands where a list item begins."""
    if one.role != "enumerator":
        return None
    surface = re.sub(r"\s", "", one.surface)
    for name, pattern, after in FORMS:
        if pattern.match(surface) and (not after or text[one.end : one.end + 1] in tuple(after)):
            starts_line = not text[text.rfind("\n", 0, one.start) + 1 : one.start].strip()
            inline = name in ("digit-bracket", "bracket") and text[one.start - 1 : one.start] in tuple("；;：:")
            if name in ("is", "circled", "first") or starts_line or inline:
                return name
    return None


def caption_findings(text: str) -> Iterator[Finding]:
    """Figures and tables numbered one after the other, and references to one that is not there."""
    last: dict[str, int] = {}
    titles: dict[tuple[str, int], str] = {}
    for found in CAPTION.finditer(text):
        kind, number, title = found["kind"], int(found["number"]), found["title"].strip("*_ ：:")
        if titles.get((kind, number)) == title:
            continue
        if kind in last:
            span = found.start("number"), found.end("number")
            yield Finding(
                "numbering", number == last[kind] + 1, (span,), f"{kind}{number}", f"{kind}{last[kind] + 1}", "", span
            )
        last[kind], titles[kind, number] = number, title
    most = {kind: max(number for each, number in titles if each == kind) for kind in last}
    for found in REFERENCE.finditer(text):
        group = "" if found["kind"] else "2"
        kind, number = found[f"kind{group}"], int(found[f"number{group}"])
        if kind in last and number > most[kind]:
            span = found.span(f"number{group}")
            yield Finding(
                "numbering",
                False,
                (span,),
                f"{kind}{number}",
                f"≤ {kind}{most[kind]}",
                "",
                span,
            )
