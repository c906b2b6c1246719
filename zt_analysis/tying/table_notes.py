"""What the note under a table says of a cell, and what its caption names only in short.

A note is about every cell, unless it opens with the name of some rows or columns: then it is about those. That what
is counted is mostly of some kind (主要为), or holds every member of a division, changes no number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

import zt_analysis.expressions as re
from zt_analysis.documents.tables import MARKS, Table
from zt_analysis.tying.part_words import all_named
from zt_analysis.tying.parts import Parts
from zt_analysis.tying.time_words import DAY
from zt_analysis.tying.vocabulary import pattern

SENTENCES = re.compile(r"[。；;]")
# words by which a sentence is about more than it names
ALL = re.compile(
    r"其余|其他|其它|本表|此表|上表|各|均|都|皆|以上|上述|全部|所有|表[中内]|指标|数据|数字|统计|口径|合计|同上|亦|也|同样|一样"
)
HOLDS = re.compile(r"(?:[包内]?含|包括|包含|涵盖|覆盖)(?=[^，,。；;]{2,})")
MOSTLY = re.compile(
    r"(?:对象|学生|儿童|群体|人群)主要(?:为|是|系)[^，,、。；;]{2,20}的?(?:学生|儿童|少年|孩子)(?=$|[，,。；;）)])"
)
NARROWS = ("doubt", "negation", "defect", "plan", "plan_clause", "others", "untrue")
LESS = re.compile(r"[未不没无非除仅只拟应将曾原旧]|上[年月期周]|去年|往年|重复|外[省市县地]|省|州|预|估|计划|目标")
LISTED = re.compile(r"[、和与及]([^\s、，,。；;：:（）()和与及]{1,6})")
PAIR = 2
# ①, *: which cells a note is of say their marks
OF_MARKS = re.compile(r"\s*((?:[①-⑳*＊†‡※¹²³⁴-⁹][、，,\s]*)+)[：:]?\s*")
LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])\s*")
# “—”表示未统计: of cells that hold no number
OF_SIGNS = re.compile(
    r"\s*(?:表[中内]|其中)?[“\"‘']?(?:[-—–/…·]+|空[白格]|[斜横划短]{1,2}[杠线])(?:处|项|栏)?[”\"’']?\s*(?:均|都)?(?:表示|代表|意为|指|为|是)[^，,。；;]*"
)
ROUNDED = re.compile(
    r"\s*(?:表[中内])?(?:部分|个别|有的)?(?:数据|数字|合计数?|分项|比例|占比|比重)?(?:因|由于)?(?:小数[点位]*)?(?:因|由于)?(?:四舍五入|小数取舍|单位取舍)(?:的?(?:原因|关系|处理|影响))?[，,]?"
    r"[^，,。；;]{0,16}?(?:不[一完]?[全定]?(?:相?等|一致|吻合|等于100%)|误差|出入|差异|未作机械调整)[^，,。；;]{0,8}"
)
# 9月20日为基数日: which of the columns is the base
BASE_DAY = re.compile(rf"{DAY.pattern}[为是系](?:基[数准]日|基期|对[照比]日|期初|起始日)(?=$|[，,。；;])")
# 失辍学率的分母为824000人, 以全市失辍学4717人为分母: told of the table, by numbers of their own
NUMBER = r"\d[\d,.]*\s*(?:万?[人名户件元]|亿元|[%％])"
OF_DIVISOR = re.compile(
    rf"(?:(?:[一-龥]{{0,6}}率|占?比[重例]?|占比)的?)?(?:[分母基数]{{2}}(?:均|都)?[为是]|以(?=[^，,。；;]{{0,12}}{NUMBER}[为作]分母)){NUMBER}?"
    r"|(?<=[人名])[为作]分母"
)
DIGIT, CLAUSES = re.compile(r"\d"), re.compile(r"[。；;，,]")
IS = re.compile(r"(?:[为是系属均都皆限仅只]|全部|全是)$")
STATED = re.compile(
    rf"{NUMBER}|(?:十?[一两二三四五六七八九十]|\d{{1,2}})个?(?=(?:县|区)(?!长)|市(?=区|、)|地(?![区方]))"
)
# by which a number of the note makes those of the table others
CHANGES = re.compile(
    r"[含除剔扣另不未非无每按折约乘减加组]|(?<![合共总统])计|其他|其余|包括|重复|合并|单位|以上|以下|以内|超过"
)


def without_base_day(note: str, base: date) -> str:
    """A note without that the base is the day it is."""

    def said(found: re.Match[str]) -> str:
        named = (int(found["year"] or base.year), int(found["month"]), int(found["day"]))
        return "" if named == (base.year, base.month, base.day) else found[0]

    return BASE_DAY.sub(said, note)


def without_statements(note: str, figure_words: Sequence[str]) -> str:
    """A note without the numbers of sentences that state figures of their own, which are judged there.

    全市劝返复学合计1915人 says nothing of a cell; of one that the note makes another (含外省120人) it stays whole.
    """
    return "。".join(_without_numbers(one, figure_words) for one in note.split("。"))


def narrowing_part(note: str, words: str, places: Collection[tuple[str, ...]], parts: Parts) -> str:
    """The part that a clause of the note says a cell is of, where its row and column (``words``) do not: 均为初中.

    Args:
        places: the members that rows and columns of the table name.
    """
    for clause in CLAUSES.split(DAY.sub("", note)):
        named = [one for one in parts.named(clause) if one.dimension != "whole"]
        for one in named if not DIGIT.search(clause) else ():
            if one.text in words:
                continue
            if one.dimension in parts.places and not IS.search(clause, 0, one.start) and one.values in places:
                continue  # what is said of one county in a table of counties
            values = {code for other in named if other.dimension == one.dimension for code in other.values}
            if not (values and values >= all_named(one.dimension)):
                return one.text
    return ""


def _without_numbers(sentence: str, figure_words: Sequence[str]) -> str:
    plain = OF_DIVISOR.sub("", sentence)
    states = plain != sentence or (STATED.search(sentence) and any(word in sentence for word in figure_words))
    return STATED.sub("", plain) if states and not CHANGES.search(plain) else sentence


def said_of_cell(table: Table, row: int, column: int, parts: Parts) -> tuple[str, str]:
    """The sentences of the note that are about a cell, without what changes no number; and a mark without a note."""
    own = {pair for word in (*table.labels(row), *table.headings(column)) for pair in _pairs(word)}
    about = []
    said = (table.words.get((row, column), ""), *table.labels(row), *table.headings(column))
    marks = {mark for word in said if (found := MARKS.search(word)) for mark in found[0]}
    read: set[str] = set()
    for said_of in filter(None, map(str.strip, SENTENCES.split(table.note))):
        sentence = LIST_NUMBER.sub("", said_of, count=1)
        if marked := OF_MARKS.match(sentence):
            if marks & set(marked[1]):
                about.append(without_descriptions(sentence[marked.end() :], parts))
                read |= set(marked[1])
            continue
        if OF_SIGNS.fullmatch(sentence) or ROUNDED.fullmatch(sentence):
            continue
        # 资金含…: it opens with a name that rows or columns have, and names none of this cell's
        named = sentence[:PAIR] in _heads(table) and not ALL.search(sentence)
        if not named or own & set(_pairs(sentence)):
            about.append(without_descriptions(sentence, parts))
    return "。".join(about), min(marks - read, default="")


def without_listed_heads(caption: str, table: Table, figure_words: Sequence[str]) -> str:
    """The caption without what it names in short in a list, as a column is called in full: 无辍学学校、村, 无辍学村."""
    heads = {_bare(word) for (row, _), word in table.words.items() if row < table.first_row}
    heads = {one for one in heads if any(word in one for word in figure_words)}

    def in_short(found: re.Match[str]) -> str:
        return "" if any(one.endswith(found[1]) and one != found[1] for one in heads) else found[0]

    return LISTED.sub(in_short, caption)


def _bare(word: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]$", "", word)


@lru_cache(maxsize=8)
def _heads(table: Table) -> frozenset[str]:
    """The pairs of characters in the names of a table's rows and columns."""
    words = {word for spot, word in table.words.items() if not table.is_body(*spot)}
    return frozenset(pair for word in words for pair in _pairs(word))


