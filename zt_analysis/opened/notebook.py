"""What a notebook is taught once: how things of the engine show themselves, what to complete inside quotes.

Nothing heavy is imported here: a type is named by its module, and is known when its module is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

# things of lower layers that know nothing of notebooks, and what shows them: ``<name>_html`` and ``<name>_lines`` there
SHOWN = {
    ("zt_analysis.indicators.indicator", "Indicator"): ("cards", "indicator"),
    ("zt_analysis.indicators.views", "View"): ("cards", "indicator"),
    ("zt_analysis.figures", "Figure"): ("cards", "plain_figure"),
    ("zt_analysis.checks.verdicts", "Verdict"): ("check_cards", "verdict"),
    ("zt_analysis.checks.relations", "Evaluated"): ("check_cards", "evaluated"),
    ("zt_analysis.sources.descriptor", "Column"): ("table_cards", "column"),
    ("zt_analysis.sources.descriptor", "Table"): ("table_cards", "declared_table"),
    ("zt_analysis.sources.problems", "Problem"): ("table_cards", "problem"),
}
_MARK = "_zt_taught"


def ready() -> None:
    """Teach the notebook that this process is the kernel of, once; nothing where there is none."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    if shell is None or getattr(shell, _MARK, False):
        return
    setattr(shell, _MARK, True)
    formatters = shell.display_formatter.formatters
    for (module_name, name), shown in SHOWN.items():
        formatters["text/html"].for_type_by_name(module_name, name, partial(_html, *shown))
        formatters["text/plain"].for_type_by_name(module_name, name, partial(_plain, *shown))
    completer = getattr(shell, "Completer", None)
    if completer is not None:
        # jedi reads the source of pandas for seconds, and JupyterLab waits one: what is there is asked what it has
        completer.use_jedi = False
        completer.custom_matchers.append(_matcher(shell))


def _html(cards: str, name: str, value: Any) -> str:
    return str(getattr(import_module(f"zt_analysis.opened.{cards}"), f"{name}_html")(value))


def _plain(cards: str, name: str, value: Any, printer: Any, cycle: bool) -> None:
    lines = getattr(import_module(f"zt_analysis.opened.{cards}"), f"{name}_lines")
    printer.text("..." if cycle else "\n".join(lines(value)))


def _matcher(shell: Any) -> Callable[[Any], Any]:
    from IPython.core.completer import context_matcher

    def zt_names(context: Any) -> Any:
        completing = import_module("zt_analysis.opened.completing")
        return completing.matched(context, shell.user_ns)

    matcher: Callable[[Any], Any] = context_matcher()(zt_names)
    return matcher
