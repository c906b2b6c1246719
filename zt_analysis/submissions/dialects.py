"""Workbooks that Excel opens and openpyxl does not: strict OOXML, and styles with a fill or border it rejects."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from zt_analysis.submissions.archive import MARKUP, Archive

STRICT = b"http://purl.oclc.org/ooxml/"
# longer names first: a shorter one may be the beginning of another
NAMES = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
# what gives a cell its look and no value; fonts and number formats stay
LOOKS = ("fills", "borders")
LEFT_OUT = ("dxfs", "tableStyles", "colors", "extLst", "cellStyles")


def transitional(archive: Archive, content: bytes) -> bytes:
    """``content`` with the names of strict OOXML as the usual ones; as it is where it is not strict."""
    types = b"".join(archive.zipped.read(part) for part in ("_rels/.rels", "xl/workbook.xml") if part in archive.parts)
    if STRICT not in types:
        return content

    def usual(part: str, text: bytes) -> bytes:
        for strict, name in NAMES if part.lower().endswith(MARKUP) else ():
            text = text.replace(strict, name)
        return text

    return _rewritten(archive, usual)


def with_plain_looks(archive: Archive, content: bytes) -> bytes:
    """``content`` without fills, borders and named styles."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        plain = Archive(archive.name, zipped, archive.parts)
        return _rewritten(plain, lambda part, text: _plain(text) if part == "xl/styles.xml" else text)


def _plain(text: bytes) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(text, parser)
    for child in list(root):
        name = etree.QName(child).localname
        if name in LEFT_OUT:
            root.remove(child)
        elif name in LOOKS:
            for one in list(child):
                plain = etree.Element(one.tag)
                child.replace(one, plain)
                if name == "fills":
                    etree.SubElement(plain, etree.QName(root, "patternFill"))
    return bytes(etree.tostring(root))


def _rewritten(archive: Archive, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for part in archive.zipped.namelist():
            zipped.writestr(part, change(part, archive.zipped.read(part)))
    return target.getvalue()
