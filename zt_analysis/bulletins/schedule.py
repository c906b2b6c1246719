"""When a kind of paper is due, and what its next case follows from; an office says what is particular to its own.

A paper that comes out for every week, month, quarter, half, term, school year or year (``Paper.every``) needs nothing
more: its cases are named as the period is written, each is due from the last day of its period on, and its dates follow
from its name. What an office knows besides (holidays, numbers of issues, a campaign's months) is a subclass of
``Schedule`` in its ``office/``, given to the paper as ``schedule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_analysis.bulletins.cases import Cases
from zt_analysis.errors import InputError
from zt_analysis.periods import calendar, iso_date
from zt_analysis.spans import WHOLE, Span

if TYPE_CHECKING:
    from zt_analysis.bulletins.paper import Paper


@dataclass(frozen=True)
class Asked:
    """A paper that a date asks for.

    Attributes:
        reason: the period or event that asks for it (2018-W45).
        due_on: the day from which it is due.
        case: its name; empty for one that a person has to name.
        hint: what is to be done where there is no such case yet.
        holiday: whether it is only told, since nothing is asked for (a week without school).
    """

    reason: str
    due_on: date
    case: str = ""
    hint: str = ""
    holiday: bool = False


class Schedule:
    """Of a kind of paper: what dates ask for, and the parameters of a new case."""

    def asks(self, paper: type[Paper], first: date, on: date, cases: Cases) -> Iterator[Asked]:
        """What became due from ``first`` to ``on``: of every period that ended then, and of the last one at least."""
        if not paper.every:
            return
        ended = calendar().containing(on, paper.every)
        ended = ended if ended.last == on else ended.before
        spans = [ended]
        while spans[-1].before.last >= first:
            spans.append(spans[-1].before)
        for span in reversed(spans):
            case = str(span)
            why_not, doubt = ("", "") if case in cases.names else self.left_out(paper, span, cases)
            hint = why_not or "; ".join(filter(None, (f"zt new {case}", doubt)))
            yield Asked(case, span.last, case, hint, holiday=bool(why_not))

    def left_out(self, paper: type[Paper], span: Span, cases: Cases) -> tuple[str, str]:
        """Why a period asks for no paper, empty where it does; and what cannot be known of that."""
        return "", ""

    def new(
        self, paper: type[Paper], case: str, given: Mapping[str, Any], cases: Cases
    ) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """The case that a new one is modelled on, None for the first, and the parameters that follow for the new one.

        Raises:
            InputError: something cannot be told from its name and the case before, and was not given.
        """
        span = named_span(paper, case) if paper.every else None
        if span and "as_of" not in given:
            as_of = span.last
        else:
            as_of = iso_date("--as-of", needed(given, "as_of", "the day up to which it counts", "--as-of 2018-12-06"))
        model = cases.model(case, paper.notebook, as_of)
        if span and model and "as_of" not in given and not _whole(paper, model):
            hint = f"{model['case']} counts up to {model['as_of']}, which is not the last day of its {paper.every}"
            needed(given, "as_of", f"the day of {case} up to which it counts", hint)
        found = {"as_of": as_of.isoformat()}
        if span and "base_on" not in given:
            against = span.same_last_year if paper.against == "last_year" else span.before
            found["base_on"] = against.last.isoformat()
        else:
            found["base_on"] = str(needed(given, "base_on", "the day that changes are measured from", "--base-on"))
        if model:
            found["issued_on"] = issued_after(as_of, model)
        return model, found

    def check(self, paper: Paper) -> None:
        """Refuse what no case of the kind can be, beyond what the paper itself refuses.

        Raises:
            InputError: names the option to change.
        """

    def needs(self, paper: Paper) -> list[str]:
        """What a new case needs beside its file, its rows and its printed numbers."""
        return []

    def title(self, case: str) -> str:
        """How texts write the name of ``case``."""
        try:
            return calendar().parse(case).name["zh"]
        except InputError:
            return case


def named_span(paper: type[Paper], case: str) -> Span:
    """The period that the name of a case says.

    Raises:
        InputError: it says none of the paper's kind.
    """
    return calendar().parse(case, paper.every, where=f"case {case!r}")


def needed(given: Mapping[str, Any], name: str, expected: str, hint: str) -> Any:
    """What was given for parameter ``name``; InputError where it was not."""
    if name not in given:
        raise InputError(f"--{name.replace('_', '-')}", found="nothing", expected=expected, hint=hint)
    return given[name]


def issued_after(as_of: date, model: Mapping[str, Any]) -> str:
    """As many days after the count as the case before took."""
    return (as_of + (iso_date("issued_on", model["issued_on"]) - iso_date("as_of", model["as_of"]))).isoformat()


def check_every(paper: Paper) -> None:
    """Refuse a paper of a period whose dates are not those of its name.

    Raises:
        InputError: another kind of period than there is, a name that is none of it, dates outside it.
    """
    if paper.every not in WHOLE:
        raise InputError(
            f"paper {paper.kind!r}, every", found=repr(paper.every), expected=", ".join(WHOLE),
            hint="what it comes out for; leave it out for a paper of no fixed period",
        )  # fmt: skip
    span, period = named_span(type(paper), paper.case), paper.period
    if period.as_of not in span:
        found = calendar().containing(period.as_of, paper.every)
        raise InputError(
            "parameter 'as_of'", found=f"{period.as_of}, a day of {found}",
            expected=f"a day of {span}, {span.first} to {span.last}",
            hint=f"the case is named after the {paper.every.replace('_', ' ')} that it counts up to a day of",
        )  # fmt: skip
    against = span.same_last_year if paper.against == "last_year" else span.before
    if period.as_of == span.last and period.base_on != against.last:
        raise InputError(
            "parameter 'base_on'", found=period.base_on, expected=f"{against.last}, the last day of {against}",
            hint=f"{span} is held against {against}",
        )  # fmt: skip


def _whole(paper: type[Paper], model: Mapping[str, Any]) -> bool:
    try:
        return bool(calendar().parse(model["case"], paper.every).last.isoformat() == model["as_of"])
    except InputError:
        return False
