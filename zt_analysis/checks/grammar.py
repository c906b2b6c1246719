"""What one statement says: two sides of figures, numbers and days, and what has to hold between them.

    a + b <= c
    share(dimension=part) < at_base(share(dimension=part))
    spent_per_head ~= 400元 within 5%
    0 <= days(as_of, issued_on)

A number carries the unit it would be printed with, so that 400 yuan are never read as 400 fen; figures are added to
and held against figures of their own unit only.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from fractions import Fraction

from zt_analysis.checks.statement_nodes import (
    Compared,
    Days,
    Node,
    Operation,
    Quantity,
    Seen,
    Stated,
    figures_of,
    printed_units,
)
from zt_analysis.errors import InputError
from zt_analysis.indicators import find
from zt_analysis.indicators.catalogue import indicators
from zt_analysis.indicators.definitions import refuse_apart
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.units import UNITS

COMPARISONS = ("==", "<=", "<", "~=")
SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
TIMES = ("before", "at_base")
_COMPARED = re.compile(r"(<=|>=|==|!=|~=|<|>)")
_QUANTITY = "_quantity_"


class Unreadable(Exception):  # noqa: N818  caught where the file and row are known
    """What is wrong with a statement: found, expected, hint."""

    def __init__(self, found: str, expected: str, hint: str = "see docs/relations.md") -> None:
        super().__init__(found)
        self.found, self.expected, self.hint = found, expected, hint


def parse(text: str, unit: str = "") -> Compared:
    """The statement as it reads; ``unit`` is what both sides are counted in where they have no common unit.

    Raises:
        Unreadable: it is no such statement.
    """
    parts = [part.strip() for part in _COMPARED.split(text)]
    if len(parts) not in (1, 3) or not {*parts[1::2]} <= {*COMPARISONS}:
        raise Unreadable(text, f"two sides with one of {' '.join(COMPARISONS)} between them", "say a >= b as b <= a")
    if len(parts) == 1:
        left = _side(text)
        shared = _agreed(_kinds(left, unit), unit, text)
        return Compared(_counted(left, shared), "", None, shared)
    end, within = _tolerance(parts[2], parts[1])
    left, right = _side(parts[0]), _side(end)
    shared = _agreed(_joined(_kinds(left, unit), _kinds(right, unit), (left, right), unit), unit, text)
    return Compared(_counted(left, shared), parts[1], _counted(right, shared), shared, _within(within, shared))


def side(text: str) -> ast.expr:
    """One side as Python reads it: what a statement over the columns of a table is made of."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(text[:80] or "nothing", "names, numbers, + - * / and parentheses") from error


def compared_columns(text: str) -> tuple[ast.expr, str, ast.expr]:
    """A statement over columns: left, operator, right."""
    parts = _COMPARED.split(text)
    if len(parts) != 3 or parts[1] not in COMPARISONS[:3]:
        raise Unreadable(text, "left == right, left <= right or left < right")
    return side(parts[0]), parts[1], side(parts[2])


def _tolerance(text: str, operator: str) -> tuple[str, Quantity | None]:
    end, word, within = text.partition(" within ")
    if bool(word) != (operator == "~="):
        raise Unreadable(text, "a ~= b within 5%", "'within' says how near ~= has to be; no other comparison has it")
    found = _side(within) if word else None
    if word and (not isinstance(found, Quantity) or not found.unit):
        raise Unreadable(f"within {within}", "a number with its unit, such as 5% or 20人")
    return end, found if isinstance(found, Quantity) else None


def _within(found: Quantity | None, unit: str) -> Quantity | None:
    """How near two sides have to be: a share of the right one (%), or a number in their unit."""
    if found is None or found.unit == "%":
        return found and replace(found, counted="ratio")
    counted = "ratio_change" if unit == "ratio" else unit
    return replace(found, counted=_convertible(found, counted))


def _side(text: str) -> Node:
    if _QUANTITY in text:
        raise Unreadable(text, "figures, numbers, + - * / and parentheses")
    return _node(side(_with_quantities(text)), text)


def _with_quantities(text: str) -> str:
    """Each number of the text as a call that Python can read: exact, and with its unit."""
    units = sorted((unit for unit in printed_units() if not unit[0].isascii() or unit[0] == "%"), key=len, reverse=True)
    number = re.compile(rf"(?<![\w.])(\d+(?:\.\d+)?)\s*({'|'.join(map(re.escape, units))})?(?![\w.])")
    return number.sub(lambda found: f'{_QUANTITY}("{found[1]}", "{found[2] or ""}")', text)


def _node(node: ast.expr, text: str) -> Node:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
            return Operation(SIGNS[type(op)], _node(left, text), _node(right, text))
        case ast.Name(id=name):
            return Seen(indicator_named(name))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
            return _call(name, arguments, keywords, text)
    raise Unreadable(ast.unparse(node), "figures, numbers, + - * / and parentheses")


