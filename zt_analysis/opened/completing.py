"""What a notebook completes: ``figure("…``, ``by("…``, ``stage="…``, ``relation("…``, what follows a dot.

The text before the cursor is read and nothing of it is run but what is ours: names, and calls of ``figure`` and the
like with words in quotes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.opened.asked import Asked
from zt_analysis.opened.being_typed import callee, opened
from zt_analysis.opened.naming import dimension_of, members_of, parts_of, words_of
from zt_analysis.opened.open_case import OpenCase
from zt_analysis.opened.reaching import OF_COLUMNS, after_dot, columns_of, reached
from zt_analysis.opened.shelf import Card, Shelf
from zt_analysis.params import cases
from zt_analysis.project import find_root

KEY = re.compile(r"(\w+)\s*=\s*\Z")
BOUND = re.compile(r"^(\w+)[ \t]*=[ \t]*(?!=)(.+)$", re.MULTILINE)
BARE = re.compile(r"(?:[(,]\s*)(\w*)\Z")
# calls that may be made to learn what is asked: they read no rows but those that name parts
CALLED = ("figure", "change", "growth", "case")
Found = tuple[str, list[str]]


def matched(context: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    """The completions for what stands before the cursor, as IPython takes them."""
    from IPython.core.completer import SimpleCompletion

    lines = context.full_text.split("\n")[: context.cursor_line + 1]
    text = "\n".join([*lines[:-1], context.text_until_cursor])
    try:
        found = completions(text, names)
    except Exception:  # what is being typed may be anything; other matchers have their turn
        found = None
    if found is None:
        return {"completions": [], "suppress": False}
    word, fitting = found
    return {
        "completions": [SimpleCompletion(one, type="zt") for one in fitting], "matched_fragment": word,
        "suppress": bool(fitting), "ordered": True,
    }  # fmt: skip


def completions(text: str, names: Mapping[str, Any]) -> Found | None:
    """The word before the cursor and what it may become; None where the text is no call of ours."""
    bracket, quoted = opened(text)
    typed = _Typed(text if bracket is None else text[:bracket], names)

    def value(node: ast.expr) -> Any:
        return _value(node, typed)

    if quoted is None and (found := after_dot(text, callee, value)):
        return found[0], _beginning(*found)
    called = callee(text[:bracket]) if bracket is not None else ""
    if bracket is None or not called:
        return None
    node = ast.parse(called, mode="eval").body
    if text[bracket] == "[":
        return _of_keys(reached(node, value), text, quoted)
    if isinstance(node, ast.Attribute):
        return _within(reached(node.value, value), node.attr, text[bracket + 1 :], quoted and quoted - bracket - 1)
    return None


def _within(owner: Any, called: str, inside: str, quoted: int | None) -> Found | None:
    """What may stand next within a call: words in quotes by their place, or names of arguments."""
    if quoted is None:
        bare = BARE.search(f"({inside}")
        if bare is None:
            return None
        words = [f'"{one}"' for one in _of_place(owner, called, inside.rpartition(",")[0])]
        return bare[1], _fitting(bare[1], [*words, *(f"{one}=" for one in _keys(owner, called, inside))])
    word, before = inside[quoted + 1 :], inside[:quoted].rstrip("\"'")
    if called == "sql" and isinstance(owner, OpenCase):
        return _of_query(owner, word)
    if called == "figure" and isinstance(owner, OpenCase) and "(" in word:  # within a view, the last of its words
        word = re.split(r"[(,]\s*", word)[-1]
    key = KEY.search(before)
    return word, _fitting(word, _of_key(owner, called, key[1], before) if key else _of_place(owner, called, before))


class _Typed(dict[str, Any]):
    """Names as the cell that is being typed binds them, else as cells that ran have; only what is ours."""

    def __init__(self, text: str, names: Mapping[str, Any]) -> None:
        super().__init__(names)
        for name, typed in BOUND.findall(text):
            try:
                found = _value(ast.parse(typed, mode="eval").body, self)
            except (SyntaxError, ValueError):
                continue
            if found is not None:
                self[name] = found


def _of_keys(owner: Any, text: str, quoted: int | None) -> Found | None:
    """The columns of a table, the tables of a case."""
    if quoted is None or not isinstance(owner, (Card, Shelf, ir.Table, pd.DataFrame)):
        return None
    word = text[quoted + 1 :]
    if isinstance(owner, pd.DataFrame):
        return word, _fitting(word, columns_of(owner))
    known = owner.columns if isinstance(owner, ir.Table) else owner._ipython_key_completions_()
    return word, _fitting(word, known)


def _of_query(book: OpenCase, text: str) -> Found:
    """Tables and their columns in a query: those of the tables it names, all before it names one."""
    word = re.search(r"\w*\Z", text)[0]  # type: ignore[index]
    with book._here():
        declared = {one.name: [column.name for column in one.columns] for one in book.tables.declared}
    if re.search(r"\b(?:from|join)\s+\w*\Z", text, re.IGNORECASE):
        return word, _fitting(word, declared)
    named = [one for one in declared if re.search(rf"\b{one}\b", text)] or list(declared)
    return word, _fitting(word, [*(column for one in named for column in declared[one]), *declared])


def _of_place(owner: Any, called: str, inside: str) -> list[str]:
    """What may stand in quotes, by its place."""
    first = not inside.strip()
    if isinstance(owner, pd.DataFrame):
        return columns_of(owner) if called in OF_COLUMNS else []
    if isinstance(owner, Asked):
        with owner.book._here():
            if called == "over" and first:
                return ["week", "month", "quarter"]
            return _words(owner) if called in ("by", "over") else []
    if isinstance(owner, OpenCase):
        with owner._here():
            return _of_case(owner, called, first=first)
    if not _is_ours(owner) or not first:
        return []
    return cases(find_root()) if called == "case" else _figures(owner) if called == "indicators" else []


def _of_case(book: OpenCase, called: str, *, first: bool) -> list[str]:
    if called in ("figure", "indicators") and first:
        return [*_figures(book), *(f"{one}(" for one in KINDS)] if called == "figure" else _figures(book)
    if called == "relation" and first:
        return [one.relation.id for one in book.review.relations]
    if called == "compare":
        return [one for one in cases(book.root) if one != book.paper.case] if first else _figures(book)
    return []


def _is_ours(owner: Any) -> bool:
    return isinstance(owner, ModuleType) and owner.__name__ == "zt_analysis"


def _of_key(owner: Any, called: str, key: str, inside: str) -> list[str]:
    """What may stand in quotes after ``key=``: the parts of a dimension by name and code."""
    asked = _asked(owner, called, inside)
    if asked is None:
        return []
    if key == "at":
        return ["base"]
    with asked.book._here():
        dimension = dimension_of(key, asked.wanted, asked.tables)
        known = members_of(dimension, asked.wanted, asked.tables)
        return [*(names["zh"] for names in known.values()), *(names["en"] for names in known.values()), *known]


def _keys(owner: Any, called: str, inside: str) -> list[str]:
    """The names of arguments: dimensions, readings."""
    if isinstance(owner, OpenCase) and called == "what_if":
        return list(owner.paper.period.readings)
    asked = _asked(owner, called, inside)
    if asked is None or (called == "figure" and not inside.strip()):
        return []
    with asked.book._here():
        known = [one.removesuffix("_code") for one in parts_of(asked.wanted, asked.tables) if one != "week"]
        return [*known, "limit" if called in ("rows", "cells") else "at"]


def _asked(owner: Any, called: str, inside: str) -> Asked | None:
    """The figure that the call is about."""
    if isinstance(owner, Asked) and called in ("rows", "cells"):
        return owner
    if isinstance(owner, OpenCase) and called == "figure":
        first = ast.parse(f"f({inside.rpartition(',')[0]})", mode="eval").body
        assert isinstance(first, ast.Call)
        if first.args and isinstance(first.args[0], ast.Constant):
            return owner.figure(str(first.args[0].value))
    return None


def _figures(owner: Any) -> list[str]:
    from zt_analysis.office import current

    known = (owner.office if isinstance(owner, OpenCase) else current()).indicators.values()
    return [*(one.zh for one in known if one.zh), *(one.id for one in known), *(one.en for one in known if one.en)]


def _words(asked: Asked) -> list[str]:
    named = [(one, words_of(one, asked.tables)) for one in parts_of(asked.wanted, asked.tables)]
    return [*(words["zh"] for one, words in named if one != "week"), *(one for one, _ in named),
            *(words["en"] for one, words in named if one != "week")]  # fmt: skip


def _fitting(word: str, known: Iterable[str]) -> list[str]:
    """Those that begin with the word, then those that hold it."""
    asked, several = word.casefold(), list(dict.fromkeys(known))
    begins = [one for one in several if one.casefold().startswith(asked)]
    return [*begins, *(one for one in several if asked in one.casefold() and one not in begins)]


def _beginning(word: str, known: Iterable[str]) -> list[str]:
    return [one for one in known if one.casefold().startswith(word.casefold())]


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """What an expression of ours is; nothing else of it is run."""
    match node:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=of, attr=attr):
            return _part(_value(of, names), attr)
        case ast.Subscript(value=of, slice=ast.Constant(value=str(key))):
            owner = _value(of, names)
            return owner[key] if isinstance(owner, Shelf) and key in owner.names else None
        case ast.Call(func=ast.Attribute(value=of, attr=called), args=arguments, keywords=keywords) if called in CALLED:
            owner = _value(of, names)
            if isinstance(owner, (OpenCase, Asked)) or _is_ours(owner):
                given = [ast.literal_eval(one) for one in arguments]
                named = {str(one.arg): ast.literal_eval(one.value) for one in keywords}
                return getattr(owner, called)(*given, **named)
    return None


def _part(owner: Any, attr: str) -> Any:
    if isinstance(owner, OpenCase) and attr in ("tables", "every_table"):
        return getattr(owner, attr)
    return owner.card(attr) if isinstance(owner, Shelf) and attr in owner.names else None
