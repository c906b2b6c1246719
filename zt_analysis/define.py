"""What an office writes its definitions with: everything its files import from the engine, charts apart.

``indicators/`` use ``measured`` and ``derived``, ``relations/`` ``relation`` and what compares two sides, ``rules/``
``rule``, ``papers.py`` ``Paper``, the parts of a paper ``Part`` and its cells. Charts import ``zt_analysis.drawing``.
"""

from zt_analysis.bulletins import Claim, Paper, read_claims
from zt_analysis.bulletins.paper import matches, one_of
from zt_analysis.checks.definition import Book, Finding, at_most, below, equal, near, no_rows, relation, shown
from zt_analysis.checks.part import (
    Cell,
    Part,
    code,
    day,
    key_of,
    number,
    values_by,
    word,
    words,
)
from zt_analysis.errors import InputError, NoDataError, SourceError, wrong_argument
from zt_analysis.figures import UNITS, figure_key, ratio, round_half_up
from zt_analysis.indicators import Measure, Wanted, by_group, compute, example, find, rows, value
from zt_analysis.indicators.definition import Exact, Group, derived, measured
from zt_analysis.params import load as parameters_of
from zt_analysis.periods import Period, iso_date, period
from zt_analysis.reports.section import Layout, Section
from zt_analysis.rules import Applied, Breaches, Reading, apply_rules, by_county, rule
from zt_analysis.sources import Tables, find_root, in_memory
from zt_analysis.sources.descriptor import DESCRIPTOR
from zt_analysis.sources.partitions import files_of
from zt_analysis.sources.sealing import file_facts, write_json
from zt_analysis.terms import label, labels

__all__ = [
    "DESCRIPTOR", "UNITS", "Applied", "Book", "Breaches", "Cell", "Claim", "Exact", "Finding", "Group",
    "InputError", "Layout", "Measure", "NoDataError", "Paper", "Part", "Period", "Reading", "Section", "SourceError",
    "Tables", "Wanted", "apply_rules", "at_most", "below", "by_county", "by_group", "code", "compute", "day",
    "derived", "equal", "example", "figure_key", "file_facts", "files_of", "find", "find_root", "in_memory",
    "iso_date", "key_of", "label", "labels", "matches", "measured", "near", "no_rows", "number", "one_of",
    "parameters_of", "period", "ratio", "read_claims", "relation", "round_half_up", "rows", "rule", "shown", "value",
    "values_by", "word", "words", "write_json", "wrong_argument",
]  # fmt: skip
