"""Lists of members that say how many they are: 东川、西平、南湖三县区共劝返复学1040人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.indicators import Scope
from zt_analysis.numbers import Mention
from zt_analysis.numbers.numerals import count_of
from zt_analysis.terms import labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.excuses import Excuse
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, HIDDEN
from zt_analysis.tying.part import Named
from zt_analysis.tying.parts import JOINED, Parts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.shown import PLACED
from zt_analysis.tying.turns import hiding

_PLACES = "(?:地(?![区方])|县市区|县区|县市|区县|县|区|乡镇|镇|乡|市|州|省)"
COUNT = re.compile(rf"等?\s*(?:[一二两三四五六七八九十]{{1,3}}|\d{{1,2}})\s*个?{_PLACES}")
KIND = re.compile(r"^.*[\d\s一二两三四五六七八九十个]")
PLACE_AHEAD = re.compile(rf"\s*{_PLACES}")
# stands for each character of a member's name
MEMBER = "＠"
ITEM = re.compile(rf"{MEMBER}+\s*[（(]?{COUNTED}+[）)]?")
SAID = rf"(?P<said>[^，,。；;、：:！!？?\n{COUNTED}{MEMBER}]{{2,}})"
ITEMS = re.compile(rf"{ITEM.pattern}(?:[、和与及]{ITEM.pattern})+{SAID}")
AND_SO_ON = "等"
NONE = re.compile(
    r"(?:本周)?(?:没有|无|未有)(?:新增|新发生)?(?P<what>[一-龥]{0,6}?)(?:案件|学生)?(?=\s*(?:[，,。；;]|$))"
)
SO_MANY = re.compile(r"([两二三四五六七八九十])地(?![区方])")
OF_THEM = re.compile(r"[）)]?[，,；;]?\s*(?:以上|上述|这)?")
TOGETHER = re.compile(rf"\s*(?:{_PLACES})?(?:合计|共计?|总计|一共|总共|合共|占|之和)")
RANKED = re.compile(
    r"(?:[一-龥]{0,16}(?:位?居|位?列|排名?|排在|稳居|占据)(?:全市|各县区)?前[二两三四五六七八九](?:位|名)?)?[，,](?:这|上述|以上)?"
)
LEAST = 2


def list_of(text: str, parts: Parts) -> list[Named]:
    """The members that ``text`` ends with, joined by 、 or 和; 等 may follow them."""
    ends = len(text.removesuffix(AND_SO_ON))
    named = [one for one in parts.named(text) if one.values and one.dimension in parts.places]
    found: list[Named] = []
    for one in reversed(named):
        between = text[one.end : found[0].start if found else ends]
        if not (JOINED.fullmatch(between) if found else not between.strip()) or (found and not between):
            break
        found.insert(0, one)
    return found


def how_many(mention: Mention, context: Context, parts: Parts) -> Excuse | None:
    """The number of a list's members, held against the list; 等 may stand for more than are named."""
    if not _is_count(mention, context.after):
        return None
    names = list_of(context.before, parts) or _ranked(context, parts)
    kind = f"{mention.surface}{(PLACE_AHEAD.match(context.after) or [''])[0]}"
    if len(names) < LEAST or not _are_called(KIND.sub("", kind), parts):
        return None
    more = context.before.endswith(AND_SO_ON) and mention.value > len(names)  # type: ignore[operator]
    right = more or mention.value == len(names)
    return Excuse(labels("tie_how_many"), expected="" if right else f"{len(names)}{mention.unit}")


def _are_called(kind: str, parts: Parts) -> bool:
    """Whether the members are of a kind of place: 东川、西平两县区, but no 两乡镇."""
    return kind in ("", "地", "地方") or not parts.kinds.isdisjoint(kind)


def _ranked(context: Context, parts: Parts) -> list[Named]:
    """东川县、西平区、南湖县失辍学人数居前三位，三县区合计: the members whose place the clause before says."""
    last = max(
        (one.end for one in parts.named(context.before) if one.values and one.dimension in parts.places), default=0
    )
    ranked = last and TOGETHER.match(context.after) and RANKED.fullmatch(context.before, last)
    return list_of(context.before[:last], parts) if ranked else []


