"""Shares: a part, its whole and what the one is of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.intervals import Interval, half_step, ratio, spread
from zt_analysis.proof.judging import flat, judged
from zt_analysis.proof.nested import wider
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import SHARES, Finding, Quantity, Sentence
from zt_analysis.proof.words import WHOLE, normal

AMONG = re.compile(r"[一-龥]{3,}(?<!其)(?:[当之]?[中里][，,]|(?:学生|儿童|人|户)[当之]?[中里](?=[一-龥]))")
A_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
AGAIN = re.compile(r"^[，,；;](?P<name>[一-鿿]{2,8}?)(?:占比|占|比例|比重)(?:为|达到?)?$")
EVERYWHERE = re.compile(r"全[国省市县区州乡镇校]")
ALL_OF = re.compile(r"^全[国省市县区州]|总[数量额]|总规模")
# what no word names: 占全国36%, 所占比例
LONG = 4
SHORT = 3
STAGE = re.compile("学前|幼儿|小学|初中|高中|中职|普通高中|[一-龥]{1,4}[县区乡镇](?![一-龥]{0,2}市)")
COUNTED = re.compile("学生|儿童|人数|总数|生数|人$")
OWN_SHARE = re.compile(r"(?!.*其中)(?:.*[，,])?占")
BESIDE = re.compile(r"\s*(?:、|和|与|及|以及)\s*")
LISTED = re.compile(r"分别[^，,；;。\d]{0,4}(?:\d[\d.,]*[^，,；;。\d]{0,3}[、和与及])+$")
UNNAMED = re.compile(r"所占比例|所占比重")


def _of_printed(sentence: Sentence) -> Iterator[Finding]:
    """The whole printed within: 完成8.6亿元，占年度计划10亿元的86%."""
    for part, whole, share in zip(*(sentence.quantities[start:] for start in range(3)), strict=False):
        if not (share.lead == "的" and share.is_rate and re.match(r"^[，,]?占[^占]{0,16}$", whole.lead)):
            continue
        if part.is_level and whole.is_level and part.unit == whole.unit and not is_class(part):
            computed = ratio(part.interval, whole.interval)
            stated = computed.times(1 / SHARES[share.unit]) if computed else None
            way = f"{flat(part.mention.surface)} ÷ {flat(whole.mention.surface)}"
            found = judged("share", share, stated, (part, whole), way)
            if found:
                yield found


def _named_again(plain: Sequence[Quantity]) -> Iterator[Finding]:
    """A part named a second time with its share: 幼儿园96所，其中公办园36所、民办园60所，公办园占37.5%."""
    for place, share in enumerate(plain):
        again = AGAIN.match(share.lead)
        if not again or not share.is_rate:
            continue
        opening = next((i for i, one in enumerate(plain[:place]) if i and "其中" in one.lead), None)
        if opening is None:
            continue
        whole = plain[opening - 1]
        parts = [one for one in plain[opening:place] if one.subject.removeprefix("其中") == again["name"]]
        if len(parts) == 1 and whole.is_level and parts[0].unit == whole.unit and not is_class(parts[0]):
            computed = ratio(parts[0].interval, whole.interval)
            stated = computed.times(1 / SHARES[share.unit]) if computed else None
            way = f"{flat(parts[0].mention.surface)} ÷ {flat(whole.mention.surface)}"
            found = judged("share", share, stated, (parts[0], whole), way)
            if found:
                yield found


def wholes(everything: Iterable[Chain]) -> dict[tuple[str, str], Chain]:
    """The levels of a text by name and unit, where one name has one value."""
    found: dict[tuple[str, str], Chain | None] = {}
    for chain in everything:
        level = chain.level
        if level is None or level.depth or not level.is_level or is_class(level) or level.time:
            continue
        place = chain.subject.key, level.unit
        known = found.get(place, chain)
        same = known is not None and known.level is not None and known.level.interval.meets(level.interval)
        found[place] = known if same else None
    return {place: chain for place, chain in found.items() if chain is not None and len(place[0]) > 1}


def share_findings(
    here: Sequence[Chain], before: Sequence[Sequence[Chain]], everywhere: Mapping[tuple[str, str], Chain] | None = None
) -> Iterator[Finding]:
    """The shares of a sentence.

    Args:
        here: its chains.
        before: the sentences before it in its paragraph, the nearest first.
        everywhere: what ``wholes`` found in the whole text.
    """
    if here:
        yield from _of_printed(here[0].sentence)
        yield from _named_again([one for one in here[0].sentence.quantities if not one.depth])
    for place, chain in enumerate(here):
        if chain.share is None or chain.level is None:
            continue
        whole = _whole(chain, here[:place], before)
        far = whole is None
        whole = whole or _far(chain, everywhere or {})
        if whole is None or whole.level is None:
            continue
        if _is_of_another(chain, whole, here[:place]) or _is_a_part(whole, chain):
            continue
        unnamed = far and not ALL_OF.search(chain.whole) and not EVERYWHERE.match(chain.whole)
        for one in _share(chain, whole):
            yield replace(one, holds=None) if unnamed and not one.holds else one


def _is_of_another(chain: Chain, whole: Chain, earlier: Sequence[Chain]) -> bool:
    """Whether what is printed is not the whole of a part: less than it, of a day of its own, of another name."""
    part, all_of = chain.level, whole.level
    if part is None or all_of is None:
        return True
    if EVERYWHERE.match(chain.whole) and not normal(chain.whole):
        return part.interval.low > all_of.interval.high or not _is_spoken_of(whole.subject.key, chain)
    if chain.whole:
        return whole.sentence is not chain.sentence and part.interval.low > all_of.interval.high
    if part.interval.low > all_of.interval.high:
        return True
    # 全市劝返复学学生中，初中生1585人: of whom the sentence names itself
    since = [one.subject.lead for one in (*earlier, chain) if one.subject.start > whole.subject.start]
    named = next((found[0] for one in since if (found := AMONG.search(one))), "")
    of_another = bool(named) and whole.subject.key[-SHORT:] not in named
    if whole.sentence is chain.sentence:
        return of_another or ("分别" in _clauses_before(chain) and not _is_spoken_of(whole.subject.key, chain))
    day = A_DAY.match(whole.sentence.text)
    apart = day is not None and day[0] not in chain.sentence.text
    return of_another or apart or "分别" in _clauses_before(chain) or _is_far(chain.subject.key, whole.subject.key)


def _is_a_part(whole: Chain, chain: Chain) -> bool:
    """Whether what 占 would be said of is no whole: one of a list (分别为A、B，其中…分别占), or a share itself."""
    if chain.whole or whole.level is None or whole.sentence is not chain.sentence:
        return False
    begins, text = whole.sentence.start, whole.sentence.text
    if LISTED.search(text, 0, whole.level.start - begins) and "分别" in _before(chain):
        return True
    # 分别为12户、11户，占3.57%、3.27%: both are of one list
    if chain.level is not None and BESIDE.fullmatch(text, whole.level.end - begins, chain.level.start - begins):
        return True
    # 受助129406人，居全市首位，占26.50%；西平区87413人，占17.90%
    behind = next((one for one in whole.sentence.quantities if one.start >= whole.level.end and not one.depth), None)
    own = behind is not None and behind.start < chain.subject.start and behind.is_rate
    return own and behind is not None and OWN_SHARE.match(behind.lead) is not None


def _is_spoken_of(name: str, chain: Chain) -> bool:
    """Whether the words before a part, from the last semicolon on, have something of a whole's name."""
    said, plain = _clauses_before(chain), COUNTED.sub("", name)
    pairs = [plain[place : place + 2] for place in range(len(plain) - 1)]
    # 上门送教 and 远程送教 have their end in common
    return 2 * sum(pair in said for pair in pairs) >= len(pairs)


