"""What somebody asks, and an answer is about: 有记者问起东川县的进展，发言人介绍，…

A question states nothing, so it is blanked, as long as it is, but for what it asks about: a place, and a part where the
answer names neither it nor the whole. A question that names another place, another time or people of whom no table
tells stays where it is, and so do words that nobody declared, unless the answer itself says of whom or where it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import RUN, without_places, words_left
from zt_analysis.tying.divisions import where
from zt_analysis.tying.letters import NAME
from zt_analysis.tying.marks import CLAUSE_END, SENTENCE_END
from zt_analysis.tying.part import Named
from zt_analysis.tying.sentences import STATED
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.vocabulary import pattern

# who asks
_ASKER = (
    r"(?:(?:有|这位|一位|多位|几位|有的|一些|不少|部分|广大|各位|现场|个别|有关|相关)*"
    rf"(?:记者|网民|网友|市民|群众|家长|人大代表|政协委员|(?:{NAME})?代表|(?:{NAME})?委员|媒体|读者|听众|观众|来信人|来访者)(?:们|朋友)?"
    r"|您|你们?|贵单位|贵局|来信|来电|来函|建议|提案)"
)
_WHERE = r"(?:在?(?:建议|提案|议案|来信|来函|留言|会上|现场|文|信)[中里]?)?"
_HOW = r"(?:留言|来信|来电|来函|现场|当场|进一步|继续|还|又|也|接着|随后|就此|一直|十分|非常|普遍|都|最|较为|所)*"
_WONDERS = r"(?:问起|问及|问到|追问|询问|提问|咨询|打听|想了解|关心|关注)(?:了|过)?的?"
_SAYS = r"(?:提出|反映|建议|提到|提及|希望(?:了解|公开|说明)|所提|提)(?:了|过|的)?"
_TAIL = r"(?:提问|问题|疑问|疑虑|意见|建议|提案|议案|询问|咨询|关切|留言|来信|诉求|一事|要求)"
_ANSWER = r"(?:的?(?:书面)?(?:答复|回复|回应|解答)(?:意见|如下)?(?:代表|委员|您)?)?"
_OF = r"(?P<of>(?:“[^”]{2,30}”|[^，,。；;：:！？!?“”\d]){1,30}?)"
_FORMS = (
    rf"{_ASKER}{_WHERE}{_HOW}{_WONDERS}{_OF}{_TAIL}?",
    rf"{_ASKER}{_WHERE}{_HOW}{_SAYS}(?:{_OF}的?{_TAIL}|(?P<quoted>“[^”\d]{{2,30}}”))",
    rf"被(?:记者|媒体|代表|委员)?(?:问|追问)(?:及|到|起){_OF}时?",
    rf"(?:就|对于?|针对|关于|至于|面对|围绕|按照?|根据|应){_ASKER}{_WHERE}{_HOW}(?:{_WONDERS}|{_SAYS}){_OF}(?:的?{_TAIL})?",
    rf"(?:就|对于?|针对|关于|至于|面对|围绕|按照?|根据|应)(?:{_ASKER}的?{_TAIL}|{_OF}的?{_TAIL}){_ANSWER}",
    rf"就{_OF}(?:答复|回复)(?:代表|委员|您|网友)",
)
# what the speaker himself turns to
_TURNED = (rf"(?:说|谈|讲|提)[到及起]{_OF}(?:时)?", rf"就{_OF}(?:而言|来说|来讲|来看)", rf"以{_OF}为例")
_ENDS = r"(?P<ends>[，,：:])"
# each form, and whether it is a question, which the answer may put in words of its own
ASKED = tuple(
    (re.compile(rf"\s*{form}{_ENDS}"), asks) for forms, asks in ((_FORMS, True), (_TURNED, False)) for form in forms
)
HINT = re.compile(
    r"[问您你]|关[心注于]|代表|委员|记者|网[民友]|媒体|建议|提案|意见|[说谈讲提][到及起]|而言|来[说讲看]|为例"
)
QUOTED = re.compile(r"“[^”\d]{2,30}”")
# what a question may hold beside words of figures
WONDERED = re.compile(
    r"工作|情况|进展|成效|问题|底数|进度|来源|去向|数据|口径|落实|开展|有关|相关|最新|具体|哪些|多少|怎么样|如何|怎样|差距|各县区?|学校"
    r"|力度|加大|加强|保障|做好|推进|城乡|贫困|农村|孩子|学生|教育|资助|[的和与、在]"
)
TAKEN_BACK = ("about", "verdict", "untrue", "doubt", "defect", "document", "elsewhere")


def unasked(text: str, mentions: Sequence[Mention], case: Case) -> str:
    """``text``, as long as it is, with what somebody asks blanked but for the place or part that it is about."""
    if not HINT.search(text):
        return text
    return before_numbers(text, mentions, lambda sentence, number: _answer(sentence, number, case))


def before_numbers(text: str, mentions: Sequence[Mention], read: Callable[[str, int], str]) -> str:
    """``text`` with each sentence that states a number, which begins there, as ``read`` gives it."""
    starts = [one.start for one in mentions if one.role == "figure" and one.kind in STATED]
    pieces, begins = [], 0
    for ends in (*(one.end() for one in SENTENCE_END.finditer(text)), len(text)):
        sentence = text[begins:ends]
        first = bisect_left(starts, begins)
        states = first < len(starts) and starts[first] < ends
        pieces.append(read(sentence, starts[first] - begins) if states else sentence)
        begins = ends
    return "".join(pieces)


def _answer(sentence: str, number: int, case: Case) -> str:
    at = 0
    while at < number:
        found, asks = next(((one, asks) for form, asks in ASKED if (one := form.match(sentence, at))), (None, False))
        if found and found.end() <= number:
            ends = CLAUSE_END.search(sentence, number)  # 41234名在园幼儿: what is counted may stand behind it
            left = _left(found, sentence[found.end() : ends.start() if ends else len(sentence)], case, asks=asks)
            if left is not None:
                sentence = sentence[:at] + left + sentence[found.end() :]
        mark = CLAUSE_END.search(sentence, found.end() - 1 if found else at)
        at = mark.end() if mark else number
    return sentence


def _left(asked: re.Match[str], answer: str, case: Case, *, asks: bool) -> str | None:
    """What of a question stays; None where all of it does."""
    named = case.parts.named(asked[0])
    groups = asked.re.groupindex
    of = (asked["of"] if "of" in groups else "") or ""
    said = QUOTED.sub("", of)
    places = (*case.parts.places, "whole")
    theirs = case.parts.named(answer)
    itself = any((one.dimension in places and one.values) or one.dimension == "whole" for one in theirs)
    if where(without_places(asked[0], case.parts)) or any(one.search(asked[0]) for one in (BASE, OTHER)):
        return None
    if any(pattern(kind).search(WONDERED.sub("", said)) for kind in TAKEN_BACK):
        return None
    quotes = [one.span() for one in QUOTED.finditer(asked[0])]
    mine = [
        one
        for one in named
        if not any(first <= one.start < last for first, last in quotes)
        and not (itself and asks and pattern("setting").fullmatch(one.text))  # 农村学生的供餐问题
    ]
    if any(not one.values and one.dimension != "whole" for one in mine) or (
        not (itself and asks) and _unknown(said, case)
    ):
        return None
    apart = [one for one in mine if one.dimension not in places and not _again(one, theirs)]
    if apart and itself:  # 问及中职，发言人说，全市488235人受助: of all, or of these?
        return None
    kept = [" "] * len(asked[0])
    for one in mine:
        if one.dimension in places or one in apart:
            kept[one.start : one.end] = one.text
    if "".join(kept).strip():
        kept[-1] = asked["ends"]
    return "".join(kept)


def _again(part: Named, named: Sequence[Named]) -> bool:
    return any(one.dimension == part.dimension and one.values == part.values for one in named)


def _unknown(said: str, case: Case) -> bool:
    left = words_left(said, case.parts, case.names, "topic", "work", "asking", "label", "presented", "thing", "setting")
    return RUN.search(WONDERED.sub("", left)) is not None
