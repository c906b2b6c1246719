"""Figures, their definitions and cases as outputs of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from zt_analysis.figures import Figure
from zt_analysis.indicators import find, source_tables
from zt_analysis.indicators.indicator import Indicator
from zt_analysis.opened import frames, html
from zt_analysis.opened.naming import words_of
from zt_analysis.terms import label
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    from zt_analysis.opened.asked import Asked
    from zt_analysis.opened.catalogue import Catalogue
    from zt_analysis.opened.checking import Checked
    from zt_analysis.opened.open_case import OpenCase

SECTIONS = (
    ("Definition", "定义", "definition"), ("Formula", "算式", "formula"), ("NULL", "空值", "empty cells"),
    ("Source", "出处", "source"),
)  # fmt: skip


def definition(one: Indicator) -> str:
    """A definition as text in both languages."""
    lines = [f"{one.label['zh']}  {one.label['en']}  ({one.id})", f"单位：{UNITS[one.unit].zh}  unit: {_english(one)}"]
    for section, zh, en in SECTIONS:
        said = one.said(section)
        lines += [f"{zh}：{said['zh']}"] * bool(said["zh"]) + [f"{en}: {said['en']}"] * bool(said["en"])
    return "\n".join(lines)


def figure_html(asked: Asked) -> str:
    """The value, its definition, what it is computed from and can be broken down by."""
    indicator, language = find(asked.wanted.indicator), asked.language
    named = [(one, words_of(one, asked.tables)) for one in asked.columns()]
    between = "、" if language == "zh" else ", "
    parts = between.join(words[language] for one, words in named if one.endswith("_code") or words["zh"] != one)
    titled = {one.name: f"{one.name}" for one in asked.tables.declared}
    return html.output(
        html.heading(asked.label[language]),
        Markup('<div class="big">{}</div>').format(asked.display),
        html.note(f"{asked.figure.at} · {asked.wanted.key}"),
        html.facts(
            _facts(indicator, language)
            | {label("opened_tables", language): ", ".join(titled.get(one, one) for one in
                                                            source_tables(asked.wanted, asked.tables))}
        ),
        html.note(label("opened_parts", language).format(names=parts)),
    )  # fmt: skip


def indicator_html(one: Indicator) -> str:
    """A definition: names, unit, sections in both languages."""
    return html.output(
        html.heading(f"{one.label['zh']} · {one.label['en']}"),
        html.note(f"{one.id} · {UNITS[one.unit].zh or '—'} · {one.time}"),
        html.facts(_facts(one)),
    )


def indicator_lines(one: Indicator) -> list[str]:
    """A definition in a few lines."""
    said = one.said("Definition")
    return [
        f"{one.label['zh']}  {one.label['en']}  ({one.id}, {UNITS[one.unit].zh or one.unit})",
        said["zh"] or said["en"],
    ]


def plain_figure_html(one: Figure) -> str:
    """A value with its key."""
    name = find(one.indicator).label
    return html.output(html.heading(f"{name['zh']} · {name['en']}"), _big(one.display()), html.note(one.key))


def plain_figure_lines(one: Figure) -> list[str]:
    """A value with its key in a line."""
    return [f"{find(one.indicator).label['zh']} {one.display()}  {one.key} = {one.exact}"]


def catalogue_frame(found: Catalogue) -> frames.Shown:
    """A row a figure: its names in both languages, unit and definition in that of the case."""
    language = found.language
    rows = [
        [one.id, one.label["zh"], one.label["en"], UNITS[one.unit].zh if language == "zh" else _english(one), one.time,
         one.said("Definition")[language] or one.said("Definition")["zh"]]
        for one in found
    ]  # fmt: skip
    names = ("id", "zh", "en", "unit", "time", "definition")
    heads = {name: label(f"opened_{name}", language) for name in ("id", "unit", "time", "definition")}
    heads |= {"zh": label("opened_figure", language) if language == "zh" else "中文", "en": "name"}
    frame = pd.DataFrame(rows, columns=list(names))
    shown: frames.Shown = frames.named(
        frame, {key: frames.head(word) for key, word in heads.items()}, language=language,
        title=label("opened_found", language).format(count=len(found)),
    )  # fmt: skip
    return shown


def catalogue_html(found: Catalogue) -> str:
    """What was found, as a table."""
    return catalogue_frame(found)._repr_html_()


def case_html(book: OpenCase) -> str:
    """A case: what paper it makes, its days, its package."""
    paper, language = book.paper, book.paper.language
    package = book.tables.package
    return html.output(
        html.heading(f"{label(f'{paper.kind}_title', language)} {paper.case}"),
        html.facts({
            label("page_as_of", language): paper.as_of, label("page_base_on", language): paper.base_on,
            label("page_issued_on", language): paper.issued_on,
            label("opened_tables", language): f"{paper.package} ({len(book.tables.names)})",
        }),
        html.note(label("synthetic_line", language) if package and package.synthetic else ""),
    )  # fmt: skip


def checked_html(one: Checked) -> str:
    """A verdict: what was printed, what was computed, the word with sign and colour, by how much they differ."""
    asked, language = one.asked, one.asked.language
    columns = [label(word, language) for word in ("printed", "computed", "difference", "verdict")]
    row = [one.printed, asked.display, _gap(one), html.badge(one.word, language)]
    title = f"{asked.label[language]} {asked.figure.at}"
    return html.output(html.table(columns, [row], caption=title, numbers=(0, 1, 2)))


def checked_line(one: Checked) -> str:
    """A verdict in a line."""
    asked, language = one.asked, one.asked.language
    gap = f"{label('difference', language)} {_gap(one)}"
    computed = f"{asked.label[language]} {asked.display}"
    return f"{html.text(one.word, language)}: {one.printed} | {computed} | {gap}"


def _gap(one: Checked) -> str:
    between = "" if one.asked.language == "zh" else " "
    return f"{one.difference}{between}{one.unit}" if one.difference else frames.NONE


def _facts(one: Indicator, language: str = "zh") -> dict[str, Any]:
    """What is said of a figure, in both languages, that of the case first."""
    found = {}
    for section, zh, en in SECTIONS:
        said = one.said(section)
        said = {"zh": said["zh"], "en": said["en"]} if language == "zh" else {"en": said["en"], "zh": said["zh"]}
        found[zh if language == "zh" else en] = Markup("<br>").join(
            text for text in dict.fromkeys(said.values()) if text
        )
    return found


def _english(one: Indicator) -> str:
    return UNITS[one.unit].en.strip() or "none"


def _big(words: str) -> Markup:
    return Markup('<div class="big">{}</div>').format(words)
