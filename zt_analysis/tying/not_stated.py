"""Why a sentence does not state the figure that its words name: a plan, a denial, another noun, some of them only."""

from __future__ import annotations

from collections.abc import Mapping

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.indicators.views import View
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying import wording
from zt_analysis.tying.another_is_meant import another_is_meant
from zt_analysis.tying.case import Case
from zt_analysis.tying.headings import governed
from zt_analysis.tying.marks import CLAUSE_END, DATED, HIDDEN
from zt_analysis.tying.matching import Match, Phrase
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.positions import out_of_place
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import FAMILIES
from zt_analysis.tying.vocabulary import pattern, words
from zt_analysis.tying.wholes import CLAUSE_STOP, same_kind, wholes_of

PEOPLE = ("persons", "households")
# 不得高于0.06%, 须低于: what is demanded is not what there is
NORM = re.compile(r"不[得准许应能可宜]|[应须]|必需|严禁|禁止")
# 督查组要求，全市劝返复学1915人: what is asked for; 按照省委要求， is how it was done
DEMANDED = re.compile(
    r"(?:^|[，,；;：:。])\s*(?!为|按|根据|依|遵照|对照|围绕|落实|贯彻|达到|符合|满足|结合|紧扣|以|照)[^，,；;：:。]{0,16}?(?P<asked>要求|责成|下令|敦促|指令|勒令)"
    r"(?:各[一-龥]{1,6}|[全我][市县])?[，,：:]"
)
INCLUDED = re.compile(r"\s*[（(]\s*其?中?含")
OF_IT = re.compile(r"的?(?:学生|人)?(?:受助|获|得到|享受|接受|受益)")
WORDED = re.compile(r"[一二两三四五六七八九十百千万零]+[^\d一二两三四五六七八九十百千万]{1,2}")
WORDED_AHEAD = re.compile(r"(?:^|[，,；;：:。\s“（(])$")
PLACES = re.compile(r"\s?(?:县|区|市|乡|镇|村|学校|中学|小学)")
# 占受助学生的: in what the share is one
IN_BASE = re.compile(r"占(?P<base>[^，,。；;占]{2,30}?)的?(?:比例|比重)?[为达有约近]*$")
# 建档立卡户学生中受助学生占67.14%: of those whom the share is one of
AMONG_BASE = re.compile(
    r"(?:^|[，,；;：:在])(?P<base>(?:(?!在)[一-龥]){2,20}?)(?:[当之]?中|里)[，,]?[^，,。；;占]{0,16}?占[^，,。；;]{0,6}$"
)
FOCUS = re.compile(
    r"(?:^|[，,；;。])\s*(?:聚焦|紧盯|瞄准|盯紧|盯住|突出|关注|关爱)(?:到|好|着)?(?P<who>[^，,。；;\d]{2,16})[，,]"
)
AMONG = re.compile(
    r"(?:^|[，,；;：:。])\s*(?P<base>[^，,。；;：:\d]{1,18}?(?:学生|儿童|少年|孩子|人员|对象|[生户人童]))"
    r"(?:[当之]?中|里)[，,][^。；;]*$"
)
THOSE_OF = re.compile(r"其中[，,]?(?P<who>[^，,。；;占]{2,16}?)占")
PARTS_AFTER = re.compile(r"[^，,。；;（(]{0,8}[（(，,\s]*(?:其中|内含|含|包括|包含|涵盖)(?P<rest>[^。]*)")
# 其中建档立卡户学生9人，另有20名学生享受营养餐: what is counted next is in none of it
ANOTHER = re.compile(r"[，,]\s*(?:另有|此外|除此|(?<=\d[人名][，,])(?=\d+[人名][一-龥]))")
PERSONS = ("人", "名")
OF_THINGS = re.compile(r"[^\d，,；;]{0,12}\d+\s*[件户所起]")
APART = re.compile(
    r"(?:[比较](?P<of>[一-龥]{2,12}?)(?:要|还|又)?[高低多少快慢](?:出|了)?|[高低]于(?P<at>[一-龥]{2,12}?))$"
)
# 劝返复学超过300人的县区有: which places they are, not how many pupils
BOUNDS = ("more-than", "less-than")
WHICH = re.compile(r"\s*的(?:县|区|市|乡|镇|村|学校|地方|共?有|为|是)")
ADDED_ON = re.compile(
    r"[，,；;]\s*(?P<more>(?:此外|另外|除此之外|除此以外|另|再加|外加)[，,]?(?:还|另)?(?:有|新增|包括|上)?)(?P<rest>[^，,。；;]*)$"
)
SOME_PLACES = re.compile(r"\s*(?:县（市、区）|县(?:市?区)?|区县|乡镇)?+(?P<what>[一-龥]{2,6})")


