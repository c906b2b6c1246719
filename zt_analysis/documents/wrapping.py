"""Which line ends are only the edge of the paper: the line after such a one belongs to the same sentence.

A line is taken up by the next when its sentence is not at its end (no 。！？；： or their ASCII forms), it was about
as full as the two allow, and the next opens nothing itself: no heading, list item, indented paragraph, table row,
other type size. Lines joined like this must read as prose: somewhere in them a punctuation mark, or forty columns
of width; two numbers meet only in a Chinese sentence, which a mark after them or the width shows. Over a blank line
or a paragraph's end a line is taken up only if it is a long, punctuated, unfinished sentence, and never number to
number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import zt_analysis.expressions as re

SLACK_COLUMNS = 4
PROSE_COLUMNS = 40
SENTENCE_CHARACTERS = 20
SAME_SIZE = 1.12
WRAPPED_KINDS = ("paragraph", "list-item", "footnote", "textbox")
CLOSING = r"[”’』」）》】\)\]\"']*\s*$"
SENTENCE_END = re.compile(rf"(?:[。！？；：!?;:…]|(?<!\d)\.|\.(?=[”’\"'\)]+\s*$)){CLOSING}")
COMMA = re.compile(r"[，。；]")
SENTENCE_MARK = re.compile(r"[，。；：、！？]|[,;.!?](?:\s|$)")
FULL_STOP = re.compile(rf"[。！？；]{CLOSING}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}(?:[、．]|是(?![\u4e00]))|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:[、．]|\.(?!\d)|\)|）)|[①-⑳]|[-*+•·●○■◆▪–]\s|第[一二三四五六七八九十百\d]{1,4}[章节条]\s)"
)
CAPTION = re.compile(r"\s*[图表]\s*\d{1,3}(?:[-.－]\d{1,3})?[\s：:]\s*\S[^。]{0,60}$")
# 合格：1915人 over 整改：823人 is a list
LABELLED = re.compile(
    r"(?:[^，。；：:\d]{2,16}|[^，。；：:\d]{0,4}\d{1,2}月\d{1,2}日)[：:]\s*\d[\d,.]*\s*[^\d，。；：:]{0,4}"
)
# 发件人：曲靖市教育局 opens a line of a form or of a letter's head, however full the line above
LETTER_HEAD = re.compile(
    r"[>＞\s]*(?:[一-龥]{0,4}(?:单位|部门|科室|时间|日期|地点|来源|邮箱|电话|传真|编号|文号|[发收寄送]件人|报送人|填报人|联系人)|主题|主送|抄[送报]|附件|供稿|撰稿|From|To|Cc|Date|Sent|Subject)\s*[：:]"
)
# 备注：, 批示：: a label opens a line of its own under a line that is not as wide as the paper
LABEL = re.compile(r"[一-龥]{2,6}[：:]")
# 以上均为示例 under the last item of a list is said of all of it
OF_ABOVE = re.compile(r"[（(]?(?:以上|上述|上列|前述)(?:[均都各皆全为是系所]|数据|数字|内容|情况|指标)")
RULED = re.compile(r"[-—–=_*~＝－]{4}")
CELLS = re.compile(r"\t|\S {3,}\S")
# a line of a masthead: the number of an issue or a document, or its date, alone or beside who issues it
MASTHEAD = re.compile(
    r"(?:[^\s，。；：]{2,20}\s+)?(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s+[^\s，。；：]{2,20})?"
    r"|(?:(?:19|20)\d\d\s*年\s*)?第\s*\d+\s*期(?:\s*[（(]?总第?\s*\d+\s*期[）)]?)?"
    r"|[一-龥]{1,12}\s*[〔\[［（(](?:19|20)\d\d[〕\]］）)]\s*第?\s*\d{1,4}\s*号"
)
# the title of a paper, and what a statement or an address under it opens with
TITLE = re.compile(
    r"[^，。；：！？;:!?]{0,38}(?:报告|总结|小结|通报|简报|专报|快报|公报|公告|公示|通告|通知|纪要|记录|汇报|材料|说明|情况|答复|回复|复函|批复|函|请示|意见|讲话|发言|致辞|发言稿"
    r"|讲话稿|主持词|通稿|通讯稿|新闻稿|信息|动态|快讯|简讯|问答|实录|答记者问|大事记|年鉴|日志|台账|一封信|公开信|倡议书|工作|成效|进展|综述|纪实|述评|手册|提纲|大纲|纲要|述职|通稿|稿|文稿|条目|公告栏|专栏|专刊|专版|要情|要讯|要闻|消息|通讯|专题|访谈|对话|解读|图解|一览|概况|概述|简介|近况|现状|成果|成绩|经验|做法|亮点|典型|事迹|倡议|来信|复函|来函|回信|感谢信|慰问信|捷报|喜报|战报|反馈|座谈|座谈会|推进会|调度会|发布会|会议|活动|行动|年报|月报|周报|清单|摘要|要点)"
    r"\s*(?:[（(〔【][^，。；：！？]{1,16}[）)〕】])?"
)
UNDER_TITLE = re.compile(
    r"截[至止]|(?:19|20)\d\d\s*年|\d{1,2}月\d{1,2}日|[全我本][省市县区州]|[春秋]季|今年|本[学周月年]|同志们|各位|尊敬|会议|[问答][：:]|近年来|为|在|根据|按照|围绕|据|自"
    r"|时间[：:]|各[一-龥（）、]{1,14}[：:]|[省市县区州][一-龥]{1,14}[：:]"
)
# 出席：…, 记录：…: a line of a form, under which the next begins anew
FORM = re.compile(
    r"(?:(?:会议|活动|培训|检查|督查)?(?:名称|时\s*间|地\s*点|主题|议题|议程|内容|形式|主持|记录|出席|列席)|出席|列席|参会|与会|参加|缺席|请假|主持|记录|整理|汇报|签发|审核|拟稿|编辑|主送"
    r"|抄送|抄报|印发|填报|制表|联系)(?:人员?|单位|领导|部门|电话|日期)?\s*[：:](?!\s*$)"
)
DOTTED = re.compile(r"[A-Za-z0-9]+(?:[.,]\d+)*")


@dataclass(slots=True)
class Line:
    """One line of a text: ``text[start:end]`` without the space around it.

    ``paragraph`` is the number of the paragraph a file declares (lines of one text file have none); ``gap`` says
    that a blank line or a paragraph's end stands before it, ``indented`` that it starts further in, ``taken`` that
    the file itself takes it up; ``width`` is in columns, a Chinese character having two.
    """

    start: int
    end: int
    kind: str = "paragraph"
    paragraph: int | None = None
    gap: bool = False
    indented: bool = False
    taken: bool = False
    width: float = 0.0
    size: float | None = None


def columns(text: str) -> int:
    """Columns ``text`` takes: two for each Chinese character or full-width mark.

    >>> columns("共1915人")
    8
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def joined(text: str, lines: Sequence[Line]) -> list[bool]:
    """For each line whether it continues the sentence of the line before it."""
    found = [False] * len(lines)
    for position in range(1, len(lines)):
        before, line = lines[position - 1], lines[position]
        # what stands under it is no rest of it, however short both are
        masthead = not found[position - 1] and bool(MASTHEAD.fullmatch(text, before.start, before.end))
        signed = _signs(text[before.start : before.end], text[line.start : line.end])
        # 劝返复学 over 小学：330人 and 初中：1585人 is the head of a list
        heads = all(LABELLED.fullmatch(text, one.start, one.end) for one in lines[position : position + 2])
        listed = heads and position + 1 < len(lines)
        title = not found[position - 1] and _is_title(text, before, line)
        apart = masthead or signed or listed or title
        found[position] = not apart and _continues(text, before, line)
    _keep_prose(text, lines, found)
    return found


