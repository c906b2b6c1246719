"""What of an office a case is computed by: noted where the engine takes it up, in whatever process that is.

A run names a file in ``ZT_USED``; its kernel and what makes its page write a line there for each definition, word and
file of the office that is taken up for the first time. Where no file is named nothing is noted, save what happens
while an office is imported: a kernel that is forked afterwards has it, too.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from zt_analysis.contents import plain_text
from zt_analysis.project import named_or_here, root_above

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values

VARIABLE = "ZT_USED"
ENGINE = str(Path(__file__).parent) + os.sep
# whoever opens a file from here opens it for somebody else
_LIBRARIES = ("<frozen ", *{str(Path(one)) + os.sep for one in (sys.prefix, sys.base_prefix)})
Note = tuple[str, ...]
Kind = TypeVar("Kind")


@dataclass
class _State:
    """Of this process: the file that notes go to and its descriptor, what stands in it, what came before there was one,
    by the folder of the office that was imported.
    """

    file: str = ""
    opened: int = -1
    noted: set[Note] = field(default_factory=set)
    earlier: dict[Path, dict[Note, None]] = field(default_factory=dict)
    importing: list[Path] = field(default_factory=list)
    heads: int = 0
    quiet: int = 0
    watched: set[str] = field(default_factory=set)


_STATE = _State()


def note(*what: str) -> None:
    """Note that ``what`` (a kind, and what it is of that kind) is taken up."""
    if _STATE.quiet:
        return
    if _STATE.importing:
        _STATE.earlier.setdefault(_STATE.importing[-1], {})[what] = None
    if what in _STATE.noted:
        return  # of ten thousand look-ups of a review most; to ask the environment takes longer than the rest
    file = os.environ.get(VARIABLE, "")
    if not file:
        return
    fresh = [what]
    if file != _STATE.file:
        _close()
        _STATE.file, _STATE.noted, fresh = file, set(), [*_earlier(), what]
    fresh = [one for one in dict.fromkeys(fresh) if one not in _STATE.noted]
    if fresh:
        _STATE.noted.update(fresh)
        lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in fresh)
        if _STATE.opened < 0:
            _STATE.opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(_STATE.opened, lines.encode())


def _close() -> None:
    """The file is no longer noted into: its folder is to take another's place."""
    if _STATE.opened >= 0:
        os.close(_STATE.opened)
        _STATE.opened = -1


def _earlier() -> list[Note]:
    """What the import of this project's office noted; another project's that this process knows is none of its case."""
    root = root_above(Path(named_or_here()))
    mine = (root / "office").resolve() if root and (root / "office").is_dir() else None
    return [one for folder, found in _STATE.earlier.items() if mine in (None, folder) for one in found]


def note_definition(part: str, name: str, file: str, bound: str) -> None:
    """Note a definition ``name`` of ``part``, and the file and name it is bound to; only its head where that counts."""
    note("head" if _STATE.heads else "definition", part, name, file, bound)


@contextmanager
def noting(file: Path) -> Iterator[None]:
    """Have this process, and the kernel that is started within, note into ``file``."""
    before = os.environ.get(VARIABLE)
    # absolute: the kernel works in the project, which need not be where a relative --output is given
    os.environ[VARIABLE], _STATE.file, _STATE.noted = os.path.abspath(file), "", set()
    _close()
    try:
        yield
    finally:
        _close()
        _STATE.file, _STATE.noted = "", set()
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


@contextmanager
def heads_only() -> Iterator[None]:
    """What is taken up within is only looked at from outside: what its decorator says of it."""
    _STATE.heads += 1
    try:
        yield
    finally:
        _STATE.heads -= 1


@contextmanager
def unnoted() -> Iterator[None]:
    """Nothing that is looked at within makes a difference to what a case says."""
    _STATE.quiet += 1
    try:
        yield
    finally:
        _STATE.quiet -= 1


