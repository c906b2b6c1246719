"""What a batch forks its workers and kernels from, begun before all is known of its cases: it imports meanwhile."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from zt_analysis.notebooks.warm.zygote import Zygote, can_fork

# by name: to import them is what the others begin with
KERNELS = "zt_analysis.notebooks.warm.kernel:preload_as_needed"
COMMON = "zt_analysis.notebooks.warm.kernel:in_common"
WORKERS = "zt_analysis.runs.worker:preload"
# of this process, by the project's folder
_begun: dict[tuple[int, str], tuple[Zygote, Zygote]] = {}


def take(root: Path | str) -> tuple[Zygote, Zygote]:
    """What kernels and what workers are forked from: the two that were begun, or begun now; the first closes last.

    Raises:
        ForkError: the system cannot fork.
    """
    pair = _begun.pop((os.getpid(), str(root)), None)
    return pair or Zygote.start_two(KERNELS, WORKERS, common=COMMON, cwd=root)


@contextmanager
def begun(root: Path, cases: Collection[str], outputs: Path, *, force: bool) -> Iterator[None]:
    """What runs ``cases``, begun where there are several and one has to be run: it has no outputs, or ``force``."""
    several = len(set(cases)) > 1 and can_fork()
    if several and (force or not all(os.path.exists(outputs / case / "run.json") for case in cases)):
        _begun[os.getpid(), str(root)] = take(root)
    try:
        yield
    finally:
        for left in reversed(_begun.pop((os.getpid(), str(root)), ())):
            left.kill()
