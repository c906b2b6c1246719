"""What a process to fork from has: its threads, and the files of what it has imported."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

THREADS = Path("/proc/self/task")


def thread_count() -> int:
    """Threads of this process, those of libraries included where the system tells."""
    return len(os.listdir(THREADS)) if THREADS.exists() else threading.active_count()


def loaded_files() -> dict[str, int]:
    """The file of each imported module and when it was written."""
    files = {file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    return {file: written_at(file) for file in files}


def written_at(file: str) -> int:
    """When a file was last written, in nanoseconds; 0 where it is gone."""
    try:
        return os.stat(file).st_mtime_ns
    except OSError:
        return 0
