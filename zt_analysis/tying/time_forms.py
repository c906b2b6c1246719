"""When a number was counted, said in a note before or behind its sentence."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import DAY, HERE, Form, Said

NOTE_AHEAD = re.compile(rf"^\s*[（(]\s*(?:数据|统计|以上)*(?P<time>截[至止]到?{DAY}(?:\d{{1,2}}时)?)\s*[）)]\s*[，,]?")
NOTE_BEHIND = re.compile(
    r"[，,（(]\s*(?:数据|以上数据)?(?:统计|截[至止])?(?:时点|时间|日期)?(?:[：:]|均?[为是截至止到]+)\s*(?P<time>[^，,。；;（()）\n]{2,16}?)\s*[）)]?(?P<ends>[。]?\s*)$"
)
STATED_TIME = re.compile(r"[，,（(]\s*(?:数据|以上数据)?(?:统计|截[至止])?(?:时点|时间|日期|截[至止])")


def note_ahead(said: Said) -> Iterator[Form]:
    """（数据截至11月8日）全市…: when it was counted."""
    if found := NOTE_AHEAD.match(said.text):
        yield Form(f"{found['time']}，{said.text[found.end() :]}", instead=True)


def note_behind(said: Said) -> Iterator[Form]:
    """全市…，统计时点为9月20日: the same, behind."""
    found = NOTE_BEHIND.search(said.text)
    if found and STATED_TIME.match(said.text, found.start()) and HERE in said.text[: found.start()]:
        time = found["time"]
        until = time if re.match(r"截[至止]", time) else f"截至{time}"
        yield Form(f"{until}，{said.text[: found.start()]}{found['ends']}", instead=True)
