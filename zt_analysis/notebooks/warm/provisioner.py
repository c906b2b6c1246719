"""Kernels forked from a warm process, for any Jupyter application.

``JUPYTER_DEFAULT_PROVISIONER_NAME=zt-warm`` chooses it; kernel specifications stay as they are. A kernel that cannot
be forked here (another interpreter, another language, no fork) starts as it always did, and one line says why.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Instance, Int

from zt_analysis.notebooks.warm import kernel
from zt_analysis.notebooks.warm.zygote import START_SECONDS, Child, ForkError, Zygote

LAUNCHER = ["-m", "ipykernel_launcher"]
KILL_SECONDS = 5.0
_shared: dict[int, Zygote] = {}
_told: set[str] = set()


def shared_zygote() -> Zygote:
    """The one this process forks its kernels from; started when first asked for."""
    if os.getpid() not in _shared:
        share(Zygote.start(kernel.PRELOAD))
        atexit.register(_shared[os.getpid()].close)
    return _shared[os.getpid()]


def fork_from_here() -> bool:
    """Fork this process's kernels from a part of it as it is now; False where that is not safe: it has threads.

    What asks for kernels and what is one have half of their imports in common.
    """
    kernel.in_common()
    try:
        zygote = Zygote.part(kernel.PREPARE)
    except ForkError:
        return False
    share(zygote)
    atexit.register(zygote.close)
    return True


def engine_at_hand() -> str:
    """The engine of one case here: ``warm`` where this process forks its kernels already, or can; else ``stock``."""
    return "warm" if os.getpid() in _shared or fork_from_here() else "stock"


def share(zygote: Zygote) -> None:
    """Fork this process's kernels from ``zygote``."""
    _shared[os.getpid()] = zygote


class WarmProvisioner(LocalProvisioner):
    """Launches a kernel by forking; otherwise, as ``LocalProvisioner`` does."""

    zygote = Instance(Zygote, allow_none=True)
    memory_limit_bytes = Int(None, allow_none=True).tag(config=True)

    @property
    def child(self) -> Child | None:
        """The forked process; None when the kernel was started in the usual way."""
        process: Any = self.process
        return process if isinstance(process, Child) else None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel and return when its sockets are bound."""
        try:
            child = self._fork(cmd, kwargs)
        except ForkError as reason:
            tell_once(f"zt: kernel started cold: {reason}")
            if self.memory_limit_bytes is not None:
                kwargs["preexec_fn"] = partial(kernel.limit_memory, self.memory_limit_bytes)
            return await super().launch_kernel(cmd, **kwargs)
        process: Any = child  # all of a Popen that LocalProvisioner uses
        self.process, self.pid, self.cwd = process, child.pid, kwargs.get("cwd") or Path.cwd()
        await self._until(lambda child: "ready" in child.said, START_SECONDS)
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        child = self.child
        if child is None:
            return await super().wait()
        await self._until(lambda _: False, None)
        self.process = None
        child.close()
        return child.returncode

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and wait for its end, so that nobody has to look again a tenth of a second later."""
        await super().kill(restart)
        if self.child:
            await self._until(lambda _: False, KILL_SECONDS)

    async def ended(self) -> None:
        """Return as soon as the kernel has ended."""
        await self._until(lambda _: False, None)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel's process."""
        if self.child:
            self.child.close()
            self.process = None
        await super().cleanup(restart)

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> Child:
        if not _is_ours(cmd):
            raise ForkError(f"{Path(cmd[0]).name} is not this Python's ipykernel")
        arguments = {
            "argv": cmd[1 + len(LAUNCHER) :],
            "env": kwargs.get("env") or dict(os.environ),
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "memory_limit_bytes": self.memory_limit_bytes,
        }
        given = [kwargs.get(name) for name in ("stdout", "stderr")]
        fds = [own if one is None else int(one) for own, one in enumerate(given, start=1)]
        return (self.zygote or shared_zygote()).fork(kernel.TASK, arguments, fds=fds)

    async def _until(self, condition: Any, seconds: float | None) -> None:
        """Wait until ``condition`` of the child is true, it has ended, or the time is over."""
        child = self.child
        loop = asyncio.get_running_loop()
        said = asyncio.Event()
        if child is None or child.poll() is not None or condition(child):
            return
        # the stream gets a second number here: several waits may watch one kernel, and a loop takes each number once
        watched = os.dup(child.fileno())
        loop.add_reader(watched, said.set)
        try:
            async with asyncio.timeout(seconds):
                while child.poll() is None and not condition(child):
                    said.clear()
                    await said.wait()
        except TimeoutError:
            pass
        finally:
            loop.remove_reader(watched)
            os.close(watched)


def _is_ours(cmd: list[str]) -> bool:
    """Whether ``cmd`` starts ipykernel in this interpreter, without options of its own."""
    return cmd[1 : 1 + len(LAUNCHER)] == LAUNCHER and os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)


def tell_once(line: str) -> None:
    """Say it on stderr, once in this process."""
    if line not in _told:
        _told.add(line)
        print(line, file=sys.stderr)
