"""May an issue be signed: one word, counts that add up, and what is open. Computed here only; everything else shows it.

``decide`` reads a ledger and nothing else. Its answer is kept in the ledger (``summary.decision``) for the index and
the record; page and terminal decide from what they show: a word that was put there by hand is not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zt_analysis.ledger import FAILED_RELATIONS, FAILED_VERDICTS, missing
from zt_analysis.project_file import LANGUAGES
from zt_analysis.terms import filled, label, labels, vocabulary

READY, EXPLAIN, REFUSED, UNCHECKED = "decision_ready", "decision_explain", "decision_refused", "decision_unchecked"
SHOWN = 5
NUMBERS = ("agree", "unheld", "excepted", "late", "wrong")
RELATIONS = ("hold", "unjudged", "excepted", "late", "open", "wrong")
_VERDICTS = {
    "incomplete": "late",
    "agree": "agree",
    "agree_rounded": "agree",
    "within_bound": "agree",
    "explained": "excepted",
}
_STATUSES = {
    "incomplete": "late",
    "holds": "hold",
    "explained": "excepted",
    "informative": "unjudged",
    "not_stated": "unjudged",
}
Record = Mapping[str, Any]


def decide(ledger: Record) -> dict[str, Any]:
    """The decision on an issue.

    ``word``: ``decision_refused`` if a number, relation or file is wrong or a county is missing; ``decision_unchecked``
    if nothing printed or reported was compared; ``decision_explain`` if a relation is unexplained or something is to
    be done; else ``decision_ready``. ``checking``: the same without what is to be done, which makes no number wrong.
    ``numbers``, ``relations``: how many there are, and how many are in each state; the states add up to all.
    ``unheld``: the numbers held against no source table, by the reason that says why. ``to_do``: by part of the paper.
    ``lines``: the first of what is open; ``more``: how many further there are.
    """
    numbers = _counted(NUMBERS, (_of_verdict(one) for one in ledger["verdicts"]))
    relations = _counted(RELATIONS, (_STATUSES.get(one["status"], _of_open(one)) for one in ledger["relations"]))
    to_do = {one["key"]: one["to_do"] for one in _with_tasks(ledger)}
    lines = list(_open(ledger))
    if any(one["wrong"] for one in lines):
        checking = REFUSED
    elif not ledger["summary"]["comparisons"]:
        checking = UNCHECKED
    else:
        checking = EXPLAIN if relations["open"] else READY
    return {
        "word": EXPLAIN if checking == READY and to_do else checking,
        "checking": checking,
        "numbers": numbers,
        "unheld": _reasons(ledger),
        "relations": relations,
        "reported": ledger["summary"]["comparisons"] - _compared(ledger),
        "to_do": to_do,
        "lines": [{name: value for name, value in one.items() if name != "wrong"} for one in lines[:SHOWN]],
        "more": max(0, len(lines) - SHOWN),
    }


def to_explain(ledger: Record) -> list[dict[str, Any]]:
    """All that has to be explained before ``ledger``'s issue is signed, of one that may be; else nothing."""
    return list(_open(ledger)) if decide(ledger)["word"] == EXPLAIN else []


def item_of(line: Record) -> str:
    """The id on the page of what a line of a decision is about."""
    return f"{line['kind']}:{line['id']}"


def counts(found: Record, language: str) -> list[str]:
    """The counts of a decision, one line each: numbers, relations, what is to be done; nothing of what there is not."""
    dot = " · "
    said = []
    numbers, relations = found["numbers"], found["relations"]
    if numbers["all"]:
        parts = [label(f"decision_{one}", language).format(count=numbers[one]) for one in NUMBERS if numbers[one]]
        said.append(label("decision_numbers", language).format(count=numbers["all"]) + dot.join(parts))
    if found["reported"]:
        said.append(label("decision_reported", language).format(count=found["reported"]))
    if relations["all"]:
        parts = [label(f"decision_{one}", language).format(count=relations[one]) for one in RELATIONS if relations[one]]
        said.append(label("decision_relations", language).format(count=relations["all"]) + dot.join(parts))
    if found["to_do"]:
        # a record may have them in the order of their keys
        tasks = sorted(found["to_do"].items(), key=_most_first)
        parts = [f"{_part(key)[language]} {count}" for key, count in tasks]
        total = label("decision_to_do", language).format(count=sum(found["to_do"].values()))
        said.append(total + dot.join(parts))
    return said


