"""A review asks each table once, and gives what each statement on a card gives alone."""

from dataclasses import replace
from fractions import Fraction

import ibis.expr.operations as ops
import pytest
from packages import ROOT

import zt_analysis as zt
from zt_analysis import kept_texts
from zt_analysis.checks.relation import Book, Finding, no_rows
from zt_analysis.errors import InputError
from zt_analysis.indicators import by_group, compute, computing, find, sql
from zt_analysis.indicators.asked import first_day
from zt_analysis.rules import apply_rules, by_part, by_part_of_each
from zt_analysis.sources import Tables, in_memory, kept_sql, loading, opening
from zt_analysis.sources.guarding import ReadOnly
from zt_analysis.sources.together import Question, rows_of, statement
from zt_analysis.sources.unbuilt import built

# of the shipped issue: 42 figures with their parts and first rows, 39 relations, and whether rows reach the base date
# of the headline figures; of a week's circular: its figures, relations, rules and the nine parts of its page
MOST_STATEMENTS = 15


@pytest.fixture
def asked(monkeypatch):
    """The questions that reach the engine."""
    found = []
    arrow, rows, call = ReadOnly.arrow, ReadOnly.rows, ReadOnly._call

    def noted_arrow(self, query):
        found.append(query)
        return arrow(self, query)

    def noted_rows(self, query):
        found.append(query)
        return rows(self, query)

    def noted_call(self, name, method, /, *given, **named):
        if name == "execute":
            found.append((name, *given))
        return call(self, name, method, *given, **named)

    monkeypatch.setattr(ReadOnly, "arrow", noted_arrow)
    monkeypatch.setattr(ReadOnly, "rows", noted_rows)
    monkeypatch.setattr(ReadOnly, "_call", noted_call)
    return found


@pytest.fixture(scope="module")
def written():
    """What the review of ``book`` wrote statements of."""
    return []


@pytest.fixture(scope="module")
def book(written):
    """Asked of DuckDB, whatever has been asked of these rows before."""
    scalar = computing._scalar
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "memory_of", lambda *_: None)
        patched.setattr(computing, "_scalar", lambda leaf, measure: (written.append(leaf), scalar(leaf, measure))[1])
        yield zt.case("2018-11", project=ROOT)


