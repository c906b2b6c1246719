"""Commands that run cases and look at what runs left."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from zt_analysis.errors import ZtError


@click.command("run")
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


@click.command("list")
def list_cases() -> int:
    """List the cases and how each one's last run ended."""
    from zt_analysis import show
    from zt_analysis.sources import find_root

    show.cases(find_root())
    return 0


@click.command("index")
def index() -> int:
    """Write outputs/index.html: every case, newest first, failures included."""
    from zt_analysis.runs import build_index
    from zt_analysis.sources import find_root

    click.echo(build_index(find_root()))
    return 0


@click.command("report")
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


@click.command("pdf")
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


@click.command("lab")
@click.argument("arguments", nargs=-1)
def lab(arguments: tuple[str, ...]) -> int:
    """Open JupyterLab on the notebooks; ARGUMENTS go to it (after --)."""
    import subprocess

    from zt_analysis.sources import find_root

    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={find_root()}"]
    return subprocess.call([*command, "--LabApp.default_url=/lab/tree/notebooks/bulletin.ipynb", *arguments])


COMMANDS = (
    run_cases,
    list_cases,
    index,
    report,
    pdf,
    lab,
)
