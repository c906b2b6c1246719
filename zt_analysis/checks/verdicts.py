"""Verdicts: each claim held against its figure, its parameter, or excused with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zt_analysis.bulletins import Claim
from zt_analysis.checks.explanations import Explanation
from zt_analysis.errors import SourceError
from zt_analysis.figures import Figure, round_half_up
from zt_analysis.indicators import Wanted, source_tables
from zt_analysis.periods import Period
from zt_analysis.sources import Tables
from zt_analysis.terms import labels

FAILING = ("differs", "no_source", "not_derivable", "stale")


@dataclass(frozen=True)
class Verdict:
    """A claim, what was computed for it, and how the two compare.

    Attributes:
        word: a key of ``terms``: agree, agree_rounded, within_bound, differs, no_source, not_derivable, explained.
        difference: computed minus printed in the printed unit, as text; None where nothing was computed.
        reason: why it is excused, or what it was held against, in both languages.
        expires_on: for an accepted difference, the last date of issue it is accepted for.
    """

    claim: Claim
    word: str
    figure: Figure | None = None
    difference: str | None = None
    reason: dict[str, str] | None = None
    expires_on: date | None = None

    @property
    def fails(self) -> bool:
        """Whether this verdict keeps the issue from being signed."""
        return self.word in FAILING


def judge(claim: Claim, figures: Mapping[str, Figure], period: Period, parameters: Mapping[str, object]) -> Verdict:
    """The verdict on one claim; ``figures`` by key, a statistic without its figure has no source table."""
    if claim.cls == "statistic":
        return _judge_statistic(claim, figures.get(_key(claim.wanted(period))))
    if claim.parameter:
        return _judge_metadata(claim, parameters)
    return Verdict(claim, "explained", reason=labels(claim.reason))


def compare(claim: Claim, figure: Figure) -> tuple[str, str]:
    """The verdict word and the difference of a printed number and a computed one."""
    printed = claim.printed
    assert figure.exact is not None
    found = printed.in_printed_unit(figure.exact)
    difference = _exact_text(found - Fraction(printed.value))
    if not printed.allows(figure.exact):
        return "differs", difference
    if printed.qualifier != "exact":
        return "within_bound", difference
    return ("agree" if found == Fraction(printed.value) else "agree_rounded"), difference


def explain(verdict: Verdict, explanation: Explanation | None, issued_on: date) -> Verdict:
    """The verdict with its accepted difference: explained while it is needed and valid, stale as soon as it is not."""
    if explanation is None:
        return verdict
    needed = verdict.fails and issued_on <= explanation.expires_on
    word = "explained" if needed else "stale"
    return replace(verdict, word=word, reason=explanation.reason, expires_on=explanation.expires_on)


def computable(wanted: list[Wanted], tables: Tables) -> list[Wanted]:
    """Those figures whose source tables the package holds."""
    return [one for one in wanted if _has_tables(one, tables)]


def _judge_statistic(claim: Claim, figure: Figure | None) -> Verdict:
    if figure is None:
        return Verdict(claim, "no_source")
    if figure.exact is None:
        return Verdict(claim, "not_derivable", figure)
    word, difference = compare(claim, figure)
    return Verdict(claim, word, figure, difference)


def _judge_metadata(claim: Claim, parameters: Mapping[str, object]) -> Verdict:
    if claim.parameter not in parameters:
        raise SourceError(
            f"claim {claim.id}, column 'parameter'",
            found=repr(claim.parameter),
            expected=", ".join(sorted(parameters)),
            hint="name a parameter of the case",
        )
    found = str(parameters[claim.parameter])
    word = "agree" if found == claim.value else "differs"
    difference = None if word == "agree" else f"{found} ≠ {claim.value}"
    return Verdict(claim, word, None, difference, labels("reason_matches_parameter"))


def _exact_text(value: Fraction) -> str:
    """A difference as text: exact when it ends within six decimals, else rounded to six."""
    text = f"{round_half_up(value, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key(wanted: Wanted) -> str:
    return Figure(wanted.indicator, wanted.at, "", None, wanted.scope).key


def _has_tables(wanted: Wanted, tables: Tables) -> bool:
    try:
        source_tables(wanted, tables)
    except SourceError:
        return False
    return True
