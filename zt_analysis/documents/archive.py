"""The parts of a .docx: a zip archive checked before it is unpacked, its XML parsed without anything from outside."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from zt_analysis.documents import limits
from zt_analysis.errors import InputError

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# ISO strict documents name their relationships after another host; the last word is the same
OFFICE_DOCUMENT = "officeDocument"
HINT = "open it in Word or WPS and save it again"


@dataclass(frozen=True)
class Relationship:
    """``rid`` leads from one part to the part ``target``; ``kind`` is the last word of its type."""

    rid: str
    kind: str
    target: str


@dataclass(eq=False)
class Archive:
    """The checked zip archive of the document ``name``."""

    name: str
    zipped: zipfile.ZipFile
    left: int = field(default_factory=lambda: limits.MAX_UNPACKED_BYTES)
    trees: dict[str, Any] = field(default_factory=dict)

    def __contains__(self, part: str) -> bool:
        return part in self.zipped.NameToInfo

    def read(self, part: str) -> bytes:
        """The bytes of ``part``; InputError when it is damaged, missing or larger than it said."""
        try:
            with self.zipped.open(part) as stream:
                content = stream.read(min(self.left, limits.MAX_PART_BYTES) + 1)
        except KeyError as error:
            raise self.broken(f"no part {part}", error) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self.broken(f"part {part} damaged or protected", error) from error
        thing = f"{self.name}, {part}"
        allowed = min(self.left, limits.MAX_PART_BYTES)
        limits.refuse_above(allowed, len(content), thing=thing, unit="bytes unpacked", hint=HINT)
        self.left -= len(content)
        return content

    def tree(self, part: str) -> Any:
        """The root element of the XML in ``part``, parsed once."""
        if part not in self.trees:
            self.trees[part] = parse_xml(self.read(part), f"{self.name}, {part}")
        return self.trees[part]

    def relationships(self, part: str) -> list[Relationship]:
        """Where ``part`` (the package when empty) leads to inside the document; links to elsewhere are left out."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self:
            return []
        found = []
        for one in self.tree(rels).iter(f"{RELATIONSHIPS}Relationship"):
            target = unquote(one.get("Target", ""))
            if one.get("TargetMode") != "External" and target:
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.append(Relationship(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], whole))
        return found

    def main_part(self) -> str:
        """The part that holds the body."""
        for one in self.relationships(""):
            if one.kind == OFFICE_DOCUMENT and one.target in self:
                return one.target
        raise self.broken("no body")

    def broken(self, found: str, error: Exception | None = None) -> InputError:
        """The error for a document that is not whole."""
        detail = f" ({error})" if error and str(error) else ""
        return InputError(self.name, found=f"{found}{detail}"[:300], expected="a whole .docx document", hint=HINT)


def open_archive(content: bytes, name: str) -> Archive:
    """The archive of the .docx ``content``.

    Raises:
        InputError: no zip archive, two members of one name, or beyond one of the limits.
    """
    try:
        zipped = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError) as error:
        raise InputError(
            name, found=f"a damaged or unfinished file ({error})", expected="a whole .docx document", hint=HINT
        ) from error
    archive = Archive(name, zipped)
    _check_members(archive, zipped.infolist())
    return archive


def parse_xml(content: bytes, thing: str) -> Any:
    """The root element of ``content``.

    Nothing is fetched, no entity resolved, and a document type, which no part of a .docx has, is refused.

    Raises:
        InputError: not well-formed, a document type, or nested deeper than ``limits.MAX_DEPTH``.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(thing, found=f"no well-formed XML ({error})"[:300], expected="XML", hint=HINT) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            thing, found="a document type (DTD), which can name other files", expected="XML without one", hint=HINT
        )
    _check_depth(root, thing)
    return root


def _check_depth(root: Any, thing: str) -> None:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    limits.refuse_above(limits.MAX_DEPTH, deepest, thing=thing, unit="elements inside each other", hint=HINT)


def _check_members(archive: Archive, members: list[zipfile.ZipInfo]) -> None:
    name = archive.name
    limits.refuse_above(limits.MAX_MEMBERS, len(members), thing=name, unit="members", hint=HINT)
    unpacked = sum(member.file_size for member in members)
    limits.refuse_above(limits.MAX_UNPACKED_BYTES, unpacked, thing=name, unit="bytes unpacked", hint=HINT)
    for member in members:
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > limits.RATIO_COUNTS_FROM_BYTES and ratio > limits.MAX_RATIO:
            raise InputError(
                f"{name}, {member.filename}",
                found=f"packed {ratio} to 1",
                expected=f"at most {limits.MAX_RATIO} to 1",
                hint=HINT,
            )
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise archive.broken(f"two members named {twice}")