def _clauses_before(chain: Chain) -> str:
    """The text before a part from the last semicolon on."""
    return re.split("[；;。]", chain.sentence.text[: chain.subject.start - chain.sentence.start])[-1]


def _is_far(part: str, whole: str) -> bool:
    """Whether two long names have nothing in common but whom they count: 小学远程送教学生, 失辍学学生."""
    one, other = (COUNTED.sub("", name) for name in (part, whole))
    pairs = {one[place : place + 2] for place in range(len(one) - 1)}
    return len(one) >= LONG + 1 and not any(pair in other for pair in pairs)


def _whole(chain: Chain, earlier: Sequence[Chain], before: Sequence[Sequence[Chain]]) -> Chain | None:
    """The chain of the whole that the share is of; None where the words do not say."""
    name = normal(chain.whole)
    if name:
        for chains in (earlier, *before):
            printed = [one for one in chains if _fits(one, chain) and chain.whole in one.subject.lead]
            if len(printed) == 1:
                return printed[0]
        for chains in (earlier, *before):
            fitting = [one for one in chains if _fits(one, chain) and _named(one, name)]
            if EVERYWHERE.match(chain.whole):  # 占全市受助学生的: not 小学受助学生
                fitting = [one for one in fitting if not STAGE.match(one.subject.key)]
            if fitting:
                return fitting[-1] if len(fitting) == 1 or _same_value(fitting) else None
        return None
    place = EVERYWHERE.match(chain.whole)
    if place:
        named = [one for one in earlier if _fits(one, chain) and place.group() in one.subject.lead]
        return named[0] if len(named) == 1 else None
    return _implied(chain, earlier, before)


