"""Files that counties send: .xlsx, .xls, CSV or TSV as rows of text, each value with file, sheet and cell."""

from zt_analysis.submissions.definition import Field, FromName, Layout, Note, Problem, Reading, Total
from zt_analysis.submissions.files import inside
from zt_analysis.submissions.reading import read

__all__ = ["Field", "FromName", "Layout", "Note", "Problem", "Reading", "Total", "inside", "read"]
