"""Indicators of student aid: funds allocated, payments to students, what is left."""

from __future__ import annotations

import ibis

from zt_analysis.define import Exact, Measure, Tables, derived, measured, ratio

from ..periods import Period

# what a programme is called whole: 助学金 alone is of several
PROGRAMMES = (
    "寄宿生生活补助|寄宿生生活费|寄宿生补助|建档立卡户生活费|普高国家助学金|普通高中国家助学金|普高助学金|普通高中助学金|高中助学金"
    "|普高国家助学金一档|普高国家助学金二档|普通高中国家助学金一档|普通高中国家助学金二档|普高国家助学金一等|普高国家助学金二等"
    "|普通高中国家助学金一等|普通高中国家助学金二等|普高助学金一档|普高助学金二档|普通高中助学金一档|普通高中助学金二档|普高助学金一等|普高助学金二等"
    "|学前教育省政府助学金|省政府助学金|一等助学金|二等助学金|中职国家助学金|中职助学金|普高免学费|普通高中免学费|中职免学费|免学费|学前资助|学前教育资助|学前助学金|学前幼儿资助|幼儿资助|普高免学杂费|普通高中免学杂费|高中免学杂费|高中免学费|免学杂费"
    "|中职免学费补助|普高免学费补助|普通高中免学费补助|普通高中免学杂费补助|高中免学杂费补助|免学杂费补助|免学费补助"
    "|建档立卡生活费补助|建档立卡户生活费补助|建档立卡学生生活费|建档立卡户学生生活费|建档立卡学生生活费补助|建档立卡户学生生活费补助"
)


@measured(
    "fen",
    zh="学生资助资金下达额",
    en="student-aid funds allocated",
    words=(
        "下达|安排|拨付|下拨|划拨|拨付到位|下达到位|分解下达|分得|分到|分配|分配到|分配给;资助资金|资助金|资助专款|资助经费|补助资金|资金",
        "下达额|下达数|下达总额|下达总量",
        "资金下达额|资金下达总额",
        f"*下达|安排|拨付|下拨|划拨|分得|分到|分配;{PROGRAMMES}|公用经费|公用经费补助|免费教科书|公用经费项目|免费教科书项目|营养改善计划|营养改善|营养改善计划项目",
    ),
    headline=True,
)
def funds_allocated(tables: Tables, period: Period) -> Measure:
    """Student-aid funds allocated to the city by the centre and the province since 1 January (下达).

    Formula: sum of amount_fen in fund_allocations where level is central or provincial and
        year start <= issued_on <= as_of
    Unit: fen, displayed in 万元; allocated is not spent
    NULL: amount_fen is never empty; no document gives 0
    Source: bulletin 2018-11, paragraph 15 (今年以来)
    定义：自1月1日至统计日，中央和省向全市下达的学生资助资金；下达不等于支出。
    算式：fund_allocations 中 level 为 central 或 provincial、issued_on 在当年1月1日至统计日之间的 amount_fen 之和
    空值：amount_fen 从不为空；没有文件为 0
    出处：简报 2018-11 第15段（今年以来）

    >>> from zt_analysis.define import example, value
    >>> tables = example("fund_allocations", "level issued_on amount_fen", '''
    ...     central    2018-03-01 500
    ...     provincial 2017-12-31 70
    ...     city       2018-03-01 9''')
    >>> value("funds_allocated", tables)  # last year's and the city's own are not in it
    500
    """
    rows = tables["fund_allocations"]
    issued = (rows["issued_on"] >= ibis.literal(period.year_start)) & (rows["issued_on"] <= ibis.literal(period.as_of))
    return Measure(rows, "sum", "amount_fen", rows["level"].isin(["central", "provincial"]) & issued, dated="issued_on")


