"""Values of the base date in the turn of the levels before them: 0.06%和1.59%，较9月20日的0.09%、1.91%均有下降."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY
from zt_analysis.tying.grown import is_base, is_understood
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.meaning import Meaning

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

LEAST = 2
BASE = re.compile(
    rf"(?:^|[，,；;])\s*(?:分别|均|都|而|且|各)*(?:(?:较|比|与|同)(?P<than>{DAY})时?的?|(?P<on>{DAY})时?(?:分别|依次)?(?:为|是))$"
)


def base_in_turn(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """The figure of the base date that a number of a list is, by the level of its turn; None of any other number.

    Args:
        known: what the numbers before it were read as.
    """
    turn, size = context.run
    starts = mention.start - len(context.before) + context.run_starts
    said = BASE.search(context.before, 0, context.run_starts) if size >= LEAST else None
    if said is None:
        return None
    inside = [one for one in sentences.inside(mention) if one.start < starts and one.role == "figure"]
    then = "than" if said["than"] else "on"
    if not is_base(said[then], inside, mention.start - len(context.before) + said.start(then), case):
        return None
    before = [one for one in inside if one.kind in ("count", "rate", "money")]
    levels = [known[one.start].wanted for one in before[-size:] if one.start in known]
    # which of more levels they are of nobody says
    fitting = len(before) == len(levels) == size and all(len(one) == 1 for one in levels)
    (wanted,) = levels[turn] if fitting else (None,)
    if wanted is None or not find(wanted.indicator).has_base or wanted.period != case.paper.period:
        return Meaning(reason=filled("tie_other_words", words=said[0].strip("，,；; ")))
    tail = CLAUSE_END.split(context.plain_rest, maxsplit=1)[0]
    why = is_understood(mention, replace(context, plain_after=tail), wanted, case, len(context.before) - said.start())
    return why or Meaning((replace(wanted, period=wanted.period.at(wanted.period.base_on)),))
