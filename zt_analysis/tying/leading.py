"""What the sentences right before a number make of it: 下面这段请删去。 只说民办学校。 微信群里流传着一段话。

The clause of a number may name place and day and still be of a quotation, a supposition, another town or a year that
the sentence before set. Such a sentence is read until one that states a number: nothing in it may lead elsewhere (kind
``leads``), and words that nobody declared may stand in it only where it has a declared subject of its own
(深秋的山区，送教老师的身影格外忙碌), and no character by which they may count, alter, doubt or name another; or
where it asks what the number answers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled
from zt_analysis.tying import pointers
from zt_analysis.tying.apart import is_apart
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import blank, elsewhere, without_places
from zt_analysis.tying.divisions import headed, where, where_near
from zt_analysis.tying.headings import heading_left
from zt_analysis.tying.letters import opening
from zt_analysis.tying.looked_past import is_told_beside
from zt_analysis.tying.marks import COUNTED, DATED
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.noted import LABEL
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.shown import is_stated
from zt_analysis.tying.subjects import MARKED, dangerous, is_led_by_a_subject, undeclared
from zt_analysis.tying.time_words import compared_at
from zt_analysis.tying.vocabulary import pattern

OF_ITS_WORDS = ("tie_planned", "tie_pointed")
# so many sentences before a number are looked at
LEADING = 4
# 下面一段话, 一篇小说: of texts; 作了一次摸底: of what was done
OF_TEXTS = ("句", "篇", "段", "则", "节", "章", "次", "轮", "场")
ENDED = re.compile(r"[。！？!?…][”’）)\s]*$")
ASKS = re.compile(r"[？?][”’）)\s]*$")
YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年(?!以来|来|起|至|到|末?以后|(?:[上下]半年)?开始)|(?:去|前|上|往|历|明|后)年(?!以来|来|起|开始|[，,]?(?:相比|同期))"
    r"|[一二两三四五六七八九十几数多\d]+年[之以]?[前后]"
)
HAS_YEAR = re.compile(r"(?:19|20)\d\d\s*[年.-]|今年")
# 且让我们设想经费翻番的情形。: what follows it is supposed, though it states a number itself
SUPPOSED = re.compile(r"\s*(?:且|那么|现在)?(?:请|让)?(?:我们|大家|各位)?(?:不妨|可以)?(?:假想|设想|试想|想象)")
FRAMED = re.compile(r"\s*[【〖](?P<of>[^】〗\n]{1,30})[】〗]")
# 会议审议了目标任务。 市教育局制定了方案。: what follows is what it says, where no time says that it was counted
_PLAN = r"(?:目标|任务|方案|计划|要求|责任[书状]|承诺书|指标|方向|作业|题目|示范)"
SETS = re.compile(
    rf"(?:制[定订]|明确|提出|研究|审议|签订|下达|分解|确定|部署|布置|印发|有|这样)了?(?![^，,。；;]*(?:完成|落实|进展|情况))[^，,。；;]{{0,8}}?{_PLAN}[。！\s]*$"
    rf"|{_PLAN}(?:已经?|均已|也)?(?:如下|明确|确定|下达|是|有)[^，,。；;]{{0,4}}[。：\s]*$|(?:是|作)[^，,。；;]{{0,4}}{_PLAN}[。\s]*$"
)
# 春节前夕，市教育局作了一次摸底。 what is told behind it was counted then
THEN = re.compile(
    r"(?:在|于|到|早在)?(?!日前|目前|当前|会后|近期|前期|此前)(?P<time>[一-龥]{1,10}?(?:前夕?|期间|之际|时候?|后|初|末|伊始|不久|上次|早些|往常|那次|那阵))[，,]"
)
COUNTING = re.compile(r"摸(?:底|排|清|查)|统计|清点|盘点|普查|排查|核查|调查|登记|汇总|点名|清查|数过")
COUNTED_AT = re.compile(r"截[至止]|\d\s*[日月]|学期|今年|本周|目前|已|累计|现有|共")
# 民办学校的送教工作: how far a figure's word stands behind the part that it is told of
NEAR_FIGURE = 8
# 宜宾市 may be the town of 全市; a province is none
PROVINCE = re.compile(r"(?:省|自治区)(?:（|$)|^(?:云南|贵州|四川)$")
OWN_NAME = re.compile(r"[^全我本该各\d]")


class Leading:
    """The sentences of a text as what leads to the numbers after them."""

    def __init__(self, sentences: Sentences, mentions: Sequence[Mention], case: Case) -> None:
        self._sentences, self._case = sentences, case
        counted = (one for one in mentions if is_stated(one) and one.unit not in OF_TEXTS)
        self._stating = {sentences.position(one.start) for one in counted}
        self._mentions, self._places = mentions, [one.start for one in mentions]
        self._years = {str(case.paper.period.as_of.year), case.paper.issued_on[:4]}
        self._kept: dict[int, Meaning | None] = {}

    def why(self, mention: Mention) -> Meaning | None:
        """Why a sentence before ``mention`` leaves it unproven; None where none does."""
        here = self._sentences.position(mention.start)
        if here not in self._kept:
            self._kept[here] = self._why(here)
        return self._kept[here]

    def _why(self, here: int) -> Meaning | None:
        own = self._sentences.sentence(here)
        found = [(position, *self._of_other(position, own)) for position in self._before(here)]
        held = [(position, key, words) for position, key, words in found if words]
        if not held:
            return None
        # a place, a part or a time that it names holds for what follows, whatever a person says of the rest
        asked = (position for position, key, _ in held if key in OF_ITS_WORDS)
        beside = tuple(self._sentences.as_printed(position).strip() for position in asked)
        return Meaning(reason=filled(held[0][1], words=held[0][2]), beside=beside)

    def _of_other(self, position: int, own: str) -> tuple[str, str]:
        """By which words a sentence makes the numbers of the next, ``own``, something else, and of which kind."""
        text = self._sentences.sentence(position)
        if place := self._other_place(text, own):
            return "tie_elsewhere", place
        if part := self._other_part(text, own):
            return "tie_other_part", part
        if time := self._other_year(text, own) or _counted_then(text, own):
            return "tie_other_time", time
        if is_apart(self._sentences.as_printed(position)):
            return "tie_pointed", ""
        if (set_ahead := SETS.search(text)) and not COUNTED_AT.search(own):
            return "tie_planned", set_ahead[0].strip("。 ")
        return "tie_pointed", self._leads(position, text)

    def _before(self, here: int) -> Iterator[int]:
        """The sentences before one, the nearest first, up to one that states a number or heads."""
        for position in range(here - 1, max(-1, here - 1 - LEADING), -1):
            text = self._sentences.sentence(position)
            if not text.strip():
                continue
            if SUPPOSED.match(text):
                yield position
            if position in self._stating or not ENDED.search(text):
                return
            yield position

    def _leads(self, position: int, text: str) -> str:
        """The words by which a sentence leads to something else, or that nobody has declared."""
        text = pointers.RAISED.sub(blank, text)  # 。¹各县区要逐户走访: the mark is of the sentence before
        if ends := opening(text, 0):  # 各位领导：现将有关情况汇报如下。
            text, plain = text[ends:], self._plain(position, text)[ends:]
        else:
            plain = self._plain(position, text)
        if LABEL.match(text):  # a note, which ``pointing`` reads
            return ""
        if found := pattern("leads").search(plain) or pattern("leads").search(text):  # 下面一句话 is counted
            return found[0]
        if framed := FRAMED.match(text):  # 【演示环境】数字由程序生成。: both what it is called and what it says
            if left := heading_left(framed["of"], self._case.parts, self._case.names):
                return left[0]
            plain = DATED * framed.end() + plain[framed.end() :]
        elif MARKED.match(text):
            return ""
        return "" if ASKS.search(text) or is_told_beside(text, self._case) else self._unknown(plain)

    def _unknown(self, plain: str) -> str:
        plain = pattern("opening").sub(lambda one: DATED * len(one[0]), plain)
        if is_led_by_a_subject(plain, self._case):
            return dangerous(plain, self._case)
        return undeclared(plain, self._case, "everyday")

    def _other_place(self, text: str, own: str) -> str:
        parts = self._case.parts
        if any(one.dimension in parts.places and one.values for one in parts.named(own)):
            return ""  # the number's own sentence names a place of the tables
        if any(one.dimension == "whole" and OWN_NAME.match(one.text) for one in parts.named(own)):
            return ""
        near, rest = pattern("elsewhere").search(text), without_places(text, parts)
        place = where(rest) or headed(rest) or where_near(rest) or elsewhere(text, parts) or (near[0] if near else "")
        return "" if PROVINCE.search(place) else place

    def _other_part(self, text: str, own: str) -> str:
        """民办学校的送教起步较晚。送教823人: of whom a figure is told in the sentence before, and no table has it."""
        if any(one.dimension == "whole" for one in self._case.parts.named(own)):
            return ""
        for one in self._case.parts.named(text):
            clause = text[one.end : one.end + NEAR_FIGURE]
            if one.dimension == "beyond" and any(word in clause for word in self._case.figure_words):
                return one.text
        return ""

    def _other_year(self, text: str, own: str) -> str:
        if HAS_YEAR.search(own):
            return ""
        named = (one for one in YEAR.finditer(text) if not compared_at(text, *one.span()))  # 比上年减少
        return next((one[0] for one in named if one["year"] not in self._years), "")

    def _plain(self, position: int, text: str) -> str:
        begins = self._sentences.begins(position)
        for one in self._mentions[bisect_left(self._places, begins) : bisect_left(self._places, begins + len(text))]:
            if one.role == "name":  # 党的十九大以来
                continue
            first, last = one.start - begins, min(one.end - begins, len(text))
            text = text[:first] + (DATED if one.kind == "date" else COUNTED) * (last - first) + text[last:]
        return text


def _counted_then(text: str, own: str) -> str:
    """The time at which a sentence says that something was counted, where the number's own names none."""
    then = THEN.match(text)
    return then["time"] if then and COUNTING.search(text) and not COUNTED_AT.search(own) else ""
