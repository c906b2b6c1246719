"""Personal data in files of any kind: by what a text looks like and by what its column or key says.

What cannot be read as text is named, not passed over: whoever gives files away has to know what was looked at.
"""

from __future__ import annotations

import base64
import codecs
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError, MissingExtraError
from zt_analysis.importing import without
from zt_analysis.jsons import read_json
from zt_analysis.personal import find, header_kind, is_amount, mask, masked
from zt_analysis.personal.names import is_name
from zt_analysis.personal.parted import parted

if TYPE_CHECKING:
    from zt_analysis.submissions.grid import Sheet

Text = tuple[str, str, str]
HEADER_ROWS = 40
# texts are held while a folder is looked through: so much of them at most
MOST_CHARACTERS = 2**24
TAGS = re.compile(r"<[^>]*>")
# where one text ends and another begins: a county's code, a day and another day in three cells are no ID number
BOUNDS = re.compile(
    r"</?(?:t[dhr]|t(?:able|head|body)|p|li|[ou]l|d[dlt]|div|br|h[1-6]|caption|option|text)\b[^>]*>", re.I
)
EMBEDDED = re.compile(r"data:(text/csv|application/vnd\.openxmlformats[^;,\"']*)[^,\"']*;base64,([A-Za-z0-9+/=]+)")
NUMBER = re.compile(r"-?[0-9]+(?:/[0-9]+)?")
# by chance a whole number begins like a telephone number or passes Luhn's sum; it does not hold a day of birth as well
BY_CHANCE = ("mobile", "card")
HINT = "name a file or a folder that holds some"


@dataclass(frozen=True)
class Found:
    """Personal data in a file: where it stands, its kind, and the value masked."""

    file: str
    place: str
    kind: str
    masked: str


class Known(NamedTuple):
    """Numbers of a ledger: those that were computed, and the whole numbers in the rows behind them."""

    computed: Set[str] = frozenset()
    in_rows: Set[str] = frozenset()

    def explains(self, kind: str, value: str) -> bool:
        """Whether ``value`` is one of them; a column of whole numbers was looked at when its table was opened."""
        return value in self.computed or (kind in BY_CHANCE and value in self.in_rows)


class Unread(str):
    """A place of a file that holds no text to look at, in the place of a place."""

    __slots__ = ()


@dataclass
class Scanned:
    """What was looked at: ``files`` and ``texts`` count it, ``unread`` names the files that cannot be."""

    files: int = 0
    texts: int = 0
    found: list[Found] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def scan(path: Path) -> Scanned:
    """Look through the file at ``path``, or through every file under the folder.

    The numbers of a case are known from the ledger beside its outputs: 13,371,532,000 fen is no telephone number.

    Raises:
        InputError: there is no such path.
    """
    if not path.exists():
        raise InputError(str(path), found="no such file or folder", expected="something to scan", hint=HINT)
    scanned, said = Scanned(), Hits()
    if path.is_dir():
        scanned.found += [Found(masked(path.name), "its name", kind, mask(value)) for kind, value in hits(path.name)]
    beside: dict[Path, Known] = {}
    for one in [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file()):
        if one.parent not in beside:
            beside[one.parent] = _known(one.parent)
        _look(one, path if path.is_dir() else path.parent, scanned, beside[one.parent], said)
    return scanned


class Hits:
    """What texts hold, each looked at once: a page, a notebook and a ledger say the same. Of many all are let go."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._room = MOST_CHARACTERS

    def of(self, text: str, header: str) -> list[tuple[str, str]]:
        """As ``hits``."""
        found = self._found.get((text, header))
        if found is None:
            self._room -= len(text)
            if self._room < 0:
                self._found.clear()
                self._room = MOST_CHARACTERS
            found = self._found[text, header] = list(hits(text, header))
        return found


def _look(path: Path, base: Path, scanned: Scanned, known: Known, said: Hits) -> None:
    name = path.relative_to(base).as_posix()
    try:
        texts = list(texts_in(path))
    except MissingExtraError:
        raise  # it is not the file that cannot be read
    except (InputError, OSError, ValueError, RecursionError):
        scanned.unread.append(masked(name))
        return
    shown = masked(name)
    scanned.unread += [f"{shown}, {place}" for place, _, _ in texts if isinstance(place, Unread)]
    scanned.files += 1
    scanned.texts += len(texts)
    texts.append(("its name", "", name))
    # a page says a thing in its text, in an attribute and in a download: once is enough
    seen = dict.fromkeys(
        (place, kind, value)
        for place, header, text in texts
        for kind, value in said.of(text, header)
        if not known.explains(kind, value)
    )
    scanned.found += [Found(shown, masked(place), kind, mask(value)) for place, kind, value in seen]


def hits(text: str, header: str = "") -> Iterator[tuple[str, str]]:
    """Kind and value of the personal data in ``text``, which stands under ``header``."""
    found = find(text)
    for one in found:
        if not (one.kind in BY_CHANCE and NUMBER.fullmatch(text) and is_amount(header)):
            yield one.kind, text[one.start : one.end]
    announced = header_kind(header) if header and not found and text.strip() and "*" not in text else ""
    if announced == "maybe_name":
        announced = "name" if is_name(text) else ""
    if announced:
        yield announced, text


def texts_in(path: Path) -> Iterator[Text]:
    """Every text of a file as its place, what it stands under (empty where nothing is), and itself.

    Raises:
        InputError: or OSError, ValueError: it cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    yield from reader(path) if reader else _lines(path)


