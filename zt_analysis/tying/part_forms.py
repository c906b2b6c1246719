"""Parts that stand within the name of what is counted, or that a list says it is of some of."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.forms import DAY, ENDS, HERE, Form, N, Said, members_of
from zt_analysis.tying.list_forms import in_turn
from zt_analysis.tying.marks import CLAUSE_END

WITHIN = re.compile(rf"(?P<behind>(?:学生|儿童|少年|孩子)?)(?:人数|共计?|有|为|达到?)*(?={HERE})")
# 部分县区小学失辍学率（11月8日）：东川县0.06%，西岭县0.07%
SOME_OF_THEM = re.compile(
    r"^(?P<ahead>[^，,。；;：:]{0,20}[，,])?(?:部分|有关|相关|主要|几个|个别)(?:县市区|县区|县|地方|地区)的?"
    rf"(?P<name>[^，,。；;：:\d{HERE}]{{3,20}}?)(?P<time>[（(](?:截[至止]到?)?{DAY}[）)])?(?:分别|依次|如下)?(?:为|是|[：:])(?P<items>[一-龥].*)$"
)
STOPS = re.compile(ENDS)
ITEM = re.compile(rf"(?P<who>[一-龥]{{2,5}}?)(?:为|有|达)?{N}")
JOINED = re.compile(r"[、，,；;和与及]+|[。；;]?$")


def part_within(said: Said) -> Iterator[Form]:
    """资助普通高中学生46000人 -> 普通高中资助学生46000人: a part that stands within the name of the figure."""
    here = said.text.index(HERE)
    for part in said.case.parts.named(said.text[:here]):
        found = WITHIN.match(said.text, part.end)
        if found is None or found.end() != here or not part.counted or part.dimension in said.case.parts.places:
            continue
        ahead = said.text[: part.start]
        # 资助幼儿: they are those of 资助学生
        behind = found["behind"] or ("学生" if part.text.endswith(("生", "儿", "童")) else "")
        inside = (
            (size, word)
            for word in said.case.figure_words
            for size in range(2, len(word) - 1)
            if word[size:] == behind and ahead.endswith(word[:size])
        )
        for size, word in sorted(inside, reverse=True)[:1]:
            yield Form(f"{ahead[:-size]}{part.text}{word}{said.text[found.end('behind') :]}")


def number_within(said: Said) -> Iterator[Form]:
    """资助46000名学生 -> 资助学生46000名: the number stands within the name of the figure."""
    here = said.text.index(HERE)
    ahead, behind = said.text[:here], said.text[here + 1 :]
    inside = (
        (size, word)
        for word in said.case.figure_words
        for size in range(2, len(word) - 1)
        if ahead.endswith(word[:size]) and behind.startswith(word[size:]) and STOPS.match(behind, len(word) - size)
    )
    for size, word in sorted(inside, reverse=True)[:1]:
        yield Form(f"{ahead[:-size]}{word}{HERE}{behind[len(word) - size :]}")


TIMED = re.compile(rf"[春秋]季学期|截[至止]到?{DAY}")


def time_within(said: Said) -> Iterator[Form]:
    """学生春季学期获得资助2800万元 -> 春季学期学生获得资助2800万元: a time within a figure's name."""
    for time in TIMED.finditer(said.text, 0, said.text.index(HERE)):
        ahead, behind = said.text[: time.start()], said.text[time.end() :].removeprefix("已")
        words = [
            word
            for word in said.case.figure_words
            for size in range(2, len(word) - 1)
            if ahead.endswith(word[:size]) and behind.startswith(word[size:])
        ]
        if words:
            begins = max((one.end() for one in CLAUSE_END.finditer(ahead)), default=0)
            yield Form(f"{ahead[:begins]}{time[0]}{ahead[begins:]}{behind}")


def some_of_them(said: Said) -> Iterator[Form]:
    """部分县区失辍学率：东川县0.06%，西岭县0.07% -> 失辍学率：东川县0.06%…: each of them is named."""
    found = SOME_OF_THEM.match(said.text)
    if found is None or HERE not in found["items"]:
        return
    items, place = found["items"], 0
    while one := ITEM.match(items, place):
        if members_of(one["who"], said.case) is None:
            return
        joined = JOINED.match(items, one.end())
        if joined is None:
            return
        place = joined.end()
    if place == len(items):
        time = found["time"].strip("（()）") + "，" if found["time"] else ""
        yield Form(f"{time}{found['ahead'] or ''}{found['name']}：{items}")


# 东川、西平、南湖三县截至11月8日远程送教319人、119人、85人
OF_EACH = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?P<list>[一-龥]{{2,5}}(?:[、和与][一-龥]{{2,5}}?)+)(?P<count>[两二三四五六七八九十])个?(?:县区|县市区|区县|县|地)(?:的)?"
    rf"(?P<time>(?:截[至止]到?{DAY}|{DAY}|[春秋]季学期)[，,]?)?(?P<name>[^，,。；;：:、\d{HERE}]{{3,16}}?)(?:为|有|达)?(?P<numbers>{N}(?:(?:、|和|与){N})+)"
)
NUMBER = re.compile(N)


def of_each(said: Said) -> Iterator[Form]:
    """东川、西平两县劝返复学508人、343人 -> …分别508人、343人: as many numbers as places, each in its turn."""
    found = OF_EACH.match(said.text)
    members = members_of(found["list"], said.case) if found else None
    if found is None or members is None or HERE not in found["numbers"]:
        return
    many = count_of(found["count"].replace("两", "二"))
    if len(NUMBER.findall(found["numbers"])) == many == len({*members[1]}):
        time = f"{found['time'].rstrip('，,')}，" if found["time"] else ""
        each = f"{time}{found['list']}{found['name']}分别为{found['numbers']}"
        yield from in_turn(Said(f"{found['pre']}{each}{said.text[found.end() :]}", said.mention, said.case, said.above))


# 计算失辍学率所用的初中适龄人口为276000人
USED_FOR = re.compile(r"(?:计算|测算|核算)(?P<of>[一-龥]{2,8}?率)时?(?:所用|所使用|使用|采用|所采用|所依据)的")


def used_for(said: Said) -> Iterator[Form]:
    """计算失辍学率所用的适龄人口276000人 -> 适龄人口276000人: by which a rate that is known is divided."""
    found = USED_FOR.search(said.text)
    rates = [one.indicator for one in said.case.phrases if found and found["of"] in one.words]
    if found is None or not rates:
        return
    text = f"{said.text[: found.start()]}{said.text[found.end() :]}"
    by = {name for one in rates for name, _ in find(one).inputs}
    words = [word for one in said.case.phrases if one.indicator in by for word in one.words]
    if any(word in text[: text.index(HERE)] for word in words):
        yield Form(text, instead=True)
