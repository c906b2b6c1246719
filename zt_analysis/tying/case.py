"""A case as a text is held against it: its paper, claims and phrases, the parts it knows, and figures on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zt_analysis.bulletins import Claim, Paper
from zt_analysis.checks import computable, figure_label
from zt_analysis.figures import Figure, figure_key
from zt_analysis.indicators import Wanted, compute, find, inputs
from zt_analysis.periods import period
from zt_analysis.sources import Tables
from zt_analysis.terms import labels, vocabulary
from zt_analysis.tying.matching import Phrase, phrases
from zt_analysis.tying.scopes import Parts


@dataclass(frozen=True)
class Case:
    """What a text can be tied to.

    Attributes:
        figures: those that phrases name, by key; other parts and dates are computed when a text names them.
        counties: the name of each county, by its code.
    """

    paper: Paper
    claims: tuple[Claim, ...]
    figures: Mapping[str, Figure]
    phrases: tuple[Phrase, ...]
    tables: Tables
    counties: Mapping[str, Mapping[str, str]]
    parts: Parts
    _dimensions: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def wanted(self, phrase: Phrase) -> Wanted:
        """The figure that a phrase names at the case's own date or term."""
        return Wanted(phrase.indicator, self.paper.period, (("stage", phrase.stage),) if phrase.stage else ())

    def key(self, phrase: Phrase) -> str:
        """The key of a phrase's figure."""
        return key_of(self.wanted(phrase))

    def dimensions(self, indicator: str) -> frozenset[str]:
        """The columns by which every table behind an indicator can be split."""
        if indicator not in self._dimensions:
            leaves = list(_leaves(Wanted(indicator, self.paper.period)))
            columns = [set(find(one.indicator).measure(self.tables, one.period).table.columns) for one in leaves]
            self._dimensions[indicator] = frozenset(set.intersection(*columns))
        return self._dimensions[indicator]

    def computed(self, wanted: Iterable[Wanted]) -> dict[str, Figure]:
        """Figures by key, in one pass over each table."""
        return compute(wanted, self.tables)

    def name(self, figure: Figure | Wanted) -> dict[str, str]:
        """A figure's name with its part."""
        # a part that the vocabulary does not name is shown as it is
        known = vocabulary()
        rest = tuple(one for one in figure.scope if one[1] in known)
        words = figure_label(Figure(figure.indicator, figure.at, "", None, rest))
        for name, value in (one for one in figure.scope if one[1] not in known):
            part = (
                self.counties.get(value, {"zh": value, "en": value})
                if name == "county_code"
                else labels(f"tie_{value}")
            )
            words = {"zh": f"{part['zh']}{words['zh']}", "en": f"{part['en']}: {words['en']}"}
        return words


def case_of(paper: Paper, tables: Tables, claims: Iterable[Claim] = ()) -> Case:
    """What a text of ``paper`` can be tied to, computed from ``tables``."""
    known = tuple(one for one in phrases() if _has_tables(one, tables))
    counties = _counties(tables)
    parts = Parts({code: name["zh"] for code, name in counties.items()})
    case = Case(paper, tuple(claims), {}, known, tables, counties, parts)
    return Case(
        paper, case.claims, compute([case.wanted(one) for one in known], tables), known, tables, counties, parts
    )


def key_of(wanted: Wanted) -> str:
    """The key of the figure asked for."""
    return figure_key(wanted.indicator, wanted.at, wanted.scope)


def _leaves(wanted: Wanted) -> Iterable[Wanted]:
    if not find(wanted.indicator).derived:
        yield wanted
    for one in inputs(wanted):
        yield from _leaves(one)


def _counties(tables: Tables) -> dict[str, dict[str, str]]:
    if not computable([Wanted("counties", period("2018-11-08", "2018-09-20"))], tables):
        return {}
    rows = tables.rows(tables["counties"].select("county_code", "name_zh", "name_en").order_by("county_code"))
    return {row["county_code"]: {"zh": row["name_zh"], "en": row["name_en"]} for row in rows}


def _has_tables(phrase: Phrase, tables: Tables) -> bool:
    return bool(computable([Wanted(phrase.indicator, period("2018-11-08", "2018-09-20"))], tables))
