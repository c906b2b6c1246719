"""Which part of the whole a number is about: a county, a school stage, a programme, or one that no table can give.

A part is named by words (the office's ``parts.csv``, and the names in the package's registers). It holds from where it
is named until another place, or the whole, is named. A part that cannot be computed is kept as ``beyond``: its number
is never tied to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.indicators import Scope
from zt_analysis.office import current
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, OF_ALL
from zt_analysis.tying.part import Asked, Named, Part
from zt_analysis.tying.part_openings import OPENING, beside, moved_to, of_whole, opening
from zt_analysis.tying.part_words import all_named, part_words, stated_dimensions, timed, whole_pattern, without_own
from zt_analysis.tying.parts_within import apart, by_what_it_counts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import TERMS
from zt_analysis.tying.vocabulary import NOTHING, pattern

# 在全市率先, 占全市的: the whole is what the part is compared with; 在11个县区抽查 is of all
WHOLE = (
    r"(?<![占居列比较为])(?:(?<!(?<!现)在)|(?=\d))(?<!(?<!关)于)"
    r"(?:{}|全部县区|各县区|各县市区|县区共|各地|(?<![一-龥])(?:合计|总计))"
)
TOWNSHIP = re.compile(
    r"(?:(?![各每全个所无的县区市和与及、，至到向对送派在按把将经由从往])[一-龥]){2,3}"
    r"(?:(?<![返家回下老他故思城乡集])乡|(?<![城集乡村重小市坐])镇)(?![镇政威压痛静守村统贤])"
)
VILLAGE = re.compile(
    r"(?:(?![各每全个所无的县区市和与及、，至到向对送派在按把将经由从往])[一-龥]){2,3}(?<![农乡各山驻全政然包进入到村某学])村(?![委民组干级村寨庄小])"
)
SCHOOL = re.compile(
    r"(?:[一-龥]{2}(?<!全市)(?<!各县)(?<![各所有等])|第?[一二三四五六七八九十])(?:中学(?!生)|中心校|完小|完全小学|中心小学|实验小学|民族小学|希望小学|小学校)"
    r"|(?<=[镇乡村])小学"
)
OTHERS = re.compile(
    r"某|[A-Za-z甲乙丙丁][县区镇乡村校]|[全我本该某](?:国|省|市|州|盟|县|区|旗|镇|乡|村|校)(?!(?<=[我本].)[（(][一-龥]{2,6}[县区市旗][）)])|外省|外市|外县|周边"
    r"|(?:部分|个别|有的|一些|[东西南北中]部|边远|其他|其余|少数|多数|重点|贫困)[一-龥]{0,2}(?:县|区|镇|乡|村|校)"
    r"|(?:部分|个别|其他|其余)县区"
)
JOINED = re.compile(r"(?:[、和与及跟/／\s]|以及|教育|阶段|学段|[”“])*")
EXCEPT = re.compile(r"除([^，。；]{1,16}?)(?:以外|之外|外)")
# 三、初中阶段（截至11月8日）。, 再说初中。: a sentence, or its opening, that says of which part the next ones are
TOPIC = re.compile(
    r"\s*(?:[（(]?(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．，]?)?\s*"
    r"(?:[一-龥]{1,4}(?:方面|阶段|学段)|(?:关于|先[说看讲]|[再接]着?[说看讲来]看?|说到|说说|来看|至于)?(?P<alone>[一-龥]{1,4}?)(?:的?情况|部分)?(?:[（(][^（）()]*[）)])?[。：:]\s*$)"
)
EACH = re.compile(r"分别|依次(?=为|是|达|[：:])")
# 1915人（其中小学330人, 1915人（小学330人: the part is the next number's
OF_NEXT = re.compile(r"、|[）)]\s*[和与及]|[（(](?=[^（）()]*$)|[（(]?(?:其中|含|包括|包含)")
ALIKE = re.compile(r"[^，。；]*?(?<![平人生户校])[均都各同](?!等|样|期|比)[^，。；均都各每或等]{0,10}$")
APART = re.compile(r"等|[^，。；]*[均各每都或]")
MOST_KEPT = 400
THAT, THOSE = re.compile(r"全[县区]"), ("县", "区")
# of whom, or how much money
TOLD = re.compile(r"\d\s*[万亿]?(?:[人名位元%％]|个?百分点)")


class Parts:
    """The parts that a text can name: those of the office's ``parts.csv`` and the members of registers of the package.

    Args:
        registers: for each register's key column the name of each member by its code.
    """

    def __init__(self, registers: Mapping[str, Mapping[str, str]]) -> None:
        # the same stretch of a text is asked for several times
        self._kept: dict[tuple[str, tuple[str, ...], str], tuple[Named, ...]] = {}
        self.places = (*registers, "place", "whole")
        self._codes = {
            short: (dimension, code)
            for dimension, members in registers.items()
            for code, name in members.items()
            for short in (name, name[:-1] if len(name) > 2 else name)
        }
        self.kinds = frozenset(name[-1] for name in self._codes)
        names = sorted(map(re.escape, self._codes), key=len, reverse=True)
        self._member = re.compile("|".join(names) or NOTHING)

    def named(self, text: str, own: Sequence[str] = (), family: str = "") -> list[Named]:
        """Every part that ``text`` names, in order, apart from the words ``own`` of a figure of a ``family``."""
        asked = text, tuple(own), family
        if asked not in self._kept:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept[asked] = tuple(self._named(text, own, family))
        return list(self._kept[asked])

    def forget(self) -> None:
        """Read texts anew: a person may have confirmed words since."""
        self._kept.clear()

    def _named(self, text: str, own: Sequence[str], family: str) -> list[Named]:
        found = [Named(*one.span(), "whole", (), one[0]) for one in whole_pattern(WHOLE).finditer(text)]
        text = without_own(text, own, family)
        # 重大关切 holds the name of a county
        clear = pattern("mask").sub(lambda one: "〇" * len(one[0]), text)
        for one in self._member.finditer(clear):
            dimension, code = self._codes[one[0]]
            found.append(Named(*one.span(), dimension, (code,), one[0]))
        for part in part_words(current()):
            found += [
                Named(*one.span(), part.dimension, part.values, one[0], part.family, part.holds)
                for one in part.words.finditer(text)
            ]
        clear = self._member.sub(lambda one: "〇" * len(one[0]), clear)
        for place in (TOWNSHIP, VILLAGE, SCHOOL):
            found += [Named(*one.span(), "place", (), one[0]) for one in place.finditer(clear)]
        for place in (OTHERS, pattern("elsewhere")):
            found += [Named(*one.span(), "place", (), one[0]) for one in place.finditer(text)]
        return _of_that(apart(found))

    def part(self, context: Context, asked: Asked, *, same: bool) -> Part:
        """The part that a number is about; ``same``: the number before is of the same kind, so its part holds on."""
        named = [one for one in self.named(context.before, asked.own, asked.family) if not _is_closed(one, context)]
        # 其中小学330名、初中1585名: what follows belongs to the next number
        after = [
            one
            for one in self.named(OF_NEXT.split(context.near_after, maxsplit=1)[0], asked.own, asked.family)
            if one.dimension != "whole"
        ]
        begins = len(context.before) - len(context.stretch)
        whole = max((one.end for one in named if one.dimension == "whole"), default=0)
        chosen = [_held(_joined([one for one in named if one.dimension in self.places], context), context)]
        stated = [one for one in stated_dimensions() if one not in self.places]
        for kind in stated:
            parts = [one for one in named if one.dimension == kind and one.start >= whole]
            if parts and (parts[-1].start >= begins or _holds_on(parts, context, asked, same=same)):
                chosen.append(_in_turn(parts, context) or _held(_joined(parts, context), context))
            elif not parts and not whole and (topic := self._of_which(context, kind)):
                of = [one for one in self.named(topic[0]) if one.dimension == kind]
                chosen.append([one for one in of if topic["alone"] in (None, one.text)])
        for kind in dict.fromkeys(one.dimension for one in named):
            if kind in (*self.places, *stated):
                continue
            # 中央下达我市: who pays is no part of whom it is paid to
            here = [one for one in named if one.dimension == kind and (one.start >= whole or one.family)]
            opens = opening(here, context, same=same)
            held = _held(_joined(here, context), context)
            near = [
                one for one in held if one.start >= begins or one in opens or context.run[0] or moved_to(one, context)
            ]
            chosen.append(near or [one for one in held if of_whole(one, context)])
        chosen += [[one] for one in after]
        others = (*self._excepted(context), *self._acting(named, context), *beside(named, begins))
        chosen += [[replace(one, dimension="beyond")] for one in others]
        if not any(one.dimension in self.places for group in chosen for one in group) and not whole:
            chosen.append(self._topic(context))
        return _part(by_what_it_counts([group for group in chosen if group], asked), asked, context)

    def _acting(self, named: Sequence[Named], context: Context) -> list[Named]:
        """东川县共向全市下达: a member named in one clause with the whole, before it, is who acts."""
        wholes = [one for one in named if one.dimension == "whole"]
        members = [one for one in named if one.dimension in self.places and one.values]
        if not wholes or not members:
            return []
        acting = [one for one in members if one.end <= wholes[-1].start][-1:]
        between = context.plain_before[acting[0].end : wholes[-1].start] if acting else ""
        return [] if CLAUSE_END.search(between) or COUNTED in between else acting

    def _excepted(self, context: Context) -> list[Named]:
        """除甲县外: what is left without a part is neither the part nor the whole."""
        return self.named(found[1])[:1] if (found := EXCEPT.search(context.before)) else []

    def _of_which(self, context: Context, kind: str) -> re.Match[str] | None:
        """What says of which part the sentence is, until one of them names a part or the whole itself."""
        for sentence in context.topics:
            if found := TOPIC.match(sentence):
                return found
            if any(one.dimension in (kind, "whole") for one in self.named(sentence)):
                return None
        return None

    def _topic(self, context: Context) -> list[Named]:
        """The county that the paragraph is about, where the sentence names no place."""
        for sentence in context.topics:
            named = [one for one in self.named(sentence) if one.dimension in self.places]
            opening = [one for one in named if one.start <= len("近年来，")]
            if opening:
                return [opening[-1]] if opening[-1].dimension != "whole" else []
            if any(one.dimension == "whole" for one in named):
                return []
        return []


def _of_that(named: list[Named]) -> list[Named]:
    """甲区简报：全区…343人: 全区 is the member that was named, where it is the only one."""
    found: list[Named] = []
    for one in named:
        members = {each.values: each for each in found if each.values and each.text.endswith(THOSE)}
        that = next(iter(members.values())) if len(members) == 1 and THAT.fullmatch(one.text) else None
        alike = that is not None and that.text.endswith(one.text[1:])
        found.append(replace(that, start=one.start, end=one.end, text=one.text) if that and alike else one)
    return found


def _joined(named: Sequence[Named], context: Context) -> list[Named]:
    """The last of ``named`` with those it is joined to (小学、初中); a place inside the one before is alone."""
    if not named or named[-1].dimension == "whole":
        return []
    found = [named[-1]]
    for one in reversed(named[:-1]):
        between = context.before[one.end : found[0].start]
        if not between or one.dimension == "whole" or not JOINED.fullmatch(between):
            break
        found.insert(0, one)
    return found


def _held(found: list[Named], context: Context) -> list[Named]:
    """Of a list with 分别 after it, the one whose turn it is."""
    if len(found) < 2:
        return found
    each = EACH.search(context.before, found[-1].end)
    since = sum(place >= found[-1].end for place in context.numbers_before)
    if each is None:  # 小学、初中失辍学率为A、B
        return [found[since]] if context.run == (since, len(found)) else found
    turn = sum(place >= each.end() for place in context.numbers_before)
    return [found[turn % len(found)]]  # 分别从A、B降至C、D goes through the list twice


def _in_turn(parts: Sequence[Named], context: Context) -> list[Named]:
    """小学失辍学率A、初中失辍学率B，分别下降C和D: the part whose turn it is; of a list that fits none, all of them."""
    each = EACH.search(context.before, parts[-1].end)
    if each is None or len(parts) < 2 or len(_joined(parts, context)) > 1:
        return []
    return [parts[context.run[0]]] if context.run[1] == len(parts) else list(parts)


def _holds_on(parts: Sequence[Named], context: Context, asked: Asked, *, same: bool) -> bool:
    """Whether a part named before another number is still meant: not one of 其中."""
    if OF_ALL.search(context.before, parts[-1].end):
        return False
    # 小学支出1.9亿元、受益49万人: one clause is of one part
    clause = not CLAUSE_END.search(context.plain_before, parts[-1].end) and "其中" not in context.before
    # 中职学校受助学生1.7万人，发放资助资金2800万元: what opens the sentence is what it is about
    if clause or _opens(parts, context, asked) or not context.stretch.strip("、和及/ "):  # 学前教育41234人、618.51万元
        return True
    before = context.before[: parts[-1].start]
    # 其中小学90人；初中失辍学率1.59%: the list has ended where a figure is named anew
    ended = re.search(r"[；;][^；;]*$", before)
    if ended and any(word in context.before[ended.start() :] for word in asked.own):
        before = before[ended.start() :]
    goes_on = moved_to(parts[-1], context) or ((same or asked.by_part) and "其中" not in before)
    return goes_on or EACH.search(context.before, parts[-1].end) is not None


def _is_closed(one: Named, context: Context) -> bool:
    """Whether a part is one of a bracket with numbers of its own that is closed: 823人（小学260人）；远程送教1208人."""
    closed = context.before.find("）", one.end)
    return closed >= 0 and "（" in context.before[: one.start] and COUNTED in context.plain_before[one.end : closed]


def _opens(parts: Sequence[Named], context: Context, asked: Asked) -> bool:
    """Whether one part, and no other, opens the sentence and nothing but commas part it from the number; or what 其中
    says of two figures: 支出2.8亿元，受益74万人，其中小学支出1.9亿元，受益49万人."""
    begins = max(context.before.rfind(one) for one in "；;") + 1
    listed = context.before.rfind("其中")
    if listed >= begins and any(one in f"{context.previous}{context.before[:listed]}" for one in asked.own):
        begins = listed + len("其中")
    here = [one for one in parts if one.start >= begins]
    led = context.before[max(begins, timed(context.before)) : here[0].start] if here else ""
    # 张贴宣传单5万份，普通高中受助…: behind a clause that counts nobody and no money
    if here and not TOLD.search(context.before, 0, here[0].start):
        led = CLAUSE_END.split(led)[-1]
    alone = len(here) == 1 and len(TERMS.sub("", led)) <= OPENING  # 东川县春季学期普通高中受助6万人，发放1.3亿元
    return alone and not re.search(r"[：:（(]|其中|总数", context.before[here[0].end :])


def _is_here(one: Named, context: Context) -> bool:
    """Whether a part is named in the number's own clause, with no other number between."""
    clause = min(len(context.stretch), len(context.clause_before))
    return len(context.before) - clause <= one.start < len(context.before)


