"""What ``zt sources check`` and ``zt scan`` print: one line a file, or a finding; then the counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_analysis.personal.forms import KINDS
from zt_analysis.show.printing import print_rows

if TYPE_CHECKING:
    from zt_analysis.profiling import Profile
    from zt_analysis.scanning import Scanned
    from zt_analysis.sources.checking import Arrival

# as offices call it
WORDS = {"zero_report": "零报告"}
COLUMNS = ["table", "expected", "file", "changed on", "rows", "problems", "state"]


def arrivals(found: list[Arrival], form: str) -> None:
    """Each file expected or found; for a terminal also every problem, every note, and the counts."""
    rows = [
        [one.table, one.expected, one.path, one.changed_on, one.rows, len(one.problems), _states(one.states, form)]
        for one in found
    ]
    print_rows(COLUMNS, rows, form)
    if form != "table":
        return
    for one in found:
        for problem in one.problems:
            print(problem.text)
        for note in one.notes:
            print(f"note: {note}")
    counts = Counter(state for one in found for state in one.states)
    print(
        f"{len(found)} files: "
        + ", ".join(f"{count} {WORDS.get(state, state).replace('_', ' ')}" for state, count in counts.items())
    )


def profiled(found: Profile, form: str) -> None:
    """Each oddity; for a terminal also what was looked at."""
    rows = [[one.table, one.column, one.place, one.found, one.expected, one.reason] for one in found.oddities]
    if rows or form != "table":
        print_rows(["table", "column", "place", "found", "expected", "reason"], rows, form)
    if form == "table":
        for table, measures, numbers in found.looked:
            print(f"looked at {table}: {numbers} numbers in {measures} columns")
        if found.left:
            print(f"not looked at, without numbers by part and time: {', '.join(found.left)}")
        print(f"{len(rows)} to judge")


def _states(states: tuple[str, ...], form: str) -> str:
    return " ".join(WORDS.get(state, state) if form == "table" else state for state in states)


def scanned(found: Scanned, form: str) -> None:
    """Each finding with its value masked; for a terminal also what was looked at."""
    rows = [[one.file, one.place, KINDS[one.kind], one.masked] for one in found.found]
    if rows or form != "table":
        print_rows(["file", "place", "kind", "masked"], rows, form)
    if form != "table":
        return
    for name in found.unread:
        print(f"not read: {name}")
    print(f"{len(found.found)} found in {found.files} files with {found.texts} texts; {len(found.unread)} not read")
