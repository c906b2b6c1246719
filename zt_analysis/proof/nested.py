"""A name that narrows another of the text: private schools are no more than all schools, teachers than the staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zt_analysis.proof.adding import within
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import printed
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import Finding, Quantity

# words before a name that leave a part of it
NARROWING = ("民办", "公办", "普惠性", "农村", "乡村", "城区", "城市", "县镇", "女")
# a name that counts a part of what the other counts; 专任教师 are none of 教职工, which are counted by school
WITHIN = (("寄宿生", "在校生"), ("留守儿童", "在校生"))
COMPULSORY = re.compile(r"^义务(?:阶段)?(?:共有|共)?(在校生|招生|毕业生|专任教师|寄宿生)$")
SYNONYMS = (("儿童", "幼儿"), ("幼儿", "儿童"), ("在校生", "在校学生"))
Levels = Mapping[tuple[str, str], Chain]


def nested_findings(here: Sequence[Chain], everywhere: Levels) -> Iterator[Finding]:
    """The levels of a sentence against those of which their names say that they are a part.

    Args:
        here: the chains of the sentence.
        everywhere: the levels of the whole text by name and unit, where one name has one value.
    """
    for chain in here:
        level = chain.level
        if level is None or level.depth or not level.is_level or level.time:
            continue
        if everywhere.get((level.key, level.unit)) is not chain:
            continue
        for name in wider(level.key):
            found = everywhere.get((name, level.unit))
            if found is not None and found.level is not None:
                yield within(level, found.level)
                break
        yield from _compulsory(level, everywhere)


def _compulsory(level: Quantity, everywhere: Levels) -> Iterator[Finding]:
    """义务教育在校生 against those of 小学 and 初中: special schools may be counted in."""
    measure = COMPULSORY.match(level.key)
    if measure is None or level.unit != "人":
        return
    parts = [everywhere.get((stage + measure[1], level.unit)) for stage in ("小学", "初中")]
    levels = [one.level for one in parts if one is not None and one.level is not None]
    if len(levels) == len(parts):
        total = levels[0].interval + levels[1].interval
        found = judged("sum", level, total, levels, " + ".join(map(printed, levels)))
        if found:
            yield found if found.holds else replace(found, holds=None)


def wider(key: str) -> Iterator[str]:
    """The names that ``key`` narrows: 民办普通高中在校生 is of 普通高中在校生."""
    for word in NARROWING:
        rest = key.replace(word, "", 1)
        if word in key[:8] and len(rest) > 1:
            yield from (rest, *_synonyms(rest))
            if rest.startswith("普通"):
                yield rest.removeprefix("普通")
                yield rest.removeprefix("普通") + "学校"
    for part, whole in WITHIN:
        if key.endswith(part):
            yield key.removesuffix(part) + whole


def _synonyms(name: str) -> Iterator[str]:
    for word, other in SYNONYMS:
        if word in name:
            yield name.replace(word, other)
