"""Rules of policy and the goal of none: whose they are, before they excuse a number."""

from __future__ import annotations

import re

from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import elsewhere, left_of, of_others, without_times
from zt_analysis.tying.excuses import Excuse, constants
from zt_analysis.tying.marks import COUNTED
from zt_analysis.tying.sentences import Context

# grades, ages and the like that stand in a rule beside its number
_DIGITS = r"[\d一二三四五六七八九十]+"
COUNTED_THERE = re.compile(rf"第?\s?{_DIGITS}(?:至{_DIGITS})?(?=\s?(?:周岁|年级|小组|颗|岁|周|天|年|次))")


def rule_left(found: Excuse, mention: Mention, context: Context) -> str:
    """The first word around a number of a rule by which it may be another's: 10至12周岁的进职工高年级; or nothing.

    The rule's own words say of which stage it is, so no part is taken for known.
    """
    if found.reason_key != "reason_policy" or not mention.value:  # the goal of none: ``of_others_rule``
        return ""
    own = tuple(dict.fromkeys(word for one in constants() for group in one.words for word in group))
    said = f"{context.plain_before}{COUNTED}{context.plain_rest[: len(context.near_after)]}"
    said = COUNTED_THERE.sub(lambda one: COUNTED * len(one[0]), said)
    return next(iter(left_of(without_times(said), own, "rule", "apart")), "")


def of_others_rule(found: Excuse, mention: Mention, context: Context, case: Case) -> str:
    """The words that make a rule of policy, or the goal of none, another's: a place, teachers, a denial."""
    goal = mention.value == 0 and found.reason_key in ("reason_policy", "reason_goal")
    place = elsewhere(context.clause_before, case.parts) if found.reason_key == "reason_policy" else ""
    return place or ((of_others(context.clause_before, case.parts) or _not_counted(context, case)) if goal else "")


def _not_counted(context: Context, case: Case) -> str:
    """A part of which the figure that is named counts nobody: 高中生失辍学率."""
    clause = context.clause_before
    named = {one.indicator for one in case.phrases if all(any(w in clause for w in group) for group in one.groups)}
    return next(
        (
            one.text for one in case.parts.named(clause) for name in sorted(named)
            if one.values and one.dimension in case.dimensions(name)
            and not set(one.values) <= case.members(name, one.dimension)
        ), "",
    )  # fmt: skip
