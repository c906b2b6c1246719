"""A case opened for questions in a notebook: ``zt.case``, what it answers with, and how that shows itself."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase, case

__all__ = ["OpenCase", "case"]


def __getattr__(name: str) -> Any:
    # a notebook that opens no case is taught how things show themselves without what opens one
    if name in __all__:
        return getattr(import_module("zt_analysis.opened.open_case"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
