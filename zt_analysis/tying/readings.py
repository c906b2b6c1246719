"""What a number of a text is read as, before any figure is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.documents import Document
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled, labels
from zt_analysis.tying import excuses
from zt_analysis.tying.added_figures import is_of_sum
from zt_analysis.tying.another_is_meant import of_listed_places, totals_changes
from zt_analysis.tying.bases_in_turn import base_in_turn
from zt_analysis.tying.bracketed import as_moved, of_bracket
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_reading import CellReading, printed
from zt_analysis.tying.compared import compared
from zt_analysis.tying.day_holds_on import of_day_before
from zt_analysis.tying.derived_of import Derived
from zt_analysis.tying.either import of_list_or_whole, of_measures_divided
from zt_analysis.tying.form_lines import form_line
from zt_analysis.tying.frame_forms import of_label
from zt_analysis.tying.garbled import around, garbled, is_struck
from zt_analysis.tying.goals import of_others_rule, rule_left
from zt_analysis.tying.grown import change_of, grown, growth_of, of_part_before
from zt_analysis.tying.in_turn import in_turn, of_day_after, of_listed_whole
from zt_analysis.tying.labelled import with_unit
from zt_analysis.tying.matching import is_change
from zt_analysis.tying.meaning import Meaning, meaning
from zt_analysis.tying.named_lists import how_many, how_many_numbers
from zt_analysis.tying.pages import is_alone, of_another_paper, page_number
from zt_analysis.tying.part_shares import of_member_among, shared
from zt_analysis.tying.places_before import over_those_before
from zt_analysis.tying.rank_forms import counted_before
from zt_analysis.tying.ranks import are_top, rank_of, said_place
from zt_analysis.tying.sentences import Context, Sentences
from zt_analysis.tying.share_views import share_of
from zt_analysis.tying.sums import summed

ITEMS = ("项", "者")
# views that a number is said to be of a level
FOLLOWING = ("change", "growth", "share")
# how a place among all is written: 第2位, 第2名, 第二
PLACES = ("位", "名", "")

RISES = re.compile("增|升|涨|提高")


@dataclass(frozen=True)
class Reading:
    """A number before any figure is computed: an excuse, what it means, how it is computed from others, or neither."""

    mention: Mention
    context: Context
    excuse: excuses.Excuse | None = None
    meaning: Meaning | None = None
    parts: tuple[Mention, ...] = ()
    derived: Derived | None = None

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The figures it can be."""
        return self.meaning.wanted if self.meaning and not self.excuse else ()

    @property
    def needs(self) -> tuple[Wanted, ...]:
        """The figures that it can be or is computed from."""
        return self.derived.of if self.derived else self.wanted

    @property
    def counts(self) -> bool:
        """Whether it is computed from a figure like one, and its excuse says what of: how many places keep a bound."""
        return self.excuse is not None and self.excuse.reason_key == excuses.PLACES_COUNTED

    @property
    def follows(self) -> bool:
        """Whether it is said of other numbers or figures: a clause that holds it is about no number before it."""
        # 三项均为全市最少: where each of them stands is asked of each
        listed = self.excuse is not None and self.excuse.reason_key == "tie_how_many"
        if self.derived or self.counts or listed:
            return True
        views = [find(one.indicator) for one in self.wanted]
        return bool(views) and all(one.kind in FOLLOWING if isinstance(one, View) else one.changes for one in views)


def unclear(mention: Mention, sentences: Sentences, document: Document) -> Reading | None:
    """A number of which nobody can say what it is: no reason excuses it, no figure is held against it."""
    start, end = document.prose.span(mention.start, mention.end)
    context = sentences.around(mention)
    why = garbled(mention, context, around(document.text, start, end))
    if not why and is_struck(document.text, start):
        why = labels("tie_struck")
    return Reading(mention, context, None, Meaning(reason=why)) if why else None


