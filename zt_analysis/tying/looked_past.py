"""Clauses that speak of another thing than the number beside them, by their shape: ，平板电脑已配发到班.

What is no part of a number's clause need not be understood word by word. It is looked past where it is plainly a
statement or a demand of its own: it names who acts or what is worked at and goes on, it says what is to be done next,
or something is said to be well on its way. One of the two, subject or predicate, has to be of a closed class, and
nothing in the words of either may reach the number: point at it, count, deny, doubt, alter, limit it, say what it is,
name another place, time, people or part, or tell what somebody says of it.
"""

from __future__ import annotations

from functools import cache

import zt_analysis.expressions as re
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import MOVED, without_places
from zt_analysis.tying.divisions import headed, where, where_near
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, DATED, HIDDEN
from zt_analysis.tying.other_things import (
    COUNTED_NEXT,
    is_harmless,
    is_of_another_thing,
    is_well_said,
    threatens_nothing,
)
from zt_analysis.tying.subjects import DANGEROUS, TAKES_BACK, opens_with_work, subject_of, undeclared_words, undone
from zt_analysis.tying.time_words import BASE, OTHER
from zt_analysis.tying.vocabulary import pattern, together

SHORTEST, LONGEST = 4, 32
PLANNED = ("plan", "plan_clause", "plan_near")
# 会议要求, 市里下达: what follows may be what is asked for
ASKS = re.compile(r"要|须|请|希望|要求|部署|下达|责成|规定|提出|明确|议定|研究|审议")
# how or why something was done: what it speaks of is no goal of the number after it; 按照计划, 根据目标 may be
HOW_OR_WHY = re.compile(
    r"(?:面对|结合|针对|围绕|立足|着眼|聚焦|本着|随着|伴随|通过|采取|采用|依托|依靠|借助|运用|利用|凭借|坚持|为(?!期|止)|因|由于|得益于|健全|压实|严把|层层|以[^，]+为[^，]{2,4}$|在[^，]+(?:下|中|基础上)$)"
    r"|(?:按照|根据|遵照|依照|依据)(?![^，]*(?:计划|方案|目标|任务|规划|预算|指标))"
)
# 省政府, 县级领导: who acts
ORGAN = re.compile(r"委|(?:人民)?政府|教育厅|厅|级(?:领导|部门|干部|有关)|里")
# 已全部劝返复学, 又失辍学: what became of those that were counted
ALL_OF = re.compile(r"(?:目前|现在?|如今|后来|其后|随后)?(?:已经?|均|都|全部|又|皆|悉数|尽数|一律)+")
# 会议决定, 网民说: what follows is what they say
SAID = re.compile(
    r"(?:决定|同意|批准|通过|认为|表示|说|称|道|讲|指出|介绍|透露|提醒|承诺|回答|建议|发现|听取|学习|传达|希望|认可)[了到]?$"
)
# 各校反映：, 任务更加明确：: what follows is what they say, or what is to be
ANNOUNCES = re.compile(
    r"任务|要求|思路|方向|责任|安排|重点|反映|介绍|说|讲|表示|汇报|报告|提出|建议|希望|决定|认为|盼|表态|回忆|宣|评|报道|写|念|发布|问|答|听|看(?!得见)|算|记|称|道(?!路)"
)
# 1915人（来之不易）, 1915人——令人欣慰: what is said beside a number
ASIDE = re.compile(
    r"[（(](?P<in>[^（）()\d]{2,24})[）)]|——(?P<after>[^—（）()\d，；。！]{4,24}(?:[，、][^—（）()\d，；。！]{2,12})?)(?=[。！]?\s*$)"
)
# a clause in brackets, a quotation, what is counted
OPEN = re.compile(rf"[（）()\[\]【】‘’\d%％‰？?{DATED}{COUNTED}{HIDDEN}]")
# ，均已成家 and ，把食堂工勤也捎带进去 go on about the number; ，课桌擦得锃亮 has a subject of its own
PREDICATE = re.compile(
    r"(?:平均|是|均|皆|都|全|清一色|尽|按|依|据|离|距|进入?|参加|就业|下降|上升|如今|目前|现|已|把|将|被|由|乃|属|系|为|在|从|自|到|也|又|还|再|仍|却|但|而|并|且|其|该|此|这|那|他|她|它|们|谁|哪"
    r"|题目|求|占|比|较|与|和|同|跟|向|给|使|令|让|叫|有|可|能|会|应|当|以|用|于|凡|某|两|[三四五六七八九十百千]|第|上|下(?!一步)|前|后|内|外|中|里|间|之|的|了|着|过|吧|吗|呢|地|得)"
)
# 高居榜首, 坐在探花的位置, 倒挂明显: of how numbers stand to each other
ORDERED = re.compile(
    r"榜|冠|亚军|季军|探花|状元|位置|名列|位列|居|领先|领跑|落后|靠前|靠后|[降增升跌涨减]幅|下降|上升|增长|减少|回落|反弹|攀升|走[低高]|下滑|下跌|上涨|回升|缩减|压减|萎缩|倒挂|幅度|之首|之末|压轴|殿后|悬殊|差距|差异|持平|相当|一致|接近|翻番|过半|大头|主力|主体|多半|广告|表头|水印|截图|落款|回复|交易|工勤|捎带"
)
SEVERAL = re.compile(r"^(?:上述|这|以上)?(?:[两三四五六七八九十]|各)个?(?:县区?|地|乡镇|学校)$")
QUOTED = re.compile(r"“(?P<of>[^”\d]{2,16})”")
EVERY = re.compile(r"各县（市、?区）|各县（市）区")
# words that limit, compare, count, say what it is, in what, of whom: what is left when whole phrases are taken out
REACHES = re.compile(
    r"是|为|系|属|在|由|自|归|占|比|按|据|经|因|以|即|约|近|超|逾|仅|只|刚|均|都|皆|凡|其|该|此|这(?!根弦|项工作|方面|件事|道关)|那|他|她|它|之|合|共|累计|总数|含|包|括|除|余|剩|另|外|同|别|单[列独]|降|升|增|减|回落|反弹|倒挂"
    r"|多数|部分|个别|若干|一批|一些|有的|半|(?<![组形建养促完])成(?!效|果|绩|型|立)|倍|(?<!每)[一二两三四五六七八九十百千万几][个名人户所批次年月日天周县区市州乡镇村校地者类项位]"
    r"|又|还|再(?![提加接创发深上])|[不没未无非莫勿别难]|争取|力争|确保|保证|努力|如|若|假|似|像|看来|可能|认为|反映|表示|透露|承认|怀疑|觉得|说|称|道(?!路)|吗|呢|吧|谁|何|哪|怎"
    r"|籍|龄|身份|信息|系统|台账|账|册|档案|报表|资料|材料|样|演|试|原|前|后(?!续)|上(?!门)|下(?!步|功夫|大?力气|沉|乡)|中(?!心|小学)|内|里|离|走|流|逃|转|死|病|婚|嫁|毕业|回|到(?![位户人校班村底边每各全])"
    r"|纪检|警|调查|介入|案|处分|问责|约谈|追|注|作[废假]|水|夸|浮|白|空|骗|哄|瞒|谎|诈|吹|蒙|糊|忽悠|目标|任务(?!$)|计划|承诺|预算|指标|更新|完善|预|拟|待|等|年[初底末]|月|季|学期|周|昨|今|明(?![白确])|往|者$"
)
# what next or who must: a demand changes nothing of what there is
AHEAD = re.compile(
    r"(?:下一?(?:步|阶段)|接下来|今后|后续|后期|往后|未来|回去(?:以?后)?)(?:工作)?(?:的?(?:重[点心]|关键)(?:任务)?)?(?:[就便]?是|在于)?"
    r"|(?:关键|重点|根本|核心)(?:还|就)?(?:是要?|在于?|要)"
)
# 在留住人心上多下功夫: in what more is to be done
IN_WHAT = re.compile(r"在[^，在]{2,8}(?:上|方面)|多(?=[下做想听出办])")
# 应 and 须 may say that it was not done
MODAL = re.compile(
    r"(?:仍|还|都|均|也)?(?:务必|必须|务求|需要|要(?![求么不是算])|[将会](?=进一步|继续|持续|在|加|全力|大力))"
)
ASKED = re.compile(r"(?:敬|恳|务)?请(?![求柬示])|希望|期望|务必|恳请|拟请|盼|望(?=各|引|予|尽|继|上)")
# 抓好整改, 有力减轻了家庭负担: what is to be done, or was brought about
TO_DO = re.compile(
    r"(?:进一步|继续|切实|坚决|全力|大力|加快|狠|持续)?(?:抓[好实紧细]|做[好实细]|落实|加快|加强|加大|巩固|强化|压实|夯实|筑牢|健全|紧盯|聚焦)(?!了)"
    r"|(?:有力|有效|切实|极大|大大|明显|进一步|较好|充分|真正)地?(?:保障|减轻|提升|促进|推动|增强|改善|维护|解决|缓解|激发|调动|筑牢|巩固|夯实)了?|(?:形成|营造|凝聚|赢得|激发)了"
)
# who or what may be counted: what is told of these is told of the number
COUNTED_ONES = re.compile(
    r"[一-龥]{0,4}?(?:学生|孩子|儿童|少年|少儿|人员|群体|对象|家庭|农户|户|资金|经费|钱|款|额|案件|教学点|者|生(?![活产命动态涯机源]))"
    r"(?!工作|保障|管理|监管|政策|机制|教育|帮扶|资助|动员|家长|家访|关爱|安全)"
)
_HOW = (
    r"(?:总体|整体|基本|普遍|日益|日渐|日趋|逐步|逐渐|不断|持续|明显|显著|更加|更|较为|较|比较|十分|非常|很|相当|特别|依然|仍然|仍|始终|全面|全部|均|都|已经?|陆续|正在?|深入|稳步|扎实|有序|进一步"
    r"|有效|顺利|大力|同步|加快|积极|初步|也|得到|取得|全)"
)
_WELL = (
    r"(?:向好|趋好|良好|较好|平稳|稳定|有序|扎实|明显|显著|有力|得力|规范|顺畅|到位|健全|严峻|艰巨|繁重|稳固|齐全|齐备|充足|充分|浓厚|活跃|精准|及时|高涨|畅通|牢固|可喜|喜人|突出|紧凑|高效|迅速|务实|顺利"
    r"|[较很][快早紧实细准稳强严好大重足]|不错|落实|落地|推进|开展|运行|运转|领用|配齐|配发|建成|启用|投用|投入使用|铺开|展开|就位|压实|加强|提升|改善|增强|提高|优化|强化|形成|建立|开通|完工|竣工|启动|加快|深化|夯实|理顺|见效|显现"
    r"|巩固|值得肯定|提速|好评|拓展|拓宽|延伸|来之不易|任重道远|不容(?:松懈|乐观|懈怠))"
)
WELL = re.compile(
    rf"(?P<of>[一-龥“”、]{{2,14}}?){_HOW}*{_WELL}(?:完毕|完成|实施|之中|中|到班|到校|到村|到位|落地|使用|见效|、?{_WELL}|了)*"
)


