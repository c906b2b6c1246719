"""A worker of a batch: a forked process that runs one case after another and says how each one ended."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis import params
from zt_analysis.errors import ZtError, told
from zt_analysis.leaving import leave
from zt_analysis.notebooks import Engine
from zt_analysis.office import current
from zt_analysis.sources.kept_rows import FOLDER, KEPT, are_kept

if TYPE_CHECKING:
    from zt_analysis.bulletins.paper import Paper
    from zt_analysis.notebooks.warm.server import Task

TASK, ROWS, AS_IT_IS = f"{__name__}:work", f"{__name__}:verify_rows", f"{__name__}:as_it_is"
ASK = f"{__name__}:say_if_kept"

MODULES = (
    "nbclient",
    "filelock",
    # these import when first used: by jupyter_client to find kernels, by papermill for its progress bar
    "IPython.paths",
    "ipykernel.kernelspec",
    "tqdm.auto",
    "traitlets.config.argcomplete_config",
    "multiprocessing.synchronize",
    "nbformat.sign",
    "rocrate.rocrate",
    "ruamel.yaml.error",
    "stdnum.iso7064.mod_11_2",
    "xlsxwriter",
    "zt_analysis.reports.page",
    "zt_analysis.runs.running",
    "zt_analysis.notebooks.warm.engine",
)


def preload() -> None:
    """Import what runs and renders a case, and do once what each would; a kernel's libraries are not needed here."""
    from zt_analysis.notebooks.libraries import papermill

    papermill()
    for name in MODULES:
        import_module(name)
    from nbformat import v4, validate

    from zt_analysis import scanning
    from zt_analysis.reports.page import prepare
    from zt_analysis.runs.record import code_sha256, packages

    validate(v4.new_notebook())  # type: ignore[no-untyped-call]
    prepare()
    scanning.prepare()
    with suppress(ZtError):
        current().load()
    with suppress(ZtError, OSError):
        params.all_series(Path.cwd())
    # of the code that has just been imported, not of what may lie there when a case is done
    code_sha256()
    packages()


def work(task: Task) -> None:
    """Run the cases that come as lines on the first file of ``task``; kernels are forked from its second, if any."""
    for fd in task.fds:
        os.set_inheritable(fd, False)
    orders, *kernels = (socket.socket(fileno=fd) for fd in task.fds)
    if kernels:
        _share(kernels[0])
    # what a killed worker leaves goes with the batch's folder
    os.environ[KEPT] = tempfile.tempdir = task.arguments["kept"]
    given = Orders(orders)
    try:
        while case := given.next_case():
            outcome = run_one(case, task.arguments, given.await_earlier)
            task.stream.sendall(json.dumps({"done": outcome}).encode() + b"\n")
    except BrokenPipeError:  # whoever gave the orders went away
        pass
    leave(0)


def as_it_is() -> None:
    """Import nothing more."""


def verify_rows(task: Task) -> None:
    """Verify the rows that the cases of ``task`` are about, once each: the kernels of a batch find them kept.

    Loading takes more memory than anything that a kernel does with the rows. What is wrong is for its case to tell.
    """
    from zt_analysis.bulletins.papers import tables_of

    os.environ[KEPT] = tempfile.tempdir = task.arguments["kept"]
    root = Path(task.arguments["root"])
    # of two sets of tables the larger one first: it holds the other
    for paper, parameters in sorted(_papers(root, task.arguments["cases"]), key=lambda one: -len(one[0].roles)):
        with suppress(Exception):
            if _is_kept(root / paper.package, paper):
                tables_of(paper, parameters, root)


def may_be_kept(root: Path, cases: Iterable[str]) -> bool:
    """Whether anything is kept beside the packages of ``cases``: to see what takes a process that knows the office."""
    packages = set()
    for case in cases:
        with suppress(Exception):  # what is wrong with it is for its case to tell
            packages.add(root / str(params.load(case, root)["package"]))
    return bool(packages) and all((one / FOLDER).is_dir() for one in packages)


