"""Right sentences of rates, of money allocated and spent, of ranks and of households, in crossed orders of words."""

from __future__ import annotations

from fractions import Fraction

from ordinary_days import PUPILS, Measure, OrdersWriter

from zt_analysis.indicators import Scope

TEN_THOUSAND_YUAN = Fraction(1_000_000)
PROGRAMMES: dict[str, Scope] = {
    name: (("programme", value),)
    for name, value in (
        ("寄宿生生活补助", "boarder_subsidy"),
        ("公用经费", "public_funds"),
        ("营养改善计划", "nutrition"),
        ("免费教科书", "textbooks"),
        ("普高免学费", "senior_waiver"),
        ("中职免学费", "vocational_waiver"),
        ("建档立卡户生活费", "registered_poor_living"),
    )
}
PAID_PROGRAMMES: dict[str, Scope] = {
    "寄宿生生活补助": (("programme", "boarder_subsidy"),),
    "免学费": (("programme", "tuition_waiver"),),
    "建档立卡户生活费": (("programme", "registered_poor_living"),),
}


class RatesWriter(OrdersWriter):
    """Who writes of the rate and of the pupils behind it."""

    measures = (Measure("失辍学率", "out_of_school_rate", Fraction(1, 100), "%", 2, "个百分点"), PUPILS[-1])
    orders = (
        "{X}{a}由{aX0}降至{aX1}，{Y}{a}由{aY0}降至{aY1}。",
        "{X}、{Y}{a}分别由9月20日的{aX0}、{aY0}降至{aX1}、{aY1}，分别下降{aXd}和{aYd}。",
        "{Z}{a}{aZ1}，比9月20日下降{aZd}。",
        "{Z}{a}由9月20日的{aZ0}下降到11月8日的{aZ1}，下降{aZd}。",
        "{W}{a}{aW1}，其中{X}{aX1}、{Y}{aY1}。",
        "{W}{a}{aW1}，比9月20日下降{aWd}，其中{X}{aX1}，下降{aXd}；{Y}{aY1}，下降{aYd}。",
        "{P}、{Q}、{R}{a}分别为{aP1}、{aQ1}、{aR1}，较9月20日分别下降{aPd}、{aQd}、{aRd}。",
        "{P}{a}由{aP0}降至{aP1}，{Q}由{aQ0}降至{aQ1}，{R}由{aR0}降至{aR1}。",
        "{a}最高的是{K}，为{aK1}；最低的是{N}，为{aN1}。",
        "{K}、{L}、{M}{a}居全市前三位，分别为{aK1}、{aL1}、{aM1}。",
        "{N}{a}{aN1}，低于全市的{aW1}。",
        "{K}{a}为{aK1}，高于全市平均水平（{aW1}）。",
        "9月20日，{X}{a}{aX0}，{Y}{a}{aY0}；11月8日，{X}{aX1}，{Y}{aY1}。",
        "9月20日，{X}、{Y}{a}分别为{aX0}、{aY0}；11月8日分别为{aX1}、{aY1}。",
        "截至11月8日，{a}：{X}{aX1}（9月20日{aX0}），{Y}{aY1}（9月20日{aY0}），{W}{aW1}（9月20日{aW0}）。",
        "{a}方面，{X}{aX1}，较9月20日下降{aXd}，{Y}{aY1}，较9月20日下降{aYd}。",
        "各县区{a}由高到低依次为：{K}{aK1}、{L}{aL1}、{M}{aM1}。",
        "与9月20日相比，{P}{a}下降{aPd}，{Q}下降{aQd}，全市下降{aWd}。",
        "{P}{a}{aP1}，其中{X}{aP_X1}、{Y}{aP_Y1}。",
        "{P}{X}{a}{aP_X1}，{Y}{a}{aP_Y1}；{Q}{X}{a}{aQ_X1}，{Y}{a}{aQ_Y1}。",
        "{P}{X}、{Y}{a}分别为{aP_X1}和{aP_Y1}。",
        "截至11月8日，{W}{a}{aW1}，较9月20日的{aW0}下降{aWd}；{X}{aX1}，下降{aXd}；{Y}{aY1}，下降{aYd}。",
        "{X}{a}{aX1}、{Y}{a}{aY1}，比9月20日分别下降{aXd}、{aYd}。",
        "{P}{a}{aP1}，比9月20日下降{aPd}，全市{aW1}，比9月20日下降{aWd}。",
        "9月20日{W}{a}为{aW0}，其中{X}{aX0}、{Y}{aY0}；11月8日为{aW1}，其中{X}{aX1}、{Y}{aY1}。",
        "{P}、{Q}{a}分别由{aP0}、{aQ0}降至{aP1}、{aQ1}。",
        "{P}、{Q}{a}9月20日分别为{aP0}、{aQ0}，11月8日分别为{aP1}、{aQ1}。",
        "{W}{a}由{aW0}降至{aW1}，其中{X}由{aX0}降至{aX1}，{Y}由{aY0}降至{aY1}。",
        "{W}{a}由{aW0}降至{aW1}，下降{aWd}；{P}由{aP0}降至{aP1}，下降{aPd}。",
        "{K}{a}最高（{aK1}），{N}最低（{aN1}）。",
        "{a}前三位依次是{K}（{aK1}）、{L}（{aL1}）、{M}（{aM1}）。",
        "{W}失辍学{bW1}，{a}{aW1}；其中{X}失辍学{bX1}，{a}{aX1}；{Y}失辍学{bY1}，{a}{aY1}。",
        "{X}失辍学{bX1}、{a}{aX1}，{Y}失辍学{bY1}、{a}{aY1}。",
        "{P}失辍学{bP1}，{a}{aP1}，比9月20日分别减少{bPd}、下降{aPd}。",
        "{W}失辍学由{bW0}减少到{bW1}，{a}由{aW0}下降到{aW1}。",
        "{P}、{Q}失辍学分别为{bP1}、{bQ1}，{a}分别为{aP1}、{aQ1}。",
    )

    def _chosen(self) -> dict[str, Measure]:
        return dict(zip("ab", self.measures, strict=True))


