"""What a rule is: a policy of the bulletin as a predicate over rows, with the rows that break it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import ibis.expr.types as ir

from zt_analysis.sources import Tables


@dataclass(frozen=True)
class Reading:
    """How the text is read where it leaves something open.

    Attributes:
        as_of: the day the rules are applied on.
        absence_days: a case opens when an absence without leave lasts longer than this; exactly so long is none.
        days: how the length of an absence is counted: ``calendar`` or ``school`` days.
        roster_days: a roster is on time when it arrives at most so many days after opening (1周内).
    """

    as_of: date
    absence_days: int = 7
    days: str = "calendar"
    roster_days: int = 7


@dataclass(frozen=True)
class Applied:
    """A rule over tables: the rows it was applied to and those of them that break it."""

    checked: ir.Table
    breaking: ir.Table


@dataclass(frozen=True)
class Rule:
    """A rule with its id, severity (hard, soft, decision, info), main table and paragraph of the bulletin."""

    defines: ClassVar[str] = "rules"

    id: str
    severity: str
    table: str
    paragraph: str
    function: Callable[[Tables, Reading], Applied]
    zh: str
    en: str

    @property
    def meaning(self) -> str:
        """What the rule asks: the first paragraph of its docstring."""
        return " ".join((inspect.getdoc(self.function) or "").split("\n\n")[0].split())

    @property
    def undecided(self) -> str:
        """What the text leaves open, and how it is read here."""
        found = re.search(r"^Undecided: (.*?)(?=^\w+: |^$|\Z)", inspect.getdoc(self.function) or "", re.M | re.S)
        return " ".join(found.group(1).split()) if found else ""

    @property
    def title(self) -> dict[str, str]:
        """Its title in both languages."""
        return {"zh": self.zh, "en": self.en}


def rule(
    id: str, severity: str, table: str, paragraph: str, *, zh: str, en: str
) -> Callable[[Callable[[Tables, Reading], Applied]], Rule]:
    """Turn a function (tables, reading) -> Applied into a rule."""
    return lambda function: Rule(id, severity, table, paragraph, function, zh, en)
