"""One folder of kept rows: finding a file that is proved, attaching it, writing another, taking away what is stale."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zt_analysis.sources.descriptor import Package
from zt_analysis.sources.dialects import literal, quoted
from zt_analysis.sources.duckdb_memory import within_limit
from zt_analysis.sources.kept_manifest import (
    SUFFIX,
    Manifest,
    UnprovedError,
    check_rows,
    made_by,
    name_of,
    read_manifest,
)
from zt_analysis.sources.proving import Proof, proof_of
from zt_analysis.sources.quality import KEPT_IN, keep_content, quality_of

if TYPE_CHECKING:
    import duckdb

# sets of tables of one package; those not made last go
MOST_FILES = 6
ROWS, DRAFT, NOTICED = ".duckdb", ".draft", "noticed.txt"
AS = "_zt_kept"
# what a table consists of: as it is asked, as it is written in its file, as it was before its corrections
PARTS = ("", "raw_", "written_")
PLACE = "{package}"


@dataclass(frozen=True)
class Home:
    """A folder where rows of ``package`` may be kept, the key that seals them, and whether any are to be written."""

    folder: Path
    key: bytes
    package: Package
    writes: bool = True

    @property
    def answers(self) -> Path:
        """Where answers over these rows are kept (``remembered``), by declarations and code."""
        told = json.dumps([made_by(), sorted(self.package.declared_by.items())], sort_keys=True)
        return self.folder / f"{self._mine}{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    @property
    def _mine(self) -> str:
        return f"answers-{name_of(self.key)[:8]}-"

    def find(self, wanted: Mapping[str, str]) -> tuple[Path, Manifest] | None:
        """A file with the tables ``wanted`` and its manifest, both proved; what is not goes."""
        for path in self._manifests():
            try:
                manifest = read_manifest(path, self.key)
                if manifest is not None and manifest.holds(self.package, wanted):
                    check_rows(path.with_suffix(ROWS), manifest)
                    return path.with_suffix(ROWS), manifest
            except UnprovedError as error:
                self._notice(path, str(error))
            except OSError:  # gone meanwhile
                continue
        return None

    def attach(self, connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, str]) -> list[Proof] | None:
        """Have the tables ``wanted`` in ``connection``; proofs of their keys. None where they are not kept."""
        import duckdb

        if (found := self.find(wanted)) is None:
            return None
        rows, manifest = found
        try:
            with within_limit():
                _attach(connection, self, wanted, rows, manifest)
        except duckdb.Error:  # another process has just taken it away, or made it anew
            drop(connection)
            return None
        proofs = [proof_of(one) for one in manifest.proofs]
        return [one for name in wanted for one in proofs if one.table == name]

    def keep(self, connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, str], proofs: list[Proof]) -> None:
        """Write the verified tables ``wanted`` of ``connection`` into a file of their own.

        Raises:
            OSError, duckdb.Error: it cannot be written; nothing is left of it.
        """
        draft = self.folder / f"{secrets.token_hex(8)}{DRAFT}"
        try:
            _write(connection, wanted, draft)
            with draft.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            content = connection.execute(f"SELECT content FROM {KEPT_IN}").fetchall()[0][0]
            manifest = Manifest(
                made_by(), self.package.declared_by, wanted, self._views(connection), [asdict(one) for one in proofs],
                json.loads(content), draft.stat().st_size, sha256,
            )  # fmt: skip
            rows = self.folder / f"{sha256[:16]}-{name_of(self.key)[:8]}{ROWS}"
            text = draft.with_name(f"{draft.name}{SUFFIX}")
            text.write_text(manifest.text(self.key), encoding="utf-8")
            draft.replace(rows)
            text.replace(rows.with_suffix(SUFFIX))
        finally:
            for path in self.folder.glob(f"{draft.name}*"):
                path.unlink(missing_ok=True)
        self._tidy(rows.with_suffix(SUFFIX), wanted)

    def forget(self, *, all_of_them: bool = False) -> None:
        """Take away what was kept under other declarations or by other code: rows may be in it that no longer may."""
        for folder in self.folder.glob(f"{self._mine}*"):
            if all_of_them or folder != self.answers:
                shutil.rmtree(folder, ignore_errors=True)
        for path in self._manifests():
            try:
                manifest = read_manifest(path, self.key)
            except UnprovedError as error:
                self._notice(path, str(error))
            except OSError:
                continue
            else:
                if manifest is not None and (all_of_them or not manifest.is_of(self.package)):
                    _remove(path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time in, where the system can; the others find what it has made.

        Raises:
            OSError: the folder cannot be written.
        """
        self.folder.mkdir(exist_ok=True, mode=0o700)
        # opened to be read as well, a pipe of this name waits for nobody
        with os.fdopen(os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
            with suppress(ImportError):
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
                for path in self.folder.glob(f"*{DRAFT}*"):  # of a process that was killed
                    path.unlink(missing_ok=True)
            yield

    def _manifests(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self.folder.glob(f"*{SUFFIX}"))
        return []

    def _views(self, connection: duckdb.DuckDBPyConnection) -> list[list[str]]:
        """What is read from the package's files, in the order of its making."""
        folder, place = (literal(f"{one}/")[:-1] for one in (self.package.folder, PLACE))
        found = connection.execute(
            "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal AND NOT temporary ORDER BY view_oid"
        ).fetchall()
        return [[name, sql.replace(folder, place)] for name, sql in found]

    def notice_answer(self, path: Path, why: str) -> None:
        """As of rows, of an answer."""
        self._notice(path, why, "the question was asked anew")

    def _notice(self, path: Path, why: str, then: str = "the rows were verified anew") -> None:
        """Take away what is not proved, and leave a line that says so; leave it where nothing is to be written."""
        if not self.writes:
            return
        _remove(path)
        with suppress(OSError), (self.folder / NOTICED).open("a", encoding="utf-8") as file:
            file.write(f"{path.stem}: not used and taken away: {why}; {then}\n")

    def _tidy(self, made: Path, wanted: Mapping[str, str]) -> None:
        """Take away what holds nothing that ``made`` does not hold as it is now, and the oldest of too many."""
        others = []
        for path in self._manifests():
            with suppress(OSError, UnprovedError):
                found = None if path == made else read_manifest(path, self.key)
                if found is None:
                    continue
                stale = any(found.tables[name] != wanted[name] for name in found.tables.keys() & wanted)
                if stale or found.tables.keys() <= wanted.keys():
                    _remove(path)
                else:
                    others.append((path.stat().st_mtime, path))
        for _, path in sorted(others, reverse=True)[MOST_FILES - 1 :]:
            _remove(path)


def _write(connection: duckdb.DuckDBPyConnection, names: Iterable[str], draft: Path) -> None:
    """Copy what is held of the tables ``names`` into a new file, and close it."""
    held = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    connection.execute(f"ATTACH {literal(draft)} AS {AS}")
    try:
        for part in (quoted(f"{part}{name}") for name in names for part in PARTS if f"{part}{name}" in held):
            connection.execute(f"CREATE TABLE {AS}.main.{part} AS FROM memory.main.{part}")
    finally:
        connection.execute(f"DETACH {AS}")


def _attach(
    connection: duckdb.DuckDBPyConnection, home: Home, names: Iterable[str], rows: Path, manifest: Manifest
) -> None:
    """Have the kept tables ``names`` in ``connection`` by their names, and what was checked of them."""
    connection.execute(f"ATTACH {literal(rows)} AS {AS} (READ_ONLY)")
    own = {f"{part}{name}" for name in names for part in PARTS}
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [AS]).fetchall()
    held = [quoted(name) for (name,) in found if name in own]
    views = [f"CREATE VIEW {name} AS FROM {AS}.main.{name}" for name in held]
    folder, place = (literal(f"{one}/")[:-1] for one in (home.package.folder, PLACE))
    views += [sql.rstrip(";").replace(place, folder) for name, sql in manifest.views if name in own]
    connection.execute(";".join(views))
    keep_content(connection, quality_of(manifest.quality, names, home.package))


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away whatever tables and views there are, and the file they were read from."""
    for kind, what in (("VIEW", "view"), ("TABLE", "table")):
        found = connection.execute(
            f"SELECT {what}_name FROM duckdb_{what}s() WHERE database_name = 'memory' AND NOT internal"
        ).fetchall()
        for (name,) in found:
            connection.execute(f"DROP {kind} {quoted(name)}")
    connection.execute(f"DETACH DATABASE IF EXISTS {AS}")


def _remove(path: Path) -> None:
    """Take away a manifest, then its rows: rows without one are nobody's."""
    for one in (path, path.with_suffix(ROWS), path.with_name(f"{path.stem}{ROWS}.wal")):
        with suppress(OSError):
            one.unlink(missing_ok=True)
