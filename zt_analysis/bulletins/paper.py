"""What an office publishes from its tables: the parameters that every kind of paper has, checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Self

from zt_analysis import params
from zt_analysis.bulletins.claims import Claim, read_claims
from zt_analysis.bulletins.schedule import Schedule, check_every
from zt_analysis.errors import InputError, wrong_argument
from zt_analysis.indicators import find
from zt_analysis.periods import Period, iso_date, period
from zt_analysis.project import find_root
from zt_analysis.project_file import project_file_here
from zt_analysis.settings import read_setting

if TYPE_CHECKING:
    from zt_analysis.checks.part import Part
    from zt_analysis.indicators import Wanted
    from zt_analysis.indicators.indicator import Group
    from zt_analysis.sources import Tables

EDITIONS = ("draft", "final")
# what of the rows behind a figure a page shows: nothing, what recognises nobody, or all that is not personal
ROWS = ("none", "public", "internal")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper as its case's parameters describe it; dates are ISO text, as typed.

    A kind of paper is a subclass in the office's ``papers.py`` with a name (``id``, also ``kind``), the notebook that
    makes it, the form of its cases' names and the indicators it states.

    Attributes:
        prints: whether it has printed numbers of its own, in a claims file.
        every: the kind of period that it comes out for (``week``, ``month``, ``quarter``, ``half``, ``term``,
            ``school_year``, ``year``): its cases are named as that is written; empty for no fixed one.
        against: what its base date ends: the period ``before``, or the same of ``last_year``.
        held_against: the parameter that names another case whose printed numbers it is held against; empty for its own.
        schedule: when it is due and what its next case follows from, where the office knows more than ``every``.
        moved: by reading (``periods.Period.readings``), indicators that it does not state and that the reading moves.
        roles: the tables of the package that it is computed from.
        split: the dimension that its figures are broken down by; the first register of the package where it names none.

    Raises:
        InputError: a parameter that cannot be: names it, what was found and expected.
    """

    defines: ClassVar[str] = "papers"

    id: ClassVar[str]
    kind: ClassVar[str]
    notebook: ClassVar[str]
    prints: ClassVar[bool] = False
    every: ClassVar[str] = ""
    against: ClassVar[str] = "before"
    held_against: ClassVar[str] = ""
    schedule: ClassVar[Schedule] = Schedule()
    moved: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    case_pattern: ClassVar[tuple[str, str]]
    indicators: ClassVar[tuple[str, ...]]
    roles: ClassVar[tuple[str, ...]] = ("table",)
    split: ClassVar[str] = ""

    case: str
    package: str
    issued_on: str
    as_of: str
    base_on: str
    language: str = "zh"
    edition: str = "draft"
    engine: str = "duckdb"
    rows: str = "public"

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Self:
        """The paper that a case's parameters describe.

        Raises:
            InputError: names each parameter that it does not have, lacks, or has of another type.
        """
        own = {name: value for name, value in params.of_notebook(parameters).items() if name != "notebook"}
        known = {one.name: one for one in fields(cls)}
        problems = [f"key {name!r}: unknown" for name in own if name not in known]
        for name, one in known.items():
            if name not in own and one.default is MISSING:
                problems.append(f"key {name!r}: missing")
            elif name in own and type(own[name]).__name__ != one.type:
                problems.append(f"key {name!r}: found {own[name]!r}")
        if problems:
            where = f"{params.FOLDER}/{parameters['case']}.yml"
            lines = "\n".join(f"{where}, {problem}" for problem in problems)
            expected = ", ".join(f"{name} ({one.type})" for name, one in known.items())
            raise InputError(lines, expected=expected, hint=f"these are the parameters of a {cls.kind}")
        return cls(**own)

    def __post_init__(self) -> None:
        for name in ("issued_on", "as_of", "base_on"):  # a notebook may have them as dates
            object.__setattr__(self, name, iso_date(name, getattr(self, name)).isoformat())
        for one in fields(self):
            if type(getattr(self, one.name)).__name__ != one.type:
                raise wrong_argument(one.name, getattr(self, one.name), f"{one.type}", "see params/ for cases")
        matches("case", self.case, *self.case_pattern)
        one_of("language", self.language, project_file_here().languages, "those that zt.toml names")
        one_of("edition", self.edition, EDITIONS, "a draft says so on every page; final is for what goes out")
        one_of(
            "rows",
            self.rows,
            ROWS,
            "public shows what recognises nobody; internal what else helps to recognise a person",
        )
        read_setting(self.engine, where="parameter 'engine'")
        if self.every:
            check_every(self)
        if iso_date("issued_on", self.issued_on) < self.period.as_of:
            raise InputError(
                "parameter 'as_of'",
                found=self.as_of,
                expected=f"a date not after issued_on ({self.issued_on})",
                hint="nothing that is issued can count what came after it",
            )

    @classmethod
    def scheduled(cls) -> bool:
        """Whether dates ask for it: it comes out for every period of a kind, or has a schedule of its own."""
        return bool(cls.every) or type(cls.schedule) is not Schedule

    @property
    def period(self) -> Period:
        """The dates its figures refer to."""
        return period(self.as_of, self.base_on)

    @property
    def stated(self) -> tuple[str, ...]:
        """Those of its figures whose life (``Indicator.since``, ``until``) holds the day it counts up to."""
        day = self.period.as_of
        return tuple(name for name in self.indicators if find(name).stated_on(day))

    def printed(self) -> tuple[list[Claim], Period]:
        """The printed numbers it is held against, and the dates they refer to; its claims file's where it prints."""
        # nobody has said yet what it prints, or that it prints nothing: what was checked counts no printed number
        return (read_claims(self.claims) if self.prints and not self.unprinted else []), self.period

    def refuse_no_data(self, tables: Tables) -> None:
        """Refuse tables that hold nothing of what the paper is about; those of most papers always do.

        Raises:
            NoDataError: of them no row has come.
        """

    def asks(self) -> list[tuple[Wanted, Group]]:
        """What its parts will ask, each figure whole or by groups: asked with its figures, a table is read once for all
        of it. A part that asks for more gets its answer by a question of its own."""
        return []

    def parts(self, tables: Tables) -> tuple[Part, ...]:
        """Tables that it shows beside its figures, in the order of the page."""
        return ()

    def reported_numbers(self, tables: Tables) -> int:
        """How many numbers that were reported are held against computed ones, printed numbers apart."""
        return 0

    @property
    def side_files(self) -> tuple[str, ...]:
        """Files of the package that it reads beside tables, relative to the package."""
        return params.side_files(asdict(self) | {"notebook": self.notebook})

    @property
    def claims(self) -> str:
        """Path of the claims file: ``<package>/claims/<case>.csv``."""
        return f"{self.package}/claims/{self.case}.csv"

    @property
    def unprinted(self) -> bool:
        """Whether it prints numbers and nobody has written down which: its claims file does not exist yet."""
        return self.prints and not (find_root() / self.claims).exists()

    def printed_so_far(self) -> list[Claim]:
        """The printed numbers it is held against; none while nothing of it is printed."""
        return [] if self.unprinted else self.printed()[0]

    @property
    def explanations(self) -> str:
        """Path of the explanations file: ``<package>/explanations/<case>.csv``."""
        return f"{self.package}/explanations/{self.case}.csv"

    @property
    def parameters(self) -> dict[str, object]:
        """Every parameter."""
        return asdict(self) | {"kind": self.kind}


def matches(name: str, text: object, pattern: str, expected: str) -> None:
    """Refuse a parameter that does not have the form of ``pattern``."""
    if not (isinstance(text, str) and re.fullmatch(pattern, text)):
        raise InputError(f"parameter {name!r}", found=repr(text), expected=expected, hint="correct the case's file")


def one_of(name: str, value: str, known: Collection[str], hint: str) -> None:
    """Refuse a parameter that is none of the ``known`` words."""
    if value not in known:
        raise InputError(f"parameter {name!r}", found=repr(value), expected=" or ".join(known), hint=hint)