def _together(group: Sequence[Named], context: Context) -> bool:
    """Whether one number is said of all members of a list together: 甲县、乙县共; not 甲县等, 甲县、乙县各."""
    return (context.run[1] == 1 or len(group) == 1) and not APART.match(context.before, group[-1].end)


def _alike(group: Sequence[Named], context: Context) -> bool:
    """Whether one number is said of each member of a list: 甲县、乙县均为55件."""
    return context.run[1] == 1 and ALIKE.match(context.before, group[-1].end) is not None


def _part(chosen: Sequence[Sequence[Named]], asked: Asked, context: Context) -> Part:
    scope: dict[str, str] = {}
    joined: Scope = ()
    each = False
    for group in chosen:
        dimension, text = group[0].dimension, "、".join(one.text for one in group)
        values = {value for one in group for value in one.values}
        if group[0].family not in ("", asked.family):
            if _is_here(group[0], context):  # 省级劝返复学1915人: who pays says nothing of pupils
                return Part((), text)
            continue
        every = asked.every(dimension) if dimension in asked.dimensions else all_named(dimension)
        if len(group) == 1:  # 普高助学金: a grant where it is allocated, of two classes where it is paid
            values = values & every or values
        if len(values) > 1 and values >= every:
            continue
        several = len(values) > 1 and len(group) in (1, len(values))  # 义务教育 is two stages
        if several and dimension in asked.dimensions and not joined and _together(group, context):
            joined = tuple((dimension, value) for value in sorted(values))
            continue
        if several and dimension in asked.dimensions and not joined and _alike(group, context):
            joined, each = tuple((dimension, value) for value in sorted(values)), True
            continue
        if dimension not in asked.dimensions or len(values) != 1 or scope.get(dimension, *values) not in values:
            return Part((), text)
        scope[dimension] = values.pop()
    return Part(tuple(sorted(scope.items())), joined=joined, each=each)
