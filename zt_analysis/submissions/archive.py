"""An .xlsx file as a zip archive, checked before anything is unpacked; where its sheets are."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Any

from zt_analysis.errors import InputError
from zt_analysis.submissions import limits

HINT = "open it in Excel or WPS and save it again"
TEXTS = "xl/sharedStrings.xml"
MARKUP = (".xml", ".rels", ".vml")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(eq=False)
class Archive:
    """The checked archive of the workbook ``name``."""

    name: str
    zipped: zipfile.ZipFile
    parts: set[str] = field(default_factory=set)

    def sheets(self) -> list[tuple[str, str]]:
        """The name and the part of each worksheet, in order; sheets that hold only a chart are left out."""
        book = self._workbook_part()
        targets = {one.get("Id"): one for one in self._relationships(book)}
        found = []
        for sheet in _elements(self, book, "sheet"):
            rid = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            one = targets.get(rid)
            if one is None:
                raise broken(self.name, f"no part for the sheet {sheet.get('name')!r}")
            if one.get("Type", "").endswith("/worksheet"):
                found.append((sheet.get("name", ""), self._whole(book, one.get("Target", ""))))
        limits.refuse_above(limits.MAX_SHEETS, len(found), thing=self.name, unit="sheets")
        return found

    def settings(self, name: str) -> list[Any]:
        """The elements ``name`` of the workbook's own part."""
        return _elements(self, self._workbook_part(), name)

    def comments(self, part: str) -> list[str]:
        """The parts with the comments on the cells of the worksheet in ``part``."""
        folder, file = posixpath.split(part)
        if posixpath.join(folder, "_rels", f"{file}.rels") not in self.parts:
            return []
        kinds = ("/comments", "/threadedComment")
        linked = [one for one in self._relationships(part) if one.get("Type", "").endswith(kinds)]
        return [self._whole(part, one.get("Target", "")) for one in linked]

    def open(self, part: str) -> IO[bytes]:
        """The bytes of ``part``, unpacked as they are read."""
        try:
            return self.zipped.open(part)
        except (KeyError, *DAMAGE) as error:
            raise broken(self.name, f"no readable part {part}", error) from error

    def _workbook_part(self) -> str:
        for one in self._relationships(""):
            if one.get("Type", "").endswith("/officeDocument"):
                return self._whole("", one.get("Target", ""))
        raise broken(self.name, "no workbook part")

    def _relationships(self, part: str) -> list[Any]:
        folder, file = posixpath.split(part)
        return _elements(self, posixpath.join(folder, "_rels", f"{file}.rels"), "Relationship")

    def _whole(self, part: str, target: str) -> str:
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        if whole not in self.parts:
            raise broken(self.name, f"no part {whole}")
        return whole


def open_archive(content: bytes, name: str) -> Archive:
    """The archive of the .xlsx ``content``.

    Raises:
        InputError: no whole zip archive, two members of one name, a part that declares a document type (DTD), or
            beyond one of the limits; nothing is unpacked before the declared sizes are known to be bounded.
    """
    try:
        zipped = zipfile.ZipFile(io.BytesIO(content))
    except (*DAMAGE, OverflowError) as error:
        raise broken(name, "a damaged or unfinished file", error) from error
    members = zipped.infolist()
    _check_sizes(name, members)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise broken(name, "two parts of one name")
    archive = Archive(name, zipped, set(names))
    for part in names:
        if part.lower().endswith(MARKUP):
            _refuse_doctype(archive, part)
    return archive


def check_held(archive: Archive, sheets: set[str]) -> dict[str, bool]:
    """Refuse what openpyxl would hold in memory as a whole, where it is too large: all but the ``sheets``.

    The numbers of the shared texts that are struck out, and whether only a part of each is.
    """
    struck: dict[str, bool] = {}
    for member in archive.zipped.infolist():
        part = member.filename
        if part.lower().endswith(MARKUP) and part not in sheets and part != TEXTS:
            thing = f"{archive.name}, {part}"
            limits.refuse_above(limits.MAX_HELD_BYTES, member.file_size, thing=thing, unit="bytes unpacked")
    if TEXTS in archive.parts:
        for count, (_, text) in enumerate(stream_xml(archive, TEXTS, tag="{*}si"), 1):
            limits.refuse_above(limits.MAX_TEXTS, count, thing=f"{archive.name}, {TEXTS}", unit="texts")
            if is_struck(text):
                struck[str(count - 1)] = is_struck_in_part(text)
            forget(text)
    return struck


def is_struck(text: Any) -> bool:
    """Whether some run of a text is struck out."""
    return any(_strikes(one) for one in text.iter("{*}strike"))


def is_struck_in_part(text: Any) -> bool:
    """Whether some run of a text is struck out and another is not: who reads it leaves the first out."""
    runs = list(text.iter("{*}r"))
    return is_struck(text) and not all(any(_strikes(one) for one in run.iter("{*}strike")) for run in runs)


def _strikes(one: Any) -> bool:
    return one.get("val", "1") not in ("0", "false", "off")


def forget(element: Any) -> None:
    """Free a read element and those before it, which would otherwise stay in memory to the end."""
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


def broken(name: str, found: str, error: Exception | None = None) -> InputError:
    """The error for a workbook that is not whole."""
    detail = f" ({error})" if error and str(error) else ""
    return InputError(name, found=f"{found}{detail}"[:300], expected="a whole .xlsx workbook", hint=HINT)


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    limits.refuse_above(limits.MAX_MEMBERS, len(members), thing=name, unit="parts")
    unpacked = sum(member.file_size for member in members)
    limits.refuse_above(limits.MAX_UNPACKED_BYTES, unpacked, thing=name, unit="bytes unpacked")
    for member in members:
        thing = f"{name}, {member.filename}"
        if member.flag_bits & 1:
            raise broken(thing, "a part protected by a password")
        most = limits.MAX_TEXTS_BYTES if member.filename == TEXTS else limits.MAX_PART_BYTES
        limits.refuse_above(most, member.file_size, thing=thing, unit="bytes unpacked")
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > limits.RATIO_COUNTS_FROM_BYTES and ratio > limits.MAX_RATIO:
            found, expected = f"packed {ratio} to 1", f"at most {limits.MAX_RATIO} to 1"
            raise InputError(thing, found=found, expected=expected, hint=limits.HINT)


def stream_xml(archive: Archive, part: str, **options: Any) -> Any:
    """Elements of ``part`` as lxml's iterparse gives them: nothing fetched, no entity resolved."""
    from lxml import etree

    return etree.iterparse(
        archive.open(part), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, **options
    )


def _refuse_doctype(archive: Archive, part: str) -> None:
    from lxml import etree

    thing = f"{archive.name}, {part}"
    try:
        for _, element in stream_xml(archive, part, events=("start",)):
            if element.getroottree().docinfo.doctype:
                found = "a document type (DTD), which can grow without end or name other files"
                raise InputError(thing, found=found, expected="XML without one", hint=HINT)
            return
    except (etree.XMLSyntaxError, *DAMAGE) as error:
        raise broken(thing, "a damaged part", error) from error


def _elements(archive: Archive, part: str, name: str) -> list[Any]:
    from lxml import etree

    if part not in archive.parts:
        raise broken(archive.name, f"no part {part}")
    try:
        return [element for _, element in stream_xml(archive, part, tag=f"{{*}}{name}")]
    except (etree.XMLSyntaxError, *DAMAGE) as error:
        raise broken(f"{archive.name}, {part}", "a damaged part", error) from error
