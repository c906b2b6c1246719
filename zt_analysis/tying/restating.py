"""The other orders that a sentence with a number can be said in.

Each form moves words and leaves none out but those that only hold the form together (其中…为…, 分别, 前者) and other
numbers of the same list with their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zt_analysis.tying.account_forms import by_head, spent_together, taken_off
from zt_analysis.tying.anaphors import of_those, parts_behind, this_number
from zt_analysis.tying.behind_forms import done_behind, named_behind, told_behind, whose_behind
from zt_analysis.tying.bound_forms import those_that_keep
from zt_analysis.tying.change_forms import moved, since, since_in_turn, then_beside, then_now, then_of_part
from zt_analysis.tying.extreme_forms import both_ends, divided_by, now_there_are, of_a_hundred, spread
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.list_forms import (
    former,
    in_bracket,
    in_turn,
    in_unit,
    named_before,
    numbered,
    numbers_first,
    parts_first,
    second_list,
    total_behind,
)
from zt_analysis.tying.mainly_forms import mainly
from zt_analysis.tying.official_forms import (
    corrected,
    each_that_keeps,
    kinds_added,
    none_beyond,
    places_added,
    reckoned,
    with_so_many,
)
from zt_analysis.tying.part_forms import number_within, of_each, part_within, some_of_them, time_within, used_for
from zt_analysis.tying.place_forms import all_each, among_all, each, every_place, none_before, others
from zt_analysis.tying.plain_words import in_plain_words
from zt_analysis.tying.rank_forms import all_placed, highest, in_order, is_the_most
from zt_analysis.tying.reached_forms import on_basis, reached, than_then, then_and_now, there_still
from zt_analysis.tying.rest_forms import rest, shares
from zt_analysis.tying.share_forms import all_of_them, mainly_ahead, of_named, past_share, swapped
from zt_analysis.tying.softened import bare, bulk, of_whole, one_place, softened
from zt_analysis.tying.than_forms import than, than_all
from zt_analysis.tying.thing_forms import past_other_thing
from zt_analysis.tying.tier_forms import tiers
from zt_analysis.tying.time_forms import between, held_to, note_ahead, note_behind, note_of_both, span_behind
from zt_analysis.tying.turn_forms import day_goes_on, places_go_on
from zt_analysis.tying.verb_forms import with_its_object

Forms = tuple[Callable[[Said], Iterator[Form]], ...]
INSTEAD: Forms = (
    note_ahead,
    note_of_both,
    note_behind,
    between,
    span_behind,
    held_to,
    by_head,
    taken_off,
    used_for,
    numbers_first,
    named_behind,
    named_before,
    total_behind,
    divided_by,
    all_placed,
    second_list,
    then_of_part,
    than_then,
    tiers,
)
FORMS: Forms = (
    swapped, of_named, past_share, former, numbered, in_unit, in_bracket, in_turn, parts_first, since,
    since_in_turn, then_now, then_beside, moved, among_all, every_place, others, none_before, each, than, of_those,
    parts_behind, softened, one_place, bulk, bare, rest, shares, of_whole, told_behind, done_behind, spread,
    of_a_hundred, this_number, both_ends, now_there_are, in_order, is_the_most, all_each, highest, spent_together,
    those_that_keep, mainly, whose_behind, part_within, time_within, some_of_them, of_each,
    places_added, kinds_added, with_so_many, none_beyond, corrected, each_that_keeps, reckoned, reached, on_basis,
    there_still, then_and_now, than_all, with_its_object, places_go_on, day_goes_on, number_within, all_of_them,
    mainly_ahead, past_other_thing,
)  # fmt: skip


def restatings(said: Said, *, anew: bool) -> Iterator[Form]:
    """The sentence in each other order that it has, and so in plain words.

    Args:
        anew: only those orders without which what is printed says less.
    """
    yield from _forms(said, INSTEAD if anew else (*INSTEAD, *FORMS))
    plain = None if anew else in_plain_words(said)
    if plain is not None:
        yield Form(plain.text)
        yield from _forms(plain, (*INSTEAD, *FORMS))


def _forms(said: Said, forms: Forms) -> Iterator[Form]:
    for form in forms:
        yield from (one for one in form(said) if one.text.count(HERE) == 1)
