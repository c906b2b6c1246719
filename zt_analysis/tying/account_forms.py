"""Sums, balances and means whose figures are named as accounts do: 两项共支出, 扣除…后余额, 按受益学生计算."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.added_figures import is_of_its_own
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import named_figure
from zt_analysis.tying.forms import DAY, HERE, Form, Said
from zt_analysis.tying.time_words import TERMS

SPENT_TOGETHER = re.compile(
    rf"(?P<one>[^，,。；;：:、\d{HERE}]{{3,20}}?)(?:与|和|及|、)(?P<two>[^，,。；;：:、\d{HERE}]{{3,20}}?)(?:[两二](?:项|者|类))?(?:资金|经费)?"
    rf"(?:(?:合计|共计|总计|总共|一共|共)(?P<verb>[一-龥]{{2}})|(?P<done>[一-龥]{{2}})(?:合计|共计|总计|一共|共))(?=(?:为|达)?{HERE})"
)


def spent_together(said: Said) -> Iterator[Form]:
    """资助与营养改善计划两项共支出64332.83万元 -> 资助支出与营养改善计划支出合计64332.83万元."""
    found = SPENT_TOGETHER.search(said.text)
    if found is None or is_of_its_own(found["two"], said.case, said.case.figure_words):
        return
    both = "与".join(f"{found[name]}{found['verb'] or found['done']}" for name in ("one", "two"))
    yield Form(f"{said.text[: found.start()]}{both}合计{said.text[found.end() :]}")


# 下达的资金扣除营养改善计划支出和资助发放额后，余额为
TAKEN_OFF = re.compile(
    rf"(?P<time>^|(?:截[至止]到?)?{DAY}[，,]?)?(?P<of>[^，,。；;：:\d{HERE}]{{2,12}}?)(?:在?扣除|减去|除去|扣减)(?P<off>[^，,。；;：:\d{HERE}]{{6,40}}?)"
    rf"(?:之后|以后|后)?[，,]?(?:的|尚有|还有|其)?(?P<left>余额|结余|余款|结存|尚余|还余|剩余|尚剩|还剩)(?=(?:为|是|有|达|约)*{HERE})"
)
APART = re.compile(r"[、和与及]|以及")


def taken_off(said: Said) -> Iterator[Form]:
    """下达资金扣除营养改善计划支出和资助发放额后，余额… -> 下达资金余额…: where these are what it is defined as."""
    found = TAKEN_OFF.search(said.text)
    if found is None or not all(_is_own(one[0], said.case) for one in TERMS.finditer(found["off"])):
        return
    named = [_figure(one, said.case) for one in (found["of"], *APART.split(TERMS.sub("", found["off"])))]
    whole, *off = named
    inputs = [[name for name, _ in find(one.indicator).inputs] for one in said.case.phrases if not one.scope]
    if all(named) and any(one[:1] == [whole] and sorted(one[1:]) == sorted(off) for one in inputs):
        balance = f"{found['of'].replace('的', '')}余额"
        yield Form(f"{said.text[: found.start('of')]}{balance}{said.text[found.end() :]}", instead=True)


def _is_own(term: str, case: Case) -> bool:
    """Whether 春季学期 is the term of the case."""
    period = case.paper.period
    ids = [one.id for one in period.calendar.terms if one.zh.startswith(term[0])]
    return bool(ids) and period.written("term").endswith(f"-{ids[0]}")


def _figure(words: str, case: Case) -> str:
    return named_figure(words.removesuffix("额").replace("的", ""), "fen", case)


# 按受益学生计算，春季学期营养改善计划人均支出
BY_HEAD = re.compile(
    r"^(?P<pre>[^，,。；;]*[，,])?按(?:照)?(?P<by>[一-龥]{2,8}?)(?:人数|数)?(?:计算|平均|测算|折算)[，,](?P<said>.*(?:人均|生均|每[人生名]).*)$"
)


def by_head(said: Said) -> Iterator[Form]:
    """按受益学生计算，营养改善计划人均支出… -> 营养改善计划人均支出…: where these are whom it is divided by."""
    found = BY_HEAD.match(said.text)
    if found is None or HERE not in found["said"]:
        return
    said_so = [
        one for one in said.case.phrases if all(any(word in found["said"] for word in group) for group in one.groups)
    ]
    means = [find(one.indicator) for one in said_so if find(one.indicator).unit == "fen_per_person"]
    whom = found["by"].removesuffix("学生")
    by = {one.indicator for one in said.case.phrases if whom and any(whom in word for word in one.words)}
    if means and all(any(name in by for name, _ in one.inputs) for one in means):
        yield Form(f"{found['pre'] or ''}{found['said']}", instead=True)
