"""Reproducible reports of an education bulletin, each printed number checked against source tables.

The names below are the interface for notebooks; each is imported when first used, so that ``import zt_analysis``
stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    "Circular": "bulletins",
    "INDICATORS": "indicators",
    "Issue": "bulletins",
    "Period": "periods",
    "Wanted": "indicators",
    "breakdown": "indicators",
    "charts": "reports",
    "compute": "indicators",
    "county_rates": "circulars",
    "frames": "checks",
    "open_package": "sources",
    "period": "periods",
    "read_numbers": "numbers",
    "review": "checks",
    "rows": "indicators",
    "sql": "indicators",
    "weekly_review": "circulars",
    "what_if": "checks",
}
__all__ = sorted(_PLACES)  # noqa: PLE0605  a test holds it to the names that exist


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'zt_analysis' has no attribute {name!r}; it has {', '.join(__all__)}")
    module = import_module(f"{__name__}.{_PLACES[name]}")
    return import_module(f"{module.__name__}.{name}") if name in _MODULES else getattr(module, name)


_MODULES = ("charts", "frames")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
