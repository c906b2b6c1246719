"""What a file of kept rows says of itself: its format, the code and the bytes it was made by, and its seal.

The seal is an HMAC over all the rest, the checksum of the rows' file among it, with a key that is in the user's own
state folder and not in the package. Who can write into the package can take kept rows away, not forge them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import plain_bytes, plain_file
from zt_analysis.jsons import read_json
from zt_analysis.office import current
from zt_analysis.sources.corrections import FILE as CORRECTIONS
from zt_analysis.sources.descriptor import Package, Table
from zt_analysis.sources.loading import is_held

FORMAT, VERSION = "zt-kept-rows", 1
SUFFIX = ".json"
# what reads, looks at and verifies rows: another version of it has verified nothing for this one
CODE = (
    "sources", "submissions", "personal", "numbers", "terms", "contents.py", "errors.py", "expressions.py", "extras.py",
    "jsons.py", "kept_texts.py", "ledger.py", "listed.py", "office.py", "project.py", "project_file.py", "scratch.py",
    "settings.py", "spans.py", "typed.py", "units.py", "used.py", "xmls.py", "yamls.py", "kept_patterns.py",
)  # fmt: skip
KEY_BYTES = 32


@dataclass(frozen=True)
class Manifest:
    """One file of kept rows.

    Attributes:
        declared_by: the checksums of the declarations, by file name.
        tables: what each table was made from (``identity``), by name.
        views: name and SQL of what is read from the package's own files, with the folder as ``FOLDER``.
        proofs, quality: as ``proving`` and ``quality`` have them.
        size, sha256: of the rows' file.
    """

    made_by: Mapping[str, str]
    declared_by: Mapping[str, str]
    tables: Mapping[str, str]
    views: list[list[str]]
    proofs: list[dict[str, Any]]
    quality: Mapping[str, Any]
    size: int
    sha256: str

    def holds(self, package: Package, wanted: Mapping[str, str]) -> bool:
        """Whether it has the tables ``wanted``, from these bytes, by this code."""
        return self.is_of(package) and wanted.items() <= self.tables.items()

    def is_of(self, package: Package) -> bool:
        """Whether it was made by this code, of a package that is declared so."""
        return dict(self.made_by) == made_by() and dict(self.declared_by) == package.declared_by

    def text(self, key: bytes) -> str:
        """The manifest as written, sealed with ``key``."""
        content = {"format": FORMAT, "version": VERSION, **asdict(self), "by": name_of(key)}
        return json.dumps(content | {"seal": _seal(content, key)}, ensure_ascii=False, indent=1)


class UnprovedError(Exception):
    """What is kept is not what this user's code has written."""


def read_manifest(path: Path, key: bytes) -> Manifest | None:
    """The manifest at ``path``; None where it is of another user or of another version of the format.

    Raises:
        UnprovedError: it is cut short, changed or forged.
    """
    try:
        content = read_json(plain_bytes(path))
        if content.pop("by") != name_of(key):
            return None
        content["by"] = name_of(key)
        if not hmac.compare_digest(str(content.pop("seal")), _seal(content, key)):
            raise UnprovedError("its seal is not that of its content")
        if (content.pop("format"), content.pop("version")) != (FORMAT, VERSION):
            return None
        del content["by"]
        return Manifest(**content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnprovedError("it is cut short, or none of ours") from error


def check_rows(path: Path, manifest: Manifest) -> None:
    """Hold the rows' file at ``path`` against its manifest.

    Raises:
        UnprovedError: it has other bytes, or something beside it that DuckDB would read with it.
        OSError: it is not there.
    """
    if path.with_name(f"{path.name}.wal").exists():
        raise UnprovedError("changes lie beside it that were never written into it")
    with plain_file(path) as file:
        if os.fstat(file.fileno()).st_size != manifest.size:
            raise UnprovedError("it has another size than when it was written")
        if hashlib.file_digest(file, "sha256").hexdigest() != manifest.sha256:
            raise UnprovedError("it has other bytes than when it was written")


def identity(package: Package, table: Table) -> str:
    """A checksum over the content of a table's files and what else decides how it is read.

    The files that a source expects are named by the rows of another table; a file beside them may keep it from opening;
    which words are units is the office's to say.
    """
    strays = [(one.name, one.found, one.stops) for one in table.parts.strays]
    # the SQL of corrected rows holds values that a person has written, and may hold the folder's name by chance
    place = str(package.folder.resolve()) if CORRECTIONS in package.texts else ""
    units = sorted(current().sums.items()) if table.source else ()
    told = (table.name, table.sha256, repr(table.source), strays, is_held(table), place, units)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def made_by() -> dict[str, str]:
    """The code that verifies, as it was when this process first asked, and what it stands on."""
    import duckdb

    base = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for one in CODE:
        for path in sorted((base / one).rglob("*.py")) if (base / one).is_dir() else [base / one]:
            digest.update(path.relative_to(base).as_posix().encode() + b"\0" + plain_bytes(path))
    python = ".".join(map(str, sys.version_info[:3]))
    return {"code": digest.hexdigest(), "duckdb": duckdb.__version__, "python": python}


def key_of_user() -> bytes | None:
    """The user's own key, made when first asked for; None where there is no folder to have it in."""
    try:
        home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    except RuntimeError:  # a user without a home
        return None
    return key_at(home / "zt-analysis" / "kept-rows.key")


def key_at(path: Path) -> bytes | None:
    """The key in the file ``path``, made when first asked for; None where it cannot be, or may be others'."""
    with suppress(OSError):
        if not path.exists():
            _make_key(path)
        key = plain_bytes(path)
        if len(key) == KEY_BYTES and not path.stat().st_mode & 0o077:
            return key
    return None


def name_of(key: bytes) -> str:
    """What tells the user of ``key`` from others, and says nothing of it."""
    return hashlib.sha256(b"zt-kept-rows " + key).hexdigest()[:16]


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        os.link(draft, path)  # whoever comes second takes the first one's
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _seal(content: Mapping[str, Any], key: bytes) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
