"""A package's verified rows into a PostgreSQL database, for a first use and for tests: all its tables or none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import plain_file
from zt_analysis.errors import InputError, SourceError
from zt_analysis.extras import need
from zt_analysis.settings import EngineSetting
from zt_analysis.sources.descriptor import Table
from zt_analysis.sources.dialects import POSTGRES, quoted
from zt_analysis.sources.engines import first_line

if TYPE_CHECKING:
    from zt_analysis.sources.tables import Tables

CHUNK_BYTES = 1 << 20


def upload(tables: Tables, setting: EngineSetting) -> dict[str, int]:
    """Copy ``tables``, opened on DuckDB, into new tables of the database; rows copied, by table.

    Nothing that is there is replaced.

    Raises:
        InputError: an engine that takes no rows.
        SourceError: a table is already there, or the server refuses; then nothing has been copied.
    """
    if setting.kind != "postgres":
        raise InputError(
            f"engine {setting}",
            found="an engine that reads the package's files itself",
            expected="postgres://host:port/database?schema=name",
            hint="set it as the case's engine; there is nothing to load",
        )
    need("psycopg", f"engine {setting}")
    import psycopg

    from zt_analysis.sources.postgres import Postgres

    connection = Postgres(setting)
    session = connection.backend.con
    try:
        with session.transaction(), session.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(setting.schema)}")
            return {table.name: _copy(table, tables, cursor, setting) for table in tables.declared}
    except psycopg.Error as error:
        hint = "name a schema without these tables, in which the role may create some"
        raise SourceError(f"engine {setting}", found=first_line(error), expected="new tables", hint=hint) from None
    finally:
        session.close()


def _copy(table: Table, tables: Tables, cursor: Any, setting: EngineSetting) -> int:
    columns = ", ".join(f"{quoted(one.name)} {POSTGRES.types[one.type]}" for one in table.columns)
    target = f"{quoted(setting.schema)}.{quoted(table.name)}"
    cursor.execute(f"CREATE TABLE {target} ({columns})")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        # an empty text is quoted there and no value is not: PostgreSQL reads both as they are meant
        tables.verified.execute(f"COPY {quoted(table.name)} TO '{path}' (FORMAT csv, HEADER false)")
        with plain_file(path) as file, cursor.copy(f"COPY {target} FROM STDIN (FORMAT csv, ENCODING 'UTF8')") as copy:
            while chunk := file.read(CHUNK_BYTES):
                copy.write(chunk)
    cursor.execute(f"ANALYZE {target}")
    return tables.count(table.name)
