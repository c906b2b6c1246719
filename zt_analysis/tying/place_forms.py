"""The places that a number is of, said by those that it is not of, or of each by itself."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.forms import HERE, Form, Said, lead_of, members_of, named_of

AMONG_ALL = re.compile(
    r"(?:^|(?<=[，,]))在?(?:全市)?(?P<count>\d{1,2})个?(?:县区|县市区|县（市、区）)(?:当?中|之中|里)[，,]?"
)

AMONG_BEHIND = re.compile(
    r"(?<=[，,])在?(?:全市)?(?P<count>\d{1,2})个?(?:县区|县市区|县（市、区）)(?:当?中|之中|里)(?=[最居排位列])"
    # 占全市的26.5%，居11个县区之首
    r"|(?<=[，,][居列为])(?:全市)?(?P<of>\d{1,2})个?(?:县区|县市区|县（市、区）)(?:当?中|之中|里)?的?(?=之首|首位|第|末位|最)"
)


def among_all(said: Said) -> Iterator[Form]:
    """在11个县区中，东川县受助人数最多: among all that there are."""
    found = AMONG_ALL.search(said.text, 0, said.text.index(HERE))
    found = found or AMONG_BEHIND.search(said.text, said.text.index(HERE))
    if found and int(found[1] or found["of"]) in {len(one) for one in said.case.registers.values()}:
        yield Form(f"{said.text[: found.start()]}{'各县区' if not found[1] else ''}{said.text[found.end() :]}")


EVERY_PLACE = re.compile(
    rf"(?<!全市)(?<!我市)(?P<all>全部|所有)?{HERE}(?=(?:县市区|县区|县市|区县)(?P<said>[^，,。；;]*))"
)
UNIVERSE = re.compile(
    rf"[在居列为]{HERE}(?:县市区|县区|县市|区县)(?:(?:当?中|之中|里)(?=[最居排列第])|(?:之首|首位|末位))"
)
ALL_OF_THEM = re.compile(r"(?:当?中|之中|里)$|全覆盖|全部|[均都皆]|逐[一个]|(?:^|[^一-龥])$|入户|抽查|走访|督查")


def every_place(said: Said) -> Iterator[Form]:
    """实现11个县区全覆盖: all that there are, where they are so many."""
    found = EVERY_PLACE.search(said.text)
    if found is None or said.mention.value not in {len(one) for one in said.case.registers.values()}:
        return
    if UNIVERSE.search(said.text):  # 508人，在11个县区中最多: it is no number of that county's
        yield Form(f"全市{HERE}县区。")
    elif found["all"] or ALL_OF_THEM.search(found["said"]):
        yield Form(f"{said.text[: found.start()]}全市{HERE}{said.text[found.end() :]}")


BUT = re.compile(
    r"(?:^|(?<=[，,；;]))\s*除?(?P<but>[^，,。；;\d]{2,24}?)(?:以外|之外|外)(?:[，,]?(?:全市)?其[余他]|的)(?:(?P<count>[\d一二三四五六七八九十]{1,2})个?)?(?P<kind>县市区|县区|县市|区县|县)[，,]?"
    # 扣除东川县，全市还有
    r"|(?:^|(?<=[，,；;]))\s*(?:扣除|除去|刨除|刨去|剔除|去掉|不含|不计|不算)(?P<less>[^，,。；;\d]{2,24}?)(?:以?[外后]|之外|之后)?[，,]"
    r"(?:全市|其[余他]各?(?:县市区|县区|县市|县))(?:则|还|共|仍|尚|一共)*(?:剩下?的?|有)?"
)
EVERY = re.compile(r"[均都皆各]")
NONE = re.compile(
    rf"(?P<before>^|^[^，,。；;]*?)(?P<but>[^，,。；;\d{HERE}]{{2,24}}?)(?:没有|无)(?P<what>[一-龥]{{2,8}})[，,；;]\s*"
    rf"(?P<rest>其[余他](?P<count>[\d一二三四五六七八九十]{{1,2}})个?(?:县区|县市区|县))?"
)


def others(said: Said) -> Iterator[Form]:
    """除东川县、西岭县外，其余9个县区: the others by their names."""
    found = BUT.search(said.text)
    if found is None or found.end() > said.text.index(HERE):
        return
    members = members_of(found["but"] or found["less"], said.case)
    if members is None:
        return
    dimension, codes = members
    rest = [names["zh"] for code, names in said.case.registers[dimension].items() if code not in codes]
    if found["count"] and count_of(found["count"]) != len(rest):
        return
    listed = f"{'、'.join(rest[:-1])}和{rest[-1]}"
    text = f"{said.text[: found.start()]}{listed}{said.text[found.end() :]}"
    if EVERY.search(said.text, found.end(), said.text.index(HERE)):  # 均在900人以下
        yield from each(Said(text, said.mention, said.case))
    else:
        yield Form(text)


def none_before(said: Said) -> Iterator[Form]:
    """西岭县无新立案，东川县新立案1件: places without any are none of the number's, if they have none."""
    found = NONE.search(said.text, 0, said.text.index(HERE))
    if found is None:
        return
    lead, names = lead_of(f"{found['before']}{found['but']}", said.case)
    codes = members_of(names, said.case)
    of = named_of(found["what"], said.case)
    if not codes or not of or codes[0] not in said.case.dimensions(of):
        return
    wanted = [Wanted(of, said.case.paper.period, ((codes[0], code),)) for code in codes[1]]
    figures = said.case.computed(wanted)
    if any(figures[one.key].exact != 0 for one in wanted):
        return
    rest = ""
    if found["rest"]:
        listed = [each["zh"] for code, each in said.case.registers[codes[0]].items() if code not in codes[1]]
        if count_of(found["count"]) != len(listed):
            return
        rest = f"{'、'.join(listed[:-1])}和{listed[-1]}"
    yield Form(f"{lead}{rest}{said.text[found.end() :]}")


