"""Words that decide whether a sentence states a figure at all: negations, plans, doubts, flows, other nouns.

The lists stand in ``words.csv``, and in the office's. A number next to such words is never tied; it is left unproven,
with the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import zt_analysis.expressions as re
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, DATED, HIDDEN, NOTE
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.shown import LASTING
from zt_analysis.tying.vocabulary import pattern, words

MARKS = re.compile(rf"[\s，,；;：:、（）()“”\"'‘’《》·．—\-…→⇒➔➜/{DATED}{HIDDEN}{COUNTED}]")
# 受助学生488235人，全部为建档立卡户: some of those counted are said to be all
ALL_OF_A_KIND = re.compile(
    r"^[^，,。；]{0,6}[，,]\s*(?:这些|他们|上述)?(?:学生|人员)?(?:全部|全|均|都|皆|一律)(?:为|是|系|属)"
)
# 劝返复学1915人，经抽查有三成已不在校; 1915人的三倍
SOME_ARE_NOT = re.compile(
    r"(?:半数|一半|[一二三四五六七八九]成|大?部分|多数|少数|个别)[^，。；]{0,8}?[不未无没虚假错伪退缺](?![断少])"
    r"|^\s*的(?:[一二两三四五六七八九十几数\d.]+(?:倍|[%％])|一半|半数|[一二三四五六七八九]成)"
)
# 工作要求：劝返复学1915人: what stands under such a label is asked for
DEMANDED = re.compile(r"(?:要求|部署|任务|责任书?|目标|指标|方案|规划|预期)[”」]?\s*[：:][^：:。；;]*$")
LABEL = re.compile(r"[^：:]+")
# 受助户488235人: households; 建档立卡户 is a kind of pupil's home
HOUSEHOLD = re.compile(r"(?<![卡困])户(?=[共等约达计有为\s]*$)")
# 劝返复学人数的一半为1915人: what is equal to a part of the number that was named
PART_OF_IT = re.compile(
    r"(?:一半|半数|[一二两三四五六七八九十几\d.]+(?:成|倍|分之[一二三四五六七八九十]+)|\d+[%％])\s*[为是即达有约等于]+$"
)
SUMMED = re.compile(r"[，,；;](?=(?:累计)?(?:合计|共计|总计|总共|一共|共))")
RATE = re.compile("率(?![先领队])")
SHARE_OF = re.compile(r"占比?[为达有约近]{0,2}$")
THIS_TIME = ("本次", "此次")
CONTINUES = re.compile(
    rf"(分别|比|较|降|升|减|增|涨|跌|下|上|提|高|低|加|少|至|到|为|了|和|与|及|、|，|从|由|自|约|近|后|达|共|累计|合计|总计|再|又|已|的|→|⇒|➔|➜|即|也就是|进一步|同比|幅度|幅|统计|以及|期末|期初|(?:目前|现在|如今|当前|现)是?|净|[；;]?截至|上一?周|上一?期|环比|降幅|增幅|升幅|[\s“”（）()：:/]|{DATED}|{HIDDEN})*"
)


def connects(text: str) -> bool:
    """Whether nothing but connecting words stands in the ``text`` between two numbers.

    >>> connects("降至"), connects("、"), connects("，教师")
    (True, True, False)
    """
    return CONTINUES.fullmatch(text) is not None


def residue(text: str, known: Sequence[str]) -> str:
    """What is left of ``text`` without the words ``known`` and those that may stand between a name and its number."""
    text = NOTE.sub(" ", text)
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, " ")
    return MARKS.sub("", pattern("filler").sub(" ", text))


# 初中少884人: by how much, not how many
BY_HOW_MUCH = re.compile(r"(?<![至最不许大好更较缺众偏太])[多少]了?$")


def no_statement(context: Context, own: Sequence[str], *, event: bool = False) -> tuple[str, str] | None:
    """Why the number states no figure: a key of ``terms`` and the words, or None.

    Args:
        own: the words by which the figure is known, which may hold a negation themselves (无辍学, 未入学).
        event: whether the figure is of one event, which 本次 says too.
    """
    before, after = _hidden(context.before, own), _hidden(context.near_after, own)
    found = _planned(before) or pattern("plan_after").search(after)
    if found:
        return "tie_planned", found[0]
    found = _denied(before, after, context)
    if found:
        return "tie_denied", found[0]
    found = pattern("doubt").search(before) or re.search(r"[？?]$|^[^，。；]{0,6}(?:吗|之多？)", context.after.strip())
    # 劝返复学1915人，其中半数为重复上报: whoever says so takes the number back
    said = _hidden(context.after, own)
    found = found or pattern("defect").search(said) or SOME_ARE_NOT.search(said)
    if found:
        return "tie_doubted", found[0]
    if all_of := ALL_OF_A_KIND.search(context.after):
        return "tie_other_words", all_of[0].strip("，,")
    masked = _hidden(context.masked, own)
    found = pattern("except").search(masked + DATED + after)
    if found:
        return "tie_other_words", found[0]
    # 11个县区均有劝返复学学生，合计1915人: what each has is said before the sum
    flows = pattern("flow").finditer(SUMMED.split(masked)[-1])
    found = next((one for one in flows if not (event and one[0] in THIS_TIME)), None) or _lasting(context)
    return ("tie_flow", found[0]) if found else None


def other_noun(context: Context, own: Sequence[str] = ()) -> str:
    """A noun right beside the number that a figure of students does not count; empty when there is none.

    Args:
        own: the words by which the figure is known, which may hold such a noun (适龄人口为).
    """
    after = pattern("noun", r"^\s?[^，。；\d]{{0,4}}?{}").match(context.near_after)
    found = after or pattern("noun", r"{}[共等约达计有为\s]*$").search(_hidden(context.stretch, own))
    found = found or HOUSEHOLD.search(context.masked)
    return found[0] if found else ""


def other_measure(context: Context, own: Sequence[str]) -> str:
    """What makes a count a rate, or one number of two, where the figure is neither: 劝返复学率, 两项共."""
    rates = [found.start() for found in RATE.finditer(context.masked)]
    for word in own:
        if any(context.masked.endswith(word, 0, at) for at in rates):
            return f"{word}率"
    if found := SHARE_OF.search(context.masked):  # 占133715.32万元: a share has no such unit
        return found[0]
    if (part := PART_OF_IT.search(context.before)) and context.last is not None:
        return part[0]
    last = context.last
    listed = last is not None and re.fullmatch(r"[两二三四五六2-6][项者类块笔]", last.surface)
    return listed[0] if listed and not CLAUSE_END.search(context.stretch) else ""


def other_share(context: Context, own: Sequence[str]) -> str:
    """失辍学率约占0.06%: a share, where no word of the figure says one."""
    found = None if any("占" in word or "比" in word for word in own) else SHARE_OF.search(context.masked)
    return found[0] if found else ""


def other_payment(context: Context, own: Sequence[str]) -> str:
    """What is said to happen to money, where it is not what the figure counts: 结余 for 下达."""
    kinds = words("money")
    mine = [word for word in own if word in kinds]
    verbs = [found[0] for found in pattern("money").finditer(_hidden(context.masked, [*set(own) - set(mine)]))]
    return verbs[-1] if verbs and verbs[-1] not in mine else ""


def _hidden(text: str, own: Sequence[str]) -> str:
    """The text without the figure's own words, and without 计划 where it is part of a name."""
    for word in _longest_first(words("compound"), tuple(own)):
        if word in text:
            text = text.replace(word, DATED * len(word))
    return text