def _pairs(word: str) -> Iterator[str]:
    yield from (word[place : place + PAIR] for place in range(len(word) - 1) if re.match(r"[一-龥]{2}", word[place:]))


def without_descriptions(sentence: str, parts: Parts) -> str:
    """A sentence without what only describes: whom is mostly counted, and a list of all that it holds."""
    found = MOSTLY.search(sentence)
    if found and not LESS.search(found[0]) and not any(pattern(kind).search(found[0]) for kind in NARROWS):
        sentence = f"{sentence[: found.start()]}，{sentence[found.end() :]}"
    if (held := HOLDS.search(sentence)) and _is_every_member(sentence[held.end() :], parts):
        return sentence[: held.start()]
    return sentence


def _is_every_member(text: str, parts: Parts) -> bool:
    """Whether a list names all values of one dimension, and nothing else."""
    named = [one for one in parts.named(text) if one.values]
    rest = text
    for one in reversed(named):
        rest = rest[: one.start] + rest[one.end :]
    rest = re.sub("教育|学生|学段|阶段", "", rest)
    if not named or len({one.dimension for one in named}) != 1 or rest.strip("、，,和与及以 等。（）()"):
        return False
    every = all_named(named[0].dimension)
    return bool(every) and {code for one in named for code in one.values} >= every
