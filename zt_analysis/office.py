"""The office whose numbers these are: what a project's ``office/`` folder declares, read when it is first asked for.

The engine knows no office. Indicators, relations, rules, papers, charts and words stand in files of the project and
are found there by what they are, not by a list: a new definition in a file of its own is known at once. Each office is
imported under a name of its own, so that two projects in one process never see each other's definitions.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from zt_analysis.contents import checksum, content
from zt_analysis.errors import InputError, ZtError
from zt_analysis.project import MARK, named_or_here, root_above
from zt_analysis.project_file import ProjectFile, read_project_file
from zt_analysis.used import Definitions, Noted, importing, note, note_definition, unnoted

if TYPE_CHECKING:
    from zt_analysis.bulletins.paper import Paper
    from zt_analysis.checks.relation import Relation
    from zt_analysis.indicators.indicator import Indicator
    from zt_analysis.periods import Period
    from zt_analysis.reports.section import Layout
    from zt_analysis.rules.policy import Rule

FOLDER = "office"
DEMONSTRATION = "synthetic"
SUFFIXES = (".py", ".csv", ".toml")


class Office:
    """What one project's office declares; an office without a folder declares nothing.

    Attributes:
        folder: ``<project>/office``, links followed; None outside any project or where there is none.
        name: the folder as ``zt.toml`` names it, in the project.
    """

    def __init__(self, folder: Path | None, name: str = FOLDER) -> None:
        self.folder, self.name = folder, name
        # of the files as they were when they were first asked for: what was imported does not change with them
        self.sums = self.sums_now()

    def __repr__(self) -> str:
        return f"Office({str(self.folder) if self.folder else None!r})"

    @property
    def files(self) -> list[Path]:
        """The files that say what its figures mean: not the generator of demonstration rows, which no case reads."""
        folder = self.folder
        if folder is None:
            return []
        found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        return sorted(path for path in found if path.relative_to(folder).parts[0] != DEMONSTRATION)

    @property
    def _project(self) -> ProjectFile:
        root = root_above(self.folder) if self.folder else None
        return read_project_file(root) if root else ProjectFile()

    @property
    def place(self) -> str:
        """The place that it is the office of, by its project's name: 青禾县 of 青禾县水务局."""
        return self._project.place

    @property
    def called(self) -> str:
        """Its name in Chinese, as the project file gives it; empty for none."""
        return self._project.name.get("zh", "")

    @property
    def field(self) -> str:
        """What it is the office for, by its project's name: 水务 of 青禾县水务局."""
        return self._project.field

    def sums_now(self) -> dict[str, str]:
        """The checksum of each file, by its path in the folder."""
        folder = self.folder or Path()
        return {path.relative_to(folder).as_posix(): checksum(path) for path in self.files}

    @cached_property
    def indicators(self) -> Definitions[Indicator]:
        """Its indicators by name, in the order of files and of lines."""
        return self.defined("indicators")

    @cached_property
    def relations(self) -> Definitions[Relation]:
        """Its relations that are functions, by id; those that are statements stand in ``relations/*.csv``."""
        return self.defined("relations")

    @cached_property
    def rules(self) -> Definitions[Rule]:
        """Its rules by id."""
        return self.defined("rules")

    @cached_property
    def papers(self) -> Definitions[type[Paper]]:
        """The kinds of paper it issues, by name."""
        return self.defined("papers")

    @cached_property
    def periods(self) -> Definitions[type[Period]]:
        """What it calls a period: its calendar, and what its figures depend on beside dates; one at most."""
        return self.defined("periods")

    @cached_property
    def layouts(self) -> Definitions[Layout]:
        """The pages of its papers, by kind of paper."""
        return self.defined("layout")

    @cached_property
    def exports(self) -> Mapping[str, Callable[[], Any]]:
        """What its ``__init__.py`` adds to the names of ``zt_analysis`` in its notebooks: ``NOTEBOOK = {name: place}``,
        a place being ``module`` or ``module:name``."""
        if self.folder is None:
            return {}
        with importing(self.folder):
            declared = getattr(importlib.import_module(_package(self.folder)), "NOTEBOOK", {})
        return {name: partial(self._exported, name, place) for name, place in declared.items()}

    def _exported(self, exported: str, place: str) -> Any:
        note("exported", exported)
        named, _, name = place.partition(":")
        module = self.module(named)
        if name:
            note_definition("", name, self._file_of(module), name)
            return getattr(module, name)
        if type(module) is ModuleType:
            vars(module)["__zt_file__"] = self._file_of(module)
            module.__class__ = Noted
        return module

    def texts(self, part: str, suffix: str) -> list[tuple[str, str]]:
        """The files of the folder ``part`` with such an ending, by name, each with its content."""
        note("texts", part, suffix)
        folder = self.folder / part if self.folder else None
        files = sorted(folder.glob(f"*{suffix}")) if folder else []
        return [(file.name, "\n".join(_lines(file))) for file in files]

    def rows(self, name: str) -> tuple[dict[str, str], ...]:
        """The rows of ``words/texts/<name>.csv``, by which texts are read; none where the office has no such file."""
        note("rows", name)
        file = self.folder / "words" / "texts" / f"{name}.csv" if self.folder else None
        return tuple(csv.DictReader(_lines(file))) if file and file.is_file() else ()

    @cached_property
    def labels(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """Rows of ``words/*.csv`` (``key,zh,en``, perhaps ``meaning,meaning_zh``), each with its file's stem."""
        folder = self.folder / "words" if self.folder else None
        files = sorted(folder.glob("*.csv")) if folder else []
        return tuple((file.stem, row) for file in files for row in csv.DictReader(_lines(file)))

    def defined(self, part: str) -> Definitions[Any]:
        """Everything that the modules of ``part`` define, by id: objects whose type says ``defines = part``.

        Raises:
            InputError: an id is defined twice, or a module of the office cannot be imported.
        """
        found: dict[str, Any] = {}
        places: dict[str, tuple[tuple[str, str], ...]] = {}
        for module in self.modules(part):
            for bound, value in list(vars(module).items()):
                # of its type: an object of a library may answer any name with something of its own
                kind = value if isinstance(value, type) else type(value)
                if getattr(kind, "defines", None) != part or not isinstance(getattr(value, "id", None), str):
                    continue
                if found.setdefault(value.id, value) is not value:
                    raise InputError(
                        f"{self.name}/{part}: {value.id!r} is defined twice", hint="give one of them another name"
                    )
                places[value.id] = (*places.get(value.id, ()), (self._file_of(module), bound))
        return Definitions(part, found, places)

    def modules(self, part: str) -> list[ModuleType]:
        """The modules of ``part``: ``<part>.py``, or those of the folder ``<part>/`` by name."""
        if self.folder is None:
            return []
        folder = self.folder / part
        names = [f"{part}.{path.stem}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
        if not folder.is_dir() and folder.with_suffix(".py").is_file():
            names = [part]
        return [self.module(name) for name in names]

    def _file_of(self, module: ModuleType) -> str:
        """The file of a module of the office, as a path in the project."""
        assert self.folder is not None
        return f"{self.name}/{Path(str(module.__file__)).relative_to(self.folder).as_posix()}"

    def load(self) -> None:
        """Import every module of the office that a case may need: what a batch does once, before its first case."""
        folder = self.folder or Path()
        modules = (file.relative_to(folder).with_suffix("") for file in self.files if file.suffix == ".py")
        for name in (".".join(one.parts) for one in modules if one.name != "__init__"):
            self.module(name)

    def module(self, name: str) -> ModuleType:
        """The office's module ``name``, such as ``papers`` or ``indicators.aid``."""
        assert self.folder is not None
        try:
            # no case is computed by what makes its demonstration rows
            with unnoted() if name.partition(".")[0] == DEMONSTRATION else importing(self.folder):
                return importlib.import_module(f"{_package(self.folder)}.{name}")
        except ZtError:
            raise
        except (Exception, SystemExit) as error:  # one that ends the process would end a check before it has begun
            raise InputError(
                self._where(error, name), found=f"{type(error).__name__}: {error}",
                expected="a module that can be imported", hint="mend that line",
            ) from error  # fmt: skip

    def _where(self, error: BaseException, name: str) -> str:
        """The office's file and line at which importing its module ``name`` failed."""
        place, line = f"{self.name}/{name.replace('.', '/')}.py", None
        if isinstance(error, SyntaxError) and error.filename:
            place, line = self._named(error.filename) or place, error.lineno
        for frame, at in traceback.walk_tb(error.__traceback__):
            if found := self._named(frame.f_code.co_filename):
                place, line = found, at
        return f"{place} line {line}" if line else place

    def _named(self, path: str) -> str:
        """How a file of the office is called in messages; empty for any other."""
        folder = self.folder.resolve() if self.folder else None
        found = Path(path).resolve()
        return f"{self.name}/{found.relative_to(folder).as_posix()}" if folder and found.is_relative_to(folder) else ""

    @contextmanager
    def active(self) -> Iterator[Office]:
        """Make this office the one that names and words are looked up in."""
        token = _ACTIVE.set(self)
        try:
            yield self
        finally:
            _ACTIVE.reset(token)


NONE = Office(None)
_ACTIVE: ContextVar[Office | None] = ContextVar("office", default=None)


def current() -> Office:
    """The active office, else that of the project at or above the working folder, else one that declares nothing."""
    return _ACTIVE.get() or _of_working_folder(named_or_here())


def office_of(root: Path) -> Office:
    """The office of the project at ``root``; the same value for the same folder."""
    named = read_project_file(root).office
    folder = (root / named).resolve()
    if folder.is_dir():
        return _office(folder, named)
    if named != FOLDER:
        raise InputError(f"{MARK}, key 'office'", found=f"{named!r}, which is no folder", expected="that of the office")
    return NONE


@cache
def _office(folder: Path, name: str) -> Office:
    return Office(folder, name)


@cache
def _of_working_folder(folder: str) -> Office:
    root = root_above(Path(folder))
    return office_of(root) if root else NONE


def _package(folder: Path) -> str:
    """The name that ``folder`` is imported under; made a package when first asked for."""
    name = f"zt_office_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        start = folder / "__init__.py"
        spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[str(folder)])
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        if start.is_file():
            spec.loader.exec_module(module)
    return name


def _lines(file: Path) -> list[str]:
    data = b""
    try:
        data = content(file)
        return data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        found, hint = getattr(error, "strerror", None) or "what cannot be read", "restore the file or its permissions"
        if isinstance(error, UnicodeDecodeError):
            found = f"text that is not UTF-8, in line {data[: error.start].count(10) + 1}"
            hint = "save it as CSV UTF-8, as Excel calls it; its plain CSV is in the system's own encoding"
        place = "/".join([FOLDER, *file.parts[file.parts.index(FOLDER) + 1 :]]) if FOLDER in file.parts else file.name
        raise InputError(place, found=found, expected="a CSV file in UTF-8", hint=hint) from error
