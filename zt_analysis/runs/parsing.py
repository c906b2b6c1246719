"""A Python file of a project, parsed: its definitions by name, what each refers to, and what importing it does."""

from __future__ import annotations

import ast
import hashlib
import marshal
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import content
from zt_analysis.kept_texts import kept_bytes
from zt_analysis.runs import effects
from zt_analysis.runs.effects import acts, is_type_checking

EFFECTS, HEAD, WHOLE = "(on import)", "@", "(all)"
BY_OTHER_NAMES = ("eval", "exec", "__import__", "__subclasses__", "__builtins__")
# what says which of several classes is meant
_SELECTING = ("id", "kind", "notebook", "held_against")
_LINES = re.compile(r"\r\n|\r|\n")


@dataclass
class Piece:
    """A definition: its text, and the names, attributes of names and imports in it."""

    text: str = ""
    names: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    imports: list[tuple[str, str]] = field(default_factory=list)

    def add(self, node: ast.AST, text: str, module: Module) -> None:
        """Count ``node`` in."""
        self.text += text + "\n"
        owners = {id(one.value) for one in ast.walk(node) if isinstance(one, ast.Attribute)}
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute):
                if isinstance(one.value, ast.Name):
                    self.attributes.add((one.value.id, one.attr))
                elif one.attr in BY_OTHER_NAMES:
                    self.names.add(one.attr)
            elif isinstance(one, ast.Name) and id(one) not in owners:
                self.names.add(one.id)
            elif isinstance(one, (ast.Import, ast.ImportFrom)):
                self.imports += [(target, name) for _, target, name in module.targets(one)]


@dataclass
class Module:
    """A Python file of the project: its definitions by name, and what it does when it is imported."""

    file: str
    text: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    aliases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    # what a part of an office may find in it: decorated functions, classes, what a call has made
    declared: list[str] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)
    # the trees only while it is parsed
    functions: dict[str, Any] = field(default_factory=dict)
    future: str = ""
    # the texts of names that imports bind, and nothing else does
    bindings: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, file: str, path: Path) -> Module:
        """The module in ``path``; SyntaxError, ValueError or OSError where it cannot be read."""
        return _parsed(file, content(path))

    @classmethod
    def parsed(cls, file: str, text: str) -> Module:
        """The module whose text is ``text``; SyntaxError or ValueError where it is none."""
        made = cls(file, text)
        lines = _LINES.split(made.text)
        made.pieces[EFFECTS] = Piece()
        tree = ast.parse(made.text)
        body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
        for one in body:
            made._take(one, lines)
        return made

    def _take(self, one: ast.stmt, lines: list[str]) -> None:
        first = min([one.lineno, *(each.lineno for each in getattr(one, "decorator_list", []))])
        text = "\n".join(lines[first - 1 : one.end_lineno])
        if isinstance(one, (ast.Import, ast.ImportFrom)):
            if getattr(one, "module", "") == "__future__":
                self.future += text  # it changes what annotations are
            else:
                self._import(one)
        elif isinstance(one, ast.If) and is_type_checking(one):
            for each in one.body:
                self._take(each, lines)
        else:
            bound = list(dict.fromkeys(_bound(one)))
            for name in bound:
                self.pieces.setdefault(name, Piece()).add(one, text, self)
                if isinstance(one, (ast.FunctionDef, ast.ClassDef)):
                    self._head(name, one, lines)
            if isinstance(one, ast.FunctionDef):
                self.functions[one.name] = one
            if _declares(one):
                self.declared += [name for name in bound if name not in self.declared]
            self._exports(one, bound)
            if not bound or acts(one, self.outside, self.functions):
                self.pieces[EFFECTS].add(one, text, self)

    def _exports(self, one: ast.stmt, bound: list[str]) -> None:
        """What an office adds to the names of its notebooks: each on its own."""
        if bound == ["NOTEBOOK"] and isinstance(one, ast.Assign) and isinstance(one.value, ast.Dict):
            for key, value in zip(one.value.keys, one.value.values, strict=True):
                if isinstance(key, ast.Constant):
                    piece = self.pieces.setdefault(f"NOTEBOOK[{key.value!s}]", Piece())
                    piece.add(value, ast.unparse(value), self)

    def _head(self, name: str, one: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> None:
        """What is seen of a definition from outside: its decorators, and of a class its bases and what it is called."""
        seen: list[ast.AST] = [*one.decorator_list]
        if isinstance(one, ast.ClassDef):
            seen += [*one.bases, *(each for each in one.body if set(_bound(each)) & {*_SELECTING})]
        head = self.pieces.setdefault(f"{name}{HEAD}", Piece())
        for each in seen:
            head.add(each, "\n".join(lines[each.lineno - 1 : each.end_lineno]), self)  # type: ignore[attr-defined]

    def _import(self, one: ast.Import | ast.ImportFrom) -> None:
        for bound, target, name in self.targets(one):
            self.imported.add(target)
            if name == "*":
                self.stars.append(target)
                continue
            piece = self.pieces.setdefault(bound, Piece())
            piece.text += f"import {target} {name}\n"
            self.bindings.add(piece.text)
            piece.imports.append((target, name))
            self.aliases.setdefault(bound, []).append((target, name))

    def outside(self, name: str) -> str:
        """The module that ``name`` is imported from; ``.`` for one that is made here, empty for one that is not."""
        if name in self.aliases:
            return self.aliases[name][0][0].removeprefix("/")
        return "." if name in self.pieces else ""

    def targets(self, one: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str, str]]:
        """What an import binds: the name here, the module (``/`` before a path of the project), the name there."""
        if isinstance(one, ast.Import):
            for each in one.names:
                first = each.name.partition(".")[0]
                yield each.asname or first, each.name, "" if each.asname or first == each.name else WHOLE
                if not each.asname and first != each.name:
                    # what is used of a.b cannot be told from its name, which is a
                    yield first, first, WHOLE
            return
        target = one.module or ""
        if one.level:
            folder = Path(self.file).parent
            for _ in range(one.level - 1):
                folder = folder.parent
            target = "/" + "/".join([*folder.parts, *filter(None, target.split("."))])
        for each in one.names:
            yield each.asname or each.name, target, each.name


