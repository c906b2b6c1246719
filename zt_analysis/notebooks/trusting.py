"""Tell Jupyter that an executed notebook is this user's own: it then shows the charts and pages of its outputs."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any


def trust(executed: Any) -> None:
    """Sign the notebook ``executed``, as it was read from its file, in Jupyter's own list of what this user ran.

    A list that cannot be written to (a home that is read-only, a disk that is full) is no reason to fail a run:
    the notebook is then shown as one from elsewhere, which a click in Jupyter changes.
    """
    from nbformat.sign import NotebookNotary

    with suppress(OSError, sqlite3.Error):
        NotebookNotary().sign(executed)  # type: ignore[no-untyped-call]
