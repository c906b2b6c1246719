"""``zt write``: a case's text read, filled, held against its own words, and laid out in files."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.bulletins import Paper
from zt_analysis.checks import review
from zt_analysis.contents import content, named, write_file
from zt_analysis.decision import REFUSED
from zt_analysis.errors import InputError, refuse_personal
from zt_analysis.params import TEXTS as FOLDER
from zt_analysis.project import find_root
from zt_analysis.sources import Tables
from zt_analysis.terms import label
from zt_analysis.tying import TieOut, case_of, tie_out
from zt_analysis.writing.charts import Picture, pictures
from zt_analysis.writing.filling import Sheet, fill
from zt_analysis.writing.holding import Held, hold, refuse_typed
from zt_analysis.writing.letterhead import FILE as LETTERHEAD
from zt_analysis.writing.letterhead import Letterhead, read_letterhead
from zt_analysis.writing.markdown import written
from zt_analysis.writing.moved import Moved, moved, read_record, record_of
from zt_analysis.writing.source import Text, read_text

# a review fills its text, and neither reads one from a file nor checks one
if TYPE_CHECKING:
    from zt_analysis.writing.checking import Checked
    from zt_analysis.writing.converting import Converted

WRITTEN = "written"
FORMS = ("md", "html", "docx", "pdf")


@dataclass(frozen=True)
class Written:
    """A text of a case, filled and held against its words; nothing is in a file yet.

    Attributes:
        ledger: what the review of the case found, without cards.
    """

    text: Text
    sheet: Sheet
    held: Held
    drawn: Mapping[str, Picture]
    ledger: Mapping[str, Any]

    @property
    def decision(self) -> Mapping[str, Any]:
        """Whether the issue may be signed, by the tables that the text was filled from."""
        found: Mapping[str, Any] = self.ledger["summary"]["decision"]
        return found

    @property
    def holds(self) -> bool:
        """Whether each of its numbers is proven or excused, and nothing else of the issue is wrong."""
        return self.held.holds and self.decision["word"] != REFUSED

    @property
    def counts(self) -> dict[str, int]:
        """Numbers = of places + typed; those of each kind."""
        numbers = self.held.numbers
        kinds: dict[str, int] = {"numbers": len(numbers), "typed": len(self.held.typed)}
        for one in numbers:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
        return kinds


def text_file(case: str, root: Path) -> Path:
    """Where the text of ``case`` stands."""
    return root / FOLDER / f"{case}.md"


def compose(paper: Paper, tables: Tables) -> Written:
    """The text of ``paper`` filled from ``tables``.

    Raises:
        InputError: no text; what it says cannot be read, names no figure, or is typed and refused; personal data.
    """
    text, sheet, name = filled(paper, tables)
    refuse_personal(written(sheet).text, name)
    held = hold(sheet, tables, name)
    if text.typed == "refuse":
        refuse_typed(held, name)
    found = review(paper, tables, unprinted=paper.unprinted).told
    if found["summary"]["decision"]["word"] == REFUSED:
        # whoever prints it should not need a terminal to know
        sheet = replace(sheet, marks=(*sheet.marks, label("write_refused", paper.language)))
    return Written(text, sheet, held, pictures(sheet.parts, paper, tables, name), found)


def checked(path: Path, paper: Paper, tables: Tables) -> tuple[list[Checked], TieOut]:
    """The .docx at ``path`` held against the text of ``paper`` by the keys of its numbers, and tied by its words.

    Raises:
        InputError: as ``compose``, or a file that is none that was written.
    """
    from zt_analysis.documents import read_document
    from zt_analysis.writing.checking import check_word

    _, sheet, _ = filled(paper, tables)
    found = check_word(path, sheet)
    return found, tie_out(read_document(path), case_of(paper, tables, paper.printed_so_far()))


def converted(draft: Path, paper: Paper, tables: Tables) -> Converted:
    """The typed ``draft`` as a text of ``paper`` with places.

    Raises:
        InputError: a draft that cannot be read, has no number, or holds personal data.
    """
    from zt_analysis.documents import read_document
    from zt_analysis.writing.converting import convert

    root = find_root()
    document = read_document(draft)
    refuse_personal(document.text, str(draft))
    heads = root / FOLDER / LETTERHEAD
    around = None
    if heads.is_file():
        around = fill(Text("", ()), _letterhead(root, paper.kind), paper, tables)
    return convert(document, case_of(paper, tables, paper.printed_so_far()), around)


def _letterhead(root: Path, kind: str) -> Letterhead:
    file = root / FOLDER / LETTERHEAD
    return read_letterhead(content(file) if file.is_file() else None, f"{FOLDER}/{LETTERHEAD}", kind)


def filled(paper: Paper, tables: Tables) -> tuple[Text, Sheet, str]:
    """The text of ``paper``, filled; the name of its file.

    Raises:
        InputError: no text; what it says cannot be read, or names no figure.
    """
    root = find_root()
    file = text_file(paper.case, root)
    name = file.relative_to(root).as_posix()
    if not file.is_file():
        there = sorted(one.stem for one in file.parent.glob("*.md")) if file.parent.is_dir() else []
        raise InputError(
            name, found="no such file", expected=f"the text of {paper.case}; there are {', '.join(there) or 'none'}",
            hint=f"write it (docs/write.md), or zt write {paper.case} --from DRAFT.docx makes one of a draft",
        )  # fmt: skip
    text = read_text(_decoded(file, name), name)
    return text, fill(text, _letterhead(root, text.letterhead or paper.kind), paper, tables), name


def save(one: Written, forms: Sequence[str], folder: Path) -> tuple[list[Path], list[Moved]]:
    """Write ``one`` in each of ``forms``; the files, and the sentences that moved since they were written last.

    Every file is made before the first takes its place.

    Raises:
        InputError: ``folder`` is that of the texts, or a file there was not written by this; nothing is written.
    """
    refuse_folder(folder)
    case = one.sheet.paper.case
    record = folder / f"{case}.json"
    before = read_record(record)
    made: dict[str, bytes] = {}
    for form in forms:
        made |= _made(one, form, case)
    _refuse_foreign(folder, made, before)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
    kept = {name: was for name, was in (before or {}).get("files", {}).items() if name not in sums}
    now = record_of(one.sheet, kept | sums, one.counts)
    made[record.name] = (json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    _put(made, folder)
    return [folder / name for name in made], moved(before, one.sheet)


def refuse_folder(folder: Path) -> None:
    """Refuse what is no folder for written texts; asked before anything is filled, and again before it is written.

    Raises:
        InputError: it is the folder of the texts that are filled, or no folder.
    """
    texts, hint = find_root() / FOLDER, f"name another with -o, or leave it out: {WRITTEN}/"
    found = ""
    if folder.exists() and texts.exists() and folder.samefile(texts):
        found = "the folder of the texts that are filled"
    elif folder.exists() and not folder.is_dir():
        found = "what is no folder"
    if found:
        raise InputError(f"{folder}", found=found, expected="a folder for what is written", hint=hint)


def _refuse_foreign(folder: Path, made: Mapping[str, bytes], before: Mapping[str, Any] | None) -> None:
    """Refuse to write over a file that the record beside it does not name: it is somebody's work."""
    known = (before or {}).get("files", {})
    for name in made:
        path = folder / name
        if name not in known and path.exists() and (not path.is_file() or content(path) not in {b"", made[name]}):
            raise InputError(
                f"{path}", found="a file that zt write did not write", expected="its own, or none yet",
                hint="name another folder with -o, or move it away: it would be written over",
            )  # fmt: skip


