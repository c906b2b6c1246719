"""English counts one thing in the singular: 1 relation, 2 relations; a verb after a number goes with it."""

import re

import pytest
from markupsafe import Markup

from zt_analysis.reports.words import Words
from zt_analysis.terms import Counting, by_number, label, labels, own_terms

PLACE = re.compile(r"\{(\w+)\}")
FORM = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
WITH_FORMS = sorted(key for key, term in own_terms().items() if FORM.search(term.en))
# the noun that each form counts, for one and for many
NOUNS = {
    one.split()[0]: many.split()[0]
    for key in WITH_FORMS
    for _, one, many in FORM.findall(own_terms()[key].en)
    if many.split()[0] == f"{one.split()[0]}s"
}


def said(key, number):
    """The English of a term, ``number`` at each of its places."""
    text = own_terms()[key].en
    places = {*PLACE.findall(text), *(name for name, *_ in FORM.findall(text))}
    return label(key, "en").format(**dict.fromkeys(places, number))


@pytest.mark.parametrize("key", WITH_FORMS)
def test_one_and_two(key):
    one, two = said(key, 1), said(key, 2)
    assert not re.search(r"[|{}]", one + two)
    forms = FORM.findall(own_terms()[key].en)
    for number, text, place in ((1, one, 1), (2, two, 2)):
        for form in forms:
            assert re.search(rf"(?<!\w){re.escape(form[place])}(?!\w)", text), (number, form)
    assert not re.search(rf"\b1 (?:\w+ )?(?:{'|'.join(NOUNS.values())})\b", one)
    assert not re.search(rf"\b2 (?:\w+ )?(?:{'|'.join(NOUNS)})\b", two)
    shown = Words("en")(
        key, **dict.fromkeys(set(PLACE.findall(own_terms()[key].en)), Markup('<data value="1">1</data>'))
    )
    assert shown.striptags() == " ".join(one.split())


def test_no_number_stands_before_a_noun_that_does_not_go_with_it():
    """A term whose noun stands there in the plural alone says 1 relations."""
    assert len(WITH_FORMS) > 30
    assert {"relation", "row", "figure", "number"} <= set(NOUNS)
    before = re.compile(rf"\{{\w+\}} (?:\w+ )?(?:{'|'.join(NOUNS.values())})\b")
    assert [key for key, term in own_terms().items() if before.search(term.en)] == []
    assert [key for key, term in own_terms().items() if FORM.search(term.zh)] == []


def test_other_numbers_are_many():
    assert [by_number("{n:row|rows}", {"n": n}) for n in (0, 1, "1", 2, 11, 21, "1,001")] == [
        "rows", "row", "row", "rows", "rows", "rows", "rows",
    ]  # fmt: skip
    assert said("page_limits_open", 1) == "1 relation that does not add up or is explained is listed."
    assert said("page_limits_open", 2) == "2 relations that do not add up or are explained are listed."


def test_both_languages_of_a_term_are_filled_alike():
    assert {language: text.format(count=1) for language, text in labels("part_page_count").items()} == {
        "zh": "1件", "en": "1 row",
    }  # fmt: skip
    assert not isinstance(label("page_colon", "en"), Counting)