def read(
    mention: Mention,
    sentences: Sentences,
    case: Case,
    known: Mapping[int, Reading],
    beside: tuple[excuses.Claims, Document],
) -> Reading:
    """What a number of prose means, is excused by or is the sum of; ``known``: what those before it were read as."""
    claims, document = beside
    context = sentences.around(mention)
    start, _ = document.prose.span(mention.start, mention.end)
    alone = is_alone(mention, document, start, case.paper.issued_on)
    found = (
        page_number(mention, document, start)
        or form_line(mention, context)
        or of_label(mention, document.prose.text)
        or excuses.structural(mention, context)
        or excuses.parameter(mention, context, case.paper, alone=alone)
        or how_many(mention, context, case.parts)
        or _how_many_numbers(mention, context, sentences, case, known)
    )
    if found:
        theirs = found.expected and found.kind == "metadata" and of_another_paper(document, case)
        why = Meaning(reason=labels("tie_another_paper")) if theirs else None
        return Reading(mention, context, None if why else found, why)
    reading = _meant(mention, context, sentences, case, known)
    placed = reading.mention.kind != mention.kind and mention.kind == "ordinal"
    mention, context, meant = reading.mention, reading.context, reading.meaning
    if reading.parts or reading.excuse or placed or (meant and meant.wanted):
        return reading
    found = excuses.policy(mention, context) or excuses.claimed(mention, context, claims)
    if found and (other := _another_rule(found, mention, context, case)):
        return Reading(mention, context, None, other)
    found = found or excuses.by_form(mention, context, claims)
    return Reading(mention, context, found, meant)


def read_again(mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading]) -> Reading:
    """What a number means in a sentence that says it in another order than its document does."""
    context = sentences.around(mention)
    found = (
        excuses.structural(mention, context)
        or how_many(mention, context, case.parts)
        or _how_many_numbers(mention, context, sentences, case, known)
    )
    return Reading(mention, context, found) if found else _meant(mention, context, sentences, case, known)


def _meant(
    mention: Mention, context: Context, sentences: Sentences, case: Case, known: Mapping[int, Reading]
) -> Reading:
    """What a number means by the words around it, or which numbers it is the sum of."""
    mention, context = with_unit(mention, context, case, sentences.text)
    if parts := summed(mention, sentences.inside(mention), sentences.text):
        return Reading(mention, context, parts=parts)
    if placed := _placed(mention, context, sentences, case) or _rank_said(mention, context, sentences, case, known):
        return placed
    if based := base_in_turn(mention, sentences, case, known, context):
        return Reading(mention, context, None, based)
    if total := totals_changes(mention, context):
        return Reading(mention, context, None, Meaning(reason=filled(total[0], words=total[1])))
    meant = in_turn(mention, sentences, case, known, context)
    if not meant and not is_of_sum(mention, sentences, known):
        meant = compared(mention, sentences, case, known)
    meant = meant or of_member_among(mention, sentences, case, known, context)
    if not meant and not (is_change(mention, context) and of_part_before(mention, sentences, known)):
        meant = of_list_or_whole(meaning(mention, context, case, sentences.around), mention, context, case)
        meant = of_measures_divided(meant, mention, sentences, case, known)
        meant = of_day_before(of_listed_whole(meant, mention, context, case), mention, context, case)
        meant = of_day_after(meant, mention, sentences, known, context)
        meant = of_bracket(meant, mention, context, sentences, known, case)
        meant = over_those_before(meant, mention, context, sentences, known, case)
        wanted = meant.wanted[0] if meant and len(meant.wanted) == 1 else None
        whole = wanted is not None and not wanted.scope and not isinstance(find(wanted.indicator), View)
        if whole and (listed := of_listed_places(context, case)):
            meant = Meaning(reason=filled(listed[0], words=listed[1]))
    meant = meant or grown(mention, sentences, case, known, context)
    meant = meant or shared(mention, sentences, case, known, context)
    return Reading(_as_fall(mention, meant, sentences, known), context, None, meant)


def _as_fall(mention: Mention, meant: Meaning | None, sentences: Sentences, known: Mapping[int, Reading]) -> Mention:
    """降幅0.12个百分点，低于全市的0.13个百分点: with the sign of the fall that it is compared with."""
    if not meant or len(meant.wanted) != 1 or not isinstance(mention.value, Decimal):
        return mention
    if mention.kind != "change":
        return as_moved(mention, sentences.around(mention)) if find(meant.wanted[0].indicator).changes else mention
    before = [known[one.start] for one in sentences.inside(mention) if one.start < mention.start and one.start in known]
    if not before or not before[-1].wanted or before[-1].wanted[0].indicator != meant.wanted[0].indicator:
        return mention
    fell = isinstance(before[-1].mention.value, Decimal) and before[-1].mention.value < 0 < mention.value
    rises = RISES.search(sentences.text, before[-1].mention.end, mention.start)
    return replace(mention, value=-mention.value) if fell and not rises else mention