@measured(
    "fen",
    time="term",
    zh="学生资助发放额",
    en="aid paid",
    words=(
        "发放|发给|兑付|兑现|支付|发到;资助资金|资助金|资助",
        "资助学生|资助;*资助金额|金额",
        "资助学生;*资金|发放资金|支出|涉及资金|资助总额",
        "资助学生;*资助资金",
        "受助学生|受助;*发放资金|资助资金|资助金额|发放金额|获资助|得到资助|金额|资金|发放",
        "学生获得资助|学生得到资助|学生获资助|学生享受资助|学生领取资助|学生领到资助",
        "学生资助总额|学生资助金额|学生资助发放金额|学生资助支出|资助支出|资助金支出|发放额|发放总额|发放金额",
        f"*发放|发给|兑付|兑现|支付|发到;{PROGRAMMES}",
        "卡户;*领到|领取|拿到|领到资助|领到资助资金|领取资助|领取资助资金|拿到资助|拿到资助资金",
        # 学生 alone would be a word of this figure wherever others have it in their names
        "学生领到|学生领到资助资金|学生领取|学生领取资助资金|学生拿到|学生拿到资助|学生拿到资助资金",
    ),
    headline=True,
)
def aid_paid(tables: Tables, period: Period) -> Measure:
    """Aid paid to students of the four stages in the term (发放).

    Formula: sum of amount_fen in aid_payments where term = the case's term
    Unit: fen, displayed in 万元; the nutrition plan is not in it
    NULL: amount_fen is never empty; no payment gives 0
    Source: bulletin 2018-11, paragraph 15; the term is taken from the sentence before
    定义：本学期向四个学段学生发放的资助资金，不含营养改善计划。
    算式：aid_payments 中 term = 本期学期的 amount_fen 之和
    空值：amount_fen 从不为空；没有发放为 0
    出处：简报 2018-11 第15段；学期取自前一句

    >>> from zt_analysis.define import example, value
    >>> value("aid_paid", example("aid_payments", "student_id term amount_fen", '''
    ...     1 2018-spring 50000
    ...     1 2018-spring 12500'''))
    62500
    """
    rows = tables["aid_payments"]
    return Measure(rows, "sum", "amount_fen", rows["term"] == period.term, only=("term", period.term))


@measured(
    "persons",
    time="term",
    zh="受助学生数",
    en="aided students",
    words=(
        "受助学生|资助学生|受资助|获资助|获助|领到资助|领到了资助|受助|获得资助|得到资助|享受资助|享受到资助|受到资助|拿到资助|拿到了资助|领到资助|领到了资助|得到了资助|获得了资助|享受了资助",
        "发放|发给|兑付;资助资金|资助金|资助;*惠及学生|涉及学生|受益学生|惠及|受益|受惠|覆盖|帮助了|帮助到|领到|拿到",
        "学生资助|资助政策|各项资助;*惠及学生|惠及学子|受益学生|惠及|受益|受惠|覆盖",
        "*学生发放|学生发给|学生兑付;资助资金|资助金|资助",
        "学生资助人数",
        f"*惠及|享受|受益|覆盖|受助|发给|发放|领到|领取|拿到;{PROGRAMMES}",
        "*补助寄宿生|资助寄宿生|受助寄宿生|惠及寄宿生|寄宿生受益|寄宿生享受|寄宿生受助;寄宿生生活补助|寄宿生生活费|寄宿生补助",
    ),
    headline=True,
)
def aided_students(tables: Tables, period: Period) -> Measure:
    """Students who were paid aid in the term (受助学生).

    Formula: distinct student_id in aid_payments where term = the case's term
    Unit: persons; a student with several programmes counts once
    NULL: student_id is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15
    定义：本学期领取资助的学生人数；同时享受多个项目的学生只计一次。
    算式：aid_payments 中 term = 本期学期的不同 student_id 数
    空值：student_id 从不为空；没有则为 0
    出处：简报 2018-11 第15段

    >>> from zt_analysis.define import example, value
    >>> value("aided_students", example("aid_payments", "student_id term", '''
    ...     1 2018-spring
    ...     1 2018-spring
    ...     2 2018-spring'''))
    2
    """
    rows = tables["aid_payments"]
    return Measure(rows, "distinct", "student_id", rows["term"] == period.term, only=("term", period.term))


