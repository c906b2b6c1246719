"""School weeks: a week in which no school is held asks for no circular. The table ``school_calendar`` says which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zt_analysis.errors import ZtError

CALENDAR = "school_calendar"
DAY, HELD = "day_on", "is_school_day"


@dataclass
class SchoolWeeks:
    """The school days of packages, each read once."""

    root: Path
    _days: dict[tuple[str, str], dict[date, bool]] = field(default_factory=dict)

    def says(self, thursday: date, model: dict[str, Any] | None) -> tuple[bool, str]:
        """Whether the ISO week of ``thursday`` has a school day, and what cannot be known of it; it has one in doubt.

        Args:
            model: the parameters of a case whose package has the calendar; None where there is no such case.
        """
        if model is None:
            return True, ""
        package = str(model.get("package"))
        try:
            days = self._of(package, str(model.get("engine", "")))
        except ZtError as error:
            return True, f"{CALENDAR} of {package} cannot be read ({error.thing}): taken for a school week"
        monday = thursday - timedelta(days=thursday.isoweekday() - 1)
        week = [monday + timedelta(days=number) for number in range(7)]
        held = any(days.get(day) for day in week)
        unknown = [day for day in week if day not in days]
        if held or not unknown:
            return held, ""
        return True, f"{CALENDAR} of {package} says nothing of {unknown[0]}: taken for a school week"

    def _of(self, package: str, engine: str) -> dict[date, bool]:
        if (package, engine) not in self._days:
            self._days[package, engine] = _read(self.root / package, engine)
        return self._days[package, engine]


def _read(package: Path, engine: str) -> dict[date, bool]:
    from zt_analysis.sources import open_package
    from zt_analysis.sources.descriptor import read_package

    if CALENDAR not in read_package(package).tables:
        return {}
    tables = open_package(package, names=(CALENDAR,), engine=engine)
    return {row[DAY]: row[HELD] for row in tables.rows(tables[CALENDAR])}
