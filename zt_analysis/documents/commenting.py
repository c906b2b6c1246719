"""The comments of a .docx: their part, their marks in the body, and the archive written anew with them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zt_analysis.documents.archive import RELATIONSHIPS, Archive
from zt_analysis.documents.styles import attribute, local

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# what XML 1.0 cannot hold
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# the earliest moment a zip archive can name
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(eq=False)
class Comments:
    """The comments part ``part`` of a document, whose body is in ``main``."""

    archive: Archive
    main: str
    part: str
    root: Any
    is_new: bool
    written_at: datetime | None
    following: int = 0

    @classmethod
    def of(cls, archive: Archive, written_at: datetime | None) -> Comments:
        """The comments of the document in ``archive``; a new part when it has none."""
        main = archive.main_part()
        body = archive.tree(main)
        known = [one.target for one in archive.relationships(main) if one.kind == "comments" and one.target in archive]
        if known:
            root = archive.tree(known[0])
            taken = [int(value) for value in map(_identity, root) if value.isdecimal()]
            return cls(archive, main, known[0], root, False, written_at, max(taken, default=-1) + 1)
        root = body.makeelement(f"{_namespace(body)}comments", nsmap={"w": _namespace(body)[1:-1]})
        return cls(archive, main, _free_name(archive, main), root, True, written_at)

    def add(self, text: str, author: str) -> int:
        """Add a comment, a paragraph for each of its lines; return its id."""
        identity, self.following = self.following, self.following + 1
        comment = self._make("comment", id=str(identity), author=author)
        if self.written_at:
            comment.set(f"{self._w}date", f"{self.written_at:%Y-%m-%dT%H:%M:%SZ}")
        comment.set(f"{self._w}initials", author[:2])
        for line in text.splitlines() or [""]:
            paragraph, run, words = self._make("p"), self._make("r"), self._make("t")
            words.text = line
            words.set(SPACE, "preserve")
            run.append(words)
            paragraph.append(run)
            comment.append(paragraph)
        self.root.append(comment)
        return identity

    def around(self, identity: int, first: Any, last: Any) -> None:
        """Mark the words from the element ``first`` to ``last`` as those of the comment."""
        start, end, reference = self._marks(identity)
        first.addprevious(start)
        top = last
        while local(top.getparent()) != "p":
            top = top.getparent()
        # the mark that Word shows stays when an insertion is rejected or a link taken off
        top.addnext(reference)
        last.addnext(end)

    def within(self, identity: int) -> None:
        """Put the comment at the end of the body's first paragraph."""
        body = next(one for one in self.archive.tree(self.main) if local(one) == "body")
        paragraph = next((one for one in body.iter() if local(one) == "p" and one.tag.startswith(self._w)), None)
        if paragraph is None:
            paragraph = self._make("p")
            body.insert(0, paragraph)
        paragraph.extend(self._marks(identity))

    @property
    def _w(self) -> str:
        return _namespace(self.root)

    def _make(self, name: str, **attributes: str) -> Any:
        return self.root.makeelement(f"{self._w}{name}", {f"{self._w}{key}": one for key, one in attributes.items()})

    def _marks(self, identity: int) -> tuple[Any, Any, Any]:
        start, end, reference = (
            self._make(name, id=str(identity)) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        run = self._make("r")
        run.append(reference)
        return start, end, run


def repack(archive: Archive, comments: Comments) -> bytes:
    """The archive's bytes with the changed body and ``comments``; every other member as it was."""
    changed = {comments.main: archive.tree(comments.main), comments.part: comments.root}
    if comments.is_new:
        changed |= _declared(archive, comments)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in archive.zipped.infolist():
            if _is_inside(member.filename):
                content = _bytes(changed.pop(member.filename)) if member.filename in changed else None
                _add(packed, member.filename, archive.zipped.read(member) if content is None else content)
        for name, root in changed.items():
            _add(packed, name, _bytes(root))
    return buffer.getvalue()


def _declared(archive: Archive, comments: Comments) -> dict[str, Any]:
    """The list of parts and the body's relationships, with the new part of comments."""
    types = archive.tree(CONTENT_TYPES)
    types.append(types.makeelement(f"{TYPES}Override", {"PartName": f"/{comments.part}", "ContentType": COMMENTS_TYPE}))
    folder, file = posixpath.split(comments.main)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    root = archive.tree(name) if name in archive else types.makeelement(f"{RELATIONSHIPS}Relationships")
    taken = {one.get("Id") for one in root}
    identity = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    is_strict = "purl.oclc.org" in _namespace(comments.root)
    facts = {"Id": identity, "Type": STRICT_RELATION if is_strict else RELATION, "Target": f"/{comments.part}"}
    root.append(root.makeelement(f"{RELATIONSHIPS}Relationship", facts))
    return {CONTENT_TYPES: types, name: root}


def _namespace(element: Any) -> str:
    tag: str = element.tag
    return tag[: tag.rfind("}") + 1]


def _identity(comment: Any) -> str:
    return (attribute(comment, "id") or "") if local(comment) == "comment" else ""


def _free_name(archive: Archive, main: str) -> str:
    folder = posixpath.dirname(main)
    names: Iterator[str] = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(10_000))
    return next(name for name in names if name not in archive)


def _is_inside(name: str) -> bool:
    # no part of a document is named like this; a program that unpacks the copy might write beside it
    return not name.startswith(("/", "\\")) and ".." not in re.split(r"[/\\]", name)


def _bytes(root: Any) -> bytes:
    from lxml import etree

    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, ZIP_EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    packed.writestr(member, content)
