"""Files that a command writes: a pipe or device named as one is refused before anything is computed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from zt_analysis.contents import plain_bytes, refuse_no_file, write_plain
from zt_analysis.errors import InputError

KINDS = {"html": "a page (HTML)", "docx": "a Word document (.docx)", "pdf": "a PDF", "notice": "a draft notice"}


class OutputPath(click.Path):
    """A path to write to: a file, a folder, or nothing yet; of a file that is there already, only one of ``kind``."""

    name = "path"

    def __init__(self, *, folder: bool = False, kind: str = "") -> None:
        super().__init__(path_type=Path, file_okay=not folder)
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            InputError: no name, a pipe, a device, a name that no file can have, or a file of another kind.
        """
        option = param.opts[-1] if param else "output"
        if not os.fspath(value):  # of a variable that a script has not set: not the folder that it happens to stand in
            raise InputError(option, found="no name", expected="where to write", hint="name it, or leave it out")
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        try:
            if os.path.exists(path):
                refuse_no_file(path)
            if self.kind and path.is_file():
                refuse_other_kind(option, path, self.kind)
        except (OSError, ValueError) as error:
            raise _unwritable(option, path, error) from error
        return path


def refuse_other_kind(option: str, path: Path, kind: str) -> None:
    """Refuse to write a file of ``kind`` over one that is something else: that was somebody's work."""
    from zt_analysis.documents.kinds import NAMED, real_kind

    data = plain_bytes(path)
    if not data:
        return
    found = real_kind(data)
    if found == "text" and kind == "html" and path.suffix.lower() in (".html", ".htm"):  # a part of a page
        return
    if found != kind and not (kind == "notice" and _is_notice(data)):
        raise InputError(
            f"{option} {path}", found=NAMED.get(found, found), expected=f"{KINDS[kind]}, or no file yet",
            hint="name another file: it would be written over",
        )  # fmt: skip


def _is_notice(data: bytes) -> bool:
    from zt_analysis.terms import label

    return any(data.startswith(f"# {label('notice_title', language)}".encode()) for language in ("zh", "en"))


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
