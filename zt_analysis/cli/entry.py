"""The entry point: run a command, turn our errors into a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback

import click

from zt_analysis import __version__
from zt_analysis.cli import cases, data, papers, provenance, running, scheduling, texts
from zt_analysis.errors import InputError, ZtError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zt")
def zt() -> None:
    """Reproduce the figures of an education bulletin from source tables, and check each printed number."""


for module in (running, scheduling, cases, papers, texts, provenance, data):
    for command in module.COMMANDS:
        zt.add_command(command)


def main() -> None:
    """Entry point: run the command, turn our errors into a message and an exit code."""
    try:
        code = zt.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = InputError.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; previous outputs are as they were", err=True)
        code = 130
    except ZtError as error:
        click.echo(f"zt: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:  # the reader of a pipe had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:  # a full disk, a folder that went away
        click.echo(f"zt: {error.filename or 'file'}; found {error.strerror or error}. Hint: check the disk", err=True)
        code = ZtError.exit_code
    except Exception:  # ours to mend: said in full, and never as exit code 1, which means that figures differ
        traceback.print_exc()
        code = ZtError.exit_code
    sys.exit(code)
