"""The house theme of charts: Chinese first, colours that colour-blind readers tell apart, text that stays text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zt_analysis.errors import ReportError
from zt_analysis.reports.escaping import visible
from zt_analysis.reports.svg import TITLE_BAND, TITLE_ID

FAMILY = "Noto Sans SC"
FONT = "fonts/NotoSansSC-GB2312.otf"
# Okabe and Ito (2008), a palette that the common kinds of colour blindness keep apart
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#B84700", "#007A5A", "#8A8F94", "#1C2126"
# narrow enough that 10 pt text stays readable when a phone shrinks the drawing to its width
WIDTH_POINTS = 440
SETTINGS: dict[str, Any] = {
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.unicode_minus": False,
    "figure.dpi": 72,
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": 10,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "zt_analysis",
    "text.color": INK,
    # a county named $x$ is no formula
    "text.parse_math": False,
    "text.usetex": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.left": False,
}


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house theme; the reader's own settings are as before afterwards."""
    _add_font()
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        yield


def new_figure(
    title: str, height_points: float, *, names: Sequence[str] = (), top: float = 4, bottom: float = 6
) -> Figure:
    """An empty figure of the page's width, its title in a band above the drawing.

    Args:
        names: labels left of the axes, which get the room they need.
        top, bottom: room above and below the axes, in points.
    """
    total = height_points + TITLE_BAND
    figure = Figure(figsize=(WIDTH_POINTS / 72, total / 72))
    # margins are reckoned, not tried: a layout engine draws every chart twice
    left = max((_width(_fitting(name)) for name in names), default=0) + 10
    figure.subplots_adjust(
        left=left / WIDTH_POINTS, right=1 - 4 / WIDTH_POINTS, top=(height_points - top) / total, bottom=bottom / total
    )
    figure.text(0.005, 1 - 6 / total, visible(title), va="top", fontsize=11, gid=TITLE_ID)
    return figure


def limit(axes: Axes, values: Sequence[float], labels: Sequence[str]) -> float:
    """Where the value axis has to end so that each bar's label fits beside it."""
    room = axes.get_position().width * WIDTH_POINTS
    needed = (value * room / max(room - _width(text) - 6, 1) for value, text in zip(values, labels, strict=True))
    return max(needed, default=0) or 1.0


def _fitting(name: str) -> str:
    """A label that leaves half of the width to the bars; the table beneath holds it whole."""
    text = visible(name)
    while _width(text) > WIDTH_POINTS / 2:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _width(text: str) -> float:
    """How wide a label is at 10 points: Chinese characters are square, others about half as wide."""
    # in whole tenths: sum() of floats is another float from Python 3.12 on, and matplotlib makes ids of every digit
    return sum(100 if character > "\u2e7f" else 54 for character in text) / 10


def label_bars(axes: Axes, names: Sequence[str]) -> None:
    """Names at the left of horizontal bars, the first on top, and no axis: each bar says its value itself."""
    axes.set_yticks(range(len(names)), [_fitting(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    bare(axes)


def bare(axes: Axes) -> None:
    """No value axis and no frame."""
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


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
                "chart text",
                found=_missing(str(error)),
                expected=f"characters of {FAMILY} (GB 2312)",
                hint="write the name with other characters, or ship a larger font",
            ) from error
    return re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)


def _missing(warning: str) -> str:
    code = re.search(r"Glyph (\d+)", warning)
    return f"{chr(int(code[1]))!r} (U+{int(code[1]):04X}), which no font has" if code else warning


@cache
def _add_font() -> None:
    with as_file(files("zt_analysis.reports") / FONT) as path:
        font_manager.fontManager.addfont(path)
