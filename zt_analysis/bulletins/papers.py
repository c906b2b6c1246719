"""From a case's parameters to the paper they describe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.bulletins.paper import Paper
from zt_analysis.errors import InputError
from zt_analysis.office import current
from zt_analysis.rooted import in_project
from zt_analysis.settings import REFUSE
from zt_analysis.sources import Tables, open_package


@in_project
def tables_of(
    paper: Paper,
    parameters: Mapping[str, Any],
    root: Path,
    *,
    roles: tuple[str, ...] = (),
    engine: str = "",
    whole: bool = False,
) -> Tables:
    """The verified tables of ``paper`` as its case's ``parameters`` say, of ``roles`` and on ``engine`` if given.

    Args:
        whole: refuse a missing county's file whatever the case says of late ones, for what judges the whole.

    Raises:
        SourceError: as ``sources.open_package``.
    """
    late = REFUSE if whole else params.late(parameters)
    return open_package(root / paper.package, roles=roles or paper.roles, engine=engine or paper.engine, late=late)


def paper_of(parameters: Mapping[str, Any]) -> Paper:
    """The paper that a case's parameters describe: of the kind whose notebook they name.

    Raises:
        InputError: a notebook that makes neither, a parameter that cannot be.
    """
    notebook = str(parameters["notebook"])
    known = {paper.notebook: paper for paper in current().papers.values()}
    if notebook not in known:
        raise InputError(
            "parameter 'notebook'",
            found=repr(notebook),
            expected=" or ".join(known) or "an office that issues papers; this folder has none",
            hint="only these notebooks make a paper with figures to check",
        )
    current().papers.taken(known[notebook].id)
    return known[notebook].of(parameters)
