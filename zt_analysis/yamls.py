"""YAML that others wrote, read within bounds: what it says is never larger than a person could have typed.

A few lines of aliases of aliases can stand for more values than a machine holds, and brackets in brackets can exhaust
the stack. Both are measured over the parser's events, before anything is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from zt_analysis.contents import named

MOST_BYTES = 2**20
# a case's parameters are asked for by several parts of a command; to read them takes ten times as long as to copy
KEPT_BYTES = 2**15
# what is refused is shown in its message: whatever aliases stand for has to fit into one
MOST_ALIASED = 10_000
DEEPEST = 40
OPENING, NEVER_SMALL = "[{-?:", ("*", "&", "---", "...")


class YamlError(Exception):
    """The text cannot be read; ``problem`` says why in a line, ``line`` where (0 when that is not known)."""

    def __init__(self, problem: str, line: int = 0) -> None:
        self.problem = problem
        self.line = line
        super().__init__(f"line {line}: {problem}" if line else problem)

    @property
    def at(self) -> str:
        """The line as it follows the name of a file."""
        return f", line {self.line}" if self.line else ""


def read_yaml(content: bytes, *, as_texts: bool = False) -> Any:
    """What the YAML document ``content`` says, in plain types that are the caller's own.

    Args:
        as_texts: every scalar is the text that is written (0530 stays 0530) instead of a number, date or truth value.

    Raises:
        YamlError: no UTF-8, no YAML, a key twice, or more than it may be.
    """
    if len(content) > MOST_BYTES:
        raise YamlError(f"{len(content)} bytes, more than {MOST_BYTES}")
    return deepcopy(_kept(content, as_texts)) if len(content) <= KEPT_BYTES else _read(content, as_texts)


def _read(content: bytes, as_texts: bool) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        text = content.decode("utf-8-sig")
        if not _is_small(text):  # to parse it takes as long as to load it
            _measure(YAML(typ="safe", pure=True).parse(text))
        return YAML(typ="base" if as_texts else "safe", pure=True).load(text)
    except YamlError:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(str(error.problem or error).splitlines()[0], mark.line + 1 if mark else 0) from error
    except Exception as error:  # a tag or a date that cannot be raises whatever its constructor does
        raise YamlError(str(error).splitlines()[0] if str(error) else type(error).__name__) from error


_kept = lru_cache(maxsize=64)(_read)


def write_yaml(path: Path, comment: str, content: Mapping[str, Any]) -> None:
    """Write plain types as a person would, under a line that says what the file is."""
    from ruamel.yaml import YAML

    writer = YAML(typ="safe", pure=True)
    said = {
        "default_flow_style": False,
        "allow_unicode": True,
        "width": 10**6,
        "sort_base_mapping_type_on_output": False,
    }
    for name, value in said.items():
        setattr(writer, name, value)
    with named(path), path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {comment}\n")
        writer.dump(dict(content), file)


def _is_small(text: str) -> bool:
    """Whether one look says that measuring would refuse nothing: one document without anchors and aliases, with fewer
    signs that can open a list or a mapping, of which each has one of its own, than there may be in each other."""
    return not any(one in text for one in NEVER_SMALL) and sum(map(text.count, OPENING)) <= DEEPEST


def _measure(events: Any) -> None:
    """Refuse a document that says too much, each alias counted as all that it stands for."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = aliased = 0
    for event in events:
        line = event.start_mark.line + 1
        kind = type(event).__name__
        if kind == "AliasEvent":
            if event.anchor not in sizes:
                raise YamlError(f"*{event.anchor} before what it stands for has ended", line)
            total += sizes[event.anchor]
            aliased += sizes[event.anchor]
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            open_nodes.append((event.anchor, total))
            total += 1
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            anchor, before = open_nodes.pop()
            _keep(sizes, anchor, total - before)
        elif kind == "ScalarEvent":
            total += 1
            _keep(sizes, event.anchor, 1)
        if aliased > MOST_ALIASED:
            raise YamlError(f"aliases (*name) that stand for more than {MOST_ALIASED} values", line)
        if len(open_nodes) > DEEPEST:
            raise YamlError(f"lists or pairs nested more than {DEEPEST} deep", line)


def _keep(sizes: dict[str, int], anchor: str | None, size: int) -> None:
    if anchor:
        sizes[anchor] = size
