"""The command ``zt``: words in, exit code out.

Exit codes: 0 all agree, 1 something differs, 2 the input is wrong, 3 a run failed, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from zt_analysis import __version__
from zt_analysis.errors import InputError, ZtError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zt")
def zt() -> None:
    """Reproduce the figures of an education bulletin from source tables, and check each printed number."""


@zt.command("run")
@click.argument("cases", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every case of params/, oldest first.")
@click.option("--keep-going", is_flag=True, help="Go on with the other cases when one cannot be run.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder for the cases' folders (default: outputs/).")
def run_cases(cases: tuple[str, ...], every: bool, keep_going: bool, output: Path | None) -> int:
    """Run CASES: for each its notebook, report, figures and record, in outputs/CASE/."""
    from zt_analysis import params, runs, show
    from zt_analysis.sources import find_root

    root = find_root()
    wanted = tuple(params.ordered(root)) if every else cases
    if not wanted:
        raise click.UsageError("name a case, or give --all; zt list shows the cases")
    if len(wanted) == 1:
        done = runs.run(wanted[0], root, outputs=output)
        show.ledger(done.ledger)
        show.files(done.folder)
        return done.exit_code
    return _run_several(wanted, root, output, keep_going)


def _run_several(cases: tuple[str, ...], root: Path, output: Path | None, keep_going: bool) -> int:
    """One line a case, then whether the cases agree with each other; the exit code of the worst."""
    from zt_analysis import runs, show

    ledgers, codes = {}, []
    for case in cases:
        try:
            done = runs.run(case, root, outputs=output)
        except ZtError as error:
            click.echo(f"zt: {case}: {error}", err=True)
            codes.append(error.exit_code)
            if not keep_going:
                return error.exit_code
            continue
        ledgers[case] = done.ledger
        codes.append(done.exit_code)
        show.run_line(case, done.ledger)
    found = runs.agreement(ledgers)
    show.agreement(found, len(cases), len(ledgers))
    return max([*codes, 1 if found.disagreements or (len(ledgers) > 1 and not found.shared) else 0])


@zt.command("check")
@click.argument("case")
def check_case(case: str) -> int:
    """Check CASE without a notebook: every claim's verdict and every relation."""
    from zt_analysis import show
    from zt_analysis.runs.record import EXIT_CODES

    reviewed = _review(case)
    show.ledger(reviewed.ledger)
    return EXIT_CODES[reviewed.status]


