"""What a case prints and a text does not, or otherwise: headline figures and claims."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from zt_analysis.figures import Figure, round_half_up
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.tie import GREEN, Tie
from zt_analysis.tying.units import exact_step, exact_value

NOT_PRINTED = "—"


def unprinted(ties: Iterable[Tie], case: Case) -> list[Figure]:
    """Headline figures of the case that no number of the text is tied to."""
    printed, stated = {tie.figure.key for tie in ties if tie.figure}, case.paper.stated
    claims = [claim for claim in case.claims if claim.headline and claim.cls == "statistic"]
    wanted = [claim.wanted(case.paper.period) for claim in claims] or [
        case.wanted(phrase) for phrase in case.phrases if phrase.headline and phrase.indicator in stated
    ]
    left = [one for one in dict.fromkeys(wanted) if one.key not in printed]
    return list(case.computed(left).values()) if left else []


def misread(ties: Iterable[Tie], case: Case) -> list[dict[str, str]]:
    """Claims whose number the text prints otherwise, or not at all: the claim may be mistyped."""
    printed: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.figure:
            printed.setdefault(tie.figure.key, []).append(tie)
    found = []
    for claim in (one for one in case.claims if one.cls == "statistic"):
        here = printed.get(claim.wanted(case.paper.period).key, [])
        if not any(_prints(tie, claim.printed.exact, find(claim.indicator).unit) for tie in here):
            text = here[0].mention.surface if here else NOT_PRINTED
            found.append({"claim": claim.id, "printed": claim.surface, "text": text} | claim.label)
    return found


def _prints(tie: Tie, claimed: Fraction | None, unit: str) -> bool:
    """Whether a number prints what was claimed, also with fewer digits (13.37亿元 of 133715.32万元) or as a bound."""
    value = exact_value(tie.mention, unit)
    if tie.mention.qualifier != "exact" or value is None or claimed is None:
        return tie.status in GREEN
    step = exact_step(tie.mention, unit)
    return Fraction(round_half_up(claimed / step, 0)) * step == value
