"""What is done to a file before Jupyter saves it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_text
from zt_analysis.lab.places import NOTEBOOKS, OUTPUTS, is_in
from zt_analysis.notebooks.cleaning import as_committed

# shown in a dialog of whichever language the interface is in
REFUSED = (
    "outputs/ 里是已发布的结果，zt verify 按记录逐字核对，所以这里不能保存。请用“另存为”存到 explore/。 "
    "outputs/ holds what runs published, and zt verify holds every byte of it against its record: nothing is saved "
    "here. Save the notebook as a file of explore/ instead."
)


def before_saving(*, path: str, model: dict[str, Any], contents_manager: Any, **_: Any) -> None:
    """Refuse what would change published outputs; leave outputs of the house's notebooks on the screen alone.

    Raises:
        HTTPError: the file would be saved under ``outputs/``; Jupyter shows the sentence in a dialog.
    """
    from tornado.web import HTTPError

    place = Path(contents_manager._get_os_path(path))
    if is_in(place, OUTPUTS):
        raise HTTPError(403, REFUSED)
    content = model.get("content")
    if model.get("type") == "notebook" and isinstance(content, Mapping) and is_in(place, NOTEBOOKS):
        model["content"] = as_committed(content, _on_disk(place))


def _on_disk(place: Path) -> Mapping[str, Any]:
    """The notebook as it was saved last; nothing where it is new or cannot be read."""
    try:
        found = json.loads(plain_text(place))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, Mapping) else {}
