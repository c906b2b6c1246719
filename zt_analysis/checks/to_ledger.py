"""Figures, verdicts and relations as plain JSON types: the parts of a ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from zt_analysis.bulletins import Paper
from zt_analysis.checks.relations import Evaluated
from zt_analysis.checks.samples import first_rows, first_rows_later, shown_corrections
from zt_analysis.checks.verdicts import Verdict
from zt_analysis.contents import plain_bytes
from zt_analysis.figures import Figure, both_languages, difference_unit
from zt_analysis.indicators import (
    Behind,
    Wanted,
    behind,
    by_group,
    column,
    columns,
    find,
    inputs,
    not_received,
    proofs,
    row_counts,
    source_tables,
    sql,
)
from zt_analysis.indicators.dimensions import dimension_label, part_name, part_names, split_by
from zt_analysis.indicators.indicator import Exact, Group
from zt_analysis.sources import Tables, quality
from zt_analysis.terms import labels, vocabulary


def package_record(tables: Tables, paper: Paper) -> dict[str, Any]:
    """The data package: name, whether its rows are invented, each file that the paper reads with both checksums."""
    assert tables.package is not None
    return {
        "name": tables.package.name,
        "path": paper.package,
        "title": tables.package.title,
        "synthetic": tables.package.synthetic,
        "engine": str(tables.engine),
        "quality": _quality(tables, paper.rows),
        "declared_by": tables.package.declared_by,
        "files": [*_in_database(tables)]
        + [
            {
                "name": table.name,
                "path": table.path.relative_to(tables.package.folder).as_posix(),
                "submitted": table.source is not None,
                "rows": tables.count(table.name) if table.name in tables.names else None,
                "sha256": table.sha256 or None,
                "declared_sha256": table.declared_sha256,
                "matches": None if table.source else not table.changed,
                "registered": True,
            }
            | ({"rows_digest": tables.digest(table), "place": table.place} if table.in_database else {})
            for table in tables.read(paper.side_files)
        ]
        + [*_unregistered(tables, paper)],
    }


def _quality(tables: Tables, allowed: str) -> dict[str, Any]:
    found = quality(tables)
    return found | {"corrections": shown_corrections(found["corrections"], tables, allowed)}


def _in_database(tables: Tables) -> Iterator[dict[str, Any]]:
    """The tables that were read from a database: what stands for a file's checksum is one over the rows."""
    if tables.engine.reads_files:
        return
    place = tables.engine.schema or tables.engine.database
    for table in tables.declared:
        yield {
            "name": table.name,
            "path": table.declared_path,
            "place": f"{place}.{table.name}",
            "rows": tables.count(table.name),
            "rows_digest": tables.digest(table),
            "sha256": None,
            "declared_sha256": None,
            "matches": None,
            "registered": True,
        }


def _unregistered(tables: Tables, paper: Paper) -> Iterator[dict[str, Any]]:
    """What the paper reads beside tables though the package declares no such file: printed numbers, explanations."""
    assert tables.package is not None
    declared = {table.path for table in tables.package.tables.values()}
    for name in paper.side_files:
        path = tables.package.folder / name
        if path not in declared and path.exists():
            yield {
                "name": path.stem,
                "path": name,
                "submitted": False,
                "rows": None,
                "sha256": hashlib.sha256(plain_bytes(path)).hexdigest(),
                "declared_sha256": None,
                "matches": None,
                "registered": False,
            }


def figure_records(
    wanted: Sequence[Wanted], figures: Mapping[str, Figure], tables: Tables, *, rows: str = "public", split: str = ""
) -> list[dict[str, Any]]:
    """Each figure with its definition, SQL, sources, its parts (by ``split`` or a register), first rows."""
    parts = _parts(wanted, tables, split)
    totals = row_counts(wanted, tables)
    rows_of = {one: behind(one, tables) for one in wanted if not find(one.indicator).derived}
    first_rows_later(rows_of.values(), tables, allowed=rows)
    return [
        _figure_record(one, figure, tables)
        | {"parts": parts[one]}
        | {"rows": _rows_behind(one, rows_of.get(one), tables, total, rows)}
        for one, figure, total in zip(wanted, figures.values(), totals, strict=True)
    ]


def _parts(wanted: Sequence[Wanted], tables: Tables, preferred: str) -> dict[Wanted, dict[str, Any] | None]:
    """The figures broken down, those by one dimension together; None for a figure that has none."""
    by = split_of(wanted, tables, preferred)
    found: dict[Wanted, dict[str, Any] | None] = dict.fromkeys(wanted)
    for dimension in dict.fromkeys(filter(None, by.values())):
        mine = [one for one in dict.fromkeys(wanted) if by[one] == dimension]
        for one, values in zip(mine, by_group(mine, tables, by=(dimension,)), strict=True):
            found[one] = _parts_record(values, one, dimension, tables)
    return found