def say_if_kept(task: Task) -> None:
    """Say whether the rows that the cases of ``task`` are about have been verified and kept already."""
    os.environ[KEPT] = task.arguments["kept"]
    root = Path(task.arguments["root"])
    found = False
    with suppress(Exception):
        papers = _papers(root, task.arguments["cases"])
        found = bool(papers) and all(_are_there(root / paper.package, paper) for paper, _ in papers)
    task.stream.sendall(json.dumps({"kept": found}).encode() + b"\n")


def _are_there(folder: Path, paper: Paper) -> bool:
    from zt_analysis.settings import DUCKDB, engine_setting
    from zt_analysis.sources import read_package

    package = read_package(folder)
    names = tuple(one.name for one in package.tables.values() if one.role in paper.roles)
    return engine_setting(paper.engine) == DUCKDB and are_kept(package, names)


def _papers(root: Path, cases: Iterable[str]) -> list[tuple[Paper, dict[str, Any]]]:
    """A paper of each kind about each package, and its case's parameters."""
    from zt_analysis.bulletins import paper_of

    found: dict[tuple[str, ...], tuple[Paper, dict[str, Any]]] = {}
    for case in cases:
        with suppress(Exception):
            parameters = params.load(case, root)
            key = tuple(str(parameters.get(name)) for name in ("package", "notebook", "engine", "late"))
            if key not in found:
                found[key] = paper_of(parameters), parameters
    return list(found.values())


def _is_kept(folder: Path, paper: Paper) -> bool:
    """Whether rows of the paper's tables are kept for the kernels: in files, and of no person."""
    from zt_analysis.settings import DUCKDB, engine_setting
    from zt_analysis.sources import read_package
    from zt_analysis.sources.kept_rows import homes_of

    package = read_package(folder)
    names = [one.name for one in package.tables.values() if one.role in paper.roles]
    return engine_setting(paper.engine) == DUCKDB and bool(homes_of(package, names))


class Orders:
    """What a worker is told, a line of JSON each: a case to run, which before it still run, and that one has ended."""

    def __init__(self, stream: socket.socket) -> None:
        self._lines = stream.makefile(encoding="utf-8")
        self._running: set[str] = set()

    def next_case(self) -> str:
        """The next case to run; empty when there is none."""
        while line := self._lines.readline():
            if "run" in (order := json.loads(line)):  # else of the case before, which did not get to where it waits
                self._running = set(order["after"])
                return str(order["run"])
        return ""

    def await_earlier(self) -> None:
        """Return once the cases before this one have ended, whose outputs it reads."""
        while self._running:
            line = self._lines.readline()
            if not line:  # who gives the orders is gone, and nobody is left to publish for
                raise SystemExit
            self._running.discard(json.loads(line)["ended"])


def run_one(case: str, arguments: Mapping[str, Any], awaited: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Run ``case``: how it ended, its exit code and what was wrong, as plain JSON types."""
    started = time.monotonic()
    outcome = {"case": case, "folder": ""} | _outcome(case, arguments, awaited)
    return outcome | {"seconds": round(time.monotonic() - started, 2)}


def _outcome(case: str, arguments: Mapping[str, Any], awaited: Callable[[], None]) -> dict[str, Any]:
    from zt_analysis.runs.record import word_of
    from zt_analysis.runs.running import run

    outputs = arguments["outputs"] and Path(arguments["outputs"])
    engine = Engine(**arguments["engine"])
    try:
        done = run(case, Path(arguments["root"]), outputs=outputs, engine=engine, awaited=awaited)
    except Exception as error:
        if said := told(error):
            return {"status": "failed", "exit_code": said.exit_code, "message": str(said)}
        # ours to mend: said in full, and the other cases go on
        traceback.print_exc(file=sys.stderr)
        return {"status": "failed", "exit_code": ZtError.exit_code, "message": f"{type(error).__name__}: {error}"}
    return {"status": done.record["status"], "exit_code": done.exit_code, "message": "", "folder": str(done.folder),
            "unchanged": done.unchanged, "decision": word_of(done.record)}  # fmt: skip


def _share(requests: socket.socket) -> None:
    from zt_analysis.notebooks.warm.provisioner import share
    from zt_analysis.notebooks.warm.zygote import Zygote

    share(Zygote(requests))
