"""What the words around a level say of it: its change, its growth, its base, its share, in one chain of clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from zt_analysis.proof.respective import list_from, respective_list
from zt_analysis.proof.result import Quantity, Sentence
from zt_analysis.proof.words import (
    BETWEEN,
    COMPARED,
    HEAD_AT_END,
    HEAD_ONLY,
    REFERENCE,
    SEMICOLON,
    VERB,
    YEARLY,
    normal,
)

SHARE = re.compile(
    r"^[，,、；;（(]*(?:分别|各|均|约|已|也|共|仅|只|合计|又)*"
    r"(?:占比|占(?P<whole>[^，,；;。占]{0,40}?)(?:的(?:比例|比重|百分比|份额|百分之)?|比例|比重|份额)?|所占(?:比例|比重)|比重|比例|占有率)"
    r"(?:分别|约|达到?|为|是|高达|仅|近|超过|至|到)*$"
)
EACH = r"(?:[人生校班]均|每(?:[生人校班户天日月年亩次]|学[年期]))*"
FROM = re.compile(rf"(?:由|从)(?:{REFERENCE}|原来|原先|之前|此前|最初|当时|\d+月)?(?:的|时的|末的|底的)?{EACH}$")
TO = re.compile(
    r"^[，,]?(?:人|所|元)?(?:大幅|逐步|逐年|稳步|已|又|再|分别|持续)*(?:增加|增长|提高|提升|上升|上涨|增|升|涨|扩大|下降|减少|降低|降|减|回落|压减|缩减|缩小|下滑|下跌|压降|上调|下调|提|调|调整|变化|发展|变)?"
    r"(?:了)?(?:到|至|为|成)(?:今年的?|本年的?|目前的?|现在的?|当前的?|(?:20|19)\d\d年(?:底|末)?的?)?$"
)
REACHED = re.compile(
    r"^[，,]?(?:总数|总量|总规模|总额|规模|数量|总人数|人数)?(?:已|共)?(?:达到|达|增至|增加到|增长到|降至|减至|减少到|下降到|提高到|上升到|为|至)(?:了)?$"
)
# 较9月20日的1033人减少188人
A_DAY = r"(?:(?:20|19)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|初)?"
BASE = re.compile(
    rf"^[，,；;（(]?(?:而)?(?:比|较|高于|低于|多于|少于|超过|是|为|相当于)?(?P<ref>{REFERENCE}|{A_DAY}(?=的$))的?(?:为|是|有)?(?:仅|只有|只)?$"
)
NOW = re.compile(
    r"^[，,；;]?(?:而|则|到)?(?:今年|本年|当年|本月|本期|目前|现在|(?:20|19)\d\d年)(?:度|底|末)?(?:则)?(?:为|是|有|达到?|增至|降至|增加到|减少到|达|共|共有)*$"
)
WHOLES = re.compile(r"[和与及、]|以及")
SUMMED = re.compile(r"^[，,、；;]?(?:合计|共计|总计|共)")
# 比小学的0.06%高出1.53个百分点: what is compared with is no level that has risen
OF_ANOTHER = r"(?:比|较)[^，,；;：:的\d]{1,12}的$"
BASE_OF_ANOTHER = re.compile(rf"^[，,]?(?:要|还|也|均|都)?{OF_ANOTHER}")
OPENING_BASE = re.compile(rf"(?:比|较)(?:{REFERENCE}|{A_DAY})的$|{OF_ANOTHER}")
# 与2017年的412所相比，今年378所
OPENING_WITH = re.compile(rf"(?:与|同|和){REFERENCE}的$")
WITH = re.compile(r"^[^，,；;]{0,8}相比")
MULTIPLE_OF = re.compile(r"^[，,；;（(]?(?:而)?(?:是|为|相当于)")
TIMES_OF = re.compile(rf"(?:是|为|相当于|达到?|约为)(?:{REFERENCE}|原来|原先|最初)的?$")
# 较年初的2.4万人减少0.3万人，现有在校生2.1万人
LEFT = re.compile(r"^[，,](?:现有|目前有?|现为|现在有?)[一-鿿]{0,6}$")
EACH_MORE = re.compile(r"^(?:每[生人校班户年月]|[人生]均)$")
STANDARD = re.compile(r"均|每|标准|定额|单价")


@dataclass(eq=False, slots=True)
class Change:
    """The size of a change, compared with ``reference``; ``yearly``: on average each year."""

    quantity: Quantity
    reference: str
    verb: str
    yearly: bool = False


@dataclass(eq=False, slots=True)
class Chain:
    """A level and what its clauses say of it.

    Attributes:
        subject: the quantity that names it; ``level`` may come later (增加3所，达到12所) or not at all.
        base: the level it is compared with, where it is printed; ``verb``: the word between base and level.
        changes: in the level's own unit; ``growths`` as shares of the base; ``times``: multiples of the base.
        share: what it is of a whole, with the words that name the whole; ``share_changes``: in points.
    """

    sentence: Sentence
    subject: Quantity
    level: Quantity | None = None
    base: Quantity | None = None
    verb: str = ""
    changes: list[Change] = field(default_factory=list)
    growths: list[Change] = field(default_factory=list)
    times: list[Quantity] = field(default_factory=list)
    share: Quantity | None = None
    whole: str = ""
    share_changes: list[Change] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """What the first change is compared with."""
        first = [*self.changes, *self.growths]
        return first[0].reference if first else ""


def modifier(lead: str) -> tuple[str, str, str, bool]:
    """What is left of ``lead`` once the words of a comparison are taken off, the reference, the verb, and 年均.

    >>> modifier("，比上年增加")
    ('', '上年', '增加', False)
    """
    yearly = bool(YEARLY.search(lead))
    rest = YEARLY.sub("", lead)
    compared = COMPARED.search(rest)
    reference = (compared["ref"] or compared["year"] or compared["month"]) if compared else ""
    rest = COMPARED.sub("", rest)
    verb = VERB.search(rest)
    rest = BETWEEN.sub("", VERB.sub("", rest))
    rest = re.sub(r"^(?:数|数量|总数|人数|其|了|个|又|再|还|也|均|，)+$", "", rest)
    return rest, reference, verb.group() if verb else "", yearly


def chains(sentence: Sentence) -> list[Chain]:
    """The chains of a sentence, in order; those in brackets after the others."""
    found: list[Chain] = []
    depths = sorted({one.depth for one in sentence.quantities})
    for depth in depths:
        found += _run(sentence, [one for one in sentence.quantities if one.depth == depth])
    return found


def _run(sentence: Sentence, quantities: Sequence[Quantity]) -> list[Chain]:
    found: list[Chain] = []
    chain: Chain | None = None
    place = 0
    while place < len(quantities):
        if bases := _list_of_bases(quantities, place):
            _join_bases([*found, *([chain] if chain else [])], bases)
            place += len(bases)
            continue
        listed = respective_list(quantities, place)
        if listed and _joins_list([*found, *([chain] if chain else [])], listed):
            place += len(listed)
            continue
        one = quantities[place]
        place += 1
        if chain is not None and _joins(chain, one):
            continue
        if chain is not None:
            found.append(_closed(chain))
        chain = _opened(one, sentence)
    return found if chain is None else [*found, _closed(chain)]


def _list_of_bases(quantities: Sequence[Quantity], place: int) -> list[Quantity]:
    """较9月20日的440人、640人: the list that begins at ``place``; empty where a number is alone or says no base."""
    first = quantities[place]
    return list_from(quantities, place) if BASE.match(first.lead) and not first.is_change else []


def _join_bases(known: Sequence[Chain], bases: Sequence[Quantity]) -> None:
    """Give each chain of the list before them its own base; what fits no list is left out, never guessed."""
    targets = [one for one in known if one.level is not None and one.level.unit == bases[0].unit]
    if len(targets) == len(known) == len(bases) and not any(one.base for one in targets):
        for chain, one in zip(targets, bases, strict=True):
            chain.base = one


def _joins_list(known: Sequence[Chain], listed: Sequence[Quantity]) -> bool:
    """Give each chain of the list before its own of ``listed``; what fits no list is left out, never guessed."""
    first = listed[0]
    share = SHARE.match(first.lead)
    if not first.is_change and not (first.is_rate and share):
        return False
    if first.is_change and modifier(first.lead)[0].strip("的"):
        return False
    targets = [one for one in known if one.level is not None and not SUMMED.search(one.level.lead)][-len(listed) :]
    fitting = len(targets) == len(listed) and len({one.level.unit for one in targets if one.level}) == 1
    wholes = _wholes(share["whole"] or "", len(listed)) if share else []
    for place, (chain, one) in enumerate(zip(targets, listed, strict=False)):
        if fitting and share and not first.is_change:
            chain.share, chain.whole = one, wholes[place]
        elif fitting:
            _, reference, verb, yearly = modifier(first.lead)
            _add_change(chain, one, Change(one, reference, verb, yearly))
    return True


def _wholes(words: str, count: int) -> list[str]:
    """What each share of a list is of: 分别占招生总数和在校生总数的; the one whole of all where one is named."""
    named = [one for one in WHOLES.split(words) if one]
    if len(named) != count:
        return [words] * count
    # 特殊教育招生总数和在校生总数: the second is of what the first is of
    topic = HEAD_AT_END.sub("", normal(named[0]))
    return [one if not HEAD_ONLY.match(normal(one)) else topic + one for one in named]


def _closed(chain: Chain) -> Chain:
    """The chain once nothing joins it: a level of another year that nothing followed is its level."""
    if chain.level is None and chain.base is not None and not (chain.growths or chain.changes or chain.share_changes):
        chain.level, chain.base = chain.base, None
    return chain


def _opened(one: Quantity, sentence: Sentence) -> Chain:
    chain = Chain(sentence, one)
    if one.is_change:
        _, reference, verb, yearly = modifier(one.lead)
        _add_change(chain, one, Change(one, reference, verb, yearly))
    elif (
        FROM.search(one.lead)
        or OPENING_BASE.search(one.lead)
        or _compared_with(one)
        or (one.time and (one.is_level or one.is_rate))
    ):
        chain.base = one
    else:
        chain.level = one
    return chain


def _compared_with(one: Quantity) -> bool:
    return bool(OPENING_WITH.search(one.lead)) and "相比" in one.tail


def _joins(chain: Chain, one: Quantity) -> bool:
    """Whether ``one`` says something of the chain's level; if so, it is added."""
    if one.is_change:
        _settle(chain, one)
        return _joins_change(chain, one)
    share = SHARE.match(one.lead)
    if one.is_rate and share and chain.level is not None and chain.level.is_level and chain.share is None:
        chain.share, chain.whole = one, share["whole"] or ""
        return True
    if one.unit == "×" and (TIMES_OF.search(one.lead) or (one.lead == "的" and chain.base is not None)):
        chain.times.append(one)
        return True
    return _joins_level(chain, one)


