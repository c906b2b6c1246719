"""Tiers of what is named before them: 助学金…，一档、二档分别惠及A和B is said of 助学金一档 and 助学金二档."""

from __future__ import annotations

from collections.abc import Iterator

import zt_analysis.expressions as re
from zt_analysis.tying.forms import HERE, Form, Said
from zt_analysis.tying.marks import CLAUSE_END, SENTENCE_END

TIER = re.compile(
    r"(?:(?<![一-龥])|(?<=[和与及])|(?<=其中))第?(?P<tier>[一二三][档等])(?=[、和与及分惠覆资受发为有享共达，,\d\0])"
)
TIER_OF = re.compile(r"[一二三][档等]$")


def tiers(said: Said) -> Iterator[Form]:
    """普高助学金发放4578.35万元，一档惠及22567人 -> …，普高助学金一档惠及22567人.

    Of what a tier is that nobody has named (某一档), nothing is known.
    """
    here = said.text.index(HERE)
    pieces, since, is_before = [], 0, False
    for found in TIER.finditer(said.text):
        name = _whole(said, found) or ("某" if _is_of_number(said.text, found.end(), here) else "")
        if name:
            pieces += [said.text[since : found.start()], name, found["tier"]]
            since, is_before = found.end(), is_before or found.start() < here
    if is_before:
        yield Form("".join((*pieces, said.text[since:])), instead=True)


def _is_of_number(text: str, ends: int, here: int) -> bool:
    return ends <= here and not CLAUSE_END.search(text, ends, here)


def _whole(said: Said, found: re.Match[str]) -> str:
    """The name before a tier that has it as one of its own."""
    sentences = [one for one in SENTENCE_END.split(said.above) if one.strip()]
    for text in (said.text[: found.start()], *sentences[-1:]):
        for one in reversed(said.case.parts.named(text)):
            of = TIER_OF.sub("", one.text)
            if len(one.values) < 2 and of == one.text:
                continue
            full = f"{of}{found['tier']}"
            named, all_of = said.case.parts.named(full), said.case.parts.named(of)
            alone = len(named) == 1 and named[0].text == full and len(named[0].values) == 1
            # 中职助学金发放1100万元，一档…: it has none
            return of if alone and {*named[0].values} < {value for each in all_of for value in each.values} else ""
    return ""
