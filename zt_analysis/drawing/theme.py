"""The house theme of charts: Chinese first, colours that colour-blind readers tell apart, text that stays text."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import zt_analysis.expressions as re
from zt_analysis.errors import ReportError
from zt_analysis.reports.escaping import visible
from zt_analysis.reports.svg import TITLE_BAND, title_id

# matplotlib takes 0.3 s to import, and a chart that is kept (``kept``) needs none of it
if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAMILY = "Noto Sans SC"
FONT = "fonts/NotoSansSC-GB2312.otf"
# Okabe and Ito (2008), a palette that the common kinds of colour blindness keep apart
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#B84700", "#007A5A", "#8A8F94", "#1C2126"
LIGHT_BLUE = "#9CC3DD"
# so narrow, and text so large, that it is 11 px high when a phone of 400 px shrinks the drawing to its width
WIDTH_POINTS = 390
SIZE = 12
LINE = 17
DOTS_PER_INCH = 200
_RENDERINGS: ContextVar[dict[str, Rendering] | None] = ContextVar("renderings", default=None)
# what a line may not be broken in: a word or number, a Chinese character with the sign that follows it
_PIECE = re.compile(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef][，。、；：）％]*\s*|\s+")
SETTINGS: dict[str, Any] = {
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": SIZE,
    "axes.unicode_minus": False,
    "figure.dpi": 72,
    # ink on white wherever it stands: on the dark page of a notebook, too
    "figure.facecolor": "white",
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": SIZE,
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


@dataclass(frozen=True)
class Rendering:
    """A drawing as pixels, and as vectors whose letters are outlines: what no program reads as text of the page."""

    png: bytes
    outlined: str


@contextmanager
def renderings() -> Iterator[dict[str, Rendering]]:
    """Render each figure in other forms too, by its SVG: for programs that show no vectors, and for print."""
    drawn: dict[str, Rendering] = {}
    token = _RENDERINGS.set(drawn)
    try:
        yield drawn
    finally:
        _RENDERINGS.reset(token)


def renders() -> bool:
    """Whether figures are rendered in other forms too."""
    return _RENDERINGS.get() is not None


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house theme; the reader's own settings are as before afterwards."""
    import matplotlib as mpl

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
    from matplotlib.figure import Figure

    lines = wrapped(title, WIDTH_POINTS - 10)
    band = TITLE_BAND + LINE * (len(lines) - 1)
    total = height_points + band
    figure = Figure(figsize=(WIDTH_POINTS / 72, total / 72))
    # margins are reckoned, not tried: a layout engine draws every chart twice
    figure.subplots_adjust(
        left=left(names) / WIDTH_POINTS,
        right=1 - 4 / WIDTH_POINTS,
        top=(height_points - top) / total,
        bottom=bottom / total,
    )
    figure.text(0.005, 1 - 5 / total, "\n".join(lines), va="top", linespacing=LINE / SIZE / 1.17, gid=title_id(band))
    return figure


def left(names: Sequence[str]) -> float:
    """The room that labels left of the axes need."""
    return max((width(fitting(name)) for name in names), default=0) + 10


# how much further down an axis goes than its lowest bar
BELOW = 1.2


def limit(axes: Axes, values: Sequence[float], labels: Sequence[str]) -> float:
    """Where the value axis has to end so that each bar's label fits beside it."""
    room = axes.get_position().width * WIDTH_POINTS
    # a bar below zero begins the axis, and its label stands at zero
    low = min([0.0, *values]) * BELOW
    pairs = zip(values, labels, strict=True)
    needed = ((max(value, 0) - low) * room / max(room - width(text) - 6, 1) for value, text in pairs)
    return low + max(needed, default=-low) or 1.0


def fitting(name: str, after: str = "") -> str:
    """A label that leaves half of the width to the bars, ``after`` whole; the table beneath holds the name whole."""
    text = visible(name)
    return _cut(text, WIDTH_POINTS / 2 - width(after)) + after


_QUALIFIER = re.compile(r"\s*(\([^()]*\)|（[^（）]*）)$")


def unqualified(names: Sequence[str]) -> list[str]:
    """Names without what stands behind them in parentheses, where they are told apart without it.

    >>> unqualified(["Ludian County", "Shuifu City (county-level)"])
    ['Ludian County', 'Shuifu City']
    """
    short = [_QUALIFIER.sub("", name) or name for name in names]
    return short if len(set(short)) == len(set(names)) else list(names)


def _cut(text: str, room: float) -> str:
    while len(text) > 1 and width(text) > room:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def width(text: str) -> float:
    """How wide a label is in points: Chinese characters are square, others about half as wide."""
    # in whole tenths: sum() of floats is another float from Python 3.12 on, and matplotlib makes ids of every digit
    return sum(10 * SIZE if character > "\u2e7f" else 65 for character in text) / 10


def wrapped(text: str, room: float) -> list[str]:
    """``text`` in lines no wider than ``room`` points, broken between words or Chinese characters."""
    lines = [""]
    for piece in _PIECE.findall(visible(text)):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        word = piece.rstrip()
        lines[-1] += _cut(word, room) + piece[len(word) :]
    return [line.strip() for line in lines]


def label_bars(axes: Axes, names: Sequence[str]) -> None:
    """Names at the left of horizontal bars, the first on top, and no axis: each bar says its value itself."""
    axes.set_yticks(range(len(names)), [fitting(name) for name in names])
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
    svg = _svg(figure)
    if (drawn := _RENDERINGS.get()) is not None:
        import matplotlib as mpl

        pixels = io.BytesIO()
        figure.savefig(pixels, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
        with mpl.rc_context({"svg.fonttype": "path"}):
            drawn[svg] = Rendering(pixels.getvalue(), _svg(figure))
    return svg


def _svg(figure: Figure) -> str:
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
    from matplotlib import font_manager

    with as_file(files("zt_analysis.reports") / FONT) as path:
        font_manager.fontManager.addfont(path)
