"""Whose text it is, by the lines that sign it or name its source or sender, wherever in the text they stand."""

from __future__ import annotations

import zt_analysis.expressions as re

_OFFICE = r"(?:[局厅委办院部处科股室站所校组社台网会]|政府|中心|专班|[小大中]学|[一二三四五六七八九十]中|[日晚时]报)"
_DATE = r"(?:\s*[（(]?(?:19|20)[\d×xX〇○]{2}\s*[年./-][^，。；：\n]{0,12})?"
# 东川市教育局　2018年11月15日
OFFICE = re.compile(
    rf"[\s—－*（(]*(?P<name>[一-龥×xX\s]{{1,40}}{_OFFICE})(?:[（(][^）)\n]{{1,8}}[）)])?{_DATE}[）)\s]*"
)
# 2018年11月15日, alone or behind who signs
DATED_LINE = re.compile(
    r"\s*(?:[^\d\n，,。；;：:]{2,40}\s*)?[（(]?(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?\s*(?:印发|发布|印|发)?[）)\s。]*"
)
# 填报单位：, （来源：…）, 发件人：
LABELLED = re.compile(
    r"[\s（(\[【*—－>＞|-]*(?!抄|主送|收|参|配合|协|帮扶|合作|对口)(?:[一-龥]{0,4}(?:单位|机构|部门|来源|出处|作者|科室|处室|稿源)|(?:[一-龥]{0,4}(?:提供|审核|复核|校对|核稿|签发|审定|制表|汇总|统计)(?:人|者|单位)?|主办|承办|编[印发辑]|印发|供稿|撰稿|起草|填报|填表|报送|发布|落款|抄报自|转[自载]自?|摘自|来自|出自)"
    r"|(?:发件|发送|发信|报送|填报|供稿)人|来信人|(?i:from|source|sender|by))\s*[:：]\s*(?P<name>[^\n]{2,60})"
)
# （宣威市教育局供稿）
SUPPLIED = re.compile(
    rf"[\s（(\[【*—－]*(?:据|由|摘自|转自|选自|来自)?(?P<name>[一-龥]{{1,30}}?{_OFFICE}?)(?:供稿|提供|报送|填报|编[印制发]?|印发|撰写|整理|汇总|发布|微信公众号|公众号|官网|网站|讯)[）)\]】\s。]*"
)
# Date: Wed, 15 Nov 2017; 发布时间：2017-11-15
DATED = re.compile(
    r"[\s（(\[【*>＞|-]*(?:(?i:date|sent)|[一-龥]{0,4}(?:时间|日期))\s*[:：][^\n，。；]{0,20}?(?P<year>(?:19|20)\d\d)(?!\d)[^\n，。；]{0,30}\s*"
)
# 2017年冬, 二〇一七年, 丁酉年, 17/11/15, 2017-永久-12: the year that a line gives, however
_YEAR = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)(?!\d)|(?P<said>[一二][〇零○九][〇零○一二三四五六七八九]{2})(?=年)|(?P<stem>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])(?=年)"
    r"|(?<![\d.])(?P<short>\d\d)[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = 60
# 抄送：宣威市教育局, 联系电话：: who gets the paper, and whom to ask
SENT_TO = re.compile(r"[\s（(]*(?:抄[送报]|主送|分送|[报送呈发]送?|收[件文])[^：:\n]{0,4}[：:]")
CONTACT = re.compile(
    r"[\s（(]*(?:联系|咨询|监督|举报|值班)?(?:人|电话|方式|邮箱|地址|热线|传真|邮编|网址)[^：:\n]{0,4}[：:]"
)
# 依据：…〔2016〕12号, 附件：2017年…: what a line refers to does not date the text
REFERS = re.compile(r"[\s（(]*(?:依据|根据|参[照考见]|附|见|链接|转|政策|法规|适用|有效期|https?)")
# an office that is nobody's: a form or a model to be filled in
NOBODY = re.compile(r"某某|[×xX]{2,}|〇〇|○○|_{2,}|＿{2,}")


def signer(line: str) -> str:
    """The office that a line names as the one that signs, supplies or sends the text; empty where it names none."""
    found = LABELLED.match(line) or OFFICE.fullmatch(line) or SUPPLIED.fullmatch(line)
    return found["name"].strip() if found else ""


def years_of(line: str, near: int) -> list[tuple[str, int]]:
    """The years that a line gives, each as it is written; those of a cycle of sixty are those next to ``near``."""
    found = []
    for one in _YEAR.finditer(line):
        if one["stem"]:
            stem, branch = STEMS.index(one["stem"][0]), BRANCHES.index(one["stem"][1])
            after = (year for year in range(near - CYCLE // 2, near + CYCLE // 2) if (year - 4) % 10 == stem)
            year = next((year for year in after if (year - 4) % 12 == branch), 0)
        else:
            year = int(one["year"] or (one["said"] or "").translate(_DIGITS) or f"20{one['short']}")
        found.append((one[0], year))
    return found


def without_label(line: str) -> str:
    """A line of a letter's head or a paper's end without the words that say what it gives: 发件人：东川市教育局."""
    found = LABELLED.match(line)
    return line[found.start("name") :] if found else line
