"""Pieces of HTML for a notebook's output: tables, badges, styles that reach nothing else on the page.

Colours come from the text's own (``currentColor``), so that a light and a dark page read alike; the few that say
something have a pair. Every rule begins with ``.zt-out``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from zt_analysis.reports.findings import SIGNS
from zt_analysis.terms import label

SHORT = 22
_LIGHT = "--zt-good:#00694d;--zt-bad:#b3261e;--zt-open:#8a5300;--zt-known:#4a5560"
_DARK = "--zt-good:#5fd3ab;--zt-bad:#ff9c94;--zt-open:#f2bd5b;--zt-known:#b4bec8"
_LINE = "1px solid color-mix(in srgb,currentColor 22%,transparent)"
STYLE = Markup(
    "<style>"
    f".zt-out{{{_LIGHT};color:inherit;font-size:13px;line-height:1.5;max-width:100%;overflow-x:auto}}"
    f'body[data-jp-theme-light="false"] .zt-out,body.vscode-dark .zt-out{{{_DARK}}}'
    f"@media (prefers-color-scheme:dark){{body:not([data-jp-theme-light]):not([class*=vscode]) .zt-out{{{_DARK}}}}}"
    ".zt-out table.zt{border-collapse:collapse;margin:.3em 0;color:inherit;background:none;border:0;font-size:13px}"
    ".zt-out table.zt caption{caption-side:top;text-align:left;font-weight:600;padding:0 0 .3em;color:inherit}"
    f".zt-out table.zt th,.zt-out table.zt td{{padding:.2em .7em;border:0;border-bottom:{_LINE};text-align:left;"
    "vertical-align:top;background:none;color:inherit;white-space:normal;overflow-wrap:break-word;max-width:30em}"
    ".zt-out table.zt th{font-weight:600}.zt-out table.zt .s{white-space:nowrap}"
    ".zt-out table.zt td:not(.s):not(.n){min-width:14em}"
    ".zt-out table.zt .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".zt-out table.zt tr.sum>*{font-weight:600;border-top:2px solid currentColor}"
    ".zt-out .note{opacity:.75;font-size:12px;margin:.2em 0}"
    ".zt-out .big{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}"
    ".zt-out .good{color:var(--zt-good)}.zt-out .bad{color:var(--zt-bad)}"
    ".zt-out .open{color:var(--zt-open)}.zt-out .known{color:var(--zt-known)}"
    ".zt-out .badge{font-weight:600;white-space:nowrap;background:none;padding:0}"
    ".zt-out dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:.3em 0}"
    ".zt-out dt{font-weight:600}.zt-out dd{margin:0;overflow-wrap:anywhere}"
    ".zt-out dl>dt,.zt-out dl>dd{float:none;width:auto}"
    ".zt-out mark{background:none;color:inherit;border-bottom:2px solid currentColor;padding:0 .1em}"
    ".zt-out mark.good{color:var(--zt-good)}.zt-out mark.bad{color:var(--zt-bad)}"
    ".zt-out mark.open{color:var(--zt-open)}.zt-out mark.known{color:var(--zt-known)}"
    ".zt-out pre{white-space:pre-wrap;background:none;color:inherit;margin:.3em 0}"
    "</style>"
)


def output(*pieces: object) -> str:
    """Pieces as one output of a cell, with their style."""
    return str(Markup('<div class="zt-out">{}{}</div>').format(STYLE, Markup("").join(map(escape, pieces))))


def badge(word: str, language: str) -> Markup:
    """A status: its sign, colour and word."""
    sign, kind = SIGNS.get(word, ("○", "known"))
    return Markup('<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>').format(
        kind, sign, label(word, language)
    )


def text(word: str, language: str) -> str:
    """A status as text: sign and word."""
    return f"{SIGNS.get(word, ('○', ''))[0]} {label(word, language)}"


def note(words: object) -> Markup:
    """A line in small print; nothing where there are no words."""
    return Markup('<p class="note">{}</p>').format(words) if words else Markup("")


def table(
    columns: Sequence[object], rows: Iterable[Sequence[object]], *, caption: object = "", numbers: Iterable[int] = (),
    sums: Iterable[int] = (),
) -> Markup:  # fmt: skip
    """A table; ``numbers`` are the columns that hold numbers, ``sums`` the rows that add the others up."""
    right, added = set(numbers), set(sums)
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_kind(one, place in right), one) for place, one in enumerate(columns)
    )
    body = Markup("").join(
        Markup("<tr{}>{}</tr>").format(
            Markup(' class="sum"') if number in added else "",
            Markup("").join(
                Markup("<td{}>{}</td>").format(_kind(cell, place in right), cell) for place, cell in enumerate(row)
            ),
        )
        for number, row in enumerate(rows)
    )
    said = Markup("<caption>{}</caption>").format(caption) if caption else ""
    return Markup('<table class="zt">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(said, head, body)


def facts(said: Mapping[str, object]) -> Markup:
    """Names with what is said of each; those of which nothing is said are left out."""
    return Markup("<dl>{}</dl>").format(
        Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(name, words) for name, words in said.items() if words)
    )


def heading(words: object) -> Markup:
    """The first line of an output."""
    return Markup("<div><strong>{}</strong></div>").format(words)


def code(words: str) -> Markup:
    """Text as it is written."""
    return Markup("<pre>{}</pre>").format(escape(words))


def _kind(cell: object, is_number: bool) -> Markup:
    """A number stands at the right; few words stay in one line, as Chinese ones could break at any character."""
    if is_number:
        return Markup(' class="n"')
    return (
        Markup(' class="s"')
        if len(Markup(cell).striptags() if isinstance(cell, Markup) else str(cell)) <= SHORT
        else Markup("")
    )
