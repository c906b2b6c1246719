"""The page of a tie-out: the text in reading order, each number marked by colour and sign, linked to its card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.indicators import find
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.escaping import visible_everywhere
from zt_analysis.reports.findings import SIGNS, badge, signed
from zt_analysis.reports.page import filled
from zt_analysis.reports.words import Words

Record = Mapping[str, Any]
TAGS = {"heading": "h2", "list-item": "p", "table-cell": "p"}


def tied(found: Record) -> str:
    """The page of a tie-out's record (``tying.page_record``), in the language of its case."""
    found = visible_everywhere(found)
    words = Words(found["parameters"]["language"])
    ledger = {
        "case": found["parameters"], "figures": found["figures"], "package": found["package"], "verdicts": [],
        "relations": [],
    }  # fmt: skip
    figures = Figures(ledger, words)
    ties = [_tie(number, one, figures) for number, one in enumerate(found["ties"])]
    return filled(
        "tied.html.j2",
        words,
        found=found,
        package=found["package"],
        figures=figures,
        cards=figures.cards(),
        ties=ties,
        wrong=[one for one in ties if one["kind"] in ("bad", "open")],
        remarks=[(words.plain(one["place"]), words.plain(one["text"])) for one in found["remarks"]],
        unprinted=[(figures.dated(key), figures.number(key)) for key in found["unprinted"]],
        misread=[one | {"label": words.plain(one)} for one in found["misread"]],
        blocks=[_block(one, ties) for one in found["blocks"]],
        questions=[_question(one, words) for one in found["questions"]],
        relations=[_relation(one, found["ties"], words) for one in found["relations"] if one["holds"] is not None],
        counts={name: words.count(value) for name, value in found["counts"].items()},
        status="status_agrees" if found["holds"] else "status_differs",
    )


def _tie(number: int, one: Record, figures: Figures) -> dict[str, Any]:
    """What the page shows of one number: its sign, its colour, its card or reason."""
    words, key = figures.words, one["figure"]
    sign, kind = SIGNS.get(one["status"], ("？", "bad"))
    expected = words.plain(one["expected"])
    return {
        "anchor": f"tie-{number + 1}",
        "surface": " ".join(one["surface"].split()),
        "place": words.plain(one["place"]),
        "sign": sign,
        "kind": kind,
        "badge": badge(one["status"], words.language),
        "target": f"#{figures.anchors[key]}" if key else f"#row-{number + 1}",
        "row": f"row-{number + 1}",
        "name": figures.link(key) if key else escape(words.plain(one["name"])),
        "expected": figures.number(key) if key else escape(expected or "—"),
        "difference": signed(one["difference"], "") if one["difference"] else "—",
        "reason": words.plain(one["reason"]) or "; ".join(words.plain(name) for name in one["candidates"]),
    }


def _question(one: Record, words: Words) -> dict[str, Any]:
    """A word to confirm: its sentence with the word marked, and the figures that its number can be."""
    before, found, after = one["sentence"].partition(one["words"])
    sentence = Markup("{}<mark>{}</mark>{}").format(before, found, after) if found else escape(before)
    figures = [(name, words.plain({"zh": indicator.zh, "en": indicator.en})) for name, indicator in _offered(one)]
    return {"words": one["words"], "number": one["number"], "sentence": sentence, "said": one["sentence"],
            "means": one["means"], "place": words.plain(one["place"]), "figures": figures}  # fmt: skip


def _offered(one: Record) -> list[tuple[str, Any]]:
    return [(name, find(name)) for name in one["figures"]]


def _relation(one: Record, ties: list[Record], words: Words) -> dict[str, Any]:
    """A relation that the text itself states, its numbers linked to where they stand."""
    anchors = {tie["start"]: f"tie-{number + 1}" for number, tie in enumerate(ties)}
    shown = [
        Markup('<a href="#{}">{}</a>').format(anchors[each["start"]], surface) if each["start"] in anchors else surface
        for each in one["numbers"]
        for surface in (" ".join(each["surface"].split()),)
    ]
    return dict(one) | {
        "badge": badge("proof_held" if one["holds"] else "proof_wrong", words.language),
        "kind": words(f"proof_{one['kind']}"),
        "shown": Markup("、" if words.language == "zh" else ", ").join(shown),
        "difference": one["difference"] or "—",
    }


def _block(block: Record, ties: list[dict[str, Any]]) -> dict[str, Any]:
    pieces = [_piece(piece, ties) for piece in block["pieces"]]
    return {"tag": TAGS.get(block["kind"], "p"), "kind": block["kind"], "html": Markup("").join(pieces)}


def _piece(piece: Record, ties: list[dict[str, Any]]) -> Markup:
    if "tie" not in piece:
        return escape(piece["text"])
    tie = ties[piece["tie"]]
    return Markup('<a class="mark {}" id="{}" href="{}" title="{}">{}<span>{}</span></a>').format(
        tie["kind"], tie["anchor"], tie["target"], tie["badge"].striptags(), piece["text"], tie["sign"]
    )
