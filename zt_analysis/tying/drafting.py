"""The draft of a claims file from a text: one row a number, for a person to confirm."""

from __future__ import annotations

import csv
import io

from zt_analysis.bulletins import Paper
from zt_analysis.bulletins.claims import COLUMNS
from zt_analysis.documents import Document
from zt_analysis.figures import PRINTED_UNITS
from zt_analysis.numbers import Mention
from zt_analysis.numbers.mention import as_json
from zt_analysis.tying.definition import TIED, Tie, TieOut


def draft_claims(document: Document, found: TieOut, paper: Paper) -> str:
    """CSV in the form of ``claims/<case>.csv``; the class of what is not tied is left empty, so that nobody forgets it.

    Names and list numbers are left out: they are no claims.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    kept = [tie for tie in found.ties if tie.mention.role == "figure"]
    for number, tie in enumerate(kept, start=1):
        writer.writerow(_row(f"F{number:02d}", tie, document, paper))
    return out.getvalue()


def _row(name: str, tie: Tie, document: Document, paper: Paper) -> dict[str, str]:
    tied = tie.figure is not None and tie.status in TIED
    value, unit = _printed(tie.mention)
    row = dict.fromkeys(COLUMNS, "") | {
        "claim_id": name,
        "surface": " ".join(tie.mention.surface.split()),
        "value": value,
        "unit": unit,
        "qualifier": tie.mention.qualifier,
        "kind": tie.mention.kind,
        "class": "statistic" if tied else "",
        "headline": "yes" if tied else "",
        "paragraph": str(document.place_of(tie.start).paragraph or document.place_of(tie.start).line or ""),
        "label_zh": tie.name["zh"] if tie.name else "",
        "label_en": tie.name["en"] if tie.name else "",
    }
    return row | (_of_figure(tie, paper) if tied else _of_excuse(tie))


def _of_figure(tie: Tie, paper: Paper) -> dict[str, str]:
    assert tie.figure is not None
    at = {paper.as_of: "as_of", paper.base_on: "base"}.get(tie.figure.at, "term")
    scope = " ".join(f"{name}={value}" for name, value in tie.figure.scope)
    return {"indicator": tie.figure.indicator, "at": at, "scope": scope}


def _of_excuse(tie: Tie) -> dict[str, str]:
    if tie.excuse is None:
        return {}
    return {"class": tie.excuse.kind, "parameter": tie.excuse.parameter, "reason": tie.excuse.reason_key}


def _printed(mention: Mention) -> tuple[str, str]:
    """The value and unit as printed: money in the unit beside it, anything else as read."""
    value = as_json(mention.value)
    text = "-".join(value) if isinstance(value, list) else str(value)
    for unit in sorted(PRINTED_UNITS, key=len, reverse=True):
        if mention.kind == "money" and "".join(mention.surface.split()).endswith(unit):
            per = PRINTED_UNITS[unit][1] / PRINTED_UNITS["元"][1]
            shown = f"{mention.step / int(per) * round(mention.value / mention.step):f}"  # type: ignore[operator,arg-type]
            return shown, unit
    return text, mention.unit
