"""What a reader sees of an element of a page: shown, hidden and why, its order turned, and what its style prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.documents.sheets import Declared, Sheets

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)
# of 1, in the channel that differs most: less than a tenth cannot be told apart on paper
LEAST_CONTRAST = 0.08
LEAST_OPACITY = 0.05
LEAST_PIXELS = 2.0
# further to the left or above than this, something stands outside the page
OUTSIDE_PIXELS = -400.0
FAR_PIXELS = 4000.0
PIXELS = {"px": 1.0, "pt": 1.333, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "cm": 37.8, "mm": 3.78, "in": 96.0,
          "pc": 16.0, "vw": 12.8, "vh": 8.0, "%": 4.0, "": 1.0}  # fmt: skip
LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|pt|rem|em|ex|ch|cm|mm|in|pc|vw|vh|%)?(?![\w.])")
NOTHING_OF = re.compile(
    r"scale[xy3d]{0,2}\(\s*0+(?:\.0+)?\s*[,)]|translate[xy3d]{0,2}\([^)]*-[0-9]{3,}(?:px|vw|vh|%)|circle\(\s*0"
    r"|inset\(\s*(?:[5-9][0-9]|100)%|rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|opacity\(\s*0(?:\.0\d*)?%?\s*\)"
)
STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|attr\(\s*([\w-]+)[^)]*\)|(counters?\(|url\()", re.S)
ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6}\s?|.)", re.S)
WORD = re.compile(r"\w")
DRAWN = "￼"  # stands where a style sheet prints what is in no text
HIDDEN_ATTRIBUTE = "hidden"
OLD = ("color", "text", "bgcolor", "dir", HIDDEN_ATTRIBUTE, "popover")
BY_TAG = ("bdo", "details", "dialog")
INVISIBLE = "made invisible"
OF_ITS_GROUND = "in the colour of its ground"
# what is not seen but keeps its room: 19 and 15 around it are not 1915
ROOMY = (INVISIBLE, OF_ITS_GROUND)
STRUCK = "struck out"
FOLDED = "in what is folded away"


@dataclass(frozen=True, slots=True)
class Look:
    """How the text of an element stands on the page; ``gone`` says why nothing inside it is seen.

    ``unseen`` says why its own text is not, which an element inside it may undo.
    """

    gone: str = ""
    visible: bool = True
    tiny: bool = False
    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    clear: bool = False
    turned: bool = False
    rightward: bool = True
    folded: bool = False
    before: str = ""
    after: str = ""

    @property
    def unseen(self) -> str:
        """Why the element's own text is not seen, or nothing."""
        if self.gone:
            return self.gone
        if self.folded:
            return FOLDED
        if not self.visible:
            return INVISIBLE
        if self.tiny:
            return "of no size"
        if self.clear or (self.colour and self.ground and contrast(self.colour, self.ground) < LEAST_CONTRAST):
            return OF_ITS_GROUND
        return ""

    @property
    def unclear(self) -> bool:
        """Whether nobody can tell if its text is seen: white on what is not in the file."""
        return self.ground is None and self.colour is not None and contrast(self.colour, WHITE) < LEAST_CONTRAST


def look_of(element: Any, outer: Look, sheets: Sheets) -> Look:
    """How ``element`` looks inside what looks like ``outer``."""
    if outer.gone:
        return replace(outer, before="", after="")
    if outer.folded and (element.tag != "summary" or element.getprevious() is not None):
        return replace(outer, gone=FOLDED, before="", after="")
    outer = replace(outer, folded=False) if outer.folded else outer
    parts = sheets.declared(element)
    if not parts and element.tag not in BY_TAG and not any(name in element.attrib for name in OLD):
        return replace(outer, before="", after="") if outer.before or outer.after else outer
    declared = _with_attributes(element, parts.get(None, {}))
    look = _seen(declared, replace(outer, before="", after="", turned=outer.turned))
    closed = element.tag == "dialog" and element.get("open") is None
    if "display" not in declared and (
        closed or any(element.get(one) is not None for one in (HIDDEN_ATTRIBUTE, "popover"))
    ):
        look = replace(look, gone="hidden by style")
    if element.tag == "details" and element.get("open") is None:
        look = replace(look, folded=True)
    if not look.gone and len(parts) > (None in parts):
        shown = {part: _printed(element, parts.get(part, {}), look) for part in ("before", "after", "marker")}
        cut = any(_seen(parts[one], look).unseen for one in ("first-letter", "first-line") if one in parts)
        before = shown["marker"] + shown["before"] + (DRAWN if cut and not look.unseen else "")
        look = replace(look, before=before, after=shown["after"])
    return look


def _with_attributes(element: Any, declared: Declared) -> Declared:
    """``declared`` over what old pages say by attributes."""
    old = {"color": element.get("color") or element.get("text"), "background-color": element.get("bgcolor")}
    if element.tag == "bdo":
        old |= {"unicode-bidi": "bidi-override"}
    if element.get("dir"):
        old |= {"direction": element.get("dir")}
    return {name: value for name, value in old.items() if value} | declared


