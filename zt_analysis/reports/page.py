"""The page: what its template needs from an executed notebook, the filled template, the font of its characters."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from zt_analysis import ledger as ledgers
from zt_analysis import params
from zt_analysis.decision import item_of, to_explain
from zt_analysis.errors import InputError
from zt_analysis.project_file import LANGUAGES
from zt_analysis.reports import OfTheRun, fonts
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.cells import cells, charts, failed_cell
from zt_analysis.reports.deciding import deciding
from zt_analysis.reports.downloads import data_uri, figures_csv, figures_xlsx
from zt_analysis.reports.escaping import read_aloud, visible, visible_everywhere
from zt_analysis.reports.findings import badge, claim_row, relation_rows
from zt_analysis.reports.kept_templates import Templates
from zt_analysis.reports.keys import key_figures, since_last
from zt_analysis.reports.layout import layout_of, sections
from zt_analysis.reports.part_tables import part_tables
from zt_analysis.reports.prose import prose
from zt_analysis.reports.raw_rows import worded
from zt_analysis.reports.sentences import page_values, paragraph
from zt_analysis.reports.themes import themes
from zt_analysis.reports.words import HTML_LANGUAGES, Words
from zt_analysis.reviewing import items_of, values_sha256
from zt_analysis.sources import find_root

TEMPLATES = (
    *("report.html.j2", "failure.html.j2", "index.html.j2", "tied.html.j2", "proved.html.j2", "catalogue.html.j2"),
    *("macros.html.j2", "head.html.j2", "prose.html.j2", "part.html.j2"),
)
# what quotes a document of somebody else quotes it as it is written
OWN = ("report.html.j2", "index.html.j2", "catalogue.html.j2", "part.html.j2")
FONT_PLACE = "/*font*/"
_NO_CSS = re.compile(r"""[\x00-\x1f"'\\<>&]+""")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report(
    notebook: Mapping[str, Any],
    signoffs: Sequence[Mapping[str, Any]] = (),
    *,
    neighbours: tuple[str | None, ...] | None = None,
    files: Mapping[str, bytes],
    told: OfTheRun,
) -> str:
    """The report of an executed notebook, with who approved its figures, what moved since a county was missing, what
    it revises, and which files were sent again unchanged.
    """
    ledger = visible_everywhere(ledgers.from_notebook(notebook))
    words = Words(ledger["case"]["language"])
    figures = Figures(ledger, words)
    decision = deciding(ledger, figures)
    drawn = charts(notebook)
    text = prose(figures, drawn)
    layout = layout_of(ledger)
    claims = [claim_row(one, figures) for one in ledger["verdicts"]]
    relations = relation_rows(ledger["relations"], figures)
    found_of = themes(layout.sections, relations, claims)
    return filled(
        "report.html.j2",
        words,
        ledger=ledger,
        case=ledger["case"],
        layout=layout,
        signoffs=_typed(visible_everywhere([_signoff(one) for one in signoffs])),
        moved=visible_everywhere(dict(told.get("moved") or {})),
        missing=words.counties(ledger["summary"].get("missing", []), figures.english),
        revision=_typed(visible_everywhere(dict(revision))) if (revision := told.get("revision")) else None,
        judged_names=ledgers.judged_names(ledger, words.language),
        package=ledger["package"],
        resent=visible_everywhere(list(told.get("resent", ()))),
        **_reviewed(ledgers.from_notebook(notebook), revision),
        figures=figures,
        status=decision["word"],
        decision=decision,
        summary=paragraph(layout.summary, figures, page_values(ledger, figures)),
        claims=claims,
        relations=relations,
        in_themes=[each["relation"]["id"] for one in found_of.values() for each in one["relations"]],
        open_relations=sum(not one["settled"] for one in relations),
        headline=[one for one in part_tables(ledger, figures) if one["key"] == "headline"],
        sections=sections(ledger, figures, drawn, found_of),
        cards=figures.cards(),
        files=sorted(ledger["package"]["files"], key=lambda one: one["matches"] is not False),
        cells=cells(notebook),
        downloads=_downloads(notebook, files),
        neighbours=[*(_neighbours(ledger["case"]["case"]) if neighbours is None else neighbours), None, None, None],
        keys=key_figures(figures, layout, told.get("since")),
        prose=text,
        since=since_last(figures, told.get("since")),
        roles=_roles(signoffs),
    )


