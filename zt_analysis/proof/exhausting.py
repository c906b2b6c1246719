"""Words that exclude each other, and words that leave nothing out: men and women, public and private."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.result import Quantity

# words of the two parts, and what the whole must be for them to be all of it
PAIRS = (
    ("男", "女", ""),
    ("博士", "硕士", "研究生"),
    ("小学", "初中", "义务教育"),
    ("公办", "民办", ""),
    ("城镇", "农村", ""),
    ("城镇", "乡村", ""),
    ("城市", "农村", ""),
)
# of each of these a person, school or yuan is one
DISJOINT = (
    ("小学", "初中", "高中", "幼儿园", "大学", "中职"),
    ("中央", "省级", "市级", "县级"),
    *((one, other) for one, other, _ in PAIRS),
)
# words that make the parts less than all: 其中女骨干教师, 新增男生
NARROWER = re.compile(r"新|贫困|骨干|残疾|以上|以下|少数|部分|含|优秀|超编|临聘")
STATES = tuple(re.compile(rf"^[，,、](?:{words})") for words in ("已", "正在|在建|推进|实施", "未|尚未|待"))
TWO = 2


def everything(whole: Quantity, parts: Sequence[Chain]) -> bool:
    """Whether two parts are by their names all of a whole of persons: 其中男生312人，女生288人."""
    levels = [one.level for one in parts if one.level is not None]
    if len(levels) != TWO or whole.unit != "人" or any("另" in one.lead for one in levels):
        return False
    names = [one.lead + re.split(r"[^一-鿿]", one.tail)[0] for one in levels]
    about = whole.lead + whole.topic + whole.subject
    for one, other, of in PAIRS:
        for first, second in ((one, other), (other, one)):
            apart = first in names[0] and second in names[1] and second not in names[0] and first not in names[1]
            if apart and of in about:
                return not any(NARROWER.search(each) for each in names)
    return False


def disjoint(parts: Sequence[Quantity]) -> bool:
    """Whether the names of the parts exclude each other, so that together they are no more than their whole."""
    names = [(one.lead or one.subject) + re.split(r"[^一-鿿]", one.tail)[0] for one in parts]
    for words in DISJOINT:
        own = [[word for word in words if word in name] for name in names]
        if all(len(one) == 1 for one in own) and len({one[0] for one in own}) == len(own) > 1:
            return not any(NARROWER.search(each) or "另" in each for each in names)
    return False


def by_state(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are what is done, what is being done and what is not: 已完成36项，正在推进4项，未启动2项."""
    if len(parts) != len(STATES):
        return False
    return all(state.match(one.lead) for state, one in zip(STATES, parts, strict=True))
