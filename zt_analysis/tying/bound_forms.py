"""Numbers of the places that keep a bound: 送教学生不到20人的只有西岭县，为16人."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.counted_places import KEPT, NAME, PLACES, SO_MANY
from zt_analysis.tying.forms import DAY, HERE, Form, N, Said, members_of

THOSE = re.compile(
    rf"(?P<pre>^|.*?[，,；;：:])(?:全市)?{NAME}(?:{KEPT})的(?:{PLACES})?{SO_MANY}(?P<list>[一-龥、]{{2,60}}?)(?:[两三四五六七八九]个?(?:县区|县|地))?"
    rf"[，,](?P<day>(?:截[至止]到?)?{DAY}[，,]?)?(?P<verb>(?:分别|依次|合计|共计?)*(?:为|有|达)*)(?P<numbers>{N}(?:(?:[、，,]|和|与|及){N})*)"
)


def those_that_keep(said: Said) -> Iterator[Form]:
    """失辍学不足150人的有东川县、西岭县，分别为125人、97人 -> 东川县、西岭县失辍学分别为125人、97人."""
    found = THOSE.search(said.text)
    if found is None or HERE not in found["numbers"] or members_of(found["list"], said.case) is None:
        return
    day = f"{found['day'].rstrip('，,')}，" if found["day"] else ""
    clause = f"{day}{found['list']}{found['name']}{found['verb']}{found['numbers']}"
    yield Form(f"{found['pre']}{clause}{said.text[found.end() :]}")
