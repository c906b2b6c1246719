"""Numbers that no table has to prove: parameters of the case, constants of policy, names, list numbers, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache

import zt_analysis.expressions as re
from zt_analysis.bulletins import Claim, Paper
from zt_analysis.numbers import Mention
from zt_analysis.numbers.mention import as_json
from zt_analysis.office import Office, current
from zt_analysis.terms import labels
from zt_analysis.tying.marks import HIDDEN, WEEKLY
from zt_analysis.tying.sentences import Context
from zt_analysis.tying.time_words import COMPARED

UNTIL = re.compile(r"(截至|截止|截止到|截至到|截止至|到|至)(今年)?$")
COUNTED = re.compile(r"^(的|所)?(统计|通报|上报)")
PRINT_RUN = re.compile(r"(印|印发|印制|印数)[^，。；]{0,4}$")
# the last line of a paper in English: (100 copies)
ENGLISH_RUN = re.compile(r" copies[)）]\s*$")
ADDRESS_UNITS = ("组", "小组", "村民小组", "号", "栋", "单元", "室", "社")
ADDRESS = re.compile(r"住|村\s*$|社区\s*$|街道?\s*$|路\s*$")
LIST_WORD = re.compile(r"[两二三四五][项者类]")
SUM_AHEAD = re.compile(
    r"(?:数据|指标|人数|数字)?(?:分别|依次)(?=[为是达由从])|(?:支出|资金|金额|人数)?(?:合计|共计|总计|总共|一共|合共|共|占(?=[一-龥]))"
)
GRADES = ("年级",)
OF_ISSUE = re.compile(r"[\s（(）)，,。；、总]|$")
OF_YEAR = re.compile(r"\s*第\s*\d+\s*([期周])")
ISSUED = re.compile(r"\s*印[发制]\s*(?:[）)。]|$)")
PRINTED = re.compile(r"印[发制数]?[：:\s]*$")
# a goal that is said to be reached is a measured value
REACHED = re.compile(r"已(?!经?接近)|实现|达到|完成|降至|降到|降为")
# what is counted over many is no rule for one
STATISTIC = re.compile(r"累计|共计|合计|总计|平均|[全我本][市县区州省][^，。；]{0,6}$|实际")
PERSON = re.compile(r"[他她]|某某|小某|爷爷|奶奶|祖父|祖母|外公|外婆|孩子|家住|行动不便|某[村县镇乡生]|学生[甲乙]")
SCHOOL_WEEK = re.compile(r"开学|学期|学年")


# the reason of a number that is computed like a figure and has none: how many places keep a bound
PLACES_COUNTED = "places_counted"


@dataclass(frozen=True)
class Excuse:
    """Why a number needs no figure; ``expected`` is set where it should have been another, ``kind`` as in a claim."""

    reason: Mapping[str, str]
    name: Mapping[str, str] | None = None
    expected: str = ""
    kind: str = ""
    parameter: str = ""
    reason_key: str = ""


@dataclass(frozen=True)
class Constant:
    """A number that policy sets: the rule, its value as ``as_json`` writes it (a range as 6-8), groups of its words."""

    key: str
    value: str
    unit: str
    words: tuple[tuple[str, ...], ...]
    title: Mapping[str, str]


class Claims:
    """The excused claims of a case, each used for one number of the text; one of two months for two."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.reasons = {claim.reason for claim in claims}
        self.there = bool(claims)
        self._rest = [(claim, value) for claim in claims if claim.reason for value in claim.value.split()]

    def take(self, mention: Mention, context: Context) -> Claim | None:
        """The next excused claim that reads as ``mention`` does, and whose reason its words bear out."""
        for one in self._rest:
            if _reads(*one, mention) and _justified(one[0], mention, context):
                self._rest.remove(one)
                return one[0]
        return None


def constants() -> tuple[Constant, ...]:
    """All constants of policy."""
    return _constants(current())


@cache
def _constants(office: Office) -> tuple[Constant, ...]:
    return tuple(
        Constant(row["key"], row["value"], row["unit"],
                 tuple(tuple(group.split("|")) for group in row["words"].split(";")),
                 {"zh": row["title_zh"], "en": row["title_en"]})
        for row in office.rows("constants")
    )  # fmt: skip


