"""``zt tie`` of documents: their numbers, the words that a person confirms, and what is written beside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zt_analysis.cli.case import paper_named, printed_to_tie, tables_of
from zt_analysis.cli.outputs import write_text
from zt_analysis.errors import InputError, ZtError

if TYPE_CHECKING:
    from zt_analysis.documents import Document
    from zt_analysis.tying import Answer, Case, TieOut

ASK = "?"
SKIP = "skip"


@dataclass(frozen=True)
class TieOptions:
    """What ``zt tie`` was asked to write and how."""

    form: str
    html: Path | None
    comments: Path | None
    confirm: str | None
    by: str | None
    encoding: str | None


def tie_documents(documents: Sequence[Path], case: str, least: Fraction, options: TieOptions) -> int:
    """Tie each document; 1 where one does not hold, 2 where one cannot be read: the others are tied all the same."""
    from zt_analysis.terms import label
    from zt_analysis.tying import case_of

    paper = paper_named(case)
    if options.confirm not in (None, ASK):
        _confirm_file(Path(str(options.confirm)))
    tables = tables_of(paper, whole=True)
    read, refused = _read(documents, options.encoding)
    printed = printed_to_tie(paper)
    known = case_of(paper, tables, printed)
    results = _tied(read, known, refused)
    if options.confirm == ASK and _ask([found for _, _, found in results], options.by, paper.language):
        known = case_of(paper, tables, printed)
        results = _tied(read, known, refused)
    _shown([found for _, _, found in results], paper.language, options.form, many=len(documents) > 1)
    if tables.package and tables.package.synthetic:
        click.echo(label("synthetic_line", paper.language), err=True)
    for path, document, found in results:
        if not found.counts["tied"]:
            name = f"{path}: " if len(documents) > 1 else ""
            click.echo(f"{name}{label('tie_nothing_tied', paper.language)}", err=True)
        _beside(path, document, found, known, options)
    for error in refused:
        click.echo(f"zt: {error}", err=True)
    if refused:
        return InputError.exit_code
    return 0 if all(found.holds and found.coverage >= least for _, _, found in results) else 1


def _read(documents: Sequence[Path], encoding: str | None) -> tuple[list[tuple[Path, Document]], list[ZtError]]:
    """Each document that can be read; of several the errors of the others, of one its error is the command's."""
    from zt_analysis.documents import read_document

    found: list[tuple[Path, Document]] = []
    refused: list[ZtError] = []
    for path in documents:
        try:
            found.append((path, read_document(path, encoding=encoding)))
        except InputError as error:
            if len(documents) == 1:
                raise
            refused.append(error)
    return found, refused


def _tied(
    read: Sequence[tuple[Path, Document]], known: Case, refused: list[ZtError]
) -> list[tuple[Path, Document, TieOut]]:
    from zt_analysis.tying import tie_out

    results = []
    for path, document in list(read):
        try:
            results.append((path, document, tie_out(document, known)))
        except InputError as error:
            if len(read) == 1 and not refused:
                raise
            if str(error) not in map(str, refused):
                refused.append(error)
    return results


def _shown(results: Sequence[TieOut], language: str, form: str, *, many: bool) -> None:
    from zt_analysis import show
    from zt_analysis.tying import record

    if form == "json" and many:
        click.echo(json.dumps([record(one) for one in results], ensure_ascii=False, indent=1))
        return
    for one in results:
        if many:
            click.echo(one.document)
        show.tied(one, language, form)


def _beside(path: Path, document: Document, found: TieOut, known: Case, options: TieOptions) -> None:
    """The page and the copy with comments."""
    from zt_analysis import reports
    from zt_analysis.tying import annotated, page_record

    if options.html is not None:
        write_text("--html", options.html, reports.render_tied(page_record(found, document, known, known.tables)))
        click.echo(options.html, err=True)
    if options.comments is not None:
        count = annotated(path, found, options.comments, known.paper.language)
        click.echo(f"{options.comments}: {count} comments", err=True)


def _confirm_file(path: Path) -> None:
    from zt_analysis.tying import read_answers

    _confirmed(read_answers(path))


def _confirmed(answers: Sequence[Answer]) -> None:
    from zt_analysis.project_file import project_file_here
    from zt_analysis.tying import confirm

    file, new = confirm(answers, datetime.now(project_file_here().zone).date())
    click.echo(f"{file}: {len(new)} of {len(answers)} words new", err=True)


def _ask(results: Sequence[TieOut], by: str | None, language: str) -> bool:
    """Ask of each unknown word what it means; whether anything was confirmed."""
    from zt_analysis.terms import label
    from zt_analysis.tying import Answer, question_record

    questions = {one.of: one for found in results for one in found.questions}
    if not questions:
        click.echo(label("tied_no_questions", language), err=True)
        return False
    by = by or click.prompt(label("tied_by", language), err=True)
    answers = []
    for one in questions.values():
        click.echo(f"\n{one.place[language]} {one.sentence}", err=True)
        asked = question_record(one)
        means = click.prompt(
            label("tied_what_means", language).format(words=one.words), type=click.Choice([*asked["means"], SKIP]),
            default=SKIP, err=True,
        )  # fmt: skip
        if means == SKIP:
            continue
        figure = (
            click.prompt(label("tied_which_figure", language), type=click.Choice(asked["figures"]), err=True)
            if means == "figure"
            else ""
        )
        answers.append(Answer(one.words, means, figure, str(by), one.surface, f"{one.words!r}", one.sentence))
    if answers:
        _confirmed(answers)
    return bool(answers)
