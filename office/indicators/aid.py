"""Indicators of student aid: funds allocated, the nutrition plan, payments to students, inspections."""

from __future__ import annotations

import ibis

from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured, ratio

NUTRITION_FEN_PER_DAY = 400  # 4 yuan a school day in 2018 (3 from 2011, 5 from autumn 2021)


@measured("fen")
def funds_allocated(tables: Tables, period: Period) -> Measure:
    """Student-aid funds allocated to the city by the centre and the province since 1 January (下达).

    Formula: sum of amount_fen in fund_allocations where level is central or provincial and
        year start <= issued_on <= as_of
    Unit: fen, displayed in 万元; allocated is not spent
    NULL: amount_fen is never empty; no document gives 0
    Source: bulletin 2018-11, paragraph 15 (今年以来)

    >>> from zt_analysis.define import example, value
    >>> tables = example("fund_allocations", "level issued_on amount_fen", '''
    ...     central    2018-03-01 500
    ...     provincial 2017-12-31 70
    ...     city       2018-03-01 9''')
    >>> value("funds_allocated", tables)  # last year's and the city's own are not in it
    500
    """
    rows = tables["fund_allocations"]
    issued = (rows["issued_on"] >= ibis.literal(period.year_start)) & (rows["issued_on"] <= ibis.literal(period.as_of))
    return Measure(rows, "sum", "amount_fen", rows["level"].isin(["central", "provincial"]) & issued, dated="issued_on")


@measured("fen", time="term")
def nutrition_spending(tables: Tables, period: Period) -> Measure:
    """Spending of the nutrition improvement plan in the term (营养改善计划支出).

    Formula: sum of spending_fen in nutrition_students where term = the case's term
    Unit: fen, displayed in 万元
    NULL: spending_fen is never empty; no student gives 0
    Source: bulletin 2018-11, paragraph 15 (春季学期)

    >>> from zt_analysis.define import example, value
    >>> value("nutrition_spending", example("nutrition_students", "term spending_fen", '''
    ...     2018-spring 38000
    ...     2018-spring 2000
    ...     2017-autumn 7'''))
    40000
    """
    rows = tables["nutrition_students"]
    return Measure(rows, "sum", "spending_fen", rows["term"] == period.term)


@measured("persons", time="term")
def nutrition_students(tables: Tables, period: Period) -> Measure:
    """Students served by the nutrition improvement plan in the term.

    Formula: distinct student_id in nutrition_students where term = the case's term
    Unit: persons, not meals (人次)
    NULL: student_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15

    >>> from zt_analysis.define import example, value
    >>> value("nutrition_students", example("nutrition_students", "student_id term", '''
    ...     1 2018-spring
    ...     1 2018-spring
    ...     2 2018-spring'''))
    2
    """
    rows = tables["nutrition_students"]
    return Measure(rows, "distinct", "student_id", rows["term"] == period.term)


@measured("fen", time="term")
def aid_paid(tables: Tables, period: Period) -> Measure:
    """Aid paid to students of the four stages in the term (发放).

    Formula: sum of amount_fen in aid_payments where term = the case's term
    Unit: fen, displayed in 万元; the nutrition plan is not in it
    NULL: amount_fen is never empty; no payment gives 0
    Source: bulletin 2018-11, paragraph 15; the term is taken from the sentence before

    >>> from zt_analysis.define import example, value
    >>> value("aid_paid", example("aid_payments", "student_id term amount_fen", '''
    ...     1 2018-spring 50000
    ...     1 2018-spring 12500'''))
    62500
    """
    rows = tables["aid_payments"]
    return Measure(rows, "sum", "amount_fen", rows["term"] == period.term)


@measured("persons", time="term")
def aided_students(tables: Tables, period: Period) -> Measure:
    """Students who were paid aid in the term (受助学生).

    Formula: distinct student_id in aid_payments where term = the case's term
    Unit: persons; a student with several programmes counts once
    NULL: student_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15

    >>> from zt_analysis.define import example, value
    >>> value("aided_students", example("aid_payments", "student_id term", '''
    ...     1 2018-spring
    ...     1 2018-spring
    ...     2 2018-spring'''))
    2
    """
    rows = tables["aid_payments"]
    return Measure(rows, "distinct", "student_id", rows["term"] == period.term)


@measured("persons", time="term")
def registered_poor_aided_students(tables: Tables, period: Period) -> Measure:
    """Students from registered-poor households (建档立卡户) who were paid aid in the term.

    Formula: distinct student_id in aid_payments where term = the case's term and registered_poor
    Unit: persons
    NULL: registered_poor is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15

    >>> from zt_analysis.define import example, value
    >>> value("registered_poor_aided_students", example("aid_payments", "student_id term registered_poor", '''
    ...     1 2018-spring true
    ...     2 2018-spring false'''))
    1
    """
    rows = tables["aid_payments"]
    return Measure(rows, "distinct", "student_id", (rows["term"] == period.term) & rows["registered_poor"])


@measured("counties")
def counties(tables: Tables, period: Period) -> Measure:
    """County-level divisions of the city.

    Formula: distinct county_code in counties
    Unit: counties, districts and county-level cities
    NULL: county_code is never empty
    Source: GB/T 2260 as in force on the issue's date; bulletin 2018-11, paragraph 20

    >>> from zt_analysis.define import example, value
    >>> value("counties", example("counties", "county_code", '''
    ...     530602
    ...     530621'''))
    2
    """
    return Measure(tables["counties"], "distinct", "county_code")


