"""The shipped office, as tests name what it defines."""

from packages import ROOT

from zt_analysis.office import office_of

OFFICE = office_of(ROOT)
INDICATORS = OFFICE.indicators
RULES = dict(sorted(OFFICE.rules.items()))
Circular = OFFICE.papers["circular"]
Issue = OFFICE.papers["bulletin"]
synthesize = OFFICE.module("synthetic.package").synthesize
