"""Lists whose figure is named behind them: 西平区343人、东川县508人，以上为受助学生数; 260名小学生、563名初中生受助."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said

# whose they are is said by the list itself
_OF = r"(?:(?:[两三四五六七八九十]|\d{1,2}|各)个?(?:县区?|县市区|区县|地|县（市、区）)|上述各?县区?|全市)?"
TOLD_BEHIND = re.compile(
    rf"(?P<list>[^，,。；;：:\d]{{2,8}}(?:为|有)?{N}(?:[、，,和与及]+[^，,。；;：:、\d{HERE}]{{2,8}}(?:为|有)?{N})+)"
    rf"[，,（(](?:以上|这|上述|此)(?:数据|数字|各?数|些)?(?:均|都|分别|就)?(?:为|是)(?P<when>(?:截[至止]到?)?{DAY})?的?{_OF}的?"
    r"(?P<of>[一-龥]{3,14}?)(?:学生)?(?:人数|数)?[）)]?(?=[。；;]|$)"
)
_PART = rf"(?:{HERE}|\d[\d,]*[名人个])(?:[一-龥]{{2,5}})"
DONE_BEHIND = re.compile(
    rf"(?P<parts>{_PART}(?:(?:、|和|与|及|以及){_PART})+?)(?:已经?|均|都|被|全部|分别)*(?:纳入|接受|得到|享受|实现|完成|参加|通过)了?(?:到)?"
    r"(?P<of>[一-龥]{3,10}?)(?:服务|范围|管理|台账)?(?=[。；;，,]|$)"
)
PARTS = re.compile(rf"(?:{HERE}|\d[\d,]*[名人个])(?P<who>[一-龥]{{2,5}}?)(?=、|和|与|及|以及|$)")


def told_behind(said: Said) -> Iterator[Form]:
    """西平区343人、东川县508人，以上为截至10月8日受助人数 -> 截至10月8日，受助人数：西平区343人、东川县508人."""
    found = TOLD_BEHIND.search(said.text)
    if found is None or HERE not in found["list"]:
        return
    when = f"{found['when']}，" if found["when"] else ""
    yield Form(f"{said.text[: found.start()]}{when}{found['of']}人数：{found['list']}{said.text[found.end() :]}")


def done_behind(said: Said) -> Iterator[Form]:
    """260名小学生、563名初中生接受资助 -> 资助小学生260名."""
    found = DONE_BEHIND.search(said.text)
    parts = [*PARTS.finditer(found["parts"])] if found else []
    mine = next((one["who"] for one in parts if one[0].startswith(HERE)), "")
    if found is None or not mine or not all(_is_part(one["who"], said) for one in parts):
        return
    yield Form(f"{said.text[: found.start()]}{found['of']}{mine}{HERE}{said.text[found.end() :]}")


def _is_part(words: str, said: Said) -> bool:
    """Whether ``words`` name one part and say nothing else: 初中生未 does."""
    named = said.case.parts.named(words)
    return len(named) == 1 and named[0].text == words and len(named[0].values) == 1
