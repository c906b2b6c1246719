"""Last week's file sent again: known by the checksums in the record of the case before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError, SourceError
from zt_analysis.runs.record import file_record, read_record
from zt_analysis.sources.arriving import dates_in
from zt_analysis.sources.descriptor import Table, read_package


def resent(parameters: Mapping[str, Any], root: Path, outputs: Path) -> list[dict[str, str]]:
    """Each submitted file that the case before has read already: ``file`` and ``case``.

    A table of which no file is another says nothing: it was not collected anew.

    Raises:
        InputError: such a file of a table that is ``dated_by`` a column and has no day after that case's ``as_of``.
    """
    before = params.neighbours(parameters["case"], root)[0]
    record = read_record(outputs / before) if before else {}
    known = {one["sha256"] for one in record.get("inputs", [])}
    if not known:
        return []
    found = []
    for table, paths in _submitted(root / parameters["package"]):
        again = [path for path in paths if file_record(path, root)["sha256"] in known]
        if len(again) == len(paths):
            continue
        _refuse_old(table, again, record)
        found += [{"file": path.relative_to(root).as_posix(), "case": str(before)} for path in again]
    return found


def _submitted(package: Path) -> list[tuple[Table, list[Path]]]:
    """The submitted tables with their files; none where the package cannot be read, which opening refuses."""
    try:
        tables = [one for one in read_package(package).tables.values() if one.source and not one.in_database]
        return [(one, [path for path in one.parts.paths if path.is_file()]) for one in tables]
    except SourceError:
        return []


def _refuse_old(table: Table, again: list[Path], record: Mapping[str, Any]) -> None:
    """Refuse a file whose every row was there a period ago, where each file has to have a row of the period."""
    assert table.source is not None
    column, as_of = table.source.dated_by, str(record["parameters"]["as_of"])
    for path in again if column else ():
        days = dates_in(table, path, column)
        if days and max(days) <= as_of:
            raise InputError(
                path.name, found=f"the file of case {record['case']} again: its last {column} is {max(days)}",
                expected=f"rows after {as_of}", hint="ask for this period's file",
            )  # fmt: skip
