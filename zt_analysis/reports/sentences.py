"""Sentences of the page, made from figures: a sentence that lacks one of its figures is not said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.project_file import LANGUAGES
from zt_analysis.reports.cards import Figures
from zt_analysis.terms import label

# {indicator}, {indicator[stage]}, {indicator[stage]@base}, or a value of the page itself: {as_of}
_PLACE = re.compile(r"\{(\w+)(?:\[(\w+)\])?(@base)?\}")
AGREEING = ("agree", "agree_rounded", "within_bound")
DIFFERING = ("differs",)
UNPROVEN = ("no_source", "not_derivable")
OPEN_RELATIONS = ("fails", "stale", "unexplained")


def sentence(key: str, figures: Figures, values: Mapping[str, Markup]) -> Markup | None:
    """The sentence of the term ``key`` with its figures, or None where one of them is not in the ledger."""
    parts: list[Markup] = []
    at = 0
    text = label(key, figures.words.language)
    for place in _PLACE.finditer(text):
        value = _value(place, figures, values)
        if value is None:
            return None
        parts += [escape(text[at : place.start()]), value]
        at = place.end()
    return Markup("").join([*parts, escape(text[at:])])


def names_in(key: str) -> list[str]:
    """The names that the sentence of the term ``key`` has places for, in either language: figures, dates, counts."""
    return list(dict.fromkeys(place[1] for one in LANGUAGES for place in _PLACE.finditer(label(key, one))))


def with_places(key: str, language: str, said: Callable[[str], str]) -> str:
    """The sentence of the term ``key``, each of its places filled by what ``said`` makes of its name."""
    return _PLACE.sub(lambda place: said(place[1]), label(key, language))


def paragraph(keys: Sequence[str], figures: Figures, values: Mapping[str, Markup]) -> Markup:
    """The sentences of ``keys`` that can be said, as one paragraph."""
    said = [one for one in (sentence(key, figures, values) for key in keys) if one is not None]
    return Markup("" if figures.words.language == "zh" else " ").join(said)


def page_values(ledger: Mapping[str, Any], figures: Figures) -> dict[str, Markup]:
    """Dates and counts that sentences may name beside figures."""
    case, words = ledger["case"], figures.words
    summary = ledger["summary"]
    verdicts, relations = summary["verdicts"], summary["relations"]
    counts = {
        "claims": summary["claims"],
        "comparisons": summary["comparisons"],
        "agreeing": _sum(verdicts, AGREEING),
        "differing": _sum(verdicts, DIFFERING),
        "unproven": _sum(verdicts, UNPROVEN),
        "excused": _sum(verdicts, ("explained",)),
        "relations": sum(relations.values()),
        "open_relations": _sum(relations, OPEN_RELATIONS),
        "excused_relations": _sum(relations, ("explained",)),
    }
    for part in ledger.get("parts", ()):
        counts |= {f"{part['key']}_{name}": value for name, value in part["values"].items()}
    dates = {name: words.when(case.get(name, "—")) for name in ("as_of", "base_on", "term", "issued_on")}
    return dates | {name: words.count(count) for name, count in counts.items()}


def _value(place: re.Match[str], figures: Figures, values: Mapping[str, Markup]) -> Markup | None:
    name, stage, at_base = place.groups()
    if name in values:
        return values[name]
    key = figures.find(name, {"stage": stage} if stage else {}, at_base=bool(at_base))
    # a figure that could not be computed says nothing in a sentence; its card says why
    return figures.number(key) if key and figures.records[key]["exact"] is not None else None


def _sum(counts: Mapping[str, int], words: Sequence[str]) -> int:
    return sum(counts.get(word, 0) for word in words)
