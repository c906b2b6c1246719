"""What people say of a case, as it is kept: what cannot be shown as it stands is refused."""

from __future__ import annotations

import unicodedata
from typing import Any

from zt_analysis.errors import InputError, refuse_personal
from zt_analysis.reviewing import LONGEST

# marks of Unicode that turn the direction of what follows: a name would be read as another
TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
# what a sign-off says in words
TEXTS = ("role", "by", "at", "values_sha256", "key", "remark", "decision")


def check_text(text: str, option: str, longest: int = LONGEST) -> None:
    """Refuse a text for page and history that is too long, holds personal data, or cannot be shown as it is.

    Raises:
        InputError: one of these.
    """
    if len(text) > longest:
        raise InputError(option, found=f"{len(text)} characters", expected=f"at most {longest}")
    if unfit := next((one for one in text if _unfit(one)), None):
        raise InputError(
            option, found=f"U+{ord(unfit):04X}, which does not show or turns what follows",
            expected="characters that show as they stand", hint="type it anew",
        )  # fmt: skip
    refuse_personal(text, option)


def is_entry(one: Any) -> bool:
    """Whether ``one`` has the form of a sign-off, or of a review: pages and checks read it without asking again."""
    if not isinstance(one, dict) or not {"role", "by"} <= set(one):
        return False
    taken, items = one.get("withdrawn", {}), one.get("items", [])
    if not isinstance(taken, dict) or not isinstance(items, list):
        return False
    texts = [one.get(name, "") for name in TEXTS] + [taken.get(name, "") for name in ("by", "at", "reason")]
    for each in items:
        if not isinstance(each, dict) or not {"id", "sha256"} <= set(each):
            return False
        texts += [each.get(name, "") for name in ("id", "sha256", "remark")]
    return all(isinstance(text, str) for text in texts)


def _unfit(one: str) -> bool:
    """A control sign but for white space, half a character, or what turns the direction of writing."""
    kind = unicodedata.category(one)
    return kind == "Cs" or (kind == "Cc" and not one.isspace()) or unicodedata.bidirectional(one) in TURNING
