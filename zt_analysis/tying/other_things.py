"""Clauses that have a subject or a head of their own, whatever else they are made of: ，工作面貌有了较大改观.

A clause of another thing need not be understood word by word. Its subject is a thing that nobody counts here and that
fares somehow (kinds ``thing``: 质量, 氛围, 压力, ``fares``), or somebody who does some work (``doer``, ``does``); or
its head says to what end, with what outcome or how (``brings``, ``manner``, ``chain``); or it says that records are in
order, as one says such things (``record``). Nothing in it may threaten a number (``threat``): deny, doubt, limit, count
or correct it, say what it is, point at it, or tell what became of those who were counted. Words that hold such a
character and do none of that are ``harmless``. What is asked for must not be what was counted (``awaited``).
"""

from __future__ import annotations

from functools import cache

import zt_analysis.expressions as re
from zt_analysis.office import Office, current
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import MOVED, without_places
from zt_analysis.tying.divisions import headed, where, where_near
from zt_analysis.tying.marks import DATED
from zt_analysis.tying.time_words import BASE, OTHER, TERMS, WEEK
from zt_analysis.tying.vocabulary import either, pattern, together

# what may stand before a subject: 同时, 但
_OPENS = (
    r"(?:[一二三四五六七]是|同时|此外|另外|与此同时|目前|当前|如今|但是?|而且?|并且?|也|又|更|既|从而|进而|因此|因而|可见"
    r"|总体上?看?|总体而言|整体|为此|也有|还有"
    r"|(?:充分|生动|有力|再次|也)?(?:说明|表明|反映出|体现出|可见|意味着|标志着)了?)?[，]?"
)
_SIGNS = f"一-龥、“”{DATED}"
# what is told of snow and roads may yet date a number: 大雪前一天, 山路修通时
_SCENIC = rf"(?![前时期日号起止天再去]|[季节]$)[{_SIGNS}]"
# whose school, meals or mood it is may be said before it, who was counted is no subject: 孩子们的笑容, 学生家长
_COUNTED = (
    r"(?![一-龥]{0,4}(?:学生|孩子|儿童|少年|娃|同学|人员|对象|群体|农户|案件|资金|款|者)们?"
    r"(?!的|们|家长|营养|资助|思想|心理|生活|学习|食堂|健康|体质|吃|喝|感受|脸|安全|监管|管理|拨付|保障|监督|使用))"
)
# 农村学校供餐 (kind ``setting``) tells of no number where no pupil is meant
COUNTED_NEXT = re.compile(r"的?(?:学生|儿童|孩子|生|户籍|户)(?!提供|安心|家长|家庭|就学|上学|排忧|解|送|带|是)")
# 要求各地, 是全市的重点: the whole as whom something is asked of, or as where a thing matters
BEFORE_WHOLE = re.compile(
    r"(?:要求|提醒|督促|指导|组织|部署|号召|希望|代表|请|由|是|成为|在|对|向|为|给|带动|引导|推动)$"
)
# 乡镇干部, 进村: who acts, not where
_WHO_ACTS = (
    r"干部|教师|老师|领导|党委|政府|书记|主任|校长|负责人|医生|振兴|公路|食堂|宿舍|面貌|环境|管理|村[干支两小]"
    r"|子|口|[干支]|组[干长]|民|委|规|史|医|贤|亲|土|风"
)
# a clause that holds no place of the tables may still lead to a part of the whole: 沿江片区…, 学校…, 乡镇…
OF_SOME = re.compile(
    r"片区|沿[江线河]|坝区|山区|河谷|地带|地区|集镇|城区|县城|城镇|城郊|寄宿|走读|易地"
    rf"|(?:(?<!各)(?<!各级)(?:学校|乡镇|社区|街道|村委会|中心校|中心学校|教学点|幼儿园|高中|中职|大学|高校)|农村|乡村)(?!{_WHO_ACTS})"
    rf"|[一-龥]{{1,2}}(?<![走进入驻包下联逐各返回扶出山全跑遍家乡])[村寨镇乡](?!{_WHO_ACTS})"
)
# 从进度看: in what respect the numbers after it are told
IN_RESPECT = re.compile(r"从[一-龥]{2,10}?(?:上来看|来看|上看|看|来说|来讲)")
# 火塘边的闲话, 干部们盼着的景象: what the number is, where nothing in it was done
NOMINAL = re.compile(r"^[^了着过到起上把给不没]*的[一-龥]{1,4}$")
IN_PLACE = re.compile(r"[在于从沿到自]")
# what is asked for
DEMANDED = re.compile(r"请|要(?!求)|须|将|让|把")
# how far behind its beginning a clause names the place that acts: 今年以来东川县
LATEST = 2
# 困难学生 is no difficulty
_NONE = r"(?!学生|孩子|儿童|人员|家庭|对象|群体|农?户|生|者|数|额|率|金|人)"
SOME = (
    r"(?:督查中?发现|仍|还)?(?:个别|少数|部分|有的|一些)"
    r"(?:县区?|县市区|乡镇|镇|村|学校|地方|教学点|点位|村组|单位|部门|干部|教师|校长|学生家中)"
)
# 孩子们吃上了热饭
EATEN = r"(?:孩子|学生|同学|娃娃?)们?[一-龥]{0,6}(?:吃上|喝上|住上|用上|坐上|穿上|感受到|享受到|露出)了?[一-龥、]{1,14}"
# 这是大家一家一户跑出来的
PROUD = re.compile(
    r"(?:这|那)(?:也|正|都|就|既)?是(?P<of>[一-龥、]{0,16}?)(?:(?:跑|干|拼|走|闯|做)出来的|换来的|起点|基数|底气|答卷|礼物"
    r"|民生账|心血|汗水|写照|缩影|共同努力|(?:努力|奋斗|付出)的结果)"
)
_HOW = r"(?:切实|有效|有力|充分|进一步|真正|初步|基本|不断|极大|大大|较好|努力|着力|全力|主动|认真|也|并|已经?|善*)*"
# what stands in the place of what is harmless
PLAIN = "善"


