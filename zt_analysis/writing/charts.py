"""The charts of a text: drawn by the office's own functions, as vector and as pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from zt_analysis.bulletins import Paper
from zt_analysis.drawing import Chart
from zt_analysis.drawing.theme import renderings
from zt_analysis.errors import InputError, nearest
from zt_analysis.office import current
from zt_analysis.sources import Tables
from zt_analysis.writing.filling import Part

MODULE = "charts"


@dataclass(frozen=True)
class Picture:
    """A chart of a text: its SVG and PNG, each with the title in it, and what it shows in words.

    Attributes:
        outlined: the SVG with letters as outlines: its numbers are no text of a printed page.
    """

    key: str
    title: str
    alt: str
    svg: str
    png: bytes
    outlined: str


def pictures(parts: Iterable[Part], paper: Paper, tables: Tables, file: str) -> dict[str, Picture]:
    """The chart of each picture in ``parts``, by how it is written: ``county_rates?stage=junior``.

    Raises:
        InputError: no chart of that name, or arguments that it does not take; names file and line.
    """
    found: dict[str, Picture] = {}
    with renderings() as drawn:
        for part in parts:
            written = part.source.chart
            if written and written not in found:
                chart = _drawn(written, paper, tables, f"{file} line {part.source.line}")
                found[written] = Picture(
                    chart.key, chart.title, chart.alt, chart.svg, drawn[chart.svg].png, drawn[chart.svg].outlined
                )
    return found


def _drawn(written: str, paper: Paper, tables: Tables, where: str) -> Chart:
    name, _, arguments = written.partition("?")
    known = _functions()
    if name not in known:
        raise InputError(
            f"{where}, chart {name!r}", found="no such chart", expected=", ".join(known) or "an office with charts",
            hint=nearest(name, known).strip() or "office/charts.py defines them",
        )  # fmt: skip
    given = {key: int(value) if value.isdigit() else value for key, value in parse_qsl(arguments)}
    try:
        return known[name](paper, tables, **given)
    except TypeError as error:
        raise InputError(
            f"{where}, chart {written!r}", found=str(error), expected="what its function in office/charts.py takes",
            hint="such as county_rates?stage=junior",
        ) from error  # fmt: skip


def _functions() -> Mapping[str, Callable[..., Chart]]:
    """The functions of the office's ``charts.py`` that draw."""
    office = current()
    if office.folder is None or not (office.folder / f"{MODULE}.py").is_file():
        return {}
    module: Any = office.module(MODULE)
    own = {name: value for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    return {name: value for name, value in own.items() if callable(value) and not name.startswith("_")}
