"""A time behind the last number of a sentence that is not the paper's: 居全市首位（10月20日）."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.periods import Period
from zt_analysis.tying.marks import COUNTED
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import DAY, TERMS, compared_at, markers

YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?!来|以来|度?至|[至到])")
SINCE = re.compile(r"[至到—\-~～]|以来|起|[之以]?[后前]")


def behind(context: Context, now: Period, *, days: bool, terms: bool) -> str:
    """The first such time: it is said of all numbers before it, as far as no other one follows.

    Args:
        days: whether the figure is seen on a day; one of a year may be paid on any day of it.
        terms: whether it is one of a term.
    """
    tail = context.after[context.plain_rest.rfind(COUNTED) + 1 :]
    today = (now.as_of.month, now.as_of.day)
    for one in DAY.finditer(tail) if days else ():
        # 9月20日至11月8日 is a span, and 与9月20日相比 no time of the number
        spans = SINCE.match(tail, one.end()) or compared_at(tail, *one.span())
        if not spans and (int(one["month"]), int(one["day"])) != today:
            return one[0]
    own = now.written("term") if terms else ""
    of_now = {one.zh[0] for one in now.calendar.terms if own.endswith(f"-{one.id}")} if terms else set()
    for one in TERMS.finditer(tail) if terms else ():
        if one[0][0] not in of_now:
            return one[0]
    years = [one for one in YEAR.finditer(tail) if int(one["year"]) != now.as_of.year]
    return next((one[0] for one in years if not compared_at(tail, *one.span())), "")


def undone(context: Context) -> str:
    """去年失辍学611人（11月8日统计）: another time in the number's own clause, which no day behind it undoes."""
    begins = len(context.before) - len(context.clause_before)
    others = (one for one in markers(context) if one.kind == "other" and not one.compared and one.start >= begins)
    return next((one.text for one in others), "")
