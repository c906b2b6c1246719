"""A case as its run reads it: its parameters, its notebook, its neighbours, its package and its office, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zt_analysis import notebooks, params
from zt_analysis.errors import InputError
from zt_analysis.office import Office, office_of
from zt_analysis.params import Declared
from zt_analysis.rooted import in_project
from zt_analysis.sources.descriptor import Package, read_package

NOTEBOOKS = "notebooks"
NEEDED = ("case", "package")


@dataclass(frozen=True, eq=False)
class Case:
    """What a run stands on, read once under the lock of the case and handed from step to step.

    Attributes:
        parameters: as written, held against those of the notebook.
        path: the notebook's file; source: what it holds (an nbformat node).
    """

    root: Path
    parameters: dict[str, Any]
    path: Path
    source: Any

    @property
    def name(self) -> str:
        """The case's name."""
        return str(self.parameters["case"])

    @property
    def where(self) -> str:
        """Its file of parameters, as a message names it."""
        return f"{params.FOLDER}/{self.name}.yml"

    @property
    def folder(self) -> Path:
        """The folder of its package."""
        return self.root / str(self.parameters["package"])

    @cached_property
    def package(self) -> Package:
        """What its package declares."""
        return read_package(self.folder)

    @cached_property
    def office(self) -> Office:
        """What its project's office declares."""
        return office_of(self.root)

    @cached_property
    def neighbours(self) -> tuple[str | None, ...]:
        """The cases of the same notebook before and after it, and the paper of another kind of the same day."""
        return (*params.neighbours(self.name, self.root), params.beside(self.name, self.root))


@in_project
def read_case(name: str, root: Path) -> Case:
    """The case ``name`` of the project at ``root``, its parameters held against its notebook's.

    Raises:
        InputError: no such case or notebook, a parameter that it does not have, lacks, or has of another type.
    """
    parameters = params.load(name, root)
    path = _notebook_of(parameters, name, root)
    source = notebooks.read(path)
    _check(parameters, name, path, notebooks.declared_parameters(source, path.name))
    return Case(root, parameters, path, source)


@in_project
def fitting_notebook(parameters: Mapping[str, Any], case: str, root: Path) -> Path:
    """The notebook that a case's parameters name, and whose parameters they are.

    Raises:
        InputError: there is none of that name, it has other parameters, or none that say what a run is about.
    """
    path = _notebook_of(parameters, case, root)
    _check(parameters, case, path, notebooks.parameters_of(path))
    return path


def _notebook_of(parameters: Mapping[str, Any], case: str, root: Path) -> Path:
    name = parameters.get("notebook")
    known = sorted(path.stem for path in (root / NOTEBOOKS).glob("*.ipynb"))
    if name not in known:
        raise InputError(
            f"{params.FOLDER}/{case}.yml, key 'notebook'",
            found=repr(name),
            expected=f"one of {', '.join(known)}",
            hint="name a notebook of notebooks/, without .ipynb",
        )
    return root / NOTEBOOKS / f"{name}.ipynb"


def _check(parameters: Mapping[str, Any], case: str, path: Path, own: Mapping[str, Declared]) -> None:
    lacking = [key for key in NEEDED if key not in own or own[key].type != "str"]
    if lacking:
        raise InputError(
            f"{NOTEBOOKS}/{path.name}, parameters cell",
            found=f"no text {' and no text '.join(lacking)}",
            expected=f"{' and '.join(NEEDED)}, which say what is run and on which rows",
            hint=f'write {lacking[0]}: str = "…" in it, as notebooks/bulletin.ipynb does',
        )
    params.check(params.of_notebook(parameters), own, where=f"{params.FOLDER}/{case}.yml")
