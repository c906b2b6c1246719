"""``outputs/catalogue.html``: the lineage of a project as one offline page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zt_analysis.catalogue.drawing import lineage_map
from zt_analysis.catalogue.gathering import Gathered, gather
from zt_analysis.catalogue.lineage import KINDS, Lineage, Node
from zt_analysis.contents import replace_own
from zt_analysis.errors import InputError
from zt_analysis.office import office_of
from zt_analysis.project import standing_in
from zt_analysis.project_file import read_project_file
from zt_analysis.reports.catalogue_page import render_catalogue
from zt_analysis.reports.escaping import anchors, visible_everywhere
from zt_analysis.reports.fonts import with_known
from zt_analysis.reports.places import CATALOGUE
from zt_analysis.terms import label


def write_catalogue(root: Path, path: Path | None = None) -> tuple[Path, Gathered]:
    """Write the catalogue of the project at ``root`` and return its path with what it was made from.

    Raises:
        InputError: no case can be opened, or the file cannot be written.
    """
    found = gather(root)
    target = path or root / "outputs" / CATALOGUE
    with standing_in(root), office_of(root).active():
        page = render_catalogue(page_record(found), read_project_file(root).languages[0])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_own(target, page)
    except OSError as error:
        raise InputError(
            str(target), found=error.strerror, expected="a file that can be written", hint="name another with --output"
        ) from error
    return target, found


def page_record(found: Gathered) -> dict[str, Any]:
    """What the page shows, in plain types: nodes by kind, each with its anchor and its neighbours."""
    lineage, language = found.lineage, read_project_file(found.root).languages[0]
    places = {node.key: anchor for kind in KINDS for node, anchor in _anchored(lineage, kind)}
    tables = [book.tables for book in found.books.values()]
    heads = [label(f"catalogue_{name}", language) for name in ("tables", "indicators", "relations")]
    heads[-1] = " · ".join(label(f"catalogue_{name}", language) for name in ("relations", "rules", "said"))
    record = {
        "synthetic": any(one.package is not None and one.package.synthetic for one in tables),
        "cases": [str(book.parameters["case"]) for book in found.books.values()],
        "untold": found.untold,
        "kinds": {kind: [_shown(node, lineage, places) for node in lineage.of_kind(kind)] for kind in KINDS},
    }
    shown: dict[str, Any] = _printable(visible_everywhere(record))
    return shown | {"map": lineage_map(lineage, places, language, heads)}


def _printable(value: Any) -> Any:
    """``value`` in characters that the page's font has: what a package says of itself may be in any."""
    if isinstance(value, str):
        return with_known(value.replace("−", "-"))
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _anchored(lineage: Lineage, kind: str) -> Iterable[tuple[Node, str]]:
    nodes = lineage.of_kind(kind)
    named = anchors(kind, (node.id for node in nodes))
    return ((node, named[node.id]) for node in nodes)


def _shown(node: Node, lineage: Lineage, places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": node.id,
        "anchor": places[node.key],
        "label": node.label,
        "about": dict(node.about),
        "from": [_link(one, places) for one in lineage.feeding(node.key)],
        "to": [_link(one, places) for one in lineage.fed(node.key)],
        "columns": [_shown(one, lineage, places) for one in lineage.fed(node.key)] if node.kind == "table" else [],
    }


def _link(node: Node, places: Mapping[str, str]) -> dict[str, Any]:
    return {"kind": node.kind, "id": node.id, "anchor": places[node.key], "label": node.label}
