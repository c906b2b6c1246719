"""Many cases: worker processes that run one case after another, each case in a kernel of its own."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zt_analysis.errors import ZtError
from zt_analysis.notebooks import Engine
from zt_analysis.notebooks.warm import kernel
from zt_analysis.notebooks.warm.zygote import Child, ForkError, Zygote, can_fork
from zt_analysis.reports.page import prepare
from zt_analysis.rooted import in_project
from zt_analysis.runs import worker
from zt_analysis.runs.editions import ISSUED
from zt_analysis.runs.index import build_index
from zt_analysis.runs.issued import RESTATED, News, Watch, refusal
from zt_analysis.runs.pages import lay_page
from zt_analysis.runs.record import EXIT_CODES, read_record, word_of
from zt_analysis.runs.standing import unchanged

INTERRUPT_SECONDS = 5.0


@dataclass(frozen=True)
class Result:
    """How one case of a batch ended.

    Attributes:
        status: that of its run record; ``failed`` when it raised or its process died; ``not_run`` when the batch
            stopped before it; for a case that was issued what has become of it (``issued.News``).
        message: what was wrong, for a failed one; what moved, for an issued one.
        unchanged: not run, since nothing has changed since its last run.
        decision: the word of its decision (``decision.decide``); empty where there is none.
    """

    case: str
    status: str
    exit_code: int = 0
    seconds: float = 0.0
    message: str = ""
    folder: str = ""

    unchanged: bool = False
    decision: str = ""

    @property
    def failed(self) -> bool:
        """Whether it left no outputs."""
        return self.status == "failed"

    @property
    def complete(self) -> bool:
        """Whether its outputs stand: of this run, of one before that would be the same, or issued."""
        return self.status in EXIT_CODES or self.status in (ISSUED, RESTATED)


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
    """As ``run_all``, each result as soon as it is there; those not taken for a failure are left out."""
    chosen = Engine.of(engine)
    arguments = {"root": str(root), "outputs": str(outputs) if outputs else "", "engine": asdict(chosen)}
    queue = deque(dict.fromkeys(cases))
    if not queue and ((outputs or root / "outputs") / "index.html").exists():
        return  # nothing to run, nothing new to list
    for result in _results(queue, arguments, jobs or processors()):
        if result.failed and not keep_going:
            queue.clear()
        yield result
    build_index(root, outputs)


@in_project
def left_alone(cases: Iterable[str], root: Path, outputs: Path) -> dict[str, Result]:
    """A result for each case that would give what it gave the last time."""
    records = {case: unchanged(root, outputs / case) for case in cases}
    for case, record in records.items():
        if record is not None:
            lay_page(outputs / case, record)
    return {
        case: Result(
            case,
            record["status"],
            record["exit_code"],
            folder=str(outputs / case),
            unchanged=True,
            decision=word_of(record),
        )
        for case, record in records.items()
        if record is not None
    }


def frozen(cases: Iterable[str], watch: Watch, *, force: bool = False) -> dict[str, Result]:
    """A result for each case that was issued: what has become of it, or that it is not run again with ``force``."""
    found = {case: watch.news(case) for case in cases}
    return {case: _frozen(news, watch.outputs, force) for case, news in found.items() if news is not None}


def _frozen(news: News, outputs: Path, force: bool) -> Result:
    if force:
        error = refusal(news.case)
        return Result(news.case, "failed", error.exit_code, message=str(error))
    folder = outputs / news.case
    if news.state in (ISSUED, RESTATED):
        lay_page(folder, read_record(folder))
    return Result(
        news.case, news.state, news.exit_code, message=news.message, folder=str(folder), unchanged=True,
        decision=word_of(read_record(folder)),
    )  # fmt: skip


def in_order(cases: Iterable[str], results: Iterable[Result]) -> list[Result]:
    """The results in the order of ``cases``, with one for each case that was not run."""
    found = {result.case: result for result in results}
    return [found.get(case, Result(case, "not_run")) for case in dict.fromkeys(cases)]


def exit_code(results: Iterable[Result]) -> int:
    """One exit code for all: the worst (3 failed, 2 wrong input, 1 differs, 0 all agree)."""
    return max((result.exit_code for result in results), default=0)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _results(queue: deque[str], arguments: dict[str, Any], jobs: int) -> Iterator[Result]:
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
        kept = open_things.enter_context(TemporaryDirectory(prefix="zt-", ignore_cleanup_errors=True))
        crew = Crew.hire(arguments | {"kept": kept}, min(jobs, len(queue)), open_things)
        yield from crew.work_off(queue)


@dataclass
class Worker:
    """A worker process, the stream its orders go to, and the case it is on."""

    process: Child
    orders: socket.socket
    case: str = ""

    def take(self, case: str) -> None:
        """Have it run ``case``."""
        self.case = case
        with suppress(OSError):  # it may have died, which its stream tells
            self.orders.sendall(f"{case}\n".encode())

    def finished(self) -> Result | None:
        """The result of its case, or of its death; None when neither has come yet."""
        ended = self.process.poll()
        for line in self.process.lines:
            if "done" in line:
                self.process.lines.clear()
                return Result(**line["done"])
        return None if ended is None else self._killed(ended)

    def _killed(self, ended: int) -> Result:
        how = f"killed by {signal.Signals(-ended).name}" if ended < 0 else f"ended with {ended}"
        error = ZtError(
            f"case {self.case!r}",
            found=f"its worker process {how}",
            expected="a process that lives as long as the batch",
            hint="run the case alone; if the system ran out of memory, use fewer --jobs",
        )
        return Result(self.case, "failed", ZtError.exit_code, message=str(error))

    def dismiss(self) -> None:
        """Let it go; it has nothing left to do, or is gone."""
        self.orders.close()
        if self.process.poll() is None:
            self.process.wait_for("exit", seconds=INTERRUPT_SECONDS)
        self.process.close()


@dataclass
class Crew:
    """The workers of a batch, and the processes that they and their kernels are forked from."""

    arguments: dict[str, Any]
    source: Zygote
    kernels: Zygote | None
    workers: list[Worker] = field(default_factory=list)

    @classmethod
    def hire(cls, arguments: dict[str, Any], size: int, open_things: ExitStack) -> Crew:
        """Workers to begin with. The two processes to fork from import at the same time."""
        root = arguments["root"]
        kernels = Zygote.start(kernel.PRELOAD, cwd=root) if arguments["engine"]["name"] == "warm" else None
        if kernels:
            open_things.enter_context(closing(kernels))
        source = open_things.enter_context(closing(Zygote.start(worker.PRELOAD, cwd=root)))
        crew = cls(arguments, source, kernels)
        open_things.callback(crew.dismiss)
        for _ in range(size):
            crew.add()
        return crew

    def add(self) -> None:
        """One more worker."""
        ours, theirs = socket.socketpair()
        fds = [theirs.fileno(), *([self.kernels.requests.fileno()] if self.kernels else [])]
        with theirs:
            try:
                process = self.source.fork(worker.TASK, self.arguments, fds=fds)
            except ForkError as error:
                ours.close()
                raise ZtError("batch", found=str(error), expected="worker processes", hint="use --jobs 1") from error
        self.workers.append(Worker(process, ours))

    def work_off(self, queue: deque[str]) -> Iterator[Result]:
        """Give out the cases; each result as it comes. The queue may be emptied in between."""
        try:
            self.give_out(queue)
            # the index page is made here at the end; now a processor is free, while kernels' libraries are imported
            prepare()
            while queue or any(one.case for one in self.workers):
                self.give_out(queue)
                busy = [one for one in self.workers if one.case]
                for one in select.select([one.process for one in busy], [], [])[0]:
                    yield from self._collect(next(busy for busy in self.workers if busy.process is one), queue)
        except BaseException:
            self.interrupt()
            raise

    def give_out(self, queue: deque[str]) -> None:
        """A case for each worker that has none."""
        for idle in [one for one in self.workers if not one.case and queue]:
            idle.take(queue.popleft())

    def interrupt(self) -> None:
        """Have every worker drop its case and end: a draft is removed, what was published before stays."""
        for one in self.workers:
            one.process.send_signal(signal.SIGINT)

    def dismiss(self) -> None:
        """Let every worker go."""
        for one in self.workers:
            one.dismiss()
        self.workers.clear()

    def _collect(self, one: Worker, queue: deque[str]) -> Iterator[Result]:
        result = one.finished()
        if result is None:
            return
        one.case = ""
        if one.process.returncode is not None:
            self.workers.remove(one)
            one.dismiss()
            if queue:
                self.add()
        yield result
