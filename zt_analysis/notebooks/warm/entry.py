"""What papermill finds under the entry point ``zt_warm``.

papermill loads every engine while it is itself being imported. An engine that imports papermill must therefore be
behind this door, or importing the engine first would end in a circle.
"""

from __future__ import annotations

from typing import Any


class Engine:
    """Hands over to ``WarmEngine`` when a notebook is executed."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the notebook ``nb`` in a forked kernel."""
        from zt_analysis.notebooks.warm.engine import WarmEngine

        return WarmEngine.execute_notebook(nb, kernel_name, **options)
