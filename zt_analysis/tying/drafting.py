"""The draft of a claims file from a text: one row a number, for a person to confirm."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from zt_analysis.bulletins import Paper
from zt_analysis.bulletins.claims import COLUMNS, scope_in
from zt_analysis.documents import Document
from zt_analysis.indicators import find
from zt_analysis.numbers import Mention
from zt_analysis.numbers.mention import as_json
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.tie import TIED, Tie, TieOut
from zt_analysis.tying.units import printed_unit, stated_value
from zt_analysis.tying.verdicts import qualifier_of
from zt_analysis.units import PRINTED_UNITS

HEADING = re.compile(r"[^。！？!?；;]{1,25}")
DIGITS = re.compile(r"[\d\s，,。；;：:、]")


def draft_claims(document: Document, found: TieOut, paper: Paper) -> str:
    """CSV in the form of ``claims/<case>.csv``; the class of what is not tied is left empty, so that nobody forgets it.

    Names, list numbers, ordinals and whatever else counts nothing are left out: they are no claims. An id says what the
    number is (or, where nothing is known of it, what is written around it), so that it stays when the text changes.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    taken: Counter[str] = Counter()
    for tie in found.ties:
        if tie.mention.role != "figure" or (tie.excuse and not tie.excuse.kind):
            continue
        row = _row(tie, document, paper)
        name = _name(row, tie, document)
        taken[name] += 1
        writer.writerow(row | {"claim_id": name if taken[name] == 1 else f"{name}-{taken[name]}"})
    return out.getvalue()


def _name(row: dict[str, str], tie: Tie, document: Document) -> str:
    if row["indicator"]:
        scope = ["_".join(code.split()) for _, code in scope_in(row["scope"])]
        return ".".join([row["indicator"], *scope, *(["base"] if row["at"] == "base" else [])])
    if row["parameter"]:
        return row["parameter"]
    before = CLAUSE_END.split(document.text[max(0, tie.start - 30) : tie.start])[-1]
    after = CLAUSE_END.split(document.text[tie.end : tie.end + 30])[0]
    content = DIGITS.sub("", f"{before}|{tie.mention.unit}|{after}")
    return f"n-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _row(tie: Tie, document: Document, paper: Paper) -> dict[str, str]:
    value, unit = _printed(tie.mention)
    place = document.place_of(tie.start)
    row = dict.fromkeys(COLUMNS, "") | {
        "surface": " ".join(tie.mention.surface.split()),
        "value": value,
        "unit": unit,
        "qualifier": qualifier_of(tie.mention),
        "kind": tie.mention.kind,
        "paragraph": str(place.paragraph or place.line or ""),
        "section": _section(document, tie.start),
        "label_zh": _label(tie, "zh"),
        "label_en": _label(tie, "en"),
    }
    return row | (_of_figure(tie, paper) or _of_excuse(tie))


def _label(tie: Tie, language: str) -> str:
    """What the number is called, without the day of its figure."""
    name = tie.name[language] if tie.name else ""
    return name.removesuffix(f" {tie.figure.at}") if tie.figure else name


def _of_figure(tie: Tie, paper: Paper) -> dict[str, str]:
    """What a statistic is tied to; nothing for a day that no claim can name, or a range."""
    if tie.figure is None or tie.status not in TIED or stated_value(tie.mention) is None:
        return {}
    indicator, now = find(tie.figure.indicator), paper.period
    days = {indicator.at(now.at(now.base_on)): "base", indicator.at(now): "as_of"}
    if tie.figure.at not in days or printed_unit(tie.mention) not in PRINTED_UNITS:
        return {}
    return {
        "class": "statistic",
        "headline": "yes",
        "indicator": indicator.id,
        "at": "term" if indicator.time == "term" else days[tie.figure.at],
        "scope": " ".join(f"{name}={value}" for name, value in tie.figure.scope),
    }


def _of_excuse(tie: Tie) -> dict[str, str]:
    if tie.excuse is None:
        return {}
    found = tie.excuse
    # a relation that needs the number asks for it by its role
    return {"class": found.kind, "parameter": found.parameter, "role": found.parameter, "reason": found.reason_key}


def _section(document: Document, start: int) -> str:
    """The heading under which a number stands; empty before the first."""
    name = ""
    for block in document.blocks:
        if block.start > start:
            break
        text = document.text[block.start : block.end].strip()
        short = HEADING.fullmatch(text) and not block.start <= start < block.end and not re.search(r"\d", text)
        if block.kind == "heading" or short:
            name = text
    return name


def _printed(mention: Mention) -> tuple[str, str]:
    """The value and unit as printed: money in the unit beside it, anything else as read."""
    if mention.unit == "ratio" and (to_one := stated_value(mention)) is not None:
        return str(to_one), printed_unit(mention)
    value = as_json(mention.value)
    text = "-".join(value) if isinstance(value, list) else str(value)
    squeezed = re.sub(r"[\s多余几来以上下内左右]", "", mention.surface)
    if isinstance(mention.value, Decimal) and mention.unit in PRINTED_UNITS:
        for unit in sorted(PRINTED_UNITS, key=len, reverse=True):
            kind = next((one for one in PRINTED_UNITS[unit] if one in PRINTED_UNITS[mention.unit]), None)
            if kind and unit != mention.unit and unit.endswith(mention.unit) and squeezed.endswith(unit):
                per = PRINTED_UNITS[unit][kind] / PRINTED_UNITS[mention.unit][kind]
                step = Fraction(mention.step) / per
                shown = Decimal(step.numerator) / Decimal(step.denominator) * round(mention.value / mention.step)
                return f"{shown:f}", unit
    return text, mention.unit
