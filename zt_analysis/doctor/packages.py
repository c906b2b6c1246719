"""What the cases and their packages lack: names of parts, readers of tables, figures of printed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from zt_analysis import params
from zt_analysis.bulletins import Paper, paper_of, read_claims, tables_of
from zt_analysis.checks import computable, review
from zt_analysis.doctor.examining import Answers, Check, Lack, Project, refused, text_of
from zt_analysis.errors import NoDataError, ZtError, nearest
from zt_analysis.indicators import compute
from zt_analysis.indicators.dimensions import NAMES
from zt_analysis.office import FOLDER
from zt_analysis.sources import Tables, open_package
from zt_analysis.sources.descriptor import DECLARATIONS, DESCRIPTOR, Package, Table, read_package
from zt_analysis.sources.strays import LITTER
from zt_analysis.terms import named

# beside tables: what was printed, and what is excused
STATED = re.compile(r"\bstated\([\"']?(\w+)[\"']?\)")
SIDE_FOLDERS = ("claims", "explanations")


def cases(project: Project) -> Answers:
    """Each case's file: it can be read and describes a paper."""
    for case in params.cases(project.root):
        try:
            paper_of(params.load(case, project.root))
            yield []
        except ZtError as error:
            yield [refused(f"params/{case}.yml", error)]


def tables(project: Project) -> Answers:
    """Each declared table: something reads it, and its columns that name parts have words."""
    texts = "\n".join(text_of(path) for path in project.office.files)
    for package in _packages(project):
        targets = {key.table for table in package.tables.values() for key in table.foreign_keys}
        for table in package.tables.values():
            place = _line(package.folder / DESCRIPTOR, f'"name": "{table.name}"', project.root)
            found = [*_nameless(table, place)]
            read = table.name in targets or f'"{table.name}"' in texts or f",{table.name}," in texts
            if not read and table.role == "table" and table.path.parent.name not in SIDE_FOLDERS:
                what = f"nobody reads the table {table.name!r}"
                found.append(Lack(place, what, f"use it in {FOLDER}/, or take it out of the package"))
            yield found


def files(project: Project) -> Answers:
    """Each file that lies in a package: it is declared."""
    for package in _packages(project):
        declared = {path.resolve() for table in package.tables.values() for path in _files_of(table)}
        for path in sorted(one for one in package.folder.rglob("*") if one.is_file()):
            name = path.relative_to(package.folder)
            beside = name.parts[0] in SIDE_FOLDERS or str(name) in (DESCRIPTOR, *DECLARATIONS)
            if beside or name.parts[0].startswith(".") or LITTER.fullmatch(path.name):
                continue
            known = path.resolve() in declared
            place = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)
            yield [] if known else [Lack(f"{place}:1", "no table declares this file", f"declare it in {DESCRIPTOR}")]


def printed(project: Project) -> Answers:
    """Each printed number that is a statistic: there is a figure to hold it against."""
    opened: dict[str, Tables] = {}
    for paper in _papers(project):
        if not paper.prints or paper.unprinted:
            continue
        name = Path(paper.claims).as_posix()
        try:
            held = [one for one in read_claims(paper.claims) if one.cls == "statistic"]
            if paper.package not in opened:
                opened[paper.package] = open_package(paper.package, roles=paper.roles)
            wanted = {one.id: one.wanted(paper.period) for one in held}
            known = compute(computable(list(wanted.values()), opened[paper.package]), opened[paper.package])
        except ZtError as error:
            yield [refused(f"{name}:1", error)]
            continue
        values = {key: figure.exact for key, figure in known.items()}
        for one in held:
            lacks = values.get(wanted[one.id].key) is None
            place = _line(project.root / name, f"{one.id},", project.root)
            yield [
                Lack(place, f"no figure for the printed number {one.id}", "check its indicator, scope and date")
            ] * lacks


def reviews(project: Project) -> Answers:
    """The last paper of each kind over its package: all that ``zt check`` asks of it can be asked."""
    last = {(paper.kind, paper.package): paper for paper in _papers(project)}
    for paper in last.values():
        try:
            tables = tables_of(paper, params.load(paper.case, project.root), project.root)
            review(paper, tables, unprinted=paper.unprinted)
        except NoDataError:  # its rows are still to come
            yield []
        except ZtError as error:
            yield [refused(f"params/{paper.case}.yml:1", error)]
        else:
            yield []


def roles(project: Project) -> Answers:
    """Each role of a printed number that a relation is about: a claim of some case has it, or a word names it."""
    known = set()
    for paper in _papers(project):
        if paper.prints and not paper.unprinted:
            with suppress(ZtError):  # said by ``printed``
                known |= {one.role for one in read_claims(paper.claims)}
    texts = [text_of(path) for path in project.office.files if "relations" in path.parts]
    for found in sorted({found for text in texts for found in STATED.findall(text)}):
        told = found in known or named(f"role_{found}") is not None
        what = f"no printed number of any case has the role {found!r}: what is said of it is never judged"
        hint = nearest(found, known).strip() or f"correct it, or add a word role_{found} to {FOLDER}/words"
        yield [] if told else [Lack(project.place(f"stated({found}"), what, hint)]


def _nameless(table: Table, place: str) -> Iterator[Lack]:
    """Words that the table's dimensions lack: of a register's key, of each value of a list."""
    columns = {column.name for column in table.columns}
    if len(table.primary_key) == 1 and columns & set(NAMES):
        (key,) = table.primary_key
        if named(key) is None:
            yield Lack(place, f"no word {key!r}, by which figures are broken down", f"add a row to {FOLDER}/words")
    for column in table.columns:
        for value in column.constraints.get("enum", ()):
            if named(str(value)) is None and named(f"tie_{value}") is None:
                yield Lack(place, f"no word {value!r} of {table.name}.{column.name}", f"add a row to {FOLDER}/words")


def _papers(project: Project) -> Iterator[Paper]:
    for case in params.cases(project.root):
        try:
            yield paper_of(params.load(case, project.root))
        except ZtError:  # said by ``cases``
            continue


def _packages(project: Project) -> Iterator[Package]:
    for folder in dict.fromkeys(project.root / paper.package for paper in _papers(project)):
        yield read_package(folder)


def _files_of(table: Table) -> Iterator[Path]:
    try:
        yield from table.parts.paths
    except (ZtError, AttributeError):  # said when the package is opened
        yield table.path


def _line(path: Path, text: str, root: Path) -> str:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    lines = text_of(path).splitlines()
    return f"{name}:{next((number for number, line in enumerate(lines, start=1) if text in line), 1)}"


CHECKS: dict[str, Check] = {
    "cases": cases,
    "tables": tables,
    "files": files,
    "reviews": reviews,
    "roles": roles,
    "printed numbers": printed,
}
