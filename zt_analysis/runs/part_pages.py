"""Pages of the parts of a case, such as its counties: from what it published, and the rules applied to its tables."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zt_analysis.bulletins import Paper
from zt_analysis.checks.samples import first_rows
from zt_analysis.contents import replace_own, write_file
from zt_analysis.errors import InputError
from zt_analysis.indicators.dimensions import part_names
from zt_analysis.reports.part_pages import Broken, OfPart, render_parts
from zt_analysis.reports.pdf import print_pdf
from zt_analysis.rules import Breaches, apply_rules, by_part
from zt_analysis.runs.believed import believed_ledger
from zt_analysis.sources import Tables

TOGETHER = "all.pdf"
NOTHING: dict[str, Any] = {"columns": [], "rows": []}
# what no system takes in the name of a file
UNFIT = re.compile(r'[\x00-\x1f/\\\\:*?"<>|]|^\.+')
# of each rule as many rows as one person can settle in a week
MOST = 20


def part_pages(
    paper: Paper, tables: Tables, published: Path, folder: Path, *, by: str, pdf: bool = False
) -> list[Path]:
    """Write a page for each part ``by`` a dimension into ``folder``; with ``pdf`` one PDF of all of them, too.

    Raises:
        InputError: the case has published nothing, or not what stands there; no table of it is by parts, or the
            dimension has no register.
    """
    ledger = believed_ledger(published)
    names = part_names(by, tables)
    if not names or not ledger.get("parts"):
        lacks = f"{ledger['case']['case']} has no tables by parts" if names else "no register of it"
        raise InputError(
            f"pages by {by}", found=lacks,
            expected="a dimension whose parts a table names, and a case with parts such as the circular",
            hint="zt list shows the cases; docs/report.md",
        )  # fmt: skip
    ids = [row[0]["code"] for part in ledger["parts"] for row in part["rows"][:99] if _is_rule(part, row)]
    found = apply_rules(tables, paper.period, ids=ids) if ids else []
    broken = {one.rule.id: dict(by_part(one, tables, by).itertuples(index=False)) for one in found}
    parts = [OfPart(code, name, tuple(_broken(code, found, broken, tables, paper, by))) for code, name in names.items()]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in parts:
        path = folder / f"{UNFIT.sub('_', one.name['zh'])}.html"
        replace_own(path, render_parts(ledger, [one], list(names.values())))
        written.append(path)
    if pdf:
        with tempfile.TemporaryDirectory() as draft:
            page = Path(draft) / "all.html"
            write_file(page, render_parts(ledger, parts, list(names.values())))
            print_pdf(page, folder / TOGETHER)
        written.append(folder / TOGETHER)
    return written


def _is_rule(part: dict[str, object], row: list[dict[str, str]]) -> bool:
    return part["key"] == "rules" and bool(row) and "code" in row[0]


def _broken(
    code: str, found: list[Breaches], counts: dict[str, dict[str, int | None]], tables: Tables, paper: Paper, by: str
) -> Iterator[Broken]:
    """The rules that rows of a part break, with the rows that the case may show."""
    for one in found:
        count = counts[one.rule.id].get(code)
        if count:
            mine = one.rows.filter(one.rows[by] == code) if by in one.rows.columns else None
            rows = NOTHING if mine is None else first_rows(mine, tables, allowed=paper.rows, most=MOST)
            yield Broken(one.rule.id, one.rule.title, int(count), rows, asks=one.rule.severity != "info")
