"""Verbs whose object is not said again: 高中阶段发放10918万元 where one figure alone of the office is paid so."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.units import families_of_mention

BARE = re.compile(
    rf"(?:^|(?<=[，,；;。：:、\s]))(?P<who>[一-龥]{{2,12}}?)(?P<verb>[一-龥]{{2}})(?P<soft>了|共|约|近|超|达|为)?(?={HERE})"
)
BESIDE = re.compile(r"(?:阶段|学段|教育|学校|学生|共|已|累计|实际)*$")


def with_its_object(said: Said) -> Iterator[Form]:
    """高中阶段发放10918.35万元 -> 高中阶段发放资助资金10918.35万元, where nothing else is named in the sentence."""
    found = BARE.search(said.text)
    if found is None or "money" not in families_of_mention(said.mention):
        return
    named = said.case.parts.named(found["who"])
    one = named[0] if len(named) == 1 and named[0].start == 0 and named[0].counted else None
    if one is None or not BESIDE.fullmatch(found["who"], one.end):
        return
    others = [each for each in said.case.parts.named(said.text) if each.dimension != one.dimension]
    objects = _objects(found["verb"], said.case)
    if objects and all(each.dimension in said.case.parts.places for each in others):
        ends = found.end("verb") + len(found["soft"] or "")
        ahead = f"{said.text[: found.end('verb')]}{objects}{said.text[found.end('verb') : ends]}"
        yield Form(f"{ahead}{said.text[ends:]}")


def _objects(verb: str, case: Case) -> str:
    """What a verb is said with where it is that of one figure: the first word of the group beside it."""
    found: dict[str, str] = {}
    for one in case.phrases:
        if one.scope or one.family != "money" or find(one.indicator).derived:
            continue
        if any(word != verb and word.endswith(verb) and len(one.groups) == 1 for word in one.words):
            found.setdefault(one.indicator, "")
        for place, group in enumerate(one.groups):
            if verb in group and len(one.groups) > 1 and one.own in (None, place):
                found[one.indicator] = found.get(one.indicator) or one.groups[1 - place][0]
    (only,) = found.values() if len(found) == 1 else ("",)
    return only
