"""What the commands print: tables for a terminal, CSV and JSON for a pipe."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zt_analysis import params
from zt_analysis.errors import InputError
from zt_analysis.ledger import failures
from zt_analysis.terms import label

if TYPE_CHECKING:
    import pandas as pd

    from zt_analysis.checks import Review
    from zt_analysis.rules import Breaches
    from zt_analysis.runs import Agreement, Restatement
    from zt_analysis.runs.batch import Result
    from zt_analysis.sources import Tables
    from zt_analysis.tying import TieOut

COLOURS = {"differs": "bold red", "fails": "bold red", "stale": "bold red", "no_source": "red", "not_derivable": "red"}
TIE_COLOURS = {"differs": "bold red", "unit_differs": "bold red", "ambiguous": "yellow", "unproven": "yellow"}
COLOURS |= {"failed": "bold red", "inputs_changed": "yellow"}
WIDTH_WITHOUT_TERMINAL = 140
SHOWN_ROWS = 20


def console() -> Console:
    """A console as wide as the terminal, or wide enough for the tables where there is none."""
    return Console() if sys.stdout.isatty() else Console(width=WIDTH_WITHOUT_TERMINAL, highlight=False)


def ledger(found: Mapping[str, Any]) -> None:
    """Verdicts on all claims, relations, and the summary, with what fails said last and in words."""
    language = found["case"]["language"]
    out = console()
    out.print(_claims(found, language))
    out.print(_relations(found, language))
    if found["package"]["synthetic"]:
        out.print(label("synthetic_line", language), style="yellow")
    for line in failures(found, language):
        out.print(Text(line, style="bold red"))
    out.print(_summary(found, language))


def files(folder: Path) -> None:
    """The files a run left."""
    for path in sorted(folder.iterdir()):
        print(path)


def progress(results: Iterable[Result], total: int) -> Iterator[Result]:
    """Hand on the results of a batch and tell of each: one line a case, and a bar below them on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    out = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("", total=total)
        for number, result in enumerate(results, start=1):
            line = f"[{number}/{total}] {result.case}: {result.status}, {result.seconds:.1f} s"
            out.print(Text(line, style=COLOURS.get(result.status, "")), soft_wrap=True)
            bar.advance(task)
            yield result


def summary(results: Sequence[Result]) -> None:
    """How the cases of a batch ended: what was wrong with each failed one, then the counts."""
    out = console()
    for result in results:
        if result.message:
            out.print(Text(f"{result.case}: {result.message}", style="bold red"), soft_wrap=True)
    counts = Counter(result.status for result in results)
    words = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(counts.items()))
    out.print(f"{len(results)} cases: {words}", highlight=False)


def figures(review: Review, dimension: str | None, form: str) -> None:
    """The figures of a case, whole or by one dimension."""
    frame = _broken_down(review, _column(dimension)) if dimension else _whole(review)
    _print_rows(list(frame.columns), frame.to_numpy().tolist(), form)


def rules(found: list[Breaches], tables: Tables, *, language: str, split: bool, form: str) -> None:
    """Rules with what breaks them; with ``split``, one row for each county that breaks one."""
    from zt_analysis.rules import by_county

    columns = [label(word, language) for word in ("rule", "title", "severity", "checked", "breaking", "status")]
    rows = [
        [one.rule.id, label(one.rule.title_key, language), label(one.rule.severity, language), one.checked,
         one.breaking, label(one.status, language)]
        for one in found
    ]  # fmt: skip
    if split:
        columns = [label(word, language) for word in ("rule", "county_code", "breaking")]
        rows = [[one.rule.id, *row] for one in found for row in by_county(one, tables).itertuples(index=False)]
    _print_rows(columns, rows, form)
    if form == "table" and len(found) == 1 and not split:
        first = tables.rows(found[0].rows.order_by(list(found[0].rows.columns)).limit(SHOWN_ROWS))
        _print_rows(list(found[0].rows.columns), [list(row.values()) for row in first], form)


def frame(content: pd.DataFrame, form: str) -> None:
    """A data frame as a table, CSV or JSON."""
    _print_rows(list(content.columns), content.to_numpy().tolist(), form)


def run_line(case: str, found: Mapping[str, Any]) -> None:
    """One line about a completed run, and a line for each thing that fails."""
    language = found["case"]["language"]
    out = console()
    out.print(f"{case}  {_summary(found, language)}", soft_wrap=True)
    for line in failures(found, language):
        out.print(Text(f"{case}  {line}", style="bold red"), soft_wrap=True)


def agreement(found: Agreement, wanted: int, done: int) -> None:
    """Whether cases agree on the figures that several of them state."""
    out = console()
    for one in found.disagreements:
        values = "; ".join(f"{case} {value}" for case, value in one.values.items())
        out.print(Text(f"{one.label['zh']} {one.label['en']} {one.at}: {values}", style="bold red"), soft_wrap=True)
    out.print(
        f"{done} of {wanted} cases done; {found.shared} figures are stated by several cases, "
        f"{len(found.disagreements)} of them with different values",
        soft_wrap=True,
    )


