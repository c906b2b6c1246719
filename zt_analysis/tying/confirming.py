"""A person's answers to a text's questions: read, checked against the office, and written with name and date."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zt_analysis.contents import named, plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.indicators import find
from zt_analysis.numbers import read_numbers
from zt_analysis.office import Office, current
from zt_analysis.tying import matching, vocabulary
from zt_analysis.tying.apart import LONGEST as MOST
from zt_analysis.tying.apart import one_line, why_not_apart
from zt_analysis.tying.closed import ELSEWHERE
from zt_analysis.tying.confirmed import (
    APART,
    COLUMNS,
    FIGURE,
    MEANS,
    NOTHING,
    PLACE,
    Confirmed,
    check_figure,
    confirmed,
    office_name,
)
from zt_analysis.tying.time_words import OTHER
from zt_analysis.tying.units import families_of_mention, family_of_figure
from zt_analysis.tying.vocabulary import pattern

ANSWERS = ("office", "words", "number", "sentence", "means", "figure", "by")
LEAST, LONGEST, NAME_LONGEST = 2, 40, 60
# these decide whether a number is stated at all: no person's word undoes them
DECIDING = ("negation", "negation_after", "plan", "plan_clause", "doubt", "except", "defect", "flow", "noun")
FORMULA = re.compile(r"^[=+\-@\t]")
CONTROL = re.compile(r"[\x00-\x1f\x7f|]")


@dataclass(frozen=True)
class Answer:
    """What a person said of one word, or of the sentence that holds it.

    Attributes:
        number: the number beside it; where: the line that an error names.
        sentence: what is of another thing, where ``means`` says so.
    """

    words: str
    means: str
    figure: str
    by: str
    number: str
    where: str
    sentence: str = ""

    @property
    def of(self) -> str:
        """What is answered: a word, or a whole sentence."""
        return one_line(self.sentence) if self.means == APART else self.words


def read_answers(path: Path) -> list[Answer]:
    """The answers in a file saved from a page; a row whose ``means`` is left empty is none.

    Raises:
        InputError: no such file, no CSV of these columns, another office's, or no answer in it.
    """
    try:
        text = plain_bytes(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = getattr(error, "strerror", None) or "text that is not UTF-8"
        raise InputError(str(path), found=found, expected="the file saved from the page of a tie-out") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if lacking := [name for name in ANSWERS if name not in (rows.fieldnames or ())]:
        raise InputError(
            f"{path}, line 1", found=f"no column {lacking[0]!r}", expected=",".join(ANSWERS),
            hint="save it from the page: zt tie DRAFT --case C --html page.html",
        )  # fmt: skip
    found = []
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        if None in row or None in row.values():
            raise InputError(where, found="cells too few or many", expected=f"{len(ANSWERS)}", hint="quote commas")
        if row["means"].strip():
            _same_office(row["office"].strip(), where)
            given = {name: row[name].strip() for name in ("words", "means", "figure", "by", "number", "sentence")}
            found.append(Answer(**given, where=where))
    if not found:
        raise InputError(
            str(path), found="no answer", expected="a row with a word in the column means", hint=", ".join(MEANS)
        )
    return found


def confirm(answers: Sequence[Answer], on: date) -> tuple[Path, list[Confirmed]]:
    """Write the answers into the office's file; where that is and what is new in it.

    Nothing is written unless all of them can be.

    Raises:
        InputError: an answer that cannot be: another kind, an unknown figure or one of another unit, a word that
            decides whether a number is stated, one answered twice or confirmed otherwise before.
    """
    office = current()
    if office.folder is None:
        raise InputError("the project", found="no office", expected="a folder office/", hint="zt init begins one")
    known = {one.words: one for one in confirmed()}
    new: dict[str, tuple[Answer, Confirmed]] = {}
    for one in answers:
        _checked(one, office)
        said = Confirmed(one.of, one.means, one.figure, one.by, on.isoformat())
        if one.of in new and new[one.of][1] != said:
            raise InputError(
                f"{one.where}, column 'words'", found=f"{one.of!r} again", expected="each word once",
                hint=f"{new[one.of][0].where} answers it",
            )  # fmt: skip
        before = known.get(one.of)
        if before and (before.means, before.figure) != (one.means, one.figure):
            meant = " ".join(filter(None, (before.means, before.figure)))
            raise InputError(
                f"{one.where}, column 'means'", found=" ".join(filter(None, (one.means, one.figure))),
                expected=f"{meant!r}, as {before.by} confirmed on {before.on}",
                hint=f"delete that line of {office.name}/{PLACE} first",
            )  # fmt: skip
        new[one.of] = (one, said)
    file = office.folder / PLACE
    fresh = [said for word, (_, said) in new.items() if word not in known]
    if fresh:
        _append(file, fresh)
        vocabulary.forget()
        matching.forget()
    return file, fresh


def _same_office(said: str, where: str) -> None:
    if said != office_name():
        raise InputError(
            f"{where}, column 'office'", found=repr(said), expected=repr(office_name()),
            hint="these are the words of another office: an answer holds for the office whose page asked",
        )  # fmt: skip


def _checked(one: Answer, office: Office) -> None:
    asked = ("sentence", one.of, MOST) if one.means == APART else ("words", one.words, LONGEST)
    for column, text, longest in (asked, ("by", one.by, NAME_LONGEST)):
        if not text or len(text) > longest or CONTROL.search(text) or FORMULA.search(text):
            raise InputError(
                f"{one.where}, column {column!r}", found=repr(text[:60]), expected=f"1 to {longest} characters of text",
                hint="who says so, by name" if column == "by" else f"the {column} as the page has it",
            )  # fmt: skip
    if one.means not in MEANS:
        raise InputError(f"{one.where}, column 'means'", found=repr(one.means), expected=", ".join(MEANS))
    check_figure(one.means, one.figure, one.where, office)
    if one.means == FIGURE:
        _of_its_unit(one)
    if one.means == APART and (why := why_not_apart(one.sentence)):
        raise InputError(
            f"{one.where}, column 'means'", found=f"a sentence that {why} is apart",
            expected="one that says nothing of any number", hint="its words are read; they may be confirmed one by one",
        )  # fmt: skip
    if one.means == NOTHING and (why := _decides(one.words)):
        raise InputError(
            f"{one.where}, column 'means'", found=f"{one.words!r} means nothing", expected=f"no word that {why}",
            hint="say that it narrows, or declare a longer word in words/texts/words.csv",
        )  # fmt: skip


def _of_its_unit(one: Answer) -> None:
    mentions = read_numbers(one.number)
    kinds = families_of_mention(mentions[0], rate=True) if len(mentions) == 1 else frozenset()
    unit = family_of_figure(find(one.figure).unit)
    if unit not in kinds:
        raise InputError(
            f"{one.where}, column 'figure'", found=f"{one.figure}, a figure of {unit}",
            expected=f"one that {one.number!r} can state",
            hint="the page offers only such figures",
        )  # fmt: skip


def _decides(words: str) -> str:
    """What a word does that no answer undoes; empty where it may well change nothing."""
    if len(words) < LEAST:
        return "is a single character"
    if re.search(r"\d", words):
        return "holds a number"
    if OTHER.search(words):
        return "names a time"
    place = ELSEWHERE.match(words)
    if (place and place.end(1) == len(words)) or pattern("elsewhere").search(words):
        return "names a place"
    if any(pattern(kind).search(words) for kind in DECIDING):
        return "denies, plans, doubts, leaves out or counts others"
    return ""


def _append(file: Path, rows: Iterable[Confirmed]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    try:
        before = plain_bytes(file) if file.exists() else b""
        if not before:
            writer.writerow(COLUMNS)
        elif not before.endswith(b"\n"):
            buffer.write("\n")
        for one in rows:
            writer.writerow([getattr(one, name) for name in COLUMNS])
        file.parent.mkdir(parents=True, exist_ok=True)
        with named(file), open(file, "ab") as out:
            try:
                out.write(buffer.getvalue().encode("utf-8"))
                out.flush()
                os.fsync(out.fileno())
            except OSError:  # half a line, of a full disk, would be read as somebody's answer
                os.truncate(file, len(before))
                raise
    except OSError as error:
        raise InputError(
            str(file), found=error.strerror, expected="a file that can be written", hint="ask for the right to write it"
        ) from error