@measured("households")
def inspected_households(tables: Tables, period: Period) -> Measure:
    """Households of registered-poor pupils visited by the inspection teams by the as-of date.

    Formula: distinct household_id in household_inspections where inspected_on <= as_of
    Unit: households
    NULL: household_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 20, which prints a lower bound

    >>> from zt_analysis.define import example, value
    >>> value("inspected_households", example("household_inspections", "household_id inspected_on", '''
    ...     a 2018-10-24
    ...     b 2018-11-09'''))
    1
    """
    rows = tables["household_inspections"]
    visited = rows["inspected_on"] <= ibis.literal(period.as_of)
    return Measure(rows, "distinct", "household_id", visited, dated="inspected_on")


@measured("counties")
def inspected_counties(tables: Tables, period: Period) -> Measure:
    """Counties in which at least one household was visited by the as-of date.

    Formula: distinct county_code in household_inspections where inspected_on <= as_of
    Unit: counties
    NULL: county_code is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 20

    >>> from zt_analysis.define import example, value
    >>> value("inspected_counties", example("household_inspections", "county_code inspected_on", '''
    ...     530602 2018-10-24
    ...     530602 2018-10-25'''))
    1
    """
    rows = tables["household_inspections"]
    visited = rows["inspected_on"] <= ibis.literal(period.as_of)
    return Measure(rows, "distinct", "county_code", visited, dated="inspected_on")


@derived("fen_per_person", time="term")
def nutrition_spending_per_student(nutrition_spending: Exact, nutrition_students: Exact) -> Exact:
    """Nutrition-plan spending per student served in the term.

    Formula: nutrition_spending / nutrition_students
    Unit: fen per person, displayed in yuan
    NULL: without students it cannot be derived
    Source: derived from two printed numbers; the half-year norm is 400 yuan

    >>> nutrition_spending_per_student(80000, 2)
    Fraction(40000, 1)
    """
    return ratio(nutrition_spending, nutrition_students)


@derived("days", time="term")
def nutrition_days_per_student(nutrition_spending: Exact, nutrition_students: Exact) -> Exact:
    """Days of meals that the spending pays for, per student, at 4 yuan a day.

    Formula: nutrition_spending / nutrition_students / 400 fen
    Unit: days
    NULL: without students it cannot be derived
    Source: derived; 4 yuan a day is the 2018 standard, 100 days a term

    >>> nutrition_days_per_student(80000, 2)
    Fraction(100, 1)
    """
    per_student = ratio(nutrition_spending, nutrition_students)
    return ratio(per_student, NUTRITION_FEN_PER_DAY)


@derived("fen_per_person", time="term")
def aid_per_student(aid_paid: Exact, aided_students: Exact) -> Exact:
    """Aid paid per aided student in the term, the four stages mixed.

    Formula: aid_paid / aided_students
    Unit: fen per person, displayed in yuan
    NULL: without students it cannot be derived
    Source: derived from two printed numbers

    >>> aid_per_student(30000, 3)
    Fraction(10000, 1)
    """
    return ratio(aid_paid, aided_students)


@derived("ratio", time="term")
def registered_poor_share(registered_poor_aided_students: Exact, aided_students: Exact) -> Exact:
    """Share of the aided students who are from registered-poor households.

    Formula: registered_poor_aided_students / aided_students
    Unit: ratio, displayed in %
    NULL: without aided students it cannot be derived
    Source: derived from two printed numbers

    >>> registered_poor_share(2, 3)
    Fraction(2, 3)
    """
    return ratio(registered_poor_aided_students, aided_students)


@derived("ratio")
def spending_share_of_allocation(nutrition_spending: Exact, aid_paid: Exact, funds_allocated: Exact) -> Exact:
    """Nutrition spending and aid paid, together, over the funds allocated.

    Formula: (nutrition_spending + aid_paid) / funds_allocated
    Unit: ratio, displayed in %
    NULL: without an allocation it cannot be derived
    Source: derived; meaningful only if both are paid from this allocation, which the bulletin does not say

    >>> spending_share_of_allocation(1, 2, 6)
    Fraction(1, 2)
    """
    if nutrition_spending is None or aid_paid is None:
        return None
    return ratio(nutrition_spending + aid_paid, funds_allocated)


@derived("ratio")
def aid_share_of_allocation(aid_paid: Exact, funds_allocated: Exact) -> Exact:
    """Aid paid over the funds allocated.

    Formula: aid_paid / funds_allocated
    Unit: ratio, displayed in %
    NULL: without an allocation it cannot be derived
    Source: derived; a term's payments over an allocation of most of a year

    >>> aid_share_of_allocation(1, 4)
    Fraction(1, 4)
    """
    return ratio(aid_paid, funds_allocated)


@derived("fen")
def allocation_remainder(funds_allocated: Exact, nutrition_spending: Exact, aid_paid: Exact) -> Exact:
    """What is left of the allocation after nutrition spending and aid paid.

    Formula: funds_allocated - nutrition_spending - aid_paid
    Unit: fen, displayed in 万元
    NULL: cannot be derived where one of the three cannot
    Source: derived; meaningful only if the pools are the same, which the bulletin does not say

    >>> allocation_remainder(10, 3, 2)
    5
    """
    if funds_allocated is None or nutrition_spending is None or aid_paid is None:
        return None
    return funds_allocated - nutrition_spending - aid_paid
