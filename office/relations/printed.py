"""Relations of an issue that no single statement says; the others are ``statements.csv``."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zt_analysis.define import Book, Finding, Wanted, equal, ratio, relation, shown
from zt_analysis.define import rows as rows_behind

BULLETIN = ("bulletin",)
# The lists that the issue names by their length; the members are ours to keep, in our words.
NAMED_LISTS = {
    "四包": (4, ("county to township", "township to village", "village to group", "group to household")),
    "两条线": (2, ("government", "education")),
    "五长": (5, ("county head", "township head", "village head", "bureau head", "school head")),
    "七有": (7, ("bag", "books", "teacher", "plan", "marking", "tests", "file")),
    "三清": (3, ("county", "household", "student")),
    "镇彝威": (3, ("530627", "530628", "530629")),
}


@relation(
    "C08c",
    "hard",
    papers=BULLETIN,
    zh="派出日不晚于首次抽查，首次抽查不晚于发文日",
    en="Teams sent, first inspection and issue in order",
)
def inspections_by_issue(book: Book) -> Finding:
    """Teams were sent (printed date) no later than the first household inspected, and that by the date of issue."""
    first = book.first_day("household_inspections", "inspected_on")
    sent = date.fromisoformat(book.stated("teams_sent")[0])
    in_order = (sent <= first, first <= book.on("issued_on")) if first else ()
    return equal(sum(in_order), 2, "items", checked=len(in_order))


@relation(
    "C09", "hard", papers=BULLETIN, zh="以数字命名的清单项数相符", en="Lists named by a number have that many members"
)
def named_lists_have_their_length(book: Book) -> Finding:
    """Each list that is named by a number has so many members."""
    right = sum(len(members) == number for number, members in NAMED_LISTS.values())
    return equal(right, len(NAMED_LISTS), "items", checked=len(NAMED_LISTS))


@relation(
    "C11",
    "info",
    papers=BULLETIN,
    zh="同时享受营养计划与资助的学生（两数不可相加）",
    en="Students in both counts (the two must not be added)",
)
def students_in_both_counts(book: Book) -> Finding:
    """Students who are in the nutrition plan and also aided: the two numbers of persons must not be added."""
    nutrition = rows_behind(Wanted("nutrition_students", book.period), book.tables)
    aided = rows_behind(Wanted("aided_students", book.period), book.tables).select("student_id").distinct()
    both = aided.semi_join(nutrition, "student_id")
    count = book.tables.rows(both.aggregate(n=both.count()))[0]["n"]
    keys = (book.key("nutrition_students"), book.key("aided_students"))
    return shown(count, "persons", figures=keys)


@relation("C12", "hard", papers=BULLETIN, zh="安置年龄段无空档", en="Placement age bands without a gap")
def age_bands_have_no_gap(book: Book) -> Finding:
    """The printed age bands of placement cover every age from their lowest to their highest.

    Age 9 is in none of them; what to do with it is for the responsible office to decide.
    """
    bands = [tuple(map(int, ages.split("-"))) for ages in book.stated("placement_ages")]
    covered = {age for first, last in bands for age in range(first, last + 1)}
    return equal(len(covered), max(covered) - min(covered) + 1, "ages", checked=len(bands))


@relation(
    "C16",
    "info",
    papers=BULLETIN,
    zh="某生每周上门次数（山东标准每周2次）",
    en="Visits a week to one pupil (Shandong asks for 2)",
)
def home_visits_a_week(book: Book) -> Finding:
    """Visits to one pupil per week since teaching began, beside the two a week that Shandong asks for."""
    began = date.fromisoformat(f"{book.stated('visits_since')[0]}-01")
    weeks = Fraction((book.on("issued_on") - began).days, 7)
    return shown(ratio(int(book.stated("visits")[0]), weeks), "per_week", against=2)
