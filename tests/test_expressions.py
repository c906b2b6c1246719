"""Expressions of the engine are compiled when they are first asked for; no module takes long to be imported."""

from __future__ import annotations

import pickle
import re
import re._compiler as compiler
import sys
from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from modules import text_of

import zt_analysis
from zt_analysis import expressions, kept_patterns

# what a module may compile at its import: so many characters take some 10 ms on an idle machine, a wide range of
# characters as long as a thousand
MOST = 5_000
WIDE = re.compile("(.)-(.)", re.DOTALL)
COMPILING = (expressions.__name__, kept_patterns.__name__)


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


@pytest.mark.slow
def test_all_expressions_of_the_engine_can_be_compiled():
    for name in modules():
        import_module(name)
    expressions.compile_all()


def test_what_is_compiled_before_a_fork_is_not_compiled_after_it(monkeypatch):
    """Python itself holds 512 expressions; a text asks more of them."""
    held = [expressions.compile(f"{number}[0-9]") for number in range(600)]
    expressions.compile_all()
    monkeypatch.setattr(re._compiler, "compile", None)
    assert [one.search("5990").span() for one in held[599:]] == [(0, 4)]
    assert held[0].search("00").end() == 2


def test_before_a_run_forks_its_kernel_only_what_both_look_for_is_compiled():
    both, one = expressions.guard("[0-9]{11}一"), expressions.compile("[0-9]{12}一")
    expressions.compile_guards()
    assert ("_own" in vars(both), "_own" in vars(one)) == (True, False)


def test_what_found_is_told_by_its_text():
    """What stands for an expression is not what says that it has found something: ``found.re is FORM`` never holds."""
    engine = Path(zt_analysis.__file__).parent.rglob("*.py")
    assert not [path.name for path in engine if re.search(r"\.re (?:is|in|==|!=) ", text_of(path))]


@contextmanager
def imported_anew(names):
    """The engine's modules are imported once more, beside the libraries that are there; how much each compiled."""
    cost, plain = Counter(), compiler.compile
    stood = {name: module for name, module in sys.modules.items() if is_ours(name)}

    def counted(text, flags=0):
        frame = sys._getframe(1)
        while (name := frame.f_globals.get("__name__", "")).partition(".")[0] == "re" or name in COMPILING:
            frame = frame.f_back
        if is_ours(name) and isinstance(text, str):
            wide = sum(ord(end) - ord(begin) > 2000 for begin, end in WIDE.findall(text))
            cost[name] += len(text) + 1000 * wide
        return plain(text, flags)

    for name in stood:
        del sys.modules[name]
    re.purge()
    compiler.compile = counted
    try:
        for name in names:
            import_module(name)
        yield cost
    finally:
        compiler.compile = plain
        for name in [name for name in sys.modules if is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(stood)


def is_ours(name):
    return name.partition(".")[0] == "zt_analysis"


@pytest.mark.thorough
@pytest.mark.slow
def test_no_module_compiles_much_when_it_is_imported(monkeypatch):
    monkeypatch.setenv(kept_patterns.SETTING, "off")  # or what is kept would not be counted
    with imported_anew(modules()) as cost:
        assert cost
        assert {name: characters for name, characters in cost.items() if characters > MOST} == {}
