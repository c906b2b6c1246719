"""What ``zt sources check`` and ``zt scan`` print: one line a file, or a finding; then the counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zt_analysis.personal import masked
from zt_analysis.personal.forms import KINDS
from zt_analysis.project import find_root
from zt_analysis.project_file import read_project_file
from zt_analysis.show.printing import console, print_rows
from zt_analysis.sources.strays import ARCHIVES
from zt_analysis.terminal import counted
from zt_analysis.terms import label

if TYPE_CHECKING:
    from zt_analysis.checks.statements import Identity
    from zt_analysis.checks.twice import Difference
    from zt_analysis.profiling import Profile
    from zt_analysis.scanning import Scanned
    from zt_analysis.sources.checking import Arrival

PACKED = " (packed: unpack it, and scan the folder)"
# as offices call it
WORDS = {"zero_report": "零报告"}
COLUMNS = ["table", "expected", "file", "changed on", "rows", "problems", "state"]


def arrivals(found: list[Arrival], form: str) -> None:
    """Each file expected or found; for a terminal also every problem, every note, and the counts."""
    rows = [
        [
            one.table,
            one.expected,
            masked(one.path),
            one.changed_on,
            one.rows,
            len(one.problems),
            _states(one.states, form),
        ]
        for one in found
    ]
    print_rows(COLUMNS, rows, form)
    if form != "table":
        return
    for one in found:
        for problem in one.problems:
            print(problem.text)
        for note in one.notes:
            print(f"note: {masked(note)}")
    counts = Counter(state for one in found for state in one.states)
    print(
        f"{counted(len(found), 'file')}: "
        + ", ".join(f"{count} {WORDS.get(state, state).replace('_', ' ')}" for state, count in counts.items())
    )


def profiled(found: Profile, form: str) -> None:
    """Each oddity; for a terminal also what was looked at."""
    rows = [[one.table, one.column, one.place, one.found, one.expected, one.reason] for one in found.oddities]
    if rows or form != "table":
        print_rows(["table", "column", "place", "found", "expected", "reason"], rows, form)
    if form == "table":
        for table, measures, numbers in found.looked:
            print(f"looked at {table}: {counted(numbers, 'number')} in {counted(measures, 'column')}")
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
        packed = name.lower().endswith(ARCHIVES)
        print(f"not read: {name}{PACKED if packed else ''}")
    print(f"{len(found.found)} found in {found.files} files with {found.texts} texts; {len(found.unread)} not read")


def differing(one: Identity, compared: int, found: list[Difference], *, every: bool) -> None:
    """What a statement holds against each other and finds different; numbers that are only rounded when asked for."""
    from zt_analysis.checks.twice import told

    # a package has no language: that of the project's pages
    language = read_project_file(find_root()).languages[0]
    title = {"zh": one.zh, "en": one.en}[language]
    console().print(f"{one.id} {title}: {told(compared, found)[language]}", soft_wrap=True)
    shown = [each for each in found if every or not (each.cause and each.cause.rounded)]
    if shown:
        names = [label(name, language) for name in ("left", "right", "cause")]
        rows = [[*each.named.values(), *each.sides(language), each.said(language)] for each in shown]
        print_rows([*shown[0].named, *names], rows, "table")
