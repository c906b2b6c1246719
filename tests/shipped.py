"""The shipped office, as tests name what it defines; its rows and cases, opened once for all tests of a process."""

from dataclasses import replace
from functools import cache

from packages import ROOT, SHIPPED

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.office import office_of
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of
from zt_analysis.tying.texts import tie_text

OFFICE = office_of(ROOT)
INDICATORS = OFFICE.indicators
RULES = dict(sorted(OFFICE.rules.items()))
Circular = OFFICE.papers["circular"]
Issue = OFFICE.papers["bulletin"]
synthesize = OFFICE.module("synthetic.package").synthesize


@cache
def shipped_tables(roles=("table",)):
    """The shipped tables of these roles; read only."""
    return open_package(SHIPPED, roles=roles)


@cache
def tied_case(name="2018-11", *, printed=True):
    """What a text of a case is tied to; ``printed``: with the numbers that the issue printed. Read only."""
    paper = paper_of(params.load(name, ROOT))
    if printed:
        return replace(tied_case(name, printed=False), claims=tuple(paper.printed()[0]))
    return case_of(paper, shipped_tables(paper.roles))


def statuses_of(text, name="2018-11"):
    """The status of each number of a text but its dates, by the number as it is printed."""
    found = tie_text(text, tied_case(name, printed=False))
    return {one.mention.surface: one.status for one in found.ties if one.mention.kind != "date"}
