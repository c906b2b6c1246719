"""When a proposed paper comes out, its first case, and what the project says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from zt_analysis.contents import write_file
from zt_analysis.proposing.columns import Proposed
from zt_analysis.spans import FORMS, Calendar, a_year_before

PACKAGE = "data/proposed"
ISSUED_AFTER = timedelta(days=15)
# kinds of column that say when
TIMES = ("year", "date", "period")
NUMBERS = ("measure", "rate")


def days_of(tables: Iterable[Proposed]) -> tuple[date, date, str]:
    """The newest day of the tables, the one before it, and the kind of period that it is the last day of, if any."""
    tables = list(tables)
    columns = [column for table in tables for column in table.columns if column.kind in TIMES]
    # a period whose rows are laid out and still blank is not due yet
    days = {
        date(one, 12, 31) if column.kind == "year" else one
        for table in tables for column in table.columns if column.kind in TIMES
        for one, said in zip(column.values, _said(table, len(column.values)), strict=True) if one and said
    }  # fmt: skip
    # a paper of quarters counts up to the last day of one, whatever years another table has
    every = next((kind for kind in ("month", "quarter", "half", "year")
                  if kind in {column.every or column.kind for column in columns}), "")  # fmt: skip
    every = "" if any(column.kind == "date" and not column.every for column in columns) else every
    newest = max(days, default=date.today())
    if every:
        return newest, Calendar().containing(newest, every).before.last, every
    return newest, max((one for one in days if one < newest), default=a_year_before(newest)), ""


def _said(table: Proposed, rows: int) -> list[bool]:
    """Of each row of a table, whether one of its numbers is filled in; every row counts where none is, or has none.

    Of a table that stands side by side only the periods with a number are columns of it at all.
    """
    numbers = [column.values for column in table.columns if column.kind in NUMBERS and not table.stacked]
    found = [any(one is not None for one in row) for row in zip(*numbers, strict=True)]
    return found if any(found) else [True] * rows


def write_papers(path: Path, every: str, case: str) -> None:
    """For which periods the paper comes out, and how its cases are named: a day where the tables have days alone."""
    form, kind = FORMS[every or "day"][0], (every or "day").replace("_", " ")
    if every:
        change(path, '    every: ClassVar[str] = "year"\n', f'    every: ClassVar[str] = "{every}"\n')
    else:
        change(path, '    every: ClassVar[str] = "year"\n', "")
    change(path, '(r"\\d{4}", "a year, such as 2025")', f'(r"{form}", "a {kind}, such as {case}")')
    change(path, "one brief (教育简报) a year", f"one brief a {kind}" if every else "one brief")
    change(path, "its case is named after the year;", f"its case is named after the {kind};")


def write_zt_toml(folder: Path, *, chinese: bool) -> None:
    """The project under its folder's name, and in English alone where its tables have no Chinese."""
    name = re.sub(r"[^\w.\- ]", "", folder.resolve().name)
    text = (folder / "zt.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^name = .*$", f'name = {{ zh = "{name}", en = "{name}" }}', text)
    if not chinese:
        text = text.replace('["zh", "en"]', '["en"]')
        for path in (*(folder / "params").glob("*.yml"), folder / "notebooks" / "brief.ipynb"):
            change(path, 'language: "zh"' if path.suffix == ".yml" else 'language: str = \\"zh\\"',
                    'language: "en"' if path.suffix == ".yml" else 'language: str = \\"en\\"')  # fmt: skip
    write_file(folder / "zt.toml", text)


def write_case(folder: Path, case: str, as_of: date, base_on: date) -> None:
    """The parameters of the first case, and the same as the notebook's defaults."""
    issued = as_of + ISSUED_AFTER
    before = {
        "data/demo": PACKAGE,
        '"2025-10-10"': f'"{issued}"',
        '"2025-09-20"': f'"{as_of}"',
        '"2024-09-20"': f'"{base_on}"',
    }
    for path in (folder / "params" / "2025.yml", folder / "notebooks" / "brief.ipynb"):
        text = path.read_text(encoding="utf-8")
        for old, new in before.items():
            text = text.replace(old, new).replace(old.replace('"', '\\"'), new.replace('"', '\\"'))
        # what it holds is the office's own: nobody has said yet that it is of schools, or of years
        text = text.replace("教育简报：", "简报：").replace("年份 / year", "期别 / period")
        text = (
            text.replace('"2025"', f'"{case}"')
            .replace('\\"2025\\"', f'\\"{case}\\"')
            .replace("of 2025.", f"of {case}.")
        )
        write_file(path, text)
    (folder / "params" / "2025.yml").rename(folder / "params" / f"{case}.yml")


def change(path: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which the template holds."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name}: {old}"
    write_file(path, text.replace(old, new))
