"""What people call figures, dimensions and parts: names in Chinese, English or code, and the nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from zt_analysis.errors import InputError
from zt_analysis.indicators import Wanted, columns, find
from zt_analysis.indicators.asked import members
from zt_analysis.indicators.computing import leaves, measure_of
from zt_analysis.indicators.dimensions import dimension_label, dimension_named, part_name, registers
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.indicators.view_reading import RATES
from zt_analysis.indicators.views import is_view
from zt_analysis.office import Office
from zt_analysis.sources import Tables


def close(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Those of ``known`` most like ``word``, the likest first; what contains it, or is in it, comes before the rest.

    >>> close("在校生", ["在校学生数", "学校数", "在校生数", "pupils"])
    ['在校生数', '在校学生数', '学校数']
    """
    asked = str(word).casefold().strip()  # whatever somebody typed

    def likeness(one: str) -> float:
        there = one.casefold()
        held = 1.0 if asked and (asked in there or there in asked) else 0.0
        return held + SequenceMatcher(None, asked, there).ratio()

    ranked = sorted(((likeness(one), one) for one in dict.fromkeys(known)), key=lambda pair: -pair[0])
    return [one for score, one in ranked[:most] if score >= 0.25]


def indicator_named(name: object, office: Office) -> Indicator:
    """The indicator of that name in code, Chinese or English, or the view that it writes.

    Raises:
        InputError: none, with the three nearest in both languages.
    """
    if isinstance(name, Indicator):
        return name
    if not isinstance(name, str):
        raise InputError(
            "figure", found=repr(name)[:60], expected="the name of a figure", hint="zt.indicators() lists them"
        )
    known = office.indicators
    if is_view(name) or name in known:
        return find(name)
    found = [one for one in known.values() if name.strip() in (one.zh, one.en)]
    if found:
        return find(found[0].id)
    names = {each: one for one in known.values() for each in (one.zh, one.en, one.id) if each}
    near = list(dict.fromkeys(names[one].id for one in close(name, names, 9)))[:3]
    said = " or ".join(f"{known[one].zh or one!r} ({one}, {known[one].en})" for one in near)
    raise InputError(
        f"figure {name!r}", found="no indicator of that name",
        expected=f"one of {len(known)} names in Chinese, English or code",
        hint=(f"did you mean {said}? " if said else "") + "zt.indicators() lists them",
    )  # fmt: skip


def dimension_of(text: object, wanted: Wanted, tables: Tables) -> str:
    """The column that a figure can be broken down by and that ``text`` means.

    Raises:
        InputError: none; lists what there are by their names.
    """
    word = str(text).strip()
    known = sorted(columns(wanted, tables))
    named = {one: one for one in known} | {each: one for one in known for each in words_of(one, tables).values()}
    found = dimension_named(word, tables)
    if found in known or found == "week":
        return found
    if word in named:
        return named[word]
    asked = parts_of(wanted, tables)
    near = close(word, [*named, "week"])
    raise InputError(
        f"dimension {word!r} of {find(wanted.indicator).label['zh']}", found="nothing it can be broken down by",
        expected=", ".join(f"{words_of(one, tables)['zh']} ({one})" for one in asked) or "none",
        hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "choose one of these",
    )  # fmt: skip


def column_of(word: str, tables: Tables) -> str:
    """The column that ``word`` means: by its own name, the office's word, or its title; else ``word`` itself."""
    found = dimension_named(word, tables)
    declared = {column.name for table in tables.declared for column in table.columns}
    if found in declared:
        return found
    named = (one for one in sorted(declared) if word in words_of(one, tables).values())
    return next(named, word)


def words_of(dimension: str, tables: Tables) -> dict[str, str]:
    """What a dimension is called in both languages: the office's word, else its column's title, else its name."""
    found = dimension_label(dimension)
    if found["zh"] != dimension:
        return found
    titles = (one.title for table in tables.declared for one in table.columns if one.name == dimension and one.title)
    title = next(titles, "")
    return {"zh": title.removesuffix("代码") or dimension, "en": dimension.removesuffix("_code").replace("_", " ")}


def parts_of(wanted: Wanted, tables: Tables) -> list[str]:
    """The dimensions a person would break a figure down by: words, registers, codes; the week."""
    known = columns(wanted, tables)
    worded = {
        column.name for table in tables.declared for column in table.columns
        if column.name.endswith("_code") or "enum" in column.constraints
    }  # fmt: skip
    found = [one for one in (*registers(tables), *sorted(known)) if one in known and one in worded]
    return [*dict.fromkeys(found), "week"]


def members_of(dimension: str, wanted: Wanted, tables: Tables) -> dict[str, Mapping[str, str]]:
    """The parts of a dimension that are declared, by code, each with its name in both languages."""
    leaf = next(leaves(wanted))
    known = members(dimension, measure_of(leaf, tables).table, tables) or ()
    return {code: part_name(dimension, code, tables) for code in known}


def part_of(dimension: str, value: object, wanted: Wanted, tables: Tables) -> tuple[str, str]:
    """A part of the whole, by the name of its dimension and its own code or name.

    Raises:
        InputError: no such dimension; several parts of that name.
    """
    column, given = dimension_of(dimension, wanted, tables), str(value).strip()
    if isinstance(value, (list, tuple, set, dict)):
        each, name = "+".join(map(str, value)), find(wanted.indicator).label["zh"]
        several = f'total({name}, {dimension}="{each}") is of several; '
        raise InputError(
            f"{words_of(column, tables)['zh']} {given}", found="several parts", expected="one",
            hint=f"{'' if find(wanted.indicator).unit in RATES else several}.by() shows each",
        )  # fmt: skip
    known = members_of(column, wanted, tables)
    if given in known or not known:
        return column, given
    named = [code for code, names in known.items() if given in names.values()]
    if len(named) == 1:
        return column, named[0]
    said = words_of(column, tables)["zh"]
    if named:
        raise InputError(
            f"{said} {given!r}", found=f"{len(named)} of that name", expected="one", hint=f"write {' or '.join(named)}"
        )
    names = {each: code for code, one in known.items() for each in (*one.values(), code)}
    near = list(dict.fromkeys(names[one] for one in close(given, names, 9)))[:3]
    listed = [f"{known[one]['zh']} ({one})" for one in list(known)[:30]]
    raise InputError(
        f"{said} {given!r}", found="no such part", expected=", ".join(listed),
        hint=f"did you mean {' or '.join(known[one]['zh'] + ' (' + one + ')' for one in near)}?" if near
        else "choose one of these",
    )  # fmt: skip
