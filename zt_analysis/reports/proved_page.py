"""The page of a document held against itself: the text, each number marked, linked to what it was held against."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.reports.escaping import visible_everywhere
from zt_analysis.reports.findings import badge
from zt_analysis.reports.fonts import with_known
from zt_analysis.reports.page import filled, script_hash
from zt_analysis.reports.words import Words

Record = Mapping[str, Any]
TERMS = {False: "proof_wrong", None: "proof_doubtful", True: "proof_held"}
SIGNS = {"good": "", "open": "？", "bad": "×", "against": "≠", "none": ""}
MARKS = {"good": "good", "open": "open", "bad": "bad", "against": "against", "none": "known"}
# an arc of a number that stands in more findings than this would hide the text
MOST_ARCS = 12


def proved(found: Record) -> str:
    """The page of a proof's record (``proof.page_record``), in its language."""
    found = _printable(visible_everywhere(found))
    words = Words(found["language"])
    rows = [_row(number, one, quote, words) for number, (one, quote) in enumerate(_quoted(found))]
    folder = files("zt_analysis.reports") / "templates"
    script = "\n".join((folder / name).read_text(encoding="utf-8").strip() for name in ("page.js", "proved.js"))
    return filled(
        "proved.html.j2",
        words,
        found=found,
        case={},
        wrong=[one for one in rows if one["holds"] is False],
        doubtful=[one for one in rows if one["holds"] is None],
        held=[one for one in rows if one["holds"] is True],
        blocks=list(_blocks(found["blocks"])),
        arcs=_arcs(rows),
        share=f"{found['held'] / found['numbers']:.0%}" if found["numbers"] else "0%",
        status="status_agrees" if found["holds"] else "status_differs",
        script=Markup(script),
        script_hash=script_hash(script),
        further_style=Markup((folder / "proved.css").read_text(encoding="utf-8").strip()),
    )


def _quoted(found: Record) -> Iterator[tuple[Record, Sequence[Record]]]:
    return zip(found["findings"], found["quotes"], strict=True)


def _arcs(rows: Sequence[Record]) -> Markup:
    """By finding: its state, and where the number stands that is held. Data, which no policy on scripts forbids."""
    kinds = {False: "bad", None: "open", True: "good"}
    found = {str(one["number"]): [kinds[one["holds"]], one["at"]] for one in rows if one["at"] is not None}
    return Markup(json.dumps(found, separators=(",", ":")))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return with_known(value)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list) else value


def _row(number: int, one: Record, quote: Sequence[Record], words: Words) -> dict[str, Any]:
    links = [
        Markup('<a href="#n-{}">{}</a>').format(each["start"], " ".join(each["surface"].split()))
        for each in one["numbers"]
    ]
    way, _, follows = one["computed"].rpartition(" = ")
    return {
        "holds": one["holds"],
        "anchor": f"f-{number}",
        "number": number,
        "badge": badge(TERMS[one["holds"]], words.language),
        "kind": words(f"proof_{one['kind']}"),
        "numbers": Markup("、" if words.language == "zh" else ", ").join(links),
        "at": one["at"],
        "place": one["place"],
        "states": one["states"],
        "computed": one["computed"],
        "way": way,
        "follows": follows,
        "difference": one["difference"] or "—",
        "quote": Markup("").join(_quote_piece(each) for each in quote),
    }


def _quote_piece(piece: Record) -> Markup:
    role = piece.get("role")
    if role is None:
        return escape(piece["text"])
    return Markup('<b class="{}">{}</b>').format(role, piece["text"])


def _blocks(blocks: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """The paragraphs and tables of the text in order."""
    for table, group in groupby(blocks, key=lambda one: one["cell"][0] if one["cell"] else None):
        if table is None:
            yield from ({"kind": one["kind"], "html": _html(one)} for one in group)
            continue
        cells = [(one["cell"], _html(one)) for one in group]
        rows = [
            _in_cells([(cell[2] or 1, html) for cell, html in row])
            for _, row in groupby(cells, key=lambda one: one[0][1])
        ]
        yield {"kind": "table", "rows": rows}


def _in_cells(row: Sequence[tuple[int, Markup]]) -> list[Markup]:
    """The cells of a row by column; the paragraphs of one cell under each other, what is merged or empty left blank."""
    found: dict[int, Markup] = {}
    for column, html in row:
        found[column] = found[column] + Markup("<br>") + html if column in found else html
    return [found.get(column, Markup("")) for column in range(1, max(found) + 1)]


def _html(block: Record) -> Markup:
    return Markup("").join(_piece(one) for one in block["pieces"])


def _piece(piece: Record) -> Markup:
    if "state" not in piece:
        return escape(piece["text"])
    findings = piece["findings"]
    target = Markup(' href="#f-{}" data-in="{}"').format(findings[0], _some(findings)) if findings else Markup("")
    sign = Markup("<span>{}</span>").format(SIGNS[piece["state"]]) if SIGNS[piece["state"]] else Markup("")
    return Markup('<a class="mark {}" id="n-{}"{}>{}{}</a>').format(
        MARKS[piece["state"]], piece["start"], target, piece["text"], sign
    )


def _some(findings: Sequence[int]) -> str:
    return " ".join(map(str, findings[:MOST_ARCS]))
