"""The figures that a number follows from: numbers before it, and figures that its clause names and does not print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted, find
from zt_analysis.numbers import Mention
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import HERE, Form
from zt_analysis.tying.marks import CLAUSE_END
from zt_analysis.tying.part import Named
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.ranks import is_among
from zt_analysis.tying.readings import Reading
from zt_analysis.tying.restated import read_form
from zt_analysis.tying.wholes import CLAUSE_STOP
from zt_analysis.units import UNITS

# 是最少的西岭县的13倍
RANKED = re.compile("(?:人数|数量)?(?P<most>最[多高少低])的(?:是)?")
LATTER, FORMER = "后者", "前者"
COUNTED_THINGS = re.compile("(?:的|已|都|均|被|共|接受|享受|得到)*(?:学生|孩子|儿童|同学|学子|娃娃|少年)?")
COUNTS = re.compile(r"(?:则|的)?(?:学生|人数|总人数|总数|金额|资金)?$")
LIST_WORD = re.compile(r"[两二](?:县|个|地|项|区|市|类|种)")
TRIED = ("persons", "fen", "cases", "ratio")
LEAST = 2
OVERALL = re.compile(r"的?(?:平均?|总体|整体|人均|生均)?(?:水平|值|数)?$")
# 9926人，为全市最少，比: where a number is among others, which is held at the number itself
PLACED = re.compile(
    r"[，,](?:位?居|位?列|排名?|为|是)(?:全市|我市|各县(?:市?区)?|各学段)?(?:倒数)?(?:第[一二三四五六七八九十\d]{1,2}位?|最[多少高低]|首位|末位|榜首)$"
)
# what may stand between the marks of a clause
WORDS = r"[^，,。；;：:、（()）\d]"


@dataclass(frozen=True)
class Clause:
    """A number that may be derived, in its sentence.

    Attributes:
        text: the sentence up to it; after: what follows; begins: where the sentence does.
        before: the numbers before it in its sentence that mean one figure.
    """

    mention: Mention
    text: str
    after: str
    begins: int
    before: tuple[Reading, ...]
    above: str
    case: Case


@dataclass(frozen=True)
class Found:
    """Figures with how a number follows from them; ``since``: where in the sentence the words begin that say so."""

    how: str
    of: tuple[Wanted, ...]
    since: int
    said_of: tuple[Reading, ...] = ()


def pair_of(clause: Clause, found: re.Match[str]) -> Found | None:
    """The two figures that are held against each other."""
    one, other = found["one"].strip(), found["other"].strip()
    least = RANKED.match(other)
    other = other[least.end() :] if least else other
    other = other if _scope(other, clause.case) else COUNTS.sub("", other)
    if {one, other} == {LATTER, FORMER}:
        return last_two(clause, found.start(), one)
    first = _subject(clause, one, found)
    second = _against(clause, first.of[0], other, found) if first else None
    if least and second and not is_among(second.of[0], least["most"], clause.case):
        return None
    return (
        Found("", (*first.of, *second.of), found.start(), (*first.said_of, *second.said_of))
        if first and second
        else None
    )


def last_two(clause: Clause, place: int, one: str) -> Found | None:
    """The two numbers right before ``place``, the one first that is called ``one``: 前者 or 后者."""
    last = last_of(clause, LEAST, place)
    if len(last) != LEAST or not follows(clause, last[-1], place):
        return None
    both = last if one == FORMER else last[::-1]
    return Found("", tuple(each.wanted[0] for each in both), place, both)


def _subject(clause: Clause, words: str, found: re.Match[str]) -> Found | None:
    """What is more, or so many times as much: the number right before it, one of a part, or what is named."""
    if not words:
        last = elided(clause, found.start())
        return Found("", (last[0].wanted[0],), found.start(), last) if last else None
    return _printed(clause, words) or _of_words(clause, words, found)


def _against(clause: Clause, of: Wanted, words: str, found: re.Match[str]) -> Found | None:
    """With what it is compared: another part of the same, the same on the base date, or another figure."""
    case = clause.case
    period = case.paper.period
    if _is_base(clause, found):
        return Found("", (replace(of, period=period.at(period.base_on)),), 0) if _is_dated(of, case) else None
    if re.search(r"\d", words):
        return None
    if scope := _scope(words, case):
        # 东川县比初中多: of another kind of part
        other = len(of.scope) == 1 and of.scope[0][0] == scope[0][0] and of.scope != scope
        return Found("", (replace(of, scope=scope),), 0) if other else None
    if whole_pattern().fullmatch(OVERALL.sub("", words)):  # 比全市平均高0.32个百分点
        of_part = of.scope and find(of.indicator).unit in ("ratio", "fen_per_person")
        return Found("", (replace(of, scope=()),), 0) if of_part else None
    named = {(one.dimension, one.values) for one in _parts(words, case, case.figure_words)}
    if named - {(dimension, (value,)) for dimension, value in of.scope}:
        return None  # 初中远程送教1118人，比初中上门送教: of the same part
    second = _printed(clause, words) or _of_words(clause, words, found)
    same = second and second.of[0].period == of.period and second.of[0].scope == of.scope
    return second if same else None


def _is_dated(of: Wanted, case: Case) -> bool:
    return find(of.indicator).has_base and of.period == case.paper.period


def _is_base(clause: Clause, found: re.Match[str]) -> bool:
    """Whether what it is compared with is the base date."""
    first, last = (clause.begins + place for place in found.span("other"))
    said = found["other"].strip()
    base = clause.case.paper.period.base_on
    return (
        last > first
        and re.fullmatch(rf"(?:{base.year}年)?{base.month}月{base.day}日(?:时|的?(?:人数|水平|数量))?|基期|期初", said)
        is not None
    )


def _printed(clause: Clause, words: str) -> Found | None:
    """新立案798件、销案1846件，销案比新立案多: the number before that is called so."""
    case = clause.case
    plain = COUNTS.sub("", whole_pattern().sub("", words))
    scope, named = _scope(plain, case), _parts(plain, case)
    fitting = []
    for one in clause.before:
        if len(one.wanted) != 1:
            continue
        (wanted,) = one.wanted
        if scope:
            hit = wanted.scope == scope
        else:
            own = {word for phrase in case.phrases if phrase.indicator == wanted.indicator for word in phrase.words}
            hit = not named and not wanted.scope and plain in own
        if hit:
            fitting.append(one)
    return Found("", fitting[0].wanted, 0, (fitting[0],)) if len({one.wanted[0] for one in fitting}) == 1 else None


def _of_words(clause: Clause, words: str, found: re.Match[str]) -> Found | None:
    """The figure that is named and not printed."""
    wanted = named_of(clause, found.start("one"), words, TRIED)
    dated = wanted and find(wanted.indicator).has_base and wanted.period != clause.case.paper.period
    return Found("", (wanted,), 0) if wanted and not dated else None


def named_of(clause: Clause, ends: int, words: str, units: Sequence[str]) -> Wanted | None:
    """The one figure that a number right behind ``words`` would be, in the sentence as it is up to ``ends``."""
    return named_in(clause, clause.text[:ends], words, units)


def named_in(clause: Clause, lead: str, words: str, units: Sequence[str]) -> Wanted | None:
    """The same behind ``lead``."""
    return named_at(f"{lead}{words}{HERE}{clause.after}", units, clause.above, clause.mention, clause.case)


def named_at(text: str, units: Sequence[str], above: str, mention: Mention, case: Case) -> Wanted | None:
    """The one figure that a number at ``HERE`` in a sentence would be, tried in each of ``units``."""
    found: set[Wanted] = set()
    for unit in units:
        reading = read_form(Form(text, surface=f"100{UNITS[unit].zh}"), above, mention, case)
        if reading and len(reading.wanted) == 1 and find(reading.wanted[0].indicator).unit == unit:
            found.add(reading.wanted[0])
    return found.pop() if len(found) == 1 else None


def part_of(words: str, case: Case) -> tuple[tuple[str, str], ...]:
    """The part that ``words`` name and nothing else; empty where they name none."""
    return _scope(words, case) or _scope(COUNTS.sub("", words), case)  # 小学生 is no 小 of 学生


def _scope(words: str, case: Case) -> tuple[tuple[str, str], ...]:
    named = _parts(words, case)
    one = named[0] if len(named) == 1 and named[0].text == words and len(named[0].values) == 1 else None
    return ((one.dimension, one.values[0]),) if one else ()


def _parts(words: str, case: Case, names: Sequence[str] = ()) -> list[Named]:
    return [one for one in case.parts.named(words, names) if one.dimension != "whole"]


def last_of(clause: Clause, number: int, until: int) -> tuple[Reading, ...]:
    """The last numbers before ``until``, where each means one figure; 两 of 两县 is none of them."""
    ends = clause.begins + until
    counted = [one for one in clause.before if one.mention.end <= ends and not _is_list_word(one)]
    last = tuple(counted[-number:])
    return last if len(last) == number and all(len(one.wanted) == 1 for one in last) else ()


def _is_list_word(one: Reading) -> bool:
    return LIST_WORD.fullmatch(one.mention.surface) is not None


def elided(clause: Clause, place: int) -> tuple[Reading, ...]:
    """The number that words without a subject are said of: the one right before ``place``, or the whole of its list.

    失辍学4717人，其中小学329人、初中4388人；比9月20日减少1048人 is of the whole again: 其中 ends with the semicolon.
    Behind a comma it may be of either, and is of none.
    """
    last = last_of(clause, 1, place)
    listed = clause.text.rfind("其中", 0, place)
    if not last or last[0].mention.start < clause.begins + listed or listed < 0:
        return last if last and follows(clause, last[0], place) else ()
    items = [one for one in clause.before if clause.begins + listed < one.mention.start < clause.begins + place]
    over, again = CLAUSE_STOP.search(clause.text, listed, place), CLAUSE_STOP.match(clause.text, place)
    if not follows(clause, last[0], place) or (over and again):
        return ()
    if again:
        return last_of(clause, 1, listed)
    # 其中…；初中4388人，比: of the item that it is in
    return last if over or len(items) == 1 else ()


def follows(clause: Clause, one: Reading, place: int) -> bool:
    """Whether the words begin right behind a number, or behind what it counts: 508名学生劝返复学，占全市的26.5%.

    Nothing between them may say of what else they are.
    """
    between = PLACED.sub("", clause.text[one.mention.end - clause.begins : place])
    if CLAUSE_END.search(between):
        return False
    if between.strip("）) ") and len(one.wanted) == 1:
        between = _without_own(between, one.wanted[0], clause.case)
    return not between.strip("）) ")


def _without_own(said: str, wanted: Wanted, case: Case) -> str:
    """The words behind a number without those that say what it counts."""
    own = (word for one in case.phrases if one.indicator == wanted.indicator for word in one.words)
    for word in sorted({*own}, key=len, reverse=True):
        said = said.replace(word, "")
    return COUNTED_THINGS.sub("", said)
