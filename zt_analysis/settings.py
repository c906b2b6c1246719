"""Which engine holds the rows: one setting, a text without secrets.

``duckdb`` (the package's files, in this process), ``postgres://host:port/database?schema=name`` (tables of a server),
``spark://local[2]`` or ``spark://host:port`` (the package's files, or ``?database=name`` of Spark's catalog). Names and
passwords of a database come from the environment, so that a case's file, a record or a report cannot carry one; for the
same reason a message about a wrong setting never repeats it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from zt_analysis.errors import InputError

VARIABLE = "ZT_ENGINE"
FORMS = "duckdb, postgres://host:port/database?schema=name, spark://local[2] or spark://host:port"
POSTGRES_PORT = 5432
_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_HOST = r"(?P<host>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)"
_PORT = r":(?P<port>[1-9][0-9]{0,4})"
_POSTGRES = re.compile(rf"postgres(ql)?://{_HOST}({_PORT})?/(?P<database>{_NAME})(\?schema=(?P<schema>{_NAME}))?")
_SPARK = re.compile(
    rf"spark://((?P<local>local(\[([1-9][0-9]*|\*)\])?)|{_HOST}{_PORT})/?(\?database=(?P<database>{_NAME}))?"
)


@dataclass(frozen=True)
class EngineSetting:
    """An engine and where its rows are.

    Attributes:
        kind: ``duckdb``, ``postgres`` or ``spark``.
        host: the server; for Spark ``local[n]`` or a master's host.
        port: None where there is none.
        database: a database of PostgreSQL, or of Spark's catalog; empty for the package's files.
        schema: of PostgreSQL.
    """

    kind: str
    host: str = ""
    port: int | None = None
    database: str = ""
    schema: str = ""

    @property
    def reads_files(self) -> bool:
        """Whether the rows come from the package's files, which have checksums."""
        return not self.database

    def __str__(self) -> str:
        """The setting in full, defaults included; there is nothing secret in it."""
        if self.kind == "duckdb":
            return self.kind
        place = self.host if self.port is None else f"{self.host}:{self.port}"
        if self.kind == "spark":
            return f"spark://{place}" + (f"?database={self.database}" if self.database else "")
        return f"postgres://{place}/{self.database}?schema={self.schema}"


DUCKDB = EngineSetting("duckdb")
REFUSE, PUBLISH_WITHOUT = "refuse", "publish_without"
LATE_WORDS = (REFUSE, PUBLISH_WITHOUT)
# carries a case's word to its kernel: the notebook opens tables and need not know
LATE = "ZT_LATE"
# whether verified rows are kept beside their package
KEEPING = "ZT_KEPT_ROWS"
KEEP, READ_KEPT, KEEP_NOTHING = KEEPING_WORDS = ("on", "read", "off")


def engine_setting(text: str = "", *, where: str = "parameter 'engine'") -> EngineSetting:
    """The engine that ``text`` names, or that the environment variable ZT_ENGINE names instead; DuckDB when empty.

    Raises:
        InputError: no known engine, a part missing, or a user name or password in it.
    """
    override = os.environ.get(VARIABLE, "")
    if override:
        text, where = override, f"environment variable {VARIABLE}"
    return read_setting(text or "duckdb", where=where)


def late_setting(word: object, *, where: str) -> str:
    """What is done when a county's file is not there: ``refuse`` or ``publish_without`` it.

    Raises:
        InputError: another word; ``where`` says whose setting it is.
    """
    if word not in LATE_WORDS:
        expected = " or ".join(LATE_WORDS)
        raise InputError(where, found=repr(word), expected=expected, hint="leave it out, and a late file is refused")
    return str(word)


def kept_rows_setting() -> str:
    """What is done with verified rows beside their package, by the environment variable ZT_KEPT_ROWS: ``on`` if unset.

    ``read`` uses what is kept and writes nothing; ``off`` does neither.

    Raises:
        InputError: another word.
    """
    word = os.environ.get(KEEPING) or KEEP
    if word not in KEEPING_WORDS:
        expected, hint = ", ".join(KEEPING_WORDS), "unset it, and rows are verified once (docs/scale.md)"
        raise InputError(f"environment variable {KEEPING}", found=repr(word), expected=expected, hint=hint)
    return word


def read_setting(text: object, *, where: str) -> EngineSetting:
    """The engine that ``text`` names, whatever the environment says.

    >>> str(read_setting("postgres://db.example.cn/zt", where="here"))
    'postgres://db.example.cn:5432/zt?schema=public'

    Raises:
        InputError: as ``engine_setting``; ``where`` says whose setting it is.
    """
    if text == "duckdb":
        return DUCKDB
    if not isinstance(text, str):
        raise _wrong(where, f"no text ({type(text).__name__})")
    _refuse_secrets(text, where)
    if found := _POSTGRES.fullmatch(text):
        port = int(found["port"] or POSTGRES_PORT)
        return EngineSetting("postgres", found["host"], port, found["database"], found["schema"] or "public")
    if found := _SPARK.fullmatch(text):
        port_or_none = int(found["port"]) if found["port"] else None
        return EngineSetting("spark", found["local"] or found["host"], port_or_none, found["database"] or "")
    raise _wrong(where, repr(text) if re.fullmatch(r"\w{1,20}", text) else "an address of another form")


def _refuse_secrets(text: str, where: str) -> None:
    # a password may hold any character, so nothing is parsed before this
    if "@" in text or re.search(r"(?i)pass|pwd|user|token|secret", text.partition("?")[2]):
        raise InputError(
            where,
            found="a user name or password in it",
            expected=FORMS,
            hint="set PGUSER, and PGPASSWORD or PGPASSFILE, in the environment; change a password that was in a file",
        )


def _wrong(where: str, found: str) -> InputError:
    return InputError(where, found=found, expected=FORMS, hint="docs/engines.md has an example of each")
