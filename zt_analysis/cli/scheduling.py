"""Commands of a timetable: what is due, and the file of a new case."""

from __future__ import annotations

import os
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import click

from zt_analysis.cli.further import FURTHER, further

REHEARSED = "ZT_ON"
ON = "Day to look from (YYYY-MM-DD; default: today)."


@click.command("due")
@click.option("--on", "day", help=ON)
@click.option("--since", help="Also everything that became due from this day on.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "names"]), default="table", show_default=True,
    help="names: the cases to run, one a line.",
)  # fmt: skip
def list_due(day: str | None, since: str | None, form: str) -> int:
    """List the cases that a day makes due and how far each is; each kind of paper of the office says when it is due.

    Exit code 1 while one of them is not there, not run, or does not agree.
    """
    from zt_analysis import show
    from zt_analysis.periods import iso_date
    from zt_analysis.runs.due import due
    from zt_analysis.sources import find_root

    found = due(find_root(), day_of(day), since=None if since is None else iso_date("--since", since))
    show.due(found, form)
    return 0 if all(one.done for one in found) else 1


@click.command("new", context_settings=FURTHER)
@click.argument("case")
@click.option("--as-of", help="Day it counts up to (default: the last of the period that it is named after).")
@click.option("--base-on", help="Day changes are measured from (default: as the case before, or the period's).")
@click.option("--issued-on", help="Day of issue (default: as long after the count as the case before).")
@click.option("--edition", type=click.Choice(["draft", "final"]), help="Default: draft.")
@click.pass_context
def new_case(context: click.Context, /, case: str, **given: Any) -> int:
    """Write params/CASE.yml for the next case of a paper of the office, and say what else it needs.

    The name says which paper: here a week (2018-W46) or an issue (2018-12). Any other parameter of it is an option,
    too: --issue-total 31, --term 2018-autumn.
    """
    from zt_analysis.runs.new_case import kind_named, scaffold
    from zt_analysis.sources import find_root

    root, kind = find_root(), kind_named(case)
    names = [one.name for one in fields(kind) if one.name != "case" and one.name not in given]
    typed = further(context.args, kind, names, f"the parameters of a {kind.kind}")
    made = scaffold(case, root, given | dict(typed))
    click.echo(f"{made.path.relative_to(root)}, modelled on {made.model}:")
    click.echo("\n".join(f"  {name}: {value}" for name, value in made.parameters.items()))
    click.echo("It still needs:\n" + "\n".join(f"- {need}" for need in made.needs))
    return 0


def day_of(text: str | None) -> date:
    """The day typed, or today where the office is; ``ZT_ON`` stands for it in a rehearsal, and says so."""
    from zt_analysis.periods import iso_date
    from zt_analysis.project import find_root
    from zt_analysis.project_file import read_project_file
    from zt_analysis.show import log

    rehearsed = os.environ.get(REHEARSED)
    if text is not None:
        return iso_date("--on", text)
    if rehearsed:
        log.say("day", f"{REHEARSED} is set: as if today were {rehearsed}", on=rehearsed, rehearsed=True)
        return iso_date(REHEARSED, rehearsed)
    # of the office, not of the machine: at 07:00 on a Thursday in China a server in UTC is still at Wednesday
    return datetime.now(read_project_file(find_root()).zone).date()


COMMANDS = (list_due, new_case)
