"""Shares that stand before the part they are of: 其中67.14%为建档立卡户学生."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.tying.forms import ENDS, HERE, SHARE, Form, N, Said
from zt_analysis.tying.marks import CLAUSE_END

HALF = 50
SWAPPED = re.compile(rf"(?P<n>{SHARE})的?(?:为|是|系|来自|属于?)(?P<who>[一-龥]{{2,12}}?){ENDS}")
COUNT_SWAPPED = re.compile(rf"(?P<n>{HERE})的?(?:是|来自|属于)(?P<who>[一-龥]{{2,12}}?){ENDS}")
# 1915人中，17.23%为小学生 says 其中 of the number
OF_THEM = re.compile(r"其(?=中)|\d[人名件](?=中[，,])")
OF_SWAPPED = re.compile(
    rf"(?P<n>{HERE})的?(?P<of>[一-龥]{{3,20}}?)(?:都|均)?(?:是|为|系|来自|属于)(?P<who>[一-龥]{{2,12}}?){ENDS}"
)
AMONG = re.compile(
    rf"(?P<of>[一-龥]{{3,20}}?)[当之]?中[，,]?有?(?P<n>{HERE})的?(?:是|为|系|来自|属于)(?P<who>[一-龥]{{2,12}}?){ENDS}"
)
IN_OF = re.compile(
    rf"(?P<who>[一-龥]{{2,10}}?)在(?P<of>[一-龥]{{3,20}}?)[当之]?中的?(?:占比|比重|比例|所占比例)(?:为|达到?)?(?P<n>{HERE})"
)
# 远程送教的学生92.5%在初中，7.5%在小学
OF_WHERE = re.compile(
    rf"(?P<of>[一-龥]{{3,16}}?)(?:的学生|学生|的)?(?:有|约)?(?P<first>{SHARE})(?:[在为是]|用于|用在|花在)(?P<who>[一-龥]{{2,4}}?)"
    rf"(?:[，,、](?P<second>{SHARE})(?:[在为是]|用于|用在|花在)(?P<other>[一-龥]{{2,4}}?))?{ENDS}"
)
MAINLY = re.compile(
    rf"(?P<of>[一-龥]{{3,20}}?)(?:主要)?以(?P<who>[一-龥]{{2,10}}?)为主[，,](?:(?P=who))?(?P<said>占比?(?:为|达到?)?{HERE})"
)


def swapped(said: Said) -> Iterator[Form]:
    """其中67.14%为建档立卡户学生 -> 其中建档立卡户学生占67.14%."""
    of_them = OF_THEM.search(said.text, 0, said.text.index(HERE))
    if said.mention.kind not in ("rate", "count") or of_them is None:
        return
    listed = of_them.end()
    if said.mention.kind == "rate":
        text = SWAPPED.sub(lambda one: f"{one['who']}占{one['n']}", said.text[listed:])
    else:  # 其中327802名来自建档立卡户
        text = COUNT_SWAPPED.sub(lambda one: f"{one['who']}{one['n']}", said.text[listed:])
    if text != said.text[listed:]:
        yield Form(said.text[:listed] + text)


def _is_less_than_half(said: Said) -> bool:
    value = said.mention.value
    return said.mention.unit == "%" and isinstance(value, Decimal) and value <= HALF


def of_named(said: Said) -> Iterator[Form]:
    """超过八成的劝返复学学生为初中生, 劝返复学学生中八成为初中生, …以初中生为主，占…: 劝返复学学生中，初中生占…."""
    if said.mention.kind != "rate":
        return
    for form in (OF_SWAPPED, AMONG, IN_OF):
        found = form.search(said.text)
        # 建档立卡户学生中67.14%受助: of those whom no table counts
        named = said.case.parts.named(found["of"]) if found else []
        if found and all((one.values and not one.family) or one.dimension == "whole" for one in named):
            yield Form(f"{said.text[: found.start()]}{found['of']}中，{found['who']}占{HERE}{said.text[found.end() :]}")
    if found := OF_WHERE.search(said.text):
        who = found["who"] if HERE in found["first"] else found["other"] if HERE in (found["second"] or "") else ""
        if who and not any(one.dimension != "whole" and one.holds for one in said.case.parts.named(found["of"])):
            yield Form(f"{said.text[: found.start()]}{found['of']}中，{who}占{HERE}{said.text[found.end() :]}")
    if (found := MAINLY.search(said.text)) and not _is_less_than_half(said):
        yield Form(
            f"{said.text[: found.start()]}{found['of']}中，{found['who']}{found['said']}{said.text[found.end() :]}"
        )


SHARE_BEHIND = re.compile(rf"[，,]占[^，,。；;、\d{HERE}]{{0,16}}?{SHARE}(?=[；;，,])")


# 东川县324人，西岭县326人，两县仅相差2人；: of the numbers before it
APART_BEHIND = re.compile(
    rf"[，,][两二三](?:者|地|县|区|县区|项|类)[^，,。；;、\d{HERE}]{{0,6}}?(?:相差|差距|合计|共计?|总计)[^，,。；;、\d{HERE}]{{0,4}}{N}(?=[；;])"
)


# 免费教科书4771.92万元，全部为省级资金
ALL_OF_THEM = re.compile(
    rf"(?P<n>{HERE})(?:学生)?[，,](?:全部|均|全|都)(?:为|是|系|来自)(?P<who>[一-龥]{{2,8}}?)(?:资金|学生|投入)?(?={ENDS[3:-1]})"
)


def all_of_them(said: Said) -> Iterator[Form]:
    """免费教科书4771.92万元，全部为省级资金 -> 免费教科书4771.92万元, where 省级免费教科书 is as much."""
    found = ALL_OF_THEM.search(said.text)
    named = said.case.parts.named(found["who"]) if found else []
    if found is None or len(named) != 1 or named[0].text != found["who"] or not named[0].values:
        return
    begins = max((one.end() for one in CLAUSE_END.finditer(said.text, 0, found.start())), default=0)
    ahead, behind = said.text[: found.start()], said.text[found.end() :]
    of_part = Form(f"{ahead[:begins]}{found['who']}{ahead[begins:]}{HERE}{behind}")
    yield Form(f"{ahead}{HERE}{behind}", others=(of_part,))


# 受助学生以小学为主，占78.7%；高中占9.4%
MAINLY_AHEAD = re.compile(
    rf"^(?P<of>[一-龥]{{3,20}}?)(?:主要)?以(?P<who>[一-龥]{{2,10}}?)为主[，,]占(?P<most>\d[\d.]*)[%％](?=[，,；;、][^。]*{HERE})"
)


def mainly_ahead(said: Said) -> Iterator[Form]:
    """受助学生以小学为主，占78.7%；高中占9.4% -> 受助学生中，小学占78.7%；高中占9.4%."""
    found = MAINLY_AHEAD.match(said.text)
    if found and Decimal(found["most"]) > HALF:
        yield Form(f"{found['of']}中，{found['who']}占{found['most']}%{said.text[found.end() :]}")


def past_share(said: Said) -> Iterator[Form]:
    """小学330人，占全市的17.23%；初中1585人: what is said of the number before it alone."""
    here = said.text.index(HERE)
    ahead = APART_BEHIND.sub("", SHARE_BEHIND.sub("", said.text[:here]))
    if len(ahead) < here:
        yield Form(f"{ahead}{said.text[here:]}")
