"""A declared statement in words, as a page shows it: figures and dimensions by their names in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_analysis.checks import statement_nodes as nodes
from zt_analysis.indicators import find
from zt_analysis.indicators.dimensions import dimension_label
from zt_analysis.project_file import LANGUAGES
from zt_analysis.terms import named

if TYPE_CHECKING:
    from zt_analysis.checks.statements import Identity

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
OPERATORS = {"==": "=", "<=": "≤", "<": "<", "~=": "≈"}
TIMES = {"before": ("{}（期初）", "{} at the beginning"), "at_base": ("{}（基期）", "{} at the base date")}


def in_words(one: Identity) -> tuple[str, str]:
    """The statement in Chinese and in English."""
    zh, en = (_said(one, language) for language in LANGUAGES)
    return zh, en


def _said(one: Identity, language: str) -> str:
    zh = language == "zh"
    by = ("、" if zh else ", ").join(dimension_label(name)[language] for name in one.by)
    if one.kind == "partition":
        names = [find(name).label[language] for name in one.indicators] or ["每个指标" if zh else "every figure"]
        listed = ("、" if zh else ", ").join(names)
        return f"按{by}各部分合计等于总数：{listed}" if zh else f"The parts by {by} add up to the whole: {listed}"
    if one.kind == "twice":
        kept = one.statement.replace("==", "=")
        return f"{kept}（按{by or '每个指标'}逐一核对）" if zh else f"{kept} (each number by {by or 'figure'})"
    if one.kind == "rows":
        return f"{one.statement}（{one.of} 的每一行）" if zh else f"{one.statement} (each row of {one.of})"
    statement = _compared(one.compared, language)
    where = [f"按{by}" if zh else f"by {by}"] * bool(by) + ["逐周" if zh else "each week"] * bool(one.each)
    if not where:
        return statement
    return f"{statement}（{'、'.join(where)}）" if zh else f"{statement} ({', '.join(where)})"


def _compared(one: nodes.Compared, language: str) -> str:
    left = _node(one.left, language)
    if one.right is None:
        return left
    within = f" ± {one.within.text}{one.within.unit}" if one.within else ""
    return f"{left} {OPERATORS[one.operator]} {_node(one.right, language)}{within}"


def _node(node: nodes.Node, language: str) -> str:
    match node:
        case nodes.Operation(sign=sign, left=left, right=right):
            sides = [_node(left, language), _node(right, language)]
            for place, one in enumerate((left, right)):
                if isinstance(one, nodes.Operation) and (sign in "*/" or (place and sign == "-")):
                    sides[place] = f"({sides[place]})"
            return f" {SIGNS[sign]} ".join(sides)
        case nodes.Seen():
            return _seen(node, language)
        case nodes.Quantity(text=text, unit=unit):
            return f"{text}{unit}"
        case nodes.Days(first=first, last=last):
            pair = _word(first, language), _word(last, language)
            return "{}至{}的天数".format(*pair) if language == "zh" else "days from {} to {}".format(*pair)
        case nodes.Stated(role=role):
            return _word(f"role_{role}", language, role)


def _seen(node: nodes.Seen, language: str) -> str:
    zh = language == "zh"
    name = find(node.indicator).label[language]
    parts = ("、" if zh else ", ").join(_word(code, language) for _, code in node.scope)
    name = (f"{name}（{parts}）" if zh else f"{name} ({parts})") if parts else name
    return TIMES[node.time][not zh].format(name) if node.time else name


def _word(key: str, language: str, otherwise: str = "") -> str:
    term = named(key)
    return str(getattr(term, language)) if term else otherwise or key
