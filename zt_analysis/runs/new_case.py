"""The file of a new case: its dates derived from its name and the case before, checked, never written over another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.errors import InputError
from zt_analysis.office import current
from zt_analysis.periods import iso_date
from zt_analysis.runs.due import BULLETIN, CIRCULAR, CONTROL_MONTHS, THURSDAY, WEEK, control_month, latest, readable
from zt_analysis.runs.running import fitting_notebook
from zt_analysis.terms import label

ISSUE_ONLY = ("as_of", "base_on", "issue_total")


@dataclass(frozen=True)
class Scaffold:
    """A case's file as written: its path, the case it was modelled on, its parameters, and what it still needs."""

    path: Path
    model: str
    parameters: dict[str, Any]
    needs: tuple[str, ...]


def scaffold(case: str, root: Path, given: Mapping[str, Any]) -> Scaffold:
    """Write ``params/<case>.yml`` after the case of its kind before it, and say what else it needs.

    Args:
        given: parameters as typed (as_of, base_on, issued_on, issue_total, term, edition); None for what is to be
            derived. What cannot be derived has to be given.

    Raises:
        InputError: the file is there, a name that is no case, no case to model it on, a date that cannot be.
    """
    path = root / params.FOLDER / f"{case}.yml"
    if path.exists():
        raise _existing(case)
    typed = {name: value for name, value in given.items() if value is not None}
    kinds = [paper for paper in current().papers.values() if re.fullmatch(paper.case_pattern[0], case)]
    if kinds and kinds[0].every == "week":
        model, found = _circular(case, root, typed)
    elif kinds:
        model, found = _issue(case, root, typed)
    else:
        expected = ", or ".join(sorted(paper.case_pattern[1] for paper in current().papers.values()))
        raise InputError(f"case {case!r}", found="no name of a case", expected=expected, hint="zt due names cases")
    _check(case, root, found)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_text(case, found))
    except FileExistsError as error:
        raise _existing(case) from error
    return Scaffold(path, model["case"], found, tuple(_needs(case, root, found)))


