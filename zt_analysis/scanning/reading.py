"""Every text of a file, whatever its kind, with its place and what it stands under."""

from __future__ import annotations

import base64
import codecs
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.jsons import read_json
from zt_analysis.personal import header_kind, is_amount
from zt_analysis.personal.parted import parted

if TYPE_CHECKING:
    from zt_analysis.submissions.grid import Sheet

Text = tuple[str, str, str]
HEADER_ROWS = 40
NESTED = (dict, list)
WORKBOOK = "workbook"
TAGS = re.compile(r"<[^>]*>")
# where one text ends and another begins: a county's code, a day and another day in three cells are no ID number
BOUNDS = re.compile(
    r"</?(?:t[dhr]|t(?:able|head|body)|p|li|[ou]l|d[dlt]|div|br|h[1-6]|caption|option|text)\b[^>]*>", re.I
)
EMBEDDED = re.compile(r"data:(text/csv|application/vnd\.openxmlformats[^;,\"']*)[^,\"']*;base64,([A-Za-z0-9+/=]+)")


class Unread(str):
    """A place of a file that holds no text to look at, in the place of a place."""

    __slots__ = ()


def texts_in(path: Path) -> Iterator[Text]:
    """Every text of a file as its place, what it stands under (empty where nothing is), and itself.

    Raises:
        InputError: or OSError, ValueError: it cannot be read.
    """
    # not by a generator of its own: a run has forty thousand texts
    return READERS.get(path.suffix.lower(), _lines)(path)


def _json(path: Path) -> Iterator[Text]:
    return values(read_json(plain_bytes(path).decode("utf-8-sig")), "", "")


def values(value: Any, place: str, key: str) -> Iterator[Text]:
    """Each text of nested lists and mappings, in the ``place`` that leads to it; each key where it stands first."""
    found: list[Text] = []
    lists: list[list[tuple[str, str]]] = []
    _gather(value, place, key, found, lists, set())
    return iter([*found, *_joined(lists)] if lists else found)


def _gather(
    value: Any, place: str, key: str, found: list[Text], lists: list[list[tuple[str, str]]], named: set[str]
) -> None:
    # not by generators in each other: a ledger lies ten deep, and each of its texts would pass through all of them
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in named:
                named.add(name)
                found.append((place, "", str(name)))
            where = f"{place}.{name}" if place else str(name)
            if isinstance(inner, NESTED):
                _gather(inner, where, str(name), found, lists, named)
            else:
                _take(inner, where, str(name), found)
    elif isinstance(value, list):
        # a notebook holds a text as the list of its lines
        if len(value) > 1 and value[0].__class__ is str and value[0].endswith("\n") and _are_texts(value):
            found += _pieces(place, "".join(value))
            return
        if len(value) > 1 and any(map(_may_go_on, value)):
            lists.append([(f"{place}[{number}]", _as_text(one)) for number, one in enumerate(value)])
        for number, inner in enumerate(value):
            if isinstance(inner, NESTED):
                _gather(inner, f"{place}[{number}]", key, found, lists, named)
            else:
                _take(inner, f"{place}[{number}]", key, found)
    else:
        _take(value, place, key, found)


def _take(value: Any, place: str, key: str, found: list[Text]) -> None:
    if isinstance(value, str):
        if "<" in value or "&" in value or "data:" in value:
            found += ((where, key, text) for where, _, text in _pieces(place, value))
        else:
            found.append((place, key, value))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        found.append((place, key, str(value)))


def _may_go_on(one: Any) -> bool:
    """Whether a number that a text of a list begins may go on in the next."""
    return (one.__class__ is str and one[-1:].isdigit()) or one.__class__ is int


def _as_text(one: Any) -> str:
    return str(one) if isinstance(one, (str, int)) and not isinstance(one, bool) else ""


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


def prepare() -> None:
    """Import what reads the files of a case, workbooks among them."""
    import lxml.etree  # noqa: F401

    import zt_analysis.submissions.texts  # noqa: F401


def _sheets(path: Path) -> Iterator[Text]:
    from zt_analysis.submissions.files import kind_of, read_bytes
    from zt_analysis.submissions.texts import lines_of

    prepare()
    content = read_bytes(path)
    kind = kind_of(path, content)
    # a page offers no workbook of another kind; what cannot be read of those is told by their name
    sheets, texts = _workbook(content, kind, WORKBOOK if kind == "xlsx" else path.name)
    below = [one for sheet in sheets for one in _below_headers(sheet)]
    amounts = {place: header for place, header, _ in below if is_amount(header)}
    yield from ((place, amounts.get(place, ""), text) for place, text in texts)
    yield from below
    yield from _joined(line for sheet in sheets for line in lines_of(sheet))