def _settle(chain: Chain, one: Quantity) -> None:
    """Make the level of another year, which no level of this year follows, the level: 2005年共扫除文盲169万人."""
    if chain.base is not None and chain.level is None and chain.base.time and not FROM.search(chain.base.lead):
        rest = modifier(one.lead)[0]
        if not OPENING_BASE.search(chain.base.lead) and not rest.strip("的"):
            chain.level, chain.base = chain.base, None


def _joins_level(chain: Chain, one: Quantity) -> bool:
    if one.unit != chain.subject.unit:
        return False
    if chain.level is None:
        moved = bool(chain.changes or chain.growths)
        reached = moved and bool(REACHED.match(one.lead) or (chain.base is not None and LEFT.match(one.lead)))
        base = chain.base
        now = base is not None and bool(base.time or _compared_with(base)) and bool(NOW.match(WITH.sub("", one.lead)))
        to = base is not None and (now or bool(TO.match(one.lead)))
        if reached or to:
            chain.level, chain.verb = one, "" if reached else one.lead
        return reached or to
    if chain.base is None and not chain.changes and (BASE.match(one.lead) or BASE_OF_ANOTHER.match(one.lead)):
        # 是上年的: what follows says how many times
        if MULTIPLE_OF.match(one.lead) and not one.tail.startswith("的"):
            return False
        chain.base = one
        return True
    return False


def _joins_change(chain: Chain, one: Quantity) -> bool:
    rest, reference, verb, yearly = modifier(one.lead)
    # of a standard for each, 每生增加70元 is its change
    if EACH_MORE.match(rest) and STANDARD.search(chain.subject.lead):
        rest = ""
    # 的 ends the base: 比上年的A增长B
    if rest.strip("的"):
        return False
    if SEMICOLON.match(one.lead) and not (reference or chain.changes or chain.base):
        return False
    _add_change(chain, one, Change(one, reference, verb, yearly))
    return True


def _add_change(chain: Chain, one: Quantity, change: Change) -> None:
    if one.unit in ("百分点", "基点"):
        chain.share_changes.append(change)
    elif one.unit == "×":
        chain.times.append(one)
    elif one.unit in ("%", "‰", "成", "1"):
        chain.growths.append(change)
    else:
        chain.changes.append(change)
