"""From the name of a case to its paper and review."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper
    from zt_analysis.checks import Review
    from zt_analysis.sources import Tables


def review_of(case: str, *, figures: bool = False) -> Review:
    """The review of ``case`` over its package; ``figures``: of its figures alone where nothing is printed yet."""
    from zt_analysis.checks import review

    paper = paper_named(case)
    return review(paper, tables_of(paper), unprinted=figures and paper.unprinted)


def tables_of(
    paper: Paper, *, roles: tuple[str, ...] = (), engine: str = "", whole: bool = False, anew: bool = False
) -> Tables:
    """The tables of ``paper`` as its case says, of ``roles`` and on ``engine`` if given; as ``bulletins.tables_of``."""
    from zt_analysis import bulletins, params
    from zt_analysis.project import find_root

    root = find_root()
    parameters = params.load(paper.case, root)
    return bulletins.tables_of(paper, parameters, root, roles=roles, engine=engine, whole=whole, anew=anew)


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
