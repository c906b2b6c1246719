"""Last week's file sent again: known by the checksums in the record of the case before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError, SourceError
from zt_analysis.rooted import in_project
from zt_analysis.runs.record import file_record, read_record, shown_path
from zt_analysis.sources.arriving import dates_in
from zt_analysis.sources.descriptor import Table, read_package


@dataclass(frozen=True)
class Again:
    """A submitted file of ``table`` that ``case`` has read already; ``last_on``: its last day, if that is over."""

    table: Table
    path: Path
    case: str
    as_of: str
    last_on: str = ""

    @property
    def text(self) -> str:
        """What is noted of it."""
        return f"the file that case {self.case} has read already, sent again unchanged"

    @property
    def refusal(self) -> InputError | None:
        """Why it is refused: each file has to have a row of the period, and all of its rows are older."""
        if not self.last_on:
            return None
        column = self.table.source.dated_by if self.table.source else ""
        return InputError(
            self.path.name, found=f"the file of case {self.case} again: its last {column} is {self.last_on}",
            expected=f"rows after {self.as_of}", hint="ask for this period's file",
        )  # fmt: skip


@in_project
def resent(parameters: Mapping[str, Any], root: Path, outputs: Path) -> list[dict[str, str]]:
    """Each submitted file that the case before has read already: ``file`` and ``case``.

    Raises:
        InputError: such a file of a table that is ``dated_by`` a column and has no day after that case's ``as_of``.
    """
    found = list(sent_again(parameters, root, outputs))
    for one in found:
        if one.refusal:
            raise one.refusal
    return [{"file": shown_path(one.path, root), "case": one.case} for one in found]


@in_project
def sent_again(parameters: Mapping[str, Any], root: Path, outputs: Path) -> Iterator[Again]:
    """The files that the case before has read already.

    A table of which no file is another says nothing: it was not collected anew.
    """
    submitted = submitted_to(root / parameters["package"])
    before = params.neighbours(parameters["case"], root)[0] if submitted else None
    record = read_record(outputs / before) if before else {}
    known = {one["sha256"] for one in record.get("inputs", [])}
    for table, paths in submitted if known else ():
        again = [path for path in paths if file_record(path, root)["sha256"] in known]
        if len(again) == len(paths):
            continue
        as_of = str(record["parameters"]["as_of"])
        yield from (Again(table, path, str(before), as_of, _last(table, path, as_of)) for path in again)


@in_project
def of_next_case(package: Path, root: Path) -> list[Again]:
    """Those of ``package`` for the newest case that is about it, which the next run makes."""
    for case in reversed(params.ordered(root)):
        try:
            parameters = params.load(case, root)
            if (root / str(parameters.get("package", ""))).resolve() == package.resolve():
                return list(sent_again(parameters, root, root / "outputs"))
        except (InputError, OSError, ValueError):
            continue  # a case that cannot be read is no reason not to look at files
    return []


def submitted_to(package: Path) -> list[tuple[Table, list[Path]]]:
    """The submitted tables with their files; none where the package cannot be read, which opening refuses."""
    try:
        tables = [one for one in read_package(package).tables.values() if one.source and not one.in_database]
        return [(one, [path for path in one.parts.paths if path.is_file()]) for one in tables]
    except SourceError:
        return []


def _last(table: Table, path: Path, as_of: str) -> str:
    """The last day in a file of which every row was there at ``as_of``, where each has to have a newer one."""
    column = table.source.dated_by if table.source else ""
    days = dates_in(table, path, column) if column else []
    return max(days) if days and max(days) <= as_of else ""
