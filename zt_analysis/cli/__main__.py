"""``python -m zt_analysis.cli``."""

from zt_analysis.cli import command

command()
