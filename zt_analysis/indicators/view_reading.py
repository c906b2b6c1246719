"""Reads a view as it is written: its kind, the figures it is of, and what else it says."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from zt_analysis.errors import InputError, nearest
from zt_analysis.indicators.indicator import Indicator, Scope
from zt_analysis.indicators.view_kinds import KINDS, SINCE, THEN
from zt_analysis.indicators.views import FIRST_YEAR, Need, View

Find = Callable[[str], Indicator]
Number = int | tuple[str, Fraction] | None
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==",
}  # fmt: skip
SAID_ZH = {">": "大于", ">=": "不少于", "<": "小于", "<=": "不多于", "==": "等于"}
AS_OF_DAYS = ("date", "span")
YEARS = ("year", "school_year")
# a total of stocks is one, a change of a stock is none
SAME_THING = ("total", "mean", "median", "minimum", "maximum")
DEEPEST = 5
# what is no number of things: two of them added up say nothing
RATES = ("ratio", "ratio_change", "fen_per_person", "to_one", "place")


def view_of(text: str, find: Find, dimension: Callable[[str], dict[str, str]]) -> View:
    """The view that ``text`` writes.

    Args:
        find: the indicator of a name; dimension: what a dimension is called in both languages.

    Raises:
        InputError: no such view, kind, indicator or argument; units that cannot be added.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _wrong(text, "what is no view", "such as growth(pupils)") from error
    return _Reader(text, find, dimension).view(tree, 1)


def _divides(unit: str, by: str = "") -> bool:
    """Whether a value of one unit to one of another says anything: persons to money does not, nor a rate to a count."""
    no_count = ("fen", *RATES)
    return not by or (unit, by) == ("fen", "persons") or (unit not in no_count and by not in no_count)


def _is_share(figure: Indicator) -> bool:
    """Whether it is the share of a part in its whole: those of several parts add up, as rates do not."""
    return isinstance(figure, View) and figure.kind == "share" and len({one.indicator for one in figure.needs}) == 1


@dataclass(frozen=True)
class Said:
    """What a view says: its kind, its figures, what it is compared with, by which dimension, which number or parts."""

    name: str
    figures: tuple[Indicator, ...]
    then: str = ""
    by: str = ""
    number: Number = None
    parts: Scope = ()

    @property
    def usual(self) -> str:
        """What a change of its figure is measured from, or it is added up since, where nothing else is said."""
        if KINDS[self.name].since:
            return "" if self.figures[0].time in YEARS else "year"
        return "base" if self.figures[0].time in AS_OF_DAYS else "year"

    @property
    def needs(self) -> Iterator[Need]:
        """The figures it is made from, in the order of its function."""
        if self.parts:
            yield from (Need(self.figures[0].id, within=(part,)) for part in self.parts)
            return
        if KINDS[self.name].since:
            yield Need(self.figures[0].id, since=self.then)
            return
        yield from (Need(one.id) for one in self.figures)
        if self.then:
            yield Need(self.figures[0].id, then=self.then)
        if self.name == "share" and len(self.figures) == 1:
            yield Need(self.figures[0].id, whole=self.by or "*")

    @property
    def unit(self) -> str:
        """The unit of its values."""
        units = [one.unit for one in self.figures]
        if self.name == "change" and units[0] == "ratio":
            return "ratio_change"
        if self.name == "ratio":
            return "fen_per_person" if units == ["fen", "persons"] else "to_one"
        fixed = {"growth": "ratio", "share": "ratio", "top": "ratio", "rank": "place", "parts": "parts"}
        return fixed.get(self.name, units[0])

    @property
    def text(self) -> str:
        """The one way in which it is written, so that it is one figure."""
        words = [one.id for one in self.figures]
        if isinstance(self.number, tuple):
            words = [f"{words[0]}{self.number[0]}{self.number[1]}"]
        elif self.number is not None:
            words.append(str(self.number))
        words += [f"since={self.then}"] if self.then and self.then != self.usual else []
        words += [f"by={self.by}"] if self.by else []
        if self.parts:
            words.append(f'{self.parts[0][0]}="{"+".join(code for _, code in self.parts)}"')
        return f"{self.name}({','.join(words)})"

    def words(self, language: int, by: str) -> dict[str, str]:
        """Label and sections in Chinese (0) or English (1); ``by``: what its dimension is called."""
        names = [one.label[("zh", "en")[language]] for one in self.figures]
        each = [(f"{names[0]}（{code}）", f"{names[0]} of {code}")[language] for _, code in self.parts] or names
        whole = ("全部", "the whole")[language]
        places = {
            "then": self._then(language), "by": by, "n": self._counted(language),
            "all": ("、", ", ")[language].join(each), "sum": " + ".join(each),
        }  # fmt: skip
        kind = KINDS[self.name]
        sections = {"label": kind.label, "Definition": kind.definition, "Formula": kind.formula, "NULL": kind.null}
        found = {section: text[language].format(*names, whole, **places) for section, text in sections.items()}
        sources = dict.fromkeys(one.said("Source")[("zh", "en")[language]] for one in self.figures)
        return found | {"Source": ("；", "; ")[language].join(filter(None, sources))}

    def _then(self, language: int) -> str:
        if FIRST_YEAR.fullmatch(self.then):
            return (f"{self.then}年", self.then)[language]
        return (SINCE if KINDS[self.name].since else THEN)[self.then][language] if self.then else ""

    def _counted(self, language: int) -> str:
        if isinstance(self.number, tuple):
            sign, bound = self.number
            return (f"{SAID_ZH[sign]}{bound}", f"{sign} {bound}")[language]
        return "" if self.number is None else str(self.number)


