"""The page of a document held against itself: the text, each number marked, linked to what it was held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.reports.escaping import visible_everywhere
from zt_analysis.reports.findings import badge
from zt_analysis.reports.fonts import with_known
from zt_analysis.reports.page import filled
from zt_analysis.reports.words import Words

Record = Mapping[str, Any]
TERMS = {False: "proof_wrong", None: "proof_doubtful", True: "proof_held"}
SIGNS = {"good": "", "open": "？", "bad": "×", "none": ""}
MARKS = {"good": "good", "open": "open", "bad": "bad", "none": "known"}


def proved(found: Record) -> str:
    """The page of a proof's record (``proof.page_record``), in its language."""
    found = _printable(visible_everywhere(found))
    words = Words(found["language"])
    rows = [_row(number, one, words) for number, one in enumerate(found["findings"])]
    for row, (before, number, behind) in zip(rows, found["quotes"], strict=True):
        row["quote"] = Markup("{}<b>{}</b>{}").format(before, number, behind)
    return filled(
        "proved.html.j2",
        words,
        found=found,
        case={},
        wrong=[one for one in rows if one["holds"] is False],
        doubtful=[one for one in rows if one["holds"] is None],
        held=[one for one in rows if one["holds"] is True],
        blocks=[_block(one) for one in found["blocks"]],
        share=f"{found['held'] / found['numbers']:.0%}" if found["numbers"] else "0%",
        status="status_agrees" if found["holds"] else "status_differs",
    )


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return with_known(value)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list) else value


def _row(number: int, one: Record, words: Words) -> dict[str, Any]:
    links = [
        Markup('<a href="#n-{}">{}</a>').format(each["start"], " ".join(each["surface"].split()))
        for each in one["numbers"]
    ]
    return {
        "holds": one["holds"],
        "anchor": f"f-{number}",
        "badge": badge(TERMS[one["holds"]], words.language),
        "kind": words(f"proof_{one['kind']}"),
        "numbers": Markup("、" if words.language == "zh" else ", ").join(links),
        "place": one["numbers"][-1]["place"] if one["numbers"] else "",
        "states": one["states"],
        "computed": one["computed"],
        "difference": one["difference"] or "—",
    }


def _block(block: Record) -> dict[str, Any]:
    return {"kind": block["kind"], "html": Markup("").join(_piece(one) for one in block["pieces"])}


def _piece(piece: Record) -> Markup:
    if "state" not in piece:
        return escape(piece["text"])
    target = Markup(' href="#f-{}"').format(piece["finding"]) if piece["finding"] >= 0 else Markup("")
    sign = Markup("<span>{}</span>").format(SIGNS[piece["state"]]) if SIGNS[piece["state"]] else Markup("")
    return Markup('<a class="mark {}" id="n-{}"{}>{}{}</a>').format(
        MARKS[piece["state"]], piece["start"], target, piece["text"], sign
    )
