"""What a sentence takes from the one before it: the places that it calls 两县, the number whose parts it lists."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.numbers.numerals import count_of
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said, moves_so, value_of
from zt_analysis.tying.marks import SENTENCE_END
from zt_analysis.tying.named_lists import list_of

THOSE = re.compile(
    r"(?:(?<=^)|(?<=[，,；;。：:（(]))\s*(?:上述|以上|这)?(?P<count>[两二三四五六七八九])个?(?:地(?![区方])|县市区|县区|县市|县|区)(?![级长域内外委])"
)
TOTAL = re.compile(r"[，,](?:合计|共计|总计|一共|总共)[为有是达]*$")
WORDS_BEFORE = re.compile(r"^(?:我们|咱们|大家|当时|那时)?的?")
NUMBER = re.compile(N)
JOINS = re.compile(r"[、，,和与及；;。\s]*")
# what is said of all of them behind: ，两地合计851人，占全市的44.44%
OF_ALL = re.compile(
    rf"[，,；;](?:[以上这]*[两二三四五六七八九]个?(?:地|县市区|县区|区县|县市|县)(?:合计|共计?|总共)?|合计|共计?|总共)"
    rf"(?:{N})?(?:[，,]?占(?:全[市县区]|总数)?的?{N})?[。；;]?$"
)
# 失辍学人数9月20日为5765人；到11月8日，这个数字是4717人
THIS_NUMBER = re.compile(
    rf"(?P<name>[^，,。；;：:、\d{HERE}]{{3,14}}?)(?:{DAY})?(?:的?时候?)?(?:[是为有]|达到?)?(?P<before>{N})[，,；;。](?P<when>(?:而|但|到|截至|至|在|目前|现在)*(?:{DAY})?[，,]?)"
    rf"(?:这个?|这一|该)(?:数字|数值|数|人数)(?:已经?|就|则|也)?(?P<verb>[是为]|(?:下降|上升|增加|减少|[降升增减变])[到至为成])(?P<n>{HERE})"
)
FAR = 300


def of_those(said: Said) -> Iterator[Form]:
    """东川县、西岭县稳步推进，两县分别劝返120人、78人: the places named last, where they are as many."""
    here = said.text.index(HERE)
    found = next(reversed([*THOSE.finditer(said.text, 0, here)]), None)
    if found is None:
        yield from _of_them(said, here)
        return
    ahead = said.text[: found.start()]
    names = _last_named(ahead, said.case) or _last_named(said.above[-FAR:], said.case)
    if len(names) == count_of(found["count"]):
        listed = f"{'、'.join(names[:-1])}和{names[-1]}"
        yield Form(f"{ahead}{listed}{said.text[found.end() :]}")


def _of_them(said: Said, here: int) -> Iterator[Form]:
    """劝返复学超过300人的有东川、西平两县区，合计851人 -> 劝返复学…，东川县和西平区合计851人."""
    found = TOTAL.search(said.text, 0, here)
    names = _last_named(said.text[: found.start()], said.case) if found else ()
    if found and found.end() == here and len(names) > 1:
        ahead = said.text[: found.start()]
        yield Form(f"{ahead}，{'、'.join(names[:-1])}和{names[-1]}{found[0].lstrip('，, ')}{said.text[here:]}")


def _last_named(text: str, case: Case) -> tuple[str, ...]:
    """All members that the last sentence with a place in it names; none where another place stands in it."""
    for sentence in reversed(SENTENCE_END.split(text)):
        named = [one for one in case.parts.named(sentence) if one.dimension in case.parts.places]
        if named:
            known = all(one.values and one.dimension in case.registers for one in named)
            ends = list_of(sentence[: named[-1].end], case.parts)
            members = (
                dict.fromkeys(case.registers[one.dimension][one.values[0]]["zh"] for one in named) if known else {}
            )
            return tuple(members) if len(ends) == len(named) or len(members) == len(named) else ()
    return ()


def this_number(said: Said) -> Iterator[Form]:
    """失辍学人数9月20日为5765人；到11月8日，这个数字是4717人 -> 11月8日，失辍学人数4717人."""
    found = THIS_NUMBER.search(said.text)
    if found and moves_so(found["verb"], value_of(found["before"]), said.mention.value):
        name = WORDS_BEFORE.sub("", found["name"])
        yield Form(f"{found['when'].lstrip('而但在')}{name}为{HERE}{said.text[found.end() :]}")


def parts_behind(said: Said) -> Iterator[Form]:
    """全市劝返复学1915人。东川县508人、西岭县343人。: the parts of the one number of the sentence before."""
    plain = NUMBER.sub("", OF_ALL.sub("", said.text))
    named = said.case.parts.named(plain)
    bare = plain
    for one in reversed(named):
        bare = bare[: one.start] + bare[one.end :]
    if len(named) < 2 or len({one.dimension for one in named}) > 1 or not all(one.counted for one in named):
        return
    last = next((one for one in reversed(SENTENCE_END.split(said.above)) if one.strip()), "")
    if JOINS.fullmatch(bare) and len(NUMBER.findall(last)) == 1 and said.above.rstrip().endswith("。"):
        yield Form(f"{last.strip().rstrip('。')}，其中{said.text}")
