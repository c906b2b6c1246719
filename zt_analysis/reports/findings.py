"""Claims and relations as the page's tables show them, and the lines that say what of them is open."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.figures import round_half_up, signed_display
from zt_analysis.ledger import FAILED_RELATIONS, FAILED_VERDICTS
from zt_analysis.reports.cards import Figures
from zt_analysis.terms import label
from zt_analysis.units import PRINTED_UNITS, UNITS

Record = Mapping[str, Any]
# sign and colour of each word: a reader without colours, or without signs, still has the other and the word
SIGNS = {
    "agree": ("✓", "good"),
    "agree_rounded": ("≈", "good"),
    "within_bound": ("✓", "good"),
    "differs": ("×", "bad"),
    "no_source": ("？", "bad"),
    "not_derivable": ("？", "bad"),
    "explained": ("※", "known"),
    "unit_differs": ("×", "bad"),
    "excused": ("※", "known"),
    "ambiguous": ("？", "open"),
    "unproven": ("？", "open"),
    "holds": ("✓", "good"),
    "fails": ("×", "bad"),
    "stale": ("×", "bad"),
    "unexplained": ("△", "open"),
    "informative": ("○", "known"),
    "decision_ready": ("✓", "good"),
    "decision_explain": ("△", "open"),
    "decision_refused": ("×", "bad"),
    "decision_unchecked": ("？", "bad"),
    "status_agrees": ("✓", "good"),
    "status_differs": ("×", "bad"),
    "status_partial": ("△", "open"),
    "incomplete": ("△", "open"),
    "not_stated": ("○", "known"),
    "status_inputs_changed": ("！", "open"),
    "page_status_failed": ("×", "bad"),
    "page_not_run": ("○", "known"),
    "sign_valid": ("✓", "good"),
    "sign_void": ("×", "open"),
    "sign_returned": ("×", "bad"),
    "proof_wrong": ("×", "bad"),
    "proof_doubtful": ("？", "open"),
    "proof_held": ("✓", "good"),
    "proof_unheld": ("○", "known"),
    "needs_decision": ("？", "open"),
    "rate_higher": ("▲", "open"),
    "rate_alike": ("＝", "known"),
    "rate_lower": ("▼", "good"),
    "unusual_high": ("▲", "open"),
    "unusual_low": ("▼", "open"),
    "usual": ("✓", "good"),
    "unusual_unknown": ("○", "known"),
    "report_missing": ("×", "bad"),
    "report_late": ("△", "open"),
    "report_in_time": ("✓", "good"),
    "deadline_overdue": ("×", "bad"),
    "deadline_soon": ("△", "open"),
    "deadline_later": ("○", "known"),
}
# what asks nothing of a reviewer is folded away on the page
SETTLED = ("holds", "informative", "not_stated")
_FIRST = ("fails", "stale", "incomplete", "unexplained", "explained", "not_stated", "informative", "holds")


def badge(word: str, language: str) -> Markup:
    """A verdict or status: sign, colour and word."""
    sign, kind = SIGNS.get(word, ("○", "known"))
    return Markup('<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>').format(
        kind, sign, label(word, language)
    )


def mark_of(key: str, figures: Figures) -> str:
    """The word that marks a figure: its verdict, after a relation that it is open in; empty for one not printed."""
    verdict = next((one["verdict"] for one in figures.ledger["verdicts"] if one["figure"] == key), "")
    statuses = [one["status"] for one in figures.ledger["relations"] if key in one["figures"]]
    # a number that is wrong itself is worse than one that a relation leaves open
    if SIGNS.get(verdict, ("", ""))[1] != "bad":
        return next((one for one in ("fails", "stale", "unexplained") if one in statuses), verdict)
    return verdict


def claim_row(verdict: Record, figures: Figures) -> dict[str, Any]:
    """One claim with its numbers tagged and linked."""
    key, words = verdict["figure"], figures.words
    return {
        "claim": verdict,
        "anchor": figures.claims[verdict["claim"]],
        "name": figures.link(key) if key else None,
        "label": words.plain(verdict["label"]),
        "printed": figures.number(key, verdict["surface"]) if key else escape(verdict["surface"]),
        "computed": figures.number(key, _computed(verdict, figures))
        if key
        else escape(words.plain(verdict["computed"]) or "—"),
        "badge": badge(verdict["verdict"], words.language),
        "wrong": verdict["verdict"] in FAILED_VERDICTS,
        "apart": verdict["class"] != "statistic" and verdict["verdict"] not in FAILED_VERDICTS,
        "difference": _difference(verdict, words.language),
        "change": figures.change(key) if key else None,
        "reason": words.local(verdict["reason"]),
    }


def _computed(verdict: Record, figures: Figures) -> str:
    """The value computed, in the unit of the printed number where that is on another scale (万元, 亿元, 万人).

    One row has one unit: what was printed, what was computed and the difference are told alike in every language.
    """
    language, unit = figures.words.language, verdict["unit"]
    record = figures.records.get(verdict["figure"])
    factor = PRINTED_UNITS.get(unit, {}).get(record["unit"]) if record else None
    if record is None or factor is None or record["exact"] is None or record.get("missing") or factor <= 1:
        return figures.words.plain(verdict["computed"])
    own = UNITS[record["unit"]]
    if factor == own.per(language):
        return figures.words.plain(verdict["computed"])
    # as many decimals as the value is shown with in its own unit: nothing is rounded away
    decimals = own.decimals + max(0, len(str(int(factor / own.per("zh")))) - 1)
    shown = round_half_up(Fraction(record["exact"]) / factor, decimals)
    return f"{shown:,f}{verdict['difference_unit']['en']}" if language == "en" else f"{shown:f}{unit}"


def relation_rows(relations: list[Record], figures: Figures) -> list[dict[str, Any]]:
    """The relations, those that do not add up first."""
    order = {word: number for number, word in enumerate(_FIRST)}
    ranked = sorted(relations, key=lambda one: order.get(one["status"], len(order)))
    return [_relation_row(one, figures) for one in ranked]


def open_line(one: Record, figures: Figures) -> Markup | None:
    """A line of the decision with its numbers tagged and a link to where it stands; None for one that is words only."""
    match one["kind"]:
        case "claim":
            found = next(each for each in figures.ledger["verdicts"] if each["claim"] == one["id"])
            return _failed_claim(found, figures)
        case "relation":
            found = next(each for each in figures.ledger["relations"] if each["id"] == one["id"])
            if found["status"] not in FAILED_RELATIONS:
                return _open_relation(found, figures)
            return _failed_relation(found, figures)
        case "file":
            found = next(each for each in figures.ledger["package"]["files"] if each["path"] == one["id"])
            return _changed_file(found, figures)
        case "part":
            text = figures.words.plain(one["text"])
            count = next(each["to_do"] for each in figures.ledger["parts"] if each["key"] == one["id"])
            shown = str(escape(text)).replace(str(count), f'<data value="{count}">{count}</data>', 1)
            return Markup('<a href="#part-{}">{}</a>').format(one["id"], Markup(shown))
    return None


def _difference(verdict: Record, language: str) -> Markup:
    difference = verdict["difference"]
    if difference is None:
        return escape("—")
    return Markup('<data value="{}">{}</data>').format(
        difference, signed(difference, verdict["difference_unit"][language])
    )


def signed(difference: str, unit: str) -> str:
    """A difference with its sign and unit: ``+10人``; zero has no sign."""
    plus = "" if difference.startswith(("-", "+")) or not any(digit in "123456789" for digit in difference) else "+"
    return f"{plus}{difference}{unit}"


def _relation_row(one: Record, figures: Figures) -> dict[str, Any]:
    words = figures.words
    return {
        "relation": one,
        "anchor": figures.relations[one["id"]],
        "title": words.plain(one["title"]),
        "statement": words.local(one["statement"]),
        "sides": {side: _side(one, side, figures) for side in ("left", "right", "imbalance")},
        "operator": one.get("operator") or "",
        "badge": badge(one["status"], words.language),
        "settled": one["status"] in SETTLED,
        "kind": SIGNS.get(one["status"], ("", "known"))[1],
        "severity": label(one["severity"], words.language),
        "reason": words.local(one["reason"]),
        "note": words.local(one.get("note")),
        "expires": words.when(one["expires_on"]) if one["expires_on"] else None,
        "figures": [(figures.dated(key), figures.number(key)) for key in one["figures"]],
    }


def _side(one: Record, side: str, figures: Figures) -> Markup:
    """A side of a relation: a figure's own number where it is one, otherwise the value made from several."""
    exact, words = one[side], figures.words
    if exact is None:
        return escape("—")
    shown = words.plain(one["display"][side]) if "display" in one else f"{exact} {one['unit']}"
    if side == "imbalance" and "display" in one and one["status"] != "incomplete":
        # a bound that is kept leaves nothing over; what is apart is not called 0 for being small
        if exact == "0" and (one.get("operator") or "=") not in ("=", "≈"):
            return escape("—")
        shown = signed_display(Fraction(exact), one["unit"], words.language, plus=False)
    for key in one["figures"] if side != "imbalance" else ():
        if figures.records.get(key, {}).get("exact") == exact:
            return figures.number(key, shown)
    return Markup('<data value="{}">{}</data>').format(exact, shown)


