"""What a text calls by a short word, said by its name: 全县 under the name of a county, 第45周 in that week's paper.

The text stays as long as it is; what is printed stays as it is.
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import named_figure
from zt_analysis.tying.divisions import where
from zt_analysis.tying.forms import THEN as THEN_DAY
from zt_analysis.tying.marks import HIDDEN, WEEKLY
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.vocabulary import together

THAT = re.compile(
    r"(?:全|该|我|本|你|贵|此)(?P<kind>[县区市])(?![委府局级长直里内外域])|(?<=[，,；;。\s])(?P<inside>[县区])里"
)
_NUMBER = r"\d[\d,.]*\s*(?:万?[人名户件所个]|[%％]|[万亿]?元)"
THEN = re.compile(rf"(?P<day>(?:比|较|与|由|从){THEN_DAY})[（(](?P<number>{_NUMBER})[）)]")
# 高于全市平均的0.57%: the rate of the whole is the mean of its parts
AVERAGE = re.compile(r"(?<=[高低]于[全我][市县省])的?平均(?:水平|值|数)?(?=的\d[\d.]*\s*(?:[%％]|元))")
SHARE = re.compile(
    r"(?<=[人名户件所个元])[（(](?P<said>(?:约|大约)?占比?[^（）()，,；;\d]{0,12}?\d[\d.]*\s*[%％])[）)]"
)
# 受助人数最多的东川县有508人
MOST_BEHIND = re.compile(
    r"(?<![^，,；;。：:、\s日])(?P<name>[^，,。；;：:、\d日]{2,16}?)(?P<most>最[多高少低])的(?P<place>[^，,。；;：:、的\d是]{2,4}?)"
    rf"(?P<verb>(?:则|也|共)?(?:有|为|达|仅有|只有)?)(?={_NUMBER}\s*(?:[，,。；;、（()）\n]|$))"
)
# 受助人数最少的西岭县为39人，最多的东川县为508人: the second of the same name
MOST_AGAIN = re.compile(
    rf"(?<=[，,；;])(?P<most>最[多高少低])的(?P<place>[^，,。；;：:、的\d是]{{2,4}}?)(?P<verb>(?:则|也)?(?:有|为|达))(?={_NUMBER}\s*(?:[，,。；;、（()）\n]|$))"
)
# 初中失辍学率高出小学1.53个百分点: as long as 比小学高
HIGHER = re.compile(r"(?P<how>[高多])出(?P<of>[一-龥]{2,12}?)(?=约?\d)")
# 9月20日至11月8日，中央新下达资金8122.42万元: what has come on top since then
DONE = re.compile(
    rf"(?:(?<=[，,、；;来日])|(?<=之前))(?P<who>[一-龥]{{0,6}}?)(?P<new>又?新|又|再)(?P<name>[一-龥]{{2,10}}?)(?={_NUMBER})"
)
SPAN = re.compile(rf"{THEN_DAY}(?:以来|起|[至到]|之后|以后|后)")
# 存在的主要问题是初中控辍压力较大，截至11月8日初中失辍学率仍为1.59%
PROBLEM = re.compile(
    r"(?<![^。\n])\s*(?:当前|目前)?(?:存在的|面临的)?(?:主要|突出|最大|首要)?的?(?:问题|困难|难点|短板|薄弱环节)(?:是|在于)"
    r"(?P<what>[一-龥]{2,14}?)(?:工作)?(?:压力|任务|难度|形势)(?:仍然|仍|依然|依旧|还|比较|较为|较|很|十分|非常)*(?:大|重|高|艰巨|严峻|繁重|突出)[，,]"
    r"(?=(?P<ahead>[^。\n\d]*(?:\d{1,2}月\d{1,2}日)?[^。\n\d]*)\d)"
)
# how far back a county may have been named
FAR = 300
COMPARED_WITH = re.compile(r"[占在居列比较于为][^，。；]{0,2}$")
OWN_PAPER = re.compile(r"简报|快报|专报|信息|汇报|报告|总结|纪要|通报")
# what heads a weekly paper's own week
ONE_WEEK = re.compile(r"(?<![一-龥])一周(?:工作)?(?:动态|数据|情况|进展|概况|回顾|速览|快报|数字)(?=\s*[：:])")
SENTENCE = re.compile(r"[。！？!?\n]")


# 其中： over lines that are counted, each but the last with a semicolon at its end
_COUNTED_LINE = r"[ \t　]*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑨])[^\n。；;]{3,40}"
LINES = re.compile(rf"(?<=其中)[：:][ \t]*\n(?:{_COUNTED_LINE}[；;][ \t]*\n)+{_COUNTED_LINE}(?=[。；;]?[ \t]*(?:\n|$))")


def meant(text: str, case: Case) -> str:
    """``text`` with such words as the names that they stand for, where no other can be meant."""
    text = LINES.sub(lambda one: one[0].replace("\n", " "), text) if "其中" in text else text
    text = _without_problem(_done_since(text, case), case)
    return _that_member(_own_week(_most_behind(_unbracketed(text), case), case), case)


def _without_problem(text: str, case: Case) -> str:
    """A sentence without what opens it, that some work is hard; of whom it is, the number behind it says again."""

    def blank(found: re.Match[str]) -> str:
        what, parts = found["what"], case.parts.named(found["what"])
        for one in reversed(parts):
            what = what[: one.start] + what[one.end :]
        own = {(one.dimension, one.values) for one in case.parts.named(found["ahead"])}
        worked = together("work", "office_field").sub("", what)
        again = all(one.counted and (one.dimension, one.values) in own for one in parts)
        return " " * len(found[0]) if not worked and again else found[0]

    return PROBLEM.sub(blank, text)


def _done_since(text: str, case: Case) -> str:
    """9月20日以来，中央新下达资金8122.42万元 as 中央下达资金多8122.42万元: by how much the figure has grown."""

    def grown(found: re.Match[str]) -> str:
        who = found["who"].removeprefix("上级")
        for part in reversed(case.parts.named(who)):
            who = who[: part.start] + who[part.end :]
        of = named_figure(f"{who}{found['name']}", "fen", case)
        has_moved = bool(of) and find(of).has_base and not find(of).stock
        since = SPAN.search(SENTENCE.split(text[: found.start()])[-1])
        return f"{found['who']}{found['name']}多{HIDDEN * (len(found['new']) - 1)}" if has_moved and since else found[0]

    return DONE.sub(grown, text)


def _most_behind(text: str, case: Case) -> str:
    """受助人数最多的东川县有508人 as 东川县受助人数最多，为508人: whether it is, is asked there (``ranks``)."""

    def turned(found: re.Match[str]) -> str:
        place, verb = found["place"], found["verb"]
        if not _is_member(place, case) or case.parts.named(found["name"]):
            return found[0]
        return f"{place}{found['name']}{found['most']}，{'为' if verb else ''}{HIDDEN * (len(verb) - 1)}"

    def again(found: re.Match[str]) -> str:
        sentence = SENTENCE.split(text[: found.start()])[-1]
        if not MOST_BEHIND.search(sentence) or not _is_member(found["place"], case):
            return found[0]
        return f"{found['place']}{found['most']}，为{HIDDEN * (len(found['verb']) - 1)}"

    return MOST_BEHIND.sub(turned, MOST_AGAIN.sub(again, text)) if "最" in text else text


def _is_member(place: str, case: Case) -> bool:
    named = case.parts.named(place)
    return len(named) == 1 and named[0].text == place and named[0].dimension in case.registers


def _unbracketed(text: str) -> str:
    """比9月20日（5765人） as 比9月20日的5765人, 小学329人（占7.0%） as 小学329人，占7.0%, 高出小学 as 比小学高."""
    text = text.replace("今春", "春季") if "今春" in text else text
    text = THEN.sub(lambda one: f"{one['day']}的{one['number']}{HIDDEN}", text)
    text = HIGHER.sub(r"比\g<of>\g<how>", text)
    text = AVERAGE.sub(lambda one: HIDDEN * len(one[0]), text)
    return SHARE.sub(lambda one: f"，{one['said']}{HIDDEN}", text)


def _own_week(text: str, case: Case) -> str:
    if case.paper.every != WEEKLY or "周" not in text:
        return text
    number = case.paper.period.as_of.isocalendar().week
    form = re.compile(rf"(?<!学期)(?<!开学)(?<!年)第\s*{number}\s*周")
    text = form.sub(lambda one: "本周" + HIDDEN * (len(one[0]) - 2), text)
    return ONE_WEEK.sub(lambda one: "本周" + HIDDEN * (len(one[0]) - 2), text)  # 一周动态：


def _that_member(text: str, case: Case) -> str:
    """甲县简报…全县劝返复学51人: the one member named before it, with no other place between."""
    pieces, since = [], 0
    city = _city_of_title(text, case)
    for found in THAT.finditer(text):
        whole = whole_pattern().fullmatch(found[0])
        if whole and (not city or COMPARED_WITH.search(text, 0, found.start())):  # 占全市的26.5%
            continue
        name = city if whole else _named_before(text, found, case)
        if name and len(name) == len(found[0]):
            pieces += [text[since : found.start()], name]
            since = found.end()
    return "".join((*pieces, text[since:])) if pieces else text


def _city_of_title(text: str, case: Case) -> str:
    """乙市简报: the short name of the city that a paper is of; there 全市 is not the office's whole."""
    title = next((line for line in text.split("\n") if line.strip()), "")
    named = [one for one in case.parts.named(title) if one.dimension in case.parts.places]
    if len(named) != 1 or not named[0].values or named[0].dimension not in case.registers or SENTENCE.search(title):
        return ""
    name = case.registers[named[0].dimension][named[0].values[0]]["zh"]
    return (
        name[:-1]
        if name.endswith("市") and OWN_PAPER.search(title) and title.find(named[0].text) <= len("关于")
        else ""
    )


def _named_before(text: str, found: re.Match[str], case: Case) -> str:
    """The short name of the member that was named last; empty where none or more than one can be meant."""
    before = text[max(0, found.start() - FAR) : found.start()]
    named = [
        one
        for one in case.parts.named(before)
        if one.dimension in case.parts.places
        # 东川县是全市的重点: of which it is one
        and not (
            one.dimension == "whole" and before.endswith("是", 0, one.start) and before[one.end : one.end + 1] == "的"
        )
    ]
    if not named or not named[-1].values or named[-1].dimension not in case.registers:
        return ""
    last = named[-1]
    # of several that one sentence names none is meant; nor where another place stands between
    opened = max((one.end() for one in SENTENCE.finditer(before, 0, last.start)), default=0)
    alone = {one.values for one in named if one.start >= opened and one.dimension != "whole"} == {last.values}
    name = case.registers[last.dimension][last.values[0]]["zh"]
    if not alone or not name.endswith(found["kind"] or found["inside"]) or where(before[last.end :]):
        return ""
    return name[:-1]