def not_stated(
    mention: Mention, context: Context, case: Case, match: Match, own: tuple[str, ...]
) -> Mapping[str, str] | None:
    """Why the sentence does not state the figure at all."""
    phrase = match.phrase
    found = wording.no_statement(context, own, event=find(phrase.indicator).dated_event) or governed(
        context, case.parts
    )
    if not found and mention.value == 0 and not mention.unit and mention.qualifier != "exact":
        found = ("tie_near_zero", mention.surface)
    if not found and (norm := NORM.search(mention.surface)):
        found = ("tie_planned", norm[0])
    if not found and (demanded := DEMANDED.search(context.before)):
        found = ("tie_planned", demanded["asked"])
    if not found and (narrowed := pattern("narrows").search(f"{context.plain_before}{DATED}{context.plain_after}")):
        found = ("tie_narrowed", narrowed[0])
    if not found and (focus := _focus(context, case)):
        found = ("tie_other_part", focus)
    if not found and mention.qualifier in BOUNDS and (those := WHICH.match(context.after)):
        found = ("tie_other_words", f"{mention.surface}{those[0]}")
    found = (
        found
        or _between_parts(mention, context, case)
        or _governed_part(context, phrase)
        or _other_base(context, case, phrase)
    )
    found = (
        found
        or _of_longer_part(context, case, phrase)
        or _no_part(mention, context, case, phrase)
        or _among_others(context, case, phrase)
        or _added_on(context, case)
        or out_of_place(mention, context, case.parts, own)
    )
    found = found or another_is_meant(mention, context, case, phrase)
    if not found and (some := _some_of(mention, context, case, phrase)):
        found = ("tie_other_part", some)
    if not found and (other := _other(context, phrase, own)):
        found = other
    if not found and find(phrase.indicator).stock and "累计" in context.masked:
        found = ("tie_flow", "累计")
    if not found and mention.kind == "count" and (by := wording.BY_HOW_MUCH.search(context.stretch)):
        found = ("tie_flow", by[0])
    return filled(found[0], words=found[1]) if found else None


def _focus(context: Context, case: Case) -> str:
    """紧盯建档立卡户，受助488235人: whom the work is for first of all may be all that is counted, or not."""
    found = FOCUS.search(context.before)
    named = case.parts.named(found["who"]) if found else []
    others = any(one.dimension not in ("whole", *case.parts.places) for one in named)
    return found[0].strip("，,；;。 ") if found and others else ""


def _other_base(context: Context, case: Case, phrase: Phrase) -> tuple[str, str] | None:
    """受助学生占建档立卡户受助学生的67.14%: a share in a part, which is another share than that in the whole."""
    if phrase.family != "share":
        return None
    base, among = IN_BASE.search(context.masked), AMONG_BASE.search(context.masked)
    named = [one for one in case.parts.named(base["base"]) if one.dimension != "whole"] if base else []
    # 东川县受助学生中, 小学受助学生中: of a part that has a share of its own
    named += (
        [one for one in case.parts.named(among["base"]) if one.dimension != "whole" and not one.counted]
        if among
        else []
    )
    if (those := THOSE_OF.search(context.masked)) and not case.parts.named(those["who"]):
        # 建档立卡户学生327802人，其中受助学生占67.14%: of the group that is counted before
        ahead = context.before[: len(context.before) - len(context.stretch)]
        named += [one for one in case.parts.named(ahead) if one.dimension != "whole" and not one.counted]
    if among and not named and (other := _other_figure(among["base"], case, phrase)):
        return "tie_other_words", other
    return ("tie_other_part", named[0].text) if named else None


