"""Relations as statements: what one can say, what it is held against, and what cannot be one."""

import re
import shutil
from fractions import Fraction

import pytest
from packages import ROOT
from shipped import OFFICE

from zt_analysis.checks.grammar import Unreadable, parse
from zt_analysis.checks.relation import Book
from zt_analysis.checks.statements import Identity, bound, read_identities, read_statements
from zt_analysis.errors import InputError
from zt_analysis.figures import Figure
from zt_analysis.office import Office
from zt_analysis.periods import period
from zt_analysis.sources import in_memory

PERIOD = period("2018-11-08", "2018-09-20")
HEADER = "id,severity,kind,of,by,each,statement,unit,papers,zh,en\n"


def book_of(*figures, **more):
    """A book of figures, each given as indicator, exact value and, where it matters, day and part."""
    made = [Figure(name, (*rest, "2018-11-08")[0], "persons", exact, rest[1:]) for name, exact, *rest in figures]
    return Book(in_memory(t=[{"a": 1}]), PERIOD, {one.key: one for one in made}, **more)


def read(*rows, header=HEADER):
    """The statements of a file that holds these rows."""
    with OFFICE.active():
        return [*read_statements("office/relations/x.csv", header + "\n".join(rows))]


def found(statement, book, unit="", severity="hard"):
    """What a statement gives over a book."""
    one = Identity("here, row 2", "X1", severity, "figures", "", (), "", statement, "题", "title", unit)
    with OFFICE.active():
        return one.evaluate(book)


RETURNED = ("returned_students", 1915)
TAUGHT = (("home_taught_students", 823), ("remote_taught_students", 1208))


@pytest.mark.slow
class TestFigures:
    def test_sum_at_most(self):
        one = found("home_taught_students + remote_taught_students <= returned_students", book_of(RETURNED, *TAUGHT))
        assert (one.left, one.operator, one.right, one.unit) == (2031, "≤", 1915, "persons")
        assert (one.imbalance, one.holds) == (116, False)
        assert [key.split("@")[0] for key in one.figures] == [*(name for name, _ in TAUGHT), "returned_students"]

    def test_difference_from_the_base_date(self):
        out = (("out_of_school_children", 3000, "2018-09-20"), ("out_of_school_children", 1952))
        one = found(
            "at_base(out_of_school_children) - out_of_school_children == returned_students", book_of(RETURNED, *out)
        )
        assert (one.left, one.right, one.imbalance, one.holds) == (1048, 1915, -867, False)

    def test_strictly_below_is_not_equal(self):
        part = (("stage", "primary"),)
        rates = [("out_of_school_rate", Fraction(6, 1000), day, *part) for day in ("2018-11-08", "2018-09-20")]
        book = book_of(*rates)
        assert (
            found("out_of_school_rate(stage=primary) < at_base(out_of_school_rate(stage=primary))", book).holds is False
        )
        assert found("out_of_school_rate(stage=primary) < 0.6%", book).holds is False
        assert found("out_of_school_rate(stage=primary) < 6.01‰", book).holds is True

    @pytest.mark.parametrize(("exact", "holds"), [(38000, True), (37999, False), (42000, True), (42001, False)])
    def test_near_by_a_share(self, exact, holds):
        book = book_of(("nutrition_spending_per_student", exact, "2018-autumn"))
        one = found("nutrition_spending_per_student ~= 400元 within 5%", term(book))
        assert (one.right, one.operator, one.holds) == (40000, "≈", holds)

    @pytest.mark.parametrize(("exact", "holds"), [(1895, True), (1894, False), (1935, True), (1936, False)])
    def test_near_by_a_number(self, exact, holds):
        assert found("returned_students ~= 1915人 within 20人", book_of(("returned_students", exact))).holds is holds

    def test_days_of_the_case(self):
        book = book_of(parameters={"as_of": "2018-11-08", "issued_on": "2018-11-15"})
        assert found("0 <= days(as_of, issued_on)", book).right == 7
        assert found("days(as_of, issued_on) <= 6天", book).holds is False

    def test_a_missing_value_never_holds(self):
        one = found("returned_students <= 5000人", book_of(("returned_students", None)))
        assert (one.left, one.holds) == (None, False)

    def test_parentheses_and_signs(self):
        book = book_of(("returned_students", 10), ("home_taught_students", 4))
        assert found("2 * (returned_students - home_taught_students) == 12人", book).holds is True
        assert found("returned_students - home_taught_students - 1 == 5人", book).holds is True
        assert found("home_taught_students / returned_students == 40%", book).holds is True

    def test_indicator_by_its_chinese_name(self):
        assert found("劝返复学学生数 <= 1915人", book_of(RETURNED)).holds is True


def term(book):
    """The book with its figures at the term that the period lies in."""
    with OFFICE.active():
        keys = {book.key(one.indicator): one for one in book.figures.values()}
    return Book(book.tables, book.period, keys)


