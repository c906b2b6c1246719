"""What notebooks call: arguments in the forms people type, each checked and named before anything is computed.

Inside the package the functions that do the work are called as they are: a review asks for figures of days without a
report, too, and answers with a verdict. A person who asks for such a figure gets an error that lists what exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from zt_analysis import checks, numbers
from zt_analysis.bulletins import Paper
from zt_analysis.errors import wrong_argument
from zt_analysis.indicators import Indicator, Wanted, check
from zt_analysis.indicators import breakdown as broken_down
from zt_analysis.indicators import compute as computed
from zt_analysis.indicators import rows as rows_behind
from zt_analysis.indicators import sql as statements
from zt_analysis.periods import Period, iso_date
from zt_analysis.sources import Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from zt_analysis.figures import Figure
    from zt_analysis.numbers import Mention

Kind = TypeVar("Kind")
TABLES = 'tables = zt.open_package("data/zhaotong-2018")'
WANTED = 'zt.Wanted("amount_paid", zt.period("2018-11-08", "2018-09-20"))'


def compute(wanted: Wanted | Iterable[Wanted], tables: Tables) -> dict[str, Figure]:
    """The figures asked for, one or several, by their key; each table is read once for all of them.

    Raises:
        InputError: an argument of another kind, or a figure of a part, day or term that does not exist.
    """
    asked = _several(wanted, tables)
    return computed(asked, tables)


def breakdown(
    indicator: str | Indicator,
    tables: Tables,
    period: Period,
    *,
    by: str | Iterable[str] | None = None,
    scope: Any = (),
) -> pd.DataFrame:
    """An indicator broken down by one dimension or several: see ``indicators.breakdown``.

    Raises:
        InputError: an unknown indicator, dimension or part, a day or term that the rows do not have.
    """
    wanted = Wanted(indicator, period, scope)  # type: ignore[arg-type]
    _several(wanted, tables)
    return broken_down(wanted.indicator, tables, period, by=by, scope=wanted.scope)


def rows(wanted: Wanted, tables: Tables) -> ir.Table:
    """Every row behind a figure, as an expression: see ``indicators.rows``.

    Raises:
        InputError: as ``compute``.
    """
    return rows_behind(_one(wanted, tables), tables)


def sql(wanted: Wanted, tables: Tables) -> list[str]:
    """The SQL that gives a figure, one statement for each measured indicator it rests on.

    Raises:
        InputError: as ``compute``.
    """
    return statements(_one(wanted, tables), tables)


def review(paper: Paper, tables: Tables) -> checks.Review:
    """Check a paper, whatever its kind: see ``checks.review``.

    Raises:
        InputError: an argument of another kind.
        SourceError: the claims or explanations file is wrong; names the row.
    """
    from zt_analysis.writing.telling import told_text

    found = checks.review(_paper(paper), _tables(tables))
    text = told_text(found.paper, found.tables)
    return replace(found, text=text) if text else found


def what_if(paper: Paper, tables: Tables, changes: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> pd.DataFrame:
    """Every figure of the paper as it is and with each change: see ``checks.what_if``.

    Raises:
        InputError: no change, or one that cannot be.
        SourceError: the tables that a change moves were not opened.
    """
    return checks.what_if(_paper(paper), _tables(tables), changes)


def read_numbers(text: str, *, dated: date | str | None = None) -> list[Mention]:
    """Every number of a Chinese text: see ``numbers.read_numbers``.

    Raises:
        InputError: no text, or a date that is none.
    """
    if not isinstance(text, str):
        raise wrong_argument(
            "text", text, "a text", 'read a file first: pathlib.Path("draft.md").read_text(encoding="utf-8")'
        )
    return numbers.read_numbers(text, dated=None if dated is None else iso_date("dated", dated))


def _several(wanted: Any, tables: Any) -> list[Wanted]:
    asked = [wanted] if isinstance(wanted, Wanted) or not isinstance(wanted, Iterable) else list(wanted)
    if not asked or not all(isinstance(one, Wanted) for one in asked):
        raise wrong_argument("wanted", wanted, "one zt.Wanted or several", f"write {WANTED}")
    check(asked, _tables(tables))
    return asked


def _one(wanted: Any, tables: Any) -> Wanted:
    found = _of("wanted", wanted, Wanted, "a zt.Wanted", f"write {WANTED}")
    return _several(found, tables)[0]


def _tables(given: Any) -> Tables:
    return _of("tables", given, Tables, "tables that were opened", f"write {TABLES}")


def _paper(given: Any) -> Paper:
    return _of("paper", given, Paper, "a paper, such as a zt.Issue", "see the shipped notebooks")


def _of(name: str, given: Any, kind: type[Kind], expected: str, hint: str) -> Kind:
    if not isinstance(given, kind):
        raise wrong_argument(name, given, expected, hint)
    return given
