"""Indicators of the inspections in the counties."""

from __future__ import annotations

import ibis

from zt_analysis.define import Measure, Period, Tables, measured


@measured(
    "counties",
    zh="县级行政区数",
    en="county-level divisions",
    words=("全市|我市|昭通市|全部|所有|共辖|辖;*县区|县市区|县（市、区）|区县",),
    dated_event=True,
)
def counties(tables: Tables, period: Period) -> Measure:
    """County-level divisions of the city.

    Formula: distinct county_code in counties
    Unit: counties, districts and county-level cities
    NULL: county_code is never empty
    Source: GB/T 2260 as in force on the issue's date; bulletin 2018-11, paragraph 20
    定义：全市县、区及县级市的个数。
    算式：counties 中的不同 county_code 数
    空值：county_code 从不为空
    出处：发文日有效的 GB/T 2260；简报 2018-11 第20段

    >>> from zt_analysis.define import example, value
    >>> value("counties", example("counties", "county_code", '''
    ...     530602
    ...     530621'''))
    2
    """
    return Measure(tables["counties"], "distinct", "county_code")


@measured(
    "households",
    zh="抽查户数",
    en="households inspected",
    words=(
        "抽查|走访|入户|深入|工作组;*学生家庭|家庭|家中|农户|建档立卡学生家庭|建档立卡贫困户|建档立卡家庭|建档立卡贫困学生家庭|建档立卡户|卡户|学生家中|学生家|户",
        "抽查户数|抽查情况|抽查结果|入户抽查|走访户数",
    ),
    dated_event=True,
)
def inspected_households(tables: Tables, period: Period) -> Measure:
    """Households of registered-poor pupils visited by the inspection teams by the as-of date.

    Formula: distinct household_id in household_inspections where inspected_on <= as_of
    Unit: households
    NULL: household_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 20, which prints a lower bound
    定义：截至统计日工作组入户抽查的建档立卡学生家庭户数。
    算式：household_inspections 中 inspected_on 不晚于统计日的不同 household_id 数
    空值：household_id 从不为空；没有则为 0
    出处：简报 2018-11 第20段，所印为下限

    >>> from zt_analysis.define import example, value
    >>> value("inspected_households", example("household_inspections", "household_id inspected_on", '''
    ...     a 2018-10-24
    ...     b 2018-11-09'''))
    1
    """
    rows = tables["household_inspections"]
    visited = rows["inspected_on"] <= ibis.literal(period.as_of)
    return Measure(rows, "distinct", "household_id", visited, dated="inspected_on")


@measured(
    "counties",
    zh="抽查覆盖县区数",
    en="counties inspected",
    words=("抽查|走访|检查|入户|督查;县区|县市区",),
    dated_event=True,
)
def inspected_counties(tables: Tables, period: Period) -> Measure:
    """Counties in which at least one household was visited by the as-of date.

    Formula: distinct county_code in household_inspections where inspected_on <= as_of
    Unit: counties
    NULL: county_code is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 20
    定义：截至统计日至少抽查一户的县区个数。
    算式：household_inspections 中 inspected_on 不晚于统计日的不同 county_code 数
    空值：county_code 从不为空；没有则为 0
    出处：简报 2018-11 第20段

    >>> from zt_analysis.define import example, value
    >>> value("inspected_counties", example("household_inspections", "county_code inspected_on", '''
    ...     530602 2018-10-24
    ...     530602 2018-10-25'''))
    1
    """
    rows = tables["household_inspections"]
    visited = rows["inspected_on"] <= ibis.literal(period.as_of)
    return Measure(rows, "distinct", "county_code", visited, dated="inspected_on")
