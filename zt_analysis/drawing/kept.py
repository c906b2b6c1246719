"""Drawings kept for the next run (``kept_texts``): of the same numbers in the same words a chart is the same bytes.

A notebook all of whose charts are kept imports no matplotlib, which takes longer than to draw them.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from zt_analysis.drawing import theme
from zt_analysis.kept_texts import kept_text, version_of
from zt_analysis.settings import KEEP, kept_rows_setting
from zt_analysis.sources import Tables

# what decides a drawing beside what is shown; a test holds the list to what the functions that draw call
CODE = ("drawing", "reports/escaping.py", "reports/svg.py", "reports/" + theme.FONT)
LIBRARIES = ("matplotlib", "numpy")
# which of matplotlib's settings a drawing does not depend on
HOW_SHOWN = ("backend", "backend_fallback", "interactive")
SETTINGS = "matplotlibrc"


def drawn(tables: Tables, draw: Callable[..., str], *shown: object) -> str:
    """What the function ``draw`` gives of ``shown``: plain values, whose ``repr`` says all that decides the drawing.

    It is drawn anew where SQL over ``tables`` may not be kept either, where nothing is to be kept, and where the reader
    has settings or fonts of matplotlib's own.
    """
    if not tables.keeps or theme.renders() or kept_rows_setting() != KEEP or not _plain() or not (fonts := _fonts()):
        return draw(*shown)
    told = f"{draw.__module__}.{draw.__qualname__} {shown!r} {fonts!r}"
    return kept_text("svg", hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest(), made_by(),
                     lambda: draw(*shown))  # fmt: skip


def _plain() -> bool:
    """Whether matplotlib draws here as it was shipped."""
    if "matplotlib" in sys.modules:
        import matplotlib as mpl

        own, shipped = mpl.rcParams, mpl.rcParamsDefault
        if any(own[name] != shipped[name] for name in shipped if name not in HOW_SHOWN):
            return False
    if (fonts := sys.modules.get("matplotlib.font_manager")) is not None:
        ours = str(files("zt_analysis.reports") / theme.FONT)
        return all(one.fname == ours for one in fonts.fontManager.ttflist if one.name == theme.FAMILY)
    return not any(place.exists() for place in _places_of_settings())


def _places_of_settings() -> list[Path]:
    home = Path(os.path.expanduser("~"))
    asked = os.environ.get("MATPLOTLIBRC") or SETTINGS
    folders = [os.environ.get("MPLCONFIGDIR"), os.environ.get("XDG_CONFIG_HOME"), home / ".config", home]
    return [
        Path(SETTINGS), Path(asked), Path(asked, SETTINGS),
        *(Path(folder, *below, SETTINGS) for folder in folders if folder
          for below in ((), ("matplotlib",), (".matplotlib",))),
    ]  # fmt: skip


def _fonts() -> list[tuple[str, int, int]]:
    """matplotlib's lists of the fonts of this machine, which it makes once: name, size and time; none yet, none."""
    own = os.environ.get("MPLCONFIGDIR")
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = (
        Path(own) if own else Path(caches, "matplotlib") if sys.platform == "linux" else Path.home() / ".matplotlib"
    )
    try:
        found = [(one.name, one.stat()) for one in sorted(folder.glob("fontlist-*.json"))]
    except OSError:
        return []
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in found]


@cache
def made_by() -> str:
    """A checksum over the code and the libraries that draw."""
    base, digest = Path(str(files("zt_analysis"))), hashlib.sha256()
    for one in CODE:
        for path in sorted((base / one).glob("*.py")) if (base / one).is_dir() else [base / one]:
            digest.update(path.relative_to(base).as_posix().encode() + b"\0" + path.read_bytes())
    told = [*((name, version_of(name)) for name in LIBRARIES), sys.version_info[:3]]
    return hashlib.sha256(repr(told).encode() + digest.digest()).hexdigest()
