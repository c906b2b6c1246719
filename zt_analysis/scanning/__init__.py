"""Personal data in files of any kind: by what a text looks like and by what its column or key says.

What cannot be read as text is named, not passed over: whoever gives files away has to know what was looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError, MissingExtraError
from zt_analysis.jsons import read_json
from zt_analysis.personal import find, header_kind, is_amount, mask, masked
from zt_analysis.personal.names import is_name
from zt_analysis.scanning.reading import Text, Unread, prepare, texts_in, values

__all__ = ["HINT", "Earlier", "Found", "Scanned", "hits", "prepare", "scan", "texts_in"]
# texts that were looked at are held, those of some twenty cases: so much of them at most
MOST_CHARACTERS = 2**22
NUMBER = re.compile(r"-?[0-9]+(?:/[0-9]+)?")
# by chance a whole number begins like a telephone number or passes Luhn's sum; it does not hold a day of birth as well
CHECKSUM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
BY_CHANCE = ("mobile", "card")
# a font or picture in a page, as letters and digits up to a quote or bracket: a third of what a page has
BYTES, SHORT = re.compile(r"(?<=base64,)[A-Za-z0-9+/]{256,}=*(?=[)\"'])"), 256
LIKE_A_NUMBER = re.compile("[0-9OoIl]{11}")
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


@dataclass
class Scanned:
    """What was looked at: ``files`` and ``texts`` count it, ``unread`` names the files that cannot be."""

    files: int = 0
    texts: int = 0
    found: list[Found] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Looked(NamedTuple):
    """What a file holds: how many texts, those of its places that hold none to look at, and place, kind and value of
    what looks like personal data."""

    texts: int
    unread: Sequence[str]
    said: list[tuple[str, str, str]]


# of files by name and checksum
Earlier = dict[tuple[str, str], Looked]


def scan(path: Path, earlier: Earlier | None = None) -> Scanned:
    """Look through the file at ``path``, or through every file under the folder.

    The numbers of a case are known from the ledger beside its outputs: 13,371,532,000 fen is no telephone number.

    Args:
        earlier: what has been looked through before; a file of that name and those bytes is not again.

    Raises:
        InputError: there is no such path.
    """
    if not path.exists():
        raise InputError(str(path), found="no such file or folder", expected="something to scan", hint=HINT)
    scanned = Scanned()
    if path.is_dir():
        scanned.found += [Found(masked(path.name), "its name", kind, mask(value)) for kind, value in hits(path.name)]
    beside: dict[Path, Known] = {}
    for one in [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file()):
        if one.parent not in beside:
            beside[one.parent] = _known(one.parent)
        name = one.relative_to(path if path.is_dir() else path.parent).as_posix()
        try:
            looked = _look(one, name) if earlier is None else _looked(one, name, earlier)
        except MissingExtraError:
            raise  # it is not the file that cannot be read
        except (InputError, OSError, ValueError, RecursionError):
            scanned.unread.append(masked(name))
            continue
        _take(looked, masked(name), scanned, beside[one.parent])
    return scanned


def _without_bytes(found: re.Match[str]) -> str:
    """Nothing in the place of a font or a picture in which no form can stand: without a sign between them, the shortest
    has eleven digits, or letters that look like them."""
    return found[0] if LIKE_A_NUMBER.search(found[0]) else ""


class Hits:
    """What texts hold, each looked at once: a page, a notebook and a ledger say the same, as do the cases of a batch.

    It rests on nothing but the text and its header. Of many all are let go.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._room = MOST_CHARACTERS

    def of(self, texts: Iterable[Text]) -> Iterator[tuple[str, str, str]]:
        """Place, kind and value of the personal data in ``texts``, as ``hits`` says."""
        known = self._found
        for place, header, text in texts:
            found = known.get((text, header))
            if found is None:
                self._room -= len(text)
                if self._room < 0:
                    known.clear()
                    self._room = MOST_CHARACTERS
                found = known[text, header] = list(hits(text, header))
            for kind, value in found:
                yield place, kind, value


_SAID = Hits()


def _look(path: Path, name: str) -> Looked:
    texts = list(texts_in(path))
    unread = [place for place, _, _ in texts if isinstance(place, Unread)]
    return Looked(len(texts), unread, list(_SAID.of([*texts, ("its name", "", name)])))


def _looked(path: Path, name: str, earlier: Earlier) -> Looked:
    key = name, hashlib.sha256(plain_bytes(path)).hexdigest()
    if key not in earlier:
        earlier[key] = _look(path, name)
    return earlier[key]


def _take(looked: Looked, shown: str, scanned: Scanned, known: Known) -> None:
    scanned.unread += [f"{shown}, {place}" for place in looked.unread]
    scanned.files += 1
    scanned.texts += looked.texts
    # a page says a thing in its text, in an attribute and in a download: once is enough
    seen = dict.fromkeys(one for one in looked.said if not known.explains(one[1], one[2]))
    scanned.found += [Found(shown, masked(place), kind, mask(value)) for place, kind, value in seen]


def hits(text: str, header: str = "") -> Iterator[tuple[str, str]]:
    """Kind and value of the personal data in ``text``, which stands under ``header``."""
    if len(text) > SHORT and "base64," in text:
        text = BYTES.sub(_without_bytes, text)
    found = find(text)
    for one in found:
        if not (one.kind in BY_CHANCE and NUMBER.fullmatch(text) and is_amount(header)):
            yield one.kind, text[one.start : one.end]
    announced = header_kind(header) if header and not found and text.strip() and "*" not in text else ""
    if announced == "maybe_name":
        announced = "name" if is_name(text) else ""
    # a word of the office may be called qq, as its messenger is: a checksum of it is nobody's account
    if announced and not (announced == "account" and CHECKSUM.fullmatch(text)):
        yield announced, text


@lru_cache(maxsize=1)
def _ledger_numbers(text: bytes) -> Known:
    """Every number of a ledger, exact, and both halves of a ratio; of the rows behind them the whole numbers."""
    ledger = read_json(text)
    if not isinstance(ledger, dict) or ledger.get("schema") != "zt-ledger/1":
        return Known()
    parts = [*ledger.get("figures", ()), *ledger.get("relations", ())]
    own = [{key: value for key, value in one.items() if key not in ("rows", "breaking_rows")} for one in parts]
    found = [text for _, _, text in values(own, "", "") if NUMBER.fullmatch(text)]
    # of the rows of a part only what was computed: an exact value, whose halves a form sees one by one
    found += [text for _, key, text in values(ledger.get("parts", ()), "", "") if key == "exact"]
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
