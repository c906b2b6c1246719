"""A chart's SVG made fit to stand inside a page: only drawing is let through, ids are its own, words go with it."""

from __future__ import annotations

from xml.etree import ElementTree

import zt_analysis.expressions as re
from zt_analysis.errors import ReportError
from zt_analysis.xmls import escape, quoteattr

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
# the band above a chart's drawing, in points; the page cuts it off and says the title as text of its own
TITLE_BAND = 26
_TITLE = re.compile(r"title(?:-(\d+))?")
_ELEMENTS = re.compile("svg|g|defs|clipPath|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|use")
_ATTRIBUTES = re.compile(
    "d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|dx|dy|width|height|points|transform|clip-path|clip-rule|fill|fill-opacity|"
    "fill-rule|font-size|font-family|font-weight|opacity|stroke|stroke-dasharray|stroke-linecap|stroke-linejoin|"
    "stroke-opacity|stroke-width|style|text-anchor|viewBox"
)
_PROLOG = re.compile(r"^\s*(?:<\?.*?\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->|\s)*", re.DOTALL)
_LOCAL = re.compile(r"url\(#([\w.-]+)\)")


def inline(svg: str, prefix: str, alt: str, *, titled: bool = False) -> str:
    """``svg`` as an element of an HTML page.

    Scripts, styles, metadata, links and events are dropped, ids begin with ``prefix``, the title band is cut off where
    it is not ``titled``, and ``alt`` is what a screen reader says.

    Raises:
        ReportError: it is not well-formed SVG.
    """
    root = _parse(svg, prefix)
    if not titled:
        _cut_title(root)
    inside = "".join(_element(child, prefix) for child in root)
    box = root.get("viewBox", "")
    # matplotlib sets these two on everything by a style sheet, which inside a page would reach the whole page
    joins = 'stroke-linejoin="round" stroke-linecap="butt"'
    words = f'viewBox={quoteattr(box)} role="img" aria-label={quoteattr(alt)}'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {words} {joins}>{inside}</svg>'


def title_id(band: int) -> str:
    """The id of the title of a drawing, which says how high the band is that it stands in."""
    return f"title-{band}"


def _parse(svg: str, prefix: str) -> ElementTree.Element:
    try:
        # without its document type a text can declare no entity, so nothing can expand
        root = ElementTree.fromstring(_PROLOG.sub("", svg, count=1))
    except ElementTree.ParseError as error:
        raise ReportError(f"chart {prefix}", found=f"broken SVG ({error})", hint="draw the chart again") from error
    if root.tag != f"{SVG}svg":
        raise ReportError(f"chart {prefix}", found=f"<{root.tag}>", expected="<svg>", hint="draw the chart again")
    return root


def _cut_title(root: ElementTree.Element) -> None:
    for group in root.iter(f"{SVG}g"):
        for child in list(group):
            if found := _TITLE.fullmatch(child.get("id", "")):
                group.remove(child)
                x, y, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
                band = int(found[1] or TITLE_BAND)
                root.set("viewBox", f"{x:g} {y + band:g} {width:g} {height - band:g}")
                return


def _element(element: ElementTree.Element, prefix: str) -> str:
    tag = str(element.tag)
    name = tag.removeprefix(SVG)
    if not tag.startswith(SVG) or not _ELEMENTS.fullmatch(name):
        return ""
    inside = escape(element.text or "").strip("\n ") if name in ("text", "tspan") else ""
    inside += "".join(_element(child, prefix) for child in element)
    attributes = "".join(_attribute(key, value, prefix) for key, value in element.attrib.items())
    if name == "g" and not inside:
        return ""
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _attribute(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return f" id={quoteattr(f'{prefix}-{value}')}"
    if key in ("href", HREF):
        return f" href={quoteattr(f'#{prefix}-{value[1:]}')}" if value.startswith("#") else ""
    if not _ATTRIBUTES.fullmatch(key):
        return ""
    own = _LOCAL.sub(rf"url(#{prefix}-\1)", re.sub(r"\s+", " ", value)).strip()
    if "url(" in _LOCAL.sub("", own) or "\\" in own or "@" in own:
        return ""
    return f" {key}={quoteattr(own)}"
