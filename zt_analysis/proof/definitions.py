"""Definitions and notes of a text against those of the issue before: 巩固率，是指……."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zt_analysis.documents import Document
from zt_analysis.proof.result import Finding

MARK = r"\s*[*_>]*(?:[〔\[［【（(]\s*\d{1,3}\s*[〕\]］】）)]|[①-⑳]|注\s*\d*\s*[：:]|\d{1,2}[.、．])\s*"
NOTE = re.compile(
    rf"^(?:{MARK})+(?P<term>[^，,。；;：:（(]{{2,30}}?)(?:[（(][^）)]*[）)])?[，,]?(?:是指|系指|指的是|均?指|不?包括|不?包含|不?含|为)"
)
DEFINED = re.compile(
    r"(?:^|[。；;\n])(?:本文|本报告)?(?:所称|所说的?)?[“\"]?(?P<term>[^，,。；;：:“”\"\n（(]{2,20})[”\"]?(?:[（(][^）)\n]*[）)])?[，,]?(?:是指|系指|指的是)"
)
LEADING = re.compile(r"^(?:其中|这里|本表|表中|上述|所称)")
QUOTED = 60


@dataclass(frozen=True)
class Definition:
    """What a text says that a term means, and where: ``text[start:end]`` of its document."""

    term: str
    says: str
    start: int
    end: int


def definitions(document: Document) -> dict[str, Definition]:
    """The definitions of ``document`` by term; what is defined twice is left out."""
    found: dict[str, Definition | None] = {}
    for start, line in _lines(document):
        for one in _of_line(line, start):
            found[one.term] = None if one.term in found else one
    return {term: one for term, one in found.items() if one is not None}


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    start = 0
    for line in document.text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)


def _of_line(line: str, start: int) -> Iterator[Definition]:
    note = NOTE.match(line)
    matches = [note] if note else list(DEFINED.finditer(line))
    for one in matches:
        stop = len(line) if note else _end(line, one.end())
        begin = one.start("term")
        term = re.sub(r"\s", "", LEADING.sub("", one["term"]))
        if len(term) > 1:
            yield Definition(term, line[begin:stop], start + begin, start + stop)


def _end(line: str, position: int) -> int:
    stop = line.find("。", position)
    return stop + 1 if stop >= 0 else len(line)


def definition_findings(now: Document, issues: Sequence[Document]) -> Iterator[Finding]:
    """What ``now`` defines in other words than the last of ``issues`` that does, or uses and no longer defines."""
    known = definitions(now)
    before: dict[str, tuple[str, Definition]] = {}
    for issue in issues:
        before |= {term: (issue.name, one) for term, one in definitions(issue).items()}
    for term, (name, old) in before.items():
        new = known.get(term)
        if new is not None and _plain(new.says) != _plain(old.says):
            said, before_said = _differing(new.says, old.says)
            yield Finding("definition", None, (), said, f"{name}: {before_said}", at=(new.start, new.end))
        elif new is None and (place := now.text.find(term)) >= 0:
            yield Finding("definition", None, (), term, f"{name}: {_short(old.says)}", at=(place, place + len(term)))


def _plain(words: str) -> str:
    """Words without what is set in another way: spaces, marks, full and half width."""
    words = re.sub(r"[\s，,。；;：:“”\"'（）()、《》*_\[\]〔〕]|的", "", words)
    return words.translate(str.maketrans("０１２３４５６７８９％", "0123456789%"))


def _differing(new: str, old: str) -> tuple[str, str]:
    """Both from shortly before where they differ."""
    new, old = (re.sub(r"\s+", " ", one).strip() for one in (new, old))
    same = next((i for i, (a, b) in enumerate(zip(new, old, strict=False)) if a != b), min(len(new), len(old)))
    start = max(0, same - QUOTED // 3)
    return tuple(("…" if start else "") + _short(one[start:]) for one in (new, old))  # type: ignore[return-value]


def _short(words: str) -> str:
    """The first words, on one line."""
    words = re.sub(r"\s+", " ", words).strip()
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"
