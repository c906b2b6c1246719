"""The file of a new case: what follows from its name and the case before, checked, never written over another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis import notebooks, params
from zt_analysis.bulletins import Cases, Paper, paper_of
from zt_analysis.contents import write_new
from zt_analysis.errors import InputError
from zt_analysis.office import current
from zt_analysis.rooted import in_project
from zt_analysis.runs.case import NOTEBOOKS, fitting_notebook
from zt_analysis.terms import label

# what the notebook's own cell says where there is no case to model a new one on
NOBODY = "the notebook's parameters, for want of an earlier case"


@dataclass(frozen=True)
class Scaffold:
    """A case's file as written: its path, the case it was modelled on, its parameters, and what it still needs."""

    path: Path
    model: str
    parameters: dict[str, Any]
    needs: tuple[str, ...]


def kind_named(case: str) -> type[Paper]:
    """The kind of paper whose cases are named like ``case``.

    Raises:
        InputError: no kind of the office's is.
    """
    kinds = [paper for paper in current().papers.values() if re.fullmatch(paper.case_pattern[0], case)]
    if not kinds:
        expected = ", or ".join(sorted(paper.case_pattern[1] for paper in current().papers.values()))
        raise InputError(
            f"case {case!r}", found="no name of a case", expected=expected or "an office that issues papers",
            hint="zt due names cases",
        )  # fmt: skip
    return kinds[0]


@in_project
def scaffold(case: str, root: Path, given: Mapping[str, Any]) -> Scaffold:
    """Write ``params/<case>.yml`` after the case of its kind before it, and say what else it needs.

    Args:
        given: parameters as typed; None for what is to be derived. What cannot be derived has to be given.

    Raises:
        InputError: the file is there, a name that is no case, a date that cannot be.
    """
    path = root / params.FOLDER / f"{case}.yml"
    if path.exists():
        raise _existing(case)
    typed = {name: value for name, value in given.items() if value is not None}
    paper = kind_named(case)
    model, derived = paper.schedule.new(paper, case, typed, Cases(root))
    first = {"notebook": paper.notebook} | _defaults(paper, root)
    found = (model or first) | {"case": case, "edition": "draft"} | derived | typed
    if model is None and not {"issued_on"} <= derived.keys() | typed.keys():
        found["issued_on"] = found["as_of"]
    fitting_notebook(found, case, root)
    made = paper_of(found)
    made.schedule.check(made)
    try:
        path.parent.mkdir(exist_ok=True)
        write_new(path, _text(made, found))
    except FileExistsError as error:
        raise _existing(case) from error
    return Scaffold(path, str(model["case"]) if model else NOBODY, found, tuple(_needs(made, root, found)))


def _defaults(paper: type[Paper], root: Path) -> dict[str, Any]:
    """The parameters that the notebook's cell gives; those of a run by hand, until a case says better."""
    path = root / NOTEBOOKS / f"{paper.notebook}.ipynb"
    declared = notebooks.declared_parameters(notebooks.read(path), path.name)
    return {name: one.default for name, one in declared.items() if name != "notebook"}


def _text(paper: Paper, found: Mapping[str, Any]) -> str:
    title = f"{label(f'{paper.kind}_title')} {paper.schedule.title(paper.case)}"
    lines = [f"# {title}. Dates are quoted: papermill cannot pass dates to a notebook."]
    return (
        "\n".join(lines + [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in found.items()]) + "\n"
    )


def _needs(paper: Paper, root: Path, found: Mapping[str, Any]) -> list[str]:
    """What a case needs beside its file, as far as it can be told without opening the tables."""
    package, case = found["package"], paper.case
    needs = [f"rows of {package} up to {found['as_of']}, declared with zt seal {package}"]
    if paper.unprinted:
        needs.append(f"{paper.claims}: zt claims DRAFT --case {case} > {paper.claims}, then confirmed by a person")
    if not (root / paper.explanations).exists():
        needs.append(f"{paper.explanations}, only if something has to be explained")
    needs += paper.schedule.needs(paper)
    if found["edition"] == "draft":
        needs.append('edition: "final" when it goes out')
    return needs


def _existing(case: str) -> InputError:
    return InputError(
        f"{params.FOLDER}/{case}.yml", found="a file", expected="none", hint="it is never written over; edit it"
    )
