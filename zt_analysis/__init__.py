"""Reproducible reports of an education bulletin, each printed number checked against source tables.

The names below are the interface for notebooks; each is imported when first used, so that ``import zt_analysis``
stays quick.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    "Period": "periods",
    "Wanted": "indicators",
    "breakdown": "interface",
    "case": "opened",
    "chart": "opened.charting",
    "check_parameters": "notebooks",
    "compute": "interface",
    "define": "opened.defining",
    "indicators": "opened.catalogue",
    "open_package": "sources",
    "period": "periods",
    "read_numbers": "interface",
    "review": "interface",
    "rows": "interface",
    "span": "periods",
    "sql": "interface",
    "what_if": "interface",
}
__all__ = sorted(_PLACES)  # noqa: PLE0605  a test holds it to the names that exist


def public(name: str) -> Any:
    """The public name itself, imported."""
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        if "IPython" in sys.modules:
            import_module(f"{__name__}.opened.notebook").ready()
        found = public(name)
        # the same whether the module of that name is imported or not
        return sys.modules.get(f"{__name__}.{name}", found)
    if name.startswith("_"):
        raise AttributeError(f"module 'zt_analysis' has no attribute {name!r}")
    from zt_analysis.office import current

    # what the project's office adds for its notebooks: its kinds of paper, its charts
    found = current().exports.get(name)
    if found is None:
        known = ", ".join([*__all__, *current().exports])
        raise AttributeError(f"module 'zt_analysis' has no attribute {name!r}; it has {known}")
    return found()


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
