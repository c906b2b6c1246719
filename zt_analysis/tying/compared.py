"""Numbers that are said of the number before them: 比上年增加1.45万所，增长5.44%; 占招生总数的41.70%.

Each is a view of it. Only figures of whole years, quarters and the like are read so, and only what is measured from
exactly the same of the year before or from the one before (比上年, 比上季度, 环比, or what follows: ，增长). What the
number before means decides what these mean; where that is not certain, nor are they.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, break_between, find, inputs
from zt_analysis.indicators.views import View, seen_then
from zt_analysis.numbers import Mention
from zt_analysis.office import current
from zt_analysis.spans import WHOLE
from zt_analysis.terms import filled
from zt_analysis.tying import wording
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import caption_left
from zt_analysis.tying.dates import moment
from zt_analysis.tying.marks import CLAUSE_END, NOTE
from zt_analysis.tying.meaning import Meaning, fitting
from zt_analysis.tying.named_spans import measured_from
from zt_analysis.tying.part_words import part_words, stated_dimensions, whole_pattern
from zt_analysis.tying.ranks import placed, said_place
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.units import families_of_mention, family_of_figure

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

# figures of a term or week are read as texts of their office say them, unless words say from when
YEARLY = ("year", "half", "quarter", "month")
WHOLES = ("总数", "总人数", "总量", "总额")
_THEN = r"(?:比|较)(?P<then>[^，,。；;、（()）\d比较]{1,8}?)(?:相比)?|(?P<short>同比|环比)"
_VERB = r"(?:增加|增长|提高|上升|增多|减少|下降|降低)了?"
_SINCE = re.compile(rf"[，,]?\s*(?:{_THEN}){_VERB}\s*")
_GOES_ON = re.compile(rf"[，,]\s*{_VERB}\s*")
_SHARE = re.compile(
    r"[，,]\s*占(?:到了?)?(?P<whole>[^，,。；;]{2,30}?)(?:总数|总量|总人数|合计)?的?(?:比例|比重)?(?:为|达|达到)?\s*"
)
# 其中初中1585名，占82.8%: a part's share is one in its whole
_BARE = re.compile(r"[，,]\s*占比?(?:为|达|达到)?\s*")
# 供水量比上年同期增长2.4%: what moved is named, and not how much it is
_NAMED = re.compile(rf"(?P<name>[^，,。；;：:、\d]{{2,20}}?)(?:{_THEN}){_VERB}\s*")
SAID_ALONE = frozenset({"占", "占比"})
_COUNTS = re.compile(r"(?:学生|儿童)?(?:总人数|总数|总额|总量|人数|学生|数)?$|^总")
_LEADS = re.compile(r"(?:共计?|合计|总计|已|为|是|有|达到?|约)+$")
FAR = 60
_ALL = re.compile(r"^(?:全部|所有|全体)(?:的)?")
_INSIDE = re.compile(r"[（(][^（）()]*[）)]")


def compared(
    mention: Mention, sentences: Sentences, case: Case, readings: Mapping[int, Reading]
) -> Meaning | None:  # fmt: skip
    """What a number that is said of the one before it means; None of any other.

    Args:
        readings: those of the numbers before it, by where they begin.
    """
    anchor, lead, since = _anchor(mention, sentences)
    if anchor is None:
        return _of_name(mention, sentences, case)
    of = readings.get(anchor.start)
    wanted = of.wanted if of and not of.excuse else ()
    if len(wanted) == 1 and (share := _of_all(mention, wanted[0], lead, case, _clause(sentences.text, anchor))):
        rates = _rates_of(wanted[0], case) if _BARE.fullmatch(lead) else []
        begins = sentences.bounds(mention)[0]
        if "其中" in sentences.text[begins : mention.start]:  # of the number before: 受助38199人，其中…，占67.29%
            counted = [one for at, one in readings.items() if begins <= at < mention.start]
            wholes = {each.indicator for one in counted for each in one.wanted}
            # of a whole that is not read nobody knows whether it is the rate's
            known = all(one.wanted or one.excuse for one in counted)
            rates = [one for one in rates if not known or {each.indicator for each in inputs(one)[1:]} & wholes]
        return _placed(fitting((share, *rates), mention, case), wanted[0], sentences.around(mention), case)
    if _BARE.fullmatch(lead):  # 建档立卡户327802人，占比67.14%: a figure of its own, by its words
        return None
    if not wanted or any(find(one.indicator).time not in WHOLE for one in wanted):
        # a figure of a day is read as texts of its office say it
        return None if not _is_yearly(case) else _said_of(anchor)
    then = {one: measured_from(since, find(one.indicator).time, one.period) for one in wanted} if since else {}
    if not _SHARE.fullmatch(lead) and (changed := _redefined(wanted, then)):
        return Meaning(reason=changed)
    found = tuple(view for one in wanted if (view := _view(mention, one, lead, then.get(one, ""), case)))
    known = len(found) == len(wanted)
    return _said_behind(Meaning(found), sentences.around(mention), case) if known else _said_of(anchor)


def _said_behind(meant: Meaning, context: Context, case: Case) -> Meaning:
    """占全市的26.5%据网传, 占下达额的48.11%去年: the meaning, unless a word right behind is not understood."""
    if time := next((found[0] for one in (BASE, OTHER) if (found := one.search(context.near_after))), ""):
        return Meaning(reason=filled("tie_other_time", words=time))
    if meant.wanted and (left := caption_left(context.near_after, case.parts, case.names)):
        return Meaning(reason=filled("tie_unknown_words", words=left), unknown=(left,))
    return meant


def _placed(share: Meaning, of: Wanted, context: Context, case: Case) -> Meaning:
    """占全市的26.5%，居全市第一: the share, unless its part has another place or none; 人数 says it of the number."""
    share = _said_behind(share, context, case)
    said = said_place().search(context.plain_after)
    if said is None or not share.wanted:
        return share
    placing = of if said["what"] in ("人数", "数量", "金额") else share.wanted[0]
    after, untrue = placed(placing, context.plain_after, case, "", context.plain_rest)
    if untrue is None and after == context.plain_after:
        untrue = filled("tie_other_words", words=said[0].strip("，, "))
    return Meaning(reason=untrue) if untrue else share


def _of_name(mention: Mention, sentences: Sentences, case: Case) -> Meaning | None:
    """供水量比上年同期增长2.4%, 2.4% of the whole: only where nothing around it names a part or a number."""
    context = sentences.around(mention)
    said = _NAMED.fullmatch(context.clause_before)
    parts = [one for text in (context.before, *context.topics) for one in case.parts.named(text)]
    if said is None or mention.kind != "change" or context.earlier or any(one.dimension != "whole" for one in parts):
        return None
    name = whole_pattern().sub("", said["name"])
    units = {find(one.indicator).unit for one in case.phrases if find(one.indicator).time in YEARLY}
    named = [one for unit in sorted(units) if (one := named_figure(name, unit, case))]
    if len(named) != 1 or find(named[0]).time not in YEARLY:
        return None
    # 比上年同期 says what it is held against, not when it is
    tail = context.clause_before[said.end("name") :]
    cut = ("before", "clause_before", "stretch", "masked", "plain_before")
    without = replace(context, **{one: getattr(context, one).removesuffix(tail) for one in cut})  # type: ignore[arg-type]
    seen = moment(without, find(named[0]), case.paper)
    if seen.beyond:
        return None
    wanted = Wanted(named[0], seen.period)
    then = measured_from(said["then"] or said["short"], find(named[0]).time, wanted.period)
    if changed := _redefined([wanted], {wanted: then}):
        return Meaning(reason=changed)
    view = _view(mention, wanted, "", then, case)
    return Meaning((view,)) if view else None


def _anchor(mention: Mention, sentences: Sentences) -> tuple[Mention | None, str, str]:
    """The number that ``mention`` is said of, by which words, and what says from when; empty where nothing does."""
    inside = [one for one in sentences.inside(mention) if one.role == "figure" and one.kind != "ordinal"]
    chain = [mention]
    for one in [one for one in reversed(inside) if one.start < mention.start]:
        if _is_bracketed(one, chain[-1], sentences.text):
            continue
        lead = _lead(sentences.text, one, chain[-1])
        if lead is None:
            break
        chain.append(one)
    if len(chain) == 1 or all(sentences.around(one).run[1] > 1 for one in (mention, chain[-1])):
        return None, "", ""  # 分别为9168万元、5491万元，占全市的6.86%、4.11%: each is of the number of its turn
    leads = [_lead(sentences.text, one, after) or "" for after, one in pairwise(chain)]
    # 比上年增加1.45万所，增长5.44%: since when is said once; the nearest that says it counts
    since = next((said["then"] or said["short"] for one in leads if (said := _SINCE.fullmatch(one))), "")
    return chain[-1], leads[0], since


def _lead(text: str, before: Mention, mention: Mention) -> str | None:
    """What stands between two numbers, notes and brackets aside, where the second is then said of the first."""
    between = NOTE.sub("", text[before.end : mention.start])
    # the bracket may open before the first: 2688所（含独立学院257所），比上年
    between = _INSIDE.sub("", between).lstrip("）)")
    # 189人，居全市第三位，占全市的9.9%: the place is judged at the number that it is said of
    between = said_place().sub("", between)
    forms = (_SINCE, _GOES_ON, _SHARE, _BARE)
    said = next((found for one in forms if (found := one.fullmatch(between))), None)
    return between if said else None


def _is_bracketed(one: Mention, after: Mention, text: str) -> bool:
    """Whether a number stands in a bracket that is closed before the next one."""
    opened = max(text.rfind("（", 0, one.start), text.rfind("(", 0, one.start))
    closed = max(text.rfind("）", 0, one.start), text.rfind(")", 0, one.start))
    ends = re.search(r"[）)]", text[one.end : after.start])
    return opened > closed and ends is not None


def _view(mention: Mention, of: Wanted, lead: str, then: str, case: Case) -> Wanted | None:
    unit = find(of.indicator).unit
    try:
        if share := _SHARE.fullmatch(lead):
            whole = named_figure(share["whole"], unit, case) if mention.unit == "%" else ""
            # a whole that its tables split by no such part is no whole of one; nor is a figure that of itself
            split = whole and {name for name, _ in of.scope} <= case.dimensions(whole)
            return _of(of, f"share({of.indicator},{whole})") if split and whole != of.indicator else None
        if not then or mention.kind != "change":
            return None
        given = of.indicator if then == "year" else f"{of.indicator}, since={then}"
        if mention.unit in ("%", "成"):
            return None if unit == "ratio" else _of(of, f"growth({given})")
        rate = unit == "ratio" and mention.unit in ("百分点", "个百分点")
        return _of(of, f"change({given})") if rate or family_of_figure(unit) in families_of_mention(mention) else None
    except InputError:  # no such view: deeper than they go
        return None


def _clause(text: str, anchor: Mention) -> str:
    """What stands before a number in its clause, without what only leads to it."""
    return _LEADS.sub("", CLAUSE_END.split(text[max(0, anchor.start - FAR) : anchor.start])[-1])


def _of_all(mention: Mention, of: Wanted, lead: str, case: Case, ahead: str) -> Wanted | None:
    """东川县508人，占全市的26.5%: the share of a member, or of several, in the whole; None of anything else.

    Args:
        ahead: what names the number before: 占全市受益学生的 is of what is called so right before it, too.
    """
    said = _SHARE.fullmatch(lead)
    whole = said["whole"].removesuffix("的") if said else ""
    bare = _BARE.fullmatch(lead) is not None
    view = find(of.indicator)
    base = view.needs[0].indicator if isinstance(view, View) and view.kind == "total" else of.indicator
    own = is_its_own(whole, replace(of, indicator=base), case) or _is_called_so(whole, ahead, of, case)
    if mention.unit != "%" or not (bare or own or whole in WHOLES or whole_pattern().fullmatch(whole)):
        return None
    if isinstance(view, View) and view.kind == "total" and not of.scope:
        return _share(of, f"share({view.id},{view.needs[0].indicator})")
    family = family_of_figure(view.unit)
    named = {one.dimension for one in part_words(current()) if one.values and one.family in ("", family)}
    parts = {*case.registers, *stated_dimensions(), *named}
    if len(of.scope) != 1 or of.scope[0][0] not in parts:
        return None
    return _share(of, f"share({of.indicator})")


def _rates_of(of: Wanted, case: Case) -> list[Wanted]:
    """东川县建档立卡户受助25706人，占67.29%: the office's own rates of the figure, which 占 alone may mean."""
    made = (one for one in current().indicators.values() if one.derived and one.unit == "ratio")
    rates = (one.id for one in made if one.inputs[:1] == ((of.indicator, False),))
    # 失辍学率 is said by its name alone
    said = {one.indicator for one in case.phrases if SAID_ALONE & {*one.words}}
    known = [one for one in rates if one in said]
    return [replace(of, indicator=one) for one in known if {name for name, _ in of.scope} <= case.dimensions(one)]


