"""Lists of names before lists of numbers: which name is a number's, with 分别 or without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from zt_analysis.tying.marks import CLAUSE_END, HIDDEN
from zt_analysis.tying.matching import Phrase
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.parts import Parts
from zt_analysis.tying.sentences import Context

EACH = re.compile(r"分别|依次(?=为|是|达|[：:])")
BETWEEN = re.compile(r"、|/|／|以及|和|与|(?<![惠涉普])及(?![时早格其])")
LEAST = 2
LIST_WORD = re.compile(r"[两二三四五六][项者类]")
# 895人至, 1020人增加到: a number and what leads on to its level
LEVEL = re.compile(r"[^，。；、,;和与及/／]+[至到]\s*")
SUMMED = re.compile(r"(?:学生|人数|支出|资金|金额)?(?:合计|共计|总计|一共|总共|共|占)")


def turned(context: Context, parts: Parts, phrases: Sequence[Phrase]) -> Context:
    """The context with the names hidden that are other numbers' of the list; as it is where nothing is listed.

    Parts (小学、初中分别为) are told apart by ``scopes``; here it is what is counted (上门送教、远程送教分别为).
    """
    each = [*EACH.finditer(context.before)]
    starts = context.run_starts
    end, turn = (each[-1].start(), _after(context, each[-1].end())) if each else (starts, context.run[0])
    begins = next((found.end() for found in reversed([*CLAUSE_END.finditer(context.before, 0, end)])), 0)
    items = _items(context.before, begins, end)
    if len(items) < LEAST or not (each or context.run[1] == len(items)):
        return context
    words = _either(frozenset(word for one in phrases for word in one.words))
    if not all(words.search(context.before, *item) for item in items):
        return context
    if any(_is_part(context.before[slice(*item)], parts) for item in items[:-1]):
        return context
    before = context.before
    for number, (first, last) in enumerate(items):
        if number != turn % len(items):
            hidden = words.sub(_without_whole, before[first:last])
            before = before[:first] + hidden + before[last:]
    return hiding(context, before)


def _without_whole(found: re.Match[str]) -> str:
    """The word hidden but for the whole that it begins with (全市受助学生), which holds for all of the list."""
    whole = whole_pattern().match(found[0])
    kept = whole[0] if whole else ""
    return kept + HIDDEN * (len(found[0]) - len(kept))


def several(context: Context, phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """下达和发放资助资金35836.91万元: the names before one number where they are more than one."""
    if EACH.search(context.before) or context.run[1] > 1:
        return ()
    end = len(context.before.rstrip("：: "))  # 上门送教和远程送教：823人
    begins = next((found.end() for found in reversed([*CLAUSE_END.finditer(context.before, 0, end)])), 0)
    begins = max([begins, *(place + 1 for place in context.numbers_before)])
    items = _items(context.before, begins, end)
    if len(items) < LEAST:
        return ()
    words = _either(frozenset(word for one in phrases if not one.scope for word in one.words))
    named = [words.search(context.before, *item) for item in items]
    if not all(named):
        return ()
    return tuple(context.before[slice(*one)].strip() for one in items)


def without_list_word(context: Context) -> Context:
    """劝返复学、上门送教、远程送教三项合计: the context without 三项, which counts the names before it."""
    last = context.last
    if last is None or not LIST_WORD.fullmatch(last.surface) or not SUMMED.match(context.stretch):
        return context
    place, earlier = context.numbers_before[-1], context.earlier[:-1]
    since = context.numbers_before[-2] + len(earlier[-1].surface) if len(context.numbers_before) > 1 and earlier else 0
    begins = next((found.end() for found in reversed([*CLAUSE_END.finditer(context.before, since, place)])), since)
    items = _items(context.before, begins, place)
    if not context.before.startswith(last.surface, place) or len(items) != last.value:
        return context
    before = f"{context.before[:place]}{HIDDEN * len(last.surface)}{context.before[place + len(last.surface) :]}"
    plain = (
        f"{context.plain_before[:place]}{HIDDEN * len(last.surface)}{context.plain_before[place + len(last.surface) :]}"
    )
    return replace(
        context, before=before, plain_before=plain, stretch=before[since:], masked=plain[since:], earlier=earlier,
        clause_before=CLAUSE_END.split(before)[-1], numbers_before=context.numbers_before[:-1],
        last=earlier[-1] if earlier else None,
    )  # fmt: skip


def _after(context: Context, place: int) -> int:
    """The turn of a number in the list behind ``place``: 增加895人至1915人 takes one."""
    listed = [*(one for one in context.numbers_before if one >= place), len(context.before)]
    pairs = (context.before[one:two] for one, two in pairwise(listed))
    return len(listed) - 1 - sum(bool(LEVEL.fullmatch(one)) for one in pairs)


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    marks = [(found.start(), found.end()) for found in BETWEEN.finditer(text, start, end)]
    starts = [start, *(last for _, last in marks)]
    ends = [*(first for first, _ in marks), end]
    return list(zip(starts, ends, strict=True))


@lru_cache(maxsize=64)
def _either(words: frozenset[str]) -> re.Pattern[str]:
    """Any of the words, the longest first."""
    known = sorted((one for one in words if len(one) >= LEAST), key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, known)) or r"(?!)")


def _is_part(item: str, parts: Parts) -> bool:
    """Whether an item is nothing but a part: 小学."""
    named = parts.named(item)
    return bool(named) and sum(one.end - one.start for one in named) == len(item.strip()) and bool(named[-1].counted)


def dropping(context: Context, start: int, end: int) -> Context:
    """The context without ``before[start:end]`` and the numbers and days in it, as if a comma stood there."""
    kept = [place for place in context.numbers_before if not start <= place < end]
    gone = len(context.numbers_before) - len(kept)
    hidden = HIDDEN * (end - start - 1)
    before = f"{context.before[:start]}，{hidden}{context.before[end:]}"
    plain = f"{context.plain_before[:start]}，{hidden}{context.plain_before[end:]}"
    later = sum(place >= end for place in context.numbers_before)
    here = len(context.earlier) - later
    earlier = (*context.earlier[: max(0, here - gone)], *context.earlier[here:])
    # the first number behind goes on from what stands before
    since = len(before) - len(context.stretch)
    if not later:
        since = kept[-1] + len(earlier[-1].surface) if kept and earlier else 0
    return replace(
        context, before=before, plain_before=plain, stretch=before[since:], masked=plain[since:], earlier=earlier,
        clause_before=CLAUSE_END.split(before)[-1], numbers_before=tuple(kept),
        last=earlier[-1] if earlier else None,
        dates=tuple((begins, one) for begins, one in context.dates if not start <= begins < end),
    )  # fmt: skip


def hiding(context: Context, before: str) -> Context:
    """The context with what ``before`` hides hidden everywhere."""

    def ending(text: str) -> str:
        shown = before[len(before) - len(text) :]
        return "".join(HIDDEN if new == HIDDEN else old for old, new in zip(text, shown, strict=True))

    return replace(
        context,
        before=before,
        stretch=ending(context.stretch),
        masked=ending(context.masked),
        clause_before=ending(context.clause_before),
        plain_before=ending(context.plain_before),
    )
