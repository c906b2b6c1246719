"""Keys proved unique: a distinct count over such a column is a plain count.

A proof names the table, the checksum of its files, the key, the rows counted and how. It holds for these bytes and no
others: where the checksum differs it is not looked at, and the key is checked anew. For large Parquet the
check takes a while, so their proofs are kept in ``.zt-proofs.json`` beside ``datapackage.json``. Whoever can write
there can forge one, as they can forge the rows; remove the file to have every key checked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_bytes
from zt_analysis.jsons import read_json
from zt_analysis.kept_texts import write
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import quoted
from zt_analysis.sources.ordered import in_order

if TYPE_CHECKING:
    import duckdb

FILE = ".zt-proofs.json"
# keys grouped at a time: some 250 MiB
KEYS_A_PASS = 3_000_000
Key = tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """No two rows of a table have the same ``key``, and none has an empty cell in it.

    Attributes:
        sha256: of the table's files that were checked.
        how: what was done to know it.
    """

    table: str
    sha256: str
    key: Key
    rows: int
    how: str

    def __str__(self) -> str:
        key = " + ".join(self.key)
        return f"{key} is unique in {self.table}: {self.how}, {self.rows} rows, sha256 {self.sha256}"


def keys_of(table: Table) -> list[Key]:
    """The keys that ``table`` declares unique and never empty."""
    single = [column.name for column in table.columns if _is_key(column)]
    return list(dict.fromkeys(key for key in (table.primary_key, *((name,) for name in single)) if key))


def proved_keys(connection: duckdb.DuckDBPyConnection, table: Table, kept: Iterable[Proof]) -> list[Proof]:
    """Proofs of the keys of a loaded table: those of ``kept`` that are of these files, the others counted now.

    A key with a repeated or empty cell has none; ``verify`` then finds and names the rows.
    """
    rows = _rows(connection, table)
    wanted = keys_of(table)
    found = {
        proof.key: proof
        for proof in kept
        if (proof.table, proof.sha256, proof.rows) == (table.name, table.sha256, rows) and proof.key in wanted
    }
    for key in wanted:
        if key not in found and _is_unique(connection, table, key, rows):
            found[key] = Proof(table.name, table.sha256, key, rows, "every key counted once")
    return [found[key] for key in wanted if key in found]


def declared_proofs(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Proof]:
    """Proofs of the keys of a loaded table that ``verify`` has passed."""
    rows = _rows(connection, table)
    return [Proof(table.name, table.sha256, key, rows, "verified when opened") for key in keys_of(table)]


def without(table: Table, proofs: Iterable[Proof]) -> Table:
    """``table`` as it would be declared without the proved keys: what is left to verify."""
    keys = {proof.key for proof in proofs}
    columns = tuple(
        replace(column, constraints={k: v for k, v in column.constraints.items() if k != "unique"})
        if (column.name,) in keys
        else column
        for column in table.columns
    )
    return replace(table, columns=columns, primary_key=() if table.primary_key in keys else table.primary_key)


def read_proofs(path: Path) -> list[Proof]:
    """The proofs in a file; none where there is no such file, or it is not one of ours."""
    try:
        return [proof_of(one) for one in read_json(plain_bytes(path))]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def write_proofs(path: Path, proofs: Iterable[Proof]) -> None:
    """Keep ``proofs`` in a file, one a line; where the folder cannot be written they are counted again next time."""
    lines = ",\n".join(json.dumps(asdict(proof)) for proof in proofs)
    write(path, f"[\n{lines}\n]\n".encode())


def proof_of(content: Mapping[str, Any]) -> Proof:
    """The proof that ``asdict`` wrote as ``content``."""
    return Proof(content["table"], content["sha256"], tuple(content["key"]), int(content["rows"]), content["how"])


def _is_key(column: Column) -> bool:
    return bool(column.constraints.get("unique") and column.constraints.get("required"))


def _rows(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchall()[0][0])


def _is_unique(connection: duckdb.DuckDBPyConnection, table: Table, key: Key, rows: int) -> bool:
    """Where order does not show it, group the rows by ``key``, a range of its whole number at a time, so that only one
    range's keys are in memory."""
    columns = ", ".join(quoted(name) for name in key)
    empty = " OR ".join(f"{quoted(name)} IS NULL" for name in key)
    name = quoted(table.name)
    if connection.execute(f"SELECT count_if({empty}) FROM {name}").fetchall()[0][0]:
        return False
    if in_order(lambda sql: connection.execute(sql).fetchall(), table, key):
        return True
    groups = [
        connection.execute(
            f"SELECT coalesce(sum(n), 0), coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM {name} {where} "
            f"GROUP BY {columns})"
        ).fetchall()[0]
        for where in _ranges(connection, table, key, rows)
    ]
    # the ranges together must have met every row: a range left out would be a key nobody checked
    return bool(sum(n for n, _ in groups) == rows and max(most for _, most in groups) == 1)


def _ranges(connection: duckdb.DuckDBPyConnection, table: Table, key: Key, rows: int) -> list[str]:
    """Conditions that divide the rows by the first whole number of the key; one that takes all where rows are few."""
    number = next((one.name for one in table.columns if one.name in key and one.type == "integer"), "")
    count = -(-rows // KEYS_A_PASS)
    if not number or count < 2:
        return [""]
    column = quoted(number)
    low, high = connection.execute(f"SELECT min({column}), max({column}) FROM {quoted(table.name)}").fetchall()[0]
    width = (high - low) // count + 1
    return [f"WHERE {column} >= {start} AND {column} < {start + width}" for start in range(low, high + 1, width)]
