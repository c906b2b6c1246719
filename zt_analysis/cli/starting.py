"""Commands that begin a project."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from zt_analysis.errors import InputError

TEMPLATE = "project_template"
# under another name in the package: as .gitignore it would hide files of the package itself
RENAMED = {"gitignore": ".gitignore"}
NEXT = ("zt run 2025", "zt tie drafts/2025.txt --case 2025 --require 100%", "pytest")


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> int:
    """Write a project into FOLDER that runs at once: an office with two figures and a relation, data, a notebook."""
    _refuse_taken(folder)
    with as_file(files(__package__) / TEMPLATE) as template:
        shutil.copytree(template, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name, real in RENAMED.items():
        (folder / name).rename(folder / real)
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


COMMANDS = (init,)
