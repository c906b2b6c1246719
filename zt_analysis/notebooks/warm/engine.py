"""The papermill engine ``zt_warm``: nbclient's own execution, without its waits.

Cells, outputs, errors and metadata are nbclient's. What differs: the kernel is forked, its messages travel over local
sockets in a folder of their own, the client asks nothing before the first cell but the kernel's word that it is
listening, and a dead kernel is noticed when it dies rather than within a second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import remove_args
from traitlets import Int

from zt_analysis.notebooks.warm.provisioner import WarmProvisioner
from zt_analysis.scratch import scratch

NAME = "zt_warm"
WELCOME_SECONDS = 2.0
# the system takes 107 characters for the name of a local socket; in a longer folder the kernel uses TCP, as usual
LONGEST_FOLDER = 90
# a kernel that dies may have said something that is still on its way
LAST_WORDS_SECONDS = 0.05


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is untyped
    """Executes one notebook in a forked kernel."""

    memory_limit_bytes = Int(None, allow_none=True)

    def create_kernel_manager(self) -> Any:
        """A manager whose kernel is forked and talks over local sockets."""
        self.km = AsyncKernelManager(kernel_name=self.kernel_name, config=self.config)
        self.km.provisioner = WarmProvisioner(
            kernel_id="",
            kernel_spec=self.km.kernel_spec,
            parent=self.km,
            memory_limit_bytes=self.memory_limit_bytes,
        )
        return self.km

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        """As in nbclient, with the kernel's sockets in a new folder that only this user can open."""
        with scratch() as folder:
            self.km = self.create_kernel_manager()
            self.km.connection_file = f"{folder}/kernel.json"
            if len(folder) <= LONGEST_FOLDER:
                self.km.transport, self.km.ip = "ipc", f"{folder}/k"
            with super().setup_kernel(cleanup_kc=True, **kwargs):
                yield

    async def async_start_new_kernel_client(self) -> Any:
        """A client that is listening before the first cell is sent."""
        assert self.km is not None
        self.kc = self.km.client()
        try:
            self.kc.start_channels(stdin=False, hb=False)
            if not await self._welcomed():
                await self.kc.wait_for_ready(timeout=self.startup_timeout)
        except Exception:
            await self._async_cleanup_kernel()
            raise
        self.kc.allow_stdin = False
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _welcomed(self) -> bool:
        """Whether the kernel said that it sends its output here: it does since ipykernel 7."""
        assert self.kc is not None
        deadline = time.monotonic() + WELCOME_SECONDS
        while time.monotonic() < deadline and await self.km.is_alive():
            try:
                message = await self.kc.iopub_channel.get_msg(timeout=deadline - time.monotonic())
            except Empty:
                return False
            if message["msg_type"] == "iopub_welcome":
                return True
        return False

    async def _async_cleanup_kernel(self) -> None:
        provisioner: Any = self.km.provisioner if self.km else None
        # a kernel that is only interrupted first would complain of that on stderr
        if provisioner is not None and provisioner.child and self.shutdown_kernel == "immediate":
            await provisioner.kill()
        await super()._async_cleanup_kernel()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)

    async def _async_poll_kernel_alive(self) -> None:
        provisioner: Any = self.km.provisioner if self.km else None
        if provisioner is None or provisioner.child is None:
            await super()._async_poll_kernel_alive()
            return
        await provisioner.ended()
        await asyncio.sleep(LAST_WORDS_SECONDS)
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()


class WarmEngine(NBClientEngine):  # type: ignore[misc]  # papermill is untyped
    """papermill's engine with forked kernels.

    Its options are those of the stock one, and ``memory_limit_bytes``, and ``finish``: what to make of the notebook of
    a run without error before papermill writes it.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, *, finish: Any = None, **kw: Any) -> Any:
        """Execute the notebook ``nb``."""
        done = super().execute_notebook(nb, kernel_name, **kw)
        return finish(done) if finish and not done.metadata.papermill["exception"] else done

    @classmethod
    def execute_managed_notebook(  # type: ignore[override]
        cls, nb_man: Any, kernel_name: str, *, start_timeout: int = 60, execution_timeout: int | None = None, **kw: Any
    ) -> Any:
        """Execute the notebook that ``nb_man`` holds."""
        options = remove_args(["input_path", "timeout", "startup_timeout"], **kw)
        timeout = execution_timeout or kw.get("timeout")
        names = {"kernel_name": kernel_name, "startup_timeout": start_timeout, "timeout": timeout, "log": logger}
        return WarmClient(nb_man, **(names | options)).execute()


def register() -> str:
    """Make the engine known to papermill, installed or not, and return its name."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, WarmEngine)
    return NAME
