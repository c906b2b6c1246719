"""When a number was counted, said in a note before or behind its sentence."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said

NOTE_AHEAD = re.compile(rf"^\s*[（(]\s*(?:数据|统计|以上)*(?P<time>截[至止]到?{DAY}(?:\d{{1,2}}时)?)\s*[）)]\s*[，,]?")
_TIME = r"(?P<time>[^，,。；;（()）\n]{2,16}?)"
NOTE_BEHIND = re.compile(
    rf"[，,（(]\s*(?:数据|以上数据)?(?:统计|截[至止])*(?:时点|时间|日期|口径)?(?:[：:]|均?[为是截至止到]+|(?<=[点间期])(?=\d)|(?<=口径))\s*{_TIME}\s*[）)]?(?P<ends>[。]?\s*)$"
)
STATED_TIME = re.compile(r"[，,（(]\s*(?:数据|以上数据)?(?:统计|截[至止])*(?:时点|时间|日期|口径|截[至止])")
# ，这是春季学期的数字; 均为春季学期数
NUMBERS_OF = re.compile(
    rf"[，,]\s*(?:(?:以上|上述)?(?:这|此|数据|数字|各数)?(?:均|都|就)?[为是])(?:截[至止]到?)?{_TIME}的?(?:统计)?(?:数据|数字|数|情况|口径|统计数)(?P<ends>[。]?\s*)$"
)
COUNTED_TO = re.compile(
    r"(?:截[至止]到?)(?:(?:19|20)\d\d年)?(?P<day>\d{1,2}月\d{1,2}日)|(?P<since>\d{1,2}月\d{1,2}日)以?[来起]"
)
DATE = re.compile(DAY)
TERM = re.compile(rf"(?:(?:19|20)\d\d年)?[春秋]季?学期|(?:截[至止]到?)?{DAY}")
# 由34人减至23人（统计时点分别为9月20日、11月8日）
NOTE_OF_BOTH = re.compile(
    rf"[由从](?P<one>{N})(?P<verb>[一-龥]{{1,4}}[至到为])(?P<two>{N})[，,（(](?:统计)?(?:时点|时间|日期)(?:分别|依次)(?:为|是|：)"
    rf"(?P<then>{DAY})[、和与及](?P<now>{DAY})[）)]?(?=[。；;，,]|$)"
)
# 9月20日之后、11月8日之前
BETWEEN = re.compile(
    rf"(?P<from>{DAY})(?:之后|以后|后)[、，,至到]{{0,2}}(?P<to>{DAY})(?:之前|以前|前|为止|止)(?=[，,一-龥])"
)
# 9月20日至11月8日期间
WHILE = re.compile(rf"({DAY}[至到]{DAY})(?:这一|的)?期间(?=[，,一-龥])")
# 统计时点为11月8日，
STATED_AHEAD = re.compile(
    rf"^\s*(?:数据|统计)(?:截[至止])?(?:时点|时间|日期)(?:为|是|：)(?P<time>(?:截[至止]到?)?{DAY})[，,；;]"
)
# 同期东川县销案144件（9月20日至11月8日）
SPAN_BEHIND = re.compile(
    rf"^(?:同期|期间)?[，,]?(?P<said>[^（(]*)[（(](?P<span>(?:自|从)?{DAY}[至到]{DAY})(?:期间)?[）)](?P<ends>。?\s*)$"
)
# 请各县区以11月8日统计数为准做好核对，
HELD_TO = re.compile(
    r"^\s*请(?:各县区|各县市区|各县（市、区）|各校|各地|各单位|各地各校)*(?:均|都|统一|一律|认真)*"
    rf"以(?P<time>(?:截[至止]到?)?{DAY})的?(?:统计|汇总|上报|系统|台账)?(?:数据|数字|数|口径)为准[，,]?"
    r"(?:认真|抓紧|及时|逐一|仔细|做好|开展|进行|数据|信息|台账)*(?:核对|比对|对账)(?:工作)?[，,：:]"
)


def note_ahead(said: Said) -> Iterator[Form]:
    """（数据截至11月8日）全市…: when it was counted."""
    if found := NOTE_AHEAD.match(said.text) or STATED_AHEAD.match(said.text):
        time = found["time"] if found["time"].startswith("截") else f"截至{found['time']}"
        yield Form(f"{time}，{said.text[found.end() :]}", instead=True, then=True)


def note_behind(said: Said) -> Iterator[Form]:
    """全市…，统计时点为9月20日: the same, behind."""
    found = NOTE_BEHIND.search(said.text)
    of = NUMBERS_OF.search(said.text)
    # 统计口径为东川县: of what it is, not of when
    if found and (not STATED_TIME.match(said.text, found.start()) or said.case.parts.named(found["time"])):
        found = None
    if found and "口径" in found[0] and not TERM.fullmatch(found["time"]):
        found = None
    if found is None and of and TERM.fullmatch(of["time"]):
        found = of
    # 截至11月8日，…，截至10月8日: of which of both nobody says
    if found and HERE in said.text[: found.start()] and not _is_of_another_day(said, found):
        time = found["time"]
        until = time if re.match(r"截[至止]|.*学期$", time) else f"截至{time}"
        yield Form(f"{until}，{said.text[: found.start()]}{found['ends']}", instead=True, then=True)


def _is_of_another_day(said: Said, noted: re.Match[str]) -> bool:
    day, now = COUNTED_TO.search(said.text, 0, noted.start()), said.case.paper.period.as_of
    if not day or not DATE.search(noted["time"]):
        return False
    # 9月20日以来…，截至11月8日: up to today
    today = f"{now.month}月{now.day}日" in noted["time"]
    return day["day"] not in noted["time"] if day["day"] else not today


def note_of_both(said: Said) -> Iterator[Form]:
    """由34人减至23人（统计时点分别为9月20日、11月8日） -> 由9月20日的34人减至11月8日的23人."""
    found = NOTE_OF_BOTH.search(said.text)
    if found and HERE in found[0]:
        moved = f"由{found['then']}的{found['one']}{found['verb']}{found['now']}的{found['two']}"
        yield Form(f"{said.text[: found.start()]}{moved}{said.text[found.end() :]}", instead=True)


def between(said: Said) -> Iterator[Form]:
    """9月20日之后、11月8日之前, 9月20日至11月8日期间 -> 9月20日至11月8日."""
    text = WHILE.sub(r"\1", BETWEEN.sub(r"\g<from>至\g<to>", said.text))
    if text != said.text:
        yield Form(text, instead=True, then=True)


def span_behind(said: Said) -> Iterator[Form]:
    """同期销案144件（9月20日至11月8日） -> 9月20日至11月8日，销案144件."""
    found = SPAN_BEHIND.match(said.text)
    if found and HERE in found["said"]:
        yield Form(f"{found['span']}，{found['said']}{found['ends']}", instead=True, then=True)


def held_to(said: Said) -> Iterator[Form]:
    """请各县区以11月8日统计数为准做好核对，失辍学4717人 -> 截至11月8日，失辍学4717人."""
    if found := HELD_TO.match(said.text):
        time = found["time"] if found["time"].startswith("截") else f"截至{found['time']}"
        yield Form(f"{time}，{said.text[found.end() :]}", instead=True, then=True)
