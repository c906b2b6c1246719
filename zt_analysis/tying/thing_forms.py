"""Clauses that count another thing before a number: 全市设立咨询电话12部，受助学生488235人."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.part_words import whole_pattern
from zt_analysis.tying.vocabulary import pattern

_DONE = r"(?:设立|设置|开通|公布|配备|配置|抽调|选派|派出|组建|成立|组织|动员|聘请|印发|印制|张贴|悬挂|发放|投入)"
# what no pupil is one of, and what no pupils are counted by: schools, villages and classes are
_THING = (
    r"(?:咨询电话|举报电话|监督电话|热线电话|服务热线|热线|电话|信箱|专班|工作组|工作队|小组|督查组|教师|老师|干部|工作人员|队员|志愿者|车辆"
    r"|宣传单|宣传资料|宣传册|明白卡|告知书|公告|标语|横幅|宣传栏|展板)"
)
_MANY = r"\d[\d,]*余?(?:部|条|个|支|名|人|辆|份|张|期|块|幅|封)"
OTHER = re.compile(
    rf"^(?P<where>[一-龥]{{0,6}}?)(?:共|已|先后|累计)*{_DONE}(?:了)?(?:(?P<what>[一-龥]{{0,6}}?){_THING}{_MANY}|{_MANY}(?P<of>[一-龥]{{0,6}}?){_THING})[，,]"
)


PAIRED = re.compile(r"^(?:结对|分头|逐一|上门)(?=为)")


def past_other_thing(said: Said) -> Iterator[Form]:
    """全市设立资助咨询电话12部，受助学生488235人 -> 全市受助学生488235人."""
    found = OTHER.match(said.text)
    if found is None or HERE in found[0]:
        return
    what = found["what"] or found["of"] or ""
    where, parts = found["where"], said.case.parts.named(found["where"])
    place = not where or whole_pattern().fullmatch(where) or (len(parts) == 1 and parts[0].text == where)
    if place and not said.case.parts.named(what) and not pattern("threat").search(what):
        rest = said.text[found.end() :]
        rest = PAIRED.sub("", rest)
        yield Form(rest if whole_pattern().match(rest) else f"{where}{rest}")
