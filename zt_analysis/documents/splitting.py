"""Runs split at the ends of comments, each part formatted as the whole was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import groupby
from typing import Any

from zt_analysis.documents.styles import child
from zt_analysis.documents.word import Piece

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def split_runs(pieces: Sequence[Piece], offsets: Iterable[int]) -> list[Piece]:
    """``pieces`` after every run that holds one of ``offsets`` inside is split there."""
    cuts = sorted(offsets)
    done: list[Piece] = []
    for run, group in groupby(pieces, key=lambda piece: piece.run):
        members = list(group)
        if run is None:
            done += members
            continue
        first, last = members[0].start, members[-1].end
        for cut in cuts[bisect_right(cuts, first) : bisect_left(cuts, last)]:
            left, members = _split(members, cut)
            done += left
        done += members
    return done


def covering(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """The pieces that hold a character of ``start`` to ``end``.

    >>> piece = Piece(3, 5, None, None, None)
    >>> covering([piece], 4, 5) == [piece], covering([piece], 5, 6)
    (True, [])
    """
    first = bisect_right(pieces, start, key=lambda piece: piece.end)
    last = bisect_left(pieces, end, key=lambda piece: piece.start)
    return list(pieces[first:last])


def _split(members: list[Piece], cut: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces of one run before ``cut``, and those after it, which are in a run of their own from now on."""
    at = bisect_right(members, cut, key=lambda piece: piece.end)
    left, right = members[:at], members[at:]
    if right[0].start < cut:
        begun, right[0] = _split_text(right[0], cut)
        left = [*left, begun]
    run = right[0].run
    tail = run.makeelement(run.tag, run.attrib, nsmap=run.nsmap)
    properties = child(run, "rPr")
    if properties is not None:
        tail.append(deepcopy(properties))
    moved: list[Any] = [right[0].node, *right[0].node.itersiblings()]
    tail.extend(moved)
    run.addnext(tail)
    return left, [replace(piece, run=tail, anchor=tail if piece.anchor is run else piece.anchor) for piece in right]


def _split_text(piece: Piece, cut: int) -> tuple[Piece, Piece]:
    node = piece.node
    after = deepcopy(node)
    after.tail = None
    text = node.text
    node.text, after.text = text[: cut - piece.start], text[cut - piece.start :]
    for one in (node, after):
        one.set(SPACE, "preserve")
    node.addnext(after)
    return replace(piece, end=cut), replace(piece, start=cut, node=after)
