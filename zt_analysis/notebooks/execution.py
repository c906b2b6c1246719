"""Execute a notebook with papermill, strictly: a wrong parameter is refused before a kernel starts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zt_analysis import errors
from zt_analysis.contents import content, named, write_file
from zt_analysis.errors import InputError, KernelStartError, MachineError, NotebookError, ZtError
from zt_analysis.notebooks.cleaning import without_volatile
from zt_analysis.notebooks.laid_out import text_of
from zt_analysis.notebooks.libraries import nbformat, papermill
from zt_analysis.notebooks.parameters import declared_parameters
from zt_analysis.params import Declared, check
from zt_analysis.terminal import unescaped

TIMEOUT_SECONDS = 900
# the kernel would warn on every run that its loopback connection is not encrypted
QUIET = "--log-level=ERROR"


@dataclass(frozen=True)
class Engine:
    """How notebooks are executed.

    Attributes:
        name: ``stock`` (papermill's own: a new kernel imports everything) or ``warm`` (a forked one has it imported).
        timeout_seconds: for each cell.
        memory_limit_bytes: for the data of the kernel; only ``warm`` enforces it.
    """

    name: str = "stock"
    timeout_seconds: int = TIMEOUT_SECONDS
    memory_limit_bytes: int | None = None

    @classmethod
    def of(cls, engine: str | Engine) -> Engine:
        """The engine itself, or the one of that name; InputError when there is none."""
        found = cls(engine) if isinstance(engine, str) else engine
        if found.name not in ENGINES:
            raise InputError("engine", found=repr(found.name), expected=" or ".join(ENGINES), hint="leave it out")
        return found


ENGINES = ("stock", "warm")
# what nbclient says of a kernel that never answered
KERNEL_NEVER_CAME = ("Kernel died before replying", "Kernel didn't respond")


def read(path: Path) -> Any:
    """The notebook at ``path`` as an nbformat node."""
    try:
        return nbformat().reads(content(path).decode("utf-8"), as_version=4)
    except OSError as error:
        raise InputError(
            f"notebook {path.name}", found=error.strerror, expected=f"a file in {path.parent.name}/", hint="restore it"
        ) from error
    except Exception as error:  # nbformat raises several kinds for broken JSON and schema
        raise InputError(f"notebook {path.name}", found=f"no notebook ({error})", hint="restore it") from error


def parameters_of(path: Path) -> dict[str, Declared]:
    """What the notebook at ``path`` declares, as ``declared_parameters(read(path), path.name)`` has it.

    Of one as nbformat writes them the cells are looked at without it: with its schemas it takes 0.15 s to import.
    """
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        found = json.loads(content(path).decode("utf-8"))
        if found["nbformat"] == 4 and all(isinstance(cell["metadata"], dict) for cell in found["cells"]):
            cells = [{**cell, "source": "".join(cell["source"])} for cell in found["cells"]]
            return declared_parameters({"cells": cells}, path.name)
    return declared_parameters(read(path), path.name)


def write(notebook: Any, path: Path) -> None:
    """Write ``notebook`` to ``path``."""
    with named(path):
        nbformat().write(notebook, path)


def execute(
    path: Path, parameters: Mapping[str, Any], output: Path, *, cwd: Path, where: str, engine: str | Engine = "stock"
) -> Any:
    """Run the notebook at ``path`` in a kernel of its own; the executed copy, without its times, goes to ``output``.

    Args:
        parameters: must be exactly those that the notebook declares, with their types.
        cwd: folder the kernel works in.
        where: what to call the parameters in an error (a file name).
        engine: ``stock`` or ``warm``; both give the same notebook.

    Returns:
        The executed notebook (nbformat node).

    Raises:
        InputError: wrong parameters, or a cell that refused its input (the kernel's message is kept).
        NotebookError: a cell failed, the kernel died or ran out of time. ``output`` then holds what was executed.
        KernelStartError: no kernel came up; trying again may help.
    """
    notebook = read(path)
    check(parameters, declared_parameters(notebook, path.name), where=where)
    try:
        _papermill(notebook, path.stem, dict(parameters), output, cwd=cwd, engine=Engine.of(engine))
    except Exception as error:
        _tidy(output)
        raise _named(error, path) from error
    return read(output)


def _papermill(
    notebook: Any, name: str, parameters: dict[str, Any], output: Path, *, cwd: Path, engine: Engine
) -> None:
    quiet = not sys.stderr.isatty()
    executed: list[Any] = []

    def finish(done: Any) -> Any:
        # papermill writes what it is given back, which takes five times as long as ``text_of``
        executed.append(without_volatile(done))
        return nbformat().v4.new_notebook()

    done = papermill().execute_notebook(
        notebook,
        str(output),
        parameters,
        cwd=str(cwd),
        engine_name=_engine_name(engine),
        kernel_name="python3",
        progress_bar={"disable": quiet, "desc": name, "leave": False, "file": unescaped(sys.stderr)},
        # one write at the end is enough: the folder appears only when it is whole
        request_save_on_cell_execute=False,
        execution_timeout=engine.timeout_seconds,
        # the kernel holds nothing that needs saving, and a graceful end takes 0.3 s
        shutdown_kernel="immediate",
        extra_arguments=[QUIET],
        **_options(engine, finish),
    )
    if engine.name == "stock":
        write(without_volatile(done), output)
    else:
        write_file(output, f"{text_of(executed[0])}\n")


def _tidy(output: Path) -> None:
    """Clean what a failed run has left, if it has left anything; half a notebook, of a full disk, is none."""
    if not output.exists():
        return
    try:
        write(without_volatile(read(output)), output)
    except (ZtError, OSError):
        output.unlink(missing_ok=True)


def _engine_name(engine: Engine) -> str | None:
    """papermill's name of the engine."""
    if engine.name == "stock":
        return None
    from zt_analysis.notebooks.warm import engine as warm

    return warm.register()


def _options(engine: Engine, finish: Callable[[Any], Any]) -> dict[str, Any]:
    return {} if engine.name == "stock" else {"memory_limit_bytes": engine.memory_limit_bytes, "finish": finish}


def _named(error: Exception, path: Path) -> ZtError:
    """The error of a failed run as one of ours: a refused input stays a refused input."""
    name = getattr(error, "ename", type(error).__name__)
    text = _plain(str(getattr(error, "evalue", "") or error)).strip()
    if lack := errors.lack_of(error) or errors.lack_of(text):
        return MachineError(f"notebook {path.name}", found=lack[0], hint=lack[1])
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, InputError):
        return kind(text)
    if isinstance(error, RuntimeError) and text.startswith(KERNEL_NEVER_CAME):
        return KernelStartError(
            f"notebook {path.name}", found=text.splitlines()[0], expected="a kernel that starts",
            hint="the machine may be short of memory or processes; run it again",
        )  # fmt: skip
    cell = getattr(error, "cell_index", None)
    place = f"notebook {path.name}" + (f", cell {cell + 1}" if cell is not None else "")
    if "DeadKernel" in name:
        text = "the kernel died"
    return NotebookError(
        place,
        found=f"{name}: {text.splitlines()[0] if text else 'no message'}",
        expected="a cell that runs",
        hint="open the failed notebook beside the outputs and run the cell again",
    )


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
