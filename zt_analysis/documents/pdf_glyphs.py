"""Whether the digits of a PDF are drawn as the digits its text says: fonts may map one to another.

Each font's digits are drawn once and held against the same digits of other typefaces; only what is clearly
another digit is told, so that an unusual typeface is no fault.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

DIGITS = "0123456789"
WIDTH, HEIGHT = 20, 28
PIXELS_HIGH = 48
TYPEFACES = (
    "DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSans-Bold.ttf",
    "STIXGeneralItalic.ttf", "cmr10.ttf", "DejaVuSansMono.ttf",
)  # fmt: skip
# another digit has to be this much nearer than the one the text says
CLEARLY = 0.6
INK = 128
LEAST_POINTS = 3.0
PLACES = 3
MOST_SAMPLES = 100
NAME_BYTES = 200
MOST_PIXELS = 4_000_000
Box = tuple[float, float, float, float]
Font = tuple[int, bytes]


@dataclass(eq=False)
class Fonts:
    """The fonts of one document whose digits were looked at; ``false`` are those that draw others."""

    known: set[tuple[Font, str]] = field(default_factory=set)
    false: set[Font] = field(default_factory=set)

    def look(self, opened: Any, page: Any, text: Any, raw: Any) -> bool:
        """Look at the digits of ``page`` that no page before it had; whether all could be looked at."""
        here = {_embedded(one.raw, raw) for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])} - {None}
        if all((font, digit) in self.known for font in here for digit in DIGITS):
            return True
        for (font, digit), places in self._samples(text, raw).items():
            if len(self.known) >= MOST_SAMPLES:
                return False
            self.known.add((font, digit))
            if all(drawn_otherwise(_drawn((opened, page, piece), box, raw), digit) for piece, box in places):
                self.false.add(font)
        return True

    def _samples(self, text: Any, raw: Any) -> dict[tuple[Font, str], list[tuple[Any, Box]]]:
        """Places of each digit of each embedded font of a page's text that is not known yet."""
        found: dict[tuple[Font, str], list[tuple[Any, Box]]] = defaultdict(list)
        edges = [ctypes.c_double() for _ in range(4)]
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            font = font_of(text, index, raw) if 0x30 <= code <= 0x39 else None
            if font is None or (font, chr(code)) in self.known or len(found[font, chr(code)]) >= PLACES:
                continue
            if raw.FPDFText_GetCharBox(text, index, *(ctypes.byref(one) for one in edges)):
                left, right, bottom, top = (one.value for one in edges)
                if top - bottom >= LEAST_POINTS and not raw.FPDFText_GetCharAngle(text, index):
                    piece = raw.FPDFText_GetTextObject(text, index)
                    found[font, chr(code)].append((piece, (left, bottom, right, top)))
        return {key: places for key, places in found.items() if places}


def font_of(text: Any, index: int, raw: Any) -> Font | None:
    """The embedded font of a character; None of another, which the reader's machine draws as the text says."""
    piece = raw.FPDFText_GetTextObject(text, index)
    return _embedded(piece, raw) if piece else None


def _embedded(piece: Any, raw: Any) -> Font | None:
    font = raw.FPDFTextObj_GetFont(piece)
    if not font or raw.FPDFFont_GetIsEmbedded(font) != 1:
        return None
    name = ctypes.create_string_buffer(NAME_BYTES)
    raw.FPDFFont_GetBaseFontName(font, name, NAME_BYTES)
    return ctypes.cast(font, ctypes.c_void_p).value or 0, name.value


def drawn_otherwise(ink: Any, digit: str) -> bool:
    """Whether ``ink``, what is drawn of one character, is clearly another digit than ``digit``."""
    shape = _normal(ink)
    if shape is None:
        return False
    distances = {one: min(_distance(shape, known) for known in _known(one)) for one in DIGITS}
    nearest = min(distances, key=distances.__getitem__)
    return nearest != digit and distances[nearest] < CLEARLY * distances[digit]


def _drawn(place: tuple[Any, Any, Any], box: Box, raw: Any) -> Any:
    """The ink of what stands in ``box``, its piece of text drawn alone: without lines and grounds."""
    import numpy as np

    opened, page, piece = place
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(piece, *(ctypes.byref(one) for one in edges))
    left, bottom, right, top = (one.value for one in edges)
    scale = PIXELS_HIGH / max(box[3] - box[1], 1.0)
    if (right - left) * (top - bottom) * scale * scale > MOST_PIXELS:
        return np.zeros((1, 1))
    drawn = raw.FPDFTextObj_GetRenderedBitmap(opened.raw, page.raw, piece, scale)
    if not drawn:
        return np.zeros((1, 1))
    try:
        high, wide, step = (
            get(drawn) for get in (raw.FPDFBitmap_GetHeight, raw.FPDFBitmap_GetWidth, raw.FPDFBitmap_GetStride)
        )
        held = ctypes.cast(raw.FPDFBitmap_GetBuffer(drawn), ctypes.POINTER(ctypes.c_ubyte * (high * step)))
        ink = np.frombuffer(held.contents, dtype=np.uint8).reshape(high, step)[:, 3 : 4 * wide : 4].astype(float)
    finally:
        raw.FPDFBitmap_Destroy(drawn)
    across = [round((edge - left) * scale) for edge in (box[0], box[2])]
    down = [round((top - edge) * scale) for edge in (box[3], box[1])]
    return ink[max(down[0], 0) : down[1] + 1, max(across[0], 0) : across[1] + 1]


def _normal(ink: Any) -> Any:
    """``ink`` cut to what is drawn, of one size; None where nothing is."""
    import numpy as np

    marked = ink > INK
    if not marked.any():
        return None
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    across = np.linspace(0, cut.shape[1] - 1, WIDTH).round().astype(int)
    down = np.linspace(0, cut.shape[0] - 1, HEIGHT).round().astype(int)
    shape = cut[np.ix_(down, across)]
    narrow = cut.shape[1] / cut.shape[0]
    return shape / max(shape.max(), 1.0), narrow


def _distance(one: Any, other: Any) -> float:
    import numpy as np

    (shape, narrow), (known, usual) = one, other
    blurred = [_blurred(part) for part in (shape, known)]
    return float(np.mean((blurred[0] - blurred[1]) ** 2) + 0.25 * (narrow - usual) ** 2)


def _blurred(shape: Any) -> Any:
    import numpy as np

    padded = np.pad(shape, 1)
    return sum(padded[i : i + HEIGHT, j : j + WIDTH] for i in range(3) for j in range(3)) / 9


@cache
def _known(digit: str) -> tuple[Any, ...]:
    import numpy as np
    from matplotlib import get_data_path
    from PIL import Image, ImageDraw, ImageFont

    shapes = []
    for name in TYPEFACES:
        font = ImageFont.truetype(f"{get_data_path()}/fonts/ttf/{name}", PIXELS_HIGH)
        image = Image.new("L", (2 * PIXELS_HIGH, 2 * PIXELS_HIGH), 0)
        ImageDraw.Draw(image).text((10, 10), digit, fill=255, font=font)
        shapes.append(_normal(np.asarray(image, dtype=float)))
    return tuple(shapes)