def is_well_said(said: str, case: Case) -> bool:
    """Whether what stands in brackets says how some work fares, or that records are in order: 1915人（来之不易）."""
    plain = without_places(said, case.parts)
    in_order = _forms(current())["record"].fullmatch(plain) is not None
    others = _doers(current()).search(plain) is None and is_of_another_thing(said, case)
    return "仅" not in said and (in_order or others)


def is_of_another_thing(said: str, case: Case, *, follows: bool = False, leads: bool = False) -> bool:
    """Whether a clause without a number has a subject or a head of its own and threatens no number.

    Args:
        leads: a number comes after it, of whatever part of the whole it speaks of.
        follows: the clause before it has such a subject, which it may go on with: 教师走村入户，把道理讲到火塘边.
    """
    plain = without_places(said, case.parts)
    in_order = _forms(current())["record"].fullmatch(plain) is not None
    if in_order or not _is_of_here(said, plain, case):
        return in_order
    if proud := PROUD.fullmatch(plain):
        return pattern("threat").search(proud["of"]) is None
    rest = pattern("harmless").sub(_blank, plain)
    if threatens(rest) or (DEMANDED.search(rest) and pattern("awaited").search(plain)):
        return False
    return _has_its_own(rest, plain, said, case, follows=follows, leads=leads)


def _has_its_own(rest: str, plain: str, said: str, case: Case, *, follows: bool, leads: bool) -> bool:
    """Whether a clause has a subject or a head of its own; ``rest``: ``plain`` without what is harmless."""
    forms = _forms(current())
    if leads and (OF_SOME.search(rest) or IN_RESPECT.fullmatch(rest)):
        return OF_SOME.search(rest) is None
    if rest.startswith(DATED) and any(word in said for word in case.figure_words) and not forms["thing"].match(rest):
        return False  # 东川县办理入学: of the figure itself
    shapes = ["thing", "head"]
    if not NOMINAL.search(plain):
        shapes += ["doer"] if leads and IN_PLACE.match(plain) else ["doer", "scene"]  # 在河谷老街
    if follows:
        shapes.append("goes_on")
    # 光缆 is harmless for its 光, and a thing of the fields all the same
    return any(forms[one].match(words) for one in shapes for words in (rest, plain))


def _ordinary() -> re.Pattern[str]:
    """Words of those who work and of what they work at."""
    return together(
        "topic", "work", "circumstance", "actor", "doer", "thing", "scene", "everyday", "narrative", "subject"
    )


