"""Tie every number of a text to a figure of a case, excuse it, or name it unproven; and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from zt_analysis.bulletins import Claim, Paper
from zt_analysis.checks import computable, figure_label
from zt_analysis.documents import Document
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure, figure_key
from zt_analysis.indicators import Wanted, compute, find
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.periods import period
from zt_analysis.sources import Tables
from zt_analysis.tying import excuses
from zt_analysis.tying.definition import Tie, TieOut
from zt_analysis.tying.matching import Match, Phrase, decide, matches, phrases
from zt_analysis.tying.places import in_words
from zt_analysis.tying.remarks import remarks
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.units import exact_value
from zt_analysis.tying.verdicts import judge


@dataclass(frozen=True)
class Case:
    """A case as a text is held against it: its paper, its claims, the figures that phrases name, by key."""

    paper: Paper
    claims: tuple[Claim, ...]
    figures: Mapping[str, Figure]
    phrases: tuple[Phrase, ...]

    def figure(self, match: Match) -> Figure | None:
        """The figure that a match means."""
        base = match.at_base and self.key(match.phrase, at_base=True) in self.figures
        return self.figures.get(self.key(match.phrase, at_base=base))

    def key(self, phrase: Phrase, *, at_base: bool = False) -> str:
        """The key of a phrase's figure."""
        return _wanted(self.paper, phrase, at_base=at_base)[0]


def case_of(paper: Paper, tables: Tables, claims: Iterable[Claim] = ()) -> Case:
    """The figures that a text of ``paper`` can be tied to, computed from ``tables``."""
    known = tuple(one for one in phrases() if _has_tables(one, tables))
    asked = {}
    for phrase in known:
        for at_base in (False, True):
            key, wanted = _wanted(paper, phrase, at_base=at_base)
            if not at_base or find(phrase.indicator).time == "date":
                asked[key] = wanted
    return Case(paper, tuple(claims), compute(asked.values(), tables), known)


def tie_out(document: Document, case: Case) -> TieOut:
    """Every number of ``document`` with what it is, and every headline figure that the text does not print.

    Raises:
        InputError: the document holds no number at all.
    """
    text = document.prose.text
    mentions = read_numbers(text, dated=date.fromisoformat(case.paper.issued_on))
    if not mentions:
        raise InputError(document.name, found="no number", expected="a text with numbers", hint="is it the right file?")
    sentences = Sentences(text, mentions)
    claims = excuses.Claims(case.claims)
    ties = [_tie(one, sentences, case, claims, document) for one in mentions]
    found = remarks(document, ties, sentences)
    return TieOut(
        document.name, case.paper.case, tuple(ties), tuple(found), tuple(_unprinted(ties, case)),
        tuple(_misread(ties, case)), document.unread,
    )  # fmt: skip


def _tie(mention: Mention, sentences: Sentences, case: Case, claims: excuses.Claims, document: Document) -> Tie:
    context = sentences.around(mention)
    start, end = document.prose.span(mention.start, mention.end)
    make = partial(Tie, mention, start, end, in_words(document.place_of(start)))
    alone = _is_alone(mention, document, start)
    found = excuses.structural(mention) or excuses.parameter(mention, context, case.paper, alone=alone)
    if found:
        return _excused(make, found)
    meant = decide(matches(mention, context, case.phrases, base=_base_date(mention, sentences, case.paper)))
    if meant:
        return _tied(make, mention, meant, case)
    found = excuses.claimed(mention, claims) or excuses.policy(mention, context) or excuses.plain(mention, context)
    return _excused(make, found) if found else make("unproven")


def _excused(make: Callable[..., Tie], found: excuses.Excuse) -> Tie:
    if not found.expected:
        return make("excused", name=found.name, reason=found.reason, excuse=found)
    expected = {"zh": found.expected, "en": found.expected}
    return make("differs", name=found.name, expected=expected, reason=found.reason, excuse=found)


def _tied(make: Callable[..., Tie], mention: Mention, meant: list[Match], case: Case) -> Tie:
    figures = {one.key: one for match in meant if (one := case.figure(match)) is not None}
    if len(figures) != 1:
        names = tuple(_name(one) for one in figures.values())
        return make("ambiguous" if names else "unproven", candidates=names)
    (figure,) = figures.values()
    status, difference = judge(mention, figure)
    return make(status, figure=figure, name=_name(figure), expected=_expected(figure), difference=difference)


def _name(figure: Figure) -> dict[str, str]:
    """The figure's name with its date or term."""
    return {language: f"{text} {figure.at}" for language, text in figure_label(figure).items()}


def _expected(figure: Figure) -> dict[str, str]:
    return {language: figure.display(language) for language in ("zh", "en")}


def _wanted(paper: Paper, phrase: Phrase, *, at_base: bool) -> tuple[str, Wanted]:
    period = paper.period.at(paper.period.base_on) if at_base else paper.period
    scope = (("stage", phrase.stage),) if phrase.stage else ()
    wanted = Wanted(phrase.indicator, period, scope)
    return figure_key(phrase.indicator, wanted.at, scope), wanted


def _has_tables(phrase: Phrase, tables: Tables) -> bool:
    return bool(computable([Wanted(phrase.indicator, period("2018-11-08", "2018-09-20"))], tables))


def _base_date(mention: Mention, sentences: Sentences, paper: Paper) -> bool:
    """Whether the last date before the number in its sentence is the base date, and no other is there."""
    dates = [one for one in sentences.inside(mention) if one.kind == "date" and one.start < mention.start]
    found = [str(one.resolved or one.value) for one in dates]
    return bool(found) and found[-1] == paper.base_on and paper.as_of not in found


def _is_alone(mention: Mention, document: Document, start: int) -> bool:
    block = document.block_at(start)
    return block is not None and document.text[block.start : block.end].strip() == mention.surface.strip()


def _unprinted(ties: Iterable[Tie], case: Case) -> list[Figure]:
    """Headline figures of the case that no number of the text is tied to."""
    printed = {tie.figure.key for tie in ties if tie.figure}
    claims = [claim for claim in case.claims if claim.headline and claim.cls == "statistic"]
    keys = [
        figure_key(one.indicator, one.at, one.scope) for one in (claim.wanted(case.paper.period) for claim in claims)
    ] or [case.key(phrase) for phrase in case.phrases if phrase.headline]
    return [case.figures[key] for key in dict.fromkeys(keys) if key in case.figures and key not in printed]


def _misread(ties: Iterable[Tie], case: Case) -> list[dict[str, str]]:
    """Claims whose number the text prints otherwise, or not at all: the claim may be mistyped."""
    printed: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.figure:
            printed.setdefault(tie.figure.key, []).append(tie)
    found = []
    for claim in (one for one in case.claims if one.cls == "statistic"):
        wanted = claim.wanted(case.paper.period)
        here = printed.get(figure_key(wanted.indicator, wanted.at, wanted.scope), [])
        if not any(_same(claim, tie.mention) for tie in here):
            text = here[0].mention.surface if here else "—"
            found.append({"claim": claim.id, "printed": claim.surface, "text": text} | claim.label)
    return found


def _same(claim: Claim, mention: Mention) -> bool:
    """Whether the text prints the number that the claim holds."""
    return exact_value(mention, claim.printed.kind) == claim.printed.exact