@lru_cache(maxsize=1)
def _ledger_numbers(text: bytes) -> Known:
    """Every number of a ledger, exact, and both halves of a ratio; of the rows behind them the whole numbers."""
    ledger = read_json(text)
    if not isinstance(ledger, dict) or ledger.get("schema") != "zt-ledger/1":
        return Known()
    parts = [*ledger.get("figures", ()), *ledger.get("relations", ())]
    own = [{key: value for key, value in one.items() if key not in ("rows", "breaking_rows")} for one in parts]
    found = [text for _, _, text in _values(own, "", "") if NUMBER.fullmatch(text)]
    # of the rows of a part only what was computed: an exact value, whose halves a form sees one by one
    found += [text for _, key, text in _values(ledger.get("parts", ()), "", "") if key == "exact"]
    behind = (rows for one in parts for key in ("rows", "breaking_rows") for rows in _cells(one.get(key)))
    in_rows = frozenset(str(cell) for cell in behind if type(cell) is int)
    return Known(frozenset(half for text in found for half in (text, *text.split("/"))), in_rows)


def _cells(shown: Any) -> Iterator[Any]:
    for row in shown.get("rows", ()) if isinstance(shown, dict) else ():
        yield from row


def _known(folder: Path) -> Known:
    try:
        return _ledger_numbers(plain_bytes(folder / "figures.json"))
    except (OSError, ValueError):
        return Known()


def _json(path: Path) -> Iterator[Text]:
    yield from _values(read_json(plain_bytes(path).decode("utf-8-sig")), "", "")


def _values(value: Any, place: str, key: str) -> Iterator[Text]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield place, "", str(name)
            yield from _values(inner, f"{place}.{name}" if place else str(name), str(name))
    elif isinstance(value, list):
        # a notebook holds a text as the list of its lines
        if len(value) > 1 and all(isinstance(one, str) for one in value) and value[0].endswith("\n"):
            yield from _pieces(place, "".join(value))
            return
        for number, inner in enumerate(value):
            yield from _values(inner, f"{place}[{number}]", key)
    elif isinstance(value, str):
        for where, _, text in _pieces(place, value):
            yield where, key, text
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield place, key, str(value)


def _sheets(path: Path) -> Iterator[Text]:
    from zt_analysis.submissions.texts import lines_of, sheets_and_texts

    with without("numpy"):  # which openpyxl imports, if it is there, for what it writes
        import openpyxl  # noqa: F401
    sheets, texts = sheets_and_texts(path)
    below = [one for sheet in sheets for one in _below_headers(sheet)]
    amounts = {place: header for place, header, _ in below if is_amount(header)}
    for place, text in texts:
        where = place.removeprefix(f"{path.name}!")
        yield where, amounts.get(where, ""), text
    yield from below
    yield from _joined(line for sheet in sheets for line in lines_of(sheet))


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
    for kind, content in EMBEDDED.findall(text):
        yield from _embedded(f"{place}, download", kind, base64.b64decode(content))


def _embedded(place: str, kind: str, content: bytes) -> Iterator[Text]:
    if kind == "text/csv":
        for line in content.decode("utf-8-sig").splitlines():
            yield place, "", line
        return
    from zt_analysis.submissions.texts import texts_of_workbook

    for where, text in texts_of_workbook(content, "download"):
        yield f"{place}, {where}", "", text


READERS: dict[str, Callable[[Path], Iterator[Text]]] = {
    ".json": _json, ".ipynb": _json, ".csv": _csv, ".tsv": _csv, ".xlsx": _sheets, ".xls": _sheets,
    ".docx": _archive, ".pptx": _archive, ".pdf": _document, ".parquet": _parquet,
}  # fmt: skip
