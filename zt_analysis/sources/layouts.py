"""What a submitted file of a table must hold, by ``sources.yml`` and the table's schema."""

from __future__ import annotations

from zt_analysis.errors import InputError
from zt_analysis.sources.descriptor import Column, Table
from zt_analysis.sources.sources_yml import Source
from zt_analysis.submissions import Field, FromName, Layout
from zt_analysis.submissions.sheet_layout import MISSING

# the unit of a column is the end of its name (docs/glossary.md)
BASES = {"_fen": "分", "_persons": "人"}


def layout_of(table: Table) -> Layout:
    """What a submitted file of ``table`` must hold.

    Raises:
        InputError: a unit, width or word of ``sources.yml`` that does not suit its column.
    """
    source = table.source
    assert source is not None
    constants: dict[str, str | FromName] = dict(source.constants)
    if source.key:
        constants[source.key] = FromName(source.expected)
    given = [column for column in table.columns if column.name not in constants or column.name in source.columns]
    try:
        return Layout(
            tuple(_field(column, table, source) for column in given),
            sheet=source.sheet, constants=constants, ignored=source.ignored, key=table.primary_key,
            zero_report=source.zero_report, unpivot=source.unpivot,
        )  # fmt: skip
    except InputError as error:
        raise InputError(f"{table.folder.name}/sources.yml, table {table.name!r}: {error}") from error


def _field(column: Column, table: Table, source: Source) -> Field:
    name, unit = column.name, source.units.get(column.name, "")
    by_name = next((base for end, base in BASES.items() if name.endswith(end)), "")
    base = source.bases.get(name, by_name) if unit else ""
    return Field(
        name,
        column.type,
        source.columns.get(name, (name,)),
        unit=unit,
        base=base,
        missing=(*MISSING, *source.missing),
        required=bool(column.constraints.get("required")) or name in table.primary_key,
        width=source.widths.get(name, 0),
        values=source.values.get(name, source.renamed.get(name)),
        kept=name in source.renamed,
        summed=name not in source.not_summed,
    )
