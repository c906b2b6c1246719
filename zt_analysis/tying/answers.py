"""Questions and their answers as one sentence: 问：营养改善计划花了多少钱？答：春季学期支出28495.92万元.

A question that names a figure says of what the first sentence of the answer speaks. Where all of it is understood, its
question words are looked past; where it is not, they stay in the sentence, and the number is unproven.
"""

from __future__ import annotations

import re

from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import words_left
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.vocabulary import pattern

_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
ASKED = re.compile(
    r"(?:(?<=\n)|(?<![^\s。！？!?”]))(?P<who>[【\[]?(?:问|提问|记者问?|网友问?|[QＱ])\d{0,2}[】\]]?\s*[：:]\s*)"
    rf"(?P<said>(?:{_DAY}|[^\n？?。：:\d]){{2,60}})"
    r"(?P<ends>[？?。]\s*[【\[]?(?:答|回答|[AＡ])\d{0,2}[】\]]?\s*[：:]\s*)"
)
DAY = re.compile(rf"(?:截[至止]到?)?{_DAY}[，,]?")


def answered(text: str, case: Case) -> str:
    """``text``, as long as it is, with each question a part of the sentence that answers it."""
    if "答" not in text and "A" not in text and "Ａ" not in text:
        return text
    return ASKED.sub(lambda one: _asked(one, case), text)


def _asked(found: re.Match[str], case: Case) -> str:
    said, ends = found["said"], found["ends"]
    if not any(word in said for word in case.figure_words):  # 县与县之间差别大吗: the answer says of what
        return found[0]
    if not words_left(DAY.sub("", said), case.parts, case.names, "asking"):
        said = pattern("asking").sub(lambda one: HIDDEN * len(one[0]), said)
    return f"{HIDDEN * len(found['who'])}{said}，{HIDDEN * (len(ends) - 1)}"
