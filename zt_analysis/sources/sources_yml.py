"""Where the rows of a table are when they are not in the file that ``datapackage.json`` names: ``sources.yml``.

One entry a table. ``from`` is a file, a folder, or a pattern, relative to the package; the columns are named as they
really stand in the files. An entry says all that reading needs, so that a file that looks otherwise is refused.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError, SourceError
from zt_analysis.settings import EngineSetting, read_setting
from zt_analysis.submissions import Unpivot
from zt_analysis.yamls import YamlError, read_yaml

FILE = "sources.yml"
KEYS = {
    "from": str, "columns": dict, "ignored": list, "sheet": str, "one_per": str, "due_on": str, "units": dict,
    "missing": list, "values": dict, "widths": dict, "constants": dict, "not_summed": list, "table": str,
    "zero_report": str, "dated_by": str, "unpivot": dict, "renamed": dict,
}  # fmt: skip
POSTGRES = "postgres://"
ALLOWED, REFUSED, LEFT_OUT = "allowed", "refused", "left_out"
UNPIVOT = ("headers", "into", "unit_from", "other_labels")
OF_A_DATABASE = ("from", "table", "columns", "values")


@dataclass(frozen=True)
class Source:
    """One entry of ``sources.yml``.

    Attributes:
        table: the table that the rows are of.
        at: file, folder or pattern, relative to the package's folder; or a database (``settings``).
        stored: the table's name in the database, when ``at`` is one.
        columns: for each column of the table, the headers it may stand under; its own name where none is given.
        ignored: headers of columns that are not read.
        one_per: a table with one row for each file expected; a file's name contains the row's ``name_zh``, and the
            row's key is the column of that name in every row of the file.
        due_on: the last day on which a file is in time, by the time of its last change.
        units: the unit that a column's cells are written in (万元), when it is not that of the table.
        missing: what stands in a cell that has no value.
        values: for each column, what its cells say -> what the table says.
        renamed: for each column, what a word was called -> what it is called; other words stay as they are.
        widths: how many digits a code has, where leading zeros may have been lost.
        constants: columns with one value for all rows.
        not_summed: columns that a row of totals does not add up.
        zero_report: whether a file may say that there is nothing to report: an empty table, 无, dashes.
        dated_by: a date column of which every file has a day of the case's own period.
        bases: the unit of the rows of a column whose name does not say it.
        unpivot: how the table stands side by side, where it does.
        left_out: expected names whose file is not there and which the tables are opened without.
        expected: with ``one_per``, the name looked for in a file's name -> the value of ``key``, the column it gives.
        english: the English name of each expected name that the register has one for.
    """

    table: str
    at: str
    columns: Mapping[str, tuple[str, ...]]
    sheet: str = ""
    one_per: str = ""
    due_on: date | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    not_summed: tuple[str, ...] = ()
    zero_report: bool = False
    dated_by: str = ""
    bases: Mapping[str, str] = field(default_factory=dict)
    unpivot: Unpivot | None = None
    expected: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    left_out: tuple[str, ...] = ()
    english: Mapping[str, str] = field(default_factory=dict)
    stored: str = ""

    @cached_property
    def database(self) -> EngineSetting | None:
        """The database that the rows are in; None where they are in files."""
        if not self.at.startswith(POSTGRES[: POSTGRES.index(":")]):
            return None
        return read_setting(self.at, where=f"{FILE}, table {self.table!r}, key 'from'")

    @property
    def named_columns(self) -> list[str]:
        """Every column that the entry says something of."""
        dated = (self.dated_by,) if self.dated_by else ()
        one = self.unpivot
        stacked = tuple(filter(None, (one.column, one.into, one.unit_from))) if one else ()
        named = (
            self.columns, self.units, self.values, self.renamed, self.widths, self.constants, self.not_summed, dated,
            stacked,
        )  # fmt: skip
        return list(dict.fromkeys(name for names in named for name in names))


def with_expected(source: Source, register: Path, key: str) -> Source:
    """``source`` with a file expected for each row of ``register``, a CSV file with columns ``key`` and ``name_zh``.

    Raises:
        SourceError: the file cannot be read or has other columns.
    """
    try:
        text = plain_bytes(register).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        expected = {row["name_zh"]: row[key] for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise SourceError(
            f"{register.name}: rows that {FILE} counts files by",
            found=str(error),
            expected=f"a CSV file in UTF-8 with the columns {key} and name_zh",
            hint="restore it",
        ) from error
    unclear = [name for name, times in Counter(row["name_zh"] for row in rows).items() if times > 1 or not name]
    if unclear:
        raise SourceError(
            f"{register.name}: rows that {FILE} counts files by", found=f"name_zh {unclear[0]!r}, which tells no row",
            expected="a name for each row that no other has", hint="files are told by these names: correct them",
        )  # fmt: skip
    english = {row["name_zh"]: row["name_en"] for row in rows if row.get("name_en")}
    return replace(source, expected=expected, key=key, english=english)


def read_sources(path: Path, text: bytes) -> dict[str, Source]:
    """The sources that ``text``, the content of the ``sources.yml`` at ``path``, declares, by table.

    Raises:
        SourceError: YAML that does not parse, an unknown key, a value of another kind; names table and key.
    """
    content = _yaml(path, text)
    if not isinstance(content, Mapping) or not content:
        raise SourceError(
            _named(path),
            found="no table",
            expected="one entry a table, such as 'teaching:'",
            hint="see docs/sources.md",
        )
    return {str(name): _source(str(name), entry, f"{_named(path)}, table {name!r}") for name, entry in content.items()}


def _source(name: str, entry: Any, where: str) -> Source:
    if not isinstance(entry, Mapping):
        raise SourceError(where, found=repr(entry), expected="keys such as 'from' and 'columns'", hint=_hint())
    for key, value in entry.items():
        if key not in KEYS:
            raise SourceError(where, found=f"key {key!r}", expected=f"one of {', '.join(KEYS)}", hint=_hint())
        if not isinstance(value, KEYS[key]):
            raise SourceError(
                f"{where}, key {key!r}", found=f"{value!r} ({type(value).__name__})", expected=_kind(key), hint=_hint()
            )
    if not entry.get("from"):
        raise SourceError(where, found="no key 'from'", expected="a file, a folder or a pattern", hint=_hint())
    found = _declared(name, entry, where)
    others = [key for key in entry if (key not in OF_A_DATABASE if found.database else key == "table")]
    if others:
        kind = "a table of a database" if found.database else "files"
        expected = ", ".join(OF_A_DATABASE) if found.database else "the keys of files"
        raise SourceError(where, found=f"key {others[0]!r} for {kind}", expected=expected, hint=_hint())
    return found


def _declared(name: str, entry: Mapping[str, Any], where: str) -> Source:
    return Source(
        table=name,
        stored=entry.get("table", name),
        at=entry["from"],
        columns={str(key): _texts(value) for key, value in entry.get("columns", {}).items()},
        sheet=entry.get("sheet", ""),
        one_per=entry.get("one_per", ""),
        due_on=_date(entry["due_on"], where) if "due_on" in entry else None,
        units={
            str(key): _units(value, f"{where}, unit of {key!r}")[0] for key, value in entry.get("units", {}).items()
        },
        bases={str(key): value[1] for key, value in entry.get("units", {}).items() if isinstance(value, list)},
        missing=_texts(entry.get("missing", [])),
        values={
            str(key): _renamed(value, f"{where}, values of {key!r}") for key, value in entry.get("values", {}).items()
        },
        renamed=_renamings(entry, where),
        widths=_widths(entry.get("widths", {}), where),
        ignored=_texts(entry.get("ignored", [])),
        constants={str(key): str(value) for key, value in entry.get("constants", {}).items()},
        not_summed=_texts(entry.get("not_summed", [])),
        zero_report=_zero_report(entry.get("zero_report", REFUSED), where),
        dated_by=entry.get("dated_by", ""),
        unpivot=_unpivot(entry["unpivot"], f"{where}, key 'unpivot'") if "unpivot" in entry else None,
    )


def _renamings(entry: Mapping[str, Any], where: str) -> dict[str, dict[str, str]]:
    """``renamed``; a column whose every word has a meaning under ``values`` has none that stays."""
    both = [str(key) for key in entry.get("renamed", {}) if key in entry.get("values", {})]
    if both:
        raise SourceError(
            f"{where}, key 'renamed'", found=f"{both[0]}, which is under 'values', too", expected="one of the two",
            hint="under 'values' two labels with one meaning are a series that was renamed",
        )  # fmt: skip
    return {
        str(key): _renamed(value, f"{where}, renamed of {key!r}") for key, value in entry.get("renamed", {}).items()
    }


def _units(value: Any, where: str) -> tuple[str, ...]:
    """The unit of the cells, and that of the rows where both are given: ``[万所, 所]``."""
    if isinstance(value, list) and (len(value) != 2 or not all(isinstance(one, str) for one in value)):
        expected = "a unit, or two: that of the cells and that of the rows, such as [万所, 所]"
        raise SourceError(where, found=repr(value), expected=expected, hint=_hint())
    return _texts(value)


def _unpivot(value: Mapping[str, Any], where: str) -> Unpivot:
    """``headers``, ``into`` and, where labels state units, ``unit_from`` and ``other_labels``."""
    for key, said in value.items():
        if key not in UNPIVOT:
            raise SourceError(where, found=f"key {key!r}", expected=f"one of {', '.join(UNPIVOT)}", hint=_hint())
        if not isinstance(said, str):
            raise SourceError(f"{where}, {key!r}", found=repr(said), expected="text in quotes", hint=_hint())
    for key in UNPIVOT[:2]:
        if not value.get(key):
            raise SourceError(where, found=f"no key {key!r}", expected=", ".join(UNPIVOT[:2]), hint=_hint())
    others = value.get("other_labels", REFUSED)
    if others not in (LEFT_OUT, REFUSED) or ("other_labels" in value and "unit_from" not in value):
        expected = f"{LEFT_OUT} or {REFUSED}, beside unit_from"
        raise SourceError(f"{where}, 'other_labels'", found=repr(others), expected=expected, hint=_hint())
    from zt_analysis.submissions import pattern_of

    try:
        column, pattern = pattern_of(value["headers"])
    except InputError as error:
        raise SourceError(f"{where}: {error}") from error
    return Unpivot(value["headers"], column, pattern, value["into"], value.get("unit_from", ""), others == LEFT_OUT)


def _zero_report(word: str, where: str) -> bool:
    if word not in (ALLOWED, REFUSED):
        expected = f"{ALLOWED} or {REFUSED}"
        raise SourceError(f"{where}, key 'zero_report'", found=repr(word), expected=expected, hint=_hint())
    return word == ALLOWED


def _renamed(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or not value:
        raise SourceError(where, found=repr(value), expected="pairs such as 小学: primary", hint=_hint())
    return {str(said): str(meant) for said, meant in value.items()}


def _widths(value: Mapping[str, Any], where: str) -> dict[str, int]:
    for key, width in value.items():
        if type(width) is not int or width < 1:
            raise SourceError(
                f"{where}, width of {key!r}", found=repr(width), expected="a number of digits", hint=_hint()
            )
    return dict(value)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(
            f"{where}, key 'due_on'", found=repr(text), expected="a date in quotes, YYYY-MM-DD", hint=_hint()
        ) from error


def _yaml(path: Path, text: bytes) -> Any:
    try:
        return read_yaml(text)
    except YamlError as error:
        raise SourceError(
            f"{_named(path)}{error.at}",
            found=error.problem,
            expected="YAML",
            hint="check quotes, colons and indentation",
        ) from error


def _kind(key: str) -> str:
    kinds = {str: "text in quotes", list: "a list", dict: "pairs 'name: value'"}
    return kinds[KEYS[key]]


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _hint() -> str:
    return "docs/sources.md lists the keys"
