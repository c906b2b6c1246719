"""Indicators of the weekly circular: what flowed, who reported, what falls due."""

from __future__ import annotations

from datetime import timedelta

import ibis
import ibis.expr.types as ir
from ibis import _

from zt_analysis.define import Exact, Measure, Tables, derived, measured

from ..periods import Period
from .attendance import COMPULSORY
from .without_cases import open_cases


@measured(
    "cases", time="span", zh="复学销案数", en="cases ended by return", words=("复学;*复学销案|销案", "销案;*复学")
)
def returned_cases(tables: Tables, period: Period) -> Measure:
    """Cases that ended since the base date because the child is back in school.

    Formula: rows of dropout_cases where outcome = returned and base_on < outcome_on <= as_of
    Unit: cases
    NULL: a case without outcome_on has not ended; none gives 0
    Source: bulletin 2018-11, paragraph 6, as the flow of a week
    定义：基期日之后至统计日因复学销案的案件数。
    算式：dropout_cases 中 outcome = returned、outcome_on 晚于基期日且不晚于统计日的行数
    空值：没有 outcome_on 的案件尚未了结；没有则为 0
    出处：简报 2018-11 第6段，作为一周的流量

    >>> from zt_analysis.define import example, value
    >>> tables = example("dropout_cases", "case_id outcome outcome_on", '''
    ...     1 returned 2018-09-20
    ...     2 returned 2018-09-21
    ...     3 home     2018-09-21''')
    >>> value("returned_cases", tables)  # the first ended before the week began
    1
    """
    return _ended_as(tables, period, "returned")


@measured(
    "cases",
    time="span",
    zh="上门送教销案数",
    en="cases ended by teaching at home",
    words=("上门送教;*上门送教销案|销案", "销案;*上门送教"),
)
def home_cases(tables: Tables, period: Period) -> Measure:
    """Cases that ended since the base date because the child is now taught at home.

    Formula: rows of dropout_cases where outcome = home and base_on < outcome_on <= as_of
    Unit: cases
    NULL: a case without outcome_on has not ended; none gives 0
    Source: bulletin 2018-11, paragraph 6, as the flow of a week
    定义：基期日之后至统计日因转为上门送教销案的案件数。
    算式：dropout_cases 中 outcome = home、outcome_on 晚于基期日且不晚于统计日的行数
    空值：没有 outcome_on 的案件尚未了结；没有则为 0
    出处：简报 2018-11 第6段，作为一周的流量

    >>> from zt_analysis.define import example, value
    >>> value("home_cases", example("dropout_cases", "case_id outcome outcome_on", "1 home 2018-11-08"))
    1
    """
    return _ended_as(tables, period, "home")


@measured(
    "cases",
    time="span",
    zh="远程送教销案数",
    en="cases ended by teaching at a distance",
    words=("远程送教;*远程送教销案|销案", "销案;*远程送教"),
)
def remote_cases(tables: Tables, period: Period) -> Measure:
    """Cases that ended since the base date because the child is now taught at a distance.

    Formula: rows of dropout_cases where outcome = remote and base_on < outcome_on <= as_of
    Unit: cases
    NULL: a case without outcome_on has not ended; none gives 0
    Source: bulletin 2018-11, paragraph 6, as the flow of a week
    定义：基期日之后至统计日因转为远程送教销案的案件数。
    算式：dropout_cases 中 outcome = remote、outcome_on 晚于基期日且不晚于统计日的行数
    空值：没有 outcome_on 的案件尚未了结；没有则为 0
    出处：简报 2018-11 第6段，作为一周的流量

    >>> from zt_analysis.define import example, value
    >>> value("remote_cases", example("dropout_cases", "case_id outcome outcome_on", "1 remote 2018-11-09"))
    0
    """
    return _ended_as(tables, period, "remote")


@derived(
    "persons",
    time="span",
    stated_by={"stage": COMPULSORY},
    zh="失辍学人数变化",
    en="change in children out of school",
    words=("失辍学人数|失辍学学生|失辍学|辍学学生|辍学人数",),
)
def out_of_school_change(out_of_school_children: Exact, out_of_school_children_at_base: Exact) -> Exact:
    """Change of the number of children out of school since the base date.

    Formula: out_of_school_children - out_of_school_children at base_on
    Unit: children, negative for a fall
    NULL: both counts exist on every day; none gives 0
    Source: the weekly circular compares each week with the one before
    定义：统计日与基期日失辍学人数之差，下降为负。
    算式：统计日失辍学人数－基期日失辍学人数
    空值：两个人数每天都有；没有则为 0
    出处：周通报逐周与上一周比较

    >>> out_of_school_change(7, 10)
    -3
    """
    if out_of_school_children is None or out_of_school_children_at_base is None:
        return None
    return out_of_school_children - out_of_school_children_at_base