def _call(name: str, arguments: list[ast.expr], keywords: list[ast.keyword], text: str) -> Node:
    if name == _QUANTITY:
        return Quantity(*(str(one.value) for one in arguments if isinstance(one, ast.Constant)))
    if name in TIMES and len(arguments) == 1 and not keywords:
        found = _node(arguments[0], text)
        if isinstance(found, Seen) and not found.time:
            return replace(found, time=name)
    words = [one.id for one in arguments if isinstance(one, ast.Name)]
    if name == "days" and len(words) == len(arguments) == 2:
        return Days(*words)
    if name == "stated" and len(words) == len(arguments) == 1:
        return Stated(*words)
    if keywords and not arguments and name not in (*TIMES, "days", "stated"):
        return Seen(indicator_named(name), scope=tuple((str(one.arg), _part(one.value)) for one in keywords))
    if arguments and name in KINDS and name not in indicators():
        return _view(ast.Call(ast.Name(name), arguments, keywords))
    raise Unreadable(text, "before(figure), at_base(figure), figure(dimension=part), days(date, date) or stated(role)")


def _view(node: ast.Call) -> Seen:
    """growth(pupils), and with more around it: its numbers are counts, and have no unit."""
    text = re.sub(rf"{_QUANTITY}\('([0-9.]+)', ''\)", r"\1", ast.unparse(node))
    try:
        return Seen(find(text).id)
    except InputError as error:
        raise Unreadable(f"{text}: {error.found}", str(error.expected), error.hint) from error


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Call) and isinstance(code := node.args[0], ast.Constant):
        return str(code.value)
    raise Unreadable(ast.unparse(node), "the code of a part, as dimension=code")


def indicator_named(name: str) -> str:
    """The id of the indicator of that name, in code or in Chinese."""
    known = indicators()
    in_chinese = [] if name in known else [one.id for one in known.values() if one.zh == name]
    try:
        return find(in_chinese[0] if in_chinese else name).id
    except InputError as error:
        raise Unreadable(f"{name}, no such indicator", str(error.expected), error.hint) from error


def _kinds(node: Node, unit: str) -> tuple[str, ...]:
    """The units that a side can be counted in; none for a plain number."""
    match node:
        case Seen():
            return (find(node.indicator).unit,)
        case Days():
            return ("calendar_days", "days")
        case Quantity():
            return tuple(printed_units()[node.unit]) if node.unit else ()
        case Operation():
            return _of_operation(node, unit)
    return ()


def _of_operation(node: Operation, unit: str) -> tuple[str, ...]:
    left, right = _kinds(node.left, unit), _kinds(node.right, unit)
    try:
        refuse_apart("a side", (one.indicator for one in figures_of(node)))
    except InputError as error:
        raise Unreadable(str(error.found), f"{error.expected} ({error.hint})") from error
    if node.sign in "+-":
        return _joined(left, right, (node.left, node.right), unit)
    if node.sign == "/" and left and right:
        return ("ratio",) if _joined(left, right, (node.left, node.right), "") else ()
    if node.sign == "/" and right:
        raise Unreadable(f"{_name(node.left)} / {_name(node.right)}", "a figure divided by one of its unit or a number")
    if left and right:
        raise Unreadable(f"{_name(node.left)} * {_name(node.right)}", "a figure times a plain number")
    return left or right


def _joined(left: tuple[str, ...], right: tuple[str, ...], sides: tuple[Node, Node], unit: str) -> tuple[str, ...]:
    """The units that two sides have in common."""
    if not left or not right:
        kinds = left or right
        plain = [one for one, found in zip(sides, (left, right), strict=True) if not found]
        scaled = [kind for kind in kinds if UNITS[kind].per_display != 1]
        if scaled and any(isinstance(one, Quantity) and Fraction(one.text) for one in plain):
            number = next(one.text for one in plain if isinstance(one, Quantity))
            raise Unreadable(f"{number} without a unit", f"{number}{UNITS[scaled[0]].zh} or the like")
        return kinds
    common = tuple(kind for kind in left if kind in right)
    if not common and not unit:
        raise Unreadable(
            f"{_name(sides[0])} in {left[0]} and {_name(sides[1])} in {right[0]}", "two sides of one unit",
            "where both count the same, say as what in the column unit",
        )  # fmt: skip
    return common or (unit,)


def _agreed(kinds: tuple[str, ...], unit: str, text: str) -> str:
    """The unit of a statement: that of its sides, else the one that is declared."""
    if kinds and unit and unit not in kinds:
        raise Unreadable(f"unit {unit}", f"{kinds[0]}, which the sides have", "leave the column unit empty")
    if not kinds and not unit:
        raise Unreadable(text, "a side with a unit", "name the unit in the column unit")
    return unit or kinds[0]


def _counted(node: Node, unit: str) -> Node:
    """The side with each number counted in the exact unit of what stands beside it."""
    if isinstance(node, Quantity) and node.unit:
        return replace(node, counted=_convertible(node, unit))
    if not isinstance(node, Operation):
        return node
    left, right = _kinds(node.left, unit), _kinds(node.right, unit)
    if node.sign == "/" and left and right:
        unit = next(kind for kind in left if kind in right)
    return Operation(node.sign, _counted(node.left, unit), _counted(node.right, unit))


def _convertible(found: Quantity, unit: str) -> str:
    if unit not in printed_units()[found.unit]:
        raise Unreadable(f"{found.text}{found.unit}", f"a number of {unit}")
    return unit


def _name(node: Node) -> str:
    return node.indicator if isinstance(node, Seen) else str(getattr(node, "text", "a side"))