def is_looked_past(
    clause: str, case: Case, *, goes_on: bool = False, follows: bool = False, labels: bool = False
) -> bool:
    """Whether a clause that holds no number is about another thing than the number beside it.

    Args:
        goes_on: a number follows it in its sentence, which a demand, a figure or a part but a place may govern.
        labels: it ends with a colon, and what follows is what it announces.
        follows: the clause before it is of another thing, with a subject that it may go on with.
    """
    quotes = "“" in clause
    said = EVERY.sub("各县区", QUOTED.sub(_named, clause.strip()))
    if not SHORTEST <= len(said) <= LONGEST or OPEN.search(said) or said.count("“") != said.count("”"):
        return False
    if ALL_OF.match(said) and any(len(word) > 1 and word in said for word in case.figure_words):
        return False
    if goes_on:
        announces = (ANNOUNCES if labels else SAID).search(said) or (labels and not is_well_said(said, case))
        told = _is_told(said, case) or (not announces and is_of_another_thing(said, case, leads=True))
        return told and not _governs(said, case)
    told = _is_asked(said, case) or _is_told(said, case) or is_of_another_thing(said, case, follows=follows)
    return told or (not quotes and _has_a_subject(said, case))


def _has_a_subject(said: str, case: Case) -> bool:
    """Whether a clause may have a subject of its own, says nothing of who is counted, and threatens no number."""
    if PREDICATE.match(said) or COUNTED_ONES.match(said) or ORDERED.search(said):
        return False
    return threatens_nothing(said, case)


