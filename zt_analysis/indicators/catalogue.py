"""All indicators, by name, and which of them a bulletin and a weekly circular state."""

from __future__ import annotations

from zt_analysis.errors import InputError
from zt_analysis.indicators import aid, attendance, weekly
from zt_analysis.indicators.definition import Indicator

_OF_BULLETIN = (
    attendance.returned_students,
    attendance.home_taught_students,
    attendance.remote_taught_students,
    attendance.out_of_school_children,
    attendance.opened_cases,
    attendance.ended_cases,
    attendance.rate_population,
    attendance.out_of_school_rate,
    attendance.out_of_school_rate_change,
    aid.funds_allocated,
    aid.nutrition_spending,
    aid.nutrition_students,
    aid.nutrition_spending_per_student,
    aid.nutrition_days_per_student,
    aid.aid_paid,
    aid.aided_students,
    aid.registered_poor_aided_students,
    aid.registered_poor_share,
    aid.aid_per_student,
    aid.aid_share_of_allocation,
    aid.spending_share_of_allocation,
    aid.allocation_remainder,
    aid.counties,
    aid.inspected_households,
    aid.inspected_counties,
)
_OF_CIRCULAR = (
    attendance.out_of_school_children,
    weekly.out_of_school_change,
    attendance.opened_cases,
    weekly.returned_cases,
    weekly.home_cases,
    weekly.remote_cases,
    attendance.returned_students,
    attendance.home_taught_students,
    attendance.remote_taught_students,
    attendance.rate_population,
    attendance.out_of_school_rate,
    attendance.out_of_school_rate_change,
    weekly.schools_without_cases,
    weekly.villages_without_cases,
    weekly.townships_without_cases,
    weekly.counties_without_cases,
    weekly.reports_in_time,
    weekly.deadlines_next_week,
    weekly.long_absences,
)
BULLETIN = tuple(indicator.id for indicator in _OF_BULLETIN)
CIRCULAR = tuple(indicator.id for indicator in _OF_CIRCULAR)
INDICATORS: dict[str, Indicator] = {indicator.id: indicator for indicator in _OF_BULLETIN + _OF_CIRCULAR}


def find(name: str) -> Indicator:
    """The indicator ``name``; InputError with the nearest names when there is none."""
    if name not in INDICATORS:
        raise InputError(
            f"indicator {name!r}",
            found="no such indicator",
            expected=", ".join(INDICATORS),
            hint="see docs/glossary.md",
        )
    return INDICATORS[name]
