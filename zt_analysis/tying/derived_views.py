"""Changes and shares of figures that a clause names: 小学降幅更大，达到33.27%; 占截至11月8日下达额的26.80%.

What they are said of is the number before, a part of what is spoken of, or a figure that is named and not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Scope, Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import WHOLES, is_its_own
from zt_analysis.tying.derived_added import added_up, is_sum, of_sum, sum_moved
from zt_analysis.tying.derived_from import (
    FORMER,
    LATTER,
    LEAST,
    WORDS,
    Clause,
    Found,
    elided,
    follows,
    last_of,
    last_two,
    named_in,
    part_of,
)
from zt_analysis.tying.derived_of import Derived, computed
from zt_analysis.tying.derived_places import SHARED, over_places
from zt_analysis.tying.forms import DAY, N
from zt_analysis.tying.forms import SHARE as SHARE_SAID
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.part_shares import ALL
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.share_views import share_of
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.time_words import NOW
from zt_analysis.tying.verdicts import judge

SOFT = r"(?:约|大约|几乎|将近|接近|近|仅|只|还|也|仍|均|都|又|更|略|稍|大幅|累计|净|已|共|合计)*"
FALLS = r"减少|下降|降低|回落|缩减|压减|压降|下滑|少|降幅|减幅|降|减|净减|净降"
VERB = rf"(?:增加|增长|增多|上升|提高|新增|净增|多出|上涨|多|增幅|涨幅|{FALLS})"
JOINS = "虽然?|尽管|但|而|并|且|同时|总体|整体|人数|规模|总量|数量"
CHANGED = re.compile(
    rf"(?:^|[，,；;。：:、])\s*(?:{JOINS})?(?P<of>其中)?[，,]?(?P<who>{WORDS}{{0,24}}?)"
    rf"(?P<since>[，,]?(?:比|较|与|同)(?P<then>{DAY}|基期|期初)(?:的{N})?(?:相比)?[，,]?)?{SOFT}"
    rf"(?P<verb>{VERB})(?:[更最较]?[大小高低][，,])?[了出]?(?:高?达到?|为)?{SOFT}$"
)
# 与9月20日相比，; 从9月20日到现在，; 上门送教较9月20日增长87.05%，
SINCE = re.compile(
    rf"(?:(?:与|和|同)(?={DAY}(?:相比|比较|比))|较之?|比起?|相比|对比|对照)(?P<then>{DAY}|基期|期初)(?:相比|比较|比)?(?!的(?!\d))[，,]?"
    rf"|(?:自|从)?(?P<day>{DAY})(?:以来|起)[，,]?|(?:自|从)?(?P<of>{DAY})(?:[至到]|(?:之后|以后|后)[、，至到]{{0,2}})(?P<to>{DAY}|现在|目前|今)(?:之前|以前|前|为止|止)?[，,]?"
    rf"|以(?P<base>{DAY})(?:的?[人户件]?数)?[为作](?:基数|基准|起点|参照)[，,]"
)
SHARE = re.compile(
    rf"(?:^|[，,；;。：:、])\s*(?:其中)?[，,]?(?P<who>{WORDS}{{0,24}}?)的?(?:约|大约|大致|已|也|均|都|各|仅|只)*"
    r"(?:(?:占(?:到|了|据)?|相当于)(?P<whole>[^，,。；;、占比]{2,20}?)?的?(?:比例|比重|份额)?|占比|所占比[例重])"
    r"(?:为|是|高?达到?|约|近|仅|只有)*$"
)
PRINTED = re.compile(r"(?<=[一-龥])\d[\d,.]*\s*(?:万?[人名件户]|[万亿]?元)(?:学生|孩子)?$")
# 小学占受助人数的17.23%，
AGAIN = re.compile(
    rf"(?:^|[，,；;。：:、])\s*(?P<who>{WORDS}{{2,8}}?)占(?P<whole>{WORDS}{{3,16}}?的)\d[\d.]*[%％][，,；;、]\s*$"
)
# 初中生占远程送教学生的92.5%，占上门送教学生的: the same part of another figure
SAME_PART = re.compile(rf"(?:^|[，,；;。：:、])\s*(?P<who>{WORDS}{{2,8}}?)占{WORDS}{{3,16}}?的?{SHARE_SAID}$")
EACH = re.compile("分别|依次|各")
SHARES = ("%", "成", "1")
TOTAL = re.compile(rf"(?:{'|'.join(WHOLES)}|人数)的?$")
KINDS = {"%": "growth", "成": "growth", "百分点": "change"}


def changed(clause: Clause) -> Found | None:
    """失辍学人数比9月20日下降18.18%，其中小学降幅更大，达到33.27%: of a figure of the day since the base date."""
    found = CHANGED.search(clause.text)
    if found is None or EACH.search(found["who"]):
        return None
    opened = list(SINCE.finditer(clause.text, 0, found.start("verb")))
    if not opened or not all(_is_base(one, clause.case) for one in opened):
        return None
    if is_sum(clause.text):
        return sum_moved(clause, opened[-1])
    of = _moved(clause, found, opened[0])
    if of is None or not find(of.of[0].indicator).has_base or of.of[0].period != clause.case.paper.period:
        return None
    kind = KINDS.get(clause.mention.unit, "change")
    level = find(of.of[0].indicator)
    new_of_stock = found["verb"] == "新增" and level.stock  # not all that is new is left
    if new_of_stock or (kind == "growth" and level.unit == "ratio") or not is_view(kind, of.of[0]):
        return None
    falls = bool(re.fullmatch(FALLS, found["verb"]))
    # since when is said at the first of them
    return Found(f"{kind}-" if falls else kind, of.of, min(found.start(), opened[-1].start()), of.said_of)


def _moved(clause: Clause, found: re.Match[str], opened: re.Match[str]) -> Found | None:
    who = found["who"].strip().removesuffix("同期")
    if not who:
        last = elided(clause, found.start()) if found["since"] else ()
        return Found("", last[0].wanted, 0, last) if last else None
    between = [one for one in clause.before if one.mention.start >= clause.begins + opened.start()]
    between = [one for one in between if one.mention.end <= clause.begins + found.start()]
    if not all(one.needs for one in between):
        return None
    scope = part_of(who, clause.case)
    if found["of"] and not scope:
        return None  # 其中上门送教增加383人: no part of what was named
    if scope:  # of what the change before it is of
        bases = {base for one in between[-1:] for base in _bases(one.needs, clause.case)}
        (base,) = bases if len(bases) == 1 else (None,)
        known = base and scope[0][0] in clause.case.dimensions(base.indicator)
        said_of = tuple(between[-1:])
        # 东川县增加237人，其中初中增加190人: of the county's
        of = tuple(sorted({**dict(base.scope), **dict(scope)}.items())) if base else ()
        return Found("", (Wanted(base.indicator, base.period, of),), 0, said_of) if base and known else None
    ends = min(opened.start(), found.start("who"))
    if between:  # 上门送教较9月20日增长87.05%，远程送教增长88.75%: the first is another's
        ends = max((one.end() for one in CLAUSE_END.finditer(clause.text, 0, ends)), default=0)
    gap = clause.text[opened.end() : found.start("who")] if opened.end() < found.start("who") else ""
    # 与9月20日相比，截至10月8日，: what says no number stays
    kept = "".join(f"{one}，" for one in CLAUSE_END.split(gap) if one.strip() and not _states(one, between))
    units = ("persons", "cases", "fen") if clause.mention.unit in ("%", "成") else ("persons", "cases", "fen", "ratio")
    wanted = named_in(clause, f"{clause.text[:ends]}{kept}", who, units)
    # 东川县劝返复学多了237人，上门送教多了101人: of the county too, or of the whole
    of_part = any(one.scope for reading in between[-1:] for one in reading.needs)
    either = of_part and wanted and not wanted.scope and not whole_pattern().search(who)
    return Found("", (wanted,), 0) if wanted and not either else None


def _states(clause: str, between: Iterable[Reading]) -> bool:
    return any(one.mention.surface in clause for one in between)


def _bases(needs: Iterable[Wanted], case: Case) -> list[Wanted]:
    """The levels that changes are of."""
    found = []
    for one in needs:
        view = find(one.indicator)
        if isinstance(view, View) and view.kind in ("change", "growth"):
            found.append(Wanted(view.needs[0].indicator, case.paper.period, one.scope))
        elif view.has_base:
            found.append(Wanted(one.indicator, case.paper.period, one.scope))
    return found


def _is_base(found: re.Match[str], case: Case) -> bool:
    base, now = case.paper.period.base_on, case.paper.period.as_of
    said = found["then"] or found["day"] or found["of"] or found["base"]
    since = said in ("基期", "期初") or re.sub(r"^\d{4}年", "", said) == f"{base.month}月{base.day}日"
    ends = re.sub(r"^\d{4}年", "", found["to"] or "") in ("", "现在", "目前", "今", f"{now.month}月{now.day}日")
    return since and ends and (not said[:4].isdigit() or said.startswith(f"{base.year}年"))


def is_view(kind: str, of: Wanted) -> bool:
    """Whether a figure has such a view."""
    try:
        find(f"{kind}({of.indicator})")
    except InputError:
        return False
    return True


def share(clause: Clause) -> Found | None:
    """占截至11月8日下达额的26.80%: of the number before, of a part, or of what is named, in the whole or a figure."""
    found = SHARE.search(clause.text) if clause.mention.unit in SHARES and clause.mention.kind == "rate" else None
    said = NOW.sub("", found["whole"] or _whole_before(clause, found)) if found else ""
    of = _shared(clause, found, said) if found else None
    if found is None or of is None:
        return None
    # 占全市1915人的四分之一多: what is printed with the whole is held at its own number
    whole = TOTAL.sub("", PRINTED.sub("", said.removesuffix("的")))
    if {found["who"].strip(), whole} == {FORMER, LATTER}:
        both = last_two(clause, found.start(), found["who"].strip())
        return replace(both, how="share") if both else None
    return _in_whole(clause, found, of, (whole, said.removesuffix("的")))


def _whole_before(clause: Clause, found: re.Match[str]) -> str:
    """小学占受助人数的17.23%，初中占82.77%: in what the share right before it is, which is that of another part."""
    before = AGAIN.search(clause.text, 0, found.start() + 1) if found["who"].strip() else None
    parts = [part_of(one.strip(), clause.case) for one in (before["who"], found["who"])] if before else []
    alike = bool(parts) and all(parts) and parts[0] != parts[1] and parts[0][0][0] == parts[1][0][0]
    return before["whole"] if before and alike else ""


def _in_whole(clause: Clause, found: re.Match[str], of: Found, said: tuple[str, str]) -> Found | None:
    (wanted,), (whole, printed) = of.of, said
    base = find(wanted.indicator)
    plain = base.needs[0].indicator if isinstance(base, View) and base.kind == "total" else wanted.indicator
    own = Wanted(plain, wanted.period, wanted.scope)
    together = isinstance(base, View) and base.kind == "total" and not wanted.scope
    in_all = Found("share", (wanted, Wanted(plain, wanted.period)), found.start(), of.said_of)
    if not whole or whole_pattern().fullmatch(whole) or is_its_own(PRINTED.sub("", printed), own, clause.case):
        if not whole and not wanted.scope and not together:
            return _in_first(clause, of, found.start())
        return in_all if together or share_of(wanted) else None
    second = named_in(clause, "", ALL.sub("", printed), (base.unit,))
    if second == in_all.of[1]:  # 占全部下达资金的18.2%: the whole by two words of its figure
        return in_all if together or share_of(wanted) else None
    if wanted.scope and second and second.scope != wanted.scope:
        return None  # 东川县劝返508人，占失辍学人数的26.5%: its own share is meant, or another's
    of_part = second is not None and bool(wanted.scope) and second.period == wanted.period
    if second is None or (second.scope and not of_part) or second.indicator == plain:
        return None
    return Found("share", (wanted, second), found.start(), of.said_of)


def _in_first(clause: Clause, of: Found, since: int) -> Found | None:
    """下达133715.32万元；发放35836.91万元，占26.80%: in the first number of the sentence, where it is that; in what it
    is another share nobody says.
    """
    (wanted,) = of.of
    unit = find(wanted.indicator).unit
    wholes = [one for one in clause.before if len(one.wanted) == 1 and one.mention.start < of.said_of[0].mention.start]
    first = next((one for one in wholes if find(one.wanted[0].indicator).unit == unit), None)
    if first is None or first.wanted[0].scope or first.wanted[0].indicator == wanted.indicator:
        return None
    found = Derived("share", (wanted, first.wanted[0]), clause.mention)
    figures = clause.case.computed(found.of)
    holds = judge(clause.mention, computed(found, figures))[0] in GREEN
    return Found("share", found.of, since, (first, *of.said_of)) if holds else None


def _shared(clause: Clause, found: re.Match[str], whole: str) -> Found | None:
    who = found["who"].strip()
    if who in (FORMER, LATTER):
        last = last_of(clause, LEAST, found.start())
        both = len(last) == LEAST and follows(clause, last[-1], found.start())
        return Found("", last[who == LATTER].wanted, 0, last) if both else None
    if not who and (again := SAME_PART.search(clause.text, 0, found.start())):
        scope = part_of(again["who"].strip(), clause.case)
        wanted = _part_of_whole(clause, 0, scope, whole) if scope and whole else None
        return Found("", (wanted,), 0) if wanted else None
    if not who and (summed := of_sum(clause, found.start())):
        return Found("", (summed[0],), 0, summed[1])
    if not who:
        last = last_of(clause, 1, found.start())
        near = last and follows(clause, last[0], found.start())
        return Found("", last[0].wanted, 0, last) if near else None
    if EACH.search(who) or not (whole or "占比" in found[0] or "所占" in found[0]):
        return None  # 初中失辍学学生占93.03%: in what, it does not say
    begins = found.start("who")
    if pair := SHARED.match(who):  # 两地之和占全市的44.44%, 东川县、西平区两地占全市上门送教人数的44.47%
        name = whole_pattern().sub("", whole).removesuffix("的")
        name = "" if name in ("", *WHOLES) else name
        said = f"{clause.text[:begins]}{pair['list']}"
        wanted = over_places(clause, said, pair["count"], begins + len(pair["list"]), name)
    elif (scope := part_of(who, clause.case)) and whole:  # 小学生占劝返复学学生的17.23%
        wanted = _part_of_whole(clause, begins if found["whole"] else 0, scope, whole)
    else:
        wanted = added_up(clause, begins, who) or named_in(
            clause, clause.text[:begins], who, ("persons", "cases", "fen")
        )
    return Found("", (wanted,), 0) if wanted else None


def _part_of_whole(clause: Clause, begins: int, scope: Scope, whole: str) -> Wanted | None:
    """A part of the figure that ``whole`` names, where that is counted by such parts and of no part itself."""
    wanted = named_in(clause, clause.text[:begins], whole.removesuffix("的"), ("persons", "cases", "fen"))
    of_whole = wanted is not None and not wanted.scope and scope[0][0] in clause.case.dimensions(wanted.indicator)
    return replace(wanted, scope=scope) if wanted and of_whole else None