@zt.command("figures")
@click.argument("case")
@click.option("--by", "dimension", help="Break down by county, stage, programme, week or any column of the tables.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def figures_of(case: str, dimension: str | None, form: str) -> int:
    """Print the figures of CASE, whole or broken down."""
    from zt_analysis import show

    reviewed = _review(case)
    show.figures(reviewed, dimension, form)
    return 0


@zt.command("report")
@click.argument("notebook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write it (default: report.html beside)."
)
def report(notebook: Path, output: Path | None) -> int:
    """Render the report of an executed NOTEBOOK again, without running it."""
    from zt_analysis import notebooks, reports

    target = output or notebook.with_name("report.html")
    target.write_text(reports.render(notebooks.read(notebook)), encoding="utf-8")
    click.echo(target)
    return 0


@zt.command("index")
def index() -> int:
    """Write outputs/index.html: every case, newest first, failures included."""
    from zt_analysis.runs import build_index
    from zt_analysis.sources import find_root

    click.echo(build_index(find_root()))
    return 0


@zt.command("pdf")
@click.argument("case")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it (default: beside the report).")
def pdf(case: str, output: Path | None) -> int:
    """Print the report of CASE to PDF with a Chromium found on the machine."""
    from zt_analysis import params
    from zt_analysis.reports.printing import print_pdf
    from zt_analysis.sources import find_root

    root = find_root()
    params.path_of(case, root)
    page = root / "outputs" / case / "report.html"
    target = output or page.with_suffix(".pdf")
    print_pdf(page, target)
    click.echo(target)
    return 0


@zt.command("rules")
@click.argument("case")
@click.option("--rule", "wanted", multiple=True, help="Only this rule (R01 to R26); may be given several times.")
@click.option("--by", type=click.Choice(["county"]), help="Count the rows that break each rule by county.")
@click.option(
    "--absence-days", type=click.IntRange(min=1), help="Longer absences are cases, R12 (default: the case's)."
)
@click.option("--days", type=click.Choice(["calendar", "school"]), help="How absences count (default: the case's).")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def rules(
    case: str, wanted: tuple[str, ...], by: str | None, absence_days: int | None, days: str | None, form: str
) -> int:
    """Apply the 26 rules to the tables of CASE: rows checked, rows that break them, and the first of these."""
    from zt_analysis import show
    from zt_analysis.rules import Reading, apply_rules
    from zt_analysis.sources import open_package

    paper = _paper(case)
    tables = open_package(paper.package, roles=("table", "system"))
    period = paper.period
    reading = Reading(period.as_of, absence_days or period.absence_days, days or period.days)
    found = apply_rules(tables, reading, ids=wanted)
    show.rules(found, tables, language=paper.language, split=by is not None, form=form)
    return 1 if any(one.checked == 0 for one in found) else 0


@zt.command("what-if")
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
    paper = _paper(case)
    show.frame(moved(paper, open_package(paper.package, roles=("table", "system")), changes), form)
    return 0


@zt.command("restated")
@click.argument("cases", nargs=-1)
@click.option("--notice", type=click.Path(path_type=Path), help="Write a draft correction notice (更正说明) here.")
def restated(cases: tuple[str, ...], notice: Path | None) -> int:
    """Recompute published CASES (all by default) and name each figure and sentence that no longer holds."""
    from zt_analysis import params, runs, show
    from zt_analysis.sources import find_root, open_package

    root = find_root()
    published = [case for case in params.ordered(root) if (root / "outputs" / case / "figures.json").exists()]
    found = []
    for case in cases or published:
        paper = _paper(case)
        tables = open_package(paper.package, roles=paper.roles)
        found.append(runs.restate(paper, tables, root / "outputs" / case))
        show.restated(found[-1], paper.language)
    if not found:
        raise InputError("restated", found="no published case", expected="one at least", hint="zt run --all")
    if notice is not None:
        moved = [one for one in found if not one.stands] or found
        notice.write_text("\n\n".join(runs.notice(one) for one in moved), encoding="utf-8")
        click.echo(notice)
    return 0 if all(one.stands for one in found) else 1


@zt.command("list")
def list_cases() -> int:
    """List the cases and how each one's last run ended."""
    from zt_analysis import show
    from zt_analysis.sources import find_root

    show.cases(find_root())
    return 0


@zt.command("lab")
@click.argument("arguments", nargs=-1)
def lab(arguments: tuple[str, ...]) -> int:
    """Open JupyterLab on the notebooks; ARGUMENTS go to it (after --)."""
    import subprocess

    from zt_analysis.sources import find_root

    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={find_root()}"]
    return subprocess.call([*command, "--LabApp.default_url=/lab/tree/notebooks/bulletin.ipynb", *arguments])


@zt.command("synthesize")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", type=int, default=20181115, show_default=True, help="Same seed, same bytes.")
@click.option(
    "--scale", type=click.IntRange(min=1), default=1, show_default=True, help="N-times larger, for benchmarks."
)
def synthesize_package(folder: Path, seed: int, scale: int) -> int:
    """Write the synthetic, calibrated data package into FOLDER."""
    from zt_analysis.synthesis import synthesize

    click.echo(synthesize(folder, seed=seed, scale=scale))
    return 0


@zt.command("seal")
@click.argument("folder", type=click.Path(path_type=Path))
def seal_package(folder: Path) -> int:
    """Declare the files of a data package as they are now (sha256, size, rows), after an intended change."""
    from zt_analysis.synthesis import seal

    changed = seal(folder)
    click.echo("\n".join(f"declared anew: {name}" for name in changed) or "nothing had changed")
    return 0


def _review(case: str):  # type: ignore[no-untyped-def]
    from zt_analysis.circulars import review_paper
    from zt_analysis.sources import open_package

    paper = _paper(case)
    return review_paper(paper, open_package(paper.package, roles=paper.roles))


def _paper(case: str):  # type: ignore[no-untyped-def]
    from zt_analysis import notebooks, params
    from zt_analysis.bulletins import paper_of
    from zt_analysis.runs import notebook_path
    from zt_analysis.sources import find_root

    root = find_root()
    parameters = params.load(case, root)
    path = notebook_path(parameters, case, root)
    declared = notebooks.declared_parameters(notebooks.read(path), path.name)
    params.check(parameters, declared, where=f"{params.FOLDER}/{case}.yml")
    return paper_of(parameters)


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


if __name__ == "__main__":
    main()
