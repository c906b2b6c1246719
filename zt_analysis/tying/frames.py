"""What stands around a statement and changes nothing of it: labels, who says it, how it came about, a letter's forms.

小结：, 督导组指出，, 在…的领导下， and 特此函告。 are known by kind and position, not word by word: a label opens its
sentence and is made of declared words (kinds ``label`` and ``label_of``), who says it is followed by a verb of
telling (``speaker``, ``speaks``), a circumstance is a clause of its own of declared words alone. Each is blanked, as
long as it is, in a sentence that states a number; places of the tables stay. Whatever is not whole stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.office import current
from zt_analysis.tying import higher
from zt_analysis.tying.blanking import without_words
from zt_analysis.tying.case import Case
from zt_analysis.tying.closed import MOVED, RUN
from zt_analysis.tying.divisions import where
from zt_analysis.tying.form_lines import is_held_since
from zt_analysis.tying.frame_forms import BYLINE, INTRODUCED, TOLD_OF, label, line, spoken
from zt_analysis.tying.headings import DAY
from zt_analysis.tying.letters import CLOSING, TITLE, form_of_letter, is_asked_for, opening
from zt_analysis.tying.looked_past import how_or_why, is_looked_past, without_asides
from zt_analysis.tying.marks import DIVIDED, HIDDEN, SENTENCE_END
from zt_analysis.tying.outline import LONGEST
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.presented import is_presented
from zt_analysis.tying.sentences import STATED
from zt_analysis.tying.shown import is_shown
from zt_analysis.tying.subjects import TAKES_BACK
from zt_analysis.tying.time_words import BASE, OTHER, TERMS
from zt_analysis.tying.vocabulary import pattern, together

_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]")
# a circumstance is no clause that tells what to do or what may be: 督查组要求，全市…
DEMAND = re.compile(
    r"(?:要求|决定|部署|研究|号召|呼吁|倡议|审议|批示|规定|安排|提出|希望|方案|意见|议案|办法|草案|请示|布置|通知|建议|申请|争取|动员|组织|规划|谋划|责成|强调"
    r"|是|为|有|达|让|使|把|将|对|(?<!导)向|给|由|从|比|按|和|与|及|或|不|未|没|共|约|近|仅|超|逾|若|如|除|即|其|等|等等)$"
)
PLANNED = ("plan", "plan_clause", "plan_near")
# what circumstances may be made of
TOLD = ("topic", "work", "apart", "narrative", "circumstance", "actor", "known", "filler")
SHORTEST = 3
NAMES = 4
DIGIT = re.compile(r"\d")
# of what a clause without a verb of work is a circumstance: 在…下; who is counted among whom is none
PREPOSED = re.compile(
    r"(?:在|针对|为了?|通过|经过?|面对|面临|按照|根据|遵照|围绕|以|随着|伴随着|结合|依托|坚持|自|采取|借助|依靠|凭借|运用|本着|立足|着眼|聚焦|紧扣|瞄准|近年来|连日来)"
)
# of what years nobody says: only where the sentence names the time of its number is it a circumstance
VAGUE = re.compile(
    r"(?:近[些几]?|这些|多|几|历|最近几?)年以?来|历来|(?:长期|一直)以来|连日来|这段时间以?来|(?:近|最近)一?(?:段时间|个时期)以?来?"
)
OWN_TIME = re.compile(r"截[至止]|\d\s*[日月]|学期|今年|本周|目前")
# 在高寒山区: where the number is of
IN_PLACE = re.compile(r"在(?!全|我|各)[^，,]*(?:区|村|寨|镇|乡|县|市|山|校|地|片|点|城|方|部|带)$")
# 按照方案: what it says is to be
BY_PLAN = re.compile(r"(?:方案|办法|规划|计划|目标|任务|指标|预算|清单|规定|标准|要点|责任书|安排表?)$")
# to order or to be ordered is no plan: 按照…部署，
ORDERED = re.compile(
    r"(?:在|为(?:落实|贯彻)|按照?|根据|遵照|依照|依据|围绕|落实|贯彻|贯彻落实|对照|紧扣|坚决落实|认真落实|全面落实)"
)
# 脱贫攻坚打响以来: a time, which others judge
TIME = re.compile(
    r"(?:(?<!近年)(?<!连日)(?<!一直以)(?<!长期以)(?<!多年)(?<!几年)(?<!历)来|起|后|前|时|之际|期间|[底末初])$"
)
AMONG = re.compile(r"(?:之中|当中|中|里|内|之间)$")
NOT_AMONG = re.compile(
    r"(?:过程|工作|活动|行动|实践|攻坚|推进|排查|走访|核查|督查|进程|大局|全局|布局|浪潮|热潮)(?:当|之)?中$"
)
TOWARDS = re.compile(r"(?:针对|对|向|给|面向)(?!.*(?:实际|问题|特点|情况|形势|现实|困难|原因|短板|弱项|难点))")
# 请核实: of the number before
CHECKED = re.compile(r"核|重[做来新搞弄填报写]|查[证实对]|比对|(?<!整)改(?![善进革造])|更|退|补报")
# 数据截至11月8日
DATA = re.compile(r"(?:以上|本期|本文)?(?:统计|相关|有关)?(?:数据|信息|统计|情况)(?:均|统计)?(?=截[至止])")
# 占全市的, 为全市最低: the whole is what the number is compared with
CITY = re.compile(r"(?<![占居列比较])[全我本]市(?!第|最|首位|末位|平均|水平)")
QUOTED = re.compile(r"“[^”\d不没未无非假虚]{2,24}”")
MONTH = re.compile(r"[（(]?(?P<month>\d{1,2})月份?[）)]?(?![\d日])")
REQUEST = re.compile(
    r"\s*(?:(?:敬请|务请|恳请|请|望|希望|盼)(?!求)"
    r"|(?:各(?:县区|地|校|级各部门|级|部门|单位|乡镇|学校)|全市上下|(?:有关|相关)(?:县区|部门|单位)|大家|我们|会议|下一?步|今后|接下来)?[，]?(?:仍|还|都|均|一定)?(?:要|需|务必|必须|务求|应当?|须)(?![的求么不]))"
)


def unframed(text: str, mentions: Sequence[Mention], case: Case) -> str:
    """``text``, as long as it is, without what stands around its statements and changes none."""
    figures = [one for one in mentions if one.role == "figure" and one.kind in STATED]
    starts = [one.start for one in figures]
    pieces, begins = [], 0
    for ends in (*(one.end() for one in SENTENCE_END.finditer(text)), len(text)):
        sentence = text[begins:ends]
        first = bisect_left(starts, begins)
        states = first < len(starts) and starts[first] < ends
        if sentence.strip():
            inside = figures[first : bisect_left(starts, ends)] if states else []
            # ，两县要加大力度: it says where
            last = next((one.start for one in reversed(inside) if not is_shown(text, one)), begins)
            numbers = [one.start - begins for one in inside]
            sentence = _stated(sentence, numbers, last - begins, case) if states else _told(sentence, case)
        pieces.append(sentence)
        begins = ends
    return "".join(pieces)


def _told(sentence: str, case: Case) -> str:
    """A sentence without a number: a form of a letter, blanked whole; the number of a motion in a title."""
    if form_of_letter(sentence.strip(), case.parts):
        return _emptied(sentence)
    introduced = INTRODUCED.fullmatch(sentence.strip())
    if is_held_since(sentence, case) or (introduced and _is_told(introduced["of"], case)):
        return _emptied(sentence)
    months = {case.paper.period.as_of.month, int(case.paper.issued_on[5:7])}
    titled = TITLE.sub(_blank, CLOSING.sub(_blank, sentence))  # 以上为全市数，特此说明。
    if len(titled) > LONGEST:
        return titled
    return MONTH.sub(lambda one: _blank(one) if int(one["month"]) in months else one[0], titled)


def _emptied(sentence: str) -> str:
    ended = sentence.rstrip(" 。！!\n")
    return " " * len(ended) + sentence[len(ended) :]


def _stated(sentence: str, numbers: Sequence[int], last: int, case: Case) -> str:
    """A sentence that states ``numbers``, which begin there, without its frames; ``last``: of those that count."""
    at, opens = len(sentence) - len(sentence.lstrip("”’ ")), True  # “…。”发言人说，
    labelled = label(current()).match(sentence)  # 亮点1： holds a number, and is none
    numbers = [one for one in numbers if labelled is None or one >= labelled.end()]
    if not numbers:
        return sentence
    number = numbers[0]
    if closed := CLOSING.search(sentence, numbers[-1]):
        sentence = sentence[: closed.start()] + _blank(closed) + sentence[closed.end() :]
    if about := TOLD_OF.match(sentence, 0, number):
        of = about.span("of")
        if is_presented(f"说明{about['of'].strip('“”')}", case):  # 关于差异原因的说明：
            of = (of[0], of[0])
        sentence = " " * of[0] + sentence[slice(*of)] + "，" + " " * (about.end() - of[1] - 1) + sentence[about.end() :]
    sentence = _without_others(without_asides(sentence, number, case), number, last or numbers[-1], case)
    while at < number:
        end = _frame(sentence, at, number, opens=opens, case=case)
        if end > at:
            sentence = sentence[:at] + _without_places(sentence[at:end], case) + sentence[end:]
            at = end
            continue
        opens = False
        mark = _CLAUSE.search(sentence, at)
        if mark is None:
            break
        at = mark.end()
    return sentence


def _without_others(sentence: str, first: int, last: int, case: Case) -> str:
    """A sentence without the clauses behind its numbers that ask for work or are of another thing."""
    passed = -1  # where the clause ends that was looked past last
    for mark in (one for one in _CLAUSE.finditer(sentence, first) if one[0] in "，,；;。"):
        behind = mark.start() >= last
        rest = sentence[mark.end() :].rstrip("。！!\n ")
        asked = REQUEST.match(rest) if behind else None
        if asked and (is_asked_for(rest) or _is_request(rest[asked.end() :], case)):
            return sentence[: mark.end()] + " " * len(rest) + sentence[mark.end() + len(rest) :]
        if DIVIDED.match(sentence, mark.start()):  # ；从学段看，: of what the list behind is
            continue
        following = _CLAUSE.search(sentence, mark.end())
        ends = following.start() if following else len(sentence)
        if is_looked_past(sentence[mark.end() : ends], case, goes_on=not behind, follows=mark.start() == passed):
            passed = ends
            sentence = sentence[: mark.end()] + " " * (ends - mark.end()) + sentence[ends:]
    return sentence


def _is_request(said: str, case: Case) -> bool:
    return not any(one.search(said) for one in (CHECKED, pattern("awaited"))) and _is_told(said, case, "request")


def _is_told(said: str, case: Case, *kinds: str) -> bool:
    """Whether words are declared ones alone, name no part but the whole and take nothing back."""
    if HIDDEN in said or where(said) or any(one.search(said) for one in (DIGIT, MOVED, pattern("document"))):
        return False
    plain = _circumstanced(said)
    if any(pattern(kind).search(plain) for kind in TAKES_BACK):
        return False
    named = case.parts.named(plain)
    if any(one.dimension != "whole" for one in named):
        return False
    for one in named:
        said = said[: one.start] + "，" * (one.end - one.start) + said[one.end :]
    return RUN.search(together("compound", *TOLD, *kinds).sub(lambda one: "，" * len(one[0]), said)) is None


def _frame(sentence: str, at: int, number: int, *, opens: bool, case: Case) -> int:
    """Where the frame that begins at ``at`` ends; ``at`` where none does."""
    mark = _CLAUSE.search(sentence, at)
    if mark and sentence[at : mark.start()].strip() in case.figure_words:  # 抽查情况：东川县31户: what they are
        return at
    if opens and (end := _opened(sentence, at, number, case)):
        return end
    if mark and mark[0] in "，,：:" and mark.end() <= number:
        told = sentence[at : mark.start()].strip()
        if is_presented(told, case) and _stays(told, sentence, mark.end(), case):
            return mark.end()
    said = (form for holds, form in spoken(current(), _places(case)) if holds.search(sentence, at, number))
    for form in (DATA, INTRODUCED, *said):
        if (found := form.match(sentence, at)) and found.end() <= number:
            # 乙市教育局报送：全市…: of which city
            of = found["of"] if "of" in found.re.groupindex else ""
            if form is INTRODUCED and is_presented(f"说明{without_words(of, case.figure_words)}", case):
                of = ""
            if higher.SAYS.match(found[0]) or (of and not _is_told(DAY.sub("，", higher.PASSED_ON.sub("", of)), case)):
                return at
            return found.end() if _stays(found[0], sentence, found.end(), case) else at
    return _circumstance(sentence, at, number, case)


def _opened(sentence: str, at: int, number: int, case: Case) -> int:
    """Where the label, the form of a letter or the first words of a newspaper end that open a sentence; 0 of none."""
    if (found := label(current()).match(sentence, at)) and found.end() <= number:
        return found.end()
    if end := opening(sentence, at):
        return end
    forms = (form.match(sentence, at) for form in (line(current(), _places(case)), BYLINE))
    return next((found.end() for found in forms if found and found.end() <= number), 0)


def _stays(framed: str, sentence: str, ends: int, case: Case) -> bool:
    """Whether the place that a frame names can be the number's: no 全市 follows 乙市教育局通报."""
    mine = any(one.counted for one in case.parts.named(framed)) or _member(_places(case)).match(framed)
    return not (mine and CITY.search(sentence, ends))


