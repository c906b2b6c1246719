"""A case's parameters: ``params/<case>.yml``, read strictly.

A scalar keeps the type it is written with and nothing is guessed: dates are quoted text, because papermill cannot
pass dates to a notebook, and a key written twice is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import content
from zt_analysis.errors import InputError, refuse_personal
from zt_analysis.office import current, office_of
from zt_analysis.personal import masked
from zt_analysis.project import refuse_outside
from zt_analysis.settings import REFUSE, late_setting, read_setting
from zt_analysis.yamls import YamlError, read_yaml

FOLDER = "params"
# where papers are written, and what stands around each
TEXTS, LETTERHEAD = "papers", "letterhead.yml"
# what a case may say of its run besides the parameters of its notebook
RUN_KEYS = ("late",)
DATES = ("issued_on", "as_of", "base_on")
TYPES = {"str": str, "int": int, "float": float, "bool": bool}


@dataclass(frozen=True)
class Declared:
    """A parameter as a notebook declares it: name, type name (str, int, float, bool) and default."""

    name: str
    type: str
    default: object


def cases(root: Path) -> list[str]:
    """Names of all cases, oldest first.

    None begins with a dot: so do the locks and drafts that editors and systems leave beside a file, and those of a run.
    """
    return sorted(path.stem for path in (root / FOLDER).glob("*.yml") if not path.name.startswith("."))


def ordered(root: Path) -> list[str]:
    """Names of all cases by the date they are about, oldest first; a file that cannot be read comes last."""
    return sorted(cases(root), key=lambda case: (as_of(case, root) or "9999", case))


def neighbours(case: str, root: Path) -> tuple[str | None, str | None]:
    """The cases of the same notebook before and after ``case``."""
    row = series(case, root)
    place = row.index(case)
    return (row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)


def series(case: str, root: Path) -> list[str]:
    """``case``, which has to be readable, and the others of its notebook, by the date they are about."""
    # each file is read once
    found = {one: load(one, root) if one == case else _if_readable(one, root) for one in {*cases(root), case}}
    kind = found[case].get("notebook")
    return _by_day({one: each for one, each in found.items() if one == case or each.get("notebook") == kind})


def all_series(root: Path) -> list[list[str]]:
    """The readable cases of each notebook, by the date they are about."""
    found: dict[Any, dict[str, Mapping[str, Any]]] = {}
    for case in cases(root):
        if read := _if_readable(case, root):
            found.setdefault(str(read.get("notebook")), {})[case] = read
    return [_by_day(one) for one in found.values()]


def _by_day(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return sorted(found, key=lambda one: (_day_of(found[one]) or "9999", one))


def beside(case: str, root: Path) -> str | None:
    """The first case of another notebook that is about the same day, such as the circular beside a bulletin."""
    mine = load(case, root)
    for one in cases(root):
        other = {} if one == case else _if_readable(one, root)
        if other and other.get("notebook") != mine.get("notebook") and _day_of(other) == _day_of(mine) != "":
            return one
    return None


def path_of(case: str, root: Path) -> Path:
    """The file of ``case``; InputError listing the known cases when there is none."""
    path = root / FOLDER / f"{case}.yml"
    # not by a look through all of them: a page asks for every case's neighbours
    if path.name != f"{case}.yml" or path.name.startswith(".") or not is_file(path):
        if case in cases(root):
            raise InputError(
                f"case {case!r}", found=f"{FOLDER}/{case}.yml, which is no file", expected="a file of parameters",
                hint="put it elsewhere: whatever is called so there is taken for a case",
            )  # fmt: skip
        raise InputError(
            f"case {case!r}",
            found=f"no {FOLDER}/{case}.yml",
            expected=f"one of {', '.join(cases(root)) or 'no cases at all'}",
            hint="zt list shows the cases",
        )
    return path


def load(case: str, root: Path) -> dict[str, Any]:
    """The parameters of ``case`` as written.

    Raises:
        InputError: no such case, YAML that does not parse, a key twice, no mapping, a case name that is not the file's,
            a date in another form than YYYY-MM-DD, an engine that cannot be or that carries a password, a package out
            of the project, a value that names a person, another word than ``refuse`` or ``publish_without`` for
            ``late``.
    """
    path = path_of(case, root)
    found = deepcopy(_mapping(content(path), f"{FOLDER}/{path.name}"))
    if found.get("case") != case:
        raise InputError(
            f"{FOLDER}/{path.name}, key 'case'",
            found=repr(found.get("case")),
            expected=repr(case),
            hint='a case is named after its file; write it in quotes ("2018-11")',
        )
    if "engine" in found:
        # before anything of it is written down: a record of the failure would repeat a password
        read_setting(found["engine"], where=f"{FOLDER}/{path.name}, key 'engine'")
    for name in DATES:
        _refuse_another_form(found.get(name), f"{FOLDER}/{path.name}, key {name!r}")
    refuse_outside(found.get("package"), root, f"{FOLDER}/{path.name}, key 'package'")
    late_setting(late(found), where=f"{FOLDER}/{path.name}, key 'late'")
    return dict(found)


def _refuse_another_form(given: object, where: str) -> None:
    """Refuse a date written 20181108 or 2018-W45-4: cases are put in order by its text; no date at all is
    for their kind of paper to refuse.
    """
    try:
        day = date.fromisoformat(given).isoformat() if isinstance(given, str) else given
    except ValueError:
        return
    if day != given:
        raise InputError(where, found=repr(given), expected=f"the date as {day}", hint="write it YYYY-MM-DD")


def late(parameters: Mapping[str, Any]) -> Any:
    """What the case does when a county's file is not there (``settings.late_setting``)."""
    return parameters.get("late", REFUSE)


