"""Which texts a run has looked through and found nothing in, kept for the next run (``kept_texts``).

Most of what a run hands out says what the run before said. Kept is a checksum of 128 bits of each text and its header,
by the code that looks, never a text, and never one in which something was found. ``zt scan`` does not ask it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from zt_analysis.kept_texts import keep, kept

KIND = "looked"
SIZE = 16
# above this many, only those of this run are kept
MOST = 200_000
# written where more than one in this many is new
FEW = 20


class Looks:
    """Looks at what was not found empty before; ``look`` gives what a text under a header holds."""

    def __init__(self, look: Callable[[str, str], list[tuple[str, str]]]) -> None:
        self._look = look
        self._empty = _read()
        self._asked: set[bytes] = set()
        self._new = 0

    def __call__(self, text: str, header: str) -> list[tuple[str, str]]:
        """What ``text`` holds."""
        told = f"{len(header)} {header}{text}".encode("utf-8", "surrogatepass")
        mark = hashlib.blake2b(told, digest_size=SIZE).digest()
        if mark not in self._empty:
            if found := self._look(text, header):
                return found
            self._new += 1
        self._asked.add(mark)
        return []

    def keep(self) -> None:
        """Keep what was found empty, with what another run has kept meanwhile."""
        if self._new * FEW > len(self._asked):
            every = _read() | self._asked
            keep(KIND, _made_by(), _made_by(), b"".join(sorted(every if len(every) <= MOST else self._asked)))


def _read() -> set[bytes]:
    content = kept(KIND, _made_by(), _made_by()) or b""
    return {content[at : at + SIZE] for at in range(0, len(content), SIZE)}


@cache
def _made_by() -> str:
    """A checksum over the code that looks."""
    here = Path(__file__).parent
    told = hashlib.sha256(sys.version.encode())
    for path in sorted(one for folder in (here, here.parent / "personal") for one in folder.iterdir() if one.is_file()):
        told.update(f"{path.name} {path.stat().st_size} ".encode() + path.read_bytes())
    return told.hexdigest()
