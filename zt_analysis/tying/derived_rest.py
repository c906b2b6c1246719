"""What is left of a number without the parts behind it: 劝返复学1915人，其中小学330人，其余1585人."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.tying.derived_from import Clause, Found

REST = re.compile(
    r"[，,；;、]\s*(?:其余|剩余|余下|剩下)的?(?:各?县(?:市?区)?)?(?:家庭|学生|子女|人员|人数|部分|的|共|为|是|有)*$"
)
LISTED = re.compile(r"其中|[：:]")
ENDS = re.compile(r"\s*(?:[，,。；;）)\n]|$)")


def rest(clause: Clause) -> Found | None:
    """The number before 其中 without all of those behind it, where they are parts of it that share nothing."""
    found = REST.search(clause.text)
    if found is None or not ENDS.match(clause.after):
        return None
    listed = max((one.end() for one in LISTED.finditer(clause.text, 0, found.start())), default=0)
    wholes = [one for one in clause.before if one.mention.end <= clause.begins + listed]
    parts = [one for one in clause.before if clause.begins + listed <= one.mention.start]
    if not wholes or not parts or any(len(one.wanted) != 1 for one in (wholes[-1], *parts)):
        return None
    whole, *taken = (one.wanted[0] for one in (wholes[-1], *parts))
    if not _are_apart(whole, taken):
        return None
    return Found("rest", (whole, *taken), found.start(), (wholes[-1], *parts))


def _are_apart(whole: Wanted, parts: list[Wanted]) -> bool:
    units = {find(one.indicator).unit for one in (whole, *parts)}
    if len(units) != 1 or not units <= {"persons", "fen", "cases"} or any(one.period != whole.period for one in parts):
        return False
    added = [{*one.scope} - {*whole.scope} for one in parts]
    same = all(one.indicator == whole.indicator and len(more) == 1 for one, more in zip(parts, added, strict=True))
    if same:  # one dimension, each of its values once
        values = [next(iter(more)) for more in added]
        return len({name for name, _ in values}) == 1 and len({*values}) == len(values)
    return len(parts) == 1 and parts[0].scope == whole.scope and parts[0].indicator in _holds(whole)


def _holds(whole: Wanted) -> set[str]:
    """The figures that a sum is made of, or that count some of those that a figure counts."""
    needs = {one.indicator for one in getattr(find(whole.indicator), "needs", ())}
    return needs or {one for one, of in _parts_of() if of == whole.indicator}


def _parts_of() -> set[tuple[str, str]]:
    """Of each share that the office defines what is counted, and in what."""
    from zt_analysis.office import current

    shares = (one for one in current().indicators.values() if one.unit == "ratio" and len(one.inputs) == 2)
    return {(one.inputs[0][0], one.inputs[1][0]) for one in shares}
