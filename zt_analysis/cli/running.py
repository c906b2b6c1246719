"""The command that runs cases: one, several, or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zt_analysis.notebooks import Engine
    from zt_analysis.runs.batch import Result


@click.command("run")
@click.argument("cases", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every case of params/, oldest first.")
@click.option("--due", is_flag=True, help="Run what zt due lists; a due case that is not there fails.")
@click.option("--on", "day", help="With --due: the day to look from (default: today).")
@click.option("--force", is_flag=True, help="Run cases again whose inputs have not changed.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Cases at a time (default: one a processor).")
@click.option("--keep-going", is_flag=True, help="Go on with the other cases when one cannot be run.")
@click.option("--engine", type=click.Choice(["stock", "warm"]), help="Kernels: papermill's own, or forked warm ones.")
@click.option("--timeout", type=click.IntRange(min=1), help="Seconds a cell may take (default: 900).")
@click.option("--memory-limit", type=click.IntRange(min=64), help="MiB of data a warm kernel may hold.")
@click.option("--on-failure", metavar="CMD", help="For each case that does not agree: CMD gets its record on stdin.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Folder for the cases' folders (default: outputs/).")
def run_cases(
    cases: tuple[str, ...], every: bool, due: bool, day: str | None, output: Path | None, **options: Any
) -> int:
    """Run CASES: for each its notebook, report, figures and record, in outputs/CASE/.

    A case whose parameters, notebook, data, code and packages are those of its last run is left as it is.
    """
    from zt_analysis import params
    from zt_analysis.sources import find_root

    root = find_root()
    outputs = output or root / "outputs"
    if (due and (cases or every)) or (day and not due):
        raise click.UsageError("--due takes no cases and no --all; --on needs --due")
    wanted, missing = _due(root, outputs, day) if due else (_wanted(cases, every, root), [])
    for case in wanted:
        params.path_of(case, root)
    alone = len(wanted) == 1 and not (due or options["on_failure"] or options["log_format"] == "json")
    options |= {"every": every, "missing": missing, "engine": _engine(options, "stock" if alone else "warm")}
    return (_one if alone else _several)(wanted, root, outputs, options)


def _wanted(cases: tuple[str, ...], every: bool, root: Path) -> tuple[str, ...]:
    from zt_analysis import params

    wanted = tuple(params.ordered(root)) if every else tuple(dict.fromkeys(cases))
    if not wanted:
        raise click.UsageError("name a case, or give --all or --due; zt list shows the cases")
    return wanted


def _due(root: Path, outputs: Path, day: str | None) -> tuple[tuple[str, ...], list[Result]]:
    """The due cases that can be run, and a failed result for each that is not there."""
    from zt_analysis.cli.scheduling import day_of
    from zt_analysis.errors import InputError
    from zt_analysis.runs.batch import Result
    from zt_analysis.runs.due import due

    found = due(root, day_of(day), outputs=outputs)
    missing = []
    for one in found:
        if one.state == "no_case":
            error = InputError(
                f"{one.notebook} of {one.reason}", found="no case", expected=f"one, since {one.due_on}", hint=one.hint
            )
            missing.append(Result(one.title, "failed", error.exit_code, message=str(error)))
    return tuple(one.case for one in found if one.runs), missing


def _one(cases: tuple[str, ...], root: Path, outputs: Path, options: Mapping[str, Any]) -> int:
    """One case with all it found."""
    from zt_analysis import runs, show

    (case,) = cases
    record = None if options["force"] else runs.unchanged(root, outputs / case)
    if record is not None:
        runs.lay_page(outputs / case, record)
        show.ledger(runs.read_ledger(outputs / case))
        click.echo(f"{case}: nothing has changed since its last run; --force runs it again")
        return int(record["exit_code"])
    done = runs.run(case, root, outputs=outputs, engine=options["engine"])
    show.ledger(done.ledger)
    if moved := done.record.get("moved"):
        show.completed(moved, done.ledger["case"]["language"])
    for one in done.record.get("resent", []):
        click.echo(f"note: {one['file']}: the file that case {one['case']} has read already, sent again unchanged")
    show.files(done.folder)
    return done.exit_code


def _several(cases: tuple[str, ...], root: Path, outputs: Path, options: Mapping[str, Any]) -> int:
    """One line a case, then whether the cases agree with each other; the exit code of the worst."""
    from zt_analysis import runs, show
    from zt_analysis.runs import batch
    from zt_analysis.runs.record import read_record

    left = {} if options["force"] else batch.left_alone(cases, root, outputs)
    todo = [case for case in cases if case not in left]
    running = batch.run_each(
        todo, root, outputs=outputs, jobs=options["jobs"], engine=options["engine"],
        keep_going=options["keep_going"],
    )  # fmt: skip
    missing = options["missing"]
    told = show.progress(chain(missing, left.values(), running), len(cases) + len(missing), form=options["log_format"])
    results = batch.in_order([*(one.case for one in missing), *cases], told)
    for result in results:
        if result.exit_code and options["on_failure"]:
            runs.tell(options["on_failure"], result, outputs)
    found = runs.agreement({one.case: runs.read_ledger(outputs / one.case) for one in results if one.complete})
    for result in (one for one in results if one.complete and not one.unchanged and options["log_format"] == "text"):
        if moved := read_record(outputs / result.case).get("moved"):
            show.completed(moved, runs.read_ledger(outputs / result.case)["case"]["language"])
    show.summary(results, form=options["log_format"])
    show.agreement(found, form=options["log_format"])
    # cases of other days share nothing; all of them together have to
    silent = options["every"] and sum(one.complete for one in results) > 1 and not found.shared
    return max(batch.exit_code(results), 1 if found.disagreements or silent else 0)


def _engine(options: Mapping[str, Any], usual: str) -> Engine:
    """The engine asked for, or ``usual``; a memory limit is one that only warm kernels keep."""
    from zt_analysis.notebooks import Engine

    limit = options["memory_limit"]
    name = options["engine"] or ("warm" if limit else usual)
    if limit and name == "stock":
        raise click.UsageError("--memory-limit needs --engine warm: papermill's own kernels keep none")
    found = Engine(name, memory_limit_bytes=limit * 2**20 if limit else None)
    return replace(found, timeout_seconds=options["timeout"]) if options["timeout"] else found


COMMANDS = (run_cases,)