def _share(of: Wanted, view: str) -> Wanted | None:
    try:
        return _of(of, view)
    except InputError:  # of a rate
        return None


def is_its_own(whole: str, of: Wanted, case: Case) -> bool:
    """初中失辍学人数4388人，占失辍学总人数的93%: whether the whole is called as the figure itself is."""
    name = _COUNTS.sub("", _ALL.sub("", whole_pattern().sub("", whole)).removesuffix("的"))
    words = {
        word for one in case.phrases if one.indicator == of.indicator and len(one.groups) == 1 for word in one.words
    }
    return bool(name) and (name in {_COUNTS.sub("", word) for word in words} or _is_short_for(name, words, of, case))


def _is_called_so(whole: str, ahead: str, of: Wanted, case: Case) -> bool:
    """营养改善计划受益学生74万人，占全市受益学生的: whether the number before it is called so, and no other one."""
    name = whole_pattern().sub("", whole).removesuffix("的").removesuffix("总数").removesuffix("总额")
    unit = find(of.indicator).unit
    others = (one for one in case.phrases if one.indicator != of.indicator and len(one.groups) == 1)
    others = (one for one in others if find(one.indicator).unit == unit)
    held = any(name == word or word.endswith(name) for one in others for word in one.words)
    return len(name) > 2 and ahead.endswith(name) and not held


