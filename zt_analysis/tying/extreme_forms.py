"""What lies between the least and the most, and so many of a hundred: 从西岭县的39人到东川县的508人不等."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.tying.forms import HERE, Form, N, Said, lead_of

_PLACE = r"[一-龥]{2,5}?"
SPREAD = re.compile(
    rf"(?P<name>[^，,。；;：:、\d{HERE}]{{3,24}}?)(?:分别|分布|处于|多少)?[从由在](?P<one>{_PLACE})的?(?P<n1>{N})[到至](?P<two>{_PLACE})的?(?P<n2>{N})(?:不等|之间)"
)
DIGITS = re.compile(r"\d[\d,.]*")
# 每100名受助学生中约有67名来自建档立卡户
OF_A_HUNDRED = re.compile(
    rf"每(?P<all>100|一百|10|十)(?:名|个|位|人)(?P<of>[一-龥]{{2,16}}?)(?:[当之]?中|里)[，,]?(?:就|便|大约|约|大概)*有?{HERE}"
    r"(?P<who>(?:的?(?:是|为|来自|属于?))[一-龥]{2,12})"
)
NUMERALS = re.compile(r"[\d一二两三四五六七八九十]")
WHOLE = {"100": 100, "一百": 100, "10": 10, "十": 10}


def spread(said: Said) -> Iterator[Form]:
    """劝返复学人数从西岭县的39人到东川县的508人不等: the least and the most of all places."""
    found = SPREAD.search(said.text)
    if found is None:
        return
    ahead, behind = said.text[: found.start()], said.text[found.end() :]
    if HERE not in found[0]:
        if said.text.index(HERE) > found.end():  # …不等，合计1915人
            yield Form(f"{ahead}{found['name']}{behind}")
        return
    mine, others = ("one", "n2") if HERE in found["n1"] else ("two", "n1")
    digits = DIGITS.search(found[others])
    if digits is None or not isinstance(said.mention.value, Decimal):
        return
    least = said.mention.value < Decimal(digits[0].replace(",", "").rstrip("."))
    lead, name = lead_of(found["name"], said.case)
    yield Form(f"{ahead}{lead}{found[mine]}{name}{'最少' if least else '最多'}，为{HERE}{behind}")


def of_a_hundred(said: Said) -> Iterator[Form]:
    """每100名受助学生中约有67名来自建档立卡户: 受助学生中约67%来自建档立卡户."""
    found = OF_A_HUNDRED.search(said.text)
    number = said.mention.value
    if found is None or said.mention.unit not in ("人", "名", "个", "位") or not isinstance(number, Decimal):
        return
    share = number * 100 / WHOLE[found["all"]]
    about = NUMERALS.split(said.mention.surface, maxsplit=1)[0]
    text = f"{said.text[: found.start()]}{found['of']}中，{HERE}{found['who']}{said.text[found.end() :]}"
    yield Form(text, surface=f"{about or '约'}{share.normalize():f}%")
