"""Handles: on the process that forks (``Zygote``), and on a child of it (``Child``, used like a ``Popen``)."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zt_analysis.errors import ZtError
from zt_analysis.notebooks.warm import process, server

START_SECONDS = 60


class ForkError(ZtError):
    """A child cannot be forked here; ``thing`` says why. Kernels are then started in the usual way."""


def can_fork() -> bool:
    """Whether this system forks safely: macOS has ``fork`` too, but its own libraries do not survive it."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


@dataclass
class Zygote:
    """A process that has imported what ``preload`` imports and forks a child on request."""

    requests: socket.socket
    process: subprocess.Popen[bytes] | Part | None = None

    @classmethod
    def start(cls, preload: str, *, cwd: Path | str | None = None) -> Zygote:
        """Start one; it imports while the caller goes on.

        Args:
            preload: ``module:function`` to call once.

        Raises:
            ForkError: the system cannot fork.
        """
        if not can_fork():
            raise ForkError(f"{sys.platform} has no safe fork")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            return cls(ours, _serving([theirs], [preload], cwd))

    @classmethod
    def start_two(
        cls, preload: str, other: str, *, common: str, cwd: Path | str | None = None
    ) -> tuple[Zygote, Zygote]:
        """Two of them, which are one until ``common`` has been called; the first to start, the last to close.

        Raises:
            ForkError: the system cannot fork.
        """
        if not can_fork():
            raise ForkError(f"{sys.platform} has no safe fork")
        (ours, theirs), (our_other, their_other) = (
            socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(2)
        )
        with theirs, their_other:
            process = _serving([theirs, their_other], [preload, other, common], cwd)
        return cls(ours, process), cls(our_other)

    @classmethod
    def part(cls, preload: str, *, apart: Sequence[Zygote] = ()) -> Zygote:
        """A fork of this process as it is: what it has imported by now is not imported again.

        Args:
            preload: ``module:function`` to call once, there.
            apart: others that this process has begun, which the fork must not hold.

        Raises:
            ForkError: the system cannot fork, or this process has more than its one thread.
        """
        if not can_fork():
            raise ForkError(f"{sys.platform} has no safe fork")
        if (count := process.thread_count()) != 1:
            raise ForkError(f"{count} threads in the process to fork")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        pid = os.fork()
        if pid == 0:
            for one in (ours, *(other.requests for other in apart)):
                one.close()
            server.part(theirs, preload)
        theirs.close()
        return cls(ours, Part(pid))

    def fork(self, function: str, arguments: Mapping[str, Any], *, fds: Sequence[int] = ()) -> Child:
        """A child that calls ``function`` (``module:name``) with a ``Task``.

        Raises:
            ForkError: it refused, or is no longer there.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.requests, [b"?"], [theirs.fileno(), *fds])
                line = json.dumps({"function": function, "arguments": dict(arguments)})
                ours.sendall(line.encode() + b"\n")
            except OSError as error:
                ours.close()
                raise ForkError(f"the process to fork from is gone ({error.strerror})") from error
        child = Child(ours)
        child.wait_for("pid", "refused", seconds=START_SECONDS)
        if child.pid is None:
            child.close()
            raise ForkError(child.said.get("refused", "the process to fork from ended"))
        return child

    def kill(self) -> None:
        """End it at once, whatever it imports; it has no children yet."""
        if isinstance(self.process, subprocess.Popen):
            self.process.kill()
        self.close()

    def close(self) -> None:
        """End it and its children, once nobody else holds it."""
        self.requests.close()
        if self.process:
            self.process.wait()


def _serving(sockets: Sequence[socket.socket], words: Sequence[str], cwd: Path | str | None) -> subprocess.Popen[bytes]:
    """A new process that takes requests from ``sockets``, of which each has its word among ``words``."""
    fds = [one.fileno() for one in sockets]
    told = [word for pair in zip(map(str, fds), words, strict=False) for word in pair] + [*words[len(fds) :]]
    command = [sys.executable, "-m", f"{__package__}.server", *told]
    return subprocess.Popen(command, pass_fds=fds, cwd=cwd, stdin=subprocess.DEVNULL, start_new_session=True)


@dataclass(frozen=True)
class Part:
    """A fork of this process that has to be waited for."""

    pid: int

    def wait(self) -> None:
        """Wait until it has ended."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


@dataclass
class Child:
    """A forked process; closing it kills the process."""

    stream: socket.socket
    said: dict[str, Any] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False
    stdin = stdout = stderr = None
    _rest: bytes = b""

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self.said.get("pid")

    @property
    def returncode(self) -> int | None:
        """How it ended, the negative number of a signal included; None while it runs."""
        if "exit" in self.said:
            return int(self.said["exit"])
        # whoever could tell is gone, and its children went with it
        return -signal.SIGKILL if self.ended else None

    def fileno(self) -> int:
        """What becomes readable when it says something or ends."""
        return self.stream.fileno()

    def poll(self) -> int | None:
        """``returncode`` as of now."""
        while not self.ended and select.select([self.stream], [], [], 0)[0]:
            self._read()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended; ``subprocess.TimeoutExpired`` when it has not by then."""
        self.wait_for("exit", seconds=timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return self.returncode

    def wait_for(self, *words: str, seconds: float | None = None) -> bool:
        """Wait until it has said one of ``words``; False when it ended or ``seconds`` went by without."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self.ended and not any(word in self.said for word in words):
            left = None if deadline is None else deadline - time.monotonic()
            if (left is not None and left <= 0) or not select.select([self.stream], [], [], left)[0]:
                return False
            self._read()
        return any(word in self.said for word in words)

    def say(self, line: object) -> None:
        """Send it a line of JSON (a number is a signal that the server passes on)."""
        with suppress(OSError):  # it may be gone, which poll() tells
            self.stream.sendall(json.dumps(line).encode() + b"\n")

    def send_signal(self, number: int) -> None:
        """Send a signal to it and to what it has started."""
        if self.poll() is None:
            self.say(int(number))

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Let go of it; if it runs, it is killed."""
        self.ended = True
        self.stream.close()

    def _read(self) -> None:
        try:
            part = self.stream.recv(65536)
        except ConnectionResetError:
            part = b""
        self.ended = not part
        *whole, self._rest = (self._rest + part).split(b"\n")
        for line in map(json.loads, whole):
            self.said |= line
            self.lines.append(line)
