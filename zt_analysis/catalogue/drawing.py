"""The map of the page: tables, indicators and what is made of them in three columns, with lines between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zt_analysis.catalogue.lineage import Lineage, Node
from zt_analysis.reports.escaping import visible
from zt_analysis.reports.fonts import with_known

STEP, TOP, WIDTH = 19, 26, 1180
# where each column of names begins, and where lines leave and reach it
PLACES = (0, 400, 800)
RIGHT = ("relation", "rule", "sentence", "chart")
# a name longer than its column ends in an ellipsis; the whole one is its title
LONGEST = 21


@dataclass(frozen=True)
class Placed:
    """A node at its place, with its whole name and what of it is shown."""

    node: Node
    x: int
    y: float
    name: str
    shown: str

    @property
    def end(self) -> float:
        """Where its name ends: a Chinese character is as wide as the letters are high."""
        return self.x + 4 + sum(13 if one > "\u2e7f" else 7.3 for one in self.shown)


def lineage_map(lineage: Lineage, anchors: Mapping[str, str], language: str, heads: Sequence[str]) -> Markup:
    """The map as SVG; each name leads to its card, and says with what it is connected by its anchor."""
    edges = _edges(lineage)
    used = {key for edge in edges for key in edge}
    tables = [one for one in lineage.of_kind("table") if one.key in used]
    indicators = [one for one in lineage.of_kind("indicator") if one.key in used]
    right = [one for kind in RIGHT for one in lineage.of_kind(kind) if one.key in used]
    height = TOP + STEP * max(len(tables), len(indicators), len(right), 1)
    placed: dict[str, Placed] = {}
    for x, column in zip(PLACES, (tables, indicators, right), strict=True):
        for node, y in _spread(column, edges, placed, height):
            placed[node.key] = Placed(node, x, y, *_named(node, language))
    lines = [_line(placed[one], placed[other], anchors) for one, other in edges]
    names = [_name(one, anchors) for one in placed.values()]
    said = [
        Markup('<text class="head" x="{}" y="14">{}</text>').format(x, head)
        for x, head in zip(PLACES, heads, strict=True)
    ]
    drawn = (
        '<svg class="lineage" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" aria-label="{2}">{3}</svg>'
    )
    return Markup(drawn).format(WIDTH, round(height), " → ".join(heads), Markup("").join([*said, *lines, *names]))


def _edges(lineage: Lineage) -> list[tuple[str, str]]:
    """Which of them are connected: a column stands for its table, figures within a column are not drawn."""
    found: dict[tuple[str, str], None] = {}
    for kind in ("indicator", *RIGHT):
        for node in lineage.of_kind(kind):
            for one in lineage.feeding(node.key):
                if one.kind == "column":
                    found[f"table:{one.id.partition('.')[0]}", node.key] = None
                elif kind != "indicator":
                    found[one.key, node.key] = None
    return list(found)


def _spread(
    column: list[Node], edges: list[tuple[str, str]], placed: Mapping[str, Placed], height: float
) -> list[tuple[Node, float]]:
    """A column from top to bottom, each near what it is made from."""

    def near(node: Node) -> float:
        ys = [placed[one].y for one, other in edges if other == node.key and one in placed]
        return sum(ys) / len(ys) if ys else 0.0

    ordered = sorted(column, key=near)
    step = (height - TOP) / max(len(ordered), 1)
    return [(node, TOP + step * (number + 0.5)) for number, node in enumerate(ordered)]


def _line(one: Placed, other: Placed, anchors: Mapping[str, str]) -> Markup:
    first, last = one.end, other.x - 6
    bend = (first + last) / 2
    return Markup(
        '<path data-one="{}" data-other="{}" d="M{:.0f} {:.1f}C{:.0f} {:.1f} {:.0f} {:.1f} {} {:.1f}"/>'
    ).format(anchors[one.node.key], anchors[other.node.key], first, one.y, bend, one.y, bend, other.y, last, other.y)


def _named(node: Node, language: str) -> tuple[str, str]:
    whole = with_known(visible(node.label[language]).replace("−", "-"))
    name = whole if node.kind not in ("relation", "rule") else f"{node.id} {whole}"
    longest = LONGEST if language == "zh" else LONGEST * 2
    return name, name if len(name) <= longest else f"{name[: longest - 1]}…"


def _name(one: Placed, anchors: Mapping[str, str]) -> Markup:
    return Markup('<a href="#{0}" data-of="{0}"><title>{1}</title><text x="{2}" y="{3:.1f}">{4}</text></a>').format(
        anchors[one.node.key], one.name, one.x, one.y + 4, one.shown
    )
