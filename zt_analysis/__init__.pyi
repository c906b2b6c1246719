from typing import Any

from zt_analysis.indicators import Wanted as Wanted
from zt_analysis.interface import breakdown as breakdown
from zt_analysis.interface import compute as compute
from zt_analysis.interface import read_numbers as read_numbers
from zt_analysis.interface import review as review
from zt_analysis.interface import rows as rows
from zt_analysis.interface import sql as sql
from zt_analysis.interface import what_if as what_if
from zt_analysis.notebooks import check_parameters as check_parameters
from zt_analysis.opened import case as case
from zt_analysis.opened.catalogue import indicators as indicators
from zt_analysis.opened.charting import chart as chart
from zt_analysis.opened.defining import define as define
from zt_analysis.periods import Period as Period
from zt_analysis.periods import period as period
from zt_analysis.periods import span as span
from zt_analysis.sources import open_package as open_package

__all__: list[str]
__version__: str

# what the project's office adds for its notebooks: its kinds of paper, its charts
def __getattr__(name: str) -> Any: ...
