"""The examination of a project: its definitions, its words, its packages, its printed numbers; nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zt_analysis.contents import plain_bytes
from zt_analysis.errors import ZtError
from zt_analysis.office import Office, office_of
from zt_analysis.project import standing_in


@dataclass(frozen=True)
class Lack:
    """Something that is missing: where it is missed (file and line), what it is, what to do."""

    place: str
    what: str
    hint: str


@dataclass(frozen=True)
class Examined:
    """What was looked at, by kind, and what is lacking."""

    counts: dict[str, int]
    lacks: tuple[Lack, ...]

    @property
    def checked(self) -> int:
        """How many things were looked at."""
        return sum(self.counts.values())


# a check gives, for each thing that it looked at, what that lacks
Answers = Iterator[list[Lack]]
Check = Callable[["Project"], Answers]


@dataclass(frozen=True)
class Project:
    """A project under examination."""

    root: Path
    office: Office

    def place(self, text: str, *names: str) -> str:
        """The file and line of the office where ``text`` stands; the folder where it stands nowhere."""
        for path in self.office.files:
            name = path.relative_to(self.office.folder or self.root).as_posix()
            if names and name not in names:
                continue
            for line, found in enumerate(text_of(path).splitlines(), start=1):
                if text in found:
                    return f"{self.office.name}/{name}:{line}"
        return f"{self.office.name}/"


def text_of(path: Path) -> str:
    """A file's text, to find a word's line in it; what is not in UTF-8 is told where it is read."""
    return plain_bytes(path).decode("utf-8-sig", errors="replace")


def examine(root: Path) -> Examined:
    """Everything that can be said to be lacking in the project at ``root``.

    Raises:
        InputError: a file of the office cannot be read at all.
    """
    from zt_analysis.doctor import definitions, packages

    counts: dict[str, int] = {}
    lacks: dict[Lack, None] = {}
    office = office_of(root)
    with standing_in(root), office.active():
        project = Project(root, office)
        for name, check in (*definitions.CHECKS.items(), *packages.CHECKS.items()):
            counts[name] = 0
            for found in check(project):
                counts[name] += 1
                lacks |= dict.fromkeys(found)
    return Examined(counts, tuple(lacks))


def refused(place: str, error: ZtError) -> Lack:
    """What the engine itself refuses, as a lack."""
    return Lack(place, str(error), "mend it: nothing further of it was looked at")
