"""The command that holds a document against itself: no case, no tables, no set-up."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zt_analysis.cli.outputs import OutputPath, write_text
from zt_analysis.cli.texts import DOCUMENT, _date, _separate, _share, one_text
from zt_analysis.errors import InputError

if TYPE_CHECKING:
    from zt_analysis.documents import Document

INPUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command("proof")
@click.argument("documents", type=INPUT, nargs=-1, required=True)
@click.option("--date", "dated", help="Date of the document (YYYY-MM-DD): the year of a day that leaves it out.")
@click.option("--require", metavar="N%", help="Fail unless this share of the numbers is held against others.")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
@click.option("--against", type=DOCUMENT, multiple=True, help="An earlier issue; repeat it, the oldest first.")
@click.option("--html", type=OutputPath(kind="html"), help="Write the text as a page, each number marked.")
@click.option("--comments", type=OutputPath(kind="docx"), help="Write a copy of the .docx with Word comments.")
@click.option("--all", "everything", is_flag=True, help="List what cannot be told too.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--encoding", help="Of a .txt, .md or .html (default: found).")
def proof(  # noqa: PLR0913, PLR0917  one argument for each option
    documents: tuple[Path, ...], dated: str | None, require: str | None, form: str,
    against: tuple[Path, ...], html: Path | None, comments: Path | None, everything: bool, language: str,
    encoding: str | None,
) -> int:  # fmt: skip
    """Hold DOCUMENTS against themselves: sums, shares, growth, repeated figures and tables must agree.

    With - and --format jsonl, each line of standard input is {"id": ..., "text": ...}, and so is each answer.
    """
    from zt_analysis import show
    from zt_analysis.documents import read_document
    from zt_analysis.proof import annotated, page_record, prove, record
    from zt_analysis.terms import label

    least, on = _share(require), _date(dated)
    if "-" in map(str, documents):
        _only_lines(documents, form)
        return _lines(on)
    if (comments or html) and len(documents) > 1:
        option = "--comments" if comments else "--html"
        raise InputError(option, found=f"{len(documents)} documents", expected="one", hint="give them one by one")
    _separate("--comments", comments, *documents, *against)
    _separate("--html", html, *documents, *against, comments)
    before = [read_document(path, encoding=encoding) for path in against]
    passed, records = True, []
    for path in documents:
        read = read_document(path, encoding=encoding)
        found = prove(read, dated=on, against=before)
        passed = passed and bool(found.held) and not found.contradictions and found.coverage >= least
        if not found.held:
            click.echo(f"{path}: {label('proof_none_held', language)}", err=True)
        if form == "table":
            show.proved(found, read, language, everything=everything)
        else:
            records.append(record(found, read))
        if html is not None:
            from zt_analysis import reports

            write_text("--html", html, reports.render_proved(page_record(found, read, language)))
            click.echo(html, err=True)
        if comments is not None:
            click.echo(f"{comments}: {annotated(path, found, comments, language)} comments", err=True)
    if form == "json":
        click.echo(json.dumps(records if len(records) > 1 else records[0], ensure_ascii=False, indent=1))
    elif form == "jsonl":
        for one in records:
            click.echo(json.dumps(one, ensure_ascii=False))
    return 0 if passed else 1


def _only_lines(documents: tuple[Path, ...], form: str) -> None:
    if len(documents) > 1 or form != "jsonl":
        raise InputError(
            "standard input",
            found=f"--format {form}" if len(documents) == 1 else "other documents beside it",
            expected="zt proof - --format jsonl",
            hint='each line is {"id": ..., "text": ...}; name a file for a document',
        )


def _lines(on: Any) -> int:
    """One answer a line, as each line is read."""
    from zt_analysis.proof import findings, prove

    code = 0
    for identity, document in _documents():
        found = prove(document, dated=on)
        answer = {
            "id": identity,
            "numbers": len(found.numbers),
            "held": len(found.held),
            "findings": findings(found, document),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        code = code or int(bool(found.contradictions))
    return code


def _documents() -> Iterator[tuple[Any, Document]]:
    from zt_analysis.documents.plain import read_markdown

    number = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        identity, text = one_text(line, f"standard input, line {number}", named=False)
        yield identity, read_markdown(text, f"line {number}")
    if not number:
        raise InputError(
            "standard input", found="nothing", expected='lines of {"id": ..., "text": ...}', hint="pipe them in"
        )


COMMANDS = (proof,)