def _signoff(one: Mapping[str, Any]) -> dict[str, Any]:
    """A sign-off or review as the template shows it, its ticks by the names that the page has for them."""
    ticked = [{**each, "name": each["id"].partition(":")[2]} for each in one.get("items", ())]
    return {"decision": "", "remark": "", **one, "items": ticked}


def _typed(value: Any) -> Any:
    """Sign-offs or a revision whose names, remarks and reasons, which persons type, may have any character."""
    if isinstance(value, list):
        return [_typed(one) for one in value]
    if isinstance(value, Mapping):
        said = {name: fonts.in_any_font(value[name]) for name in ("by", "remark", "reason") if value.get(name)}
        return {**value, **said, **{name: _typed(value[name]) for name in ("items",) if name in value}}
    return value


def _reviewed(ledger: Mapping[str, Any], revision: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a review of the page is bound to: the checksum of each number and finding, and of all values."""
    whole = {**ledger, "revision": revision} if revision else ledger
    opened = [item_of(one) for one in to_explain(ledger)]
    return {"item_sha256": items_of(ledger), "values_sha256": values_sha256(whole), "to_explain": opened}


def prepare() -> None:
    """Compile the templates and open the font, which the first page otherwise waits for."""
    for name in TEMPLATES:
        _environment().get_template(name)
    fonts.face("0")


def failure(
    case: str, error: Mapping[str, str], notebook: Mapping[str, Any], links: Sequence[tuple[str, str]] = ()
) -> str:
    """The page of a run that did not complete."""
    parameters = visible_everywhere(notebook["metadata"].get("papermill", {}).get("parameters", {}))
    language = parameters.get("language")
    return filled(
        "failure.html.j2",
        Words(language if language in LANGUAGES else LANGUAGES[0]),
        case=visible(case),
        error=visible_everywhere(error),
        failed=failed_cell(notebook),
        links=list(links),
        parameters=parameters,
        cells=cells(notebook),
        status="page_status_failed",
    )


def _downloads(notebook: Mapping[str, Any], files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Name and content of the files that can be taken from the page: those of the run where there are some."""
    ledger = ledgers.from_notebook(notebook)
    stem = f"figures-{ledger['case']['case']}"
    csv = files.get("figures.csv") or figures_csv(ledger)
    xlsx = files.get("figures.xlsx") or figures_xlsx(ledger)
    return [(f"{stem}.csv", data_uri(csv, "text/csv;charset=utf-8")), (f"{stem}.xlsx", data_uri(xlsx, XLSX))]


def _neighbours(case: str) -> tuple[str | None, ...]:
    """The cases before, after and of the same day; none where the page is made away from its project."""
    try:
        return (*params.neighbours(case, find_root()), params.beside(case, find_root()))
    except InputError:
        return ()


def _roles(signoffs: Sequence[Mapping[str, Any]]) -> list[str]:
    """The roles that nobody has signed in yet."""
    return [role for role in ("maker", "checker") if all(one["role"] != role for one in signoffs)]


def filled(template: str, words: Words, **context: Any) -> str:
    """A template of the house, with its words, style and the font of the characters it uses."""
    environment = _environment()
    page = environment.get_template(template).render(
        w=words,
        language=words.language,
        html_language=HTML_LANGUAGES[words.language],
        code=_code,
        in_css=_in_css,
        worded=worded,
        badge=partial(badge, language=words.language),
        table_number=_table_counter(),
        **context,
    )
    if template in OWN:
        page = read_aloud(page)
    return page.replace(FONT_PLACE, fonts.face(page), 1)


def _code(text: str) -> Markup:
    """Escaped text of an element, where quotes need no escape: SQL is full of them."""
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))


def _in_css(text: str) -> Markup:
    """Text as a string of a style sheet, without the characters that mean something there or to the page around it."""
    return Markup(_NO_CSS.sub(" ", str(text)))


@cache
def _environment() -> Environment:
    folder = files("zt_analysis.reports") / "templates"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in TEMPLATES}
    environment = Templates(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (folder / "page.css").read_text(encoding="utf-8")
    script = (folder / "page.js").read_text(encoding="utf-8").strip()
    environment.globals |= {"style": Markup(style), "script": Markup(script), "script_hash": script_hash(script)}
    return environment


def script_hash(script: str) -> str:
    """What a content security policy calls the one script that may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _table_counter() -> Callable[[], int]:
    """Numbers for the tables in the order they are shown."""
    numbers = iter(range(1, 1000))
    return lambda: next(numbers)
