"""A frame to sort, search and filter in a notebook: ``frame.zt.browse()``, drawn by itables (DataTables).

What draws it (a megabyte) is put into the first such output of a kernel and fetched from nowhere. Where no script runs,
in a saved notebook that is not trusted or on a page of a repository, the first rows stand there as a table.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from zt_analysis.errors import InputError
from zt_analysis.extras import need
from zt_analysis.opened import frames

# some megabytes in the notebook, and seconds until the page has drawn it
MOST_CELLS = 200_000
WORDS = {
    "search": "搜索：", "lengthMenu": "每页 _MENU_ 行", "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行",
    "infoEmpty": "没有行", "infoFiltered": "（从 _MAX_ 行中）", "zeroRecords": "没有符合的行", "emptyTable": "没有行",
}  # fmt: skip
# links of the library to its own pages
_LINK = re.compile(r"<a href=[\"']?https://itables\.org[^>]*>(.*?)</a>", re.S)
_STATE = {"drawn": False}


class Browsed:
    """The table as a notebook shows it; its plain form is that of the frame."""

    def __init__(self, frame: pd.DataFrame, html: str) -> None:
        self._frame, self._html = frame, html

    def __repr__(self) -> str:
        return repr(self._frame)

    def _repr_html_(self) -> str:
        return self._html


def browse(frame: pd.DataFrame) -> Browsed:
    """``frame`` with its headers in words, to sort, search and filter."""
    need("itables", "frame.zt.browse()")
    import itables

    if frame.size > MOST_CELLS:
        raise InputError(
            "frame.zt.browse()", found=f"{len(frame)} rows of {len(frame.columns)} columns",
            expected=f"at most {MOST_CELLS} cells", hint="fewer rows: f.rows(2000), or a part: f.rows(county=…)",
        )  # fmt: skip
    known = frames.said(frame)
    shown = _in_words(frame, known.get("heads", {}))
    options: dict[str, Any] = {
        "connected": False, "maxBytes": 0, "showIndex": False, "classes": "display compact", "column_filters": "header",
        "allow_html": False,
    }  # fmt: skip
    if known.get("language", "zh") == "zh":
        options["language"] = WORDS
    html = itables.to_html_datatable(shown, caption=known.get("title") or None, **options)
    first, _STATE["drawn"] = not _STATE["drawn"], True
    return Browsed(frame, _LINK.sub(r"\1", (_drawing() if first else "") + html))


def _drawing() -> str:
    from itables import options
    from itables.javascript import generate_init_offline_itables_html

    return str(generate_init_offline_itables_html(options.dt_bundle))


def _in_words(frame: pd.DataFrame, heads: dict[str, Any]) -> pd.DataFrame:
    levels = frames.levels(frame)
    plain = pd.DataFrame(frame.reset_index() if levels else frame.reset_index(drop=True))
    kept = [name for name in plain.columns if not heads.get(str(name), {}).get("hidden")]
    plain = plain[kept]
    plain.columns = pd.Index([frames.header(name, heads) for name in kept])
    return plain
