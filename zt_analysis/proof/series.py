"""Numbers in a row: months and their total, and lists that are said to be in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.proof.chains import Chain
from zt_analysis.proof.growth import middle, printed
from zt_analysis.proof.intervals import Interval
from zt_analysis.proof.judging import judged
from zt_analysis.proof.result import Finding, Quantity, Sentence

DASH = r"\s*(?:[—\-–~～―]{1,2}|至|到)\s*"
SPAN = re.compile(
    rf"(?P<first>\d{{1,2}})月?{DASH}(?P<last>\d{{1,2}})月|截[至止](?:\d{{4}}年)?(?P<until>\d{{1,2}})月|(?P<month>\d{{1,2}})月|(?P<half>上半年|下半年|全年|前三季度|前三个季度)"
    r"|第?(?P<quarter>[一二三四])季度"
)
NAMED = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "前三季度": (1, 9), "前三个季度": (1, 9)}
STOCK = re.compile(r"在校|在园|在职|现有|在册|存量|余额|末|初")
ADDED_UP = re.compile(r"累计|共计|合计|总计|共|已|完成")
FILLER = re.compile(r"累计|合计|共计|总计|共|已|当月|单月|份|底|末|新增|的|为|达到?|，|,|；|;|、|又|再|和|分别")
DESCENDING = re.compile(r"(?:从高到低|由高到低|从大到小|由大到小|从多到少|由多到少|降序)")
ASCENDING = re.compile(r"(?:从低到高|由低到高|从小到大|由小到大|从少到多|由少到多|升序)")
# 排名依次为: in order, from one end or the other
RANKED = re.compile(r"(?:排名|排序|位次)(?:[一-鿿]{0,4})依次(?:为|是)|依次排名")
BRACKETED = re.compile(r"^[）)](?:、|，|,|和|及|与)[^，,；;。（）()]{1,12}[（(]$")
FIRST = re.compile(r"第一|首位|榜首|最高|最多")
SECOND = re.compile(r"其次(?:为|是|依次为)?[一-鿿]{1,8}$")
LOWEST = re.compile(r"倒数|最低|最少|末")
LISTED = re.compile(r"^[、，,和及与]")
BEST = re.compile(
    r"(?:最高|最多|最大)的?(?:是|为)(?P<name>[一-鿿]{2,8}?)(?=[，,。；;、（(]|$)|(?P<other>[一-鿿]{2,8}?)(?:最高|最多|最大|居首|居第一|排名第一|位居第一|排第一)(?=[，,。；;]|$)"
)
WORST = re.compile(
    r"(?:最低|最少|最小)的?(?:是|为)(?P<name>[一-鿿]{2,8}?)(?=[，,。；;、（(]|$)|(?P<other>[一-鿿]{2,8}?)(?:最低|最少|最小|居末|排名末位|排末位)(?=[，,。；;]|$)"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """What was counted from one month to another."""

    first: int
    last: int
    quantity: Quantity


def series_findings(sentence: Sentence, here: Sequence[Chain]) -> Iterator[Finding]:
    """Cumulative numbers against their months, and lists against the order they are said to be in."""
    yield from _cumulative(sentence)
    yield from _ordered(sentence)
    yield from _second(sentence)
    yield from _extremes(sentence, here)


def _cumulative(sentence: Sentence) -> Iterator[Finding]:
    flows = list(_flows(sentence))
    for whole in flows:
        if whole.first == whole.last:
            continue
        parts = _tiled(whole, [one for one in flows if one is not whole])
        if parts:
            total = Interval(Fraction(0), Fraction(0))
            for one in parts:
                total = total + one.interval
            found = judged("cumulative", whole.quantity, total, parts, " + ".join(map(printed, parts)))
            if found:
                yield found
            continue
        for flow in flows:
            inside = whole.first <= flow.first and flow.last <= whole.last and flow is not whole
            if inside and middle(flow.quantity) > middle(whole.quantity):
                numbers = tuple(sorted((q.start, q.end) for q in (flow.quantity, whole.quantity)))
                at = whole.quantity.start, whole.quantity.end
                yield Finding(
                    "cumulative", False, numbers, printed(whole.quantity), f"≥ {printed(flow.quantity)}", at=at
                )


def _flows(sentence: Sentence) -> Iterator[Flow]:
    """The numbers of a sentence that say for which months they are, of one thing in one unit."""
    found: list[tuple[Flow, str]] = []
    end = 0
    for one in sentence.quantities:
        words = sentence.text[end : one.start - sentence.start]
        end = one.end - sentence.start
        spans = list(SPAN.finditer(words))
        if (
            not spans
            or one.depth
            or not one.is_level
            # 截至10月18日，失辍学人数为5304人: what there is on a day may fall
            or (spans[-1]["until"] and not ADDED_UP.search(words))
            or STOCK.search(SPAN.sub("", re.sub(r"[月年]底|月末", "", words)))
        ):
            continue
        rest = FILLER.sub("", re.sub(r"\d{4}年|截[至止]", "", SPAN.sub("", words)))
        found.append((Flow(*_months(spans[-1]), one), re.sub(r"\s|其中", "", rest)))
    names = {name for _, name in found if name}
    units = {flow.quantity.unit for flow, _ in found}
    if len(found) > 1 and _alike(names) and len(units) == 1:
        yield from (flow for flow, _ in found)


def _alike(names: set[str]) -> bool:
    """Whether all say the same, some in fewer words: 发放补助, 发放."""
    longest = max(names, key=len, default="")
    return all(one in longest for one in names)


def _months(found: re.Match[str]) -> tuple[int, int]:
    if found["half"]:
        return NAMED[found["half"]]
    if found["quarter"]:
        quarter = "一二三四".index(found["quarter"])
        return quarter * 3 + 1, quarter * 3 + 3
    if found["until"]:
        return 1, int(found["until"])
    if found["month"]:
        return int(found["month"]), int(found["month"])
    return int(found["first"]), int(found["last"])


def _tiled(whole: Flow, others: Sequence[Flow]) -> list[Quantity]:
    """The flows that follow each other from the first month of ``whole`` to its last; none if they leave a gap."""
    found: list[Quantity] = []
    month = whole.first
    while month <= whole.last:
        fitting = [
            one
            for one in others
            if one.first == month and one.last <= whole.last and (one.first, one.last) != (whole.first, whole.last)
        ]
        if len(fitting) != 1:
            return []
        found.append(fitting[0].quantity)
        month = fitting[0].last + 1
    return found if len(found) > 1 else []


def _ordered(sentence: Sentence) -> Iterator[Finding]:
    for place, one in enumerate(sentence.quantities):
        words = _words_before(sentence, one)
        down, up = DESCENDING.search(words), ASCENDING.search(words)
        ranked = RANKED.search(words)
        word = down or up or ranked
        if word is None:
            continue
        listed = _listed(sentence, sentence.quantities[place:])
        if len(listed) < (2 if down or up else 3):
            continue
        values = [middle(each) for each in listed]
        falling, rising = _break(values, down=True), _break(values, down=False)
        # 排名依次为 does not say which end is first
        wrong = falling if down else rising if up else min(falling or 0, rising or 0) or None
        descending = bool(down) or (not up and values[0] >= values[-1])
        numbers = tuple((each.start, each.end) for each in listed)
        at = listed[wrong] if wrong else listed[-1]
        computed = (" > " if descending else " < ").join(
            printed(each) for each in sorted(listed, key=middle, reverse=descending)
        )
        yield Finding("order", wrong is None, numbers, word.group(), computed, at=(at.start, at.end))


def _second(sentence: Sentence) -> Iterator[Finding]:
    """98.3%，居全市第一；其次为西山县97.6%."""
    for first, second in pairwise(sentence.quantities):
        if first.unit != second.unit or not FIRST.search(first.tail) or not SECOND.search(second.lead):
            continue
        if LOWEST.search(first.tail + first.lead) or first.is_change or second.is_change:
            continue
        numbers = ((first.start, first.end), (second.start, second.end))
        holds = middle(first) >= middle(second)
        yield Finding("order", holds, numbers, printed(first), f"≥ {printed(second)}", at=numbers[0])


def _break(values: Sequence[Fraction], *, down: bool) -> int | None:
    """The first place at which ``values`` go the other way."""
    pairs = ((i, values[i], values[i - 1]) for i in range(1, len(values)))
    return next((i for i, now, before in pairs if now != before and (now > before) == down), None)


def _words_before(sentence: Sentence, one: Quantity) -> str:
    """The words that lead to a number; to the first of those in brackets, what stands before its bracket."""
    if not one.depth:
        return one.lead
    opening = sentence.text[: one.depth].rstrip("（(")
    return "" if re.search(r"[）)]", opening) or one.lead else re.split(r"[；;]", opening)[-1]


def _listed(sentence: Sentence, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a list from its first on: each behind its name, or all in brackets behind their names."""
    listed = [quantities[0]]
    for other in quantities[1:]:
        last = listed[-1]
        words = sentence.text[last.end - sentence.start : other.start - sentence.start]
        named = bool(BRACKETED.match(words)) if last.depth else bool(LISTED.match(other.lead))
        if other.unit != last.unit or bool(other.depth) != bool(last.depth) or not named or other.is_change:
            break
        listed.append(other)
    return listed


def _extremes(sentence: Sentence, here: Sequence[Chain]) -> Iterator[Finding]:
    """最高的是东河区: the number of 东河区 is the highest of those that the sentence lists."""
    levels = [one.level for one in here if one.level is not None and not one.subject.depth]
    for pattern, highest in ((BEST, True), (WORST, False)):
        for found in pattern.finditer(sentence.text):
            name = re.sub(r"^(?:其中|以|而)", "", found["name"] or found["other"] or "")
            before = [one for one in levels if one.end - sentence.start <= found.start()]
            chosen = [one for one in before if name and (one.subject.startswith(name) or one.subject.endswith(name))]
            if len(chosen) != 1:
                continue
            rivals = [one for one in before if one.unit == chosen[0].unit]
            if len(rivals) < 2:
                continue
            values = [middle(one) for one in rivals]
            holds = middle(chosen[0]) == (max(values) if highest else min(values))
            best = (max if highest else min)(rivals, key=middle)
            numbers = tuple(sorted((one.start, one.end) for one in rivals))
            yield Finding(
                "order",
                holds,
                numbers,
                found.group(),
                f"{best.subject}{printed(best)}",
                at=(chosen[0].start, chosen[0].end),
            )
