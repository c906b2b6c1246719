"""Of whom most are: 远程送教以初中为主，计1118人; whether they are is computed, and the rest is read without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import zt_analysis.expressions as re
from zt_analysis.indicators import Wanted
from zt_analysis.tying.forms import HERE, Form, N, Said, name_alone, named_of

# 主要是初中生，有4388人; 绝大多数为初中生
_MOSTLY = r"(?:主要(?:是|为|集中在|来自|分布在)|(?:绝?大多数|绝?大部分|多数)(?:是|为|在|来自|集中在))"
MAINLY = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?P<name>[^，,。；;：:、\d{HERE}]{{3,20}}?)(?P<all>{N})?(?:中|里)?[，,]?"
    rf"(?:(?:主要|多)?(?:是)?以(?P<who>[一-龥]{{2,6}}?)(?:阶段|学段|学生)?为主|{_MOSTLY}(?P<of>[一-龥]{{2,6}}?)(?:阶段|学段|学生)?)"
    r"(?P<mark>[，,：:（(])(?P<rest>.+)$"
)
# 远程送教学生, 上门送教对象
COUNTED = re.compile(r"(?:学生|对象|人数|人员|孩子|工作)$")
ALONE = re.compile(rf"(?:共计|合计|共|计|有|为|达到?)*(?={N})")
OF_ALL = re.compile(rf"(?P<n>{N})(?:中|里)[，,]?(?=[一-龥])")
ONLY = re.compile(rf"(?:仅仅?有?|只有|只)(?={N})")
HALF = Fraction(1, 2)


def mainly(said: Said) -> Iterator[Form]:
    """远程送教以初中为主，1208人中初中1118人 -> 远程送教1208人，其中初中1118人, where most of them are."""
    found = MAINLY.match(said.text)
    if found is None or HERE not in found["rest"]:
        return
    name, rest = COUNTED.sub("", found["name"]), ONLY.sub("", found["rest"])
    who = found["who"] or found["of"]
    if not _are_most(name, who, said):
        return
    if found["all"]:
        if HERE not in found["all"]:
            yield Form(f"{found['pre']}{name}{found['all']}，其中{who}{rest[ALONE.match(rest).end() :]}")  # type: ignore[union-attr]
        return
    if alone := ALONE.match(rest):
        rest = f"{who}{rest[alone.end() :]}" if not OF_ALL.match(rest) else rest
    if of_all := OF_ALL.match(rest):
        yield Form(f"{found['pre']}{name}{of_all['n']}，其中{rest[of_all.end() :]}")
    elif found["mark"] in "（(":
        yield Form(f"{found['pre']}{name}：{rest.replace('）', '', 1).replace(')', '', 1)}")
    else:
        yield Form(f"{found['pre']}{name}：{rest}")


def _are_most(name: str, who: str, said: Said) -> bool:
    scope = tuple(
        (part.dimension, part.values[0])
        for part in said.case.parts.named(name)
        if part.dimension in said.case.registers and len(part.values) == 1
    )
    named, of = said.case.parts.named(who), named_of(name_alone(name, said.case) if scope else name, said.case)
    one = named[0] if len(named) == 1 and named[0].text == who and len(named[0].values) == 1 else None
    if not one or not of or one.dimension not in said.case.dimensions(of):
        return False
    whole = Wanted(of, said.case.paper.period, scope)
    part = replace(whole, scope=tuple(sorted((*scope, (one.dimension, one.values[0])))))
    figures = said.case.computed([whole, part])
    all_of_them, some = figures[whole.key].exact, figures[part.key].exact
    return bool(all_of_them) and some is not None and Fraction(some) > HALF * Fraction(all_of_them or 0)
