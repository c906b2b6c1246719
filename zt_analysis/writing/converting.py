"""A draft that somebody typed, as a text with places: each number that is tied becomes its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zt_analysis.documents import Block, Document
from zt_analysis.errors import InputError
from zt_analysis.terms import label
from zt_analysis.tying import Case, Tie, tie_out
from zt_analysis.writing import imprint
from zt_analysis.writing.filling import Sheet, text_of
from zt_analysis.writing.places import ABSOLUTE, DATES, DIRECTIONS, direction_before, read_place
from zt_analysis.writing.printing import printed, printed_parameter
from zt_analysis.writing.source import UNPRINTABLE
from zt_analysis.writing.suggesting import place_for
from zt_analysis.writing.titles import levels_of
from zt_analysis.writing.unread import LEADING, SIGNS

GREEN = ("agree", "agree_rounded", "within_bound")
# the parameters that a place writes with the words around them: 第11期 is 第{issue_number}期
NUMBERED = re.compile(r"\d+")
SPACED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]+(?=\{)|(?<=\})[ \t]+(?=[\u2e80-\uffef])")
DRAWN = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
PAGE = ("header", "footer")


@dataclass(frozen=True)
class Left:
    """A number that stays typed: where, what it is, why, and the place that would print its figure."""

    surface: str
    where: dict[str, str]
    kind: str
    said: dict[str, str]
    place: str = ""


@dataclass(frozen=True)
class Converted:
    """A draft with places: its Markdown, how many numbers became places, which stay typed.

    Attributes:
        dropped: lines of the draft that the letterhead prints in its own words, and drawings.
    """

    text: str
    replaced: int
    left: tuple[Left, ...]
    dropped: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether each number is a place or excused."""
        return all(one.kind == "excuse" for one in self.left)


def convert(document: Document, case: Case, around: Sheet | None) -> Converted:
    """``document`` as Markdown with places.

    Args:
        around: a sheet whose masthead and foot ``zt write`` adds itself: such lines of the draft are left out.
    """
    found = tie_out(document, case)
    body = [one for one in document.blocks if one.kind not in PAGE]
    given = _around(around) if around else None
    blocks = [one for one in body if not _is_around(_plain(document, one), given)]
    dropped = tuple(" ".join(_plain(document, one).split()) for one in body if one not in blocks)
    inside = [tie for tie in found.ties if any(one.start <= tie.start < one.end for one in blocks)]
    places = {tie.start: _place(tie, document.text[: tie.start], case) for tie in inside}
    text = "\n".join(_lines(document, blocks, [one for one in inside if places[one.start]], places))
    left = tuple(_left(tie, document.text[: tie.start], case) for tie in inside if not places[tie.start])
    return Converted(text.strip("\n") + "\n", sum(map(bool, places.values())), left, dropped)


def _around(sheet: Sheet) -> re.Pattern[str]:
    """What a sheet prints above and below its text, without spaces; its lists and copies whatever they say."""
    date, number = text_of(sheet.date), text_of(sheet.number)
    marks = [*sheet.marks, label("write_refused", sheet.language)]
    lines = [sheet.title, *marks, number, sheet.office, date, f"{sheet.office}{date}", *sheet.notes]
    exact = [re.escape(_squeezed(line)) for line in lines if line]
    return re.compile("|".join([*exact, *imprint.patterns(sheet)]), re.DOTALL)


