"""Functions that take a project's folder, and look all else up in that project, wherever the process stands.

Names, paths and the office are found by the working folder where nothing says more. A program may stand anywhere when
it calls a function of the engine: whatever takes a root uses that root's office.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from zt_analysis.office import office_of
from zt_analysis.project import standing_in

_P = ParamSpec("_P")
_R = TypeVar("_R")


@contextmanager
def at(root: Path) -> Iterator[None]:
    """Look names, paths and the office up in the project at ``root``."""
    root = root.resolve()
    with standing_in(root), office_of(root).active():
        yield


def in_project(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """``function``, which looks all up in the project at its ``root``; a method, at the ``root`` of its object."""
    parameters = inspect.signature(function)

    def root_of(args: tuple[Any, ...], named: dict[str, Any]) -> Path:
        given = parameters.bind(*args, **named).arguments
        return cast(Path, given["root"] if "root" in given else given["self"].root)

    if inspect.isgeneratorfunction(function):

        @wraps(function)
        def stepping(*args: _P.args, **named: _P.kwargs) -> Any:
            root, steps = root_of(args, named), function(*args, **named)
            while True:
                with at(root):  # not while whoever asked works on what this step gave
                    try:
                        step = next(steps)
                    except StopIteration:
                        return
                yield step

        return stepping

    @wraps(function)
    def inside(*args: _P.args, **named: _P.kwargs) -> _R:
        with at(root_of(args, named)):
            return function(*args, **named)

    return inside
