"""A case as a text is held against it: its paper, claims and phrases, the parts it knows, and figures on request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from zt_analysis.bulletins import Claim, Paper
from zt_analysis.checks import computable, figure_label
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, by_group, compute, find, inputs
from zt_analysis.indicators.views import View
from zt_analysis.sources import Tables
from zt_analysis.terms import labels, vocabulary
from zt_analysis.tying.matching import Phrase, phrases
from zt_analysis.tying.parts import Parts


@dataclass(frozen=True)
class Case:
    """What a text can be tied to.

    Attributes:
        figures: those that phrases name, by key; other parts and dates are computed when a text names them.
        reached: whether the tables hold rows of a figure, once it was asked.
        headings: for each heading of the text that is read, and the names in it, the words that nobody has declared.
        registers: for the key column of each register of the package the names of its members, by code.
    """

    paper: Paper
    claims: tuple[Claim, ...]
    figures: Mapping[str, Figure]
    phrases: tuple[Phrase, ...]
    tables: Tables
    registers: Mapping[str, Mapping[str, Mapping[str, str]]]
    parts: Parts
    reached: dict[Wanted, bool] = field(default_factory=dict, repr=False)
    headings: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict, repr=False)
    _dimensions: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _members: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def figure_words(self) -> tuple[str, ...]:
        """The words of all figures, those of parts aside; longer than one character."""
        words = (word for one in self.phrases if not one.scope for word in one.words if len(word) > 1)
        return tuple(dict.fromkeys(words))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words of all figures and of their parts; longer than one character."""
        return tuple(dict.fromkeys(word for one in self.phrases for word in one.words if len(word) > 1))

    @cached_property
    def any_figure(self) -> str:
        """A pattern of any word of a figure, the longest first."""
        return "|".join(sorted(map(re.escape, self.figure_words), key=len, reverse=True)) or "(?!)"

    def forget(self) -> None:
        """Read a text anew: a person may have confirmed words since the one before."""
        self.parts.forget()
        self.headings.clear()

    def wanted(self, phrase: Phrase) -> Wanted:
        """The figure that a phrase names at the case's own date or term."""
        return Wanted(phrase.indicator, self.paper.period, phrase.scope)

    def key(self, phrase: Phrase) -> str:
        """The key of a phrase's figure."""
        return self.wanted(phrase).key

    def dimensions(self, indicator: str) -> frozenset[str]:
        """The columns by which every table behind an indicator can be split."""
        if indicator not in self._dimensions:
            leaves = list(_leaves(Wanted(indicator, self.paper.period)))
            columns = [set(find(one.indicator).measure(self.tables, one.period).table.columns) for one in leaves]
            self._dimensions[indicator] = frozenset(set.intersection(*columns))
        return self._dimensions[indicator]

    def members(self, indicator: str, dimension: str) -> frozenset[str]:
        """The values of a dimension that an indicator counts anything of."""
        if (indicator, dimension) not in self._members:
            (groups,) = by_group([Wanted(indicator, self.paper.period)], self.tables, by=(dimension,))
            self._members[indicator, dimension] = frozenset(str(code) for (code,), one in groups.items() if one)
        return self._members[indicator, dimension]

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
            register = self.registers.get(name)
            # a part that is told by yes or no is called as its column is
            term = name if value == "true" else f"tie_{value}"
            part = register.get(value, {"zh": value, "en": value}) if register else labels(term)
            words = {"zh": f"{part['zh']}{words['zh']}", "en": f"{part['en']}: {words['en']}"}
        return words


def case_of(paper: Paper, tables: Tables, claims: Iterable[Claim] = ()) -> Case:
    """What a text of ``paper`` can be tied to, computed from ``tables``."""
    known = tuple(one for one in phrases() if computable([Wanted(one.indicator, paper.period)], tables))
    registers = _registers(tables)
    parts = Parts({key: {code: name["zh"] for code, name in one.items()} for key, one in registers.items()})
    case = Case(paper, tuple(claims), {}, known, tables, registers, parts)
    # a place among all is that of a part: there is none of the whole
    whole = [one for one in known if not (isinstance(view := find(one.indicator), View) and view.kind == "rank")]
    return replace(case, figures=compute([case.wanted(one) for one in whole], tables))


def _leaves(wanted: Wanted) -> Iterable[Wanted]:
    if not find(wanted.indicator).derived:
        yield wanted
    for one in inputs(wanted):
        yield from _leaves(one)


def _registers(tables: Tables) -> dict[str, dict[str, dict[str, str]]]:
    """Every table that names the members of one dimension in both languages, by its key column."""
    declared = tables.package.tables if tables.package else {}
    found = {}
    for name in tables.names:
        columns = tables[name].columns
        key = declared[name].primary_key if name in declared else ()
        if len(key) != 1 or not {"name_zh", "name_en"} <= set(columns):
            continue
        rows = tables.rows(tables[name].select(*key, "name_zh", "name_en").order_by(*key))
        found[key[0]] = {str(row[key[0]]): {"zh": row["name_zh"], "en": row["name_en"]} for row in rows}
    return found
