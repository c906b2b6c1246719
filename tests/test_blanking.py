"""Words blanked without an expression made of them: as the expression would."""

import re

import pytest
from hypothesis import given, strategies
from sweeps import examples

from zt_analysis.tying import vocabulary
from zt_analysis.tying.blanking import without_tailed, without_words
from zt_analysis.tying.closed import OF_THEM
from zt_analysis.tying.marks import DATED

LETTERS = strategies.text(alphabet="学生资助中的初（|.", max_size=24)
LISTS = strategies.lists(strategies.text(alphabet="学生资助中（|.", max_size=4), max_size=8)


def blanked(expression, text):
    return re.sub(expression, lambda found: DATED * len(found[0]), text)


@pytest.mark.slow
@examples(400, database=None, derandomize=True)
@given(text=LETTERS, words=LISTS)
def test_words_are_blanked_as_by_the_expression_of_all_the_longest_first(text, words):
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    assert without_words(text, words) == blanked("|".join(longest_first) or r"(?!)", text)


@pytest.mark.slow
@examples(400, database=None, derandomize=True)
@given(text=LETTERS, words=LISTS)
def test_words_with_a_tail_are_blanked_as_by_the_expression(text, words):
    some = [one for one in words if one]
    expression = rf"(?:{'|'.join(map(re.escape, some)) or '(?!)'}){OF_THEM.pattern}"
    assert without_tailed(text, some, OF_THEM) == blanked(expression, text)


@pytest.mark.slow
def test_each_word_of_the_language_is_an_expression_by_itself():
    """A run checks only those of the office."""
    rows = [line for line in vocabulary._own() if line["words"]]
    words = [word for row in rows for word in vocabulary.BAR.split(row["words"])]
    for word in words:
        re.compile(word)
    assert len(words) > 500
