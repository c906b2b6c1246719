"""Reviews, verdicts, relations and tied texts as outputs of a cell: status by sign, colour and word, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from zt_analysis.checks import Review, Verdict
from zt_analysis.checks.relations import Evaluated
from zt_analysis.figures import difference_unit, displayed
from zt_analysis.opened import frames, html
from zt_analysis.reports.findings import SIGNS
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.opened.tied import Tied

OPEN = ("fails", "stale", "incomplete", "unexplained")
MOST = 12
VERDICT_NUMBERS, RELATION_NUMBERS = (3, 4, 5), (3, 5, 6)


def review_html(found: Review) -> str:
    """A review: its status, counts, every verdict and relation, those that are open first."""
    language = found.paper.language
    verdicts = sorted(found.verdicts, key=lambda one: not one.fails)
    relations = sorted(found.relations, key=lambda one: one.status not in OPEN)
    return html.output(
        Markup('<div class="big">{}</div>').format(html.badge(f"status_{found.status}", language)),
        html.note(_counts(found, language)),
        html.table(
            _verdict_columns(language), [_verdict_row(one, language) for one in verdicts], numbers=VERDICT_NUMBERS,
            caption=label("page_claims", language),
        ),
        html.table(
            _relation_columns(language), [_relation_row(one, language) for one in relations], numbers=RELATION_NUMBERS,
            caption=label("page_relations", language),
        ),
    )  # fmt: skip


def review_lines(found: Review) -> list[str]:
    """A review in a few lines: status, counts, what is open."""
    language = found.paper.language
    wrong = [line for one in found.verdicts if one.fails for line in verdict_lines(one, language)]
    wrong += [line for one in found.relations if one.status in OPEN for line in evaluated_lines(one, language)]
    more = [f"... {len(wrong) - MOST}"] if len(wrong) > MOST else []
    return [html.text(f"status_{found.status}", language), _counts(found, language), *wrong[:MOST], *more]


def verdict_html(one: Verdict, language: str = "zh") -> str:
    """One verdict as a row."""
    return html.output(html.table(_verdict_columns(language), [_verdict_row(one, language)], numbers=VERDICT_NUMBERS))


def verdict_lines(one: Verdict, language: str = "zh") -> list[str]:
    """One verdict in a line."""
    computed = one.figure.display(language) if one.figure else frames.NONE
    return [f"{html.text(one.word, language)}: {one.claim.label[language]} {one.claim.surface} | {computed}"]


def evaluated_html(one: Evaluated, language: str = "zh") -> str:
    """One relation as a row, with what it says and the rows that break it."""
    statement = one.relation.statement
    return html.output(
        html.table(_relation_columns(language), [_relation_row(one, language)], numbers=RELATION_NUMBERS),
        html.note(statement if isinstance(statement, str) else statement[language]),
    )


def evaluated_lines(one: Evaluated, language: str = "zh") -> list[str]:
    """One relation in a line."""
    finding = one.finding
    left, right, gap = _displayed(one, language)
    sides = f"{left} {finding.operator} {right}".strip()
    return [f"{html.text(one.status, language)}: {one.relation.id} {one.relation.title[language]} | {sides} | {gap}"]


def tied_html(found: Tied) -> str:
    """The text with its numbers marked, and what each is; then what its wording contradicts."""
    language = found.language
    pieces: list[object] = []
    at = 0
    for one in found.ties:
        sign, kind = SIGNS.get(one.status, ("○", "known"))
        said = _said(one.name or one.reason, language) or "; ".join(name[language] for name in one.candidates)
        pieces += [
            found.text[at : one.start],
            Markup('<mark class="{}" title="{}">{}<sup aria-label="{}">{}</sup></mark>').format(
                kind, said, found.text[one.start : one.end], label(one.status, language), sign
            ),
        ]
        at = one.end
    pieces.append(found.text[at:])
    rows = [
        [
            " ".join(one.mention.surface.split()), html.badge(one.status, language),
            _said(one.name or one.reason, language) or "; ".join(name[language] for name in one.candidates),
            _said(one.expected, language), one.difference or frames.NONE,
        ]
        for one in found.ties
    ]  # fmt: skip
    columns = [label(word, language) for word in ("printed", "verdict", "page_label", "tie_expected", "difference")]
    remarks = [html.note(one.text[language]) for one in found.remarks]
    return html.output(
        Markup("<p>{}</p>").format(Markup("").join(map(escape, pieces))),
        html.table(columns, rows, numbers=(4,)), *remarks,
        html.note(label("opened_tied", language).format(**found.counts)),
    )  # fmt: skip


def tied_lines(found: Tied) -> list[str]:
    """A line for each number of a text."""
    language = found.language
    lines = []
    for one in found.ties:
        said = _said(one.name or one.reason, language)
        expected = _said(one.expected, language)
        lines.append(" | ".join(filter(None, [f"{html.text(one.status, language)}: {one.mention.surface}", said,
                                              expected])))  # fmt: skip
    remarks = [one.text[language] for one in found.remarks]
    return [label("opened_tied", language).format(**found.counts), *lines, *remarks]


def _said(words: Mapping[str, str] | None, language: str) -> str:
    return words[language] if words else ""


def _counts(found: Review, language: str) -> str:
    counted = {**found.summary["verdicts"], **found.summary["relations"]}
    return "  ".join(f"{html.text(word, language)} {count}" for word, count in counted.items())


def _verdict_columns(language: str) -> list[str]:
    words = ("claim", "verdict", "page_label", "printed", "computed", "difference", "page_reason")
    return [label(word, language) for word in words]


def _verdict_row(one: Verdict, language: str) -> list[object]:
    computed = one.figure.display(language) if one.figure else frames.NONE
    unit = difference_unit(one.claim.unit if one.figure else "")[language]
    gap = f"{one.difference}{unit}" if one.difference else frames.NONE
    return [
        one.claim.id, html.badge(one.word, language), one.claim.label[language], one.claim.surface, computed, gap,
        _said(one.reason, language),
    ]  # fmt: skip


def _relation_columns(language: str) -> list[str]:
    words = ("relation", "status", "title", "left", "page_operator", "right", "imbalance", "page_reason")
    return [label(word, language) for word in words]


def _relation_row(one: Evaluated, language: str) -> list[object]:
    finding = one.finding
    left, right, gap = _displayed(one, language)
    reason = one.explanation.reason if one.explanation else one.reason
    return [
        one.relation.id, html.badge(one.status, language), one.relation.title[language], left, finding.operator, right,
        gap, _said(reason, language),
    ]  # fmt: skip


def _displayed(one: Evaluated, language: str) -> list[str]:
    finding = one.finding
    return [displayed(side, finding.unit, language) for side in (finding.left, finding.right, finding.imbalance)]