def _bound(one: ast.stmt) -> Iterator[str]:
    """The names that a statement binds where it stands."""
    if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield one.name
        return
    for each in ast.walk(one):
        if isinstance(each, ast.Name) and isinstance(each.ctx, (ast.Store, ast.Del)):
            yield each.id
        elif isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            yield each.name
        elif isinstance(each, ast.alias):
            yield (each.asname or each.name).partition(".")[0]


def _declares(one: ast.stmt) -> bool:
    if isinstance(one, ast.FunctionDef):
        return bool(one.decorator_list)
    return isinstance(one, ast.ClassDef) or (isinstance(one, ast.Assign) and isinstance(one.value, ast.Call))


@lru_cache(maxsize=512)
def _parsed(file: str, data: bytes) -> Module:
    """Parsed once for all cases of a process, and kept for the next: nothing changes a module that was made."""
    text = data.decode("utf-8-sig")
    made_from = hashlib.sha256(file.encode() + b"\0" + data).hexdigest()
    kept = kept_bytes("parsed", made_from, _made_by(), lambda: marshal.dumps(_plain(Module.parsed(file, text))))
    return _module(file, text, marshal.loads(kept))


@cache
def _made_by() -> str:
    """A checksum over what parses, and this Python's version."""
    code = b" ".join(Path(str(one)).read_bytes() for one in (__file__, effects.__file__))
    return hashlib.sha256(code + sys.version.encode()).hexdigest()


def _plain(module: Module) -> dict[str, Any]:
    """All of a module but its text and its trees, which nobody asks for once it is made."""
    kept = {one.name: getattr(module, one.name) for one in fields(module) if one.name not in ("file", "text")}
    pieces = {name: [getattr(piece, one.name) for one in fields(piece)] for name, piece in module.pieces.items()}
    return kept | {"pieces": pieces, "functions": dict.fromkeys(module.functions)}


def _module(file: str, text: str, kept: dict[str, Any]) -> Module:
    pieces = {name: Piece(*parts) for name, parts in kept["pieces"].items()}
    return Module(file, text, **(kept | {"pieces": pieces}))
