"""Why a cell cannot be read."""

from __future__ import annotations


class CellError(Exception):
    """A value that is not what its column declares; it becomes a Problem once its cell is known."""

    def __init__(self, kind: str, expected: str, hint: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.expected = expected
        self.hint = hint
