"""What the office's own files lack: labels, definitions, units, words of texts, words of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from zt_analysis.doctor.examining import Answers, Check, Lack, Project, refused
from zt_analysis.errors import InputError
from zt_analysis.indicators import find
from zt_analysis.indicators.definitions import check_made
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.indicators.views import is_view
from zt_analysis.office import FOLDER, current
from zt_analysis.reports.sentences import names_in, unknown_places, wrong_places
from zt_analysis.rules import Rule
from zt_analysis.terms import named
from zt_analysis.units import UNITS

# the part of a paper that lists what breaks which rule (``runs.part_pages``)
RULES = "rules"
WORDS = f"add a row to a CSV file of {FOLDER}/words"


def figures(project: Project) -> Answers:
    """Each figure: its names and definitions in both languages, its unit, the words by which texts know it."""
    stated = {name for paper in project.office.papers.values() for name in paper.indicators}
    for one in project.office.indicators.values():
        place = _place_of(one, project)
        found = [
            Lack(place, f"figure {one.id!r} has no {what}", f"add {how} to its {where}")
            for what, held, how, where in (
                ("label in Chinese", one.zh, "zh=", "decorator"),
                ("label in English", one.en, "en=", "decorator"),
                ("definition in Chinese", one.section("定义"), "定义：", "docstring"),
            )
            if not held
        ]
        if one.unit not in UNITS:
            hint = f"add a row to {FOLDER}/words/texts/units.csv"
            found.append(Lack(place, f"figure {one.id!r} has the unit {one.unit!r}, which nobody knows", hint))
        if not one.words and one.id in stated and one.headline:
            found.append(Lack(place, f"no text can know the headline {one.id!r}", "add words= to its decorator"))
        try:
            check_made(one.id, one.defined_by)
        except InputError as error:
            found.append(refused(place, error))
        yield found


def told_apart(project: Project) -> Answers:
    """Each name and each word that alone means a figure: no other figure has it, or no text could mean either."""
    owners: dict[tuple[str, str, str], Indicator] = {}
    for one in project.office.indicators.values():
        alone = {each.strip().lstrip("*") for words in one.words if ";" not in words for each in words.split("|")}
        # by its unit, or as a rise or fall, a number is told from others of its word
        names = [("name", one.zh, "")]
        names += [("word", each, f"{one.unit} {one.changes}") for each in sorted(alone)]
        taken = [(*name[:2], other) for name in names if name[1] and (other := owners.setdefault(name, one)) is not one]
        yield [
            Lack(
                _place_of(one, project), f"figure {one.id!r} has the {what} {text!r}, which {other.id!r} has too",
                f"give it a {what} of its own",
            )
            for what, text, other in taken
        ]  # fmt: skip


def stated_figures(project: Project) -> Answers:
    """Each figure that a kind of paper states: it exists."""
    for paper in project.office.papers.values():
        for name in paper.indicators:
            place = project.place(f'"{name}"', "papers.py")
            yield (
                []
                if _known(name, project)
                else [Lack(place, f"no indicator {name!r}, which {paper.kind!r} states", "define it")]
            )


def words(project: Project) -> Answers:
    """Each word that a page asks for: it is said in both languages."""
    for key, place in _asked(project):
        term = named(key)
        if term is None:
            yield [Lack(place, f"no word {key!r}", WORDS)]
        else:
            empty = [name for name in ("zh", "en") if not getattr(term, name)]
            yield [Lack(project.place(f"{key},"), f"the word {key!r} has no {one}", "fill the cell") for one in empty]


def sentences(project: Project) -> Answers:
    """Each sentence of a page: every place in it can be filled."""
    for key in dict.fromkeys(
        key for layout in project.office.layouts.values()
        for key in (*layout.summary, *(one for section in layout.sections for one in section.sentences))
    ):  # fmt: skip
        if named(key) is None:  # said by ``words``
            continue
        hint = "name a figure, or a date of the paper such as {as_of}"
        place = project.place(f"{key},")
        found = [
            Lack(place, f"the sentence {key!r} names {{{one}}}, which nothing fills", hint)
            for one in unknown_places(key, project.office.indicators)
        ]
        found += [
            Lack(place, f"the sentence {key!r} says {wrong}; expected {expected}", "mend it")
            for wrong, expected in wrong_places(key, project.office.indicators)
        ]
        yield found


def said_figures(project: Project) -> Answers:
    """Each sentence of a paper: it names what the paper states, or it is never said."""
    for paper in project.office.papers.values():
        layout = project.office.layouts.get(paper.kind)
        if layout is None:
            continue
        stated = _with_inputs(paper.indicators, project)
        for key in dict.fromkeys((*layout.summary, *(one for section in layout.sections for one in section.sentences))):
            if named(key) is None:
                continue
            asked = [one for name in names_in(key) if (one := _known(name, project))]
            never = [one.id for one in asked if one.id not in stated]
            yield [
                Lack(
                    project.place(f"{key},"), f"the sentence {key!r} is never said: {paper.kind} does not state {one}",
                    f"add it to its indicators in {FOLDER}/papers.py",
                )
                for one in never
            ]  # fmt: skip


def _with_inputs(names: Iterable[str], project: Project) -> set[str]:
    """The figures that ``names`` state, and those that they are made of: a page has each."""
    found: set[str] = set()
    left = list(names)
    while left:
        one = _known(left.pop(), project)
        if one and one.id not in found:
            found.add(one.id)
            left += [name for name, _ in one.inputs]
    return found


def _known(name: str, project: Project) -> Indicator | None:
    """The figure or view of that name, whatever else it lacks."""
    try:
        return find(name) if is_view(name) else project.office.indicators.get(name)
    except InputError:
        return None


def _asked(project: Project) -> Iterator[tuple[str, str]]:
    for paper in project.office.papers.values():
        yield f"{paper.kind}_title", project.place(f'"{paper.kind}"', "papers.py")
    for layout in project.office.layouts.values():
        for section in layout.sections:
            yield f"page_section_{section.name}", project.place(f'"{section.name}"')
            for key in (*section.sentences, *(f"part_{part}" for part in section.parts)):
                yield key, project.place(f'"{key.removeprefix("part_")}"')
        for key in filter(None, (*layout.summary, layout.title, layout.claims_title)):
            yield key, project.place(f'"{key}"')


def titles(project: Project) -> Answers:
    """Each relation and rule: it can be read, and has a title in both languages."""
    from zt_analysis.checks.relations import every_relation

    try:
        relations = every_relation()
    except InputError as error:
        yield [Lack(f"{FOLDER}/relations", str(error), "mend the row")]
        return
    titled = [(one.id, one.title) for one in relations] + [(one.id, one.title) for one in project.office.rules.values()]
    for name, title in titled:
        empty = [language for language, text in title.items() if not text]
        yield [Lack(project.place(name), f"{name} has no title in {each}", f"say it: {each}=") for each in empty]


def duties(project: Project) -> Answers:
    """Each rule and table whose rows are settled by somebody: the office's words say who; a page of a part asks them.

    An office none of whose papers shows what breaks its rules has no such page.
    """
    shown = {part for layout in project.office.layouts.values() for one in layout.sections for part in one.parts}
    if RULES not in shown:
        return
    asked = [(f"rule_{one.id}", one.id, _place_of(one, project)) for one in project.office.rules.values()]
    asked += [
        (f"part_{part}", part, project.place(f'"{part}"', "layout.py"))
        for part in sorted(shown) if named(f"part_{part}_settle") and part != RULES
    ]  # fmt: skip
    for key, name, place in asked:
        known = named(f"{key}_duty")
        yield [] if known else [Lack(place, f"{name!r} names nobody responsible", f"{WORDS}: {key}_duty")]


def _place_of(one: Indicator | Rule, project: Project) -> str:
    code = one.function.__code__
    path, folder = Path(code.co_filename).resolve(), project.office.folder
    name = path.relative_to(folder).as_posix() if folder and path.is_relative_to(folder) else path.name
    return f"{current().name}/{name}:{code.co_firstlineno}"


CHECKS: dict[str, Check] = {
    "figures": figures,
    "names": told_apart,
    "stated figures": stated_figures,
    "words": words,
    "sentences": sentences,
    "said sentences": said_figures,
    "titles": titles,
    "duties": duties,
}