@pytest.mark.slow
class TestShipped:
    def test_few_statements_are_asked_and_each_is_written_once(self, book, written, asked):
        """However many cards say it."""
        tables = book.tables
        asked.clear()
        written.clear()
        ledger = book.review.ledger
        said = [text for one in ledger["figures"] for text in one["sql"]]
        assert len(said) > 1.5 * len(set(said)) > 30
        assert len(written) == len(set(written)) == len(set(said))
        assert len(ledger["figures"]) > 40
        assert len(ledger["relations"]) > 35
        assert 4 <= len(asked) <= MOST_STATEMENTS
        known = len(asked)
        parts = by_group(list(book.review.wanted[:3]), tables, by=("county_code",))
        assert [len(one) > 5 for one in parts] == [True] * 3
        assert len(asked) == known

    @pytest.mark.thorough
    def test_few_statements_are_asked_for_a_circular(self, asked, monkeypatch):
        monkeypatch.setattr(opening, "memory_of", lambda *_: None)
        week = zt.case("2018-W45", project=ROOT)
        assert week.tables
        asked.clear()
        ledger = week.review.ledger
        assert len(ledger["parts"]) == 10
        assert 4 <= len(asked) <= MOST_STATEMENTS

    @pytest.mark.thorough
    def test_a_large_file_is_asked_alone(self, book, monkeypatch):
        """In as much memory as there is, whatever else of the review is asked."""
        opened = [zt.case("2018-11", project=ROOT).tables for _ in range(2)]
        together = []
        monkeypatch.setattr(Tables, "later", lambda tables, expression, **_: together.append(expression))
        for least, tables in zip((loading.LARGE_BYTES, 0), opened, strict=True):
            monkeypatch.setattr(loading, "LARGE_BYTES", least)
            together.clear()
            compute(list(book.review.wanted), tables)
            read = {table.name for one in together for table in built(one).op().find(ops.DatabaseTable)}
            assert ("nutrition_students" in read, "dropout_cases" in read) == (least > 0, True)

    def test_first_day_of_a_column_is_known_with_the_others(self, book, asked):
        first = first_day("household_inspections", "inspected_on", book.tables)
        assert first == book.tables.sql("SELECT min(inspected_on) AS d FROM household_inspections")["d"][0]
        with pytest.raises(InputError, match=r"inspected_at.*found no column of days.*inspected_on"):
            first_day("household_inspections", "inspected_at", book.tables)

    def test_headlines_are_known_on_the_base_date(self, book):
        """A page's change since then, and a text's (较9月20日增加895人), are held against the same figures."""
        exact = {one["key"]: one["exact"] for one in book.review.ledger["figures"]}
        assert (exact["returned_students@2018-11-08"], exact["returned_students@2018-09-20"]) == ("1915", "1020")
        tied = book.tie("截至11月8日，全市劝返复学1915人，较9月20日增加895人。").ties[-1]
        assert (tied.status, tied.figure.indicator) == ("agree", "change(returned_students)")
        assert "aided_students@2018-09-20" not in exact

    def test_rules_and_their_parts_are_asked_together(self, book, asked):
        week = zt.case("2018-W45", project=ROOT)
        tables, rules = week.tables, ("R03", "R04", "R05", "R11", "R12", "R22", "R23")
        asked.clear()
        found = apply_rules(tables, week.paper.period, ids=rules)
        frames = by_part_of_each(found, tables, "county_code")
        assert len(asked) <= 2
        alone = [by_part(one, tables, "county_code") for one in found]
        assert [one.equals(other) for one, other in zip(frames, alone, strict=True)] == [True] * len(found)
        assert sum(frame["breaking"].sum() for frame in frames) == sum(
            one.breaking for one in found if "county_code" in one.rows.columns
        )

    @pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.thorough)])
    def test_each_figure_and_part_is_what_its_statement_gives_alone(self, book, every):
        tables, held, parts = book.tables, 0, 0
        records = {one["key"]: one for one in book.review.ledger["figures"]}
        for wanted, figure in list(zip(book.review.wanted, book.review.figures.values(), strict=True))[::every]:
            if find(wanted.indicator).derived:
                continue
            record = records[figure.key]
            (text,) = record["sql"]
            assert tables.verified.execute(text).fetchall() == [(figure.exact,)]
            held += 1
            for part in record["parts"]["rows"] if record["parts"] else ():
                of_part = replace(wanted, scope=(*wanted.scope, (record["parts"]["by"], part["code"])))
                ((alone,),) = tables.verified.execute(sql(of_part, tables)[0]).fetchall()
                assert Fraction(part["exact"]) == alone
                parts += 1
        assert held >= 20 / every
        assert parts >= 200 / every


def payments(*amounts):
    return in_memory(payments=[{"n": number, "fen": fen} for number, fen in enumerate(amounts)])


class TestTogether:
    def test_what_will_be_asked_for_is_asked_at_once(self, asked):
        tables = payments(3, 1, 2)
        rows = tables["payments"]
        several = [rows.filter(rows["fen"] >= least).order_by("fen").limit(2) for least in (1, 2, 9)]
        for one in several:
            tables.later(one, order=["fen"])
        count = rows.aggregate(n=rows.count(), most=rows["fen"].max())
        tables.later(count)
        found = [tables.rows(one) for one in (*several, count)]
        assert [[row["fen"] for row in one] for one in found[:3]] == [[1, 2], [2, 3], []]
        assert found[3] == [{"n": 3, "most": 3}]
        assert len(asked) == 1

    def test_each_has_the_types_it_has_alone(self):
        tables = in_memory(of=[{"a": "x", "b": 2**60, "c": True, "d": None, "e": "2018-11-08"}])
        rows = tables["of"]
        several = [rows.select("a", "e"), rows.select("b", "a"), rows.select("c", "d"), rows.select("e", "b", "c")]
        alone = [tables._rows(one) for one in several]
        for one in several:
            tables.later(one)
        assert [tables.rows(one) for one in several] == alone

    def test_a_question_that_fails_does_so_alone(self):
        tables = payments(3, 1)
        rows = tables["payments"]
        wrong = rows.select(n=rows["fen"].cast("string").cast("date"))
        right = rows.aggregate(n=rows.count())
        for one in (wrong, right, rows.limit(1)):
            tables.later(one)
        assert tables.rows(right) == [{"n": 2}]
        with pytest.raises(Exception, match="date"):
            tables.rows(wrong)

    def test_a_value_of_another_type_is_asked_alone(self):
        tables = payments(3, 1)
        rows = tables["payments"]
        half = rows.aggregate(half=rows["fen"].mean())
        tables.later(half)
        tables.later(rows.aggregate(n=rows.count()))
        assert tables.rows(half) == [{"half": 2.0}]

    @pytest.mark.parametrize("dialect", ["postgres", "spark"])
    def test_other_engines_can_read_it(self, dialect):
        import sqlglot

        from zt_analysis.sources.dialects import POSTGRES, SPARK

        tables = payments(1)
        one = Question(tables["payments"], ("n",))
        text = statement([(one, "SELECT 1 AS n, 2 AS fen"), (one, "SELECT 1 AS n, 2 AS fen")],
                         {"postgres": POSTGRES, "spark": SPARK}[dialect])  # fmt: skip
        assert len(sqlglot.parse_one(text, dialect=dialect).selects) == 4
        assert rows_of([one, one], [(1, 1, 5, 6)]) == [[], [{"n": 5, "fen": 6}]]


