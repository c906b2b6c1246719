"""Every publication of a case: its editions, who signed each, what each moved, and whether it stands as it was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis.errors import InputError
from zt_analysis.rooted import in_project
from zt_analysis.runs.believed import believed_ledger
from zt_analysis.runs.editions import edition, is_former, kept, misplaced, number_of
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.outputs import never_run
from zt_analysis.runs.record import read_record, word_of
from zt_analysis.runs.restatement import Restatement, compare
from zt_analysis.runs.signing import history as signed
from zt_analysis.runs.signing import signoffs
from zt_analysis.runs.verifying import verify

UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Edition:
    """One publication of a case.

    Attributes:
        name: v1, v2 …; current: whether it is the one that stands.
        status: how its run ended; decision: the key of its decision's word; as_of, made: the day it counts to and when
            its run ended, by that machine's clock.
        signed: who signed its values, by role; taken_back: how many sign-offs were withdrawn.
        revision: of a revision its reason and what it moved; empty of a first edition.
        checked, problems: what verifying it looked at, and what is not as it was left; of the one that stands also
            former ones that are not kept any more, and what no revision left among them.
    """

    name: str
    current: bool
    status: str
    decision: str
    as_of: str
    made: str
    signed: Mapping[str, str]
    taken_back: int
    revision: Mapping[str, Any]
    checked: int
    problems: tuple[tuple[str, str, str], ...]

    @property
    def stands(self) -> bool:
        """Whether it is byte for byte what was left: something was looked at and nothing differs."""
        return self.checked > 0 and not self.problems


@in_project
def editions_of(folder: Path, root: Path) -> list[Edition]:
    """Every edition of the case whose outputs are in ``folder``, the first one first.

    Raises:
        InputError: the case was never run.
    """
    found = [_edition(f"v{number}", edition(folder, f"v{number}"), root) for number in kept(folder)]
    if folder.is_dir():
        found.append(_edition(f"v{number_of(read_record(folder))}", folder, root))
    if not found:
        raise never_run(folder)
    return found


def between(folder: Path, one: str, other: str) -> Restatement:
    """What edition ``other`` says otherwise than edition ``one``.

    Raises:
        InputError: no edition of that name, or its figures are not what was left.
    """
    then, now = (believed_ledger(edition(folder, name)) for name in (one, other))
    return compare(folder.name, then, now)


def _edition(name: str, folder: Path, root: Path) -> Edition:
    former, record = is_former(folder), read_record(folder)
    # how it was left; that its inputs have changed since is for verify and restated to say
    found = verify(folder, root, former=True)
    try:
        entries, valid = signed(folder), signoffs(folder, read_ledger(folder))
    except InputError:  # verify has said which file
        entries, valid = [], []
    return Edition(
        name=name,
        current=not former,
        status=record.get("status", UNREADABLE),
        decision=word_of(record),
        as_of=str(record.get("parameters", {}).get("as_of", "")),
        made=record.get("times", {}).get("ended", ""),
        signed={one["role"]: one["by"] for one in valid if one["valid"]},
        taken_back=sum("withdrawn" in one for one in entries),
        revision=record.get("revision") or {},
        checked=found.checked,
        problems=(*found.problems, *([] if former else misplaced(folder))),
    )
