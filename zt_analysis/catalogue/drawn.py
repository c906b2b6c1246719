"""The charts of an office, each with the figures that its function names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

from zt_analysis.catalogue.lineage import Node
from zt_analysis.office import Office


@dataclass(frozen=True)
class Charted:
    """A chart: its node, and the indicators named in its function or in what that refers to in its module."""

    node: Node
    indicators: tuple[str, ...]


def charts_of(office: Office, known: set[str]) -> list[Charted]:
    """Every function of the office's notebook names that gives a chart; it is read, not drawn."""
    found = []
    for make in office.exports.values():
        module = make()
        if not isinstance(module, ModuleType):
            continue
        for name, function in vars(module).items():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__ and _draws(function):
                texts = list(dict.fromkeys(_texts(function, {name})))
                said = (inspect.getdoc(function) or "").split("\n\n")[0]
                sections = [one for one in texts if any(one in each.charts for page in office.layouts.values()
                                                        for each in page.sections)]  # fmt: skip
                node = Node("chart", name, "", " ".join(said.split()), {"keys": sections})
                found.append(Charted(node, tuple(one for one in texts if one in known)))
    return found


def _draws(function: FunctionType) -> bool:
    given = function.__annotations__.get("return", "")
    return str(getattr(given, "__name__", given)).rpartition(".")[2] == "Chart"


def _texts(function: FunctionType, seen: set[str]) -> Iterator[str]:
    """The texts in a function's code, and in what it names of its module."""
    yield from _in_code(function.__code__)
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if name in seen:
            continue
        seen.add(name)
        if isinstance(value, FunctionType) and value.__module__ == function.__module__:
            yield from _texts(value, seen)
        else:
            yield from _in_value(value)


def _in_code(code: CodeType) -> Iterator[str]:
    for one in code.co_consts:
        yield from _in_code(one) if isinstance(one, CodeType) else _in_value(one)


def _in_value(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for each in pair for text in _in_value(each))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from (text for each in value for text in _in_value(each))
