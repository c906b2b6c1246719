"""Tables of a PostgreSQL database, read where they are, in one snapshot that nobody else's changes reach."""

from __future__ import annotations

import os
from typing import Any

from zt_analysis.errors import InputError, SourceError
from zt_analysis.extras import need
from zt_analysis.settings import EngineSetting
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import POSTGRES, quoted
from zt_analysis.sources.engines import Connection, first_line
from zt_analysis.sources.keyed import check_columns, mistyped_column

# what a declared type may be in the database
STORED = {
    "string": ("text", "character varying", "character"),
    "integer": ("smallint", "integer", "bigint"),
    "boolean": ("boolean",),
    "date": ("date",),
}
SECONDS = 10
USER, SECRETS = "PGUSER", ("PGPASSWORD",)


class Postgres(Connection):
    """A session of its own: views that nobody else sees, then one read-only snapshot."""

    dialect = POSTGRES

    def __init__(self, setting: EngineSetting):
        need("psycopg", f"engine {setting}")
        import ibis
        import psycopg

        if not os.environ.get(USER):
            raise InputError(
                f"engine {setting}",
                found=f"no {USER} in the environment",
                expected="the name of a role that may read the tables",
                hint=f"set {USER}, and PGPASSWORD or PGPASSFILE; a name or password never stands in the setting",
            )
        try:
            backend = ibis.postgres.connect(
                host=setting.host, port=setting.port, database=setting.database,
                connect_timeout=SECONDS, application_name="zt_analysis", options="-c datestyle=ISO",
            )  # fmt: skip
        except psycopg.Error as error:
            raise self._failed(error, setting, "set PGUSER and PGPASSWORD, and check host, port and database") from None
        super().__init__(setting, backend)

    def view(self, table: Table) -> None:
        """Make a temporary view of ``table``."""
        check_columns(self.place(table), list(stored := self._stored(table)), table, exact=False)
        for column in table.columns:
            if stored[column.name] not in STORED[column.type]:
                raise mistyped_column(self.place(table), column, stored[column.name], STORED[column.type])
        columns = ", ".join(f"{_typed(column)} AS {quoted(column.name)}" for column in table.columns)
        rows = f"{quoted(self.setting.schema)}.{quoted(table.name)}"
        self._execute(f"CREATE TEMPORARY VIEW {quoted(table.name)} AS SELECT {columns} FROM {rows}")

    def close(self) -> None:
        """End the session, and with it the snapshot."""
        self.backend.con.close()

    def settle(self) -> None:
        """Begin the snapshot: whoever changes rows from now on does not change this run, and it changes none."""
        self._execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Whole numbers are int, sums of them Decimal. What it refuses leaves the snapshot as it was."""
        import psycopg

        try:
            # within the snapshot this is a savepoint: an error would end the transaction, and with it the snapshot
            with self.backend.con.transaction():
                cursor = self._execute(sql)
                return [column.name for column in cursor.description or ()], list(cursor.fetchall())
        except psycopg.Error as error:
            raise self._failed(error, self.setting, "open the package again") from None

    def _stored(self, table: Table) -> dict[str, str]:
        """Each column of the table in the database and its type; empty when there is none that may be read."""
        cursor = self._execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_catalog = current_database() "
            "AND table_schema = %s AND table_name = %s ORDER BY ordinal_position",
            (self.setting.schema, table.name),
        )
        return dict(cursor.fetchall())

    def _execute(self, sql: str, values: tuple[str, ...] | None = None) -> Any:
        import psycopg

        try:
            # without values a % in the SQL is a % and not a place for one
            return self.backend.con.execute(sql, values)
        except psycopg.Error as error:
            hint = "ask for the right to read the tables, and TEMPORARY on the database, if that is what it says"
            raise self._failed(error, self.setting, hint) from None

    @staticmethod
    def _failed(error: Exception, setting: EngineSetting, hint: str) -> SourceError:
        """What the server said, without the name and password it was told."""
        found = first_line(error)
        for name in (USER, *SECRETS):
            if value := os.environ.get(name):
                found = found.replace(value, f"${name}")
        return SourceError(f"engine {setting}", found=found, expected="an answer", hint=hint)


def _typed(column: Column) -> str:
    """The declared type; text in the order of its code points."""
    order = ' COLLATE "C"' if column.type == "string" else ""
    return POSTGRES.as_type(quoted(column.name), column.type) + order
