"""The places that the parts of a circular are about."""

from __future__ import annotations

from zt_analysis.define import Tables

CITY = {"zh": "全市", "en": "whole city"}


def county_names(tables: Tables) -> dict[str, dict[str, str]]:
    """Names of the counties by code, in the order of the codes."""
    rows = sorted(tables.rows(tables["counties"]), key=lambda row: row["county_code"])
    return {row["county_code"]: {"zh": row["name_zh"], "en": row["name_en"]} for row in rows}
