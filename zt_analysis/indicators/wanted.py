"""What is asked for: one figure of an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from zt_analysis.errors import InputError, wrong_argument
from zt_analysis.figures import figure_key
from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.forms import as_scope
from zt_analysis.indicators.indicator import Indicator, Scope
from zt_analysis.indicators.views import is_view
from zt_analysis.periods import Period


@dataclass(frozen=True)
class Wanted:
    """One figure asked for: an indicator, the period it is seen from, and the part of the whole.

    ``indicator`` may be an indicator itself, ``scope`` a dict such as ``{"stage": "junior"}``.
    """

    indicator: str
    period: Period
    scope: Scope = ()

    def __post_init__(self) -> None:
        """Take the forms people type, and refuse others."""
        if isinstance(self.indicator, Indicator):
            object.__setattr__(self, "indicator", self.indicator.id)
        elif isinstance(self.indicator, str) and is_view(self.indicator):
            # however it is typed, a view is one figure
            object.__setattr__(self, "indicator", find(self.indicator).id)
        if not isinstance(self.indicator, str):
            raise wrong_argument("indicator", self.indicator, "the name of one indicator", "zt.indicators() lists them")
        if type(self.scope) is not tuple or self.scope:
            object.__setattr__(self, "scope", as_scope(self.scope))
        if not isinstance(self.period, Period):
            raise InputError(
                "argument 'period'", found=repr(self.period), expected='a period such as zt.period(as_of, base_on)',
                hint='write zt.period("2018-11-08", "2018-09-20")',
            )  # fmt: skip
        find(self.indicator)

    @property
    def at(self) -> str:
        """The date or term of the figure."""
        return find(self.indicator).at(self.period)

    @property
    def key(self) -> str:
        """The key of the figure: ``indicator[scope]@date``."""
        return figure_key(self.indicator, self.at, self.scope)
