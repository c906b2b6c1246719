"""From a case's parameters to the paper they describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zt_analysis.bulletins.circular import Circular
from zt_analysis.bulletins.issue import Issue
from zt_analysis.bulletins.paper import Paper
from zt_analysis.errors import InputError

PAPERS: dict[str, type[Paper]] = {"bulletin": Issue, "weekly": Circular}


def paper_of(parameters: Mapping[str, Any]) -> Paper:
    """The paper that a case's parameters describe: an Issue for notebook bulletin, a Circular for weekly.

    Raises:
        InputError: a notebook that makes neither, a parameter that cannot be.
    """
    notebook = str(parameters["notebook"])
    if notebook not in PAPERS:
        raise InputError(
            "parameter 'notebook'",
            found=repr(notebook),
            expected=" or ".join(PAPERS),
            hint="only these notebooks make a paper with figures to check",
        )
    return PAPERS[notebook].of(parameters)
