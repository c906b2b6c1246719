"""Indicators of keeping children in school: the ledger of cases, and teaching sent to the home."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from zt_analysis.define import Measure, Tables, measured

from ..periods import Period

COMPULSORY = ("primary", "junior")


@measured(
    "persons",
    zh="劝返复学学生数",
    en="students persuaded back to school",
    words=(
        "劝返复学|劝返|复学|返校就读|重返校园|重返学校|返回学校|重返课堂|回到课堂|回到校园|回到学校"
        "|劝返回来|劝返返校|劝返回校|劝返到校|劝返归校|劝返入学|劝返复课|劝返就读|动员返校|动员复学|劝学返校|劝返学生返校"
        "|回到了课堂|回到了校园|回到了学校|重新回到课堂|重新回到校园|重新回到学校|重新走进课堂|重新走进校园|重新返校|重新入学|再次走进校园"
        "|返校学生|返校复学|回校就读|回校复学|劝学复学|劝回|劝回课堂|劝回校园|劝回学校|劝回了课堂|劝回了校园|劝回了学校",
        "劝返|劝回|复学|重新回到课堂|重新回到校园|重新回到学校|重新走进课堂|重新走进校园|回归课堂|回归校园|回到教室|回校上课|恢复就学|重返校园|返校就读|返回学校|重返课堂|回到课堂|回到校园|回到学校|重返学校;*失辍学学生|失辍学|辍学学生|失学儿童|失学学生",
    ),
    headline=True,
)
def returned_students(tables: Tables, period: Period) -> Measure:
    """Students of compulsory age persuaded back to school by the as-of date (劝返复学).

    Formula: distinct person_id in dropout_cases where outcome = returned and outcome_on <= as_of
    Unit: persons; someone who returned twice counts once
    NULL: a case without outcome_on has not ended and does not count; no such case gives 0
    Source: bulletin 2018-11, paragraph 6, which does not state when counting starts: all of the ledger counts
    定义：截至统计日，经劝返已回校就读的义务教育阶段学生；同一学生多次返校只计一次。
    算式：dropout_cases 中 outcome = returned 且 outcome_on 不晚于统计日的不同 person_id 数
    空值：没有 outcome_on 的案件尚未了结，不计；没有此类案件为 0
    出处：简报 2018-11 第6段，未说明从何时起算：台账全部计入

    >>> from zt_analysis.define import example, value
    >>> tables = example("dropout_cases", "case_id person_id stage outcome outcome_on", '''
    ...     1 ann primary returned 2018-10-01
    ...     2 ann primary open     -
    ...     3 bob junior  returned 2018-11-09''')
    >>> value("returned_students", tables)  # bob returned after 8 November
    1
    """
    cases = tables["dropout_cases"]
    ended = (cases["outcome"] == "returned") & (cases["outcome_on"] <= _day(period.as_of))
    return Measure(cases, "distinct", "person_id", ended, dated="outcome_on")


@measured(
    "persons",
    zh="上门送教学生数",
    en="students taught at home",
    words=(
        "上门送教方式安置|上门送教安置|上门送教|上门方式送教|送教上门|上门授课|上门教学|上门送课|送课上门|登门送教|登门送课|送学上门|送教到家|入户送教",
        "不能到校的学生由教师上门授课|不能到校的学生由教师上门送教|不能到校的学生由教师上门送课|不能到校的孩子由教师上门送教"
        "|无法到校的学生由教师上门授课|无法到校的学生由教师上门送教|不能到校的学生由老师上门授课|不能到校的学生由老师上门送教",
    ),
    headline=True,
)
def home_taught_students(tables: Tables, period: Period) -> Measure:
    """Students taught at home by visiting teachers by the as-of date (上门送教).

    Formula: distinct person_id in teaching where mode = home and started_on <= as_of, the case ended as home
    Unit: persons, not visits
    NULL: teaching of a case with another or no outcome does not count; none gives 0
    Source: bulletin 2018-11, paragraph 6
    定义：截至统计日，由教师上门授课的学生人数（人，不是人次）。
    算式：teaching 中 mode = home、started_on 不晚于统计日且案件以 home 了结的不同 person_id 数
    空值：案件没有去向或为其他去向的送教不计；没有则为 0
    出处：简报 2018-11 第6段

    >>> from zt_analysis.define import example, value
    >>> tables = example("teaching", "case_id person_id mode started_on outcome outcome_on", '''
    ...     1 ann home   2018-10-01 home 2018-10-01
    ...     2 bob remote 2018-10-01 remote 2018-10-01
    ...     3 cai home   2018-11-09 home 2018-11-09''')
    >>> value("home_taught_students", tables)  # cai started after 8 November
    1
    """
    return _taught(tables, period, "home")


@measured(
    "persons",
    zh="远程送教学生数",
    en="students taught at a distance",
    words=(
        "远程送教方式安置|远程送教安置|远程送教|远程方式送教|远程教学|远程授课|网络送教|网络授课|线上送教|远程方式接受教育|远程方式学习|远程学习|远程方式就读|远程送课|远程授教"
        "|网络上课|网上上课|线上上课|线上学习|网络学习|网上学习|在线学习|网络教学|线上教学|线上授课|网上授课",
    ),
    headline=True,
)
def remote_taught_students(tables: Tables, period: Period) -> Measure:
    """Students taught at a distance by the as-of date (远程送教): group chat, or books sent by post.

    Formula: distinct person_id in teaching where mode = remote and started_on <= as_of, the case ended as remote
    Unit: persons
    NULL: teaching of a case with another or no outcome does not count; none gives 0
    Source: bulletin 2018-11, paragraph 6
    定义：截至统计日，通过网络群组或邮寄教材学习的学生人数。
    算式：teaching 中 mode = remote、started_on 不晚于统计日且案件以 remote 了结的不同 person_id 数
    空值：案件没有去向或为其他去向的送教不计；没有则为 0
    出处：简报 2018-11 第6段

    >>> from zt_analysis.define import example, value
    >>> tables = example("teaching", "case_id person_id mode started_on outcome outcome_on", '''
    ...     1 ann home   2018-10-01 home 2018-10-01
    ...     2 bob remote 2018-10-01 remote 2018-10-01''')
    >>> value("remote_taught_students", tables)
    1
    """
    return _taught(tables, period, "remote")


@measured(
    "persons",
    stated_by={"stage": COMPULSORY},
    zh="失辍学人数",
    en="children out of school",
    words=(
        "失辍学人数|失辍学学生|失辍学|失学辍学学生|失学辍学|失辍学存量|失辍学学生存量|尚未销号的失辍学学生|未销号的失辍学学生|未销号失辍学学生|失学|失学学生|失学人数|辍学学生|辍学人数|未入学",
    ),
    stock=True,
)
def out_of_school_children(tables: Tables, period: Period) -> Measure:
    """Children of compulsory age out of school on the as-of date: never enrolled or dropped out, not yet settled.

    Formula: distinct person_id in dropout_cases where opened_on <= as_of and (outcome_on is NULL or > as_of)
    Unit: persons
    NULL: a case without outcome_on is open; a child taught at home or at a distance is not out of school
    Source: bulletin 2018-11, paragraph 6 (失辍学); facts: no official definition found, ours is stated here
    定义：统计日在台账中已立案、尚无去向（未复学、未送教）的适龄儿童少年。
    算式：dropout_cases 中 opened_on 不晚于统计日，且 outcome_on 为空或晚于统计日的不同 person_id 数
    空值：没有 outcome_on 的案件未了结；上门或远程送教的儿童不算失辍学
    出处：简报 2018-11 第6段（失辍学）；未找到官方定义，此处写明本办口径

    >>> from zt_analysis.define import example, value
    >>> tables = example("dropout_cases", "case_id person_id stage opened_on outcome_on", '''
    ...     1 ann primary 2018-09-12 -
    ...     2 bob junior  2018-09-12 2018-11-08
    ...     3 cai junior  2018-11-09 -''')
    >>> value("out_of_school_children", tables)  # bob is settled on the day, cai's case is not open yet
    1
    """
    cases = tables["dropout_cases"]
    return Measure(cases, "distinct", "person_id", _open_on(cases, period.as_of))


@measured(
    "cases", time="span", zh="新立案数", en="cases opened",
    words=("新立案件|新立案|新增失辍学立案|新增失辍学案件|失辍学新立案|新增立案|立案|新增案件|新立",),
)  # fmt: skip
def opened_cases(tables: Tables, period: Period) -> Measure:
    """Cases opened in the ledger after the base date and by the as-of date.

    Formula: rows of dropout_cases where base_on < opened_on <= as_of
    Unit: cases
    NULL: opened_on is never empty; none gives 0
    Source: the flow between the bulletin's two dates, needed to balance the stock of open cases
    定义：基期日之后至统计日新立的台账案件。
    算式：dropout_cases 中 opened_on 晚于基期日、不晚于统计日的行数
    空值：opened_on 从不为空；没有则为 0
    出处：简报两个日期之间的流量，用来平衡未销案存量

    >>> from zt_analysis.define import example, value
    >>> tables = example("dropout_cases", "case_id opened_on", '''
    ...     1 2018-09-20
    ...     2 2018-09-21''')
    >>> value("opened_cases", tables)
    1
    """
    cases = tables["dropout_cases"]
    return Measure(cases, "count", "", _between(cases["opened_on"], period), dated="opened_on")


@measured("cases", time="span", zh="销案数", en="cases ended", words=("销案|办结案件|办结|结案|销号案件",))
def ended_cases(tables: Tables, period: Period) -> Measure:
    """Cases that ended, in whatever way, after the base date and by the as-of date.

    Formula: rows of dropout_cases where base_on < outcome_on <= as_of
    Unit: cases
    NULL: a case without outcome_on has not ended; none gives 0
    Source: the flow between the bulletin's two dates, needed to balance the stock of open cases
    定义：基期日之后至统计日以任何方式办结的台账案件。
    算式：dropout_cases 中 outcome_on 晚于基期日、不晚于统计日的行数
    空值：没有 outcome_on 的案件尚未了结；没有则为 0
    出处：简报两个日期之间的流量，用来平衡未销案存量

    >>> from zt_analysis.define import example, value
    >>> tables = example("dropout_cases", "case_id outcome_on", '''
    ...     1 2018-09-20
    ...     2 2018-11-08
    ...     3 -''')
    >>> value("ended_cases", tables)
    1
    """
    cases = tables["dropout_cases"]
    return Measure(cases, "count", "", _between(cases["outcome_on"], period), dated="outcome_on")


def _taught(tables: Tables, period: Period, mode: str) -> Measure:
    teaching = _with_outcomes(tables)
    counted = (
        (teaching["mode"] == mode)
        & (teaching["started_on"] <= _day(period.as_of))
        & (teaching["outcome"] == mode)
        & (teaching["outcome_on"] <= _day(period.as_of))
    )
    return Measure(teaching, "distinct", "person_id", counted, dated="started_on")


def _with_outcomes(tables: Tables) -> ir.Table:
    teaching = tables["teaching"]
    if "outcome" in teaching.columns:
        return teaching
    outcomes = tables["dropout_cases"]
    # asked for each week and each way of teaching
    return tables.keep(
        "teaching with outcomes",
        lambda: teaching.inner_join(outcomes.select("case_id", "outcome", "outcome_on"), "case_id"),
    )


def _open_on(cases: ir.Table, day: date) -> ir.BooleanValue:
    return (cases["opened_on"] <= _day(day)) & (cases["outcome_on"].isnull() | (cases["outcome_on"] > _day(day)))


def _between(column: ir.Value, period: Period) -> ir.BooleanValue:
    return (column > _day(period.base_on)) & (column <= _day(period.as_of))


def _day(day: date) -> ir.Value:
    return ibis.literal(day)
