"""Spans of every kind tile time, are each other's neighbours, and are read as they are written, or told."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.errors import InputError
from zt_analysis.spans import KINDS, WEEKDAYS, Calendar, Term, a_year_before

AUTUMN, SPRING = Term("autumn", 9, 1, "秋季学期", "autumn term"), Term("spring", 3, 1, "春季学期", "spring term")
# Thursdays as the shipped office, three terms that straddle years elsewhere, a term that begins with the year
CALENDARS = [
    Calendar("Thursday", (AUTUMN, SPRING)),
    Calendar("Sunday", (Term("first", 11, 15, "一学期", "term one"), Term("second", 2, 28, "二学期", "term two"),
                        Term("third", 6, 30, "三学期", "term three"))),
    Calendar("Monday", (Term("whole", 1, 1, "全年", "whole"),)),
]  # fmt: skip
calendars = st.sampled_from(CALENDARS)
kinds = st.sampled_from([kind for kind in KINDS if kind != "span"])
days = st.dates(date(1905, 1, 1), date(2195, 12, 31))


@examples()
@given(calendars, kinds, days)
@example(CALENDARS[0], "week", date(2020, 12, 31))
@example(CALENDARS[0], "day", date(2020, 2, 29))
@example(CALENDARS[1], "term", date(2020, 2, 29))
def test_neighbours_are_each_others_and_tile(calendar, kind, day):
    span = calendar.containing(day, kind)
    assert day in span
    assert span.before.after == span == span.after.before
    assert span.before.last + timedelta(days=1) == span.first
    assert span.last + timedelta(days=1) == span.after.first
    assert calendar.containing(span.first, kind) == calendar.containing(span.last, kind) == span


@examples()
@given(calendars, kinds, days)
def test_what_is_written_is_read(calendar, kind, day):
    span = calendar.containing(day, kind)
    assert calendar.parse(str(span)) == calendar.parse(str(span), kind) == span
    assert span.name["zh"] != span.name["en"] or kind == "year"


@examples()
@given(calendars, days, st.integers(1, 400))
def test_a_span_of_days_is_written_from_its_base_date(calendar, day, length):
    text = f"{day}/{day + timedelta(days=length)}"
    span = calendar.parse(text)
    assert (str(span), span.before.after, span.after.before) == (text, span, span)
    assert span.last - span.before.last == timedelta(days=length)


@examples()
@given(calendars, st.integers(1906, 2194), st.sampled_from(["month", "quarter", "half", "day"]))
def test_parts_tile_the_year(calendar, year, kind):
    whole = calendar.parse(str(year))
    parts = list(whole.parts(kind))
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert sum((one.last - one.first).days + 1 for one in parts) == (whole.last - whole.first).days + 1
    assert [one.after for one in parts[:-1]] == parts[1:]


@examples()
@given(calendars, st.integers(1906, 2194))
def test_terms_tile_the_school_year(calendar, year):
    whole = calendar.parse(f"{year}-{year + 1}")
    parts = list(whole.parts("term"))
    assert [str(one).split("-")[1] for one in parts] == [one.id for one in calendar.terms]
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)


@examples()
@given(calendars, kinds, days)
def test_the_same_period_of_last_year_lies_a_year_back(calendar, kind, day):
    span = calendar.containing(day, kind)
    if str(span).endswith("W53") and not str(calendar.containing(span.first - timedelta(days=360), kind)).endswith(
        "W53"
    ):
        with pytest.raises(InputError, match="a year before"):
            _ = span.same_last_year
        return
    same = span.same_last_year
    assert same.kind == kind
    assert 360 <= (span.first - same.first).days <= 371
    if kind not in ("day", "week", "school_year"):
        assert (str(same)[4:], int(str(same)[:4])) == (str(span)[4:], int(str(span)[:4]) - 1)


def test_leap_days_and_week_53():
    calendar = CALENDARS[0]
    assert a_year_before(date(2020, 2, 29)) == date(2019, 2, 28)
    assert str(calendar.parse("2020-02").same_last_year) == "2019-02"
    assert calendar.parse("2020-02").same_last_year.last == date(2019, 2, 28)
    assert str(calendar.parse("2020-02-29/2020-03-31").same_last_year) == "2019-02-28/2019-03-31"
    week = calendar.parse("2020-W53")
    assert (week.first, week.last, str(week.after)) == (date(2020, 12, 25), date(2020, 12, 31), "2021-W01")
    with pytest.raises(InputError, match=r"the same week a year before 2020-W53; found '2019-W53'; expected a week"):
        _ = week.same_last_year


def test_a_term_may_straddle_the_year():
    calendar = CALENDARS[0]
    autumn = calendar.parse("2018-autumn")
    assert (autumn.first, autumn.last) == (date(2018, 9, 1), date(2019, 2, 28))
    assert calendar.containing(date(2019, 1, 20), "term") == autumn
    assert str(calendar.containing(date(2019, 1, 20), "school_year")) == "2018-2019"
    assert str(calendar.containing(date(2020, 2, 29), "term")) == "2019-autumn"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2018-11-08", "2018年11月8日", "8 November 2018"),
        ("2018-09-20/2018-11-08", "2018年9月20日至2018年11月8日", "20 September 2018 to 8 November 2018"),
        ("2018-W45", "2018年第45周", "week 45 of 2018"),
        ("2018-11", "2018年11月", "November 2018"),
        ("2018-Q3", "2018年第三季度", "third quarter of 2018"),
        ("2018-H1", "2018年上半年", "first half of 2018"),
        ("2018-H2", "2018年下半年", "second half of 2018"),
        ("2018-autumn", "2018年秋季学期", "autumn term 2018"),
        ("2018-2019", "2018—2019学年", "school year 2018–2019"),
        ("2018", "2018年", "2018"),
    ],
)
def test_names(text, zh, en):
    assert CALENDARS[0].parse(text).name == {"zh": zh, "en": en}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2018-Q5", "quarter", "a quarter such as 2018-Q3"),
        ("2018Q3", "quarter", "a quarter such as 2018-Q3"),
        ("第三季度", "quarter", "a quarter"),
        ("2018-13", "month", "a month such as 2018-11"),
        ("2018-00", "month", "a month"),
        ("2019-W53", "week", "a week such as 2018-W45"),
        ("2018-02-29", "day", "a day such as 2018-11-08"),
        ("2018-11-08/2018-09-20", "span", "two days"),
        ("2018-2020", "school_year", "a school year such as 2018-2019"),
        ("2018-summer", "term", "a term such as 2018-autumn \\(autumn or spring\\)"),
        ("2018\n", "year", "a calendar year"),
        ("0000", "year", "a calendar year"),
        ("２０１８", "year", "a calendar year"),
        (2018, "year", "a calendar year"),
        (None, "", "a day such as"),
        ("", "", "a day such as"),
    ],
)
def test_what_is_no_period_is_told(text, kind, expected):
    with pytest.raises(InputError, match=f"parameter 'quarter'; found .*; expected {expected}"):
        CALENDARS[0].parse(text, kind, where="parameter 'quarter'")


@pytest.mark.parametrize("kind", ["term", "school_year"])
def test_an_office_without_terms_has_none(kind):
    with pytest.raises(InputError, match="no terms in the office's calendar"):
        Calendar().containing(date(2018, 9, 1), kind)
    with pytest.raises(InputError, match="found '2018-autumn'" if kind == "term" else "found '2018-2019'"):
        Calendar().parse("2018-autumn" if kind == "term" else "2018-2019", kind)


@pytest.mark.parametrize("kind", ["fortnight", "span", ""])
def test_no_such_kind(kind):
    with pytest.raises(InputError, match="kind of period"):
        Calendar().containing(date(2018, 9, 1), kind)


def test_a_year_without_end_is_told():
    with pytest.raises(InputError, match="a week with 9999-12-31"):
        Calendar("Thursday").containing(date.max, "week")


@pytest.mark.parametrize(
    "terms",
    [(AUTUMN, AUTUMN), (AUTUMN, Term("spring", 9, 1, "", "")), (Term("a", 9, 1, "", ""), Term("b", 3, 1, "", ""),
     Term("c", 1, 1, "", ""))],
)  # fmt: skip
def test_terms_that_cannot_follow_each_other_are_refused(terms):
    with pytest.raises(InputError, match="calendar, terms"):
        Calendar(terms=terms)


def test_a_term_needs_a_day_of_every_year():
    with pytest.raises(InputError, match="a day that every year has"):
        Term("spring", 2, 29, "", "")
    with pytest.raises(InputError, match="week_ends; found 'Donnerstag'; expected Monday"):
        Calendar("Donnerstag")
    assert [Calendar(one).weekday for one in WEEKDAYS] == [1, 2, 3, 4, 5, 6, 7]
