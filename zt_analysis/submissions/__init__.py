"""Files that counties send: .xlsx, .xls, CSV or TSV as rows of text, each value with file, sheet and cell."""

from zt_analysis.submissions.files import inside
from zt_analysis.submissions.reading import read
from zt_analysis.submissions.sheet_layout import Field, FromName, Layout, Note, Problem, Reading, Total, Unpivot
from zt_analysis.submissions.wide import pattern_of

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
