"""nbformat and papermill as a run needs them: imported without what they would only need for notebooks elsewhere.

papermill reads and writes notebooks in six kinds of cloud, and jsonschema knows formats that no notebook uses: each
imports what is installed for that, half a second in this environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from zt_analysis.importing import later, without

# with papermill: notebooks in Hadoop; the module's own name, so that nobody is kept from pyarrow
CLOUDS = ("pyarrow.fs",)
# with jsonschema: URIs, durations, colours, names of machines
FORMATS = ("rfc3986_validator", "isoduration", "uri_template", "webcolors", "fqdn")
# with papermill: notebooks by http; imported once one is asked for
WHEN_ASKED = ("requests",)


def nbformat() -> Any:
    """The library nbformat."""
    skip_slow_import()
    with without(*FORMATS):
        import nbformat
    return nbformat


def papermill() -> Any:
    """The library papermill."""
    nbformat()
    for name in WHEN_ASKED:
        later(name)
    with without(*CLOUDS), _nothing_registered():
        import papermill
    return papermill


@contextmanager
def _nothing_registered() -> Iterator[None]:
    """Let papermill look for no engines and places of others: a run names its engine and writes to its own folder.

    It reads what every installed package registers, twice: 0.04 s of the 0.1 s that it takes to import.
    """
    name, known = "entrypoints", sys.modules.get("entrypoints")
    stand_in = ModuleType(name)
    stand_in.get_group_all = lambda group: []  # type: ignore[attr-defined]
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if known is None:
            del sys.modules[name]
        else:
            sys.modules[name] = known


def skip_slow_import() -> None:
    """Keep a library that is not needed from being imported with nbformat; call it before that."""
    # jsonschema (4.26) compiles an IRI grammar on import, 0.8 s, when jupyterlab's dependency rfc3987_syntax is
    # installed; notebooks are validated by fastjsonschema and no schema here uses that format
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
