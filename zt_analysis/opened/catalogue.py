"""The figures of an office, searched: by a word of their names, definitions or the words texts use for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from zt_analysis.errors import InputError
from zt_analysis.indicators import Indicator, find
from zt_analysis.office import Office, current
from zt_analysis.opened.missing import Named
from zt_analysis.opened.naming import close
from zt_analysis.opened.notebook import ready

if TYPE_CHECKING:
    from zt_analysis.opened.frames import Shown


class Catalogue(Named, Sequence[Indicator]):
    """Figures that were found, in the office's order."""

    def __init__(self, found: Sequence[Indicator], text: str, language: str = "zh") -> None:
        self._found, self.text, self.language = tuple(found), text, language

    @overload
    def __getitem__(self, place: int) -> Indicator: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Indicator]: ...
    def __getitem__(self, place: int | slice) -> Indicator | Sequence[Indicator]:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._found)

    @property
    def names(self) -> list[str]:
        """Their names in code."""
        return [one.id for one in self]

    @property
    def frame(self) -> Shown:
        """A row each: name in code, Chinese, English, unit, time, definition."""
        from zt_analysis.opened.cards import catalogue_frame

        return catalogue_frame(self)

    def __repr__(self) -> str:
        lines = [f"{one.label['zh']}  {one.id}  {one.label['en']}" for one in self._found[:12]]
        more = [f"... {len(self) - 12} more"] if len(self) > 12 else []
        return "\n".join([f"{len(self)} figures", *lines, *more])

    def _repr_html_(self) -> str:
        from zt_analysis.opened.cards import catalogue_html

        return catalogue_html(self)


def indicators(text: str = "") -> Catalogue:
    """The figures of this project's office whose name, definition or words hold ``text``; all of them without.

    Raises:
        InputError: nothing holds it, with the nearest names.
    """
    ready()
    return catalogue(text, current())


def catalogue(text: str, office: Office, language: str = "zh") -> Catalogue:
    """As ``indicators``, of an office."""
    if not isinstance(text, str):
        raise InputError("text", found=repr(text)[:60], expected="a word to look for", hint='zt.indicators("学生")')
    known = [find(name) for name in office.indicators]
    wanted = text.casefold().split()
    found = [one for one in known if all(word in _said(one) for word in wanted)]
    # how texts call a figure says less than how it is called: a figure's words name its neighbours, too
    found = found or [one for one in known if all(word in "\n".join(one.words).casefold() for word in wanted)]
    if not found:
        near = close(text, [each for one in known for each in (one.zh, one.en, one.id) if each])
        raise InputError(
            f"figures with {text!r}", found=f"none among {len(known)}", expected="a word of a name or definition",
            hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "zt.indicators() lists all",
        )  # fmt: skip
    return Catalogue(found, text, language)


def _said(one: Indicator) -> str:
    said = [one.id, one.zh, one.en, *one.said("Definition").values()]
    return "\n".join(said).casefold()