def _places(case: Case) -> tuple[str, ...]:
    """The names of the parts and of the whole, as expressions."""
    members = (name["zh"] for one in case.registers.values() for name in one.values())
    short = {each for name in members for each in (name, name[:-1] if len(name) > SHORTEST - 1 else name)}
    return (*sorted(map(re.escape, short), key=len, reverse=True), whole_pattern().pattern)


@cache
def _member(places: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(places[:-1]) or '(?!)'})")


def _circumstance(sentence: str, at: int, number: int, case: Case) -> int:
    """Where a clause of declared words alone ends that states nothing: 在市委的领导下，; ``at`` where it is none."""
    mark = _CLAUSE.search(sentence, at)
    if mark is None or mark[0] not in "，,：:" or mark.end() > number:
        return at
    # an enumeration by 、 is one clause
    said = sentence[at : mark.start()].strip()
    if len(said) < SHORTEST or (VAGUE.fullmatch(said) and not OWN_TIME.search(sentence, mark.end(), number)):
        return at
    led = how_or_why(said, _places(case))
    told = mark[0] in "，," and (_is_circumstance(said, case) or is_looked_past(led, case, goes_on=True))
    return mark.end() if told or is_looked_past(said, case, goes_on=True, labels=mark[0] in "：:") else at


def _is_circumstance(said: str, case: Case) -> bool:
    if any(one.search(said) for one in (BASE, OTHER, TIME, BY_PLAN)):
        return False
    if any(one.match(said) for one in (TOWARDS, IN_PLACE, higher.SAYS)):
        return False
    if (DEMAND.search(said) and not ORDERED.match(said)) or (AMONG.search(said) and not NOT_AMONG.search(said)):
        return False
    if PREPOSED.match(said) is None and not _tells(said, case):
        return False
    if any(pattern(kind).search(_circumstanced(said)) for kind in PLANNED):
        return False
    quoted = QUOTED.sub("，", said) if PREPOSED.match(said) else said  # 围绕“劝得回、留得住”
    return _is_told(quoted, case) and (quoted == said or (not where(said) and not _parts_of(said, case)))


