"""What commands print of runs: progress, summaries, whether cases agree, the list of cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from zt_analysis import params
from zt_analysis.errors import InputError
from zt_analysis.ledger import failures
from zt_analysis.runs.editions import ISSUED, number_of, standing, unfiled, without_file
from zt_analysis.runs.issued import damaged
from zt_analysis.runs.outputs import PAGE
from zt_analysis.runs.record import read_record, word_of
from zt_analysis.runs.standing import standing_failure
from zt_analysis.show import log
from zt_analysis.show.printing import COLOURS, both, console
from zt_analysis.terminal import counted

if TYPE_CHECKING:
    from zt_analysis.runs import Agreement
    from zt_analysis.runs.crew import Result
    from zt_analysis.runs.due import Due

# what these say of a run its decision says too, and more of it
DECIDED = ("agrees", "differs")


def progress(results: Iterable[Result], total: int, *, form: str = "text") -> Iterator[Result]:
    """Hand on the results of a batch and tell of each on stderr: one line a case, and a bar below them on a terminal.

    ``form`` json: one JSON object a line, for a log that a machine reads.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    out = console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True, disable=form == "json" or not out.is_terminal) as bar:
        task = bar.add_task("", total=total)
        for number, result in enumerate(results, start=1):
            if form == "json":
                log.event("case", **asdict(result))
            else:
                how = "unchanged" if result.unchanged else f"{result.seconds:.1f} s"
                line = f"[{number}/{max(number, total)}] {result.case}: {_ended(result)}, {how}"
                style = COLOURS.get(result.status) or COLOURS.get(result.decision, "")
                out.print(Text(line, style=style), soft_wrap=True)
            bar.advance(task)
            yield result


def summary(results: Sequence[Result], *, form: str = "text") -> None:
    """How the cases of a batch ended: what was wrong with each failed one, then the counts."""
    counts = Counter(result.status for result in results)
    left = sum(result.unchanged for result in results)
    if form == "json":
        log.event("batch", cases=len(results), unchanged=left, statuses=dict(sorted(counts.items())))
        return
    out = console()
    for result in results:
        if result.message:
            out.print(Text(f"{result.case}: {result.message}", style="bold red"), soft_wrap=True)
        elif result.complete and result.exit_code:
            _what_fails(result)
    if not results:
        out.print("0 cases: nothing to run")
        return
    words = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(counts.items()))
    out.print(f"{counted(len(results), 'case')}: {words}; {left} unchanged and left as they are")


def _ended(result: Result) -> str:
    """How a case ended: the decision where the run says no more; with it what else became of the case."""
    if not result.decision:
        return result.status
    word = both(result.decision)
    return word if result.status in DECIDED else f"{word} ({result.status.replace('_', ' ')})"


def _what_fails(result: Result) -> None:
    """A line for each number, relation or file that keeps a case from being signed."""
    from zt_analysis.runs import read_ledger

    found = read_ledger(Path(result.folder))
    for line in failures(found, found["case"]["language"]):
        console().print(Text(f"{result.case}: {line}", style="bold red"), soft_wrap=True)


def agreement(found: Agreement, *, form: str = "text") -> None:
    """Whether cases agree on the figures that several of them state."""
    if form == "json":
        log.event("agreement", shared=found.shared, disagreements=[asdict(one) for one in found.disagreements])
        return
    out = console()
    for one in found.disagreements:
        values = "; ".join(f"{case} {value}" for case, value in one.values.items())
        out.print(Text(f"{one.label['zh']} {one.label['en']} {one.at}: {values}", style="bold red"), soft_wrap=True)
    out.print(
        f"{found.shared} figures are stated by several cases, {len(found.disagreements)} of them with different values",
        soft_wrap=True,
    )


def cases(root: Path) -> list[InputError]:
    """Each case with its as-of date and the status of its last run; what is wrong with those that cannot be read."""
    table, wrong = Table("case", "notebook", "as of", "last run"), []
    gone = unfiled(root, root / "outputs")
    for case in sorted([*params.cases(root), *gone]):
        last = _last_status(case, root)
        try:
            found = params.load(case, root)
        except InputError as error:
            wrong.append(without_file(case) if case in gone else error)
            table.add_row(case, "", "", f"unreadable; {last}")
            continue
        table.add_row(case, str(found.get("notebook")), str(found.get("as_of")), last)
    console().print(table)
    return wrong


def due(found: Sequence[Due], form: str) -> None:
    """What is due: as a table, as one JSON array, or the names of the cases to run, one a line."""
    if form == "names":
        print("".join(f"{one.case}\n" for one in found if one.runs), end="")
    elif form == "json":
        rows = [asdict(one) | {"due_on": one.due_on.isoformat(), "done": one.done, "runs": one.runs} for one in found]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table = Table("case", "notebook", "asked for by", "due on", "state", "next")
        for one in found:
            state = Text(one.state.replace("_", " "), style="" if one.done else "bold red")
            table.add_row(one.case or "(no number yet)", one.notebook, one.reason, str(one.due_on), state, one.hint)
        console().print(table)


def _last_status(case: str, root: Path) -> str:
    """How the last completed run ended, that a later one failed, and what is not here of what it left."""
    folder = root / "outputs" / case
    done = read_record(folder)
    failed = standing_failure(root, folder)
    unbuilt = done.get("outputs") and not (folder / PAGE).exists()
    lacking = done.get("summary", {}).get("missing", [])
    without = f"without {'、'.join(lacking)}" if lacking else ""
    word = word_of(done)
    words = [
        _issued(folder),
        both(word) if word else done.get("status"),
        without,
        "page not built" if unbuilt else "",
        failed.get("status"),
    ]
    return "; ".join(str(word) for word in words if word) or "not run"


def _issued(folder: Path) -> str:
    """That a case is issued, as which edition, or is not as it was signed; nothing of one that a run may replace."""
    state = standing(folder)
    if damaged(folder, state):
        return "damaged: not as it was signed"
    return f"issued, v{number_of(read_record(folder))}" if state == ISSUED else ""


def files(folder: Path) -> None:
    """The files a run left."""
    for path in sorted(folder.iterdir()):
        print(path)