def _seen(declared: Declared, look: Look) -> Look:
    if not declared:
        return look
    values = {name: value.lower() for name, value in declared.items()}
    gone = _gone(values)
    if gone:
        return replace(look, gone=gone)
    if "visibility" in values:
        look = replace(look, visible=values["visibility"] not in ("hidden", "collapse"))
    size = values.get("font-size") or values.get("font", "")
    if size:
        look = replace(look, tiny=_is_tiny(size, look.tiny))
    look = _coloured(values, look)
    direction = values.get("direction")
    rightward = direction != "rtl" if direction in ("rtl", "ltr") else look.rightward
    override = values.get("unicode-bidi", "") in ("bidi-override", "isolate-override")
    return replace(look, rightward=rightward, turned=look.turned or (override and not rightward))


def _gone(values: Declared) -> str:
    """Why nothing of an element of these ``values`` is seen, or nothing."""
    opacity = LENGTH.match(values.get("opacity", ""))
    if opacity and float(opacity[1]) * (0.01 if opacity[2] == "%" else 1) <= LEAST_OPACITY:
        return INVISIBLE
    if "line-through" in values.get("text-decoration", "") + values.get("text-decoration-line", ""):
        return STRUCK
    if (
        values.get("display") == "none"
        or values.get("content-visibility") == HIDDEN_ATTRIBUTE
        or values.get("-webkit-text-security", "none") != "none"
        or any(NOTHING_OF.search(values.get(name, "")) for name in ("transform", "clip", "clip-path", "filter"))
        or _is_cut_off(values)
    ):
        return "hidden by style"
    return "outside the page" if _is_outside(values) else ""


def _is_outside(values: Declared) -> bool:
    moved = values.get("position", "static") != "static"
    places = [_pixels(values.get(name, "")) for name in ("left", "right", "top", "bottom", "inset")] if moved else []
    shifts = [_pixels(values.get(name, "")) for name in ("margin-left", "margin-top", "text-indent")]
    near = any(one is not None and one <= OUTSIDE_PIXELS for one in (*places, *shifts))
    return near or any(one is not None and one >= FAR_PIXELS for one in places)


def _is_cut_off(values: Declared) -> bool:
    cut = any(values.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    sizes = [_pixels(values.get(name, "")) for name in ("width", "height", "max-width", "max-height")]
    return cut and any(size is not None and size < LEAST_PIXELS for size in sizes)


def _coloured(values: Declared, look: Look) -> Look:
    colour = values.get("-webkit-text-fill-color") or values.get("color")
    if colour and colour not in ("inherit", "currentcolor"):
        given = _colour(colour)
        look = replace(look, colour=given[0] if given else None, clear=bool(given and given[1] <= LEAST_OPACITY))
    for name in ("background", "background-color"):
        value = values.get(name, "")
        if not value:
            continue
        if "url(" in value or "gradient(" in value:
            look = replace(look, ground=None)
            continue
        given = next((found for found in map(_colour, re.split(r"\s+(?![^(]*\))", value)) if found), None)
        if given and given[1] > LEAST_OPACITY:
            look = replace(look, ground=given[0])
    if values.get("background-image", "none") != "none":
        look = replace(look, ground=None)
    return look


def _colour(value: str) -> tuple[Colour, float] | None:
    from tinycss2.color3 import parse_color

    given = parse_color(value)
    if given is None or isinstance(given, str):
        return None
    return (given.red, given.green, given.blue), given.alpha


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours are apart, in the channel that differs most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _pixels(value: str) -> float | None:
    found = LENGTH.match(value)
    return float(found[1]) * PIXELS[found[2] or ""] if found else None


def _is_tiny(value: str, was: bool) -> bool:
    """Whether a font size shows nothing; em and % are of the size outside."""
    found = next((one for one in LENGTH.finditer(value)), None)
    if found is None:
        return was and value in ("inherit", "smaller", "larger")
    if found[2] in ("em", "%", "ex", "ch"):
        return was or float(found[1]) * (0.16 if found[2] == "%" else PIXELS[found[2]]) < LEAST_PIXELS
    return float(found[1]) * PIXELS[found[2] or ""] < LEAST_PIXELS


def _printed(element: Any, declared: Declared, look: Look) -> str:
    """What a style prints before or behind an element, led by a mark; nothing where it is no word or is not seen."""
    if not declared or declared.get("content", "none").lower() in ("none", "normal") or _seen(declared, look).unseen:
        return ""
    said = ""
    for one in STRING.finditer(declared["content"]):
        if one[4]:
            return DRAWN
        text = one[1] or one[2] or (element.get(one[3]) or "" if one[3] else "")
        said += ESCAPED.sub(_unescaped, text)
    return DRAWN if WORD.search(said) else ""


def _unescaped(found: re.Match[str]) -> str:
    code = found[1].strip()
    return chr(min(int(code, 16), 0x10FFFF)) if re.fullmatch("[0-9a-fA-F]+", code) else found[1]
