"""Schools, villages, townships and counties of the weekly circular without an open case."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from zt_analysis.define import Measure, Tables, measured

from ..periods import Period
from .attendance import COMPULSORY


@measured(
    "schools",
    zh="无辍学学校数",
    en="schools without dropouts",
    words=("无辍学学校", "无辍学;学校", "无失辍学个案|没有失辍学个案;学校"),
)
def schools_without_cases(tables: Tables, period: Period) -> Measure:
    """Schools of compulsory education without an open case on the as-of date (无辍学学校).

    Formula: rows of schools with stage primary or junior that no open case names
    Unit: schools
    NULL: a school that no case ever named has none open
    Source: bulletin 2018-11, paragraph 11 (R16)
    定义：统计日没有未销案件的义务教育学校数。
    算式：schools 中学段为小学或初中、没有未销案件的行数
    空值：从未有案件的学校没有未销案件
    出处：简报 2018-11 第11段（R16）

    >>> from zt_analysis.define import in_memory
    >>> from zt_analysis.define import value
    >>> schools = [{"school_code": code, "stage": "primary"} for code in ("S1", "S2")]
    >>> case = {"school_code": "S1", "opened_on": "2018-09-12", "outcome_on": None}
    >>> value("schools_without_cases", in_memory(schools=schools, dropout_cases=[case]))
    1
    """
    schools = tables["schools"]
    compulsory = schools.filter(schools["stage"].isin(COMPULSORY))
    return Measure(compulsory.anti_join(open_cases(tables, period), "school_code"), "count")


@measured("villages", zh="无辍学村数", en="villages without dropouts", words=("无辍学村", "无辍学;村"))
def villages_without_cases(tables: Tables, period: Period) -> Measure:
    """Villages without an open case on the as-of date (无辍学村).

    Formula: rows of units with level village that no open case names
    Unit: villages
    NULL: a village that no case ever named has none open
    Source: bulletin 2018-11, paragraph 11 (R16)
    定义：统计日没有未销案件的村数。
    算式：units 中 level = village、没有未销案件的行数
    空值：从未有案件的村没有未销案件
    出处：简报 2018-11 第11段（R16）

    >>> from zt_analysis.define import in_memory
    >>> from zt_analysis.define import value
    >>> units = [{"level": "village", "unit_code": code} for code in ("530602101201", "530602101202")]
    >>> case = {"village_code": "530602101201", "opened_on": "2018-09-12", "outcome_on": "2018-11-08"}
    >>> value("villages_without_cases", in_memory(units=units, dropout_cases=[case]))  # settled on the day
    2
    """
    return _units_without(tables, period, "village")


@measured("townships", zh="无辍学乡镇数", en="townships without dropouts", words=("无辍学乡镇", "无辍学;乡镇"))
def townships_without_cases(tables: Tables, period: Period) -> Measure:
    """Townships without an open case on the as-of date (无辍学乡镇).

    Formula: rows of units with level township that no open case names
    Unit: townships
    NULL: a township that no case ever named has none open
    Source: bulletin 2018-11, paragraph 11 (R16)
    定义：统计日没有未销案件的乡镇数。
    算式：units 中 level = township、没有未销案件的行数
    空值：从未有案件的乡镇没有未销案件
    出处：简报 2018-11 第11段（R16）

    >>> from zt_analysis.define import in_memory
    >>> from zt_analysis.define import value
    >>> units = [{"level": "township", "unit_code": "530602101"}]
    >>> case = {"township_code": "530602101", "opened_on": "2018-09-12", "outcome_on": None}
    >>> value("townships_without_cases", in_memory(units=units, dropout_cases=[case]))
    0
    """
    return _units_without(tables, period, "township")


@measured("counties", zh="无辍学县区数", en="counties without dropouts", words=("无辍学县区|无辍学县", "无辍学;县"))
def counties_without_cases(tables: Tables, period: Period) -> Measure:
    """County-level divisions without an open case on the as-of date (无辍学县).

    Formula: rows of counties that no open case names
    Unit: counties
    NULL: a county that no case ever named has none open
    Source: bulletin 2018-11, paragraph 11 (R16)
    定义：统计日没有未销案件的县级行政区数。
    算式：counties 中没有未销案件的行数
    空值：从未有案件的县没有未销案件
    出处：简报 2018-11 第11段（R16）

    >>> from zt_analysis.define import in_memory
    >>> from zt_analysis.define import value
    >>> case = {"county_code": "530602", "opened_on": "2018-09-12", "outcome_on": None}
    >>> tables = in_memory(counties=[{"county_code": "530602"}, {"county_code": "530621"}], dropout_cases=[case])
    >>> value("counties_without_cases", tables)
    1
    """
    return Measure(tables["counties"].anti_join(open_cases(tables, period), "county_code"), "count")


def _units_without(tables: Tables, period: Period, level: str) -> Measure:
    units = tables["units"]
    here = units.filter(units["level"] == level)
    with_county = here.mutate(county_code=_["unit_code"].substr(0, 6), **{f"{level}_code": _["unit_code"]})
    return Measure(with_county.anti_join(open_cases(tables, period), f"{level}_code"), "count")


def open_cases(tables: Tables, period: Period) -> ir.Table:
    """``dropout_cases`` opened by the as-of date and not closed then."""
    day = ibis.literal(period.as_of)
    return tables["dropout_cases"].filter(
        (_["opened_on"] <= day) & (_["outcome_on"].isnull() | (_["outcome_on"] > day))
    )
