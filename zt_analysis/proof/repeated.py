"""One figure printed twice: in title, summary, body and tables, in another unit or precision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zt_analysis.proof.chains import Chain
from zt_analysis.proof.judging import judged
from zt_analysis.proof.reading import is_class
from zt_analysis.proof.result import Finding, Quantity
from zt_analysis.proof.tables import TOTAL_NAMES, Grid
from zt_analysis.proof.words import WHOLE, normal

SHORTEST, LONGEST_LEAD = 2, 30
# values beside the first that one name may have: a second is a slip, a third another thing
SEVERAL = 2
OPENING = re.compile(
    r"\s*(?=[\d第上下春秋截])(?:截[至止](?:到)?)?(?:(?:19|20)\d\d年度?)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|\d{1,2}日|底|末)?|[春秋]季学期)?(?=[，,全])"
)
EVERYWHERE = re.compile(r"全[国省市县区州乡镇校]|[我本][国省市县区州乡镇校]")
PLACE = re.compile(r"[^全][县区市镇乡省州村]|[县区市镇乡省州村].*[县区市镇乡省州村]")
DAY = re.compile(r"月\d{1,2}日")
# 1020人（9月20日）
DATED = re.compile(r"[（(][^（）()]*日[）)]")
LABEL = re.compile(r"\s*[一-龥]{2,8}[：:]\s*")
WITHIN = "县区乡镇校"
NAMED = re.compile(
    r"(?<![一-龥全各我本])(?:在|由|从|对)?(?P<name>[一-龥]{2,3}[县区乡镇])(?![区市级里])|【(?P<head>[一-龥]{2,4})】"
)
NARROW = re.compile(
    r"其中|新增|新建|计划|拟|将|力争|目标|预计|平均|均|每|至少|最[高低多少大小]|分别|另|如|若|以上|以下|历年|累计"
)


@dataclass(eq=False)
class Printed:
    """What the text prints of a whole, by its full name: name, unit and scope."""

    known: dict[tuple[str, str, str], list[Chain]] = field(default_factory=dict)
    place: str = ""

    def add(self, here: Sequence[Chain], heading: str) -> None:
        """The chains of a sentence."""
        named = [one["name"] or one["head"] for one in NAMED.finditer(here[0].sentence.text)] if here else []
        self.place = named[-1] if named else self.place
        for chain in here:
            if key := _key(chain, heading, self.place):
                self.known.setdefault(key, []).append(chain)

    def findings(self) -> Iterator[Finding]:
        """What is printed again, held against the first.

        A name with three values or more (共12行, 共30行, 共5行) is one of many things: of these nothing is said.
        """
        for chains in self.known.values():
            first = _when(chains[0])
            same = (chain for chain in chains[1:] if _same_time(first, _when(chain)))
            again = [found for chain in same if (found := _again(chains[0], chain))]
            differing = {one.states for one in again if not one.holds}
            yield from again if len(differing) < SEVERAL else ()


def _same_time(first: str, now: str) -> bool:
    """Whether two numbers may be of one time; what names a day (截至10月25日) is of that day alone."""
    if first == now:
        return True
    # 9月20日，全市返回1020人: of a day of its own
    if any(DAY.search(one) and not one.startswith("截") for one in (first, now)):
        return False
    return not now or (not first and not now.startswith("截"))


def _key(chain: Chain, heading: str, place: str) -> tuple[str, str, str] | None:
    """The full name, unit and scope of a level, if its words say all of it and stand at the head of a sentence.

    Args:
        place: the last one named, which 全县 means.
    """
    level, sentence = chain.level, chain.sentence
    if level is None or level.depth or is_class(level) or level.time or not (level.is_level or level.is_rate):
        return None
    narrowed = (
        DATED.match(level.tail)
        or NARROW.search(level.lead)
        or chain.base is not None
        or level.mention.qualifier == "approx"
    )
    if level is not sentence.quantities[0] or narrowed or len(level.lead) > LONGEST_LEAD:
        return None
    everywhere, titled = EVERYWHERE.search(level.lead), sentence.number == 0
    if not (everywhere or titled or "共" in level.lead):
        return None
    # 表二为花名册，共823人: what the sentence before names is no word of this one
    if len(level.key) < SHORTEST or level.key not in normal(level.lead):
        return None
    return level.key, level.unit, _of_where(everywhere[0] if everywhere else "", heading, place, titled=titled)


def _of_where(everywhere: str, heading: str, place: str, *, titled: bool) -> str:
    """What a level is of: 全县 of the county that was named last, as 乙县：…; else of what the heading names."""
    if everywhere[-1:] and everywhere[-1] in WITHIN:
        return f"{everywhere[-1]} {place}"
    if titled and not everywhere:
        return place
    return heading if not everywhere or PLACE.search(heading) else ""


def _when(chain: Chain) -> str:
    """The time with which a sentence opens: 2023年下半年 and 2024年上半年 are of two figures."""
    label = LABEL.match(chain.sentence.text)
    found = OPENING.match(chain.sentence.text, label.end() if label else 0)
    return "".join(found[0].split()).rstrip("，,") if found else ""


def _again(first: Chain, chain: Chain) -> Finding | None:
    one, other = first.level, chain.level
    return judged("repeated", other, one.interval, (one,)) if one and other else None


def prose_table_findings(chains: Sequence[Chain], grids: Sequence[Grid]) -> Iterator[Finding]:
    """Numbers of the prose against the cells that their words name: a row, a column and nothing else."""
    index = _index(grids)
    for chain in chains:
        level = chain.level
        if level is None or level.depth or level.time or NARROW.search(level.lead[-16:]) or not level.is_level:
            continue
        for name in {normal(level.subject), level.key}:
            cells = index.get((name, bool(WHOLE.search(level.lead))), [])
            if len(cells) == 1:
                yield from _cell(level, *cells[0])
                break


def _index(grids: Sequence[Grid]) -> dict[tuple[str, bool], list[tuple[Grid, int, int]]]:
    """Cells by the words that name them: row and column, or of a total the column alone."""
    found: dict[tuple[str, bool], list[tuple[Grid, int, int]]] = {}
    for grid in grids:
        for row, column in grid.cells:
            label, heading = grid.rows[row], re.sub(r"[（(].*?[）)]", "", grid.columns[column])
            if not heading or re.search(r"率|比|占|均|增|减", heading):
                continue
            place = (grid, row, column)
            if label in TOTAL_NAMES:
                found.setdefault((normal(heading), True), []).append(place)
            elif label:
                for whole in (True, False):
                    found.setdefault((normal(label + heading), whole), []).append(place)
    return found


SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百万": 1_000_000}


def _cell(level: Quantity, grid: Grid, row: int, column: int) -> Iterator[Finding]:
    cell = grid.cells[row, column]
    unit = re.search(r"[（(](百万|万|亿|千)?([一-鿿]{1,3})[）)]", grid.columns[column])
    scale = SCALES.get(unit[1] or "", 1) if unit else 1
    if unit and unit[2] not in (level.unit, level.mention.unit, {"人": "名", "所": "校"}.get(level.unit, "")):
        return
    found = judged("prose_table", level, cell.interval.times(scale), (level,))
    if found is None:
        return
    span = found.numbers[0]
    # the cell stands in the document's text, not in its prose: marked by a minus, put right by the caller
    yield Finding(
        found.kind, found.holds, (span, (-cell.start - 1, -cell.end - 1)), found.states, found.computed,
        found.difference, found.at,
    )  # fmt: skip
