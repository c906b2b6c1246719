"""A query of one's own, over declared tables and nothing else: no file, no folder, no setting of the engine."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from zt_analysis.errors import InputError
from zt_analysis.opened import frames
from zt_analysis.opened.asked import titles_of
from zt_analysis.opened.naming import close

if TYPE_CHECKING:
    from zt_analysis.opened.open_case import OpenCase
    from zt_analysis.opened.shelf import Shelf

# what makes rows of its own, and reads nothing
MAKING = ("unnest", "range", "generate_series", "values", "generate_subscripts", "explode")
READING = re.compile(r"(?:read|scan|glob|query|sniff|duckdb|pragma|getenv|current_setting|st_|sql)(?:_|$)|_scan$", re.I)
DIALECTS = {"duckdb": "duckdb", "postgres": "postgres", "spark": "spark"}
QUERY = "query"


def queried(book: OpenCase, query: str) -> frames.Shown:
    """What a query gives, its columns called as they are declared.

    Raises:
        InputError: no query, or one of what is not a declared table; names the nearest.
    """
    with book._here():
        named = _tables_in(query, book.tables)
        unopened = {one.name for one in book.tables.unopened}
        tables = book.every_table if named & unopened else book.tables
        known = set(tables.names)
        if unknown := sorted(named - known):
            near = close(unknown[0], known)
            raise InputError(
                f"{QUERY} of {unknown[0]!r}", found="no declared table", expected=", ".join(sorted(known)),
                hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "book.tables shows them",
            )  # fmt: skip
        frame = tables.sql(query)
        titles = titles_of([name for name in tables.names if name in named], tables, book.paper.language)
        heads = {str(name): frames.head(titles.get(str(name), "")) for name in frame.columns}
        found: frames.Shown = frames.named(frame, heads, language=book.paper.language)
        return found


@contextmanager
def _unsaid() -> Iterator[None]:
    """What the parser logs of statements that it does not take apart is no word of ours."""
    logger = logging.getLogger("sqlglot")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _tables_in(query: object, tables: Shelf) -> set[str]:
    """The names of the tables that a query reads, those that it makes itself left out."""
    if not isinstance(query, str):
        raise InputError(QUERY, found=type(query).__name__, expected="SQL in a text", hint='book.sql("SELECT …")')
    dialect = next((name for start, name in DIALECTS.items() if str(tables.engine).startswith(start)), "duckdb")
    try:
        with _unsaid():
            trees = [one for one in sqlglot.parse(query, read=dialect) if one is not None]
    except sqlglot.errors.SqlglotError as error:
        first = str(error).splitlines()[0]
        raise InputError(
            f"{QUERY} {query!r}", found=re.sub(r"\x1b\[\d*m", "", first),
            expected=f"SQL over {', '.join(tables.names)}", hint="SELECT … FROM a table",
        ) from None  # fmt: skip
    made, named = set[str](), set[str]()
    for tree in trees:
        made |= {one.alias for one in tree.find_all(exp.CTE)}
        for one in tree.find_all(exp.Func):
            name = one.name if isinstance(one, exp.Anonymous) else one.sql_name()
            if READING.match(name) or name.lower().endswith("_scan"):
                raise _elsewhere(name, tables)
        for table in tree.find_all(exp.Table):
            if isinstance(table.this, exp.Identifier):
                if table.args.get("db"):
                    raise _elsewhere(table.sql(dialect), tables)
                named.add(table.name)
            elif (name := _function(table.this)) not in MAKING:
                raise _elsewhere(name, tables)
    return named - made


def _function(node: object) -> str:
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    return node.sql_name().lower() if isinstance(node, exp.Func) else str(node)


def _elsewhere(name: str, tables: Shelf) -> InputError:
    return InputError(
        f"{QUERY} of {name}", found="what is no declared table", expected=", ".join(tables.names),
        hint="read other files with pandas, beside the case",
    )  # fmt: skip
