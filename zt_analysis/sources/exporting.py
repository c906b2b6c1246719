"""What a notebook writes out of DuckDB goes anywhere but into the package's own folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

TEXT = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"
QUOTED = re.compile(r"'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|\$(\w*)\$(.*?)\$\3\$", re.DOTALL)
TARGET = re.compile(rf"\bTO\s+(?P<place>{TEXT})\s*(?:[;(]|WITH\b|$)", re.IGNORECASE | re.DOTALL)
WRITES = re.compile(r"\b(COPY|EXPORT|ATTACH)\b", re.IGNORECASE)
# statements that write, or may hold one that does
KINDS = ("COPY", "EXPORT", "ATTACH", "PREPARE", "EXPLAIN")
WRITERS = ("write_csv", "to_csv", "write_parquet", "to_parquet")


def writes_into(folder: Path, kind: str, text: str, given: object) -> bool:
    """Whether a statement of DuckDB's writes into ``folder``, or to a place that it does not say in plain words.

    Args:
        kind: DuckDB's name for the kind of statement.
        given: the values of its parameters.
    """
    if kind not in KINDS or not WRITES.search(text):
        return False
    if kind == "PREPARE" or re.search(r"\bTO\s*\(", text, re.IGNORECASE):
        return True
    found = [one["place"] for one in TARGET.finditer(text)] or [text]
    return any(_is_in(folder, place) for place in (*_quoted(found), *_texts(given)))


class Relation:
    """A relation of DuckDB's, with its methods, that writes no file that ``refuse`` refuses.

    Args:
        inner: DuckDB's.
        refuse: raises for a file that may not be written.
        ask: sees to a query before it is run.
    """

    def __init__(
        self, inner: duckdb.DuckDBPyRelation, refuse: Callable[[object], None], ask: Callable[[object], None]
    ) -> None:
        self._inner, self._refuse, self._ask = inner, refuse, ask

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and not name.startswith("__arrow"):
            raise AttributeError(name)
        found = getattr(self._inner, name)
        return partial(self._call, name, found) if callable(found) else self._held(found)

    def __repr__(self) -> str:
        return repr(self._inner)

    def __len__(self) -> int:
        return len(self._inner)

    def __getitem__(self, name: str) -> Any:
        return self._held(self._inner[name])

    def _call(self, name: str, method: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        if name in WRITERS:
            for one in (*given[:1], *named.values()):
                self._refuse(one)
        if name == "query":
            self._ask(named.get("sql_query", given[-1] if given else None))
        return self._held(method(*map(plain, given), **{word: plain(one) for word, one in named.items()}))

    def _held(self, found: Any) -> Any:
        return held(found, self._refuse, self._ask)


def held(found: Any, refuse: Callable[[object], None], ask: Callable[[object], None]) -> Any:
    """``found``, as a ``Relation`` where it is DuckDB's."""
    import duckdb

    return Relation(found, refuse, ask) if isinstance(found, duckdb.DuckDBPyRelation) else found


def plain(value: Any) -> Any:
    """DuckDB's relation of a ``Relation``; any other value as it is."""
    return value._inner if isinstance(value, Relation) else value


def is_in(folder: Path, place: object) -> bool:
    """Whether ``place`` is ``folder`` or in it, links followed."""
    return isinstance(place, str | Path) and _is_in(folder, str(place))


def _is_in(folder: Path, place: str) -> bool:
    path = Path(re.sub(r"^file:(//)?(?=/)", "", place)).expanduser()
    try:
        found = path.resolve()
    except (OSError, ValueError):  # no path at all
        return False
    return folder.resolve() in (found, *found.parents)


def _quoted(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for one, two, _, three in QUOTED.findall(text):
            yield (one or two or three).replace("''", "'")


def _texts(given: object) -> Iterator[str]:
    """Every text among the values of parameters."""
    if isinstance(given, str | Path):
        yield str(given)
    elif isinstance(given, Mapping):
        yield from _texts(list(given.values()))
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _texts(one)