class AllocationWriter(OrdersWriter):
    """Who writes of money allocated."""

    measures = (Measure("学生资助资金", "funds_allocated", TEN_THOUSAND_YUAN, "万元", 2),)
    orders = (
        "截至11月8日，全市下达学生资助资金{aW1}，其中中央{aC1}、省级{aG1}。",
        "截至11月8日，全市已下达学生资助资金{aW1}，其中中央资金{aC1}，占{aCs}；省级资金{aG1}，占{aGs}。",
        "全市下达学生资助资金{aW1}，较9月20日增加{aWd}，增长{aWg}，其中中央{aC1}，省级{aG1}。",
        "9月20日全市下达学生资助资金{aW0}，11月8日为{aW1}，增加{aWd}。",
        "全市学生资助资金下达额由9月20日的{aW0}增加到{aW1}，其中中央由{aC0}增加到{aC1}，省级由{aG0}增加到{aG1}。",
        "中央、省级分别下达学生资助资金{aC1}、{aG1}，合计{aCG1}。",
        "中央、省级分别下达学生资助资金{aC1}和{aG1}，分别占{aCs}和{aGs}。",
        "中央和省级下达学生资助资金分别比9月20日增加{aCd}、{aGd}。",
        "{T}、{U}分别下达{aT1}、{aU1}，合计{aTU1}。",
        "下达{T}{aT1}、{U}{aU1}、{V}{aV1}。",
        "{T}下达{aT1}，占下达总额的{aTs}；{U}下达{aU1}，占{aUs}。",
        "全市下达学生资助资金{aW1}，其中{T}{aT1}、{U}{aU1}、{V}{aV1}。",
        "全市下达学生资助资金{aW1}，按项目分，{T}{aT1}，{U}{aU1}，{V}{aV1}；按级次分，中央{aC1}，省级{aG1}。",
        "全市下达学生资助资金{aW1}。其中：{T}{aT1}（占{aTs}），{U}{aU1}（占{aUs}）。",
        "{P}、{Q}、{R}下达学生资助资金分别为{aP1}、{aQ1}、{aR1}，较9月20日分别增加{aPd}、{aQd}、{aRd}。",
        "{P}下达学生资助资金{aP1}，比9月20日增加{aPd}；{Q}下达{aQ1}，增加{aQd}。",
        "{P}学生资助资金下达额由{aP0}增加到{aP1}，{Q}由{aQ0}增加到{aQ1}。",
        "下达学生资助资金最多的是{K}，为{aK1}，占全市的{aKs}；最少的是{N}，为{aN1}。",
        "{K}、{L}、{M}下达额居前三位，分别为{aK1}、{aL1}、{aM1}，合计{aKLM1}。",
        "下达额前三位依次为{K}（{aK1}）、{L}（{aL1}）、{M}（{aM1}）。",
        "截至9月20日全市下达学生资助资金{aW0}，其中中央{aC0}、省级{aG0}；截至11月8日下达{aW1}，其中中央{aC1}、省级{aG1}。",
        "{P}下达学生资助资金{aP1}，其中中央{aP_C1}，省级{aP_G1}。",
        "下达营养改善计划资金{aE1}，其中中央{aE_C1}、省级{aE_G1}，比9月20日增加{aEd}。",
        "营养改善计划下达资金{aE1}（9月20日为{aE0}），较9月20日增加{aEd}。",
        "中央下达学生资助资金{aC1}，比9月20日增加{aCd}，增长{aCg}；省级下达{aG1}，比9月20日增加{aGd}，增长{aGg}。",
        "全市下达学生资助资金由{aW0}增加到{aW1}，{P}由{aP0}增加到{aP1}。",
        "{P}、{Q}下达额分别为{aP1}、{aQ1}，占全市的{aPs}、{aQs}。",
        "{P}、{Q}下达学生资助资金分别由{aP0}、{aQ0}增加到{aP1}、{aQ1}。",
        "9月20日至11月8日，全市新下达学生资助资金{aWd}，其中中央{aCd}、省级{aGd}。",
        "全市下达学生资助资金{aW1}，其中中央占{aCs}，省级占{aGs}。",
        "全市下达学生资助资金{aW1}（中央{aC1}、省级{aG1}），较9月20日增加{aWd}（中央{aCd}、省级{aGd}）。",
        "下达学生资助资金：中央{aC1}，省级{aG1}；9月20日：中央{aC0}，省级{aG0}。",
        "{P}下达学生资助资金{aP1}，占全市的{aPs}；{Q}{aQ1}，占{aQs}；{R}{aR1}，占{aRs}。",
        "中央和省级下达资金分别为{aC1}、{aG1}，9月20日分别为{aC0}、{aG0}。",
        "全市下达{T}资金{aT1}，其中{P}{aT_P1}、{Q}{aT_Q1}。",
        "{P}下达{T}资金{aT_P1}、{U}资金{aU_P1}。",
        "{K}、{L}、{M}学生资助资金下达额分别为{aK1}、{aL1}、{aM1}，三县区合计{aKLM1}，占全市的{aKLMs}。",
        "营养改善计划、公用经费下达资金分别为{aE1}、{aF1}，分别占下达总额的{aEs}、{aFs}。",
        "中央下达学生资助资金{aC1}，其中营养改善计划{aC_E1}、公用经费{aC_F1}。",
        "下达营养改善计划资金由9月20日的{aE0}增加到{aE1}，其中中央由{aE_C0}增加到{aE_C1}。",
    )

    def _parts_chosen(self) -> dict[str, tuple[str, Scope]]:
        some = self._chance.sample([*PROGRAMMES.items()], 3)
        levels = {"C": ("中央", (("level", "central"),)), "G": ("省级", (("level", "provincial"),))}
        nutrition = {key: (name, PROGRAMMES[name]) for key, name in (("E", "营养改善计划"), ("F", "公用经费"))}
        return {**super()._parts_chosen(), **levels, **nutrition, **dict(zip("TUV", some, strict=True))}


