"""What lies between the least and the most, and so many of a hundred: 从西岭县的39人到东川县的508人不等."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said, lead_of, value_of
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.part_words import whole_pattern

_PLACE = r"[一-龥]{2,5}?"
SPREAD = re.compile(
    rf"(?P<name>[^，,。；;：:、\d{HERE}]{{3,24}}?)(?:分别|分布|处于|多少)?[从由在](?P<one>{_PLACE})的?(?P<n1>{N})[到至](?P<two>{_PLACE})的?(?P<n2>{N})(?:不等|之间)"
)
_MEMBER = r"(?:[一-龥]{1,3}[县区市]|[一-龥]{2})"
_MOST, _LEAST = r"最[多高大长]|居首位?|排第一|居第一位?|列第一位?", r"最[少低小短]|居末位?|垫底|排末位|居最后"
# 东川县劝返508人最多，西岭县39人最少; 东川县人均735.44元最高，西岭县732.62元最低
BOTH_ENDS = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])\s*(?P<one>{_MEMBER})(?P<name>[一-龥]{{3,14}}?)(?:为|有|达)?(?P<n1>{N})[，,]?(?:为|是)?(?P<most>{_MOST}|{_LEAST})"
    rf"[，,；;](?P<two>{_MEMBER})(?:则|为|有|以|仅)*(?P<n2>{HERE})[，,]?(?:为|是)?(?P<least>{_LEAST}|{_MOST})(?=[，,。；;]|$)"
)
# 失辍学学生比9月20日少了97人，现有428人
NOW_THERE_ARE = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])\s*(?P<name>[一-龥]{{3,16}}?)(?P<since>(?:较|比|与){DAY}(?:相比)?[，,]?)?(?:的)?"
    rf"(?:净?减少|净?增加|下降|上升|少|多|增长)了?{N}[，,；;](?:现在?|目前|如今)(?:仍|还|尚|共)?(?:有|为|剩|存|余)?(?P<here>{HERE})(?=[，,。；;]|$)"
)
# 以54.8万人为分母计算，失辍学率为0.06%
DIVIDED_BY = re.compile(
    rf"(?:(?<=^)|(?<=[，,；;。])|(?<=率))\s*(?:以|按|按照)(?P<part>[一-龥]{{0,6}}?)(?P<n>{N})(?:学生)?(?:为|作为|作)(?P<name>[一-龥]{{0,6}}分母)(?:计算|测算|推算|核算)?(?P<end>[，,；;。]|$)"
)
# 每100名受助学生中约有67名来自建档立卡户
OF_A_HUNDRED = re.compile(
    rf"每(?P<all>100|一百|10|十)(?:名|个|位|人)(?P<of>[一-龥]{{2,16}}?)(?:[当之]?中|里)[，,]?(?:就|便|大约|约|大概)*有?{HERE}"
    r"(?P<who>(?:的?(?:是|为|来自|属于?))[一-龥]{2,12})"
)
# 各校…从…到…不等: of others than the places
OF_EACH = re.compile(r"[各每](?![县区市地])|学校|乡镇|班级|年级")
NUMERALS = re.compile(r"[\d一二两三四五六七八九十]")
WHOLE = {"100": 100, "一百": 100, "10": 10, "十": 10}


def spread(said: Said) -> Iterator[Form]:
    """劝返复学人数从西岭县的39人到东川县的508人不等: the least and the most of all places."""
    found = SPREAD.search(said.text)
    if found is None or OF_EACH.search(found["name"]):
        return
    ahead, behind = said.text[: found.start()], said.text[found.end() :]
    if HERE not in found[0]:
        if said.text.index(HERE) > found.end():  # …不等，合计1915人
            yield Form(f"{ahead}{found['name']}{behind}")
        return
    mine, others = ("one", "n2") if HERE in found["n1"] else ("two", "n1")
    other = value_of(found[others])
    if other is None or not isinstance(said.mention.value, Decimal):
        return
    least = said.mention.value < other
    lead, name = lead_of(found["name"], said.case)
    yield Form(f"{ahead}{lead}{found[mine]}{name}{'最少' if least else '最多'}，为{HERE}{behind}")


def both_ends(said: Said) -> Iterator[Form]:
    """东川县劝返508人最多，西岭县39人最少: the second is of what the first is named as."""
    if found := BOTH_ENDS.match(said.text):
        end = "最多" if re.match(_MOST, found["least"]) else "最少"
        yield Form(f"{found['pre']}{found['two']}{found['name']}{end}，为{HERE}{said.text[found.end() :]}")


def now_there_are(said: Said) -> Iterator[Form]:
    """失辍学学生比9月20日少了97人，现有428人: the level that the change is of."""
    if found := NOW_THERE_ARE.match(said.text):
        yield Form(f"{found['pre']}{found['name']}{HERE}{said.text[found.end() :]}")


def divided_by(said: Said) -> Iterator[Form]:
    """以54.8万人为分母计算，失辍学率为0.06%: 分母54.8万人, and the rate without it."""
    found = DIVIDED_BY.search(said.text)
    if found is None:
        return
    ahead, behind = said.text[: found.start()], said.text[found.end() :]
    of_rate = ahead.endswith("率")  # 失辍学率以824000名学生为分母，其中小学548000名
    part = "的" if of_rate and not whole_pattern().sub("", found["part"]) else found["part"]
    clause = f"{part}{found['name']}{found['n']}{found['end']}"
    if found["n"] == HERE:
        # …为分母计算，小学失辍学率: of whom it is follows
        told = [one for one in said.case.parts.named(CLAUSE_END.split(behind)[0]) if one.counted]
        yield Form(f"{ahead}{told[0].text if told and not part else ''}{clause}{behind}", instead=of_rate)
    elif of_rate and found.end() < said.text.index(HERE):
        yield Form(f"{ahead}{clause}{behind}", instead=True)
    else:
        yield Form(f"{ahead}{behind}")


def of_a_hundred(said: Said) -> Iterator[Form]:
    """每100名受助学生中约有67名来自建档立卡户: 受助学生中约67%来自建档立卡户."""
    found = OF_A_HUNDRED.search(said.text)
    number = said.mention.value
    if found is None or said.mention.unit not in ("人", "名", "个", "位") or not isinstance(number, Decimal):
        return
    # 10名中7名 is a share to the tenth, as 成 is
    share = f"{number:f}成" if WHOLE[found["all"]] == 10 else f"{number:f}%"
    about = "约" if "约" in found[0] else NUMERALS.split(said.mention.surface, maxsplit=1)[0]
    text = f"{said.text[: found.start()]}{found['of']}中，{HERE}{found['who']}{said.text[found.end() :]}"
    yield Form(text, surface=f"{about}{share}")
