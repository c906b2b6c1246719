"""The review of an issue: every claim with its verdict, every relation with its status, as one ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zt_analysis.bulletins import Claim, Paper
from zt_analysis.checks.explanations import check_known, read_explanations
from zt_analysis.checks.listing import claims_of, evaluated_of, figures_of
from zt_analysis.checks.part import Part
from zt_analysis.checks.partial import INCOMPLETE, mark, missing, partial_keys
from zt_analysis.checks.relation import Book, Relation
from zt_analysis.checks.relations import Evaluated, evaluate, relations_of
from zt_analysis.checks.to_ledger import (
    brief_record,
    figure_records,
    package_record,
    relation_record,
    split_of,
    verdict_record,
)
from zt_analysis.checks.verdicts import Verdict, computable, explain, judge
from zt_analysis.decision import decide
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, check, compute, find, gather, inputs, settled
from zt_analysis.indicators.dimensions import see_names
from zt_analysis.indicators.indicator import Group
from zt_analysis.indicators.known_parts import check_parts
from zt_analysis.ledger import LEDGER_MIME
from zt_analysis.listed import Listed
from zt_analysis.office import current
from zt_analysis.sources import Table, Tables
from zt_analysis.terms import labels

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Review:
    """What checking an issue gave: verdicts on its claims and the relations, with the figures behind them.

    ``text``: the paper's own text, each number with what stands behind it, where it was told (``writing.told_text``).
    """

    paper: Paper
    tables: Tables
    wanted: tuple[Wanted, ...]
    figures: Mapping[str, Figure]
    verdicts: tuple[Verdict, ...]
    relations: tuple[Evaluated, ...]
    parts: tuple[Part, ...] = ()
    reported_numbers: int = 0
    partial: frozenset[str] = frozenset()
    text: Mapping[str, Any] | None = None

    @property
    def status(self) -> str:
        """``agrees``; ``differs`` when a verdict or relation fails or no number was compared; ``partial`` when a
        county's file is missing and nothing else is wrong; ``inputs_changed`` when only the files did.
        """
        if any(one.fails for one in self.verdicts) or any(one.fails for one in self.relations):
            return "differs"
        if missing(self.tables):
            return "partial"
        if not self.comparisons:
            return "differs"
        return "inputs_changed" if any(file.changed for file in self.files) else "agrees"

    @property
    def files(self) -> list[Table]:
        """The data files that the paper was computed from and held against."""
        return self.tables.read(self.paper.side_files)

    @property
    def comparisons(self) -> int:
        """How many printed numbers, and numbers that were reported, were really compared with a computed value."""
        compared = sum(
            one.figure is not None and one.figure.exact is not None and one.word != INCOMPLETE for one in self.verdicts
        )
        return compared + self.reported_numbers

    @cached_property
    def ledger(self) -> dict[str, Any]:
        """Everything as plain JSON types: what the executed notebook, ``figures.json`` and the report carry."""
        with current().active(), settled():
            return self._ledger(cards=True)

    @property
    def told(self) -> dict[str, Any]:
        """The ledger as a terminal shows it: verdicts, relations, decision; of figures no card with SQL, rows and parts
        where no county is missing, which they would have to say."""
        with current().active(), settled():
            return self._ledger(cards=bool(missing(self.tables)))

    def _ledger(self, *, cards: bool) -> dict[str, Any]:
        parts = {"parts": [part.record for part in self.parts]} if self.parts else {}
        content: dict[str, Any] = {
            "schema": "zt-ledger/1",
            "case": self.paper.parameters | {"title": labels(f"{self.paper.kind}_title")},
            "package": package_record(self.tables, self.paper),
            "figures": figure_records(
                self.wanted, self.figures, self.tables, rows=self.paper.rows, split=self.paper.split
            )
            if cards
            else [brief_record(*each) for each in zip(self.wanted, self.figures.values(), strict=True)],
            "verdicts": [verdict_record(verdict) for verdict in self.verdicts],
            "relations": [relation_record(one, self.tables, rows=self.paper.rows) for one in self.relations],
            "summary": self.summary,
            **parts,
            **({"text": self.text} if self.text else {}),
        }
        content = mark(content, {part.key: part.of_whole for part in self.parts})
        return content | {"summary": content["summary"] | {"decision": decide(content)}}

    def part(self, key: str) -> pd.DataFrame:
        """One part of the paper as a frame in its language."""
        return self._part(key).frame()

    def _part(self, key: str) -> Listed:
        (found,) = (part for part in self.parts if part.key == key)
        rows = next(one["rows"] for one in self.ledger["parts"] if one["key"] == key)
        return replace(found, rows=tuple(tuple(row) for row in rows)).listed(self.paper.language)

    def listed(self, what: str) -> Listed:
        """What ``table``, ``figures_table``, ``relations_table`` and ``part`` give, to be shown.

        Args:
            what: ``claims``, ``figures``, ``relations``, or the key of a part of the paper.

        Raises:
            InputError: none of these.
        """
        known = {"claims": claims_of, "figures": figures_of, "relations": evaluated_of}
        if what in known:
            return known[what](self)
        keys = [*known, *(part.key for part in self.parts)]
        if what not in keys:
            raise InputError("review.listed", found=repr(what), expected=", ".join(keys), hint="name one of these")
        return self._part(what)

    @property
    def summary(self) -> dict[str, Any]:
        """Status and counts."""
        return {
            "status": self.status,
            "claims": len(self.verdicts),
            "comparisons": self.comparisons,
            "verdicts": dict(sorted(Counter(verdict.word for verdict in self.verdicts).items())),
            "relations": dict(sorted(Counter(one.status for one in self.relations).items())),
        }

    def table(self) -> pd.DataFrame:
        """One row a claim: printed, computed, verdict, in the issue's language."""
        return claims_of(self).frame()

    def figures_table(self) -> pd.DataFrame:
        """One row a figure: name, date, displayed and exact value, in the issue's language."""
        return figures_of(self).frame()

    def relations_table(self) -> pd.DataFrame:
        """One row a relation: both sides, imbalance, status, in the issue's language."""
        return evaluated_of(self).frame()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        claims = claims_of(self)
        return {LEDGER_MIME: self.ledger, "text/html": claims._repr_html_(), "text/plain": repr(claims)}


