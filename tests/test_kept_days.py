"""SQL of questions that differ in their days alone: written once, and always what ibis writes."""

import random
from datetime import date, timedelta
from functools import partial

import ibis
import pytest

from zt_analysis import kept_texts
from zt_analysis.sources import in_memory, kept_sql
from zt_analysis.sources.asking import written

pytestmark = pytest.mark.slow

NOVEMBER = date(2018, 11, 8)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept_texts._folder.cache_clear()
    yield tmp_path / "zt-analysis"
    kept_texts._folder.cache_clear()


@pytest.fixture(scope="module")
def tables():
    return in_memory(cases=[{"id": 1, "opened_on": NOVEMBER, "stage": "a"}], more=[{"id": 1, "ended_on": NOVEMBER}])


class Asking:
    """Who asks for the SQL of expressions that ``make`` gives for days, and counts what is written."""

    def __init__(self, tables, make):
        self.tables, self.make, self.written = tables, make, 0

    def sql(self, *days):
        def write(expression):
            self.written += 1
            return written(expression)

        expression = self.make(self.tables, *days)
        name = self.tables._reader.question(expression.op())
        return kept_sql.sql_of_days(name, lambda: expression, write)

    def right(self, *days):
        return written(self.make(self.tables, *days))


def opened(tables, first, last):
    rows = tables["cases"]
    return rows.filter((rows["opened_on"] > first) & (rows["opened_on"] <= last)).order_by("id").limit(5)


def within(tables, first, last):
    rows = tables["cases"]
    both = rows.inner_join(tables["more"], "id").filter(rows["opened_on"] <= last)
    counts = {"n": both.count(where=both["ended_on"] >= first), "m": both.count(where=both["ended_on"] > last)}
    return both.group_by("stage").aggregate(**counts)


def listed(tables, first, last):
    rows = tables["cases"]
    return rows.filter(rows["opened_on"].isin([first, last])).aggregate(n=rows["id"].sum())


def shifted(tables, first, last):
    rows = tables["cases"]
    return rows.mutate(late=rows["opened_on"] + ibis.interval(days=7) > last, never=ibis.literal(first))


def wide(tables, first, last):
    """A line that is as long as lines may be, or one longer, by the day."""
    rows = tables["cases"]
    both = rows.inner_join(tables["more"], "id").filter((rows["opened_on"] <= last) | rows["opened_on"].isnull())
    return both.filter(both["ended_on"] > first)


@pytest.mark.slow
@pytest.mark.parametrize("make", [opened, within, shifted])
@pytest.mark.part(2)
def test_days_are_put_into_what_was_written_for_others(tables, make):
    asking, chance = Asking(tables, make), random.Random(7)
    days = [sorted(chance.sample([NOVEMBER + timedelta(days=n) for n in range(900)], 2)) for _ in range(40)]
    days += [
        (date(2018, 1, 1), date(2018, 9, 9)),
        (date(2019, 10, 10), date(2019, 12, 31)),
        (NOVEMBER, date(1999, 1, 1)),
    ]
    assert [asking.sql(*each) for each in days] == [asking.right(*each) for each in days]
    assert asking.written == 3


def test_the_first_days_are_never_written_again(tables):
    asking = Asking(tables, opened)
    assert [asking.sql(NOVEMBER, NOVEMBER) for _ in range(3)] == [asking.right(NOVEMBER, NOVEMBER)] * 3
    assert asking.written == 1


def test_two_days_that_are_one_are_another_question(tables):
    """Where two conditions are the same ibis may say them once."""
    asking = Asking(tables, within)
    several = [(NOVEMBER, date(2018, 9, 20)), (date(2018, 9, 20), NOVEMBER), (date(2018, 9, 6), date(2018, 9, 13))]
    several += [(NOVEMBER, NOVEMBER), (date(2018, 9, 20),) * 2, (date(2018, 9, 13),) * 2]
    assert [asking.sql(*each) for each in several] == [asking.right(*each) for each in several]
    shapes = {tables._reader.question(within(tables, *each).op()).shape for each in several}
    assert len(shapes) == 2