def _other_figure(base: str, case: Case, phrase: Phrase) -> str:
    """失辍学学生中，建档立卡户占67.1%: the name of a figure of which the share is not one."""
    view = find(phrase.indicator)
    of = {phrase.indicator, *(name for name, _ in view.inputs)}
    of |= {one.indicator for one in view.needs} if isinstance(view, View) else set()
    own = {word for one in case.phrases if one.indicator in of for word in one.words}
    plain = whole_pattern().sub("", base)
    if any(word in plain for word in own if len(word) > 1):
        return ""
    return next((word for word in case.figure_words if word in plain and not any(word in one for one in own)), "")


def _among_others(context: Context, case: Case, phrase: Phrase) -> tuple[str, str] | None:
    """送教学生中，劝返复学1915人: among those of another figure, who are not all that the figure counts."""
    found = AMONG.search(context.masked)
    other = _other_figure(found["base"], case, phrase) if found else ""
    return ("tie_other_words", other) if other else None


def _of_longer_part(context: Context, case: Case, phrase: Phrase) -> tuple[str, str] | None:
    """建档立卡户生活费7817.83万元，占5.85%: a programme, whose name holds that of the group a share is called by."""
    if phrase.family != "share":
        return None
    word = max((one for one in phrase.groups[0] if one in context.before), key=len, default="")
    if not word:
        return None
    alone = {one.dimension for one in case.parts.named(word)}
    last = context.before.rfind(word)
    named = (one for one in case.parts.named(context.before) if one.values and one.start <= last < one.end)
    longer = next((one for one in named if one.dimension not in alone), None)
    return ("tie_other_part", longer.text) if alone and longer else None


def _no_part(mention: Mention, context: Context, case: Case, phrase: Phrase) -> tuple[str, str] | None:
    """劝返复学1915人，内含上门送教823人: what is said to be in it is another figure's, so it is more than its own."""
    rest = PARTS_AFTER.match(context.after)
    if rest is None:
        return None
    said = ANOTHER.split(CLAUSE_STOP.split(rest["rest"], maxsplit=1)[0], maxsplit=1)[0]
    if mention.unit in PERSONS and (things := OF_THINGS.match(said)):  # 失辍学4717人，其中新立案798件
        return "tie_other_words", things[0]
    others = pattern("disjoint").findall(said)
    view = find(phrase.indicator)
    parts = [each.indicator for each in view.needs] if isinstance(view, View) else []  # 送教2031人，其中上门送教823人
    own = {phrase.indicator, *parts}
    mine = {word for one in case.phrases if one.indicator in own for word in one.words}
    # 上门送教、劝返复学合计2738人，其中上门送教占30.1%: one of those that are added up
    other = next((one for one in others if one not in mine and one not in context.stretch), "")
    return ("tie_other_words", other) if other and pattern("disjoint").search(" ".join(mine)) else None


def _added_on(context: Context, case: Case) -> tuple[str, str] | None:
    """劝返复学1915人，此外还有初中1585人、小学330人: what comes on top of all is no part of them."""
    found = ADDED_ON.search(context.before) if context.earlier else None
    if found is None or any(word in found["rest"] for word in case.figure_words):
        return None
    listed = {one.dimension for one in case.parts.named(found["rest"]) if one.counted}
    before = {one.dimension for one in case.parts.named(context.before[: found.start()]) if one.dimension != "whole"}
    return ("tie_other_words", found["more"]) if listed and not listed & before else None


def _between_parts(mention: Mention, context: Context, case: Case) -> tuple[str, str] | None:
    """初中失辍学率比小学高1.53个百分点: how far two parts lie apart, which is no change."""
    found = APART.search(context.clause_before) if mention.kind == "change" else None
    of = (found["of"] or found["at"]) if found else ""
    named = bool(of) and (case.parts.named(of) or any(word in of for word in case.figure_words))
    return ("tie_other_words", found[0]) if found and named else None


