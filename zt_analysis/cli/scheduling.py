"""Commands of a timetable: what is due, and the file of a new case."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

REHEARSED = "ZT_ON"
# of the office, not of the machine: at 07:00 on a Thursday in China a server in UTC is still at Wednesday
ZONE = "Asia/Shanghai"
ON = "Day to look from (YYYY-MM-DD; default: today)."


@click.command("due")
@click.option("--on", "day", help=ON)
@click.option("--since", help="Also everything that became due from this day on.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "names"]), default="table", show_default=True,
    help="names: the cases to run, one a line.",
)  # fmt: skip
def list_due(day: str | None, since: str | None, form: str) -> int:
    """List the cases that a day makes due and how far each is: the week's circular, the control months' issues.

    Exit code 1 while one of them is not there, not run, or does not agree.
    """
    from zt_analysis import show
    from zt_analysis.periods import iso_date
    from zt_analysis.runs.due import due
    from zt_analysis.sources import find_root

    found = due(find_root(), day_of(day), since=None if since is None else iso_date("--since", since))
    show.due(found, form)
    return 0 if all(one.done for one in found) else 1


@click.command("new")
@click.argument("case")
@click.option("--as-of", help="Day the issue counts up to: a Thursday. A week's follows from its name.")
@click.option("--base-on", help="Day changes are measured from (default: that of the issue before).")
@click.option("--issued-on", help="Day of issue (default: as long after the count as the case before).")
@click.option("--issue-total", type=click.IntRange(min=1), help="Number since the first issue, across a new year.")
@click.option("--term", help="Term of the aid figures (default: that of the case before, within a year).")
@click.option("--edition", type=click.Choice(["draft", "final"]), help="Default: draft.")
def new_case(case: str, **given: Any) -> int:
    """Write params/CASE.yml for a week (2018-W46) or an issue (2018-12), and say what else it needs."""
    from zt_analysis.runs.new_case import scaffold
    from zt_analysis.sources import find_root

    root = find_root()
    made = scaffold(case, root, given)
    click.echo(f"{made.path.relative_to(root)}, modelled on {made.model}:")
    click.echo("\n".join(f"  {name}: {value}" for name, value in made.parameters.items()))
    click.echo("It still needs:\n" + "\n".join(f"- {need}" for need in made.needs))
    return 0


def day_of(text: str | None) -> date:
    """The day typed, or today where the office is; ``ZT_ON`` stands for it in a rehearsal, and says so."""
    from zt_analysis.periods import iso_date
    from zt_analysis.show import log

    rehearsed = os.environ.get(REHEARSED)
    if text is not None:
        return iso_date("--on", text)
    if rehearsed:
        log.say("day", f"{REHEARSED} is set: as if today were {rehearsed}", on=rehearsed, rehearsed=True)
        return iso_date(REHEARSED, rehearsed)
    return datetime.now(ZoneInfo(ZONE)).date()


COMMANDS = (list_due, new_case)
