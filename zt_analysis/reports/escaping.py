"""Text from data made harmless to a reader: what cannot be seen is written out, and names become anchors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import zt_analysis.expressions as re
from zt_analysis.figures import with_minus

# controls, zero-width and direction marks, line separators, tags, lone surrogates: what changes how a line reads unseen
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


# tags, and what stands between them that is not read as prose
_ASIDE = re.compile(
    r"(<(?:code|pre|script|style)\b.*?</(?:code|pre|script|style)>|<table class=\"raw\">.*?</table>|<[^>]*>)", re.DOTALL
)


def visible(text: str) -> str:
    """``text`` with every character that cannot be seen written out as its code.

    >>> visible("abc\\u202egpj.exe")
    'abc〈U+202E〉gpj.exe'
    """
    return _UNSEEN.sub(lambda found: f"〈U+{ord(found[0]):04X}〉", text)


def visible_everywhere(value: Any) -> Any:
    """``visible`` applied to each text and key in nested lists and mappings."""
    if isinstance(value, str):
        # what is printable has none of them, and is told so without looking at each character
        return value if value.isprintable() else visible(value)
    if isinstance(value, Mapping):
        return {
            key if key.__class__ is str and key.isprintable() else visible_everywhere(key): visible_everywhere(each)
            for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [visible_everywhere(each) for each in value]
    return value


def read_aloud(html: str) -> str:
    """``html`` with a minus sign where a hyphen stands for one; code, and rows as they were delivered, as they are.

    >>> read_aloud('<td><data value="-3">-3人</data> <code>-3</code>')
    '<td><data value="-3">−3人</data> <code>-3</code>'
    """
    return "".join(one if place % 2 else with_minus(one) for place, one in enumerate(_ASIDE.split(html)))


def slug(text: str) -> str:
    """``text`` as part of an anchor: ASCII letters, digits, ``_`` and ``-`` only.

    >>> slug("absence_rate[stage=primary]@2018-11-08")
    'absence_rate-stage-primary-2018-11-08'
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-")


def anchors(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """An anchor for each name, ``<prefix>-<slug>``; a number follows where two names give the same slug."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        anchor = wanted = f"{prefix}-{slug(name)}"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{wanted}--{number}"
        taken.add(anchor)
        found[name] = anchor
    return found
