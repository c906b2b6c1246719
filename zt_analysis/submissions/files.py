"""A submitted file on disk: inside its folder, of the kind its name says, and its bytes."""

from __future__ import annotations

import re
from pathlib import Path

from zt_analysis.errors import InputError
from zt_analysis.submissions.limits import MAX_FILE_BYTES, refuse_above

KINDS = {".xlsx": "xlsx", ".xls": "xls", ".csv": "csv", ".tsv": "csv"}
EXPECTED = ", ".join(KINDS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "a workbook protected by a password"
XLSX, XLS, TEXT = "an Excel workbook (.xlsx)", "an Excel 97-2003 workbook (.xls)", "plain text"
NAMED = {"xlsx": XLSX, "xls": XLS, "csv": TEXT}
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
    # Excel 2 to 4, of before 1993
    (b"\x09\x00\x04\x00", "a worksheet of Excel 2"),
    (b"\x09\x02\x06\x00", "a worksheet of Excel 3"),
    (b"\x09\x04\x06\x00", "a worksheet of Excel 4"),
)
MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|\?xml|meta|!--)", re.I)
HINTS = {
    PROTECTED: "open it, remove the password, and save it again",
    XLSX: "rename it to .xlsx",
    XLS: "rename it to .xls",
    "an HTML or XML page": "open it in Excel or WPS and save it as .xlsx",
}


def inside(folder: Path, path: Path | str) -> Path:
    """The file ``path`` (relative to ``folder``) with every link followed.

    Raises:
        InputError: an absolute path, or one that leads out of the folder, by ``..`` or by a link.
    """
    root = folder.resolve()
    try:
        there = (root / path).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(repr(str(path)), found=str(error), expected="a path", hint="check the name") from error
    if Path(path).is_absolute() or not there.is_relative_to(root):
        raise InputError(
            str(path),
            found="a path out of its folder",
            expected=f"a file inside {folder.name}",
            hint="put the file itself there, not a link to it",
        )
    return there


def read_bytes(path: Path) -> bytes:
    """The bytes of the file at ``path``, at most ``limits.MAX_FILE_BYTES``.

    Raises:
        InputError: no such file, not a plain file, too large.
    """
    expected = f"a submission: {EXPECTED}"
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError(str(path), found="no file", expected=expected, hint="name one file")
        refuse_above(MAX_FILE_BYTES, size, thing=str(path), unit="bytes")
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(str(path), found=reason, expected=expected, hint="check the path") from error
    refuse_above(MAX_FILE_BYTES, len(content), thing=str(path), unit="bytes")
    return content


def kind_of(path: Path, content: bytes) -> str:
    """xlsx, xls or csv.

    Raises:
        InputError: another ending, an empty file, or content of another kind than its name says.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        ending = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise InputError(path.name, found=ending, expected=EXPECTED, hint="save it as one of these")
    if not content.strip():
        raise InputError(path.name, found="an empty file", expected=f"a {path.suffix} file", hint="ask for it again")
    real = _real_kind(content)
    if real != NAMED[kind]:
        hint = HINTS.get(real, "open it in Excel or WPS and save it as .xlsx")
        raise InputError(path.name, found=real, expected=f"a {path.suffix} file", hint=hint)
    return kind


def _real_kind(content: bytes) -> str:
    head = content[:1024]
    if head.startswith(b"PK\x03\x04"):
        return XLSX if b"xl/" in content else "a zip archive that holds no workbook, or a piece of one"
    if head.startswith(OLE):
        return _ole_kind(content)
    named = [name for signature, name in SIGNATURES if head.startswith(signature)]
    if named:
        return named[0]
    return "an HTML or XML page" if MARKUP.match(head) else TEXT


def _ole_kind(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return PROTECTED
    is_book = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    return XLS if is_book else "an old Office file without a workbook"
