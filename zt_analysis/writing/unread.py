"""Markdown that a paper has no use for: refused by line, because a paper would print its signs.

A link, a footnote or a numbered block of code has no place in a 简报. What a text writes of them is told before it is
printed; a sign that is meant as it is has a ``\\`` before it.
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.errors import InputError

# a sign that is meant as it is, or a place: neither is Markdown
KEPT = re.compile(r"\\[!-/:-@\[-`{-~｛｝＃]|[{｛][^{}｛｝\n]*[}｝]")
INLINE = (
    ("a picture within a line", re.compile(r"!\[[^\]]*\]\(")),
    ("a footnote", re.compile(r"\[\^[^\]\s]{1,80}\]")),
    ("a link", re.compile(r"\[[^\[\]]{1,400}\][(\[]|<(?:https?://|mailto:)")),
    ("code", re.compile(r"`[^`]{1,400}`|```")),
    ("struck text", re.compile(r"~~[^~]{1,400}~~")),
    ("an unclosed comment", re.compile(r"<!--")),
    ("HTML", re.compile(r"</?[A-Za-z][^<>]{0,400}>")),
    ("an HTML entity", re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,6});")),
    ("three * in a row", re.compile(r"\*{3}")),
    ("emphasis of one *", re.compile(r"(?<!\*)\*(?=[^\s*])[^*]{0,400}(?<=[^\s*])\*(?!\*)")),
    ("emphasis of _", re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])[^_]{0,400}(?<=[^\s_])\1(?![\w_])")),
    ("a line break", re.compile(r"\\$")),
)
LINES = (
    ("a block of code", re.compile(r"\s*(?:```|~~~)")),
    ("a line across the page", re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")),
    ("an underlined heading", re.compile(r"\s*(?:=+|--)\s*$")),
    ("a quotation", re.compile(r"\s*>")),
    ("a heading without a space after its #", re.compile(r"#{1,6}[^#\s]|＃")),
    ("a heading below the sixth", re.compile(r"#{7}")),
    ("a row of a table without a |---| below the first", re.compile(r"\s*\|")),
)
HINTS = {
    "a picture within a line": "put it on a line of its own",
    "a link": "write the address out, or \\[ for the sign itself",
    "a line break": "begin a paragraph after an empty line",
    "a heading without a space after its #": "write # and a space, or \\# for the sign itself",
    "a row of a table without a |---| below the first": "add it, or write \\| for the sign itself",
    "an unclosed comment": "close it with -->",
}
# what a draft means as it is: within a line, and at the beginning of a paragraph
SIGNS = re.compile(r"[\\{}｛｝*`]|~~|<(?=[A-Za-z/!])|\[(?=\^)|\](?=[(\[])|&(?=#?\w{1,8};)|(?<!\w)_|_(?!\w)")
LEADING = re.compile(r"^(?=[#＃>|]|[-+]\s|=+$|--+$)")
MEANT = "write \\ before the sign that is meant as it is"


def refuse_inline(text: str, name: str, line: int) -> None:
    """Refuse what is marked within ``text``, a line or a cell.

    Raises:
        InputError: names file, line and what it is.
    """
    _refuse(KEPT.sub(lambda found: "数" * len(found[0]), text), text, INLINE, name, line)


def refuse_line(text: str, name: str, line: int) -> None:
    """Refuse a line that begins what a paper has no use for.

    Raises:
        InputError: names file, line and what it is.
    """
    _refuse(text, text, LINES, name, line)


def _refuse(seen: str, text: str, kinds: tuple[tuple[str, re.Pattern[str]], ...], name: str, line: int) -> None:
    for what, pattern in kinds:
        if found := pattern.search(seen) if kinds is INLINE else pattern.match(seen):
            shown = text[max(0, found.start() - 8) : found.end() + 8].strip()[:60]
            raise InputError(
                f"{name} line {line}", found=f"{what} in “{shown}”",
                expected="headings, paragraphs, - items, tables, **bold**, charts and comments",
                hint=HINTS.get(what, MEANT),
            )  # fmt: skip
