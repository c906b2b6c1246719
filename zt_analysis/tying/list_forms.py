"""Lists whose names, numbers or unit are said apart: 前者…后者, 分别, 1.…2.…, （单位：人）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import zt_analysis.expressions as re
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.case import Case
from zt_analysis.tying.change_forms import NOW_AHEAD
from zt_analysis.tying.forms import DAY, HERE, THEN, VERB, Form, N, Said, lead_of, members_of
from zt_analysis.tying.marks import BY

TWO = re.compile(
    rf"(?P<first>[^，,。；;、\d{HERE}]{{2,16}}?)[和与及、](?P<second>[^，,。；;、\d{HERE}]{{2,16}}?)"
    rf"(?P<tail>学生人数|人数|的?学生|两项|两种方式)?(?P<sum>(?:合计|共计|总计|一共|共)(?:为|有|达)?{N})?[，,](?:其中)?前者(?P<n1>(?:为|有|达)?{N})[，,、；;]后者(?P<n2>(?:为|有|达)?{N})"
)
# 中央资金是省级的2.31倍，前者93306.29万元，后者40409.03万元
TWO_TIMES = re.compile(
    rf"(?P<first>[^，,。；;、\d{HERE}]{{2,16}}?)(?:是|为|相当于)(?P<second>[^，,。；;、\d{HERE}]{{2,16}}?)的[\d.]+倍(?P<tail>)"
    rf"[，,](?:其中)?前者(?P<n1>(?:为|有|达)?{N})[，,、；;]后者(?P<n2>(?:为|有|达)?{N})"
)
NUMBERED = re.compile(
    r"(?<=[：:；;，,。、\s])\s*(?:(?P<plain>\d{1,2})[.．、]|[（(](?P<bracket>\d{1,2})[）)]|(?P<round>[①-⑨]))\s*(?=[一-龥])"
)
# 资助发放（万元）：小学10000.05、初中11500: said at the head of the list
HEAD_UNIT = re.compile(
    r"[（(]\s*(?:单位[：:]\s*)?(?P<unit>万?人|万元|件|所|个|户|元)[）)]\s*(?:[：:]|分别为|依次为)(?=[^（()）。]*\0)"
)
INUNIT = re.compile(r"[（(]\s*单位[：:]\s*(?P<unit>人|万元|件|所|个|户|元)\s*[）)]")
BARE = re.compile(r"\d[\d,.]*(?=\s*(?:[、，,；;（(]|和|$))")


def former(said: Said) -> Iterator[Form]:
    """上门送教和远程送教，前者823人，后者1208人."""
    found = TWO.search(said.text) or TWO_TIMES.search(said.text)
    if found is None or not found.start("n1") <= said.text.index(HERE) < found.end("n2"):
        return
    lead, first = lead_of(found["first"], said.case)
    which = first if HERE in found["n1"] else found["second"]
    tail = (found["tail"] or "").removeprefix("的")
    yield Form(f"{said.text[: found.start()]}{lead}{which}{tail}{HERE}{said.text[found.end() :]}")


def numbered(said: Said) -> Iterator[Form]:
    """劝返复学情况：1.小学330人；2.初中1585人: a list whose numbers count it."""
    found = [*NUMBERED.finditer(said.text)]
    order = [
        "①②③④⑤⑥⑦⑧⑨".index(one["round"]) + 1 if one["round"] else int(one["plain"] or one["bracket"]) for one in found
    ]
    if len(found) > 1 and order == [*range(1, len(found) + 1)]:
        yield Form(NUMBERED.sub("", said.text))


def in_unit(said: Said) -> Iterator[Form]:
    """东川148、西岭64（单位：人）, 受助学生（人）：东川148、西岭64: the unit that is said once."""
    found = INUNIT.search(said.text)
    if found and not said.mention.unit and said.text.index(HERE) < found.start():
        before = BARE.sub(lambda one: f"{one[0]}{found['unit']}", said.text[: found.start()])
        yield Form(f"{before}{said.text[found.end() :]}", unit=found["unit"])
    head = HEAD_UNIT.search(said.text)
    if head and not said.mention.unit:
        listed = BARE.sub(lambda one: f"{one[0]}{head['unit']}", said.text[head.end() :])
        yield Form(f"{said.text[: head.start()]}：{listed}", unit=head["unit"])


IN_TURN = re.compile(
    rf"(?P<names>[^，,。；;：:{HERE}]{{2,80}}?)(?P<then>[，,]?(?:较|比|与|同){THEN}(?:相比)?[，,]?)?(?:分别|依次)"
    rf"(?P<then2>(?:较|比){THEN})?(?P<verb>[为是有达到由从]*|占比?(?P<whole>[^，,。；;、\d{HERE}]{{2,14}}?的)?|{VERB})"
    rf"(?P<numbers>{N}(?:(?:[、，,]|和|与|及){N})+)"
    rf"(?:[，,](?:分别)?(?P<verb2>占比?(?:[^，,。；;、\d{HERE}]{{2,14}}?的)?)(?P<shares>{N}(?:(?:[、，,]|和|与|及){N})+))?"
)
BETWEEN = re.compile(r"、|和|与|(?<![惠涉普])及(?![时早格其])")
COUNTS = re.compile(r"(?:学生)?(?:人数|学生|数)$")
NUMBER = re.compile(N)


def in_turn(said: Said) -> Iterator[Form]:
    """小学、初中分别为A、B，分别占C、D: the name, the number and the share of its turn."""
    found = IN_TURN.search(said.text)
    if found is None or HERE not in found[0]:
        return
    numbers, shares = NUMBER.findall(found["numbers"]), NUMBER.findall(found["shares"] or "")
    lead, items = items_of(found["names"], len(numbers), said.case)
    if not items or (shares and len(shares) != len(numbers)):
        return
    turn = next(place for place, one in enumerate(shares if HERE in shares else numbers) if one == HERE)
    for name in names_in_turn(items, turn, said.case):
        then = found["then"] or found["then2"] or ""
        clause = f"{lead}{name}{then.strip('，,')}{found['verb']}{numbers[turn]}"
        if shares and HERE in shares:
            clause += f"，{found['verb2']}{shares[turn]}"
        yield Form(f"{said.text[: found.start()]}{clause}{said.text[found.end() :]}")


def items_of(names: str, number: int, case: Case) -> tuple[str, list[str]]:
    """What leads a list of names and is said of all, and the names; none where they are not so many."""
    lead, listed = lead_of(names, case)
    items = [one.strip() for one in BETWEEN.split(listed)]
    return lead, items if len(items) == number and all(items) else []


NUMBERS_FIRST = re.compile(
    rf"(?P<numbers>{N}(?:(?:[、，,]|和|与|及){N})+)(?:名|个|的)?(?:学生|儿童|孩子)?(?:分别|依次)"
    rf"(?:已|被|为|是|系|接受|享受|得到|获得|实现|完成|属于?)*(?P<names>[^，,。；;：:\d{HERE}]{{2,60}})"
)


def numbers_first(said: Said) -> Iterator[Form]:
    """823人、1208人分别接受上门送教、远程送教 -> 上门送教823人."""
    found = NUMBERS_FIRST.search(said.text)
    if found is None or HERE not in found["numbers"]:
        return
    numbers = NUMBER.findall(found["numbers"])
    items = [one.strip() for one in BETWEEN.split(found["names"])]
    if len(items) == len(numbers) and all(items):
        turn = numbers.index(HERE)
        clause = f"{next(names_in_turn(items, turn, said.case), items[turn])}{HERE}"
        yield Form(f"{said.text[: found.start()]}{clause}{said.text[found.end() :]}", instead=True)


SO_MANY = re.compile(r"^(?:[两二三四五六七八九十]|十一|\d{1,2})个?(?:地|县区?|县市区|区县|县（市、区）)的?")


def names_in_turn(items: Sequence[str], turn: int, case: Case) -> Iterator[str]:
    """What an item of a list is called in full: 小学 of 小学、初中受助学生 is 小学受助学生; the likeliest first."""
    item, last = items[turn], items[-1]
    part = next((one for one in case.parts.named(last) if one.start == 0 and one.counted), None)
    is_part = any(one.start == 0 and one.end == len(item) for one in case.parts.named(item))
    if part and (is_part or turn == len(items) - 1):
        said = SO_MANY.sub("", last[part.end :])  # 东川、西岭两地受助学生数
        yield f"{item if turn < len(items) - 1 else part.text}{said}"
        return
    if turn == len(items) - 1:
        yield item
        return
    tail = COUNTS.search(last)
    if any(word in item for word in case.figure_words):
        yield f"{item}{tail[0] if tail else ''}"
    # 复学、上门送教、远程送教销案: what all of them end with
    for size in range(2, len(last) - 1):
        if any(f"{item}{last[-size:]}" == word or last[-size:] in word for word in case.figure_words):
            yield f"{item}{last[-size:]}"


_ITEM = rf"[一-龥]{{2,5}}[（(]?{N}[）)]?"
PARTS_FIRST = re.compile(
    rf"(?P<items>(?:{_ITEM}[、，,])+{_ITEM})[，,]?(?:一?共计?|合计)?(?P<count>[两二三四五六七八九]个?(?:地|县区|县))?(?:一?共计?|合计)?"
    rf"(?P<name>[^，,。；;、\d{HERE}]{{2,12}}?)(?:一?共计?|合计)?(?P<total>{N})"
)
ITEM = re.compile(rf"(?P<part>[一-龥]{{2,5}}?)[（(]?(?P<n>{N})[）)]?")


def parts_first(said: Said) -> Iterator[Form]:
    """小学260人、初中563人，共上门送教823人: what is counted is named with the sum of all."""
    found = PARTS_FIRST.search(said.text)
    if found is None or HERE not in found[0]:
        return
    items = [*ITEM.finditer(found["items"])]
    parts = [said.case.parts.named(one["part"]) for one in items]
    alone = (len(one) == 1 and one[0].counted and one[0].text for one in parts)
    if [*alone] != [one["part"] for one in items]:
        return
    mine = next((one["part"] for one in items if one["n"] == HERE), "")
    if not mine and found["count"]:  # 三地劝返复学共1040人
        mine = f"{'、'.join(one['part'] for one in items)}{found['count']}"
    yield Form(f"{said.text[: found.start()]}{mine}{found['name']}{HERE}{said.text[found.end() :]}")


TOTAL_BEHIND = re.compile(
    rf"(?P<items>(?:{_ITEM}[、，,；;])+{_ITEM})[，,；;](?P<name>[^，,。；;、\d{HERE}]{{2,12}}?)(?:合计|共计|总计|一共|共)(?:为|有|达)?{HERE}"
)


def total_behind(said: Said) -> Iterator[Form]:
    """东川319人、西平216人，远程送教合计535人: of the places that are listed, by the name behind them."""
    found = TOTAL_BEHIND.search(said.text)
    parts = [one["part"] for one in ITEM.finditer(found["items"])] if found else []
    members = members_of("、".join(parts), said.case) if parts else None
    whole = any(one.dimension == "whole" for one in said.case.parts.named(found["name"])) if found else False
    if found and members and len(members[1]) == len(parts) and not whole:
        listed = f"{'、'.join(parts)}{found['name']}合计{HERE}"
        yield Form(f"{said.text[: found.start()]}{listed}{said.text[found.end() :]}", instead=True)


_BARE_ITEM = rf"[一-龥]{{2,5}}(?:\d[\d,.]*|{HERE})"
IN_BRACKET = re.compile(
    rf"(?<=\d)(?P<unit>人|名|件|所|个|万元)[（(](?P<items>{_BARE_ITEM}(?:[、，,]{_BARE_ITEM})+)[）)]"
)
DIGITS = re.compile(r"\d[\d,.]*")


def in_bracket(said: Said) -> Iterator[Form]:
    """劝返复学1915人（昭阳343、鲁甸149）: the unit of the number before them."""
    found = IN_BRACKET.search(said.text)
    if found and HERE in found["items"] and not said.mention.unit:
        unit = found["unit"]
        items = DIGITS.sub(lambda one: f"{one[0]}{unit}", found["items"])
        yield Form(f"{said.text[: found.start('items')]}{items}{said.text[found.end('items') :]}", unit=unit)


_NAMED = rf"[^，,。；;：:、\d{HERE}]{{3,14}}?(?:为|有|达)?{N}"
AGAIN = re.compile(
    rf"(?P<items>(?:{_NAMED}[、，,；;])+{_NAMED})[，,；;。](?P<when>(?:而|到|截[至止]到?|至)*(?:{DAY}|目前|现在)[，,]?)?"
    rf"(?:上述|以上|这)?(?P<count>[两二三四五六])(?:项|者|类|个?指标|组)(?:数据|指标|人数|数字|数)?(?P<verb>(?:已?分别|依次)(?:为|是|达到?|增至|升至|增加到|上升到|降至))"
    rf"(?P<numbers>{N}(?:(?:[、，,]|和|与|及){N})+)"
)
ONE_NAMED = re.compile(rf"(?:(?<=^)|(?<=[、，,；;]))(?P<name>[^，,。；;：:、\d{HERE}]{{3,14}}?)(?:为|有|达)?{N}")


def named_before(said: Said) -> Iterator[Form]:
    """9月20日，受助1020人、上门送教440人；11月8日，两项分别为1915人、823人 -> 11月8日，受助1915人."""
    found = AGAIN.search(said.text)
    if found is None or HERE not in found["numbers"]:
        return
    numbers = NUMBER.findall(found["numbers"])
    names = [one["name"] for one in ONE_NAMED.finditer(found["items"])][-len(numbers) :]
    if len(names) == len(numbers) == count_of(found["count"]):
        ahead = NOW_AHEAD.sub("", said.text[: found.start()])
        when = found["when"] or ""
        yield Form(f"{ahead}{when}{names[numbers.index(HERE)]}{HERE}{said.text[found.end() :]}", instead=True)


_BY = rf"(?:分|按|从){BY}(?:来|上)?(?:看|划分|分|统计)[，,：:]"
TWO_LISTS = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?:{_BY})?(?P<list>[^；;]*?\d[^；;]*)[；;]{_BY}(?P<second>[^；;]*{HERE}.*)$"
)


def second_list(said: Said) -> Iterator[Form]:
    """分学段看，受助学生小学329人…；分县区看，东川县1250人 -> 受助学生：东川县1250人: named in the first of both."""
    found = TWO_LISTS.match(said.text)
    if found is None:
        return
    first = next((one for one in said.case.parts.named(found["list"]) if one.values), None)
    if first and any(word in found["list"][: first.start] for word in said.case.figure_words):
        yield Form(f"{found['pre']}{found['list'][: first.start].strip(' ：')}：{found['second']}", instead=True)
