"""Bytes to text: the encoding a file declares or shows, and the byte at which it does not hold."""

from __future__ import annotations

import codecs
import re

from zt_analysis.errors import InputError

# the UTF-32 mark begins like the one of UTF-16
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# what pages call GB2312 holds characters that only its supersets have
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
META_BYTES = 4096
# GB18030 text holds next to no three-byte sequences that UTF-8 reads as Chinese; four are no accident
CERTAIN_UTF8 = 4
LINE_ENDS = re.compile(r"\r\n?")


def decode(content: bytes, name: str, *, encoding: str | None = None, is_html: bool = False) -> str:
    """The text of ``content``, its line ends ``\\n``.

    A byte order mark decides; else ``encoding``; else what an HTML page declares; else strict UTF-8; else strict
    GB18030.

    Raises:
        InputError: an unknown encoding, or bytes that are not of it; the message names the first.

    >>> decode("劝返".encode("gb18030"), "a.txt")
    '劝返'
    """
    marked = next(((mark, known) for mark, known in MARKS if content.startswith(mark)), None)
    if marked:
        text = _strict(content[len(marked[0]) :], marked[1], name, shift=len(marked[0]))
    elif encoding:
        text = _strict(content, SUPERSETS.get(encoding.lower(), encoding), name)
    else:
        declared = _declared(content) if is_html else None
        text = _strict(content, declared, name) if declared else _shown(content, name)
    _refuse_binary(text, name)
    return LINE_ENDS.sub("\n", text)


def _declared(content: bytes) -> str | None:
    found = META.search(content[:META_BYTES])
    if not found:
        return None
    label = found.group(1).decode("ascii").lower()
    try:
        codecs.lookup(label)
    except LookupError:
        return None
    # a declaration that could be read byte by byte is not UTF-16, whatever it says
    return None if label.startswith(("utf-16", "utf-32", "ucs")) else SUPERSETS.get(label, label)


def _shown(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        if sum("\u4e00" <= character <= "\u9fff" for character in before[:10_000]) >= CERTAIN_UTF8:
            raise _wrong_byte(name, "utf-8", content, error.start) from error
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _wrong_byte(name, "utf-8 or gb18030", content, error.start) from error


def _strict(content: bytes, encoding: str, name: str, *, shift: int = 0) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_byte(name, encoding, content, error.start, shift=shift) from error
    except (LookupError, ValueError, TypeError) as error:
        raise InputError(
            f"encoding {encoding!r}",
            found="no encoding of text known by that name",
            expected="utf-8, gb18030, big5, ...",
            hint=f"leave it out: {name} shows its own in most cases",
        ) from error


def _wrong_byte(name: str, encoding: str, content: bytes, at: int, *, shift: int = 0) -> InputError:
    line = content.count(b"\n", 0, at) + 1
    return InputError(
        f"{name}, byte {at + shift} (line {line})",
        found=f"0x{content[at]:02X}",
        expected=f"text in {encoding}",
        hint="save it as UTF-8, or name its encoding",
    )


def _refuse_binary(text: str, name: str) -> None:
    at = text.find("\x00")
    if at >= 0:
        raise InputError(
            f"{name}, character {at}",
            found="a NUL character, which text does not hold",
            expected="text",
            hint="it may be UTF-16 without a mark (name the encoding), or no text file at all",
        )
