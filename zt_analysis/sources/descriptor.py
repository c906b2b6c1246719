"""What a data package declares: its tables, their columns, keys and checksums (Frictionless Data Package)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import content
from zt_analysis.errors import SourceError
from zt_analysis.jsons import read_json
from zt_analysis.sources.declared_keys import refuse_unknown
from zt_analysis.sources.sources_yml import FILE as SOURCES
from zt_analysis.sources.sources_yml import Source, read_sources, with_expected
from zt_analysis.sources.table_files import TableFiles, files_of, submitted_files

DESCRIPTOR = "datapackage.json"
# beside the descriptor: where rows come from, and what is corrected in them
DECLARATIONS = (SOURCES, "corrections.yml")
TYPES = ("string", "integer", "boolean", "date")
DAYS = ("", "reported", "planned")
CONSTRAINTS = ("required", "unique", "minimum", "maximum", "enum", "pattern", "minLength", "maxLength")


@dataclass(frozen=True)
class Column:
    """One declared column: type (string, integer, boolean, date) and constraints as in Table Schema.

    Attributes:
        title: what the column is called in words; empty where nothing is said.
        personal: whether it names a person; such values are masked wherever they are shown.
        identifying: whether it helps to recognise a person together with others (village, school, age, a day).
        days: of a column of dates, ``reported`` (how things stood on a day: rows reach as far as the last of them) or
            ``planned`` (days to come, which say nothing of how far rows reach); empty for days of events.
        description: what is said of it, in English where the package is ours.
        unit: what its numbers count, by the key of a unit or in words.
    """

    name: str
    type: str
    constraints: dict[str, Any]
    title: str = ""
    personal: bool = False
    identifying: bool = False
    days: str = ""
    description: str = ""
    unit: str = ""


@dataclass(frozen=True)
class ForeignKey:
    """Columns that must be found in columns of another table."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One declared table and where its rows are: a file, a folder or pattern of Parquet files, or a ``source``."""

    name: str
    folder: Path
    declared_path: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    declared_sha256: str
    role: str
    source: Source | None = None

    @cached_property
    def personal(self) -> frozenset[str]:
        """The columns that are declared to name a person."""
        return frozenset(column.name for column in self.columns if column.personal)

    @property
    def path(self) -> Path:
        """The file, folder or pattern, in the package's folder."""
        return self.folder / (self.source.at if self.source and not self.source.database else self.declared_path)

    @cached_property
    def parts(self) -> TableFiles:
        """The files that hold the rows."""
        if self.source and self.source.database:
            return TableFiles(self.name, self.folder, (), many=False)
        if self.source:
            return submitted_files(self.name, self.folder, self.source.at)
        return files_of(self.name, self.folder, self.declared_path)

    @cached_property
    def sha256(self) -> str:
        """Checksum of the file as it is now; of several files, that of the lines ``sha256sum`` prints for them.

        Empty for a table of a database, which is no file.
        """
        if self.in_database:
            return ""
        return self.parts.sha256()

    @property
    def in_database(self) -> bool:
        """Whether ``sources.yml`` says that the rows are in a database."""
        return bool(self.source and self.source.database)

    @property
    def place(self) -> str:
        """Where the rows are, in words."""
        if self.source and self.source.database:
            return f"{self.source.database}, table {self.source.stored}"
        return self.path.relative_to(self.folder).as_posix()

    @property
    def changed(self) -> bool:
        """Whether the file is not what its declared sha256 says; what is submitted is declared by no checksum."""
        return self.source is None and self.sha256 != self.declared_sha256

    @property
    def is_parquet(self) -> bool:
        """Whether the rows are in Parquet (CSV otherwise)."""
        return self.source is None and (self.parts.many or self.path.suffix == ".parquet")


