"""Text as it is being typed: which bracket and quote are open, which expression ends it. Nothing of it is run."""

from __future__ import annotations

BRACKETS = {")": "(", "]": "[", "}": "{"}


def opened(text: str) -> tuple[int | None, int | None]:
    """Where the innermost bracket that is not closed opens, and where the quote ends that opens what is not; or None.

    A quote of three ends at three alone, and may go on over lines.
    """
    stack: list[int] = []
    mark, place = "", 0
    quote: int | None = None
    while place < len(text):
        one = text[place]
        if quote is not None:
            if one == "\\":
                place += 1
            elif text.startswith(mark, place):
                quote, place = None, place + len(mark) - 1
            elif one == "\n" and len(mark) == 1:
                quote = None
        elif one in "\"'":
            mark = one * 3 if text.startswith(one * 3, place) else one
            place += len(mark) - 1
            quote = place
        elif one == "#":
            place = text.find("\n", place)
            if place < 0:
                return None, len(text)
        elif one in "([{":
            stack.append(place)
        elif one in BRACKETS and stack and text[stack[-1]] == BRACKETS[one]:
            stack.pop()
        place += 1
    return (stack[-1] if stack and text[stack[-1]] != "{" else None), quote


def callee(text: str) -> str:
    """The expression that ends the text: names, dots, calls before the last."""
    place = len(text)
    while place:
        one = text[place - 1]
        if one.isalnum() or one in "_.":
            place -= 1
        elif one in ")]":
            place = _opening(text, place - 1)
        else:
            break
    return text[place:].strip()


def _opening(text: str, closing: int) -> int:
    """Where the bracket that ``closing`` closes opens; quotes within may hold brackets."""
    depth, quote = 0, ""
    for place in range(closing, -1, -1):
        one = text[place]
        if quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one in ")]}":
            depth += 1
        elif one in "([{":
            depth -= 1
            if depth == 0:
                return place
    return 0
