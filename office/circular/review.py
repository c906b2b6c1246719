"""The parts of a circular, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable

from zt_analysis.define import Group, Part, Tables, Wanted

from ..papers import Circular
from . import flows, reporting, units, unusual
from . import headline as of_headline
from .breaches import breaches_by_county
from .deadlines import nearest_deadlines
from .flows import flows_by_county, flows_by_stage
from .headline import headline
from .rates import STAGES, rates_by_county
from .reporting import county_reports
from .units import units_without
from .unusual import unusual_weeks

MAKERS: tuple[Callable[[Circular, Tables], Part], ...] = (
    headline, flows_by_county, flows_by_stage, units_without, breaches_by_county, county_reports, nearest_deadlines,
    unusual_weeks,
)  # fmt: skip


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """What the parts will ask."""
    return [one for module in (of_headline, flows, units, reporting, unusual) for one in module.asks(circular)]


def parts(circular: Circular, tables: Tables) -> tuple[Part, ...]:
    """Every part of the circular."""
    return (*(make(circular, tables) for make in MAKERS), *(rates_by_county(circular, tables, one) for one in STAGES))
