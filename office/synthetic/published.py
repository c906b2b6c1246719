"""What is known: counties, published totals, aid standards. Everything else in the package is invented around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class County:
    """A county-level division (GB/T 2260 as in force on 2018-11-15) and its people in the 2020 census."""

    code: str
    zh: str
    en: str
    people: int

    @property
    def free_education(self) -> bool:
        """Whether its students have 14 years of free education (镇雄, 彝良, 威信)."""
        return self.code in ("530627", "530628", "530629")


COUNTIES = (
    County("530602", "昭阳区", "Zhaoyang District", 911766),
    County("530621", "鲁甸县", "Ludian County", 398447),
    County("530622", "巧家县", "Qiaojia County", 462173),
    County("530623", "盐津县", "Yanjin County", 317463),
    County("530624", "大关县", "Daguan County", 209116),
    County("530625", "永善县", "Yongshan County", 349157),
    County("530626", "绥江县", "Suijiang County", 135468),
    County("530627", "镇雄县", "Zhenxiong County", 1349795),
    County("530628", "彝良县", "Yiliang County", 503376),
    County("530629", "威信县", "Weixin County", 352318),
    County("530681", "水富市", "Shuifu City (county-level)", 103532),
)
SHARES = tuple(county.people for county in COUNTIES)

TERM = "2018-spring"
BASE = date(2018, 9, 20)
AS_OF = date(2018, 11, 8)

# Published in 教育兴昭简报 2018年第11期; money in fen.
RETURNED, HOME, REMOTE = 1915, 823, 1208
ALLOCATED_FEN = 133715_32 * 10**4
NUTRITION_FEN = 28495_92 * 10**4
NUTRITION_STUDENTS = 743740
AID_FEN = 35836_91 * 10**4
AIDED_STUDENTS = 488235
REGISTERED_POOR = 327802
PUBLISHED = {
    "returned_students": RETURNED,
    "home_taught_students": HOME,
    "remote_taught_students": REMOTE,
    "funds_allocated_fen": ALLOCATED_FEN,
    "nutrition_spending_fen": NUTRITION_FEN,
    "nutrition_students": NUTRITION_STUDENTS,
    "aid_paid_fen": AID_FEN,
    "aided_students": AIDED_STUDENTS,
    "registered_poor_aided_students": REGISTERED_POOR,
    "primary_rate_pct": {"2018-09-20": "0.09", "2018-11-08": "0.06"},
    "junior_rate_pct": {"2018-09-20": "1.91", "2018-11-08": "1.59"},
}

# Not published: children of school age, chosen above the 743,740 of the nutrition plan, two primary to one junior.
SCHOOL_AGE = {"primary": 548_000, "junior": 276_000}
# Not published: open cases at the two dates, chosen so that the rates round to the published ones (493 / 548000 =
# 0.08996 %, 329 / 548000 = 0.0600 %, 5272 / 276000 = 1.9101 %, 4388 / 276000 = 1.5899 %).
OPEN_AT_BASE = {"primary": 493, "junior": 5272}
OPEN_AT_END = {"primary": 329, "junior": 4388}


@dataclass(frozen=True)
class Standard:
    """What one student gets from one programme in a term (half of the yearly standard), and who was paid.

    Attributes:
        payments: how many were paid: not published; chosen so that all payments add up to 35,836.91万元 exactly.
        basis: ``known`` for Yunnan in 2018, ``assumed`` where only another place, year or unofficial page gives it.
    """

    stage: str
    programme: str
    zh: str
    en: str
    yuan: int
    payments: int
    beneficiaries: str
    source: str
    basis: str
    note: str


DIQING = "http://dqzjyty.diqing.gov.cn/tzgg/201801/20180129_4098.html"
HALF = "half of the yearly standard"
STANDARDS = (
    Standard("preschool", "preschool_grant", "学前省政府助学金", "Preschool provincial grant", 150, 41_234,
             "10% of enrolled, poorest", DIQING, "known", f"300 a year, province-wide item; {HALF}"),
    Standard("primary", "boarder_subsidy", "寄宿生生活补助（小学）", "Boarders' living subsidy, primary", 500, 200_001,
             "boarders", "http://www.612322.com/News/Detail.aspx?id=4829", "known", f"1000 a year; {HALF}"),
    Standard("junior", "boarder_subsidy", "寄宿生生活补助（初中）", "Boarders' living subsidy, junior", 625, 184_000,
             "boarders", "http://www.612322.com/News/Detail.aspx?id=4829", "known", f"1250 a year; {HALF}"),
    Standard("senior", "national_grant_1", "普通高中国家助学金（一档）", "National grant, first tier", 1250, 22_567,
             "poor students", "https://www.tianhezz.net/article_78997.html", "assumed", "2500 a year, page of 2025"),
    Standard("senior", "national_grant_2", "普通高中国家助学金（二档）", "National grant, second tier", 750, 23_433,
             "poor students", "https://www.tianhezz.net/article_78997.html", "assumed", "1500 a year, page of 2025"),
    Standard("senior", "registered_poor_living", "建档立卡生活费补助", "Living subsidy, registered-poor", 1250, 36_000,
             "registered-poor students", DIQING, "assumed", "2500 a year, page of Diqing, there called province-wide"),
    Standard("senior", "tuition_waiver", "普通高中免学杂费", "Tuition waiver, senior secondary", 400, 46_000,
             "aided students", "unofficial page", "assumed", "800 a year; the standard for Zhaotong was not found"),
    Standard("vocational", "national_grant", "中职国家助学金", "National grant, vocational", 1000, 11_000,
             "grades 1 and 2, poor", DIQING, "assumed", "2000 a year, page of Diqing; not found for Zhaotong"),
    Standard("vocational", "tuition_waiver", "中职免学费", "Tuition waiver, vocational", 1000, 17_000,
             "grades 1 to 3", "http://www.itoma.cn/news/show-htm-itemid-11584.html", "assumed",
             "2000 a year, page of 2023"),
)  # fmt: skip
# Not published: aided students by stage and how many of them are registered-poor; both add up to the published.
AIDED = {"preschool": 41_234, "primary": 200_001, "junior": 184_000, "senior": 46_000, "vocational": 17_000}
AIDED_POOR = {"preschool": 27_000, "primary": 134_000, "junior": 120_000, "senior": 36_000, "vocational": 10_802}
