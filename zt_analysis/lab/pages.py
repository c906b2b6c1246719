"""Pages under ``outputs/`` as a Jupyter server hands them out: their links and downloads work, foreign scripts do not.

Jupyter shows an HTML file in a frame whose origin is nobody's: a link to the next page is then asked for without the
login, and is refused. Here a page keeps the server's origin, for it is told to run no script but those of the house.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jupyter_server.base.handlers import AuthenticatedFileHandler

from zt_analysis.lab.places import OUTPUTS, is_in
from zt_analysis.reports.page import script_hash

SCRIPTS = ("page.js", "catalogue.js")
ROUTE = rf"files/((?:.+/)?{OUTPUTS}/.+)"


def hand_out_pages(server: Any) -> None:
    """Have ``server`` hand out what lies under ``outputs/`` of a project by this handler; nothing where it keeps no
    files."""
    manager = server.contents_manager
    if not issubclass(getattr(manager, "files_handler_class", object), AuthenticatedFileHandler):
        return
    route = f"{server.base_url.rstrip('/')}/{ROUTE}"
    server.web_app.add_handlers(".*$", [(route, PublishedHandler, manager.files_handler_params)])


class PublishedHandler(AuthenticatedFileHandler):  # type: ignore[misc]  # untyped where jupyter_server has no types
    """Files that runs published, read only and only to who is logged in."""

    @property
    def content_security_policy(self) -> str:
        """For a page: no script but ours, nothing fetched, and the origin of the server; as ever for other files."""
        if not self._is_page:
            return str(super().content_security_policy)
        allowed = " ".join(f"'{one}'" for one in _hashes())
        return (
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; "
            f"form-action 'none'; frame-ancestors 'self'; script-src {allowed}; "
            "sandbox allow-same-origin allow-scripts allow-downloads allow-popups"
        )

    def check_xsrf_cookie(self) -> None:
        """What is published is only read, and names no referrer: who asks from elsewhere gets nothing by it."""
        if not self._is_published:
            super().check_xsrf_cookie()

    def set_headers(self) -> None:
        """No other site can take it up as a script, a picture or a frame."""
        super().set_headers()
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    @property
    def _is_published(self) -> bool:
        # asked before the handler is told its path: the headers are set first
        path = unquote(self.request.path.removeprefix(f"{self.base_url.rstrip('/')}/files/"))
        place = Path(os.path.normpath(Path(self.contents_manager.root_dir) / path))
        return self.request.method in ("GET", "HEAD") and is_in(place, OUTPUTS)

    @property
    def _is_page(self) -> bool:
        return bool(self.request.path.endswith(".html")) and self._is_published


def _hashes() -> list[str]:
    folder = files("zt_analysis.reports") / "templates"
    return [script_hash((folder / name).read_text(encoding="utf-8").strip()) for name in SCRIPTS]
