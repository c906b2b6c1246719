"""What a forked child does to become an ordinary ipykernel, and what its parent imports for it."""

from __future__ import annotations

import atexit
import builtins
import gc
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import ZtError
from zt_analysis.expressions import compile_all, compile_guards
from zt_analysis.importing import ibis_without_sql, without
from zt_analysis.office import current

if TYPE_CHECKING:
    from zt_analysis.notebooks.warm.server import Task

PRELOAD = f"{__name__}:preload"
PREPARE = f"{__name__}:prepare"
TASK = f"{__name__}:become"
# what asks for kernels and what is one both import
IN_COMMON = ("IPython.core.interactiveshell", "zmq.asyncio", "zt_analysis.bulletins", "zt_analysis.checks.review")
# what notebooks call, as far as it needs no frames
INTERFACE = ("zt_analysis.interface", "zt_analysis.notebooks", "zt_analysis.opened.notebook", "zt_analysis.writing")
KEEPING = (
    "zt_analysis.sources.kept_manifest", "zt_analysis.sources.kept_sql", "zt_analysis.sources.unbuilt",
    "zt_analysis.drawing.kept",
)  # fmt: skip
ENGINE = "zt_analysis."
INLINE = "module://matplotlib_inline.backend_inline"
# never matplotlib_inline.backend_inline itself: imported before there is a shell, it does not hook into one, and
# every chart of pyplot is lost without a word
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.gen",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
    "encodings.idna",
    # half of a kernel's start, where debugpy is installed
    "ipykernel.debugger",
)
MODULES = (
    *KERNEL,
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pyarrow.pandas_compat",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "matplotlib.font_manager",
    "duckdb",
    "ibis",
    "ibis.backends.duckdb",
    "ibis.backends.duckdb.converter",
    "ibis.expr.types.groupby",
    "ibis.formats.pandas",
    "ibis.formats.pyarrow",
    "sqlglot.dialects.duckdb",
    "psutil",
    "ruamel.yaml",
    # a case's own text is tied to its figures
    "zt_analysis.writing",
)


def in_common() -> None:
    """Import and compile what asks for kernels and what is one both need, before they part."""
    from zt_analysis.yamls import read_yaml

    ibis_without_sql()
    for name in IN_COMMON:
        import_module(name)
    read_yaml(b"day: 2018-11-08")  # a reader of YAML makes its expressions when it first reads
    compile_guards()


