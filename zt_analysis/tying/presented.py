"""Clauses that only present the numbers behind them: 督查组查阅台账：, 财务科汇总，, 来信所问一事，现答复如下：.

Who presents, to whom, on what occasion, out of which papers: each word is of a closed kind (``speaker``, ``source``,
``checked``, ``speaks``, ``label``, ``presents``, ``presented``), and one of them says that something is presented. A
clause with any other word in it - a plan, a doubt, another year, a place that is none of the tables - presents nothing.
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.tying import higher
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import RUN
from zt_analysis.tying.divisions import where
from zt_analysis.tying.headings import DAY
from zt_analysis.tying.time_words import TERMS
from zt_analysis.tying.vocabulary import pattern, together

# what says that something is presented
TELLS = ("source", "checked", "speaks", "presents")
OF = ("speaker", "rank", "office_field", "label_of", "label", "presented")
TAKEN_BACK = ("about", "verdict", "untrue", "doubt", "defect", "negation", "plan", "plan_clause", "awaited")
LONGEST = 30
# what others write, ask or propose is only what an answer is about
ASKED = re.compile("来[信函电访]|您|贵[局单处]|反映|提出|询问|咨询|所[提问询]|代表|委员|提问|提案|建议|议案")
ANSWERED = re.compile("答复|回复|函复|(?:问题|事项|一事|之事|事宜)$")

# 我县（东川县）: which it is, its bracket says
OURS = re.compile(r"[我本][县区](?=[（(])")


def is_presented(said: str, case: Case) -> bool:
    """Whether a clause before a number does no more than present it; the places of the tables in it stay its place."""
    if len(said) > LONGEST or higher.SAYS.match(said):
        return False
    plain = said = OURS.sub("", said)
    for one in reversed(case.parts.named(said)):
        if one.dimension != "whole" and not (one.counted and one.dimension in case.parts.places):
            return False
        plain = f"{plain[: one.start]}，{plain[one.end :]}"
    if where(plain):
        return False
    for known in (DAY, TERMS):
        plain = known.sub("，", plain)
    if any(pattern(kind).search(_undone(plain)) for kind in TAKEN_BACK):
        return False
    if ASKED.search(said) and not ANSWERED.search(said):  # 来信反映的情况：, 代表所提，: it is theirs
        return False
    told = any(len(one[0]) > 1 for one in together(*TELLS).finditer(plain))
    return told and RUN.search(together(*TELLS, *OF).sub(_mark, plain)) is None


def _undone(said: str) -> str:
    """来信所问问题 takes nothing back: words of presenting are looked past."""
    return together("presents", "presented", "label").sub(lambda one: _mark(one) if len(one[0]) > 1 else one[0], said)


def _mark(found: re.Match[str]) -> str:
    return "，" * len(found[0])
