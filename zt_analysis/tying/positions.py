"""Known words that make a number something else by where they stand: last before it, first behind it, in its brackets.

比, 控制, 下降, 分别 and 以来 are declared, so the closed world lets them pass wherever they are. Each says nothing of
the number only with what it calls for beside it: 比 with how much more, 下降 with by how much, 分别 with a list.
"""

from __future__ import annotations

from collections.abc import Sequence

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.tying.closed import without_places
from zt_analysis.tying.dates import begins_a_move
from zt_analysis.tying.marks import CLAUSE_END, COUNTED, DATED
from zt_analysis.tying.parts import Parts
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.units import FAMILIES, family_of_mention
from zt_analysis.tying.vocabulary import words
from zt_analysis.units import PRINTED_UNITS

# 1915人（户）, 1915（单位：户）
BRACKETED = re.compile(r"\s*[（(\[［【]\s*(?:单位\s*[：:为]?\s*)?(?P<unit>[^（）()\[\]［］【】\s]{1,4})\s*[）)\]］】]")
_MOVE = (
    r"(?:[上提攀回爬]升|下[降滑跌]|减[少缩退]|增[加长多]|提高|降低|回[落升暖]|反弹|翻[了一两几]*番|翻倍|[扩缩][大小减]|[走探]?[高低](?:走|位)"
    r"|持平|[涨跌]|差[距额别]|之差|之比|对比|相差|倍增|递[增减]|萎缩|收窄)"
)
_HOW = (
    r"(?:[的已也均都仍正又再还呈略更]|出现|持续|继续|不断|逐[步年月周]|稳步|明显|显著|大幅度?|小幅度?|快速|急剧|有所|略有|稍有|同比|环比"
    r"|以[上下内]|左右|[一二两三几]度)*"
)
# 1915人，下降。: by how much and since when nobody says
_SINCE = (
    r"(?:(?:[较比与同和跟]|相[较比]于?)[一-龥]{1,8}?(?:相比|比较|相较)?)?"
    r"(?:人数|户数|数量|金额|总[量数额]|规模|数[字值]?|比[例重]|均|幅度)?"
)
MOVES = re.compile(
    rf"[，,；;（(\s]*{_SINCE}{_HOW}(?:{_MOVE}|[升降增减涨跌][幅了]|有[升增涨]有[降减跌]|[多少高低][了些])"
)
BASED = re.compile(r"[比较与同从由自]")
# 比1915人, 由1915人: what the number is compared with or where a move begins
COMPARES = re.compile(r"(?:(?<![占同环对正反百无])[比较](?!例)|相比|[从由自]|(?<!方)向|每)$")
# 对1915人, 向1915人: what is done follows
CALLS_FOR = re.compile(r"(?<![校核针查相反面配])[对给把将替]$")
# 比例1915人: a share counts no one
RATIO = re.compile(r"(?:比例|比重|比率|占比)[为是达约有]*$")
HELD = re.compile(r"(?:控制|压缩|压减|限定|限制|管控|稳控)$")
MORE = re.compile(r"\s*(?:还|又|要|再|也|都|均)?(?:[升降增减涨跌上下提回翻多少高低快慢大小超]|有所|明显|略|净)")
DO = (
    r"(?:开展|组织|负责|承担|承办|实施|从事|主持|主抓|分管|推动|推进|协助|帮助"
    r"|指导|督促|督导|动员|落实|执行|完成|操办|发起|参加|参与|投入|投身|实行|通过|进行|分赴|奔赴|赶赴|前往|走进)"
)
_TOGETHER = "共同|一[起道同]|集体|自愿|主动|积极|联合|先后|分头|轮流|陆续|全部|全程|分别|已经?|[均都正也]|集中|继续|共"
# 1915人开展…: those counted do it; 学生 may take part
DONE_BY = re.compile(rf"(?:(?:名|位|个)?(?P<who>学生|儿童|孩子)?)(?:{_TOGETHER})*(?P<do>{DO})(?=[了着过]?[一-龥“「])")
# 组织823人上门送教: who is gathered does it
GATHERED = re.compile(r"(?:组织|发动|动员|安排|调动|召集|号召|派)[了出]?$")
STUDENTS = re.compile(r"[名位个]?的?(?:学生|儿童|孩子|少年)")
TAKES_PART = re.compile(r"参[加与]|完成|开展|实施|落实|实行|通过|进行|走进")
TO_WHOM = re.compile(r"[对为给向让使把将帮]|组织|动员|安排|督促|针对|[助促]")
# 劝返复学和1915人: of what is listed the number is no member
JOINS = re.compile(r"(?<=[一-龥])[和与跟]$")
# 各县区分别: each of them, with one number for all
EACH = re.compile(r"分别|各自|各个?(?=[共有]|$)")
OF_ALL = re.compile(r"各[一-龥]{1,4}(?:分别|各自)")
SINCE = re.compile(r"(?P<since>[一-龥“”]+)以来")
# 今年以来, 开展以来 and the like name no event
ONGOING = re.compile(r"^(?:一直|长期|长久|自古|历来|向)$")
# 一人领两次算两人, 一名学生按两名计: how the count was made
_N = r"(?:[\d一二两三四五六七八九十半几多数]|＃)+"
_WHO = r"个?(?:[人名户件次份所位回遍]|个)"
RECKONED = re.compile(
    rf"(?<![合总共累小统综])(?:算|折|抵|记|计|视|当|并|合)(?:作|成|为|合|算|是)?{_N}{_WHO}"
    rf"|按{_N}{_WHO}[一-龥]{{0,2}}[计算记折]|(?:一|每|1)[人名户个][一-龥]{{0,6}}(?:[算折抵记计]|按)(?:作|成|为)?{_N}"
    rf"|(?:平均|人均)?每[一1]?[人名户位个][^，。；]{{0,4}}[领得算记计报填登][了过]?{_N}[次回遍份]"
)


