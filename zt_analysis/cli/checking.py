"""Commands that check a case without a notebook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zt_analysis.cli.case import paper_named, review_of, tables_of
from zt_analysis.cli.further import FURTHER, readings
from zt_analysis.cli.outputs import OutputPath, write_text
from zt_analysis.errors import InputError

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper
    from zt_analysis.runs.restatement import Restatement
    from zt_analysis.sources import Tables


@click.command("check")
@click.argument("case")
def check_case(case: str) -> int:
    """Check CASE without a notebook: every claim's verdict and every relation."""
    from zt_analysis import show
    from zt_analysis.reports.sentences import check_sentences
    from zt_analysis.runs.record import EXIT_CODES

    reviewed = review_of(case)
    check_sentences(reviewed.paper.kind)
    show.ledger(reviewed.told)
    return EXIT_CODES[reviewed.status]


@click.command("figures")
@click.argument("case")
@click.option("--by", "dimension", help="Break down by a dimension of the office, week, or any column of the tables.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def figures_of(case: str, dimension: str | None, form: str) -> int:
    """Print the figures of CASE, whole or broken down; its text and claims need not exist yet."""
    from zt_analysis import show

    reviewed = review_of(case, figures=True)
    if not reviewed.figures:
        raise InputError(
            f"zt figures {case}", found="a paper that states no figure", expected="one at least",
            hint="indicators of its class in office/papers.py; zt doctor says what an office lacks",
        )  # fmt: skip
    show.figures(reviewed, dimension, form)
    return 0


@click.command("rules", context_settings=FURTHER)
@click.argument("case")
@click.option("--rule", "wanted", multiple=True, help="Only this rule, by its id; may be given several times.")
@click.option("--by", help="Count the rows that break each rule by a dimension of the office.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.pass_context
def rules(context: click.Context, case: str, wanted: tuple[str, ...], by: str | None, form: str) -> int:
    """Apply the office's rules to the tables of CASE: rows checked, rows that break them, and the first of these.

    Readings of the office are options too: --absence-days 5, --days school in the shipped one (default: the case's).
    """
    from zt_analysis import show
    from zt_analysis.rules import apply_rules, every_rule

    paper = paper_named(case)
    period = replace(paper.period, **dict(readings(context.args, paper.period)))
    if not every_rule():
        raise InputError(
            "zt rules", found="an office without rules", expected="one at least in office/rules/",
            hint="docs/rules.md; without them nothing is checked here",
        )  # fmt: skip
    tables = open_package_of(paper)
    found = apply_rules(tables, period, ids=wanted)
    show.rules(found, tables, paper, split=by, form=form)
    return 1 if any(one.checked == 0 for one in found) else 0


@click.command("what-if", context_settings=FURTHER)
@click.argument("case")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.pass_context
def what_if(context: click.Context, case: str, form: str) -> int:
    """Print the figures of CASE that another reading of the text would move, side by side with what they are.

    The office declares its readings (office/periods.py): --absence-days 5 --days school --denominator enrolled in the
    shipped one. Each may be given several times.
    """
    from zt_analysis import show
    from zt_analysis.checks import what_if as moved

    paper = paper_named(case)
    changes = [{name: value} for name, value in readings(context.args, paper.period)]
    moved_by = moved(paper, open_package_of(paper), changes)
    if moved_by.empty:
        click.echo(f"{len(changes)} other readings move none of the paper's figures", err=True)
    show.frame(moved_by, form)
    return 0


def open_package_of(paper: Paper) -> Tables:
    """All tables of a paper's package: rules and readings ask more than the paper itself."""
    return tables_of(paper, roles=("table", "system"), whole=True)


@click.command("restated")
@click.argument("cases", nargs=-1)
@click.option("--notice", type=OutputPath(kind="notice"), help="Write a draft correction notice (更正说明) here.")
@click.option("--edition", metavar="vN", help="Hold this edition of one case against the tables instead of the latest.")
@click.option(
    "--between",
    type=click.Path(path_type=Path),
    metavar="PACKAGE",
    help="Instead hold what PACKAGE has twice (two downloads) against each other: relations of kind twice.",
)
@click.option("--all", "every", is_flag=True, help="With --between: list numbers that are only rounded, too.")
def restated(
    cases: tuple[str, ...], notice: Path | None, edition: str | None, between: Path | None, every: bool
) -> int:
    """Recompute published CASES (all by default) and name each figure and sentence that no longer holds.

    The notice of a revised case is about the edition before: what was issued and had to be corrected.
    """
    if between is not None:
        return _between(between, every=every)
    if every:
        raise click.UsageError("--all goes with --between")
    from zt_analysis import params, show
    from zt_analysis.runs import editions
    from zt_analysis.runs.notice import notice as drafted
    from zt_analysis.runs.outputs import folder_of
    from zt_analysis.sources import find_root

    outputs = find_root() / "outputs"
    if edition is not None and len(cases) != 1:
        raise click.UsageError("--edition takes one case")
    published = [case for case in params.ordered(outputs.parent) if _is_published(outputs / case)]
    published += editions.unfiled(outputs.parent, outputs)
    found, told, refused = [], [], 0
    said: dict[str, list[str]] = {}
    for case in cases or published:
        current = folder_of(outputs, case)
        folder = current if edition is None else editions.edition(current, edition)
        try:
            found.append(_recomputed(case, folder))
        except InputError as error:
            if cases or notice is not None:
                raise
            # of all that were published the others are told; what keeps several of them from it, once
            said.setdefault(str(error), []).append(case)
            refused = error.exit_code
            continue
        show.restated(found[-1], found[-1].ledger["case"]["language"])
        before = editions.before(folder) if notice is not None and found[-1].stands else None
        told.append(_recomputed(case, before) if before else found[-1])
    for line, of in said.items():
        click.echo(f"zt: {line}" if len(of) == 1 else f"zt: {', '.join(of)}: {line}", err=True)
    if not found and not refused:
        raise InputError("restated", found="no published case", expected="one at least", hint="zt run --all")
    if notice is not None:
        moved = [one for one in told if not one.stands] or told
        write_text("--notice", notice, "\n\n".join(drafted(one) for one in moved))
        click.echo(notice)
    return refused or (0 if all(one.stands for one in found) else 1)


def _is_published(folder: Path) -> bool:
    """Whether a case was published: figures or their record are there, or what was issued is not any more."""
    from zt_analysis.runs import editions
    from zt_analysis.runs.believed import is_there

    return is_there(folder) or editions.standing(folder) == editions.DAMAGED


def _between(package: Path, *, every: bool) -> int:
    """Each number that a package has twice and differently, with its cause; 1 where one has none."""
    from zt_analysis import show
    from zt_analysis.checks import twice
    from zt_analysis.checks.statements import held_twice
    from zt_analysis.sources import open_package

    tables, without = open_package(package), 0
    statements = held_twice()
    if not statements:
        raise InputError("restated --between", found="no relation of kind twice over tables", expected="one at least",
                         hint="docs/relations.md shows one")  # fmt: skip
    for one in statements:
        compared, found = twice.differences(one, tables)
        show.differing(one, compared, found, every=every)
        without += sum(each.cause is None for each in found) + (compared == 0)
    return 1 if without else 0


def _recomputed(case: str, folder: Path) -> Restatement:
    from zt_analysis.runs.editions import see_file
    from zt_analysis.runs.restatement import restate
    from zt_analysis.sources import find_root

    root = find_root()
    see_file(case, root, root / "outputs")
    paper = paper_named(case)
    return restate(paper, tables_of(paper), folder)


COMMANDS = (
    check_case,
    figures_of,
    rules,
    what_if,
    restated,
)
