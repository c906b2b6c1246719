"""What a rule is: a policy of the bulletin as a predicate over rows, with the rows that break it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import ibis.expr.types as ir

from zt_analysis.sources import Tables


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
    function: Callable[[Tables, Any], Applied]
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
) -> Callable[[Callable[[Tables, Any], Applied]], Rule]:
    """Turn a function (tables, period) -> Applied into a rule."""
    return lambda function: Rule(id, severity, table, paragraph, function, zh, en)