def test_a_day_that_the_office_wrote_is_no_place_for_another(tables):
    """The same as the case's by chance, and as a number of its own where ibis is given three."""

    def since(own, tables, first, last):
        rows = tables["cases"]
        return rows.filter((rows["opened_on"] > first) & (rows["opened_on"] <= last) & (rows["opened_on"] > own))

    for own in (ibis.date(2018, 9, 20), ibis.literal(date(2018, 9, 20)), ibis.date(2018, 11, 8)):
        asking = Asking(tables, partial(since, own))
        days = [(date(2018, 9, 20), NOVEMBER), (date(2018, 9, 13), date(2018, 9, 20)), (date(2018, 9, 6), NOVEMBER),
                (date(2018, 10, 11), date(2018, 10, 18)), (NOVEMBER, date(2018, 11, 15))]  # fmt: skip
        assert [asking.sql(*each) for each in days] == [asking.right(*each) for each in days]


@pytest.mark.thorough
def test_lines_that_break_by_the_length_of_a_day_are_written_each_time(tables):
    def chosen(tables, *days):
        rows = tables["cases"]
        return rows.mutate(day=ibis.coalesce(rows["opened_on"], *days))

    for count in range(1, 6):
        asking, by_width = Asking(tables, chosen), Asking(tables, wide)
        several = [[date(2018, month, day + n) for n in range(count)] for month in (9, 12) for day in (1, 20)]
        assert [asking.sql(*each) for each in several * 2] == [asking.right(*each) for each in several * 2]
    days = [(NOVEMBER, day) for day in (date(2018, 9, 9), date(2018, 12, 12), date(2018, 9, 19), date(2018, 10, 1))]
    assert [by_width.sql(*each) for each in days * 2] == [by_width.right(*each) for each in days * 2]
    layouts = {by_width.right(*each).count("\n") for each in days}
    assert len(layouts) == 2


def test_what_is_named_by_a_day_is_written_for_each(tables):
    def named(tables, first, last):
        rows = tables["cases"]
        return rows.filter(rows["opened_on"] > first).mutate(**{f"until {last}": rows["opened_on"] <= last})

    asking = Asking(tables, named)
    days = [(NOVEMBER - timedelta(days=n), NOVEMBER + timedelta(days=n)) for n in range(4)]
    assert [asking.sql(*each) for each in days] == [asking.right(*each) for each in days]


@pytest.mark.parametrize("day", [date(999, 1, 1), date(1601, 1, 1), date(1602, 12, 30), date(9999, 12, 31)])
def test_days_of_any_year(tables, day):
    asking = Asking(tables, opened)
    several = [(NOVEMBER, day), (day, NOVEMBER), (date(2018, 9, 20), NOVEMBER), (day, date(1601, 1, 2)), (day, day)]
    assert [asking.sql(*each) for each in several] == [asking.right(*each) for each in several]


@pytest.mark.parametrize("content", [b"", b"x", b"\xff\n{}"])
def test_what_is_cut_short_or_changed_is_written_anew(tables, folder, content):
    asking = Asking(tables, opened)
    for first in (date(2018, 9, 20), date(2018, 9, 13), date(2018, 9, 6)):
        assert asking.sql(first, NOVEMBER) == asking.right(first, NOVEMBER)
        (path,) = (folder / kept_sql.OF_DAYS).iterdir()
        path.write_bytes(content)


def test_other_versions_write_anew(tables, monkeypatch):
    asking = Asking(tables, opened)
    for version in ("a", "b"):
        monkeypatch.setattr(kept_sql, "made_by", lambda: version)  # noqa: B023
        for first in (date(2018, 9, 20), date(2018, 9, 13), date(2018, 9, 6)):
            asking.sql(first, NOVEMBER)
    assert asking.written == 6


def test_a_template_is_only_of_days(tables, monkeypatch):
    """Where the text with other days is another one in anything else, none is kept."""
    asking = Asking(tables, opened)

    def write(expression, _write=written):
        text = _write(expression)
        return text.replace("LIMIT", "limit") if "1602" in text else text

    monkeypatch.setattr(f"{__name__}.written", write)
    for first in (date(2018, 9, 20), date(2018, 9, 13), date(2018, 9, 6)):
        assert "limit" not in asking.sql(first, NOVEMBER)
    assert kept_sql._known(tables._reader.question(opened(tables, NOVEMBER, NOVEMBER).op()).shape) is None
    shape = tables._reader.question(opened(tables, date(2018, 9, 20), NOVEMBER).op()).shape
    assert kept_sql._known(shape) == {"template": None}
