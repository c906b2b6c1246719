"""A sheet as one HTML page in the layout of a 简报; Chromium prints its PDF from the same page.

Measures follow GB/T 9704: A4, a type area of 156 by 225 mm, 22 lines of 28 characters of 16 points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup, escape

from zt_analysis.reports import fonts, svg
from zt_analysis.terms import label
from zt_analysis.writing import imprint
from zt_analysis.writing.charts import Picture
from zt_analysis.writing.filling import Part, Run, Runs, Sheet, text_of

STYLE = "page.css"
# so many rows are kept on one page
WHOLE = 12


def page(sheet: Sheet, drawn: Mapping[str, Picture], *, outlined: bool = False, pages: int = 0) -> str:
    """The page of ``sheet``; it loads nothing, and is the same bytes each time.

    Args:
        outlined: charts show their letters as outlines: a PDF of the page holds the text alone as text.
        pages: on how many printed pages it stands, the imprint at the foot of the last.
    """
    language = "zh-CN" if sheet.language == "zh" else "en"
    charts = {key: replace(one, svg=one.outlined) for key, one in drawn.items()} if outlined else drawn
    foot = Markup("\n").join(_foot(sheet))
    if pages and foot:
        # printed where the last page ends; unseen where it stands in the text, which keeps that much room
        kinds = (Markup('<footer class="held"'), Markup('<footer class="pinned"'))
        foot = Markup("\n").join(foot.replace(Markup("<footer"), kind) for kind in kinds)
    body = Markup("\n").join([*_masthead(sheet), _main(sheet, charts), foot])
    title = escape(f"{sheet.title} {text_of(sheet.number)}".strip())
    known = "".join(one for one in body if fonts.with_known(one) == one)
    style = fonts.face(known) + (files(__package__) / STYLE).read_text(encoding="utf-8")
    style += f"body{{--pages:{pages}}}" if pages else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _masthead(sheet: Sheet) -> list[Markup]:
    found = [Markup("<header>")]
    found += [Markup('<p class="draft">{}</p>').format(mark) for mark in sheet.marks]
    found.append(Markup('<p class="masthead" style="--n:{}">{}</p>').format(len(sheet.title), sheet.title))
    if sheet.number:
        found.append(Markup('<p class="number">{}</p>').format(_runs(sheet.number)))
    issuer = Markup('<div class="issuer"><p>{}</p><p>{}</p></div>').format(sheet.office, _runs(sheet.date))
    return [*found, issuer, Markup("</header>")]


def _main(sheet: Sheet, drawn: Mapping[str, Picture]) -> Markup:
    found = [Markup("<main>")]
    for is_item, parts in groupby(sheet.parts, lambda part: part.source.kind == "item"):
        blocks = [_part(part, drawn, number) for number, part in enumerate(parts)]
        found += [Markup("<ul>"), *blocks, Markup("</ul>")] if is_item else blocks
    found += [Markup('<p class="note">{}</p>').format(note) for note in sheet.notes]
    return Markup("\n").join([*found, Markup("</main>")])


def _part(part: Part, drawn: Mapping[str, Picture], number: int) -> Markup:
    kind, inside = part.source.kind, _runs(part.runs)
    if kind == "heading":
        level = min(part.source.level, 6)
        return Markup("<h{0}>{1}</h{0}>").format(level, inside)
    if kind == "item":
        return Markup("<li>{}</li>").format(inside)
    if kind == "table":
        return _table(part)
    if kind == "picture":
        one = drawn[part.source.chart]
        words = f"{one.title}。{one.alt}"
        # no text of the page says its title
        chart = Markup(svg.inline(one.svg, f"{one.key}-{part.source.line}", words, titled=True))
        return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(chart, inside)
    return Markup("<p>{}</p>").format(inside)


def _table(part: Part) -> Markup:
    head, *rows = part.rows
    stands = [Markup(' class="{}"').format(one) if one else "" for one in part.source.aligned]
    cells = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(how, _runs(cell)) for how, cell in zip(stands, head, strict=True)
    )
    body = Markup("\n").join(
        Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
            stands[0], _runs(row[0]),
            Markup("").join(
                Markup("<td{}>{}</td>").format(how, _runs(cell)) for how, cell in zip(stands[1:], row[1:], strict=True)
            ),
        )
        for row in rows
    )  # fmt: skip
    # one that fits on a page is not parted; a longer one would leave the rest of the page before it empty
    long = Markup(' class="long"') if len(rows) > WHOLE else ""
    return Markup("<table{}>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(long, cells, body)


def _foot(sheet: Sheet) -> list[Markup]:
    rows = [
        Markup('<p class="both"><span>{}</span> <span>{}</span></p>').format(_runs(row.left), _runs(row.right))
        if row.right
        else Markup('<p style="--n:{:g}">{}</p>').format(row.hang, _runs(row.left))
        for row in imprint.rows(sheet)
    ]
    inside = [Markup('<div class="lists">'), *rows, Markup("</div>")] if rows else []
    if said := imprint.copies(sheet):
        inside.append(Markup('<p class="copies">{}</p>').format(said))
    about = escape(label("write_foot", sheet.language))
    return [Markup('<footer aria-label="{}">').format(about), *inside, Markup("</footer>")] if inside else []


def _runs(runs: Runs) -> Markup:
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    text = escape(run.text)
    if run.figure is not None:
        # which figure it prints stays with the number, as in the .docx
        text = Markup('<data value="{}" data-figure="{}">{}</data>').format(run.figure.exact, run.key, text)
    return Markup("<strong>{}</strong>").format(text) if run.bold else text
