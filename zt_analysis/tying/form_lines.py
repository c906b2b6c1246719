"""Lines of a form (时间：, 地点：, 填表人：): when and where something was held or filled in is no figure."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.excuses import Excuse
from zt_analysis.tying.sentences import Context

_BEGINS = r"^[\s一二三四五六七八九十、（）()]*"
_EVENT = r"(?:会议|活动|召开|培训|检查|督查|走访|约谈)?"
WHEN = re.compile(rf"{_BEGINS}{_EVENT}(?:时\s*间|日\s*期)\s*[：:][^，。；;]*$")
WHERE = re.compile(rf"{_BEGINS}{_EVENT}地\s*点\s*[：:][^，。；;]*$")
# who filled a table in, and on what day
WHO = re.compile(
    r"^\s*(?:(?:填[表报写]|制表|审核|复核|统计|经办|记录|联系)(?:单位|科室)?(?:人员?|时间|日期|单位)?)\s*[：:][^，。；;]*$"
)
ROOM = re.compile(r"楼|层|室|号|栋|幢|会议|办公|报告厅|礼堂")
# after a day: weekdays and hours, and nothing that is counted
REST_OF_WHEN = re.compile(
    r"(?:[\s（()）\d:：—～~至到起时点分整半、]|(?:星期|周)[一二三四五六日天]|[上下]午|晚上)*[。\n]?"
)
HELD = re.compile(
    r"\s*(?:会议|活动|召开|培训|检查|督查|走访|约谈)?(?:时\s*间|日\s*期)\s*[：:]\s*(?:(?P<year>(?:19|20)\d\d)\s*年)?"
    r"\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日" + REST_OF_WHEN.pattern
)
# 统计日期：2018年11月8日: of which day the numbers are
OF_DAY = re.compile(
    r"\s*(?:数据|情况|统计|截[止至]|核算|汇总|上报)*(?:时\s*间|日\s*期|时\s*点|日)\s*[：:]\s*(?:截[止至]到?)?(?:(?P<year>(?:19|20)\d\d)\s*年)?"
    r"\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日" + REST_OF_WHEN.pattern
)


# 四届二次会议: of which congress and which of its meetings
CONGRESS = re.compile(r"次?(?:[一二三四五六七八九十]次|\s*(?:全会|全体会议|会议|人大|政协|人民代表大会|党代会))")


def form_line(mention: Mention, context: Context) -> Excuse | None:
    """The day, hour, floor or room that a line of a form gives; the number of a congress."""
    before = context.before
    congress = mention.unit == "届" or (mention.unit == "次" and before.rstrip().endswith("届"))
    if congress and CONGRESS.match(context.after):
        return Excuse(labels("tie_ordinal"))
    day = mention.kind == "date"
    if day and ((WHEN.search(before) and REST_OF_WHEN.fullmatch(context.after)) or WHO.search(before)):
        return Excuse(labels("tie_form_line"))
    placed = mention.unit in ("楼", "层", "室", "号", "栋", "幢") or (not mention.unit and ROOM.match(context.after))
    return Excuse(labels("tie_form_line")) if placed and WHERE.search(before) else None


def is_held_since(line: str, case: Case) -> bool:
    """时间：11月14日: when a meeting was held, on the day of the figures or since; before it they are another's.

    Of 统计日期：11月8日 it is their very day.
    """
    counted = OF_DAY.fullmatch(line)
    found = counted or HELD.fullmatch(line)
    if found is None:
        return False
    now = case.paper.period.as_of
    year, month, day = (int(found[one] or now.year) for one in ("year", "month", "day"))
    if (year, month, day) == (now.year, now.month, now.day):
        return True
    if counted and not HELD.fullmatch(line):
        return False
    return (year, month, day) >= (now.year, now.month, now.day) and year <= int(case.paper.issued_on[:4]) + 1