def _circular(case: str, root: Path, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A circular: every date follows from the week."""
    for name in ISSUE_ONLY:
        if name in given:
            option = f"--{name.replace('_', '-')}"
            raise InputError(option, found=given[name], expected="nothing", hint=f"it follows from the week of {case}")
    try:
        as_of = date.fromisocalendar(int(case[:4]), int(case[6:]), THURSDAY)
    except ValueError as error:
        raise InputError(f"case {case!r}", found=error, expected="a week of that year", hint="zt due") from error
    model = _model(case, CIRCULAR, as_of, root)
    derived = {
        "as_of": as_of.isoformat(),
        "base_on": (as_of - WEEK).isoformat(),
        "issued_on": _issued(as_of, model),
        "bulletin": _bulletin_of(as_of.isoformat(), given.get("package", model["package"]), root),
        "term": _term(as_of, model, given),
    }
    return model, model | {"case": case, "edition": "draft"} | derived | dict(given)


def _issue(case: str, root: Path, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """An issue: its number says nothing of its dates, so the day it counts up to has to be given."""
    if "as_of" not in given:
        raise InputError(
            "--as-of", found="nothing", expected="the day up to which the issue counts",
            hint=f"{case} is the number of an issue, not a month: --as-of 2018-12-06",
        )  # fmt: skip
    as_of = iso_date("--as-of", given["as_of"])
    if as_of.isoweekday() != THURSDAY:
        raise InputError(
            "--as-of", found=f"{as_of}, a {as_of:%A}", expected="a Thursday, the day the counties report",
            hint=f"{as_of - timedelta(days=(as_of.isoweekday() - THURSDAY) % 7)} is the one before",
        )  # fmt: skip
    _refuse_disorder(case, as_of, root)
    model = _model(case, BULLETIN, as_of, root)
    derived = {
        "as_of": as_of.isoformat(),
        "base_on": _base(as_of, model, given),
        "issued_on": _issued(as_of, model),
        "issue_total": _total(case, model, given),
        "term": _term(as_of, model, given),
    }
    return model, model | {"case": case, "edition": "draft"} | derived | dict(given)


def _model(case: str, notebook: str, as_of: date, root: Path) -> dict[str, Any]:
    """The latest case of the same notebook that is about an earlier day."""
    found = latest(notebook, as_of, root)
    if found is None:
        raise InputError(
            f"case {case!r}", found=f"no earlier case of notebook {notebook}",
            expected="one to take package and settings from",
            hint=f"write {params.FOLDER}/{case}.yml by hand; the notebook's parameters cell lists the keys",
        )  # fmt: skip
    return found


def _refuse_disorder(case: str, as_of: date, root: Path) -> None:
    """Issues are numbered in the order of their dates."""
    for one in params.cases(root):
        found = readable(one, root)
        if found is None or found.get("notebook") != BULLETIN or not found.get("as_of"):
            continue
        if (one < case) != (str(found["as_of"]) < as_of.isoformat()):
            raise InputError(
                "--as-of", found=as_of, expected=f"a day {'after' if one < case else 'before'} {found['as_of']}",
                hint=f"issue {one} counts up to that day, and issues are numbered in the order of their days",
            )  # fmt: skip


def _issued(as_of: date, model: Mapping[str, Any]) -> str:
    """As many days after the count as the case before took."""
    return (as_of + (iso_date("issued_on", model["issued_on"]) - iso_date("as_of", model["as_of"]))).isoformat()


def _bulletin_of(day: str, package: str, root: Path) -> str:
    """The issue of ``package`` that ``day`` lies in, base date and day of the count included; empty for none."""
    for case in reversed(params.ordered(root)):
        found = readable(case, root) or {}
        covers = str(found.get("base_on")) <= day <= str(found.get("as_of"))
        same = root / package == root / str(found.get("package"))
        if found.get("notebook") == BULLETIN and covers and same:
            return case
    return ""


def _term(as_of: date, model: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """That of the case before, within its year; which term is paid next is for a person to say."""
    if "term" in given:
        return str(given["term"])
    if model["as_of"][:4] != str(as_of.year):
        raise InputError(
            "--term", found="nothing", expected="the term of the aid figures, such as 2018-autumn",
            hint=f"case {model['case']} is of another year, and its {model['term']} may be over",
        )  # fmt: skip
    return str(model["term"])


def _base(as_of: date, model: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """That of the issue before while no other control month has begun; a new campaign has a day of its own."""
    if "base_on" in given:
        return str(given["base_on"])
    base = iso_date("base_on", model["base_on"])
    begun = [control_month(year, month)[0] for year in (as_of.year - 1, as_of.year) for month in CONTROL_MONTHS]
    latest = max(day for day in begun if day <= as_of)
    if base < latest:
        raise InputError(
            "--base-on", found="nothing", expected="the day that changes are measured from",
            hint=f"that of issue {model['case']}, {base}, lies before the control month {latest:%Y-%m}",
        )  # fmt: skip
    return base.isoformat()


def _total(case: str, model: Mapping[str, Any], given: Mapping[str, Any]) -> int:
    """The number since the first issue: counted on within a year, given for the first of another."""
    before, year = model["case"], case[:4]
    counted = model["issue_total"] + int(case[5:]) - int(before[5:]) if before[:4] == year else None
    total = given.get("issue_total", counted)
    if total is None:
        raise InputError(
            "--issue-total", found="nothing", expected="the number of the issue since the first",
            hint=f"how many issues came after {before}, number {model['issue_total']}, is not known here",
        )  # fmt: skip
    if total <= model["issue_total"] or counted not in (None, total):
        expected = str(counted) if counted else f"more than {model['issue_total']}, the number of {before}"
        raise InputError("--issue-total", found=total, expected=expected, hint="issues are counted one by one")
    return int(total)


def _check(case: str, root: Path, found: dict[str, Any]) -> None:
    """Refuse what a run would refuse, before anything is written."""
    fitting_notebook(found, case, root)
    paper = paper_of(found)
    weeks, rest = divmod((paper.period.as_of - paper.period.base_on).days, 7)
    if rest or not weeks:
        raise InputError(
            "--base-on", found=found["base_on"], expected=f"whole weeks before {found['as_of']}",
            hint="stocks and flows are held against each other from one reporting day to the next",
        )  # fmt: skip
    # a week's year is in its name; an issue carries the year it is printed in
    if found["notebook"] == BULLETIN and found["issued_on"][:4] != case[:4]:
        raise InputError(
            "--issued-on", found=found["issued_on"], expected=f"a day of {case[:4]}",
            hint="an issue is numbered in the year it is issued in",
        )  # fmt: skip


def _text(case: str, found: Mapping[str, Any]) -> str:
    number = f"{case[:4]}年第{int(case[6:] if 'W' in case else case[5:])}{'周' if 'W' in case else '期'}"
    name = label(f"{paper_of(found).kind}_title")
    lines = [f"# {name} {number}. Dates are quoted: papermill cannot pass dates to a notebook."]
    return "\n".join(lines + [f"{name}: {json.dumps(value)}" for name, value in found.items()]) + "\n"


def _needs(case: str, root: Path, found: Mapping[str, Any]) -> list[str]:
    """What a case needs beside its file, as far as it can be told without opening the tables."""
    package = found["package"]
    needs = [f"rows of {package} up to {found['as_of']}, declared with zt seal {package}"]
    claims = f"{package}/claims/{case}.csv"
    if found["notebook"] == BULLETIN and not (root / claims).exists():
        needs.append(f"{claims}: zt claims DRAFT --case {case} > {claims}, then confirmed by a person")
    if not (root / package / "explanations" / f"{case}.csv").exists():
        needs.append(f"{package}/explanations/{case}.csv, only if something has to be explained")
    if found["notebook"] == CIRCULAR and not found["bulletin"]:
        needs.append("bulletin: the issue its numbers are held against, once one counts up to a day after them")
    if found["edition"] == "draft":
        needs.append('edition: "final" when it goes out')
    return needs


def _existing(case: str) -> InputError:
    return InputError(
        f"{params.FOLDER}/{case}.yml", found="a file", expected="none", hint="it is never written over; edit it"
    )
