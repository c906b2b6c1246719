"""Commands that begin a project, and say what it lacks."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from zt_analysis.cli.outputs import OutputPath
from zt_analysis.errors import InputError

TEMPLATE = "project_template"
# under another name in the package: as .gitignore it would hide files of the package itself
RENAMED = {"gitignore": ".gitignore"}
NEXT = (
    "zt run 2025",
    "zt write 2025",
    "zt tie drafts/2025.txt --case 2025 --require 100%",
    "pip install pytest nbval",
    "pytest",
)


@click.command("init")
@click.argument("folder", type=OutputPath(folder=True))
@click.option("--from", "given", is_flag=True, help="Propose the project from TABLES, for a person to confirm.")
@click.argument("tables", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def init(folder: Path, given: bool, tables: tuple[Path, ...]) -> int:
    """Write a project into FOLDER that runs at once: an office with two figures and a relation, data, a notebook.

    With --from, its package and indicators are proposed from TABLES (.csv, .xlsx, .xls) instead.
    """
    from zt_analysis.proposing import read_tables, refuse_nothing, write_project

    if given != bool(tables):
        found = "no tables" if given else f"{len(tables)} tables"
        raise InputError("zt init", found=found, expected="FOLDER, or FOLDER --from TABLES", hint="zt init -h")
    _refuse_taken(folder)
    proposed = [one for number, path in enumerate(tables, start=1) for one in read_tables(path, number)]
    if len({one.name for one in proposed}) < len(proposed):
        found = ", ".join(one.name for one in proposed)
        raise InputError("tables", found=found, expected="each under a name of its own", hint="rename a file")
    if proposed:
        refuse_nothing(proposed)
    try:
        with as_file(files(__package__) / TEMPLATE) as template:
            shutil.copytree(template, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        for name, real in RENAMED.items():
            (folder / name).rename(folder / real)
        to_check = write_project(folder, proposed) if proposed else []
    except BaseException:  # half a project is none, and its folder could not be begun in again
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if proposed:
        click.echo("\n".join(["proposed; confirm each:", *to_check]))
        click.echo(f"next: cd {folder}; README.md says what to confirm, zt doctor what is lacking")
        return 0
    written = sum(path.is_file() for path in folder.rglob("*"))
    click.echo(f"{folder}: {written} files written; next:\n  cd {folder}")
    for line in NEXT:
        click.echo(f"  {line}")
    return 0


def _refuse_taken(folder: Path) -> None:
    """Refuse a folder that holds anything: nothing of a user's is ever written over."""
    if folder.exists() and (held := sorted(path.name for path in folder.iterdir())):
        raise InputError(
            f"folder {folder}", found=f"{len(held)} files in it, such as {held[0]}", expected="a new or empty folder",
            hint="name another folder",
        )  # fmt: skip


@click.command("doctor")
def doctor() -> int:
    """Name what the project's office lacks, each with file and line; exit code 1 when there is something."""
    from zt_analysis.doctor import examine
    from zt_analysis.project import find_root
    from zt_analysis.project_file import read_project_file

    root = find_root()
    found = examine(root)
    for one in found.lacks:
        click.echo(f"{one.place}: {one.what}. Hint: {one.hint}")
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items())
    named = " / ".join(read_project_file(root).name.values()) or root.name
    click.echo(f"{named}: {found.checked} checked ({counts}); {len(found.lacks)} lacking")
    # an office of which nothing was looked at is not one that lacks nothing
    return 1 if found.lacks or not found.checked else 0


COMMANDS = (init, doctor)
