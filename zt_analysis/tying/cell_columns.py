"""What a row or a column of a table says only together with another: 其中 rows, columns of shares and of places."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.documents.tables import MARKS, RANKED, TOTALS, Table
from zt_analysis.tying.case import Case
from zt_analysis.tying.headings import DAY
from zt_analysis.tying.part_words import whole_pattern

AMONG = re.compile(r"^\s*(?:其中|#)[：:]?\s*")
BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
# 占全市比重（%）, 占比
SHARE = re.compile(
    r"(?:所?占)?(?P<whole>[^占比重例率%％]{0,6}?)(?:总数|总量|合计|总额|总人数)?的?(?:占比|比重|比例|百分比|份额)?[（(]?[%％]?[）)]?"
)
OF_WHOLE = re.compile(r"占|比重|比例|百分比|份额")
PLACES = re.compile(r"各?(?:县市区|县区|区县)")
_CHANGED = r"(?:数|人数|量|额|值|幅度?|情况)?"
FALL = re.compile(rf"(?:净?减少?|净?下降|降低|降幅|减幅|跌幅|回落|压减|缩减){_CHANGED}")
CHANGE = re.compile(
    rf"(?:净?增加?|新增加?|增减|变化|变动|增减变化|升降|上升|提高|增幅|升幅|增长|净增长|{FALL.pattern}){_CHANGED}"
)
HUNDREDTHS = ("%", "％")
SIGNS = ("-", "+", "\u2212")
PLAIN = re.compile(r"\d[\d,，]*(?:\.\d+)?")
# in which order places run the first rows say
MOST_RANKED = 50
HUNDRED = re.compile(r"100(?:\.0+)?[%％]?")
# what is left of a row that names only a part
RATHER = re.compile(r"学生|教育|阶段|学段|[、，,\s]")


def governing_rows(table: Table, case: Case) -> dict[int, int]:
    """The row that each row of a part hangs on: 失辍学率, 其中：小学, 初中; those that hang on none are left out."""
    found: dict[int, int] = {}
    over = before = 0
    for row in table.body_rows:
        if not _is_part(table, row, case):
            over = 0
        elif AMONG.match(_first(table, row)):
            over = before if before and _names("".join(table.labels(before)), case.figure_words) else 0
        if over:
            found[row] = over
        before = row
    return found


def _first(table: Table, row: int) -> str:
    return (table.labels(row)[:1] or ("",))[0]


def _is_part(table: Table, row: int, case: Case) -> bool:
    """Whether a row's label is a part and nothing else."""
    label = AMONG.sub("", _first(table, row))
    rest = label
    named = [one for one in case.parts.named(label) if one.values]
    for one in reversed(named):
        rest = f"{rest[: one.start]}{rest[one.end :]}"
    return bool(named) and not RATHER.sub("", BRACKETS.sub("", rest))


def base_of_share(table: Table, column: int, heading: str, names: Sequence[str]) -> int:
    """The column of whose numbers a column gives the shares in the whole; 0 where that is not said."""
    plain = MARKS.sub("", heading)
    found = SHARE.fullmatch(plain)
    if found is None or not OF_WHOLE.search(plain):
        return 0
    whole = found["whole"].removesuffix("的")
    said = (
        bool(whole_pattern().fullmatch(whole)) if whole else "总" in plain or "合计" in plain or _sums_up(table, column)
    )
    return _column_before(table, column, names) if said else 0


def is_share(label: str) -> bool:
    """Whether a label says that its numbers are shares, and names no figure: 占比, 占全市比重."""
    plain = MARKS.sub("", label)
    return bool(SHARE.fullmatch(plain) and OF_WHOLE.search(plain))


def _sums_up(table: Table, column: int) -> bool:
    """Whether the row of totals says 100 in a column of shares."""
    totals = [row for row, _ in table.words if table.is_body(row, column) and _is_whole(_first(table, row))]
    return any(HUNDRED.fullmatch(table.words.get((row, column), "")) for row in totals)


