"""The SQL of questions, kept for the next process (``kept_texts``): writing it costs more than asking.

It is named by a checksum over what is asked and by what it was written: ibis and sqlglot. It holds no rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from zt_analysis.kept_texts import kept_text

KIND = "sql"
MOST_FILES = 4000


def kept_sql(question: str, compose: Callable[[], str]) -> str:
    """What ``compose`` gives for ``question``, a checksum over what is asked; composed once."""
    return kept_text(KIND, question, _written_by(), compose, most_files=MOST_FILES)


@cache
def _written_by() -> str:
    told = " ".join(f"{name} {version(name)}" for name in ("ibis-framework", "sqlglot"))
    return hashlib.sha256(told.encode()).hexdigest()