def _is_free(said: str, case: Case) -> bool:
    """Whether a clause of another sentence, of no declared shape, is about something of its own."""
    return SHORTEST < len(said) <= LONGEST and not OPEN.search(said) and _has_a_subject(said, case)


def without_asides(sentence: str, number: int, case: Case) -> str:
    """A sentence, as long as it is, without the asides behind ``number`` that are of another thing."""
    return ASIDE.sub(lambda one: _without_aside(one, case) if one.start() > number else one[0], sentence)


def _without_aside(aside: re.Match[str], case: Case) -> str:
    if aside["in"]:
        passed = is_well_said(aside["in"], case)
    else:
        said = CLAUSE_END.split(aside["after"])
        passed = all(is_looked_past(one, case, follows=at > 0) for at, one in enumerate(said))
    return " " * len(aside[0]) if passed else aside[0]


def how_or_why(clause: str, places: tuple[str, ...]) -> str:
    """全市通过集中采购 without its place, which stays for the number; empty where it says nothing of how or why.

    Args:
        places: the names of the parts and of the whole, as expressions.
    """
    place = _leading(places).match(clause)
    led = clause[place.end() :] if place else ""
    return led if HOW_OR_WHY.match(led) else ""


@cache
def _leading(places: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(places)})")


def _named(quoted: re.Match[str]) -> str:
    """“双线四级”: a name that somebody gave his work, where no word in it may reach a number."""
    return quoted[0] if REACHES.search(quoted["of"]) or where(quoted["of"]) else ""


