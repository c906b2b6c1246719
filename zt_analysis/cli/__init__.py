"""The command ``zt``: words in, exit code out.

Exit codes: 0 nothing differs, 1 something differs, 2 the input is wrong, 3 a run failed, 130 interrupted.
"""

from zt_analysis.cli.entry import command, main, zt

__all__ = ["command", "main", "zt"]
