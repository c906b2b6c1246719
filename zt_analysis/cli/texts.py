"""Commands that read texts: their numbers, and whether these are what the tables say."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from zt_analysis.cli.case import paper_named, printed_to_tie, tables_of
from zt_analysis.cli.outputs import OutputPath
from zt_analysis.cli.tying import ASK, TieOptions, tie_documents
from zt_analysis.contents import plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.terminal import write_data

# how many of the numbers without a class are named
OPEN_SHOWN = 5
DOCUMENT = click.Path(path_type=Path, exists=True, dir_okay=False)
DOCUMENT_OR_DASH = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)


@click.command("numbers")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--date", "dated", help="Date of the text (YYYY-MM-DD): the year of a date that leaves it out.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True)
@click.option("--encoding", help="Of a .txt, .md or .html (default: found; utf-8 for -).")
def numbers(file: Path, dated: str | None, form: str, encoding: str | None) -> int:
    """Print every number of FILE (.docx, .pdf, .html, .md, .txt; - for standard input) and how it reads."""
    from zt_analysis import show
    from zt_analysis.numbers import read_numbers

    on = _date(dated)
    if str(file) == "-":
        mentions = [one.as_dict() for one in read_numbers(_standard_input(encoding), dated=on)]
    else:
        mentions = _in_document(file, on, encoding)
    if form == "jsonl":
        for one in mentions:
            click.echo(json.dumps(one, ensure_ascii=False))
    else:
        show.mentions(mentions, form)
    return 0 if mentions else 1


@click.command("tie")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True, type=DOCUMENT_OR_DASH)
@click.option("--case", required=True, help="The case whose figures the texts should print.")
@click.option("--require", metavar="100%", help="Fail unless this share of the numbers is tied or excused.")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
@click.option("--html", type=OutputPath(kind="html"), help="Write the text as a page, each number marked.")
@click.option("--comments", type=OutputPath(kind="docx"), help="Write a copy of the .docx with Word comments.")
@click.option(
    "--confirm", is_flag=False, flag_value=ASK, metavar="[FILE]",
    help="Confirm words that the text leaves unknown: those of FILE, saved from the page, or one by one here.",
)  # fmt: skip
@click.option("--by", metavar="NAME", help="Who confirms, where it is asked one by one.")
@click.option("--encoding", help="Of a .txt, .md or .html (default: found).")
def tie(  # noqa: PLR0913, PLR0917  one argument for each option
    documents: tuple[Path, ...], case: str, require: str | None, form: str, html: Path | None, comments: Path | None,
    confirm: str | None, by: str | None, encoding: str | None,
) -> int:  # fmt: skip
    """Tie every number of each DOCUMENT to a figure of a case, excuse it with a reason, or name it unproven.

    Many texts at once: `zt tie - --format jsonl` reads one {"id": ..., "text": ...} a line and answers one line each.
    """
    if by is not None and confirm != ASK:
        raise InputError(
            "--by", found=f"--confirm {confirm}" if confirm else "no --confirm", expected="--confirm alone",
            hint="a file of answers names who said so itself",
        )  # fmt: skip
    least = _share(require)
    many = len(documents) > 1
    if many or str(documents[0]) == "-" or form == "jsonl":
        if html or comments:
            found = "several documents" if many else "many texts"
            raise InputError("--html, --comments", found=found, expected="one document", hint="name its file")
        if many and Path("-") in documents:
            raise InputError("DOCUMENT", found="- among files", expected="files, or - alone", hint="leave it out")
    if str(documents[0]) == "-" or form == "jsonl":
        if confirm is not None:
            raise InputError("--confirm", found="many texts", expected="documents", hint="name a file")
        return _tie_lines(documents, case, least, form, encoding)
    _separate("--html", html, documents[0], comments)
    _separate("--comments", comments, documents[0])
    return tie_documents(documents, case, least, TieOptions(form, html, comments, confirm, by, encoding))


def _tie_lines(documents: Sequence[Path], case: str, least: Fraction, form: str, encoding: str | None) -> int:
    """Each text of files or of standard input, one JSON object a line; 1 where one does not hold."""
    from zt_analysis.tying import case_of, line_record, tie_text

    if form != "jsonl":
        raise InputError(
            "standard input", found=f"--format {form}", expected="--format jsonl",
            hint='write one {"id": ..., "text": ...} a line, or name a file',
        )  # fmt: skip
    texts = [one for document in documents for one in _texts_of(document, encoding)]
    if not texts:
        raise InputError(
            ", ".join(map(str, documents)), found="no text", expected='one {"id": ..., "text": ...} a line'
        )
    paper = paper_named(case)
    known = case_of(paper, tables_of(paper, whole=True), printed_to_tie(paper))
    holds = True
    for name, one in texts:
        found = tie_text(one, known, name=str(name))
        holds &= found.holds and found.coverage >= least
        click.echo(json.dumps(line_record(found, name, paper.language), ensure_ascii=False))
    return 0 if holds else 1


def _texts_of(document: Path, encoding: str | None) -> list[tuple[str | int, str]]:
    piped = str(document) == "-"
    text = _standard_input(encoding) if piped else _decoded(plain_bytes(document), encoding, document)
    where = "" if piped else f"{document}, "
    lines = enumerate(text.split("\n"), start=1)
    return [one_text(line, f"{where}line {number}") for number, line in lines if line.strip()]


def one_text(line: str | bytes, where: str, *, named: bool = True) -> tuple[Any, str]:
    """The id and text of a line of JSON; ``named``: an id is needed."""
    try:
        one = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            where, found=f"no JSON ({error})", expected='{"id": ..., "text": ...}', hint="one object a line"
        ) from error
    known = isinstance(one, dict) and isinstance(one.get("text"), str)
    if not known or (named and not isinstance(one.get("id"), str | int)):
        hint = "both are text" if named else "text is the document's text"
        raise InputError(where, found=str(one)[:60], expected='{"id": ..., "text": ...}', hint=hint)
    return one.get("id"), one["text"]


@click.command("claims")
@click.argument("document", type=DOCUMENT)
@click.option("--case", required=True, help="The case that the text belongs to.")
def claims(document: Path, case: str) -> int:
    """Draft the claims file of a new issue from its text, as CSV for a person to confirm."""
    from zt_analysis.documents import read_document
    from zt_analysis.tying import case_of, draft_claims, tie_out

    paper = paper_named(case)
    read = read_document(document)
    found = tie_out(read, case_of(paper, tables_of(paper, whole=True)))
    drafted = draft_claims(read, found, paper)
    write_data(drafted)
    rows = list(csv.DictReader(io.StringIO(drafted)))
    open_rows = [row["surface"] for row in rows if not row["class"]]
    if open_rows:  # beside the file, which goes where the shell sends it
        said = "、".join(open_rows[:OPEN_SHOWN]) + (" …" if len(open_rows) > OPEN_SHOWN else "")
        click.echo(
            f"zt: {len(open_rows)} of {len(rows)} numbers are not proven, and their class is left to a person: {said}; "
            f"zt tie {document} --case {case} says why",
            err=True,
        )
    return 0


def _in_document(file: Path, on: date | None, encoding: str | None) -> list[dict[str, object]]:
    """The numbers of a document, with offsets in its text and the place of each."""
    from zt_analysis.documents import read_document
    from zt_analysis.numbers import read_numbers

    read = read_document(file, encoding=encoding)
    if read.kind in ("txt", "md"):  # offsets are those of the file's own text
        return [one.as_dict() for one in read_numbers(read.text, dated=on)]
    found = []
    for one in read_numbers(read.prose.text, dated=on):
        start, end = read.prose.span(one.start, one.end)
        found.append(one.as_dict() | {"start": start, "end": end, "place": str(read.place_of(start))})
    return found


def _standard_input(encoding: str | None) -> str:
    return _decoded(sys.stdin.buffer.read(), encoding, "standard input")


def _decoded(content: bytes, encoding: str | None, where: str | Path) -> str:
    try:
        return content.decode(encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError(
            str(where), found=str(error), expected="text in UTF-8", hint="name another with --encoding"
        ) from error


def _date(text: str | None) -> date | None:
    from zt_analysis.periods import iso_date

    return None if text is None else iso_date("--date", text)


def _separate(option: str, output: Path | None, *others: Path | None) -> None:
    """Refuse an output that is the text itself or another output, by whatever name, or cannot be a file."""
    if output is None:
        return
    for other in (one for one in others if one is not None):
        same = output.resolve() == other.resolve()
        if same or (output.exists() and other.exists() and output.samefile(other)):
            raise InputError(
                option, found=f"{output}, which is {other}", expected="a file of its own", hint="name another file"
            )
    if output.is_dir() or not output.parent.is_dir():
        found = "a folder" if output.is_dir() else "no such folder"
        raise InputError(f"{option} {output}", found=found, expected="a file in a folder that exists", hint="create it")


def _share(text: str | None) -> Fraction:
    """A share written as 100% or 0.9."""
    if text is None:
        return Fraction(0)
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?%?", text):
        raise InputError("--require", found=repr(text), expected="a share such as 100%", hint="write 95%")
    value = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if not 0 <= value <= 1:
        raise InputError("--require", found=repr(text), expected="0% to 100%", hint="write 95%")
    return value


COMMANDS = (numbers, tie, claims)
