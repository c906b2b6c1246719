"""The parts of a circular, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable

from zt_analysis.define import Group, Part, Tables, Wanted

from ..papers import Circular
from .breaches import breaches_by_county
from .deadlines import nearest_deadlines
from .flows import asks as asks_of_flows
from .flows import flows_by_county, flows_by_stage
from .headline import asks as asks_of_headline
from .headline import headline
from .rates import STAGES, rates_by_county
from .reporting import asks as asks_of_reporting
from .reporting import county_reports
from .units import asks as asks_of_units
from .units import units_without
from .unusual import asks as asks_of_unusual
from .unusual import unusual_weeks

MAKERS: tuple[Callable[[Circular, Tables], Part], ...] = (
    headline, flows_by_county, flows_by_stage, units_without, breaches_by_county, county_reports, nearest_deadlines,
    unusual_weeks,
)  # fmt: skip
ASKING = (asks_of_headline, asks_of_flows, asks_of_units, asks_of_reporting, asks_of_unusual)


def asks(circular: Circular) -> list[tuple[Wanted, Group]]:
    """What the parts will ask."""
    return [one for asks_of in ASKING for one in asks_of(circular)]


def parts(circular: Circular, tables: Tables) -> tuple[Part, ...]:
    """Every part of the circular."""
    return (*(make(circular, tables) for make in MAKERS), *(rates_by_county(circular, tables, one) for one in STAGES))
