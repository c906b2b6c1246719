"""What JupyterLab's launcher offers of a project: notebooks by their headings, and the pages over its cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from zt_analysis.contents import plain_text
from zt_analysis.lab.places import NOTEBOOKS, OUTPUTS
from zt_analysis.project import root_above
from zt_analysis.terms import label

ROUTE = "zt-analysis/project"
PAGES = (("index.html", "page_index_title"), ("catalogue.html", "catalogue_title"))
# explored first: it is where a question begins
FIRST = "explore.ipynb"
# one of megabytes is not read for its heading while the interface waits
MOST_BYTES = 4_000_000


def tell_project(server: Any) -> None:
    """Have ``server`` answer what its project offers."""
    server.web_app.add_handlers(".*$", [(f"{server.base_url.rstrip('/')}/{ROUTE}", ProjectHandler)])


class ProjectHandler(APIHandler):  # type: ignore[misc]  # untyped where jupyter_server has no types
    """The entries of the launcher, and where published pages lie, as the server's paths."""

    @authenticated  # type: ignore[misc, untyped-decorator, unused-ignore]
    def get(self) -> None:
        """As JSON; nothing of a server whose files are no project's."""
        top = getattr(self.contents_manager, "root_dir", "")
        self.finish(json.dumps(offered(Path(top)) if top else NOTHING))


NOTHING: dict[str, Any] = {"entries": [], "outputs": ""}


def offered(top: Path) -> dict[str, Any]:
    """What the project of the folder ``top``, that a server shows, has to offer below it."""
    root = root_above(top)
    if root is None:
        return NOTHING
    here = top.resolve()
    entries = [one for one in _entries(root) if (root / one["path"]).resolve().is_relative_to(here)]
    for one in entries:
        one["path"] = (root / one["path"]).resolve().relative_to(here).as_posix()
    published = (root / OUTPUTS).resolve()
    outputs = f"{published.relative_to(here).as_posix()}/" if published.is_relative_to(here) else ""
    return {"entries": entries, "outputs": outputs}


def _entries(root: Path) -> Iterator[dict[str, str]]:
    found = sorted((root / NOTEBOOKS).glob("*.ipynb"), key=lambda one: (one.name != FIRST, one.name))
    for one in found:
        heading = _heading(one)
        said = heading.partition("：")[0] or one.stem
        path = one.relative_to(root).as_posix()
        yield {"kind": "notebook", "path": path, "zh": said, "en": one.stem, "caption": heading or path}
    for name, word in PAGES:
        if (root / OUTPUTS / name).is_file():
            named = {language: label(word, language) for language in ("zh", "en")}
            yield {"kind": "page", "path": f"{OUTPUTS}/{name}", "caption": f"{OUTPUTS}/{name}", **named}


def _heading(notebook: Path) -> str:
    """The first heading of a notebook; empty where it has none or cannot be read."""
    try:
        if notebook.stat().st_size > MOST_BYTES:
            return ""
        cells = json.loads(plain_text(notebook))["cells"]
        text = next("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return ""
    line = text.lstrip().partition("\n")[0]
    return line.lstrip("#").strip() if line.startswith("#") else ""
