"""Indicators of the nutrition improvement plan."""

from __future__ import annotations

from zt_analysis.define import Exact, Measure, Tables, derived, measured, ratio

from ..periods import Period

NUTRITION_FEN_PER_DAY = 400  # 4 yuan a school day in 2018 (3 from 2011, 5 from autumn 2021)


@measured(
    "fen",
    time="term",
    zh="营养改善计划支出",
    en="nutrition-plan spending",
    words=(
        "营养改善计划专项资金|营养改善计划|营养改善|营养餐|营养膳食;支出|投入|使用|列支|花费|开支|用款|用去|花了|花去",
    ),
    headline=True,
)
def nutrition_spending(tables: Tables, period: Period) -> Measure:
    """Spending of the nutrition improvement plan in the term (营养改善计划支出).

    Formula: sum of spending_fen in nutrition_students where term = the case's term
    Unit: fen, displayed in 万元
    NULL: spending_fen is never empty; no student gives 0
    Source: bulletin 2018-11, paragraph 15 (春季学期)
    定义：本学期营养改善计划支出金额。
    算式：nutrition_students 中 term = 本期学期的 spending_fen 之和
    空值：spending_fen 从不为空；没有学生为 0
    出处：简报 2018-11 第15段（春季学期）

    >>> from zt_analysis.define import example, value
    >>> value("nutrition_spending", example("nutrition_students", "term spending_fen", '''
    ...     2018-spring 38000
    ...     2018-spring 2000
    ...     2017-autumn 7'''))
    40000
    """
    rows = tables["nutrition_students"]
    return Measure(rows, "sum", "spending_fen", rows["term"] == period.term, only=("term", period.term))


@measured(
    "persons",
    time="term",
    zh="营养改善计划受益学生数",
    en="nutrition-plan students",
    words=(
        "农村义务教育学生营养改善计划|营养改善计划|营养改善|营养餐|营养膳食;"
        "*享受|受益|惠及|覆盖|惠及农村义务教育学生|农村义务教育学生|农村义务教育阶段学生|农村学生|吃上|吃到|受惠|供餐学生",
        "营养改善计划学生|营养餐学生|营养改善学生|受益于营养改善计划|吃营养餐的|吃营养餐学生|吃上营养餐的|享用营养餐的",
    ),
    headline=True,
)
def nutrition_students(tables: Tables, period: Period) -> Measure:
    """Students served by the nutrition improvement plan in the term.

    Formula: distinct student_id in nutrition_students where term = the case's term
    Unit: persons, not meals (人次)
    NULL: student_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15
    定义：本学期享受营养改善计划的学生人数（人，不是人次）。
    算式：nutrition_students 中 term = 本期学期的不同 student_id 数
    空值：student_id 从不为空；没有则为 0
    出处：简报 2018-11 第15段

    >>> from zt_analysis.define import example, value
    >>> value("nutrition_students", example("nutrition_students", "student_id term", '''
    ...     1 2018-spring
    ...     1 2018-spring
    ...     2 2018-spring'''))
    2
    """
    rows = tables["nutrition_students"]
    return Measure(rows, "distinct", "student_id", rows["term"] == period.term, only=("term", period.term))


@derived(
    "fen_per_person",
    time="term",
    zh="人均营养改善支出",
    en="nutrition spending per student",
    words=(
        "*人均支出|生均支出|人均|生均|人均花费|生均花费|人均开支|平均每生支出|平均每人支出|每生支出"
        "|每名受益学生|每名受益学生平均|平均每名受益学生|折合每名受益学生|每位受益学生|每个受益学生;"
        "营养改善计划支出|营养改善支出|营养改善计划|营养改善|营养餐|营养",
    ),
)
def nutrition_spending_per_student(nutrition_spending: Exact, nutrition_students: Exact) -> Exact:
    """Nutrition-plan spending per student served in the term.

    Formula: nutrition_spending / nutrition_students
    Unit: fen per person, displayed in yuan
    NULL: without students it cannot be derived
    Source: derived from two printed numbers; the half-year norm is 400 yuan
    定义：营养改善计划支出除以受益学生数。
    算式：营养改善计划支出 ÷ 受益学生数
    空值：没有学生时无法推出
    出处：由两个公布数推出；半年标准为400元

    >>> nutrition_spending_per_student(80000, 2)
    Fraction(40000, 1)
    """
    return ratio(nutrition_spending, nutrition_students)


@derived(
    "days",
    time="term",
    zh="人均供餐天数（折算）",
    en="days of meals per student",
    words=(
        "营养餐|营养膳食|营养改善计划|营养改善;*人均供餐|生均供餐|人均折算供餐|折算供餐|人均折合供餐|每名学生供餐|每生供餐|平均供餐|折合供餐"
        "|折算供餐天数|供餐天数|折算|折合|平均吃了|人均吃了|天数",
        "人均供餐|生均供餐|人均折算供餐|折算供餐|人均折合供餐|每名学生供餐|每生供餐|平均供餐|折合供餐|折算供餐天数|供餐天数",
        "按标准折算;*人均供餐|生均供餐|供餐",
    ),
)
def nutrition_days_per_student(nutrition_spending: Exact, nutrition_students: Exact) -> Exact:
    """Days of meals that the spending pays for, per student, at 4 yuan a day.

    Formula: nutrition_spending / nutrition_students / 400 fen
    Unit: days
    NULL: without students it cannot be derived
    Source: derived; 4 yuan a day is the 2018 standard, 100 days a term
    定义：人均支出按每天4元折算的天数。
    算式：营养改善计划支出 ÷ 受益学生数 ÷ 400分
    空值：没有学生时无法推出
    出处：推出；每天4元为2018年标准，每学期100天

    >>> nutrition_days_per_student(80000, 2)
    Fraction(100, 1)
    """
    per_student = ratio(nutrition_spending, nutrition_students)
    return ratio(per_student, NUTRITION_FEN_PER_DAY)