def _far(chain: Chain, everywhere: Mapping[tuple[str, str], Chain]) -> Chain | None:
    """The whole that 占全国幼儿园总数的 names in full, wherever the text prints it; 占全国: of what is not private."""
    if chain.level is None:
        return None
    named = everywhere.get((normal(chain.whole), chain.level.unit)) if len(normal(chain.whole)) >= LONG else None
    if named is not None and named is not chain:
        return named
    if not (ALL_OF.search(chain.whole) or (not chain.whole and UNNAMED.search(_before(chain)))):
        return None
    name = normal(chain.whole)
    # 普通、职业本专科在校生 is known by what follows its last 、
    names = [name, name.rpartition("、")[2]] if name else list(wider(chain.level.key))
    found = [everywhere[one, chain.level.unit] for one in names if (one, chain.level.unit) in everywhere]
    return None if not found or found[0] is chain else found[0]


def _before(chain: Chain) -> str:
    return chain.share.lead if chain.share is not None else ""


def _implied(chain: Chain, earlier: Sequence[Chain], before: Sequence[Sequence[Chain]]) -> Chain | None:
    """The whole of 占62%, 占总数的62%: what 其中 leads back to, or the one whole before in its unit."""
    fitting = [one for one in earlier if _fits(one, chain)]
    # of several lists the last: 其中东川县78人；失辍学4717人，其中小学329人，占6.97%
    listed = (i for i in reversed(range(len(fitting))) if "其中" in fitting[i].subject.lead)
    start = None if "其中" in chain.subject.lead else next(listed, None)
    if start is not None:
        fitting = fitting[:start]
    elif "其中" not in chain.subject.lead and len(fitting) > 1:
        fitting = fitting[:1] if _is_total(fitting[0]) else []
    if fitting:
        return None if fitting[-1].share is not None else fitting[-1]
    if earlier and start is None and "其中" not in chain.subject.lead:
        return None
    last = [one for one in before[0] if _fits(one, chain)] if before else []
    return last[-1] if len(last) == 1 and last[-1].share is None else None


def _is_total(chain: Chain) -> bool:
    return chain.level is not None and bool(WHOLE.search(chain.level.lead))


def _fits(one: Chain, part: Chain) -> bool:
    return (
        one.level is not None and part.level is not None and one is not part and one.level.is_level
        and one.level.unit == part.level.unit and not is_class(one.level) and not one.subject.depth
    )  # fmt: skip


def _named(one: Chain, name: str) -> bool:
    key = one.subject.key
    if len(name) < 2:
        return key.endswith(name) and _is_total(one)
    return bool(key) and (key == name or key.endswith(name) or (len(key) > 2 and name.endswith(key)))


def _same_value(chains: Sequence[Chain]) -> bool:
    levels = [one.level for one in chains if one.level is not None]
    return all(one.interval.meets(levels[0].interval) for one in levels)


def _share(chain: Chain, whole: Chain) -> Iterator[Finding]:
    share, part, all_of = chain.share, chain.level, whole.level
    if share is None or part is None or all_of is None:
        return
    computed = ratio(part.interval, all_of.interval)
    factor = SHARES[share.unit]
    found = judged(
        "share", share, computed.times(1 / factor) if computed else None, (part, all_of),
        f"{flat(part.mention.surface)} ÷ {flat(all_of.mention.surface)}",
    )  # fmt: skip
    if found:
        # 占 behind a bracket may be said of what is left without it
        aside = any(part.end <= one.start < share.start for one in chain.sentence.quantities if one.depth)
        yield replace(found, holds=None) if aside and not found.holds else found
    yield from _share_change(chain, whole)


def _share_change(chain: Chain, whole: Chain) -> Iterator[Finding]:
    """The change of a share against the changes of its part and whole."""
    if len(chain.share_changes) != 1 or not chain.changes or not whole.changes:
        return
    points, part, all_of = chain.share_changes[0], chain.changes[0], whole.changes[0]
    references = {one.reference for one in (points, part, all_of)} - {""}
    if (
        len(references) > 1
        or chain.level is None
        or whole.level is None
        or any(o.yearly for o in (points, part, all_of))
    ):
        return
    now = spread(
        lambda a, c, w, d: a / w - (a - c) / (w - d),
        chain.level.interval, part.quantity.interval, whole.level.interval, all_of.quantity.interval,
    )  # fmt: skip
    if now is None or (whole.level.interval - all_of.quantity.interval).low <= 0:
        return
    numbers: tuple[Quantity, ...] = (chain.level, part.quantity, whole.level, all_of.quantity)
    # a change of printed shares is often taken from these as rounded
    slack = 2 * half_step(chain.share.mention) if chain.share is not None else Fraction(0)
    computed = now.times(Fraction(100))
    found = judged("points", points.quantity, Interval(computed.low - slack, computed.high + slack), numbers)
    if found:
        yield found


def whole_number(whole: int, share: Interval) -> bool:
    """Whether some number of ``whole`` things makes ``share`` (of 1).

    >>> whole_number(30, Interval(Fraction(3305, 10000), Fraction(3315, 10000)))
    False
    """
    low = -(-share.low.numerator * whole // share.low.denominator)
    return Fraction(low, whole) <= share.high
