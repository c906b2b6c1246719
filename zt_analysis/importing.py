"""Imports of libraries that would import more than is needed: left out for a moment, or put off until asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let the modules ``names`` seem not to be installed, unless they have been imported before."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name, name) is None:
                del sys.modules[name]


def later(name: str) -> None:
    """Have the module ``name`` imported when something of it is asked for, by whoever imports it meanwhile."""
    # not by importlib's LazyLoader: the next import of the name would look at __spec__ and load it
    if name not in sys.modules:
        sys.modules[name] = _Later(name)


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def whole(self) -> ModuleType:
        """The module itself, imported; its names are then found here, too."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        found = import_module(self.__name__)
        vars(self).update(vars(found))
        return found

    def __getattr__(self, asked: str) -> Any:
        if asked == "__file__":  # which files were loaded is asked of all modules: of this one, none
            raise AttributeError(asked)
        return getattr(self.whole(), asked)


class _NoPackage(_Later):
    """Of a module with none below it: whoever imports names from it asks that first."""

    def __getattr__(self, asked: str) -> Any:
        if asked == "__path__":
            raise AttributeError(asked)
        return super().__getattr__(asked)


def functions_later(name: str, *functions: str) -> None:
    """Have the module ``name`` imported when one of its ``functions`` is called, or anything else of it is asked."""
    if name not in sys.modules:
        stand_in = sys.modules[name] = _NoPackage(name)
        vars(stand_in).update({one: partial(_called, stand_in, one) for one in functions})


def ibis_without_sql() -> None:
    """Have ibis imported without what parses SQL, its examples and sqlglot, a third of its import: where SQL is kept a
    command asks for none of them. Call it before ibis is imported."""
    later("ibis.examples")
    functions_later("ibis.expr.sql", "parse_sql", "to_sql")


def _called(module: _Later, name: str, *values: Any, **named: Any) -> Any:
    return getattr(module.whole(), name)(*values, **named)


def bare(name: str) -> None:
    """Have the package ``name`` run its own code when something of it is asked for that no import has put there.

    Modules in it can then be imported one by one: to be called by the name of one, ibis imports compilers for twenty.
    """
    if name not in sys.modules and (spec := find_spec(name)) is not None:
        package = module_from_spec(spec)
        package.__class__ = _Bare
        sys.modules[name] = package


class _Bare(ModuleType):
    """Stands for a package whose code has not run."""

    def __getattr__(self, asked: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]  # its code asks for what is in it, too
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(self)
        return getattr(self, asked)
