"""Questions named by what they are made from: their expression is built only where its SQL is not kept.

To build an expression takes as long as to judge a figure. What the engine makes from a measure follows from the
measure, from plain values and from the code that makes it: these name the question as well as the expression does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_bytes

if TYPE_CHECKING:
    import ibis.expr.types as ir

# the engine's packages that make questions
CODE = ("indicators", "checks")


@dataclass(frozen=True, eq=False)
class Unbuilt:
    """A question that is built where it has to be.

    Attributes:
        of: all that ``build`` makes the expression from: operations and plain values, with a word that no other
            question begins with.
        build: gives the expression, the same for the same ``of``.
        kinds: its columns with their types, as ``together.KINDS`` has them; None where nobody asks for its rows.
    """

    of: tuple[Any, ...]
    build: Callable[[], ir.Table]
    kinds: Mapping[str, str] | None = None

    @property
    def name(self) -> tuple[Any, ...]:
        """What names it for other processes: also the code that builds it."""
        return (made_by(), *self.of)

    @cached_property
    def expression(self) -> ir.Table:
        """The question, built."""
        return self.build()


@cache
def made_by() -> str:
    """A checksum over the code that builds questions, as it was when this process first asked."""
    base, digest = Path(__file__).parent.parent, hashlib.sha256()
    for path in sorted(path for one in CODE for path in (base / one).glob("*.py")):
        digest.update(path.relative_to(base).as_posix().encode() + b"\0" + plain_bytes(path))
    return digest.hexdigest()


def key_of(asked: ir.Table | Unbuilt) -> Any:
    """What tells a question from others in this process."""
    return asked.of if isinstance(asked, Unbuilt) else asked.op()


def name_in(asked: ir.Table | Unbuilt) -> Any:
    """What ``questions.name_of`` names a question by."""
    return asked.name if isinstance(asked, Unbuilt) else asked.op()


def built(asked: ir.Table | Unbuilt) -> ir.Table:
    """The expression of a question."""
    return asked.expression if isinstance(asked, Unbuilt) else asked
