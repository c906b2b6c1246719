"""A label of a series, taken apart: its name, and the unit in which its cells are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from zt_analysis.numbers.units import units
from zt_analysis.submissions.cells import tidy
from zt_analysis.submissions.units import PREFIXES, UNITS, split_unit

# what bureaus count in besides the units that every office has
BESIDES = (
    *("平方米", "平方公里", "公里", "千米", "米", "吨", "公斤", "亩", "公顷", "册", "台", "套", "间", "张", "处", "座"),
    *("辆", "件", "份", "班", "片", "本", "项", "门", "家", "场", "次", "例", "岁", "年"),
)
# units by their keys: the engine's own, and those that a proposed office declares
KNOWN = {"人": "persons", "名": "persons", "户": "households", "所": "schools"}
FURTHER = {
    "平方米": "square_metres", "立方米": "cubic_metres", "公里": "kilometres", "公顷": "hectares", "吨": "tonnes",
    "亩": "mu", "册": "volumes", "千瓦时": "kilowatt_hours", "个": "pieces", "": "pieces", "人次": "person_times",
}  # fmt: skip


@cache
def counted() -> frozenset[str]:
    """What is counted: of those above, and of the units that texts are read with (立方米, 公顷)."""
    return frozenset(BESIDES) | {one for one, unit in units().items() if unit.kind == "count" and not unit.span}


AT_THE_END = re.compile(r"(.*?)\s*\(([^()]{1,6})\)")

# schools of a stage: 小学校数 counts 小学, 初中学校数 counts 学校
SCHOOLS = re.compile(r".*(?:小学|大学)|(?:.*[^高初])?中学")


@dataclass(frozen=True)
class Label:
    """A label.

    Attributes:
        text: without its unit; unit: of its cells; own: whether the label states it itself.
        supposed: whether nothing states the unit, and the decimals of the values let it be supposed.
    """

    text: str
    unit: str
    own: bool
    supposed: bool = False

    @property
    def noun(self) -> str:
        """The unit without what multiplies it: 人 of 万人."""
        return self.unit.removeprefix(_prefix(self.unit))

    @property
    def times(self) -> int:
        """How many ones a cell counts: 10000 in 万人."""
        return PREFIXES.get(_prefix(self.unit), 1)

    @property
    def whole(self) -> str:
        """The label with its unit."""
        return f"{self.text} ({self.unit})" if self.unit else self.text


def label_of(said: str, unit: str) -> Label:
    """The label that a cell or a file's name says; ``unit`` is that of cells whose label states none.

    >>> found = label_of("在校学生数 (万人) ", "")
    >>> found.text, found.unit, label_of("图书(万册)", "万人").noun, label_of("师生比(教师=1)", "").unit
    ('在校学生数', '万人', '册', '')
    """
    text = tidy(said)
    name, own = split_unit(text)
    if own:
        return Label(name, own, True)
    found = AT_THE_END.fullmatch(unicodedata.normalize("NFKC", text))
    if found and found[2].removeprefix(_prefix(found[2])) in counted():
        return Label(found[1], found[2], True)
    return Label(text, unit, False)


def counted_in(header: str, word: str) -> str:
    """What a header counts: 学生 of 学生人数; of 学校数 and 用户数 all but 数, as 学 and 用 are no names.

    >>> [counted_in(*of) for of in (("学生人数", "人数"), ("学校数", "校数"), ("小学校数", "校数"), ("农户数", "户数"))]
    ['学生', '学校', '小学', '农户']
    """
    left = header.removesuffix(word)
    if not left or word[-1] != "数":
        return left or header
    whole = word == "户数" or (word == "校数" and left[-1] == "学" and not SCHOOLS.fullmatch(left)) or len(left) == 1
    return header[:-1] if whole else left


def _prefix(unit: str) -> str:
    found = next((one for one in PREFIXES if unit.startswith(one)), "")
    return found if unit.removeprefix(found) in {*UNITS, *counted()} else ""