class TestUnits:
    @pytest.mark.parametrize(
        ("statement", "wrong"),
        [
            ("aided_students <= aid_paid", "aided_students in persons and aid_paid in fen"),
            ("aided_students <= 5元", "aided_students in persons and 5 in fen"),
            ("aid_paid <= 500", "500 without a unit"),
            ("aid_paid + 5 <= funds_allocated", "5 without a unit"),
            ("out_of_school_rate < 0.018", "0.018 without a unit"),
            ("aided_students * aided_students <= 5人", "aided_students * aided_students"),
            ("5 / aided_students <= 5%", "5 / aided_students"),
        ],
    )
    def test_unlike_units(self, statement, wrong):
        with OFFICE.active(), pytest.raises(Unreadable, match=re.escape(wrong)):
            parse(statement)

    def test_declared_unit_counts_unlike_figures_as_one(self):
        with OFFICE.active():
            assert parse("aided_students <= inspected_households", "rows").unit == "rows"
            with pytest.raises(Unreadable, match="unit rows"):
                parse("registered_poor_aided_students <= aided_students", "rows")

    def test_money_in_any_printed_unit(self):
        with OFFICE.active():
            assert parse("aid_paid <= 2.5万元").right.exact == 2_500_000
            assert parse("(aid_paid + 1万元) / funds_allocated <= 50%").left.left.right.exact == 1_000_000


class TestRefused:
    @pytest.mark.part(3)
    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ("X1,hard,figures,,,,aided_student <= 5人,,,题,t", "row 2 (X1), statement; found aided_student, no such"),
            ("X1,hard,figures,,,,aided_students >= 5人,,,题,t", "say a >= b as b <= a"),
            ("X1,hard,figures,,,,aided_students = 5人,,,题,t", "found aided_students = "),
            ("X1,hard,figures,,,,1人 <= aided_students <= 5人,,,题,t", "two sides"),
            ("X1,hard,figures,,,,aided_students,,,题,t", "severity info"),
            ("X1,hard,figures,,,,aided_students ~= 5人,,,题,t", "a ~= b within 5%"),
            ("X1,hard,figures,,,,aided_students ~= 5人 within 5,,,题,t", "such as 5% or 20人"),
            ("X1,hard,figures,,,,aided_students ~= 5人 within 5元,,,题,t", "found 5元; expected a number of persons"),
            ("X1,hard,figures,,,,__import__('os') <= 5人,,,题,t", "statement; found"),
            ("X1,hard,figures,,,,aided_students <=,,,题,t", "found nothing"),
            (f"X1,hard,figures,,,,{'(' * 9999} <= 5人,,,题,t", "statement; found ((("),
            ("X1,hard,figures,,,,\"_quantity_('a', 'b') <= 5人\",,,题,t", "statement; found _quantity_"),
            ("X1,hard,figures,,stage,,5人 <= 6人,,,题,t", "a figure to break down"),
            ("X1,severe,figures,,,,aided_students <= 5人,,,题,t", "severity; found severe; expected hard, soft, info"),
            ("X1,hard,figure,,,,aided_students <= 5人,,,题,t", "kind; found figure"),
            ("X1,hard,figures,,,day,aided_students <= 5人,,,题,t", "each; found day; expected week"),
            (
                "X1,hard,figures,,,,aided_students <= 5人,,letter,题,t",
                "papers; found letter; expected bulletin, circular",
            ),
            ("X1,hard,figures,,,,aided_students <= 5人,pounds,,题,t", "unit; found pounds"),
            ("X1,hard,figures,,,,aided_students <= 5人,,,,t", "zh; found nothing"),
            ("X1,hard,figures,,,,aided_students <= 5人,,,题", "more or fewer cells"),
            ("X1,hard,figures,,,,aided_students <= 5人,,,题,t,u", "more or fewer cells"),
            ("X1,hard,rows,,,,a <= b,,,题,t", "of; found nothing"),
            ("X1,hard,rows,t,,,a ~= b,,,题,t", "left <= right"),
            ("X1,hard,partition,,,,every,,,题,t", "by; found nothing; expected one dimension"),
            ("X1,hard,partition,,stage,,aided_student,,,题,t", "aided_student, no such"),
        ],
    )
    def test_row_is_named(self, row, told):
        with pytest.raises(InputError) as refused:
            read(row)
        assert "office/relations/x.csv, row 2" in str(refused.value)
        assert told in str(refused.value)

    def test_an_id_that_a_function_has(self, tmp_path):
        shutil.copytree(ROOT / "office", tmp_path / "office", ignore=shutil.ignore_patterns("synthetic", "__pycache__"))
        rows = HEADER + "T02,hard,figures,,,,aided_students <= 5人,,,题,t\n"
        (tmp_path / "office" / "relations" / "more.csv").write_text(rows, encoding="utf-8")
        told = r"office/relations/more.csv, row 2 \(T02\), id; found an id that another relation has"
        with Office(tmp_path / "office").active(), pytest.raises(InputError, match=told):
            read_identities()

    def test_unknown_column_is_named(self):
        with pytest.raises(InputError, match=r"first row; found .*titel"):
            read("X1", header="id,severity,kind,of,by,each,statement,zh,en,titel\n")

    def test_parameter_that_is_no_date(self):
        with pytest.raises(InputError, match=r"row 2 \(X1\), statement; found days\(... isued_on ...\)"):
            found("0 <= days(as_of, isued_on)", book_of(parameters={"as_of": "2018-11-08", "issued_on": "2018-11-15"}))


