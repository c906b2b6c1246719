"""What stands above and below the text of a kind of paper: ``papers/letterhead.yml``, one entry a kind.

bulletin:
  title: 某县教育简报
  number: "{issue_year}年第{issue_number}期（总第{issue_total}期）"
  office: 某县教育局
  lists: {报: 省教育厅。, 发: 各县（市、区）教育局。}
  copies: 100
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zt_analysis.errors import InputError, nearest
from zt_analysis.writing.source import Piece, pieces_of, refuse_signs
from zt_analysis.yamls import YamlError, read_yaml

FILE = "letterhead.yml"
KEYS = ("title", "number", "office", "date", "lists", "printed_by", "copies")
NEEDED = ("title", "office")
DATE = "{issued_on}"


@dataclass(frozen=True)
class Letterhead:
    """The masthead and the foot of a paper; each may hold places.

    Attributes:
        number: of the issue; empty pieces for none. lists: 报, 送, 发 and to whom.
        printed_by: the office named at the foot; copies: how many are printed, None for not said.
    """

    title: str
    number: tuple[Piece, ...]
    office: str
    date: tuple[Piece, ...]
    lists: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    printed_by: str = ""
    copies: int | None = None


def read_letterhead(content: bytes | None, name: str, kind: str) -> Letterhead:
    """The letterhead of ``kind`` in ``content``, the file ``name``.

    Raises:
        InputError: no file, no entry of that name, an unknown or missing key, or a place that cannot be read.
    """
    entries = _entries(content, name)
    if kind not in entries:
        raise InputError(
            f"{name}: {kind}", found="no entry", expected=", ".join(entries) or "one entry for each kind of paper",
            hint=nearest(kind, entries).strip() or "docs/write.md shows one",
        )  # fmt: skip
    refuse_signs((content or b"").decode("utf-8-sig").splitlines(), name)
    said, line = entries[kind], _line_of(kind, content or b"")
    if not isinstance(said, dict):
        raise InputError(f"{name}: {kind}", found=repr(said), expected=", ".join(KEYS), hint="docs/write.md shows one")
    for key in said:
        if key not in KEYS:
            raise InputError(
                f"{name}: {kind}, {key}", found="unknown", expected=", ".join(KEYS), hint=nearest(str(key), KEYS)
            )
    for key in NEEDED:
        if not said.get(key):
            raise InputError(f"{name}: {kind}", found=f"no {key}", expected=", ".join(NEEDED), hint=f"add {key}:")
    lists, copies = said.get("lists") or {}, said.get("copies")
    if not isinstance(lists, dict):
        raise InputError(f"{name}: {kind}, lists", found=repr(lists), expected="报: to whom", hint="one line each")
    if copies is not None and (type(copies) is not int or copies < 1):
        raise InputError(f"{name}: {kind}, copies", found=repr(copies), expected="a number", hint="copies: 100")
    return Letterhead(
        str(said["title"]), pieces_of([(line, str(said.get("number") or ""))], name), str(said["office"]),
        pieces_of([(line, str(said.get("date") or DATE))], name),
        tuple((str(word), pieces_of([(line, str(to))], name)) for word, to in lists.items()),
        str(said.get("printed_by") or ""), copies,
    )  # fmt: skip


def _entries(content: bytes | None, name: str) -> Mapping[str, Any]:
    if content is None:
        raise InputError(
            name,
            found="no such file",
            expected="title and office of each kind of paper",
            hint="docs/write.md shows one",
        )
    try:
        found = read_yaml(content)
    except YamlError as error:
        raise InputError(f"{name}{error.at}", found=error.problem, expected="YAML", hint="see docs/write.md") from error
    if not isinstance(found, dict):
        raise InputError(name, found=repr(found)[:60], expected="one entry a kind of paper", hint="see docs/write.md")
    return found


def _line_of(kind: str, content: bytes) -> int:
    lines = content.decode("utf-8-sig").splitlines()
    return next((at for at, line in enumerate(lines, 1) if line.startswith((f"{kind}:", f'"{kind}":'))), 1)
