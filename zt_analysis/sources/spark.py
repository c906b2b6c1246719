"""The package's files, or the tables of a database in Spark's catalog, on Spark."""

from __future__ import annotations

import re
from typing import Any

from zt_analysis.errors import InputError, SourceError
from zt_analysis.personal import masked
from zt_analysis.settings import EngineSetting
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.dialects import SPARK
from zt_analysis.sources.engines import Connection, first_line
from zt_analysis.sources.keyed import check_columns, mistyped_column

STORED = {
    "string": ("string", "varchar", "char"),
    "integer": ("tinyint", "smallint", "int", "bigint"),
    "boolean": ("boolean",),
    "date": ("date",),
}
OPTIONS = {
    # a sum that does not fit stops the run instead of wrapping around
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # 990102 in a folder's name is a code, not a number
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # a row with too few cells is refused even by a query that needs only the first
    "spark.sql.csv.parser.columnPruning.enabled": "false",
}
# the cells of a record that cannot be parsed, to the end of what is said of it
RECORD = re.compile(r"(record(?: parsing)?): .*", re.DOTALL)
# a cell is what stands between its commas; two quotes in a quoted cell are one
CSV = {"header": "true", "mode": "FAILFAST", "quote": '"', "escape": '"', "multiLine": "true", "encoding": "UTF-8",
       "maxCharsPerColumn": "-1"}  # fmt: skip


class Spark(Connection):
    """A session of its own in this process's Spark: views that nobody else sees."""

    dialect = SPARK
    replaces_bytes = True

    def __init__(self, setting: EngineSetting):
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise InputError(
                f"engine {setting}",
                found="no package pyspark",
                expected="pyspark 4.0 and Java 17",
                hint='pip install "pyspark>=4.0,<4.1"',
            ) from error
        import ibis

        local = setting.port is None
        builder = SparkSession.builder.appName("zt_analysis")
        builder = builder.master(setting.host if local else f"spark://{setting.host}:{setting.port}")
        for name, value in OPTIONS.items():
            builder = builder.config(name, value)
        if local:
            # tables of this size are slower in the usual 200 parts
            builder = builder.config("spark.sql.shuffle.partitions", "8").config("spark.driver.host", "127.0.0.1")
        try:
            shared = builder.getOrCreate()
            shared.sparkContext.setLogLevel("ERROR")
            self.session = shared.newSession()
            for name, value in OPTIONS.items():
                if name.startswith("spark.sql."):
                    self.session.conf.set(name, value)
        except Exception as error:  # what a Java process that does not start raises has many names
            raise self._failed(error, setting, "check JAVA_HOME (Java 17), and the master's host and port") from None
        super().__init__(setting, ibis.pyspark.connect(self.session))

    def place(self, table: Table) -> str:
        """The file, or the table of the catalog."""
        return super().place(table) if self.setting.database else table.path.name

    def view(self, table: Table) -> None:
        """Make a view of ``table``."""
        frame = self._frame(table)
        stored = {name: kind.partition("(")[0] for name, kind in frame.dtypes}
        check_columns(self.place(table), list(stored), table, exact=self._is_file_of_text(table))
        for column in table.columns:
            if stored[column.name] not in STORED[column.type] and not self.is_text(table, column):
                raise mistyped_column(self.place(table), column, stored[column.name], STORED[column.type])
        columns = ", ".join(self._typed(column, table) for column in table.columns)
        frame.createOrReplaceTempView(f"raw_{table.name}")
        self._sql(f"SELECT {columns} FROM {SPARK.quoted('raw_' + table.name)}").createOrReplaceTempView(table.name)

    def written(self, table: Table) -> str:
        """The rows as their file, or the catalog, holds them."""
        return f"raw_{table.name}"

    def cell(self, column: Column, table: Table) -> str:
        """An empty cell of a file of text is no value, quoted or not, as on DuckDB."""
        name = SPARK.quoted(column.name)
        return f"NULLIF({name}, '')" if self._is_file_of_text(table) else name

    def is_text(self, table: Table, column: Column) -> bool:
        """Whether the rows come from a file of text, or the column from folders' names."""
        of_folders = not self.setting.database and column.name in table.parts.keys
        return of_folders or self._is_file_of_text(table)

    def ask(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Every row that ``sql`` gives, with the names of its columns."""
        try:
            frame = self._sql(sql)
            return list(frame.columns), [tuple(row) for row in frame.collect()]
        except _errors() as error:
            raise self._failed(error, self.setting, "see the message") from None

    def _frame(self, table: Table) -> Any:
        try:
            if self.setting.database:
                return self.session.table(f"{SPARK.quoted(self.setting.database)}.{SPARK.quoted(table.name)}")
            _ = table.sha256  # a missing file is named here, before Spark words it
            # not as_uri(): Spark takes area_code%3D990102 as it stands
            paths = [f"file://{path.resolve()}" for path in table.parts.paths]
            if not table.is_parquet:
                return self.session.read.options(**CSV).csv(paths)
            # columns whose value is in a folder's name are found below this folder only
            base = {"basePath": f"file://{table.parts.base.resolve()}"} if table.parts.many else {}
            return self.session.read.options(**base).parquet(*paths)
        except _errors() as error:
            hint = f"restore {self.place(table)}, or take it out of datapackage.json"
            raise self._failed(error, self.setting, hint) from None

    def _is_file_of_text(self, table: Table) -> bool:
        return not self.setting.database and not table.is_parquet

    def _typed(self, column: Column, table: Table) -> str:
        return f"{SPARK.as_type(self.cell(column, table), column.type)} AS {SPARK.quoted(column.name)}"

    def _sql(self, sql: str) -> Any:
        try:
            return self.session.sql(sql)
        except _errors() as error:
            raise self._failed(error, self.setting, "see the message") from None

    @staticmethod
    def _failed(error: Exception, setting: EngineSetting, hint: str) -> SourceError:
        return SourceError(f"engine {setting}", found=_said(error), expected="an answer", hint=hint)


def _errors() -> tuple[type[Exception], ...]:
    """What Spark raises: its own errors, and those of a job, which come from Java as they are."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def _said(error: Exception) -> str:
    """What went wrong in the first place, of a failed job the innermost cause; without the record that it quotes."""
    cause = getattr(error, "java_exception", None)
    while cause is not None and cause.getCause() is not None:
        cause = cause.getCause()
    found = str(error) if cause is None else str(cause.toString())
    return masked(first_line(Exception(RECORD.sub(r"\1", found))))
