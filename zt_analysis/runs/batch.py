"""Many cases: worker processes that run one case after another, each case in a kernel of its own."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import ZtError
from zt_analysis.notebooks import Engine
from zt_analysis.notebooks.warm.zygote import can_fork
from zt_analysis.rooted import in_project
from zt_analysis.runs import worker
from zt_analysis.runs.crew import Crew, Result
from zt_analysis.runs.editions import ISSUED
from zt_analysis.runs.index import build_index
from zt_analysis.runs.issued import RESTATED, News, Watch, refusal
from zt_analysis.runs.pages import lay_page
from zt_analysis.runs.record import read_record, word_of
from zt_analysis.runs.since import earlier
from zt_analysis.runs.standing import unchanged
from zt_analysis.scratch import scratch


@in_project
def run_all(
    cases: Iterable[str],
    root: Path,
    *,
    outputs: Path | None = None,
    jobs: int = 0,
    engine: str | Engine = "warm",
    keep_going: bool = False,
) -> list[Result]:
    """Run every case, as ``run`` does each, and build the index page once; the results in the order of ``cases``.

    Args:
        jobs: how many at a time; one for each processor when 0.
        engine: ``stock`` or ``warm``; the outputs are the same.
        keep_going: take further cases after one has failed.
    """
    names = list(cases)
    done = run_each(names, root, outputs=outputs, jobs=jobs, engine=engine, keep_going=keep_going)
    return in_order(names, done)


@in_project
def run_each(
    cases: Iterable[str],
    root: Path,
    *,
    outputs: Path | None = None,
    jobs: int = 0,
    engine: str | Engine = "warm",
    keep_going: bool = False,
) -> Iterator[Result]:
    """As ``run_all``, each result as soon as it is there; those not taken for a failure are left out.

    A page says what changed since the issue before, by what that one has published: issues of one notebook are taken
    the oldest first, and one that runs at the same time waits there, so that ``jobs`` changes no output.
    """
    chosen = Engine.of(engine)
    arguments = {"root": str(root), "outputs": str(outputs) if outputs else "", "engine": asdict(chosen)}
    names = list(dict.fromkeys(cases))
    if not names and ((outputs or root / "outputs") / "index.html").exists():
        return  # nothing to run, nothing new to list
    rows = params.all_series(root)
    before = {case: found for row in rows for case, found in earlier(row).items()}
    queue = deque(_oldest_first(names, rows))
    for result in _results(queue, arguments, jobs or processors(), before):
        if result.failed and not keep_going:
            queue.clear()
        yield result
    try:
        build_index(root, outputs)
    except (ZtError, OSError) as error:  # the cases stand, and what became of them is told all the same
        yield Result.refused("index.html", error)


@in_project
def left_alone(cases: Iterable[str], root: Path, outputs: Path) -> dict[str, Result]:
    """A result for each case that would give what it gave the last time."""
    records = {case: unchanged(root, outputs / case) for case in cases}
    return {
        case: _with_page(
            Result(
                case,
                record["status"],
                record["exit_code"],
                folder=str(outputs / case),
                unchanged=True,
                decision=word_of(record),
            ),
            record,
        )
        for case, record in records.items()
        if record is not None
    }


def _with_page(result: Result, record: Mapping[str, Any]) -> Result:
    """``result`` of a case that was left alone, its page built if it is not there; failed where that cannot be."""
    try:
        lay_page(Path(result.folder), record)
    except OSError as error:
        return Result.refused(result.case, error)
    return result


@in_project
def behind(alone: Iterable[str], todo: Iterable[str], root: Path) -> list[str]:
    """Those of the cases left ``alone`` whose page says something of an issue that is among those to run."""
    running = set(todo)
    before = {case: found for row in params.all_series(root) for case, found in earlier(row).items()}
    return [case for case in alone if running.intersection(before.get(case, ()))]


@in_project
def look_again(
    running: Iterable[Result], cases: Sequence[str], root: Path, outputs: Path, *, keep_going: bool = False, **how: Any
) -> Iterator[Result]:
    """The results of ``running``, then one for each of ``cases``, which stand behind those: left alone where they say
    what they said, run (``how``: as ``run_each``) where the page is not true of them any more.
    """
    failed = False
    for result in running:
        failed = failed or result.failed
        yield result
    left = left_alone(cases, root, outputs)
    yield from left.values()
    others = [case for case in cases if case not in left]
    if others and (keep_going or not failed):
        yield from run_each(others, root, outputs=outputs, keep_going=keep_going, **how)


def frozen(cases: Iterable[str], watch: Watch, *, force: bool = False) -> dict[str, Result]:
    """A result for each case that was issued: what has become of it, or that it is not run again with ``force``."""
    found = {case: watch.news(case) for case in cases}
    return {case: _frozen(news, watch.outputs, force) for case, news in found.items() if news is not None}


def _frozen(news: News, outputs: Path, force: bool) -> Result:
    if force:
        return Result.refused(news.case, refusal(news.case, news.state))
    folder = outputs / news.case
    record = read_record(folder)
    found = Result(
        news.case, news.state, news.exit_code, message=news.message, folder=str(folder), unchanged=True,
        decision=word_of(record),
    )  # fmt: skip
    return _with_page(found, record) if news.state in (ISSUED, RESTATED) else found


def in_order(cases: Iterable[str], results: Iterable[Result]) -> list[Result]:
    """The results in the order of ``cases``, with one for each case that was not run; then any of what is no case."""
    found = {result.case: result for result in results}
    return [found.pop(case, Result(case, "not_run")) for case in dict.fromkeys(cases)] + list(found.values())


def exit_code(results: Iterable[Result]) -> int:
    """One exit code for all: the worst (3 failed, 2 wrong input, 1 differs, 0 all agree)."""
    return max((result.exit_code for result in results), default=0)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _oldest_first(cases: list[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """``cases``, those of each of ``rows`` in its order, in the places that these have among all."""
    found, chosen = list(cases), set(cases)
    for row in rows:
        mine = [one for one in row if one in chosen]
        alike = set(mine)
        places = (place for place, case in enumerate(cases) if case in alike)
        for place, case in zip(places, mine, strict=True):
            found[place] = case
    return found


def _results(
    queue: deque[str], arguments: dict[str, Any], jobs: int, before: Mapping[str, Sequence[str]]
) -> Iterator[Result]:
    if not queue:
        return
    if not can_fork():
        print(f"zt: {sys.platform} has no safe fork: one case after another, with the stock engine", file=sys.stderr)
        stock = arguments | {"engine": asdict(Engine())}
        while queue:
            yield Result(**worker.run_one(queue.popleft(), stock))
        return
    with ExitStack() as open_things:
        # verified rows are kept here for the other cases of this batch, and for no other
        kept = open_things.enter_context(scratch())
        crew = Crew.hire(arguments | {"kept": kept}, min(jobs, len(queue)), open_things)
        crew.before = before
        yield from crew.work_off(queue)
