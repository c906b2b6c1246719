"""What moved when a county's file arrived: the figures of a case that was published without it, then and now."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zt_analysis.errors import InputError
from zt_analysis.ledger import english_names
from zt_analysis.runs.believed import believed_ledger, is_there
from zt_analysis.runs.figure_files import read_ledger
from zt_analysis.runs.record import read_record

if TYPE_CHECKING:
    from zt_analysis.runs.restatement import Moved


def moved_since(folder: Path, now: Mapping[str, Any]) -> dict[str, Any]:
    """How the ledger ``now`` differs from the one published in ``folder`` without some counties; empty where that
    lacked none.

    ``missing`` and ``arrived`` (names of counties), their ``english`` names, ``compared`` (how many figures),
    ``figures`` (those that moved: ``key``, ``label``, ``at``, ``before``, ``now``, ``difference``, each displayed in
    both languages). ``untold``: its figures are not what was left, so what moved cannot be told; left out where they
    are.
    """
    if not is_there(folder):  # never run: nothing was published
        return {}
    late = names_missing(now)
    try:
        before = believed_ledger(folder)
    except InputError:
        lacked = _said_missing(folder)
        arrived = [name for name in lacked if name not in late]
        return {"missing": lacked, "arrived": arrived, "compared": 0, "figures": [], "untold": True} if lacked else {}
    lacked = names_missing(before)
    if not lacked:
        return {}
    from zt_analysis.runs.restatement import Moved, parts

    then = {one["key"]: one for one in before["figures"]}
    pairs = [Moved(then[one["key"]], one) for one in now["figures"] if one["key"] in then]
    return {
        "missing": lacked,
        "arrived": [name for name in lacked if name not in late],
        "english": english_names(before),
        "compared": len(pairs),
        "figures": [_moved(one) for one in pairs if parts(one.before) != parts(one.now)],
    }


def names_missing(ledger: Mapping[str, Any]) -> list[str]:
    """The counties that a ledger's tables lack."""
    return list(ledger["summary"].get("missing", []))


def _said_missing(folder: Path) -> list[str]:
    """The counties that a record or a ledger says were missing, though neither may be what was left."""
    said = [read_record(folder)]
    with suppress(InputError):
        said.append(read_ledger(folder))
    summaries = (one.get("summary") for one in said)
    found = (one.get("missing") for one in summaries if isinstance(one, dict))
    return list(dict.fromkeys(str(name) for names in found if isinstance(names, list) for name in names))


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "key": one.now["key"],
        "label": one.now["label"],
        "at": one.now["at"],
        "before": one.before["display"],
        "now": one.now["display"],
        "difference": {language: one.difference(language) for language in ("zh", "en")},
    }
