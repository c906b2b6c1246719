"""The entry point: run a command, turn our errors into a message and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import click
from click.core import ParameterSource

from zt_analysis import __version__
from zt_analysis.cli import (
    cases,
    checking,
    data,
    editions,
    proofs,
    provenance,
    running,
    scheduling,
    starting,
    texts,
    writing,
)
from zt_analysis.errors import InputError, ZtError, told
from zt_analysis.importing import ibis_without_sql
from zt_analysis.kept_patterns import keep
from zt_analysis.leaving import leave
from zt_analysis.project import VARIABLE, project_at
from zt_analysis.terminal import open_closed, safe_output


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zt")
@click.option(
    "-C", "--project", metavar="DIR", envvar=VARIABLE,
    help="The project's folder (default: the one that zt is run in). Other paths stay as typed.",
)  # fmt: skip
@click.pass_context
def zt(context: click.Context, project: str | None) -> None:
    """Reproduce the figures of an office's papers from source tables, and check each printed number."""
    typed = context.get_parameter_source("project") is ParameterSource.COMMANDLINE
    if not (project or typed):
        return
    if not project:  # of a variable that a script has not set: not the folder that it happens to stand in
        raise InputError("option -C", found="no name", expected="the project's folder", hint="name its top folder")
    root = project_at(project, "option -C" if typed else f"environment variable {VARIABLE}")
    context.call_on_close(_setting(VARIABLE, str(root)))


def _setting(name: str, value: str) -> Callable[[], None]:
    """Set an environment variable, for kernels and workers too; what puts back what was there."""
    before = os.environ.get(name)
    os.environ[name] = value

    def undo() -> None:
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before

    return undo


# a command makes objects by the hundred thousand that live until its end: to look through them for cycles as often as
# Python does took a twelfth of a run
RARELY = (400_000, 20, 20)
COMMANDS = (running, scheduling, cases, checking, texts, writing, proofs, provenance, editions, data, starting)
for module in COMMANDS:
    for one in module.COMMANDS:
        zt.add_command(one)


def command() -> NoReturn:
    """Entry point of a process: ``main``, and an end that takes nothing apart."""
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int | None):  # words, which Python prints
            raise
        leave(end.code or 0)


def main() -> NoReturn:
    """Run the command, turn our errors into a message and an exit code."""
    gc.set_threshold(*RARELY)
    ibis_without_sql()
    open_closed()
    with safe_output():
        code = _code()
    keep()
    try:
        sys.stdout.flush()
    except OSError:  # what cannot be written has been told; Python would try again and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _code() -> int:
    """The exit code of the command typed, its error told."""
    try:
        code = int(zt.main(standalone_mode=False) or 0)
        sys.stdout.flush()  # a full disk is told of here, not at the very end by Python
        return code
    except click.ClickException as error:
        with suppress(OSError):  # nor can it be told on a full disk: the code still says it
            error.show()
        return InputError.exit_code
    except (click.Abort, KeyboardInterrupt):
        with suppress(OSError):
            click.echo("interrupted; previous outputs are as they were", err=True)
        return 130
    except BrokenPipeError:  # the reader of a pipe had enough
        return 0
    except Exception as error:
        said = told(error)
        if said is None:  # ours to mend: said in full, and never as exit code 1, which means that figures differ
            with suppress(OSError):
                traceback.print_exc()
            return ZtError.exit_code
        # not by click.echo: it leaves out of a pipe what looks like a colour, and a name is then another
        with suppress(OSError):
            print(f"zt: {said}", file=sys.stderr)
        return said.exit_code
