"""Answers of DuckDB's kept beside the verified rows that they were made from, for whoever asks the same the next time.

The same statement over the same rows by the same DuckDB has one answer. A file is named by all three and sealed as the
rows are (``kept_manifest``): who can write into the package can take answers away, not forge them. They go with the
declarations and the code that the rows were verified by, may be removed at any time, and hold no more than the rows
kept beside them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_text
from zt_analysis.errors import SourceError
from zt_analysis.kept_texts import drop_oldest, write
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.kept_files import Home
from zt_analysis.sources.kept_manifest import UnprovedError, identity
from zt_analysis.sources.kept_rows import homes_of
from zt_analysis.sources.loading import check_unchanged

FORMAT, VERSION = "zt-kept-answer", 1
SUFFIX = ".json"
# what JSON holds as it is, and days; of an answer with anything else, or with more rows, nothing is kept
WHOLE, DAYS = ("VARCHAR", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "BOOLEAN", '"NULL"'), "DATE"
MOST_ROWS = 5000
MOST_FILES = 2000
Answer = tuple[list[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Memory:
    """Answers to statements over ``tables``, which ``told`` names with their checksums, in ``home``."""

    home: Home
    told: str
    tables: tuple[Table, ...]

    def answer(self, query: str, ask: Callable[[str], Answer]) -> Answer:
        """What ``ask`` gives for ``query``, asked once."""
        name = hashlib.sha256(f"{self.told}\n{query}".encode()).hexdigest()
        path = self.home.answers / f"{name}{SUFFIX}"
        try:
            return _read(plain_text(path), name, self.home.key)
        except UnprovedError as error:
            self.home.notice_answer(path, str(error))
        except (OSError, ValueError):
            pass
        found = ask(query)
        check_unchanged(self.tables)  # an answer over other rows would be kept under the checksums of these
        if self.home.writes:
            self._keep(path, name, found)
        return found

    def _keep(self, path: Path, name: str, found: Answer) -> None:
        columns, rows = found
        if len(rows) > MOST_ROWS or not all(one in WHOLE or one == DAYS for one in columns):
            return
        with suppress(OSError, UnicodeEncodeError):
            path.parent.mkdir(exist_ok=True, mode=0o700)
            write(path, _written(columns, rows, name, self.home.key).encode())
            drop_oldest(path.parent, MOST_FILES)


def memory_of(package: Package, names: Iterable[str]) -> Memory | None:
    """Where answers over the tables ``names`` are kept: beside the package where their rows are, or in the folder of
    the batch for its other cases; None where rows are kept in neither.
    """
    names = tuple(names)
    homes = [one for one in homes_of(package, names) if one.folder.is_dir()]
    if not homes:
        return None
    home = next((one for one in homes if one.writes), homes[0])
    try:
        told = [identity(package, package.tables[name]) for name in sorted(names)]
    except SourceError:
        return None
    return Memory(home, repr(told), tuple(package.tables[name] for name in names))


def _written(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str, key: bytes) -> str:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "columns": columns,
        "rows": [list(map(_plain, row)) for row in rows],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{_seal(text, name, key)}\n{text}"


def _read(text: str, name: str, key: bytes) -> Answer:
    seal, _, content = text.partition("\n")
    if not hmac.compare_digest(seal.encode(), _seal(content, name, key).encode()):
        raise UnprovedError("its seal is not that of its content")
    found = json.loads(content)
    if (found["format"], found["version"]) != (FORMAT, VERSION):
        raise ValueError("another format")
    columns, days = found["columns"], [one == DAYS for one in found["columns"]]
    if not any(days):
        return columns, [tuple(row) for row in found["rows"]]
    rows = [
        tuple(date.fromisoformat(cell) if day and cell else cell for cell, day in zip(row, days, strict=True))
        for row in found["rows"]
    ]
    return columns, rows


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _seal(content: str, name: str, key: bytes) -> str:
    return hmac.new(key, f"{name}\n{content}".encode(), hashlib.sha256).hexdigest()
