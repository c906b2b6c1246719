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
from zt_analysis.tying.noted import LABEL
from zt_analysis.tying.shown import is_stated
from zt_analysis.tying.units import families_of_mention
from zt_analysis.tying.vocabulary import pattern

LEAST, LONGEST = 4, 200
TAKES_BACK = ("verdict", "retracts", "document")
# 下面这段请删去, 情况如下
POINTED = re.compile(r"[以如]上|[以如]下|下[面文列述]|[上前][面文列述]|[本此该这]\s*[文稿件段]")
POINTS = (pointers.NEAR, pointers.BACK, pointers.ALL, pointers.AHEAD, pointers.OPENING, LABEL)


def one_line(sentence: str) -> str:
    """A sentence without its blanks, as it is kept and known again.

    >>> one_line(" 食堂早早\n备好了热汤。 ")
    '食堂早早备好了热汤。'
    """
    return "".join(sentence.split())


def is_apart(sentence: str) -> bool:
    """Whether a person has said that this sentence is of another thing than the numbers beside it."""
    known = confirmed_sentences()
    return bool(known) and one_line(sentence) in known


def why_not_apart(sentence: str) -> str:
    """What of a sentence speaks of numbers, whatever a person says of it; empty where nothing does."""
    said = one_line(sentence)
    if not LEAST <= len(said) <= LONGEST:
        return f"has fewer than {LEAST} or more than {LONGEST} characters"
    # 一套材料 is of no unit that a figure has
    if any(is_stated(one) and families_of_mention(one, rate=True) for one in read_numbers(said)):
        return "states a number"
    if any(one.match(said) for one in POINTS) or POINTED.search(said):
        return "points at numbers"
    if any(pattern(kind).search(said) for kind in TAKES_BACK):
        return "says whether numbers are right"
    return ""