def _is_whole(label: str) -> bool:
    return label in TOTALS or bool(whole_pattern().fullmatch(label))


def base_of_rank(table: Table, column: int, heading: str, names: Sequence[str]) -> int:
    """The column by whose numbers a column gives the places, from the highest; 0 where it is another order."""
    if not RANKED.fullmatch(BRACKETS.sub("", MARKS.sub("", heading))):
        return 0
    base = _column_after(table, names) if column < table.first_column else _column_before(table, column, names)
    pairs = [(_value(table, row, base), _value(table, row, column)) for row in table.body_rows[:MOST_RANKED]]
    known = [(one, place) for one, place in pairs if one is not None and place is not None]
    apart = [(a[0] - b[0]) * (a[1] - b[1]) for a in known for b in known if a[0] > b[0]]
    return base if 2 * sum(one < 0 for one in apart) > len(apart) else 0


def base_of_change(table: Table, column: int, heading: str, days: Sequence[str]) -> int:
    """The column of whose change since the base date a column is: 9月20日, 11月8日, 增加; 0 where it is none.

    Args:
        days: the base date and the paper's, as headings say them.
    """
    if column < table.first_column + 2 or not says_change(heading):
        return 0
    wide = table.headings(column)[:-1]
    before = [table.headings(one) for one in (column - 2, column - 1)]
    if not all(one and one[:-1] == wide for one in before):
        return 0
    said = [found[0] if (found := DAY.search(one[-1])) else "" for one in before]
    return column - 1 if said == [*days] else 0


def says_change(heading: str) -> bool:
    """Whether a heading says that its numbers are changes, and no more: 增减, 下降（百分点）."""
    return CHANGE.fullmatch(BRACKETS.sub("", MARKS.sub("", heading))) is not None


def moved(heading: str, word: str, own: str, base: str) -> tuple[str, str, str]:
    """As what a cell under a heading of change is read: the view, a verb before it, a unit behind; no view if unclear.

    A fall is printed without a sign; in % it is a growth, of rates nobody says whether in points.

    Args:
        own: the unit that its row or column gives; base: that of what has changed.
    """
    plain = BRACKETS.sub("", MARKS.sub("", heading))
    fall = FALL.fullmatch(plain) is not None
    printed = word.lstrip("-+\u2212").lstrip("0123456789.,，")
    unit = printed or own
    of_rate = base in HUNDREDTHS
    unclear = (fall and word[:1] in SIGNS) or (unit in HUNDREDTHS and of_rate) or (not unit and "幅" in plain)
    if unclear:
        return "", "", ""
    unit = unit or ("个百分点" if of_rate else base)
    return "growth" if unit in HUNDREDTHS else "change", "减少" if fall else "", "" if printed else unit


def _value(table: Table, row: int, column: int) -> Fraction | None:
    word = MARKS.sub("", table.words.get((row, column), ""))
    return Fraction(re.sub("[,，]", "", word)) if PLAIN.fullmatch(word) and not _is_whole(_first(table, row)) else None


def _column_before(table: Table, column: int, names: Sequence[str]) -> int:
    """The nearest column to the left that names a figure; of those before a total's it is the same heading's."""
    wide = table.headings(column)[:-1]
    for one in range(column - 1, table.first_column - 1, -1):
        headings = table.headings(one)
        share = is_share(headings[-1]) if headings else False
        if headings[: len(wide)] == wide and not share and _names("".join(headings), names):
            return one
    return 0


def _column_after(table: Table, names: Sequence[str]) -> int:
    """The one column of numbers that names a figure; 0 of several, since nobody says by which the rows are ranked."""
    last = max((column for _, column in table.words), default=0)
    columns = range(table.first_column, last + 1)
    found = [one for one in columns if _names("".join(table.headings(one)), names)]
    return found[0] if len(found) == 1 else 0


def _names(text: str, figures: Sequence[str]) -> bool:
    """Whether a text names a figure; 全市 and 县区, of which places are counted, name none here."""
    rest = PLACES.sub("", whole_pattern().sub("", text))
    return any(one in rest for one in figures)
