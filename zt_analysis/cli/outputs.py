"""Files that a command writes: a pipe or device named as one is refused before anything is computed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from zt_analysis.contents import refuse_no_file, write_plain
from zt_analysis.errors import InputError


class OutputPath(click.Path):
    """A path to write to: a file, a folder, or nothing yet."""

    name = "path"

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(path_type=Path, file_okay=not folder)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            InputError: a pipe, a device, or a name that no file can have.
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        option = param.opts[-1] if param else "output"
        try:
            if os.path.exists(path):
                refuse_no_file(path)
        except (OSError, ValueError) as error:
            raise _unwritable(option, path, error) from error
        return path


def write_text(option: str, output: Path, text: str) -> None:
    """Write ``text``, or say what hinders it and which option asked for it."""
    try:
        write_plain(output, text)
    except (OSError, ValueError) as error:
        raise _unwritable(option, output, error) from error


def _unwritable(option: str, output: Path, error: Exception) -> InputError:
    found = getattr(error, "strerror", None) or str(error)
    return InputError(
        f"{option} {output}", found=found, expected="a file that can be written", hint="name another place"
    )
