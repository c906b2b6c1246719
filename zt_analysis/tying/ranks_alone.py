"""Places among all that are said without a number: 劝返复学人数东川县居第一，西平区列第二; 在全市排第4位.

Such a place is computed over all parts, by the figure that the words name; a wrong one is named. A place of a part
whose figure the words do not name, or in which anything is not understood, is unproven: it is no mere ordinal.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted
from zt_analysis.tying.case import Case
from zt_analysis.tying.counted_places import told
from zt_analysis.tying.derived_from import named_at
from zt_analysis.tying.forms import HERE
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.part import Named
from zt_analysis.tying.ranks import place_of
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.restated import above_of
from zt_analysis.tying.sentences import Sentences

PLACED = re.compile(
    r"(?:均|都|也|仍|则|分别)?(?:位居|位列|名列|列居|排名|排在|排列|排位|居于|居|列|排)(?:在|于)?"
    r"(?:(?:全市|我市|各县(?:（市、区）|市?区)?|\d{1,2}个县(?:（市、区）|市?区))(?:各县(?:市?区)?)?(?:中|之中)?(?:排名|排|列|居)?)?(?:的)?(?P<last>倒数)?$"
)
ENDS = re.compile(r"\s*(?:[，,。；;、！）)\n]|$)")
# from the most to the least, said or taken for granted; from the least it is another place
ORDERED = re.compile(
    r"(?:按|按照|以)?(?:人数|数量|金额)?(?:由|从)[多高大]到[少低小](?:的?顺序)?(?:排序|排列|排)?|在(?:全市|各县(?:市?区)?)(?:各县(?:市?区)?)?(?:中|之中)?$"
)
BY = re.compile(r"^按照?(?P<of>[^，,]{2,14}?)(?:的?(?:多少|高低|大小))?(?:来?排序?|排名|排列|计|算)?$")
# ，西平区列第二: another's, judged at its own
AGAIN = re.compile(r"[，,；;、][^，,；;。]{2,20}?第(?:[一二三四五六七八九十]|\d{1,2})[位名]?(?=[，,；;。])")
NTH = re.compile(r"第(?:[一二三四五六七八九十]|\d{1,2})[位名]?$")
COUNTED_BESIDE = re.compile(r"\d\s*[万亿]?[人名元件户%％]")
UNITS_TRIED = ("persons", "fen", "cases", "ratio", "households", "fen_per_person", "days")
RANKED_UNITS = ("", "位", "名")


def ranked(reading: Reading, sentences: Sentences, case: Case) -> Reading:
    """The reading of an ordinal; of one that says a part's place among all, whether it has it."""
    mention = reading.mention
    # a number in a circle marks a note
    counts = mention.kind == "ordinal" and mention.surface.startswith("第") and mention.unit in RANKED_UNITS
    if not counts or not isinstance(mention.value, Decimal):
        return reading
    start, end = sentences.bounds(mention)
    before, after = sentences.text[start : mention.start], sentences.text[mention.end : end]
    placed = PLACED.search(before)
    clauses = CLAUSE_END.split(before[: placed.start()] if placed else before)
    member = _member(clauses[-1], case)
    alone = member is not None and clauses[-1].strip() == member.text  # 东川县第一，西平区第二
    if not ENDS.match(after) or not (placed or alone):
        return reading
    if reading.context.earlier and (member is None or COUNTED_BESIDE.search(clauses[-1])):
        return reading  # 东川县劝返复学508人，居第一: judged at the number
    if member is None:
        return replace(reading, excuse=None, meaning=None)
    rest = AGAIN.sub("", f"{after.rstrip('。 ')}。")
    wanted = _meant(clauses, member, rest, reading, case)
    place = place_of(wanted, case) if wanted and len(wanted.scope) == 1 else None
    if place is None:
        return replace(reading, excuse=None, meaning=None)
    rank, parts = place
    from_last = placed is not None and placed["last"]
    said = parts + 1 - mention.value if from_last else mention.value
    shown = parts + 1 - rank if from_last else rank
    return replace(reading, excuse=told("" if said == rank else f"第{shown}{mention.unit}", "tie_rank"))


def _member(clause: str, case: Case) -> Named | None:
    named = [one for one in case.parts.named(clause) if one.dimension in case.registers and len(one.values) == 1]
    return named[0] if len(named) == 1 else None


def _meant(clauses: list[str], member: Named, rest: str, reading: Reading, case: Case) -> Wanted | None:
    """The figure of the member: by the words of its clause, or by those of a clause before it of the same sentence."""
    own = ORDERED.sub("", clauses[-1])
    ahead = [one for one in clauses[:-1] if not _says_order(one, case)]
    lead = "".join(f"{one}，" for one in ahead)
    if found := _read(f"{lead}{own}", rest, reading, case):
        return found
    if own.replace(member.text, "").strip():
        return None
    for clause in reversed(clauses[:-1]):
        by, first = BY.match(clause.strip()), _member(clause, case)
        words = f"{member.text}{by['of']}" if by else ""
        if not by and first:
            words = _unplaced(clause).replace(first.text, member.text)
        if words and (found := _read(f"{lead}{ORDERED.sub('', words)}", rest, reading, case)):
            return found
    return None


def _says_order(clause: str, case: Case) -> bool:
    """按受助学生多少排, or the place of another member."""
    return BY.match(clause.strip()) is not None or (_unplaced(clause) != clause.strip() and bool(_member(clause, case)))


def _unplaced(clause: str) -> str:
    """劝返复学人数东川县 of 劝返复学人数东川县居第一."""
    return PLACED.sub("", NTH.sub("", clause.strip()))


def _read(words: str, rest: str, reading: Reading, case: Case) -> Wanted | None:
    """What a number between ``words`` and the ``rest`` of the sentence would mean."""
    return named_at(f"{words}{HERE}{rest}", UNITS_TRIED, above_of(reading.context), reading.mention, case)