def review(paper: Paper, tables: Tables, *, unprinted: bool = False) -> Review:
    """Check a paper: read its claims, compute its figures, give every claim a verdict, evaluate every relation.

    Args:
        unprinted: nothing is printed yet: no claims are read, only what the tables give is checked.

    Raises:
        NoDataError: no row has come of what the paper is about.
        SourceError: the claims or explanations file is wrong; names the row.
    """
    # looked up ten thousand times meanwhile: by the working folder each time takes a tenth of a review
    with current().active(), settled():
        return _reviewed(paper, tables, unprinted=unprinted)


def _reviewed(paper: Paper, tables: Tables, *, unprinted: bool) -> Review:
    paper.refuse_no_data(tables)
    see_names(tables)
    claims, dated = ([], paper.period) if unprinted else paper.printed()
    relations = relations_of(type(paper))
    explanations = read_explanations(paper.explanations)
    if not unprinted:
        check_known(explanations, [*(relation.id for relation in relations), *(claim.id for claim in claims)])
    issued_on = date.fromisoformat(paper.issued_on)
    asked = dict.fromkeys([*all_wanted(claims, paper), *_headlines_at_base(paper, tables)])
    wanted = tuple(computable([*asked], tables))
    for one in wanted:
        if one.scope in find(one.indicator).parts_stated:
            check_parts(one, tables, f"indicator {one.indicator!r}, stated_by")
    for claim in claims:
        if claim.cls == "statistic":
            check_parts(claim.wanted(dated), tables, f"claim {claim.id}, column 'scope'")
    _gather(wanted, relations, paper, tables)
    figures = compute(wanted, tables)
    partial = partial_keys(zip(figures, wanted, strict=True), tables)
    judged = (judge(claim, figures, dated, paper.parameters) for claim in claims)
    verdicts = tuple(
        replace(verdict, word=INCOMPLETE, difference=None)
        if verdict.figure is not None and verdict.figure.key in partial
        else explain(verdict, explanations.get(verdict.claim.id), issued_on)
        for verdict in judged
    )
    by_id = {claim.id: claim for claim in claims}
    book = Book(tables, paper.period, figures, by_id, paper.parameters, paper.stated)
    found = evaluate(relations, book, explanations, issued_on=issued_on, partial=partial)
    compared = _compared(found, figures, book)
    wanted, figures = (*wanted, *compared), figures | compute(compared, tables)
    parts, reported = paper.parts(tables), paper.reported_numbers(tables)
    return Review(paper, tables, wanted, figures, verdicts, tuple(found), parts, reported, frozenset(partial))


