"""What commands print of a case: verdicts, relations, figures, rules, what was restated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from zt_analysis.decision import counts, decide, unheld
from zt_analysis.errors import InputError
from zt_analysis.indicators.computing import check
from zt_analysis.indicators.dimensions import dimension_label, dimension_named
from zt_analysis.ledger import failures, judged_names, listed
from zt_analysis.show.printing import COLOURS, console, print_rows
from zt_analysis.terminal import counted
from zt_analysis.terms import label

if TYPE_CHECKING:
    import pandas as pd

    from zt_analysis.bulletins import Paper
    from zt_analysis.checks import Review
    from zt_analysis.rules import Breaches
    from zt_analysis.runs.restatement import Restatement
    from zt_analysis.sources import Tables

SHOWN_ROWS = 20


def ledger(found: Mapping[str, Any]) -> None:
    """Verdicts on all claims, relations, and the summary, with what fails said last and in words."""
    language = found["case"]["language"]
    out = console(speaking=True)
    out.print(_claims(found, language))
    out.print(_relations(found, language))
    if found["package"]["synthetic"]:
        out.print(label("synthetic_line", language), style="yellow")
    for line in failures(found, language):
        out.print(Text(line, style="bold red"))
    decided(found)


def decided(found: Mapping[str, Any]) -> None:
    """The decision: its word, the counts, and what is open, with what would settle it."""
    language = found["case"]["language"]
    out, decision = console(speaking=True), decide(found)
    comma = "；" if language == "zh" else "; "
    for one in decision["lines"]:
        style = COLOURS.get(decision["word"], "")
        out.print(Text(f"{one['text'][language]}{comma}{one['settle'][language]}", style=style), soft_wrap=True)
    if decision["more"]:
        out.print(label("decision_more", language).format(count=decision["more"]))
    for line in counts(decision, language):
        out.print(line, soft_wrap=True)
    why = unheld(decision, language)
    if why:
        out.print(Text(f"{label('decision_why', language)}{why}", style="dim"), soft_wrap=True)
    out.print(Text(_word(decision, language), style=COLOURS.get(decision["word"], "bold green")), soft_wrap=True)


def figures(review: Review, dimension: str | None, form: str) -> None:
    """The figures of a case, whole or by one dimension."""
    frame = _broken_down(review, dimension_named(dimension, review.tables)) if dimension is not None else _whole(review)
    print_rows(list(frame.columns), frame.to_numpy().tolist(), form, speaking=True)
    for line in [] if dimension else _absent(review):
        console(stderr=True).print(Text(line, style="yellow"), soft_wrap=True)


def _absent(review: Review) -> Iterator[str]:
    """Why a figure that was asked for has no value, where its rows were not reported."""
    for one, figure in zip(review.wanted, review.figures.values(), strict=True):
        try:
            check([one] if figure.exact is None else [], review.tables)
        except InputError as error:
            yield f"no figure {figure.key}: {error}"


def rules(found: list[Breaches], tables: Tables, paper: Paper, *, split: str | None, form: str) -> None:
    """Rules with what breaks them; with ``split``, a dimension, one row for each part that breaks one.

    The rows of a single rule show what the case's ``rows`` allows.
    """
    from zt_analysis.checks.samples import first_rows
    from zt_analysis.rules import by_part, refuse_no_part

    language = paper.language
    columns = [label(word, language) for word in ("rule", "title", "severity", "checked", "breaking", "status")]
    rows = [
        [one.rule.id, one.rule.title[language], label(one.rule.severity, language), one.checked,
         one.breaking, label(one.status, language)]
        for one in found
    ]  # fmt: skip
    if split is not None:
        by = dimension_named(split, tables)
        refuse_no_part(found, by, split)
        columns = [label("rule", language), dimension_label(by)[language], label("breaking", language)]
        late = label("not_received", language)
        rows = [
            [one.rule.id, part, late if breaking is None else breaking]
            for one in found
            for part, breaking in by_part(one, tables, by).itertuples(index=False)
        ]
    print_rows(columns, rows, form)
    if form == "table" and len(found) == 1 and split is None:
        first = first_rows(found[0].rows, tables, allowed=paper.rows, most=SHOWN_ROWS)
        print_rows(first["columns"], first["rows"], form)
        console().print(label("rows_shown", language).format(rows=paper.rows), style="dim", soft_wrap=True)


def restated(found: Restatement, language: str) -> None:
    """The figures and sentences of a published case that no longer hold."""
    out = console(speaking=True)
    for one in found.moved:
        counties = ", ".join(part[language] for part in one.parts)
        values = f"{one.before['display'][language]} -> {one.now['display'][language]} ({one.difference(language)})"
        line = f"{found.case}  {one.now['label'][language]} {one.now['at']}: {values}  {counties}"
        out.print(Text(line, style="bold red" if one.shown else "yellow"), soft_wrap=True)
    for key in found.missing:
        out.print(Text(f"{found.case}  {key}: no longer computed", style="bold red"), soft_wrap=True)
    names = judged_names(found.ledger, found.ledger["case"]["language"])
    for name, before, after in found.verdicts:
        out.print(Text(f"{found.case}  {names.get(name, name)}: {before} -> {after}", style="bold red"), soft_wrap=True)
    for before, now in found.sentences:
        out.print(Text(f"{found.case}  - {before}", style="red"), soft_wrap=True)
        out.print(Text(f"{found.case}  + {now}", style="green"), soft_wrap=True)
    out.print(
        f"{found.case}: {counted(found.compared, 'figure recomputed')}, {len(found.moved)} moved; "
        f"{counted(len(found.sentences), 'sentence')} to change",
        soft_wrap=True,
    )


def completed(moved: Mapping[str, Any], language: str) -> None:
    """What moved in a case since it was published without some counties."""
    out = console()
    none, english = label("page_moved_none", language), moved.get("english", {})
    note = label("page_moved_untold" if moved.get("untold") else "page_moved_note", language).format(
        counties=listed(moved["missing"], english, language),
        arrived=listed(moved["arrived"], english, language) or none,
        compared=moved["compared"], moved=len(moved["figures"]),
    )  # fmt: skip
    out.print(Text(f"{label('page_moved', language)}: {note}", style="bold yellow"), soft_wrap=True)
    for one in moved["figures"]:
        values = f"{one['before'][language]} -> {one['now'][language]} ({one['difference'][language]})"
        out.print(f"  {one['label'][language]} {one['at']}: {values}", soft_wrap=True)


def revision(found: Mapping[str, Any], language: str) -> None:
    """What an edition moved against the one before it."""
    out = console()
    for one in found["figures"]:
        values = f"{one['before'][language]} -> {one['now'][language]}"
        out.print(Text(f"{one['label'][language]} {one['at']}: {values}", style="bold" if one["shown"] else ""))
    for before, now in found["sentences"]:
        out.print(Text(f"- {before}", style="red"), soft_wrap=True)
        out.print(Text(f"+ {now}", style="green"), soft_wrap=True)
    counts = ", ".join(counted(len(found[f"{name}s"]), name) for name in ("figure", "sentence", "verdict"))
    out.print(f"edition v{found['edition']} in place of v{found['former']}: {counts} moved; {found['reason']}")


def _whole(review: Review) -> pd.DataFrame:
    import pandas as pd

    from zt_analysis.reports.downloads import figure_rows

    return pd.DataFrame(figure_rows(review.ledger))


def _broken_down(review: Review, column: str) -> pd.DataFrame:
    import pandas as pd

    from zt_analysis.indicators import Wanted, breakdown, indicators

    frames, refused, late = [], None, label("not_received", review.paper.language)
    for name in indicators():
        wanted = Wanted(name, review.paper.period)
        try:
            frame = breakdown(name, review.tables, review.paper.period, by=[column])
        except InputError as error:
            refused = error
            continue
        if "received" in frame:
            frame.loc[~frame.pop("received").astype(bool), ["exact", "value"]] = late
        frame.insert(0, "indicator", name)
        frame.insert(1, "at", wanted.at)
        frames.append(frame)
    if not frames:
        assert refused is not None
        raise refused
    return pd.concat(frames, ignore_index=True)


def _claims(found: Mapping[str, Any], language: str) -> Table:
    table = Table(title=f"{found['case']['title'][language]} {found['case']['case']}")
    for word in ("claim", "figure", "printed", "computed", "difference", "verdict"):
        table.add_column(label(word, language), justify="right" if word in ("printed", "computed") else "left")
    for one in found["verdicts"]:
        computed = one["computed"][language] if one["computed"] else "—"
        verdict = Text(label(one["verdict"], language), style=COLOURS.get(one["verdict"], ""))
        table.add_row(one["claim"], one["label"][language], one["surface"], computed, one["difference"] or "—", verdict)
    return table


def _relations(found: Mapping[str, Any], language: str) -> Table:
    table = Table()
    for word in ("relation", "title", "left", "right", "imbalance", "severity", "status"):
        table.add_column(label(word, language))
    for one in found["relations"]:
        sides = [one["display"][side][language] for side in ("left", "right", "imbalance")]
        status = Text(label(one["status"], language), style=COLOURS.get(one["status"], ""))
        table.add_row(one["id"], one["title"][language], *sides, label(one["severity"], language), status)
    return table


def _word(decision: Mapping[str, Any], language: str) -> str:
    """The word; where something is to be done, what the numbers alone would have."""
    word = label(decision["word"], language)
    if not decision["to_do"]:
        return word
    numbers, colon = label("decision_checking", language), label("page_colon", language)
    to_do = label("decision_tasks", language).format(count=sum(decision["to_do"].values()))
    return f"{word} ({numbers}{colon}{label(decision['checking'], language)} · {to_do})"
