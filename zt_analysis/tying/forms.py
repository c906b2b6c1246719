"""A sentence with a number in it, and the same in another order: what the forms of ``restating`` take and give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zt_analysis.indicators import find
from zt_analysis.numbers import Mention, read_numbers
from zt_analysis.tying.case import Case
from zt_analysis.tying.compared import named_figure
from zt_analysis.tying.part import Named
from zt_analysis.tying.part_words import whole_pattern

# stands for the number that is asked about
HERE = "\0"
BOUND = r"(?:大?约|接?近|超过?|逾|不足|不到)?"
UNIT = r"(?:万?人次?|万?名|万?户|[万亿]?元|个百分点|件|所|个|[%％])"
N = rf"(?:{HERE}|{BOUND}\d[\d,.]*\s*{UNIT})"
_IN_WORDS = r"(?:[二三四五六七八九十]分之[一二三四五六七八九]|[一二两三四五六七八九]成半?|一半)(?:还?多|强|以上)?"
SHARE = rf"(?:{HERE}|{BOUND}\d[\d.]*[%％]|{BOUND}{_IN_WORDS})"
DAY = r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日"
THEN = rf"(?:{DAY}|基期|期初|上周|上月|上期|上一期|前一周)"
VERB = r"(?:净?(?:增加|减少|增长|增多|上升|下降|提高|降低)|净增|净减|[多少])了?"
JOINS = re.compile("[、和与及]")
ENDS = r"(?=\s*(?:[，,。；;、）)\n]|$))"


@dataclass(frozen=True)
class Said:
    """A sentence with ``HERE`` where the number stands.

    Attributes:
        above: what stands before it in its paragraph; document: the whole text.
    """

    text: str
    mention: Mention
    case: Case
    above: str = ""
    document: str = ""


@dataclass(frozen=True)
class Form:
    """A sentence in another order.

    Attributes:
        text: with ``HERE`` where the number stands now.
        unit: what is printed once for all numbers of the list (（单位：人）).
        surface: what stands at ``HERE`` where it is not the number itself.
        instead: whether this says all that the sentence does, and the order as printed says less.
        then: whether it may be said in another order again: what is moved is only when it was counted.
        than_all: whether the number is said to be more (高) or less (低) than that of all parts together.
        others: the same of the other parts that the number is said of, which have to have it too.
    """

    text: str
    unit: str = ""
    surface: str = ""
    instead: bool = False
    then: bool = False
    than_all: str = ""
    others: tuple[Form, ...] = ()


def moves_so(verb: str | None, then: object, now: object) -> bool:
    """Whether a number has risen or fallen since ``then``, where the verb says so."""
    if not verb or verb in "是为":
        return True
    if not isinstance(then, Decimal) or not isinstance(now, Decimal):
        return False
    return now > then if verb[0] in "升增上提" else now < then if verb[0] in "降减下回" else True


def value_of(printed: str) -> Decimal | None:
    """The value of the one number that is ``printed``, in persons or yuan: 1.2万人 is 12000; None of a range."""
    found = read_numbers(printed)
    value = found[0].value if len(found) == 1 else None
    return value if isinstance(value, Decimal) else None


def lead_of(words: str, case: Case) -> tuple[str, str]:
    """What stands before the first name of a list and is said of all of them (times, the whole, one place)."""
    place = 0
    while True:
        found = re.compile(rf"\s*(?:截[至止]到?)?{DAY}[，,]?|\s*(?:本周|今年以来|今年|目前|春季学期)[，,]?").match(
            words, place
        )
        found = found or whole_pattern(r"\s*(?:{})[，,]?(?:的)?").match(words, place)
        if found is None or found.end() == place:
            break
        place = found.end()
    named = [one for one in case.parts.named(words[place:]) if one.dimension in case.parts.places]
    if len(named) == 1 and named[0].start == 0 and named[0].values:
        after = words[place + named[0].end :]
        if after[:1] not in ("、", "和", "与", "及", ""):
            place += named[0].end
    place += _narrows(words[place:], case)
    return words[:place], words[place:]


def _narrows(words: str, case: Case) -> int:
    """How long what stands before the first name is, which is said of all of the list: 预计 of 预计东川县、西平区."""
    first = re.split(r"[、和与及，,]", words, maxsplit=1)[0]
    begins = [one.start for one in case.parts.named(first) if one.values]
    begins += [first.find(word) for word in case.figure_words if word in first]
    return min(begins, default=0)


def named_of(words: str, case: Case) -> str:
    """The one figure that is counted and that ``words`` name."""
    units = dict.fromkeys(find(one.indicator).unit for one in case.phrases if not one.scope)
    found = {of for unit in units if unit not in ("ratio", "fen") and (of := named_figure(words, unit, case))}
    return found.pop() if len(found) == 1 else ""


def name_alone(name: str, case: Case) -> str:
    """The name of a figure without its place and its stage."""
    plain = whole_pattern().sub("", name)
    for one in reversed(case.parts.named(plain)):
        plain = f"{plain[: one.start]}{plain[one.end :]}" if one.counted or one.dimension in case.registers else plain
    return plain


def is_list(named: Sequence[Named], words: str) -> bool:
    """Whether nothing but what joins the items of a list stands between the parts that ``words`` name."""
    return all(JOINS.fullmatch(words[one.end : other.start]) for one, other in pairwise(named))


def members_of(text: str, case: Case) -> tuple[str, tuple[str, ...]] | None:
    """The members of one register that ``text`` lists, and nothing else in it; None where it is no such list."""
    named = case.parts.named(text)
    between = text
    for one in reversed(named):
        between = between[: one.start] + between[one.end :]
    dimensions = {one.dimension for one in named}
    known = all(len(one.values) == 1 for one in named) and len(dimensions) == 1 and dimensions <= {*case.registers}
    if not named or not known or not re.fullmatch(r"[、和与及\s]*", between):
        return None
    return dimensions.pop(), tuple(one.values[0] for one in named)
