"""``zt write``: a paper's text from its figures, a draft turned into one, and a copy from Word held against both."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zt_analysis.cli.case import paper_named, tables_of
from zt_analysis.errors import InputError

DOCUMENT = click.Path(path_type=Path, exists=True, dir_okay=False)
FORMS = ("md", "html", "docx", "pdf")


@click.command("write")
@click.argument("case")
@click.option("--to", "forms", multiple=True, type=click.Choice(FORMS), help="Only this form; several may be given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder for the files (default: written/).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def write(case: str, forms: tuple[str, ...], output: Path | None, form: str) -> int:
    """Write the text of CASE: papers/CASE.md with each figure in its place, as .docx, .pdf, .html and .md."""
    from zt_analysis import show, writing
    from zt_analysis.project import find_root

    paper = paper_named(case)
    tables = tables_of(paper, whole=True)
    one = writing.compose(paper, tables)
    made, moved = writing.save(one, _wanted(forms), output or find_root() / writing.WRITTEN)
    if form == "json":
        click.echo(json.dumps(writing.report(one, moved), ensure_ascii=False, indent=1))
    else:
        show.written(one, moved, paper.language)
    for path in made:
        click.echo(path, err=True)
    return 0 if one.held.holds else 1


def _wanted(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms asked for; of all of them the PDF only where there is a browser, and told."""
    if forms:
        return forms
    from zt_analysis.reports.pdf import find_browser

    try:
        find_browser()
    except InputError as error:
        click.echo(f"no PDF: {error}", err=True)
        return FORMS[:3]
    return FORMS


COMMANDS = (write,)
