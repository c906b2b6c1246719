"""Places that are said of a number: 东川县劝返复学508人，居全市第一; 为各县区最少.

A place among all parts is a view of the figure and is computed like it. What holds is understood; what does not leaves
the number unproven, with the place that the part has: a number whose sentence is false in another word is not green.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, find
from zt_analysis.indicators.views import View
from zt_analysis.terms import filled, vocabulary
from zt_analysis.tying.case import Case
from zt_analysis.tying.marks import COUNTED, DATED, HIDDEN
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.turns import hiding

LEADING = re.compile(
    r"(?P<most>最多|最高|最少|最低)"
    # 劝返复学人数最多的是东川县，为508人
    r"(?:的(?:县区|县市区|县|区|地方|一个)?(?:是|为|：)[^，,。；;：:\d]{2,8}[，,（(：:]?|[，,])?"
    r"(?:截[至止]到?\d{1,2}月\d{1,2}日[，,]?)?(?:共|总共|共计)?(?:为|达|达到|仅?有|是|只有|仅)?$"
)
SAID_AHEAD = re.compile(rf"(?P<most>最[多高少低])[，,（(]?(?:为|达到?|有|共计?|仅|只有|计)*(?={COUNTED})")
OF_WHOM = re.compile(r"的(?:县区|县市区|县|区|地方|一个)?(?:是|为|：)")
TOP = re.compile(
    r"(?:人数|数量|金额|资金)?(?:最多|最高)?的?(?:排名|位居|位列|排在|居于|居|列|排)?(?:全市)?(?P<top>前[二两三四五六七八九])(?:位|名|大|个?(?=县|区县)|(?=的[县是为]))的?"
    r"(?:县区|县（市、区）|县市区|区县|个县区|的县区)?(?:依次|分别)?(?:为|是)?[：:]?(?=[、一-龥])"
)
# 失辍学人数最多的三个县区依次为
MOST_OF = re.compile(
    r"(?:人数|数量|金额|资金)?最[多高]的(?P<of>[二两三四五六七八九2-9])个?(?:县区|县（市、区）|县市区|区县|县|区)(?:依次|分别)?(?:是|为)?[：:]?"
)
SUMMED = re.compile(r"(?:合计|共计|总计|一共|总共|共)[为达有]*$")
NUMERALS = "一二三四五六七八九十"
# 居各学段第一: among the parts of another kind than places
KIND = re.compile(r"各(?!县)(?P<kind>[一-龥]{2}?)(?=$|[中之第首末最居列排位倒])")
_AMONG = r"(?:在?{0}(?:各?县(?:市?区)?)?|在?各县(?:市?区)?|在?各[一-龥]{{2}})?(?:中|之)?"
_PLACE = (
    r"(?:^|[，,])\s*(?P<each>也|同样|均|都|依次|分别)?(?P<what>人数|数量|金额|比例|占比|比重|人均水平|水平)?(?:"
    rf"(?:位|排|名)?(?:居|列|在)?(?:名)?{_AMONG}(?:排名|排|位居|位列|居|列)?(?:在)?"
    r"(?P<nth>(?:倒数)?第(?:[一二三四五六七八九十]|\s?\d{{1,2}})(?:位|名)?|首位|首|榜首|之首|末位|末尾|[前后][二两三四五六七八九](?:位|名)?)"
    rf"|(?:为|是|在)?{_AMONG}(?:人数)?(?P<most>最多|最高|最少|最低)(?:的(?:县区?|县市区|地方|一个)?)?"
    # 97人，是全市失辍学人数最少的县区: by the name of its figure
    rf"|[为是]{{0}}(?P<name>[一-龥]{{{{2,8}}}}?)(?:总?人数)?(?P<of>最多|最高|最少|最低)的?(?:县区?|县市区|地方|一个)?)(?=\s*(?:[，,。；;、）)]|[（(]{DATED}|$))"
)

AHEAD = (
    rf"(?:人数|数量)?(?:位|排|名)?(?:居|列|在){_AMONG}(?:排名|排|位居|位列|居|列)?"
    r"(?P<nth>(?:倒数)?第(?:[一二三四五六七八九十]|\s?\d{{1,2}})(?:位|名)?|首位|榜首|之首|末位)(?=[，,](?:为|达到?|有|共)?$)"
)


def said_place() -> re.Pattern[str]:
    """What says a place among all of a number before it: ，居全市首位."""
    return whole_pattern(_PLACE)


def topped(context: Context) -> tuple[Context, str]:
    """劝返复学人数前三位的县区合计1040人: the context without the places that are said, and how they are said."""
    found = TOP.search(context.before) or MOST_OF.search(context.before)
    if found is None:
        return context, ""
    start, end = found.span()
    top = (
        found["top"]
        if "top" in found.re.groupindex
        else f"前{NUMERALS[int(found['of']) - 1] if found['of'].isdigit() else found['of']}"
    )
    return hiding(context, f"{context.before[:start]}{HIDDEN * (end - start)}{context.before[end:]}"), top


def is_among(wanted: Wanted, top: str, case: Case) -> bool | None:
    """Whether a member of a list is one of those with the highest values; None of what is no member."""
    place = place_of(wanted, case)
    return _is_at(place[0], top, place[1]) if place else None


def of_top(wanted: Wanted, top: str, context: Context, case: Case) -> Wanted | None:
    """The figure over the members with the highest values: those that are named, if they are they; None of no such."""
    dimension = next((name for name in case.registers if name in case.dimensions(_base(wanted))), "")
    number = NUMERALS.index(top[1].replace("两", "二")) + 1
    if not dimension or wanted.scope or number >= len(case.registers[dimension]):
        return None
    base = replace(wanted, indicator=_base(wanted))
    each = {code: replace(base, scope=((dimension, code),)) for code in case.registers[dimension]}
    figures = case.computed(each.values())
    exact = {code: figures[one.key].exact or 0 for code, one in each.items()}
    ranked = sorted(exact, key=lambda code: -exact[code])
    if exact[ranked[number - 1]] == exact[ranked[number]]:
        return None
    codes = "+".join(sorted(ranked[:number]))
    try:
        found = replace(base, indicator=find(f'total({base.indicator}, {dimension}="{codes}")').id)
    except InputError:  # a rate
        return None
    if wanted.indicator == base.indicator:  # nobody is named
        return found if SUMMED.search(context.before) else None
    return found if found == wanted else None


def _base(wanted: Wanted) -> str:
    view = find(wanted.indicator)
    return view.needs[0].indicator if isinstance(view, View) and view.kind == "total" else wanted.indicator


def leading(context: Context) -> tuple[Context, str]:
    """东川县劝返学生最多，为508人: the context without the place that is said before its number, and that place."""
    found = LEADING.search(context.before)
    if ahead := whole_pattern(AHEAD).search(context.before):  # 人数居全市第一位，为508人
        start, end = ahead.span()
        return hiding(context, f"{context.before[:start]}{HIDDEN * (end - start)}{context.before[end:]}"), ahead["nth"]
    if found is None:
        return context, ""
    start, end = found.span("most")
    if whole := whole_pattern(r"(?:在|为|是)?(?:{}|各县区|各县市区)(?:各?县(?:市?区)?)?(?:中|之)?$").search(
        context.before, 0, start
    ):
        start = whole.start()  # 人数全市最少，仅97人
    of = OF_WHOM.match(context.before, end)
    end = of.end() if of else end
    return hiding(context, f"{context.before[:start]}{HIDDEN * (end - start)}{context.before[end:]}"), found["most"]


def of_others(context: Context) -> Context:
    """东川县劝返复学508人，居全市首位；西平区343人: the context without the places that are said of the numbers before.

    They are judged there; nothing of the number after them is said by them.
    """
    before = context.before
    for found in said_place().finditer(before):
        start, end = found.span()
        if context.plain_before[start - 1 : start] == COUNTED and before[end : end + 1] in ("；", ";", "，", ","):
            before = f"{before[:start]}{HIDDEN * (end - start)}{before[end:]}"
    for found in SAID_AHEAD.finditer(context.plain_before):  # 东川县最多（508人），占全市的26.5%
        start, end = found.span("most")
        before = f"{before[:start]}{HIDDEN * (end - start)}{before[end:]}"
    return context if before == context.before else hiding(context, before)


def placed(wanted: Wanted, after: str, case: Case, said: str, rest: str = "") -> tuple[str, dict[str, str] | None]:
    """``after`` without the place that it says of a part; and why a place is false, None where none is.

    Args:
        wanted: the figure that the number before ``after`` means.
        after: what follows the number in its sentence, other numbers blanked.
        said: the place that stands before the number, if any.
        rest: all that follows in the sentence, numbers blanked.
    """
    found = said_place().search(after)
    claims = {said: said} if said else {}
    claims |= {found["nth"] or found["most"] or found["of"]: found[0].strip("，, ")} if found else {}
    if found and (name := _another_name(found, wanted, case)):
        return after, filled("tie_other_words", words=name)
    if not claims:
        return after, None
    # 全市4717人，东川县1250人，西平区845人，列前两位: it is said of the parts behind the whole
    of_all = not any(name in case.registers for name, _ in wanted.scope)
    # 受益30540名，人均支出385.60元，为全市最高: and of the last of several numbers; 居前三位 is said of each
    of_last = found is not None and not found["each"] and not (found["nth"] or "").startswith(("前", "后"))
    if found and not said and (of_last or of_all) and COUNTED in rest[: rest.rfind(found[0])]:
        return f"{after[: found.start()]}{DATED * len(found[0])}{after[found.end() :]}", None
    kind = KIND.search(found[0]) if found else None
    called = found is None or _is_so_called(found["what"], wanted)
    place = place_of(wanted, case, kind["kind"] if kind else "") if called else None
    if place is None:
        unplaced = said or (found["what"] if found and not called else kind[0] if kind else "")
        return after, filled("tie_other_words", words=unplaced) if unplaced else None
    rank, parts = place
    for one, words_of in claims.items():
        if not _is_at(rank, one, parts):
            return after, filled("tie_other_place", words=words_of, place=str(rank), number=str(parts))
    start, end = found.span() if found else (0, 0)
    return f"{after[:start]}{DATED * (end - start)}{after[end:]}", None


def _is_at(rank: int, said: str, parts: int) -> bool:
    """Whether a rank is the place that is said; 前三位 holds three."""
    if said.startswith("倒数"):
        return parts + 1 - rank == _number(said, parts)
    several = said[0] in "前后" and said[1:2] in "两" + NUMERALS
    if not several:
        return rank == _number(said, parts)
    number = _number(said.replace("两", "二"), parts)
    return rank <= number if said[0] == "前" else rank > parts - number


def _number(said: str, parts: int) -> int:
    if said in ("末位", "末尾", "最少", "最低"):
        return parts
    digits = "".join(sign for sign in said if sign.isdigit())
    return int(digits) if digits else next((place for place, sign in enumerate(NUMERALS, 1) if sign in said), 1)


def _another_name(found: re.Match[str], wanted: Wanted, case: Case) -> str:
    """Of which figure a place is said to be, where that is not the number's: 97人，是受益人数最少的县."""
    own = [word for one in case.phrases if one.indicator == wanted.indicator for word in one.words]
    return found["name"] if found["name"] and found["name"] not in own else ""


