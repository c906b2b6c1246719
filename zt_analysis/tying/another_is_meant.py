"""Words of its own sentence by which a number is another than the figure that its name says.

甲县在乙县劝返508人 names two places, and the number may be either's; 4717人，已全部劝返复学 says what became of all;
100至200人的6个 is a bound; 降幅16.8% of a rate is no change in points; 两地，合计90人 is of those places; what follows
the number of a population is that population's.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.looked_past import ALL_OF
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.matching import Phrase
from zt_analysis.tying.named_lists import COUNT
from zt_analysis.tying.sentences import Context

Found = tuple[str, str] | None
# 甲县在乙县…, 小学由初中…; with 比 where nothing is compared
ACTS = re.compile(r"\s*(?:在|从|由|自|向|到|对|为|给|往|赴|去|替|被|于|比)\s*")
COMPARED = re.compile(r"[多少高低大小]|倍|相[比差当]|持平")
BECAME = re.compile(
    rf"(?P<near>[^，,；;。：:\d（(]{{0,8}})[，,]\s*{ALL_OF.pattern}(?P<said>[^，,；;。：:！\d]*+)(?![\d：:])"
)
BOUND = re.compile(
    r"\s*(?:[以之](?:上|下|内|间))?的?(?:有|共有|共)?(?:县市?区?|区县|地方|乡镇|学校)?(?:有|共有|共|是|为|达)?\s*\d+\s*个"
)
CLOSED = re.compile(r"[；;。）)]")
# 又失辍学
AGAIN = re.compile(r"[^，]{0,3}(?:又|再次)")
TOTAL_CHANGE = re.compile(r"(?:合计|共计|总计|一共|累计|共)(?:净)?(?:增加|增长|减少|上升|下降|增|减)了?$")
TOTAL = re.compile(r"(?:合计|共计|总计|一共|两?[地县]?共)(?:为|有|是)?$")
EXTENT = re.compile(r"[降增升跌涨]?幅度?(?:为|达|约|近|超过?)?$")
RATES = ("ratio", "ratio_change")
LEAST = 2


def another_is_meant(mention: Mention, context: Context, case: Case, phrase: Phrase) -> Found:
    """A reason's key and the words that give it; None where no words do."""
    return (
        _acting_on_another(context, case)
        or _became(context, case, phrase)
        or _bounds_others(mention, context)
        or _in_other_terms(mention, context, phrase)
        or _of_population_before(context, case, phrase)
    )


def _acting_on_another(context: Context, case: Case) -> Found:
    """甲县为乙县上门送教148人: whose number it is nobody says."""
    said = context.clause_before
    named = [one for one in case.parts.named(said) if one.counted]
    for first, second in pairwise(named):
        between = said[first.end : second.start]
        if first.dimension != second.dimension or first.values == second.values or not ACTS.fullmatch(between):
            continue
        if between.strip() != "比" or not COMPARED.search(said + context.clause_after):
            return "tie_other_words", f"{first.text}{between}{second.text}"
    return None


def _became(context: Context, case: Case, phrase: Phrase) -> Found:
    """失辍学4717人，已全部劝返复学; 全部在小学: what became of all, or who all are, which no figure bears out."""
    found = BECAME.match(context.after)
    if found is None:
        return None
    mine = {word for one in case.phrases if one.indicator == phrase.indicator for word in one.words}
    own = " ".join(mine)
    others = [word for word in case.figure_words if len(word) > 1 and word in found["said"] and word not in own]
    parts = [one for one in case.parts.named(found["said"]) if one.counted]
    said = found[0][len(found["near"]) :].strip(" ，,")
    again = others if not AGAIN.match(said) else found["said"]
    return ("tie_other_words", said) if parts or again else None


def _bounds_others(mention: Mention, context: Context) -> Found:
    """100至200人的6个: the bound of how many there are."""
    found = BOUND.match(context.after)
    exact = mention.qualifier == "exact" and isinstance(mention.value, Decimal)
    is_bound = not exact or (found is not None and found[0].lstrip()[:1] in "以之")
    return ("tie_other_words", f"{mention.surface}{found[0]}") if found and is_bound else None


def of_listed_places(context: Context, case: Case) -> Found:
    """…在甲县、乙县两地，合计90人, 有甲县、乙县两县区，合计90人: of those that are listed before."""
    said = context.clause_before.strip()
    if not TOTAL.fullmatch(said):
        return None
    # how many there are is none of the numbers that part them from the sum
    counts = [one.span() for one in COUNT.finditer(context.before)]
    others = [one for one in context.numbers_before if not any(start <= one < end for start, end in counts)]
    stretch = context.before[others[-1] :] if others else context.before
    places = [one for one in case.parts.named(stretch) if one.counted and one.dimension in case.registers]
    return ("tie_other_words", said) if len(places) >= LEAST else None


def _in_other_terms(mention: Mention, context: Context, phrase: Phrase) -> Found:
    """失辍学率…降幅16.8%: a fall in hundredths of the rate, where its change is in points."""
    extent = EXTENT.search(context.clause_before) if mention.unit in ("%", "成") else None
    return ("tie_other_words", extent[0]) if extent and find(phrase.indicator).unit in RATES else None


def _of_population_before(context: Context, case: Case, phrase: Phrase) -> Found:
    """资助建档立卡户学生327802人，人均734.01元: a mean of those, where the figure is that of all."""
    before = CLAUSE_END.split(context.before[: len(context.before) - len(context.stretch)])[-1]
    here = find(phrase.indicator)
    if context.last is None or not isinstance(here, Indicator) or "其中" in before or CLOSED.search(context.stretch):
        return None
    if any(one.dimension == "whole" for one in case.parts.named(context.stretch)):
        return None
    mine = " ".join(phrase.words)
    beyond = [one for one in case.parts.named(before) if one.dimension == "beyond"]
    for one in beyond if not any(one.text in mine for one in beyond) else ():
        of = (find(each.indicator) for each in case.phrases if any(one.text in word for word in each.words))
        if any(isinstance(each, Indicator) and each.function.__module__ == here.function.__module__ for each in of):
            return "tie_other_part", one.text
    return None


def totals_changes(mention: Mention, context: Context) -> Found:
    """增加895人，…增加951人，合计增加1846人: the change of several figures together."""
    said = context.clause_before.strip()
    several = mention.kind == "change" and len(context.earlier) >= LEAST
    return ("tie_other_words", said) if several and TOTAL_CHANGE.fullmatch(said) else None
