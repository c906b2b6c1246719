"""Right sentences on what was paid, and to how many, of the whole and of parts, as an office writes them.

Beside ``ordinary``, whose figures are of pupils alone: here a clause of money goes on with the pupils it was paid for,
and the part stands before both, before or behind the name of the scheme.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ordinary import STAGES, Writer

from zt_analysis.indicators import Scope, Wanted

TERM = ["春季学期", "2018年春季学期"]
# the scheme, what is said of its money and of its pupils, and their figures
SCHEMES = {
    "营养改善计划": (
        ("支出", "支出资金"),
        ("受益学生", "受益", "惠及学生"),
        "nutrition_spending",
        "nutrition_students",
    ),
    "学生资助": (("发放资金", "发放", "发放资助资金"), ("受助学生", "受助"), "aid_paid", "aided_students"),
}
PROGRAMMES: dict[str, Scope] = {
    "寄宿生生活补助": (("programme", "boarder_subsidy"),),
    "免学费": (("programme", "tuition_waiver"),),
    "建档立卡户生活费": (("programme", "registered_poor_living"),),
}
PER_HEAD = {"营养改善计划": "nutrition_spending_per_student", "学生资助": "aid_per_student"}


class FundsWriter(Writer):
    """Who writes of funds; the same ``seed`` writes the same texts."""

    def paragraph(self) -> str:
        """One or two sentences."""
        makes = (self._whole, self._paid, self._paid, self._among, self._programmes)
        return "".join(f"{self._one(makes)()}。" for _ in range(self._one([1, 1, 2])))

    def _exact(self, figure: str, scope: Scope = ()) -> Fraction:
        wanted = Wanted(figure, self._case.paper.period, scope)
        exact = self._case.computed([wanted])[wanted.key].exact
        assert exact is not None
        return Fraction(exact)

    def _money(self, figure: str, scope: Scope = ()) -> str:
        return f"{_rounded(self._exact(figure, scope) / 1_000_000, 2)}万元"

    def _pair(self, scheme: str, scope: Scope = ()) -> tuple[str, str]:
        """What is said of the money and of the pupils, each with its number."""
        paid, received, money, pupils = SCHEMES[scheme]
        return (
            f"{self._one(paid)}{self._money(money, scope)}",
            f"{self._one(received)}{int(self._exact(pupils, scope))}人",
        )

    def _whole(self) -> str:
        scheme = self._one([*SCHEMES])
        paid, received = self._pair(scheme)
        each = f"，人均{_rounded(self._exact(PER_HEAD[scheme]) / 100, 2)}元"
        return f"{self._one(TERM)}，全市{scheme}{paid}{self._one('，、')}{received}{self._one(['', each])}"

    def _parts_of(self) -> dict[str, Scope]:
        if self._one([True, False]):
            names = self._one([[*STAGES], [*STAGES], ["小学"], ["初中"]])
            return {name: STAGES[name] for name in names}
        return {name: self._counties[name] for name in self._chance.sample([*self._counties], self._one([1, 2, 3]))}

    def _paid(self) -> str:
        scheme, term, joined = self._one([*SCHEMES]), self._one(TERM), self._one("、，")
        parts = {name: self._pair(scheme, scope) for name, scope in self._parts_of().items()}
        mark = self._one("；" if joined == "，" else "，；")
        said = mark.join(f"{name}{paid}{joined}{received}" for name, (paid, received) in parts.items())
        money = "、".join(f"{name}{paid.lstrip('支出发放资助金')}" for name, (paid, _) in parts.items())
        pupils = "、".join(f"{name}{int(self._exact(SCHEMES[scheme][3], scope))}人" for name, scope in self._of(parts))
        verb, who = SCHEMES[scheme][0][0], SCHEMES[scheme][1][0]
        return self._one([
            f"{scheme}{term}{said}",
            f"{term}{scheme}{said}",
            f"{term}，{scheme}{self._one('：，')}{said}",
            f"{term}{scheme}{verb}，{money}；{who}，{pupils}",
        ])  # fmt: skip

    def _of(self, parts: dict[str, tuple[str, str]]) -> list[tuple[str, Scope]]:
        return [(name, STAGES.get(name) or self._counties[name]) for name in parts]

    def _programmes(self) -> str:
        names = self._chance.sample([*PROGRAMMES], self._one([1, 2, 3]))
        said = [
            f"{name}发放{self._money('aid_paid', PROGRAMMES[name])}"
            f"，{self._one(['受助', '惠及'])}{int(self._exact('aided_students', PROGRAMMES[name]))}人"
            for name in names
        ]
        return f"{self._one([*TERM, ''])}{'；'.join(said)}"

    def _among(self) -> str:
        parts = self._parts_of()
        name, scope = next(iter(parts.items()))
        paid, received = self._pair("学生资助", scope)
        poor = int(self._exact("registered_poor_aided_students", scope))
        share = f"{_rounded(poor / self._exact('aided_students', scope) * 100, self._one([1, 2]))}%"
        after = self._one(["", f"，占{share}", f"（占{share}）"])
        return self._one([
            f"{self._one(TERM)}{name}{paid}，{received}，其中建档立卡户学生{poor}人{after}",
            f"{self._one(TERM)}，{name}{received}，其中建档立卡户{poor}人{after}，{paid}",
            f"{name}{self._one(TERM)}{received}（建档立卡户学生{poor}人），{paid}",
        ])  # fmt: skip


def _rounded(exact: Fraction, places: int) -> Decimal:
    """As offices round: half up."""
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
