"""``jupyter nbconvert --to zt_report``: the same file as ``zt run`` writes."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter

from zt_analysis.reports.page import render


class ReportExporter(Exporter):
    """Exports an executed notebook that carries a ledger as the report page."""

    export_from_notebook = "zt report"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> Any:
        """The page and its resources."""
        resources = self._init_resources(resources)
        resources["output_extension"] = ".html"
        return render(nb), resources
