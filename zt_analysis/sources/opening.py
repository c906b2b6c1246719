"""Open a data package: load, verify, and hand out its tables as ibis expressions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from zt_analysis.errors import SourceError, nearest, wrong_argument
from zt_analysis.project import find_root
from zt_analysis.settings import (
    DUCKDB,
    LATE,
    PUBLISH_WITHOUT,
    REFUSE,
    EngineSetting,
    engine_setting,
    late_setting,
)
from zt_analysis.sources.arriving import without_missing
from zt_analysis.sources.asking import reader
from zt_analysis.sources.backend import connected
from zt_analysis.sources.descriptor import DESCRIPTOR, Package, read_package
from zt_analysis.sources.duckdb_memory import lock_settings, settings
from zt_analysis.sources.engines import connect
from zt_analysis.sources.kept_rows import LostError, ready
from zt_analysis.sources.problems import shown
from zt_analysis.sources.remembered import memory_of
from zt_analysis.sources.tables import Tables

ROLES = ("table", "system")


def open_package(
    path: str | Path,
    *,
    names: str | Iterable[str] = (),
    roles: str | Iterable[str] = ("table",),
    engine: str | EngineSetting = "",
    late: str = "",
    anew: bool = False,
) -> Tables:
    """Open the data package at ``path`` (absolute, or relative to the project) and verify its rows.

    A file whose checksum differs from the declared one is opened all the same and listed in ``changed``: what such a
    change does to the figures is worth more to a reviewer than a bare refusal.

    Args:
        path: the folder that holds ``datapackage.json``.
        names: the tables wanted, opened with those they refer to; every table of ``roles`` when empty.
        roles: ``table`` (what the figures need) and ``system`` (what only the rules need).
        engine: where the rows are (``settings``), DuckDB when empty; the environment variable ZT_ENGINE comes before a
            text, not before a setting that has been read.
        late: ``refuse`` or ``publish_without``, where a submitted table lacks a county's file; when empty, what the
            environment variable ZT_LATE says, and ``refuse`` if nothing.
        anew: verify the rows whatever was kept of them when they were last verified, and keep nothing (docs/scale.md).

    Raises:
        InputError: an engine that cannot be.
        SourceError: an engine does not answer, or a declaration, file, column, cell, key or reference is wrong; the
            message names it.
    """
    names, roles = _several("names", names), _several("roles", roles)
    if not isinstance(path, str | Path):
        raise wrong_argument("path", path, "the package's folder", 'write zt.open_package("data/zhaotong-2018")')
    if not isinstance(engine, str | EngineSetting):
        raise wrong_argument("engine", engine, "the name of an engine", "see docs/engines.md")
    package = read_package(Path(path) if Path(path).is_absolute() else find_root() / path)
    _check_words(package, names, roles)
    where = "argument 'late'" if late else f"environment variable {LATE}"
    if late_setting(late or os.environ.get(LATE) or REFUSE, where=where) == PUBLISH_WITHOUT:
        package = without_missing(package)
    wanted = _with_references(package, names) or tuple(
        table.name for table in package.tables.values() if table.role in roles
    )
    setting = engine if isinstance(engine, EngineSetting) else engine_setting(engine)
    if setting != DUCKDB:
        _refuse_declarations(package, setting)
        connection = connect(setting)
        with shown():
            connection.open(package, wanted)
        return Tables(connection.backend, wanted, package, connection=connection)
    backend = connected(**settings())
    with shown():
        try:
            proofs = ready(backend.con, package, wanted, anew=anew)
        except LostError:
            backend = connected(**settings())
            proofs = ready(backend.con, package, wanted, anew=True)
    lock_settings(backend.con)
    asker = reader(backend, wanted, package.folder)
    if not anew:
        asker = replace(asker, memory=memory_of(package, wanted))
    return Tables(backend, wanted, package, asker, tuple(proofs))


def _check_words(package: Package, names: tuple[str, ...], roles: tuple[str, ...]) -> None:
    """Refuse tables and roles that the package does not have."""
    for word, given, known in (
        ("names", names, set(package.tables)),
        ("roles", roles, {table.role for table in package.tables.values()} | set(ROLES)),
    ):
        for one in given:
            if one not in known:
                hint = f"{nearest(one, known)}see {DESCRIPTOR}"
                raise wrong_argument(word, one, f"one of {', '.join(sorted(known))}", hint)


def _several(name: str, given: object) -> tuple[str, ...]:
    """Words given as one or several."""
    found = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(one, str) for one in found):
        raise wrong_argument(name, given, "names of tables" if name == "names" else "roles", f"see {DESCRIPTOR}")
    return found  # type: ignore[return-value]  # it has just been looked at


def _refuse_declarations(package: Package, setting: EngineSetting) -> None:
    """What only DuckDB does here is refused elsewhere: rows read without a declared correction would be other rows."""
    if package.declarations:
        raise SourceError(
            f"{package.folder.name}/{package.declarations[0].name}",
            found=f"the engine {setting}",
            expected="the engine duckdb, which alone reads submitted files and applies corrections",
            hint="take the file out, or set the engine to duckdb",
        )


def _with_references(package: Package, names: tuple[str, ...]) -> tuple[str, ...]:
    """``names`` and every table that one of them refers to: a reference can only be verified with both ends."""
    found = dict.fromkeys(names)
    todo = [name for name in names if name in package.tables]
    while todo:
        for key in package.tables[todo.pop()].foreign_keys:
            if key.table not in found and key.table in package.tables:
                found[key.table] = None
                todo.append(key.table)
    return tuple(found)


def in_memory(**rows: list[dict[str, Any]]) -> Tables:
    """Tables from a few rows, for examples and tests; ``*_on`` columns are given as ISO text and become dates.

    >>> in_memory(counties=[{"area_code": "990102"}]).count("counties")
    1
    """
    import pyarrow as pa

    backend = connected()
    for name, content in rows.items():
        table = pa.Table.from_pylist(content)
        for position, column in enumerate(table.column_names):
            if column.endswith("_on") or pa.types.is_null(table[column].type):
                kind = pa.date32() if column.endswith("_on") else pa.string()
                table = table.set_column(position, column, table[column].cast(kind))
        backend.create_table(name, table)
    return Tables(backend, tuple(rows), reader=reader(backend, tuple(rows)))
