"""Relations between the figures an issue prints (C01 to C16)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zt_analysis.define import Book, Finding, Wanted, at_most, below, equal, near, ratio, relation, shown
from zt_analysis.define import rows as rows_behind

BULLETIN = ("bulletin",)
HALF_YEAR_NUTRITION_FEN = 40000  # 4 yuan x 100 school days
EXIT_NORM = {"primary": Fraction(6, 1000), "junior": Fraction(18, 1000)}  # Yunnan county exit norm as reported
# The lists that the issue names by their length; the members are ours to keep, in our words.
NAMED_LISTS = {
    "四包": (4, ("county to township", "township to village", "village to group", "group to household")),
    "两条线": (2, ("government", "education")),
    "五长": (5, ("county head", "township head", "village head", "bureau head", "school head")),
    "七有": (7, ("bag", "books", "teacher", "plan", "marking", "tests", "file")),
    "三清": (3, ("county", "household", "student")),
    "镇彝威": (3, ("530627", "530628", "530629")),
}


@relation("C01", "hard", papers=BULLETIN)
def parts_within_returned(book: Book) -> Finding:
    """Read as parts of the returned, students taught at home and at a distance cannot exceed them.

    They do, so the sentence must not be read as a breakdown: three outcomes stand side by side.
    """
    parts = _sum(book, "home_taught_students", "remote_taught_students")
    keys = tuple(book.key(name) for name in ("home_taught_students", "remote_taught_students", "returned_students"))
    return at_most(parts, book("returned_students"), "persons", figures=keys)


@relation("C02a", "hard", papers=BULLETIN)
def primary_rate_fell(book: Book) -> Finding:
    """The primary out-of-school rate is below that of the base date (降至)."""
    return _rate_fell(book, "primary")


@relation("C02b", "hard", papers=BULLETIN)
def junior_rate_fell(book: Book) -> Finding:
    """The junior-secondary out-of-school rate is below that of the base date (降至)."""
    return _rate_fell(book, "junior")


@relation("C03", "hard", papers=BULLETIN)
def registered_poor_within_aided(book: Book) -> Finding:
    """Registered-poor aided students are some of the aided students."""
    keys = (book.key("registered_poor_aided_students"), book.key("aided_students"))
    return at_most(book("registered_poor_aided_students"), book("aided_students"), "persons", figures=keys)


@relation("C04", "hard", papers=BULLETIN)
def spending_within_allocation(book: Book) -> Finding:
    """Nutrition spending and aid paid do not exceed the allocation, if they are paid from it.

    The issue does not say that they are; without that the comparison proves nothing.
    """
    keys = tuple(book.key(name) for name in ("nutrition_spending", "aid_paid", "funds_allocated"))
    return at_most(_sum(book, "nutrition_spending", "aid_paid"), book("funds_allocated"), "fen", figures=keys)


@relation("C05", "soft", papers=BULLETIN)
def nutrition_near_norm(book: Book) -> Finding:
    """Nutrition spending per student is within 5 % of the half-year norm of 400 yuan."""
    key = book.key("nutrition_spending_per_student")
    return near(
        book("nutrition_spending_per_student"),
        HALF_YEAR_NUTRITION_FEN,
        "fen_per_person",
        within=Fraction(5, 100),
        figures=(key,),
    )


@relation("C06", "info", papers=BULLETIN)
def aid_per_student_shown(book: Book) -> Finding:
    """Aid per aided student, four stages mixed; there is no norm to hold it against."""
    return shown(book("aid_per_student"), "fen_per_person", figures=(book.key("aid_per_student"),))


@relation("C07", "soft", papers=BULLETIN)
def fall_accounts_for_returns(book: Book) -> Finding:
    """The fall in the number of children out of school between the two dates equals the number returned.

    It does not: returns may have begun before the base date, new cases were opened, others were settled by teaching
    at home or at a distance. The issue prints none of these, so from it the gap stays unexplained.
    """
    before, after = book("out_of_school_children", at_base=True), book("out_of_school_children")
    keys = (
        book.key("out_of_school_children", at_base=True),
        book.key("out_of_school_children"),
        book.key("returned_students"),
    )
    fall = None if before is None or after is None else before - after
    return equal(fall, book("returned_students"), "persons", figures=keys)


@relation("C08a", "hard", papers=BULLETIN)
def base_before_as_of(book: Book) -> Finding:
    """The base date is before the as-of date (days between them are more than 0)."""
    return below(0, (book.on("as_of") - book.on("base_on")).days, "calendar_days")


@relation("C08b", "hard", papers=BULLETIN)
def as_of_by_issue(book: Book) -> Finding:
    """The as-of date is not after the date of issue."""
    return at_most(0, (book.on("issued_on") - book.on("as_of")).days, "calendar_days")


@relation("C08c", "hard", papers=BULLETIN)
def inspections_by_issue(book: Book) -> Finding:
    """Teams were sent (printed date) no later than the first household inspected, and that by the date of issue."""
    first = book.tables.rows(
        book.tables["household_inspections"].aggregate(first=book.tables["household_inspections"]["inspected_on"].min())
    )[0]["first"]
    sent = date.fromisoformat(book.stated("teams_sent")[0])
    return equal(sum((sent <= first, first <= book.on("issued_on"))), 2, "items", checked=2)


@relation("C09", "hard", papers=BULLETIN)
def named_lists_have_their_length(book: Book) -> Finding:
    """Each list that is named by a number has so many members."""
    right = sum(len(members) == number for number, members in NAMED_LISTS.values())
    return equal(right, len(NAMED_LISTS), "items", checked=len(NAMED_LISTS))


@relation("C10", "hard", papers=BULLETIN)
def all_counties_inspected(book: Book) -> Finding:
    """Every county of the county list was inspected."""
    keys = (book.key("inspected_counties"), book.key("counties"))
    return equal(book("inspected_counties"), book("counties"), "counties", figures=keys)


@relation("C11", "info", papers=BULLETIN)
def students_in_both_counts(book: Book) -> Finding:
    """Students who are in the nutrition plan and also aided: the two numbers of persons must not be added."""
    nutrition = rows_behind(Wanted("nutrition_students", book.period), book.tables)
    aided = rows_behind(Wanted("aided_students", book.period), book.tables).select("student_id").distinct()
    both = aided.semi_join(nutrition, "student_id")
    count = book.tables.rows(both.aggregate(n=both.count()))[0]["n"]
    keys = (book.key("nutrition_students"), book.key("aided_students"))
    return shown(count, "persons", figures=keys)


@relation("C12", "hard", papers=BULLETIN)
def age_bands_have_no_gap(book: Book) -> Finding:
    """The printed age bands of placement cover every age from their lowest to their highest.

    Age 9 is in none of them; what to do with it is for the responsible office to decide.
    """
    bands = [tuple(map(int, ages.split("-"))) for ages in book.stated("placement_ages")]
    covered = {age for first, last in bands for age in range(first, last + 1)}
    return equal(len(covered), max(covered) - min(covered) + 1, "ages", checked=len(bands))


@relation("C13a", "soft", papers=BULLETIN)
def primary_below_exit_norm(book: Book) -> Finding:
    """The primary out-of-school rate is below Yunnan's norm for a county's exit from poverty, 0.6 %."""
    key = book.key("out_of_school_rate", stage="primary")
    return below(book("out_of_school_rate", stage="primary"), EXIT_NORM["primary"], "ratio", figures=(key,))


@relation("C13b", "soft", papers=BULLETIN)
def junior_below_exit_norm(book: Book) -> Finding:
    """The junior-secondary out-of-school rate is below Yunnan's norm for a county's exit from poverty, 1.8 %."""
    key = book.key("out_of_school_rate", stage="junior")
    return below(book("out_of_school_rate", stage="junior"), EXIT_NORM["junior"], "ratio", figures=(key,))


@relation("C14", "info", papers=BULLETIN)
def issues_before_this_year(book: Book) -> Finding:
    """Issues printed before this year: the running number less the number in the year."""
    total, number = (int(book.stated(role)[0]) for role in ("issue_total", "issue_number"))
    return shown(total - number, "issues")


@relation("C15", "hard", papers=BULLETIN)
def inspected_within_registered_poor(book: Book) -> Finding:
    """Households inspected are not more than the registered-poor students aided."""
    keys = (book.key("inspected_households"), book.key("registered_poor_aided_students"))
    return at_most(book("inspected_households"), book("registered_poor_aided_students"), "rows", figures=keys)


@relation("C16", "info", papers=BULLETIN)
def home_visits_a_week(book: Book) -> Finding:
    """Visits to one pupil per week since teaching began, beside the two a week that Shandong asks for."""
    began = date.fromisoformat(f"{book.stated('visits_since')[0]}-01")
    weeks = Fraction((book.on("issued_on") - began).days, 7)
    return shown(ratio(int(book.stated("visits")[0]), weeks), "per_week", against=2)


def _rate_fell(book: Book, stage: str) -> Finding:
    now, before = (book("out_of_school_rate", stage=stage, at_base=base) for base in (False, True))
    keys = tuple(book.key("out_of_school_rate", stage=stage, at_base=base) for base in (False, True))
    return below(now, before, "ratio", figures=keys)


def _sum(book: Book, *indicators: str) -> Fraction | int | None:
    values = [book(indicator) for indicator in indicators]
    return None if None in values else sum(value for value in values if value is not None)
