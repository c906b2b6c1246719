"""Declare the files of a package as they are now, after a change that was meant."""

from __future__ import annotations

import json
from pathlib import Path

from zt_analysis.errors import SourceError
from zt_analysis.sources import find_root, read_package
from zt_analysis.synthesis.writing import file_facts, write_json


def seal(folder: Path) -> list[str]:
    """Write sha256, size and rows of every file of the package at ``folder`` anew.

    Returns:
        Names of the resources whose file was not the declared one.

    Raises:
        SourceError: no such package, or a file of it is missing.
    """
    folder = folder if folder.is_absolute() else find_root() / folder
    package = read_package(folder)
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    changed = [name for name, table in package.tables.items() if table.sha256 != table.declared_sha256]
    for resource in content["resources"]:
        try:
            resource.update(file_facts(folder, resource["path"]))
        except (OSError, ValueError) as error:
            raise SourceError(
                resource["path"], found=f"unreadable ({error})", expected="the table's file", hint="restore it"
            ) from error
    write_json(folder / "datapackage.json", content)
    return changed