def is_told_beside(sentence: str, case: Case) -> bool:
    """Whether each clause of a sentence without a number is about another thing: 供餐秩序良好，食堂管理到位。"""
    said = sentence.strip().lstrip("”")
    if said[-1:] not in ("。", "！"):
        return False
    clauses = CLAUSE_END.split(said.rstrip("。！"))
    if len(clauses) > 1 and AHEAD.fullmatch(clauses[0]):  # 下一步，我局将…
        del clauses[0]
    return all(
        is_looked_past(one, case, follows=number > 0) or _is_free(EVERY.sub("各县区", one.strip()), case)
        for number, one in enumerate(clauses)
    )


def _is_asked(said: str, case: Case) -> bool:
    """下一步将…, 请各校…, 各地要…: whether a clause says what is to be done."""
    if (ahead := AHEAD.match(said) or ASKED.match(said) or TO_DO.match(said)) and len(said) - ahead.end() > 1:
        return is_harmless(IN_WHAT.sub("", said[ahead.end() :]), case)
    modal = MODAL.search(said)
    if modal is None or modal.start() < SHORTEST // 2 or COUNTED_ONES.match(said):
        return False
    who, what = SEVERAL.sub("", said[: modal.start()]), IN_WHAT.sub("", said[modal.end() :])
    return is_harmless(f"{who}，{what}", case)


def _is_told(said: str, case: Case) -> bool:
    """形势总体向好, 工作组走访了…: whether a clause says how a thing is, or what was done by whom."""
    if COUNTED_ONES.match(said):
        return False
    if well := WELL.fullmatch(said):
        return not _reaches(well["of"], case)
    who = subject_of(said, case)
    if not who.strip(DATED):  # 东川县抓实责任制: a place acts, and of no figure
        place = next((one.end for one in case.parts.named(said) if one.values and not one.start), 0)
        acts = place and opens_with_work(said[place:], case) and not any(one in said for one in case.figure_words)
        return bool(acts) and not _reaches(said, case)
    return together("work", "circumstance").search(said, len(who)) is not None and not _reaches(said, case)


def _governs(said: str, case: Case) -> bool:
    """Whether a clause may say of whom or of what the number after it is, or set it as a goal."""
    if HOW_OR_WHY.match(said):
        return _is_of_whom(said, case)
    if any(pattern(kind).search(said) for kind in PLANNED) or ASKS.search(said):
        return True
    if any(one.dimension not in ("whole", *case.parts.places) for one in case.parts.named(said)):
        return True
    return any(word in said for word in case.figure_words)


def _is_of_whom(said: str, case: Case) -> bool:
    """Whether a clause of how or why something was done names whom or whose money: 针对留守儿童; 通过社会捐助."""
    if pattern("money").search(said):
        return True
    for one in case.parts.named(said):
        said_so = one.dimension in ("whole", *case.parts.places) or ORGAN.match(said, one.end)
        if not said_so and (not pattern("setting").fullmatch(one.text) or COUNTED_NEXT.match(said, one.end)):
            return True
    return any(word in said and not together("work", "setting").fullmatch(word) for word in case.figure_words)


def _reaches(said: str, case: Case) -> bool:
    """Whether anything in the words of a clause may be said of a number beside it."""
    if any(one.search(said) for one in (BASE, OTHER, MOVED, pattern("document"), pattern("elsewhere"))):
        return True
    for one in case.parts.named(said):
        # 与我市相当: another is spoken of
        if one.start if one.dimension == "whole" else not one.values:
            return True
    rest = without_places(said, case.parts)
    if where(rest) or where_near(rest) or headed(rest):
        return True
    told = undone(rest)
    if any(pattern(kind).search(told) for kind in TAKES_BACK) or REACHES.search(told):
        return True
    return DANGEROUS.search(undeclared_words(said, case)) is not None
