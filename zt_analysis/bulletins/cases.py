"""The cases of a project as their files say, for what is asked of several of them: which is due, which comes next."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zt_analysis import params
from zt_analysis.errors import InputError


@dataclass(frozen=True)
class Cases:
    """The cases of the project at ``root``; a file that cannot be read is known by its name only."""

    root: Path

    @property
    def names(self) -> list[str]:
        """All of them, by name."""
        return params.cases(self.root)

    def read(self, case: str) -> dict[str, Any] | None:
        """The parameters of ``case``; None for a file that cannot be read, or where there is none."""
        try:
            return params.load(case, self.root)
        except InputError:
            return None

    def of(self, notebook: str) -> list[dict[str, Any]]:
        """The parameters of those of ``notebook``, by the day they are about, oldest first."""
        found = [one for case in self.names if (one := self.read(case)) and one.get("notebook") == notebook]
        return sorted(found, key=lambda one: (str(one.get("as_of", "")) or "9999", str(one["case"])))

    def first_day(self) -> date | None:
        """The first day that any of them counts from; None where no case can be read."""
        found = [self.read(case) or {} for case in self.names]
        days = [one.get(name) for one in found for name in ("base_on", "as_of")]
        known = []
        for day in filter(None, days):
            with suppress(ValueError):
                known.append(date.fromisoformat(str(day)))
        return min(known, default=None)

    def latest(self, notebook: str, before: date) -> dict[str, Any] | None:
        """The parameters of the latest of ``notebook`` that is about an earlier day; None where there is none."""
        earlier = [one for one in self.of(notebook) if str(one.get("as_of", "9999")) < before.isoformat()]
        return earlier[-1] if earlier else None

    def model(self, case: str, notebook: str, before: date) -> dict[str, Any] | None:
        """The parameters of the case that a new one is modelled on; None for the first of all.

        Raises:
            InputError: there are later ones only.
        """
        found = self.latest(notebook, before)
        if found is None and (later := self.of(notebook)):
            raise InputError(
                f"case {case!r}", found=f"no earlier case of notebook {notebook}; {later[0]['case']} is the first",
                expected="one to take package and settings from",
                hint=f"write {params.FOLDER}/{case}.yml by hand; the notebook's parameters cell lists the keys",
            )  # fmt: skip
        return found

    def day(self, case: str, otherwise: date) -> date:
        """The as-of date of ``case``; what is none is told by its run."""
        try:
            return date.fromisoformat(str((self.read(case) or {}).get("as_of")))
        except ValueError:
            return otherwise
