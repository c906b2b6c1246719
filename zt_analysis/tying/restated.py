"""Numbers that are not read where they stand, read where the same words say them in another order.

其中67.14%为建档立卡户学生 says what 其中建档立卡户学生占67.14% does. What a form (``restating``) moves stays in the
sentence, so that every word of it has to be understood as it has of any other; what it leaves out is another number
with a name of its own. The heading and the sentences of the paragraph before govern it as they govern what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zt_analysis.indicators import find
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import said_of_others
from zt_analysis.tying.counted_places import of_bound
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.listed_lines import of_line
from zt_analysis.tying.marks import SENTENCE_END
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.readings import Reading, read_again
from zt_analysis.tying.restating import restatings
from zt_analysis.tying.sentences import STATED, Context, Sentences
from zt_analysis.tying.tie import GREEN
from zt_analysis.tying.verdicts import judge

# a longer sentence has no form that is known
LONGEST = 600
# 中小学生 right behind who is counted
OF_THEM = re.compile(r"(?<=[生童年子])中(?=小学)")


def restated(reading: Reading, sentences: Sentences, case: Case) -> Reading:
    """The reading of a number; where it is none, that of its sentence in another form."""
    mention = reading.mention
    if mention.role != "figure" or mention.kind not in STATED or reading.excuse or reading.parts:
        return reading
    start, end = sentences.bounds(mention)
    text = sentences.text
    if end - start > LONGEST:
        return reading
    above = above_of(reading.context)
    said = Said(text[start : mention.start] + HERE + text[mention.end : end], mention, case, above, text)
    if counted := of_bound(said, lambda form: read_form(form, above, mention, case), sentences.inside(mention)):
        return replace(reading, excuse=counted)
    return _in_other_form(reading, said, above, sentences)


def _in_other_form(reading: Reading, said: Said, above: str, sentences: Sentences) -> Reading:
    mention, case = reading.mention, said.case
    for form in restatings(said, anew=len(reading.wanted) == 1):
        found = read_form(form, above, mention, case)
        if form.then and not (found and found.wanted):
            ahead = replace(said, text=form.text)
            if counted := of_bound(
                ahead, lambda form: read_form(form, above, mention, case), sentences.inside(mention)
            ):
                return replace(reading, excuse=counted)
            found = next(_again(form, above, mention, case), found)
        if form.instead:
            return replace(reading, meaning=found.meaning) if found else reading
        if found and found.wanted and _alike(form, found, above, mention, case) and _keeps(form, found, case):
            return found
    if reading.wanted:
        return _two_ways(reading, said, above, case) or reading
    line = of_line(said, sentences, reading.context, case)
    found = read_form(line[0], line[1], mention, case) if line else None
    return found if found and found.wanted else reading


def _again(form: Form, above: str, mention: Mention, case: Case) -> Iterator[Reading]:
    """What a sentence says in another order, whose time was said apart."""
    for one in restatings(Said(form.text, mention, case, above, form.text), anew=False):
        found = None if one.then or one.instead else read_form(one, above, mention, case)
        if found and found.wanted and _alike(one, found, above, mention, case):
            yield found


def _two_ways(reading: Reading, said: Said, above: str, case: Case) -> Reading | None:
    """受助学生中小学生200001人: 小学生 of them, or 中小学生; the words do not say which."""
    place = said.text.index(HERE)
    if not OF_THEM.search(said.text, 0, place):
        return None
    other = read_form(Form(OF_THEM.sub("中，", said.text)), above, reading.mention, case)
    if other is None or not other.wanted or other.wanted == reading.wanted:
        return None
    return replace(reading, meaning=Meaning(tuple(dict.fromkeys((*reading.wanted, *other.wanted)))))


def above_of(context: Context) -> str:
    """The title, the heading and the sentences of the paragraph before one, as they stand in a text."""
    paragraph = [*context.topics]
    heading = paragraph.pop() if paragraph and not SENTENCE_END.search(paragraph[-1]) else ""
    lines = dict.fromkeys(one for one in (context.title, heading) if one)
    return "".join((*(f"{one}\n" for one in lines), *reversed(paragraph)))


def read_form(form: Form, above: str, mention: Mention, case: Case) -> Reading | None:
    """The number where ``form`` has it, as it is read there; None where it is no number there."""
    before, after = form.text.split(HERE)
    surface = f"{form.surface or mention.surface}{form.unit}"
    text = f"{above}{before}{surface}{after}"
    place, begins = len(above) + len(before), len(above)
    mentions = read_numbers(text, dated=date.fromisoformat(case.paper.issued_on))
    found = next((one for one in mentions if one.start == place and one.kind in STATED), None)
    if found is None or found.surface != surface:
        return None
    sentences = Sentences(text, mentions, said_of_others(text, mentions, case))
    known: dict[int, Reading] = {}
    for one in mentions:
        if begins <= one.start <= place:
            known[one.start] = read_again(one, sentences, case, known)
    reading = known[place]
    there = replace(reading.mention, start=mention.start, end=mention.end, surface=mention.surface)
    return None if reading.parts else replace(reading, mention=there)


def _keeps(form: Form, found: Reading, case: Case) -> bool:
    """高于全市平均水平: whether the number's figure is more than that of all parts together, where it is said so."""
    if not form.than_all:
        return True
    (wanted, *others) = found.wanted
    whole = replace(wanted, scope=())
    if others or not wanted.scope or find(wanted.indicator).unit not in ("ratio", "fen_per_person"):
        return False
    figures = case.computed([wanted, whole])
    one, all_of_them = figures[wanted.key].exact, figures[whole.key].exact
    known = one is not None and all_of_them is not None
    return known and (one > all_of_them if form.than_all == "高" else one < all_of_them)  # type: ignore[operator]


def _alike(form: Form, found: Reading, above: str, mention: Mention, case: Case) -> bool:
    """东川县、西岭县各有1个: whether it holds of each of the others that a number is said of."""
    others = [read_form(one, above, mention, case) for one in form.others]
    wanted = [one for reading in others if reading for one in reading.wanted]
    if len(wanted) != len(form.others) or len(found.wanted) != 1:
        return False
    figures = case.computed([*wanted, *found.wanted])
    return all(judge(found.mention, figures[one.key])[0] in GREEN for one in wanted)
