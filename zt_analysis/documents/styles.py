"""What a paragraph of a .docx is: heading, list item, caption or paragraph, by its own settings and its style's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.I)
TITLES = ("title", "标题")
CAPTIONS = ("caption", "题注")
# a style that is based on itself would never end
MAX_BASES = 20


def local(element: Any) -> str:
    """The element's name without its namespace, which strict documents have of their own; of a comment ``""``."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The attribute ``name`` in the element's own namespace."""
    tag = element.tag
    value: str | None = element.get(f"{tag[: tag.rfind('}') + 1]}{name}")
    return value


def child(element: Any, *path: str) -> Any:
    """The first descendant along the names of ``path``; None when there is none."""
    for name in path:
        element = next((one for one in element if local(one) == name), None)
        if element is None:
            return None
    return element


def is_on_attribute(element: Any, name: str) -> bool:
    """Whether the element's attribute ``name`` is there and not false."""
    return attribute(element, name) not in (None, "0", "false", "off")


def is_on(element: Any) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and not set to false."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


@dataclass(frozen=True)
class Nature:
    """A paragraph's kind, level, whether Word numbers it, whether its first line is indented by its own setting."""

    kind: str
    level: int | None
    numbered: bool
    indented: bool


@dataclass(eq=False)
class Styles:
    """The paragraph styles of one document, by id."""

    elements: dict[str, Any] = field(default_factory=dict)
    # what holds where no style says otherwise
    defaults: tuple[Any, ...] = ()
    plain: str = ""
    held: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Styles:
        """The styles in the part ``styles.xml``; none when ``root`` is None."""
        found = [] if root is None else [one for one in root if local(one) == "style"]
        whole = None if root is None else child(root, "docDefaults", "rPrDefault", "rPr")
        plain = (one for one in found if attribute(one, "type") == "paragraph" and is_on_attribute(one, "default"))
        return cls(
            {attribute(one, "styleId") or "": one for one in found},
            () if whole is None else (whole,),
            next((attribute(one, "styleId") or "" for one in plain), ""),
        )

    def of_runs(self, style_id: str) -> tuple[Any, ...]:
        """What the style ``style_id`` says of characters, then its bases."""
        if style_id not in self.held:
            chain = [child(one, "rPr") for one in self._chain(style_id)]
            self.held[style_id] = tuple(one for one in chain if one is not None)
        return self.held[style_id]

    def nature(self, paragraph: Any) -> Nature:
        """What ``paragraph`` is."""
        own = child(paragraph, "pPr")
        if own is None:
            return Nature("paragraph", None, False, False)
        style = child(own, "pStyle")
        chain = [own, *self._chain("" if style is None else attribute(style, "val") or "")]
        level = next((found for found in map(_level, chain) if found), None)
        numbered = next((found for found in map(_is_numbered, chain) if found is not None), False)
        kind = "heading" if level else "caption" if any(map(_is_caption, chain)) else "paragraph"
        if kind == "paragraph" and numbered:
            kind = "list-item"
        return Nature(kind, level, numbered, _is_indented(own))

    def _chain(self, style_id: str) -> Iterator[Any]:
        for _ in range(MAX_BASES):
            style = self.elements.get(style_id)
            if style is None:
                return
            yield style
            base = child(style, "basedOn")
            style_id = "" if base is None else attribute(base, "val") or ""


def _properties(holder: Any) -> Any:
    return holder if local(holder) == "pPr" else child(holder, "pPr")


def _name(holder: Any) -> str:
    named = child(holder, "name") if local(holder) == "style" else None
    return "" if named is None else (attribute(named, "val") or "").strip().lower()


def _level(holder: Any) -> int | None:
    properties = _properties(holder)
    outline = None if properties is None else child(properties, "outlineLvl")
    if outline is not None:
        value = attribute(outline, "val") or ""
        # 9 says body text
        return int(value) + 1 if value in "012345678" and value else None
    found = HEADING.match(_name(holder))
    return int(found.group(1)) if found else 1 if _name(holder) in TITLES else None


def _is_numbered(holder: Any) -> bool | None:
    properties = _properties(holder)
    number = None if properties is None else child(properties, "numPr")
    if number is None:
        return None
    which = child(number, "numId")
    # list 0 takes a paragraph out of the list its style would put it in
    return which is None or attribute(which, "val") != "0"


def _is_caption(holder: Any) -> bool:
    return _name(holder) in CAPTIONS


def _is_indented(own: Any) -> bool:
    indentation = child(own, "ind")
    if indentation is None:
        return False
    values = (attribute(indentation, name) or "" for name in ("firstLine", "firstLineChars"))
    return any(value.isdigit() and int(value) > 0 for value in values)
