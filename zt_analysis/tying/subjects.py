"""Whether the sentence after a number is about something of its own: 各县区要加强领导。 is, 是凑出来的。 is not.

Words that take a number back have no end, so they are not listed: a sentence governs the number before it unless it
opens with a declared subject (kind ``topic``: who acts, what is worked at; a place; a figure's name) and says what is
done (kind ``work``), or opens with what comes next (``onward``) or must be (``modal``) and goes on with that.
"""

from __future__ import annotations

import re
from functools import lru_cache

from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import blank, left_of, of_others, without_places, without_times
from zt_analysis.tying.divisions import where
from zt_analysis.tying.marks import BULLETS, CLAUSE_END, COUNTED, DATED
from zt_analysis.tying.vocabulary import pattern

# what a sentence that governs may be made of and change nothing
KNOWN = ("pointing", "topic", "work", "onward", "modal")
# what a subject of its own must not be told: that numbers are others, or that nothing was done
TAKES_BACK = ("about", "verdict", "untrue", "doubt", "defect", "negation")
# a new section, an item of a list, a row of a table
MARKED = re.compile(
    rf"\s*(?:[#*>{BULLETS}【〖\-—–]|[（(]?[一二三四五六七八九十\d{COUNTED}]{{1,3}}[、.．)）]|第[一二三四五六七八九十]+[，,、章部]"
    r"|[一二三四五六七八九]是)"
)
SKIPPED = rf"(?:[{DATED}、和与及等\s]|各|请|广大|全体|有关|相关|其他)*"
EDGE = r"[\s“”\"‘’（(，,：:]*"
MUST = re.compile(
    rf"{EDGE}[一-龥]{{0,3}}?(?:将(?!其|它|他|之|这|那)|务必|必须|(?<![只主重需])要(?!不|么|算|扣|减|除|改|乘))"
)
COMPARED = re.compile(rf"{EDGE}(?:较|[同环]?比|与)")
# 高中阶段毛入学率89.5%, 另有教学点9.65万个: a number with a name of its own, known or not; 留下来的1500人 has none
NAMED = re.compile(
    rf"{EDGE}(?:另有|另|还有|同时|此外)?[，,]?"
    r"(?![实真假虚应原但却可而只仅才不未无没若如据除扣减剔含包后再又这那该此其他她它上前以也都均就]|重复|目前|现[在已]|已|至|截|今|最终|最后|结果|事实|大[半多]|[多少]数)"
    rf"[一-龥（）()\[\]［］{COUNTED}]{{2,}}[一-龥\]］](?<![的者为是到至了有被降升减增剩余])(?:达到|达)?$"
)
FIRST = re.compile(rf"{COUNTED}+(?=[，,；;。！!？?、（(\s]|$)")
ADVERBS = r"(?:[一-龥]{2}地|进一步|继续|持续|不断|坚决|切实|认真|全力|大力|全面|更加|再)*"


def own_subject(text: str, case: Case) -> bool:
    """Whether a sentence, its numbers blanked, is about something of its own."""
    if MARKED.match(text):
        return True
    told = text
    for kind in ("compound", "apart", "work"):  # 风雨无阻 denies nothing
        told = pattern(kind).sub(blank, told)
    if any(pattern(kind).search(told) for kind in TAKES_BACK):
        return False
    text = without_places(text, case.parts)
    onward = _form(f"(?:{EDGE}{pattern('onward').pattern})*").match(text)
    rest = text[onward.end() :] if onward else text
    subject = _subject(case).match(rest)
    if subject is None:
        goes_on = _form(f"{EDGE}(?P<modal>{pattern('modal').pattern}?){ADVERBS}{pattern('work').pattern}").match(rest)
        ahead = bool(onward and onward[0])
        return (ahead and MUST.match(rest) is not None) or (goes_on is not None and bool(goes_on["modal"] or ahead))
    said = rest[subject.end() :].lstrip("，,：: ")
    first = CLAUSE_END.split(said, maxsplit=1)[0]
    if MUST.search(first):
        return True
    acts = pattern("modal").search(first) or pattern("work").search(first)
    return acts is not None and pattern("work").search(said) is not None


def counts_something(text: str, case: Case) -> bool:
    """Whether a sentence names what its first number counts, and nothing unknown: 上门送教823人, not 半数以上已离开."""
    ahead = text[: text.find(COUNTED)]
    named, names = without_places(ahead, case.parts), _names(case)
    nothing = named == without_times(ahead) and not COMPARED.match(ahead) and not any(one in ahead for one in names)
    if nothing:
        return opens_with_work(ahead, case) or _is_named(text, ahead, case)
    return not left_of(named, names, *KNOWN, "apart") or _is_named(text, ahead, case)


def _is_named(text: str, ahead: str, case: Case) -> bool:
    """Whether the first number has a name of its own, and nothing in the sentence takes another back."""
    if found := FIRST.search(text):  # 五年制高职招生46.00万人: past a number in a name
        ahead = text[: found.start()]
    if NAMED.match(ahead) is None or of_others(ahead, case.parts) or where(ahead):
        return False
    return not any(pattern(kind).search(text) for kind in TAKES_BACK)


def opens_with_work(ahead: str, case: Case) -> bool:
    """召开会议12次: what was done beside, of nobody elsewhere."""
    done = _form(f"{EDGE}{pattern('modal').pattern}?{ADVERBS}{pattern('work').pattern}").match(ahead)
    return done is not None and not of_others(ahead, case.parts) and not where(ahead)


def _names(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for one in case.phrases for word in one.words if len(word) > 1))


def _subject(case: Case) -> re.Pattern[str]:
    figures = "|".join(sorted(map(re.escape, case.figure_words), key=len, reverse=True)) or "(?!)"
    return _form(f"{EDGE}{SKIPPED}(?:{pattern('topic').pattern}|{figures}|(?<={DATED}))")


@lru_cache(maxsize=64)
def _form(form: str) -> re.Pattern[str]:
    return re.compile(form)
