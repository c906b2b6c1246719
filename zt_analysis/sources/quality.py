"""What was checked of a package's rows and what was corrected in them, kept beside the rows themselves.

A batch verifies a package once and opens it many times; what the checks found has to travel with the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zt_analysis.sources.arriving import left_out
from zt_analysis.sources.corrections import FILE, Correction, shown
from zt_analysis.sources.descriptor import Package
from zt_analysis.sources.loading import SUBMITTED
from zt_analysis.sources.verification import Checked

if TYPE_CHECKING:
    import duckdb

    from zt_analysis.sources.tables import Tables

KEPT_IN = "_zt_quality"


def keep_quality(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    checked: list[Checked],
    corrections: list[tuple[Correction, list[str]]],
) -> None:
    """Write what was checked and corrected into the database that holds the rows."""
    declared_by = package.declared_by.get(FILE)
    content: dict[str, Any] = {
        "tables": [asdict(one) for one in checked],
        "corrections": [
            asdict(shown(one, package.tables[one.table])) | {"places": places} for one, places in corrections
        ],
        "corrections_file": {"path": FILE, "sha256": declared_by} if declared_by else None,
    }
    content["submissions"] = _submissions(connection) if any(table.source for table in package.tables.values()) else []
    if missing := left_out(package):
        content["missing"] = missing
    keep_content(connection, content)


def keep_content(connection: duckdb.DuckDBPyConnection, content: Mapping[str, Any]) -> None:
    """Have ``content`` found by ``quality`` in ``connection``."""
    connection.execute(f"CREATE TABLE {KEPT_IN} AS SELECT ? AS content", [json.dumps(content, ensure_ascii=False)])


def quality_of(content: Mapping[str, Any], names: Iterable[str], package: Package) -> dict[str, Any]:
    """What ``content`` says of the tables ``names`` of ``package``, as ``keep_quality`` writes it of them alone."""
    found = dict(content)
    for key in ("tables", "corrections", "submissions"):
        found[key] = [one for name in names for one in content[key] if one["table"] == name]
    found.pop("missing", None)
    return found | ({"missing": missing} if (missing := left_out(package)) else {})


def _submissions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    known = connection.execute(f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{SUBMITTED}'").fetchall()
    if not known[0][0]:
        return []
    return [json.loads(row[0]) for row in connection.execute(f"SELECT content FROM {SUBMITTED}").fetchall()]


def quality(tables: Tables) -> dict[str, Any]:
    """What verifying the rows of ``tables`` found, as plain JSON types.

    ``tables`` (each with ``table``, ``rows``, ``columns``, ``checks``, ``problems``, ``keys``), ``corrections``,
    ``corrections_file`` and ``submissions`` (each file that an office sent); no tables where the rows were not
    read from the package's files. ``missing`` only where tables were opened without counties (``left_out``).
    """
    if tables.package is None or tables.backend.name != "duckdb":
        return {"tables": [], "corrections": [], "corrections_file": None, "submissions": []}
    found = tables.keep("quality", lambda: tables.verified.execute(f"SELECT content FROM {KEPT_IN}").fetchall())
    return dict(json.loads(found[0][0]))
