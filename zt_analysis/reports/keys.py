"""The figures of the first screen: value, change since the last issue and since the base date, a line, a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from markupsafe import Markup, escape

from zt_analysis.figures import signed_display
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.findings import SIGNS, mark_of
from zt_analysis.reports.section import Layout
from zt_analysis.terms import label

Record = Mapping[str, Any]
KEYS = 6
_KEY = re.compile(r"(\w+)(?:\[(\w+)\])?")
_SHOWN = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?")
# the line of a figure, in pixels
WIDE, HIGH, EDGE = 84, 22, 3


def key_figures(figures: Figures, layout: Layout, since: Record | None) -> list[dict[str, Any]]:
    """The key figures, each with what is said beside it; a change that cannot be told is a dash with its reason.

    Where no issue before was published nothing is said of it beside each: ``since_last`` says so once.
    """
    return [_key_figure(key, figures, since) for key in _keys(figures, layout)[:KEYS]]


def since_last(figures: Figures, since: Record | None) -> dict[str, Any]:
    """What changed since the last issue: one line, and each figure of both issues."""
    words = figures.words
    if since is None:
        return {"said": words("page_since_none"), "rows": []}
    if not since["published"]:
        return {"said": words("page_since_first") if since["case"] is None else _not_run(figures, since), "rows": []}
    pairs = [(key, then) for key, then in since["figures"].items() if key in figures.records]
    rows = [_row(key, then, figures) for key, then in pairs if not _at_base(key, figures)]
    return {
        "case": since["case"],
        "said": words(
            "page_since_counts", case=since["case"], compared=words.count(len(rows)),
            moved=words.count(sum(one["moved"] for one in rows)), restated=words.count(len(since["moved"])),
            definitions=words.count(len(since["definitions"])), corrections=words.count(since["corrections"]),
            opened=words.count(len(since["opened"])), closed=words.count(len(since["closed"])),
            expired=words.count(len(since["expired"])),
        ),
        "lines": list(_lines(since, figures)),
        "rows": [one for one in rows if one["moved"]],
    }  # fmt: skip


def _keys(figures: Figures, layout: Layout) -> list[str]:
    named = (_KEY.fullmatch(one) for one in layout.keys)
    asked = (figures.find_part(one[1], one[2] or "") for one in named if one)
    found = [one for one in asked if one]
    if not found:
        headlines = (one["figure"] for one in figures.ledger["verdicts"] if one["headline"] and one["figure"])
        found = [key for key in headlines if not _at_base(key, figures)]
    return list(dict.fromkeys(found))


def _key_figure(key: str, figures: Figures, since: Record | None) -> dict[str, Any]:
    record = figures.records[key]
    word = mark_of(key, figures) or "page_not_printed"
    sign, kind = SIGNS.get(word, ("○", "known"))
    return {
        "name": figures.words.plain(record["label"]),
        "number": figures.number(key),
        "last": _since_last(key, figures, since),
        "base": _since_base(key, figures),
        "line": _line(key, figures, since),
        "sign": sign,
        "kind": kind,
        "word": label(word, figures.words.language),
        "claim": next((one for one in figures.ledger["verdicts"] if one["figure"] == key), None),
    }


def _since_last(key: str, figures: Figures, since: Record | None) -> Markup | None:
    if since is None or not since["published"]:
        return None
    if since["figures"].get(key) is None or figures.records[key]["exact"] is None:
        return _dash(figures, "page_since_no_figure", case=since["case"])
    return _difference(figures.records[key], since["figures"][key], figures)


def _since_base(key: str, figures: Figures) -> Markup:
    record = figures.records[key]
    change = figures.find(f"{record['indicator']}_change", record["scope"])
    base = figures.find(record["indicator"], record["scope"], at_base=True)
    if base and base != key and None not in (record["exact"], figures.records[base]["exact"]):
        shown = _difference(record, figures.records[base]["exact"], figures)
        return Markup('<a href="#{}">{}</a>').format(figures.anchors[change or base], shown)
    if "/" in str(record["at"]):
        return _dash(figures, "page_base_flow")
    return _dash(figures, "page_base_term" if not str(record["at"])[-2:].isdigit() else "page_base_none")


def _difference(record: Record, then: str, figures: Figures) -> Markup:
    moved = Fraction(record["exact"]) - Fraction(then)
    unit = "ratio_change" if record["unit"] == "ratio" else record["unit"]
    shown = signed_display(moved, unit, figures.words.language)
    arrow = "↑" if moved > 0 else "↓" if moved < 0 else "＝"
    return Markup('<span aria-hidden="true">{}</span>{}').format(arrow, _as_shown(shown))


def _as_shown(shown: str) -> Markup:
    """A number that the ledger does not hold, tagged with what is read of it.

    The halves of an exact ratio are long runs of digits, which fit a telephone's by chance; a ledger's own are known.
    """
    found = _SHOWN.search(shown)
    value = found.group().replace(",", "").replace("−", "-") if found else ""
    return Markup('<data value="{}">{}</data>').format(value, shown)


def _dash(figures: Figures, reason: str, **values: object) -> Markup:
    return Markup('— <span class="reason">{}</span>').format(figures.words(reason, **values))


def _not_run(figures: Figures, since: Record) -> Markup:
    altered = since["case"] in since.get("altered", ())
    return figures.words("page_since_altered" if altered else "page_since_not_run", case=since["case"])


def _at_base(key: str, figures: Figures) -> bool:
    return bool(figures.records[key]["at"] == figures.ledger["case"].get("base_on"))


def _row(key: str, then: str | None, figures: Figures) -> dict[str, Any]:
    record = figures.records[key]
    known = then is not None and record["exact"] is not None
    return {
        "name": figures.link(key),
        "then": _shown(then, record, figures),
        "now": figures.number(key),
        "difference": _difference(record, str(then), figures) if known else escape("—"),
        "moved": then != record["exact"],
    }


def _lines(since: Record, figures: Figures) -> Iterator[Markup]:
    """What has to be read: published numbers that are others now, definitions and exceptions by name."""
    words = figures.words
    comma = words("chart_comma")
    if since.get("altered"):
        yield words("page_since_without", names=comma.join(since["altered"]))
    for one in since["moved"]:
        record = figures.records.get(one["key"])
        if record is not None:
            before = _shown(one["before"], record, figures)
            yield words("page_since_restated", name=figures.dated(one["key"]), before=before,
                        now=figures.number(one["key"]))  # fmt: skip
    if since["definitions"]:
        named = {one["indicator"]: key for key, one in reversed(figures.records.items())}
        found = [figures.link(named[one]) for one in since["definitions"] if one in named]
        yield words("page_since_defined", names=comma.join(found))
    for what in ("opened", "closed", "expired"):
        if since[what]:
            yield words(f"page_since_{what}", names=comma.join(_exceptions(since[what], figures)))


def _exceptions(names: Sequence[str], figures: Figures) -> list[Markup]:
    link = Markup('<a href="#{}">{}</a>')
    known = figures.claims | figures.relations
    return [link.format(known[name], name) for name in names if name in known]


def _shown(exact: str | None, record: Record, figures: Figures) -> Markup:
    if exact is None:
        return Markup("—")
    shown = signed_display(Fraction(exact), record["unit"], figures.words.language, plus=False)
    return _as_shown(shown)


def _line(key: str, figures: Figures, since: Record | None) -> Markup:
    """The figure in the issues before, at the base date and now, as a small line; nothing for a single point."""
    record, words = figures.records[key], figures.words
    if record["exact"] is None:
        return Markup("")
    points = {day: Fraction(exact) for day, exact in (since or {}).get("line", {}).get(key, [])}
    base = figures.find(record["indicator"], record["scope"], at_base=True)
    if base and figures.records[base]["exact"] is not None:
        points.setdefault(str(figures.ledger["case"]["base_on"]), Fraction(figures.records[base]["exact"]))
    points[str(figures.ledger["case"].get("as_of", "9999"))] = Fraction(record["exact"])
    if len(points) < 2:
        return Markup("")
    values = [points[day] for day in sorted(points)]
    low, span = min(values), max(values) - min(values)
    step = Fraction(WIDE - 2 * EDGE, len(values) - 1)
    places = [(float(EDGE + number * step), _height(value - low, span)) for number, value in enumerate(values)]
    first, last = sorted(points)[0], sorted(points)[-1]
    said = words("page_line", first=first, last=last, count=len(values)).striptags()
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><polyline points="{}" fill="none"/>'
        '<circle cx="{:.1f}" cy="{:.1f}" r="2.5"/></svg>'
    ).format(WIDE, HIGH, said, drawn, *places[-1])


def _height(above: Fraction, span: Fraction) -> float:
    return float(HIGH - EDGE - above / span * (HIGH - 2 * EDGE)) if span else HIGH / 2
