"""Sums, parts and differences: what is printed as a whole against what is printed as its parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.exhausting import everything
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import flat, judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import Finding, Quantity
from zt_analysis.proof.words import normal

TOTAL = re.compile(
    r"^[，,、；;：:]?(?:以上|上述|这)?(?:全[国省市县区州乡镇校班园])?(?:[两二三四五六七八九]|\d)?(?:项|者|类|级|部分|学?段|种|个?部分|县|校|地)?(?:加起来|相加|之和)?的?"
    r"(?:合计|共计|总计|一共|总共|累计|合共|共有|共|总数|总额)(?:为|达到?|有|是|约|资助|投入|支出|安排|发放|下达|完成|招生|招收|配备)*$"
)
AMONG = re.compile(r"其中")
OF_WHICH = re.compile(r"^在?(?P<whole>[^，,；;。：:中]{2,14})中[，,]?(?=[一-鿿])")
ASIDE = re.compile(r"另有|另外|此外|还有|另")
PARTS = re.compile(r"(?:包括|分为|由|分别[为是有]|即|：|:)")
FIRST_PART = re.compile(r"^[，,；;]?(?:其中)?[，,]?(?:包括|分别?[为是有]|分为|即|由|：|:)")
AVERAGE = re.compile(r"平均|[校班人户均]均|规模|最[高低多少大小]|比例|标准")
PARTLY = re.compile(r"其中|含|包括|不|另|上年|去年|原|约|最|如|比|较")
GIVEN = re.compile(r"共|合计|总计|总数|总|全")
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
                found[_names(parts)] += 1 if split.whole.level.interval.meets(_sum(levels)) else -1
    return found


def _names(parts: Sequence[Chain]) -> tuple[str, ...]:
    """A list of parts by the ends of their names, which the whole does not change: 招收博士生, 毕业博士生."""
    return tuple(one.subject.subject[-SIGNED:] for one in parts)


def _close(split: Split) -> tuple[Chain, ...]:
    """The parts up to the first semicolon if there are two; behind it something else may begin."""
    levels = [one.level for one in split.parts if one.level is not None]
    near = _first_segment(levels)
    return split.parts[: len(near)] if len(near) > 1 else split.parts


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
    yield from _totals(main)
    for split in _splits(main, before):
        rest = split.parts[-1].subject.subject if len(split.parts) > 1 else ""
        known = rest.startswith(("其他", "其余", "其它")) or bool(lists and lists[_names(_close(split))] > 0)
        yield from _split_findings(replace(split, whole_claimed=split.whole_claimed or known))
    yield from _bracketed(here)
    yield from _listed_in_brackets(here)


def _totals(main: Sequence[Chain]) -> Iterator[Finding]:
    """小学120所、初中80所，合计200所."""
    for place, chain in enumerate(main):
        level = chain.level
        if level is None or not level.is_level or not TOTAL.match(level.lead):
            continue
        parts = _run_back(main[:place], level)
        if len(parts) < 2 or not _same_noun(level, parts):
            continue
        yield from _some(judged("sum", level, _sum(parts), parts, " + ".join(map(_text, parts))))


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


def _splits(main: Sequence[Chain], before: Sequence[Chain]) -> Iterator[Split]:
    for place, chain in enumerate(main):
        level = chain.level
        if level is None or not level.is_level or not level.unit:
            continue
        among = AMONG.search(level.lead)
        listed = FIRST_PART.match(level.lead) and place > 0
        named = OF_WHICH.match(level.lead) if place == 0 else None
        if not among and not listed and not named:
            continue
        # the first number may only say which things are meant: 其中56人以上的大班
        start = place + 1 if is_class(level) else place
        first = main[start].level if start < len(main) else None
        if first is None:
            continue
        opening = level.lead[: among.start()] if among else ""
        starts_sentence = not re.sub(r"[，,；;。：:\s]", "", opening) and place == 0
        whole = _antecedent(main[:place], before if starts_sentence else (), first)
        if named:
            whole = _of_name(named["whole"], before, first)
        if whole is None or whole.level is None or AVERAGE.search(whole.level.lead):
            continue
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
        if fitting:
            last = next((one for one in reversed(chains) if not one.subject.depth), None)
            return fitting[-1] if chains is main or fitting[-1] is last else None
    return None


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
    for chain in main:
        level = chain.level
        if level is None:
            continue
        if is_class(level):
            continue
        if level.unit != unit or not level.is_level:
            break
        if found and (AMONG.search(level.lead) or ASIDE.search(level.lead) or TOTAL.match(level.lead)):
            break
        if found and not across and re.match(r"^[；;]", level.lead):
            break
        found.append(chain)
    return found


def _split_findings(split: Split) -> Iterator[Finding]:
    whole = split.whole.level
    parts = [one.level for one in split.parts if one.level is not None]
    if whole is None or not parts:
        return
    near = _first_segment(parts)
    split = replace(split, parts=_close(split))
    parts = [one.level for one in split.parts if one.level is not None]
    above = [one for one in near if one.interval.low > whole.interval.high]
    yield from (_within(one, whole) for one in above)
    if above:
        return
    within = [_within(one, whole) for one in parts]
    if len(parts) < 2:
        yield from within
        return
    sums = _sum(parts)
    changes = _changes(split)
    agreeing = bool(changes and changes[0].interval.meets(_sum(changes[1])))
    complete = split.whole_claimed or whole.interval.meets(sums) or agreeing
    if complete or _one_digit(whole, sums, parts):
        yield from _some(judged("sum", whole, sums, parts, " + ".join(map(_text, parts))))
        if changes and complete:
            yield from _some(judged("sum", changes[0], _sum(changes[1]), changes[1], _added(changes[1])))
    else:
        yield from within
        yield from _together(whole, sums, near)


def _together(whole: Quantity, sums: Interval, parts: Sequence[Quantity]) -> Iterator[Finding]:
    """Parts that only 、 divides and that are more than their whole: one may count the same people twice."""
    apart = any(re.search(r"[，,；;]", one.lead) for one in parts[1:])
    if not apart and sums.low > whole.interval.high and (found := judged("parts", whole, sums, parts, _added(parts))):
        yield replace(found, holds=None)


def _within(part: Quantity, whole: Quantity) -> Finding:
    numbers = tuple(sorted(((whole.start, whole.end), (part.start, part.end))))
    holds = part.interval.low <= whole.interval.high
    return Finding("part", holds, numbers, _text(part), f"≤ {_text(whole)}", at=(part.start, part.end))


def _first_segment(parts: Sequence[Quantity]) -> list[Quantity]:
    """The parts up to the first semicolon; behind it something else may begin."""
    stop = next((place for place, one in enumerate(parts) if place and re.match(r"^[；;]", one.lead)), len(parts))
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
            yield from _some(judged("sum", whole, _sum(parts), parts, " + ".join(map(_text, parts))))


def _bracketed(here: Sequence[Chain]) -> Iterator[Finding]:
    """A part in brackets behind its whole: 5.24万所（含职业初中11所）."""
    by_end = [one.level for one in here if one.level is not None and not one.subject.depth]
    for chain in here:
        part = chain.level
        if part is None or not part.depth or not part.is_level or not part.unit:
            continue
        outer = [one for one in by_end if one.end <= part.start and one.unit == part.unit and one.is_level]
        if outer and re.match(r"^(?:其中|含|包括)", part.lead):
            yield _within(part, outer[-1])


def _sum(parts: Sequence[Quantity]) -> Interval:
    total = Interval(Fraction(0), Fraction(0))
    for one in parts:
        total = total + one.interval
    return total


def _added(parts: Sequence[Quantity]) -> str:
    signs = (f" {'-' if one.interval.high < 0 else '+'} {_text(one)}" for one in parts)
    return "".join(signs).removeprefix(" + ").strip()


def _some(found: Finding | None) -> Iterator[Finding]:
    if found:
        yield found


def _text(one: Quantity) -> str:
    return flat(one.mention.surface)
