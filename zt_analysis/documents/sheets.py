"""The style sheets of a page: what they declare of each element, where it says whether a reader sees its text.

Parsed by tinycss2, matched by cssselect2. Read as for a screen of 1280 pixels; sheets outside the file are not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from zt_analysis.documents.limits import MAX_STYLED, refuse_above

SCREEN_PIXELS = 1280
WANTED = frozenset(
    (
        "display", "visibility", "opacity", "font-size", "font", "color", "background", "background-color",
        "background-image", "position", "left", "right", "top", "bottom", "inset", "margin-left", "margin-top",
        "text-indent", "clip", "clip-path", "transform", "width", "height", "max-width", "max-height", "overflow",
        "overflow-x", "overflow-y", "direction", "unicode-bidi", "content", "content-visibility", "text-decoration",
        "text-decoration-line", "-webkit-text-fill-color", "-webkit-text-security", "filter",
    )
)  # fmt: skip
# a rule of these may be true of a page that is never seen so: none of them decides
STATES = ("hover", "focus", "active", "focus-within", "focus-visible", "target", "checked", "visited")
WIDTH = re.compile(r"\(\s*(?P<end>min|max)-(?:device-)?width\s*:\s*(?P<value>[0-9.]+)(?P<unit>px|em|rem)\s*\)")
NESTING = ("media", "supports", "layer", "container", "scope")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
MAX_SUBSTITUTIONS = 8
# of 1, the lightest that one channel of a colour may be to be seen on white
DARK = 0.8
FILLED = frozenset(("-webkit-text-fill-color",))
OUTSIDE = "style sheet(s) outside the file"

_PARTS = r"(?:\.[0-9]+)?"
_SIZE = rf"(?:[3-9]|[1-9][0-9]{{1,3}}){_PARTS}(?:px|pt)|[1-9][0-9]?{_PARTS}r?em|[2-9][0-9]{_PARTS}%|1[0-9]{{2}}%"
_LENGTH = r"(?:0|[0-9]{0,3}(?:\.[0-9]+)?(?:px|pt|em|rem|%)|auto)"
# the values of a property that show text wherever they stand, and undo nothing where no other is in use
PLAIN = {
    name: re.compile(form)
    for names, form in (
        ("width height max-width max-height", rf"{_SIZE}|auto|none"),
        ("margin-left margin-top text-indent", _LENGTH),
        ("font-size", rf"{_SIZE}|medium|large|small"),
        ("position", "static"),
        ("display", r"block|inline|inline-block|table|table-row|table-cell|flex|inline-flex|grid|list-item"),
        ("visibility", "visible"),
        ("opacity", r"1|0?\.[2-9][0-9]*"),
        ("overflow overflow-x overflow-y", "visible|auto"),
        ("text-decoration text-decoration-line", "none|underline"),
    )
    for name in names.split()
}

Declared = dict[str, str]


@dataclass(eq=False)
class Sheets:
    """What the sheets of one page declare; ``unread`` counts what of them cannot be told."""

    matcher: Any = None
    selectors: list[tuple[Any, list[tuple[str, str, bool]]]] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    wrappers: dict[Any, Any] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    rules: int = 0

    @classmethod
    def of(cls, root: Any, name: str) -> Sheets:
        """The sheets in ``<style>`` of the page at ``root``, which is called ``name``.

        Raises:
            InputError: more rules times elements than ``limits.MAX_STYLED``.
        """
        sheets = cls()
        for element in root.iter("style", "link"):
            if element.tag == "link":
                sheets._link(element)
            elif _applies(element.get("media", "")):
                sheets._add(element.text or "")
        sheets._match(root)
        if sheets.rules:
            from cssselect2 import ElementWrapper

            tree = ElementWrapper.from_html_root(root).iter_subtree()
            tried = sheets.rules * sum(1 for _ in root.iter())
            refuse_above(MAX_STYLED, tried, thing=name, unit="style rules times elements", hint="save it as text")
            sheets.wrappers = {one.etree_element: one for one in tree}
        return sheets

    def _match(self, root: Any) -> None:
        """Keep the rules of what decides on this page: where no value of a property can hide, none of it is asked."""
        values: dict[str, set[str]] = {}
        inside = (one for element in root.iter() if (own := element.get("style")) for one in _declarations(own))
        for name, value, _ in (*(one for _, every in self.selectors for one in every), *inside):
            values.setdefault(name, set()).add(value.lower())
        idle = {name for name, every in values.items() if name in PLAIN and all(map(PLAIN[name].fullmatch, every))}
        old = {name for element in root.iter() for name in element.attrib}
        if old & {"hidden", "popover"} or next(root.iter("dialog"), None) is not None:
            idle.discard("display")
        if "font" in values:
            idle.discard("font-size")
        grounded = any(name.startswith("background") for name in values) or old & {"color", "text", "bgcolor"}
        if not grounded and not values.keys() & FILLED and all(map(_is_dark, values.get("color", ()))):
            idle.add("color")
        if not self.selectors:
            return
        from cssselect2 import Matcher

        self.matcher = Matcher()
        for selector, every in self.selectors:
            kept = [one for one in every if one[0] not in idle]
            if kept:
                self.matcher.add_selector(selector, kept)
                self.rules += 1

    def declared(self, element: Any) -> dict[str | None, Declared]:
        """What holds for ``element`` (None) and for its parts (``before``, ``after``, …), its own style included."""
        found: dict[str | None, dict[str, tuple[tuple[Any, ...], str]]] = {}
        matches = self.matcher.match(self.wrappers[element]) if element in self.wrappers else ()
        for specificity, order, part, declarations in matches:
            _set(found.setdefault(part, {}), declarations, (0, specificity, order))
        own = element.get("style")
        if own:
            _set(found.setdefault(None, {}), _declarations(own), (1, (0, 0, 0), 0))
        return {
            part: {name: self._substituted(value) for name, (_, value) in held.items()} for part, held in found.items()
        }

    def _substituted(self, value: str) -> str:
        for _ in range(MAX_SUBSTITUTIONS):
            if "var(" not in value:
                break
            value = VARIABLE.sub(lambda found: self.variables.get(found[1], found[2] or ""), value)
        return value

    def _link(self, element: Any) -> None:
        relation = element.get("rel", "").lower().split()
        if "stylesheet" in relation and "alternate" not in relation and _applies(element.get("media", "")):
            self.unread[OUTSIDE] += 1

    def _add(self, text: str) -> None:
        import tinycss2

        self._rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def _rules(self, rules: Iterable[Any]) -> None:
        import tinycss2

        for rule in rules:
            if rule.type == "qualified-rule":
                self._rule(rule)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
                self.unread[OUTSIDE] += 1
            elif rule.type == "at-rule" and rule.lower_at_keyword in NESTING and rule.content is not None:
                asked = tinycss2.serialize(rule.prelude)
                if rule.lower_at_keyword != "media" or _applies(asked):
                    self._rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))

    def _rule(self, rule: Any, outer: str = "") -> None:
        import tinycss2
        from cssselect2 import SelectorError, compile_selector_list

        selectors = tinycss2.serialize(rule.prelude)
        if outer:  # a rule inside a rule: & is the outer one
            selectors = selectors.replace("&", outer) if "&" in selectors else f"{outer} {selectors}"
        content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        declarations = list(_kept(content))
        self.variables.update((name, value) for name, value, _ in declarations if name.startswith("--"))
        wanted = [one for one in declarations if one[0] in WANTED]
        if wanted:
            try:
                compiled = compile_selector_list(selectors)
            except (SelectorError, ValueError, AttributeError):
                compiled = ()
                self.unread["style rule(s) that cannot be read"] += not any(f":{one}" in selectors for one in STATES)
            self.selectors += [(selector, wanted) for selector in compiled]
        if not outer:
            for inner in content:
                if inner.type == "qualified-rule":
                    self._rule(inner, f":is({selectors.strip()})")


def _is_dark(value: str) -> bool:
    """Whether text of a colour is seen on white, whatever stands around it."""
    from tinycss2.color3 import parse_color

    given = parse_color(value)
    opaque = given is not None and not isinstance(given, str) and given.alpha == 1
    return opaque and min(given.red, given.green, given.blue) <= DARK


def _applies(media: str) -> bool:
    """Whether a media query is true of a screen; what it cannot be asked (colours, motion) is taken to be.

    >>> _applies("print"), _applies("screen and (max-width: 600px)"), _applies("(min-width: 40em)"), _applies("")
    (False, False, True, True)
    """
    return not media.strip() or any(_is_true(one.strip().lower()) for one in media.split(","))


def _is_true(query: str) -> bool:
    if query.startswith("not "):
        return not _is_true(query[4:])
    words = re.sub(r"\([^()]*\)", " ", query).split()
    if any(word in ("print", "speech", "aural", "braille", "tty") for word in words):
        return False
    for found in WIDTH.finditer(query):
        pixels = float(found["value"]) * (1 if found["unit"] == "px" else 16)
        if pixels > SCREEN_PIXELS if found["end"] == "min" else pixels < SCREEN_PIXELS:
            return False
    return "prefers-color-scheme: dark" not in query and "prefers-color-scheme:dark" not in query


@lru_cache(maxsize=1024)
def _declarations(text: str) -> tuple[tuple[str, str, bool], ...]:
    import tinycss2

    return tuple(_kept(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)))


def _kept(content: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for one in content:
        if one.type == "declaration":
            name = one.name if one.name.startswith("--") else one.lower_name
            yield name, tinycss2.serialize(one.value).strip(), one.important


def _set(
    held: dict[str, tuple[tuple[Any, ...], str]], declarations: Iterable[tuple[str, str, bool]], rank: Any
) -> None:
    for name, value, important in declarations:
        key = (important, *rank)
        if name not in held or key >= held[name][0]:
            held[name] = key, value
