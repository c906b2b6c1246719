"""What changed since the last issue: its figures, definitions, corrections and exceptions, read from what it published.

A later issue is held against what the one before it left in its folder, not against tables as they are now: what a
reader has in hand is what was published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError
from zt_analysis.jsons import read_json
from zt_analysis.rooted import in_project
from zt_analysis.runs.believed import believed_bytes, is_there
from zt_analysis.runs.outputs import Problem

Record = Mapping[str, Any]
# what is the same figure in two issues; of an issue its day and its values
Place = tuple[Any, ...]
Course = tuple[str, Mapping[Place, str | None]]
PARTS = {"figures", "verdicts", "relations", "case", "package"}
# how many issues back the line of a key figure goes
BACK = 7
# in the place of a ledger that is not what its run recorded
ALTERED = b""
EXCEPTIONS = ("explained", "unexplained", "fails", "differs", "no_source", "not_derivable", "stale")
SAID = ("definition", "formula", "null_rule", "source")
# dates, terms and counts within a statement are those of its case, not of its definition
_LITERAL = re.compile(r"'[^']*'|\b\d+\b")


@in_project
def since_last(case: str, root: Path, outputs: Path, now: Record) -> dict[str, Any]:
    """How the ledger ``now`` differs from that of the issue before ``case``.

    ``case``: the issue before, or None where this is the first; ``published``: whether it has figures to compare with.
    ``figures``: by key, the exact value of the same figure then; ``line``: by key, its values in the issues before as
    pairs of day and exact value, the oldest first; ``moved``: figures that it published for the same day and that are
    others now; ``definitions``: indicators defined otherwise; ``corrections``: how many were not yet made then;
    ``opened``, ``closed``, ``expired``: ids of claims and relations that became, or are no longer, an exception.
    ``altered``: issues before, the latest first, whose figures are not what their own run recorded; nothing is taken
    from them. It is left out where all are.
    """
    before = _before(case, root)
    if not before:
        return {"case": None, "published": False}
    left = {name: _left(outputs / name) for name in before}
    altered = [name for name, content in left.items() if content is ALTERED]
    told = {"altered": altered} if altered else {}
    then = _ledger(left[before[0]])
    if then is None:
        return {"case": before[0], "published": False} | told
    issues = [one for name in reversed(before) if (one := _course(left[name])) is not None]
    return {"case": before[0], "published": True, **_compared(then, now), "line": _line(issues, now)} | told


@in_project
def since_now(folder: Path, root: Path, record: Record) -> dict[str, Any] | None:
    """What the page in ``folder``, of a run with this ``record``, would say today of the issues before it; None where
    it says nothing of them, or cannot.

    Raises:
        InputError: the case's own ledger or record is not what its run left.
    """
    own = _ledger(believed_bytes(folder))
    if own is None or "since" not in record:
        return None
    try:
        return dict(json.loads(json.dumps(since_last(str(record["case"]), root, folder.parent, own))))
    except InputError:  # the files of the cases do not say which is the one before
        return None


@in_project
def outdated(folder: Path, root: Path, record: Record) -> list[Problem]:
    """Issues before the one in ``folder`` that are not what its page was held against, or not as their runs left them:
    what, found, expected.
    """
    try:
        now = since_now(folder, root, record)
    except InputError:  # told by whoever looks at the case's own files
        return []
    if now is None:
        return []
    altered = [
        (f"the issue before, {name}", "not as its run left it", f"as recorded; zt verify {name} names the file")
        for name in now.get("altered", ())
    ]
    said = record["since"]
    return altered or ([] if now == said else [_other(said if isinstance(said, dict) else {}, now)])


def _other(said: Record, now: Record) -> Problem:
    if said.get("case") != now["case"]:
        return "the issue before", str(now["case"] or "none"), f"{said.get('case') or 'none'}, as the page says"
    if mended := [one for one in said.get("altered") or () if one not in now.get("altered", ())]:
        return f"the issue before, {mended[0]}", "as its run left it", "not as its run left it, as the page says"
    name = f"the issue before, {now['case']}"
    held = "those that the page was held against"
    if said.get("published") != now["published"]:
        found = "figures that it has published since" if now["published"] else "no figures"
        return name, found, "none, as the page says" if now["published"] else held
    if any(now.get(one) != said.get(one) for one in (now.keys() | said.keys()) - {"line"}):
        return name, "other figures, definitions or verdicts", held
    pairs = (
        {(day, key, exact) for key, row in one.get("line", {}).items() for day, exact in row} for one in (said, now)
    )
    days = sorted({day for day, _, _ in set.symmetric_difference(*pairs)})
    return "the issues before", f"other figures of {', '.join(days)}", "those that the page's lines show"


def earlier(row: Sequence[str]) -> dict[str, list[str]]:
    """The issues that each of one notebook is held against, ``row`` by their dates; the latest first."""
    return {case: _last(row, place) for place, case in enumerate(row)}


def _before(case: str, root: Path) -> list[str]:
    """The issues before ``case``, the latest first."""
    row = params.series(case, root)
    return _last(row, row.index(case))


def _last(row: Sequence[str], place: int) -> list[str]:
    return list(reversed(row[max(place - BACK, 0) : place]))


def _left(folder: Path) -> bytes | None:
    """The ledger that an issue published; None where there is none, ``ALTERED`` where it is not what was left."""
    if not is_there(folder):
        return None
    try:
        return believed_bytes(folder)
    except InputError:
        return ALTERED


@lru_cache(maxsize=2)
def _ledger(content: bytes | None) -> dict[str, Any] | None:
    """What an issue published; None where it published nothing that can be read. Two: in a row the one before is read
    as itself first.
    """
    try:
        found = read_json(content or b"null")
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.keys() >= PARTS else None


@lru_cache(maxsize=2 * BACK)
def _course(content: bytes | None) -> Course | None:
    """The day and the values of the figures that an issue published, as ``_ledger``.

    Of a batch seven later issues ask for the same.
    """
    found = _ledger(content)
    if found is None:
        return None
    return str(found["case"]["as_of"]), {_place(one, found): one["exact"] for one in found["figures"]}


def _compared(then: Record, now: Record) -> dict[str, Any]:
    old = {one["key"]: one for one in then["figures"]}
    last = {_place(one, then): one for one in then["figures"]}
    same = {one["key"]: last[place] for one in now["figures"] if (place := _place(one, now)) in last}
    words, words_now = _words(then), _words(now)
    was, now_is = (
        {name for name, word in each.items() if word in EXCEPTIONS} for each in (words, words_now)
    )  # fmt: skip
    expired = sorted(name for name in now_is & was if words_now[name] == "stale" and words[name] != "stale")
    return {
        "figures": {key: one["exact"] for key, one in same.items()},
        "moved": [
            {"key": one["key"], "before": old[one["key"]]["exact"]} for one in now["figures"]
            if one["key"] in old and old[one["key"]]["exact"] != one["exact"]
        ],
        "definitions": _redefined(same.values(), [one for one in now["figures"] if one["key"] in same]),
        "corrections": len([one for one in _corrections(now) if one not in _corrections(then)]),
        "opened": sorted(now_is - was),
        "closed": sorted(name for name in was - now_is if name in words_now),
        "expired": expired,
    }  # fmt: skip


def _place(figure: Record, ledger: Record) -> Place:
    """What is the same figure in two issues: its indicator, its part, and whether it is of the base date."""
    base = str(ledger["case"].get("base_on", ""))
    return figure["indicator"], tuple(sorted(figure["scope"].items())), bool(base) and figure["at"] == base


def _words(ledger: Record) -> dict[str, str]:
    claims = {str(one["claim"]): str(one["verdict"]) for one in ledger["verdicts"]}
    # a number that is a constant of the text is excused in every issue: its reason does not run out
    lasting = {str(one["claim"]) for one in ledger["verdicts"] if one["figure"] is None and not one.get("expires_on")}
    relations = {str(one["id"]): str(one["status"]) for one in ledger["relations"]}
    return {name: word for name, word in claims.items() if name not in lasting} | relations


def _corrections(ledger: Record) -> list[tuple[Any, ...]]:
    found = ledger["package"].get("quality", {}).get("corrections", [])
    return [tuple(str(one.get(name)) for name in ("table", "column", "places", "written", "right")) for one in found]


def _redefined(then: Any, now: Sequence[Record]) -> list[str]:
    """The indicators whose words or statement are others, whatever day they are for."""
    found = (one["indicator"] for old, one in zip(then, now, strict=True) if _defined(old) != _defined(one))
    return list(dict.fromkeys(found))


def _defined(figure: Record) -> tuple[Any, ...]:
    said = tuple(str(figure.get(name)) for name in SAID)
    return said, tuple(_LITERAL.sub("?", text) for text in figure.get("sql") or ())


def _line(issues: Sequence[Course], now: Record) -> dict[str, list[list[str]]]:
    """By key of a figure now, its values in ``issues``: the day each was counted up to, and the value."""
    return {one["key"]: found for one in now["figures"] if (found := list(_values(_place(one, now), issues)))}


def _values(place: Place, issues: Sequence[Course]) -> Iterator[list[str]]:
    if place[2]:
        return  # the base date's own values make no line
    for day, values in issues:
        if (value := values.get(place)) is not None:
            yield [day, value]