def _governed_part(context: Context, phrase: Phrase) -> tuple[str, str] | None:
    """Of which part the paragraph speaks, by a word above or before the number: 民办高等学校757所。招生…"""
    said = " ".join((context.before, *context.topics))
    # a figure that goes by the word in any of its phrases is one of that part
    own = (*phrase.words, *find(phrase.indicator).words)
    found = [word for word in words("governs") if word in said and not any(word in one for one in own)]
    return ("tie_other_part", found[0]) if found else None


def _other(context: Context, phrase: Phrase, own: tuple[str, ...]) -> tuple[str, str] | None:
    """What is counted instead: another noun, another payment, some of what was counted before."""
    noun = wording.other_noun(context, own) if phrase.family in PEOPLE else ""
    if noun and not any(noun in word for word in phrase.words):
        return "tie_other_noun", noun
    last = context.last
    if phrase.family == "share" and last and last.kind == "rate" and OF_IT.match(context.stretch):
        return "tie_other_words", last.surface  # 建档立卡户学生三分之二受助，比例为67.14%: of these, not of all
    if phrase.family == "places" and context.before.endswith("有") and (some := SOME_PLACES.match(context.near_after)):
        return "tie_other_words", some["what"]  # 全市有8个县区劝返复学超过100人: those of which it holds
    measure = wording.other_measure(context, own) if phrase.family != "share" else wording.other_share(context, own)
    if measure:
        return "tie_other_words", measure
    # 失辍学4717人、劝返复学1915人: what the list counts next has a name of its own
    near = context.near_after.split("、", maxsplit=1)[0]
    ended = pattern("ends").search(near) if find(phrase.indicator).stock else None
    if ended and not any(ended[0] in word for word in phrase.words):
        return "tie_other_words", ended[0]
    verb = wording.other_payment(context, own) if phrase.family == "money" else ""
    return ("tie_other_words", verb) if verb else None


def _of_its_own(context: Context, phrase: Phrase) -> bool:
    """受助学生488235人中，建档立卡户327802人: those that were counted are called as one of the figure's own groups."""
    said = context.before[: _place_of_last(context)].rstrip("共有达为计 ")
    others = [group for place, group in enumerate(phrase.groups) if place != phrase.own]
    return phrase.own is not None and any(said.endswith(word) for group in others for word in group)


def _some_of(mention: Mention, context: Context, case: Case, phrase: Phrase) -> str:
    """1915人中有823人, 5个县区劝返复学1915人: of some of those counted before; the words, or nothing."""
    last = context.last
    if last is None or CLAUSE_END.search(context.stretch.removeprefix("中，")):
        return ""
    # 无辍学学校812所、无辍学村407个: a list
    if context.stretch.startswith(("、", "和", "及", HIDDEN)) or context.before.endswith(
        HIDDEN, 0, len(context.before) - len(context.stretch)
    ):  # of the list before it
        return ""
    # 三台劝返复学1915人, 三百户劝返复学1915人: a place, or of whom
    if WORDED.fullmatch(last.surface) and WORDED_AHEAD.search(context.before, 0, _place_of_last(context)):
        return f"{last.surface}{context.stretch[:2]}"
    if context.stretch.startswith("中") and same_kind(mention, context):
        # 失辍学学生4717人中，小学329人: a part that is known, of what was counted before it
        its = wholes_of(mention, context, case) or _of_its_own(context, phrase)
        return "" if its else f"{last.surface}中"
    if INCLUDED.match(context.stretch):  # 5.24万所（含职业初中11所）: a part, which its own words name
        return ""
    among = PLACES.match(context.stretch) or last.unit in ("所", *FAMILIES["places"].units[1:])
    return (
        f"{last.surface}{context.stretch[:2]}"
        if among and last.value not in {len(one) for one in case.registers.values()}
        else ""
    )


def _place_of_last(context: Context) -> int:
    return len(context.before) - len(context.stretch) - len(context.last.surface if context.last else "")
