"""Lists whose figure is named behind them: 西平区343人、东川县508人，以上为受助学生数; 260名小学生、563名初中生受助."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.numbers import read_numbers
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said
from zt_analysis.tying.list_forms import SO_MANY, items_of, names_in_turn

# whose they are is said by the list itself
_OF = r"(?:(?:[两三四五六七八九十]|\d{1,2}|各)个?(?:县区?|县市区|区县|地|县（市、区）)|上述各?县区?|全市)?"
TOLD_BEHIND = re.compile(
    rf"(?P<list>[^，,。；;：:\d]{{2,8}}(?:为|有)?{N}(?:[、，,和与及]+[^，,。；;：:、\d{HERE}]{{2,8}}(?:为|有)?{N})+)"
    rf"[，,（(](?:以上|这|上述|此)(?:数据|数字|各?数|些)?(?:均|都|分别|就)?(?:为|是)(?P<when>(?:截[至止]到?)?{DAY})?的?{_OF}的?"
    r"(?P<of>[一-龥]{3,14}?)(?:学生)?(?:人数|数)?[）)]?(?=[。；;]|$)"
)
_VERB = r"(?:共计?|合计|总计|一共)?[一-龥]{0,4}?"
NAMED_BEHIND = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])\s*(?P<verb>{_VERB})(?P<numbers>{N}(?:(?:、|和|与|及){N})*)"
    r"(?:[，,]?(?:这|此)?(?:就|才|也|正|则)?(?:均|都|皆|分别|依次)?(?:是|为|系|指的是|即)|——?)"
    rf"(?P<of>(?:{DAY}|[^，,。；;：:\d{HERE}]){{4,60}}?)(?=[，,。；;]|$)"
)
# the number is the newest, or the whole, of what is named
CALLED = re.compile(r"的?(?:最新)?(?:总数|总量|总额|数字|读数|数据|情况)?$")
# 9月20日的劝返复学数
DATED = re.compile(rf"^({DAY})的")
TOTALS = re.compile(r"共计?|合计|总计|一共")
_PART = rf"(?:{HERE}|\d[\d,]*[名人个])(?:[一-龥]{{2,5}})"
DONE_BEHIND = re.compile(
    rf"(?P<parts>{_PART}(?:(?:、|和|与|及|以及){_PART})+?)(?:已经?|均|都|被|全部|分别)*(?:纳入|接受|得到|享受|实现|完成|参加|通过)了?(?:到)?"
    r"(?P<of>[一-龥]{3,10}?)(?:服务|范围|管理|台账)?(?=[。；;，,]|$)"
)
# 508名东川学生、343名西平学生受助
_OF = rf"(?:{HERE}|\d[\d,]*[名人个])(?:[一-龥]{{2,5}}?)(?:学生|孩子)"
WHOSE_BEHIND = re.compile(
    rf"(?P<parts>{_OF}(?:(?:、|，|和|与|及|以及){_OF})+?)(?:已经?|均|都|被|全部|分别)*(?P<of>[一-龥]{{3,10}}?)(?=[。；;，,]|$)"
)
WHOSE = re.compile(rf"(?:{HERE}|\d[\d,]*[名人个])(?P<who>[一-龥]{{2,5}}?)(?:学生|孩子)")
PARTS = re.compile(rf"(?:{HERE}|\d[\d,]*[名人个])(?P<who>[一-龥]{{2,5}}?)(?=、|和|与|及|以及|$)")


def told_behind(said: Said) -> Iterator[Form]:
    """西平区343人、东川县508人，以上为截至10月8日受助人数 -> 截至10月8日，受助人数：西平区343人、东川县508人."""
    found = TOLD_BEHIND.search(said.text)
    if found is None or HERE not in found["list"]:
        return
    when = f"{found['when']}，" if found["when"] else ""
    yield Form(f"{said.text[: found.start()]}{when}{found['of']}人数：{found['list']}{said.text[found.end() :]}")


def named_behind(said: Said) -> Iterator[Form]:
    """1915人，这是全市劝返复学的总数 -> 全市劝返复学1915人; 39人、51人分别系东川、西岭受助数 -> 东川受助数39人."""
    found = NAMED_BEHIND.match(said.text)
    if found is None or HERE not in found["numbers"]:
        return
    verb, of = found["verb"], DATED.sub(r"\1，", CALLED.sub("", found["of"]))
    alone = not verb or TOTALS.fullmatch(verb) is not None  # 劝返复学1915人，是…的成果 has a name of its own
    if not alone and not any(verb in word for word in said.case.figure_words):
        return
    if any(one.role == "figure" and one.kind != "date" for one in read_numbers(of) if not SO_MANY.match(one.surface)):
        return
    numbers = re.findall(N, found["numbers"])
    names = [of] if len(numbers) == 1 else _in_turn(of, numbers, said)
    for name in names:
        yield Form(f"{found['pre']}{name}{verb}{HERE}{said.text[found.end() :]}", instead=alone)


def _in_turn(of: str, numbers: list[str], said: Said) -> Iterator[str]:
    """What the number of its turn is called: 东川、西岭两地受助学生数 names two."""
    lead, items = items_of(of, len(numbers), said.case)
    if items:
        yield from (f"{lead}{name}" for name in names_in_turn(items, numbers.index(HERE), said.case))


def done_behind(said: Said) -> Iterator[Form]:
    """260名小学生、563名初中生接受资助 -> 资助小学生260名."""
    found = DONE_BEHIND.search(said.text)
    parts = [*PARTS.finditer(found["parts"])] if found else []
    mine = next((one["who"] for one in parts if one[0].startswith(HERE)), "")
    if found is None or not mine or not all(_is_part(one["who"], said) for one in parts):
        return
    yield Form(f"{said.text[: found.start()]}{found['of']}{mine}{HERE}{said.text[found.end() :]}")


def whose_behind(said: Said) -> Iterator[Form]:
    """508名东川学生、343名西平学生受助 -> 东川受助508名."""
    found = WHOSE_BEHIND.search(said.text)
    parts = [*WHOSE.finditer(found["parts"])] if found else []
    mine = next((one["who"] for one in parts if one[0].startswith(HERE)), "")
    if found and mine and all(_is_part(one["who"], said) for one in parts):
        yield Form(f"{said.text[: found.start()]}{mine}{found['of']}{HERE}{said.text[found.end() :]}")


def _is_part(words: str, said: Said) -> bool:
    """Whether ``words`` name one part and say nothing else: 初中生未 does."""
    named = said.case.parts.named(words)
    return len(named) == 1 and named[0].text == words and len(named[0].values) == 1
