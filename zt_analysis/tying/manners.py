"""How something was done, said before its verb: 耐心细致地, 想方设法, and 把 for the 将 of 将失辍学率降至0.57%.

An adverb changes no number that its verb states, whatever it is. It is known by 地 before what is done, or is a set
phrase (kind ``adverb``); one that could deny, doubt or narrow (重复地, 部分地, 女生主动地) is left to be read.
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.tying.case import Case
from zt_analysis.tying.divisions import where
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.other_things import threatens
from zt_analysis.tying.vocabulary import pattern

# 耐心细致地 and what is done; 各地, 因地制宜 and 易地搬迁 are none
_DONE = (
    r"(?:[为对把将给向让劝送拨发销立抽]|上门|远程|登门|下达|拨付|资助|新立|入户|实施|开展|完成|推进|落实|组织|帮助"
    r"|支出|动员)"
)
ADVERB = re.compile(rf"(?P<how>[一-龥]{{2,12}}?)(?<![各当外异实就落本山内两三属驻基场因易土田林草绿])地(?={_DONE})")
# as many characters as one adverb has, or two of them
LENGTHS = (4, 2)
# whom, what or where: 男童主动地 tells of whom a number is
OF_WHOM = re.compile(r"[生童孩娃子女男员户者民县乡镇村校班级所区市省州部分半数]")
# 将失辍学率降至0.57% says what was done, where nothing makes it a plan
DISPOSED = re.compile(
    r"(?<![即必终力确保尽要可能会争拟须须应需望])将(?=[^，,。；;\d将把要能可]{2,14}?(?:压减|压|下降|降低|降|减少|减|缩小)[至到为]\s*\d)"
)


def without_manner(text: str, case: Case) -> str:
    """``text``, as long as it is, without the adverbs that say how its numbers came about."""
    text = DISPOSED.sub("把", text)
    text = pattern("adverb", f"{{}}地?(?={_DONE})").sub(lambda one: HIDDEN * len(one[0]), text)
    return ADVERB.sub(lambda one: _without(one, case), text) if "地" in text else text


def _without(found: re.Match[str], case: Case) -> str:
    how = found["how"]
    if threatens(pattern("harmless").sub("", how)) or any(word in how for word in case.figure_words):
        return found[0]
    for length in LENGTHS:
        said = how[-length:]
        if len(said) == length and not OF_WHOM.search(said) and not where(said) and not case.parts.named(said):
            return f"{how[:-length]}{HIDDEN * (length + 1)}"
    return found[0]
