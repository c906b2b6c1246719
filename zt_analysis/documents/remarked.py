"""The comments of a .docx: the words that each stands on, what it says, and who says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.documents.archive import Archive
from zt_analysis.documents.document import Comment
from zt_analysis.documents.styles import attribute, local

MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
# who signs what is written on a copy here: of these numbers it says what was found before
OURS = frozenset(("zt tie", "zt proof"))


@dataclass(eq=False)
class Ranges:
    """Where the marks of comments were met, by the number of the comment, as offsets in the text."""

    met: dict[str, dict[str, int]] = field(default_factory=dict)

    def mark(self, element: Any, name: str, place: int) -> None:
        """Note an element at ``place`` where it is one of ``MARKS``."""
        if name in MARKS:
            self.met.setdefault(attribute(element, "id") or "", {}).setdefault(name, place)


def comments_of(archive: Archive, ranges: Ranges) -> Iterator[Comment]:
    """The comments that persons have put on the text, in the order of their part; one that no text bears is none."""
    if not ranges.met:
        return
    main = archive.main_part()
    known = [one.target for one in archive.relationships(main) if one.kind == "comments" and one.target in archive]
    for element in archive.tree(known[0]) if known else ():
        met = ranges.met.get(attribute(element, "id") or "")
        author = attribute(element, "author") or ""
        if local(element) != "comment" or not met or author in OURS:
            continue
        begins, ends, mark = (met.get(name) for name in MARKS)
        end = next(one for one in (ends, mark, begins) if one is not None)
        yield Comment(end if begins is None else min(begins, end), end, _words(element), author)


def _words(comment: Any) -> str:
    paragraphs = (one for one in comment.iter() if local(one) == "p")
    return "\n".join("".join(one.text or "" for one in each.iter() if local(one) == "t") for each in paragraphs)
