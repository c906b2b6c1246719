"""Indicators of how many of a hundred children are out of school, and of how many that is."""

from __future__ import annotations

import ibis

from zt_analysis.define import Exact, Measure, Tables, derived, measured, ratio

from ..periods import Period
from .attendance import COMPULSORY


@measured(
    "persons",
    stated_by={"stage": COMPULSORY},
    zh="失辍学率分母",
    en="population of the rate",
    words=(
        "失辍学率分母|失辍学率的分母|辍学率分母|辍学率的分母|分母基数|学生基数|适龄人口基数|适龄人口|适龄儿童少年总数|适龄儿童总数|适龄人口总数|义务教育适龄人口|适龄人口数|计算基数|在校基数|在籍基数|在校生基数|在籍学生基数|在校学生基数|分母",
    ),
    stock=True,
)
def rate_population(tables: Tables, period: Period) -> Measure:
    """Children a rate is divided by on the as-of date: of school age, or enrolled, as the case says.

    Formula: sum of school_age_persons (or enrolled_persons) in enrolment where reported_on = as_of
    Unit: persons
    NULL: none where nothing was reported for the date, or a report leaves it out
    Source: bulletin 2018-11 does not state the denominator; parameter ``denominator``, school_age unless changed
    定义：统计日的适龄人口（或在校生，按参数）；公报未说明所用分母。
    算式：enrolment 中 reported_on = 统计日的 school_age_persons（或 enrolled_persons）之和
    空值：该日没有报送，或报送中缺此数时，无此数
    出处：简报 2018-11 未说明分母；由参数 denominator 决定，默认适龄人口

    >>> from zt_analysis.define import example, value
    >>> tables = example("enrolment", "reported_on stage school_age_persons enrolled_persons", '''
    ...     2018-11-08 primary 100 99
    ...     2018-11-01 primary 100 98''')
    >>> value("rate_population", tables)
    100
    """
    enrolment = tables["enrolment"]
    on_day = enrolment["reported_on"] == ibis.literal(period.as_of)
    only = ("reported_on", period.as_of)
    return Measure(enrolment, "sum", f"{period.denominator}_persons", on_day, only=only, complete=True)


@derived(
    "ratio",
    stated_by={"stage": COMPULSORY},
    zh="失辍学率",
    en="out-of-school rate",
    words=("失辍学率|辍学率",),
    headline=True,
    stock=True,
)
def out_of_school_rate(out_of_school_children: Exact, rate_population: Exact) -> Exact:
    """Share of children out of school on the date (失辍学率).

    Formula: out_of_school_children / rate_population
    Unit: ratio, displayed in % with two decimals
    NULL: over a population of 0 it cannot be derived
    Source: bulletin 2018-11, paragraph 6, printed with two decimals and without its denominator
    定义：失辍学人数除以分母，按百分数保留两位小数。
    算式：失辍学人数 ÷ 失辍学率分母
    空值：分母为 0 时无法推出
    出处：简报 2018-11 第6段，印两位小数，未印分母

    >>> out_of_school_rate(3, 1000)
    Fraction(3, 1000)
    """
    return ratio(out_of_school_children, rate_population)


@derived(
    "ratio_change",
    time="span",
    stated_by={"stage": COMPULSORY},
    zh="失辍学率变化",
    en="change of the out-of-school rate",
    words=("失辍学率|辍学率",),
)
def out_of_school_rate_change(out_of_school_rate: Exact, out_of_school_rate_at_base: Exact) -> Exact:
    """Change of the out-of-school rate since the base date.

    Formula: out_of_school_rate - out_of_school_rate at base_on
    Unit: percentage points (百分点), negative for a fall; not a change in %
    NULL: cannot be derived where one of the two rates cannot
    Source: bulletin 2018-11, paragraph 6, states both rates; the difference is ours
    定义：统计日与基期日失辍学率之差，单位是百分点，不是百分比。
    算式：统计日失辍学率－基期日失辍学率
    空值：两个比率有一个无法推出时无法推出
    出处：简报 2018-11 第6段印了两个比率；差由本项目计算

    >>> from fractions import Fraction
    >>> out_of_school_rate_change(Fraction(1, 100), Fraction(3, 100))
    Fraction(-1, 50)
    """
    if out_of_school_rate is None or out_of_school_rate_at_base is None:
        return None
    return out_of_school_rate - out_of_school_rate_at_base
