"""A place of a text, ``{失辍学率 stage=初中 at=base | 2 约}``: which figure stands there and how it is printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from zt_analysis.errors import InputError
from zt_analysis.units import PRINTED_UNITS, UNITS

OPTION = re.compile(r"\s+(\w+)=(\S+)$")
DECIMALS = re.compile(r"-?\d")
# what stands before or within the number, each with the bound it states (see ``figures.Printed``)
BOUNDS = {
    "约": "approx", "近": "nearly", "不足": "less-than", "不到": "less-than", "超过": "more-than", "逾": "more-than",
    "余": "many", "多": "many",
}  # fmt: skip
INSIDE = ("余", "多")
# the word for a rise and a fall of a change, then its size
DIRECTIONS = {"增减": ("增加", "减少"), "升降": ("上升", "下降"), "绝对": ("", "")}
ABSOLUTE = "绝对"
DATES = ("年月日", "月日", "年月", "年", "月", "日")
BARE = "-"
# what a Chinese keyboard types for the signs of a place
WIDE_SIGNS = str.maketrans("｜＝\u3000", "|= ")


@dataclass(frozen=True)
class Place:
    """A place as it is written.

    Attributes:
        line: of the file it stands in; raw: all of it, without its braces.
        name: of the figure or parameter; at: ``base`` or empty; parts: dimension and part as typed.
        unit: printed unit, ``-`` for none, empty for that of the figure; decimals: None for those of the unit.
        bound, direction, dated: a key of BOUNDS, of DIRECTIONS, one of DATES; empty for none.
    """

    raw: str
    file: str
    line: int
    name: str
    at: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    decimals: int | None = None
    bound: str = ""
    direction: str = ""
    dated: str = ""

    @property
    def where(self) -> str:
        """How a message names it."""
        return f"{self.file} line {self.line}, {{{self.raw}}}"


@dataclass
class _Spec:
    where: str
    found: dict[str, str] = field(default_factory=dict)

    def take(self, words: str) -> None:
        for word in words.split():
            kind = self._kind(word)
            if kind in self.found:
                raise InputError(
                    self.where, found=f"{self.found[kind]} and {word}", expected=f"one {kind}", hint="leave one out"
                )
            self.found[kind] = word

    def _kind(self, word: str) -> str:
        if DECIMALS.fullmatch(word):
            return "decimals"
        if word in BOUNDS:
            return "bound"
        if word in DIRECTIONS:
            return "direction"
        if word in DATES:
            return "dated"
        if word == BARE or word in PRINTED_UNITS or word in {one.zh for one in UNITS.values()}:
            return "unit"
        raise InputError(
            self.where, found=f"{word!r} after |",
            expected=f"a unit such as 亿元 (- for none), decimals, {' '.join(BOUNDS)}, {' '.join(DIRECTIONS)}, "
            f"of a date {' '.join(DATES)}",
            hint="docs/write.md lists what a place may say",
        )  # fmt: skip


def read_place(raw: str, file: str, line: int) -> Place:
    """The place that ``raw`` (without braces) writes.

    Raises:
        InputError: no name, an option twice, or something after ``|`` that says nothing.

    >>> one = read_place("失辍学率 stage=初中 at=base | 约 1", "a.md", 3)
    >>> one.name, one.at, one.parts, one.decimals, one.bound
    ('失辍学率', 'base', (('stage', '初中'),), 1, '约')
    """
    where = f"{file} line {line}, {{{raw}}}"
    left, _, right = raw.translate(WIDE_SIGNS).partition("|")
    name, at, parts = left.rstrip(), "", list[tuple[str, str]]()
    while found := OPTION.search(name):
        if name.count("(") > name.count(")", 0, found.start()) and ")" in found[2]:
            break  # growth(pupils, since=base): an option of the view
        name = name[: found.start()]
        if found[1] == "at":
            if at or found[2] != "base":
                raise InputError(where, found=f"at={found[2]}", expected="at=base, once", hint="else leave it out")
            at = found[2]
        else:
            parts.insert(0, (found[1], found[2]))
    name = name.strip()
    if not name:
        raise InputError(where, found="no figure", expected="its name", hint="{在校生数}, or \\{ for the sign")
    if len(dict(parts)) < len(parts):
        raise InputError(where, found="a dimension twice", expected="each once", hint="leave one out")
    spec = _Spec(where)
    spec.take(unicodedata.normalize("NFKC", right))
    said = {word: spec.found.get(word, "") for word in ("unit", "bound", "direction", "dated")}
    decimals = int(spec.found["decimals"]) if "decimals" in spec.found else None
    return Place(raw.strip(), file, line, name, at, tuple(parts), decimals=decimals, **said)


def direction_before(before: str) -> str:
    """The word for a rise or fall that ``before`` ends with, which a place with a direction prints itself."""
    return next((word for words in DIRECTIONS.values() for word in words if word and before.endswith(word)), "")
