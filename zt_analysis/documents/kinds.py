"""Which kind of file a document is: by its name, held against what its first bytes say."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from zt_analysis.contents import plain_bytes
from zt_analysis.documents.limits import MAX_FILE_BYTES, refuse_above
from zt_analysis.errors import InputError

KINDS = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".txt": "txt",
}
EXPECTED = ", ".join(KINDS)
# a PDF may begin with up to a kilobyte of something else
SIGNATURE_BYTES = 1024
HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
SIGNATURES = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# the names of an OLE file's streams, in the order in which one rules out the next
OLE_STREAMS = (
    ("EncryptedPackage", "a document protected by a password"),
    ("WordDocument", "a Word 97-2003 document (.doc)"),
    ("Workbook", "an Excel 97-2003 workbook (.xls)"),
    ("PowerPoint Document", "a PowerPoint 97-2003 presentation (.ppt)"),
)
ZIP_MEMBERS = (
    ("word/", "docx"),
    ("xl/", "an Excel workbook (.xlsx)"),
    ("ppt/", "a PowerPoint presentation (.pptx)"),
    ("content.xml", "an OpenDocument file"),
)
NAMED = {"html": "an HTML page", "docx": "a Word document (.docx)", "pdf": "a PDF", "text": "plain text"}
HINTS = {
    "a document protected by a password": "open it, remove the password, and save it again",
    "a Word 97-2003 document (.doc)": "open it in Word or WPS and save it as .docx",
    "an RTF file": "open it in Word or WPS and save it as .docx",
    "an OpenDocument file": "open it and save it as .docx",
}
HINT = "rename the file, or give the document itself"


def read_bytes(path: Path) -> bytes:
    """The bytes of the file at ``path``, at most ``limits.MAX_FILE_BYTES``."""
    try:
        size = path.stat().st_size
        refuse_above(MAX_FILE_BYTES, size, thing=str(path), unit="bytes", hint="give a part of it, without images")
        if not path.is_file():
            raise InputError(str(path), found="no file", expected=f"a document: {EXPECTED}", hint="name one file")
        content = plain_bytes(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(str(path), found=reason, expected=f"a document: {EXPECTED}", hint="check the path") from error
    return content


def kind_of(path: Path, content: bytes) -> str:
    """docx, pdf, html, md or txt.

    Raises:
        InputError: a name with another ending, or content that is really of another kind, which is named.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        ending = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise InputError(str(path), found=ending, expected=EXPECTED, hint="save it as one of these")
    if not content.strip():
        raise InputError(str(path), found="an empty file", expected=f"a {path.suffix} document", hint="check the file")
    real = real_kind(content)
    text_expected = kind in ("md", "txt", "html")
    if real == kind or (text_expected and real == "text"):
        return kind
    found = NAMED.get(real, real)
    raise InputError(str(path), found=found, expected=f"a {path.suffix} file", hint=HINTS.get(real, HINT))


def real_kind(content: bytes) -> str:
    """docx, pdf, html, text, or what else its first bytes say in words."""
    head = content[:SIGNATURE_BYTES]
    if head.startswith(b"PK"):
        return _zip_kind(content)
    if head.startswith(OLE):
        return _ole_kind(content)
    if b"%PDF-" in head:
        return "pdf"
    named = [name for signature, name in SIGNATURES if head.startswith(signature)]
    return named[0] if named else "html" if HTML.match(head) else "text"


def _ole_kind(content: bytes) -> str:
    named = [name for stream, name in OLE_STREAMS if stream.encode("utf-16-le") in content]
    return named[0] if named else "an old Office file"


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError):
        return "a damaged or unfinished zip archive"
    named = [name for start, name in ZIP_MEMBERS if any(member.startswith(start) for member in names)]
    return named[0] if named else "a zip archive"
