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
@click.argument("case")
@click.option("--output", type=click.Path(path_type=Path), help="Folder for the case's folder (default: outputs/).")
def run_case(case: str, output: Path | None) -> int:
    """Run CASE: its notebook, report, figures and record, in outputs/CASE/."""
    from zt_analysis import runs, show
    from zt_analysis.sources import find_root

    done = runs.run(case, find_root(), outputs=output)
    show.ledger(done.ledger)
    show.files(done.folder)
    return done.exit_code


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
@click.option("--absence-days", type=int, default=7, show_default=True, help="Longer absences are cases (R12).")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def rules(case: str, wanted: tuple[str, ...], by: str | None, absence_days: int, form: str) -> int:
    """Apply the 26 rules to the tables of CASE: rows checked, rows that break them, and the first of these."""
    from zt_analysis import show
    from zt_analysis.rules import Reading, apply_rules
    from zt_analysis.sources import open_package

    paper = _paper(case)
    tables = open_package(paper.package, roles=("table", "system"))
    found = apply_rules(tables, Reading(paper.period.as_of, absence_days), ids=wanted)
    show.rules(found, tables, language=paper.language, split=by is not None, form=form)
    return 1 if any(one.checked == 0 for one in found) else 0


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
    from zt_analysis.checks import review
    from zt_analysis.sources import open_package

    paper = _paper(case)
    return review(paper, open_package(paper.package, roles=paper.roles))


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
