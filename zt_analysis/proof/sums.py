"""Wholes and the parts that 其中, 包括 and 分别为 name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zt_analysis.proof.adding import AMONG, AVERAGE, EACH, GIVEN, TOTAL, added, some, summed, within
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.exhausting import disjoint, everything
from zt_analysis.proof.growth import printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import Finding, Quantity
from zt_analysis.proof.words import SEMICOLON, normal

OF_WHICH = re.compile(r"^在?(?P<whole>[^，,；;。：:中]{2,14})中[，,]?(?=[一-鿿])")
# what is no part: 另有…, 总里程达…
ASIDE = re.compile(r"另有|另外|此外|还有|另|^[，,；;、]?(?:总(?!务)|累计|全[国省市县区州])")
FIRST_PART = re.compile(r"^[，,；;]?(?:其中)?[，,]?(?:包括|分别?[为是有]|分为|即|由(?![^，,；;]*[，,、])|：|:)")
# 三项分别为: it counts the names before it, and divides no number
IN_TURN = re.compile(r"[两二三四五六七八九\d](?:项|者|类|种|个?指标|组)(?:数据|指标|人数|数字|数)?分别?[为是有]$")
# of places that are named some are left out: how their sum misses the whole says nothing
NAMED_PLACE = re.compile(r"[一-鿿](?<![城郊片园校市])(?:县|区|市|州|旗)$")
NEEDED_DIGITS = 500
LIKELY = Fraction(5, 100)
SIGNED = 3


@dataclass(frozen=True, slots=True)
class Split:
    """A whole and the chains that are named as its parts; ``whole_claimed``: the words say that these are all."""

    whole: Chain
    parts: tuple[Chain, ...]
    whole_claimed: bool


def complete_lists(sentences: Iterable[tuple[Sequence[Chain], Sequence[Chain]]]) -> Counter[tuple[str, ...]]:
    """How often each list of parts adds up to its whole, less how often it does not: 博士生, 硕士生."""
    found: Counter[tuple[str, ...]] = Counter()
    for here, before in sentences:
        for split in _splits([one for one in here if not one.subject.depth], before):
            parts = _close(split)
            levels = [one.level for one in parts if one.level is not None]
            if len(levels) > 1 and split.whole.level is not None:
                found[_names(parts)] += 1 if split.whole.level.interval.meets(summed(levels)) else -1
    return found


def _names(parts: Sequence[Chain]) -> tuple[str, ...]:
    """A list of parts by the ends of their names, which the whole does not change: 招收博士生, 毕业博士生."""
    return tuple(one.subject.subject[-SIGNED:] for one in parts)


def _close(split: Split) -> tuple[Chain, ...]:
    """The parts up to the first semicolon if there are two; behind it something else may begin.

    What is more than the whole has begun it.
    """
    levels = [one.level for one in split.parts if one.level is not None]
    near = _first_segment(levels)
    if len(near) > 1 or split.whole.level is None:
        return split.parts[: len(near)]
    most = split.whole.level.interval.high
    ends = (place for place, one in enumerate(levels) if place >= len(near) and one.interval.low > most)
    return split.parts[: next(ends, len(split.parts))]


def sum_findings(
    here: Sequence[Chain], before: Sequence[Chain], lists: Counter[tuple[str, ...]] | None = None
) -> Iterator[Finding]:
    """The sums of a sentence.

    Args:
        here: its chains.
        before: those of the sentence before in its paragraph.
        lists: what ``complete_lists`` found in the whole text.
    """
    main = [one for one in here if not one.subject.depth]
    for split in _splits(main, before):
        rest = split.parts[-1].subject.subject if len(split.parts) > 1 else ""
        last = split.parts[-1].level if split.parts else None
        each = last is not None and EACH.search(last.lead) is not None
        known = (rest.startswith(("其他", "其余", "其它")) and not each) or bool(
            lists and lists[_names(_close(split))] > 0
        )
        yield from _split_findings(replace(split, whole_claimed=split.whole_claimed or known))


def _splits(main: Sequence[Chain], before: Sequence[Chain]) -> Iterator[Split]:
    for place, chain in enumerate(main):
        level = chain.level
        if level is None or not level.is_level or not level.unit:
            continue
        among = AMONG.search(level.lead)
        said = chain.sentence.text[: level.start - chain.sentence.start]
        # 其中： names some of them, 分别为 all
        listed = not among and bool(FIRST_PART.match(level.lead)) and place > 0 and not IN_TURN.search(said)
        named = OF_WHICH.match(level.lead) if place == 0 else None
        if not among and not listed and not named:
            continue
        # the first number may only say which things are meant: 其中56人以上的大班
        start = place + 1 if is_class(level) else place
        for begin in (start, start + 1) if _paired(main, start) else (start,):
            yield from _split(main, (place, begin), before, named["whole"] if named else "", listed=listed)


def _paired(main: Sequence[Chain], start: int) -> bool:
    """Whether two numbers stand back to back in a list: 其中小学6200人620万元，初中8120人1015万元."""
    levels = [one.level for one in main[start : start + 2]]
    return len(levels) > 1 and levels[1] is not None and not levels[1].lead and levels[1].is_level


def _split(
    main: Sequence[Chain], where: tuple[int, int], before: Sequence[Chain], name: str, *, listed: bool
) -> Iterator[Split]:
    """The split whose words stand at ``where[0]`` and whose first part at ``where[1]``."""
    place, start = where
    level = main[place].level
    first = main[start].level if start < len(main) else None
    if first is None or level is None:
        return
    among = AMONG.search(level.lead)
    opening = level.lead[: among.start()] if among else ""
    starts_sentence = not re.sub(r"[，,；;。：:\s]", "", opening) and place == 0
    whole = _antecedent(main[:place], before if starts_sentence else (), first)
    if name:
        whole = _of_name(name, before, first)
    if whole is None or whole.level is None or AVERAGE.search(whole.level.lead):
        return
    parts = _parts(main[start:], first.unit, across=starts_sentence or bool(re.match(r"^[；;：:]", level.lead)))
    claimed = (bool(listed) and bool(GIVEN.search(whole.level.lead))) or everything(whole.level, parts)
    yield Split(whole, tuple(parts), claimed)


def _antecedent(main: Sequence[Chain], before: Sequence[Chain], part: Quantity) -> Chain | None:
    for chains in (main, before):
        fitting = [
            one
            for one in chains
            if one.level is not None and one.level.unit == part.unit and one.level.is_level and not one.subject.depth
            and not is_class(one.level)
        ]  # fmt: skip
        if len(fitting) > 1:
            # 失辍学4717人、上门送教823人，其中东川县分别为1250人、218人; 其中，东川县失辍学1250人: of the one it names
            if re.search("分别|依次", part.lead):
                return None
            fitting = [one for one in fitting if one.level and _is_named(one.level.key, part.key)] or fitting
        if fitting:
            last = next((one for one in reversed(chains) if not one.subject.depth), None)
            return fitting[-1] if chains is main or fitting[-1] is last else None
    return None


def _is_named(whole: str, part: str) -> bool:
    """东川县失辍学 is a part of what is called 失辍学."""
    return bool(whole) and part != whole and part.endswith(whole)


def _of_name(words: str, before: Sequence[Chain], part: Quantity) -> Chain | None:
    """The level of the sentence before that 普通高校中，本科院校12所 is a part of."""
    name = normal(words)
    fitting = [
        one
        for one in before
        if one.level is not None and one.level.unit == part.unit and one.level.is_level and one.level.key == name
    ]
    return fitting[0] if len(fitting) == 1 and name else None


def _parts(main: Sequence[Chain], unit: str, *, across: bool) -> list[Chain]:
    found: list[Chain] = []
    for place, chain in enumerate(main):
        level = chain.level
        if level is None:
            continue
        if is_class(level):
            continue
        if level.unit != unit and (not level.lead or _paired(main, place)):
            continue
        if level.unit != unit or not level.is_level:
            break
        aside = ASIDE.search(level.lead) or ASIDE.search(chain.subject.lead)
        if found and (AMONG.search(level.lead) or aside or TOTAL.match(level.lead)):
            break
        if found and _begins_another(found[0].level, level):
            break
        if found and not across and SEMICOLON.match(level.lead):
            break
        found.append(chain)
    return found


def _begins_another(first: Quantity | None, level: Quantity) -> bool:
    """其中建档立卡户9人，20名学生享受营养餐: parts are named before their numbers, and this one begins a clause."""
    named = first is not None and bool(re.search(r"[一-鿿]", AMONG.sub("", first.lead)))
    return named and level.lead in ("，", ",") and bool(level.tail)


def _split_findings(split: Split) -> Iterator[Finding]:
    whole = split.whole.level
    parts = [one.level for one in split.parts if one.level is not None]
    if whole is None or not parts:
        return
    near = _first_segment(parts)
    split = replace(split, parts=_close(split))
    parts = [one.level for one in split.parts if one.level is not None]
    above = [one for one in near if one.interval.low > whole.interval.high]
    yield from (within(one, whole) for one in above)
    if above:
        return
    bounds = [within(one, whole) for one in parts]
    if len(parts) < 2:
        yield from bounds
        return
    sums = summed(parts)
    changes = _changes(split)
    agreeing = bool(changes and changes[0].interval.meets(summed(changes[1])))
    complete = split.whole_claimed or whole.interval.meets(sums) or agreeing
    if complete or (not all(NAMED_PLACE.search(one.subject) for one in parts) and _one_digit(whole, sums, parts)):
        yield from some(judged("sum", whole, sums, parts, " + ".join(map(printed, parts))))
        if changes and complete:
            yield from some(judged("sum", changes[0], summed(changes[1]), changes[1], added(changes[1])))
    else:
        yield from bounds
        yield from _together(whole, sums, parts)


def _together(whole: Quantity, sums: Interval, parts: Sequence[Quantity]) -> Iterator[Finding]:
    """Parts that only 、 divides and that are more than their whole: one may count the same people twice."""
    apart = any(re.search(r"[，,；;]", one.lead) for one in parts[1:])
    if sums.low <= whole.interval.high or not (found := judged("parts", whole, sums, parts, added(parts))):
        return
    if disjoint(parts):
        yield found
    elif not apart:
        yield replace(found, holds=None)


def _first_segment(parts: Sequence[Quantity]) -> list[Quantity]:
    """The parts up to the first semicolon; behind it something else may begin."""
    stop = next((place for place, one in enumerate(parts) if place and SEMICOLON.match(one.lead)), len(parts))
    return list(parts[:stop])


def _changes(split: Split) -> tuple[Quantity, list[Quantity]] | None:
    """The change of the whole and of every part, where each prints one, compared with the same."""
    chains = (split.whole, *split.parts)
    if any(not one.changes or one.changes[0].yearly for one in chains):
        return None
    if len({one.changes[0].reference for one in chains}) > 1:
        return None
    first = [one.changes[0].quantity for one in chains]
    return first[0], first[1:]


def _one_digit(whole: Quantity, sums: Interval, parts: Sequence[Quantity]) -> bool:
    """Whether one digit altered explains why the parts miss the whole, and chance hardly does."""
    step = min(Fraction(one.mention.step) for one in (whole, *parts))
    # of round numbers fewer digits say anything
    while step < whole.interval.high and all(
        ((one.interval.low + one.interval.high) / 2) % (step * 10) == 0 for one in (whole, *parts)
    ):
        step *= 10
    slack = (sums.high - sums.low + whole.interval.high - whole.interval.low) / 2
    gap = abs((sums.low + sums.high) / 2 - (whole.interval.low + whole.interval.high) / 2)
    size = whole.interval.high / step
    if size < NEEDED_DIGITS:
        return False
    tries, place = 0, step
    hit = False
    while place <= whole.interval.high:
        if place > slack * 4 or not slack:
            tries += 9
            hit = hit or any(abs(gap - digit * place) <= slack for digit in range(1, 10))
        place *= 10
    return hit and tries * (2 * slack / step + 1) / size <= LIKELY
