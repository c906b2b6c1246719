"""Whether a statement of a module may do something, when it is imported, beside giving names to values.

What is known to do nothing is listed; whatever is not counts as doing something.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# what calling does no more than make a value
_QUIET_NAMES = _words(
    "abs bool bytes complex dict enumerate float frozenset int len list max min object range reversed "
    "round set slice sorted str sum tuple zip property staticmethod classmethod"
)
_QUIET_MODULES = _words(
    "zt_analysis collections dataclasses datetime decimal enum fractions functools itertools math pathlib "
    "re statistics string typing"
)
_QUIET_METHODS = _words(
    "items keys values get split rsplit splitlines join strip lower upper replace format copy union "
    "intersection difference partition removeprefix removesuffix title compile fromisoformat "
    "from_iterable fromkeys"
)
# of a class: what runs when another class is made of it
_HOOKS = ("__init_subclass__", "__set_name__", "__class_getitem__", "__prepare__", "__new__")
Outside = Callable[[str], str]
Functions = Mapping[str, ast.FunctionDef]


def acts(one: ast.stmt, outside: Outside, functions: Functions) -> bool:
    """Whether ``one`` may do more than bind names.

    Args:
        outside: which module a name is imported from.
        functions: those of the module, by name.
    """
    return _Look(outside, functions).acts(one)


def is_type_checking(one: ast.If) -> bool:
    """Whether ``one`` is what only a type checker reads."""
    return not one.orelse and ast.unparse(one.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


@dataclass
class _Look:
    outside: Outside
    functions: Functions
    inside: tuple[str, ...] = ()

    def acts(self, one: ast.stmt) -> bool:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            made = [*one.args.defaults, *filter(None, one.args.kw_defaults)]
            return self._is_decorated_loudly(one) or any(self._calls_loudly(each) for each in made)
        if isinstance(one, ast.ClassDef):
            named = any(getattr(each, "name", "") in _HOOKS for each in one.body)
            return (
                named or bool(one.keywords) or self._is_decorated_loudly(one)
                or any(self._calls_loudly(each) for each in one.bases)
                or any(self.acts(each) for each in one.body)
            )  # fmt: skip
        if isinstance(one, (ast.Assign, ast.AnnAssign)):
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            loud = one.value is not None and self._calls_loudly(one.value)
            return loud or not all(_is_name(each) for each in targets)
        return not (isinstance(one, ast.Pass) or _is_text(one))

    def _is_decorated_loudly(self, one: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
        made = one.decorator_list
        return any(not self._is_quiet(each) or self._calls_loudly(each) for each in made)

    def _calls_loudly(self, one: ast.AST) -> bool:
        return any(
            (isinstance(each, ast.Call) and not self._is_quiet(each))
            or isinstance(each, (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom))
            for each in _run_now(one)
        )

    def _is_quiet(self, one: ast.AST) -> bool:
        """Whether calling, or decorating with, ``one`` only makes a value."""
        if isinstance(one, ast.Call):
            return self._is_quiet(one.func)
        if isinstance(one, ast.Name):
            place = self.outside(one.id)
            if place == ".":
                return self._only_makes(one.id)
            return place.split(".")[0] in _QUIET_MODULES if place else one.id in _QUIET_NAMES
        if isinstance(one, ast.Attribute):
            if isinstance(one.value, ast.Name) and self.outside(one.value.id).split(".")[0] in _QUIET_MODULES:
                return True
            # x.setter is a property's; a method of a value that does not change it
            return one.attr in _QUIET_METHODS or one.attr in ("setter", "getter")
        return False

    def _only_makes(self, name: str) -> bool:
        """Whether a function of the module does no more than make a value of its arguments."""
        function = self.functions.get(name)
        if function is None or name in self.inside:
            return False
        within = _Look(self.outside, self.functions, (*self.inside, name))
        return not any(within._works(each) for each in function.body)

    def _works(self, one: ast.stmt) -> bool:
        if isinstance(one, ast.Return):
            return one.value is not None and self._calls_loudly(one.value)
        return self.acts(one)


def _run_now(one: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated with ``one``; the body of a lambda is not."""
    yield one
    for each in [] if isinstance(one, ast.Lambda) else ast.iter_child_nodes(one):
        yield from _run_now(each)


def _is_name(one: ast.expr) -> bool:
    if isinstance(one, (ast.Tuple, ast.List)):
        return all(_is_name(each) for each in one.elts)
    return isinstance(one, ast.Name)


def _is_text(one: ast.stmt) -> bool:
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