def split_of(wanted: Iterable[Wanted], tables: Tables, preferred: str) -> dict[Wanted, str]:
    """The dimension by which the card of each figure shows its parts; empty where it shows none."""
    return {one: split_by(columns(one, tables), tables, preferred) for one in wanted}


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """One claim and its verdict."""
    claim = verdict.claim
    return {
        "claim": claim.id,
        "surface": claim.surface,
        "class": claim.cls,
        "headline": claim.headline,
        "label": claim.label,
        "paragraph": claim.paragraph,
        "section": claim.section,
        "figure": verdict.figure.key if verdict.figure else None,
        "printed": claim.value,
        "unit": claim.unit,
        "qualifier": claim.qualifier,
        "computed": both_languages(verdict.figure.exact, verdict.figure.unit) if verdict.figure else None,
        "verdict": verdict.word,
        "difference": verdict.difference,
        "difference_unit": difference_unit(claim.unit if verdict.figure else ""),
        "reason": verdict.reason,
        "expires_on": verdict.expires_on.isoformat() if verdict.expires_on else None,
    }


def relation_record(one: Evaluated, tables: Tables, *, rows: str = "public") -> dict[str, Any]:
    """One relation, its two sides, imbalance and status."""
    finding, explanation = one.finding, one.explanation
    listed = isinstance(finding.breaking, list) and bool(finding.breaking)  # differences with a cause break nothing
    breaking = finding.breaking if finding.holds is False or listed else None
    return {
        "id": one.relation.id,
        "severity": one.relation.severity,
        "title": one.relation.title,
        "statement": one.relation.statement,
        "left": exact_text(finding.left),
        "operator": finding.operator,
        "right": exact_text(finding.right),
        "imbalance": exact_text(finding.imbalance),
        "display": {
            side: both_languages(value, finding.unit)
            for side, value in (("left", finding.left), ("right", finding.right), ("imbalance", finding.imbalance))
        },
        "unit": finding.unit,
        "checked": finding.checked,
        "status": one.status,
        "reason": explanation.reason if explanation else one.reason,
        "expires_on": explanation.expires_on.isoformat() if explanation else None,
        "figures": list(finding.figures),
        "breaking_rows": first_rows(breaking, tables, allowed=rows)
        | {"total": len(breaking) if isinstance(breaking, list) else int(finding.left or 0)}
        if breaking is not None
        else None,
    }


def exact_text(value: Exact) -> str | None:
    """An exact value as text: ``1915`` or ``329/548000``; None stays None."""
    return None if value is None else str(Fraction(value))


def _rows_behind(one: Wanted, rows: Behind | None, tables: Tables, total: int, allowed: str) -> dict[str, Any] | None:
    """The first rows of a measured figure; a derived one has inputs instead."""
    if rows is None:
        return None
    return first_rows(rows, tables, column(one, tables), allowed=allowed) | {"total": total}


def figure_label(one: Wanted | Figure) -> dict[str, str]:
    """The name of a figure in both languages: the part of the whole, then the indicator."""
    words = find(one.indicator).label
    # a county's code, for one, is in no vocabulary: whoever has the tables names it
    for value in (value for _, value in one.scope if value in vocabulary()):
        words = {language: f"{labels(value)[language]}{_gap(language)}{text}" for language, text in words.items()}
    return words


def brief_record(one: Wanted, figure: Figure) -> dict[str, Any]:
    """What of a figure's record a message needs; the same as in the whole one."""
    display = both_languages(figure.exact, figure.unit)
    return {"key": figure.key, "label": figure_label(one), "exact": exact_text(figure.exact), "display": display}


def _figure_record(one: Wanted, figure: Figure, tables: Tables) -> dict[str, Any]:
    indicator = find(one.indicator)
    return {
        "key": figure.key,
        "indicator": figure.indicator,
        "at": figure.at,
        "scope": dict(figure.scope),
        "label": figure_label(one),
        "unit": figure.unit,
        "exact": exact_text(figure.exact),
        "display": both_languages(figure.exact, figure.unit),
        "definition": indicator.said("Definition"),
        "formula": indicator.said("Formula"),
        "null_rule": indicator.said("NULL"),
        "source": indicator.said("Source"),
        "sql": sql(one, tables),
        "tables": (read := source_tables(one, tables)),
        "corrections": [each["number"] for each in quality(tables)["corrections"] if each["table"] in read],
        "proofs": [str(proof) for proof in proofs(one, tables)],
        "inputs": [name.key for name in inputs(one)],
    }


def _gap(language: str) -> str:
    return " " if language == "en" else ""


def _parts_record(values: dict[Group, Exact], wanted: Wanted, dimension: str, tables: Tables) -> dict[str, Any]:
    indicator = find(wanted.indicator)
    # a part without a row has none of what is measured; what is derived from nothing is not derivable
    none = dict.fromkeys(part_names(dimension, tables), None if indicator.derived else 0)
    exact = none | {code: one for (code,), one in values.items()}
    late = not_received(wanted, tables, (dimension,))
    return {
        "by": dimension,
        "label": dimension_label(dimension),
        "rows": [
            {
                "code": code,
                "label": part_name(dimension, code, tables),
                "exact": exact_text(exact[code]),
                "display": labels("not_received") if (code,) in late else both_languages(exact[code], indicator.unit),
            }
            for code in sorted(exact)
        ],
    }