def how_many_numbers(
    mention: Mention, context: Context, between: str, scopes: Sequence[Scope], places: Sequence[str]
) -> Excuse | None:
    """西平区343人，东川县508人，两县区合计851人: the number of members whose numbers stand before it.

    Args:
        between: what stands between the number before and this one.
        scopes: of which part each number before it in its sentence is, in their order.
        places: the dimensions whose members are places.
    """
    if not _is_count(mention, context.after) or not OF_THEM.fullmatch(between) or not TOGETHER.match(context.after):
        return None
    listed: list[Scope] = []
    for scope in reversed(scopes):
        if len(scope) != 1 or scope[0][0] not in places or scope in listed:
            break
        listed.append(scope)
    return Excuse(labels("tie_how_many")) if mention.value == len(listed) >= LEAST else None


def told(context: Context, parts: Parts) -> Context:
    """The context without the number of a list whose members are all named: it adds nothing to them."""
    said = {one.surface: one.value for one in context.earlier}
    before = context.before
    for place in context.numbers_before:
        found = COUNT.search(before, max(0, place - 1))
        names = list_of(before[: found.start()], parts) if found and found.start() <= place else []
        value = next((value for surface, value in said.items() if before.startswith(surface, place)), None)
        called = found is not None and _are_called(KIND.sub("", found[0]), parts)
        if found and called and len(names) >= LEAST and value == len(names):
            before = f"{before[: found.start()]}{HIDDEN * len(found[0])}{before[found.end() :]}"
    for found in SO_MANY.finditer(before):  # 两地 is read as no number
        if len(list_of(before[: found.start()], parts)) == count_of(found[1]):
            before = f"{before[: found.start()]}{HIDDEN * len(found[0])}{before[found.end() :]}"
    return context if before == context.before else hiding(context, before)


def without_none(text: str, case: Case) -> str:
    """甲区17件；乙县没有新立案: the text without what says that another member has none."""
    for one in reversed(case.parts.named(text)):
        begins = text[: one.start].rstrip()
        if one.values and one.dimension in case.registers and (not begins or CLAUSE_END.search(begins[-1:])):
            found = NONE.match(text, one.end)
            if found and (not found["what"] or found["what"] in case.figure_words):
                text = f"{text[: one.start]}{HIDDEN * (found.end() - one.start)}{text[found.end() :]}"
    return text


def predicated(context: Context, parts: Parts, names: Sequence[str]) -> Context:
    """西平区343人、东川县508人劝返复学: each number of a list with its own member and what is said of all behind it.

    Args:
        names: the words of all figures; none of them may stand before the list in its clause.
    """
    own = len(context.before)
    plain = f"{context.plain_before}{COUNTED}{context.plain_rest}"
    marked = plain
    for one in parts.named(plain):
        if one.values and one.dimension in parts.places:
            marked = marked[: one.start] + MEMBER * (one.end - one.start) + marked[one.end :]
    listed = next((one for one in ITEMS.finditer(marked) if one.start() <= own < one.start("said")), None)
    if listed is None or not any(name in listed["said"] for name in names):
        return context
    clause = CLAUSE_END.split(plain[: listed.start()])[-1]
    if any(name in clause for name in names):
        return context
    item = next(one for one in ITEM.finditer(marked, *listed.span()) if one.start() <= own < one.end())
    others = HIDDEN * (item.start() - listed.start())
    before = context.before[: listed.start()] + others + context.before[item.start() :]
    said = plain[listed.start("said") : listed.end("said")]
    kept = [place for place in context.numbers_before if place < listed.start()]
    earlier = context.earlier[: len(context.earlier) - (len(context.numbers_before) - len(kept))]
    tail = plain[listed.end("said") :]
    plain_before = context.plain_before[: listed.start()] + others + context.plain_before[item.start() :]
    since = listed.start()
    return replace(
        context, before=before, after=said + tail, clause_before=CLAUSE_END.split(before)[-1],
        clause_after=said, near_after=said, numbers_before=tuple(kept), earlier=earlier, last=None,
        stretch=before[since:], masked=plain_before[since:], plain_before=plain_before, plain_after=said + tail,
        run=(0, 1), run_starts=own,
    )  # fmt: skip


def _is_count(mention: Mention, after: str) -> bool:
    whole = isinstance(mention.value, Decimal) and mention.kind == "count" and mention.qualifier == "exact"
    return whole and (mention.unit in PLACED or (mention.unit == "个" and PLACE_AHEAD.match(after) is not None))
