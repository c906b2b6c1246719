"""A case's text as its ledger tells it: blocks of runs, each number with what stands behind it.

The page of a case shows its own text where it has one: each number of it is a place that a figure fills, or typed and
then a claim, excused or open. It is filled and held with the tables that the review has open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.bulletins import Paper
from zt_analysis.contents import content
from zt_analysis.documents.plain import read_markdown
from zt_analysis.errors import InputError, refuse_personal
from zt_analysis.office import current
from zt_analysis.project import find_root
from zt_analysis.sources import Tables
from zt_analysis.tying import Tie, case_of
from zt_analysis.tying.texts import NoNumberError, ties_of
from zt_analysis.writing.filling import Part, Run, Runs, Sheet
from zt_analysis.writing.holding import Number, number_of
from zt_analysis.writing.markdown import Span, written
from zt_analysis.writing.writing import filled, text_file

Told = dict[str, Any]
_PLACE = re.compile(r"\{[^{}]*\}")
_HAN, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")


def told_text(paper: Paper, tables: Tables) -> Told | None:
    """The text of ``paper`` with its numbers; None where it has none. One that cannot be filled says why: ``error``."""
    file = text_file(paper.case, find_root())
    if not file.is_file():
        return None
    name = file.relative_to(find_root()).as_posix()
    try:
        language = written_in(content(file).decode("utf-8", "replace"), paper.language)
        with current().active():  # it is asked for many times a number: not by the working folder each time
            _, sheet, name = filled(replace(paper, language=language), tables)
            refuse_personal(written(sheet).text, name)
            return {"file": name, "language": language, "blocks": _Teller(sheet, tables, name).blocks()}
    except InputError as error:
        # the figures are none the worse for it: the page says what keeps the text from being shown
        return {"file": name, "error": str(error), "blocks": []}


def written_in(text: str, language: str) -> str:
    """The language that a text is in, of a paper in ``language``: an English report may be about a Chinese bulletin.

    Its numbers are then those that the bulletin prints; what stands in a place is a name, in any language.

    >>> written_in("Children out of school: {失辍学人数}", "en"), written_in("失辍学{失辍学人数}, see QQ", "en")
    ('en', 'zh')
    """
    prose = _PLACE.sub(" ", text)
    return "zh" if language == "zh" or len(_HAN.findall(prose)) > len(_LATIN.findall(prose)) else language


class _Teller:
    """Tells the blocks of a sheet, with the numbers that a tie-out finds in it."""

    def __init__(self, sheet: Sheet, tables: Tables, name: str) -> None:
        self.sheet = sheet
        out = written(sheet)
        case = case_of(sheet.paper, tables, sheet.paper.printed_so_far())
        try:
            ties: Sequence[Tie] = ties_of(read_markdown(out.text, name), case)
        except NoNumberError:
            ties = ()
        self.numbers = [(tie, number_of(tie, out.spans, case)) for tie in ties]
        self.spans: dict[int, Span] = {id(one.run): one for one in out.spans}

    def blocks(self) -> list[Told]:
        """Each block with its kind and what it says."""
        return [self._block(part) for part in self.sheet.parts]

    def _block(self, part: Part) -> Told:
        source = part.source
        found: Told = {"kind": source.kind, "runs": self._runs(part.runs)}
        if source.kind == "heading":
            found["level"] = source.level
        if source.kind == "picture":
            found["chart"] = source.chart
        if part.rows:
            found["rows"] = [[self._runs(cell) for cell in row] for row in part.rows]
        return found

    def _runs(self, runs: Runs) -> list[Told]:
        return [told for run in runs for told in self._run(run)]

    def _run(self, run: Run) -> Iterator[Told]:
        span = self.spans.get(id(run))
        here = [] if span is None else [one for one in self.numbers if _meets(one[0], span)]
        bold = {"bold": True} if run.bold else {}
        if run.key:
            yield {"text": run.text} | bold | _number(here[0][1] if here else None, run)
            return
        at = 0
        for tie, number in here:
            # a number that began in the place before is shown there
            start = run.text.find(tie.mention.surface, at)
            if start < 0 or not number.is_typed:
                continue
            if run.text[at:start]:
                yield {"text": run.text[at:start]} | bold
            at = start + len(tie.mention.surface)
            yield {"text": run.text[start:at]} | bold | _number(number, run)
        if run.text[at:]:
            yield {"text": run.text[at:]} | bold


def _meets(tie: Tie, span: Span) -> bool:
    return tie.start < span.end and span.start < tie.end


def _number(number: Number | None, run: Run) -> Told:
    """What a number is: of which figure, how it was held, why."""
    kind = number.kind if number else "open"
    found: Told = {"number": kind, "said": dict(number.said) if number else {}}
    if number is None or number.is_typed:
        found["typed"] = True
    if run.figure is not None:
        found["figure"] = run.key
    return found