def _made(one: Written, form: str, case: str) -> dict[str, bytes]:
    if form == "md":
        names = {key: f"{case}.{picture.key}.svg" for key, picture in one.drawn.items()}
        text = written(one.sheet, names).text
        return {f"{case}.md": text.encode()} | {names[key]: one.drawn[key].svg.encode() for key in names}
    if form == "docx":
        from zt_analysis.writing.word import word_file

        return {f"{case}.docx": word_file(one.sheet, one.drawn)}
    from zt_analysis.writing.page import page

    if form == "html":
        return {f"{case}.html": page(one.sheet, one.drawn).encode()}
    from zt_analysis.writing.pdf import printed_page

    return {f"{case}.pdf": printed_page(lambda pages: page(one.sheet, one.drawn, outlined=True, pages=pages))}


def _put(made: Mapping[str, bytes], folder: Path) -> None:
    try:
        with named(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with named(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".draft-") as drafts:
            for name, data in made.items():
                write_file(Path(drafts) / name, data)
            for name in made:
                os.replace(Path(drafts) / name, folder / name)
    except (NotADirectoryError, FileExistsError) as error:
        raise InputError(str(folder), found="a file", expected="a folder", hint="name another with -o") from error


def _decoded(file: Path, name: str) -> str:
    try:
        return content(file).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content(file)[: error.start].count(b"\n") + 1
        raise InputError(f"{name} line {line}", found=str(error), expected="UTF-8", hint="save it as UTF-8") from error


def report(one: Written, told: Sequence[Moved]) -> dict[str, Any]:
    """What a pipe reads of a writing."""
    return {
        "schema": "zt-write-report/1",
        "case": one.sheet.paper.case,
        "holds": one.holds,
        "decision": {"word": one.decision["word"], "lines": one.decision["lines"], "more": one.decision["more"]},
        "counts": one.counts,
        "coverage": str(one.held.found.coverage),
        "numbers": [
            {"line": each.line, "surface": each.surface, "kind": each.kind, "typed": each.is_typed, "said": each.said,
             "place": each.place}
            for each in one.held.numbers
        ],
        "moved": [{"line": each.line, "before": each.before, "after": each.after} for each in told],
    }  # fmt: skip
