"""From the name of a case to its paper and review."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper
    from zt_analysis.checks import Review


def review_of(case: str) -> Review:
    """The review of ``case`` over its package."""
    from zt_analysis.checks import review
    from zt_analysis.sources import open_package

    paper = paper_named(case)
    return review(paper, open_package(paper.package, roles=paper.roles, engine=paper.engine))


def paper_named(case: str) -> Paper:
    """The paper that ``case`` makes, its parameters checked against its notebook's."""
    from zt_analysis import params
    from zt_analysis.bulletins import paper_of
    from zt_analysis.runs import fitting_notebook
    from zt_analysis.sources import find_root

    root = find_root()
    parameters = params.load(case, root)
    fitting_notebook(parameters, case, root)
    return paper_of(parameters)
