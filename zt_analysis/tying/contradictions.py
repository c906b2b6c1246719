"""Wording against values: fall and rise, parts and wholes, shares, and the same number printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from zt_analysis.figures import Figure, round_half_up
from zt_analysis.numbers import Mention
from zt_analysis.terms import labels
from zt_analysis.tying.sentences import Sentences
from zt_analysis.tying.tie import Remark, Tie

FALL = re.compile(r"(降|减|跌|下降|减少|下调|缩小)(低|少|小)?了?(至|到|为)了?[约近]?\s*$")
RISE = re.compile(r"(升|增|涨|上升|增加|提高|上调|扩大|增长)(高|长|加)?了?(至|到|为)了?[约近]?\s*$")
PART = re.compile(r"其中[^。；]*$")
MEAN = re.compile(r"均[^，。；]{0,12}$")
RATES = ("%", "‰", "成", "1")
SHARE = re.compile(r"占[^，。；]{0,10}?(比)?(达|为)?(到|了)?[约近]?的?\s*$")


def remarks(ties: Sequence[Tie], sentences: Sentences, bases: Mapping[str, Figure]) -> list[Remark]:
    """Everything that the wording says and the values do not.

    Args:
        bases: for the key of a figure, the same figure at the base date.
    """
    found: list[Remark] = []
    for tie in ties:
        if not isinstance(tie.mention.value, Decimal):
            continue
        inside = [one for one in sentences.inside(tie.mention) if one.start < tie.mention.start]
        before = sentences.around(tie.mention).before
        for check in (_direction, _part, _share):
            if text := check(tie.mention, inside, before):
                found.append(Remark(tie.start, tie.end, tie.place, *text))
        if (text := _since_base(tie, before, bases)) and not any(one.start == tie.start for one in found):
            found.append(Remark(tie.start, tie.end, tie.place, *text))
    return found + list(_twice(ties))


Said = tuple[str, dict[str, str]]


def _direction(mention: Mention, inside: Sequence[Mention], before: str) -> Said | None:
    """从A降至B with B above A, or 升至 with B below."""
    same = [one for one in inside if one.unit == mention.unit]
    moved = FALL.search(before) or RISE.search(before)
    # without 从 or 由 the number before is not where the change begins
    if not same or moved is None or not re.search(r"[从由自]", before[: moved.start()]):
        return None
    then, now = _number(same[-1]), _number(mention)
    falls = moved.re is FALL
    if then is None or now is None or (now < then if falls else now > then):
        return None
    word = moved[0].strip()
    return "direction", _filled("tie_direction", word=word, first=same[-1].surface, second=mention.surface)


def _since_base(tie: Tie, before: str, bases: Mapping[str, Figure]) -> Said | None:
    """升至B where the figure has fallen since the base date, and the other way round."""
    moved = FALL.search(before) or RISE.search(before)
    base = bases.get(tie.figure.key) if tie.figure else None
    if moved is None or base is None or tie.figure is None or tie.figure.at == base.at:
        return None
    then, now = base.exact, tie.figure.exact
    if then is None or now is None or (now < then if moved.re is FALL else now > then):
        return None
    return "direction", _filled(
        "tie_direction", word=moved[0].strip(), first=base.display(), second=tie.figure.display()
    )


def _part(mention: Mention, inside: Sequence[Mention], before: str) -> Said | None:
    """其中 with a part above its whole."""
    found = PART.search(before)
    if not found:
        return None
    if mention.unit in RATES and "占" not in before[found.start() :]:
        return None  # 及格率98%，其中语文99%: no part of the other
    begins = mention.start - len(before)
    wholes = [
        one for one in inside
        if one.unit == mention.unit and one.kind != "change" and one.end - begins <= found.start()
    ]  # fmt: skip
    value, whole = _number(mention), _number(wholes[-1]) if wholes else None
    if wholes and MEAN.search(before[: wholes[-1].start - begins]):
        return None  # 校均规模9446人，其中本科14444人: a mean lies below some of its parts
    if value is None or whole is None:
        return None
    if value <= whole:
        return _parts(mention, wholes[-1], inside, before, found.start() + begins)
    return "part", _filled("tie_part", first=mention.surface, second=wholes[-1].surface)


def _parts(mention: Mention, whole: Mention, inside: Sequence[Mention], before: str, listed: int) -> Said | None:
    """其中A、B with A and B together above the whole: a list that only 、 parts is a split of it."""
    parts = [one for one in inside if one.start > listed and one.unit == mention.unit]
    begins = mention.start - len(before)
    if not parts or re.search(r"[，,；;]", before[parts[0].end - begins :]):
        return None
    total = sum((value for one in (*parts, mention) if (value := _number(one)) is not None), Decimal(0))
    if total <= (_number(whole) or total):
        return None
    shown = f"{'＋'.join(one.surface for one in (*parts, mention))}＝{total:f}"
    return "part", _filled("tie_part", first=shown, second=whole.surface)


def _share(mention: Mention, inside: Sequence[Mention], before: str) -> Said | None:
    """占 with a percentage that is not the share of the two numbers before."""
    # 比上年减少5所，占全国的5.8%: neither is a part of the other
    counted = [one for one in inside if one.kind != "change"]
    if mention.unit != "%" or not SHARE.search(before) or len(counted) < 2 or counted[-1] != inside[-1]:
        return None
    whole, part = counted[-2], counted[-1]
    begins = mention.start - len(before)
    if not re.search(r"其中|当中", before[whole.end - begins : part.start - begins]):
        return None
    of, some = _number(whole), _number(part)
    if whole.unit != part.unit or not of or some is None or mention.qualifier != "exact":
        return None
    share = round_half_up(Fraction(some) / Fraction(of) * 100, mention.decimals)
    if any(mention.value == one for one in _shares(whole, part, mention.decimals)):
        return None
    words = {"first": part.surface, "second": whole.surface, "share": f"{share}%", "printed": mention.surface}
    return "share", _filled("tie_share", **words)


def _shares(whole: Mention, part: Mention, decimals: int) -> Iterator[Decimal]:
    """The shares that two printed numbers can have, each rounded where it is printed, lowest first."""
    ends = []
    for up in (1, -1):
        some = Fraction(_number(part) or 0) - up * Fraction(part.step) / 2 * (part.step != 1)
        of = Fraction(_number(whole) or 0) + up * Fraction(whole.step) / 2 * (whole.step != 1)
        ends.append(round_half_up(some / of * 100, decimals))
    step = Decimal(1).scaleb(-decimals)
    return (ends[0] + step * number for number in range(int((ends[1] - ends[0]) / step) + 1))


def _twice(ties: Sequence[Tie]) -> Iterator[Remark]:
    """One figure printed with two values."""
    printed: dict[str, Tie] = {}
    for tie in ties:
        if tie.figure is None or tie.status == "unit_differs" or not isinstance(tie.mention.value, Decimal):
            continue
        first = printed.setdefault(tie.figure.key, tie)
        same_form = first.mention.qualifier == tie.mention.qualifier == "exact"
        if same_form and first.mention.decimals == tie.mention.decimals and first.mention.value != tie.mention.value:
            words = {
                language: text.format(
                    first=first.mention.surface, second=tie.mention.surface, place=first.place[language]
                )
                for language, text in labels("tie_twice").items()
            }
            yield Remark(tie.start, tie.end, tie.place, "twice", words)


def _number(mention: Mention) -> Decimal | None:
    return mention.value if isinstance(mention.value, Decimal) else None


def _filled(key: str, **values: str) -> dict[str, str]:
    return {language: text.format(**values) for language, text in labels(key).items()}
