"""What a text leaves to a person: the words that nobody has declared, each with a sentence that holds it.

And the sentences beside a number that may be of another thing, whatever their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from zt_analysis.tying.apart import why_not_apart
from zt_analysis.tying.confirmed import APART, FIGURE, NARROWS, NOTHING, confirmed_words
from zt_analysis.tying.marks import CLAUSE_END, DATED, HIDDEN
from zt_analysis.tying.meaning import Meaning
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.tie import Question, Tie
from zt_analysis.tying.units import COUNTED, families_of_mention, family_of_figure
from zt_analysis.tying.vocabulary import pattern

LONGEST = 16
LEAST = 2
EDGES = re.compile(rf"^[\s的有为是共：:“”（）(){DATED}{HIDDEN}]+|[\s的有为是共达：:“”（）(){DATED}{HIDDEN}]+$")


def naming(context: Context) -> str:
    """The words right before a number that would be the name of a figure, where no figure is known by them."""
    said = CLAUSE_END.split(context.masked)[-1]
    for known in (pattern("whole"), EDGES):
        said = known.sub("", said)
    return said if LEAST <= len(said) <= LONGEST and not re.search(r"[\d|]", said) else ""


def asked(left: Iterable[tuple[Tie, Context, Meaning | None]]) -> tuple[Question, ...]:
    """The questions that unproven numbers leave, each word once.

    Args:
        left: each number with what stands around it, and why it is unproven: by words that nobody has declared, in its
            own sentence or in another that speaks of it; None where no word names a figure.

    A sentence of which a person may say that it is of another thing is asked of once, by its first unknown word or,
    where all of them are known, as a whole.
    """
    settled = confirmed_words(NARROWS)
    may_be_apart = cache(lambda sentence: not why_not_apart(sentence))  # the same stands beside many numbers
    found: dict[str, Question] = {}
    for tie, context, meaning in left:
        unknown, said = (meaning.unknown, meaning.said) if meaning else ((), "")
        beside = meaning.beside if meaning else ()
        if tie.mention.kind not in COUNTED:
            continue
        # what a sentence beside the number says is no name of a figure
        words = [one for one in (unknown or ("" if beside else naming(context),)) if one and one not in settled]
        families = tuple(sorted(families_of_mention(tie.mention, rate="率" in context.stretch)))
        # what another sentence says is no name of this number's figure
        families = () if said else families
        sentence = " ".join((said or f"{context.before}{tie.mention.surface}{context.after}").split())
        surface = " ".join(tie.mention.surface.split())
        apart = said in beside and may_be_apart(said)
        new = [Question(one, surface, families, sentence, tie.place, not unknown, apart) for one in words]
        new += [
            Question(one, surface, (), " ".join(one.split()), tie.place, names=True, apart=True)
            for one in beside
            if may_be_apart(one)
        ]
        for question in new:
            found.setdefault(question.of, question)
    return tuple(found.values())


def means_of(one: Question, figures: Sequence[str]) -> list[str]:
    """What a person may say of a question's words, or of the sentence that they are; ``figures``: those it fits."""
    if one.apart and one.names:
        return [APART]
    words = [NARROWS] if one.names else [NOTHING, NARROWS]
    return words + [FIGURE] * bool(figures) + [APART] * one.apart


def fits(unit: str, one: Question) -> bool:
    """Whether a figure of ``unit`` can be what the question's number states."""
    return family_of_figure(unit) in one.families
