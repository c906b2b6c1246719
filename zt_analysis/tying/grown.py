"""How much a level has grown since the base date: 劝返复学1915人，较9月20日增加895人；上门送教823人，增加383人.

The level stands before it and says of what; the base date is named, or the period before is. No figure of its own is
declared for such a change, so it is a view: the level now less the level then. Everything around it has to be
understood as it has around any other number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import unknown
from zt_analysis.tying.compared import named_figure
from zt_analysis.tying.dates import moment
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, HIDDEN
from zt_analysis.tying.matching import Match
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.named_spans import before_it
from zt_analysis.tying.not_stated import not_stated
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.ranks import of_others, placed
from zt_analysis.tying.turns import hiding, without_list_word
from zt_analysis.tying.units import families_of_mention, family_of_figure

if TYPE_CHECKING:
    from zt_analysis.tying.readings import Reading
    from zt_analysis.tying.sentences import Context, Sentences

_MOVES = r"(?:新增|净[增减][加少]?|增[加长多]|上升|提高|减少|下降|降低|[多少增减降](?=了?\s*$)|[增降]幅[为达]?)了?\s*"
_LEVEL = r"(?:时?的?\s*[\d,.]+[万亿]?[人名户所个件元]?)?"
_DAY = r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日|[一-龥]{2,4}?"
_JOINS = "(?:虽然?|尽管|但|而|并|且|同时|总体|总数|人数|规模|已)?"
_FROM = rf"{_JOINS}(?:比|较|[与同](?=[^，,]*?相?比))(?P<then>{_DAY}){_LEVEL}(?:相比|比较|比)?[，,]?\s*"
SINCE = re.compile(rf"[，,]?\s*{_FROM}{_MOVES}")
_N = r"[\d,.]+[万亿]?[人名户所个件元]?"
# 较9月20日的440人、640人分别增加: what each is compared with is a list, too
IN_TURN = re.compile(
    rf"[，,]?\s*(?:分别)?(?:比|较|[与同](?=[^，,]*?相?比))(?P<then>{_DAY})(?:时?的?\s*{_N}(?:(?:、|和|与|及){_N})*)?"
    rf"(?:相比|比较|比)?[，,]?\s*(?:分别)?{_MOVES}$"
)
NAMED = re.compile(rf"(?:^|[，,；;。：:])\s*(?P<name>[^，,。；;：:、\d]{{4,20}}?)[，,]?{_FROM}{_MOVES}$")
GOES_ON = re.compile(rf"[，,]\s*{_MOVES}")
COUNTED_IN = ("persons", "schools", "villages", "townships", "cases")
LEVELS = ("count", "money")
OF_BASE = ("基期", "期初")
LEAST, OF_HUNDRED = 2, ("%", "成")
EACH = re.compile("分别|依次|各")


def grown(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """The change since the base date that a number is, or the growth; None where it is not said to be one.

    Args:
        known: what the numbers before it were read as.
    """
    since = max((one for one in context.numbers_before if one < context.run_starts), default=0)
    if context.run[1] > 1 and not EACH.search(context.before, since):  # 增加895人、383人
        return None
    of_hundred = mention.unit in OF_HUNDRED
    if of_hundred and (found_growth := _growth(mention, sentences, case, known, context)):
        return found_growth
    how = "growth" if of_hundred else "change"
    if named := _of_name(mention, sentences, case, context, how):
        return named
    found = _level_of(mention, sentences, case) or _level_in_turn(mention, sentences, case, context)
    reading = known.get(found.start) if found else None
    if found is None or reading is None or len(reading.wanted) != 1:
        return None
    (wanted,) = reading.wanted
    indicator = find(wanted.indicator)
    family = family_of_figure(indicator.unit)  # a rate's fall is told in points
    counted = indicator.unit != "ratio" if of_hundred else family in families_of_mention(mention)
    dated = indicator.has_base and wanted.period == case.paper.period
    new = indicator.stock and "新增" in context.stretch  # not all that is new is left
    if new or not (counted and dated) or of_part_after(context, case):
        return None
    said = _since_level(found, mention, sentences)
    meant = _stated(mention, context, wanted, case, (how, said))
    whole = _of_list(found, sentences, known)
    either = _stated(mention, context, whole, case, (how, said)) if whole and meant and meant.wanted else None
    return Meaning((*meant.wanted, *either.wanted)) if meant and either else meant


def of_part_before(mention: Mention, sentences: Sentences, known: Mapping[int, Reading]) -> bool:
    """其中小学329人，较9月20日减少164人: whether what moved stands before the number, whatever else is named."""
    level = _level_before(mention, sentences)
    reading = known.get(level.start) if level else None
    if reading is None or len(reading.wanted) != 1:
        return reading is not None and not (reading.wanted or reading.parts or reading.excuse)
    return bool(reading.wanted[0].scope) or find(reading.wanted[0].indicator).has_base


def _of_list(level: Mention, sentences: Sentences, known: Mapping[int, Reading]) -> Wanted | None:
    """其中小学330人、初中1585人，比9月20日增加: the whole of the list, of which it may be said as well."""
    text, (first, _) = sentences.text, sentences.bounds(level)
    listed = text.rfind("其中", first, level.start)
    inside = [one for one in sentences.inside(level) if one.start <= level.start and one.role == "figure"]
    items = [one for one in inside if one.start > listed]
    wholes = [one for one in inside if one.start < listed]
    if listed < 0:
        return _whole_of_parts([known[one.start] for one in inside if one.start in known])
    if not wholes or [one.kind for one in items[-LEAST:]] != ["count"] * LEAST:
        return None
    reading = known.get(wholes[-1].start)
    return reading.wanted[0] if reading and len(reading.wanted) == 1 else None


def _whole_of_parts(before: list[Reading]) -> Wanted | None:
    """失辍学369人，小学25人、初中344人，较9月20日减少82人: the number that the two before it are parts of."""
    if len(before) <= LEAST or any(len(one.wanted) != 1 for one in before[-LEAST - 1 :]):
        return None
    whole, *parts = (one.wanted[0] for one in before[-LEAST - 1 :])
    alike = all((one.indicator, one.period) == (whole.indicator, whole.period) for one in parts)
    within = all({*whole.scope} < {*one.scope} for one in parts) and parts[0] != parts[1]
    return whole if alike and within else None


def _of_name(mention: Mention, sentences: Sentences, case: Case, context: Context, how: str) -> Meaning | None:
    """劝返复学学生比9月20日增加895人: of a level that is named and not printed."""
    text, (first, _) = sentences.text, sentences.bounds(mention)
    found = NAMED.search(text, first, mention.start)
    if found is None or mention.kind != "change" or context.earlier:
        return None
    inside = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    named = [one for one in case.parts.named(found["name"]) if one.dimension != "whole"]
    part = named[0] if len(named) == 1 and named[0].counted and len(named[0].values) == 1 else None
    if (named and part is None) or not is_base(found["then"], inside, found.start("then"), case):
        return None
    name = f"{found['name'][: part.start]}{found['name'][part.end :]}" if part else found["name"]
    plain = whole_pattern().sub("", name).strip("的")
    of = next((one for unit in COUNTED_IN if (one := named_figure(plain, unit, case))), "")
    said = mention.start - found.start("name")
    above = [context.before[: len(context.before) - said], *context.topics]
    others = any(one.dimension != "whole" for each in above for one in case.parts.named(each))
    if not of or others or not find(of).has_base or of_part_after(context, case):
        return None
    scope = ((part.dimension, part.values[0]),) if part else ()
    hidden = hiding(context, context.before[: len(context.before) - said] + HIDDEN * said)
    ends = len(context.before) - said
    days = tuple((place, one) for place, one in context.dates if place < ends)
    seen = moment(replace(hidden, dates=days), find(of), case.paper)
    now = not seen.beyond and seen.period.as_of == case.paper.period.as_of
    if not now or (part and part.dimension not in case.dimensions(of)):
        return None
    return _stated(mention, context, Wanted(of, case.paper.period, scope), case, (how, said))


def _since_level(level: Mention, mention: Mention, sentences: Sentences) -> int:
    """How long the words are from the last level before a number on; the levels of a list all stand before it."""
    counts = [
        one for one in sentences.inside(mention) if level.start <= one.start < mention.start and one.kind == "count"
    ]
    return mention.start - (counts[-1].end if counts else level.end)


def of_part_after(context: Context, case: Case) -> bool:
    """增加895人（东川县）: of a part that the level is not."""
    near = CLAUSE_END.split(context.plain_rest, maxsplit=1)[0].split(COUNTED, maxsplit=1)[0]
    return any(one.dimension != "whole" for one in case.parts.named(near))


def _growth(
    mention: Mention, sentences: Sentences, case: Case, known: Mapping[int, Reading], context: Context
) -> Meaning | None:
    """较9月20日增加895人，增长87.7%: by how much the level before the change has grown."""
    inside = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    before = inside[-1] if inside else None
    reading = known.get(before.start) if before else None
    if before is None or reading is None or len(reading.wanted) != 1 or mention.kind != "change":
        return None
    said = sentences.text[before.end : mention.start]
    (wanted,) = reading.wanted
    level = _level_under(wanted.indicator)
    if not level or not GOES_ON.fullmatch(said) or wanted.period != case.paper.period or of_part_after(context, case):
        return None
    if find(level).unit == "ratio":  # a rate's fall is told in points
        return None
    # 净增895人: what says the change was read at its own number
    levels = [one for one in inside[:-1] if _said_of(one, before, sentences.text)]
    begins = levels[-1].end if levels else before.end
    return _stated(mention, context, replace(wanted, indicator=level), case, ("growth", mention.start - begins))


def _level_under(name: str) -> str:
    """The level of a day whose change since the base date a figure is; empty where it is none."""
    indicator = find(name)
    if isinstance(indicator, View):
        needs = {one.indicator for one in indicator.needs} if indicator.kind == "change" else set()
    else:
        needs = {one for one, at_base in indicator.inputs if not at_base and indicator.changes}
    level = needs.pop() if len(needs) == 1 else ""
    since_base = not isinstance(indicator, View) or (level and name == find(f"change({level})").id)
    return level if level and since_base and find(level).has_base else ""


def change_of(wanted: Wanted) -> Wanted | None:
    """The change of a level since the base date; None of what has none."""
    return _viewed(wanted, "change")


def growth_of(wanted: Wanted) -> Wanted | None:
    """The growth of a level since the base date; None of what has none."""
    return _viewed(wanted, "growth")


def _viewed(wanted: Wanted, view: str) -> Wanted | None:
    if not find(wanted.indicator).has_base:
        return None
    try:
        return replace(wanted, indicator=find(f"{view}({wanted.indicator})").id)
    except InputError:  # no such view: deeper than they go
        return None


def _stated(
    mention: Mention, context: Context, wanted: Wanted, case: Case, how: tuple[str, int]
) -> Meaning | None:  # fmt: skip
    """The change or growth of what the level means, where all around it is understood.

    Args:
        how: the view, and how long the words are that say so.
    """
    kind, said = how
    try:
        view = replace(wanted, indicator=find(f"{kind}({wanted.indicator})").id)
    except InputError:  # no such view: deeper than they go
        return None
    return is_understood(mention, context, wanted, case, said) or Meaning((view,))


def is_understood(
    mention: Mention, context: Context, wanted: Wanted, case: Case, said: int, *, ranked: bool = False
) -> Meaning | None:
    """Why the words around a number leave it unproven that is said of a figure by the last ``said`` characters.

    None where all of them are understood. ``ranked``: whether it has the place among all that the figure has.
    """
    context = without_list_word(context)
    context = of_others(hiding(context, context.before[: len(context.before) - said] + HIDDEN * said))
    if ranked:  # 占全市的6.2%，排第八位
        after, untrue = placed(wanted, context.plain_after, case, "", context.plain_rest)
        if untrue:
            return Meaning(reason=untrue)
        context = replace(context, plain_after=after)
    phrases = [one for one in case.phrases if one.indicator == wanted.indicator]
    names = tuple(word for one in phrases for word in one.words)
    own = tuple(word for word in names if word in context.before)
    for phrase in phrases[:1]:
        if reason := not_stated(mention, context, case, Match(phrase, 1, ""), own):
            return Meaning(reason=reason)
    if left := unknown(context, case.parts, case.names, tuple(word for word in names if len(word) > 1)):
        return Meaning(reason=filled("tie_unknown_words", words=left[0]), unknown=left)
    return None


def _level_of(mention: Mention, sentences: Sentences, case: Case) -> Mention | None:
    """The number whose change since the base date ``mention`` is said to be; None where it is said of none."""
    if mention.kind not in ("change", *LEVELS):
        return None
    level = _level_before(mention, sentences)
    if level is None:
        return None
    text, (first, _) = sentences.text, sentences.bounds(mention)
    inside = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    # since when is said once: ，增加383人
    found = SINCE.fullmatch(text, level.end, mention.start) or next(
        reversed([*SINCE.finditer(text, first, level.start)]), None
    )
    return level if found and is_base(found["then"], inside, found.start("then"), case) else None


def _level_in_turn(mention: Mention, sentences: Sentences, case: Case, context: Context) -> Mention | None:
    """上门送教823人、远程送教1208人，分别较9月20日增加383人、568人: the level that is the number's in its turn."""
    turn, size = context.run
    text, (first, _) = sentences.text, sentences.bounds(mention)
    starts = first + context.run_starts
    inside = [one for one in sentences.inside(mention) if one.start < starts and one.role == "figure"]
    found = IN_TURN.search(text, first, starts) if mention.kind == "change" and size >= LEAST else None
    if found is None:
        return None
    counts = [one for one in inside if one.kind in LEVELS]
    levels = [one for one in counts if one.start < found.start()]
    listed = levels[-size:]
    if len(listed) < size or levels[-1].end != found.start() or len(counts) - len(levels) not in (0, size):
        return None
    apart = len(levels) == size or "其中" in text[levels[-size - 1].end : listed[0].start]
    if not apart or found[0].count("分别") != 1:
        return None
    return listed[turn] if is_base(found["then"], inside, found.start("then"), case) else None


def _level_before(mention: Mention, sentences: Sentences) -> Mention | None:
    """The last number before ``mention`` of which it may be said to be the change."""
    inside = [one for one in sentences.inside(mention) if one.start < mention.start and one.role == "figure"]
    return next((one for one in reversed(inside) if _said_of(one, mention, sentences.text)), None)


def _said_of(level: Mention, mention: Mention, text: str) -> bool:
    """Whether what stands between a level and a number says that the number is its change."""
    said = text[level.end : mention.start]
    return level.kind in LEVELS and bool(SINCE.fullmatch(said) or GOES_ON.fullmatch(said))


def is_base(then: str, inside: list[Mention], place: int, case: Case) -> bool:
    """Whether the words name the base date of the paper."""
    day = next((one for one in inside if one.start == place and one.kind == "date"), None)
    if day is None:
        return then in OF_BASE or before_it(then, case.paper)
    return str(day.resolved or day.value) == str(case.paper.period.base_on)
