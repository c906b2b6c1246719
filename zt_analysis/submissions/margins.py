"""What a file says outside its cells: comments, headers and footers, text boxes, properties, names, prompts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from zt_analysis.submissions.archive import DAMAGE, MARKUP, TEXTS, Archive, broken, forget, stream_xml

# a code of a printed header (&L, &"Arial,Bold", &10, &KFF0000) stands against the words
CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[A-Za-z]|[0-9]{1,2})')
# texts that belong together though they are written in pieces of their own
BLOCKS = ("comment", "threadedComment", "p", "text", "si")
# of looks, not of words; who wrote a comment or a file is not who it is about
WORDLESS = re.compile(r"(?:styles|theme[0-9]*|calcChain|person|fontTable|settings|webSettings|numbering)\.xml$")
ATTRIBUTES = (
    "title",
    "descr",
    "alt",
    "name",
    "prompt",
    "promptTitle",
    "error",
    "display",
    "tooltip",
    "Target",
    "location",
)


def margins(archive: Archive) -> Iterator[tuple[str, str]]:
    """Every text of the parts of ``archive`` that is in no cell, with the part (and cell) that it stands in.

    Raises:
        InputError: a damaged part.
    """
    from lxml import etree

    for part in sorted(archive.parts):
        if not part.lower().endswith(MARKUP) or WORDLESS.search(part) or part == TEXTS:
            continue
        try:
            yield from _part(archive, part)
        except (etree.XMLSyntaxError, *DAMAGE) as error:
            raise broken(f"{archive.name}, {part}", "a damaged part", error) from error


def _part(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    place = f"{archive.name}!{posixpath.basename(part)}"
    inside = cells = 0
    for event, element in stream_xml(archive, part, events=("start", "end")):
        name, step = _local(element), 1 if event == "start" else -1
        inside += step * (name in BLOCKS)
        cells += step * (name == "sheetData")
        if event == "end" and not cells:
            yield from _texts(element, name, place, is_whole=not inside)
        elif event == "end" and name == "row":
            forget(element)


def _texts(element: Any, name: str, place: str, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    for key in ATTRIBUTES:
        if (value := element.get(key)) and len(value) > 1:
            yield place, value
    if name in BLOCKS and is_whole:
        ref = element.get("ref")
        yield f"{place}!{ref}" if ref else place, "".join(element.itertext())
    elif is_whole and element.text and element.text.strip():
        yield place, element.text
        if name.endswith(("Header", "Footer")):
            yield place, CODES.sub(" ", element.text)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
