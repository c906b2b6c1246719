"""The figures as files to take away: CSV that a spreadsheet opens, and xlsx; neither can carry a formula."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

COLUMNS = [
    *("key", "indicator", "label_zh", "label_en", "at", "scope", "unit", "exact", "display"),
    *("claim", "printed", "verdict", "difference"),
]

MISSING = "missing"
VALUE = "value"
NUMBERS = (VALUE, "difference")
# without an exponent: Fraction writes all digits of 1e10000000 out
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:/\d+)?", re.ASCII)


def _columns(ledger: Mapping[str, Any]) -> list[str]:
    """With the missing counties where a figure lacks one."""
    return [*COLUMNS] + [MISSING] * any(one.get(MISSING) for one in ledger["figures"])


def figure_rows(ledger: Mapping[str, Any]) -> list[dict[str, str]]:
    """One row a figure, with the claim it was compared with, if any."""
    language = ledger["case"]["language"]
    verdicts = {verdict["figure"]: verdict for verdict in ledger["verdicts"] if verdict["figure"]}
    columns = _columns(ledger)
    rows = (_row(figure, verdicts.get(figure["key"], {}), language) for figure in ledger["figures"])
    return [{name: row[name] for name in columns} for row in rows]


def figures_csv(ledger: Mapping[str, Any]) -> bytes:
    """The figures as CSV in UTF-8 with a byte order mark, which spreadsheets need to see Chinese."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _columns(ledger), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: inert(text) for name, text in row.items()} for row in figure_rows(ledger))
    return buffer.getvalue().encode("utf-8-sig")


def figures_xlsx(ledger: Mapping[str, Any]) -> bytes:
    """The figures as an Excel workbook; the same bytes for the same ledger.

    What can be added up is a number: ``value`` (in the exact unit; of a ratio the nearest that a spreadsheet has,
    beside what it is exactly) and ``difference``. Everything else is text: nothing is a formula.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        # the file's own date is that of the issue: a clock would change the bytes at each run
        book.set_properties({"created": datetime.fromisoformat(ledger["case"]["issued_on"])})
        sheet = book.add_worksheet("figures")
        bold = book.add_format({"bold": True})
        columns = _columns(ledger)
        columns.insert(columns.index("exact"), VALUE)
        for column, name in enumerate(columns):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(figure_rows(ledger), start=1):
            for column, name in enumerate(columns):
                written = row["exact"] if name == VALUE else row[name]
                if written and name in NUMBERS:
                    sheet.write_number(number, column, float(Fraction(written)))
                elif name != VALUE:
                    sheet.write_string(number, column, written)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return buffer.getvalue()


def data_uri(content: bytes, media_type: str) -> str:
    """``content`` inside a link, so that the page needs no other file."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def inert(text: str) -> str:
    """``text`` as a spreadsheet cell that cannot become a formula.

    >>> inert("=cmd"), inert("-0.32个百分点"), inert("-12"), inert("-131/103000"), inert("-1e100000000")
    ("'=cmd", "'-0.32个百分点", '-12', '-131/103000', "'-1e100000000")
    """
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{text}" if risky and not _is_number(text) else text


def _row(figure: Mapping[str, Any], verdict: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        "key": figure["key"],
        "indicator": figure["indicator"],
        "label_zh": figure["label"]["zh"],
        "label_en": figure["label"]["en"],
        "at": figure["at"],
        "scope": " ".join(f"{name}={value}" for name, value in figure["scope"].items()),
        "unit": figure["unit"],
        "exact": figure["exact"] or "",
        "display": figure["display"][language],
        "claim": verdict.get("claim", ""),
        "printed": verdict.get("surface", ""),
        "verdict": verdict.get("verdict", ""),
        "difference": verdict.get("difference") or "",
        MISSING: "、".join(figure.get(MISSING, [])),
    }


def _is_number(text: str) -> bool:
    # what is not whole is written as a fraction, for programs to read
    return NUMBER.fullmatch(text) is not None
