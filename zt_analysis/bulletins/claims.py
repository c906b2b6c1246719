"""Claims: every number an issue printed, as a table a person can read and correct."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from zt_analysis.contents import content
from zt_analysis.errors import InputError, SourceError, refuse_personal
from zt_analysis.figures import QUALIFIERS, Printed
from zt_analysis.indicators import Scope, Wanted, find, indicators
from zt_analysis.periods import Period
from zt_analysis.sources import find_root

COLUMNS = [
    *("claim_id", "surface", "value", "unit", "qualifier", "kind", "class", "headline", "paragraph", "section"),
    *("indicator", "at", "scope", "parameter", "reason", "role", "label_zh", "label_en"),
]
# files that were written before relations asked by role
OPTIONAL = ("role",)
CLASSES = ("statistic", "policy", "metadata", "narrative")
SCOPED = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s*$)")
TIMES = ("as_of", "base", "term")


class OpenClaimError(SourceError):
    """A drafted claim whose class nobody has said yet."""


@dataclass(frozen=True)
class Claim:
    """A number as printed, and what it is.

    Attributes:
        surface: the characters printed; value, unit, qualifier: how they read.
        kind: count, rate, money, date or ordinal.
        cls: statistic (tied to an indicator), policy, metadata or narrative.
        parameter: for metadata, the case parameter it must equal.
        reason: why it is excused (a key of ``terms``), when it is.
        role: what a relation asks for it by (``teams_sent``); several claims may share one.
    """

    id: str
    surface: str
    value: str
    unit: str
    qualifier: str
    kind: str
    cls: str
    headline: bool
    paragraph: str
    section: str
    indicator: str
    at: str
    scope: Scope
    parameter: str
    reason: str
    label: dict[str, str]
    role: str = ""

    @property
    def printed(self) -> Printed:
        """The number as printed, for comparison."""
        of = find(self.indicator).unit if self.indicator else ""
        return Printed(Decimal(self.value), self.unit, self.qualifier, of)

    def wanted(self, period: Period) -> Wanted:
        """The figure this statistic must agree with."""
        seen_from = period.at(period.base_on) if self.at == "base" else period
        return Wanted(self.indicator, seen_from, self.scope)


def scope_in(text: str) -> Scope:
    """The parts that a cell of ``scope`` names; a code may hold a blank.

    >>> scope_in("district=Old Town level=primary")
    (('district', 'Old Town'), ('level', 'primary'))
    """
    if left := SCOPED.sub("", text).strip():
        raise SourceError(
            "column 'scope'",
            found=repr(left),
            expected="parts such as town_code=t01",
            hint="name=code, parted by blanks",
        )
    return tuple((part, code) for part, code in SCOPED.findall(text))


def read_claims(path: str | Path) -> list[Claim]:
    """The claims of an issue, in the order of the file (``path`` absolute or relative to the project).

    Raises:
        SourceError: no file, other columns, no rows, an id twice, or a row that is not a claim; names the row.
    """
    file = find_root() / path
    if not file.exists():
        raise SourceError(
            str(path), found="no such file", expected="the numbers that this paper prints",
            hint=f"zt claims DRAFT --case {file.stem} > {path}, then confirmed by a person",
        )  # fmt: skip
    claims = [_claim(row, place) for place, row in rows_of(file, COLUMNS, optional=OPTIONAL)]
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise SourceError(
                f"{Path(path).name}: claim {claim.id}", found="the id twice", expected="once", hint="renumber one"
            )
        seen.add(claim.id)
    return claims


def rows_of(path: Path, columns: list[str], *, optional: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a small CSV file with exactly these ``columns``, each with a text that says where it stands.

    Columns that are ``optional`` may be left out: they are empty.
    """
    try:
        reader = csv.DictReader(io.StringIO(content(path).decode("utf-8-sig"), newline=""))
        rows = list(reader)
        names = list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        is_csv = isinstance(error, csv.Error)
        found = getattr(error, "strerror", None) or (str(error) if is_csv else "text that is not UTF-8")
        raise SourceError(path.name, found=found, expected="a CSV file in UTF-8", hint="check the parameter") from error
    if not rows and not (names and set(names) - {*columns}):
        raise SourceError(
            path.name, found="no rows" if names else "an empty file", expected="at least one",
            hint="nothing would be checked; where nothing is to be said, delete the file",
        )  # fmt: skip
    left_out = [name for name in optional if name not in names]
    if names != [name for name in columns if name not in left_out]:
        raise SourceError(
            f"{path.name}: columns",
            found=", ".join(names) or "none",
            expected=", ".join(columns),
            hint="compare with the shipped file",
        )
    for number, row in enumerate(rows, start=1):
        place = f"{path.name} row {number} (line {number + 1})"
        if None in row or None in row.values():
            raise SourceError(
                place,
                found="too many or too few cells",
                expected=f"{len(columns) - len(left_out)} cells",
                hint="check the commas",
            )
        for name, text in row.items():
            refuse_personal(text, f"{place}, column {name!r}", error=SourceError)
        yield place, row | dict.fromkeys(left_out, "")


