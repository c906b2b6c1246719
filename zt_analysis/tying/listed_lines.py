"""Lines of a slide: what the line above them names, and each line a part of it or what of it is counted.

失辍学率（11月8日） over 小学 0.06% says 截至11月8日，小学失辍学率0.06%. The line is said in one sentence with the
heading, and all of both has to be understood there.
"""

from __future__ import annotations

from itertools import takewhile

import zt_analysis.expressions as re
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.marks import BULLETS, SENTENCE_END
from zt_analysis.tying.sentences import HEADING, Context, Sentences

MARK = rf"\s*(?:[{BULLETS}·•①-⑳\-—–*>]|[（(]?\d{{1,2}}[.．、)）])?\s*"
_A_DAY = rf"[^，,。；;：:{HERE}]{{0,6}}\d{{1,2}}月\d{{1,2}}日"
LABEL = rf"{MARK}(?P<label>[^\d\s，,。；;：:｜|{HERE}]{{1,12}}|{_A_DAY})\s*[：:｜|]?\s*"
# 受助学生488235人。 is a sentence
LINE = re.compile(rf"{LABEL}(?<=[：:｜|\s]){HERE}\s*(?P<ends>[；;。]?)\s*")
ITEM = re.compile(rf"{LABEL.replace('(?P<label>', '(?:')}[约近超逾]?\d[\d,.]*\s*[^\d\s，,。；;：:]{{0,4}}\s*[；;]?\s*")
DAY = r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日"
TERM = r"(?:(?:19|20)\d\d年|今年)?[春秋]季学期"
IN_BRACKETS = re.compile(rf"\s*[（(]\s*(?P<time>(?:截[至止]到?)?{DAY}|{TERM})\s*[）)]\s*")
OPENING = re.compile(rf"\s*(?P<time>截[至止]到?{DAY}|{TERM}|本周|今年以来)[，,]?(?=[一-龥])")
TIMED = re.compile(rf"(?:截[至止]到?)?{DAY}|{TERM}")
DIGIT = re.compile(r"\d")
UNITS = "人|名|件|所|个|万元|元|%|％"
IN_UNIT = re.compile(rf"[（(]\s*(?:单位[：:])?\s*(?P<unit>{UNITS})\s*[）)]")
# （11月8日，人）, （单位：人；截至11月8日）: a time and a unit in one bracket
IN_ONE = re.compile(
    rf"[（(]\s*(?:(?P<time>(?:截[至止]到?)?{DAY}|{TERM})\s*[，,、；;]\s*(?:单位[：:])?(?P<unit>{UNITS})"
    rf"|(?:单位[：:])?(?P<unit_first>{UNITS})\s*[，,、；;]\s*(?P<time_last>(?:截[至止]到?)?{DAY}|{TERM}))\s*[）)]"
)
# 失辍学率变化 over two days
TOLD = re.compile(r"(?:变化|对比|变动|情况|统计|数据)+(?=\s*$)")
DIVIDED = re.compile(r"^(?:各|分)(?:县区|县市区|县（市、区）|县|学段|阶段|层级|级)(?:的)?")
WHOLES = ("合计", "总计", "共计", "全市", "总数", "总体")
ENUMERATED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[#*>]+|\d{1,2}[.．、])\s*"
)
MOST = 30


def of_line(said: Said, sentences: Sentences, context: Context, case: Case) -> tuple[Form, str] | None:
    """The line of a list in one sentence with the line above the list, and what governs that; None of another line."""
    found = LINE.fullmatch(said.text)
    if found is None:
        return None
    position = sentences.position(said.mention.start)
    before = [sentences.sentence(one) for one in range(position - 1, max(-1, position - MOST), -1)]
    items = [*takewhile(ITEM.fullmatch, before)]
    if found["ends"] == "。" and not items:  # 小学情况 over 受助学生：488235人。
        return None
    heading = before[len(items)] if len(items) < len(before) else ""
    if (
        not heading.endswith("\n")
        or SENTENCE_END.search(heading.rstrip("\n"))
        or not 1 < len(heading.strip()) <= HEADING
    ):
        return None
    if DIGIT.search(TIMED.sub("", heading)):
        return None
    heading = IN_ONE.sub(
        lambda one: f"（{one['time'] or one['time_last']}）（{one['unit'] or one['unit_first']}）", heading
    )
    unit = IN_UNIT.search(heading) if not said.mention.unit else None  # 受助学生（人） over 小学：200001
    heading = IN_UNIT.sub("", heading)
    text = _together(ENUMERATED.sub("", heading.strip()).rstrip("：:"), found["label"].strip(), case)
    title = context.title if context.title and context.title != heading.strip() else ""
    return (Form(f"{text}{HERE}。", unit=unit["unit"] if unit else ""), f"{title}\n" if title else "") if text else None


def _together(heading: str, label: str, case: Case) -> str:
    """A heading and a label as one clause, up to its number."""
    time = ""
    for form in (IN_BRACKETS, OPENING):
        if found := form.search(heading) if form is IN_BRACKETS else form.match(heading):
            time = time or found["time"]
            heading = f"{heading[: found.start()]}{heading[found.end() :]}"
    if TIMED.fullmatch(label):
        time, label = label, ""
    if re.fullmatch(DAY, time):
        time = f"截至{time}"
    heading = TOLD.sub("", heading)
    named = case.parts.named(label)
    is_part = len(named) == 1 and named[0].text == label and (named[0].counted or named[0].family)
    if is_part or label in WHOLES:
        heading, label = DIVIDED.sub("", heading), "" if label in WHOLES else label
        clause = f"{label}{heading}"
    else:
        clause = f"{heading}{label}"
    return f"{time}，{clause}" if time else clause