@measured(
    "persons",
    time="term",
    zh="建档立卡户受助学生数",
    en="aided students from registered-poor households",
    words=(
        "*建档立卡户|建档立卡贫困户|建档立卡贫困家庭|建档立卡贫困学生|建档立卡贫困家庭学生|建档立卡家庭学生|建档立卡户子女|建档立卡子女|建档立卡户学生|建档立卡|卡户;受助学生|资助学生|受助|资助|领到|领取",
        "受助学生中;*来自建档立卡户|是建档立卡户学生|为建档立卡户学生|属建档立卡户",
    ),
    headline=True,
)
def registered_poor_aided_students(tables: Tables, period: Period) -> Measure:
    """Students from registered-poor households (建档立卡户) who were paid aid in the term.

    Formula: distinct student_id in aid_payments where term = the case's term and registered_poor
    Unit: persons
    NULL: registered_poor is never empty; none gives 0
    Source: bulletin 2018-11, paragraph 15
    定义：受助学生中来自建档立卡户的人数。
    算式：aid_payments 中 term = 本期学期且 registered_poor 为真的不同 student_id 数
    空值：registered_poor 从不为空；没有则为 0
    出处：简报 2018-11 第15段

    >>> from zt_analysis.define import example, value
    >>> value("registered_poor_aided_students", example("aid_payments", "student_id term registered_poor", '''
    ...     1 2018-spring true
    ...     2 2018-spring false'''))
    1
    """
    rows = tables["aid_payments"]
    return Measure(
        rows,
        "distinct",
        "student_id",
        (rows["term"] == period.term) & rows["registered_poor"],
        only=("term", period.term),
    )


@derived(
    "fen_per_person",
    time="term",
    zh="人均资助额",
    en="aid per aided student",
    words=(
        "*人均资助|生均资助|人均获资助|人均受助|平均每人|每人平均|人均|生均;资助|受助",
        "*人均|生均|人均领到|人均领取|人均拿到;卡户学生",
        "学生人均领到|学生人均领取|学生人均拿到",
        f"*人均|生均|每人|每生|平均每人;{PROGRAMMES}",
        "每名受助学生|每位受助学生|每个受助学生|每名受助学生平均|平均每名受助学生;*得到|领到|获得|拿到|获资助|得到资助",
        "人均受助金额|人均受助额",
    ),
)
def aid_per_student(aid_paid: Exact, aided_students: Exact) -> Exact:
    """Aid paid per aided student in the term, the four stages mixed.

    Formula: aid_paid / aided_students
    Unit: fen per person, displayed in yuan
    NULL: without students it cannot be derived
    Source: derived from two printed numbers
    定义：发放额除以受助学生数，四个学段合并计算。
    算式：学生资助发放额 ÷ 受助学生数
    空值：没有学生时无法推出
    出处：由两个公布数推出

    >>> aid_per_student(30000, 3)
    Fraction(10000, 1)
    """
    return ratio(aid_paid, aided_students)


@derived(
    "ratio",
    time="term",
    zh="建档立卡户学生占比",
    en="registered-poor share of aided students",
    words=(
        "建档立卡户受助学生|建档立卡受助学生|建档立卡户学生|建档立卡户子女|建档立卡户|建档立卡贫困户|建档立卡|卡户;*占受助学生|占资助学生|占|比例|占比",
        "受助学生|资助学生;建档立卡户学生|建档立卡户子女|建档立卡户|建档立卡贫困户|建档立卡|卡户;*占比|占|比例",
        "*受助学生来自建档立卡户|受助学生来自建档立卡贫困户|受助学生是建档立卡户学生",
        "受助学生中;*是建档立卡户学生|为建档立卡户学生|来自建档立卡户",
    ),
)
def registered_poor_share(registered_poor_aided_students: Exact, aided_students: Exact) -> Exact:
    """Share of the aided students who are from registered-poor households.

    Formula: registered_poor_aided_students / aided_students
    Unit: ratio, displayed in %
    NULL: without aided students it cannot be derived
    Source: derived from two printed numbers
    定义：建档立卡户受助学生数除以受助学生数。
    算式：建档立卡户受助学生数 ÷ 受助学生数
    空值：没有受助学生时无法推出
    出处：由两个公布数推出

    >>> registered_poor_share(2, 3)
    Fraction(2, 3)
    """
    return ratio(registered_poor_aided_students, aided_students)


