"""``zt.toml``, which marks a project: its name, the languages of its pages, its time zone, the folder of its office."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import zt_analysis.expressions as re
from zt_analysis.contents import content
from zt_analysis.errors import InputError, nearest
from zt_analysis.project import MARK, named_or_here, root_above

LANGUAGES = ("zh", "en")
KEYS = ("name", "languages", "time_zone", "office")
SEE = "docs/office.md says what it may hold"

# 某省某市某县 at the beginning of a name, one after the other
BODY = re.compile(r"(?:委员会|办公室|中心|[局委厅站院])$")
PLACE = re.compile(r"[一-龥]{2,8}?(?:省|自治[区州]|市|州|(?<!联)盟|县|区|旗|[镇乡](?=人民政府|政府))(?![域场政区])")


@dataclass(frozen=True)
class ProjectFile:
    """What a project says of itself.

    Attributes:
        name: what it is called in each language; empty where it does not say.
        languages: those its papers may be in.
        time_zone: where its day begins, wherever the machine is.
        office: the folder of its office, in the project.
    """

    name: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    time_zone: str = "Asia/Shanghai"
    office: str = "office"

    @property
    def place(self) -> str:
        """The place that it is the office of: 青禾县 of 青禾县水务局; empty where its name begins with none."""
        return self._parted[0]

    @property
    def field(self) -> str:
        """What it is the office for: 水务 of 青禾县水务局; empty where its name ends in no kind of office."""
        rest = self._parted[1]
        return rest[: found.start()] if (found := BODY.search(rest)) else ""

    @property
    def _parted(self) -> tuple[str, str]:
        """The last place that the name begins with, and what follows it."""
        name, place = self.name.get("zh", ""), ""
        while found := PLACE.match(name):
            place, name = found[0], name[found.end() :]
        return place, name

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone, to ask for the time."""
        return ZoneInfo(self.time_zone)


def read_project_file(root: Path) -> ProjectFile:
    """What ``zt.toml`` of the project at ``root`` says; the defaults where there is no such file.

    Raises:
        InputError: it cannot be read, or has a key or value that cannot be: names it.
    """
    try:
        return _parsed(content(root / MARK))
    except (FileNotFoundError, NotADirectoryError):
        return ProjectFile()
    except OSError as error:
        raise InputError(MARK, found=error.strerror, expected="a file that can be read") from error


def project_file_here() -> ProjectFile:
    """That of the project at or above the working folder; the defaults outside any."""
    root = root_above(Path(named_or_here()))
    return read_project_file(root) if root else ProjectFile()


@cache
def _parsed(content: bytes) -> ProjectFile:
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(MARK, found="text that is not UTF-8", expected="TOML in UTF-8", hint=SEE) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(MARK, found=str(error), expected="TOML", hint="check quotes, brackets and =") from error
    checks: dict[str, Any] = {"name": _name, "languages": _languages, "time_zone": _time_zone, "office": _office}
    for key in found:
        if key not in KEYS:
            hint = nearest(key, KEYS) or SEE
            raise InputError(f"{MARK}, key {key!r}", found="an unknown key", expected=", ".join(KEYS), hint=hint)
    return ProjectFile(**{key: checks[key](value) for key, value in found.items()})


def _refused(key: str, found: Any, expected: str, hint: str) -> InputError:
    return InputError(f"{MARK}, key {key!r}", found=repr(found)[:80], expected=expected, hint=hint)


def _name(value: Any) -> dict[str, str]:
    named = value if isinstance(value, dict) else {}
    texts = [text for text in named.values() if isinstance(text, str) and text.strip()]
    if not named or len(texts) < len(named) or not set(named) <= set(LANGUAGES):
        raise _refused("name", value, "a name in zh, en or both", 'name = { zh = "青禾县教育局" }')
    return named


def _languages(value: Any) -> tuple[str, ...]:
    known = isinstance(value, list) and value and all(one in LANGUAGES for one in value)
    if not known or len(set(value)) < len(value):
        raise _refused("languages", value, f"some of {', '.join(LANGUAGES)}, each once", 'languages = ["zh", "en"]')
    return tuple(value)


def _time_zone(value: Any) -> str:
    try:
        return ZoneInfo(value).key
    # of a name that leads out of the zones' folder, of a folder of them, of what is no text
    except (ValueError, OSError, TypeError, AttributeError, KeyError) as error:
        raise _refused("time_zone", value, "a zone of the IANA list", 'time_zone = "Asia/Shanghai"') from error


def _office(value: Any) -> str:
    path = PurePosixPath(value) if isinstance(value, str) and value.strip() else None
    if path is None or path.is_absolute() or ".." in path.parts or path == PurePosixPath():
        raise _refused("office", value, "a folder of the project", 'office = "office"')
    return path.as_posix()
