"""JSON that others wrote: what is nested beyond any use is an error of its text, not of this program."""

from __future__ import annotations

import json
from typing import Any


def read_json(text: bytes | str) -> Any:
    """What the JSON document ``text`` (as bytes: UTF-8) says; ValueError where it is none."""
    try:
        return json.loads(text.decode("utf-8") if isinstance(text, bytes) else text)
    except RecursionError:
        raise ValueError("lists or objects nested too deep") from None
