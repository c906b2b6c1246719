"""The review of a weekly circular: figures, relations, what the bulletin printed for the same day, and its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from zt_analysis.bulletins import Circular, Paper
from zt_analysis.checks import Review, review
from zt_analysis.circulars.breaches import breaches_by_county
from zt_analysis.circulars.deadlines import nearest_deadlines
from zt_analysis.circulars.flows import flows_by_county, flows_by_stage
from zt_analysis.circulars.headline import headline
from zt_analysis.circulars.parts import Part
from zt_analysis.circulars.rates import STAGES, rates_by_county
from zt_analysis.circulars.reporting import compared_numbers, county_reports
from zt_analysis.circulars.units import units_without
from zt_analysis.circulars.unusual import unusual_weeks
from zt_analysis.sources import Tables


@dataclass(frozen=True)
class WeeklyReview(Review):
    """A review with the parts of a circular."""

    parts: tuple[Part, ...] = ()
    reported_numbers: int = 0

    @property
    def comparisons(self) -> int:
        """Printed numbers of the bulletin and numbers that counties reported, compared with computed values."""
        return super().comparisons + self.reported_numbers

    @cached_property
    def ledger(self) -> dict[str, Any]:
        """Everything as plain JSON types, the parts included."""
        return self.plain_ledger() | {"parts": [part.record for part in self.parts]}

    def part(self, key: str) -> Any:
        """One part as a frame in the circular's language."""
        (found,) = (part for part in self.parts if part.key == key)
        return found.table(self.paper.language)


def weekly_review(circular: Circular, tables: Tables) -> WeeklyReview:
    """Check a week: figures, relations, the bulletin's numbers of the same day, and every part of the circular.

    Raises:
        SourceError: a claims or explanations file is wrong; names the row.
    """
    plain = review(circular, tables)
    makers: tuple[Callable[[Circular, Tables], Part], ...] = (
        headline, flows_by_county, flows_by_stage, units_without, breaches_by_county, county_reports, nearest_deadlines,
        unusual_weeks,
    )  # fmt: skip
    parts = [make(circular, tables) for make in makers]
    parts += [rates_by_county(circular, tables, stage) for stage in STAGES]
    own = {field.name: getattr(plain, field.name) for field in fields(plain)}
    return WeeklyReview(**own, parts=tuple(parts), reported_numbers=compared_numbers(circular, tables))


def review_paper(paper: Paper, tables: Tables) -> Review:
    """The review of a paper of any kind.

    Raises:
        SourceError: a claims or explanations file is wrong; names the row.
    """
    return weekly_review(paper, tables) if isinstance(paper, Circular) else review(paper, tables)