def of_notebook(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``parameters`` that go to the notebook."""
    return {name: value for name, value in parameters.items() if name not in RUN_KEYS}


def check(parameters: Mapping[str, Any], declared: Mapping[str, Declared], *, where: str) -> None:
    """Refuse unknown, missing and wrongly typed parameters, all of them in one message.

    Raises:
        InputError: names each key, what was found and expected.
    """
    unknown = [
        f"key {name!r}: unknown{_nearest(name, declared)}; expected {', '.join(declared)}"
        for name in parameters
        if name not in declared
    ]
    missing = [
        f"key {name!r}: missing; expected {_article(one)} such as {one.default!r}"
        for name, one in declared.items()
        if name not in parameters
    ]
    mistyped = [
        f"key {name!r}: found {_described(parameters[name])}; expected {_article(one)} such as {one.default!r}"
        for name, one in declared.items()
        if name in parameters and type(parameters[name]) is not TYPES[one.type]
    ]
    problems = unknown + missing + mistyped
    if problems:
        lines = "\n".join(f"{where}, {problem}" for problem in problems)
        raise InputError(lines, hint="the notebook's parameters cell lists names and types")


@cache
def _mapping(content: bytes, file: str) -> dict[str, Any]:
    """What ``content`` says and may say; each page of a batch reads the files of all cases, to know the one before."""
    try:
        found = read_yaml(content)
    except YamlError as error:
        raise InputError(
            f"{file}{error.at}", found=error.problem, expected="YAML", hint="check quotes, colons and indentation"
        ) from error
    if not isinstance(found, Mapping) or not all(isinstance(key, str) for key in found):
        raise InputError(file, found="no mapping", expected="lines 'key: value'", hint="see 2018-11")
    for key, value in found.items():
        # a record, a page and a notebook repeat them
        refuse_personal(f"{key}: {value}", f"{file}, key {masked(key)!r}")
    return dict(found)


def is_file(path: Path) -> bool:
    """Whether there is such a file; no error for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def other_case(parameters: Mapping[str, Any], root: Path | None = None) -> str | None:
    """The case whose printed numbers this one is held against where it has none of its own; empty for none named.

    None for a paper that prints its own: which parameter names another, the office's kind of paper says.
    """
    papers = (office_of(root) if root else current()).papers.values()
    name = next((one.held_against for one in papers if one.notebook == parameters.get("notebook")), "")
    return str(parameters.get(name) or "") if name else None


def side_files(parameters: Mapping[str, Any], root: Path | None = None) -> tuple[str, ...]:
    """What a case reads beside tables, relative to its package: printed numbers, its own explanations."""
    other = other_case(parameters, root)
    printed = parameters["case"] if other is None else other
    claims = (f"claims/{printed}.csv",) if printed else ()
    return (*claims, f"explanations/{parameters['case']}.csv")


def text_files(case: str, root: Path) -> list[Path]:
    """The text of ``case`` and what stands around it, where the office has written one."""
    text = root / TEXTS / f"{case}.md"
    found = [text, root / TEXTS / LETTERHEAD] if is_file(text) else []
    return [path for path in found if is_file(path)]


def as_of(case: str, root: Path) -> str:
    """The as-of date that a case's file says; empty where it cannot be read."""
    return _day_of(_if_readable(case, root))


def _day_of(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("as_of", ""))


def _if_readable(case: str, root: Path) -> dict[str, Any]:
    try:
        return load(case, root)
    except InputError:
        return {}


def _nearest(name: str, declared: Mapping[str, Declared]) -> str:
    near = get_close_matches(name, declared, n=2)
    return f", did you mean {' or '.join(map(repr, near))}?" if near else ""


def _article(one: Declared) -> str:
    return {"str": "text in quotes", "int": "a whole number", "float": "a number", "bool": "true or false"}[one.type]


def _described(value: object) -> str:
    if isinstance(value, date):
        return f"the date {value} without quotes"
    return f"{value!r} ({type(value).__name__})"
