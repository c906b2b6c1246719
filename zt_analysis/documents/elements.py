"""Elements of a .docx: what they hold in reading order, and what each of them prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zt_analysis.documents.printing import symbol
from zt_analysis.documents.styles import attribute, child, local

LINE_SPACE = str.maketrans("\r\n", "  ")
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
HOLDERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")


def flattened(container: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements called one of ``names`` in ``container``, out of content controls and accepted changes."""
    for element in container:
        name = local(element)
        if name in names:
            yield element
        elif name in HOLDERS:
            yield from flattened(element, names)
        elif name == "AlternateContent":
            yield from flattened(chosen(element), names)


def chosen(alternatives: Any) -> Any:
    """The one of several drawings of a thing that counts: they hold the same text."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return next((one for one in (choice, fallback) if one is not None), ())


def boxes_in(element: Any) -> Iterator[Any]:
    """The text boxes in a drawing, not those inside another box."""
    name = local(element)
    if name == "txbxContent":
        yield element
        return
    for inner in chosen(element) if name == "AlternateContent" else element:
        yield from boxes_in(inner)


def text_of(element: Any, name: str) -> str:
    """What the element called ``name`` of a run prints."""
    if name == "t":
        return (element.text or "").translate(LINE_SPACE)
    if name == "sym":
        code = attribute(element, "char") or ""
        try:
            return symbol(attribute(element, "font") or "", int(code, 16))
        except (ValueError, OverflowError):
            return ""
    return SIGNS.get(name, "")


def number_of(element: Any, default: int) -> int:
    """The number that ``element`` gives, or ``default``."""
    value = "" if element is None else attribute(element, "val") or ""
    return min(int(value), 1000) if value.isdecimal() and len(value) < 6 else default
