"""Rules of policy and the goal of none: whose they are, before they excuse a number."""

from __future__ import annotations

from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import elsewhere, of_others
from zt_analysis.tying.excuses import Excuse
from zt_analysis.tying.sentences import Context


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
