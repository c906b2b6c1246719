"""Tell Jupyter that an executed notebook is this user's own: it then shows the charts and pages of its outputs."""

from __future__ import annotations

import hmac
import sqlite3
from contextlib import suppress
from functools import cache
from typing import Any


def trust(executed: Any) -> None:
    """Sign the notebook ``executed``, as it was read from its file, in Jupyter's own list of what this user ran.

    A list that cannot be written to (a home that is read-only, a disk that is full) is no reason to fail a run:
    the notebook is then shown as one from elsewhere, which a click in Jupyter changes.
    """
    with suppress(OSError, sqlite3.Error):
        notary()().sign(executed)


@cache
def notary() -> Any:
    """The class of Jupyter's own, its signatures made at once: it goes through a generator for each level of a ledger
    and hands each word to the checksum by itself, which takes three times as long."""
    from nbformat.sign import NotebookNotary, signature_removed

    class Notary(NotebookNotary):
        """Its signatures are the same."""

        def compute_signature(self, nb: Any) -> str:
            with signature_removed(nb):
                said: list[str] = []
                _gather(nb, said)
                return hmac.new(self.secret, "".join(said).encode(), self.digestmod).hexdigest()

    return Notary


def _gather(value: Any, said: list[str]) -> None:
    if isinstance(value, dict):
        for name in sorted(value):
            said.append(name)
            _gather(value[name], said)
    elif isinstance(value, (list, tuple)):
        for one in value:
            _gather(one, said)
    else:
        said.append(value if isinstance(value, str) else str(value))
