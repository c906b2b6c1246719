"""Indicators over the table ``pupils``: a function is a figure, and its docstring the definition a reader sees."""

from __future__ import annotations

from zt_analysis.define import Measure, Period, Tables, measured


@measured("persons", zh="在校生数", en="pupils enrolled", words=("在校生|在校学生",), headline=True)
def pupils(tables: Tables, period: Period) -> Measure:
    """Pupils on the registers of the county's schools on the as-of date.

    Formula: sum of pupils where counted_on = as_of
    Unit: persons
    NULL: a town without a row has no pupils
    Source: yearly count of the towns
    定义：统计日在全县各校注册的学生。
    算式：counted_on 等于统计日的各行 pupils 之和
    空值：没有报表的乡镇计为 0
    出处：各乡镇年报
    """
    return _counted(tables, period, "pupils")


@measured("persons", zh="寄宿生数", en="boarding pupils", words=("寄宿生|寄宿学生",), headline=True)
def boarders(tables: Tables, period: Period) -> Measure:
    """Pupils who board at their school on the as-of date; they are some of the pupils enrolled.

    Formula: sum of boarders where counted_on = as_of
    Unit: persons
    NULL: a town without a row has no boarders
    Source: yearly count of the towns
    定义：统计日在校寄宿的学生，是在校生的一部分。
    算式：counted_on 等于统计日的各行 boarders 之和
    空值：没有报表的乡镇计为 0
    出处：各乡镇年报
    """
    return _counted(tables, period, "boarders")


def _counted(tables: Tables, period: Period, column: str) -> Measure:
    rows = tables["pupils"]
    now = period.as_of
    # on a day that nobody counted on there is no figure, not 0
    return Measure(rows, "sum", column, rows["counted_on"] == now, only=("counted_on", now))
