"""Accepted differences: each with a reason and the date it expires on.

An explanation is held against the date of issue, not against today: the same inputs give the same verdicts in any
year, and the next issue after the expiry has to explain anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zt_analysis.bulletins import rows_of
from zt_analysis.errors import SourceError
from zt_analysis.sources import find_root
from zt_analysis.typed import says_nothing

COLUMNS = ["id", "reason_zh", "reason_en", "expires_on"]


@dataclass(frozen=True)
class Explanation:
    """Why a claim or relation ``id`` may differ, and until when."""

    id: str
    reason: dict[str, str]
    expires_on: date


def read_explanations(path: str | Path) -> dict[str, Explanation]:
    """Explanations by the id they explain; none when there is no such file.

    Raises:
        SourceError: other columns, a reason without a word, a date that is none, an id twice; names the row.
    """
    file = find_root() / path
    if not file.exists():
        return {}
    found: dict[str, Explanation] = {}
    for place, row in rows_of(file, COLUMNS):
        if row["id"] in found:
            raise SourceError(place, found=f"{row['id']} twice", expected="once", hint="keep one")
        found[row["id"]] = _explanation(row, place)
    return found


def check_known(explanations: Iterable[str], known: Iterable[str]) -> None:
    """Refuse an explanation that explains nothing."""
    unknown = sorted(set(explanations) - set(known))
    if unknown:
        raise SourceError(
            f"explanations for {', '.join(unknown)}",
            found="no such claim or relation",
            expected="the id of one",
            hint="an explanation that matches nothing hides nothing: take it out",
        )


def _explanation(row: dict[str, str], place: str) -> Explanation:
    for name in ("reason_zh", "reason_en"):
        if says_nothing(row[name]):
            raise SourceError(
                f"{place}, column {name!r}", found=f"{row[name].strip()!r}, no word",
                expected="why it may differ, in zh and en", hint="a difference needs its reason",
            )  # fmt: skip
    try:
        expires_on = date.fromisoformat(row["expires_on"])
    except ValueError as error:
        raise SourceError(
            f"{place}, column 'expires_on'", found=repr(row["expires_on"]), expected="a date", hint="write YYYY-MM-DD"
        ) from error
    return Explanation(row["id"], {"zh": row["reason_zh"], "en": row["reason_en"]}, expires_on)
