"""Parts in the order of their numbers: 东川县508人最多，西平区343人次之; 人均资助额以高中最高，为2373.55元.

Each is said again as 东川县失辍学508人，居第一位, whose place is computed (``ranks``): the name is that of the
list, the place what its words say, counted on from the first of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said, members_of
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.ranks import kind_of

_MOST = r"最[多高大长]|排在?最前面?|居最前|(?:位居|居|列|排名?)?(?:第[一1]位?|首位|榜首)|居首|领先"
_LEAST = r"最[少低小短]|排在?最后面?(?!一)|(?:居|列|排)?(?:末位|最后一位|末尾)|居末|垫底"
_NEXT = r"次之|紧随其后|居次"
_NTH = r"(?:位居|位列|居|列|排名?|排在)?第(?:[二三四五六七八九十]|1[01]|[2-9])位?"
_RANK = rf"(?:{_MOST}|{_LEAST}|{_NEXT}|{_NTH})"
_AMONG = r"(?:在?(?:全市|我市|各县(?:市?区)?|各学段)(?:各?县(?:市?区)?)?(?:中|里|之中)?)?"
_TIME = rf"(?:截[至止]到?{DAY}[，,]?|[春秋]季学期[，,]?|{DAY}[，,]?)?"
_IS = r"(?:共计|合计|共|计|为|是|有|达到?|仅|只|仅有|只有)*"
# each part of a text is one character while its items are looked for
_WHO = r"[\ue000-\ue0ff]"
_END = r"(?=[，,。；;、）)（(]|$)"
# （春季学期） right behind a number: when it was counted
_NOTED = rf"(?:截[至止]到?)?{DAY}|[春秋]季学期"
# 东川县最多，为508人; 西平区次之（343人）
_AHEAD = (
    rf"(?P<who_a>{_WHO})(?P<name_a>[一-龥]{{0,14}}?)(?:位?居|位?列|排名?)?{_AMONG}(?P<rank_a>{_RANK})[，,（(：:]?"
    rf"(?P<time_a>{_TIME}){_IS}(?P<n_a>{N})[）)]?(?:[（(](?P<note_a>{_NOTED})[）)])?{_END}"
)
# 东川县508人最多; 西平区343人为最低; 南湖县467人居第三位
_BEHIND = (
    rf"(?P<who_b>{_WHO})(?P<name_b>[一-龥]{{0,14}}?){_IS}(?P<n_b>{N})[，,]?(?:则|为|是)*"
    rf"{_AMONG}(?P<rank_b>{_RANK}){_END}"
)
# 最少的是西岭县，为97人; 其次是南湖县，为125人
_FIRST = (
    rf"(?P<rank_c>{_MOST}|{_LEAST}|其次|{_NTH})(?:的(?:县区|县市区|县|区|地方|一个|学段)?)?(?:是|为|：)?(?P<who_c>{_WHO})"
    rf"[，,（(：:]?(?P<time_c>{_TIME}){_IS}(?P<n_c>{N})[）)]?(?:[（(](?P<note_c>{_NOTED})[）)])?{_END}"
)
# 东川县以508人居全市首位, 西岭县以39人排名末位
_WITH = (
    rf"(?P<who_d>{_WHO})(?P<name_d>[一-龥]{{0,14}}?)以(?P<n_d>{N})的?(?:人数|数量|规模|总量|成绩)?"
    rf"(?:位?居|位?列|排名?|名列|高居|稳居|位于)?{_AMONG}(?P<inner_d>[一-龥]{{3,14}}?)??(?P<rank_d>{_RANK}){_END}"
)
# without these words no part has to be looked for
RANKED = re.compile(rf"{_RANK}|其次")
IS_MOST = re.compile(rf"(?:{_MOST}|{_LEAST})的")
ITEM = re.compile(rf"(?:而|再)?(?:{_FIRST}|{_AHEAD}|{_WITH}|{_BEHIND})")
GAP = re.compile(r"[，,；;、]\s*")
# what a list is of stands in its first clause, or in one before it: 从失辍学人数看，; …占比，; 各学段发放额中，
HEAD = re.compile(
    rf"(?:从|按照?|[论就])?(?P<every>(?:全市)?各(?:县(?:市?区|市)?|[一-龥]{{2}}))?(?:的|中|里)?(?P<name>[^，,。；;：:、\d{HERE}]{{3,24}}?)"
    r"(?:来?看|方面|上|中|里|以|(?:的?(?:多少|高低|大小))?(?:来?排序|排名|排列|排))?[，,：:]?$"
)
BREAK = re.compile(r"[。；;！？\n：:]")
MARK = re.compile(r"[，,。；;\n]")
# a text that names more parts is no sentence
FEW = 200
CLAUSE = re.compile(r"(?:^|(?<=[，,：:；;。]))\s*")
MOST, LEAST, NTH = (re.compile(one) for one in (_MOST, _LEAST, _NTH))
# 初中是资助发放最多的学段，共11500万元
IS_THE_MOST = re.compile(
    rf"(?:^|(?<=[，,；;。：:]))(?P<who>{_WHO})(?:是|为)(?P<name>[一-龥]{{3,20}}?)(?P<rank>{_MOST}|{_LEAST})的(?P<kind>学段|县区|县|区|地方)"
    rf"[，,（(]{_IS}(?P<n>{HERE})"
)
# 受益197128人，支出7566.16万元，均居全市首位; 三项均为全市最少
ALL_PLACED = re.compile(
    r"[，,]\s*(?:(?P<count>[两二三四五六])[项者])?(?:指标|数据|人数|金额)?(?:均|都)(?:同样)?(?:位?居|位?列|排名?|为|是|处于)?(?P<of>(?:全市|我市|各县(?:市?区)?|各学段)"
    rf"(?:各?县(?:市?区)?)?(?:中|之)?)?(?P<rank>{_MOST}|{_LEAST}|{_NTH}|首|末)(?=[，,。；;]|$)"
)
NUMBER = re.compile(N)
_MANY = r"[二两三四五六七八九]"
# 东川县、西平区、南湖县失辍学人数居前三位，三县区合计2562人
HIGHEST = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?P<said>[一-龥、]{{7,70}}?)(?:位?居|位?列|排名?|排在|稳居|占据)(?:全市|各县区)?前(?P<top>{_MANY})(?:位|名)?[，,](?:这|上述|以上)?"
    rf"(?:(?P<count>{_MANY})个?(?:县区|县市区|区县|县|地))?(?P<sum>合计|共计|总计|一共|共)(?:为|达|有)?(?=(?P<n>{HERE}|{N}))"
)


def in_order(said: Said) -> Iterator[Form]:
    """东川县失辍学1250人最多，西平区845人次之 -> 西平区失辍学845人，居第二位."""
    if not RANKED.search(said.text):
        return
    text, names = _marked(said)
    here = text.index(HERE)
    for begins in (one.end() for one in CLAUSE.finditer(text, 0, here + 1)):
        head, items = _items(text, begins)
        turn = next((place for place, one in enumerate(items) if HERE in one[0]), None)
        if turn is None:
            continue
        kind = kind_of(names[_of(items[0], "who")], said.case)
        pre, name = _named(text, begins, head, items[0], kind)
        place = _place(items, turn)
        if name and place:
            time = _of(items[turn], "time").rstrip("，,") or _of(items[turn], "note")
            lead = f"{time}，" if time else ""
            made = f"{pre}{lead}{_of(items[turn], 'who')}{name}{HERE}，居{kind}{place}{text[items[-1].end() :]}"
            yield Form("".join(names.get(sign, sign) for sign in made))
        return


def _marked(said: Said) -> tuple[str, dict[str, str]]:
    """The text with a character for each part that it names, and what each of them stands for."""
    text, names = said.text, dict[str, str]()
    named = [one for one in said.case.parts.named(text) if len(one.values) == 1 and not one.family]
    for one in reversed(named[:FEW]):
        sign = chr(0xE000 + len(names))
        names[sign] = one.text
        text = f"{text[: one.start]}{sign}{text[one.end :]}"
    return text, names


def _items(text: str, begins: int) -> tuple[str, list[re.Match[str]]]:
    """The items of a list of parts in order from ``begins`` on, and what heads the first in its own clause."""
    ends = text.find("，", begins)
    for place in range(begins, ends if ends >= 0 else len(text)):
        first = ITEM.match(text, place)
        if first is None:
            continue
        items = [first]
        while gap := GAP.match(text, items[-1].end()):
            one = ITEM.match(text, gap.end())
            if one is None or _of(one, "name") or _of(one, "inner"):
                break
            items.append(one)
        return text[begins:place], items
    return "", []


def _named(text: str, begins: int, head: str, first: re.Match[str], kind: str) -> tuple[str, str]:
    """What stands before the list, and what all of it is of."""
    ahead = text[:begins]
    own = _of(first, "name") or _of(first, "inner").removesuffix("的")
    if own:
        return (ahead, own) if not head else ("", "")
    if not head:
        last = max((one.end() for one in MARK.finditer(ahead[:-1])), default=0)
        ahead, head = ahead[:last], ahead[last:]
    found = HEAD.fullmatch(head)
    if found is None:
        return "", ""
    # 各学段…，东川县最高: among what, is said otherwise
    every = (found["every"] or "").removeprefix("全市")
    if every and (every != kind if kind else not every.startswith("各县")):
        return "", ""
    name = found["name"].removesuffix("的")
    whole = whole_pattern("^(?:{})(?:的)?").match(name)
    return ahead, name[whole.end() :] if whole else name


def _place(items: list[re.Match[str]], turn: int) -> str:
    """第三位 or 倒数第二位, as the words of an item and those before it say."""
    rank = _of(items[turn], "rank")
    if LEAST.fullmatch(rank):
        return "倒数第一位"
    if MOST.fullmatch(rank):
        return "第一位"
    first = _of(items[0], "rank")
    low = "倒数" if LEAST.fullmatch(first) else ""
    if NTH.fullmatch(rank):
        return f"{low}第{rank.split('第')[1].removesuffix('位')}位"
    said = MOST.fullmatch(_of(items[turn - 1], "rank")) or LEAST.fullmatch(_of(items[turn - 1], "rank"))
    return f"{low}第二位" if turn and said else ""


def _of(item: re.Match[str], what: str) -> str:
    """What an item says, in whichever order it says it."""
    names = (f"{what}_{one}" for one in "abcd")
    return next((item[one] for one in names if one in item.re.groupindex and item[one]), "")


def is_the_most(said: Said) -> Iterator[Form]:
    """初中是资助发放最多的学段，共11500万元 -> 初中资助发放11500万元，居各学段第一位."""
    text, names = _marked(said) if IS_MOST.search(said.text) else (said.text, {})
    found = IS_THE_MOST.search(text) if names else None
    if found is None:
        return
    kind = kind_of(names[found["who"]], said.case)
    if found["kind"] == kind.removeprefix("各") or (not kind and "学段" not in found["kind"]):
        place = "倒数第一位" if LEAST.fullmatch(found["rank"]) else "第一位"
        made = f"{text[: found.start()]}{found['who']}{found['name']}{HERE}，居{kind}{place}{text[found.end() :]}"
        yield Form("".join(names.get(sign, sign) for sign in made))


def all_placed(said: Said) -> Iterator[Form]:
    """受益197128人，支出7566.16万元，均居全市首位: of each number of the clauses before it."""
    here = said.text.index(HERE)
    found = ALL_PLACED.search(said.text, here)
    if said.text[here + 1 : here + 2] not in tuple("，,、（("):  # 39人去年、上门送教16人
        return
    if found is None or HERE in found[0] or BREAK.search(said.text, here, found.start()):
        return
    begins = max((one.end() for one in BREAK.finditer(said.text, 0, here)), default=0)
    numbers = NUMBER.findall(said.text[begins : found.start()])
    if found["count"] and count_of(found["count"]) != len(numbers):
        return
    rank = {"首": "首位", "末": "末位"}.get(found["rank"], found["rank"])
    verb = "为" if rank.startswith("最") else "居"
    placed = f"，{verb}{found['of'] or ''}{rank}"
    rest = said.text[here + 1 : found.start()]
    yield Form(f"{said.text[: here + 1]}{placed}{rest}{said.text[found.end() :]}", instead=True)


def highest(said: Said) -> Iterator[Form]:
    """东川县、西平区失辍学人数居前两位，两县区合计2095人 -> 失辍学人数前两位的东川县、西平区合计2095人."""
    found = HIGHEST.match(said.text)
    named = said.case.parts.named(found["said"]) if found else []
    if found is None or not named:
        return
    begins, ends = named[0].start, named[-1].end
    ahead, listed, behind = found["said"][:begins], found["said"][begins:ends], found["said"][ends:]
    if ahead and behind:
        return
    name = ahead or behind
    members = members_of(listed, said.case)
    top = count_of(found["top"].replace("两", "二"))
    many = count_of(found["count"].replace("两", "二")) if found["count"] else top
    if members and top == many == len({*members[1]}):
        yield Form(f"{found['pre']}{name}前{found['top']}位的{listed}{found['sum']}{said.text[found.end() :]}")


def counted_before(value: object, after: str, numbers: int) -> bool:
    """Whether 三 in 三项均为全市最少 is how many numbers stand before it."""
    return value == numbers and ALL_PLACED.fullmatch(f"，三项{after}") is not None