@lru_cache(maxsize=4)
def _workbook(content: bytes, kind: str, name: str) -> tuple[list[Sheet], list[tuple[str, str]]]:
    """Its sheets and its texts, each with its place in it; a page offers the workbook that lies beside it."""
    from zt_analysis.submissions.texts import sheets_and_texts_of

    sheets, texts = sheets_and_texts_of(content, kind, name)
    return sheets, [(place.removeprefix(f"{name}!"), text) for place, text in texts]


def _below_headers(sheet: Sheet) -> Iterator[Text]:
    """The cells of a sheet that stand under a header that announces persons or amounts."""
    from zt_analysis.submissions.grid import cell_name
    from zt_analysis.submissions.texts import written

    # captions are narrower than the table, and no row of it is wider than its header
    top = max(list(sheet.rows)[:HEADER_ROWS], key=lambda row: len(sheet.rows[row]), default=0)
    said = {column: written(value) for column, value in sheet.rows.get(top, {}).items()}
    headers = {column: text for column, text in said.items() if header_kind(text) or is_amount(text)}
    for row, cells in sheet.rows.items():
        for column in headers.keys() & cells.keys() if row > top else ():
            yield cell_name(sheet.name, "", row, column).lstrip("!"), headers[column], written(cells[column])


def _csv(path: Path) -> Iterator[Text]:
    try:
        yield from list(_sheets(path))
    except InputError:  # no table: a text all the same
        yield from _lines(path)


def _archive(path: Path) -> Iterator[Text]:
    from zt_analysis.submissions.archive import open_archive
    from zt_analysis.submissions.margins import margins

    found = [
        (place.removeprefix(f"{path.name}!"), text)
        for place, text in margins(open_archive(plain_bytes(path), path.name))
    ]
    yield from ((place, "", text) for place, text in found)
    parts = ([each for each in found if each[0] == part] for part in dict.fromkeys(place for place, _ in found))
    yield from _joined(parts)


def _document(path: Path) -> Iterator[Text]:
    from zt_analysis.documents import read_document

    document = read_document(path)
    blocks = [(str(block.place), document.text[block.start : block.end]) for block in document.blocks]
    yield from ((place, "", text) for place, text in blocks)
    yield from _joined([blocks])
    for words in document.unread:
        yield Unread(words), "", ""
    if path.suffix.lower() == ".pdf":
        from zt_analysis.documents.pdf_margins import margins_of_pdf

        yield from ((place, "", text) for place, text in margins_of_pdf(path.read_bytes()))


def _joined(lines: Iterable[Sequence[tuple[str, str]]]) -> Iterator[Text]:
    """The numbers that are parted over neighbours, as texts of their own."""
    yield from ((place, "", whole) for place, whole in parted(lines))


def _parquet(path: Path) -> Iterator[Text]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    for name in table.column_names:
        for value in table[name].unique().to_pylist():
            yield f"column {name}", name, "" if value is None else str(value)


def _lines(path: Path) -> Iterator[Text]:
    content = plain_bytes(path)
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in content[:4096] and not marked:
        raise ValueError("no text")
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    for number, line in enumerate(text.splitlines(), start=1):
        yield from _pieces(f"line {number}", line)


def _pieces(place: str, text: str) -> Iterator[Text]:
    """A text, what it says without its markup, and the files that it embeds."""
    yield place, "", text
    if "<" in text or "&" in text:
        plain = html.unescape(TAGS.sub("", BOUNDS.sub("|", text)))
        if plain != text:
            yield place, "", plain
            yield place, "", html.unescape(text)
    for kind, content in EMBEDDED.findall(text) if "data:" in text else ():
        yield from _embedded(f"{place}, download", kind, base64.b64decode(content))


def _embedded(place: str, kind: str, content: bytes) -> Iterator[Text]:
    if kind == "text/csv":
        for line in content.decode("utf-8-sig").splitlines():
            yield place, "", line
        return
    for where, text in _workbook(content, "xlsx", WORKBOOK)[1]:
        yield f"{place}, {where}", "", text


READERS: dict[str, Callable[[Path], Iterator[Text]]] = {
    ".json": _json, ".ipynb": _json, ".csv": _csv, ".tsv": _csv, ".xlsx": _sheets, ".xls": _sheets,
    ".docx": _archive, ".pptx": _archive, ".pdf": _document, ".parquet": _parquet,
}  # fmt: skip
