"""Whether the sentence after a number is about something of its own: 各县区要加强领导。 is, 是凑出来的。 is not.

Words that take a number back have no end, so they are not listed: a sentence governs the number before it unless it
opens with a declared subject (kind ``topic``: who acts, what is worked at; a place; a figure's name) and says what is
done (kind ``work``), or opens with what comes next (``onward``) or must be (``modal``) and goes on with that.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import zt_analysis.expressions as re
from zt_analysis.tying.blanking import without_words
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import RUN, blank, left_of, of_others, without_places, without_times
from zt_analysis.tying.divisions import where
from zt_analysis.tying.marks import BULLETS, CLAUSE_END, COUNTED, DATED, NOTE
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.vocabulary import pattern, together, words

# what a sentence that governs may be made of and change nothing
KNOWN = ("pointing", "topic", "work", "onward", "modal")
# what a subject of its own must not be told: that numbers are others, or that nothing was done
TAKES_BACK = ("about", "verdict", "untrue", "doubt", "defect", "negation")
# a new section, an item of a list, a row of a table
MARKED = re.compile(
    rf"\s*(?:[#*>{BULLETS}【〖\-—–]|[（(]?[一二三四五六七八九十\d{COUNTED}]{{1,3}}[、.．)）]|第[一二三四五六七八九十]+[，,、章部]"
    r"|[一二三四五六七八九]是)"
)
SKIPPED = rf"(?:[{DATED}、和与及等\s]|各|请|广大|全体|有关|相关|其他|不少|许多|很多|一些)*"
EDGE = r"[\s“”\"‘’（(，,：:]*"
MUST = re.compile(
    rf"{EDGE}[一-龥]{{0,3}}?(?:将(?!其|它|他|之|这|那)|务必|必须|(?<![只主重需])要(?!不|么|算|扣|减|除|改|乘))"
)
COMPARED = re.compile(rf"{EDGE}(?:较|[同环]?比|与)")
# 高中阶段毛入学率89.5%, 另有教学点9.65万个: a number with a name of its own, known or not; 留下来的1500人 has none
NAMED = re.compile(
    rf"{EDGE}(?:另有|另|还有|同时|此外)?[，,]?"
    r"(?![实真假虚应原但却可而只仅才不未无没若如据除扣减剔含包后再又这那该此其他她它上前以也都均就]|重复|目前|现[在已]|已|至|截|今|最终|最后|结果|事实|大[半多]|[多少]数)"
    rf"[一-龥（）()\[\]［］{COUNTED}]{{2,}}[一-龥\]］{COUNTED}](?<![的者为是到至了有被降升减增剩余])(?:达到|达)?$"
)
# 前者823人，后者1208人: each is judged at its own number
FORMER = re.compile(rf"\s*(?:[前后]者(?:为|有|达)?{COUNTED}+|在?{COUNTED}+个?(?:县区)?中最[多少高低])[。]?\s*")
FIRST = re.compile(rf"{COUNTED}+(?=[，,；;。！!？?、（(\s]|$)")
# 发放的是上学期的: what follows says what the number is
SAID_TO_BE = re.compile(r"的(?:[都全均皆只仅多]|其实|实际上?|大[多都])?(?:是|为|系|属)|由(?:曲靖|外|邻|兄弟|隔壁)")
# 感谢您对教育工作的关心, 祝各位老师工作顺利, 张老师就是送教队伍中的一员: whatever stands in it, no number is meant
GREETS = re.compile(
    rf"{EDGE}(?:(?:我的|以上)?(?:汇报|报告|发言|介绍)(?:完毕|完了|到此结束|就到这里)[，,。]?)?(?:(?:衷心|诚挚|真诚|由衷|再次|在此|最后|同时|并)*地?(?:感谢|谢谢|致谢|欢迎)[^，,。；;：:]{{0,18}}?"
    r"(?:关心|支持|关注|理解|配合|帮助|厚爱|监督|信任|来信|来电|留言|大家|各位)(?:[和与、及][一-龥]{2}){0,3}"
    r"|(?:衷心|诚挚|最后|在此)*(?:祝愿?|愿)[^，,。；;：:\d]{2,12}(?:顺利|健康|愉快|快乐|进步|幸福|安康|美好|成功)(?:[、，][一-龥]{2,6}){0,3}"
    r"|[一-龥]{1,4}(?:老师|校长|教师)(?:就|便|正)?是[^，,。；;：:数名\d]{2,10}(?:队伍|团队|大军|队员|群体|教师|老师)中的(?:一员|代表|缩影|典型)"
    r"|此件(?:主动|依申请)?公开(?:发布)?[）)]?)[。！!]?\s*$"
)
# 杜绝重复资助, 对未落实送教任务的学校，: what must not be, or is dealt with, is not said of the number
PREVENTED = re.compile(
    r"(?:严禁|杜绝|防止|避免|谨防|严防|防范)[^，,。；;：:]{1,12}|^\s*对[^，,。；;：:]{2,20}的(?:学校|单位|县区|干部|人员|家长|部门)?[，,]"
)
# what words that nobody declared may do to a number: count, alter, doubt, limit, move, name another
DANGEROUS = re.compile(
    "[数报核改换剔减扣除删挤水虚假退原借准名表稿写填登录补凑抹去掉撤回降调订印年月日倍半另含外算计审更正误错疑漏复仅只才未没无非不停纸口空浮墙尚曾旧拟编造冒骗装摆拍"
    "伪替代拖欠缺少多邻省市县区州国户件次项率元万亿真实其此这那它他她述该全均都皆]"
)
ADVERBS = r"(?:[一-龥]{2}地|进一步|继续|持续|不断|坚决|切实|认真|全力|大力|全面|更加|再)*"


def own_subject(text: str, case: Case) -> bool:
    """Whether a sentence, its numbers blanked, is about something of its own."""
    if MARKED.match(text):
        return True
    if shows := _form(f"{EDGE}{pattern('shows').pattern}").match(text):
        text = text[shows.end() :]  # 这说明工作任重道远: of what it shows
    if these := _form(f"{EDGE}{pattern('these').pattern}").match(text):
        text = text[these.end() :]  # 这些做法受到欢迎: of no number
    told = undone(text)
    if any(pattern(kind).search(told) for kind in TAKES_BACK):
        return False
    if GREETS.match(text) and not where(text):
        return True
    if not _is_understood(text, case):
        return False
    text = without_places(text, case.parts)
    onward = _form(f"(?:{EDGE}{pattern('onward').pattern})*").match(text)
    rest = text[onward.end() :] if onward else text
    if _subject(case).match(rest) or _form(f"{EDGE}{pattern('exhorts').pattern}").match(rest):
        return True
    goes_on = _form(f"{EDGE}(?P<modal>{pattern('modal').pattern}?){ADVERBS}{pattern('work').pattern}").match(rest)
    ahead = bool(onward and onward[0])
    return (ahead and MUST.match(rest) is not None) or (goes_on is not None and bool(goes_on["modal"] or ahead))


def undone(text: str) -> str:
    """The text without work and what denies nothing: 风雨无阻."""
    # whole phrases first: 送学是否到课 holds everyday words
    text = PREVENTED.sub(blank, without_words(pattern("compound").sub(blank, text), words("everyday")))
    for kind in ("apart", "work"):
        text = pattern(kind).sub(lambda one: blank(one) if len(one[0]) > 1 else one[0], text)  # 重新上报: 新 is no word
    return text


def _is_understood(text: str, case: Case) -> bool:
    """Whether a sentence is made of declared words alone, and of no other place, time or part.

    A subject of its own is not enough: 市政府要求重新上报。 学校组织拍照，拍完就散。
    """
    if not _is_of_here(text, case):
        return False
    # 技术人员, 市场监管部门: who acts may have a name that nobody declared
    who = _form(f"{EDGE}{pattern('subject').pattern}").match(text)
    rest = (text, text[who.end() :]) if who else (text,)  # 驻村队员 is declared, and 驻村队 a name before 员
    return any(not undeclared(one, case, "everyday") for one in rest)


def _is_of_here(text: str, case: Case) -> bool:
    """Whether a sentence says nothing of what the number is, and names no other place or time."""
    # 查的是： a declared subject is none that says what the number is
    if SAID_TO_BE.search(pattern("topic").sub(blank, text)) or where(without_places(text, case.parts)):
        return False
    if any(one.dimension == "place" for one in case.parts.named(text)):
        return False
    must = MUST.match(text) or MUST.search(text)
    return bool(must) or not any(one.search(text) for one in (BASE, OTHER))


def is_led_by_a_subject(text: str, case: Case) -> bool:
    """Whether a clause of a sentence opens with a declared subject, whatever it goes on with."""
    said = without_places(text, case.parts)
    onward = _form(f"(?:{EDGE}{pattern('onward').pattern})*")
    rests = (one[found.end() :] if (found := onward.match(one)) else one for one in CLAUSE_END.split(said))
    return any(_subject(case).match(one) for one in rests)


def dangerous(text: str, case: Case) -> str:
    """What in the undeclared words of a sentence may do something to a number; empty where nothing does."""
    found = DANGEROUS.search(undeclared_words(text, case, "everyday"))
    return found[0] if found else ""


def undeclared(text: str, case: Case, *kinds: str) -> str:
    """The first words that may not stand in a sentence about something else; ``kinds``: plain words that may, too."""
    found = RUN.search(undeclared_words(text, case, *kinds))
    return found[0] if found else ""


def subject_of(text: str, case: Case) -> str:
    """The declared subject that a clause opens with; empty where it opens with none."""
    found = _subject(case).match(without_places(text, case.parts))
    return found[0] if found else ""


def undeclared_words(text: str, case: Case, *kinds: str) -> str:
    """The text with all declared words blanked; ``kinds``: of these kinds too."""
    known = together("compound", *KNOWN, "apart", "narrative", "known", "filler")
    # 资助是否到人 is one word, whatever figure 资助 names
    whole = pattern("compound").sub(blank, NOTE.sub(blank, without_places(text, case.parts)))
    rest = without_words(whole, (*case.names, *chain.from_iterable(map(words, kinds))))
    return known.sub(blank, rest)


def takes_back(text: str) -> bool:
    """Whether a sentence holds a word by which a number is taken back, doubted or not stated."""
    told = undone(text)
    return any(pattern(kind).search(told) for kind in TAKES_BACK if kind != "about")


def counts_something(text: str, case: Case) -> bool:
    """Whether a sentence names what its first number counts, and nothing unknown: 上门送教823人, not 半数以上已离开."""
    ahead = text[: text.find(COUNTED)]
    named, names = without_places(ahead, case.parts), case.names
    if _says_more(text, case):
        return False
    nothing = named == without_times(ahead) and not COMPARED.match(ahead) and not any(one in ahead for one in names)
    if nothing:
        return opens_with_work(ahead, case) or _is_named(text, ahead, case)
    return not left_of(named, names, *KNOWN, "apart") or _is_named(text, ahead, case)


def is_named_or_known(clause: str, case: Case) -> bool:
    """Whether a clause with a number is about that number, or made of declared words: not 留得住的不到半数."""
    if not undeclared(clause, case) or any(one.start == 0 for one in case.parts.named(clause.lstrip())):
        return True  # 女生330人: of a part, which its own number is judged by
    if FORMER.fullmatch(clause):
        return True
    found = FIRST.search(clause)
    return NAMED.match(clause[: found.start() if found else clause.find(COUNTED)]) is not None


def _says_more(text: str, case: Case) -> str:
    """What is said behind the first number, in clauses without one: 学习两天，便不来了; the first unknown words."""
    behind = text[text.find(COUNTED) :].lstrip(COUNTED)
    said = (one for one in CLAUSE_END.split(behind) if COUNTED not in one)
    return next((found for one in said if (found := undeclared(one, case))), "")


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


def _subject(case: Case) -> re.Pattern[str]:
    return _form(
        f"{EDGE}{SKIPPED}(?:{pattern('topic').pattern}|{pattern('subject').pattern}|{case.any_figure}|(?<={DATED}))"
    )


@lru_cache(maxsize=64)
def _form(form: str) -> re.Pattern[str]:
    return re.compile(form)
