"""Expressions of the engine are compiled when they are first asked for; no module takes long to be imported."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from modules import text_of

import zt_analysis
from zt_analysis import expressions

# what a module may compile at its import: so many characters take some 10 ms on an idle machine, a wide range of
# characters as long as a thousand
MOST = 5_000
OF_IMPORTS = """
import collections, importlib, json, re, sys
import re._compiler as compiler
cost, plain = collections.Counter(), compiler.compile
def counted(text, flags=0):
    names = (frame.f_globals.get("__name__", "") for frame in frames(sys._getframe(1)))
    module = next(name for name in names if name.partition(".")[0] != "re" and name != "zt_analysis.expressions")
    if module.startswith("zt_analysis.") and isinstance(text, str):
        wide = sum(ord(end) - ord(begin) > 2000 for begin, end in WIDE(text))
        cost[module] += len(text) + 1000 * wide
    return plain(text, flags)
def frames(one):
    while one:
        yield one
        one = one.f_back
WIDE = re.compile("(.)-(.)", re.S).findall
compiler.compile = counted
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(cost))
"""


def modules() -> list[str]:
    return [
        one.name
        for one in walk_packages(zt_analysis.__path__, "zt_analysis.")
        if not one.name.endswith("__main__") and "project_template" not in one.name
    ]


def test_an_expression_is_compiled_when_it_is_asked():
    wrong = expressions.compile("a(")
    with pytest.raises(re.error):
        wrong.search("a")
    later = expressions.compile("(?P<n>[0-9]+)", expressions.I)
    assert later.pattern == "(?P<n>[0-9]+)"
    assert later.sub("n", "3 of 12") == "n of n"
    assert (later.groups, later.flags & re.I) == (1, re.I)
    assert pickle.loads(pickle.dumps(later)).findall("4") == ["4"]


def test_all_expressions_of_the_engine_can_be_compiled():
    for name in modules():
        import_module(name)
    expressions.compile_all()


def test_what_found_is_told_by_its_text():
    """What stands for an expression is not what says that it has found something: ``found.re is FORM`` never holds."""
    engine = Path(zt_analysis.__file__).parent.rglob("*.py")
    assert not [path.name for path in engine if re.search(r"\.re (?:is|in|==|!=) ", text_of(path))]


def test_no_module_compiles_much_when_it_is_imported():
    done = subprocess.run(
        [sys.executable, "-c", OF_IMPORTS, *modules()], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    cost = json.loads(done.stdout.splitlines()[-1])
    assert {name: characters for name, characters in cost.items() if characters > MOST} == {}
