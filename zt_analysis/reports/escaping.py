"""Text from data into a page: characters that hide or reorder text become visible."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup

# bidirectional controls can show a number or name in another order than it is stored
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def visible(value: object) -> object:
    """``value`` with control and bidirectional characters written out; markup of our own passes unchanged.

    >>> visible("a" + chr(0x202E) + "b")
    'a〈U+202E〉b'
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _HIDDEN.sub(lambda found: f"〈U+{ord(found.group()):04X}〉", unicodedata.normalize("NFC", value))
    return value


def slug(key: str) -> str:
    """The id of a figure's card.

    >>> slug("out_of_school_rate[stage=primary]@2018-11-08")
    'figure-out-of-school-rate-stage-primary-2018-11-08'
    """
    return "figure-" + re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")


def inline_svg(svg: str, key: str, alt: str) -> Markup:
    """A chart's SVG for a page that holds several: its ids are its own, and it has a name that is read aloud."""
    prefix = re.sub(r"[^a-z0-9]+", "-", key.lower())
    text = re.sub(r'\b(id|xlink:href|href)="(#?)([^"]+)"', _own_id(prefix), svg)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", text)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    head = Markup('<svg role="img" aria-label="{}" ').format(visible(alt))
    return Markup(
        re.sub(r'^<svg\s+(?:width="[^"]*"\s*|height="[^"]*"\s*)*', lambda _: head, _without_size(text), count=1)
    )


def _without_size(svg: str) -> str:
    end = svg.index(">")
    return re.sub(r'\s(?:width|height)="[^"]*"', "", svg[:end]) + svg[end:]


def _own_id(prefix: str):  # type: ignore[no-untyped-def]
    def replaced(found: re.Match[str]) -> str:
        name, mark, value = found.groups()
        if name != "id" and not mark:
            return found.group()  # a link elsewhere, not to an id of this drawing
        return f'{name}="{mark}{prefix}-{value}"'

    return replaced
