"""Restatement: figures of a published case, recomputed from the tables as they are now.

Later entries in a ledger move weeks that were already reported. Each figure that moved is named with both values, and
each sentence of the report that is no longer true is shown beside what it would say today.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.figures import displayed, with_minus
from zt_analysis.ledger import parts_of
from zt_analysis.runs.believed import believed_ledger
from zt_analysis.runs.published import sentences

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper
    from zt_analysis.sources import Tables

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """A figure that has another value now.

    Attributes:
        before, now: the figure's records, as published and as computed.
        shown: whether the number as displayed changes too, or only what lies behind its rounding.
        parts: names of the parts that moved, such as counties.
    """

    before: Record
    now: Record

    @property
    def shown(self) -> bool:
        """Whether the number as displayed changes."""
        return bool(self.before["display"] != self.now["display"])

    @property
    def parts(self) -> list[Mapping[str, str]]:
        """Names of the parts that moved."""
        then = {part["code"]: part["exact"] for part in parts_of(self.before)}
        return [part["label"] for part in parts_of(self.now) if part["exact"] != then.get(part["code"])]

    def difference(self, language: str) -> str:
        """Now less before, as displayed; a dash where one of them cannot be computed."""
        values = [one["exact"] for one in (self.now, self.before)]
        if None in values:
            return "—"
        return with_minus(displayed(Fraction(values[0]) - Fraction(values[1]), self.now["unit"], language))


@dataclass(frozen=True)
class Restatement:
    """What recomputing a published case gave.

    Attributes:
        compared: how many published figures were recomputed.
        moved: those with another value; missing: keys of those that no longer exist.
        sentences: each sentence that became false, and what it would say now.
        verdicts: each claim or relation that is judged otherwise now: its name, the word then, the word now.
        files: data files that are not those the case was computed from.
    """

    case: str
    compared: int
    moved: tuple[Moved, ...]
    missing: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[str, str, str], ...]
    files: tuple[str, ...]
    ledger: Record

    @property
    def stands(self) -> bool:
        """Whether every published figure was recomputed with the value, and all was judged as it was published."""
        return self.compared > 0 and not (self.moved or self.missing or self.verdicts)


def restate(paper: Paper, tables: Tables, published: Path) -> Restatement:
    """Recompute a published case and hold each figure against what was published in the folder ``published``.

    Raises:
        InputError: the case was never published, or its figures are not what was left.
    """
    # what only compares two ledgers needs no engine: ibis takes 0.4 s to import
    from zt_analysis.checks import review
    from zt_analysis.writing import told_text

    # before seconds are spent on computing anew: what was altered since is refused
    before = believed_ledger(published)
    found = review(paper, tables)
    now = replace(found, text=told_text(paper, tables))
    return compare(paper.case, before, json.loads(json.dumps(now.ledger)))


def compare(case: str, before: Record, now: Record) -> Restatement:
    """Hold the ledger of a published case against another one of it."""
    figures = {figure["key"]: figure for figure in now["figures"]}
    pairs = [(figure, figures[figure["key"]]) for figure in before["figures"] if figure["key"] in figures]
    moved = tuple(Moved(then, found) for then, found in pairs if parts(then) != parts(found))
    missing = tuple(figure["key"] for figure in before["figures"] if figure["key"] not in figures)
    then, today = sentences(before, now)
    false = tuple((text, today.get(key, "—")) for key, text in then.items() if today.get(key) != text)
    words, words_now = _judged(before), _judged(now)
    # a relation that a later version has added was not published
    both = [name for name in words if name in words_now]
    verdicts = tuple((name, words[name], words_now[name]) for name in both if words[name] != words_now[name])
    return Restatement(case, len(pairs), moved, missing, false, verdicts, _changed_files(before, now), before)


def _judged(ledger: Record) -> dict[str, str]:
    """The word on each claim and relation."""
    claims = {str(one["claim"]): str(one["verdict"]) for one in ledger["verdicts"]}
    return claims | {str(one["id"]): str(one["status"]) for one in ledger["relations"]}


def parts(figure: Record) -> tuple[Any, ...]:
    """What is compared: the value and its parts."""
    return figure["exact"], tuple((part["code"], part["exact"]) for part in parts_of(figure))


def _changed_files(before: Record, now: Record) -> tuple[str, ...]:
    then = {one["path"]: _checksums(one) for one in before["package"]["files"]}
    return tuple(one["path"] for one in now["package"]["files"] if then.get(one["path"]) != _checksums(one))


def _checksums(one: Record) -> tuple[Any, ...]:
    """Of a file, or of the rows of a table in a database."""
    return one["sha256"], one.get("rows_digest")
