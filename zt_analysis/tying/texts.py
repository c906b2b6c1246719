"""Tie every number of a text to a figure of a case, excuse it, or name it unproven; and the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from zt_analysis.documents import Document, read_plain
from zt_analysis.documents.plain import read_markdown
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.indicators import Wanted, check, find
from zt_analysis.kept_patterns import keep
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.office import current
from zt_analysis.terms import labels
from zt_analysis.tying import excuses
from zt_analysis.tying.above import Above
from zt_analysis.tying.alongside import with_doubts
from zt_analysis.tying.answers import answered
from zt_analysis.tying.as_meant import meant
from zt_analysis.tying.as_one_reads import simplified, unspaced
from zt_analysis.tying.asked import unasked
from zt_analysis.tying.carried import is_of_part_above, is_open
from zt_analysis.tying.case import Case
from zt_analysis.tying.cell_reading import CellReading
from zt_analysis.tying.cells import Cells
from zt_analysis.tying.commented import with_comments
from zt_analysis.tying.compared import said_of_others
from zt_analysis.tying.contradictions import remarks
from zt_analysis.tying.dates import SEEN
from zt_analysis.tying.derived import derived
from zt_analysis.tying.derived_of import is_near
from zt_analysis.tying.derived_of import judged as judged_derived
from zt_analysis.tying.english import english
from zt_analysis.tying.frames import unframed
from zt_analysis.tying.leading import Leading
from zt_analysis.tying.manners import without_manner
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.order_said import in_said_order
from zt_analysis.tying.part_words import stated_dimensions
from zt_analysis.tying.places import in_words
from zt_analysis.tying.pointing import Pointing
from zt_analysis.tying.questions import asked
from zt_analysis.tying.ranks_alone import ranked
from zt_analysis.tying.readings import Reading, read, read_cell, unclear
from zt_analysis.tying.restated import restated
from zt_analysis.tying.retracted import Retracted
from zt_analysis.tying.said_first import without_praise
from zt_analysis.tying.sentences import Context, Sentences
from zt_analysis.tying.stated_days import with_dates
from zt_analysis.tying.sums import judged
from zt_analysis.tying.tie import GREEN, Tie, TieOut
from zt_analysis.tying.unprinted import NOT_PRINTED, misread, unprinted
from zt_analysis.tying.verdicts import judge


class NoNumberError(InputError):
    """A text that holds no number: there is nothing to tie."""


# a table of Markdown in a text without a name: the line under its headings
TABLE = re.compile(r"^[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t:|-]*$", re.MULTILINE)


def tie_text(text: str, case: Case, *, name: str = "text") -> TieOut:
    """Every number of a plain text with what it is; of a text without numbers nothing holds.

    It may be a piece of an issue: figures and claims that it does not print are none of its faults.
    """
    try:
        opened = (read_markdown if TABLE.search(text) else read_plain)(text, name)
        found = tie_out(opened, case)
        return replace(found, unprinted=(), misread=tuple(one for one in found.misread if one["text"] != NOT_PRINTED))
    except NoNumberError:
        return TieOut(name, case.paper.case, (), (), (), ())


def tie_out(document: Document, case: Case) -> TieOut:
    """Every number of ``document`` with what it is, and every headline figure that the text does not print.

    Raises:
        NoNumberError: the document holds no number at all.
    """
    from zt_analysis.proof import prove

    document = unspaced(document)
    with current().active():  # its words are asked for many times a number: not by the working folder each time
        mentions = _numbers(document, case)
        ties, readings, sentences, then = _all_tied(document, case, mentions)
        proof = prove(document, dated=date.fromisoformat(case.paper.issued_on), mentions=mentions)
        found = remarks(ties, sentences, then, proof, document, case)
        keep()  # a kernel may be killed at its end
        return TieOut(
            document.name, case.paper.case, tuple(ties), tuple(found), tuple(unprinted(ties, case)),
            tuple(misread(ties, case)), document.unread, asked(_left(ties, readings)), proof,
        )  # fmt: skip


def ties_of(document: Document, case: Case) -> list[Tie]:
    """Its ``ties`` alone, for who shows each number and does not ask what the text contradicts or leaves out.

    Raises:
        NoNumberError: as ``tie_out``.
    """
    with current().active():
        document = unspaced(document)
        ties = _all_tied(document, case, _numbers(document, case))[0]
        keep()
        return ties


def _numbers(document: Document, case: Case) -> list[Mention]:
    found = read_numbers(document.prose.text, dated=date.fromisoformat(case.paper.issued_on))
    if not found:
        raise NoNumberError(
            document.name, found="no number", expected="a text with numbers", hint="is it the right file?"
        )
    return found


def _all_tied(
    document: Document, case: Case, mentions: Sequence[Mention]
) -> tuple[list[Tie], list[Reading], Sentences, dict[str, Figure]]:
    """The ties, what they were read as, in which sentences, and the dated figures at the base date."""
    text = document.prose.text
    plain = without_manner(meant(answered(simplified(text), case), case), case)
    case.forget()
    plain = without_praise(unasked(plain, mentions, case), mentions, case)
    plain = unframed(plain, mentions, case)
    cells = Cells(document, case, mentions)
    sentences = Sentences(plain, mentions, said_of_others(plain, mentions, case), cells.holds, text)
    claims = excuses.Claims(case.claims)
    spoken = english(text, mentions, case.paper)
    in_cells = [(cells.reading(one) if cells else None) or spoken.get(one.start) for one in mentions]
    known: dict[int, Reading] = {}  # what a number means may hang on the one before it

    def in_prose(one: Mention) -> Reading:
        found = restated(read(one, sentences, case, known, (claims, document)), sentences, case)
        found = derived(ranked(found, sentences, case), sentences, case, known)
        return in_said_order(found, sentences, case)

    for one, cell in zip(mentions, in_cells, strict=True):
        known[one.start] = unclear(one, sentences, document) or (
            read_cell(one, cell, sentences, case) if cell else in_prose(one)
        )
    pointing = Pointing(
        sentences,
        mentions,
        case,
        (
            cells.notes,
            {start for start, one in known.items() if one.follows},
            {s for s, one in known.items() if one.needs or one.counts},
        ),
    )
    above = Above(sentences, mentions, document, case)
    beside = (Leading(sentences, mentions, case), Retracted(sentences, mentions, case))
    readings = [
        _pointed(known[one.start], pointing, cell, above, beside) for one, cell in zip(mentions, in_cells, strict=True)
    ]
    readings = with_comments(readings, document, sentences, case)
    wanted = {one for reading in readings for one in reading.needs}
    bases = {_at_base(one) for one in _dated(wanted)}
    figures = case.computed(sorted(wanted | bases, key=lambda one: (one.key, str(one.period))))
    ties = _with_others([_tie(one, figures, case, document) for one in readings], readings, figures, case)
    ties = with_doubts(ties, sentences, cells.holds, case)
    ties = with_dates(ties, sentences, document, case.paper.period.base_on)
    then = {one.key: figures[_at_base(one).key] for one in wanted & _dated(wanted)}
    return ties, readings, sentences, then


def _pointed(
    reading: Reading, pointing: Pointing, cell: CellReading | None, above: Above, beside: tuple[Leading, Retracted]
) -> Reading:
    """The reading, where no other sentence and no line above says that its number is something else."""
    if not reading.needs and not reading.counts:
        return reading
    why = pointing.why(reading.mention, [one.indicator for one in reading.needs], cell)
    if why is None or why.beside:
        led, taken_back = (one.why(reading.mention) for one in beside)
        if why and led:  # all that is to be confirmed is asked for at once
            why = replace(why, beside=why.beside + led.beside)
        why = why or led or taken_back
    why = why or above.why(reading.mention, reading.needs)
    return replace(reading, meaning=why, derived=None, excuse=None) if why else reading


def _left(ties: Sequence[Tie], readings: Sequence[Reading]) -> Iterator[tuple[Tie, Context, Meaning | None]]:
    """The unproven numbers of which a word is unknown, or every word: what is known as another thing is none."""
    for tie, reading in zip(ties, readings, strict=True):
        meaning = reading.meaning
        if tie.status == "unproven" and not reading.parts and (not meaning or meaning.unknown or meaning.beside):
            yield tie, reading.context, meaning


def _dated(asked: set[Wanted]) -> set[Wanted]:
    return {one for one in asked if find(one.indicator).time in SEEN}


def _at_base(wanted: Wanted) -> Wanted:
    return replace(wanted, period=wanted.period.at(wanted.period.base_on))


def _tie(reading: Reading, figures: Mapping[str, Figure], case: Case, document: Document) -> Tie:
    mention = reading.mention
    start, end = document.prose.span(mention.start, mention.end)
    make = partial(Tie, mention, start, end, in_words(document.place_of(start)))
    if reading.excuse:
        return _excused(make, reading.excuse)
    if reading.wanted:
        carried = is_open(reading, case)
        return _tied(make, mention, reading.wanted, figures, case, carried=carried)
    return make("unproven", reason=reading.meaning.reason if reading.meaning else labels("tie_no_words"))


def _excused(make: Callable[..., Tie], found: excuses.Excuse) -> Tie:
    if not found.expected and found.reason_key == excuses.PLACES_COUNTED:
        return make("agree", name=found.name)
    if not found.expected:
        return make("excused", name=found.name, reason=found.reason, excuse=found)
    expected = {"zh": found.expected, "en": found.expected}
    return make("differs", name=found.name, expected=expected, reason=found.reason, excuse=found)


def _tied(
    make: Callable[..., Tie],
    mention: Mention,
    meant: tuple[Wanted, ...],
    figures: Mapping[str, Figure],
    case: Case,
    *,
    carried: bool,
) -> Tie:
    right = all(
        judge(mention, figures[one.key])[0] in GREEN and _has_rows(one, figures[one.key], case) for one in meant
    )
    if len(meant) > 1 and not right:  # where both are right, it is right whichever is meant
        return make("ambiguous", candidates=tuple(_name(one, case) for one in meant))
    wanted = meant[0]
    figure = figures[wanted.key]
    if not _has_rows(wanted, figure, case):
        return make("unproven", name=_name(wanted, case), reason=labels("tie_no_rows"))
    status, difference = judge(mention, figure)
    if status == "differs" and is_near(mention, figure):
        return make("unproven", name=_name(wanted, case), reason=labels("tie_near_fraction"))
    if status not in GREEN and carried:  # 小学劝返复学330人，上门送教823人: of the part, or of all
        carries = {*stated_dimensions(), *case.registers}
        whole = replace(wanted, scope=tuple(one for one in wanted.scope if one[0] not in carries))
        return make("ambiguous", candidates=(_name(wanted, case), _name(whole, case)))
    expected = {language: figure.display(language) for language in ("zh", "en")}
    return make(
        status, figure=figure, wanted=wanted, name=_name(wanted, case), expected=expected, difference=difference
    )  # fmt: skip


def _has_rows(wanted: Wanted, figure: Figure, case: Case) -> bool:
    """Whether the tables speak of this part or day at all; what the case itself states is judged as it is."""
    if wanted.key in case.figures:
        return True
    if wanted not in case.reached:
        try:
            check([wanted], case.tables)
            case.reached[wanted] = True
        except InputError:  # a part, a day or a term of which there is no row
            case.reached[wanted] = False
    if not case.reached[wanted]:
        return False
    return figure.exact is not None and (
        figure.exact != 0 or set(dict(wanted.scope)) <= {*case.registers, *stated_dimensions()}
    )


def _name(one: Wanted, case: Case) -> dict[str, str]:
    """The figure's name with its date or term."""
    return {language: f"{text} {one.at}" for language, text in case.name(one).items()}


def _with_others(
    ties: list[Tie], readings: Sequence[Reading], figures: Mapping[str, Figure], case: Case
) -> list[Tie]:  # fmt: skip
    """Each number that is said to be the sum of others, or to follow from them, held against them."""
    found = {tie.mention.start: tie for tie in ties}

    def has_rows(one: Wanted) -> bool:
        return _has_rows(one, figures[one.key], case)

    for reading in readings:
        place = reading.mention.start
        if reading.parts:
            found[place] = judged(found[place], reading.parts, found)
        elif reading.derived:
            tie = judged_derived(found[place], reading.derived, figures, found, has_rows)
            above = tie.status not in GREEN and is_of_part_above(reading, case)
            found[place] = replace(tie, status="unproven", reason=labels("tie_no_words")) if above else tie
    return list(found.values())
