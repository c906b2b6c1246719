"""What a case was computed by: of its office and the modules beside it each definition that it used, by checksum.

A run notes what it takes up (``used``); what that refers to is found in the files (``runs.definitions``). Held against
the files as they are, a case is as it was if every definition it used is, whatever else has been written beside it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import checksum, plain_bytes
from zt_analysis.errors import InputError
from zt_analysis.office import DEMONSTRATION, Office
from zt_analysis.project import MARK
from zt_analysis.project_file import read_project_file
from zt_analysis.rooted import in_project
from zt_analysis.runs.definitions import Graph, Node, code_files
from zt_analysis.runs.parsing import EFFECTS, HEAD, WHOLE
from zt_analysis.runs.record import file_record
from zt_analysis.terms import own_terms, terms_of
from zt_analysis.used import ENGINE, Note

WORDS, TEXTS, STATEMENTS = "words", "words/texts", "relations"
# what every case displays and judges by, though a process asks for it once
ALWAYS = ("units", "widths")
LIST, ANEW = "(list)", "(the engine's words)"
CHECKSUM = 32
Difference = tuple[str, str, str]


@in_project
def computed_by(
    notes: Sequence[Note], kind: str, notebook: str, root: Path, graph: Graph | None = None
) -> dict[str, Any]:
    """What a case of the paper ``kind`` was computed by, as its record says it: from the ``notes`` of its run and the
    text of its ``notebook``; everything where nothing was noted. ``graph``: of the project, as it is now.

    Raises:
        InputError: a file of the office that cannot be read.
    """
    ground = _Ground(root, graph)
    graph = ground.graph
    roots = {node for one in notes for node in ground.nodes(one)}
    if not notes or ("words",) in notes:
        roots |= {(ground.at(WORDS), key) for key in ground.terms}
    if not notes:
        roots |= {(file, WHOLE) for file in graph.loaded}
        roots |= {(ground.at(TEXTS), path.stem) for path in (root / ground.at(TEXTS)).glob("*.csv")}
    roots |= {(file, WHOLE) for name in _imported(notebook) for file in graph.module_of(name)}
    roots |= set(ground.always(kind))
    found: dict[str, dict[str, str]] = {}
    for file, name in sorted(ground.closure(roots)):
        found.setdefault(file, {})[name] = ground.checksum((file, name))
    files = sorted({*ground.files(), *(file for file in found if (root / file).is_file())})
    return {
        "kind": kind,
        "files": [{"path": file, "sha256": checksum(root / file)} for file in files],
        "definitions": found,
    }


@in_project
def read_beside(notes: Iterable[Note], root: Path, graph: Graph) -> list[Path]:
    """The files of the project that an office's code, or a notebook, opened itself."""
    folder = _office(root)
    office = folder.resolve()
    found: dict[Path, None] = {}
    opened = [one for one in notes if one[0] == "read"]
    loaded = {root / file for file in graph.loaded} if opened else set()
    for _, text, by in opened:
        path = Path(text)
        if path.suffix == ".pyc":
            try:
                path = Path(source_from_cache(text))
            except ValueError:
                continue
        # the engine's own modules are told by its checksum, whether or not it lies in the project
        if f"{path.resolve()}".startswith(ENGINE):
            continue
        if path.is_relative_to(office):
            path = folder / path.relative_to(office)
        inside = path.is_relative_to(root) and not any(part.startswith(".") for part in path.relative_to(root).parts)
        if inside and path.is_file() and not (by == "import" and path in loaded):
            found[path] = None
    return list(found)


@in_project
def differences(recorded: Mapping[str, Any] | None, root: Path) -> Iterator[Difference]:
    """Each definition that a case was computed by and that is another now: its name, what is found, what was.

    A record of before 2026-11-27 has none: it names the office's files among those read.
    """
    try:
        if recorded is None or _same_files(recorded, root):
            return
        ground = _Ground(root)
        definitions = recorded["definitions"]
        for file, names in definitions.items():
            for name, then in names.items():
                now = ground.checksum((file, name))
                if now != then:
                    yield _named(file, name), _shown(now), _shown(then)
        for file, name in sorted(ground.closure(ground.always(recorded["kind"]))):
            now = ground.checksum((file, name))
            if now and name not in definitions.get(file, {}):
                yield _named(file, name), _shown(now), "none"
    except InputError as error:
        yield f"{error.thing}", f"{error.found or error}", "definitions that can be read"


