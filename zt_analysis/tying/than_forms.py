"""A number that another is said to be more or less than: 远程送教1208人，多于上门送教823人."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said
from zt_analysis.tying.marks import HIDDEN
from zt_analysis.tying.part_words import whole_pattern

SOFTLY = r"[，,]\s*(?:也|均|都|仍|略|远|明显|大幅|稍|人数|数量)*"
SURELY = r"(?:约|大约|几乎|将近|接近|近|仅|只|正好|恰好)*"
MORE = r"(?P<more>多于|高于|大于|超过|超出)"
THAN = rf"{SOFTLY}(?:{MORE}|少于|低于|小于|不及)"
NAMED = re.compile(rf"{THAN}(?P<of>[一-龥]{{2,16}}?){HIDDEN}*的?(?={HERE})")
# 初中4388人，是小学（329人）的13倍; 是9月20日1020人的1.88倍
STOP = re.compile(r"[。；;\n]")
OF_TIMES = re.compile(
    rf"[，,]\s*{SURELY}(?:是|为|相当于){SURELY}(?:(?P<day>{DAY})|(?P<of>[一-龥]{{2,12}}?))的?[（(]?{HERE}[）)]?的{SURELY}"
    r"(?P<times>[\d.]+|[一二两三四五六七八九十]+)倍"
)


# 初中1.59%，比小学的0.06%高出1.53个百分点
PRINTED = re.compile(
    rf"[，,]\s*[比较](?P<of>[一-龥]{{2,12}}?)的(?={HERE})(?P<here>{HERE})(?:高出|多出|超出|高|多|低|少)了?{N}"
)


# 东川县383.99元，西岭县384.13元，均略高于全市平均水平
ALL = re.compile(
    r"[，,]\s*(?:也|仍|均|都|略|稍)*(?P<how>[高低])于(?P<of>[^，,。；;、\d]{2,4}?)的?(?:平均|总体|整体|人均|生均)(?:水平|值|数)?(?=[，,。；;]|$)"
)


def than_all(said: Said) -> Iterator[Form]:
    """…，均略高于全市平均水平 -> …: whether it is more is asked of the number's own figure of all parts."""
    here = said.text.index(HERE)
    found = ALL.search(said.text, here)
    if found and whole_pattern().fullmatch(found["of"]) and not STOP.search(said.text, here, found.start()):
        yield Form(f"{said.text[: found.start()]}{said.text[found.end() :]}", than_all=found["how"])


def than(said: Said) -> Iterator[Form]:
    """…，多于上门送教823人 -> …，上门送教823人: whether it is more is asked of both numbers (``alongside``)."""
    # 高于小学1.53个百分点: by how much, not what the other is
    if (found := NAMED.search(said.text)) and (said.mention.unit != "百分点" or "的" in found[0]):
        yield Form(f"{said.text[: found.start()]}，{found['of']}{said.text[found.end() :]}")
    if found := PRINTED.search(said.text):  # how much more it is, is asked at that number (``derived``)
        yield Form(f"{said.text[: found.start()]}，{found['of']}{HERE}{said.text[found.end() :]}")
    if found := OF_TIMES.search(said.text):
        name = f"{found['day']}为" if found["day"] else found["of"]
        yield Form(f"{said.text[: found.start()]}，{name}{HERE}")