def rows_of(statement, *rows):
    one = Identity("here, row 2", "X1", "hard", "rows", "t", (), "", statement, "题", "title")
    return one.evaluate(Book(in_memory(t=[*rows]), PERIOD, {}))


REPORTED = """
from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured


def _reported(name: str, doc: str):
    def of(tables: Tables, period: Period) -> Measure:
        rows = tables[name]
        return Measure(rows, "sum", "n", rows["day"] == period.as_of, only=("day", period.as_of))

    of.__name__, of.__doc__ = name, doc
    return measured("persons", zh=name, en=name)(of)


pupils, boarders = _reported("pupils", "Pupils.\\n\\n定义：甲"), _reported("boarders", "Boarders.\\n\\n定义：乙")
weekly = _reported("weekly", "Weekly boarders.\\n\\n定义：戊")


@measured("cases", zh="案件", en="cases")
def cases(tables: Tables, period: Period) -> Measure:
    \"\"\"Cases.

    定义：丙
    \"\"\"
    return Measure(tables["cases"], "count")


@derived("persons", zh="住校", en="boarding")
def boarding(boarders: Exact, weekly: Exact) -> Exact:
    \"\"\"Boarders of either kind.

    定义：丁
    \"\"\"
    return boarders + weekly
"""


class TestGroups:
    def test_a_side_that_nobody_reported_is_told_and_one_where_nothing_was_counted_is_0(self, tmp_path, monkeypatch):
        (tmp_path / "office/indicators").mkdir(parents=True)
        (tmp_path / "zt.toml").write_text('name = { zh = "示例" }\n', encoding="utf-8")
        (tmp_path / "office/indicators/all.py").write_text(REPORTED, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        day = PERIOD.as_of
        full = [{"town": "a", "day": day, "n": 5}, {"town": "b", "day": day, "n": 7}]
        some, told = full[:1], [{"town": "a", "day": day}]
        book = Book(in_memory(pupils=full, boarders=some, weekly=some, cases=told), PERIOD, {})

        def by_town(statement):
            return Identity("x.csv, row 2", "X", "hard", "figures", "", ("town",), "", statement, "题", "t", "persons")

        one = by_town("boarders <= pupils").evaluate(book)
        assert one.breaking == [{"town": "b", "left": None, "right": 7, "imbalance": None}]
        assert not one.holds
        derived_one = by_town("boarding <= pupils + pupils").evaluate(book)
        assert derived_one.breaking == [{"town": "b", "left": None, "right": 14, "imbalance": None}]
        assert by_town("cases <= pupils").evaluate(book).holds


class TestRows:
    def test_every_row_and_the_one_that_breaks_it(self):
        one = rows_of("a * 4 <= b", {"a": 1, "b": 4}, {"a": 2, "b": 7})
        assert (one.left, one.checked, one.holds) == (1, 2, False)

    def test_a_row_without_a_value_breaks_it(self):
        assert rows_of("a == b", {"a": 1, "b": 1}, {"a": 2, "b": None}).left == 1

    def test_a_column_that_is_not_there(self):
        with pytest.raises(InputError, match=r"found c; expected .*columns: a, b"):
            rows_of("a == c", {"a": 1, "b": 1})


class TestShipped:
    def test_each_says_what_must_hold_in_both_languages(self):
        with OFFICE.active():
            said = {one.id: one.statement for one in read_identities()}
        assert said["C05"] == {
            "zh": "人均营养改善支出 ≈ 400元 ± 5%", "en": "nutrition spending per student ≈ 400元 ± 5%"
        }  # fmt: skip
        assert said["C02a"]["zh"] == "失辍学率（小学） < 失辍学率（小学）（基期）"
        assert said["T15"]["zh"] == "劝返复学学生数（期初） ≤ 劝返复学学生数（按县区、学段、逐周）"

    def test_chart_draws_the_norm_that_is_held(self):
        """It is said once, in the statement."""
        norms = OFFICE.module("charts").NORMS
        with OFFICE.active():
            assert [bound(norms[stage]) for stage in ("primary", "junior")] == [Fraction(6, 1000), Fraction(18, 1000)]
            for name in ("C02a", "C99"):
                with pytest.raises(InputError, match=f"statement '{name}'; found none that compares with a number"):
                    bound(name)
