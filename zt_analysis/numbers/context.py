"""Words around a number: what bounds it, softens it, or says that it is the size of a rise or fall."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import zt_analysis.expressions as re
from zt_analysis.numbers.numerals import CHINESE

APPROX, MORE, LESS = "approx", "more-than", "less-than"

# 823人 / 以上均为示例: lines that a page has run together
_NOT_A_BOUND = "(?!数据|数字|内容|情况|各项|所列|信息|[均皆都][为系属是由](?!优|合格|不))"
_AFTER = re.compile(
    rf" ?(?:\(含[^)\n]{{0,4}}\))?(?:(?P<atleast>[及或]?以上{_NOT_A_BOUND}|之上|及其以上)"
    r"|(?P<atmost>[及或]?以下|[及或]?以内|之内|之下)|(?P<about>左右|上下|前后))"
)
# 300名学生以上, 50个孩子左右
_COUNTED_NOUN = (
    "(?:在校学生|在校生|(?:中小|小|初中|高中|)学生|初中生|高中生|教师|老师|儿童|幼儿|孩子|少年|干部|党员|职工|群众|村民|农户|家庭"
    "|学校|班级|学位)"
)
_AFTER_NOUN = re.compile(rf"(?<=[名位个所户人]){_COUNTED_NOUN}(?={_AFTER.pattern})")
# 五分之二强, 45%弱; 14万+学生
_SLIGHTLY = re.compile(r"(?P<over>强|\+(?![0-9A-Za-z]))|弱(?=[，。；、）)的])")
_STRONG = re.compile(r"强(?!的)[\u4e00-\u9fff]")
# 五万出头, 60岁开外, 四分之一还多
_SOMEWHAT = re.compile(r"出头|开外|有余|挂零|(?<!番)还要?多(?=[，,。；;）)])")
_WITHIN = re.compile(r"内(?![容部地涵外江蒙心在需])")
_LONGER = re.compile(r"多(?![媒功元民样种数年个名所边])|有?余(?![额下款地热年])")
# the verb between: 至少配备1名; neither another number (至少十一人和2人) nor another line is one ($ looks past its end)
_AT_LEAST = re.compile(rf"(?P<word>至少|最少|最多|至多)(?![时的达])(?:(?![{CHINESE}半])[\u4e00-\u9fff]){{1,4}}\Z")
_ABOUT = re.compile(
    r"(?<![节大制条公签违预])(?:约|大约|大概|接近|将近)(?:占|有|为|合|需|达|计|是|在|折合|占比|占到|相当于)(?:全[市县省国]的?)?\Z"
)
_ROUND_FRONT = "上过破"
_PERIODS = frozenset(("年", "个月", "天", "周", "日", "届", "学年", "学期", "期"))
_LASTED = re.compile(r"(?:[历用耗为]时|长达|[了达有时]|经过|持续|坚持|工作|超出)\Z")


@cache
def _before_words() -> dict[str, tuple[str, bool, str]]:
    """Words in front of a number: qualifier, whether the bound is allowed, characters that make it another word."""
    rows = csv.DictReader(files(__package__).joinpath("qualifiers.csv").read_text(encoding="utf-8").splitlines())
    return {row["word"]: (row["qualifier"], row["inclusive"] == "1", row["not_after"]) for row in rows}


@dataclass(slots=True)
class Bound:
    """A qualifier, whether its bound is included, and how far it lengthens the surface on its side."""

    qualifier: str
    inclusive: bool
    place: int


def before(text: str, start: int) -> Bound | None:
    """The qualifier that touches a number in front, or None.

    >>> before("不超过7天", 3).qualifier, before("最近7天", 2)
    ('less-than', None)
    """
    end = start
    while end > 0 and text[end - 1] == " " and start - end < 2:
        end -= 1
    quote = 1 if text[end - 1 : end] in ("“", '"', "‘") else 0
    end -= quote
    words = _before_words()
    for size in range(6, 0, -1):
        word = text[max(0, end - size) : end]
        if len(word) == size and word in words:
            qualifier, inclusive, not_after = words[word]
            if text[max(0, end - size - 1) : end - size] in tuple(not_after):
                return None
            return Bound(qualifier, inclusive, start if quote else end - size)
    if _ABOUT.search(text[max(0, start - 6) : start]):
        return Bound(APPROX, False, start)
    far = _AT_LEAST.search(text[max(0, start - 8) : start])
    return Bound(LESS if far["word"] in ("最多", "至多") else MORE, True, start) if far else None


def before_round(text: str, start: int) -> Bound | None:
    """上, 过 or 破 before 百, 千, 万 or 半: at least, and more than."""
    word = text[max(0, start - 1) : start]
    if (
        word
        and word in _ROUND_FRONT
        and text[max(0, start - 2) : start - 1] not in tuple("以加不超通经晚早路网马线打突冲攻")
    ):
        return Bound(MORE, word == "上", start - 1)
    return None


def after(text: str, end: int, *, spans: bool, unit: str) -> Bound | None:
    """The qualifier behind a number and its unit (以上, 以内, 左右, 多), or None."""
    noun = _AFTER_NOUN.match(text, end)
    found = _AFTER.match(text, noun.end() if noun else end)
    if found:
        qualifier = MORE if found["atleast"] else LESS if found["atmost"] else APPROX
        return Bound(qualifier, qualifier != APPROX, found.end())
    slightly = _SLIGHTLY.match(text, end)
    if slightly and (slightly.group() == "+" or (unit in ("%", "成", "1") and not _STRONG.match(text, end))):
        return Bound(MORE if slightly["over"] else LESS, slightly.group() == "+", slightly.end())
    somewhat = _SOMEWHAT.match(text, end)
    if somewhat:
        return Bound(MORE, False, somewhat.end())
    if spans and _WITHIN.match(text, end):
        return Bound(LESS, True, end + 1)
    longer = _LONGER.match(text, end) if spans or unit in ("×", "岁", "%", "里", "成", "元", "1") else None
    return Bound(MORE, False, longer.end()) if longer else None


def is_period(text: str, word_start: int, unit: str) -> bool:
    """Whether 近 before a number of years is "the last": 近五年, unless something lasted (历时近五年)."""
    return unit in _PERIODS and not _LASTED.search(text[max(0, word_start - 3) : word_start])


_UP = (
    "翻|扩招|扩大招生|增支|增编|多招|多收|多发|多投|增加|增长|增|提高|提升|上升|上涨|涨|扩大|高出|多出|净增加?|上调|升高|攀升|走高|回升|加快|新增加?|增收|增产|增招|扩增"
    "|前移|偏高|偏多|拉高|领先|上浮|扩充|增至原来的基础上|拓宽|延长|调高|增多|翻升|加大|多增|高了|多了|快了|提速|跃升|递增|增值|升值|增效"
)
_DOWN = (
    "减少|下降|降低|减|降|缩小|缩减|压减|压缩|回落|下跌|跌|下滑|收窄|下调|减缓|放缓|落后|负增长|缩短|下浮|减低|减退|调低|少了|低了|慢了"
    "|减亏|缩招|后移|偏低|偏少|削减|精简|萎缩|少增|递减|调减|核减|裁减|减产|贬值|减支|少招|少收|少发|少投|减收|减员|降至原来的基础上"
)
_RATE = "(?:增长|增|涨|升)(?:幅|速|率|速度|幅度)|涨幅|升幅|增幅|增速"
_FALL = "(?:下降|降|跌|减|减少|降低)(?:幅|率|速|速度|幅度)"
_LINK = (
    "(?:了|约?为|达到?|约|是|在|近|超过?|逾|将近|接近|大约|幅度为?|分别为?|均|各|仅|不到|不足|高达|不少于|不低于|不超过|至少"
    "|共计?|合计|近乎|也|就|突破|最高|最多|约合|累计"
    "|(?:控制|保持|稳定|维持|回落|回升)[在到至]|[:“]| |原计划的?|原来的?)"
)
_VERB = re.compile(rf"(?:(?P<fall>{_FALL})|(?P<rate>{_RATE})|(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<link>{_LINK}{{0,3}})$")
_MORE_THAN_LAST = re.compile(
    r"(?:(?P<same>[同环]比)|(?:比|较|于)[^，。；]{1,26}?)(?P<word>[高多快低少慢])(?:完成|招收|发放|支出|投入|争取|到位|下达|安排|招聘|录取|报名)?(?:了|约|近|出|将近|超过|逾)?$"
)
# 较标准低1.2平方米，低15.2%: what is compared was said in the clause before
_ALONE = re.compile(r"(?P<word>[高多低少])(?:了|出|约|近)?$")
_COMPARES = re.compile(r"[比较于][^，。；！？,;]{1,26}[高多低少快慢增减升降][^。；！？;]{0,24}，$")
_OTHER_LAST = ("最", "至", "不", "较", "更", "比", "其", "过")
_NOUN = re.compile(
    r"(?P<verb>净?增加|净增|净减少?|减少|压减|增招|缩减)了?(?P<noun>[\u4e00-\u9fff]{1,8}?|“[\u4e00-\u9fff]{1,8}”)(?:约|近|超过|逾|达)?$"
)
_BETTER = re.compile(r"(?P<verb>提高|提升|降低)了?(?P<noun>[\u4e00-\u9fff]{2,4})(?<![率度])$")
_NOT_A_NOUN = re.compile(r"[至到为达值和与后的于是占由从有、]|(?:学位|岗位)$")
_GAP_WORD = re.compile(r"(?:相差|差距为?|差距达|差额为?|悬殊)(?:了|约|近|达|超过)?$")
_COMPARED = re.compile(r"(?:(?P<up>高于|高出|超过|超出|领先|快于|优于)|(?P<down>低于|落后|慢于))[^，。；\d]{0,20}$")
_BEYOND = re.compile(
    r"(?<![不未])(?:(?:超出|高出)[\u4e00-\u9fff]{1,8}|超过?(?:上年|去年|前年|同期|计划|预算|目标|年初|标准|定额|核定|进度|序时进度|警戒|汛限)[\u4e00-\u9fff]{0,4}|(?:高于|多于|(?P<below>低于|少于))[^，。；每\d]{2,12}|超额(?:完成)?|超计划|超预算)$"
)
_OVERDONE = re.compile(r"超额完成[\u4e00-\u9fff]{0,10}$")
_EITHER_WAY = re.compile(r"(?:增加|增长|上升|提高|上涨)\((?:减少|下降|降低|下跌)\)$")
_ASIDE = re.compile(r"\([^()]{1,16}\)$")
_AFTER_UP = re.compile(r" ?(?:以上|左右)?的(?:年?均?)(?:增长|增幅|增速|涨幅|升幅)")
_AFTER_DOWN = re.compile(r" ?(?:以上|左右)?的(?:降幅|下降|跌幅|减幅)")
# 增幅为3%至5%, 每年增加100人至200人: a size that has no level
_OF_CHANGES = re.compile(
    rf"(?:(?:{_FALL}|{_RATE}){_LINK}{{0,3}}|(?:每(?:学?年|月|周|天|季度|学期)|[年月日]均)(?:{_UP}|{_DOWN})[了约近]?)$"
)
# 分别增加895人至1915人、383人至823人: said of each pair
_PAIRS = re.compile(
    rf"(?:[约近]?[0-9{CHINESE}][^，。；、至到]{{0,9}}[至到][约近]?[0-9{CHINESE}][^，。；、至到]{{0,9}}[、和与及])+$"
)
# what is itself so many of a hundred
_SHARES = frozenset(("%", "‰", "‱", "成"))
_RATED = re.compile(r"率|占|比例|比重|份额|覆盖|程度")
_RANGED = re.compile(r"之间|不等|的?区间|的?范围")
_LEVEL_LINK = re.compile(r"(?:^|[^约])(?:为|达到?|是|在)")
_RAISED = frozenset(("所", "个", "处", "座", "家", "条", "间", "户", "村", "校"))
_BARE = frozenset(("增", "减", "涨", "跌", "降"))


def direction(text: str, start: int, end: int, unit: str) -> str | None:
    """``up``, ``down`` or empty where the number is the size of a change, None where it is a level.

    >>> text = "由1.91%降至1.59%，下降0.32"
    >>> direction(text, 8, 13, "%"), direction(text, 16, 20, "%")
    (None, 'down')
    """
    clause = _clause(text, start)
    if _EITHER_WAY.search(clause):
        return ""
    clause = _PAIRS.sub("", _ASIDE.sub("", clause))
    found = _VERB.search(clause)
    if found and not _is_level(found, clause, unit):
        return "down" if found["fall"] or found["down"] else "up"
    for reader in (_compared, _with_noun, lambda clause, _: _again(text[max(0, start - 70) : start], clause)):
        way = reader(clause, unit)
        if way is not None:
            return way
    if unit not in ("×", "成", ""):
        if _AFTER_UP.match(text, end):
            return "up"
        if _AFTER_DOWN.match(text, end):
            return "down"
    return "" if _GAP_WORD.search(clause) or unit in ("百分点", "基点") else None


def reaches(text: str, first: tuple[int, int], end: int, unit: str) -> bool:
    """Whether the second of two numbers around 至 is the level that the change before it leads to.

    >>> reaches("增加895人至1951人", (2, 6), 12, "人"), reaches("每年增加100人至200人", (4, 8), 13, "人")
    (True, False)
    """
    if unit in ("百分点", "基点") or _RANGED.match(text, end) or _OF_CHANGES.search(_clause(text, first[0])):
        return False
    sentence = re.split("[。；;\n]", text[max(0, first[0] - 60) : first[0]])[-1]
    if unit in _SHARES and not _RATED.search(sentence):  # 抚恤金上浮10%至15%
        return False
    return direction(text, *first, unit) in ("up", "down")


def _clause(text: str, start: int) -> str:
    window = text[max(0, start - 34) : start].replace(" ", "").replace("\n", "").replace("\f", "")
    for place in range(len(window) - 1, -1, -1):
        if window[place] in "，。；！？,;\t":
            return window[place + 1 :]
    return window


def _is_level(found: re.Match[str], clause: str, unit: str) -> bool:
    """提高为, 下降在: the level reached; but 增幅为 states the size."""
    if found["rate"] or found["fall"]:
        return clause[: found.start()].endswith("自然")
    verb = found["up"] or found["down"]
    if verb == "提升" and unit in _RAISED:  # 提升204所学校: how many were, not by how much
        return True
    if verb in ("减", "降", "增") and clause[: found.start()].endswith(("不", "免", "只", "应", "能", "加", "再")):
        return True
    if verb in ("增长", "负增长") or not _LEVEL_LINK.search(found["link"]):
        return False
    return not found["link"].startswith(("了", "幅度", "分别"))


def _compared(clause: str, unit: str) -> str | None:
    found = _MORE_THAN_LAST.search(clause)
    if found and (found["same"] or not clause[: found.start("word")].endswith(_OTHER_LAST)):
        return "up" if found["word"] in "高多快" else "down"
    beyond = _BEYOND.search(clause)
    if beyond:
        return "down" if beyond["below"] else "up"
    if unit in ("百分点", "基点"):
        if clause.endswith(("快", "高", "高出", "超额", "超出", "领先")) or _OVERDONE.search(clause):
            return "up"
        if clause.endswith(("慢", "低")):
            return "down"
        gap = _COMPARED.search(clause)
        if gap:
            return "up" if gap["up"] else "down"
    return None


def _again(before: str, clause: str) -> str | None:
    alone = _ALONE.fullmatch(clause)
    if not alone or not _COMPARES.search(before[: len(before) - len(clause)]):
        return None
    return "up" if alone["word"] in "高多" else "down"


def _with_noun(clause: str, unit: str) -> str | None:
    found = _NOUN.search(clause) or (_BETTER.search(clause) if unit in ("%", "元") else None)
    if not found or unit == "×" or _NOT_A_NOUN.search(found["noun"]):
        return None
    return "down" if "减" in found["verb"] or found["verb"] == "降低" else "up"