def _signs(left: str, right: str) -> bool:
    """Whether two lines are an office and, under it, the day."""
    return len(left) < SENTENCE_CHARACTERS and not SENTENCE_MARK.search(left) and bool(MASTHEAD.fullmatch(right))


def between(left: str, right: str) -> str:
    """What stands for a line end between two characters that it held apart: a space between Latin words.

    >>> between("市", "府"), between("9", "1"), between("f", "1")
    ('', '', ' ')
    """
    if not (left.isascii() and right.isascii()):
        return ""
    digits = right.isdigit() and (left.isdigit() or left in ".,")
    return "" if digits or right in ".,%)" else " "


def _is_title(text: str, line: Line, under: Line) -> bool:
    """Whether a line is the title of a paper, or one of a form, under which the text begins, however full it is."""
    if line.taken or under.taken:
        return False
    form = FORM.match(text, line.start, line.end)
    if form and FORM.match(text, under.start, under.end):
        return True
    titled = form or TITLE.fullmatch(text, line.start, line.end)
    return bool(titled and UNDER_TITLE.match(text, under.start, under.end))


def _continues(text: str, before: Line, line: Line) -> bool:
    if line.taken:
        return True
    if before.kind not in WRAPPED_KINDS or line.kind not in WRAPPED_KINDS:
        return False
    left, right = text[before.start : before.end], text[line.start : line.end]
    listed = LABELLED.fullmatch(left) and LABELLED.fullmatch(right)
    labelled = before.width < PROSE_COLUMNS and LABEL.match(right)
    if listed or labelled or _ends(left, right) or _opens(line, right) or CELLS.search(left) or CELLS.search(right):
        return False
    if before.size and line.size and max(before.size, line.size) > SAME_SIZE * min(before.size, line.size):
        return False
    if line.gap:
        return before.kind == line.kind == "paragraph" and _unfinished(left, right)
    return _full(before, line, right)


