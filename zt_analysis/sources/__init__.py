"""Source tables: declared, typed, verified."""

from zt_analysis.project import find_root
from zt_analysis.sources.descriptor import Column, ForeignKey, Package, Table, read_package
from zt_analysis.sources.lineage import declared_origins
from zt_analysis.sources.opening import in_memory, open_package
from zt_analysis.sources.placing import places
from zt_analysis.sources.proving import Proof
from zt_analysis.sources.quality import quality
from zt_analysis.sources.tables import Tables
from zt_analysis.sources.unbuilt import Unbuilt

__all__ = [
    "Column",
    "ForeignKey",
    "Package",
    "Proof",
    "Table",
    "Tables",
    "Unbuilt",
    "declared_origins",
    "find_root",
    "in_memory",
    "open_package",
    "places",
    "quality",
    "read_package",
]