def _gather(wanted: Sequence[Wanted], relations: Sequence[Relation], paper: Paper, tables: Tables) -> None:
    """Ask for all that the review will need of each table in one statement: figures, their parts, what relations hold
    against each other."""
    parts = split_of(wanted, tables, paper.split)
    asked: list[tuple[Wanted, Group]] = [(one, ()) for one in wanted]
    asked += [(one, (by,)) for one, by in parts.items() if by]
    asked += paper.asks()
    if not missing(tables):  # else each relation asks for itself, so that what it was made from is known
        book = Book(tables, paper.period, {}, indicators=paper.stated)
        for relation in relations:
            asked += relation.asks(book)
    gather(asked, tables)


def _compared(found: Sequence[Evaluated], figures: Mapping[str, Figure], book: Book) -> list[Wanted]:
    """The figures that relations compare and the paper does not state itself: a report shows each with its card."""
    missing_keys = {key for one in found for key in one.finding.figures} - figures.keys()
    asked = {each.key: each for one in found for each, by in one.relation.asks(book) if not by} if missing_keys else {}
    wanted = list(dict.fromkeys(asked[key] for key in asked if key in missing_keys))
    return list(dict.fromkeys([*wanted, *(one for one in _behind(wanted) if one.key not in figures)]))


def all_wanted(claims: list[Claim], paper: Paper) -> list[Wanted]:
    """Every figure a report shows: what the claims need, every indicator at both dates, whole and by stated parts."""
    period = paper.period
    asked = [claim.wanted(period) for claim in claims if claim.cls == "statistic"] if paper.prints else []
    for name in paper.stated:
        indicator = find(name)
        scopes = [(), *indicator.parts_stated]
        asked += [Wanted(name, period, scope) for scope in scopes]
        # a change since the base date has no value at the base date itself
        if indicator.stated_by and not any(at_base for _, at_base in indicator.inputs):
            asked += [Wanted(name, period.at(period.base_on), scope) for scope in scopes]
    return list(dict.fromkeys([*asked, *_behind(asked)]))


def _headlines_at_base(paper: Paper, tables: Tables) -> list[Wanted]:
    """What the headline figures were on the base date, where the rows reach back: a page tells the change since, and a
    text that says it (较9月20日增加895人) is held against the same."""
    before = paper.period.at(paper.period.base_on)
    levels = [one for one in map(find, paper.stated) if one.headline and one.has_base]
    found = [wanted for one in levels if _is_reached(wanted := Wanted(one.id, before), tables)]
    return [*found, *_behind(found)]


def _is_reached(wanted: Wanted, tables: Tables) -> bool:
    try:
        check([wanted], tables)
    except InputError:
        return False
    return True


def _behind(asked: list[Wanted]) -> list[Wanted]:
    """The figures that derived ones are calculated from, of the base date too: a card says each of them."""
    found = [one for wanted in asked for one in inputs(wanted)]
    return [*found, *_behind(found)] if found else []
