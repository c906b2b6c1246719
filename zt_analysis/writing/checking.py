"""A .docx that ``zt write`` made and somebody edited since: each number found again by the key of its control."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from zt_analysis.documents.archive import open_archive
from zt_analysis.documents.kinds import kind_of, read_bytes
from zt_analysis.documents.styles import attribute, child, local
from zt_analysis.errors import InputError
from zt_analysis.writing.filling import Run, Sheet, runs_of
from zt_analysis.writing.word import tag_of

# a figure's key, a parameter, or the checksum of a long key
OURS = re.compile(r"@|^parameter:|^zt:")
# what the page no longer shows
GONE = ("del", "moveFrom", "delText", "instrText", "sdtPr")
# what stands in a number though it is no text: 19 and 15人 on two lines are no 1915人
BREAKS = ("br", "cr", "tab", "noBreakHyphen", "softHyphen", "sym")


@dataclass(frozen=True)
class Control:
    """A content control: its tag and what it says now."""

    tag: str
    text: str


@dataclass(frozen=True)
class Checked:
    """One number of a .docx held against its figure.

    Attributes:
        kind: ``same``, ``changed``, ``missing`` from the file, or ``unknown``: no place of the text prints it.
        line: of the text that prints it; 0 for masthead and foot, or of none.
    """

    tag: str
    kind: str
    expected: str
    found: str
    line: int = 0


def check_word(path: Path, sheet: Sheet) -> list[Checked]:
    """Each number of ``sheet`` and of the .docx at ``path``, one held against the other by key.

    Raises:
        InputError: another kind of file, a damaged one, or one without a single control.
    """
    found = controls(path)
    if not found:
        raise InputError(
            str(path), found="no content control", expected="a .docx that zt write made",
            hint="zt tie finds its numbers by their words",
        )  # fmt: skip
    wanted = [run for run in runs_of(sheet) if run.key]
    return list(_aligned(wanted, found))


def controls(path: Path) -> list[Control]:
    """The content controls that carry a key, in the order of the document; those of other programs do not count."""
    content = read_bytes(path)
    if kind_of(path, content) != "docx":
        raise InputError(str(path), found=f"a .{kind_of(path, content)}", expected="a .docx", hint="zt tie reads it")
    archive = open_archive(content, path.name)
    tree = archive.tree(archive.main_part())
    found = []
    for element in tree.iter():
        if local(element) == "sdt" and not _is_gone(element):
            tag = child(element, "sdtPr", "tag")
            inside = child(element, "sdtContent")
            name = "" if tag is None else attribute(tag, "val") or ""
            if OURS.search(name) and inside is not None:
                found.append(Control(name, "".join(_texts(inside))))
    return found


def _is_gone(element: Any) -> bool:
    return any(local(one) in GONE for one in element.iterancestors())


def _texts(element: Any) -> Iterator[str]:
    for one in element:
        if local(one) == "t":
            yield one.text or ""
        elif local(one) in BREAKS:
            yield "\n"
        elif local(one) not in GONE and child(one, "rPr", "vanish") is None:
            yield from _texts(one)


def _aligned(wanted: Sequence[Run], found: Sequence[Control]) -> Iterator[Checked]:
    """Both in order: a figure printed twice is held against its own place, and what was cut or added is told."""
    tags = [tag_of(run.key) for run in wanted]
    matcher = SequenceMatcher(None, tags, [one.tag for one in found], autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        both = tags[first:last] == [one.tag for one in found[start:end]]
        if both:
            for run, control in zip(wanted[first:last], found[start:end], strict=True):
                kind = "same" if control.text.strip() == run.text else "changed"
                yield Checked(control.tag, kind, run.text, control.text, run.line)
            continue
        for run in wanted[first:last]:
            yield Checked(tag_of(run.key), "missing", run.text, "", run.line)
        for control in found[start:end]:
            yield Checked(control.tag, "unknown", "", control.text)