def _is_short_for(name: str, mine: Collection[str], of: Wanted, case: Case) -> bool:
    """占劝返总数的, 占余额的: whether so the figure's words begin or end, and no word of another holds it."""
    # a share of two figures is called by their words
    others = (one for one in case.phrases if one.indicator != of.indicator and one.family != "share")
    held = any(name in word for one in others for word in one.words if word not in mine)
    return len(name) > 1 and any(word.startswith(name) or word.endswith(name) for word in mine) and not held


def _redefined(wanted: Sequence[Wanted], then: Mapping[Wanted, str]) -> dict[str, str] | None:
    """Why a figure is not measured from the period before: its definition changed in between."""
    for one in wanted:
        since = seen_then(one.period, then.get(one) or "year", find(one.indicator).time)
        if changed := break_between(one.indicator, since, one.period):
            said = dict(zip(("zh", "en"), changed[1:], strict=True))
            return filled("tie_redefined", words=said)
    return None


def _of(wanted: Wanted, view: str) -> Wanted:
    return replace(wanted, indicator=find(view).id)


def named_figure(words: str, unit: str, case: Case) -> str:
    """The one figure of that unit that all of ``words`` name; empty where it is none or not certain."""
    found = []
    for phrase in case.phrases:
        hits = [max((word for word in group if word in words), key=len, default="") for group in phrase.groups]
        if (
            find(phrase.indicator).unit == unit
            and not phrase.changes
            and all(hits)
            and not wording.residue(words, hits)
        ):
            found.append((sum(map(len, hits)), phrase.indicator))
    best = {name for length, name in found if length == max(found)[0]}
    return best.pop() if len(best) == 1 else ""


def _is_yearly(case: Case) -> bool:
    return any(find(one.indicator).time in YEARLY for one in case.phrases)


def _said_of(anchor: Mention) -> Meaning:
    return Meaning(reason=filled("tie_said_of", words=anchor.surface))


def said_of_others(text: str, mentions: Sequence[Mention], case: Case) -> frozenset[int]:
    """Where the numbers begin that are said of the one before them: they name nothing themselves."""
    if not _is_yearly(case):
        return frozenset()
    figures = [one for one in mentions if one.role == "figure" and one.kind != "ordinal"]
    return frozenset(one.start for before, one in pairwise(figures) if _lead(text, before, one) is not None)
