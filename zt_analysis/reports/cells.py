"""What else an executed notebook carries into the page: its charts, its text and its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup, escape

from zt_analysis.ledger import CHART_MIME
from zt_analysis.reports.escaping import visible, visible_everywhere
from zt_analysis.reports.svg import inline

SVG_MIME = "image/svg+xml"
_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")


def charts(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The charts of a notebook in order, numbered, each with SVG that can stand in a page."""
    found = []
    for number, (data, source) in enumerate(_outputs(notebook), start=1):
        words = visible_everywhere(data[CHART_MIME])
        drawing = visible(_joined(data.get(SVG_MIME, "")).replace("\r\n", "\n"))
        svg = Markup(inline(drawing, f"c{number}", words["alt"]))
        found.append({**words, "number": number, "svg": svg, "source_code": source, "in_text": False})
    return found


def chart_of(written: str, drawn: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The chart that a text means by ``county_rates?stage=junior``: of the cell that calls just that function so.

    None where no cell does, or where one cell shows several charts: another chart must not stand under the caption.
    """
    name, _, arguments = written.partition("?")
    asked = (name, dict(parse_qsl(arguments)))
    sources = [one["source_code"] for one in drawn]
    found = (
        one for one in drawn
        if sources.count(one["source_code"]) == 1 and _called(one["source_code"]).count(asked) == 1
    )  # fmt: skip
    return next(found, None)


def _called(source: str) -> list[tuple[str, dict[str, str]]]:
    """The functions that a cell calls by an attribute, with the constants it names arguments for."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a cell with a magic
        return []
    return [
        (node.func.attr, {one.arg or "": str(getattr(one.value, "value", None)) for one in node.keywords})
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Text and code of each cell that has any, with its position."""
    return [
        {"number": number, "type": cell["cell_type"], "source": source, "html": _html(cell["cell_type"], source)}
        for number, cell in enumerate(notebook["cells"], start=1)
        if (source := visible(_joined(cell["source"]).replace("\r\n", "\n")).strip())
    ]


def failed_cell(notebook: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first cell that ended in an error: its position, source, and the error's name and message."""
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                seen = {
                    "name": output.get("ename", ""),
                    "message": output.get("evalue", ""),
                    "source": _joined(cell["source"]),
                }
                return {"number": number, **visible_everywhere(seen)}
    return None


def _outputs(notebook: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The outputs that are charts, each with the code of its cell."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if CHART_MIME in output.get("data", {}):
                yield output["data"], _joined(cell["source"])


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)


def _html(kind: str, source: str) -> Markup:
    return markdown(source) if kind == "markdown" else Markup("<pre><code>{}</code></pre>").format(source)


def markdown(source: str) -> Markup:
    """Headings, lists, paragraphs, code and strong text of Markdown; anything else stays the text it is.

    >>> markdown("## Load\\n\\nEach *table* is `checked` <b>")
    Markup('<p><strong>Load</strong></p><p>Each *table* is <code>checked</code> &lt;b&gt;</p>')
    """
    return Markup("").join(_block(block) for block in re.split(r"\n\s*\n", source) if block.strip())


def _block(block: str) -> Markup:
    lines = block.strip().splitlines()
    if lines[0].startswith("#"):
        rest = "\n".join(lines[1:])
        heading = Markup("<p><strong>{}</strong></p>").format(_spans(lines[0].lstrip("#").strip()))
        return heading + (_block(rest) if rest.strip() else "")
    if all(line.lstrip().startswith(("- ", "* ")) for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_spans(line.lstrip()[2:])) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(_spans(" ".join(lines)))


def _spans(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in _INLINE.finditer(text):
        tag = "code" if found[1] else "strong"
        parts += [escape(text[at : found.start()]), Markup(f"<{tag}>{{}}</{tag}>").format(found[1] or found[2])]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])
