"""Wording against values: what the document contradicts itself, fall and rise since the base date, one figure twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_analysis.documents import Document
from zt_analysis.figures import Figure
from zt_analysis.terms import filled, labels
from zt_analysis.tying.case import Case
from zt_analysis.tying.places import in_words
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.tie import GREEN, Remark, Tie

if TYPE_CHECKING:
    from zt_analysis.proof import Finding, Proof

# 由9月20日的5765人降到11月8日的4717人
_TO = r"(至|到|为)了?(?:(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日时?的?)?[约近]?\s*$"
FALL = re.compile(rf"(降|减|跌|下降|减少|下调|缩小|回落|压减|压降|缩减|收窄)(低|少|小)?了?{_TO}")
RISE = re.compile(rf"(升|增|涨|上升|增加|提高|上调|扩大|增长|提升|攀升|跃升)(高|长|加)?了?{_TO}")
# what may count the same people twice: contradictions of the text that its reviewer has to see, though none is certain
SHOWN = ("parts",)
LEAST = 2


def remarks(
    ties: Sequence[Tie], sentences: Sentences, bases: Mapping[str, Figure], proof: Proof, document: Document, case: Case
) -> list[Remark]:
    """Everything that the wording says and the values do not.

    Args:
        bases: for the key of a figure, the same figure at the base date.
        proof: ``document`` held against itself.
    """
    told = [*proof.contradictions, *(one for one in proof.doubtful if one.kind in SHOWN)]
    placed = {(tie.start, tie.end): tie for tie in ties}
    told = [one for one in told if not (_lists_some_members(one, placed, case) or _are_of_several(one, placed))]
    found = [_contradicted(one, document) for one in told]
    seen = {one.start for one in found}
    for tie in ties:
        if tie.start in seen or not isinstance(tie.mention.value, Decimal):
            continue
        if text := _since_base(tie, sentences.around(tie.mention).before, bases):
            found.append(Remark(tie.start, tie.end, tie.place, "direction", text))
    # one figure twice with two values is told once, by its key or by the words before it
    return found + [one for one in _twice(ties) if one.start not in seen]


def _contradicted(one: Finding, document: Document) -> Remark:
    start, end = one.at or one.numbers[-1]
    key = "tie_contradicts" if one.holds is False else f"tie_{one.kind}"
    words = filled(key, kind=labels(f"proof_{one.kind}"), states=one.states, computed=one.computed)
    return Remark(start, end, in_words(document.place_of(start)), one.kind, words)


def _lists_some_members(one: Finding, placed: Mapping[tuple[int, int], Tie], case: Case) -> bool:
    """Whether the parts of a whole are some members of a register, not all: 抽查336户（西平区55户，东川县79户）."""
    if one.kind != "sum" or one.at is None or not one.difference.startswith("+"):
        return False
    ties = [placed.get(span) for span in one.numbers if span != one.at]
    scopes = [{*tie.wanted.scope} if tie and tie.wanted else set() for tie in ties]
    # 其中小学330人（东川县88人、西平区59人）: all of them are of the primary schools
    shared = set.intersection(*scopes) if scopes else set()
    scopes = [scope - shared for scope in scopes]
    members = {name for scope in scopes for name in scope if name[0] in case.registers}
    apart = len(members) == len(scopes) == sum(map(len, scopes)) and len({name for name, _ in members}) == 1
    return apart and len(members) < len(case.registers[next(iter(members))[0]])


def _are_of_several(one: Finding, placed: Mapping[tuple[int, int], Tie]) -> bool:
    """Whether numbers that are right are no parts of one whole: of several figures, or of parts of several kinds.

    受助、送教分别为1915人、823人，其中小学330人、260人; 受助1915人，其中小学330人、初中1585人，东川县508人.
    """
    ties = [placed.get(span) for span in one.numbers]
    known = [tie.wanted for tie in ties if tie and tie.wanted and tie.status in GREEN]
    if one.kind not in ("sum", "part", "parts") or len(known) < len(ties) or len(known) < LEAST:
        return False
    kinds = {tuple(name for name, _ in wanted.scope) for wanted in known} - {()}
    return len({wanted.indicator for wanted in known}) > 1 or len(kinds) > 1


def _since_base(tie: Tie, before: str, bases: Mapping[str, Figure]) -> dict[str, str] | None:
    """升至B where the figure has fallen since the base date, and the other way round."""
    moved = FALL.search(before) or RISE.search(before)
    base = bases.get(tie.figure.key) if tie.figure else None
    if moved is None or base is None or tie.figure is None or tie.figure.at == base.at:
        return None
    then, now = base.exact, tie.figure.exact
    if then is None or now is None or (now < then if moved.re.pattern == FALL.pattern else now > then):
        return None
    return filled("tie_direction", word=moved[0].strip(), first=base.display(), second=tie.figure.display())


def _twice(ties: Sequence[Tie]) -> Iterator[Remark]:
    """One figure printed with two values."""
    printed: dict[str, Tie] = {}
    for tie in ties:
        if tie.figure is None or tie.status == "unit_differs" or not isinstance(tie.mention.value, Decimal):
            continue
        first = printed.setdefault(tie.figure.key, tie)
        same_form = first.mention.qualifier == tie.mention.qualifier == "exact"
        if same_form and first.mention.step == tie.mention.step and first.mention.value != tie.mention.value:
            said = (first.mention.surface, tie.mention.surface)
            words = filled("tie_twice", first=said[0], second=said[1], place=first.place)
            yield Remark(tie.start, tie.end, tie.place, "twice", words)
