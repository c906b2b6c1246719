"""What reads the sheets of each kind of file; what looks for one kind of thing in them needs no more than this."""

from __future__ import annotations

from collections.abc import Callable

from zt_analysis.submissions.delimited import read_delimited
from zt_analysis.submissions.grid import Sheet
from zt_analysis.submissions.xls import read_xls
from zt_analysis.submissions.xlsx import read_xlsx

READERS: dict[str, Callable[[bytes, str], list[Sheet]]] = {"xlsx": read_xlsx, "xls": read_xls, "csv": read_delimited}