@dataclass
class _Reader:
    text: str
    find: Find
    dimension: Callable[[str], dict[str, str]]

    def view(self, node: ast.expr, depth: int) -> View:
        if depth > DEEPEST:
            raise self._wrong("views in views", f"at most {DEEPEST} of them, one in the other")
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            raise self._wrong(ast.unparse(node)[:60], "a kind of view and figures in brackets")
        said = self._said(node.func.id, node, depth)
        by = self.dimension(said.by) if said.by else {"zh": "", "en": ""}
        chinese, english = said.words(0, by["zh"]), said.words(1, by["en"])
        sections = tuple((name, (chinese[name], english[name])) for name in chinese)
        return View(
            KINDS[said.name].value, said.unit, said.figures[0].time, True, zh=chinese["label"], en=english["label"],
            text=said.text, kind=said.name, needs=tuple(said.needs), by=said.by if KINDS[said.name].over else "",
            argument=said.number, sections=sections, stock=said.figures[0].stock and said.name in SAME_THING,
        )  # fmt: skip

    def _said(self, name: str, node: ast.Call, depth: int) -> Said:
        if name not in KINDS:
            raise self._wrong(f"the kind {name!r}", ", ".join(KINDS), nearest(name, KINDS))
        kind, words = KINDS[name], {one.arg: one.value for one in node.keywords if one.arg}
        arguments = list(node.args)
        number = self._number(name, arguments) if kind.over else None
        figures = tuple(self._figure(one, depth) for one in arguments)
        least, most = kind.figures
        if not (least <= len(figures) and (not most or len(figures) <= most)) or len(words) < len(node.keywords):
            expected = f"{least} figure" if least == most else f"{least} to {most or 'any number of'} figures"
            raise self._wrong(f"{len(figures)} figures in {name}", expected)
        said = Said(name, figures)
        then = self._word(words.pop("since", None), said.usual, THEN) if kind.then else ""
        then = self._since(words.pop("since", None), said) if kind.since else then
        takes_by = kind.over or (name == "share" and len(figures) == 1)
        by = self._word(words.pop("by", None), "") if takes_by else ""
        if kind.over and not by:
            raise self._wrong(f"{name} without by=", "a dimension, such as by=part")
        several = name == "total" and len(figures) == 1
        parts = self._parts(*words.popitem()) if several and len(words) == 1 else ()
        if words:
            takes = [f"{one}=" for one, known in (("since", kind.then or kind.since), ("by", takes_by)) if known]
            takes += ["a dimension"] * several
            expected = " or ".join(takes) or "none"
            raise self._wrong(f"the argument {next(iter(words))!r} of {name}", expected)
        if several and not parts:
            raise self._wrong("the total of one figure", "several figures, or one and its parts")
        self._agree(name, figures, over_parts=bool(parts))
        return Said(name, figures, then, by, number, parts)

    def _agree(self, name: str, figures: tuple[Indicator, ...], *, over_parts: bool) -> None:
        """Refuse figures that say nothing together: of several units, one twice in a sum, rates that do not add up."""
        units = list(dict.fromkeys(one.unit for one in figures))
        first = figures[0]
        if (name in ("total", "share") and len(units) > 1) or (name == "ratio" and not _divides(*units)):
            expected = "figures of one unit"
            also = ", money to persons, or two counts" if name == "ratio" else ""
            raise self._wrong(f"figures in {' and '.join(units)}", f"{expected}{also}")
        if name == "total" and len({one.id for one in figures}) < len(figures):
            raise self._wrong("one figure twice", "several figures, each once")
        if units[0] not in RATES or _is_share(first):
            return
        if over_parts or name == "top":
            raise self._wrong(f"the sum of {first.id} over parts", "a figure that adds up", "rates of parts do not")
        if name == "share":
            raise self._wrong(f"the share of {first.id}, a rate", "what is counted", "a rate is no part of another")

    def _figure(self, node: ast.expr, depth: int) -> Indicator:
        return self.find(node.id) if isinstance(node, ast.Name) else self.view(node, depth + 1)

    def _number(self, name: str, arguments: list[ast.expr]) -> Number:
        """The number that top() and parts() take, taken out of ``arguments``."""
        if name == "parts":
            (node,) = arguments if len(arguments) == 1 else (None,)
            if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in SIGNS):
                raise self._wrong("parts without a condition", "such as parts(pupils > 1000, by=part)")
            arguments[:] = [node.left]
            return SIGNS[type(node.ops[0])], Fraction(self._digits(node.comparators[0]))
        if name == "top":
            if len(arguments) != 2 or not self._digits(arguments[1]).isdigit() or not int(self._digits(arguments[1])):
                raise self._wrong("top without a number", "such as top(pupils, 3, by=part)")
            return int(self._digits(arguments.pop()))
        return None

    def _digits(self, node: ast.expr) -> str:
        found = ast.unparse(node).replace("_", "").replace(" ", "")
        try:
            Fraction(found)
        except (ValueError, ZeroDivisionError) as error:
            raise self._wrong(found[:60], "a number") from error
        return found

    def _word(self, node: ast.expr | None, default: str, known: Iterable[str] | None = None) -> str:
        found = default if node is None else ast.unparse(node).strip("'\"")
        if known is not None and found not in known:
            raise self._wrong(repr(found), ", ".join(known), nearest(found, known))
        return found

    def _since(self, node: ast.expr | None, said: Said) -> str:
        """What a figure is added up since: the beginning of a longer period than its own, or a first year of years."""
        (figure,) = said.figures
        if figure.time == "date" or figure.stock:
            raise self._wrong(
                f"{figure.id}, which says how things stand", "what happens in a period", "its level is whole"
            )
        if figure.unit in RATES:
            raise self._wrong(f"{figure.id}, a rate", "what is counted", "add up what it is made of")
        found = said.usual if node is None else ast.unparse(node).strip("'\"")
        if figure.time in YEARS:
            if not FIRST_YEAR.fullmatch(found):
                raise self._wrong(repr(found) if found else "no since=", "the first year, such as since=2016")
        elif found not in SINCE or found == figure.time:
            raise self._wrong(repr(found), ", ".join(one for one in SINCE if one != figure.time), nearest(found, SINCE))
        return found

    def _parts(self, dimension: str, node: ast.expr) -> Scope:
        codes = ast.unparse(node).strip("'\"").replace(" ", "").split("+")
        if len(codes) < 2 or len(set(codes)) < len(codes):
            raise self._wrong(repr(ast.unparse(node)), 'several parts, each once, such as part="1+2"')
        return tuple((dimension, code) for code in codes)

    def _wrong(self, found: str, expected: str, hint: str = "") -> InputError:
        return _wrong(self.text, found, expected, hint)


def _wrong(text: str, found: str, expected: str, hint: str = "") -> InputError:
    # what names the nearest is a question, with its own end
    said = hint if hint.endswith(" ") or not hint else f"{hint}; "
    return InputError(
        f"view {text[:120]!r}", found=found, expected=expected, hint=f"{said}docs/views.md lists the kinds"
    )