def unheld(found: Record, language: str) -> str:
    """Why numbers were held against no source table: each reason with how many it excuses."""
    between = "；" if language == "zh" else "; "
    return between.join(f"{one['reason'][language]} {one['count']}" for one in found["unheld"])


def _counted(states: tuple[str, ...], found: Iterator[str]) -> dict[str, int]:
    seen = list(found)
    return {"all": len(seen)} | {one: seen.count(one) for one in states}


def _of_verdict(one: Record) -> str:
    if one["verdict"] in FAILED_VERDICTS:
        return "wrong"
    # a number of the text that no table holds: excused by a reason, or held against a parameter of the case
    if one["figure"] is None and not one.get("expires_on"):
        return "unheld"
    return _VERDICTS[one["verdict"]]


def _of_open(one: Record) -> str:
    return "wrong" if one["status"] in FAILED_RELATIONS else "open"


def _reasons(ledger: Record) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for one in ledger["verdicts"]:
        if _of_verdict(one) == "unheld":
            reason = one["reason"] or labels(one["verdict"])
            found.setdefault(reason["en"], {"reason": reason, "count": 0})["count"] += 1
    return sorted(found.values(), key=lambda one: -one["count"])


def _compared(ledger: Record) -> int:
    """How many printed numbers were compared, as ``checks.review`` counts them; the rest were reported."""
    exact = {one["key"] for one in ledger["figures"] if one["exact"] is not None}
    return sum(one["figure"] in exact and one["verdict"] != "incomplete" for one in ledger["verdicts"])


def _open(ledger: Record) -> Iterator[dict[str, Any]]:
    """What keeps the issue from being signed, then what has to be explained, then what is to be done."""
    for zh, en in zip(*(missing(ledger, language) for language in LANGUAGES), strict=True):
        yield _line("late", "", {"zh": zh, "en": en}, wrong=True)
    verdicts, relations = ledger["verdicts"], ledger["relations"]
    yield from (_claim(one) for one in verdicts if _of_verdict(one) == "wrong")
    yield from (_relation(one) for one in relations if one["status"] in FAILED_RELATIONS)
    for one in ledger["package"]["files"]:
        if one["matches"] is False:
            yield _line("file", one["path"], filled("decision_file", path=one["path"]), wrong=True)
    if not ledger["summary"]["comparisons"]:
        yield _line("nothing", "", labels("nothing_compared"))
    yield from (_relation(one) for one in relations if one["status"] == "unexplained")
    for one in _with_tasks(ledger):
        said = filled("decision_part", count=one["to_do"], part=_part(one["key"]))
        yield _line("part", one["key"], said)
    # numbers and relations of a county that is missing are told by the line that names it


def _with_tasks(ledger: Record) -> list[Record]:
    """The parts of a paper that list something to be done, those that list most first."""
    found = [one for one in ledger.get("parts", ()) if one.get("to_do")]
    return sorted(found, key=lambda one: _most_first((one["key"], one["to_do"])))


def _most_first(task: tuple[str, int]) -> tuple[int, str]:
    key, count = task
    return -count, key


def _part(key: str) -> dict[str, str]:
    """What a part is called where there is no room for its title, if the office says that."""
    short = f"part_{key}_short"
    return labels(short if short in vocabulary() else f"part_{key}")


def _claim(one: Record) -> dict[str, Any]:
    said = filled(
        "decision_claim", id=one["claim"], name=one["label"], printed=one["surface"], verdict=labels(one["verdict"]),
        computed=one["computed"] or {"zh": "—", "en": "—"},
    )  # fmt: skip
    return _line("claim", one["claim"], said, wrong=True, stale=one["verdict"] == "stale")


def _relation(one: Record) -> dict[str, Any]:
    sides = {side: one["display"][side] for side in ("left", "right", "imbalance")}
    said = filled("decision_relation", id=one["id"], title=one["title"], **sides)
    return _line("relation", one["id"], said, wrong=one["status"] in FAILED_RELATIONS, stale=one["status"] == "stale")


def _line(kind: str, name: str, said: Mapping[str, str], *, wrong: bool = False, stale: bool = False) -> dict[str, Any]:
    """An open matter, with what would settle it; the office may say so of a part in words of its own."""
    key = f"part_{name}_settle" if kind == "part" else ""
    key = key if key in vocabulary() else f"settle_{'stale' if stale else kind}"
    return {"kind": kind, "id": name, "text": said, "settle": filled(key, id=name), "wrong": wrong}
