"""What an expression that is being typed will be, without running it: what may follow its dot, which columns it has.

``f.by("county").`` is known by what ``by`` says that it gives; ``rows[rows.age > 9].`` has the columns of ``rows``.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import pandas as pd

from zt_analysis.sources import Tables

# classes by the word that a signature gives them
GIVEN = {
    "Asked": "asked", "Statements": "asked", "Parts": "parts", "Shown": "frames", "Checked": "checking",
    "Related": "related", "Catalogue": "catalogue", "Tied": "tied", "Card": "shelf", "Shelf": "shelf", "Told": "told",
    "OpenCase": "open_case", "Inline": "charting", "Browsed": "browsing",
}  # fmt: skip
ATTRIBUTE = re.compile(r"\.(\w*)\Z")
# methods of a frame whose first words are names of its columns
OF_COLUMNS = {"groupby", "sort_values", "set_index", "value_counts", "drop_duplicates", "explode", "nlargest", "agg"}
Value = Callable[[ast.expr], Any]


def after_dot(text: str, callee: Callable[[str], str], value: Value) -> tuple[str, list[str]] | None:
    """The word after the last dot and what it may become; None where what stands before is not ours."""
    found = ATTRIBUTE.search(text)
    before = callee(text[: found.start()]) if found else ""
    if not found or not before:
        return None
    one = reached(ast.parse(before, mode="eval").body, value)
    if one is None or (isinstance(one, ModuleType) and one.__name__ != "zt_analysis"):
        return None
    return found[1], _attributes(one)


def reached(node: ast.expr, value: Value) -> Any:
    """What stands for an expression: itself where it is there, a frame that it comes from, else its class."""
    found = value(node)
    if found is not None:
        return found if _is_known(found) else None
    match node:
        case ast.Subscript(value=of, slice=asked):
            return _item(reached(of, value), asked)
        case ast.Call(func=ast.Attribute(value=of, attr=called)):
            return _given(reached(of, value), called)
        case ast.Attribute(value=of, attr=attr):
            return _given(reached(of, value), attr)
    return None


def columns_of(owner: Any) -> list[str]:
    """The columns of a frame that can be typed in quotes."""
    return [one for one in owner.columns if isinstance(one, str)] if isinstance(owner, pd.DataFrame) else []


def _is_known(one: Any) -> bool:
    """Whether it is ours, of pandas or of ibis: of anything else, IPython knows as much."""
    kind = one if isinstance(one, type) else type(one)
    return isinstance(one, ModuleType) or kind.__module__.partition(".")[0] in ("zt_analysis", "pandas", "ibis")


def _item(owner: Any, asked: ast.expr) -> Any:
    if not isinstance(owner, pd.DataFrame):
        return None
    if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
        return owner[asked.value] if asked.value in owner.columns else None
    return owner


def _given(owner: Any, called: str) -> Any:
    """What a method or property of ``owner``, a thing or a class, says that it gives."""
    if owner is None or called.startswith("_"):
        return None
    kind = owner if isinstance(owner, type) else type(owner)
    if issubclass(kind, pd.DataFrame) and (there := _of_frame(owner, called)) is not None:
        return there
    word = _said(inspect.getattr_static(kind, called, None))
    if word in GIVEN:
        return getattr(import_module(f"zt_analysis.opened.{GIVEN[word]}"), word)
    if word in ("DataFrame", "Self") and issubclass(kind, pd.DataFrame):
        return owner
    return {"DataFrame": pd.DataFrame, "Series": pd.Series}.get(word)


def _of_frame(owner: Any, called: str) -> Any:
    if called in columns_of(owner):
        return owner[called]
    if called == "zt":
        return import_module("zt_analysis.opened.handing").Handed
    return pd.core.groupby.DataFrameGroupBy if called == "groupby" else None


def _said(there: Any) -> str:
    """The class that a signature names: ``DataFrame`` of ``-> pd.DataFrame | None``."""
    there = getattr(there, "fget", None) or getattr(there, "func", None) or there
    try:
        said = str(inspect.signature(there).return_annotation) if callable(there) else ""
    except (TypeError, ValueError):
        return ""
    return re.split(r"[\[ |]", said)[0].rpartition(".")[2]


def _attributes(one: Any) -> list[str]:
    """Names after a dot: those that are ours before those of pandas."""
    names = [name for name in dir(one) if not name.startswith("_")]
    if isinstance(one, ModuleType):
        return names
    kind = one if isinstance(one, type) else type(one)
    ours = {name for base in kind.__mro__ if base.__module__.startswith("zt_analysis") for name in vars(base)}
    ours |= {"zt"} if issubclass(kind, pd.DataFrame) else set()
    ours |= set(columns_of(one))
    # what a case's tables are is the question, not what can be done with them
    first = set(one.names) if isinstance(one, Tables) else ours
    return sorted(names, key=lambda name: (name not in first, name not in ours))
