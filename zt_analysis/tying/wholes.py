"""The number of which another is a part: what 其中, 含 and 学生中 hang on."""

from __future__ import annotations

import re

from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import COUNTED
from zt_analysis.tying.matching import is_change
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import family_of_mention

OF_THEM = re.compile(rf"{COUNTED}(?P<them>(?:学生|儿童|少年)*[当之]?中[，,])")
WITHIN = re.compile(r"[，,（(]\s*(?P<within>(?:内)?含|包括|包含)(?![^，,。；;]*[）)])")
CLAUSE_STOP = re.compile(r"[；;]")


def wholes_of(mention: Mention, context: Context, case: Case) -> tuple[Mention, ...]:
    """The number that 其中 makes this one a part of, where nothing after 其中 names another figure.

    Two where that is a change: 失辍学4717人，比9月20日减少1048人，其中小学329人 is of the level or of the change.
    """
    listed = max(context.before.rfind("其中"), _place_among(context), _place_within(context))
    since = context.before[listed:] + context.near_after.split("、")[0]
    if listed < 0 or any(word in since for word in case.figure_words):
        return ()
    # 其中初中4388人，比9月20日减少884人: how a part has moved is none of what the whole counts
    if is_change(mention, context):
        return ()
    begins = mention.start - len(context.before)
    wholes = [one for one in context.earlier if one.start - begins < listed]
    # 增长88.8%，其中: how much it has grown has no parts of persons
    while wholes and wholes[-1].kind == "change" and family_of_mention(wholes[-1]) != family_of_mention(mention):
        wholes.pop()
    same = bool(wholes) and family_of_mention(wholes[-1]) == family_of_mention(mention)
    if not same or CLAUSE_STOP.search(context.before, listed):
        return ()
    levels = [one for one in wholes if one.kind != "change" and family_of_mention(one) == family_of_mention(mention)]
    return tuple(dict.fromkeys((levels[-1], wholes[-1]))) if levels else (wholes[-1],)


def _place_within(context: Context) -> int:
    """Where 含 of 823人，含小学260人 stands; -1 where nothing does."""
    found = [*WITHIN.finditer(context.before)]
    return found[-1].start("within") if found else -1


def _place_among(context: Context) -> int:
    """Where 学生中， of 1915名学生中， stands, which says 其中 of the number before it; -1 where nothing does."""
    found = [*OF_THEM.finditer(context.plain_before)]
    return found[-1].start("them") if found else -1


def same_kind(mention: Mention, context: Context) -> bool:
    """Whether the number before is of the same family of units."""
    return context.last is not None and family_of_mention(context.last) == family_of_mention(mention)