@in_project
def unused_changes(recorded: Mapping[str, Any] | None, root: Path) -> list[str]:
    """The files that are other bytes than at the run though every definition of them that a case used is the same."""
    if recorded is None:
        return []
    moved = {name.partition(",")[0] for name, _, _ in differences(recorded, root)}
    read = [one for one in recorded["files"] if one["path"] not in moved and (root / one["path"]).is_file()]
    changed = [one["path"] for one in read if file_record(root / one["path"], root) != one]
    # a word is told by its key, wherever it stands
    words = f"{read_project_file(root).office}/{WORDS}"
    return [one for one in changed if not (words in moved and one.startswith(f"{words}/"))]


def _same_files(recorded: Mapping[str, Any], root: Path) -> bool:
    """Whether the files are byte for byte those of the run: then nothing needs to be parsed."""
    then = {one["path"]: one["sha256"] for one in recorded["files"]}
    if not {*_own_files(root)} <= {*then}:
        return False
    try:
        return all(file_record(root / path, root)["sha256"] == sha256 for path, sha256 in then.items())
    except OSError:
        return False


class _Ground:
    """The definitions of a project as they are now: in Python files, words and statements."""

    def __init__(self, root: Path, graph: Graph | None = None) -> None:
        self.root = root
        self.graph = graph or Graph(root)
        folder = _office(root)
        self._office = Office(folder if folder.is_dir() else None, self.graph.office)
        self.terms = terms_of(self._office)
        self._rows = {(f"{self.at(STATEMENTS)}/{file}", str(row.get("id"))): row for file, row in self._statements()}

    def at(self, place: str) -> str:
        """A place of the office, as a path in the project."""
        return f"{self.graph.office}/{place}"

    def files(self) -> list[str]:
        """Every file that definitions were looked for in."""
        return sorted({*_own_files(self.root), *self.graph.loaded})

    def closure(self, roots: Iterable[Node]) -> list[Node]:
        """``roots`` and what they lead to."""
        roots = [*roots]
        in_code = [one for one in roots if one[0].endswith(".py")]
        return list(dict.fromkeys([*roots, *self.graph.closure(in_code)]))

    def checksum(self, node: Node) -> str:
        """Over what a definition says; empty where there is none."""
        file, name = node
        if file.endswith(".py"):
            return self.graph.checksum(node)
        if file == self.at(WORDS):
            if name == ANEW:
                return _sum([repr(term) for key, term in sorted(self.terms.items()) if key in own_terms()])
            return _sum([repr(self.terms[name])]) if name in self.terms else ""
        if file == self.at(TEXTS):
            path = self.root / file / f"{name}.csv"
            return _sum([plain_bytes(path).decode("utf-8-sig", "replace")]) if path.is_file() else ""
        if name.startswith(LIST):
            return self._list(file, name.removeprefix(LIST).strip())
        return _sum([repr(sorted(self._rows[node].items(), key=str))]) if node in self._rows else ""

    def always(self, kind: str) -> list[Node]:
        """What counts for each case of the paper ``kind``, whatever it has taken up."""
        rows = [node for node, row in self._rows.items() if _applies(row, kind)]
        heads = [node for part in ("relations", "papers") for node in self._heads(part)]
        listed = (self.at(STATEMENTS), f"{LIST} {kind}")
        texts = [(self.at(TEXTS), name) for name in ALWAYS]
        return [*self.graph.effects(), *heads, listed, *rows, (self.at(WORDS), ANEW), *texts]

    def nodes(self, noted: Note) -> Iterator[Node]:
        """What a note of a run means."""
        what, *rest = noted
        if what == "definition":
            yield from self._bound(*rest[-2:])
        elif what == "head":
            yield from self._bound(*self._head(*rest[-2:]))
        elif what == "seen":
            yield from self._heads(rest[0])
        elif what == "missing":
            # it may be defined in any of the part's files, under a name that only importing them would tell
            yield from self._absent(*rest)
        elif what == "exported":
            first = self.at("__init__.py")
            each = f"NOTEBOOK[{rest[0]}]"
            yield first, each if self._is_there(first, each) else "NOTEBOOK"
        elif what == "word" and rest[0] not in own_terms():
            yield self.at(WORDS), rest[0]
        elif what == "rows":
            yield self.at(TEXTS), rest[0]

    def _bound(self, file: str, name: str) -> Iterator[Node]:
        """A name of a module; where it is none, the module below a package, or all there is."""
        below = f"{file.removesuffix('/__init__.py')}/{name}.py"
        if self._is_there(file, name):
            yield file, name
        elif below in self.graph.loaded:
            yield below, WHOLE
        else:
            yield file, WHOLE

    def _absent(self, part: str, name: str) -> Iterator[Node]:
        if part == "indicators":  # which are called as their functions are
            yield self.at(part), f"{LIST} {name}"
        else:
            yield self.at(part), LIST
            yield from ((file, WHOLE) for file in self.graph.defined(part))

    def _heads(self, part: str) -> list[Node]:
        """What is seen of every definition of a part, and which there are."""
        found = [self._head(file, name) for file, names in self.graph.defined(part).items() for name in names]
        return [(self.at(part), LIST), *found]

    def _head(self, file: str, name: str) -> Node:
        """What is seen of a definition from outside; all of it where that cannot be parted."""
        return file, f"{name}{HEAD}" if self._is_there(file, f"{name}{HEAD}") else name

    def _list(self, place: str, of: str) -> str:
        """Over the names that there are: of a part's definitions, or of the statements of a kind of paper."""
        if place == self.at(STATEMENTS) and of:
            return _sum([" ".join(node) for node, row in self._rows.items() if _applies(row, of)])
        defined = self.graph.defined(place.removeprefix(self.at("")))
        if of:
            found = [file for file in defined if self._is_there(file, of)]
            return _sum(found) if found else ""
        return _sum([f"{file} {name}" for file, names in defined.items() for name in names])

    def _is_there(self, file: str, name: str) -> bool:
        return bool(self.graph.checksum((file, name)))

    def _statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, text in self._office.texts("relations", ".csv"):
            for row in csv.DictReader(text.splitlines()):
                yield name, row


