"""One issue of the bulletin: its dates, its package and where its claims stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.periods import Period, iso_date, period
from zt_analysis.terms import LANGUAGES

EDITIONS = ("draft", "final")


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An issue as its case's parameters describe it; dates are ISO text, as typed.

    Raises:
        InputError: a parameter that cannot be: names it, what was found and expected.
    """

    case: str
    package: str
    issue_total: int
    issued_on: str
    as_of: str
    base_on: str
    term: str = "2018-spring"
    denominator: str = "school_age"
    language: str = "zh"
    edition: str = "draft"

    def __post_init__(self) -> None:
        _matches("case", self.case, r"\d{4}-(0[1-9]|1[0-9]|[2-9][0-9])", "year and number, such as 2018-11")
        _matches("term", self.term, r"\d{4}-(spring|autumn)", "a school term such as 2018-spring")
        if self.language not in LANGUAGES:
            raise InputError(
                "parameter 'language'",
                found=repr(self.language),
                expected="zh or en",
                hint="reports exist in these two",
            )
        if self.edition not in EDITIONS:
            raise InputError(
                "parameter 'edition'",
                found=repr(self.edition),
                expected=" or ".join(EDITIONS),
                hint="a draft says so on every page; final is for what goes out",
            )
        if iso_date("issued_on", self.issued_on) < self.period.as_of:
            raise InputError(
                "parameter 'as_of'",
                found=self.as_of,
                expected=f"a date not after issued_on ({self.issued_on})",
                hint="an issue cannot count what came after it",
            )

    @property
    def period(self) -> Period:
        """The dates its figures refer to."""
        return period(self.as_of, self.base_on, term=self.term, denominator=self.denominator)

    @property
    def issue_year(self) -> int:
        """Year of the issue, from the case's name."""
        return int(self.case[:4])

    @property
    def issue_number(self) -> int:
        """Number in the year, from the case's name."""
        return int(self.case[5:])

    @property
    def claims(self) -> str:
        """Path of the claims file: ``<package>/claims/<case>.csv``."""
        return f"{self.package}/claims/{self.case}.csv"

    @property
    def explanations(self) -> str:
        """Path of the explanations file: ``<package>/explanations/<case>.csv``."""
        return f"{self.package}/explanations/{self.case}.csv"

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter, and the year and number that the case's name gives."""
        return asdict(self) | {"issue_year": self.issue_year, "issue_number": self.issue_number}


def issue_of(parameters: Mapping[str, Any]) -> Issue:
    """The issue that a bulletin case's parameters describe."""
    return Issue(**{name: value for name, value in parameters.items() if name != "notebook"})


def _matches(name: str, text: object, pattern: str, expected: str) -> None:
    if not (isinstance(text, str) and re.fullmatch(pattern, text)):
        raise InputError(f"parameter {name!r}", found=repr(text), expected=expected, hint="correct the case's file")
