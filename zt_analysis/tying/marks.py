"""Where sentences and clauses end, and the signs that stand for what is looked past."""

from __future__ import annotations

import re

# a sentence that begins with 其中 hangs on the one before
SENTENCE_END = re.compile(r"[！？!?\n]|。(?!其中)")
BULLETS = "|｜✔☑👉📌📍🔹🔸🔷🔶📢📣✅🌟⭐✨🎉📊📚🏫➤❖☆★●○◆◇■□▲△※►▪•✓√"
CLAUSE_END = re.compile(rf"[，,；;：:。！？!?\n{BULLETS}]")
# stands for each character of a date where only other words are looked at
DATED = "〇"
# stands for each character of another number
COUNTED = "＃"
# stands for each character of a name that is another number's of a list
HIDDEN = "＿"
# the mark of a note: 在园幼儿[3]4713.88万人
NOTE = re.compile(r"\s*[\[［]\d{1,3}[\]］]")
