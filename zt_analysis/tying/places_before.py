"""Sums over the places whose numbers stand before: 甲县、乙县支出分别为A、B，合计C，受益学生合计D人."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.meaning import Meaning, fitting

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

TOTAL = re.compile(r"(?:合计|共计|总计|一共|总共|共)[为达有是]*$")
LEAST = 2


def over_those_before(
    meant: Meaning | None, mention: Mention, context: Context, sentences: Sentences, known: Mapping[int, Reading],
    case: Case,
) -> Meaning | None:  # fmt: skip
    """``meant``, or the sum over the places before a number that it is said to be the total of.

    Behind a semicolon it may be the whole's as well.
    """
    wanted = meant.wanted[0] if meant and len(meant.wanted) == 1 else None
    if meant is None or wanted is None or wanted.scope or isinstance(find(wanted.indicator), View):
        return meant
    said = context.stretch.strip("）) ")
    if not TOTAL.search(context.clause_before) or case.parts.named(said):
        return meant
    before = [known[one.start] for one in sentences.inside(mention) if one.start < mention.start and one.start in known]
    total = _over(wanted, [one for one in before if one.wanted], case)
    if total is None:
        return meant
    return fitting((total, wanted), mention, case) if said[:1] in ("；", ";") else Meaning((total,))


def _over(wanted: Wanted, before: list[Reading], case: Case) -> Wanted | None:
    """The figure over the places of numbers, each of one of them; None of any others."""
    scopes = [one.wanted[0].scope for one in before if len(one.wanted) == 1]
    if len(scopes) != len(before) or any(len(one) != 1 or one[0][0] not in case.registers for one in scopes):
        return None
    members = sorted({one[0] for one in scopes})
    dimensions = {name for name, _ in members}
    if len(members) < LEAST or len(dimensions) > 1 or not dimensions <= case.dimensions(wanted.indicator):
        return None
    codes = "+".join(code for _, code in members)
    try:
        return replace(wanted, indicator=find(f'total({wanted.indicator}, {members[0][0]}="{codes}")').id)
    except InputError:  # a rate
        return None
