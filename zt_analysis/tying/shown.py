"""Numbers that only say when, where or of which kind another number is."""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.tying.marks import CLAUSE_END

# 两县, 三个县区: some of the places; all of them are the whole, by the office's words
PLACED = ("县", "区", "县区", "县市", "县市区", "市", "乡", "镇", "乡镇", "村", "街道")
PLACE_AFTER = re.compile(r"\s*(?:县|区|市|乡|镇|村|街道)")
HALVED = ("1", "×")
KIND_AFTER = re.compile(r"\s*(?:学校|中学|小学|学生|儿童|少年|家庭|[班校县乡镇村])")
# 五保户, 三好学生, 两类学校: the name itself says of whom
KIND_ENDS = re.compile(r"(?:户|学生|儿童|家庭|对象|学校|高校|学院|医院|[一二三四五六七八九十][中小幼])$")
# 十九大以来, 九三学社成立后: a name that says when
TIME_AFTER = re.compile(
    r"\s*(?:召开|结束|开幕|闭幕|成立)?(?:以来|以后|以前|之[前后]|期间|[前后时](?!续)|召开|结束|开幕|闭幕)"
)
# 十三周岁以上劝返复学1915人: a bound or an age right before what is counted says of whom
AGES = ("岁", "周岁")
COUNTING = ("人", "名", "位", "人次", "户", "件", "所", "个")
WHOSE_AFTER = re.compile(r"\s*[一-龥]")
LASTING = ("年", "学年", "学期", "个月", "周", "天", "小时", "季度", "月", "日")

# 两项, 一段, 五年前: how many of what was said, or how long ago
OF_WHAT_IS_SAID = (
    "项",
    "条",
    "个",
    "点",
    "段",
    "句",
    "次",
    "遍",
    "回",
    "方面",
    "笔",
    "份",
    "批",
    "场",
    "则",
    "句话",
    *LASTING,
)


IN_PASSING = re.compile(r"[一两几半][^人名户件所个元成倍半万千百十]{1,2}|[一二][〇零][〇零一二三四五六七八九]{2}年")
PER_HEAD = re.compile(r"(?:人均|生均|平均每[人名生]|每[人生])[^，,。；;]{0,6}$")
NEAR = 12


def is_stated(one: Mention) -> bool:
    """Whether a number states something of its own, and does not only say how often, how long or of how many lines."""
    return one.role == "figure" and one.kind in ("count", "money", "rate", "change") and one.unit not in OF_WHAT_IS_SAID


def is_in_passing(one: Mention) -> bool:
    """Whether a number only says how often or how long: 没过几天又走了, 从未点开一节课, 写的是二〇一七年."""
    if one.role != "figure":
        return False
    return (one.kind == "count" and one.unit in OF_WHAT_IS_SAID) or IN_PASSING.fullmatch(one.surface) is not None


def is_noted(text: str, one: Mention) -> bool:
    """Whether a number only says when or where the one before it is: （两县）."""
    return is_shown(text, one) and (one.kind == "ordinal" or text[one.start - 1 : one.start] in "（(")


def is_shown(text: str, one: Mention) -> bool:
    """Whether a number says when, where or of which kind another one is: 第一周, 三年间, 两县, 九年一贯制学校."""
    if one.role == "name":  # 九年一贯制学校: some of the schools
        kind = KIND_ENDS.search(one.surface) or KIND_AFTER.match(text, one.end)
        return kind is not None or TIME_AFTER.match(text, one.end) is not None
    if one.kind == "change" and one.unit in HALVED:  # 1915人，经核实减半
        return True
    if one.role != "figure" or one.kind not in ("ordinal", "count", "rate"):
        return False
    bound = (one.inclusive or one.unit in AGES) and one.kind == "count"
    if bound and one.unit not in COUNTING and _is_whose(text, one):
        return True
    if one.kind == "rate":  # 覆盖七成县区
        return PLACE_AFTER.match(text, one.end) is not None
    placed = one.unit in PLACED or PLACE_AFTER.match(text, one.end) is not None
    return one.kind == "ordinal" or _lasts(text, one) or placed


def _lasts(text: str, one: Mention) -> bool:
    """Whether a number says how long: 连续3天; 人均供餐95.8天 is a figure of its own."""
    per_head = one.decimals or PER_HEAD.search(text, max(0, one.start - NEAR), one.start)
    return one.unit in LASTING and not (one.unit == "天" and per_head)


def _is_whose(text: str, one: Mention) -> bool:
    """Whether a bound opens its clause and what is counted follows it at once."""
    opens = one.start == 0 or CLAUSE_END.match(text, one.start - 1) is not None
    return opens and WHOSE_AFTER.match(text, one.end) is not None
