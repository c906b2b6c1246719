"""Words that a person has confirmed: they change nothing, they narrow what is counted, or they mean a figure.

And whole sentences that are of another thing than the numbers beside them (``apart``).

They stand in the office's ``words/texts/confirmed.csv`` with the name of who said so and the day. A word that changes
nothing is one of kind ``filler``, one that narrows leaves its number unproven, and one that means a figure is a phrase
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zt_analysis.errors import InputError, nearest
from zt_analysis.office import Office, current
from zt_analysis.project_file import project_file_here

NAME = "confirmed"
PLACE = f"words/texts/{NAME}.csv"
COLUMNS = ("words", "means", "figure", "by", "on")
NOTHING, NARROWS, FIGURE, APART = MEANS = ("nothing", "narrows", "figure", "apart")


@dataclass(frozen=True)
class Confirmed:
    """What a person said a word means: one of ``MEANS``; ``figure`` is the indicator's name where it means one."""

    words: str
    means: str
    figure: str
    by: str
    on: str


def confirmed() -> tuple[Confirmed, ...]:
    """All that the office has confirmed.

    Raises:
        InputError: a line that says nothing, or another thing than these; names it.
    """
    return _confirmed(current())


def confirmed_words(means: str) -> dict[str, Confirmed]:
    """The words that are said to mean this, as they stand in texts."""
    return {one.words: one for one in confirmed() if one.means == means}


def confirmed_sentences() -> frozenset[str]:
    """The sentences that are said to be of another thing than the numbers beside them, without blanks."""
    return _sentences(current())


@cache
def _sentences(office: Office) -> frozenset[str]:
    return frozenset("".join(one.words.split()) for one in _confirmed(office) if one.means == APART)


@cache
def _confirmed(office: Office) -> tuple[Confirmed, ...]:
    return tuple(_of_row(row, line, office) for line, row in enumerate(office.rows(NAME), start=2))


def forget() -> None:
    """Read the office's file again when it is next asked for."""
    _confirmed.cache_clear()
    _sentences.cache_clear()


def _of_row(row: dict[str, str], line: int, office: Office) -> Confirmed:
    where = f"{office.name}/{PLACE}, line {line}"
    if missing := [name for name in COLUMNS if row.get(name) is None]:
        raise InputError(where, found=f"no {missing[0]}", expected=",".join(COLUMNS), hint="give it all five columns")
    one = Confirmed(*(row[name].strip() for name in COLUMNS))
    if not one.words or one.means not in MEANS:
        key, found = ("words", one.words) if not one.words else ("means", one.means)
        raise InputError(
            f"{where}, column {key!r}", found=repr(found), expected="a word" if key == "words" else ", ".join(MEANS)
        )
    check_figure(one.means, one.figure, where, office)
    return one


def check_figure(means: str, figure: str, where: str, office: Office) -> None:
    """Refuse a figure that the office does not have, or one where the word is said to mean none."""
    if means != FIGURE:
        if figure:
            raise InputError(
                f"{where}, column 'figure'", found=repr(figure), expected=f"nothing, beside {means!r}",
                hint="write figure in the column means",
            )  # fmt: skip
        return
    if figure not in office.indicators:
        raise InputError(
            f"{where}, column 'figure'", found=repr(figure), expected="the name of an indicator of this office",
            hint=(nearest(figure, office.indicators) or "zt figures lists them").strip(),
        )  # fmt: skip


def office_name() -> str:
    """What the project is called: an answer of another office is refused by it."""
    names = project_file_here().name
    return names.get("zh") or names.get("en") or ""
