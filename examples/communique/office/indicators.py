"""The series of the yearbook. What is said of them besides their level (change, growth, share, ratio) are views."""

from __future__ import annotations

from zt_analysis.define import Indicator, Measure, Period, Tables, measured

COUNTRY = "national"
UNITS = {"schools": "schools", "kindergartens": "schools"}


def series(name: str, zh: str, en: str, *words: str, table: str = "provinces") -> Indicator:
    """The sum of one series over a year; none where one of its parts was not published."""

    def figure(tables: Tables, period: Period) -> Measure:
        rows = tables[table]
        where = (rows["series"] == name) & (rows["year"] == period.as_of.year)
        return Measure(rows, "sum", "value", where, complete=True)

    own = name if table == "provinces" else name.removesuffix("_of_the_country") + "_of_the_country"
    figure.__name__, figure.__qualname__, figure.__module__ = own, own, __name__
    figure.__doc__ = f"""{en.capitalize()} of the year.

    Formula: sum of {name} over the rows of {table} of the year
    NULL: none where a row has no value: not published is not 0
    Source: {table} of the yearbook
    定义：当年{zh}。
    算式：{"各省" if table == "provinces" else "全国"}{zh}当年之和
    空值：有一处未公布即不计算，未公布不等于0
    出处：年鉴
    """
    unit = UNITS.get(name.rpartition("_")[2], "persons")
    return measured(unit, time="year", zh=zh, en=en, words=words)(figure)


primary_schools = series("primary_schools", "普通小学学校数", "primary schools", "普通小学|小学")
primary_entrants = series("primary_entrants", "普通小学招生数", "primary entrants", "小学;招生")
primary_pupils = series("primary_pupils", "普通小学在校生数", "primary pupils", "小学;在校生")
primary_graduates = series("primary_graduates", "普通小学毕业生数", "primary graduates", "小学;毕业生")
primary_teachers = series("primary_teachers", "普通小学专任教师数", "primary teachers", "小学;专任教师")
junior_schools = series("junior_schools", "初中学校数", "junior schools", "初中")
junior_entrants = series("junior_entrants", "初中招生数", "junior entrants", "初中;招生")
junior_pupils = series("junior_pupils", "初中在校生数", "junior pupils", "初中;在校生")
junior_graduates = series("junior_graduates", "初中毕业生数", "junior graduates", "初中;毕业生")
junior_teachers = series("junior_teachers", "初中专任教师数", "junior teachers", "初中;专任教师")
senior_schools = series("senior_schools", "普通高中学校数", "senior schools", "普通高中|高中")
senior_entrants = series("senior_entrants", "普通高中招生数", "senior entrants", "高中;招生")
senior_pupils = series("senior_pupils", "普通高中在校生数", "senior pupils", "高中;在校生")
senior_teachers = series("senior_teachers", "普通高中专任教师数", "senior teachers", "高中;专任教师")
kindergartens = series("kindergartens", "幼儿园数（全国表）", "kindergartens", "幼儿园", table=COUNTRY)
kindergarten_children = series("kindergarten_children", "在园幼儿数（全国表）", "children in them", table=COUNTRY)
primary_schools_of_the_country = series("primary_schools", "小学学校数（全国表）", "national schools", table=COUNTRY)
primary_pupils_of_the_country = series("primary_pupils", "小学在校生数（全国表）", "national pupils", table=COUNTRY)
