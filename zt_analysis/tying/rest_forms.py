"""Numbers of a list that are said of its parts at its end: 其余563人均为初中生, 分别占82.77%、17.23%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.tying.forms import ENDS, HERE, Form, N, Said

REST = re.compile(
    rf"[，,；;、]\s*(?:其余|其他|另外|剩余|余下)的?(?P<n>{HERE})(?:学生)?(?:均|都|全部|则|全)*(?:为|是|系|属于?|在|来自)(?P<who>[一-龥]{{2,10}}?){ENDS}"
)
COUNT = re.compile(r"(?P<n>\d[\d,]*)\s*(?:人次?|名|件|户|个)")
ITEM = rf"[一-龥]{{2,12}}?(?:有|为|达)?{N}"
SHARES = re.compile(
    rf"(?P<items>(?:{ITEM}[，,、和])*{ITEM})[，,](?:两者|二者|三者)?分别占(?P<whole>[^，,。；;、\d{HERE}]{{0,12}}?)的?(?:比例|比重)?(?:为|达)?"
    rf"(?P<shares>{N}(?:(?:[、，,]|和|与|及){N})+)"
)
ONE_ITEM = re.compile(rf"(?:(?<=^)|(?<=[，,、和]))(?P<name>[一-龥]{{2,12}}?)(?P<n>(?:有|为|达)?{N})(?=[，,、和]|$)")
NUMBER = re.compile(N)


def rest(said: Said) -> Iterator[Form]:
    """823人，其中小学260人，其余563人均为初中生 -> …，初中生563人, where it is what is left."""
    found = REST.search(said.text)
    if found is None or not isinstance(said.mention.value, Decimal):
        return
    ahead = said.text[: found.start()]
    whole, _, parts = ahead.rpartition("其中")
    before = COUNT.findall(whole)
    taken = sum((Decimal(one.replace(",", "")) for one in COUNT.findall(parts)), Decimal(0))
    if before and taken and Decimal(before[-1].replace(",", "")) == taken + said.mention.value:
        yield Form(f"{ahead}，{found['who']}{HERE}{said.text[found.end() :]}")


def shares(said: Said) -> Iterator[Form]:
    """初中1585人，小学330人，分别占82.77%、17.23%: the share of its turn, right behind its number."""
    found = SHARES.search(said.text)
    if found is None or HERE not in found["shares"]:
        return
    numbers = NUMBER.findall(found["shares"])
    items = [*ONE_ITEM.finditer(found["items"])][-len(numbers) :]
    if len(items) != len(numbers):
        return
    mine = items[numbers.index(HERE)]
    # what stands before it may name what all of them are of
    ahead = said.text[: found.start()] + found["items"][: mine.end()]
    share = f"占{found['whole']}的{HERE}" if found["whole"] else f"占{HERE}"
    yield Form(f"{ahead}，{share}{said.text[found.end() :]}")