def _is_around(text: str, given: re.Pattern[str] | None) -> bool:
    """Whether a line is one that the letterhead prints, or a drawing: a chart is drawn anew from its name."""
    squeezed = _squeezed(text)
    return bool(DRAWN.fullmatch(squeezed) or (given and given.fullmatch(squeezed)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _plain(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def _left(tie: Tie, before: str, case: Case) -> Left:
    kind = "excuse" if tie.status == "excused" else "wrong" if tie.fails else "open"
    if tie.status in GREEN:
        kind = "figure"
    said = dict(tie.name or {}) or dict(tie.reason or {})
    surface = " ".join(tie.mention.surface.split())
    return Left(surface, dict(tie.place), kind, said, place_for(tie, case, before) if kind != "excuse" else "")


def _place(tie: Tie, before: str, case: Case) -> str:
    """The text with a place that prints what the number says; empty where none does."""
    shown = _squeezed(tie.mention.surface)
    language = case.paper.language
    if tie.status in GREEN and tie.figure is not None:
        written = place_for(tie, case, before)
        shown = direction_before(before) + shown if _directed(written) else shown
        try:
            same = bool(written) and printed(tie.figure, read_place(written[1:-1], "", 0), language) == shown
        except InputError:  # a bound that the place keeps otherwise: 超过 of a value rounded down is another number
            same = False
        return written if same else ""
    name = _parameter(tie, case)
    if not name:
        return ""
    value = case.paper.parameters[name]
    if isinstance(value, int):
        number = NUMBERED.search(shown)
        whole = shown.replace(number[0], f"{{{name}}}", 1) if number and int(number[0]) == value else ""
        return whole if len(NUMBERED.findall(shown)) == 1 else ""
    for dated in DATES:
        place = f"{name} | {dated}"
        if shown == printed_parameter(value, read_place(place, "", 0), language):
            return f"{{{name}}}" if dated == DATES[0] else f"{{{place}}}"
    return ""


def _parameter(tie: Tie, case: Case) -> str:
    """The parameter of the case that a number is: by its words, or the day of the figure beside it."""
    values = case.paper.parameters
    if tie.status != "excused":
        return ""
    if tie.excuse is not None and tie.excuse.kind:
        return tie.excuse.parameter if tie.excuse.parameter in values else ""
    day = str(tie.mention.resolved or tie.mention.value)
    return next((one for one in ("as_of", "base_on") if values.get(one) == day), "")


def _directed(place: str) -> bool:
    """Whether a place prints the word of a rise or fall."""
    spec = place.rpartition("|")[2].strip("} ").split()
    return any(word in DIRECTIONS and word != ABSOLUTE for word in spec)


def _lines(document: Document, blocks: Sequence[Block], ties: Sequence[Tie], places: dict[int, str]) -> Iterator[str]:
    """Markdown, one line a block; tables by rows."""
    levels = levels_of(document, blocks)
    table: tuple[int, int] | None = None
    cells: list[str] = []
    for block in blocks:
        inside = _filled(document, block, ties, places)
        here = (block.place.table, block.place.row or 0) if block.place.table else None
        if table and here != table:
            yield from _row(cells, head=table[1] == 1)
            cells = []
            if here is None or here[0] != table[0]:
                yield ""
        table = here
        if here:
            cells += [""] * ((block.place.column or 1) - 1 - len(cells)) + [inside.replace("|", "\\|")]
            continue
        if block.start in levels:
            inside = f"{'#' * levels[block.start]} {inside}"
        elif block.kind == "list-item" and block.numbered:
            inside = f"- {inside}"
        elif document.kind != "md":
            inside = LEADING.sub(r"\\", inside, count=1)
        yield from (inside, "")
    if table:
        yield from _row(cells, head=table[1] == 1)


def _row(cells: Sequence[str], *, head: bool) -> Iterator[str]:
    # the | in a place parts its figure from how it is printed
    yield "| " + " | ".join(re.sub(r"\{[^}]*\}", lambda one: one[0].replace("\\|", "|"), cell) for cell in cells) + " |"
    if head:
        yield "|" + "---|" * len(cells)


def _filled(document: Document, block: Block, ties: Sequence[Tie], places: dict[int, str]) -> str:
    out, at = [], block.start
    for tie in ties:
        if block.start <= tie.start and tie.end <= block.end and tie.start >= at:
            word = direction_before(document.text[: tie.start]) if _directed(places[tie.start]) else ""
            out += [_said(document, at, tie.start - len(word)), places[tie.start]]
            at = tie.end
    whole = "".join([*out, _said(document, at, block.end)]).strip()
    # 上门送教 823 人 is typed with spaces that print nothing
    return SPACED.sub("", whole)


def _said(document: Document, start: int, end: int) -> str:
    """What the draft says, on one line; of Markdown its own signs stay."""
    text = re.sub(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])", "", document.text[start:end])
    text = UNPRINTABLE.sub("", re.sub(r"\s*\n\s*", " ", text))
    if document.kind == "md":
        return re.sub(r"(?<!\\)[{}｛｝]", r"\\\g<0>", text)
    return SIGNS.sub(r"\\\g<0>", text)
