"""Numbers that are not what they look like: letters among digits, a blank within, signs that turn the order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zt_analysis.documents.appearance import DRAWN
from zt_analysis.numbers import Mention
from zt_analysis.terms import filled, labels
from zt_analysis.tying.sentences import Context

# l915人, 0·06%: a name is followed by no unit
COUNTED_AFTER = re.compile(r"\s*(?:\d|人|名(?!单|称|额|次)|户|万?元|亿元|[%％‰]|个?百分点|所|件)")
LATIN_DIGIT = re.compile(r"[0-9０-９]")
# 19 15人: two numbers, or one with a blank in it
BLANK_BEFORE = re.compile(r"[0-9０-９][ \u3000\xa0]+$")
# right-to-left override and its like: what is shown is not what is stored
TURNED = re.compile("[\u202d\u202e]")


def garbled(mention: Mention, context: Context, around: str) -> Mapping[str, str] | None:
    """Why nobody can say which number this is; None of a number that stands as it is read.

    ``around``: the document's own characters at the number, unprinted ones too.
    """
    name = mention.role == "name" and LATIN_DIGIT.search(mention.surface)
    if name and COUNTED_AFTER.match(context.after):
        return filled("tie_garbled", words=mention.surface)
    parted = BLANK_BEFORE.search(context.before) and LATIN_DIGIT.match(mention.surface)
    if parted and mention.kind != "date" and mention.role == "figure":
        return labels("tie_parted")
    if DRAWN in around:
        return labels("tie_drawn")
    return labels("tie_turned") if TURNED.search(around) else None
