"""The process that imports once and forks on request: ``python -m zt_analysis.notebooks.warm.server FD MODULE``.

Two that have much to import in common are one until they have imported that (``main``).

It never starts a thread, opens a network socket or connects to a database: a child would inherit locks that nobody
releases. It counts its threads before each fork and refuses when there is a second one.

A request is one datagram on ``FD`` that carries the requester's end of a stream: the task comes as a line of JSON on
it, and ``pid``, ``refused`` and ``exit`` go back as lines. Whoever closes that stream ends the child.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from zt_analysis.notebooks.warm.process import loaded_files, thread_count, written_at

# imports those of some modules that are worth it
Learn = Callable[[list[str]], None]
MOST_FDS, MOST_TOLD = 8, 2**18
# what a shell says of a process that Ctrl-C has ended
INTERRUPTED = 130
# libraries read these when they are imported: a task that needs others cannot be forked from here
READ_AT_IMPORT = ("PYTHON", "LC_", "LANG", "LD_", "OMP_", "OPENBLAS_", "MKL_", "MPLCONFIGDIR", "MATPLOTLIBRC", "ARROW_")
# a case makes objects by the hundred thousand that live until its end: to look for cycles among them as often as Python
# does took a fifth of a kernel's time and a tenth of a worker's
RARELY = (20_000, 20, 20)
# neither is set for a reader: each keeps a library from starting a thread when it is imported
SINGLE_THREADED = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # pyarrow 26 starts jemalloc's housekeeping thread
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


@dataclass(frozen=True)
class Task:
    """What a child is to do, and the open files it was given: its stream to the requester first.

    Attributes:
        tell: takes a list of JSON in one message: modules that the child had to import, and the next may want.
    """

    function: str
    arguments: dict[str, Any]
    stream: socket.socket
    fds: tuple[int, ...]
    tell: socket.socket

    def run(self) -> None:
        """Carry it out, in the child."""
        _named(self.function)(self)


@dataclass
class Server:
    """Forks a child for each request and says how each one ended."""

    requests: socket.socket
    environment: dict[str, str]
    files: dict[str, int]
    learn: Learn | None = None
    told: tuple[socket.socket, socket.socket] = field(default_factory=lambda: socket.socketpair(type=socket.SOCK_DGRAM))
    children: dict[int, socket.socket] = field(default_factory=dict)

    def serve(self) -> Task | None:
        """Work until nobody holds the other end; in a child, return what it is to do."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            streams = {stream.fileno(): pid for pid, stream in self.children.items()}
            asked, told = self.requests.fileno(), self.told[0].fileno()
            ready, _, _ = select.select([asked, woken, told, *streams], [], [])
            if told in ready:
                self._import(json.loads(self.told[0].recv(MOST_TOLD)))
            if woken in ready:
                _drain(woken)
            for pid in (streams[one] for one in ready if one in streams):
                self._obey(pid)
            self._reap()
            if asked in ready:
                task = self._next()
                if task is None:
                    return None
                if self._fork(task):
                    _forget(woken, wake)
                    return task

    def end(self) -> None:
        """Kill every child that is left, and wait for its end: in a container nobody else may."""
        for pid in self.children:
            _signal(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.wait()

    def _import(self, names: list[str]) -> None:
        """Import what a child had to import: no other has to."""
        if self.learn is not None and any(name not in sys.modules for name in names):
            self.learn(names)
            self.files = loaded_files()
            gc.freeze()

    def _next(self) -> Task | None:
        _, fds, _, _ = socket.recv_fds(self.requests, 16, MOST_FDS)
        if not fds:
            return None
        stream = socket.socket(fileno=fds[0])
        content = json.loads(_line(stream) or b'{"function": "", "arguments": {}}')
        return Task(content["function"], content["arguments"], stream, tuple(fds[1:]), self.told[1])

    def _fork(self, task: Task) -> bool:
        """Fork for ``task``; True in the child."""
        refusal = self._refusal(task)
        pid = -1 if refusal else os.fork()
        if pid == 0:
            os.setsid()
            self.requests.close()
            self.told[0].close()
            for stream in self.children.values():
                stream.close()
            return True
        for fd in task.fds:
            os.close(fd)
        if refusal:
            _say(task.stream, "refused", refusal)
            task.stream.close()
        else:
            self.children[pid] = task.stream
            _say(task.stream, "pid", pid)
        return False

    def _refusal(self, task: Task) -> str:
        if not task.function:
            return "no task"
        if thread_count() != 1:
            return f"{thread_count()} threads in the process to fork"
        wanted = task.arguments.get("env", self.environment)
        changed = [file for file, written in self.files.items() if written_at(file) != written]
        if changed:
            return f"{Path(changed[0]).name} has changed since it was imported"
        differing = sorted(
            name
            for name in {*wanted, *self.environment}
            if name.startswith(READ_AT_IMPORT) and wanted.get(name) != self.environment.get(name)
        )
        return f"another {', '.join(differing)} than at the start" if differing else ""

    def _obey(self, pid: int) -> None:
        """A line on a child's stream is the number of a signal; its end is the requester's."""
        line = _line(self.children[pid])
        _signal(pid, int(line) if line else signal.SIGKILL)
        if not line:
            self.children.pop(pid).close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            stream = self.children.pop(pid, None)
            if stream:
                _say(stream, "exit", os.waitstatus_to_exitcode(status))
                stream.close()


def main(fd: int, preload: str, *more: str) -> None:
    """Import, then fork on request; returns in each child when its task is done.

    Args:
        more: of a second such process the socket, what imports for it, and what does what both have in common: it is
            forked from this one once that is done.
    """
    environment = dict(os.environ)
    if more:
        other, others, common = more
        os.environ.update(SINGLE_THREADED)
        gc.disable()
        _named(common)()
        if os.fork() == 0:
            os.setsid()
            os.close(fd)
            fd, preload = int(other), others
        else:
            os.close(int(other))
    _work(socket.socket(fileno=fd), preload, environment)


def part(requests: socket.socket, preload: str) -> NoReturn:
    """The same in a fork of the process that asks, which never goes on with what that one was doing."""
    code = 1
    try:
        os.setsid()
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        # what that one has put in their place is its own
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        _work(requests, preload, dict(os.environ))
        code = 0
    except BaseException:  # nothing of the other process may be undone here
        traceback.print_exc()
    finally:
        os._exit(code)


def _work(requests: socket.socket, preload: str, environment: dict[str, str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # one that comes to a child before it listens is kept until then; ignored alone, it would be lost
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(SINGLE_THREADED)
    load: Callable[[], Learn | None] = _named(preload)
    gc.disable()
    learn = load()
    # the folder that Python puts first for a script would hide an installed module of the same name in every child
    if os.path.realpath(sys.path[0]) in (os.path.realpath(os.path.dirname(sys.argv[0])), os.getcwd()):
        del sys.path[0]
    files = loaded_files()
    gc.freeze()
    server = Server(requests, environment, files, learn)
    task = server.serve()
    if task is None:
        server.end()
        # nothing here is worth tidying up, and objects frozen for the children would be called leaks
        os._exit(0)
    gc.enable()
    gc.set_threshold(*RARELY)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        task.run()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


def _named(function: str) -> Callable[..., Any]:
    """The function that ``module:name`` says."""
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _forget(woken: int, wake: int) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.close(woken)
    os.close(wake)


def _drain(fd: int) -> None:
    try:
        while os.read(fd, 4096):
            pass
    except BlockingIOError:
        pass


def _signal(pid: int, number: int) -> None:
    # the group, so that what a child has started ends with it; it has none in its first instants
    for send in (os.killpg, os.kill):
        try:
            send(pid, number)
            return
        except ProcessLookupError:
            continue


def _line(stream: socket.socket) -> bytes:
    """One line, without reading further; empty at the end of the stream."""
    found = bytearray()
    try:
        while not found.endswith(b"\n"):
            part = stream.recv(65536, socket.MSG_PEEK)
            if not part:
                return b""
            end = part.find(b"\n") + 1 or len(part)
            found += stream.recv(end)
    except ConnectionResetError:
        return b""
    return bytes(found)


def _say(stream: socket.socket, word: str, value: object) -> None:
    with suppress(OSError):  # the requester may have gone away: nobody is left to be told
        stream.sendall(json.dumps({word: value}).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
