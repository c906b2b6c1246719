"""Sentences of the page, made from figures: a sentence that lacks one of its figures is not said."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from zt_analysis.contents import content
from zt_analysis.errors import InputError
from zt_analysis.figures import displayed, displayed_apart, in_printed_unit
from zt_analysis.office import current
from zt_analysis.project_file import LANGUAGES
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.words import Words
from zt_analysis.terms import label, named, vocabulary
from zt_analysis.units import PRINTED_UNITS
from zt_analysis.used import unnoted

if TYPE_CHECKING:
    from zt_analysis.indicators import Indicator

# {indicator}, {indicator[part]}, {indicator[part]@base}, a view such as {growth(pupils)}, or a value of the page
# itself: {as_of}; behind | the unit in which Chinese has it (万人), or whether it rose (moved: 增加658所, 与上年持平)
_PLACE = re.compile(r"\{(\w+(?:\([^{}|]*\))?)(?:\[(\w+)\])?(@base)?(?:\|([^{}|]+))?(?:\|(moved))?\}")
MOVED = "moved"
# what a rise and a fall are called, by the unit of the change
MOVES = {
    "ratio": ("page_rose_share", "page_fell_share"),
    "ratio_change": ("page_rose_points", "page_fell_points"),
}
COUNTED = ("page_rose_count", "page_fell_count")
_DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)
AGREEING = ("agree", "agree_rounded", "within_bound")
# what a page itself has values for, beside its figures and those of its parts
DATES = ("as_of", "base_on", "term", "issued_on")
COUNTS = (
    "claims", "comparisons", "agreeing", "differing", "unproven", "excused", "relations", "open_relations",
    "excused_relations",
)  # fmt: skip
DIFFERING = ("differs",)
UNPROVEN = ("no_source", "not_derivable")
OPEN_RELATIONS = ("fails", "stale", "unexplained")


def sentence(key: str, figures: Figures, values: Mapping[str, Markup]) -> Markup | None:
    """The sentence of the term ``key`` with its figures, or None where one of them is not in the ledger."""
    parts: list[Markup] = []
    at = 0
    text = label(key, figures.words.language)
    if "{" in (rest := _PLACE.sub("", text)) or "}" in rest:
        check_sentence(key)
    try:
        apart = _apart([*_PLACE.finditer(text)], figures, values)
        found = [(place, _value(place, figures, values, apart)) for place in _PLACE.finditer(text)]
    except InputError:
        check_sentence(key)  # says which sentence it is
        raise
    for place, value in found:
        if value is None:
            if "(" in place[1]:  # a view that this paper does not state has to be one all the same
                check_sentence(key)
            _refuse_unknown(key, figures, values)
            return None
        parts += [escape(text[at : place.start()]), value]
        at = place.end()
    return Markup("").join([*parts, escape(text[at:])])


def names_in(key: str) -> list[str]:
    """The names that the sentence of the term ``key`` has places for, in either language: figures, dates, counts."""
    return list(dict.fromkeys(place[1] for one in LANGUAGES for place in _PLACE.finditer(label(key, one))))


def with_places(key: str, language: str, said: Callable[[str], str]) -> str:
    """The sentence of the term ``key``, each of its places filled by what ``said`` makes of its name."""
    return _PLACE.sub(lambda place: said(place[1]), label(key, language))


def paragraph(keys: Sequence[str], figures: Figures, values: Mapping[str, Markup]) -> Markup:
    """The sentences of ``keys`` that can be said, as one paragraph."""
    said = [one for one in (sentence(key, figures, values) for key in keys) if one is not None]
    return Markup("" if figures.words.language == "zh" else " ").join(said)


def page_values(ledger: Mapping[str, Any], figures: Figures) -> dict[str, Markup]:
    """Dates and counts that sentences may name beside figures."""
    case, words = ledger["case"], figures.words
    summary = ledger["summary"]
    verdicts, relations = summary["verdicts"], summary["relations"]
    counts = {
        "claims": summary["claims"],
        "comparisons": summary["comparisons"],
        "agreeing": _sum(verdicts, AGREEING),
        "differing": _sum(verdicts, DIFFERING),
        "unproven": _sum(verdicts, UNPROVEN),
        "excused": _sum(verdicts, ("explained",)),
        "relations": sum(relations.values()),
        "open_relations": _sum(relations, OPEN_RELATIONS),
        "excused_relations": _sum(relations, ("explained",)),
    }
    for part in ledger.get("parts", ()):
        counts |= {f"{part['key']}_{name}": value for name, value in part["values"].items()}
    dates = {name: words.when(case.get(name, "—")) for name in DATES}
    return dates | {name: words.count(count) for name, count in counts.items()}


def unknown_places(key: str, known: Collection[str]) -> list[str]:
    """The places of a sentence that none of the ``known`` figures and no value of a page can ever fill: {boardin}."""
    with unnoted():  # no case hangs on what is only looked through
        parts = tuple(f"{one.removeprefix('part_')}_" for one in vocabulary() if one.startswith("part_"))
    return [
        one for one in names_in(key)
        # a view is read by ``wrong_places``
        if "(" not in one and one not in known and one not in (*DATES, *COUNTS) and not one.startswith(parts)
    ]  # fmt: skip


def wrong_places(key: str, known: Mapping[str, Indicator]) -> Iterator[tuple[str, str]]:
    """What no page can fill in a sentence, each with what is expected: unpaired braces, a unit no figure is printed in.

    Names that nothing fills are those of ``unknown_places``.
    """
    for language in LANGUAGES:
        text = label(key, language)
        if "{" in (rest := _PLACE.sub("", text)) or "}" in rest:
            yield rest[max(rest.find("{"), 0) :], "a place such as {as_of}, both braces around it"
        for place in _PLACE.finditer(text):
            try:
                figure, unit = _seen(place[1], known), place[4] or MOVED
            except InputError as error:
                yield place[0], f"{error.expected} ({error.thing}; found {error.found})"
                continue
            if figure and unit != MOVED and figure.unit not in PRINTED_UNITS.get(unit, {}):
                printed = " ".join(one for one, units in PRINTED_UNITS.items() if figure.unit in units)
                yield place[0], f"a unit that {place[1]} is printed in: {printed}"


def _seen(name: str, known: Mapping[str, Indicator]) -> Indicator | None:
    """The figure or view that a place names; InputError of a view that cannot be."""
    if "(" not in name:
        return known.get(name)
    from zt_analysis.indicators import find

    return find(name)


def check_sentence(key: str) -> None:
    """See that every place of a sentence can be filled.

    Raises:
        InputError: one cannot; names the file and the sentence.
    """
    from zt_analysis.indicators import indicators

    with unnoted():
        known = indicators()
        wrong = [(f"{{{one}}}", "a figure, or a date of the paper") for one in unknown_places(key, known)]
        wrong += wrong_places(key, known)
    for found, expected in wrong[:1]:
        raise InputError(_place(key), found=found, expected=expected, hint="zt doctor names the line")


def check_sentences(kind: str) -> None:
    """See that every sentence of the page of a kind of paper can be filled.

    Raises:
        InputError: one cannot; names the file and the sentence.
    """
    layout = current().layouts.get(kind)
    sections = layout.sections if layout else ()
    for key in dict.fromkeys(
        (*(layout.summary if layout else ()), *(each for one in sections for each in one.sentences))
    ):
        if named(key) is not None:
            check_sentence(key)


def _place(key: str) -> str:
    file = next((stem for stem, row in current().labels if row.get("key") == key), "")
    return f"office/words{f'/{file}.csv' if file else ''}: the sentence {key!r}"


def _refuse_unknown(key: str, figures: Figures, values: Mapping[str, Markup]) -> None:
    """Refuse a sentence that nothing ever fills; one whose figure this paper does not have is only not said."""
    files = [content(path).decode("utf-8-sig") for path in current().files if path.suffix == ".py"]
    known = {name for text in files for name in _DEFINED.findall(text)}
    known |= {*values, *(one["indicator"] for one in figures.records.values())}
    if unknown_places(key, known):
        from zt_analysis.indicators import indicators  # the office's modules, and ibis: only to be sure

        with unnoted():
            known |= set(indicators())
    for one in unknown_places(key, known):
        raise InputError(
            _place(key), found=f"{{{one}}}", expected="a figure, or a date of the paper",
            hint="zt doctor names the line; zt figures CASE lists the figures",
        )  # fmt: skip


def _apart(places: Sequence[re.Match[str]], figures: Figures, values: Mapping[str, Markup]) -> dict[str, str]:
    """How figures of two dates are shown that moved by less than is displayed: 由0.070%变为0.071%."""
    together: dict[tuple[str, str], list[str]] = {}
    for place in places:
        if place[1] not in values and not place[4] and (key := _key(place, figures)):
            together.setdefault((place[1], place[2] or ""), []).append(key)
    found: dict[str, str] = {}
    for keys in (list(dict.fromkeys(one)) for one in together.values()):
        records = [figures.records[key] for key in keys]
        exact = [Fraction(one["exact"]) for one in records if one["exact"] is not None]
        shown = {figures.words.plain(one["display"]) for one in records}
        if len(shown) < len(set(exact)) and len(exact) == len(keys) and not any(one.get("missing") for one in records):
            found |= zip(keys, displayed_apart(exact, records[0]["unit"], figures.words.language), strict=True)
    return found


def _key(place: re.Match[str], figures: Figures) -> str | None:
    name, part, at_base = place[1], place[2], place[3]
    if "(" in name:
        from zt_analysis.indicators import find

        name = find(name).id
    return figures.find_part(name, part or "", at_base=bool(at_base))


def _value(
    place: re.Match[str], figures: Figures, values: Mapping[str, Markup], apart: Mapping[str, str]
) -> Markup | None:
    name, _, _, *said = place.groups()
    if name in values:
        return values[name]
    key = _key(place, figures)
    # a figure that could not be computed says nothing in a sentence; its card says why
    if not key or figures.records[key]["exact"] is None:
        return None
    unit = next((one for one in said if one and one != MOVED), "")
    return figures.number(key, apart.get(key) or _shown(figures.records[key], unit, MOVED in said, figures.words))


def _shown(figure: Mapping[str, Any], unit: str, moved: bool, words: Words) -> str | None:
    """The figure in a unit that Chinese prints, and whether it rose or fell; None where it is shown as it is."""
    exact, chinese = Fraction(figure["exact"]), words.language == "zh"
    value = abs(exact) if moved else exact
    if unit and chinese:
        text = f"{in_printed_unit(value, figure['unit'], unit)}{unit}"
    else:
        text = displayed(value, figure["unit"], words.language)
    if not moved:
        return text if unit and chinese else None
    # what rounds to zero in the printed unit has not moved
    level = not any(sign in "123456789" for sign in text)
    rose, fell = MOVES.get(figure["unit"], COUNTED)
    said = label("page_level" if level else rose if exact > 0 else fell, words.language)
    return said if level else f"{said}{'' if chinese else ' '}{text}"


def _sum(counts: Mapping[str, int], words: Sequence[str]) -> int:
    return sum(counts.get(word, 0) for word in words)
