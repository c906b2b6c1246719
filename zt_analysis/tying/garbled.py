"""Numbers that are not what they look like: letters among digits, a blank within, signs that turn the order."""

from __future__ import annotations

from collections.abc import Mapping

import zt_analysis.expressions as re
from zt_analysis.documents.appearance import DRAWN
from zt_analysis.numbers import Mention
from zt_analysis.numbers.numerals import CHINESE
from zt_analysis.terms import filled, labels
from zt_analysis.tying.sentences import Context

# l915人, 0·06%: a name is followed by no unit
COUNTED_AFTER = re.compile(r"\s*(?:\d|人|名(?!单|称|额|次)|户|万?元|亿元|[%％‰]|个?百分点|所|件)")
# 表1 2018年春季学期情况: the number of a table, then a year
NUMBERED = re.compile(r"(?:^|[\s（(见如])(?:附?表|附?图|附件)[一二三四五六七八九十]?$")
LATIN_DIGIT = re.compile(r"[0-9０-９]")
# 19 15人: two numbers, or one with a blank in it
BLANK_BEFORE = re.compile(r"[0-9０-９][ \u3000\xa0]+$")
# right-to-left override and its like: what is shown is not what is stored
TURNED = re.compile("[\u202d\u202e]")

# 劝返复学-1915人: a dash, or a sign; 330人-343人 is a range
SIGNED = re.compile(r"(?<!\d)(?<!\d[一-龥%％])[一-龥][-−－]$")
# 增加895至1951人: a range, or a change and the level it leads to without the unit of the first
REACHED = re.compile(rf"[0-9０-９{CHINESE}]\s*[至到](?=.*(?<!百分点|.基点)$)")
# what a text that is pasted from a page holds and nobody sees there
UNSEEN = re.compile(r"<!--(?:(?!-->).)*$", re.DOTALL)
# ~~1915人~~: struck through where the file is read as Markdown
STRUCK = re.compile(r"~~[^~\n]{1,400}~~")

# how far before a number a sign may stand that turns the order in which it is shown
TURNS = 40
LINE = 400
# 1915人 and what a style prints behind it
BEHIND = 4


def around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with what of its own line may change how it is shown."""
    before = text[max(0, start - TURNS) : start].rpartition("\n")[2]
    return before + text[start : end + BEHIND].partition("\n")[0]


def is_struck(text: str, place: int) -> bool:
    """Whether what stands at ``place`` is struck through by the signs of Markdown."""
    opens = text.rfind("~~", max(0, place - LINE), place)
    return opens >= 0 and (
        any(one.start() < place < one.end() for one in STRUCK.finditer(text, max(0, text.rfind("\n", 0, place))))
    )


def garbled(mention: Mention, context: Context, shown: str) -> Mapping[str, str] | None:
    """Why nobody can say which number this is; None of a number that stands as it is read.

    ``shown``: the document's own characters ``around`` the number, unprinted ones too.
    """
    return _not_one(mention, context) or _not_shown(mention, shown)


def _not_one(mention: Mention, context: Context) -> Mapping[str, str] | None:
    name = mention.role == "name" and LATIN_DIGIT.search(mention.surface)
    if name and COUNTED_AFTER.match(context.after) and not NUMBERED.search(context.before):
        return filled("tie_garbled", words=mention.surface)
    if mention.direction and REACHED.search(mention.surface):
        return filled("tie_range_or_level", words=mention.surface)
    parted = BLANK_BEFORE.search(context.before) and LATIN_DIGIT.match(mention.surface)
    if parted and mention.kind != "date" and mention.role == "figure":
        return labels("tie_parted")
    if (
        mention.kind in ("count", "money", "rate")
        and LATIN_DIGIT.match(mention.surface)
        and SIGNED.search(context.before)
    ):
        return filled("tie_garbled", words=f"-{mention.surface}")
    return None


def _not_shown(mention: Mention, shown: str) -> Mapping[str, str] | None:
    if UNSEEN.search(shown[: max(0, shown.rfind(mention.surface[:2]))]):
        return labels("tie_unseen")
    if DRAWN in shown:
        return labels("tie_drawn")
    return labels("tie_turned") if TURNED.search(shown) else None