def threatens_nothing(said: str, case: Case) -> bool:
    """Whether a clause of another sentence names no figure and no other place, time or part, and threatens no number.

    It need have no shape: what a sentence without a number tells of the work is no business of the number before it.
    """
    plain = without_places(said, case.parts)
    # 以初中居多: a part; what has no word of school, work or village in it may judge the number (天方夜谭)
    named = any(one.values for one in case.parts.named(said)) or not _ordinary().search(said)
    named = named or TERMS.search(said) is not None or WEEK.search(said) is not None
    if named or not _is_of_here(said, plain, case) or any(word in said for word in case.figure_words):
        return False
    rest = pattern("harmless").sub(_blank, plain)
    return not (threatens(rest) or OF_SOME.search(rest) or (DEMANDED.search(rest) and pattern("awaited").search(plain)))


def is_harmless(said: str, case: Case) -> bool:
    """Whether words of a demand threaten no number, whatever is demanded."""
    plain = without_places(said, case.parts)
    if pattern("awaited").search(plain):
        return False
    return _is_of_here(said, plain, case) and not threatens(pattern("harmless").sub(_blank, plain))


def threatens(rest: str) -> bool:
    """Whether words, places and what is harmless aside, may alter a number that they stand beside."""
    kinds = ("threat", "verdict", "untrue", "doubt", "defect")
    return any(pattern(kind).search(rest) for kind in kinds)


def _is_of_here(said: str, plain: str, case: Case) -> bool:
    if any(one.search(said) for one in (BASE, OTHER, MOVED, pattern("document"), pattern("elsewhere"))):
        return False
    for one in case.parts.named(said):
        if pattern("setting").fullmatch(one.text) and not COUNTED_NEXT.match(said, one.end):
            continue
        # 筛选漏了东川县: a place that is no subject; 与我市相当
        placed = one.dimension == "whole" or one.dimension in case.parts.places
        if not (one.values or one.dimension == "whole"):
            return False
        if placed and one.start > LATEST and not BEFORE_WHOLE.search(said, 0, one.start):
            return False
    return not (where(plain) or where_near(plain) or headed(plain))


@cache
def _doers(office: Office) -> re.Pattern[str]:
    return re.compile(either("doer", "scene"))


@cache
def _forms(office: Office) -> dict[str, re.Pattern[str]]:
    """The shapes of such clauses, in the words of ``office``: those of the language and its own."""
    thing, fares, point, doer, does, brings, chain, record, scene = (
        f"(?:{either(kind)})"
        for kind in ("thing", "fares", "point", "doer", "does", "brings", "chain", "record", "scene")
    )
    manner = f"(?:{either('manner', 'adverb')})"
    kept = r"(?:仍然?|依然|依旧|始终|也|就|既|还|一直|确实)?"
    return {
        "thing": re.compile(
            rf"{_OPENS}{_COUNTED}(?:{SOME})?[{_SIGNS}]{{0,14}}?{thing}{_NONE}[{_SIGNS}]{{0,12}}?{fares}[{_SIGNS}]*$"
            rf"|{_OPENS}[{_SIGNS}]{{0,14}}?{kept}(?:是|成为)[{_SIGNS}]{{0,12}}?{point}(?:[和与、][一-龥]{{2}})?$"
        ),
        "doer": re.compile(
            rf"{_OPENS}{_COUNTED}[{_SIGNS}]{{0,8}}?(?:{doer}|{DATED})[{_SIGNS}]*?{does}[{_SIGNS}]{{2,}}$"
            rf"|{_OPENS}[{_SIGNS}]{{0,8}}?{doer}[{_SIGNS}]*?{does}[{_SIGNS}]*$"
        ),
        "head": re.compile(
            rf"{_OPENS}{_HOW}(?:{brings}|(?:{manner}、?)+)$|(?:{chain}、?)+$|{EATEN}$"
            rf"|{_OPENS}[{_SIGNS}]{{0,6}}{PLAIN}{{4,}}$|{_OPENS}{SOME}[{_SIGNS}]{{0,12}}{PLAIN}{{2,}}$"
        ),
        "scene": re.compile(rf"{_OPENS}{_COUNTED}[{_SIGNS}]{{0,8}}?{scene}(?:{_SCENIC})*$"),
        "goes_on": re.compile(rf"{_OPENS}[{_SIGNS}]{{0,8}}?{does}[{_SIGNS}]*$"),
        "record": re.compile(rf"{_OPENS}(?:{record}、?)+"),
    }


def _blank(found: re.Match[str]) -> str:
    return PLAIN * len(found[0])
