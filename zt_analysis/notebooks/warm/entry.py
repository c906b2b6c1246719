"""What papermill finds under the entry point ``zt_warm``.

papermill loads every engine while it is itself being imported. An engine that imports papermill must therefore be
behind this door, or importing the engine first would end in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zt_analysis.notebooks.warm.engine import WarmEngine


class Engine:
    """Hands over to ``WarmEngine`` all that papermill asks an engine for."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the notebook ``nb`` in a forked kernel."""
        return _engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """The kernel that ``nb`` names, unless ``name`` does."""
        return _engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """The language that ``nb`` is in, unless ``language`` says."""
        return _engine().nb_language(nb, language)


def _engine() -> type[WarmEngine]:
    from zt_analysis.notebooks.warm.engine import WarmEngine

    return WarmEngine
