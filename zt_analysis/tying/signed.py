"""Whose text it is, by the lines that sign it or name its source or sender, wherever in the text they stand."""

from __future__ import annotations

import zt_analysis.expressions as re

_OFFICE = r"(?:[局厅委办院部处科股室站所校组社台网会]|政府|中心|专班|[小大中]学|[一二三四五六七八九十]中|[日晚时]报)"
_DATE = r"(?:\s*[（(]?(?:19|20)[\d×xX〇○]{2}\s*[年./-][^，。；：\n]{0,12})?"
# 东川市教育局　2018年11月15日
OFFICE = re.compile(
    rf"[\s—－*（(]*(?P<name>[一-龥×xX\s]{{1,40}}{_OFFICE})(?:[（(][^）)\n]{{1,8}}[）)])?{_DATE}[）)\s]*"
)
# the day alone, or behind who signs
SIGNED_ON = re.compile(
    rf"[\s（(]*(?:[一-龥\s]{{2,40}}{_OFFICE})?[\s（(]*(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{{1,2}})\s*[月./-]\s*(?P<day>\d{{1,2}})\s*日?\s*(?:印发|发布|印|发)?[）)\s。]*"
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
# an office that is nobody's: a form or a model to be filled in
NOBODY = re.compile(r"某某|[×xX]{2,}|〇〇|○○|_{2,}|＿{2,}")


def signer(line: str) -> str:
    """The office that a line names as the one that signs, supplies or sends the text; empty where it names none."""
    found = LABELLED.match(line) or OFFICE.fullmatch(line) or SUPPLIED.fullmatch(line)
    return found["name"].strip() if found else ""


def without_label(line: str) -> str:
    """A line of a letter's head or a paper's end without the words that say what it gives: 发件人：东川市教育局."""
    found = LABELLED.match(line)
    return line[found.start("name") :] if found else line
