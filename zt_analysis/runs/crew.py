"""The workers of a batch: processes that run one case after another, and what each is told."""

from __future__ import annotations

import json
import select
import signal
import socket
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zt_analysis.errors import ZtError, in_words
from zt_analysis.notebooks.warm.zygote import Child, ForkError, Zygote
from zt_analysis.reports.page import prepare
from zt_analysis.runs import worker
from zt_analysis.runs.ahead import WORKERS, take
from zt_analysis.runs.editions import ISSUED
from zt_analysis.runs.issued import RESTATED
from zt_analysis.runs.record import EXIT_CODES

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

    @classmethod
    def refused(cls, case: str, error: ZtError | OSError) -> Result:
        """How a case ended that could not be run, or whose files could not be written."""
        said = in_words(error)
        return cls(case, "failed", said.exit_code, message=str(said))

    @property
    def failed(self) -> bool:
        """Whether it left no outputs."""
        return self.status == "failed"

    @property
    def complete(self) -> bool:
        """Whether its outputs stand: of this run, of one before that would be the same, or issued."""
        return self.status in EXIT_CODES or self.status in (ISSUED, RESTATED)


@dataclass
class Worker:
    """A worker process, the stream its orders go to, the case it is on, and those whose end that one waits for."""

    process: Child
    orders: socket.socket
    case: str = ""
    after: set[str] = field(default_factory=set)

    def take(self, case: str, after: set[str]) -> None:
        """Have it run ``case``, and wait for those of ``after`` before it reads what they publish."""
        self.case, self.after = case, after
        self._tell({"run": case, "after": sorted(after)})

    def ended(self, case: str) -> None:
        """Tell it so, if it waits for ``case``."""
        if case in self.after:
            self.after.discard(case)
            self._tell({"ended": case})

    def _tell(self, order: dict[str, Any]) -> None:
        with suppress(OSError):  # it may have died, which its stream tells
            self.orders.sendall(json.dumps(order).encode() + b"\n")

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
    """The workers of a batch, and the processes that they and their kernels are forked from.

    Attributes:
        size: how many workers there are to be.
        before: by case, those whose outputs it reads.
    """

    arguments: dict[str, Any]
    source: Zygote
    kernels: Zygote | None
    size: int
    workers: list[Worker] = field(default_factory=list)
    before: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def hire(cls, arguments: dict[str, Any], size: int, open_things: ExitStack) -> Crew:
        """What ``size`` workers and their kernels are forked from: two processes, which import at the same time."""
        root, kernels = arguments["root"], None
        if arguments["engine"]["name"] == "warm":
            kernels, source = take(root)
            open_things.enter_context(closing(kernels))
        else:
            source = Zygote.start(WORKERS, cwd=root)
        open_things.enter_context(closing(source))
        crew = cls(arguments, source, kernels, size)
        open_things.callback(crew.dismiss)
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
            with self._rows_verified(list(queue)):
                while len(self.workers) < self.size:
                    self.add()
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

    @contextmanager
    def _rows_verified(self, cases: list[str]) -> Iterator[None]:
        """Have the rows of ``cases`` verified meanwhile, by a process of its own."""
        asked = self.arguments | {"cases": cases}
        with ExitStack() as open_things:
            process: Child | None = None
            with suppress(ForkError):  # the kernels verify them then, one after the other
                if not (worker.may_be_kept(Path(asked["root"]), cases) and self._are_kept(asked)):
                    process = open_things.enter_context(self._verifier()).fork(worker.ROWS, asked)
                    open_things.enter_context(closing(process))
            yield
            if process:
                process.wait_for("exit")

    @contextmanager
    def _verifier(self) -> Iterator[Zygote]:
        """What a process is forked from that verifies rows: this one is the smallest, where it has no thread."""
        others = [one for one in (self.kernels, self.source) if one]
        try:
            verifier = Zygote.part(worker.AS_IT_IS, apart=others)
        except ForkError:
            yield self.source
            return
        with closing(verifier):
            yield verifier

    def _are_kept(self, asked: dict[str, Any]) -> bool:
        """Whether the rows have been verified already: to find that, the verifier would import half of what a case
        needs, which what kernels are forked from has, and is ready first."""
        with closing((self.kernels or self.source).fork(worker.ASK, asked)) as child:
            child.wait_for("kept", "exit")
            return bool(child.said.get("kept"))

    def give_out(self, queue: deque[str]) -> None:
        """A case for each worker that has none."""
        for idle in [one for one in self.workers if not one.case and queue]:
            case = queue.popleft()
            running = {one.case for one in self.workers}
            idle.take(case, running.intersection(self.before.get(case, ())))

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
        for other in self.workers:
            other.ended(result.case)
        if one.process.returncode is not None:
            self.workers.remove(one)
            one.dismiss()
            if queue:
                self.add()
        yield result