def _failed_claim(one: Record, figures: Figures) -> Markup:
    row, words = claim_row(one, figures), figures.words
    return Markup('<a href="#{}">{}</a> {} ').format(row["anchor"], one["claim"], row["label"]) + words(
        "page_failed_claim",
        verdict=label(one["verdict"], words.language),
        printed=row["printed"], computed=row["computed"], difference=row["difference"],
    )  # fmt: skip


def _failed_relation(one: Record, figures: Figures) -> Markup:
    row, words = _relation_row(one, figures), figures.words
    return Markup('<a href="#{}">{}</a> {} ').format(row["anchor"], one["id"], row["title"]) + words(
        "page_failed_relation",
        verdict=label(one["status"], words.language),
        operator=row["operator"],
        **row["sides"],
    ) + _what_breaks(one, figures)  # fmt: skip


def _open_relation(one: Record, figures: Figures) -> Markup:
    row = _relation_row(one, figures)
    said = figures.words("page_open_relation", title=row["title"], **row["sides"])
    return Markup('<a href="#{}">{}</a> {}').format(row["anchor"], one["id"], said)


def _what_breaks(one: Record, figures: Figures) -> Markup:
    """The figures a failing relation touches, and the first row that breaks it."""
    touched = Markup("").join(Markup(" {} {}").format(figures.link(key), figures.number(key)) for key in one["figures"])
    found = one["breaking_rows"] or {"columns": [], "rows": []}
    cells = [f"{name} = {cell}" for row in found["rows"][:1] for name, cell in zip(found["columns"], row, strict=True)]
    parts = [figures.words("page_touches", figures=touched)] if touched else []
    parts += (
        [figures.words("page_first_breaking", row=Markup("<code>{}</code>").format(", ".join(cells)))] if cells else []
    )
    return Markup("").join(Markup(" {}").format(part) for part in parts)


def _changed_file(one: Record, figures: Figures) -> Markup:
    return Markup('<a href="#files"><code>{}</code></a> ').format(one["path"]) + figures.words(
        "page_changed_file", found=str(one["sha256"])[:12], declared=str(one["declared_sha256"])[:12]
    )
