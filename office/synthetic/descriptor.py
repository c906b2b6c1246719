"""The package's declaration (Frictionless Data Package): tables, columns, types, units, keys, constraints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .published import PUBLISHED

TITLE = (
    "昭通市控辍保学与学生资助：合成演示数据（行为编造，总数与公布数一致，分县数不是事实） / "
    "Zhaotong, children in school and student aid: synthetic demonstration data (rows are invented; totals match "
    "what was published; splits by county are not facts)"
)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Each table as ``tables.json`` declares it: title, format, fields, primary and foreign keys."""
    found = _read("tables.json")
    described = _read("columns.json")
    for table in found.values():
        table["fields"] = [{**field, "description": described[field["name"]]} for field in table["fields"]]
    return found


def _read(name: str) -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / name).read_text(encoding="utf-8")))


def descriptor(resources: list[dict[str, Any]], *, seed: int, scale: int) -> dict[str, Any]:
    """``datapackage.json`` around its resources."""
    return {
        "profile": "data-package",
        "name": "zhaotong-2018",
        "title": TITLE,
        "description": "Made by `zt synthesize`. Real: the published totals, county codes and names, 2020 census, aid "
        "standards marked known. Invented: every row about a person, school, household, document or payment.",
        "synthetic": True,
        "seed": seed,
        "scale": scale,
        "published_totals": PUBLISHED,
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "sources": [
            {"title": "教育兴昭简报 2018年第11期 (published totals)"},
            {"title": "GB/T 2260 county codes; Seventh National Population Census 2020"},
        ],
        "resources": resources,
    }


def table_resource(name: str, *, partitioned: bool) -> dict[str, Any]:
    """One table's resource without what depends on its file (hash, bytes, rows).

    Args:
        partitioned: Parquet is in a folder of files, not in one file.
    """
    table = tables()[name]
    parquet = table["format"] == "parquet"
    return {
        "name": name,
        "type": "table",
        "path": name if parquet and partitioned else f"{name}.{table['format']}",
        "title": table["title"],
        "description": table["description"],
        "scheme": "file",
        "format": table["format"],
        "mediatype": "application/vnd.apache.parquet" if parquet else "text/csv",
        **({} if parquet else {"encoding": "utf-8"}),
        "synthetic": True,
        **({"role": table["role"]} if "role" in table else {}),
        "schema": {key: table[key] for key in ("fields", "primaryKey", "foreignKeys") if table[key]},
    }


def side_resource(role: str, stem: str, header: list[str]) -> dict[str, Any]:
    """The resource of a claims or explanations file: every column is text."""
    return {
        "name": f"{role}-{stem}",
        "type": "table",
        "path": f"{role}/{stem}.csv",
        "title": {"claims": "公布数", "explanations": "已说明的差异"}[role],
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "role": role,
        "schema": {"fields": [{"name": name, "type": "string"} for name in header]},
    }
