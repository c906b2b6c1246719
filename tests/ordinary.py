"""Right paragraphs as an office writes them, made from the tables of the shipped case: levels, changes, parts, ranks.

One text of a writer shows one order of words; these put sentences behind one another as nobody would think to test
them. What they say is computed from the same rows as the figures, so none of it is wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from zt_analysis.indicators import Scope, Wanted
from zt_analysis.tying.case import Case

T = TypeVar("T")
NAMES = {
    "劝返复学": "returned_students",
    "上门送教": "home_taught_students",
    "远程送教": "remote_taught_students",
    "失辍学": "out_of_school_children",
}
STAGES: dict[str, Scope] = {"小学": (("stage", "primary"),), "初中": (("stage", "junior"),)}
FIXED = (
    "小学失辍学率由0.09%降至0.06%，初中失辍学率由1.91%降至1.59%",
    "小学、初中失辍学率分别为0.06%和1.59%，较9月20日下降0.03个和0.32个百分点",
    "全市失辍学率为0.57%，比9月20日下降0.13个百分点，其中小学0.06%，初中1.59%",
    "初中失辍学率1.59%，比9月20日的1.91%下降0.32个百分点",
    "截至11月8日，全市已下达学生资助资金133715.32万元，比9月20日增加11066.80万元，增长9.02%",
    "2018年春季学期，营养改善计划支出28495.92万元，受益学生743740人，人均383.14元",
    "春季学期发放学生资助35836.91万元，受助学生488235人，其中建档立卡户学生327802人，占67.14%",
    "9月20日至11月8日，新立案798件，销案1846件",
    "共抽查336户，覆盖全市11个县（市、区）",
)


class Writer:
    """Who writes them; the same ``seed`` writes the same texts."""

    def __init__(self, case: Case, seed: int) -> None:
        self._case, self._chance = case, random.Random(seed)
        (register,) = case.registers
        self._counties: dict[str, Scope] = {
            names["zh"]: ((register, code),) for code, names in case.registers[register].items()
        }

    def paragraph(self) -> str:
        """One to three sentences, some divided by a semicolon."""
        said = "".join(self._one(self._sentences)() + self._one("。。。；") for _ in range(self._one([1, 2, 3])))
        return said.rstrip("；。") + "。"

    @cached_property
    def _sentences(self) -> Sequence[Callable[[], str]]:
        makes = (self._level, self._list, self._turn, self._moved, self._parts, self._parts, self._stages, self._places)
        return (*makes, lambda: self._one(FIXED))

    def _one(self, choices: Sequence[T]) -> T:
        return self._chance.choice(choices)

    def _value(self, of: str, scope: Scope = (), *, then: bool = False) -> int:
        period = self._case.paper.period
        wanted = Wanted(NAMES[of], period.at(period.base_on) if then else period, scope)
        exact = self._case.computed([wanted])[wanted.key].exact
        assert exact is not None
        return int(exact)

    def _lead(self) -> str:
        return self._one(["截至11月8日，", "截至目前，", "目前，", "11月8日，", ""]) + self._one(
            ["全市", "我市", "全市共有"]
        )

    def _named(self, of: str) -> str:
        return of + self._one(["", "学生", "人数", "学生人数"])

    def _change(self, of: str, scope: Scope = ()) -> str:
        by = self._value(of, scope) - self._value(of, scope, then=True)
        return f"{self._one(['增加', '净增'] if by > 0 else ['减少', '净减'])}{abs(by)}人"

    def _growth(self, of: str, scope: Scope = ()) -> str:
        before, now = self._value(of, scope, then=True), self._value(of, scope)
        verb = self._one(["增长", "增幅为"] if now > before else ["下降", "降幅为"])
        return f"{verb}{abs(now - before) / before * 100:.{self._one([1, 2])}f}%"

    def _since(self, of: str, scope: Scope = ()) -> str:
        then = self._value(of, scope, then=True)
        change, growth = self._change(of, scope), self._growth(of, scope)
        return self._one(
            ["", f"，比9月20日{change}", f"，较9月20日{growth}", f"，较9月20日{change}，{growth}",
             f"，比9月20日的{then}人{change}", f"（9月20日为{then}人）"]
        )  # fmt: skip

    def _share(self, of: str, scope: Scope) -> str:
        return f"{self._value(of, scope) / self._value(of) * 100:.{self._one([1, 2])}f}%"

    def _level(self) -> str:
        of = self._one([*NAMES])
        return f"{self._lead()}{self._named(of)}{self._value(of)}人{self._since(of)}"

    def _list(self) -> str:
        some = self._chance.sample([*NAMES], self._one([2, 3, 4]))
        return self._lead() + self._one("，、；").join(f"{self._named(of)}{self._value(of)}人" for of in some)

    def _turn(self) -> str:
        some = self._chance.sample([*NAMES][:3], self._one([2, 3]))
        values = "、".join(f"{self._value(of)}人" for of in some)
        more = "、".join(f"{self._value(of) - self._value(of, then=True)}人" for of in some)
        since = self._one(["", f"，分别比9月20日增加{more}"])
        return f"{self._lead()}{'、'.join(some)}{self._one(['人数', '学生', '学生数', ''])}分别为{values}{since}"

    def _moved(self) -> str:
        of = self._one([*NAMES])
        before, now = self._value(of, then=True), self._value(of)
        verb = self._one(["增加到", "增至", "上升到"] if now > before else ["减少到", "降至", "下降到"])
        after = self._one(
            ["", f"，{self._change(of)}", f"，{self._growth(of)}", f"，{self._change(of)}，{self._growth(of)}"]
        )
        return f"全市{self._named(of)}{self._one('由从')}9月20日的{before}人{verb}{now}人{after}"

    def _parts(self) -> str:
        of = self._one([*NAMES])
        by_stage = self._one([True, False])
        known = STAGES if by_stage else self._counties
        names = [*STAGES] if by_stage else self._chance.sample([*known], self._one([1, 2, 3]))
        said = [self._part(of, name, known[name]) for name in names]
        mark = self._one("；，" if any("，" in one for one in said) else "，、；")
        behind = self._one([f"；比9月20日{self._change(of)}", f"；{self._other(of)}", "", ""])
        opens = self._one(["，其中", "。其中，", "，其中：", "。其中", "；其中"])
        return f"{self._lead()}{self._named(of)}{self._value(of)}人{self._since(of)}{opens}{mark.join(said)}{behind}"

    def _part(self, of: str, name: str, scope: Scope) -> str:
        share, change = self._share(of, scope), self._change(of, scope)
        after = self._one(["", "", f"，比9月20日{change}", f"，{change}", f"，占{share}", f"（占{share}）"])
        return f"{name}{self._value(of, scope)}人{after}"

    def _other(self, of: str) -> str:
        other = self._one([one for one in NAMES if one != of])
        return f"{other}{self._value(other)}人"

    def _stages(self) -> str:
        of, (one, two) = self._one([*NAMES]), self._chance.sample([*STAGES], 2)
        first, second = (self._value(of, STAGES[name]) for name in (one, two))
        shares = self._share(of, STAGES[one]), self._share(of, STAGES[two])
        return self._one([
            f"{self._named(of)}中，{one}{first}人，占{shares[0]}；{two}{second}人，占{shares[1]}",
            f"{one}{self._named(of)}{first}人，比9月20日{self._change(of, STAGES[one])}；{two}{second}人",
            f"{one}、{two}{self._named(of)}分别为{first}人、{second}人，分别占{shares[0]}和{shares[1]}",
            f"{self._lead()}{self._named(of)}{self._value(of)}人（{one}{first}人，{two}{second}人）",
        ])  # fmt: skip

    def _places(self) -> str:
        of, name = self._named(plain := self._one([*NAMES])), self._one([*self._counties])
        values = {one: self._value(plain, scope) for one, scope in self._counties.items()}
        ranked = sorted(values, key=lambda one: -values[one])
        most, least = ranked[0], ranked[-1]
        other = self._one([one for one in NAMES if one != plain])
        share = self._share(plain, self._counties[most])
        return self._one([
            f"{most}{of}最多，为{values[most]}人，占全市的{share}；{least}最少，为{values[least]}人",
            f"{of}最多的{most}有{values[most]}人，是最少的{least}的{values[most] / values[least]:.1f}倍",
            f"{of}居前三位的是{'、'.join(f'{one}（{values[one]}人）' for one in ranked[:3])}",
            f"{name}{of}{values[name]}人，{other}{self._value(other, self._counties[name])}人",
            f"{name}{of}{values[name]}人，较9月20日{self._change(plain, self._counties[name])}",
        ])  # fmt: skip