def _ends(left: str, right: str) -> bool:
    if left.endswith(".") and right[:1].isdigit() and left[-2:-1].isdigit():
        return not CHINESE.search(left)
    return bool(SENTENCE_END.search(left) or RULED.fullmatch(left[-4:])) or left.endswith(".")


def _opens(line: Line, right: str) -> bool:
    forms = (ITEM, CAPTION, FORM, LETTER_HEAD, OF_ABOVE)
    return line.indented or line.kind == "list-item" or any(one.match(right) for one in forms)


def _unfinished(left: str, right: str) -> bool:
    if len(left) < SENTENCE_CHARACTERS or not COMMA.search(left) or not COMMA.search(right):
        return False
    numbers = left[-1].isdigit() and right[0].isdigit()
    return not numbers and bool(CHINESE.match(right) or CHINESE.match(left[-1])) and left[-1] not in "—"


def _full(before: Line, line: Line, right: str) -> bool:
    unit = DOTTED.match(right)
    first = columns(unit.group() if unit else right[:1])
    return before.width + first + SLACK_COLUMNS >= max(before.width, line.width)


def _keep_prose(text: str, lines: Sequence[Line], found: list[bool]) -> None:
    start = 0
    for position in range(1, len(lines) + 1):
        if position < len(lines) and found[position]:
            continue
        if position - start > 1:
            _check_chain(text, lines[start:position], found, start)
        start = position


def _check_chain(text: str, chain: Sequence[Line], found: list[bool], start: int) -> None:
    words = [text[line.start : line.end] for line in chain]
    wide = max(line.width for line in chain) >= PROSE_COLUMNS
    prose = wide or any(SENTENCE_MARK.search(one) for one in words)
    sentence = bool(FULL_STOP.search(words[-1]))
    for position in range(1, len(chain)):
        left, right = words[position - 1], words[position]
        numbers = left[-1:].isdigit() and right[:1].isdigit()
        whole = (sentence or wide or SENTENCE_MARK.search(right)) and CHINESE.search(left)
        if not chain[position].taken and (not prose or (numbers and not whole)):
            found[start + position] = False
