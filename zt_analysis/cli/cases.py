"""Commands that look at what runs left."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from zt_analysis.cli.outputs import OutputPath, write_text


@click.command("list")
def list_cases() -> int:
    """List the cases and how each one's last run ended; exit 2 when the file of one cannot be read."""
    from zt_analysis import params, show
    from zt_analysis.sources import find_root

    root = find_root()
    wrong = show.cases(root)
    for error in wrong:
        click.echo(f"zt: {error}", err=True)
    if not params.cases(root):
        click.echo("no case yet: zt new NAME writes the file of one", err=True)
    return max((error.exit_code for error in wrong), default=0)


@click.command("index")
def index() -> int:
    """Write outputs/index.html: every case, newest first, failures included."""
    from zt_analysis.runs import build_index
    from zt_analysis.sources import find_root

    click.echo(build_index(find_root()))
    return 0


@click.command("catalogue")
@click.option("--column", metavar="TABLE.COLUMN", help="What stands on it; on one cell: TABLE.COLUMN[KEY OF ITS ROW].")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "-o", "--output", type=OutputPath(kind="html"), help="Where to write it (default: outputs/catalogue.html)."
)
def catalogue(column: str | None, form: str, output: Path | None) -> int:
    """Write the page of every table, column, indicator, relation and rule: what stands on what."""
    from zt_analysis import show
    from zt_analysis.project import find_root

    if column is None:
        from zt_analysis.catalogue.page import write_catalogue

        path, found = write_catalogue(find_root(), output)
        for one in found.untold:
            click.echo(f"zt: not read: {one}", err=True)
        click.echo(path)
        return 0
    from zt_analysis.catalogue.asking import ask, record
    from zt_analysis.catalogue.gathering import gather

    show.depends(record(ask(gather(find_root()), column)), form)
    return 0


@click.command("report")
@click.argument("notebook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", type=OutputPath(kind="html"), help="Where to write it (default: report.html beside).")
def report(notebook: Path, output: Path | None) -> int:
    """Render the report of an executed NOTEBOOK again, without running it."""
    from zt_analysis.runs.pages import page_of

    target = output or notebook.with_name("report.html")
    write_text("--output", target, page_of(notebook, target))
    click.echo(target)
    return 0


@click.command("pdf")
@click.argument("case")
@click.option("-o", "--output", type=OutputPath(kind="pdf"), help="Where to write it (default: beside the report).")
def pdf(case: str, output: Path | None) -> int:
    """Print the report of CASE to PDF with a Chromium found on the machine."""
    from zt_analysis import params
    from zt_analysis.reports.pdf import print_pdf
    from zt_analysis.sources import find_root

    root = find_root()
    params.path_of(case, root)
    page = root / "outputs" / case / "report.html"
    target = output or page.with_suffix(".pdf")
    print_pdf(page, target)
    click.echo(target)
    return 0


@click.command("county")
@click.argument("case")
@click.option("--by", default="county", show_default=True, help="The dimension whose parts have a page each.")
@click.option("--pdf", is_flag=True, help="One PDF of all of them, too.")
@click.option("-o", "--output", type=OutputPath(), help="The folder for the pages (default: county/ by the report).")
def county(case: str, by: str, pdf: bool, output: Path | None) -> int:
    """Write a page for each county of CASE: what it reported, what breaks which rule, deadlines, its rates.

    For internal handling. Rows are shown as the case's rows: says; numbers of cases only where that is internal.
    """
    from zt_analysis.cli.case import paper_named, tables_of
    from zt_analysis.indicators.dimensions import dimension_named
    from zt_analysis.runs.outputs import COUNTY
    from zt_analysis.runs.part_pages import part_pages
    from zt_analysis.sources import find_root

    paper = paper_named(case)
    tables = tables_of(paper)
    published = find_root() / "outputs" / case
    folder = output or published / COUNTY
    for path in part_pages(paper, tables, published, folder, by=dimension_named(by, tables), pdf=pdf):
        click.echo(path)
    return 0


@click.command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> int:
    """Open JupyterLab on the notebooks; ARGUMENTS go to it (zt lab --no-browser --port 9000)."""
    import os
    import subprocess

    from zt_analysis.extras import need
    from zt_analysis.lab import starting
    from zt_analysis.sources import find_root

    need("jupyterlab", "zt lab")
    root = find_root()
    if said := starting.see_port(root, arguments):
        click.echo(f"zt: {said}", err=True)
    words, variables = starting.words(root, arguments), starting.environment(os.environ)
    if os.name == "nt":  # there no process becomes another
        return subprocess.call(words, env=variables)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(words[0], words, variables)  # the server itself: whoever ends this process ends it


COMMANDS = (
    list_cases,
    index,
    catalogue,
    county,
    report,
    pdf,
    lab,
)