def preload() -> None:
    """Import what notebooks use, and read matplotlib's list of fonts; no thread, socket or connection is made."""
    import zt_analysis

    # debugpy would say on stderr that it cannot step into Python's own frozen modules
    os.environ |= {"MPLBACKEND": INLINE, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    with _as_in_a_kernel():
        for name in MODULES:
            # what another version does not have, or has elsewhere, a kernel imports itself
            with suppress(ImportError):
                import_module(name)
        for name in zt_analysis.__all__:
            getattr(zt_analysis, name)
        # an office that cannot be imported is for its case to tell
        with suppress(ZtError):
            current().load()
    _compile_once()
    _know_once()


def preload_as_needed() -> Callable[[list[str]], None]:
    """Import what every kernel of a batch does; the rest of what notebooks use once one has imported it.

    Of pandas, matplotlib, pyarrow and ibis's compilers, 1.1 s together, a batch needs none whose SQL and drawings are
    kept.
    """
    os.environ["MPLBACKEND"] = INLINE
    prepare()
    with _as_in_a_kernel():
        for name in INTERFACE:
            import_module(name)
        with suppress(ZtError):
            current().load()
    _know_once()
    return _import_known


def _import_known(names: list[str]) -> None:
    """Import those of ``names`` that may be imported before a fork: what ``MODULES`` names, and the engine."""
    with _as_in_a_kernel():
        for name in filter(_may_be_shared, names):
            with suppress(ImportError):
                import_module(name)
    if "ibis.backends.duckdb" in names:
        _compile_once()
    compile_all()


def _may_be_shared(name: str) -> bool:
    return name in MODULES or name.startswith(ENGINE)


def prepare() -> None:
    """Import what every kernel does, and DuckDB: for one kernel, which imports the rest itself."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    with without("debugpy"):  # nobody steps through the cells of a run
        for name in (*KERNEL, "duckdb"):
            with suppress(ImportError):
                import_module(name)


def _compile_once() -> None:
    """Compile one expression to SQL, of tables that are nowhere: ibis builds its rules and types on first use."""
    import ibis
    from ibis import _

    one, other = (ibis.table({"a": "string", "n": "int64"}, name=name) for name in ("one", "other"))
    joined = one.filter(_["a"].isin(["x"])).inner_join(other, "a")
    counted = joined.group_by("a").aggregate(n=_["n"].sum().coalesce(0), k=_["a"].nunique(where=_["n"] > 1))
    ibis.to_sql(counted.order_by("a").limit(1), dialect="duckdb")


def _know_once() -> None:
    """What each kernel would find out for itself, and is the same for all cases of an office."""
    import ibis

    from zt_analysis.indicators.catalogue import indicators
    from zt_analysis.indicators.indicator import IN_CHINESE
    from zt_analysis.sources.backend import TYPES
    from zt_analysis.terms import vocabulary
    from zt_analysis.yamls import read_yaml

    for kind in TYPES.values():  # each name is read with a grammar built for it
        ibis.dtype(kind)
    # of the code that has just been imported, by which rows, SQL and drawings that are kept are told
    for name in KEEPING:
        import_module(name).made_by()
    read_yaml(b"day: 2018-11-08")  # a reader of YAML makes its expressions when it first reads
    with suppress(ZtError):
        vocabulary()
        for one in indicators().values():
            for section in IN_CHINESE:
                one.said(section)
    compile_all()


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Let libraries find a kernel while they are imported: pandas (3.1) sets its table width by that, once."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def become(task: Task) -> None:
    """Turn this forked process into the kernel that ``task`` describes, and stay it until shut down.

    Arguments of the task: ``argv`` (of ``ipykernel_launcher``), ``env``, ``cwd``, ``memory_limit_bytes``.
    """
    wanted = task.arguments
    _take_over(task.fds)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(wanted["cwd"])
    limit_memory(wanted["memory_limit_bytes"])
    _refresh()
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *wanted["argv"]]
    _serve(wanted["argv"], task)


def limit_memory(most_bytes: int | None) -> None:
    """Refuse this process more than ``most_bytes`` of memory for data: a cell that asks for more fails."""
    if most_bytes is None:
        return
    import resource

    # address space also counts what is only reserved, of which threads and DuckDB take gigabytes
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    resource.setrlimit(kind, (most_bytes, most_bytes))


def _tell(tell: socket.socket, known: set[str], _: object) -> None:
    """Say after a cell what it has imported that the next kernel need not import, once."""
    fresh = [name for name in list(sys.modules) if name not in known]
    known.update(fresh)
    if names := [name for name in fresh if _may_be_shared(name)]:
        with suppress(OSError):  # whoever forks is busy, or gone: the next kernel imports it itself
            tell.send(json.dumps(names).encode(), socket.MSG_DONTWAIT)


def _take_over(fds: tuple[int, ...]) -> None:
    for ours, given in enumerate(fds, start=1):
        os.dup2(given, ours)
        os.close(given)


def _refresh() -> None:
    """What must not be shared with the parent or a sibling: random state, and what the environment decides."""
    import time

    # the random module seeds itself after a fork, numpy's legacy generator does not; imported later, both do
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE
    time.tzset()


def config_of(argv: list[str]) -> Any:
    """What the words of a run say to a kernel, as its parser has it; None of any others, which are for that parser."""
    from traitlets.config import Config

    from zt_analysis.notebooks.execution import QUIET

    option, file, *more = argv if len(argv) > 1 else ("", "")
    if option != "-f" or file.startswith("-") or more not in ([], [QUIET]):
        return None
    return Config({"IPKernelApp": {"connection_file": file} | ({"log_level": QUIET.partition("=")[2]} if more else {})})


def _configure(app: Any, config: Any, argv: list[str]) -> None:
    app.argv, app.cli_config = [*argv], config
    app.update_config(config)


def _serve(argv: list[str], task: Task) -> None:
    from ipykernel.kernelapp import IPKernelApp

    # at its end DuckDB complains of objects that are never freed: those frozen before the fork
    atexit.register(gc.unfreeze)
    # the kernel ends itself when its parent, who could tell of its end, is gone
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    if config := config_of(argv):
        # to make a parser for all the words that a kernel knows takes a third of its start
        app.parse_command_line = partial(_configure, app, config)
    with without("argcomplete"):  # nobody types these words
        app.initialize(argv)
    app.shell.events.register("post_run_cell", partial(_tell, task.tell, set(sys.modules)))
    # its sockets are bound: a client that connected earlier would wait a tenth of a second and try again
    task.stream.sendall(b'{"ready": true}\n')
    task.stream.close()
    app.start()
