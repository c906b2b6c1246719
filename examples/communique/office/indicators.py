"""The series of the yearbook: a level and what is counted of it. What is said of them besides are views.

``primary_pupils`` is the series of that name in the rows of the provinces, or of the country where only its tables have
it; where both have it, ``primary_pupils_of_the_country`` is the second computation.
"""

from __future__ import annotations

from zt_analysis.define import Indicator, Measure, Period, Tables, measured

COUNTRY = "_of_the_country"
Said = tuple[str, str, tuple[str, ...]]
# what is counted: in Chinese, in English, the words of texts
COUNTS = {
    "schools": ("学校数", "schools", ""),
    "entrants": ("招生数", "entrants", "招生|招收|入园"),
    "pupils": ("在校生数", "pupils", "在校生|在校学生|在园|在学"),
    "graduates": ("毕业生数", "graduates", "毕业生|毕业"),
    "staff": ("教职工数", "staff", "教职工"),
    "teachers": ("专任教师数", "teachers", "专任教师"),
}
SCHOOL, PEOPLE = "schools staff teachers", "entrants pupils graduates"
# of which level: in Chinese, in English, the words of texts, counted in the provinces, counted in the country alone
LEVELS = {
    "kindergarten": ("幼儿园", "kindergarten", "幼儿园|学前教育", "", "schools entrants pupils staff teachers"),
    "primary": ("普通小学", "primary", "普通小学|小学", "schools pupils teachers", "entrants graduates staff"),
    "junior": ("初中", "junior", "初中", "schools pupils teachers", "entrants graduates"),
    "junior_stage": ("初中阶段教育", "junior stage", "", "", "pupils graduates"),
    "lower_junior": ("初级中学", "three-year junior", "", "", "staff"),
    "nine_year": ("九年一贯制学校", "nine-year", "", "", "staff"),
    "vocational_junior": ("职业初中", "vocational junior", "职业初中", "", "schools staff"),
    "special": ("特殊教育", "special", "特殊教育", "schools entrants pupils teachers", ""),
    "senior_stage": ("高中阶段", "senior-stage", "高中阶段教育|高中阶段", "", "schools entrants pupils"),
    "senior": ("普通高中", "senior", "普通高中", f"{SCHOOL} {PEOPLE}", ""),
    "adult_senior": ("成人高中", "adult senior", "成人高中", "", "schools pupils graduates staff teachers"),
    "vocational": ("中等职业教育", "vocational", "中等职业教育|中等职业学校", "", f"{SCHOOL} {PEOPLE}"),
    "technical": ("普通中专", "technical", "普通中专|普通中等专业学校", "", f"{SCHOOL} {PEOPLE}"),
    "adult_technical": ("成人中专", "adult technical", "成人中专|成人中等专业学校", "", f"{SCHOOL} {PEOPLE}"),
    "vocational_senior": ("职业高中", "vocational senior", "职业高中", "", f"{SCHOOL} {PEOPLE}"),
    "craft": ("技工学校", "craft", "技工学校", "", f"{SCHOOL} {PEOPLE}"),
    "college": ("普通高等学校", "college", "普通高等学校|普通高校", "schools", "staff teachers"),
    "independent": ("独立学院", "independent college", "独立学院 民办;*独立学院", "", "schools"),
    "university": ("本科院校", "university", "本科院校", "", "schools"),
    "vocational_college": ("高职（专科）院校", "vocational college", "高职（专科）院校", "", "schools"),
    "adult_college": ("成人高等学校", "adult college", "成人高等学校", "", SCHOOL),
    "graduate": ("研究生培养机构", "graduate school", "研究生培养机构", "", "schools"),
    "graduate_college": ("培养研究生的普通高校", "college of graduates", "研究生;*普通高等学校", "", "schools"),
    "graduate_institute": ("培养研究生的科研机构", "institute of graduates", "研究生;*科研机构", "", "schools"),
    "postgraduate": ("研究生", "postgraduate", "研究生", "", PEOPLE),
    "doctoral": ("博士生", "doctoral", "博士生", "", PEOPLE),
    "master": ("硕士生", "master", "硕士生", "", PEOPLE),
    "undergraduate": ("普通本专科", "undergraduate", "普通本专科", PEOPLE, ""),
    "adult_undergraduate": ("成人本专科", "adult undergraduate", "成人本专科", "", PEOPLE),
    "private_kindergarten": ("民办幼儿园", "private kindergarten", "民办幼儿园", "", "schools entrants pupils"),
    "private_primary": ("民办普通小学", "private primary", "民办普通小学", "", "schools entrants pupils"),
    "private_lower_junior": ("民办初级中学", "private three-year junior", "", "", "schools"),
    "private_nine_year": ("民办九年一贯制学校", "private nine-year", "", "", "schools"),
    "private_vocational_junior": ("民办职业初中", "private vocational junior", "", "", "schools"),
    "private_junior": ("民办初中", "private junior", "民办初中", "", "entrants pupils"),
    "private_senior": ("民办普通高中", "private senior", "民办普通高中", "", "schools entrants pupils"),
    "private_ordinary_college": ("民办普通高校", "private ordinary college", "", "", "schools"),
    "private_adult_college": ("民办成人高校", "private adult college", "", "", "schools"),
}
# since when a series is counted otherwise: nothing is measured across that day
_ENTRANTS = (("2019-01-01", "2019年起入园幼儿只计首次入园的", "since 2019 children are counted when they first enter"),)
BREAKS = {"kindergarten_entrants": _ENTRANTS, "private_kindergarten_entrants": _ENTRANTS}
# 初中阶段教育 as first published and 初中 are two series
_ADULT = ("初中阶段教育含成人初中，初中不含", "the junior stage as first published holds adult schools")
APART = {f"junior_stage_{one}": ((f"junior_{one}", *_ADULT),) for one in ("pupils", "graduates")}
# what the tables give as it is printed, in hundredths
RATES: dict[str, tuple[str, Said]] = {
    "college_pupils_per_teacher": ("to_one_100", ("普通高校生师比", "college pupils a teacher", ("普通高校;生师比",))),
    "net_enrolment": ("percent_100", ("小学学龄儿童净入学率", "net enrolment in primary schools", ("净入学率",))),
}  # fmt: skip


