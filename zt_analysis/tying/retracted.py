"""Lines at any distance after a number that take it back: 状态：未审核 会后核对，人数并非如此。 签发意见：退回重写。

The sentence after a number is read word by word (``pointing``); further on a text is about other things, and only what
speaks of the text or its data as unfit (kind ``retracts``) reaches back. What must not be done (严禁虚报瞒报), or is
done about such cases, says of no number that it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.shown import is_stated
from zt_analysis.tying.vocabulary import pattern

# 要防止漏报、对虚报的严肃追责, 如有误报
RULE = re.compile(
    r"严禁|禁止|防止|杜绝|避免|谨防|严防|不[得准许能可]|如[有遇果]|若|凡是?|一经|一律|严肃|坚决|必须|要[^求]|确保|排查|核查|整治|纠正|查处|对[^，。；]{2,20}的$"
    r"|没有(?:出现|发生|发现)|未(?:出现|发生|发现)|无(?:一|虚|误|漏|错)"
)
# 将于明年3月上线, 自2019年1月起实施
BEGINS = re.compile(
    r"(?:将[于在]|拟于|计划于|定于|自|从)(?=[^，。；]{0,12}(?:明年|下学期|下月|下半年|(?P<year>20\d\d)年))[^，。；]{2,16}?"
    r"(?:上线|启动|实施|开始|开通|开展|试行|运行|投用|启用)"
)


class Retracted:
    """The lines of a text that take back what stands before them."""

    def __init__(self, sentences: Sentences, mentions: Sequence[Mention], case: Case) -> None:
        self._sentences, self._mentions, self._case = sentences, mentions, case

    def why(self, mention: Mention) -> Meaning | None:
        """Why a later line leaves ``mention`` unproven; None where none does."""
        here = self._sentences.position(mention.start)
        words = next((words for position, words in self._lines if position > here), "")
        return Meaning(reason=filled("tie_pointed", words=words)) if words else None

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Where a sentence without a number of its own takes back, the last first, and by which words."""
        stating = {self._sentences.position(one.start) for one in self._mentions if is_stated(one)}
        found = []
        for position in range(len(self._sentences) - 1, 0, -1):
            text = self._sentences.sentence(position)
            if position not in stating and (words := _taken_back(text) or self._begins_later(text)):
                found.append((position, words))
        return found

    def _begins_later(self, text: str) -> str:
        """远程送教平台将于明年3月上线: what was counted had not begun."""
        begins = BEGINS.search(text)
        if begins is None or not any(word in text[: begins.start()] for word in self._case.figure_words):
            return ""
        now = self._case.paper.period.as_of.year
        year = int(begins["year"]) if begins["year"] else now + 1
        return begins[0] if year > now else ""


def _taken_back(text: str) -> str:
    for clause in CLAUSE_END.split(text):
        found = pattern("retracts").search(clause)
        if found and not RULE.search(clause):
            return found[0]
    return ""
