"""Words and numbers of charts in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zt_analysis.figures import displayed, in_printed_unit
from zt_analysis.indicators import find
from zt_analysis.indicators.indicator import Exact
from zt_analysis.terms import label
from zt_analysis.units import PRINTED_UNITS, UNITS

NONE = "—"


@dataclass(frozen=True)
class Say:
    """Words and numbers of charts in one language.

    ``printed``: units in which Chinese labels have their numbers, instead of the figures' own (万人 for persons).
    """

    language: str
    printed: tuple[str, ...] = ()

    def __call__(self, key: str, **values: object) -> str:
        """The term ``chart_<key>`` with its ``{places}`` filled."""
        return self.term(f"chart_{key}", **values)

    def term(self, key: str, **values: object) -> str:
        """The term ``key`` with its ``{places}`` filled."""
        return label(key, self.language).format(**values)

    def name(self, indicator: str) -> str:
        """What an indicator is called."""
        return find(indicator).label[self.language]

    def unit(self, unit: str) -> str:
        """What numbers of a unit are followed by, as a word of its own; empty for plain numbers."""
        kind = UNITS[unit]
        if printed := self._printed(unit):
            return printed
        return (kind.zh if self.language == "zh" else kind.en).strip()

    def amount(self, exact: Exact, unit: str) -> str:
        """A value with its unit, as a sentence has it."""
        if exact is not None and (printed := self._printed(unit)):
            return f"{in_printed_unit(exact, unit, printed)}{printed}"
        return displayed(exact, unit, self.language)

    def _printed(self, unit: str) -> str:
        found = (one for one in self.printed if unit in PRINTED_UNITS.get(one, ()))
        return next(found, "") if self.language == "zh" else ""

    def number(self, exact: Exact, unit: str) -> str:
        """A value as a label has it: without its unit, which stands in the heading; a share keeps its sign.

        >>> Say("en").number(13371532, "fen"), Say("zh").number(1915, "persons"), Say("zh").number(None, "persons")
        ('133,715.32', '1915', '—')
        >>> Say("en").number(Fraction(329, 548000), "ratio")
        '0.06%'
        """
        if exact is None:
            return NONE
        own = UNITS[unit].zh if self.language == "zh" else UNITS[unit].en
        shown, suffix = self.amount(exact, unit), self._printed(unit) or own
        return shown if suffix == "%" else shown.removesuffix(suffix)

    def not_received(self) -> str:
        """What stands where a number would: nothing was received of this part."""
        return f"× {self.term('not_received')}"

    def change(self, name: str, before: Exact, after: Exact, texts: Sequence[str]) -> str:
        """That something fell, rose or stayed; only what there was where one of the two is not known."""
        if before is None or after is None:
            return self("unmoved", name=name, before=texts[0], after=texts[1])
        difference = Fraction(after) - Fraction(before)
        moved = self("stayed" if not difference else "fell" if difference < 0 else "rose")
        return self("moved", name=name, before=texts[0], moved=moved, after=texts[1])

    @property
    def gap(self) -> str:
        """What stands between two words."""
        return "" if self.language == "zh" else " "

    def several(self, names: Iterable[str]) -> str:
        """Names, one after the other."""
        return self("comma").join(names)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence, one after the other."""
        return self("semicolon").join(parts)

    def sentence(self, text: str) -> str:
        """``text`` beginning with a capital letter where the language has them."""
        return text[:1].upper() + text[1:]
