"""Views of a figure: its change, growth, share, ratio, sum, rank ..., written as they are read: ``growth(pupils)``.

    growth(pupils)                         since the year before, or since=base, since=previous
    change(share(juniors, pupils))         views of views
    share(pupils)                          of a part in its whole; share(juniors, pupils) of one figure in another
    ratio(pupils, teachers)                16.85:1
    total(primary_pupils, junior_pupils)   of several figures; total(pupils, county="a+b") of named parts
    cumulative(entrants)                   to date, since=year, since=term ...; of figures of years since=2016
    rank(pupils, by=county)  top(pupils, 3, by=county)  parts(pupils > 1000000, by=county)
    mean, median, minimum, maximum(pupils, by=county)

A view is an indicator like any other, made from those it names: nobody declares it. It has a value for each part and
period that its indicators have one for, and its definition, unit and name in both languages come from theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from zt_analysis.errors import InputError
from zt_analysis.indicators.indicator import Indicator, Scope
from zt_analysis.periods import Period
from zt_analysis.spans import WHOLE

FIRST_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
MOST_PERIODS = 400


@dataclass(frozen=True)
class Need:
    """A figure that a view is made from.

    Attributes:
        indicator: its name, itself a view perhaps.
        then: at what it is compared with (a key of ``THEN``); empty for the view's own period.
        since: each of its periods from that one on (a key of ``SINCE``, or a year) up to the view's own.
        within: parts added to the view's own; whole: dimensions that it is asked for the whole of (``*``: all).
    """

    indicator: str
    then: str = ""
    since: str = ""
    within: Scope = ()
    whole: str = ""


@dataclass(frozen=True)
class View(Indicator):
    """An indicator made from others (see ``Indicator`` for what it shares with them).

    Attributes:
        text: how it is written; kind: a key of ``KINDS``.
        needs: the figures it is made from, in the order in which its function takes them.
        by: the dimension of a view over parts; argument: what its function takes besides the parts' values.
        sections: what is said of it, each in Chinese and English.
    """

    text: str = ""
    kind: str = ""
    needs: tuple[Need, ...] = ()
    by: str = ""
    argument: int | tuple[str, Fraction] | None = None
    sections: tuple[tuple[str, tuple[str, str]], ...] = ()

    @property
    def id(self) -> str:
        """How it is written."""
        return self.text

    @property
    def inputs(self) -> tuple[tuple[str, bool], ...]:
        """The indicators it needs, and whether at another time."""
        return tuple((one.indicator, bool(one.then or one.since)) for one in self.needs)

    @property
    def changes(self) -> bool:
        """Whether it is a rise or fall."""
        return self.kind == "change"

    @property
    def defined_by(self) -> str:
        """What its figures depend on besides those it is made from."""
        return self.text

    @property
    def definition(self) -> str:
        """In English."""
        return dict(self.sections)["Definition"][1]

    def section(self, word: str) -> str:
        """A section in English."""
        return dict(self.sections).get(word, ("", ""))[1]

    def said(self, section: str) -> dict[str, str]:
        """A section in both languages: ``Definition``, ``Formula``, ``NULL`` or ``Source``."""
        chinese, english = dict(self.sections)[section]
        return {"zh": chinese, "en": english}


def is_view(name: str) -> bool:
    """Whether ``name`` is written as a view is."""
    return "(" in name


def periods_of(period: Period, need: Need, time: str) -> list[Period]:
    """The periods that a need is seen in, the last one first: its own, the one compared with, or each since another.

    Raises:
        InputError: none before that of a figure of a day or span; a first year after the view's own; too many.
    """
    if not need.since:
        return [seen_then(period, need.then, time)]
    if time == "span":
        # its days are counted from a base date: there is one period, which begins earlier
        return [replace(period, base_on=period.of(need.since).first - timedelta(days=1))]
    one, found = period.of(time), [period]
    first = date(int(need.since), 1, 1) if FIRST_YEAR.fullmatch(need.since) else period.of(need.since).first
    # a week belongs to the year that it ends in, a school year to the one that it begins in
    while (one.before.first if time == "school_year" else one.before.last) >= first and len(found) <= MOST_PERIODS:
        one = one.before
        found.append(period.within(one))
    if one.last < first or len(found) > MOST_PERIODS:
        raise InputError(
            f"since={need.since}", found=f"a figure of {period.written(time)}",
            expected=f"a first period not after it, and at most {MOST_PERIODS}", hint="docs/views.md",
        )  # fmt: skip
    return found


def seen_then(period: Period, then: str, time: str) -> Period:
    """The period that a change is measured from: a key of ``THEN``, or that of the figure itself where it is empty.

    ``time`` is what the figure is of (``Indicator.time``).

    Raises:
        InputError: no period before that of a figure of a day or span.
    """
    if then == "year":
        return period.last_year
    if then == "previous":
        if time not in WHOLE:
            raise InputError(
                "since=previous", found=f"a figure of a {time}", expected=f"a figure of a whole {', '.join(WHOLE)}",
                hint="since=base is the base date of the case",
            )  # fmt: skip
        return period.within(period.of(time).before)
    return period.at(period.base_on) if then else period