def restated(found: Restatement, language: str) -> None:
    """The figures and sentences of a published case that no longer hold."""
    out = console()
    for one in found.moved:
        counties = ", ".join(county[language] for county in one.counties)
        values = f"{one.before['display'][language]} -> {one.now['display'][language]} ({one.difference(language)})"
        line = f"{found.case}  {one.now['label'][language]} {one.now['at']}: {values}  {counties}"
        out.print(Text(line, style="bold red" if one.shown else "yellow"), soft_wrap=True)
    for key in found.missing:
        out.print(Text(f"{found.case}  {key}: no longer computed", style="bold red"), soft_wrap=True)
    for before, now in found.sentences:
        out.print(Text(f"{found.case}  - {before}", style="red"), soft_wrap=True)
        out.print(Text(f"{found.case}  + {now}", style="green"), soft_wrap=True)
    out.print(
        f"{found.case}: {found.compared} published figures recomputed, {len(found.moved)} moved, "
        f"{len(found.sentences)} sentences no longer hold",
        soft_wrap=True,
    )


def mentions(found: list[dict[str, Any]], form: str) -> None:
    """The numbers of a text, one row each."""
    columns = ("surface", "value", "unit", "qualifier", "kind", "direction", "per", "role", "start", "end")
    _print_rows(list(columns), [[_joined(one[column]) for column in columns] for one in found], form)


def _joined(cell: Any) -> str:
    return " to ".join(cell) if isinstance(cell, list) else str("" if cell is None else cell)


def tied(found: TieOut, language: str, form: str) -> None:
    """A tie-out: every number with what it is, then what is to be settled, then the coverage."""
    from zt_analysis.tying import record

    if form == "json":
        print(json.dumps(record(found), ensure_ascii=False, indent=1))
        return
    out = console()
    table = Table(
        *(label(word, language) for word in ("printed", "tied_place", "verdict", "page_label", "tie_expected"))
    )
    for one in found.ties:
        verdict = Text(label(one.status, language), style=TIE_COLOURS.get(one.status, ""))
        said = (one.name or one.reason or {}).get(language, "") or "; ".join(name[language] for name in one.candidates)
        table.add_row(
            " ".join(one.mention.surface.split()),
            one.place[language],
            verdict,
            said,
            (one.expected or {}).get(language, ""),
        )
    out.print(table)
    for remark in found.remarks:
        out.print(Text(f"{remark.place[language]}: {remark.text[language]}", style="bold red"), soft_wrap=True)
    for figure in found.unprinted:
        out.print(f"{label('tied_unprinted', language)} {figure.key} {figure.display(language)}", soft_wrap=True)
    for one_claim in found.misread:
        words = label("tied_misread", language).format(**one_claim)
        out.print(Text(f"{words} {one_claim[language]}", style="red"), soft_wrap=True)
    counts = "; ".join(f"{word} {count}" for word, count in found.counts.items())
    out.print(f"{counts}; coverage {float(found.coverage):.1%}; wrong {len(found.wrong)}", soft_wrap=True)


def _print_rows(columns: list[str], rows: list[list[Any]], form: str) -> None:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=columns)
    if form == "csv":
        print(frame.to_csv(index=False), end="")
    elif form == "json":
        print(json.dumps(json.loads(frame.astype(str).to_json(orient="records")), ensure_ascii=False, indent=1))
    else:
        table = Table(*columns)
        for row in rows:
            table.add_row(*("—" if cell is None else str(cell) for cell in row))
        console().print(table)


def cases(root: Path) -> None:
    """Each case with its as-of date and the status of its last run."""
    table = Table("case", "notebook", "as of", "last run")
    for case in params.cases(root):
        found = params.load(case, root)
        table.add_row(case, str(found.get("notebook")), str(found.get("as_of")), _last_status(root / "outputs" / case))
    console().print(table)


def _last_status(folder: Path) -> str:
    words = [_status(folder), _status(folder.with_name(f"{folder.name}.failed"))]
    return "; ".join(word for word in words if word) or "not run"


def _status(folder: Path) -> str:
    try:
        return str(json.loads((folder / "run.json").read_text(encoding="utf-8"))["status"])
    except (OSError, ValueError, KeyError):
        return ""


def _whole(review: Review) -> pd.DataFrame:
    import pandas as pd

    from zt_analysis.reports.downloads import figure_rows

    return pd.DataFrame(figure_rows(review.ledger))


def _broken_down(review: Review, column: str) -> pd.DataFrame:
    import pandas as pd

    from zt_analysis.indicators import INDICATORS, Wanted, breakdown

    frames, refused = [], None
    for name in INDICATORS:
        wanted = Wanted(name, review.paper.period)
        try:
            frame = breakdown(name, review.tables, review.paper.period, by=[column])
        except InputError as error:
            refused = error
            continue
        frame.insert(0, "indicator", name)
        frame.insert(1, "at", wanted.at)
        frames.append(frame)
    if not frames:
        assert refused is not None
        raise refused
    return pd.concat(frames, ignore_index=True)


def _column(dimension: str) -> str:
    return "county_code" if dimension == "county" else dimension


def _claims(found: Mapping[str, Any], language: str) -> Table:
    table = Table(title=f"{label('bulletin_title', language)} {found['case']['case']}")
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


def _summary(found: Mapping[str, Any], language: str) -> str:
    summary = found["summary"]
    counts = [
        f"{label(word, language)} {count}"
        for part in ("verdicts", "relations")
        for word, count in summary[part].items()
    ]
    return f"{label('status_' + summary['status'], language)} ({'; '.join(counts)})"
