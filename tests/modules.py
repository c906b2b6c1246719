"""The modules of the engine, each read and parsed once for all the tests of a process that look into them."""

import ast
from functools import cache


@cache
def text_of(path):
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path):
    """Every node of a module."""
    return tuple(ast.walk(ast.parse(text_of(path))))