class SpendingWriter(OrdersWriter):
    """Who writes of a term's spending and payments, with the pupils they were for."""

    measures = (
        Measure("营养改善计划支出", "nutrition_spending", TEN_THOUSAND_YUAN, "万元", 2),
        Measure("营养改善计划受益学生", "nutrition_students"),
        Measure("人均支出", "nutrition_spending_per_student", Fraction(100), "元", 2),
        Measure("学生资助", "aid_paid", TEN_THOUSAND_YUAN, "万元", 2),
        Measure("受助学生", "aided_students"),
        Measure("人均资助", "aid_per_student", Fraction(100), "元", 2),
        Measure("建档立卡户受助学生", "registered_poor_aided_students"),
    )
    orders = (
        "春季学期营养改善计划支出{aW1}，受益学生{bW1}，其中小学{bX1}、初中{bY1}。",
        "春季学期营养改善计划支出{aW1}，其中小学{aX1}、初中{aY1}；受益学生{bW1}，其中小学{bX1}、初中{bY1}。",
        "春季学期营养改善计划支出{aW1}，受益学生{bW1}，人均{cW1}。其中，小学支出{aX1}，受益{bX1}，人均{cX1}；"
        "初中支出{aY1}，受益{bY1}，人均{cY1}。",
        "春季学期，小学、初中营养改善计划分别支出{aX1}、{aY1}，受益学生分别为{bX1}、{bY1}。",
        "春季学期营养改善计划受益学生{bW1}，其中{P}{bP1}、{Q}{bQ1}、{R}{bR1}。",
        "{P}、{Q}、{R}营养改善计划支出分别为{aP1}、{aQ1}、{aR1}，合计{aPQR1}，受益学生合计{bPQR1}。",
        "{P}营养改善计划支出{aP1}，受益学生{bP1}，人均{cP1}；{Q}支出{aQ1}，受益学生{bQ1}，人均{cQ1}。",
        "春季学期发放学生资助{dW1}，受助学生{eW1}，其中小学{eX1}、初中{eY1}、普高{eS1}。",
        "春季学期发放学生资助{dW1}，其中小学{dX1}、初中{dY1}，受助学生{eW1}。",
        "春季学期发放学生资助{dW1}，受助学生{eW1}，人均{fW1}，其中建档立卡户学生{gW1}，占{hW1}。",
        "受助学生{eW1}，其中建档立卡户学生{gW1}，占{hW1}，小学{gX1}、初中{gY1}。",
        "{T}发放{dT1}，受助{eT1}，人均{fT1}；{U}发放{dU1}，受助{eU1}，人均{fU1}。",
        "春季学期发放学生资助{dW1}，其中{T}{dT1}、{U}{dU1}。",
        "{T}、{U}分别发放{dT1}、{dU1}，分别惠及学生{eT1}、{eU1}。",
        "{P}、{Q}受助学生分别为{eP1}、{eQ1}，其中建档立卡户学生分别为{gP1}、{gQ1}，分别占{hP1}、{hQ1}。",
        "{P}发放学生资助{dP1}，受助学生{eP1}（其中建档立卡户{gP1}），人均{fP1}。",
        "小学发放资助{dX1}，受助{eX1}，其中建档立卡户{gX1}，占{hX1}；初中发放资助{dY1}，受助{eY1}，其中建档立卡户{gY1}，占{hY1}。",
        "春季学期发放学生资助{dW1}，其中建档立卡户学生{dH1}，占{dHs}。",
        "人均资助：小学{fX1}，初中{fY1}，普高{fS1}，全市{fW1}。",
        "春季学期小学、初中人均资助分别为{fX1}、{fY1}。",
        "受助学生中，小学{eX1}，占{eXs}；初中{eY1}，占{eYs}；建档立卡户学生{gW1}，占{hW1}。",
        "春季学期营养改善计划受益学生{bW1}，其中小学占{bXs}，初中占{bYs}。",
        "发放学生资助居前三位的是{K}、{L}、{M}，分别为{dK1}、{dL1}、{dM1}，合计占全市的{dKLMs}。",
        "{K}受助学生{eK1}，居全市首位，占{eKs}；{L}{eL1}，占{eLs}。",
        "营养改善计划支出{aW1}、学生资助发放{dW1}，两项合计{adW1}。",
        "营养改善计划春季学期支出：小学{aX1}，初中{aY1}；受益学生：小学{bX1}，初中{bY1}。",
        "{P}营养改善计划支出{aP1}，其中小学{aP_X1}，初中{aP_Y1}；受益学生{bP1}，其中小学{bP_X1}，初中{bP_Y1}。",
        "春季学期，{P}营养改善计划支出{aP1}，占全市的{aPs}；{Q}支出{aQ1}，占{aQs}。",
        "春季学期{P}、{Q}营养改善计划分别支出{aP1}、{aQ1}，受益学生分别为{bP1}、{bQ1}，人均分别为{cP1}、{cQ1}。",
        "营养改善计划支出{aW1}、受益学生{bW1}，其中小学分别为{aX1}、{bX1}，初中分别为{aY1}、{bY1}。",
        "{P}营养改善计划受益学生{bP1}（小学{bP_X1}、初中{bP_Y1}），支出{aP1}。",
        "营养改善计划受益学生最多的是{K}，为{bK1}，其次是{L}{bL1}，{M}{bM1}。",
        "{K}、{L}、{M}营养改善计划支出居前三位，依次为{aK1}、{aL1}、{aM1}。",
        "春季学期受助学生{eW1}，按学段分：小学{eX1}，初中{eY1}，普高{eS1}；按县区分：{P}{eP1}，{Q}{eQ1}。",
        "{P}受助学生{eP1}，其中小学{eP_X1}，初中{eP_Y1}，建档立卡户学生{gP1}。",
        "发放学生资助{dW1}，其中小学{dX1}，占{dXs}；初中{dY1}，占{dYs}；普高{dS1}，占{dSs}。",
        "小学、初中、普高受助学生分别为{eX1}、{eY1}、{eS1}，其中建档立卡户学生分别占{hX1}、{hY1}、{hS1}。",
        "小学、初中、普高受助学生分别为{eX1}、{eY1}、{eS1}，发放资助分别为{dX1}、{dY1}、{dS1}。",
        "{T}惠及学生{eT1}，其中建档立卡户学生{gT1}，占{hT1}；{U}惠及学生{eU1}，其中建档立卡户学生{gU1}，占{hU1}。",
        "人均资助最高的是普高，为{fS1}，小学、初中分别为{fX1}、{fY1}。",
        "建档立卡户受助学生{gW1}，其中小学{gX1}、初中{gY1}、普高{gS1}，人均{fH1}。",
        "向建档立卡户学生发放资助{dH1}，占发放总额的{dHs}，受助{gW1}，占受助学生的{hW1}。",
        "{P}、{Q}、{R}发放学生资助合计{dPQR1}，受助学生合计{ePQR1}。",
        "{P}、{Q}发放学生资助{dP1}、{dQ1}，受助学生{eP1}、{eQ1}，两县区合计发放{dPQ1}、受助{ePQ1}。",
        "全市营养改善计划受益学生{bW1}，人均支出{cW1}，其中{P}人均{cP1}，{Q}人均{cQ1}。",
        "{P}营养改善计划人均支出{cP1}，高于全市（{cW1}）；{Q}{cQ1}。",
    )

    def _chosen(self) -> dict[str, Measure]:
        share = Measure("建档立卡户学生占比", "registered_poor_share", Fraction(1, 100), "%", 2)
        return {**dict(zip("abcdefg", self.measures, strict=True)), "h": share}

    def _parts_chosen(self) -> dict[str, tuple[str, Scope]]:
        some = self._chance.sample([*PAID_PROGRAMMES.items()], 2)
        others = {"H": ("建档立卡户", (("registered_poor", "true"),)), "S": ("普高", (("stage", "senior"),))}
        return {**super()._parts_chosen(), **others, **dict(zip("TU", some, strict=True))}


