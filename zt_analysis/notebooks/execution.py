"""Execute a notebook with papermill, strictly: a wrong parameter is refused before a kernel starts."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zt_analysis import errors
from zt_analysis.errors import InputError, NotebookError
from zt_analysis.notebooks.cleaning import without_volatile
from zt_analysis.notebooks.parameters import declared_parameters
from zt_analysis.params import check

TIMEOUT_SECONDS = 900


def read(path: Path) -> Any:
    """The notebook at ``path`` as an nbformat node."""
    nbformat = _nbformat()
    try:
        return nbformat.read(path, as_version=4)
    except OSError as error:
        raise InputError(
            f"notebook {path.name}", found=error.strerror, expected=f"a file in {path.parent.name}/", hint="restore it"
        ) from error
    except Exception as error:  # nbformat raises several kinds for broken JSON and schema
        raise InputError(f"notebook {path.name}", found=f"no notebook ({error})", hint="restore it") from error


def write(notebook: Any, path: Path) -> None:
    """Write ``notebook`` to ``path``."""
    _nbformat().write(notebook, path)


def execute(path: Path, parameters: Mapping[str, Any], output: Path, *, cwd: Path, where: str) -> Any:
    """Run the notebook at ``path`` in a kernel of its own; the executed copy, without its times, goes to ``output``.

    Args:
        parameters: must be exactly those that the notebook declares, with their types.
        cwd: folder the kernel works in.
        where: what to call the parameters in an error (a file name).

    Returns:
        The executed notebook (nbformat node).

    Raises:
        InputError: wrong parameters, or a cell that refused its input (the kernel's message is kept).
        NotebookError: a cell failed, the kernel died or ran out of time. ``output`` then holds what was executed.
    """
    notebook = read(path)
    check(parameters, declared_parameters(notebook, path.name), where=where)
    try:
        _papermill(path, dict(parameters), output, cwd)
    except Exception as error:
        raise _named(error, path) from error
    finally:
        if output.exists():
            write(without_volatile(read(output)), output)
    return read(output)


def _papermill(path: Path, parameters: dict[str, Any], output: Path, cwd: Path) -> None:
    _skip_slow_import()
    import papermill

    quiet = not sys.stderr.isatty()
    papermill.execute_notebook(
        str(path),
        str(output),
        parameters,
        cwd=str(cwd),
        kernel_name="python3",
        progress_bar={"disable": quiet, "desc": path.stem, "leave": False},
        # one write at the end is enough: the folder appears only when it is whole
        request_save_on_cell_execute=False,
        execution_timeout=TIMEOUT_SECONDS,
        # the kernel holds nothing that needs saving, and a graceful end takes 0.3 s
        shutdown_kernel="immediate",
        # the kernel would warn on every run that its loopback connection is not encrypted
        extra_arguments=["--log-level=ERROR"],
    )


def _named(error: Exception, path: Path) -> errors.ZtError:
    """The error of a failed run as one of ours: a refused input stays a refused input."""
    name = getattr(error, "ename", type(error).__name__)
    text = _plain(str(getattr(error, "evalue", "") or error)).strip()
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, InputError):
        return kind(text)
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


def _nbformat() -> Any:
    _skip_slow_import()
    import nbformat

    return nbformat


def _skip_slow_import() -> None:
    # jsonschema (4.26) compiles an IRI grammar on import, 0.8 s, when jupyterlab's dependency rfc3987_syntax is
    # installed; notebooks are validated by fastjsonschema and no schema here uses that format
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