def structural(mention: Mention, context: Context) -> Excuse | None:
    """Names (四包), list numbers (一、) and words that refer to a list (两项合计) are no figures."""
    if LIST_WORD.fullmatch(mention.surface) and SUM_AHEAD.match(context.after):
        return Excuse(labels("tie_list_word"))
    if mention.role in ("name", "enumerator"):
        return Excuse(labels(f"tie_{mention.role}"))
    return None


def parameter(mention: Mention, context: Context, paper: Paper, *, alone: bool) -> Excuse | None:
    """A number of the masthead or a date of the case: held against the parameter it is.

    Args:
        alone: the mention is all its paragraph holds.
    """
    if _is_own_week(mention, context, paper):
        return Excuse(labels("reason_matches_parameter"), labels("tie_week_number"), "", "metadata", "week_number")
    name = _parameter_name(mention, context, paper, alone=alone)
    values = paper.parameters if name else {}
    if name is None or name not in values:
        return None
    found = _dated(mention)
    if name == "base_on" and found == str(values.get("as_of")):  # 据11月8日统计，
        name = "as_of"
    expected = str(values[name])
    title = labels(f"page_{name}") if name in ("issued_on", "as_of", "base_on") else labels(f"tie_{name}")
    return Excuse(
        labels("reason_matches_parameter"), title, "" if found == expected else expected, "metadata", name,
    )  # fmt: skip


def policy(mention: Mention, context: Context) -> Excuse | None:
    """A constant of policy, by its unit and the words in its clause; another value than policy sets is wrong."""
    near = context.clause_before + "\0" + context.clause_after
    here = [
        one
        for one in constants()
        if one.unit == mention.unit
        and _is_date(one) == (mention.kind == "date")
        and all(any(word in near for word in group) for group in one.words)
        and not (one.key == "goal" and REACHED.search(context.clause_before))
    ]
    if not here or STATISTIC.search(near) or (here[0].key == "goal" and mention.value != 0):
        return None
    one = next((one for one in here if one.value == _constant_text(mention)), None)
    expected = "" if one else "、".join(dict.fromkeys(_readable(one) for one in here))
    return Excuse(labels("reason_policy"), (one or here[0]).title, expected, "policy", reason_key="reason_policy")


def claimed(mention: Mention, context: Context, claims: Claims) -> Excuse | None:
    """A claim of the case that is excused with a reason, where the words beside the number bear the reason out."""
    claim = claims.take(mention, context)
    return Excuse(labels(claim.reason), claim.label, kind=claim.cls, reason_key=claim.reason) if claim else None


def by_form(mention: Mention, context: Context, claims: Claims) -> Excuse | None:
    """What its form excuses; where claims say what is excused, nothing else is but copies that none of them counts."""
    if not claims.there:
        return plain(mention, context)
    return None if "reason_print_run" in claims.reasons else print_run(mention, context)


def plain(mention: Mention, context: Context) -> Excuse | None:
    """What by its form is no statistic: a grade, an address, copies printed, a date of an event."""
    if mention.unit in GRADES:
        return Excuse(labels("tie_grade"))
    if mention.unit in ADDRESS_UNITS and (mention.kind == "ordinal" or ADDRESS.search(context.clause_before)):
        return Excuse(labels("reason_privacy"), kind="narrative", reason_key="reason_privacy")
    if mention.kind == "ordinal":
        return Excuse(labels("tie_ordinal"))
    if found := print_run(mention, context):
        return found
    # 比9月20日下降: what a figure is held against is no event
    if mention.kind == "date" and not COMPARED.search(context.before):
        return Excuse(labels("reason_event_date"), kind="narrative", reason_key="reason_event_date")
    return None


def print_run(mention: Mention, context: Context) -> Excuse | None:
    """How many copies were printed."""
    if _is_english_run(mention, context) or (mention.unit == "份" and PRINT_RUN.search(context.before)):
        return Excuse(labels("reason_print_run"), kind="narrative", reason_key="reason_print_run")
    return None


def _is_english_run(mention: Mention, context: Context) -> bool:
    """(100 copies), in a line of its own."""
    return not mention.unit and context.before.strip() in ("(", "（") and bool(ENGLISH_RUN.match(context.after))


