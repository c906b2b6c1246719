"""The command that runs cases: one, several, or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zt_analysis.cli.outputs import OutputPath

if TYPE_CHECKING:
    from zt_analysis.notebooks import Engine
    from zt_analysis.runs import Run
    from zt_analysis.runs.crew import Result
    from zt_analysis.runs.issued import News, Watch
    from zt_analysis.runs.new_case import Scaffold


@click.command("run")
@click.argument("cases", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every case of params/, oldest first.")
@click.option("--due", is_flag=True, help="Run what zt due lists; a due case that is not there fails.")
@click.option("--on", "day", help="With --due: the day to look from (default: today).")
@click.option("--since", help="With --due: also what became due from this day on, for a machine that stood still.")
@click.option("--force", is_flag=True, help="Run cases again whose inputs have not changed.")
@click.option("--revise", metavar="WHY", help="Run one issued case again: what was issued is kept as an edition.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Cases at a time (default: one a processor).")
@click.option("--keep-going", is_flag=True, help="Go on with the other cases when one cannot be run.")
@click.option("--engine", type=click.Choice(["stock", "warm"]), help="Kernels: papermill's own, or forked warm ones.")
@click.option("--timeout", type=click.IntRange(min=1), help="Seconds a cell may take (default: 900).")
@click.option("--memory-limit", type=click.IntRange(min=64), help="MiB of data a warm kernel may hold.")
@click.option("--on-failure", metavar="CMD", help="For each case that does not agree: CMD gets its record on stdin.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output", type=OutputPath(), help="Folder for the cases' folders (default: outputs/).")
def run_cases(cases: tuple[str, ...], output: Path | None, **options: Any) -> int:
    """Run CASES: for each its notebook, report, figures and record, in outputs/CASE/.

    A case whose parameters, notebook, data, code and packages are those of its last run is left as it is. A case that
    was issued (final, signed by maker and checker) is never replaced: what no longer holds of it is told.
    """
    from zt_analysis.show.log import recording

    with recording(options["log_format"]) as log:
        log.exit_code = _run(cases, output, options)
    return log.exit_code


def _run(cases: tuple[str, ...], output: Path | None, options: dict[str, Any]) -> int:
    from zt_analysis.project import find_root
    from zt_analysis.runs.ahead import begun

    root = find_root()
    _check_words(cases, options)
    outputs = output or root / "outputs"
    forked = () if options["engine"] == "stock" else cases
    with begun(root, forked, outputs, force=options["force"]):
        return _chosen(cases, root, outputs, options)


def _chosen(cases: tuple[str, ...], root: Path, outputs: Path, options: dict[str, Any]) -> int:
    from zt_analysis import params
    from zt_analysis.runs.issued import Watch

    watch = Watch(root, outputs)
    if options["due"]:
        wanted, told = _due(watch, options)
    else:
        wanted, told = _wanted(cases, options["every"], watch), []
    for case in cases:  # one that stands in params/ and is none fails alone
        params.path_of(case, root)
    if options["revise"] is not None:
        return _revise(wanted[0], watch, options)
    alone = len(wanted) == 1 and not (options["due"] or options["on_failure"] or options["log_format"] == "json")
    if alone:
        return _one(wanted, watch, options)
    return _several(wanted, watch, options | {"told": told, "engine": _engine(options, "warm")})


def _check_words(cases: tuple[str, ...], options: Mapping[str, Any]) -> None:
    due = options["due"]
    if (due and (cases or options["every"])) or ((options["day"] or options["since"]) and not due):
        raise click.UsageError("--due takes no cases and no --all; --on and --since need --due")
    if options["revise"] is not None and (len(cases) != 1 or options["every"]):
        raise click.UsageError("--revise takes one case: each revision has a reason of its own")
    if options["memory_limit"] and options["engine"] == "stock":
        raise click.UsageError("--memory-limit needs --engine warm: papermill's own kernels keep none")


def _wanted(cases: tuple[str, ...], every: bool, watch: Watch) -> tuple[str, ...]:
    from zt_analysis import params
    from zt_analysis.runs.editions import unfiled

    all_of_them = [*params.ordered(watch.root), *unfiled(watch.root, watch.outputs)] if every else []
    wanted = tuple(all_of_them or dict.fromkeys(cases))
    if not wanted:
        raise click.UsageError("name a case, or give --all or --due; zt list shows the cases")
    return wanted


def _due(watch: Watch, options: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Result]]:
    """The due cases to run, and what is told of the others: one not there, or issued and no longer true.

    The circular of a week that has no file gets one, as ``zt new`` writes it.
    """
    from zt_analysis.cli.scheduling import day_of
    from zt_analysis.periods import iso_date
    from zt_analysis.runs.due import due
    from zt_analysis.runs.timetable import worked_out
    from zt_analysis.show import log

    def made(one: Scaffold) -> None:
        path = one.path.relative_to(watch.root).as_posix()
        log.say("new", f"{path} made, modelled on {one.model}", case=one.path.stem, path=path, model=one.model)

    since = None if options["since"] is None else iso_date("--since", options["since"])
    found = due(watch.root, day_of(options["day"]), since=since, outputs=watch.outputs, watch=watch)
    for one in found:
        text = f"{one.title}: {one.state.replace('_', ' ')}{': ' if one.hint else ''}{one.hint}"
        log.say("due", text, case=one.title, state=one.state, hint=one.hint)
    return worked_out(found, watch.root, watch.outputs, made)


def _one(cases: tuple[str, ...], watch: Watch, options: Mapping[str, Any]) -> int:
    """One case with all it found."""
    from zt_analysis import runs, show
    from zt_analysis.runs.issued import refusal

    (case,) = cases
    news = watch.news(case)
    if news is not None:
        if options["force"]:
            raise refusal(case, news.state)
        return _issued(news, watch.outputs)
    record = None if options["force"] else runs.unchanged(watch.root, watch.outputs / case)
    if record is not None:
        runs.lay_page(watch.outputs / case, record)
        show.ledger(runs.read_ledger(watch.outputs / case))
        click.echo(f"{case}: nothing has changed since its last run; --force runs it again")
        _say_altered(record)
        return int(record["exit_code"])
    return _shown(runs.run(case, watch.root, outputs=watch.outputs, engine=_of_one(options)))


def _issued(news: News, outputs: Path) -> int:
    """What was issued, and what has become of it."""
    from zt_analysis import runs, show
    from zt_analysis.runs.record import read_record

    if news.state in ("issued", "restated"):
        runs.lay_page(outputs / news.case, read_record(outputs / news.case))
        show.ledger(runs.read_ledger(outputs / news.case))
    click.echo(f"{news.case}: {news.message or 'issued; nothing has changed since'}", err=news.exit_code > 0)
    return news.exit_code


def _revise(case: str, watch: Watch, options: Mapping[str, Any]) -> int:
    """Run an issued case anew and keep what was issued as an edition."""
    from zt_analysis import runs, show
    from zt_analysis.errors import InputError
    from zt_analysis.runs.people import check_text
    from zt_analysis.typed import says_nothing

    reason = options["revise"].strip()
    check_text(reason, "--revise")
    if says_nothing(reason):
        raise InputError(
            "--revise", found=f"{reason!r}, no word", expected="why", hint='--revise "late rows of one county"'
        )
    news = watch.news(case)
    if news and news.state == "issued" and not news.message and not options["force"]:
        raise InputError(
            f"case {case}, --revise", found="nothing that has changed since it was issued",
            expected="something to revise", hint="--force with --revise makes an edition all the same",
        )  # fmt: skip
    done = runs.run(case, watch.root, outputs=watch.outputs, engine=_of_one(options), revise=reason)
    code = _shown(done)
    revision = done.ledger["revision"]
    show.revision(revision, done.ledger["case"]["language"])
    if news and news.state == "damaged":
        former = f"v{revision['former']}"
        click.echo(f"note: {former} is kept as it stood, not as it was signed: zt verify {case} --edition {former}")
    return code


def _shown(done: Run) -> int:
    from zt_analysis import show

    show.ledger(done.ledger)
    if moved := done.record.get("moved"):
        show.completed(moved, done.ledger["case"]["language"])
    for one in done.record.get("resent", []):
        click.echo(f"note: {one['file']}: the file that case {one['case']} has read already, sent again unchanged")
    _say_altered(done.record)
    if done.unchanged:
        click.echo("note: the run that was waited for has left this; of the same inputs it is not made again")
    show.files(done.folder)
    return done.exit_code


def _say_altered(record: Mapping[str, Any]) -> None:
    """Name the issues before that the page compares with nothing of, since they are not as their runs left them."""
    from zt_analysis.show import log

    said = record.get("since")
    for name in said.get("altered", ()) if isinstance(said, dict) else ():
        text = f"{record['case']} takes nothing from {name}: not as its run left it; zt verify {name}"
        log.say("altered", text, case=record["case"], before=name)


def _several(cases: tuple[str, ...], watch: Watch, options: Mapping[str, Any]) -> int:
    """One line a case, then whether the cases agree with each other; the exit code of the worst."""
    from zt_analysis import runs, show
    from zt_analysis.runs import batch
    from zt_analysis.runs.record import read_record

    root, outputs = watch.root, watch.outputs
    left = batch.frozen(cases, watch, force=options["force"])
    alone = {}
    if not options["force"]:
        alone = batch.left_alone([case for case in cases if case not in left], root, outputs)
    todo = [case for case in cases if case not in left and case not in alone]
    later = batch.behind(alone, todo, root)
    how = {name: options[name] for name in ("jobs", "engine", "keep_going")}
    running = batch.run_each(todo, root, outputs=outputs, **how)
    every = batch.look_again(running, later, root, outputs, **how)
    others = options["told"]
    settled = [*left.values(), *(one for case, one in alone.items() if case not in later)]
    told = show.progress(chain(others, settled, every), len(cases) + len(others), form=options["log_format"])
    results = batch.in_order([*(one.case for one in others), *cases], told)
    for result in results:
        if result.exit_code and options["on_failure"]:
            runs.tell(options["on_failure"], result, outputs)
    found = runs.agreement({one.case: runs.read_ledger(outputs / one.case) for one in results if one.complete})
    for result in (one for one in results if one.complete and not one.unchanged and options["log_format"] == "text"):
        if moved := read_record(outputs / result.case).get("moved"):
            show.completed(moved, runs.read_ledger(outputs / result.case)["case"]["language"])
    for result in (one for one in results if one.complete):
        _say_altered(read_record(outputs / result.case))
    show.summary(results, form=options["log_format"])
    show.agreement(found, form=options["log_format"])
    # cases of other days share nothing; all of them together have to
    silent = options["every"] and sum(one.complete for one in results) > 1 and not found.shared
    return max(batch.exit_code(results), 1 if found.disagreements or silent else 0)


def _of_one(options: Mapping[str, Any]) -> Engine:
    """The engine of one case: unless another is asked for a kernel forked from here, or papermill's where that is not
    safe."""
    engine = _engine(options, "")
    if engine.name != "stock":
        from zt_analysis.notebooks.warm.provisioner import fork_from_here

        if not fork_from_here() and not options["engine"]:
            return _engine(options, "stock")
    return engine


def _engine(options: Mapping[str, Any], usual: str) -> Engine:
    """The engine asked for, or ``usual``; a memory limit is one that only warm kernels keep."""
    from zt_analysis.notebooks import Engine

    limit = options["memory_limit"]
    name = options["engine"] or ("warm" if limit or not usual else usual)
    found = Engine(name, memory_limit_bytes=limit * 2**20 if limit else None)
    return replace(found, timeout_seconds=options["timeout"]) if options["timeout"] else found


COMMANDS = (run_cases,)
