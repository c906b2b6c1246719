"""Lists told once and gone on with: 东川县、西平区受助508人、343人，送教218人、148人; 9月20日…；11月8日分别为…."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY, HERE, JOINS, Form, N, Said, is_list, lead_of

_LIST = rf"{N}(?:(?:、|和|与|及){N})+"
NUMBERS = re.compile(N)
# 东川县、西平区受助508人、343人，送教218人、148人
PLACES = re.compile(
    rf"(?P<pre>^|.*?[，,；;。：:])(?P<first>[^，,。；;：:（()）\d{HERE}]{{6,60}}?)(?:分别|依次)?(?:为|是|有)?(?P<one>{_LIST})"
    rf"(?P<more>(?:[，,；;][^，,。；;：:（()）\d{HERE}]{{2,16}}?(?:分别|依次)?(?:为|是|有)?{_LIST})+)(?P<rest>.*)$"
)
ITEM = re.compile(
    rf"[，,；;](?P<name>[^，,。；;：:（()）\d{HERE}]{{2,16}}?)(?:分别|依次)?(?:为|是|有)?(?P<list>{_LIST})"
)
# 9月20日受助、送教分别为1020人、440人；11月8日，分别为1915人、823人
DAYS = re.compile(
    rf"^(?P<then>{DAY})[，,]?(?P<names>[^，,。；;：:（()）\d{HERE}]{{5,60}}?)(?:分别|依次)?(?:为|是|有)?(?P<one>{_LIST})[，,；;]"
    rf"(?:到|至|截至)?(?P<now>{DAY})[，,]?(?:则|已)?(?:分别|依次)(?:为|是|有|达到?)(?P<two>{_LIST})(?P<rest>.*)$"
)
# 9月20日受助1020人，其中小学180人；11月8日1915人，其中小学330人
PARTS = re.compile(
    rf"^(?P<then>{DAY})[，,]?(?P<name>[^，,。；;：:（()）\d{HERE}]{{3,20}}?){N}[，,]其中[^；;。]*[；;]"
    rf"(?:到|至|截至)?(?P<now>{DAY})[，,]?(?:为|是|有|达到?)?(?P<two>{N}.*)$"
)


def places_go_on(said: Said) -> Iterator[Form]:
    """东川县、西平区受助508人、343人，送教218人、148人 -> 东川县送教218人."""
    found = PLACES.match(said.text)
    places = _places_ahead(found["first"], said.case) if found and HERE in found["more"] else []
    if not found or len(NUMBERS.findall(found["one"])) != len(places):
        return
    for item in ITEM.finditer(found["more"]):
        listed = NUMBERS.findall(item["list"])
        if HERE in listed and len(listed) == len(places):
            yield Form(f"{found['pre']}{places[listed.index(HERE)]}{item['name']}{HERE}{found['rest']}")


def day_goes_on(said: Said) -> Iterator[Form]:
    """9月20日受助、送教分别为1020人、440人；11月8日，分别为1915人、823人 -> 截至11月8日，受助1915人."""
    if found := DAYS.match(said.text):
        lead, rest = lead_of(found["names"], said.case)
        names, listed = JOINS.split(rest), NUMBERS.findall(found["two"])
        if HERE in listed and len(listed) == len(names) == len(NUMBERS.findall(found["one"])):
            yield Form(f"截至{found['now']}，{lead}{names[listed.index(HERE)]}{HERE}{found['rest']}")
    if (found := PARTS.match(said.text)) and HERE in found["two"]:
        yield Form(f"截至{found['now']}，{found['name']}{found['two']}")


def _places_ahead(words: str, case: Case) -> list[str]:
    """The places that ``words`` begin with, where a list of them is all that stands before a name."""
    named = [one for one in case.parts.named(words) if one.dimension in case.parts.places and len(one.values) == 1]
    listed = len(named) > 1 and not named[0].start and is_list(named, words)
    return [one.text for one in named] if listed else []
