"""The report as a format of nbconvert: ``jupyter nbconvert --to zt_report executed.ipynb``."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.html import HTMLExporter

from zt_analysis.reports import render


class ReportExporter(HTMLExporter):
    """Writes the same bytes as ``zt run``; nbconvert's preprocessors run first, so ``--execute`` works."""

    export_from_notebook = "ZT report"

    def _default_extra_template_basedirs(self) -> list[str]:
        folder = files("zt_analysis.reports") / "templates"
        return [*super()._default_extra_template_basedirs(), str(folder)]

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """The page of the executed notebook ``nb``."""
        # the template engine of nbconvert is left out: its pages load scripts from elsewhere
        notebook, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        return render(notebook), resources
