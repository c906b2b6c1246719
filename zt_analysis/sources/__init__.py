"""Source tables: declared, typed, verified."""

from zt_analysis.sources.descriptor import Column, ForeignKey, Package, Table, read_package
from zt_analysis.sources.opening import Tables, find_root, in_memory, open_package
from zt_analysis.sources.partitions import path_sha256
from zt_analysis.sources.proving import Proof

__all__ = [
    "Column",
    "ForeignKey",
    "Package",
    "Proof",
    "Table",
    "Tables",
    "find_root",
    "in_memory",
    "open_package",
    "path_sha256",
    "read_package",
]
