"""Parts that figures are asked for by code: a code that its dimension does not declare gave 0, and nothing said so."""

from __future__ import annotations

from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators.asked import LISTED, members
from zt_analysis.indicators.computing import leaves, measure_of
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.sources import Tables


def check_parts(wanted: Wanted, tables: Tables, where: str) -> None:
    """See that each part of ``wanted`` is one, where a register or a list of words says which there are.

    Raises:
        InputError: ``where`` asks for a code that is none; lists those that are.
    """
    for leaf in leaves(wanted) if wanted.scope else ():
        for name, code in leaf.scope:
            known = members(name, measure_of(leaf, tables).table, tables)
            if known is not None and code not in known:
                raise InputError(
                    where, found=f"{name}={code}", expected=", ".join(known[:LISTED]),
                    hint=nearest(code, known) or "choose one of these",
                )  # fmt: skip
