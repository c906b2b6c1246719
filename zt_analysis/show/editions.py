"""What commands print of editions: the history of a case, what one says otherwise, what was pruned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from zt_analysis.show.papers import restated
from zt_analysis.show.printing import both, console, print_rows
from zt_analysis.terminal import counted

if TYPE_CHECKING:
    from zt_analysis.runs.history import Edition
    from zt_analysis.runs.pruning import Spare
    from zt_analysis.runs.restatement import Restatement

COLUMNS = ("edition", "as of", "made", "decision", "maker", "checker", "moved", "as left", "reason")


def history(case: str, found: Sequence[Edition], form: str) -> None:
    """The editions of a case, one a row; what is not as it was left below."""
    if form == "json":
        print(json.dumps([asdict(one) | {"stands": one.stands} for one in found], ensure_ascii=False, indent=1))
        return
    rows = [_row(one) for one in found]
    if form == "csv":
        print_rows(list(COLUMNS), rows, form)
        return
    out, table = console(), Table(*COLUMNS, title=case)
    for row in rows:
        table.add_row(*row)
    out.print(table)
    for one in found:
        for what, now, expected in one.problems:
            out.print(Text(f"{one.name}: {what}: found {now}; expected {expected}", style="bold red"), soft_wrap=True)
    out.print(f"{case}: {counted(len(found), 'edition')}, {sum(one.checked for one in found)} things checked")


def differs(found: Restatement, one: str, other: str) -> None:
    """What edition ``other`` says otherwise than ``one``."""
    restated(found, found.ledger["case"]["language"])
    for path in found.files:
        console().print(f"{found.case}  {path}: another file", soft_wrap=True)
    console().print(f"{found.case}: {other} held against {one}", soft_wrap=True)


def pruned(found: Sequence[Spare], root: Path, *, gone: bool) -> None:
    """What can be made again, with its size, and whether it went."""
    out = console()
    for one in found:
        out.print(f"{one.path.relative_to(root)}  {decimal(one.size)}  {one.kind}", soft_wrap=True)
    said = "taken away" if gone else "to take away"
    out.print(f"{len(found)} {said}, {decimal(sum(one.size for one in found))}; editions, outputs and records stay")


def _row(one: Edition) -> list[str]:
    moved = one.revision
    told = ("figure", "sentence", "verdict")
    counts = ", ".join(counted(len(moved[f"{name}s"]), name) for name in told if f"{name}s" in moved)
    taken = f" ({one.taken_back} taken back)" if one.taken_back else ""
    return [
        f"{one.name}{' *' if one.current else ''}",
        one.as_of,
        one.made,
        both(one.decision) if one.decision else one.status,
        one.signed.get("maker", "—"),
        f"{one.signed.get('checker', '—')}{taken}",
        counts or "—",
        "yes" if one.stands else f"NO: {len(one.problems)}",
        str(moved.get("reason", "")) or "—",
    ]
