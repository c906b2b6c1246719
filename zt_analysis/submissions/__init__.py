"""Files that counties send: .xlsx, .xls, CSV or TSV as rows of text, each value with file, sheet and cell.

What reads them is imported when it is first asked for: a package without such files is opened without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zt_analysis.submissions.sheet_layout import Field, FromName, Layout, Note, Problem, Reading, Total, Unpivot

if TYPE_CHECKING:
    from zt_analysis.submissions.files import inside
    from zt_analysis.submissions.reading import read
    from zt_analysis.submissions.wide import pattern_of

_PLACES = {"inside": "files", "pattern_of": "wide", "read": "reading"}

__all__ = [
    "Field",
    "FromName",
    "Layout",
    "Note",
    "Problem",
    "Reading",
    "Total",
    "Unpivot",
    "inside",
    "pattern_of",
    "read",
]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