@measured("reports", zh="按时报送县区数", en="county reports in time", words=("按时;报送|上报|周报",))
def reports_in_time(tables: Tables, period: Period) -> Measure:
    """Counties whose report for the week of the as-of date arrived by that day.

    Formula: rows of weekly_reports where week_on = as_of and submitted_on <= week_on
    Unit: reports
    NULL: a county without a report is not counted
    Source: bulletin 2018-11, paragraph 11 (R15); the day of the week is not printed, Thursday is assumed
    定义：统计日当天或之前收到当周周报的县区数。
    算式：weekly_reports 中 week_on = 统计日、submitted_on 不晚于 week_on 的行数
    空值：没有报送的县不计
    出处：简报 2018-11 第11段（R15）；未印星期几，按星期四

    >>> from zt_analysis.define import example, value
    >>> tables = example("weekly_reports", "county_code week_on submitted_on", '''
    ...     530602 2018-11-08 2018-11-08
    ...     530621 2018-11-08 2018-11-09''')
    >>> value("reports_in_time", tables)
    1
    """
    reports = tables["weekly_reports"]
    in_time = (reports["week_on"] == ibis.literal(period.as_of)) & (reports["submitted_on"] <= reports["week_on"])
    return Measure(reports, "count", "", in_time, only=("week_on", period.as_of))


@measured("cases", zh="一周内到期案件数", en="deadlines in the next week")
def deadlines_next_week(tables: Tables, period: Period) -> Measure:
    """Open cases whose deadline for going back to school falls in the seven days after the as-of date.

    Formula: rows of refusals where as_of < deadline_on <= as_of + 7 days and the case is open
    Unit: cases
    NULL: a case without a refusal has no deadline
    Source: bulletin 2018-11, paragraph 11 (R14)
    定义：限期返校日在统计日之后七天内、仍未销案的案件数。
    算式：refusals 中 deadline_on 在统计日之后七天内、案件未销的行数
    空值：没有拒不返校记录的案件没有期限
    出处：简报 2018-11 第11段（R14）

    >>> from zt_analysis.define import in_memory
    >>> from zt_analysis.define import value
    >>> case = {"case_id": "1", "opened_on": "2018-09-12", "outcome_on": None}
    >>> refusal = {"case_id": "1", "deadline_on": "2018-11-15"}
    >>> value("deadlines_next_week", in_memory(refusals=[refusal], dropout_cases=[case]))
    1
    """
    refusals = tables["refusals"].semi_join(open_cases(tables, period), "case_id")
    last = ibis.literal(period.as_of + timedelta(days=7))
    due = (refusals["deadline_on"] > ibis.literal(period.as_of)) & (refusals["deadline_on"] <= last)
    return Measure(refusals, "count", "", due)


@measured("absences", zh="超期缺勤数", en="absences over the limit")
def long_absences(tables: Tables, period: Period) -> Measure:
    """Absences without leave that had lasted longer than the limit by the as-of date: each has to be a case.

    Formula: rows of attendance_spells where not excused, length > absence_days, absent_from_on + absence_days < as_of
    Unit: absences; the length is in calendar or in school days (parameter ``days``)
    NULL: days_absent is never empty; exactly the limit is no case
    Source: bulletin 2018-11, paragraph 11 (R12), which says 7 days and not of which kind
    定义：截至统计日，无故缺勤超过规定天数的次数；恰好等于规定天数的不计。
    算式：attendance_spells 中未请假、天数超过 absence_days、且 absent_from_on ＋ absence_days 早于统计日的行数
    空值：days_absent 从不为空；恰好等于规定天数的不计
    出处：简报 2018-11 第11段（R12），写7天，未说明是哪种天数

    >>> from zt_analysis.define import example, value
    >>> tables = example("attendance_spells", "spell_id absent_from_on days_absent excused", '''
    ...     1 2018-09-03 7 false
    ...     2 2018-09-03 8 false
    ...     3 2018-09-03 9 true''')
    >>> value("long_absences", tables)
    1
    """
    spells = absences(tables, period.days)
    reached = spells["absent_from_on"] < ibis.literal(period.as_of - timedelta(days=period.absence_days))
    return Measure(spells, "count", "", ~spells["excused"] & (spells["length_days"] > period.absence_days) & reached)


def absences(tables: Tables, days: str) -> ir.Table:
    """``attendance_spells`` with ``length_days``: as recorded (``calendar``), or the ``school`` days among them."""
    spells = tables["attendance_spells"].mutate(days_absent=_["days_absent"].cast("int64"))
    if days == "calendar":
        return spells.mutate(length_days=_["days_absent"])
    calendar = tables["school_calendar"].select("day_on", "school_days_before")
    ends = spells.mutate(back_on=_["absent_from_on"] + _["days_absent"].as_interval("D"))
    ends = ends.mutate(back_on=_["back_on"].cast("date"))
    first = calendar.rename(absent_from_on="day_on", before_first="school_days_before")
    last = calendar.rename(back_on="day_on", before_last="school_days_before")
    counted = ends.inner_join(first, "absent_from_on").inner_join(last, "back_on")
    return counted.mutate(length_days=_["before_last"] - _["before_first"])


def _ended_as(tables: Tables, period: Period, outcome: str) -> Measure:
    cases = tables["dropout_cases"]
    since = (cases["outcome_on"] > ibis.literal(period.base_on)) & (cases["outcome_on"] <= ibis.literal(period.as_of))
    return Measure(cases, "count", "", (cases["outcome"] == outcome) & since, dated="outcome_on")
