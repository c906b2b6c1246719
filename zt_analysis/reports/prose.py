"""The paper's own text on its page: each number marked with its state, and what stands behind it beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.reports.cards import Figures
from zt_analysis.reports.cells import chart_of
from zt_analysis.reports.findings import SIGNS, mark_of, open_line
from zt_analysis.reports.words import HTML_LANGUAGES
from zt_analysis.terms import label

Record = Mapping[str, Any]
# what a number of the text is called that no verdict of the case says more of
WORDS = {
    "proven": "text_filled", "claim": "text_filled", "excuse": "text_excused", "figure": "text_typed",
    "open": "text_open", "unread": "text_open", "other": "text_other", "wrong": "differs",
}  # fmt: skip
PENDING = ("open", "bad")
# the first heading of a text stands below the name of its section
TOP = 2


@dataclass
class Prose:
    """A text being laid out: its blocks, and its numbers so far."""

    figures: Figures
    numbers: list[dict[str, Any]] = field(default_factory=list)

    def runs(self, runs: Sequence[Record]) -> Markup:
        """Runs of text, each number a link to what stands behind it."""
        return Markup("").join(self._run(one) for one in runs)

    def _run(self, run: Record) -> Markup:
        text = self._number(run) if "number" in run else escape(run["text"])
        return Markup("<b>{}</b>").format(text) if run.get("bold") else text

    def _number(self, run: Record) -> Markup:
        key = run.get("figure")
        record = self.figures.records.get(key) if key else None
        sign, kind, word = self._state(run)
        place = len(self.numbers) + 1
        self.numbers.append(
            {
                "place": place,
                "surface": run["text"],
                "sign": sign,
                "kind": kind,
                "word": label(word, self.figures.words.language),
                "typed": run.get("typed", False),
                "said": self.figures.words.plain(run["said"]) if run["said"] else "",
                "figure": record,
                "pending": kind in PENDING,
            }
        )
        tag = Markup(' value="{}"').format(run["text"])
        if record:
            tag = Markup(' class="figure" value="{}" data-figure="{}"').format(record["exact"] or "", key)
        shown = Markup('<span aria-hidden="true">{}</span>').format(sign) if kind != "known" else ""
        return Markup('<a class="mark {}" id="n-{}" href="#e-{}"><data{}>{}</data>{}</a>').format(
            kind, place, place, tag, run["text"], shown
        )

    def _state(self, run: Record) -> tuple[str, str, str]:
        held, key = run["number"], run.get("figure")
        if held == "excuse":
            return "※", "known", WORDS[held]
        if held in ("open", "other", "wrong"):
            return ("？", "open", WORDS[held]) if held == "open" else ("×", "bad", WORDS[held])
        if key in self.figures.records:
            word = mark_of(str(key), self.figures)
            # a figure that no earlier text printed is filled from the tables all the same
            return (*SIGNS.get(word, ("✓", "good")), word) if word else ("✓", "good", "text_filled")
        if held == "unread":  # a place of the text whose figure the run did not print
            return "？", "open", WORDS[held]
        return ("＋", "known", WORDS[held]) if held == "figure" else ("✓", "good", WORDS[held])


def prose(figures: Figures, drawn: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The text of a ledger: its blocks and its numbers, each with what stands behind it; None where it has none.

    Args:
        drawn: the charts of the notebook; one that the text shows is shown there, and marked ``in_text``.
    """
    text = figures.ledger.get("text")
    if not text:
        return None
    laid, language = Prose(figures), figures.words.language
    blocks = [_block(one, laid, drawn) for one in text["blocks"]]
    pending = [one["place"] for one in laid.numbers if one["pending"]]
    return {
        "file": text["file"],
        # a Chinese text in an English page: read aloud, and told, as what it is
        "language": HTML_LANGUAGES[said] if (said := text.get("language", language)) != language else "",
        "error": text.get("error", ""),
        "blocks": blocks,
        "numbers": [_evidence(one, pending, figures) for one in laid.numbers],
        "counts": _counts(laid.numbers, figures),
        "first": pending[0] if pending else None,
    }


def _block(one: Record, laid: Prose, drawn: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": one["kind"], "html": laid.runs(one["runs"])}
    if one["kind"] == "picture" and (chart := chart_of(one["chart"], drawn)) and not chart["in_text"]:
        chart["in_text"], found["chart"] = True, chart
    if one["kind"] == "heading":
        found["tag"] = f"h{min(one['level'] + TOP, 6)}"
    if "rows" in one:
        found["rows"] = [[laid.runs(cell) for cell in row] for row in one["rows"]]
    return found


def _counts(numbers: Sequence[Record], figures: Figures) -> Markup:
    count = figures.words.count
    return figures.words(
        "text_counts", all=count(len(numbers)), held=count(sum(one["kind"] == "good" for one in numbers)),
        excused=count(sum(one["kind"] == "known" for one in numbers)),
        pending=count(sum(one["pending"] for one in numbers)),
    )  # fmt: skip


def _evidence(one: Record, pending: Sequence[int], figures: Figures) -> dict[str, Any]:
    """What stands beside a number: its figure, its definition and tables, what it is used by, where to go next."""
    record = one["figure"]
    after = next((place for place in pending if place > one["place"]), pending[0] if pending else None)
    found = dict(one) | {"next": after if after != one["place"] else None, "name": "", "open": []}
    if record is None:
        return found
    key = record["key"]
    lines = ({"kind": "relation", "id": each["id"]} for each in figures.ledger["relations"]
             if key in each["figures"] and each["status"] in ("unexplained", "fails", "stale"))  # fmt: skip
    return found | {
        "name": figures.dated(key),
        "card": figures.anchors[key],
        "display": figures.words.plain(record["display"]),
        "back": figures.back(key),
        "open": [open_line(line, figures) for line in lines],
    }
