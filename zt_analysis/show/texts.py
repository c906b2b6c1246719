"""What commands print of texts: their numbers, and what each is tied to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from zt_analysis.show.printing import COLOURS, console, print_rows
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.tying import TieOut


def mentions(found: list[dict[str, Any]], form: str) -> None:
    """The numbers of a text, one row each."""
    columns = ("surface", "value", "unit", "qualifier", "kind", "direction", "per", "role", "start", "end")
    print_rows(list(columns), [[_joined(one[column]) for column in columns] for one in found], form)


def _joined(cell: Any) -> str:
    return " to ".join(cell) if isinstance(cell, list) else str("" if cell is None else cell)


def _maybe_whole(found: TieOut) -> list[str]:
    """The one place that all numbers said to be of another are of: it may be the office's own whole."""
    forms = (re.escape(label(key, "zh")).replace(re.escape("{words}"), "(.+?)(?:（.*）)?")
             for key in ("tie_other_part", "tie_elsewhere"))  # fmt: skip
    form = "|".join(forms)
    said = {read[1] or read[2] for one in found.ties if one.reason and (read := re.fullmatch(form, one.reason["zh"]))}
    return list(said) if len(said) == 1 and not found.counts["tied"] else []


def tied(found: TieOut, language: str, form: str) -> None:
    """A tie-out: every number with what it is, then what is to be settled, then the coverage."""
    from zt_analysis.tying import record

    if form == "json":
        print(json.dumps(record(found), ensure_ascii=False, indent=1))
        return
    out = console()
    table = Table(
        *(label(word, language) for word in ("printed", "tied_place", "verdict", "page_label", "tie_expected"))
    )
    for one in found.ties:
        verdict = Text(label(one.status, language), style=COLOURS.get(one.status, ""))
        said = (one.name or one.reason or {}).get(language, "") or "; ".join(name[language] for name in one.candidates)
        table.add_row(
            " ".join(one.mention.surface.split()),
            one.place[language],
            verdict,
            said,
            (one.expected or {}).get(language, ""),
        )
    out.print(table)
    for remark in found.remarks:
        out.print(Text(f"{remark.place[language]}: {remark.text[language]}", style="bold red"), soft_wrap=True)
    for figure in found.unprinted:
        out.print(f"{label('tied_unprinted', language)} {figure.key} {figure.display(language)}", soft_wrap=True)
    for one_claim in found.misread:
        words = label("tied_misread", language).format(**one_claim)
        out.print(Text(f"{words} {one_claim[language]}", style="red"), soft_wrap=True)
    if found.proof:
        out.print(
            f"{label('proof_title', language)}: {label('proof_summary', language).format(**record(found)['proof'])}"
        )
    for words in _maybe_whole(found):
        out.print(label("tie_whole_hint", language).format(words=words), soft_wrap=True)
    counts = "; ".join(f"{word} {count}" for word, count in found.counts.items())
    out.print(f"{counts}; coverage {float(found.coverage):.1%}; wrong {len(found.wrong)}", soft_wrap=True)
