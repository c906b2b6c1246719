"""Where sentences and clauses end, and the signs that stand for what is looked past."""

from __future__ import annotations

import zt_analysis.expressions as re

BY = r"(?:学段|学校类别|类别|类型|县(?:市区|区)|县（市、区）|区域|地区|项目|级次|层级|来源)"
# 分学段看，小学…；按县区分，东川县…: a list by what a number is divided
DIVIDED = re.compile(
    rf"[，,；;。]\s*(?:其中[，,]?)?(?:(?:分|按|从){BY}(?:来|上)?(?:看|划分|分|统计|讲|说)|(?:分|按){BY}(?=[：:]))[，,：:]\s*"
)
# a sentence that begins with 其中 hangs on the one before, and so does a list of what it counts
SENTENCE_END = re.compile(rf"[！？!?\n]|。(?!其中)(?!{DIVIDED.pattern.removeprefix('[，,；;。]')})")
BULLETS = "|｜✔☑👉📌📍🔹🔸🔷🔶📢📣✅🌟⭐✨🎉📊📚🏫➤❖☆★●○◆◇■□▲△※►▪•✓√"
# pictures before lines of messages; arrows (➜) say something, and so do crosses (✕✖✗✘❌❎) and empty boxes (☐☒)
# and so do faces that laugh or doubt, 👎, 🚫, 🗑, 💭 and their like
BULLETS += "\U0001f300-\U0001f3ac\U0001f3ae-\U0001f44d\U0001f44f-\U0001f47a\U0001f481-\U0001f493"
BULLETS += "\U0001f495-\U0001f4a8\U0001f4aa-\U0001f4ac\U0001f4ae-\U0001f52d\U0001f52f-\U0001f5d0"
BULLETS += "\U0001f5d2-\U0001f601\U0001f603\U0001f604\U0001f60a\U0001f642\U0001f64b\U0001f64c"
BULLETS += "\U0001f64f-\U0001f6aa\U0001f6ac\U0001f6ad\U0001f6af-\U0001f6d0\U0001f6d2-\U0001f90f"
BULLETS += "\U0001f930-\U0001f936\U0001f938-\U0001f96f\U0001f97b-\U0001faff"
BULLETS += "\u2600-\u260f\u2611\u2613-\u2638\u263a-\u26d3\u26d5-\u26ff"
BULLETS += "\u2701-\u2714\u2719-\u274b\u274d\u274f-\u2767\u2b50-\u2b55\ufe0f"
CLAUSE_END = re.compile(rf"[，,；;：:。！？!?\n{BULLETS}]")
# 小学支出1.9亿元、各学段受益74万人: of all again
OF_ALL = re.compile(r"(?:各|所有|全部|[两三四五几]个|不分)(?:学段|阶段)")
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