def _claim(row: dict[str, str], place: str) -> Claim:
    claim = Claim(
        id=row["claim_id"],
        cls=row["class"],
        headline=row["headline"] == "yes",
        scope=_scope(row["scope"], place),
        label={"zh": row["label_zh"], "en": row["label_en"]},
        **{key: row[key] for key in ["surface", "value", "unit", "qualifier", "kind", "paragraph", "section"]},
        **{key: row[key] for key in ["indicator", "at", "parameter", "reason", "role"]},
    )
    if not claim.cls:
        raise OpenClaimError(
            f"{place}: claim {claim.id}, column 'class'", found=f"nothing, for {claim.surface!r}",
            expected="statistic with indicator and at; metadata with a parameter; policy or narrative with a reason",
            hint="zt tie says why it is unproven; what is no printed number of the paper is taken out",
        )  # fmt: skip
    _one_of(claim.cls, CLASSES, f"{place}, column 'class'")
    if claim.cls == "statistic":
        _check_statistic(claim, place)
    elif not (claim.parameter or claim.reason):
        raise SourceError(
            f"{place}: claim {claim.id}",
            found="neither parameter nor reason",
            expected="one of the two",
            hint="a claim without a verdict is not allowed: say what it is held against, or why it is excused",
        )
    return claim


def _scope(text: str, place: str) -> Scope:
    try:
        return scope_in(text)
    except SourceError as error:
        raise SourceError(f"{place}, {error}") from error


def _check_statistic(claim: Claim, place: str) -> None:
    indicators()  # an office that cannot be read is no fault of the row
    try:
        unit = find(claim.indicator).unit
        kinds = claim.printed.kinds
    except InvalidOperation as error:
        raise SourceError(
            f"{place}, column 'value'", found=repr(claim.value), expected="a number", hint="write 133715.32"
        ) from error
    except InputError as error:
        raise SourceError(f"{place}: {error}") from error
    _one_of(claim.qualifier, QUALIFIERS, f"{place}, column 'qualifier'")
    times = TIMES[-1:] if find(claim.indicator).time == "term" else TIMES[:-1]
    _one_of(claim.at, times, f"{place}, column 'at'")
    if unit not in kinds:
        raise SourceError(
            f"{place}, column 'unit'",
            found=f"{claim.unit!r} (counts {kinds[0]})",
            expected=f"a unit of {unit}, as {claim.indicator} has",
            hint="two numbers tie only if their units tie",
        )


def _one_of(found: str, allowed: tuple[str, ...], place: str) -> None:
    if found not in allowed:
        raise SourceError(place, found=repr(found), expected=", ".join(allowed), hint="correct the claims file")