def _office(root: Path) -> Path:
    return root / read_project_file(root).office


def _own_files(root: Path) -> list[str]:
    """The office's files of definitions: Python, words and statements."""
    office = _office(root)
    found = [path for one in (WORDS, TEXTS, STATEMENTS) for path in (office / one).glob("*.csv")]
    return sorted([*code_files(root), *(path.relative_to(root).as_posix() for path in found)])


@in_project
def other_files(root: Path) -> list[Path]:
    """What counts for every case: ``zt.toml``, and the office's files that define nothing by name."""
    office, own = _office(root), {root / one for one in _own_files(root)}
    found = (path for path in office.rglob("*") if path.is_file() and path not in own)
    content = sorted(path for path in found if _is_content(path.relative_to(office)))
    return [*([root / MARK] if (root / MARK).is_file() else []), *content]


def _is_content(path: Path) -> bool:
    """Whether a file may be read by an office: not by the generator of demonstration rows, which no case runs."""
    hidden = any(part.startswith((".", "__pycache__", "~")) or part.endswith("~") for part in path.parts)
    return not hidden and path.parts[0] != DEMONSTRATION and path.suffix not in (".py", ".pyc")


def _imported(notebook: str) -> list[str]:
    """The modules that the text of a notebook's cells names in imports."""
    found = re.findall(r"^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w., ]+))", notebook, re.MULTILINE)
    names = [name.strip().split(" ")[0] for one in found for name in (one[0] or one[1]).split(",")]
    return list(dict.fromkeys(filter(None, names)))


def _applies(row: Mapping[str, Any], kind: str) -> bool:
    papers = str(row.get("papers") or "").split()
    return not papers or kind in papers


def _sum(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:CHECKSUM]


def _named(file: str, name: str) -> str:
    """A definition as a person finds it."""
    if name == EFFECTS:
        return f"{file}, what it does when it is imported"
    if name == WHOLE:
        return f"{file}, as a whole"
    if name.startswith(LIST):
        return f"{file}, which definitions there are"
    return f"{file}, {name.removesuffix(HEAD)}"


def _shown(checksum: str) -> str:
    return f"checksum {checksum[:12]}…" if checksum else "none"