def out_of_place(mention: Mention, context: Context, parts: Parts, own: Sequence[str]) -> tuple[str, str] | None:
    """A key of ``terms`` and the words that make the number something else by where they stand; None where none do."""
    level = mention.kind in ("count", "money", "rate")
    found = _other_unit(mention, context)
    if not found and level:
        found = (
            _moves(context, own)
            or _last_before(mention, context, own)
            or _done_by(mention, context, own)
            or _each(context)
        )
        found = found or _reckoned(context)
    if found:
        return "tie_other_words", found
    return ("tie_other_time", since) if (since := _since(context, parts)) else None


def _other_unit(mention: Mention, context: Context) -> str:
    """1915人（户）: the unit in brackets, where it is not that of the number."""
    found = BRACKETED.match(context.after)
    if found is None or not mention.surface[-1:].strip():
        return ""
    unit = found["unit"].replace("％", "%")
    units = {*PRINTED_UNITS, *(one for each in FAMILIES.values() for one in each.units)} - {"1"}
    if unit not in units or mention.surface.endswith(unit):
        return ""
    mine = next((each.units for each in FAMILIES.values() if mention.unit in each.units), ())
    return "" if unit in mine and "元" not in unit else unit


def _moves(context: Context, own: Sequence[str]) -> str:
    """The word of movement behind the number in its clause or the next, where nothing says by how much."""
    clauses = CLAUSE_END.split(context.plain_rest, maxsplit=2)
    if BASED.search(context.clause_before):  # 较9月20日的0.09%有所下降
        return ""
    for number, clause in enumerate(clauses[:2]):
        moves = MOVES.match(clause)
        if moves and not any(sign in clause for sign in (COUNTED, DATED)) and not any(word in clause for word in own):
            return moves[0]
        if clause.strip() or number:
            break
    return ""


def _last_before(mention: Mention, context: Context, own: Sequence[str]) -> str:
    """The word right before the number that calls for something else: 比1915人."""
    said = context.masked.rstrip(' \u3000“”"约近超逾')
    if any(said.endswith(word) for word in own):
        return ""
    if found := HELD.search(said) or (mention.kind != "rate" and RATIO.search(said)):
        return found[0]
    if context.run[1] == 1 and (found := JOINS.search(said)) and any(said[:-1].endswith(word) for word in own):
        return found[0]
    clause = context.plain_rest[: len(context.near_after)].strip("“” 的者、")
    number_next = context.plain_rest.startswith((COUNTED, DATED), len(context.near_after))
    found = COMPARES.search(said)
    if found and not (begins_a_move(context) or number_next or MORE.match(clause)) and not mention.per:
        behind = context.plain_rest[len(context.near_after) :]
        return "" if found[0] in "从由自" and re.search(rf"[至到为][^。]{{0,4}}{COUNTED}", behind) else found[0]
    calls = CALLS_FOR.search(said)
    return calls[0] if calls and not clause and not number_next else ""


def _names_ahead(context: Context, own: Sequence[str]) -> bool:
    """Whether what is done is said behind the number alone: 组织823人上门送教, not 上门送教组织823人."""
    return not any(word in context.clause_before for word in own)


def _done_by(mention: Mention, context: Context, own: Sequence[str]) -> str:
    """What those counted do, where nothing says that it is done to them: 823人组织上门送教."""
    if family_of_mention(mention) != "persons":  # 11个县区开展…
        return ""
    gathered = GATHERED.search(context.masked)
    if gathered and STUDENTS.match(context.near_after) is None and _names_ahead(context, own):
        return gathered[0]
    found = DONE_BY.match(context.near_after)
    if found is None or (found["who"] and TAKES_PART.match(found["do"])):
        return ""
    return "" if TO_WHOM.search(context.clause_before) else found[0]


def _each(context: Context) -> str:
    """各县区分别…1915人: one number for each of several."""
    clause = context.clause_before
    if (of_all := OF_ALL.search(clause)) and context.run[1] == 1:
        return of_all[0]
    found = EACH.search(context.masked if CLAUSE_END.search(context.masked) is None else clause)
    return found[0] if found and context.run[1] == 1 and COUNTED not in context.plain_rest else ""


def _reckoned(context: Context) -> str:
    found = RECKONED.search(context.after)
    return found[0].strip() if found else ""


def _since(context: Context, parts: Parts) -> str:
    """脱贫攻坚以来: since what, where it is no time that can be computed nor the office's own work."""
    text = without_places(context.plain_before, parts)
    for one in SINCE.finditer(text):
        said = one["since"].lstrip("自从")
        mine = any(word in said for word in words("since"))
        if not mine and not ONGOING.match(said):
            return f"{said}以来"
    return ""
