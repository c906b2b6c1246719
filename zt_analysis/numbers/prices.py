"""What a price is for: 每生每年650元, 4元/生·天, 人均1860元."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.numbers.mention import Reading

_PAID_FOR = (
    "生|人|百人|千人|万人|百户|户|天|日|年|月|学期|学年|亩|班|校|课时|小时|期|次"
    "|平方米|百平方公里|平方公里|立方米|吨|公斤|所|台|套|个|名|师|件|米|公里|㎡|m[²2³3]|kg|h|千克|克|升|分钟?(?!之)|秒|周|节|千瓦时|度|本|册|份|张|头|棵|株|辆|餐|顿|瓶|盒|场"
)
_PER_SLASH = re.compile(rf" ?[/·] ?(?P<one>{_PAID_FOR})(?:[·/.](?P<two>{_PAID_FOR}))?")
_EACH = (
    "(?:每(?:个|名|位)?(?:家庭)?(学期|学年|年度|课时|小时|学生|教师|教学班|班级|寄宿生|平方米|公里"
    "|[生人户天日年月亩班校次期师周所县乡村台套园岗件吨名位个组份餐顿节本册张盒瓶棵株米斤床间桌度]))"
)
_PER_EACH = re.compile(rf"{_EACH}(?:的|、|/|·)?{_EACH}?{_EACH}?(?P<verb>(?:[^，。；！？、每\d\n]{{0,10}}?))$")
_PER_MEAN = re.compile(
    r"(?P<who>[人生户亩班校师月日])(?:均|(?<=亩)(?=产值|收入|收益|租金))(?P<verb>[^，。；！？\d\n]{0,14})$"
)
_HEAD = re.compile(r"(?P<who>[人生户])均[^，。；、\d\n]{0,8}$")
_BETWEEN = re.compile(r"(?:约|近|不低于|不超过|超过|至少|不少于|达到?|最高|为|提高到|增加到|提高至)+$")
_WRITTEN = {"㎡": "平方米", "m²": "平方米", "m2": "平方米", "m³": "立方米", "m3": "立方米"}
_RECIPIENT = {"学生": "生", "教师": "师", "班级": "班", "教学班": "班", "寄宿生": "生", "学": "学"}


def per(text: str, reading: Reading) -> str:
    """What a price or rate of work is for: ``生·年`` for 每生每年650元 and for 4元/生·天 its ``生·天``."""
    slash = _PER_SLASH.match(text, reading.end) if reading.unit else None
    before = re.sub(r"[ \n\f]", "", text[max(0, reading.start - 26) : reading.start])
    if slash:
        who = None if slash["two"] else _HEAD.search(before)
        for_what = (who and who["who"], slash["one"], slash["two"])
        return "·".join(dict.fromkeys(_WRITTEN.get(one, one) for one in for_what if one))
    if reading.kind != "money":
        return ""
    before = _BETWEEN.sub("", before)
    each = _PER_EACH.search(before)
    if each:
        return "·".join(_RECIPIENT.get(one, one) for one in each.groups()[:3] if one)
    mean = _PER_MEAN.search(before)
    return mean["who"] if mean and not mean["verb"].endswith("月") else ""


def include_slash(text: str, reading: Reading) -> None:
    """Takes ``/生·天`` into the surface of ``reading``."""
    slash = _PER_SLASH.match(text, reading.end) if reading.per else None
    if slash:
        reading.end = slash.end()
