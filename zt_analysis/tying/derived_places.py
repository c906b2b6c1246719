"""Places that a clause lists, counted together in the next one: 东川县、西平区失辍学基数大，两地共2095人."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.case import Case
from zt_analysis.tying.derived_from import Clause, Found, named_in
from zt_analysis.tying.part_words import whole_pattern

TOGETHER = r"(?P<count>[两二三四五六七八九])(?:地|个?县(?:市?区|（市、区）|市)?)"
SUMMED = re.compile(
    rf"(?P<begins>^|[，,；;。：:]|(?<=[县区市])){TOGETHER}(?:人数)?(?:合计|共计|总计|一共|总共|共|之和)(?:为|达|有)?$"
)
SHARED = re.compile(rf"^(?P<list>.*?){TOGETHER}(?:之和|合计|共|总和)?$")
BETWEEN = re.compile(r"[、和与及\s]*")
CLAUSES = re.compile(r"[，,；;。：:]")


def together(clause: Clause) -> Found | None:
    """…，两地共2095人: the figure that is spoken of, over the places that are listed before."""
    found = SUMMED.search(clause.text)
    if found is None:
        return None
    ends = found.start("count")
    wanted = over_places(clause, clause.text[:ends], found["count"], ends)
    return Found("level", (wanted,), found.start("count")) if wanted else None


def over_places(clause: Clause, said: str, count: str, ends: int, name: str = "") -> Wanted | None:
    """A figure over the places that ``said`` lists last, as many as ``count``.

    Args:
        name: what the figure is called; where it is empty, the last that is named before says so.
    """
    case = clause.case
    listed = _listed(said, case)
    name = name or _last_name(said, case)
    if not listed or not name or len(listed) != count_of(count):
        return None
    units = ("persons", "cases", "fen")
    lead = clause.text[:ends].rstrip("，,；; ")
    begins = max((one.end() for one in CLAUSES.finditer(lead)), default=0)
    # what the places are said of is read as it stands, and once more with them
    wanted = named_in(clause, f"{lead[:begins]}{'、'.join(listed)}{count}地", name, units)
    view = find(wanted.indicator) if wanted else None
    return wanted if isinstance(view, View) and view.kind == "total" else None


def _listed(said: str, case: Case) -> list[str]:
    """The places of one register that stand in a list right after another, the last such list of ``said``."""
    named = [one for one in case.parts.named(said) if one.dimension != "whole"]
    listed = named[-1:]
    for one in reversed(named[:-1]):
        if one.end == listed[0].start or not BETWEEN.fullmatch(said[one.end : listed[0].start]):
            break
        listed.insert(0, one)
    if any(one.dimension not in case.registers or len(one.values) != 1 for one in listed):
        return []
    return [one.text for one in listed]


def _last_name(said: str, case: Case) -> str:
    """The figure that is named last."""
    plain = whole_pattern().sub("", said)
    places = {word: plain.rfind(word) + len(word) for word in case.figure_words if word in plain}
    last = max(places.values(), default=0)
    return max((word for word, end in places.items() if end == last), key=len, default="")