def _parts_of(said: str, case: Case) -> bool:
    return any(one.dimension != "whole" for one in case.parts.named(said))


def _tells(said: str, case: Case) -> bool:
    """Whether a clause says what was done, and names no figure: 营养改善计划…，支出 says of what the next is."""
    done = any(len(one[0]) > 1 for one in together("work", "circumstance").finditer(said))
    done = done or any(len(one[0]) >= NAMES for one in pattern("apart").finditer(said))
    return done and not any(len(one) >= NAMES and one in said for one in case.figure_words)


def _circumstanced(said: str) -> str:
    """The clause without what denies or plans nothing in it: 不懈努力, 任务重."""
    return together("compound", "apart", "work", "circumstance", "actor").sub(
        lambda one: "，" * len(one[0]) if len(one[0]) > 1 else one[0], said
    )


def _without_places(framed: str, case: Case) -> str:
    """A frame blanked but for the places of the tables in it, and the mark behind it where it holds one."""
    opens = _member(_places(case)).match(framed)  # 乙市教育局: of 乙市, not 市教育局
    # 干部走村 is no village here: what is told names none
    kinds = case.parts.places
    named = [
        one for one in case.parts.named(framed) if one.dimension == "whole" or (one.counted and one.dimension in kinds)
    ]
    places = [(one.start, one.end) for one in named if opens is None or one.start >= opens.end()]
    presented = INTRODUCED.fullmatch(framed.strip()) or is_presented(framed.strip(" ，,：:"), case)
    if presented:  # 现将11月8日的进展通报如下：: of which day or term
        places += [one.span() for form in (DAY, TERMS) for one in form.finditer(framed)]
    kept = [" "] * len(framed)
    for start, end in (*([opens.span()] if opens else []), *places):
        kept[start:end] = framed[start:end]
    if opens or places:
        kept[-1] = framed[-1] if _CLAUSE.match(framed[-1]) else "，" if framed[-1].isspace() else " "
    return "".join(kept)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