def _said(name: str) -> Said:
    level, _, count = name.rpartition("_")
    (zh, en, words, *_), (zh_of, en_of, words_of) = LEVELS[level], COUNTS[count]
    # 普通高等学校数, not 普通高等学校学校数; of two ways to say it each stands alone
    zh = zh.removesuffix("学校") if count == "schools" else zh
    ways = tuple(";".join(filter(None, (one, words_of))) for one in words.split())
    return f"{zh}{zh_of}", f"{en} {en_of}", ways


def series(name: str, table: str, unit: str, said: Said, own: str = "") -> Indicator:
    """The sum of one series over a year; none where one of its parts was not published."""
    zh, en, words = said

    def figure(tables: Tables, period: Period) -> Measure:
        rows = tables[table]
        where = (rows["series"] == name) & (rows["year"] == period.as_of.year)
        return Measure(rows, "sum", "value", where, complete=True)

    figure.__name__, figure.__module__ = own or name, __name__
    figure.__doc__ = f"""{en.capitalize()} of the year.

    Formula: sum of {name} over the rows of {table} of the year
    NULL: none where a row has no value: not published is not 0
    Source: {table} of the yearbook
    定义：当年{zh}。
    算式：{"各省" if table == "provinces" else "全国"}{zh}当年之和
    空值：有一处未公布即不计算，未公布不等于0
    出处：年鉴
    """
    return measured(
        unit, time="year", zh=zh, en=en, words=words, breaks=BREAKS.get(name, ()), apart=APART.get(name, ())
    )(figure)


for _level, (*_, _provincial, _national) in LEVELS.items():
    for _count in f"{_provincial} {_national}".split():
        _name, _unit = f"{_level}_{_count}", "schools" if _count == "schools" else "persons"
        if _count in _national.split():
            _own = "institutions" if _level.startswith("graduate") else _unit
            globals()[_name] = series(_name, _unit, _own, _said(_name))
            continue
        globals()[_name] = series(_name, "provinces", _unit, _said(_name))
        (_zh, _en, _), _copy = _said(_name), f"{_name}{COUNTRY}"
        globals()[_copy] = series(_name, _unit, _unit, (f"{_zh}（全国表）", f"{_en} of the country", ()), _copy)
for _name, (_unit, _words) in RATES.items():
    globals()[_name] = series(_name, "rates", _unit, _words)
