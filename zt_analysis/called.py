"""Modules of the engine whose name is a public function's, too: ``zt.define(...)`` calls the function.

Python puts a module into its package under its own name as soon as anybody imports it, where it hides what else the
package has under that name.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class Called(ModuleType):
    """A module that can be called as the public function of its name."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Call the function."""
        return self.__wrapped__(*given, **named)

    @property
    def __wrapped__(self) -> Any:
        """The function: what its signature is taken of."""
        package, _, name = self.__name__.rpartition(".")
        return import_module(package).public(name)
