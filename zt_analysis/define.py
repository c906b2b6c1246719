"""What an office writes its definitions with: everything its files import from the engine, charts apart.

``indicators/`` use ``measured`` and ``derived``, ``relations/`` ``relation`` and what compares two sides, ``rules/``
``rule``, ``papers.py`` ``Paper``, the parts of a paper ``Part`` and its cells. Charts import ``zt_analysis.drawing``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from zt_analysis.called import Called

# imported when first used: what lays out a page needs no tables. ``define.pyi`` beside this says the same to a checker.
_PLACES = {
    "Applied": "zt_analysis.rules",
    "Asked": "zt_analysis.bulletins",
    "Book": "zt_analysis.checks.relation",
    "Breaches": "zt_analysis.rules",
    "Calendar": "zt_analysis.spans",
    "Cases": "zt_analysis.bulletins",
    "Cell": "zt_analysis.checks.part",
    "Claim": "zt_analysis.bulletins",
    "DESCRIPTOR": "zt_analysis.sources.descriptor",
    "Exact": "zt_analysis.indicators.indicator",
    "Finding": "zt_analysis.checks.relation",
    "Group": "zt_analysis.indicators.indicator",
    "Indicator": "zt_analysis.indicators.indicator",
    "InputError": "zt_analysis.errors",
    "Layout": "zt_analysis.reports.section",
    "Measure": "zt_analysis.indicators",
    "NoDataError": "zt_analysis.errors",
    "Paper": "zt_analysis.bulletins",
    "Part": "zt_analysis.checks.part",
    "Period": "zt_analysis.periods",
    "Span": "zt_analysis.spans",
    "Term": "zt_analysis.spans",
    "Schedule": "zt_analysis.bulletins",
    "Section": "zt_analysis.reports.section",
    "SourceError": "zt_analysis.errors",
    "Tables": "zt_analysis.sources",
    "UNITS": "zt_analysis.units",
    "Wanted": "zt_analysis.indicators",
    "ZtError": "zt_analysis.errors",
    "apply_rules": "zt_analysis.rules",
    "at_most": "zt_analysis.checks.relation",
    "below": "zt_analysis.checks.relation",
    "bound": "zt_analysis.checks.statements",
    "by_part": "zt_analysis.rules",
    "by_part_of_each": "zt_analysis.rules",
    "by_group": "zt_analysis.indicators",
    "code": "zt_analysis.checks.part",
    "counted": "zt_analysis.checks.part",
    "compute": "zt_analysis.indicators",
    "day": "zt_analysis.checks.part",
    "derived": "zt_analysis.indicators.indicator",
    "difference": "zt_analysis.checks.part",
    "equal": "zt_analysis.checks.relation",
    "example": "zt_analysis.indicators",
    "figure_key": "zt_analysis.figures",
    "file_facts": "zt_analysis.sources.sealing",
    "files_of": "zt_analysis.sources.table_files",
    "find": "zt_analysis.indicators",
    "find_root": "zt_analysis.sources",
    "in_memory": "zt_analysis.sources",
    "intervals": "zt_analysis.indicators.intervals",
    "iso_date": "zt_analysis.periods",
    "issued_after": "zt_analysis.bulletins.schedule",
    "key_of": "zt_analysis.checks.part",
    "label": "zt_analysis.terms",
    "labels": "zt_analysis.terms",
    "matches": "zt_analysis.bulletins.paper",
    "measured": "zt_analysis.indicators.indicator",
    "needed": "zt_analysis.bulletins.schedule",
    "near": "zt_analysis.checks.relation",
    "no_rows": "zt_analysis.checks.relation",
    "not_received": "zt_analysis.checks.part",
    "number": "zt_analysis.checks.part",
    "one_of": "zt_analysis.bulletins.paper",
    "open_package": "zt_analysis.sources",
    "parameters_of": "zt_analysis.params:load",
    "period": "zt_analysis.periods",
    "places": "zt_analysis.indicators.intervals",
    "ratio": "zt_analysis.figures",
    "read_claims": "zt_analysis.bulletins",
    "read_package": "zt_analysis.sources.descriptor",
    "relation": "zt_analysis.checks.relation",
    "round_half_up": "zt_analysis.figures",
    "rows": "zt_analysis.indicators",
    "rule": "zt_analysis.rules",
    "span": "zt_analysis.periods",
    "shown": "zt_analysis.checks.relation",
    "value": "zt_analysis.indicators",
    "values_by": "zt_analysis.checks.part",
    "with_wholes": "zt_analysis.indicators.dimensions",
    "word": "zt_analysis.checks.part",
    "words": "zt_analysis.checks.part",
    "write_json": "zt_analysis.sources.sealing",
    "wrong_argument": "zt_analysis.errors",
}
__all__ = sorted(_PLACES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    module, _, there = _PLACES[name].partition(":")
    return getattr(import_module(module), there or name)


# zt.define(...) is a function of notebooks
sys.modules[__name__].__class__ = Called
