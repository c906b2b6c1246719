"""``zt write``: a paper's text from its figures, a draft turned into one, and a copy from Word held against both."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zt_analysis.cli.case import paper_named, tables_of
from zt_analysis.cli.outputs import OutputPath, write_text
from zt_analysis.errors import InputError

if TYPE_CHECKING:
    from zt_analysis.bulletins import Paper

DOCUMENT = click.Path(path_type=Path, exists=True, dir_okay=False)
FORMS = ("md", "html", "docx", "pdf")


@click.command("write")
@click.argument("case")
@click.option("--to", "forms", multiple=True, type=click.Choice(FORMS), help="Only this form; several may be given.")
@click.option("-o", "--output", type=OutputPath(), help="The folder for the files (default: written/).")
@click.option(
    "--check", type=DOCUMENT, help="Hold a .docx that was edited in Word against the text, by key and by words."
)
@click.option(
    "--from", "draft", type=DOCUMENT, help="Make papers/CASE.md of a typed draft: tied numbers become places."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def write(
    case: str, forms: tuple[str, ...], output: Path | None, check: Path | None, draft: Path | None, form: str
) -> int:
    """Write the text of CASE: papers/CASE.md with each figure in its place, as .docx, .pdf, .html and .md."""
    from zt_analysis import show, writing
    from zt_analysis.project import find_root

    given = [name for name, value in (("--check", check), ("--from", draft), ("--to or -o", forms or output)) if value]
    if len(given) > 1:
        raise InputError(" and ".join(given), found="together", expected="one of them", hint="type them one by one")
    paper = paper_named(case)
    if draft is not None:
        return _convert(draft, paper, form)
    if check is not None:
        return _check(check, paper, form)
    folder = output or find_root() / writing.WRITTEN
    writing.refuse_folder(folder)
    one = writing.compose(paper, tables_of(paper, whole=True))
    made, moved = writing.save(one, _wanted(forms), folder)
    if form == "json":
        click.echo(json.dumps(writing.report(one, moved), ensure_ascii=False, indent=1))
    else:
        show.written(one, moved, paper.language)
    for path in made:
        click.echo(path, err=True)
    return 0 if one.holds else 1


def _convert(draft: Path, paper: Paper, form: str) -> int:
    """A draft as the text of its case, which must not have one yet."""
    from zt_analysis import show, writing
    from zt_analysis.project import find_root

    file = writing.text_file(paper.case, find_root())
    if file.exists():
        raise InputError(
            str(file), found="a text already", expected="none: it is not written over", hint="move it away first"
        )
    found = writing.converted(draft, paper, tables_of(paper, whole=True))
    file.parent.mkdir(exist_ok=True)
    write_text("--from", file, found.text)
    if form == "json":
        left = [asdict(one) for one in found.left]
        click.echo(
            json.dumps(
                {"replaced": found.replaced, "left": left, "dropped": found.dropped}, ensure_ascii=False, indent=1
            )
        )
    else:
        show.converted(found, paper.language)
    click.echo(file, err=True)
    return 0 if found.holds else 1


def _check(path: Path, paper: Paper, form: str) -> int:
    """A .docx against the text and against the figures that its words name; 1 where either differs."""
    from zt_analysis import show, writing
    from zt_analysis.tying import record

    checked, tied = writing.checked(path, paper, tables_of(paper, whole=True))
    if form == "json":
        numbers = [asdict(one) for one in checked]
        click.echo(json.dumps({"numbers": numbers, "tie": record(tied)}, ensure_ascii=False, indent=1))
    else:
        show.checked(checked, tied, paper.language)
    return 0 if tied.holds and tied.coverage == 1 and all(one.kind == "same" for one in checked) else 1


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
