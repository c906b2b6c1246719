"""English prose, read only where all of it is understood.

A sentence is a time, then statements; the office says which words state which figure and what they are in its own
language (``english.csv``: ``#`` stands for the number). Each number is read as the clause that those words make, like
the cell of a table. Where one sentence of the text holds anything else, no number of its English is tied: what was not
understood may be about all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

import zt_analysis.expressions as re
from zt_analysis.bulletins import Paper
from zt_analysis.errors import InputError
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.office import Office, current
from zt_analysis.tying.cell_reading import CellReading, Clause
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.units import COUNTED

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY = rf"(?P<day{{0}}>\d{{{{1,2}}}}) (?P<month{{0}}>{'|'.join(MONTHS)})(?: (?P<year{{0}}>20\d\d))?"
NUMBER = r"(?P<number{0}>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<unit{0}>%| per ?cent\b(?!age)| million yuan)?"
NUMBER += r"(?![\d,.]*\d|%)"
ON = rf" on {DAY}"
ENDS = re.compile(r"\s*\.?\s*$")
JOINS = re.compile(r", and |,? and |; |, ")
OF_WHOM = re.compile(r", of (?:whom|which) |, | ")
THAN_THEN = r"(?P<falls>down from|up from|compared with|against)"
PER_CENT = re.compile(r" per ?cent$")
SENTENCE = re.compile(r"[^\n]+?(?:\.(?=\s|$)|(?=\n)|$)")
LATIN, HAN = re.compile(r"[A-Za-z]{2}"), re.compile(r"[一-龥]")


@dataclass(frozen=True)
class Said:
    """A number of an English sentence: where, and the clause that its words make, in two halves."""

    start: int
    end: int
    before: str
    after: str
    ends: int = 0


@dataclass(frozen=True)
class _Row:
    kind: str
    words: re.Pattern[str]
    says: str
    of: str


def english(text: str, mentions: Sequence[Mention], paper: Paper) -> dict[int, CellReading]:
    """How each number of English prose is read, by where it begins; empty where not all of it is understood."""
    said: list[Said] = []
    if HAN.search(text) or not LATIN.search(text) or not _rows():
        return {}
    days = (paper.period.as_of, paper.period.base_on)
    for sentence in SENTENCE.finditer(text):
        if not sentence[0].strip():
            continue
        found = _parsed(sentence[0].strip())
        if found is None:
            return {}
        # the day that a number has moved from is that of the paper
        if any(one.ends and not any(f"截至{day}，" in one.before for day in _days(days)) for one in found):
            return {}
        begins = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
        said += [Said(one.start + begins, one.end + begins, one.before, one.after) for one in found]
    dated = date.fromisoformat(paper.issued_on)
    places = {one.start: one for one in said}
    read: dict[int, CellReading] = {}
    for found_day in re.finditer(DAY.format(""), text):
        if _day(found_day, "") in _days(days):
            read |= {found_day.start(one): CellReading((), excuse="tie_date_used") for one in ("day", "year")}
    for mention in mentions:
        one = places.get(mention.start)
        if one and (clause := _clause(one, text[one.start : one.end], dated)):
            read[mention.start] = CellReading((clause,))
    return read


def _days(days: Sequence[date]) -> set[str]:
    """Each day as a text may write it."""
    return {form for one in days for form in (f"{one.year}年{one.month}月{one.day}日", f"{one.month}月{one.day}日")}


def _clause(one: Said, surface: str, dated: date) -> Clause | None:
    number = PER_CENT.sub("%", surface).removesuffix(" million yuan")
    if surface.endswith(" million yuan"):
        number = f"{(Decimal(number.replace(',', '')) * 100).normalize():f}万元"
    text = f"{one.before}{number}{one.after}。"
    read = read_numbers(text, dated=dated)
    found = next((each for each in read if each.start == len(one.before) and each.kind in COUNTED), None)
    return Clause(found, Sentences(text, read)) if found else None


def _rows() -> tuple[_Row, ...]:
    return _of_office(current())


@cache
def _of_office(office: Office) -> tuple[_Row, ...]:
    return tuple(_row(number, one) for number, one in enumerate(office.rows("english"), 2))


def _row(number: int, row: Mapping[str, str]) -> _Row:
    kind, words, says, of = (row.get(name) or "" for name in ("kind", "words", "says", "of"))
    slots = {"time": (0, 0), "subject": (0, 1), "statement": (1, 1), "part": (1, 1)}
    try:
        if (words.count("#"), says.count("#")) != slots[kind] or bool(of) != (kind == "part") or not words:
            raise ValueError
        return _Row(kind, re.compile(words.replace("#", NUMBER.format("")), re.IGNORECASE), says, of)
    except (KeyError, ValueError, re.error):
        raise InputError(
            f"office/words/texts/english.csv line {number}", found=f"{kind},{words},{says},{of}",
            expected=f"kind ({', '.join(slots)}), words and what they say, with one # for the number",
            hint="a time has no #, a subject none in its words; a part names in `of` what it is said of",
        ) from None  # fmt: skip


def _parsed(text: str) -> list[Said] | None:
    """The numbers of a sentence; None where a word of it is not understood."""
    time, place = _opening(text)
    found: list[Said] = []
    last = ""
    while True:
        one = next(_statements(text, place, time, last), None)
        if one is None:
            return None
        said, place, last = one
        found += said
        if then := _then(text, place, said, last):
            found.append(then)
            place = then.ends
        if ENDS.match(text, place):
            return found
        joined = JOINS.match(text, place)
        part = OF_WHOM.match(text, place)
        if part and any(one.kind == "part" and one.of == last and one.words.match(text, part.end()) for one in _rows()):
            place = part.end()
        elif joined:
            place, last = joined.end(), ""
        else:
            return None


def _opening(text: str) -> tuple[str, int]:
    if found := re.compile(rf"(?:As of|By|On) {DAY.format('')},? ").match(text):
        return f"截至{_day(found, '')}，", found.end()
    for one in _rows():
        if one.kind == "time" and (found := one.words.match(text)) and text.startswith(", ", found.end()):
            return f"{one.says}，", found.end() + 2
    return "", 0


def _statements(text: str, place: int, time: str, last: str) -> Iterator[tuple[list[Said], int, str]]:
    """The numbers of the statement that begins at ``place``, where it ends, and what it says."""
    for row in _rows():
        found = row.words.match(text, place)
        if found is None or (row.kind == "part") != bool(last and row.of == last):
            continue
        if row.kind in ("statement", "part"):
            when, ends = _time_behind(text, found.end()) if not time else ("", 0)
            yield [_said(found, "", row.says, time or when)], ends or found.end(), row.says
        elif row.kind == "subject":
            yield from _of_subject(text, found.end(), row, time)


def _time_behind(text: str, place: int) -> tuple[str, int]:
    """students received aid in the spring term: the time that stands behind a statement, and where it ends."""
    for one in _rows():
        if one.kind == "time" and text[place : place + 1] == " " and (found := one.words.match(text, place + 1)):
            return f"{one.says}，", found.end()
    return "", 0


def _then(text: str, place: int, said: Sequence[Said], says: str) -> Said | None:
    """4,717 children were out of school, down from 5,765 on 20 September: the number of the day before."""
    first = NUMBER.format("1")
    found = re.compile(rf", {THAN_THEN} {first}{ON.format('1')}").match(text, place)
    if found is None or len(said) != 1 or not says:
        return None
    now, then = (_value(one) for one in (text[said[0].start : said[0].end], found["number1"]))
    return (
        replace(_said(found, "1", says, f"截至{_day(found, '1')}，"), ends=found.end())
        if _is_so(found, then, now)
        else None
    )


def _value(text: str) -> Decimal:
    return Decimal((re.match(r"[\d,.]+", text) or [""])[0].rstrip(".,").replace(",", ""))


def _is_so(found: re.Match[str], then: Decimal, now: Decimal) -> bool:
    """Whether the numbers moved as the words between them say."""
    word = found["falls"].split()[0]
    if word in ("compared", "against"):
        return True
    return now != then and (now < then) == (word not in ("rose", "up"))


def _of_subject(text: str, place: int, row: _Row, time: str) -> Iterator[tuple[list[Said], int, str]]:
    for one in _rows():
        if one.kind == "time" and (found := one.words.match(text, place + 1)) and text[place] == " ":
            time, place = f"{one.says}，", found.end()
    first, second = NUMBER.format("1"), NUMBER.format("2")
    days = ON.format("1"), ON.format("2")
    moved = rf" (?P<falls>fell|dropped|declined|rose) from {first}{days[0]} to {second}{days[1]}"
    stood = rf" (?:stood at|was) {second}(?:{days[1]})?, {THAN_THEN} {first}{days[0]}"
    for form in (moved, stood):
        found = re.compile(form).match(text, place)
        if found and (found["day2"] or time) and _is_so(found, *(_value(found[f"number{each}"]) for each in "12")):
            whens = {each: f"截至{_day(found, each)}，" if found[f"day{each}"] else time for each in "12"}
            yield [_said(found, each, row.says, whens[each]) for each in "12"], found.end(), row.says
    if found := re.compile(rf" (?:came to|amounted to|totall?ed|reached|stood at|was) {first}(?:{days[0]})?").match(
        text, place
    ):
        since = f"截至{_day(found, '1')}，" if found["day1"] else time
        yield [_said(found, "1", row.says, since)], found.end(), row.says


def _said(found: re.Match[str], which: str, says: str, time: str) -> Said:
    before, after = says.split("#")
    ends = found.end(f"unit{which}") if found[f"unit{which}"] else found.end(f"number{which}")
    return Said(found.start(f"number{which}"), ends, f"{time}{before}", after)


def _day(found: re.Match[str], which: str) -> str:
    year = f"{found[f'year{which}']}年" if found[f"year{which}"] else ""
    return f"{year}{MONTHS.index(found[f'month{which}']) + 1}月{found[f'day{which}']}日"