LEAST = 2
EACH = re.compile(
    rf"(?:^|(?<=[，,；;。：:]))(?P<said>[^，,。；;：:\d{HERE}]{{5,50}}?)(?:(?:相同|持平|一样|相等|并列|齐平)[，,]?)?"
    rf"(?:(?:各有|均有|都有)(?P<what>[一-龥]{{2,12}}?)|(?:各[为是]?|[均都皆同][为在是]?)){HERE}"
)
MANY = re.compile(r"(?P<number>[两二三四五六七八九])个?(?:县市区|县区|区县|县市|县|区|地)(?![级长域])")


# 各县区人均资助额均超过730元
ALL_EACH = re.compile(
    rf"(?:^|(?<=[，,；;。：:]))(?:全市)?(?:各|所有|(?P<count>\d{{1,2}})个)(?:县(?:市?区)?|县（市、区）)(?:的)?(?P<what>[一-龥]{{3,20}}?)(?:人数|数)?(?:均|都)(?:在|为|达)?{HERE}"
)


def all_each(said: Said) -> Iterator[Form]:
    """各县区人均资助额均超过730元: it has to hold of every place that there is."""
    found = ALL_EACH.search(said.text)
    if found is None or len(said.case.registers) != 1:
        return
    ((_, members),) = said.case.registers.items()
    if found["count"] and int(found["count"]) != len(members):
        return
    apart = [
        Form(f"{said.text[: found.start()]}{names['zh']}{found['what']}{HERE}{said.text[found.end() :]}")
        for names in members.values()
    ]
    yield Form(apart[0].text, others=tuple(apart[1:]))


def each(said: Said) -> Iterator[Form]:
    """东川县、西岭县各有达标乡镇1个: said of each by itself, and it has to hold of every one."""
    found = EACH.search(said.text)
    named = said.case.parts.named(found["said"]) if found else []
    if found is None or len(named) < LEAST or members_of(found["said"][: named[-1].end], said.case) is None:
        return
    behind_list = found["said"][named[-1].end :]
    counted = MANY.match(behind_list)  # 东川、西岭两县
    if counted and count_of(counted["number"]) == len(named):
        behind_list = behind_list[counted.end() :]
    what = f"{behind_list}{found['what'] or ''}"
    behind = said.text[found.end() :]
    apart = [Form(f"{said.text[: found.start()]}{one.text}{what}{HERE}{behind}") for one in named]
    yield Form(apart[0].text, others=tuple(apart[1:]))
