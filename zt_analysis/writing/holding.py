"""A written sheet held against its own words: is each number what stands beside it says, and who typed the others.

The text is tied as ``zt tie`` ties a draft that somebody else wrote: a figure put beside the words of another one is
found here, and a number typed by hand is a claim of the case, excused, a figure that could have had a place, or open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zt_analysis.documents.plain import read_markdown
from zt_analysis.errors import InputError
from zt_analysis.sources import Tables
from zt_analysis.terms import labels
from zt_analysis.tying import Case, Tie, TieOut, case_of, tie_out
from zt_analysis.writing.filling import Sheet
from zt_analysis.writing.markdown import Span, written
from zt_analysis.writing.suggesting import place_for

GREEN = ("agree", "agree_rounded", "within_bound")
FINE = ("claim", "excuse")


@dataclass(frozen=True)
class Number:
    """One number of a written text.

    Attributes:
        line: in the file of the text; 0 for masthead and foot.
        kind: of a place ``proven``, ``other`` (its words say another figure), ``open``, or ``unread`` (its words are
            English, which is not read); of a number that was typed ``claim``, ``excuse``, ``figure`` (a place would
            do), ``wrong`` or ``open``.
        said: why, in zh and en; place: the place that prints it, as written, or would.
    """

    surface: str
    line: int
    kind: str
    is_typed: bool
    said: dict[str, str]
    place: str = ""

    @property
    def fine(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.kind == "proven" or (self.is_typed and self.kind in (*FINE, "figure"))


@dataclass(frozen=True)
class Held:
    """A sheet held against its own words."""

    numbers: tuple[Number, ...]
    found: TieOut

    @property
    def typed(self) -> list[Number]:
        """The numbers that were typed by hand."""
        return [one for one in self.numbers if one.is_typed]

    @property
    def holds(self) -> bool:
        """Whether each number is proven or excused, and no wording contradicts one."""
        return self.found.holds and self.found.coverage == 1 and all(one.fine for one in self.numbers)


def hold(sheet: Sheet, tables: Tables, name: str) -> Held:
    """Tie the text of ``sheet``; ``name`` is what messages call it.

    Raises:
        NoNumberError: it has none.
    """
    case = case_of(sheet.paper, tables, sheet.paper.printed_so_far())
    out = written(sheet)
    found = tie_out(read_markdown(out.text, name), case)
    return Held(tuple(number_of(tie, out.spans, case) for tie in found.ties), found)


def refuse_typed(held: Held, name: str) -> None:
    """Refuse numbers typed by hand that are neither claims of the case nor excused.

    Raises:
        InputError: names each with its line.
    """
    left = [one for one in held.typed if one.kind not in FINE]
    if not left:
        return
    where = ["masthead or foot" if one.line == 0 else f"line {one.line}" for one in left]
    places = [
        f"{at} {one.surface}" + (f" (write {one.place})" if one.place else "")
        for at, one in zip(where, left, strict=True)
    ]
    raise InputError(
        f"{name}: typed: refuse", found=f"{len(left)} typed by hand: {'; '.join(places)}",
        expected="figures in places; what is typed is a claim of the case or excused", hint="docs/write.md",
    )  # fmt: skip


def number_of(tie: Tie, spans: Sequence[Span], case: Case) -> Number:
    """What a tied number of a written text is; ``spans`` say where its runs stand."""
    here = [one for one in spans if one.start < tie.end and tie.start < one.end]
    filled = next((one.run for one in here if one.run.key), None)
    surface = " ".join(tie.mention.surface.split())
    line = next((one.run.line for one in here if one.run.line), 0)
    said = dict(tie.name or {}) or dict(tie.reason or {}) or _either(tie)
    if filled is None:
        kind = _typed(tie, case)
        return Number(surface, line, kind, True, said, place_for(tie, case) if kind in ("figure", "wrong") else "")
    place = f"{{{filled.place.raw}}}" if filled.place else ""
    if filled.figure is None:
        kind = "proven" if tie.status == "excused" else "open"
    elif tie.figure is None:
        kind = "open"
    else:
        # a view may be the very figure that the office calls by a name of its own
        value = (tie.figure.exact, tie.figure.unit) == (filled.figure.exact, filled.figure.unit)
        kind = "proven" if tie.status in GREEN and (tie.figure.key == filled.key or value) else "other"
    if kind == "open" and case.paper.language != "zh":
        kind, said = "unread", labels("write_unread_why")
    return Number(surface, line, kind, False, said, place)


def _typed(tie: Tie, case: Case) -> str:
    if tie.status == "excused":
        return "excuse"
    if tie.status in GREEN:
        printed = {one.wanted(case.paper.period).key for one in case.claims if one.cls == "statistic"}
        return "claim" if tie.figure and tie.figure.key in printed else "figure"
    return "wrong" if tie.fails else "open"


def _either(tie: Tie) -> dict[str, str]:
    return {language: " / ".join(one[language] for one in tie.candidates) for language in ("zh", "en")}