class TestCountedLater:
    def test_it_is_a_finding_like_any_other(self, asked):
        tables = payments(3, 0, 2)
        rows = tables["payments"]
        book = Book(tables, None, {})
        several = [no_rows(book, rows.filter(rows["fen"] < least), rows) for least in (0, 1, 3)]
        assert asked == []
        assert [one.figures for one in several] == [(), (), ()]
        assert [one.holds for one in several] == [True, False, False]
        assert len(asked) == 1
        assert [(one.left, one.imbalance, one.checked) for one in several] == [(0, 0, 3), (1, 1, 3), (2, 2, 3)]
        assert all(type(one) is Finding for one in several)
        assert replace(several[1], holds=None).left == 1

    def test_looking_at_it_first_through_replace(self):
        tables = payments(3, 0)
        rows = tables["payments"]
        found = replace(no_rows(Book(tables, None, {}), rows.filter(rows["fen"] < 1), rows), figures=("a",))
        assert (type(found), found.left, found.figures) == (Finding, 1, ("a",))


class TestKeptSql:
    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        kept_texts._folder.cache_clear()
        yield tmp_path / "zt-analysis" / "sql"
        kept_texts._folder.cache_clear()

    def test_is_written_once(self, folder):
        texts = iter(["SELECT 1", "SELECT 2"])
        assert [kept_sql.kept_sql("a", lambda: next(texts)) for _ in range(2)] == ["SELECT 1"] * 2
        assert kept_sql.kept_sql("b", lambda: next(texts)) == "SELECT 2"
        assert folder.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("changed", [b"", b"SELECT 2", b"\xff\n", "{}\nSELECT 2"])
    def test_what_is_cut_short_or_changed_is_written_anew(self, folder, changed):
        kept_sql.kept_sql("a", lambda: "SELECT 1")
        (path,) = folder.iterdir()
        first = path.read_bytes().partition(b"\n")[0]
        path.write_bytes(changed if isinstance(changed, bytes) else changed.format(first.decode()).encode())
        assert kept_sql.kept_sql("a", lambda: "SELECT 1") == "SELECT 1"
        assert path.read_bytes().endswith(b"\nSELECT 1")

    def test_other_versions_have_their_own(self, folder, monkeypatch):
        kept_sql.kept_sql("a", lambda: "SELECT 1")
        monkeypatch.setattr(kept_sql, "made_by", lambda: "another")
        assert kept_sql.kept_sql("a", lambda: "SELECT 2") == "SELECT 2"

    def test_a_folder_that_others_can_write_keeps_nothing(self, folder):
        folder.mkdir(parents=True)
        folder.chmod(0o777)
        assert kept_sql.kept_sql("a", lambda: "SELECT 1") == "SELECT 1"
        assert list(folder.iterdir()) == []

    def test_old_ones_go(self, folder, monkeypatch):
        monkeypatch.setattr(kept_sql, "MOST_FILES", 4)
        for number in range(6):
            kept_sql.kept_sql(str(number), lambda: "SELECT 1")
        kept_texts._folder.cache_clear()
        kept_sql.kept_sql("last", lambda: "SELECT 1")
        assert len(list(folder.iterdir())) == 5

    def test_nothing_is_kept_of_persons_or_frames(self, folder, small):
        tables = payments(1)
        tables.rows(tables["payments"])
        assert not folder.exists() or list(folder.iterdir()) == []

    def test_an_answer_is_the_same_with_and_without(self, folder, small):
        def answer():
            tables = zt.open_package("data")
            rows = tables["payments"]
            return tables.rows(rows.aggregate(fen=rows["amount_fen"].sum()))

        before = answer()
        assert list(folder.iterdir())
        assert answer() == before