@derived(
    "ratio",
    zh="支出合计占下达额比例",
    en="spending over allocation",
    words=(
        "营养改善计划支出|营养改善支出;学生资助发放|资助发放;"
        "*合计占资金下达额|合计占下达额|合计占下达资金|共占下达额|之和占下达额|合计占学生资助资金下达额",
        "支出合计|合计支出|支出总额|总支出|两项支出|两项支出合计|资金支出合计;*占下达额|占下达数|占下达资金|占下达总额",
        "支出合计占比",
    ),
)
def spending_share_of_allocation(nutrition_spending: Exact, aid_paid: Exact, funds_allocated: Exact) -> Exact:
    """Nutrition spending and aid paid, together, over the funds allocated.

    Formula: (nutrition_spending + aid_paid) / funds_allocated
    Unit: ratio, displayed in %
    NULL: without an allocation it cannot be derived
    Source: derived; meaningful only if both are paid from this allocation, which the bulletin does not say
    定义：营养支出与发放额之和除以下达额；仅当两项资金同属该下达额时才有意义，公报未说明。
    算式：（营养改善计划支出 ＋ 学生资助发放额）÷ 下达额
    空值：没有下达时无法推出
    出处：推出；仅当两项都从这笔下达中支付才有意义，简报未说明

    >>> spending_share_of_allocation(1, 2, 6)
    Fraction(1, 2)
    """
    if nutrition_spending is None or aid_paid is None:
        return None
    return ratio(nutrition_spending + aid_paid, funds_allocated)


@derived(
    "ratio",
    zh="发放额占下达额比例",
    en="aid paid over allocation",
    words=(
        "发放额|资助发放额|学生资助发放额|发放资金;*占下达额|占下达数|占下达资金",
        "发放额占比",
    ),
)
def aid_share_of_allocation(aid_paid: Exact, funds_allocated: Exact) -> Exact:
    """Aid paid over the funds allocated.

    Formula: aid_paid / funds_allocated
    Unit: ratio, displayed in %
    NULL: without an allocation it cannot be derived
    Source: derived; a term's payments over an allocation of most of a year
    定义：发放额除以下达额；一个学期的发放对近一年的下达。
    算式：学生资助发放额 ÷ 下达额
    空值：没有下达时无法推出
    出处：推出；一个学期的发放对近一年的下达

    >>> aid_share_of_allocation(1, 4)
    Fraction(1, 4)
    """
    return ratio(aid_paid, funds_allocated)


@derived(
    "fen",
    zh="下达额余额",
    en="allocation not yet spent",
    words=(
        "下达额余额|下达资金余额|资助资金余额|资助余额|下达余额|下达额结余|下达资金结余|资助资金结余|资助资金结存|下达资金结存",
        "下达|资助资金|资助发放;*余额|余款|结余|结存",
        "下达资金|下达额;*尚有余额|还有余额",
        "未支出|尚未支出|未用;*资助资金|下达资金|资金",
    ),
)
def allocation_remainder(funds_allocated: Exact, nutrition_spending: Exact, aid_paid: Exact) -> Exact:
    """What is left of the allocation after nutrition spending and aid paid.

    Formula: funds_allocated - nutrition_spending - aid_paid
    Unit: fen, displayed in 万元
    NULL: cannot be derived where one of the three cannot
    Source: derived; meaningful only if the pools are the same, which the bulletin does not say
    定义：下达额减去营养支出与发放额；仅当资金口径一致时才有意义。
    算式：下达额－营养改善计划支出－学生资助发放额
    空值：三项有一项无法推出时无法推出
    出处：推出；仅当资金口径一致才有意义，简报未说明

    >>> allocation_remainder(10, 3, 2)
    5
    """
    if funds_allocated is None or nutrition_spending is None or aid_paid is None:
        return None
    return funds_allocated - nutrition_spending - aid_paid
