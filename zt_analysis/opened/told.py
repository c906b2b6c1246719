"""A review as an analyst wants it told: its status, what differs first, each with sign, colour and reason."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Self

from zt_analysis.checks import Review
from zt_analysis.ledger import LEDGER_MIME

MOST = 40


class Told(Review):
    """A review that shows itself in a few lines."""

    @classmethod
    def of(cls, found: Review) -> Self:
        """``found`` itself, told."""
        return cls(**{one.name: getattr(found, one.name) for one in fields(found)})

    def __repr__(self) -> str:
        from zt_analysis.opened.check_cards import review_lines

        return "\n".join(review_lines(self))

    def _repr_html_(self) -> str:
        from zt_analysis.opened.check_cards import review_html

        return review_html(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {LEDGER_MIME: self.ledger, "text/html": self._repr_html_(), "text/plain": repr(self)}