class PlacesWriter(OrdersWriter):
    """Who writes of counties: ranks, shares, sums, and the households visited there."""

    measures = (*PUPILS,)
    orders = (
        "{a}人数最多的是{K}，为{aK1}，其次是{L}{aL1}，{M}{aM1}。",
        "{K}{a}{aK1}，居全市首位，占全市的{aKs}。",
        "{a}人数居前三位的分别是{K}{aK1}、{L}{aL1}、{M}{aM1}，合计{aKLM1}，占全市的{aKLMs}。",
        "{a}人数前三位依次为{K}、{L}、{M}，分别为{aK1}、{aL1}、{aM1}，分别占全市的{aKs}、{aLs}、{aMs}。",
        "{P}、{Q}、{R}{a}分别为{aP1}、{aQ1}、{aR1}，三县区合计{aPQR1}，占全市{aW1}的{aPQRs}。",
        "{P}{a}{aP1}、{Q}{aQ1}，两县区合计{aPQ1}，占全市的{aPQs}。",
        "{W}{a}{aW1}，其中{K}{aK1}，占{aKs}；{L}{aL1}，占{aLs}；{M}{aM1}，占{aMs}。",
        "{W}{a}{aW1}（{K}{aK1}，{L}{aL1}，{M}{aM1}），{b}{bW1}（{P}{bP1}，{Q}{bQ1}）。",
        "{a}：{P}{aP1}，{Q}{aQ1}；{b}：{P}{bP1}，{Q}{bQ1}。",
        "{P}{a}{aP1}，较9月20日{aPv}{aPd}，其中{X}{aP_X1}，{Y}{aP_Y1}。",
        "{P}{a}{aP1}（{X}{aP_X1}、{Y}{aP_Y1}），{Q}{a}{aQ1}（{X}{aQ_X1}、{Y}{aQ_Y1}）。",
        "{P}、{Q}{a}较9月20日分别{aPQv}{aPd}、{aQd}，合计{aPQv}{aPQd}。",
        "{a}最多的{K}为{aK1}，最少的{N}为{aN1}。",
        "{P}{a}{aP1}，占全市的{aPs}；{b}{bP1}，占全市的{bPs}。",
        "{P}抽查{hP1}，{Q}抽查{hQ1}，{R}抽查{hR1}。",
        "全市共抽查{hW1}，其中{P}{hP1}，占{hPs}，{Q}{hQ1}，占{hQs}。",
        "{P}、{Q}、{R}分别抽查{hP1}、{hQ1}、{hR1}，合计{hPQR1}。",
        "全市抽查11个县区{hW1}，{P}、{Q}分别为{hP1}、{hQ1}。",
        "{P}新立案{oP1}、销案{eP1}，{Q}新立案{oQ1}、销案{eQ1}。",
        "9月20日至11月8日，全市新立案{oW1}，销案{eW1}，其中{P}新立案{oP1}，销案{eP1}。",
        "9月20日至11月8日，{P}、{Q}新立案分别为{oP1}、{oQ1}，销案分别为{eP1}、{eQ1}。",
        "{K}、{L}、{M}{a}分别为{aK1}、{aL1}、{aM1}，分别占{aKs}、{aLs}、{aMs}。",
        "{P}、{Q}{a}分别为{aP1}、{aQ1}，其中小学分别为{aP_X1}、{aQ_X1}。",
        "{P}、{Q}{a}分别为{aP1}、{aQ1}，其中小学{aP_X1}、{aQ_X1}。",
        "{P}{a}、{b}、{c}分别为{aP1}、{bP1}、{cP1}，{Q}分别为{aQ1}、{bQ1}、{cQ1}。",
        "小学{a}{aX1}，其中{P}{aX_P1}、{Q}{aX_Q1}；初中{a}{aY1}，其中{P}{aY_P1}、{Q}{aY_Q1}。",
        "{P}小学{a}{aP_X1}，较9月20日{aPv}{aP_Xd}；初中{aP_Y1}，{aPv}{aP_Yd}。",
        "{W}{a}{aW1}，比9月20日{aWv}{aWd}，{aWv}较多的是{K}（{aKd}）、{L}（{aLd}）。",
        "9月20日以来{a}{aPQRv}的县区有{P}（{aPd}）、{Q}（{aQd}）、{R}（{aRd}）。",
        "{P}、{Q}、{R}{a}比9月20日{aPQRv}{aPd}、{aQd}、{aRd}。",
        "{P}{a}{aP1}，{b}{bP1}，较9月20日分别{abPv}{aPd}和{bPd}，分别占全市的{aPs}和{bPs}。",
        "{W}{a}、{b}、{c}分别为{aW1}、{bW1}、{cW1}，其中{P}{aP1}、{bP1}、{cP1}。",
        "{W}{a}、{b}分别为{aW1}、{bW1}，其中小学{aX1}、{bX1}，初中{aY1}、{bY1}。",
        "{a}方面，{P}{aP1}、{Q}{aQ1}；{b}方面，{P}{bP1}、{Q}{bQ1}。",
        "{P}{a}由9月20日的{aP0}{aPv}到{aP1}，{aPv}{aPd}；{b}由{bP0}{bPv}到{bP1}，{bPv}{bPd}。",
        "{P}、{Q}{a}合计{aPQ1}，{b}合计{bPQ1}。",
        "{P}、{Q}{a}共{aPQ1}，占全市的{aPQs}，其中{P}{aP1}、{Q}{aQ1}。",
        "{a}{aW1}，其中小学{aX1}（{P}{aX_P1}、{Q}{aX_Q1}），初中{aY1}（{P}{aY_P1}、{Q}{aY_Q1}）。",
        "{P}、{Q}抽查户数分别为{hP1}、{hQ1}，占{hPs}、{hQs}。",
        "{P}立案{oP1}、销案{eP1}，{Q}立案{oQ1}、销案{eQ1}，两县区共立案{oPQ1}、销案{ePQ1}。",
    )

    def _chosen(self) -> dict[str, Measure]:
        return {
            **super()._chosen(),
            "h": Measure("抽查户数", "inspected_households", unit="户"),
            "o": Measure("新立案", "opened_cases", unit="件"),
            "e": Measure("销案", "ended_cases", unit="件"),
        }
