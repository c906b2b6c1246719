"""Which text of a PDF's page is seen: not what is invisible, in the colour of its ground, covered or beside it."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from zt_analysis.documents.appearance import (
    INVISIBLE,
    LEAST_CONTRAST,
    OF_ITS_GROUND,
    WHITE,
    Colour,
    contrast,
)

OUTSIDE = "outside the page"
COVERED = "covered by something"
TINY = "of no size"
UNTOLD = "on a ground that cannot be told"
# rendering modes: 3 draws nothing, 7 only clips
NOT_DRAWN = (3, 7)
STROKED = 1
LEAST_POINTS = 1.5
LEAST_ALPHA = 13
OPAQUE = 250
FLAT = "一ー"
# a rectangle is drawn in at most this many steps
RECTANGLE_SEGMENTS = 6
# of the page: an image this large is a scan, and invisible text is what was recognised in it
SCAN_SHARE = 0.5
Box = tuple[float, float, float, float]


@dataclass(eq=False)
class Seen:
    """What is seen of the text of one page; ``lost`` has the objects that are not, by why."""

    box: Box
    is_scan: bool = False
    order: dict[int, int] = field(default_factory=dict)
    # order, bounds and colour of each filled rectangle; None is an image, whose colours nobody knows
    grounds: list[tuple[int, Box, Colour | None]] = field(default_factory=list)
    judged: dict[int, str] = field(default_factory=dict)
    lost: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, page: Any, raw: Any) -> Seen:
        """The grounds of ``page`` in the order they are drawn."""
        left, bottom, right, top = page.get_cropbox()
        seen = cls((left, bottom, right, top))
        area = max((right - left) * (top - bottom), 1.0)
        for place, one in enumerate(page.get_objects(max_depth=1)):
            if one.type == raw.FPDF_PAGEOBJ_TEXT:
                seen.order[_address(one.raw)] = place
            elif one.type == raw.FPDF_PAGEOBJ_IMAGE:
                bounds = one.get_bounds()
                seen.grounds.append((place, bounds, None))
                seen.is_scan |= (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]) > SCAN_SHARE * area
            elif one.type == raw.FPDF_PAGEOBJ_PATH:
                colour = _filled(one.raw, raw)
                if colour:
                    seen.grounds.append((place, one.get_bounds(), colour))
            elif one.type in (raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM):
                seen.grounds.append((place, one.get_bounds(), None))
        return seen

    def why_not(self, text: Any, index: int, box: Box, raw: Any) -> str:
        """Why the character at ``index``, which stands in ``box``, is not seen; nothing where it is."""
        left, bottom, right, top = self.box
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        piece = raw.FPDFText_GetTextObject(text, index)
        address = _address(piece) if piece else 0
        if address not in self.judged:
            self.judged[address] = self._judge(piece, address, middle, raw) if piece else ""
        why = self.judged[address]
        if not (left <= middle[0] <= right and bottom <= middle[1] <= top):
            why = OUTSIDE
        elif _height(box, chr(raw.FPDFText_GetUnicode(text, index))) < LEAST_POINTS:
            why = TINY
        if why:
            self.lost[why].add(address)
        return why

    def _judge(self, piece: Any, address: int, middle: tuple[float, float], raw: Any) -> str:
        mode = raw.FPDFTextObj_GetTextRenderMode(piece)
        colour, alpha = _colour(
            raw.FPDFPageObj_GetStrokeColor if mode == STROKED else raw.FPDFPageObj_GetFillColor, piece
        )
        if mode in NOT_DRAWN or alpha <= LEAST_ALPHA:
            return "" if self.is_scan else INVISIBLE
        place = self.order.get(address)
        if place is None:  # inside a form, whose place on the page is not known
            return UNTOLD if contrast(colour, WHITE) < LEAST_CONTRAST else ""
        ground: Colour | None = WHITE
        for other, bounds, painted in self.grounds:
            if _holds(bounds, middle):
                if other > place and painted is not None:
                    return COVERED
                ground = painted if other < place else ground
        if ground is None:
            return UNTOLD if contrast(colour, WHITE) < LEAST_CONTRAST else ""
        return OF_ITS_GROUND if contrast(colour, ground) < LEAST_CONTRAST else ""


def _height(box: Box, character: str) -> float:
    """How high a character in ``box`` is; of one that is drawn flat (一, a dash) the longer side.

    Boxes of a font drawn by the file itself (Type 3) are those of the ink, not of the line.
    """
    flat = character in FLAT or not character.isalnum()
    return max(box[3] - box[1], box[2] - box[0] if flat else 0.0)


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _holds(bounds: Box, point: tuple[float, float]) -> bool:
    return bounds[0] <= point[0] <= bounds[2] and bounds[1] <= point[1] <= bounds[3]


def _colour(getter: Any, piece: Any) -> tuple[Colour, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not getter(piece, *(ctypes.byref(one) for one in parts)):
        return (0.0, 0.0, 0.0), 255
    red, green, blue, alpha = (one.value for one in parts)
    return (red / 255, green / 255, blue / 255), alpha


def _filled(piece: Any, raw: Any) -> Colour | None:
    """The colour of a filled, opaque rectangle."""
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(piece, ctypes.byref(mode), ctypes.byref(stroke)) or not mode.value:
        return None
    if raw.FPDFPath_CountSegments(piece) > RECTANGLE_SEGMENTS:
        return None
    colour, alpha = _colour(raw.FPDFPageObj_GetFillColor, piece)
    return colour if alpha >= OPAQUE else None
