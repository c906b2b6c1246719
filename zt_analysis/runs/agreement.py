"""Do cases agree: a figure that several of them state has one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Disagreement:
    """A figure with more than one value: its name and date, and what each case says."""

    label: Mapping[str, str]
    at: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Agreement:
    """How many figures are stated by more than one case, and those of them that do not agree."""

    shared: int
    disagreements: tuple[Disagreement, ...]


def agreement(ledgers: Mapping[str, Mapping[str, Any]]) -> Agreement:
    """Hold the figures of several cases (case: ledger) against each other, by key: indicator, date, scope."""
    stated: dict[str, dict[str, Mapping[str, Any]]] = {}
    for case, ledger in ledgers.items():
        # without a county's rows a figure is another one
        for figure in (one for one in ledger["figures"] if not one.get("missing")):
            stated.setdefault(figure["key"], {})[case] = figure
    shared = {key: by_case for key, by_case in stated.items() if len(by_case) > 1}
    return Agreement(len(shared), tuple(_differing(by_case) for by_case in shared.values() if _differs(by_case)))


def _differs(by_case: Mapping[str, Mapping[str, Any]]) -> bool:
    return len({figure["exact"] for figure in by_case.values()}) > 1


def _differing(by_case: Mapping[str, Mapping[str, Any]]) -> Disagreement:
    first = next(iter(by_case.values()))
    values = {case: f"{figure['display']['zh']} ({figure['exact']})" for case, figure in by_case.items()}
    return Disagreement(first["label"], first["at"], values)
