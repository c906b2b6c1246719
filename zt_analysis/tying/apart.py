"""Sentences of which a person has said that they are of another thing: they say nothing of the numbers beside them.

What stands beside a number is read word by word, since it may say what the number is. Who has read both may say that a
sentence does not (``confirmed``, ``apart``); it is passed over wherever all of it stands again, blanks aside.
One that states a number, points at numbers or takes them back cannot be said to be of another thing.
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.numbers import read_numbers
from zt_analysis.tying import pointers
from zt_analysis.tying.confirmed import confirmed_sentences
from zt_analysis.tying.divisions import headed, where
from zt_analysis.tying.noted import LABEL
from zt_analysis.tying.shown import HALVED, is_stated
from zt_analysis.tying.time_words import OTHER
from zt_analysis.tying.units import families_of_mention
from zt_analysis.tying.vocabulary import pattern

LEAST, LONGEST = 4, 200
# 应予更正, 打个比方, 演习而已, 网传如此
TAKES_BACK = ("verdict", "retracts", "document", "defect", "doubt", "untrue", "leads")
# 下面这段请删去, 情况如下
POINTED = re.compile(
    r"[以如]上|[以如]下|下[面文列述]|[上前][面文列述]|[本此该这]\s*[文稿件段]"
    r"|如前|[见附]表|[本此该上下]表(?![示态扬达现演明述])|[上前][一两几]?句"
)
# 说错了, 不是真的, 与附表不一致, 实际少得多
WRONG = re.compile(
    r"[写说打记抄填印弄搞点]错(?![开落过时失])|不是真|不(?:一致|[相吻]?符)|有出入|供参考|实际(?:上)?[只少多没不]|^有重复|[翻减]番|[乘除]以"
)
# The number is wrong.
ENGLISH = re.compile(
    r"(?i)\b(?:th(?:is|at|ese|ose)|they|them|it|above|below|figures?|numbers?|totals?|data|tables?|estimates?|errors?"
    r"|wrong|half|not|really)\b"
)
# what says when or where and no more says it of the number: （去年）。 属于昆明市。
ONLY_OF = re.compile(r"属于?|来自|截[至止]|统计|只?[是为系指的到在按以说算]|[年月日底初末前后]|[\d\W〇]")
# a table of answers cannot keep it
UNKEPT = re.compile(r"^[=+\-@]|[\x00-\x1f\x7f|]")
POINTS = (pointers.NEAR, pointers.BACK, pointers.ALL, pointers.AHEAD, pointers.OPENING, LABEL)


def one_line(sentence: str) -> str:
    """A sentence without its blanks, as it is kept and known again.

    >>> one_line(" 食堂早早 备好了热汤。 ")
    '食堂早早备好了热汤。'
    """
    return "".join(sentence.split())


def is_apart(sentence: str) -> bool:
    """Whether a person has said that this sentence is of another thing than the numbers beside it.

    A line that was written into the office's file by hand says no more than one that was asked for.
    """
    known = confirmed_sentences()
    return bool(known) and one_line(sentence) in known and not why_not_apart(sentence)


def why_not_apart(sentence: str) -> str:
    """What of a sentence speaks of numbers, whatever a person says of it; empty where nothing does."""
    said = one_line(sentence)
    if not LEAST <= len(said) <= LONGEST:
        return f"has fewer than {LEAST} or more than {LONGEST} characters"
    if UNKEPT.search(said):
        return "holds a sign that no answer may hold"
    # 一套材料 is of no unit that a figure has; 应为1920 may be of any
    counted = [one for one in read_numbers(said) if is_stated(one)]
    if any(families_of_mention(one, rate=True) or one.unit in ("", *HALVED) for one in counted):
        return "states a number"
    # the blanks of English part its words
    if any(one.match(said) for one in POINTS) or POINTED.search(said) or ENGLISH.search(sentence):
        return "points at numbers"
    if WRONG.search(said) or any(pattern(kind).search(said) for kind in TAKES_BACK):
        return "says whether numbers are right"
    return "says but when or where" if _is_only_of(said) else ""


def _is_only_of(said: str) -> bool:
    away = (where(said), headed(said), *(one[0] for one in pattern("elsewhere").finditer(said)))
    named = [one for one in (*away, *(found[0] for found in OTHER.finditer(said))) if one]
    left = said
    for one in (*named, *(found.surface for found in read_numbers(said) if found.kind == "date")):
        left = left.replace(one, "")
    return left != said and len(ONLY_OF.sub("", left)) < LEAST - 1