def _is_so_called(what: str | None, wanted: Wanted) -> bool:
    """，比例居全市第一: of a share, not of what it is a share of."""
    unit = find(wanted.indicator).unit
    called = {
        "金额": ("fen",),
        "比例": ("ratio",),
        "占比": ("ratio",),
        "比重": ("ratio",),
        "人均水平": ("fen_per_person",),
    }
    return not what or what in ("人数", "数量", "水平") or unit in called[what]


def kind_of(who: str, case: Case) -> str:
    """各学段 of 初中: among what a part has its place; empty of a place, and of what names no part."""
    named = [one for one in case.parts.named(who) if one.dimension != "whole"]
    label = _label(named[0].dimension) if len(named) == 1 and named[0].dimension not in case.registers else ""
    return f"各{label}" if label else ""


def _label(dimension: str) -> str:
    known = vocabulary()
    return known[dimension].zh if dimension in known else ""


def _ranked_by(wanted: Wanted, case: Case, kind: str) -> list[str]:
    """The dimensions of a figure's parts among which it may have a place; ``kind``: what they are called."""
    named = [name for name, _ in wanted.scope]
    return [name for name in named if _label(name) == kind] if kind else [one for one in named if one in case.registers]


def rank_of(wanted: Wanted, case: Case, kind: str = "") -> Wanted | None:
    """The place of a part among all, from the highest; None where the figure is no part's or has none."""
    dimension = _ranked_by(wanted, case, kind)
    of = find(wanted.indicator)
    if isinstance(of, View) and of.kind == "share":  # 占全市的6.2%，排第八位: as what it is a share of
        return rank_of(replace(wanted, indicator=of.needs[0].indicator), case, kind)
    try:
        view = find(f"rank({wanted.indicator}, by={dimension[0]})").id if len(dimension) == 1 else ""
    except InputError:  # no rank of such a figure
        return None
    return Wanted(view, wanted.period, wanted.scope) if view else None


def are_top(wanted: Sequence[Wanted], said: str, case: Case) -> bool:
    """Whether the last of ``wanted`` are the parts that 前三位 says, one each."""
    number = _number(said.replace("两", "二"), 0)
    taken = list(wanted)[-number:]
    places = [place_of(one, case) for one in taken]
    alike = len({one.indicator for one in taken}) == 1 and len({one.scope for one in taken}) == len(places) == number
    return alike and all(one is not None and _is_at(one[0], said, one[1]) for one in places)


def place_of(wanted: Wanted, case: Case, kind: str = "") -> tuple[int, int] | None:
    """The place of the one member that a figure is of, from the highest, and how many members there are.

    Args:
        kind: what the members are called, where they are no places (学段).
    """
    try:
        view = rank_of(wanted, case, kind)
        figure = case.computed([view])[view.key] if view else None
    except InputError:
        return None
    if figure is None or figure.exact is None:
        return None
    (name,) = _ranked_by(wanted, case, kind)
    members = case.registers[name] if name in case.registers else case.members(wanted.indicator, name)
    return int(figure.exact), len(members)
