"""Words that leave nothing out: men and women, public and private, doctors and masters among postgraduates."""

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
# words that make the parts less than all: 其中女骨干教师, 新增男生
NARROWER = re.compile(r"新|贫困|骨干|残疾|以上|以下|少数|部分|含|优秀|超编|临聘")
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
