"""The command ``zt``: words in, exit code out.

Exit codes: 0 nothing differs, 1 something differs, 2 the input is wrong, 3 a run failed, 130 interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# not by the package, which would look the name up in the office
from zt_analysis.kept_patterns import use_kept

if TYPE_CHECKING:
    from zt_analysis.cli.entry import zt

__all__ = ["main", "zt"]


def main() -> None:
    """Entry point: run the command, turn our errors into a message and an exit code."""
    use_kept()  # before what holds expressions is imported
    from zt_analysis.cli import entry

    entry.main()


def __getattr__(name: str) -> Any:
    if name == "zt":
        from zt_analysis.cli.entry import zt

        return zt
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
