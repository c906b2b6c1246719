"""Numbers that are said to follow from others: 比小学高1.53个百分点, 是小学的13倍多, 后者比前者多1人, 每人约383元.

Each is computed from the figures that its clause and the numbers before it name (``derived_of``). A figure that is
named and not printed is read as its number would be in the same sentence, so that every word of it has to be
understood as it has of any other; a number before it has to be proven itself. Where it is not certain of what a number
is said, or since when, it stays unproven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.derived_added import added, changes_added
from zt_analysis.tying.derived_among import among
from zt_analysis.tying.derived_from import (
    LEAST,
    PLACED,
    TRIED,
    WORDS,
    Clause,
    Found,
    follows,
    last_of,
    last_two,
    named_in,
    pair_of,
    part_of,
)
from zt_analysis.tying.derived_moved import moved
from zt_analysis.tying.derived_net import net
from zt_analysis.tying.derived_of import Derived
from zt_analysis.tying.derived_places import together
from zt_analysis.tying.derived_rest import REST, rest
from zt_analysis.tying.derived_views import changed, share
from zt_analysis.tying.derived_within import within
from zt_analysis.tying.forms import N
from zt_analysis.tying.grown import is_understood, of_part_after
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.restated import above_of
from zt_analysis.tying.said_of_it import first
from zt_analysis.tying.sentences import STATED, Sentences
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.units import families_of_mention, family_of_figure
from zt_analysis.tying.vocabulary import pattern

_SOFT = r"(?:约|大约|正好|恰好|刚好|恰|几乎|将近|差不多|仅|只|还|也|仍|均|都|要|又|更|略|稍|明显|大幅)*"
_MORE = r"(?:高出|多出|超出|高|多)"
_LESS = r"(?:低于|少了|低|少)"
# 初中比小学高1.53个百分点, 后者比前者多7340.99万元, ，比东川县多3人
THAN = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<one>{WORDS}{{0,20}}?){_SOFT}[比较](?P<other>{WORDS}{{2,16}}?)(?:的{N})?的?{_SOFT}"
    rf"(?:(?P<more>{_MORE})|{_LESS})了?{_SOFT}$"
)
# 远程送教学生多于上门送教学生，两者相差385人
MORE_THAN = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<one>{WORDS}{{2,20}}?){_SOFT}(?:(?P<more>[多高大])|[少低小])于(?P<other>{WORDS}{{2,16}}?)[，,；;]\s*"
    rf"(?:(?:两|二)者)?(?:之间)?{_SOFT}(?:相差|差距|差额|差)(?:为|是|达)?{_SOFT}$"
)
# 高于小学1.53个百分点
HIGHER = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<one>{WORDS}{{0,20}}?){_SOFT}(?:(?P<more>高)|低)于(?P<other>{WORDS}{{2,16}}?)的?{_SOFT}$"
)
# ，比东川县多27人: right before another such clause
THAN_BEFORE = re.compile(rf"[，,；;]\s*{_SOFT}[比较]{WORDS}{{2,16}}?的?{_SOFT}(?:{_MORE}|{_LESS})了?{_SOFT}{N}$")
# 上门823人，远程1208人，后者多385人
SHORT_THAN = re.compile(rf"[，,；;]\s*(?P<one>后者|前者){_SOFT}(?:(?P<more>{_MORE})|{_LESS})了?{_SOFT}$")
# 两县相差恰为100人
APART = re.compile(
    r"[，,；;]\s*(?:(?:两|二)(?:者|地|县|区|市|县区|县市区|项|类|种|个?学段)(?:之间)?(?:的?人数|的?金额)?(?:仅|只|约)*(?:相差|差距|差额|差)|(?:仅|只|约)*相差)"
    r"(?:了|约|正好|恰好|刚好|恰|仅|只有|只)*(?:为|是|达)?$"
)
# 初中失辍学人数是小学的13倍多, 约为9月20日的1.88倍
TIMES = re.compile(
    rf"(?:^|[，,；;。：:])\s*(?P<one>{WORDS}{{0,20}}?){_SOFT}(?:是|为|相当于|(?<!下)达到?|(?:接近|将近)(?!的)){_SOFT}"
    rf"(?P<other>[^，,。；;：:、（()）]{{2,16}}?)(?:[（(]{N}[）)]|(?<=[一-龥]){N})?的{_SOFT}$"
)
# 按受益学生平均，每人约383元
MEAN = re.compile(
    r"[，,；;]\s*(?:按(?:受益|受助)?(?:学生|人数)(?:计算|平均|人数平均)*[，,])?(?:平均)?(?:到)?(?:每[人生名]|[人生]均)(?:学生)?"
    r"(?:平均)?(?:约|大约)?(?:为|达|是|合|折合)?$"
)
# 东川县和西平区相比，劝返多25人，上门送教多11人
_MORE_OF = rf"[一-龥]{{3,12}}?{_SOFT}(?:{_MORE}|{_LESS})了?"
OF_TWO = re.compile(
    rf"^\s*(?P<one>[一-龥]{{2,5}}?)(?:和|与|同|跟)(?P<other>[一-龥]{{2,5}}?)(?:相比较?|比较|相对比|比)[，,](?P<said>(?:{_MORE_OF}{N}[，,、；;])*)"
    rf"(?P<name>[一-龥]{{3,12}}?){_SOFT}(?:(?P<more>{_MORE})|{_LESS})了?{_SOFT}$"
)
ITEM_OF_TWO = re.compile(rf"(?P<name>[一-龥]{{3,12}}?){_SOFT}(?:{_MORE}|{_LESS})了?{N}")
TIMED = "×"
# 小学降幅约为初中的两倍: of how far two figures have moved, which no level says
HOW_FAR = re.compile(r"幅|[增减升降][速量势]|变化|进度|差[距额值]|[增减]长?[加少]?数")


def derived(reading: Reading, sentences: Sentences, case: Case, known: Mapping[int, Reading]) -> Reading:
    """The reading of a number; of one that means no figure itself, how it follows from others."""
    mention = reading.mention
    left = reading.wanted and REST.search(reading.context.before)  # 小学330人，其余1585人 is no 小学
    if (
        (reading.wanted and not left) or reading.excuse or reading.parts or mention.kind not in STATED
        or mention.role != "figure" or not isinstance(mention.value, Decimal)
        or reading.context.run[1] > 1  # 分别增长87.05%、88.75%: of a list
        or of_part_after(reading.context, case)
    ):  # fmt: skip
        return reading
    start, end = sentences.bounds(mention)
    inside = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    before = tuple(known[one.start] for one in inside if one.start in known and one.kind in STATED)
    clause = Clause(
        mention, sentences.text[start : mention.start], sentences.text[mention.end : end], start, before,
        above_of(reading.context), case,
    )  # fmt: skip
    for read in READERS:
        if (found := read(clause)) and fits(found, mention):
            if found.how.rstrip("-") in ("change", "growth"):
                return _viewed(found, reading, clause)
            of = _plain(found.of[0])
            in_all = found.how == "share" and all(one.indicator == of.indicator for one in found.of)
            placed = PLACED.search(clause.text, 0, found.since)
            said = len(clause.text) - (placed.start() if placed else found.since)
            why = is_understood(mention, reading.context, of, case, said, ranked=in_all)
            if time := first(reading.context.near_after, BASE, OTHER):  # 占下达额的48.11%去年
                why = Meaning(reason=filled("tie_other_time", words=time))
            if why or found.how == "level":
                return replace(reading, meaning=why or Meaning(found.of))
            said_of = tuple(one.mention.start for one in found.said_of)
            made = Derived(found.how, found.of, _as_judged(mention, found.how), said_of)
            return replace(reading, meaning=None, derived=made)
    return reading


def _viewed(found: Found, reading: Reading, clause: Clause) -> Reading:
    """A change or growth: of a fall that its verb tells, the number is as it would be with a sign."""
    (of,) = found.of
    view = replace(of, indicator=find(f"{found.how.rstrip('-')}({of.indicator})").id)
    mention = reading.mention
    why = is_understood(mention, reading.context, of, clause.case, len(clause.text) - found.since)
    value = mention.value
    if found.how.endswith("-") and isinstance(value, Decimal):
        value = -abs(value)
    return replace(reading, mention=replace(mention, value=value, kind="change"), meaning=why or Meaning((view,)))


def _plain(wanted: Wanted) -> Wanted:
    """The figure that a sum over places is of, by whose words it is called."""
    view = find(wanted.indicator)
    return replace(wanted, indicator=view.needs[0].indicator) if isinstance(view, View) else wanted


def fits(found: Found, mention: Mention) -> bool:
    """Whether the number has a unit of what is computed, and the figures one of each other."""
    units = [find(one.indicator).unit for one in found.of]
    how, same = found.how.rstrip("-"), len(set(units)) == 1
    if how == "mean":
        return units == ["fen", "persons"] and mention.unit == "元"
    if how == "level":
        return family_of_figure(units[0]) in families_of_mention(mention)
    if how in ("growth", "share", "times"):
        right = {"growth": ("%", "成"), "share": ("%", "成", "1"), "times": (TIMED,)}[how]
        counted = how != "share" or (units[0] in ("persons", "fen", "cases") and not _exclude_one_another(found.of))
        return same and counted and mention.unit in right and (how == "growth" or found.of[0] != found.of[1])
    if how == "apart" and len({(one.indicator, one.period) for one in found.of}) > 1:
        return False  # 失辍学293人、劝返78人: of two places, and of two things
    points = units[0] == "ratio" and mention.unit == "百分点"
    counted = units[0] != "ratio" and family_of_figure(units[0]) in families_of_mention(mention)
    return same and (points or counted) and (how == "change" or len(found.of) >= LEAST)


def _exclude_one_another(of: Sequence[Wanted]) -> bool:
    """上门送教占劝返复学的42.98%: the one is no part of the other (kind ``disjoint``), nor of a sum of both."""
    whole = find(of[-1].indicator)
    if isinstance(whole, View) and whole.kind == "total" and of[0].indicator in {one.indicator for one in whole.needs}:
        return False
    names = [find(one.indicator).zh for one in of]
    said = [found[0] if (found := pattern("disjoint").match(name)) else "" for name in names]
    return all(said) and len(set(said)) == len(said)


def _as_judged(mention: Mention, how: str) -> Mention:
    value = abs(mention.value) if isinstance(mention.value, Decimal) else mention.value
    unit = "1" if how == "times" else mention.unit
    return replace(mention, value=value, unit=unit, kind="rate" if how == "times" else "count")


def _than(clause: Clause) -> Found | None:
    """初中比小学高1.53个百分点."""
    if short := SHORT_THAN.search(clause.text):
        both = last_two(clause, short.start(), short["one"])
        return replace(both, how="more" if short["more"] else "less") if both else None
    found = THAN.search(clause.text) or MORE_THAN.search(clause.text)
    if found is None and clause.mention.unit == "百分点":  # 高于小学0.06%: what the other is
        found = HIGHER.search(clause.text)
    if found is None or HOW_FAR.search(found["one"]):
        return None
    pair = pair_of(clause, found) or (_than_again(clause, found) if not found["one"].strip() else None)
    return Found("more" if found["more"] else "less", pair.of, found.start(), pair.said_of) if pair else None


def _than_again(clause: Clause, found: re.Match[str]) -> Found | None:
    """78人，比东川县多27人，比西岭县多39人: of the number before the first of such clauses."""
    begins = found.start()
    while before := THAN_BEFORE.search(clause.text, 0, begins):
        begins = before.start()
    text = f"{clause.text[:begins]}{clause.text[found.start() :]}"
    again = THAN.search(text) if begins < found.start() else None
    if again is None:
        return None
    ends = clause.begins + begins
    kept = tuple(one for one in clause.before if one.mention.end <= ends)
    return pair_of(replace(clause, text=text, before=kept), again)


def _of_two(clause: Clause) -> Found | None:
    """东川县和西平区相比，劝返多25人，上门送教多11人: each of the figures that are named, of the one and the other."""
    found = OF_TWO.match(clause.text)
    parts = [part_of(found[one], clause.case) for one in ("one", "other")] if found else []
    if found is None or not all(parts) or parts[0] == parts[1] or parts[0][0][0] != parts[1][0][0]:
        return None
    names = [one["name"] for one in ITEM_OF_TWO.finditer(found["said"])]
    every = [named_in(clause, found["one"], one, TRIED) for one in (*names, found["name"])]
    if not all(one is not None and one.scope == parts[0] for one in every):
        return None
    of = every[-1]
    return Found("more" if found["more"] else "less", (of, replace(of, scope=parts[1])), 0) if of else None


def _times(clause: Clause) -> Found | None:
    """初中失辍学人数是小学的13倍多."""
    found = TIMES.search(clause.text) if clause.mention.unit == TIMED else None
    pair = pair_of(clause, found) if found and not HOW_FAR.search(found["one"]) else None
    return Found("times", pair.of, found.start(), pair.said_of) if found and pair else None


def _apart(clause: Clause) -> Found | None:
    """两县相差恰为100人: of the two numbers before."""
    found = APART.search(clause.text)
    last = last_of(clause, LEAST, found.start()) if found else ()
    # 两 is a number of its own
    if found is None or len(last) != LEAST or not follows(clause, last[-1], found.start()):
        return None
    return Found("apart", tuple(one.wanted[0] for one in last), found.start(), last)


def _mean(clause: Clause) -> Found | None:
    """受益学生743740人，支出28495.92万元，每人约383元: of the one sum and the one number of persons before."""
    found = MEAN.search(clause.text)
    counted = [one for one in clause.before if one.mention.end <= clause.begins + (found.start() if found else 0)]
    if found is None or len(counted) < LEAST or any(len(one.wanted) != 1 for one in counted[-LEAST:]):
        return None
    last = counted[-LEAST:]
    by_unit = {find(one.wanted[0].indicator).unit: one for one in last}
    apart = len(counted) == LEAST and follows(clause, last[-1], found.start())
    if (
        not apart
        or set(by_unit) != {"fen", "persons"}
        or not _of_one(by_unit["fen"].wanted[0], by_unit["persons"].wanted[0])
    ):
        return None
    both = by_unit["fen"], by_unit["persons"]
    return Found("mean", tuple(one.wanted[0] for one in both), found.start(), both)


def _of_one(money: Wanted, persons: Wanted) -> bool:
    """Whether a sum and a number of persons are those of a figure a head that the office defines."""
    both = {money.indicator, persons.indicator}
    return money.period == persons.period and money.scope == persons.scope and any(one == both for one in _means())


def _means() -> Iterator[set[str]]:
    """What each figure a head is made from."""
    from zt_analysis.office import current

    for one in current().indicators.values():
        if one.unit == "fen_per_person":
            yield {name for name, _ in one.inputs}


READERS: tuple[Callable[[Clause], Found | None], ...] = (
    rest,
    _than,
    _of_two,
    _times,
    _apart,
    _mean,
    within,
    among,
    share,
    moved,
    changes_added,
    changed,
    net,
    together,
    added,
)
