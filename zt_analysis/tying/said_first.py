"""What a sentence says of its subject before it counts it: 普通高中同样是工作的重点，今年春季学期…

The subject, a figure's name or a part, stays for the numbers behind it. What is said of it - that it matters (kind
``point``), that some work on it fares well - is blanked, as long as it is, where nothing in it may reach a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.office import Office, current
from zt_analysis.tying.asked import before_numbers
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.other_things import threatens
from zt_analysis.tying.vocabulary import either, pattern

_KEPT = r"(?:同样|也|始终|一直|历来|仍然?|依然|确实|更|就|都|既)*"
SHORTEST = 2
# 东川县资金盘子小, 西平区学生基数大: why its number is what it is
SIZED = re.compile(
    r"(?:资金|经费|学生|学龄人口|人口|在校生)?(?:盘子|体量|总量|规模|基数|底子|家底)(?:本来|原本|相对|比较|较|很|最)?就?[小大薄弱少多]"
)
MONEY = re.compile("资金|经费")


def without_praise(text: str, mentions: Sequence[Mention], case: Case) -> str:
    """``text``, as long as it is, with what its sentences say of their subjects before they count blanked."""
    return before_numbers(text, mentions, lambda sentence, number: _subject_alone(sentence, number, case))


def _subject_alone(sentence: str, number: int, case: Case) -> str:
    at = 0
    while mark := CLAUSE_END.search(sentence, at, number):
        said = sentence[at : mark.start()]
        subject = _subject(said, case) if mark[0] in "，," else 0
        if subject and _is_praise(said[subject:], case):
            kept = MONEY.match(said, subject)  # 受助学生资金保障到位: whose money it is stays in the name
            kept_to = kept.end() if kept else subject
            return sentence[: at + kept_to] + " " * (len(said) - kept_to) + sentence[mark.start() :]
        at = mark.end()
    return sentence


def _subject(said: str, case: Case) -> int:
    """Where the name of a figure or of a part ends that a clause opens with; 0 where it opens with none."""
    begins = len(said) - len(said.lstrip())
    named = [one.end for one in case.parts.named(said) if one.start == begins and one.values]
    names = [begins + len(one) for one in case.names if len(one) >= SHORTEST and said.startswith(one, begins)]
    return max((*named, *names), default=0)


def _is_praise(rest: str, case: Case) -> bool:
    if SIZED.fullmatch(rest):
        return True
    form = _matters(current()).fullmatch(rest) or _fares(current()).fullmatch(rest)
    if form is None or any(one.dimension != "whole" for one in case.parts.named(rest)):
        return False
    plain = pattern("harmless").sub(lambda one: "善" * len(one[0]), form["of"])
    return not threatens(plain) and not any(word in rest for word in case.figure_words if len(word) > SHORTEST)


@cache
def _matters(office: Office) -> re.Pattern[str]:
    point = either("point")
    return re.compile(rf"{_KEPT}(?:是|成为)(?P<of>[一-龥]{{0,14}}?)的?(?:{point}|工程|政策|项目|工作)(?:之一|所在)?")


@cache
def _fares(office: Office) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<of>(?:资金|工作|进展|拨付|使用|发放|覆盖|质量|任务|管理|秩序|实施|推进|执行|落实|、|和|与|的){{1,6}})"
        rf"(?:总体|整体|基本|普遍|较为|较|比较|十分|非常|很|更加|都|均|已|也|逐步|持续|全面|进一步)*(?:{either('fares')})+"
    )
