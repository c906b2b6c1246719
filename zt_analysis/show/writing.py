"""What ``zt write`` prints: the numbers that somebody has to look at, what moved, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from zt_analysis.show.papers import decided
from zt_analysis.show.printing import console
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.tying import TieOut
    from zt_analysis.writing import Written
    from zt_analysis.writing.checking import Checked
    from zt_analysis.writing.converting import Converted
    from zt_analysis.writing.moved import Moved

STYLES = {"wrong": "bold red", "other": "bold red", "open": "yellow", "unread": "yellow"}


def written(one: Written, moved: Sequence[Moved], language: str) -> None:
    """Numbers typed by hand and those of places that are not proven; sentences that moved; the counts."""
    out = console()
    told = [each for each in one.held.numbers if each.is_typed or not each.fine]
    if told:
        names = ("write_line", "printed", "write_kind", "page_label", "write_place")
        table = Table(*(label(name, language) for name in names))
        for each in told:
            kind = Text(label(f"write_{each.kind}", language), style=STYLES.get(each.kind, ""))
            table.add_row(str(each.line or "—"), each.surface, kind, each.said.get(language, ""), each.place)
        out.print(table)
    for remark in one.held.found.remarks:
        out.print(Text(f"{remark.place[language]}: {remark.text[language]}", style="bold red"), soft_wrap=True)
    for claim in one.held.found.misread:
        words = label("tied_misread", language).format(**claim)
        out.print(Text(f"{words} {claim[language]}", style="red"), soft_wrap=True)
    for sentence in moved:
        where = label("write_moved", language).format(line=sentence.line or "—")
        out.print(Text(f"{where}\n  - {sentence.before.strip()}\n  + {sentence.after.strip()}"), soft_wrap=True)
    counts = "; ".join(f"{word} {count}" for word, count in one.counts.items())
    coverage = float(one.held.found.coverage)
    out.print(f"{one.text.name}: {counts}; coverage {coverage:.1%}", soft_wrap=True)
    decided(one.ledger)


def converted(found: Converted, language: str) -> None:
    """The numbers that stay typed, and how many became places."""
    out = console()
    if found.left:
        names = ("write_line", "printed", "write_kind", "page_label", "write_place")
        table = Table(*(label(name, language) for name in names))
        for each in found.left:
            kind = Text(label(f"write_{each.kind}", language), style=STYLES.get(each.kind, ""))
            table.add_row(each.where[language], each.surface, kind, each.said.get(language, ""), each.place)
        out.print(table)
    for line in found.dropped:
        out.print(label("write_dropped", language).format(line=line), soft_wrap=True)
    out.print(label("write_converted", language).format(replaced=found.replaced, left=len(found.left)))


def checked(numbers: Sequence[Checked], tied: TieOut, language: str) -> None:
    """The numbers that are not as the text prints them, then those that their words contradict or do not prove."""
    out = console()
    differing = [each for each in numbers if each.kind != "same"]
    if differing:
        names = ("write_line", "write_key", "tie_expected", "printed", "write_kind")
        table = Table(*(label(name, language) for name in names))
        for each in differing:
            kind = Text(label(f"write_{each.kind}", language), style="bold red")
            table.add_row(str(each.line or "—"), each.tag, each.expected, each.found, kind)
        out.print(table)
    for tie in tied.ties:
        if tie.fails or tie.status in ("unproven", "ambiguous"):
            said = (tie.name or tie.reason or {}).get(language, "")
            expected = (tie.expected or {}).get(language, "")
            words = f"{tie.place[language]}: {tie.mention.surface} {label(tie.status, language)} {said} {expected}"
            out.print(Text(words.strip(), style="red" if tie.fails else "yellow"), soft_wrap=True)
    for remark in tied.remarks:
        out.print(Text(f"{remark.place[language]}: {remark.text[language]}", style="bold red"), soft_wrap=True)
    same = len(numbers) - len(differing)
    coverage = f"{float(tied.coverage):.1%}"
    out.print(label("write_checked", language).format(same=same, all=len(numbers), coverage=coverage))
