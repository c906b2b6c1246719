"""From the name of a case to its paper and review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zt_analysis.bulletins import Claim, Paper
    from zt_analysis.checks import Review
    from zt_analysis.sources import Tables


def review_of(case: str, *, figures: bool = False) -> Review:
    """The review of ``case`` over its package; ``figures``: of its figures alone where nothing is printed yet."""
    from zt_analysis.checks import review

    paper = paper_named(case)
    return review(paper, tables_of(paper), unprinted=figures and paper.unprinted)


def tables_of(paper: Paper, *, roles: tuple[str, ...] = (), engine: str = "", whole: bool = False) -> Tables:
    """The tables of ``paper`` as its case says, of ``roles`` and on ``engine`` if given; ``whole``: none late."""
    from zt_analysis import bulletins, params
    from zt_analysis.project import find_root

    root = find_root()
    return bulletins.tables_of(paper, params.load(paper.case, root), root, roles=roles, engine=engine, whole=whole)


def printed_to_tie(paper: Paper) -> list[Claim]:
    """The printed numbers of ``paper`` so far; none, and a line that says so, while one of a draft is still open.

    What says why a number is unproven has to answer before it is settled.
    """
    from zt_analysis.bulletins.claims import OpenClaimError

    try:
        return paper.printed_so_far()
    except OpenClaimError as error:
        click.echo(f"zt: {error}; tied without the file until it is settled", err=True)
        return []


def tables_anew(paper: Paper, *, engine: str = "") -> Tables:
    """As ``tables_of``, verified anew whatever is kept of them."""
    from zt_analysis import params
    from zt_analysis.project import find_root
    from zt_analysis.sources import open_package

    root = find_root()
    late = params.late(params.load(paper.case, root))
    return open_package(root / paper.package, roles=paper.roles, engine=engine or paper.engine, late=late, anew=True)


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
