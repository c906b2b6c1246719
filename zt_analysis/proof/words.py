"""Words by which relations are known: what compares, what counts, what only joins."""

from __future__ import annotations

import re

# what a number is compared with
REFERENCE = (
    r"(?:(?:20|19)\d\d年(?:度)?(?:同期|同月|末|底|初)?|(?:去年|上年|上一年度?|前一?年|上个?学?年度?)(?:同期|同月|末|底|度)?"
    r"|上个?月(?:同期|末|底)?|上个?季度|上个?学期|上个?周|上期|前期|同期|年初|期初|月初|前一[期周月年天日]|昨天|昨日|前一天"
    r"|历史同期|开学初|“?十[二三四]五”?[初末]期?|基期|过去)"
)
COMPARED = re.compile(
    rf"(?:比|较|与|同|相比|和)(?P<ref>{REFERENCE})(?:的(?![\d.])|相比|比|数)?|(?P<year>同比)|(?P<month>环比)"
)
VERB = re.compile(
    r"(?:分别|各|均|又|再|也|还|净|共|约|近|超过|已|则|大幅|小幅|略有|略|有所|持续|继续|累计|实际|上|多|少)*"
    r"(?:高出|增支|减支|多支|少支|压降|增幅|降幅|涨幅|跌幅|增速|增长率|下降率|增长幅度|下降幅度|增加|增长|增多|提高|提升|上升|上涨|上调|扩大|下降|减少|降低|降|减|增|升|涨|回落|压减|缩减|缩小|下滑|下跌|净增|净减|新增"
    r"|多招|少招|多|少|高|低|增幅|降幅|增速|增长率|增长幅度|下降幅度|涨幅|跌幅|幅度|高出|低于|上浮|下浮|增收|减收|扩招|攀升|下调)"
    r"(?:了|达到?|为|约为?|近|超过|到|至|约|是|幅度为?)*"
)
FALLING = re.compile(r"压降|减支|下降|减少|降低|下滑|下跌|回落|压减|缩减|降至|降到|减至|减到|缩小")
RISING = re.compile(r"增加|增长|提高|提升|上升|上涨|增至|升至|扩大")
BETWEEN = re.compile(r"[\s，,、；;（）()：:]|和|及|以及|而|且|并|分别|、")
# what begins another item: behind a bracket, which is read as a comma, too
SEMICOLON = re.compile(r"^[，,\s]*[；;]")
YEARLY = re.compile(r"年均|年平均|平均每年|每年|月均")
# what stands behind a noun before its number
JOINING = re.compile(
    r"(?:总?共有|总计|合计|共计|一共|总共|共|现有|尚有|已有|只有|仅有|设有|拥有|有|总数|总量|总额|总人数|达到了?|已达到?|高达|达|为|是|约为?|数量?|人数|计|约|近"
    r"|超过|仅|已|的|累计|分别|各|均|到|至|完成|实现|下达|发放|资助了?|安排|投入|支出|落实)+$"
)
PREFIX = re.compile(
    r"^(?:其中|另有|另外|此外|同时|以及|并且|还有|还|另|并|而|则|及|和|与|的|在(?![校园学读职岗编籍])|对|向|为|由|从|截至目前|目前|今年|本年度?|全年|当年|年内|按|我们|我"
    r"|共有|共计|总共|一共|现有|已有|设有|建有|开设|拥有|共|有)+"
)
WHOLE = re.compile(
    r"全国|全省|全市|全县|全区|全州|全乡|全镇|全部|全体|所有|整个|我国|我省|我市|我县|我区|本市|本县|本省|本区|总计|合计|共计|总人数|总校数"
    r"|总数|总量|总额|总规模|总体|总|数量|人数|(?<!学)校数|个数|数$|的|共有|共|各级各类教育|当年|同年|本年|今年"
)
HEADS = (
    "(?:学校|校|招生|招收|入学|在校生|在校学生|在园幼儿|入园幼儿|在园儿童|毕业生|教职工|教职员工|专任教师|教师|学生|班数|班级|班|校舍|校舍建筑面积|学龄人口"
    "|在学|人员|幼儿|儿童|机构)"
)
HEAD_ONLY = re.compile(rf"^{HEADS}(?:总?数|人数|总?规模)?$")
HEAD_AT_END = re.compile(rf"(?:共有|有)?{HEADS}(?:总?数|人数)?$")
PAST = re.compile(rf"{REFERENCE}(?!增|减|提|下|上|降|持)")
# 招收特殊教育学生 is 特殊教育招生
ENROLLED = re.compile(r"^招收([一-鿿]{2,}?)(?:学生|儿童)$")


def normal(phrase: str) -> str:
    """``phrase`` without what says that it is the whole or only joins.

    >>> normal("全国高中阶段教育招生总数")
    '高中阶段招生'
    """
    found = re.sub(r"[\s“”\"《》·\-—]", "", phrase)
    found = WHOLE.sub("", found)
    found = re.sub(r"(?<!非)学历教育", "", found)
    shorter = found.replace("教育", "")
    found = shorter or found
    found = ENROLLED.sub(r"\1招生", re.sub(r"^共?有(?=[一-鿿]{2})", "", found))
    return found.replace("在校学生", "在校生").replace("共有", "").replace("班级", "班").replace("高等学校", "高校")
