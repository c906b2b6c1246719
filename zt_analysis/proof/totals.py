"""Totals behind their parts, parts in brackets, and parts that by their words are all of what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zt_analysis.numbers.numerals import count_of
from zt_analysis.proof.adding import AMONG, AVERAGE, EACH, GIVEN, TOTAL, added, some, summed, within
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.exhausting import by_state, everything
from zt_analysis.proof.growth import printed
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import Finding, Quantity

SO_MANY = re.compile(
    r"([两二三四五六七八九])(?:项|者|类|种|个?县市?区?|地|校|批|期)[^，,；;]{0,2}(?:合计|共计|总计|一共|共)"
)
PARTLY = re.compile(r"其中|含|包括|不|另|上年|去年|原|约|最|如|比|较")


def total_findings(here: Sequence[Chain]) -> Iterator[Finding]:
    """The sums of a sentence that stand behind their parts, in brackets, or need no 其中."""
    main = [one for one in here if not one.subject.depth]
    yield from _totals(main)
    yield from _apart(main)
    yield from _bracketed(here)
    yield from _listed_in_brackets(here)


def _totals(main: Sequence[Chain]) -> Iterator[Finding]:
    """小学120所、初中80所，合计200所."""
    for place, chain in enumerate(main):
        level = chain.level
        if level is None or not level.is_level or not TOTAL.match(level.lead):
            continue
        parts = _counted(_since_semicolon(_run_back(main[:place], level), level), level)
        if any(EACH.search(one.lead) for one in parts):  # 其余县均不足200人，合计1915人
            continue
        if len(parts) < 2 or not _same_noun(level, parts):
            continue
        yield from some(judged("sum", level, summed(parts), parts, " + ".join(map(printed, parts))))


def _apart(main: Sequence[Chain]) -> Iterator[Finding]:
    """Parts that follow their whole without 其中 and by their words are all of it: 男…，女…; 已…，正在…，未…."""
    for place, chain in enumerate(main):
        whole = chain.level
        if whole is None or not whole.is_level or not GIVEN.search(whole.lead):
            continue
        parts: list[Chain] = []
        for one in main[place + 1 :]:
            level = one.level
            if level is None or level.unit != whole.unit or not re.match(r"^[，,、]", level.lead):
                break
            parts.append(one)
        levels = [one.level for one in parts if one.level is not None]
        if not any(AMONG.search(one.lead) for one in levels) and (everything(whole, parts) or by_state(levels)):
            yield from some(judged("sum", whole, summed(levels), levels, added(levels)))


def _same_noun(level: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a noun behind the total (共50名教师) is one that the parts are of."""
    noun = level.subject
    return not noun or any(noun in (one.subject + one.tail + one.lead) or one.subject in noun for one in parts)


def _run_back(before: Sequence[Chain], level: Quantity) -> list[Quantity]:
    """The levels right before in the same unit, in order; a total among them starts the run anew."""
    found: list[Quantity] = []
    for chain in reversed(before):
        one = chain.level
        if one is None or one.unit != level.unit or not one.is_level or is_class(one) or TOTAL.match(one.lead):
            break
        found.append(one)
        if AMONG.search(one.lead) or re.search(r"[：:]", one.lead):
            break
    return found[::-1]


def _counted(parts: list[Quantity], whole: Quantity) -> list[Quantity]:
    """The last of the parts, where the sum says of how many it is: 三项合计."""
    said = SO_MANY.search(whole.lead)
    number = (count_of(said[1]) if said else None) or 0
    return parts[-number:] if 1 < number < len(parts) else parts


def _since_semicolon(parts: list[Quantity], whole: Quantity) -> list[Quantity]:
    """The parts since the last semicolon, unless it is the sum of all: 在校369人；小学149人、初中64人，合计213人."""
    last = max((place for place, one in enumerate(parts) if one.lead.startswith(("；", ";"))), default=0)
    behind = parts[last:]
    return behind if len(behind) > 1 and not whole.interval.meets(summed(parts)) else parts


def _listed_in_brackets(here: Sequence[Chain]) -> Iterator[Finding]:
    """All the parts in brackets behind their whole: 1200所（小学900所，初中300所）."""
    outer = [one.level for one in here if one.level is not None and not one.subject.depth]
    inside: dict[int, list[Quantity]] = {}
    for chain in here:
        if chain.level is not None and chain.subject.depth:
            inside.setdefault(chain.subject.depth, []).append(chain.level)
    for parts in inside.values():
        wholes = [one for one in outer if one.end <= parts[0].start]
        whole = wholes[-1] if wholes else None
        alike = whole is not None and whole.is_level and all(one.is_level and one.unit == whole.unit for one in parts)
        if whole is None or not alike or len(parts) < 2 or PARTLY.match(parts[0].lead) or is_class(parts[0]):
            continue
        if whole.end == parts[0].depth + here[0].sentence.start - 1 and not AVERAGE.search(whole.lead):
            yield from some(judged("sum", whole, summed(parts), parts, " + ".join(map(printed, parts))))


def _bracketed(here: Sequence[Chain]) -> Iterator[Finding]:
    """A part in brackets behind its whole: 5.24万所（含职业初中11所）."""
    by_end = [one.level for one in here if one.level is not None and not one.subject.depth]
    for chain in here:
        part = chain.level
        if part is None or not part.depth or not part.is_level or not part.unit:
            continue
        outer = [one for one in by_end if one.end <= part.start and one.unit == part.unit and one.is_level]
        if outer and re.match(r"^(?:其中|含|包括)", part.lead):
            yield within(part, outer[-1])
