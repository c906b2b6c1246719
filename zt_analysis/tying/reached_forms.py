"""What is counted on and how far that has come: 新增受助895人，累计达到1915人; 在9月20日101人的基础上再增加88人."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY, HERE, VERB, Form, N, Said, moves_so, name_alone, named_of, value_of

_SINCE = rf"(?:自|从)?{DAY}(?:以来|[至到](?P<to>{DAY})(?:期间|之间|间)?)[，,]"
_TOTAL = (
    r"(?:使|截至目前|目前|至今)?(?:今年)?(?:已|现)?(?:累计|总数|总人数|总量|总额|合计|总计)(?P<of>[一-龥]{0,6}?)(?:已|现)?"
    r"(?:达到?|为|是|有|增至|增加到|上升到)?"
)
# 9月20日以来，全市新增受助895人，累计达到1915人
REACHED = re.compile(
    rf"^(?P<pre>(?:[^，,。]*[，,])??)(?P<since>{_SINCE})(?P<who>[^，,。；;\d{HERE}]{{0,8}}?)(?:又|再|共|净|已)*(?:新增|增加)了?"
    rf"(?P<name>[一-龥]{{2,12}}?)(?P<n>{N})[，,；;]{_TOTAL}{HERE}(?P<tail>[^。；;]*)"
)
# 东川县在9月20日101人的基础上再受助88人，累计189人受助
BASIS = re.compile(
    rf"(?P<pre>^|.*?[，,；;])(?P<who>[^，,。；;\d{HERE}]{{0,8}}?)在(?P<then>{DAY})的?(?P<n1>{N})的?基础上[，,]?(?:又|再|继续|新)*"
    rf"(?P<verb>新增|增加)?(?P<name>[一-龥]{{0,10}}?)(?:新增|增加)?了?(?P<n2>{N})"
    rf"(?:[，,；;]{_TOTAL}(?P<n3>{N})(?P<tail>[一-龥]{{0,10}}))?(?=\s*(?:[，,。；;]|$))"
)
# 东川县9月20日失辍学451名，到11月8日还有369名
THERE_STILL = re.compile(
    rf"(?P<pre>^|.*?[，,；;])(?P<who>[一-龥]{{0,6}}?)(?P<then>{DAY})[，,]?(?:有|为|共有)?(?P<name>[^，,。；;\d{HERE}]{{3,20}}?)(?P<n>{N})[，,；;]"
    rf"(?:截[至止]到?|到了?|至)?(?P<now>{DAY})[，,]?(?P<still>还|尚|仍|剩|只|仅)*(?:有|剩|存|余|为|下)*{HERE}"
)
# 与9月20日的440人相比，送教人数增加383人，达到823人
THAN_THEN = re.compile(
    rf"^(?P<pre>(?:[^，,。]*[，,])??)(?:与|和|同|相比于?|相较于?|较|比)(?P<then>{DAY})时?的(?P<n>{N})(?:相比较?|比较|比)?[，,](?P<rest>.*)$"
)
NAME_MOVED = re.compile(rf"(?P<name>[^，,。；;\d{HERE}]{{3,20}}?)(?:净|又|再|已|共)*(?P<verb>{VERB})(?P<n>{N})")


def than_then(said: Said) -> Iterator[Form]:
    """与9月20日的440人相比，送教人数增加383人 -> 与9月20日相比，送教人数增加383人; 9月20日，送教人数440人."""
    found = THAN_THEN.match(said.text)
    moved = NAME_MOVED.match(found["rest"]) if found else None
    if found and HERE in found["n"]:
        if moved:
            yield Form(f"{found['pre']}{found['then']}，{moved['name']}{HERE}")
    elif found and moved and HERE in moved["n"]:
        yield Form(f"{found['pre']}{moved['name']}比{found['then']}{moved['verb']}{HERE}{found['rest'][moved.end() :]}")
    elif found:
        yield Form(f"{found['pre']}与{found['then']}相比，{found['rest']}", instead=True)


# 东川县失辍学人数9月20日是153人，11月8日是125人; 9月20日统计时…为1020人；到11月8日再统计，已达1915人
THEN_AND_NOW = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?P<name>[^，,。；;：:（()）\d{HERE}]{{3,24}}?)(?P<then>{DAY})(?:统计)?时?[，,]?(?:为|是|有)?(?P<n>{N})[，,；;]"
    rf"(?:到了?|至|截至)?(?P<now>{DAY})(?:再?统计)?时?[，,]?(?:则|已|又)*(?:为|是|有|达到?|(?P<verb>[降减增升][至到])|)(?P<here>{HERE})"
)


def then_and_now(said: Said) -> Iterator[Form]:
    """东川县失辍学人数9月20日是153人，11月8日是125人 -> 截至11月8日，东川县失辍学人数125人."""
    found = THEN_AND_NOW.match(said.text)
    if found and moves_so(found["verb"], value_of(found["n"]), said.mention.value):
        yield Form(f"{found['pre']}截至{found['now']}，{found['name']}{HERE}{said.text[found.end() :]}")


FALLS = re.compile("净?减少?|下降|降低|少")


def reached(said: Said) -> Iterator[Form]:
    """9月20日以来，新增受助895人，累计达到1915人 -> 截至11月8日，受助1915人."""
    found = REACHED.match(said.text)
    of = named_of(name_alone(found["name"], said.case), said.case) if found else ""
    # of what there is at a time not all that is new is left; 累计达到1915人，截至10月8日 is of that day
    if (
        found
        and not re.search(DAY, found["tail"])
        and of
        and not find(of).stock
        and not (found["to"] and found["to"] != _today(said.case))
    ):
        name = found["of"] or found["name"]
        yield Form(f"{found['pre']}截至{_today(said.case)}，{found['who']}{name}{HERE}{found['tail']}")


def on_basis(said: Said) -> Iterator[Form]:
    """在9月20日101人的基础上再受助88人，累计189人受助 -> 9月20日，受助101人; 受助比9月20日增加88人."""
    found = BASIS.match(said.text)
    name = (found["name"] or found["of"] or found["tail"] or "") if found else ""
    if found is None or not name or FALLS.match(name):  # 在…基础上再减少受助88人
        return
    ahead, behind = f"{found['pre']}", said.text[found.end() :]
    if re.search(DAY, f"{ahead}{behind}"):  # of another day than both
        return
    if HERE in found["n1"]:
        yield Form(f"{ahead}{found['then']}，{found['who']}{name}{HERE}{behind}")
    elif HERE in found["n2"]:
        yield Form(f"{ahead}{found['who']}{name}比{found['then']}增加{HERE}{behind}")
    elif found["n3"] == HERE:
        told = f"{HERE}{found['tail']}" if found["tail"] else f"{found['of'] or name}{HERE}"
        yield Form(f"{ahead}截至{_today(said.case)}，{found['who']}{told}{behind}")


def there_still(said: Said) -> Iterator[Form]:
    """东川县9月20日有失辍学学生451名，到11月8日还有369名 -> 截至11月8日，东川县失辍学学生369名."""
    found = THERE_STILL.match(said.text)
    of = named_of(name_alone(found["name"], said.case), said.case) if found else ""
    then = value_of(found["n"]) if found else None
    if not found or not of or then is None:
        return
    if re.search(DAY, f"{found['pre']}{said.text[found.end() :]}"):
        return
    fell = isinstance(said.mention.value, type(then)) and said.mention.value < then  # type: ignore[operator]
    if not found["still"] or (find(of).stock and fell):
        yield Form(f"{found['pre']}截至{found['now']}，{found['who']}{found['name']}{HERE}{said.text[found.end() :]}")


def _today(case: Case) -> str:
    now = case.paper.period.as_of
    return f"{now.month}月{now.day}日"
