"""The keys of a data package's declarations: a key that nobody reads would be a declaration that nobody holds."""

from __future__ import annotations

from typing import Any

from zt_analysis.errors import SourceError, nearest

# what may be said of each thing: by the Data Package standard, and what is ours
KEYS = {
    "resource": (
        *("name", "path", "hash", "schema", "role", "synthetic", "rows", "bytes", "title", "description", "homepage"),
        *("$schema", "profile", "type", "format", "mediatype", "encoding", "dialect", "sources", "licenses", "scheme"),
        *("compression", "innerpath", "extrapaths", "control", "layout", "stats"),
    ),
    "schema": (
        *("fields", "primaryKey", "foreignKeys", "uniqueKeys", "missingValues", "fieldsMatch", "$schema", "profile"),
        *("name", "title", "description", "homepage", "version", "created", "keywords", "contributors", "examples"),
    ),
    "column": (
        *("name", "type", "title", "description", "constraints", "personal", "identifying", "days", "unit", "format"),
        *("example", "examples", "rdfType", "missingValues", "trueValues", "falseValues", "decimalChar", "groupChar"),
        *("bareNumber", "categories", "categoriesOrdered", "arrayItem", "delimiter", "itemType"),
    ),
    "foreign key": ("fields", "reference"),
    "reference": ("resource", "fields"),
}


def refuse_unknown(what: str, holder: dict[str, Any], whose: str) -> None:
    """Refuse a key that nothing reads: a misspelt ``identifying`` would leave a column shown to everybody.

    Raises:
        SourceError: there is one; its hint is the nearest key that is read.
    """
    known = KEYS[what]
    if unknown := next((key for key in holder if key not in known), None):
        raise SourceError(
            whose, found=f"the key {unknown!r}", expected=f"one of {', '.join(known)}",
            hint=nearest(unknown, known).strip() or "take it out",
        )  # fmt: skip
