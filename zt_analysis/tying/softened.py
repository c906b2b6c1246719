"""Words that say how large a number is taken to be and leave it as it is, and numbers whose unit nobody writes.

小学仅329人, 仅东川一县就有1250人, 初中占了绝大多数，为1118人 (where it does), 劝返复学1915，上门送教823.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.tying.forms import HERE, SHARE, Form, N, Said

_ADVERB = r"(?:仅仅?有?|只有|就有|便有|则有?|则?高达|多达|更是|更有|也有|竟有)"
SOFT = re.compile(rf"(?<=[一-龥]){_ADVERB}(?:为|是|达)?(?={HERE})")
# 净增895人: of a level behind the base date, said as any change is
NET = re.compile(r"净(?P<way>[增减])[加少]?(?=了?\d)")
WAYS = {"增": "增加", "减": "减少"}
# 四项数据依次为失辍学1250人、劝返508人: each is named at its own number
LISTED = re.compile(
    r"(?:[二两三四五六七八九]|\d)项(?:主要|核心)?(?:数据|指标|数字)(?:依次|分别)?(?:为|是|如下)?[：:]?(?=[一-龥]{2,8}?(?:\d|\0))"
)
# 失辍学学生里，初中占93.03%: among them
AMONG = re.compile(
    r"(?<=[生子童])里(?:面|头)?(?=[，,一-龥])|(?<=(?:\d[人名件]))里(?:面|头)?(?=[，,一-龥])|(?<=\0)里(?:面|头)?(?=[，,一-龥])"
)
# 东川县1250人，占全市4717人的26.50%: the whole of what the number before is a part of
OF_WHOLE = re.compile(
    rf"(?P<lead>[，,])占(?P<whole>[一-龥]{{2,10}}?)(?P<n>{HERE}|{N})(?:学生|孩子|总数)?的(?P<share>{HERE}|{SHARE})"
)
# 仅东川一县就有1250人
ONE_PLACE = re.compile(
    rf"(?:(?<=^)|(?<=[，,；;。：:]))\s*(?:仅仅?|单是?|光是?)(?P<who>[一-龥]{{2,6}}?)(?:一[县区市地]|1个[县区市])"
    rf"(?P<name>[一-龥]{{0,12}}?)(?:就|便|即)?(?:有|达|为)(?={HERE}|{N})"
)
BULK = re.compile(
    rf"(?P<whole>\d[\d,.]*)(?P<unit>万?[人名件户元])(?P<mark>[，,；;])(?P<who>[一-龥]{{2,8}}?)占(?:了|据)?"
    rf"(?P<much>绝大多数|绝大部分|大多数|大部分|多数|大头)[，,](?:共?有|为|达到?|共)?{HERE}"
)
MUCH = {"绝大多数": Decimal("0.8"), "绝大部分": Decimal("0.8")}
MOST = Decimal("0.5")


def softened(said: Said) -> Iterator[Form]:
    """小学仅329人 -> 小学329人; 比9月20日的1020人净增895人 -> …增加895人."""
    text = AMONG.sub("中", LISTED.sub("", SOFT.sub("", said.text)))
    text = NET.sub(lambda one: WAYS[one["way"]], text)
    if text != said.text:
        yield Form(text)


def of_whole(said: Said) -> Iterator[Form]:
    """1250人，占全市4717人的26.50% -> 1250人，全市4717人, and 1250人，占全市的26.50%."""
    found = OF_WHOLE.search(said.text)
    if found is None or HERE not in found[0]:
        return
    said_so = f"{found['whole']}{HERE}" if found["n"] == HERE else f"占{found['whole']}的{HERE}"
    yield Form(f"{said.text[: found.start()]}，{said_so}{said.text[found.end() :]}")


def one_place(said: Said) -> Iterator[Form]:
    """仅东川一县就有1250人 -> 其中东川1250人, or 东川1250人 where no number stands before."""
    here = said.text.index(HERE)
    for found in ONE_PLACE.finditer(said.text, 0, here + 1):
        named = said.case.parts.named(found["who"])
        alone = len(named) == 1 and named[0].text == found["who"] and named[0].dimension in said.case.registers
        if alone and found.end() == here:
            yield Form(f"{said.text[: found.start()]}{found['who']}{found['name']}{said.text[found.end() :]}")


def bulk(said: Said) -> Iterator[Form]:
    """1208人，初中占了绝大多数，为1118人 -> 1208人，其中初中1118人, where it is so much."""
    found = BULK.search(said.text)
    if found is None or not isinstance(said.mention.value, Decimal) or not said.mention.surface.endswith(found["unit"]):
        return
    digits = said.mention.surface.removesuffix(found["unit"]).replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return
    if Decimal(digits) > Decimal(found["whole"].replace(",", "")) * MUCH.get(found["much"], MOST):
        kept = f"{found['whole']}{found['unit']}{found['mark']}其中{found['who']}{HERE}"
        yield Form(f"{said.text[: found.start()]}{kept}{said.text[found.end() :]}")


_ENDS = r"(?=\s*(?:[，,。；;、（()）\n]|$))"
# 劝返复学1915，上门送教823: a whole number that nothing but a mark follows
BARE = re.compile(rf"(?:(?<=[一-龥：:是为有])|(?<=人数))\d[\d,]*(?:(?:\.\d+)?万)?(?!\d){_ENDS}")
BARE_HERE = re.compile(rf"(?<=[一-龥：:]){HERE}{_ENDS}")
PLAIN = re.compile(r"(?:大?约|接?近|超过?|逾|不足|不到)?\d[\d,]*(?:(?:\.\d+)?万)?(?:[多余]|左右)?")
BARE_UNITS = ("人", "件", "户")
# 单位均为人, 人数单位：万人
UNITS = re.compile(
    r"[，,；;]?\s*(?:以上)?(?:数据|人数|计量|统计)?(?:的)?单位[：:均都为是\s]*(?P<units>[一-龥]{1,3}(?:[、和/][一-龥]{1,3})*)"
)
OF_PERSONS = ("人", "名")


def bare(said: Said) -> Iterator[Form]:
    """劝返复学1915，上门送教823 -> 劝返复学1915人，上门送教823人: in what it is counted, its name says."""
    if said.mention.unit or said.mention.kind != "count" or not PLAIN.fullmatch(said.mention.surface):
        return
    if not BARE_HERE.search(said.text):
        return
    stated = [set(re.split("[、和/]", one["units"])) for one in UNITS.finditer(said.document or said.text)]
    text = LISTED.sub("", UNITS.sub("", said.text))
    for unit in BARE_UNITS:
        own = {*OF_PERSONS} if unit in OF_PERSONS else {unit}
        if all(one & own for one in stated):
            yield Form(BARE.sub(rf"\g<0>{unit}", text), unit=unit)
