"""What a file says outside its cells: comments, headers and footers, text boxes, properties, names, prompts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from zt_analysis.submissions.archive import DAMAGE, MARKUP, TEXTS, Archive, broken, forget, open_archive, stream_xml

# a code of a printed header (&L, &"Arial,Bold", &10, &KFF0000) stands against the words
CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[A-Za-z]|[0-9]{1,2})')
# texts that belong together though they are written in pieces of their own
BLOCKS = ("comment", "threadedComment", "p", "text", "si")
# of looks, not of words; who wrote a comment or a file is not who it is about
WORDLESS = re.compile(r"(?:styles|theme[0-9]*|person|fontTable|settings|webSettings|numbering)\.xml$")
NOTHING = re.compile(r"calcChain\.xml$|\.(?:png|jpe?g|gif|bmp|tiff?|ico)$", re.I)
# a number as long as a person's; whatever else a file says in passing is looked at for these alone
LONG = re.compile(r"(?:[0-9０-９][ \-]?){14}[0-9０-９Xx]")
AROUND_IT = 40
DEEPEST = 2
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


def margins(archive: Archive, deep: int = 0) -> Iterator[tuple[str, str]]:
    """Every text of the parts of ``archive`` that is in no cell, with the part (and cell) that it stands in.

    Raises:
        InputError: a damaged part.
    """
    from lxml import etree

    for part in sorted(archive.parts):
        if LONG.search(part):
            yield f"{archive.name}!part", part
        if NOTHING.search(part) or part == TEXTS:
            continue
        try:
            yield from _part(archive, part) if part.lower().endswith(MARKUP) else _other(archive, part, deep)
        except (etree.XMLSyntaxError, *DAMAGE) as error:
            raise broken(f"{archive.name}, {part}", "a damaged part", error) from error


def _part(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    place = f"{archive.name}!{posixpath.basename(part)}"
    inside = cells = 0
    for event, element in stream_xml(archive, part, events=("start", "end", "comment")):
        if event == "comment":
            yield place, element.text or ""
            continue
        name, step = _local(element), 1 if event == "start" else -1
        inside += step * (name in BLOCKS)
        # what is kept of another workbook's cells is read by nobody else
        cells += step * (name == "sheetData" and _local(element.getparent()) == "worksheet")
        if event == "end" and name == "f" and LONG.search(element.text or ""):
            yield f"{place}!{element.getparent().get('r')}", element.text
        elif event == "end" and not cells:
            found = _texts(element, name, place, is_whole=not inside)
            yield from (one for one in found if LONG.search(one[1])) if WORDLESS.search(part) else found
        elif event == "end" and name == "row":
            forget(element)


def _other(archive: Archive, part: str, deep: int) -> Iterator[tuple[str, str]]:
    """What is not XML: a workbook or document inside this one, else whatever in it is a long number."""
    place, content = f"{archive.name}!{posixpath.basename(part)}", archive.open(part).read()
    if content.startswith(b"PK") and deep < DEEPEST:
        inner = open_archive(content, place)
        yield from margins(inner, deep + 1)
        if TEXTS in inner.parts:
            for _, text in stream_xml(inner, TEXTS, tag="{*}si"):
                yield place, "".join(text.itertext())
        return
    # a text or a program's own format, in which words stand in bytes or in pairs of them
    for text in (
        content.decode("latin-1"),
        content.decode("utf-16-le", "ignore"),
        content[1:].decode("utf-16-le", "ignore"),
    ):
        for found in LONG.finditer(text):
            yield place, text[max(0, found.start() - AROUND_IT) : found.end() + AROUND_IT]


def _texts(element: Any, name: str, place: str, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if (len(value) > 1 and key in ATTRIBUTES) or LONG.search(value):
            yield place, value
    if name in BLOCKS and is_whole:
        ref = element.get("ref")
        yield f"{place}!{ref}" if ref else place, "".join(element.itertext())
    elif is_whole and element.text and element.text.strip():
        yield place, element.text
        if name.endswith(("Header", "Footer")):
            yield place, CODES.sub(" ", element.text)
            yield place, CODES.sub("", element.text)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