def _how_many_numbers(
    mention: Mention, context: Context, sentences: Sentences, case: Case, known: Mapping[int, Reading]
) -> excuses.Excuse | None:
    before = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    counted = [one for one in before if one.kind != "date"]
    if mention.unit in ITEMS and counted_before(
        mention.value, context.clause_after[len(mention.surface) :], len(counted)
    ):
        return excuses.Excuse(labels("tie_how_many"), reason_key="tie_how_many")
    wanted = [known[one.start].wanted for one in counted if one.start in known]
    if not wanted or any(len(one) != 1 for one in wanted[-2:]):
        return None
    scopes = [one[0].scope if len(one) == 1 else () for one in wanted]
    between = sentences.text[before[-1].end : mention.start]
    return how_many_numbers(mention, context, between, scopes, tuple(case.registers))


def _another_rule(found: excuses.Excuse, mention: Mention, context: Context, case: Case) -> Meaning | None:
    """Why a rule of policy does not excuse the number: it is another's, or a word beside it is unknown."""
    if others := of_others_rule(found, mention, context, case):
        return Meaning(reason=filled("tie_other_part", words=others))
    left = rule_left(found, mention, context)
    return Meaning(reason=filled("tie_unknown_words", words=left), unknown=(left,)) if left else None


def _placed(mention: Mention, context: Context, sentences: Sentences, case: Case) -> Reading | None:
    """What 第2位 means where the words before it are those of a rank: a place among all, which counts."""
    if mention.kind != "ordinal" or mention.unit not in PLACES:
        return None
    ranks = tuple(one for one in case.phrases if find(one.indicator).unit == "place")
    if not any(word in context.clause_before for one in ranks for word in one.words):
        return None
    counted = replace(mention, kind="count", unit="位")
    meant = meaning(counted, context, replace(case, phrases=ranks), sentences.around)
    return Reading(counted, context, None, meant) if meant else None


def _rank_said(
    mention: Mention, context: Context, sentences: Sentences, case: Case, known: Mapping[int, Reading]
) -> Reading | None:
    """189人，居全市第三位: the place of the part whose number stands before it."""
    if mention.kind != "ordinal" or mention.unit not in PLACES:
        return None
    before = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    reading = known.get(before[-1].start) if before else None
    if reading is None or len(reading.wanted) != 1:
        return None
    said = said_place().match(sentences.text, before[-1].end)
    if said is None or not said.start("nth") <= mention.start < said.end():
        return None
    if said["nth"][0] in "前后":  # the places of so many parts: each is judged at its own number
        wanted = [one for each in before if each.start in known for one in known[each.start].wanted]
        right = are_top(wanted, said["nth"], case)
        return Reading(mention, context, excuses.Excuse(labels("tie_how_many"))) if right else None
    view = rank_of(reading.wanted[0], case)
    counted = replace(mention, kind="count", unit="位")
    return Reading(counted, context, None, Meaning((view,))) if view else None


def read_cell(mention: Mention, cell: CellReading, sentences: Sentences, case: Case) -> Reading:
    """A number of a table: the first of its clauses that means a figure, or why none does."""
    context = sentences.around(mention)
    if cell.excuse:
        return Reading(mention, context, excuses.Excuse(labels(cell.excuse)))
    if cell.beyond or cell.unknown or cell.why:
        return Reading(mention, context, None, _why_not(cell))
    why: Meaning | None = None
    for clause in cell.clauses:
        around = clause.sentences.around(clause.mention)
        meant = meaning(clause.mention, around, case, clause.sentences.around)
        if meant and meant.wanted and cell.view:
            return _viewed(cell, meant, mention, context, case)
        if meant and len(meant.wanted) > 1 and cell.parts:  # 小计 under two figures: their sum
            continue
        if meant and meant.wanted:
            return Reading(printed(clause.mention, mention), context, None, meant)
        why = why or meant
    if cell.parts:
        return Reading(mention, context, parts=cell.parts)
    return Reading(mention, context, None, why)


def _why_not(cell: CellReading) -> Meaning:
    if cell.why:
        return Meaning(reason=cell.why)
    if cell.beyond:
        return Meaning(reason=filled("tie_other_time", words=cell.beyond))
    return Meaning(reason=filled("tie_unknown_words", words=cell.unknown), unknown=(cell.unknown,))


def _viewed(cell: CellReading, meant: Meaning, mention: Mention, context: Context, case: Case) -> Reading:
    """A share or a place of what the clauses of another column mean."""
    (first, *others) = meant.wanted
    views = {"share": share_of, "rank": lambda one: rank_of(one, case), "change": change_of, "growth": growth_of}
    view = views[cell.view](first) if not others else None
    if view is None or cell.shown is None:
        return Reading(mention, context)
    return Reading(printed(cell.shown, mention), context, None, Meaning((view,)))