@dataclass(frozen=True)
class Package:
    """A data package: its folder and its declared tables by name.

    Attributes:
        texts: the descriptor and the declarations beside it, those there are, as they were read; by file name.
    """

    folder: Path
    name: str
    title: str
    synthetic: bool
    tables: dict[str, Table]
    texts: Mapping[str, bytes]

    @cached_property
    def declared_by(self) -> dict[str, str]:
        """The checksum of each of ``texts``, by file name."""
        return {name: hashlib.sha256(text).hexdigest() for name, text in self.texts.items()}

    @property
    def declarations(self) -> list[Path]:
        """The files beside the descriptor that say how its tables are read, those there are."""
        return [self.folder / name for name in self.texts if name != DESCRIPTOR]


def read_package(folder: Path) -> Package:
    """The package that ``folder/datapackage.json`` and ``sources.yml`` beside it declare; no rows are read.

    Raises:
        SourceError: no such file, no JSON, or a declaration without name, path, schema or sha256.
    """
    texts = _texts(folder)
    try:
        declared, tables = _declared(folder, texts[DESCRIPTOR])
        # another each time: a table looks once whether its file is there, and what is in it
        tables = _sourced([replace(table) for table in tables], folder, texts)
        # not declared means not known to be invented; a package says so itself, and a missing word is an error
        name, title = (_typed(declared, key, str, "the package") for key in ("name", "title"))
        synthetic = _typed(declared, "synthetic", bool, "the package")
        return Package(folder, name, title, synthetic, {table.name: table for table in tables}, texts)
    except (KeyError, TypeError) as error:
        raise SourceError(
            f"{folder.name}/{DESCRIPTOR}",
            found=f"no {error}",
            expected="name, title, synthetic, and for each resource name, path, hash and schema",
            hint="compare with the shipped package",
        ) from error


@lru_cache(maxsize=4)
def _declared(folder: Path, text: bytes) -> tuple[dict[str, Any], list[Table]]:
    """The descriptor, and its tables: a run asks for them in four places, a batch for each case."""
    declared = _json(folder / DESCRIPTOR, text)
    return declared, [_table(folder, resource) for resource in declared["resources"]]


def _sourced(tables: list[Table], folder: Path, texts: Mapping[str, bytes]) -> list[Table]:
    """``tables``, each with its source where ``sources.yml`` has one."""
    sources = read_sources(folder / SOURCES, texts[SOURCES]) if SOURCES in texts else {}
    known = {table.name: table for table in tables}
    for name, source in sources.items():
        where = f"{folder.name}/sources.yml, table {name!r}"
        if name not in known:
            raise SourceError(where, found="no such table", expected=", ".join(known), hint=f"see {DESCRIPTOR}")
        columns = [column.name for column in known[name].columns]
        for column in source.named_columns:
            if column not in columns:
                raise SourceError(
                    where, found=f"column {column!r}", expected=f"one of {', '.join(columns)}", hint=f"see {DESCRIPTOR}"
                )
        known[name] = replace(known[name], source=_expecting(source, known, sources, where))
    return list(known.values())


def _expecting(source: Source, known: dict[str, Table], sources: dict[str, Source], where: str) -> Source:
    if not source.one_per:
        return source
    register = known.get(source.one_per)
    fits = register and register.path.suffix == ".csv" and source.one_per not in sources
    if register is None or not fits or len(register.primary_key) != 1:
        raise SourceError(
            f"{where}, key 'one_per'",
            found=repr(source.one_per),
            expected="a table in one CSV file of the package, with name_zh and a key of one column, such as 'counties'",
            hint="see docs/sources.md",
        )
    return with_expected(source, register.path, register.primary_key[0])


def _texts(folder: Path) -> dict[str, bytes]:
    """The content of the descriptor and of the declarations there are: read once, for what is parsed to be what is
    recorded and what verified rows are kept under.
    """
    found = {}
    for name in (DESCRIPTOR, *DECLARATIONS):
        try:
            found[name] = content(folder / name)
        except (OSError, ValueError) as error:
            if name == DESCRIPTOR or not isinstance(error, FileNotFoundError):
                raise _unread(folder / name, error) from error
    return found


