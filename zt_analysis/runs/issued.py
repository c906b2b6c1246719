"""What has become of issued cases: do the figures and sentences that were published still hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zt_analysis import params
from zt_analysis.errors import InputError, ZtError
from zt_analysis.ledger import judged_names
from zt_analysis.rooted import in_project
from zt_analysis.runs.editions import (
    DAMAGED,
    ISSUED,
    OPEN,
    misplaced,
    not_as_signed,
    number_of,
    see_file,
    standing,
)
from zt_analysis.runs.outputs import PAGE, no_links, output_problem, strays
from zt_analysis.runs.record import read_record
from zt_analysis.runs.since import outdated
from zt_analysis.runs.standing import unchanged
from zt_analysis.runs.verifying import OWN
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper
    from zt_analysis.runs.restatement import Restatement
    from zt_analysis.sources import Tables

RESTATED, UNCHECKED = "restated", "unchecked"
EXIT_CODES = {ISSUED: 0, RESTATED: 1, UNCHECKED: 2, DAMAGED: 1}


@dataclass(frozen=True)
class News:
    """How an issued case stands today.

    Attributes:
        state: ``issued`` (all that was published holds), ``restated`` (some of it does not any more), ``unchecked``
            (what it reads has changed and cannot be computed from), ``damaged`` (its outputs are not as published).
        message: what moved, or what is wrong; empty where nothing has changed at all.
    """

    case: str
    state: str
    message: str = ""
    found: Restatement | None = None

    @property
    def exit_code(self) -> int:
        """0 what was published holds, 1 it does not, 2 that cannot be said."""
        return EXIT_CODES[self.state]


@dataclass
class Watch:
    """Looks after the issued cases of a project; rows that several of them read are opened once."""

    root: Path
    outputs: Path
    _opened: dict[tuple[object, ...], Tables] = field(default_factory=dict)

    @in_project
    def news(self, case: str) -> News | None:
        """How ``case`` stands if it was issued; None for one that a run may replace."""
        folder = self.outputs / case
        state = standing(folder)
        if state == OPEN:
            return None
        if damaged(folder, state):
            return News(case, DAMAGED, f"issued, and not as it was signed: zt verify {case} says what is not")
        if unchanged(self.root, folder) is not None:
            return News(case, ISSUED)
        try:
            found = self._restated(case, folder)
        except ZtError as error:
            return News(case, UNCHECKED, f"issued; what it reads has changed and is refused: {error}")
        if found.stands:
            other = outdated(folder, self.root, read_record(folder))
            changed = other[0][0] if other else "what it reads"
            return News(case, ISSUED, f"issued; {changed} has changed, and every figure holds: {found.compared}", found)
        return News(case, RESTATED, told(found, number_of(read_record(folder))), found)

    def _restated(self, case: str, folder: Path) -> Restatement:
        from zt_analysis.bulletins import paper_of
        from zt_analysis.runs.case import fitting_notebook
        from zt_analysis.runs.restatement import restate

        see_file(case, self.root, self.outputs)
        parameters = params.load(case, self.root)
        fitting_notebook(parameters, case, self.root)
        paper = paper_of(parameters)
        return restate(paper, self._tables(paper), folder)

    def _tables(self, paper: Paper) -> Tables:
        from zt_analysis.bulletins import tables_of

        parameters = params.load(paper.case, self.root)
        key = (paper.package, paper.roles, paper.engine, params.late(parameters))
        if key not in self._opened:
            self._opened[key] = tables_of(paper, parameters, self.root)
        return self._opened[key]


def told(found: Restatement, edition: int) -> str:
    """Which figures, sentences and verdicts of a published edition no longer hold, one a line."""
    language = found.ledger["case"]["language"]
    lines = [f"v{edition} was issued, and some of it no longer holds:"]
    for one in found.moved:
        values = f"{one.before['display'][language]} -> {one.now['display'][language]}"
        within = "" if one.shown else f" {label('page_revised_within', 'en')}"
        lines.append(f"  {one.now['label'][language]} {one.now['at']}: {values}{within}")
    lines += [f"  {key}: no longer computed" for key in found.missing]
    lines += [f"  - {before}\n  + {now}" for before, now in found.sentences]
    names = judged_names(found.ledger, language)
    lines += [f"  {names.get(name, name)}: {before} -> {now}" for name, before, now in found.verdicts]
    return "\n".join([*lines, revising(found.case)])


def revising(case: str) -> str:
    """How to make the next edition of an issued case."""
    return f'zt run {case} --revise "why"'


def refusal(case: str, state: str) -> InputError:
    """The error of running an issued case, which stands so, as if it were none."""
    if state == DAMAGED:
        return not_as_signed(case)
    return InputError(
        f"case {case}, --force", found="an issued case: final, signed by maker and checker",
        expected="no run that replaces it", hint=f"{revising(case)} keeps what was issued as an edition",
    )  # fmt: skip


def damaged(folder: Path, state: str = "") -> bool:
    """Whether the case in ``folder`` was issued and is not as it was signed; ``state``: how it stands, where known."""
    state = state or standing(folder)
    return state == DAMAGED or (state == ISSUED and _altered(folder))


def _altered(folder: Path) -> bool:
    """Whether an output is not what was recorded, or what stands beside it is not what a run or revision left; a page
    that is only not built here is.
    """
    outputs = read_record(folder)["outputs"]
    found = [one for one in outputs if one["path"] != PAGE or (folder / PAGE).exists()]
    if any(output_problem(folder / one["path"], one) for one in found) or any(no_links(folder, OWN)):
        return True
    return bool(strays(folder, {*(one["path"] for one in outputs), *OWN})[0]) or any(misplaced(folder))
