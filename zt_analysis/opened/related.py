"""A relation of a case, and the flows that make its gap: declared by the office, computed from the rows.

``office/bridges/*.csv`` says of a relation (``relation,term,zh,en``) which figures, each with its sign, add up to right
minus left: ``at_base(pupils)``, ``arrivals``, ``-(moved + left)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from zt_analysis.checks.relations import Evaluated
from zt_analysis.errors import InputError
from zt_analysis.figures import displayed
from zt_analysis.opened import check_cards, frames, html
from zt_analysis.opened.bridging import Term, terms_of, value_of
from zt_analysis.opened.missing import Named
from zt_analysis.opened.naming import close
from zt_analysis.opened.parts import _unit, numbers
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase


@dataclass(frozen=True, eq=False)
class Related(Named):
    """A relation and its finding."""

    book: OpenCase
    found: Evaluated

    @property
    def status(self) -> str:
        """``holds``, ``fails``, ``unexplained`` ..."""
        return self.found.status

    @property
    def gap(self) -> Any:
        """Left minus right, exact."""
        return self.found.finding.imbalance

    def explain(self) -> frames.Shown:
        """What makes the gap: each declared flow with its number, then their sum, then what is left unexplained.

        Of a relation that rows or groups break, those; of one without declared flows, its two sides.
        """
        with self.book._here():
            finding = self.found.finding
            terms = terms_of(self.found.relation.id)
            if terms:
                return self._bridge(terms)
            if finding.breaking is not None and finding.holds is False:
                rows = finding.breaking
                found = pd.DataFrame(rows if isinstance(rows, list) else self.book.tables.rows(rows.limit(60)))
                return self._frame(found, {})
            return self._sides()

    def _bridge(self, terms: list[Term]) -> frames.Shown:
        language, finding = self.book.paper.language, self.found.finding
        values = [value_of(one, self.book) for one in terms]
        names = [one.zh if language == "zh" else one.en for one in terms]
        total = sum(values, Fraction(0))
        gap = -Fraction(finding.imbalance) if finding.imbalance is not None else Fraction(0)
        lines = [*zip(names, values, strict=True), (label("opened_sum", language), total)]
        rest = gap - total
        if rest:
            lines.append((label("opened_rest", language), rest))
        texts = [one.text for one in terms] + [""] * (len(lines) - len(terms))
        frame = pd.DataFrame({
            "term": [name for name, _ in lines], "value": numbers([one for _, one in lines], finding.unit, language),
            "figures": texts,
        })  # fmt: skip
        unit = UNITS[finding.unit]
        heads = {
            "term": frames.head(label("opened_term", language)),
            "figures": frames.head(label("opened_figure", language)),
            "value": frames.head(label("opened_number", language), unit=_unit(unit, language), decimals=unit.decimals),
        }  # fmt: skip
        return self._frame(frame, heads, totals="" if rest else label("opened_sum", language))

    def _sides(self) -> frames.Shown:
        language, finding = self.book.paper.language, self.found.finding
        sides = ((label("left", language), finding.left), (label("right", language), finding.right),
                 (label("imbalance", language), finding.imbalance))  # fmt: skip
        frame = pd.DataFrame({
            "term": [name for name, _ in sides],
            "value": [displayed(value, finding.unit, language) for _, value in sides],
        })  # fmt: skip
        return self._frame(frame, {}, note=label("opened_no_bridge", language))

    def _frame(self, frame: pd.DataFrame, heads: dict[str, Any], **said: Any) -> frames.Shown:
        relation, language = self.found.relation, self.book.paper.language
        title = f"{relation.id} {relation.title[language]}"
        found: frames.Shown = frames.named(frame, heads, language=language, title=title, **said)
        return found

    def __repr__(self) -> str:
        return "\n".join(check_cards.evaluated_lines(self.found, self.book.paper.language))

    def _repr_html_(self) -> str:
        with self.book._here():
            return check_cards.evaluated_html(self.found, self.book.paper.language)


def related(book: OpenCase, id: str) -> Related:
    """The relation ``id`` of a case's paper."""
    with book._here():
        known = {one.relation.id: one for one in book.review.relations}
        if id not in known:
            near = close(str(id), [*known, *(one.relation.zh for one in known.values())])
            raise InputError(
                f"relation {id!r}", found="none of this paper", expected=", ".join(known),
                hint=f"did you mean {' or '.join(near)}?" if near else "book.relations lists them",
            )  # fmt: skip
        return Related(book, known[id])


def listed(book: OpenCase) -> frames.Shown:
    """All relations of a case's paper."""
    with book._here():
        language = book.paper.language
        rows = [
            [one.relation.id, one.relation.title[language], html.text(one.status, language),
             displayed(one.finding.imbalance, one.finding.unit, language)]
            for one in book.review.relations
        ]  # fmt: skip
        words = ("relation", "title", "status", "imbalance")
        heads = {word: frames.head(label(word, language)) for word in words}
        found: frames.Shown = frames.named(pd.DataFrame(rows, columns=list(words)), heads, language=language)
        return found