@lru_cache(maxsize=256)
def _longest_first(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(chain(*lists), key=len, reverse=True))


def _lasting(context: Context) -> re.Match[str] | None:
    """连续14年劝返复学: what a time was counted for, in the same clause."""
    last = context.last
    lasts = last is not None and last.unit in LASTING and not CLAUSE_END.search(context.stretch)
    return re.fullmatch(r".*", last.surface) if last and lasts else None


def _planned(before: str) -> re.Match[str] | None:
    """A plan whose words no 已 or 累计 follows, or 应, 需, 待 right before what is counted."""
    clause = re.split(r"[，,；;]", before)[-1]
    if label := DEMANDED.search(before):
        return LABEL.match(before, label.start())
    plans = [*pattern("plan").finditer(before)]
    if plans and not pattern("done").search(before, plans[-1].end()):
        return plans[-1]
    here = pattern("plan_clause").search(clause) or pattern("plan_near", rf"{{}}[^，。；已]{{{{0,4}}}}{DATED}").search(
        clause
    )
    if here and not pattern("done").search(clause, here.end()):
        return here
    return pattern("plan_before", rf"(?<![相对适供回反效响必不尽认只])(?:{{}}){DATED}").search(before)


def _denied(before: str, after: str, context: Context) -> re.Match[str] | None:
    clause = CLAUSE_END.split(before)[-1]
    first = clause.find(DATED)
    near = pattern("negation", r"{}[^，。；、的学生儿童]{{0,4}}$").search(clause if first < 0 else clause[:first])
    tail = pattern("negation").search(clause, clause.rfind(DATED) + 1) if first >= 0 else None
    return near or tail or pattern("negation_after").search(after)
