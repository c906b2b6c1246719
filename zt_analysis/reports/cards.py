"""Figure cards: where each number of the page comes from, and the links that lead there and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.errors import ReportError
from zt_analysis.figures import signed_display
from zt_analysis.ledger import english_names
from zt_analysis.reports.escaping import anchors
from zt_analysis.reports.places import in_catalogue
from zt_analysis.reports.words import Words
from zt_analysis.units import UNITS

Record = Mapping[str, Any]


class Figures:
    """The figures of a ledger, each with its anchor in the page; ``page`` is where that is, seen from elsewhere."""

    def __init__(self, ledger: Record, words: Words, page: str = "") -> None:
        self.page = page
        self.ledger = ledger
        self.words = words
        self.records: dict[str, Record] = {figure["key"]: figure for figure in ledger["figures"]}
        self.anchors = anchors("figure", self.records)
        self.claims = anchors("claim", (one["claim"] for one in ledger["verdicts"]))
        self.relations = anchors("relation", (one["id"] for one in ledger["relations"]))

    @cached_property
    def english(self) -> dict[str, str]:
        """The English names of counties that are missing."""
        return english_names(self.ledger)

    def number(self, key: str, shown: str | None = None) -> Markup:
        """The figure ``key`` as displayed (or ``shown`` instead), tagged with what it is and linked to its card."""
        figure = self._record(key)
        return Markup('<a href="{}#{}"><data class="figure" value="{}" data-figure="{}">{}</data></a>').format(
            self.page, self.anchors[key], figure["exact"] or "", key, shown or self._shown(figure)
        )

    def _shown(self, figure: Record) -> str:
        """A figure as displayed; a change with its sign."""
        name = figure["indicator"]
        moves = figure["unit"] == "ratio_change" or name.endswith("_change") or name.startswith("change(")
        if not moves or figure["exact"] is None or figure.get("missing"):
            return self.words.plain(figure["display"])
        return signed_display(Fraction(figure["exact"]), figure["unit"], self.words.language)

    def part(self, key: str, exact: str, shown: str) -> Markup:
        """A part of the figure ``key`` (a county, a stage), linked to the card whose split and SQL it comes from."""
        if exact == self._record(key)["exact"]:
            return self.number(key, shown)
        return Markup('<a href="{}#{}"><data value="{}">{}</data></a>').format(
            self.page, self.anchors[key], exact, shown
        )

    def link(self, key: str) -> Markup:
        """The name of the figure ``key``, linked to its card."""
        name = self.words.plain(self._record(key)["label"])
        return Markup('<a href="{}#{}">{}</a>').format(self.page, self.anchors[key], name)

    def dated(self, key: str) -> Markup:
        """The name of the figure ``key`` with its date."""
        return Markup("{} <small>{}</small>").format(self.link(key), self.words.when(self._record(key)["at"]))

    def find(self, indicator: str, scope: Mapping[str, str], *, at_base: bool = False) -> str | None:
        """The key of an indicator's figure: at the base date, or at the date or term the page is about."""
        return self._find(indicator, lambda of: of == scope, at_base=at_base)

    def find_part(self, indicator: str, part: str = "", *, at_base: bool = False) -> str | None:
        """The same of the whole, or of the part it is stated by whose code is ``part``."""
        codes = [part] if part else []
        return self._find(indicator, lambda of: list(of.values()) == codes, at_base=at_base)

    def _find(self, indicator: str, fits: Callable[[Mapping[str, str]], bool], *, at_base: bool) -> str | None:
        base_on = self.ledger["case"].get("base_on")
        for key, figure in self.records.items():
            same = figure["indicator"] == indicator and fits(figure["scope"])
            if same and (figure["at"] == base_on) == at_base:
                return key
        return None

    def change(self, key: str) -> Markup | None:
        """The change of a figure since the base date, where an indicator measures it."""
        figure = self._record(key)
        if figure["at"] == self.ledger["case"].get("base_on"):
            return None
        name = figure["indicator"]
        found = self.find(f"{name}_change", figure["scope"]) or self.find(f"change({name})", figure["scope"])
        return self.number(found) if found else None

    def cards(self) -> list[dict[str, Any]]:
        """Everything a card shows, for each figure: one card for all of its dates, the date of the page first."""
        together: dict[tuple[Any, ...], list[Record]] = {}
        for figure in self.records.values():
            # what is defined or measured otherwise on another day is another card
            same = (
                figure["indicator"],
                tuple(sorted(figure["scope"].items())),
                figure["unit"],
                str(figure["definition"]),
            )
            together.setdefault(same, []).append(figure)
        base_on = self.ledger["case"].get("base_on")
        return [self._card(sorted(one, key=lambda each: each["at"] == base_on)) for one in together.values()]

    def _card(self, figures: list[Record]) -> dict[str, Any]:
        first = figures[0]
        inputs = dict.fromkeys(key for one in figures for key in one.get("inputs") or ())
        return {
            "figure": first,
            "anchor": self.anchors[first["key"]],
            "name": self.words.plain(first["label"]),
            "dates": [(one, self.anchors[one["key"]], self.words.when(one["at"])) for one in figures],
            "back": list(dict.fromkeys(link for one in figures for link in self.back(one["key"]))),
            "catalogue": in_catalogue(first["indicator"]),
            "inputs": [(self.dated(key), self.number(key)) for key in inputs],
            "missing": list(dict.fromkeys(name for one in figures for name in one.get("missing") or ())),
            "corrections": sorted({number for one in figures for number in one.get("corrections") or ()}),
            "unit": unit_name(first["unit"], self.words.language),
            "rounding": self._rounding(first["unit"]),
            "tables": [self._files.get(name, {"name": name, "sha256": None}) for name in first["tables"]],
            "split": [one for one in figures if one["parts"]],
            "parts": _by_part([one for one in figures if one["parts"]]),
            "sql": [(self.words.when(one["at"]), *_statements(one["sql"], first["sql"])) for one in figures],
        }

    def back(self, key: str) -> list[Markup]:
        """Links to every place that uses the figure."""
        link = Markup('<a href="#{}">{}</a>')
        claims = [link.format(self.claims[one["claim"]], one["claim"])
                  for one in self.ledger["verdicts"] if one["figure"] == key]  # fmt: skip
        relations = [link.format(self.relations[one["id"]], one["id"])
                     for one in self.ledger["relations"] if key in one["figures"]]  # fmt: skip
        return claims + relations

    def _rounding(self, unit: str) -> Markup:
        kind = UNITS.get(unit)
        if kind is None:
            return escape("—")
        counts = (("decimals", kind.decimals), ("divisor", str(kind.per(self.words.language))))
        values = {name: Markup('<data value="{0}">{0}</data>').format(value) for name, value in counts}
        return self.words("page_rounding" if kind.per(self.words.language) != 1 else "page_rounding_plain", **values)

    @cached_property
    def _files(self) -> dict[str, Record]:
        return {one["name"]: one for one in self.ledger["package"]["files"]}

    def _record(self, key: str) -> Record:
        if key not in self.records:
            raise ReportError(
                f"figure {key!r}", found="no such figure in the ledger", expected="every figure that is used",
                hint="execute the notebook again",
            )  # fmt: skip
        return self.records[key]


def _by_part(figures: list[Record]) -> list[tuple[Any, list[Record | None]]]:
    """The parts of one figure at several dates: the name of each, and what it was at each date."""
    names = {part["code"]: part["label"] for one in figures for part in one["parts"]["rows"]}
    values = [{part["code"]: part for part in one["parts"]["rows"]} for one in figures]
    return [(names[code], [one.get(code) for one in values]) for code in sorted(names)]


def _statements(sql: list[str], first: list[str]) -> tuple[list[str], bool]:
    """The SQL of a date, or, where it is the first one's but for some lines (the day), those; and whether it is."""
    ours, theirs = ([text.splitlines() for text in one] for one in (sql, first))
    if sql is first or [len(one) for one in ours] != [len(one) for one in theirs]:
        return list(sql), False
    differ = [
        "\n".join(line for line, other in zip(one, another, strict=True) if line != other)
        for one, another in zip(ours, theirs, strict=True)
    ]
    return [one for one in differ if one], True


def unit_name(unit: str, language: str) -> str:
    """The unit a figure is displayed in, in words."""
    kind = UNITS.get(unit)
    return unit if kind is None else getattr(kind, language).strip()
