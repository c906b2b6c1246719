"""Orders of official texts: 东川、西平两县加起来, 东川县以508人位列第一, 没有一个县区超过0.58%."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.indicators.views import View
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.counted_places import KEPT, NAME, PLACES, SO_MANY
from zt_analysis.tying.forms import HERE, Form, N, Said, members_of, named_of

_BEGINS = r"(?:(?<=^)|(?<=[，,；;。：:]))\s*"
_ADDED = r"(?:加起来|加在一起|加到一起|合在一起|合到一起|合起来|合并计算|相加)"
_MANY = r"(?P<count>[两二三四五六七八九])个?(?:地|县市区|县区|区县|县市|县)"
# 把东川、西平两县加起来，; 东川、西平合在一起，
TOGETHER = re.compile(rf"{_BEGINS}(?:[把将])?(?P<list>[一-龥、]{{3,60}}?)(?:{_MANY})?{_ADDED}[，,]?")
# 东川加西平，
PLUS = re.compile(rf"{_BEGINS}(?P<list>[一-龥]{{2,4}}(?:加上?[一-龥]{{2,4}})+?)(?:{_MANY})?[，,]")
# 两类送教学生加在一起是2031人
KINDS = re.compile(
    rf"(?P<count>[两二三四])(?:类|种|项)(?P<name>[一-龥]{{2,8}}?)(?:{_ADDED}|合计|共计|一共|共)(?:为|是|有|达)?(?={HERE})"
)
# 西岭县以174人位列全市劝返人数第四
WITH = re.compile(
    rf"{_BEGINS}(?P<who>[一-龥]{{2,5}}?)以(?P<n>{HERE})(?:的?(?:人数|数量|金额))?(?:位[列居]|[居列]|排名?在?)(?P<among>全市|各县区)?(?P<name>[一-龥]{{3,14}}?)的?"
    r"(?P<nth>(?:倒数)?第[一二三四五六七八九十\d]{1,2}位?|首位|榜首|末位)(?=[，,。；;]|$)"
)
# 没有一个县区的失辍学率超过0.58%
NONE = re.compile(
    rf"{_BEGINS}(?:全市)?(?:没有(?:任何)?(?:一个)?|无一个?|无任何一?个?)(?:{PLACES})的?(?P<what>[一-龥]{{3,20}}?)在?(?:{HERE})"
)
TURNED = (
    (re.compile("^(?:超过|超出|高于|大于|多于)"), "不超过"),
    (re.compile("^(?:不足|不到|低于|少于|小于)"), "不低于"),
)
# 更正：劝返人数应为343人
CORRECTED = re.compile(
    rf"^\s*(?:更正|勘误|订正|更正如下|特此更正)[：:，,]\s*(?P<said>[^。；;]*?)(?:应当?为|应当?是|实为)(?P<n>{HERE})(?P<ends>。?\s*)$"
)
# 送教不足50人的县市有两个：东川（32人）和西岭（25人）
_ITEM = rf"[一-龥]{{2,5}}[（(]{N}[）)]"
EACH_IN_BRACKET = re.compile(
    rf"(?P<pre>^|.*?[，,；;：:])(?:全市)?{NAME}(?:{KEPT})的(?:{PLACES})?{SO_MANY}(?P<items>{_ITEM}(?:(?:[、，,]|和|与|及){_ITEM})*)(?P<ends>。?\s*)$"
)
IN_BRACKET = re.compile(rf"(?P<who>[一-龥]{{2,5}}?)[（(](?P<n>{N})[）)]")
# 以54.8万名小学适龄儿童计，失辍学率为0.06%
RECKONED = re.compile(rf"{_BEGINS}(?:以|按|按照)(?P<n>{HERE}|{N})的?(?P<name>[一-龥]{{3,12}}?)(?:来?计算?|测算)[，,]")


def places_added(said: Said) -> Iterator[Form]:
    """把东川、西平两县加起来，劝返复学851人 -> 东川、西平劝返复学851人."""
    for form in (TOGETHER, PLUS):
        found = form.search(said.text, 0, said.text.index(HERE))
        listed = re.sub("加上?", "、", found["list"]) if found else ""
        members = members_of(listed, said.case) if found else None
        if found and members and (not found["count"] or count_of(found["count"]) == len({*members[1]})):
            yield Form(f"{said.text[: found.start()]}{listed}{said.text[found.end() :]}")


def kinds_added(said: Said) -> Iterator[Form]:
    """两类送教学生加在一起是2031人 -> 送教学生共2031人: of a sum of as many figures."""
    found = KINDS.search(said.text)
    of = named_of(found["name"], said.case) if found else ""
    view = find(of) if of else None
    if found and isinstance(view, View) and view.kind == "total" and len(view.needs) == count_of(found["count"]):
        yield Form(f"{said.text[: found.start()]}{found['name']}共{said.text[found.end() :]}")


def with_so_many(said: Said) -> Iterator[Form]:
    """西岭县以174人位列全市劝返人数第四 -> 西岭县劝返人数174人，居全市第四."""
    found = WITH.search(said.text)
    # 东川县以508人居东川县劝返人数首位: in itself it is always the first
    if found and not any(one.dimension in said.case.parts.places for one in said.case.parts.named(found["name"])):
        placed = f"{found['who']}{found['name']}{HERE}，居{found['among'] or ''}{found['nth']}"
        yield Form(f"{said.text[: found.start()]}{placed}{said.text[found.end() :]}")


def none_beyond(said: Said) -> Iterator[Form]:
    """没有一个县区的失辍学率超过0.58%: of every place that there is it has to be no more."""
    found = NONE.search(said.text)
    turned = next((to for form, to in TURNED if form.search(said.mention.surface)), "")
    if found is None or not turned or len(said.case.registers) != 1:
        return
    surface = next(form.sub(to, said.mention.surface) for form, to in TURNED if to == turned)
    ((_, members),) = said.case.registers.items()
    behind = said.text[found.end() :]
    apart = [
        Form(f"{said.text[: found.start()]}{names['zh']}{found['what']}{HERE}{behind}", surface=surface)
        for names in members.values()
    ]
    yield Form(apart[0].text, surface=surface, others=tuple(apart[1:]))


def corrected(said: Said) -> Iterator[Form]:
    """更正：东川县劝返人数应为343人 -> 东川县劝返人数为343人."""
    if found := CORRECTED.match(said.text):
        yield Form(f"{found['said']}为{HERE}{found['ends']}")


def each_that_keeps(said: Said) -> Iterator[Form]:
    """送教不足50人的县市有两个：东川（32人）和西岭（25人） -> 东川送教32人."""
    found = EACH_IN_BRACKET.search(said.text)
    items = [*IN_BRACKET.finditer(found["items"])] if found else []
    mine = next((one["who"] for one in items if one["n"] == HERE), "")
    if found and mine and members_of("、".join(one["who"].lstrip("和与及") for one in items), said.case):
        yield Form(f"{found['pre']}{mine.lstrip('和与及')}{found['name']}{HERE}{found['ends']}")


def reckoned(said: Said) -> Iterator[Form]:
    """以54.8万名小学适龄儿童计，失辍学率0.06% -> 小学适龄儿童54.8万名，失辍学率0.06%."""
    if found := RECKONED.search(said.text):
        yield Form(f"{said.text[: found.start()]}{found['name']}{found['n']}，{said.text[found.end() :]}")
