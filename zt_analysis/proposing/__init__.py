"""A project proposed from tables that an office already has: ``zt init FOLDER --from TABLES``."""

from zt_analysis.proposing.columns import Column, Proposed
from zt_analysis.proposing.tables import read_tables
from zt_analysis.proposing.writing import refuse_nothing, write_project

__all__ = ["Column", "Proposed", "read_tables", "refuse_nothing", "write_project"]
