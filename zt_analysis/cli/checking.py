"""Commands that check a case without a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zt_analysis.cli.case import paper_named, review_of, tables_of
from zt_analysis.errors import InputError

if TYPE_CHECKING:
    from zt_analysis.runs.restatement import Restatement


@click.command("check")
@click.argument("case")
def check_case(case: str) -> int:
    """Check CASE without a notebook: every claim's verdict and every relation."""
    from zt_analysis import show
    from zt_analysis.runs.record import EXIT_CODES

    reviewed = review_of(case)
    show.ledger(reviewed.ledger)
    return EXIT_CODES[reviewed.status]


@click.command("figures")
@click.argument("case")
@click.option("--by", "dimension", help="Break down by county, stage, programme, week or any column of the tables.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def figures_of(case: str, dimension: str | None, form: str) -> int:
    """Print the figures of CASE, whole or broken down; its text and claims need not exist yet."""
    from zt_analysis import show

    show.figures(review_of(case, figures=True), dimension, form)
    return 0


@click.command("rules")
@click.argument("case")
@click.option("--rule", "wanted", multiple=True, help="Only this rule (R01 to R26); may be given several times.")
@click.option("--by", default="", help="Count the rows that break each rule by a dimension, such as county.")
@click.option(
    "--absence-days", type=click.IntRange(min=1), help="Longer absences are cases, R12 (default: the case's)."
)
@click.option("--days", type=click.Choice(["calendar", "school"]), help="How absences count (default: the case's).")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def rules(case: str, wanted: tuple[str, ...], by: str, absence_days: int | None, days: str | None, form: str) -> int:
    """Apply the 26 rules to the tables of CASE: rows checked, rows that break them, and the first of these."""
    from zt_analysis import show
    from zt_analysis.rules import Reading, apply_rules
    from zt_analysis.sources import open_package

    paper = paper_named(case)
    tables = open_package(paper.package, roles=("table", "system"), engine=paper.engine)
    period = paper.period
    reading = Reading(period.as_of, absence_days or period.absence_days, days or period.days)
    found = apply_rules(tables, reading, ids=wanted)
    show.rules(found, tables, paper, split=by, form=form)
    return 1 if any(one.checked == 0 for one in found) else 0


@click.command("what-if")
@click.argument("case")
@click.option("--absence-days", type=click.IntRange(min=1), multiple=True, help="Absences longer than this are cases.")
@click.option("--days", type=click.Choice(["calendar", "school"]), multiple=True, help="How absences are counted.")
@click.option("--denominator", type=click.Choice(["school_age", "enrolled"]), multiple=True, help="Of the rates.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def what_if(
    case: str, absence_days: tuple[int, ...], days: tuple[str, ...], denominator: tuple[str, ...], form: str
) -> int:
    """Print the figures of CASE that another reading of the text would move, side by side with what they are."""
    from zt_analysis import show
    from zt_analysis.checks import what_if as moved
    from zt_analysis.sources import open_package

    options = {"absence_days": absence_days, "days": days, "denominator": denominator}
    changes = [{name: value} for name, values in options.items() for value in values]
    paper = paper_named(case)
    show.frame(moved(paper, open_package(paper.package, roles=("table", "system"), engine=paper.engine), changes), form)
    return 0


@click.command("restated")
@click.argument("cases", nargs=-1)
@click.option("--notice", type=click.Path(path_type=Path), help="Write a draft correction notice (更正说明) here.")
@click.option("--edition", metavar="vN", help="Hold this edition of one case against the tables instead of the latest.")
def restated(cases: tuple[str, ...], notice: Path | None, edition: str | None) -> int:
    """Recompute published CASES (all by default) and name each figure and sentence that no longer holds.

    The notice of a revised case is about the edition before: what was issued and had to be corrected.
    """
    from zt_analysis import params, show
    from zt_analysis.runs import editions
    from zt_analysis.runs.notice import notice as drafted
    from zt_analysis.sources import find_root

    outputs = find_root() / "outputs"
    if edition and len(cases) != 1:
        raise click.UsageError("--edition takes one case")
    published = [case for case in params.ordered(outputs.parent) if (outputs / case / "figures.json").exists()]
    found, told = [], []
    for case in cases or published:
        folder = editions.edition(outputs / case, edition) if edition else outputs / case
        found.append(_recomputed(case, folder))
        show.restated(found[-1], found[-1].ledger["case"]["language"])
        before = editions.before(folder) if notice is not None and found[-1].stands else None
        told.append(_recomputed(case, before) if before else found[-1])
    if not found:
        raise InputError("restated", found="no published case", expected="one at least", hint="zt run --all")
    if notice is not None:
        moved = [one for one in told if not one.stands] or told
        notice.write_text("\n\n".join(drafted(one) for one in moved), encoding="utf-8")
        click.echo(notice)
    return 0 if all(one.stands for one in found) else 1


def _recomputed(case: str, folder: Path) -> Restatement:
    from zt_analysis.runs.restatement import restate

    paper = paper_named(case)
    return restate(paper, tables_of(paper), folder)


COMMANDS = (
    check_case,
    figures_of,
    rules,
    what_if,
    restated,
)
