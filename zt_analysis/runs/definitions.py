"""The definitions in a project's Python files, each with a checksum over its text and over what it refers to.

Nothing is imported: files are parsed. A definition is a name of a module with every statement that binds it; it refers
to the names that its text has, whatever their scope, and through imports to those of other modules of the project.
What cannot be told apart from its text alone counts for more than it may be: a statement that may do something when
its module is imported counts for every case, and what looks names up at run time refers to all.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from zt_analysis.errors import InputError
from zt_analysis.office import DEMONSTRATION
from zt_analysis.project_file import read_project_file
from zt_analysis.rooted import in_project
from zt_analysis.runs.parsing import BY_OTHER_NAMES, EFFECTS, HEAD, WHOLE, Module, Piece

# what finds a name by other means than by writing it
_ELSEWHERE = ("importlib", "sys", "runpy", "pkgutil", "gc", "builtins")
Node = tuple[str, str]
# that of the last project asked for
_KNOWN: dict[Path, Graph] = {}


class Graph:
    """The definitions of the project at ``root``: those of its office, and of the modules that they import.

    Raises:
        InputError: a file that cannot be parsed, or a figure, relation or rule that two files define.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.office = root, read_project_file(root).office
        self._modules: dict[str, Module | None] = {}
        self._checksums: dict[Node, str] = {}
        self._next: dict[Node, list[Node]] = {}
        self._further: dict[Node, tuple[list[str], list[Node]]] = {}
        self._files: dict[str, list[str]] = {}
        self._folders: dict[str, frozenset[str]] = {}
        self._code = code_files(root)
        for file in self._code:
            self._read(file)
        self._refuse_twice()

    def holds(self) -> bool:
        """Whether a graph made now would be this one: of the same files, and none where none was."""
        return (
            read_project_file(self.root).office == self.office
            and code_files(self.root) == self._code
            # where a folder has no such name, nothing below it has to be looked for again
            and all(self._listing(one) == names for one, names in [*self._folders.items()] if self._may_be(one))
            and all(self._module(file) is module for file, module in self._modules.items() if self._may_be(file))
        )

    @cached_property
    def loaded(self) -> list[str]:
        """The files that are imported with the office: its own, and what these import of the project."""
        found = [file for file, module in self._modules.items() if module is not None]
        for file in found:  # grows while it is gone through
            parents = [f"{folder.as_posix()}/__init__.py" for folder in Path(file).parents][:-1]
            found += [each for each in parents if each not in found and self._read(each)]
            module = self._modules[file]
            assert module is not None
            everything = {
                *module.imported,
                *(target for piece in module.pieces.values() for target, _ in piece.imports),
            }
            names = {name for piece in module.pieces.values() for _, name in piece.imports}
            for target in sorted(everything):
                for place in (target, *(f"{target}/{name}" for name in sorted(names))):
                    found += [each for each in self._files_of(place) if each not in found]
        return sorted(found)

    def defined(self, part: str) -> dict[str, list[str]]:
        """The decorated names of each module of ``part``, by file."""
        within = (f"{self.office}/{part}.py", f"{self.office}/{part}/")
        found = {file: self._modules[file] for file in self.loaded if file == within[0] or file.startswith(within[1])}
        return {file: list(module.declared) for file, module in found.items() if module is not None}

    def closure(self, roots: Iterable[Node]) -> dict[Node, str]:
        """The checksum of each definition that ``roots`` lead to, themselves among them; empty for one that is not."""
        found: dict[Node, str] = {}
        ahead = list(roots)
        while ahead:
            node = ahead.pop()
            if node not in found:
                found[node] = self.checksum(node)
                ahead += self._beyond(node)[1] if found[node] else []
        return found

    def checksum(self, node: Node) -> str:
        """Over a definition's text, what is imported for it and the names of what it refers to; empty for no such
        definition.
        """
        if node not in self._checksums:
            piece, module = self._piece(node), self._read(node[0])
            said = ""
            if module is not None and (piece is not None or node[1] == WHOLE):
                imports, nodes = self._beyond(node)
                lines = [module.future, piece.text if piece else "", *imports, *(" ".join(one) for one in nodes)]
                said = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
            self._checksums[node] = said
        return self._checksums[node]

    def effects(self) -> list[Node]:
        """What counts for every case: the statements that may do something when a module is imported."""
        return [(file, EFFECTS) for file in self.loaded if (piece := self._piece((file, EFFECTS))) and piece.text]

    def module_of(self, name: str) -> list[str]:
        """The files that ``import name`` of the project would read; none for another module."""
        return self._files_of(name)

    def _beyond(self, node: Node) -> tuple[list[str], list[Node]]:
        """The definitions that ``node`` refers to, and the imports that lead there."""
        if node not in self._further:
            self._further[node] = self._looked_beyond(node)
        return self._further[node]

    def _looked_beyond(self, node: Node) -> tuple[list[str], list[Node]]:
        imports, found = [], set()
        ahead, seen = [*self._leads_to(node)], {node}
        while ahead:
            one = ahead.pop()
            if one in seen:
                continue
            seen.add(one)
            module, piece = self._read(one[0]), self._piece(one)
            if module is not None and piece is not None and one[1] in module.aliases and piece.text in module.bindings:
                imports.append(piece.text)
                ahead += self._leads_to(one)
            else:
                found.add(one)
        return sorted(imports), sorted(found)

    def _piece(self, node: Node) -> Piece | None:
        module = self._read(node[0])
        return module.pieces.get(node[1]) if module else None

    def _leads_to(self, node: Node) -> list[Node]:
        if node not in self._next:
            self._next[node] = self._looked_next(node)
        return self._next[node]

    def _looked_next(self, node: Node) -> list[Node]:
        file, name = node
        module = self._read(file)
        assert module is not None
        if name == WHOLE:
            everything = [(file, each) for each in module.pieces if module.pieces[each].text]
            return sorted([*everything, *((each, WHOLE) for star in module.stars for each in self._files_of(star))])
        piece = module.pieces[name]
        found: set[Node] = set()
        if piece.names & {*BY_OTHER_NAMES} or any(target.split(".")[0] in _ELSEWHERE for target, _ in piece.imports):
            found |= {(each, WHOLE) for each in self.loaded}
        if piece.names & {"globals", "vars", "locals"}:
            found.add((file, WHOLE))
        for each in piece.names:
            found |= self._named(module, each)
        for owner, attribute in piece.attributes:
            found |= self._named(module, owner, attribute)
        for target, each in piece.imports:
            if not (
                name in module.aliases and (target, each) in module.aliases[name] and self._is_module(target, each)
            ):
                found |= self._there(target, each)
        if name.endswith(HEAD):
            found = {self._from_outside(each) for each in found}
        found.discard(node)
        return sorted(found)

    def _from_outside(self, node: Node) -> Node:
        """What is seen of a class whose subclass is seen from outside."""
        module = self._read(node[0])
        head = f"{node[1]}{HEAD}"
        return (node[0], head) if module and head in module.pieces and node[1] not in module.functions else node

    def _named(self, module: Module, name: str, attribute: str = "") -> set[Node]:
        """What a name, or an attribute of a name, of a module refers to."""
        if name in module.pieces:
            found = {(module.file, name)}
            for target, each in module.aliases.get(name, []):
                if self._is_module(target, each):
                    place = (
                        f"{target}/{each}"
                        if each and each != WHOLE and target.startswith("/")
                        else (f"{target}.{each}" if each and each != WHOLE else target)
                    )
                    found |= self._there(place, WHOLE if not attribute or each == WHOLE else attribute)
            return found
        return {(file, WHOLE) for star in module.stars for file in self._files_of(star)}

    def _is_module(self, target: str, name: str) -> bool:
        """Whether an import binds a module of the project itself, not a name in one."""
        if not name or name == WHOLE:
            return bool(self._files_of(target))
        return not self._binds(target, name) and bool(self._files_of(self._below(target, name)))

    def _there(self, target: str, name: str) -> set[Node]:
        """What ``name`` of the module ``target`` refers to; nothing where that is none of the project."""
        found: set[Node] = set()
        for file in self._files_of(target):
            module = self._read(file)
            assert module is not None
            if name in ("", WHOLE, "*") or name.startswith("__"):
                found.add((file, WHOLE))
            elif name in module.pieces:
                found.add((file, name))
            elif "__getattr__" in module.pieces or module.stars:
                found.add((file, WHOLE))
        if name not in ("", WHOLE, "*") and not any((file, name) in found for file in self._files_of(target)):
            found |= {(file, WHOLE) for file in self._files_of(self._below(target, name))}
        return found

    def _binds(self, target: str, name: str) -> bool:
        return any((module := self._read(file)) and name in module.pieces for file in self._files_of(target))

    @staticmethod
    def _below(target: str, name: str) -> str:
        return f"{target}/{name}" if target.startswith("/") else f"{target}.{name}"

    def _files_of(self, target: str) -> list[str]:
        """The file of a module of the project, by its path (``/office/places``) or its name (``helpers``)."""
        if target not in self._files:
            place = target[1:] if target.startswith("/") else target.replace(".", "/")
            inside = place and place.split("/")[0] != "zt_analysis"
            places = (f"{place}.py", f"{place}/__init__.py") if inside else ()
            self._files[target] = [file for file in places if self._read(file)][:1]
        return self._files[target]

    def _read(self, file: str) -> Module | None:
        if file not in self._modules:
            self._modules[file] = self._module(file) if self._may_be(file) else None
        return self._modules[file]

    def _module(self, file: str) -> Module | None:
        path = self.root / file
        try:
            return Module.of(file, path) if path.is_file() else None
        except (SyntaxError, ValueError, OSError) as error:
            raise InputError(file, found=str(error), expected="a Python file", hint="mend it") from error

    def _may_be(self, file: str) -> bool:
        """Whether its folder has such a name: a thousand places where a module may lie are in a dozen folders."""
        if not file:  # the project itself
            return True
        folder, _, name = file.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._listing(folder) if self._may_be(folder) else frozenset()
        return name in self._folders[folder]

    def _listing(self, folder: str) -> frozenset[str]:
        try:
            return frozenset(os.listdir(self.root / folder))
        except OSError:  # no folder
            return frozenset()

    def _refuse_twice(self) -> None:
        for part in ("indicators", "relations", "rules"):
            seen: dict[str, str] = {}
            for file, names in self.defined(part).items():
                module = self._modules[file]
                for name in (one for one in names if module and one in module.functions):
                    if seen.setdefault(name, file) != file:
                        raise InputError(f"{file}: {name!r}", found=f"one in {seen[name]} too", expected="one of them")


@in_project
def graph_of(root: Path) -> Graph:
    """The graph of the project at ``root`` as it is now; the one that the case before had, as long as it holds.

    Raises:
        InputError: as ``Graph``.
    """
    known = _KNOWN.get(root)
    if known is None or not known.holds():
        _KNOWN.clear()
        _KNOWN[root] = Graph(root)
    return _KNOWN[root]


@in_project
def code_files(root: Path) -> list[str]:
    """The Python files of the project's office, as paths in the project; not the generator of demonstration rows."""
    name = read_project_file(root).office
    office = root / name
    found = (path.relative_to(office) for path in office.rglob("*.py") if path.is_file())
    return sorted(f"{name}/{path.as_posix()}" for path in found if path.parts[0] != DEMONSTRATION)
