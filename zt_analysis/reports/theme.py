"""The house theme of charts: one font with Chinese first, colours that colour-blind readers tell apart, SVG as text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any
from unicodedata import east_asian_width

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zt_analysis.errors import ReportError

FAMILY = "Noto Sans SC"
FONT = "fonts/NotoSansSC-GB2312.otf"
# Okabe and Ito (2008), a palette that the common kinds of colour blindness keep apart
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#767676", "#222222"
WIDTH_INCHES = 7.2
SETTINGS: dict[Any, Any] = {
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": 10,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.unicode_minus": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.dpi": 100,
    "svg.fonttype": "none",
    "svg.hashsalt": "zt_analysis",
}


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house theme; the reader's own settings are as before afterwards."""
    _add_font()
    with mpl.rc_context(SETTINGS):
        yield


def new_figure(height_inches: float, labels: Iterable[str] = ("",)) -> Figure:
    """A figure of the page's width, with room for ``labels`` at its left and for the axis below."""
    figure = Figure(figsize=(WIDTH_INCHES, height_inches))
    left = (max(map(width_points, labels)) + 24) / (WIDTH_INCHES * 72)
    # fixed margins: a layout engine would draw every chart twice
    figure.subplots_adjust(left=max(left, 0.1), right=0.985, top=1 - 0.1 / height_inches, bottom=0.55 / height_inches)
    return figure


def new_axes(height_inches: float, labels: Iterable[str] = ("",)) -> tuple[Figure, Axes]:
    """A figure of the page's width and its axes."""
    figure = new_figure(height_inches, labels)
    return figure, figure.add_subplot()


def width_points(text: str) -> float:
    """About how wide ``text`` is at 10 points: a Chinese character is 10, a Latin one 5.8."""
    return sum(10 if east_asian_width(character) in "WF" else 5.8 for character in text)


def to_svg(figure: Figure) -> str:
    """The figure as SVG with selectable text, the same bytes each time.

    Raises:
        ReportError: a character that no font here can draw.
    """
    buffer = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"Glyph \d+ .* missing", category=UserWarning)
        try:
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        except UserWarning as error:
            raise ReportError(
                "chart text", found=str(error).split(" missing")[0], expected=f"characters of {FAMILY} (GB 2312)",
                hint="write the name with other characters, or ship a larger font",
            ) from error  # fmt: skip
    return re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)


@cache
def _add_font() -> None:
    with as_file(files("zt_analysis.reports") / FONT) as path:
        font_manager.fontManager.addfont(path)
