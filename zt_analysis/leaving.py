"""The end of a process of ours.

Python takes apart at its end, object by object, what the system takes back whole: 0.2 to 0.3 s of each command that
has imported much.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn

from zt_analysis.scratch import has_spilled


def leave(code: int) -> NoReturn:
    """End this process with ``code`` once what was registered for its end is done and all that was said is written.

    As ever where another thread has work to do or a debugger or profiler looks on, and where DuckDB has written rows
    to the disk: it takes them away when it is taken apart.
    """
    working = any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread())
    if working or sys.gettrace() or sys.getprofile() or has_spilled():
        sys.exit(code)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)
