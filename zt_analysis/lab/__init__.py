"""JupyterLab on a project: what saving does there (a server extension), and how ``zt lab`` begins a server.

saving       outputs of ``notebooks/`` stay on the screen and off the disk; ``outputs/`` is left as runs published it
checkpoints  kept in one folder of the project, none beside what a run published
pages        what lies under ``outputs/`` as a browser gets it
launching    what the launcher offers: the project's notebooks and pages
starting     the words and settings of the server that ``zt lab`` becomes
jupyter/     configuration that loads the extension, ``chinese/`` the interface in Chinese; both in Jupyter's own forms
labextensions/  what runs in the interface itself: the launcher's entries, published pages as the server hands them out
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "zt_analysis.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by any Jupyter server of this environment; files outside a project are saved as ever."""
    from zt_analysis.lab import checkpoints, launching, pages, saving

    server.contents_manager.register_pre_save_hook(saving.before_saving)
    checkpoints.keep_apart(server.contents_manager)
    pages.hand_out_pages(server)
    launching.tell_project(server)
