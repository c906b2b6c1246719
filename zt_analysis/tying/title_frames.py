"""What of a title only says where its text was told, by which office or to whom: a meeting, a desk, an addressee.

局长办公会纪要, 广播站晚间稿, 致校长的信: the words before the kind of text (``genre``) narrow no number, whichever they
are, where they name an occasion (``occasion``), an office (``desk``) or who is written to. Whoever has numbers of its
own (a school, a county, a town) is no such office, and no frame holds another place, a time, a doubt or a plan.
"""

from __future__ import annotations

from functools import cache

import zt_analysis.expressions as re
from zt_analysis.office import Office, current
from zt_analysis.tying.divisions import named
from zt_analysis.tying.marks import COUNTED, DATED
from zt_analysis.tying.time_words import BASE, NOW, OTHER, TERMS, WEEK
from zt_analysis.tying.vocabulary import either, pattern

_RUN = rf"[一-龥“”·、{DATED}]"
_ENDS = r"[\s：:（(）)·]*"
# 一县, 中心校, 片区: who sends in numbers of its own
OWN_NUMBERS = re.compile(
    r"(?<!各)[县乡镇村州省](?![区长])|(?<![县社校])区(?!域)|[中小]学|校(?![长友车医园外报刊])|幼儿?园|学院|片"
)
# 孤儿座谈会, 反例讲评会, 演练会: of whom or of what the numbers may be
WHOSE = re.compile(
    r"学生|儿童|孤儿|少年|幼儿|[男女高初大专新毕业]生|反[例面]|[假伪错误虚废拟]|演练|模拟|推演|[案示样]例|去年|往年"
)
DOUBTS = (
    "doubt", "defect", "untrue", "others", "negation", "negation_after", "plan", "plan_clause", "plan_title", "verdict",
    "retracts", "narrows", "elsewhere",
)  # fmt: skip
TIMES = (NOW, BASE, WEEK, TERMS, OTHER)


def framed(heading: str) -> int:
    """How many characters at the start of ``heading`` say only where, by whom or to whom its text was told."""
    found = _frame(current()).match(heading)
    return found.end("frame") if found and not _says_more(found["frame"]) else 0


def _says_more(frame: str) -> bool:
    if COUNTED in frame or any(one.search(frame) for one in (OWN_NUMBERS, WHOSE)) or next(iter(named(frame)), None):
        return True
    return any(one.search(frame) for one in (*TIMES, *map(pattern, DOUBTS)))


@cache
def _frame(office: Office) -> re.Pattern[str]:
    genre, occasion, desk = (either(kind) for kind in ("genre", "occasion", "desk"))
    # 协作函复, 培训讲义: of which kind a text is, and what it is about in a word of headings
    genre = rf"(?=(?:{either('label_of', 'heading')}){{0,2}}(?:{genre}){_ENDS}(?:$|[：:（(]))"
    # genre once: it is long, and Python compiles it each time it is written
    told = rf"(?:{_RUN}{{0,14}}?(?:{occasion})(?:[上中]|期间)?|{_RUN}{{0,10}}?(?:{desk}))的?{genre}"
    letter = rf"(?=(?:一封|公开|慰问|感谢|表扬|回)?(?:信|函|短信|邮件|便条|留言|答复|复函|回复){_ENDS}$)"
    # 给全市教研员的一封信: what opens it may have been taken for how a heading is numbered
    to = rf"(?:{_RUN}{{0,10}}?(?:写?给|致|答复?|告)|(?=各位|{DATED})){_RUN}{{1,12}}?的?{letter}"
    replied = rf"(?=(?:回复|答复|复函|办理){_ENDS}$)"
    asked = rf"{_RUN}{{0,10}}?(?:来信|来电|来函|来访|留言|建议|提案|提问|咨询|反映)的?{replied}"
    return re.compile(rf"\s*(?P<frame>{told}|{to}|{asked})")