def _is_own_week(mention: Mention, context: Context, paper: Paper) -> bool:
    """（第45周，11月1日至11月8日） in that week's paper: the week, or the days that it is of."""
    if paper.every != WEEKLY:
        return False
    period = paper.period
    if mention.unit == "周" and mention.kind == "ordinal":
        return mention.value == period.as_of.isocalendar().week and not SCHOOL_WEEK.search(context.clause_before)
    first = (period.base_on, period.base_on + timedelta(days=1))
    spans = [(one.isoformat(), period.as_of.isoformat()) for one in first]
    beside = (context.before + context.after).strip("（）()，, \n")
    alone = not beside or re.fullmatch(rf"第?\s*\d*\s*周|本周{HIDDEN}*", beside) is not None
    return mention.kind == "date" and mention.value in spans and alone


def _parameter_name(mention: Mention, context: Context, paper: Paper, *, alone: bool) -> str | None:
    if mention.unit == "期":
        name = "issue_total" if "总" in (context.before[-1:] + mention.surface[:1]) else "issue_number"
        # 第11期培训班, 《周报》第11期 are of another series
        return name if OF_ISSUE.match(context.after) and not context.before.rstrip().endswith("》") else None
    if mention.unit == "周" and mention.kind == "ordinal" and context.before.endswith("年"):
        return "week_number"  # 开学第1周 is a week of another count
    if mention.kind == "date" and isinstance(mention.value, str):
        return _date_name(mention.value, context, alone=alone)
    return None


def _date_name(value: str, context: Context, *, alone: bool) -> str | None:
    """The parameter that a date is: a year by what it is the year of, a day by its place or the words beside it."""
    if re.fullmatch(r"\d{4}", value):
        named = OF_YEAR.match(context.after)
        return {"期": "issue_year", "周": "week_year"}[named[1]] if named else None
    if (alone or ISSUED.match(context.after)) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return "issued_on"
    if UNTIL.search(context.before) and re.fullmatch(r"(?:\d{4}|-)-\d\d-\d\d", value):
        return "as_of"
    return "base_on" if COUNTED.match(context.after) else None


def _dated(mention: Mention) -> str:
    """A date with its year where the text leaves it out; a number as it is."""
    value = mention.resolved or mention.value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _readable(one: Constant) -> str:
    """The value as a reader knows it: a month is written --03."""
    return f"{int(one.value[2:4])}月" if _is_date(one) else one.value


def _is_date(one: Constant) -> bool:
    return one.value.startswith("--")


def _constant_text(mention: Mention) -> str:
    value = as_json(mention.value)
    return "-".join(value) if isinstance(value, list) else str(value)


def justifications() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For a reason and a unit: the words of which one has to stand in the number's clause."""
    return _justifications(current())


@cache
def _justifications(office: Office) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {(row["reason"], row["unit"]): tuple(row["words"].split("|")) for row in office.rows("justified")}


def _justified(claim: Claim, mention: Mention, context: Context) -> bool:
    """Whether the words beside a number bear out the reason of its claim; a date is its own."""
    if mention.kind == "date":
        return True
    near = context.clause_before + "\0" + context.clause_after
    if STATISTIC.search(near):
        return False
    if claim.reason == "reason_print_run":
        return _is_english_run(mention, context) or bool(PRINTED.search(context.clause_before))
    if claim.reason == "reason_privacy" and not PERSON.search(
        "".join((*context.topics[:1], context.before, context.after))
    ):
        return False
    words = justifications().get((claim.reason, mention.unit))
    if words is None:  # an office's own claim: its label says what it is
        label = claim.label["zh"]
        words = tuple(label[place : place + 2] for place in range(len(label) - 1))
    return any(word in near for word in words)


def _reads(claim: Claim, value: str, mention: Mention) -> bool:
    """Whether a claim is printed as the mention is, or has its value and unit."""
    if _squeezed(claim.surface) == _squeezed(mention.surface):
        return True
    same = value in (_constant_text(mention), mention.resolved)
    return same and (not claim.unit or not mention.unit or claim.unit[-1] == mention.unit[-1])


def _squeezed(surface: str) -> str:
    return re.sub(r"[\s“”\"']", "", surface)
