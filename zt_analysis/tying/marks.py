"""Where sentences and clauses end, and the signs that stand for what is looked past."""

from __future__ import annotations

import re

_BY = r"(?:学段|学校类别|类别|类型|县(?:市区|区)|县（市、区）|区域|地区|项目|级次|层级|来源)"
# 分学段看，小学…；按县区分，东川县…: a list by what a number is divided
DIVIDED = re.compile(
    rf"[，,；;。]\s*(?:其中[，,]?)?(?:(?:分|按|从){_BY}(?:来|上)?(?:看|划分|分|统计|讲|说)|(?:分|按){_BY}(?=[：:]))[，,：:]\s*"
)
# a sentence that begins with 其中 hangs on the one before, and so does a list of what it counts
SENTENCE_END = re.compile(rf"[！？!?\n]|。(?!其中)(?!{DIVIDED.pattern.removeprefix('[，,；;。]')})")
BULLETS = "|｜✔☑👉📌📍🔹🔸🔷🔶📢📣✅🌟⭐✨🎉📊📚🏫➤❖☆★●○◆◇■□▲△※►▪•✓√"
# pictures before lines of messages; arrows (➜) say something, and so do crosses (✕✖✗✘❌❎) and empty boxes (☐☒)
BULLETS += "\U0001f300-\U0001faff\u2600-\u260f\u2611\u2613-\u26ff"
BULLETS += "\u2701-\u2714\u2719-\u274b\u274d\u274f-\u2767\u2b50-\u2b55\ufe0f"
CLAUSE_END = re.compile(rf"[，,；;：:。！？!?\n{BULLETS}]")
# stands for each character of a date where only other words are looked at
DATED = "〇"
# stands for each character of another number
COUNTED = "＃"
# stands for each character of a name that is another number's of a list
HIDDEN = "＿"
# the mark of a note: 在园幼儿[3]4713.88万人
NOTE = re.compile(r"\s*[\[［]\d{1,3}[\]］]")
# a kind of period that the engine counts by (``spans``), not one of paper
WEEKLY = "week"
