"""What a run by timetable does with what is due: cases it runs, makes where a period has none, or only tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from zt_analysis import params
from zt_analysis.errors import InputError, ZtError
from zt_analysis.rooted import in_project
from zt_analysis.runs.crew import Result
from zt_analysis.runs.due import Due
from zt_analysis.runs.editions import DAMAGED
from zt_analysis.runs.issued import EXIT_CODES, RESTATED
from zt_analysis.runs.new_case import Scaffold, scaffold


@in_project
def worked_out(
    found: Iterable[Due], root: Path, outputs: Path, made: Callable[[Scaffold], None]
) -> tuple[tuple[str, ...], list[Result]]:
    """The cases to run, and a result for each other that is not as it should be.

    Args:
        found: what is due, oldest first: the file of a period is modelled on that of one before.
        made: told of each case's file that was written.
    """
    run: list[str] = []
    results: list[Result] = []
    for one in found:
        if one.runs:
            run.append(one.case)
        elif one.state == "no_case":
            failed = _make(one, root, made) if one.case else _missing(one)
            if failed is None:
                run.append(one.case)
            else:
                results.append(failed)
        elif not one.done:
            results.append(_told(one, outputs))
    return tuple(run), results


def _make(one: Due, root: Path, made: Callable[[Scaffold], None]) -> Result | None:
    """Write the file of a period, as ``zt new`` does; a failed result where that cannot be."""
    try:
        made(scaffold(one.case, root, {}))
    except (ZtError, OSError) as error:
        # a run by timetable that was started at the same time has made it since
        return None if (root / params.FOLDER / f"{one.case}.yml").exists() else Result.refused(one.case, error)
    return None


def _missing(one: Due) -> Result:
    error = InputError(
        f"{one.notebook} of {one.reason}", found="no case", expected=f"one, since {one.due_on}", hint=one.hint
    )
    return Result(one.title, "failed", error.exit_code, message=str(error))


def _told(one: Due, outputs: Path) -> Result:
    folder = str(outputs / one.case)
    status = one.state if one.state in (RESTATED, DAMAGED) else "failed"
    return Result(one.case, status, EXIT_CODES[one.state], message=one.hint, folder=folder, unchanged=True)