def _unread(path: Path, error: OSError | ValueError) -> SourceError:
    what, hint = "declarations that can be read", "restore the file or its permissions, or take it out"
    if path.name == DESCRIPTOR:
        what, hint = "a data package descriptor", "check the case's 'package' parameter"
    found = getattr(error, "strerror", None) or str(error)
    return SourceError(f"{path.parent.name}/{path.name}", found=found, expected=what, hint=hint)


def _json(path: Path, text: bytes) -> dict[str, Any]:
    try:
        return dict(read_json(text))
    except (ValueError, TypeError) as error:
        raise SourceError(
            f"{path.parent.name}/{path.name}", found=f"no JSON object: {error}", hint="restore the file"
        ) from error


def _table(folder: Path, resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    name = _typed(resource, "name", str, "a resource")
    path, sha256 = (_typed(resource, key, str, f"resource {name!r}") for key in ("path", "hash"))
    for what, holder in (("resource", resource), ("schema", schema)):
        refuse_unknown(what, holder, f"{DESCRIPTOR}: resource {name!r}")
    return Table(
        name=name,
        folder=folder,
        declared_path=path,
        columns=tuple(_column(field) for field in schema["fields"]),
        primary_key=_names(schema.get("primaryKey", ())),
        foreign_keys=tuple(_foreign_key(key) for key in schema.get("foreignKeys", ())),
        declared_sha256=sha256.removeprefix("sha256:"),
        role=resource.get("role", "table"),
    )


def _typed(holder: dict[str, Any], key: str, kind: type, whose: str) -> Any:
    """What ``holder`` has under ``key``, which has to be a ``kind``."""
    if not isinstance(holder[key], kind):
        raise SourceError(
            f"{DESCRIPTOR}: {key!r} of {whose}", found=json.dumps(holder[key], ensure_ascii=False)[:80],
            expected={str: "text in quotes", bool: "true or false", dict: "an object"}[kind],
            hint="compare with the shipped package",
        )  # fmt: skip
    return holder[key]


def _names(value: str | list[str]) -> tuple[str, ...]:
    """The columns of a key: Table Schema has one of a single column as text, too."""
    return (value,) if isinstance(value, str) else tuple(value)


def _column(field: dict[str, Any]) -> Column:
    name, type_ = (_typed(field, key, str, "a column") for key in ("name", "type"))
    refuse_unknown("column", field, f"{DESCRIPTOR}: column {name!r}")
    words = {"title": str, "days": str, "description": str, "unit": str}
    kinds = {"constraints": dict, "personal": bool, "identifying": bool} | words
    given = {key: kind() for key, kind in kinds.items()} | field
    column = Column(name, type_, **{key: _typed(given, key, one, f"column {name!r}") for key, one in kinds.items()})
    unknown = [name for name in column.constraints if name not in CONSTRAINTS]
    # what is declared and not held would be a check that nobody does
    for word, found, known in (
        ("constraint", unknown[:1], CONSTRAINTS),
        ("type", [column.type], TYPES),
        ("days", [column.days], DAYS),
    ):
        if found and found[0] not in known:
            raise SourceError(
                f"{DESCRIPTOR}: column {column.name!r}", found=f"the {word} {found[0]!r}",
                expected=f"one of {', '.join(filter(None, known))}", hint="declare what can be held",
            )  # fmt: skip
    return column


def _foreign_key(key: dict[str, Any]) -> ForeignKey:
    reference = key["reference"]
    for what, holder in (("foreign key", key), ("reference", reference)):
        refuse_unknown(what, holder, f"{DESCRIPTOR}: foreign key {', '.join(_names(key['fields']))}")
    found = ForeignKey(_names(key["fields"]), reference["resource"], _names(reference["fields"]))
    if len(found.columns) != len(found.references):
        raise SourceError(
            f"{DESCRIPTOR}: foreign key {', '.join(found.columns)}",
            found=f"one that refers to {len(found.references)} columns of {found.table!r} by {len(found.columns)}",
            expected="as many columns as it refers to", hint="correct the table's foreignKeys",
        )  # fmt: skip
    return found
