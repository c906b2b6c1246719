"""Changes since a day that is named once for several of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import words_left
from zt_analysis.tying.forms import (
    DAY,
    HERE,
    JOINS,
    THEN,
    VERB,
    Form,
    N,
    Said,
    is_list,
    lead_of,
    moves_so,
    name_alone,
    named_of,
    value_of,
)
from zt_analysis.tying.marks import WEEKLY

SINCE_LEAD = re.compile(
    rf"^(?P<pre>.*?)(?:(?:与|和|同|较|比|相比|相较于?)(?P<then>{THEN})(?:相比|比较|比)?|(?:自|从)?(?P<since>{DAY})以来|"
    rf"(?:自|从)?(?P<from>{DAY})[至到](?P<to>{DAY})(?:期间|之间)?|(?P<week>本周))[，,]?"
)
CHANGED = re.compile(
    rf"\s*(?P<name>[^，,。；;、（()）\d{HERE}]{{0,24}}?(?:{DAY})?[，,]?[^，,。；;、（()）\d{HERE}]{{0,24}}?)(?P<verb>{VERB})(?P<n>{N})"
)
NEW = re.compile(rf"(?:(?<=^)|(?<=[，,、；;来]))(?P<name>[一-龥]{{4,10}}?)(?:人数)?新增(?={N})")
NEW_AHEAD = re.compile(rf"(?P<new>新增)(?P<name>[一-龥]{{3,10}}?)(?=了?{N})")
TOTAL = re.compile(r"合计|共计|总计|一共")
TIME_AHEAD = re.compile(rf"\s*(?:截[至止]到?|[到至])?(?P<day>{DAY})[，,]?")


def since(said: Said) -> Iterator[Form]:
    """与9月20日相比，劝返复学增加895人，上门送教增加383人 -> 上门送教比9月20日增加383人."""
    said = _added(said)
    found = SINCE_LEAD.match(said.text)
    if found is None or said.mention.kind not in ("change", "count"):
        return
    paper = said.case.paper
    base = f"{paper.period.base_on.month}月{paper.period.base_on.day}日"
    then = found["then"] or found["since"] or found["from"] or (base if paper.every == WEEKLY else "")
    if not then or (found["to"] and not _ends_now(found["to"], said.case)):
        return
    pre, items, place = found["pre"], list[re.Match[str]](), found.end()
    while one := CHANGED.match(said.text, place):
        items.append(one)
        place = one.end()
        if said.text[place : place + 1] not in tuple("，,；;、和"):
            break
        place += 1
    if items and place > items[-1].end():
        place = items[-1].end()
    first = items[0]["name"] if items else ""
    if not first and "，" not in pre and len(items) > 1:  # 东川县劝返复学较9月20日多了237人，上门送教多了101人
        pre, first = "", pre
    if said.text[place : place + 1] not in ("", *"，,；;、和。（( \n"):  # 895人10月底，
        return
    turn = next((number for number, one in enumerate(items) if one["n"] == HERE), None)
    if turn and TOTAL.search(items[turn]["name"]):  # of those before together
        return
    beside = [one["name"] for number, one in enumerate(items) if number != turn]
    if turn is None or any("其中" in one["name"] for one in items[: turn + 1]):
        return
    # 劝返复学计划增加895人，上门送教增加383人: what is left out is understood, too
    if any(words_left(re.sub(DAY, "", one), said.case.parts, said.case.names) for one in beside):
        return
    time = TIME_AHEAD.match(first)
    ahead = f"截至{time['day']}，" if time else ""
    name = _carried(first[time.end() if time else 0 :], items[turn]["name"] if turn else "", said.case)
    if name:
        yield Form(f"{pre}{ahead}{name}比{then}{items[turn]['verb']}{HERE}{said.text[place:]}")


# 9月20日以来，受助、送教分别增加895人、383人
IN_TURN = re.compile(
    rf"\s*(?P<names>[^，,。；;（()）\d{HERE}]{{4,60}}?)(?:分别|依次|各)?(?P<new>新增(?P<of>[一-龥]{{3,10}}?)|)(?P<verb>{VERB}|)(?P<list>{N}(?:(?:、|和|与|及|，|,){N})+)"
)
# 受助488人、送教823人，较9月20日增加895人、383人
LEVELS_MOVED = re.compile(
    rf"(?P<levels>(?:[^，,。；;（()）\d{HERE}]{{2,20}}?{N}(?:、|和|，)?){{2,}})[，,](?P<than>(?:较|比){THEN}(?:相比)?)(?P<verb>{VERB})(?P<list>{N}(?:、{N})+)"
)
# 东川县、西平区受助分别为22人、218人，较9月20日增加10人、101人
TURNS_MOVED = re.compile(
    rf"(?:分别|依次)(?:为|是|有|达到?)*(?P<levels>{N}(?:(?:、|和){N})+)[，,](?P<than>(?:较|比){THEN}(?:相比)?)(?P<verb>{VERB})(?P<list>{N}(?:(?:、|和){N})+)"
)
NUMBERS = re.compile(N)


def since_in_turn(said: Said) -> Iterator[Form]:
    """9月20日以来，受助、送教分别增加895人、383人 -> 受助比9月20日增加895人."""
    if moved := TURNS_MOVED.search(said.text) or LEVELS_MOVED.search(said.text):
        listed = NUMBERS.findall(moved["list"])
        if HERE in listed and len(NUMBERS.findall(moved["levels"])) == len(listed):
            ahead = f"{said.text[: moved.end('than')]}分别{moved['verb']}{moved['list']}"
            yield Form(f"{ahead}{said.text[moved.end() :]}")
    lead = SINCE_LEAD.match(said.text)
    then = (lead["then"] or lead["since"] or lead["from"]) if lead else ""
    found = IN_TURN.match(said.text, lead.end()) if lead and then else None
    listed = NUMBERS.findall(found["list"]) if found else []
    if not lead or not found or HERE not in listed or (lead["to"] and not _ends_now(lead["to"], said.case)):
        return
    verb = found["verb"] or ("增加" if found["new"] else "")
    names = _each_name(found["names"], found["of"] or "", said.case)
    of = named_of(found["of"], said.case) if found["of"] else ""
    counted_on = not found["new"] or (of and not find(of).stock)
    if verb and counted_on and len(names) == len(listed):
        yield Form(f"{lead['pre']}{names[listed.index(HERE)]}比{then}{verb}{HERE}{said.text[found.end() :]}")


def _each_name(words: str, of: str, case: Case) -> list[str]:
    """东川县、西平区受助, or 东川县受助、送教: each name in full."""
    named = [one for one in case.parts.named(words, case.figure_words) if one.dimension != "whole"]
    if len(named) > 1 and all(one.dimension == named[0].dimension and len(one.values) == 1 for one in named):
        tail = words[named[-1].end :] + of
        return [f"{one.text}{tail}" for one in named] if is_list(named, words) else []
    lead, rest = lead_of(words, case)
    return [f"{lead}{one}{of}" for one in JOINS.split(rest)]


def _added(said: Said) -> Said:
    """9月20日以来，受助新增895人 -> …增加895人: what is only counted on; a stock has new ones besides."""
    text = said.text
    for form in (NEW, NEW_AHEAD):
        for found in reversed([*form.finditer(text)]):
            of = named_of(name_alone(found["name"], said.case), said.case)
            if not of or find(of).stock or not find(of).has_base:
                return said
            ahead = text[: found.start()]
            text = f"{ahead}{found['name']}增加{text[found.end() :]}"
    return replace(said, text=text)


def _carried(first: str, name: str, case: Case) -> str:
    """What an item of a list is about in full: the place of the first, its figure, or both are said once."""
    first, name = first.strip("，, "), name.strip("，, ")
    if not name:
        return first
    words = sorted((word for word in case.figure_words if word in first), key=lambda one: (first.find(one), -len(one)))
    places = [one for one in case.parts.named(first) if one.dimension in case.parts.places]
    named = [one for one in case.parts.named(name) if one.dimension in case.parts.places]
    if len(named) == 1 and named[0].text == name and named[0].values:  # 东川县增加161人
        return f"{first[: places[0].start]}{name}{first[places[0].end :]}" if len(places) == 1 else ""
    if named:
        return name
    return f"{first[: first.find(words[0])]}{name}" if words else ""


THEN_NOW = re.compile(
    rf"(?P<pre>^\s*|.*?[，,；;])(?P<then>(?:截[至止]到?|到|至)?{DAY})(?:统计)?时?[，,]?(?P<name>[^，,。；;\d{HERE}]{{3,20}}?)(?P<n>{N})[，,；;]"
    rf"(?P<now>(?:截[至止]到?|到|至)?{DAY})(?:再?统计)?时?[，,]?(?:为|是|(?P<verb>[降减增升][至到])|已?达到?|有|则为)?{HERE}"
)


def then_now(said: Said) -> Iterator[Form]:
    """9月20日，失辍学5765人；11月8日为4717人: the name is said once."""
    found = THEN_NOW.search(said.text)
    if found and moves_so(found["verb"], value_of(found["n"]), said.mention.value):
        now = found["now"] if found["now"].startswith("截") else f"截至{found['now'].lstrip('到至')}"
        yield Form(f"{found['pre']}{now}，{found['name']}{HERE}{said.text[found.end() :]}")


# 初中失辍学率1.59%（9月20日为1.91%）
THEN_BESIDE = re.compile(
    rf"(?P<pre>^|.*?[，,；;：:、])(?P<name>[^，,。；;：:、（）\d{HERE}]{{2,24}}?)(?P<n>{N})[（(](?P<then>{THEN})(?:时|仅)?(?:为|是|有|：|:)?{HERE}[）)]"
)
WHOLE_AHEAD = re.compile(rf"(?P<name>[^，,。；;：:、\d{HERE}]{{2,24}}?){N}[^，,。；;]*[，,；;]$")
BRACKET = re.compile(r"[（(][^（）()]*[）)]")
NOW_AHEAD = re.compile(rf"(?:截[至止]到?)?{DAY}[，,]?$")


def then_beside(said: Said) -> Iterator[Form]:
    """初中失辍学率1.59%（9月20日为1.91%） -> 9月20日，初中失辍学率1.91%."""
    if found := THEN_BESIDE.match(said.text):
        pre = NOW_AHEAD.sub("", found["pre"])
        yield Form(f"{pre}{found['then']}，{found['name']}{HERE}{said.text[found.end() :]}")


def then_of_part(said: Said) -> Iterator[Form]:
    """受助4717人（9月20日为5765人），其中初中4388人（9月20日为5272人） -> 9月20日，初中受助5272人."""
    found = THEN_BESIDE.match(said.text)
    ahead, listed, _ = BRACKET.sub("", f"{found['pre']}{found['name']}").partition("其中") if found else ("", "", "")
    whole = WHOLE_AHEAD.search(ahead)
    if found and whole and listed:
        part = found["name"].removeprefix("其中")
        yield Form(f"{found['then']}，{part}{whole['name']}{HERE}{said.text[found.end() :]}", instead=True)


MOVED = re.compile(
    rf"(?P<moved>(?:由|从)(?P<then>{THEN})的?{N}[^，,。；;\d{HERE}]{{0,3}}?[升降增减上下]+[升降加少低高]*[至到](?:{DAY}的?)?{N})[，,](?:一周|共|净)?(?P<verb>{VERB})(?P<n>{N})"
)
# 11月8日失辍学4717人，9月20日为5765人，减少1048人
THEN_WAS = re.compile(
    rf"(?P<now>{N})[，,；;](?:而)?(?P<then>{DAY})(?:为|是|有)?{N}[，,]"
    rf"(?P<week>(?:一周|7天|七天|本周)[内来里]?)?(?P<verb>{VERB}){HERE}"
)
# 9月20日到11月8日，从640人增加到1208人，增加568人
OVER = re.compile(
    rf"(?:自|从)?(?P<then>{DAY})[至到](?P<to>{DAY})[，,](?P<moved>[^，,。；;\d{HERE}]{{2,20}}?[由从]{N}"
    rf"[^，,。；;\d{HERE}]{{0,3}}?[升降增减上下]+[升降加少低高]*[至到]{N})[，,](?P<verb>{VERB})(?P<n>{N})"
)
WEEK = timedelta(days=7)


def moved(said: Said) -> Iterator[Form]:
    """由9月20日的1020人增至1915人，增加895人，增长87.75% -> …增至1915人，较9月20日增加895人，增长87.75%."""
    here = said.text.index(HERE)
    found = MOVED.search(said.text)
    if found and here >= found.start("n") and ("一周" not in found[0] or _is_week(said.case)):
        clause = f"{found['moved']}，较{found['then']}{found['verb']}{found['n']}"
        yield Form(f"{said.text[: found.start()]}{clause}{said.text[found.end() :]}")
    over = OVER.search(said.text)
    if over and here >= over.start("n") and _ends_now(over["to"], said.case):
        clause = f"{over['moved']}，较{over['then']}{over['verb']}{over['n']}"
        yield Form(f"{said.text[: over.start()]}{clause}{said.text[over.end() :]}")
    was = THEN_WAS.search(said.text)
    if was and (not was["week"] or _is_week(said.case)):
        clause = f"{was['now']}，较{was['then']}{was['verb']}{HERE}"
        yield Form(f"{said.text[: was.start()]}{clause}{said.text[was.end() :]}")


def _ends_now(day: str, case: Case) -> bool:
    now = case.paper.period.as_of
    return re.sub(r"^\d{4}年", "", day) == f"{now.month}月{now.day}日"


def _is_week(case: Case) -> bool:
    period = case.paper.period
    return case.paper.every == WEEKLY and period.as_of - period.base_on == WEEK
