"""What stands on what: nodes of a few kinds, and which feeds which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# in the order of the page; what is said or drawn of figures comes last
KINDS = ("table", "column", "indicator", "relation", "rule", "sentence", "chart", "claim", "issue")


@dataclass(frozen=True)
class Node:
    """One thing of a kind.

    Attributes:
        id: its name among those of its kind (``pupils.stage``).
        zh, en: what it is called; about: what else is known of it, by word.
    """

    kind: str
    id: str
    zh: str = ""
    en: str = ""
    about: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> str:
        """Its name among all."""
        return f"{self.kind}:{self.id}"

    @property
    def label(self) -> dict[str, str]:
        """Its name in both languages; how it is written in code where it has none."""
        return {"zh": self.zh or self.id, "en": self.en or self.id}


class Lineage:
    """Nodes by key, and for each what feeds it."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self._feeds: dict[str, dict[str, None]] = {}
        self._fed: dict[str, dict[str, None]] = {}

    def add(self, node: Node, feeds: Iterable[str] = ()) -> Node:
        """``node``, fed by the nodes whose keys are ``feeds``; one that is there already is fed by these too."""
        known = self.nodes.setdefault(node.key, node)
        for key in feeds:
            self._feeds.setdefault(node.key, {})[key] = None
            self._fed.setdefault(key, {})[node.key] = None
        return known

    def of_kind(self, kind: str) -> list[Node]:
        """All nodes of a kind, as they were added."""
        return [node for node in self.nodes.values() if node.kind == kind]

    def feeding(self, key: str) -> list[Node]:
        """What feeds ``key`` itself."""
        return self._known(self._feeds.get(key, ()))

    def fed(self, key: str) -> list[Node]:
        """What ``key`` itself feeds."""
        return self._known(self._fed.get(key, ()))

    def behind(self, key: str) -> list[Node]:
        """Everything that ``key`` stands on, by kind."""
        return self._known(_reached(key, self._feeds))

    def ahead(self, key: str) -> list[Node]:
        """Everything that stands on ``key``, by kind."""
        return self._known(_reached(key, self._fed))

    def _known(self, keys: Iterable[str]) -> list[Node]:
        found = [self.nodes[key] for key in keys if key in self.nodes]
        return sorted(found, key=lambda node: KINDS.index(node.kind))


def _reached(key: str, edges: Mapping[str, Mapping[str, None]]) -> dict[str, None]:
    found: dict[str, None] = {}
    rest = [*edges.get(key, ())]
    while rest:
        one = rest.pop(0)
        if one not in found and one != key:
            found[one] = None
            rest += edges.get(one, ())
    return found