@contextmanager
def importing(folder: Path) -> Iterator[None]:
    """An office in ``folder`` is being imported; from now on the files that it opens are noted."""
    _watch(folder)
    _STATE.importing.append(folder.resolve())
    try:
        yield
    finally:
        _STATE.importing.pop()


def is_noted_whole() -> bool:
    """Whether what is taken up now is noted, and not by its head alone."""
    return not (_STATE.quiet or _STATE.heads)


class Definitions(dict[str, Kind]):
    """What the modules of a part define, by id; what of it is taken up is noted (``used``).

    Whoever goes through all of them sees of each only what its decorator says.
    """

    def __init__(self, part: str, found: Mapping[str, Kind], places: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        super().__init__(found)
        self._part, self._places = part, places

    def taken(self, *ids: str) -> None:
        """Note that ``ids`` are taken up."""
        for name in ids:
            for file, bound in self._places.get(name, ()):
                note_definition(self._part, name, file, bound)
            if name not in self._places:
                note("missing", self._part, name)

    def __getitem__(self, name: str) -> Kind:
        self.taken(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.taken(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Kind:  # type: ignore[override]  # one form of three
        """As of any mapping."""
        self.taken(name)
        found: Kind = super().get(name, default)
        return found

    def __iter__(self) -> Iterator[str]:
        self._seen()
        return super().__iter__()

    def keys(self) -> dict_keys[str, Kind]:
        """As of any mapping."""
        self._seen()
        return super().keys()

    def values(self) -> dict_values[str, Kind]:
        """As of any mapping."""
        self._seen()
        return super().values()

    def items(self) -> dict_items[str, Kind]:
        """As of any mapping."""
        self._seen()
        return super().items()

    def _seen(self) -> None:
        note("seen", self._part)


class Noted(ModuleType):
    """A module of which each name that somebody takes is noted."""

    def __getattribute__(self, name: str) -> object:
        if not name.startswith("__"):
            note("definition", "", name, object.__getattribute__(self, "__zt_file__"), name)
        return super().__getattribute__(name)


def notes(file: Path) -> list[Note]:
    """What was noted into ``file``; nothing where nobody wrote there."""
    try:
        lines = plain_text(file).splitlines()
    except FileNotFoundError:
        return []
    return list(dict.fromkeys(tuple(json.loads(line)) for line in lines))


def _watch(folder: Path) -> None:
    """Note from now on what an office and a notebook of its project open."""
    if not _STATE.watched:
        sys.addaudithook(_opened)
    root = root_above(Path(named_or_here()))
    # an office that is a link lies elsewhere than its project
    _STATE.watched |= {f"{one}{os.sep}" for one in (folder, root) if one}


def _opened(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not (_STATE.importing or VARIABLE in os.environ):
        return
    path, mode, flags = arguments
    if not isinstance(path, (str, bytes, os.PathLike)) or (isinstance(mode, str) and set(mode) & {"w", "x", "a"}):
        return
    if isinstance(flags, int) and flags & os.O_WRONLY:
        return
    whole = os.path.abspath(os.fsdecode(path))
    if not whole.startswith(tuple(_STATE.watched)) or _is_library(whole) or not os.path.isfile(whole):
        return
    if by := _opener():
        note("read", whole, by)


def _is_library(name: str) -> bool:
    return name.startswith(_LIBRARIES) or "site-packages" in name


def _opener() -> str:
    """Who opens a file: ``import`` (a module's import of a module), ``office`` (its code) or ``notebook``; empty for
    the engine, which knows what it reads.
    """
    frame: FrameType | None = sys._getframe(2)
    imported = frame is not None and frame.f_code.co_filename.startswith("<frozen importlib")
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(ENGINE):
            # the engine imports an office's modules, and their own imports are theirs
            return "import" if imported and _STATE.importing else ""
        if not _is_library(name):
            within = name.startswith(tuple(_STATE.watched))
            return ("import" if imported else "office") if within else "notebook"
        frame = frame.f_back
    return "" if imported else "notebook"
