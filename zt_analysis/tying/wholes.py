"""The number of which another is a part: what 其中, 含 and 学生中 hang on."""

from __future__ import annotations

import re

from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import COUNTED
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import family_of_mention

OF_THEM = re.compile(rf"{COUNTED}(?P<them>(?:学生|儿童|少年)*[当之]?中[，,])")
WITHIN = re.compile(r"[，,（(]\s*(?P<within>(?:内)?含|包括|包含)(?![^，,。；;]*[）)])")
CLAUSE_STOP = re.compile(r"[；;]")


def whole_of(mention: Mention, context: Context, case: Case) -> Mention | None:
    """The number that 其中 makes this one a part of, where nothing after 其中 names another figure."""
    listed = max(context.before.rfind("其中"), _place_among(context), _place_within(context))
    since = context.before[listed:] + context.near_after.split("、")[0]
    if listed < 0 or any(word in since for word in case.figure_words):
        return None
    begins = mention.start - len(context.before)
    wholes = [one for one in context.earlier if one.start - begins < listed]
    same = bool(wholes) and family_of_mention(wholes[-1]) == family_of_mention(mention)
    return wholes[-1] if same and not CLAUSE_STOP.search(context.before, listed) else None


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
