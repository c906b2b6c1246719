"""Values of figures and of views of them: what a view needs is asked of the tables together with everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zt_analysis.errors import InputError
from zt_analysis.figures import Figure, round_half_up
from zt_analysis.indicators import computing
from zt_analysis.indicators.catalogue import find
from zt_analysis.indicators.dimensions import split_by
from zt_analysis.indicators.forms import as_dimensions, as_scope
from zt_analysis.indicators.in_weeks import WEEK, on_reporting_days, with_days
from zt_analysis.indicators.indicator import Exact, Group, Scope
from zt_analysis.indicators.received import left_out
from zt_analysis.indicators.view_kinds import KINDS
from zt_analysis.indicators.views import View
from zt_analysis.indicators.wanted import Wanted
from zt_analysis.periods import Period
from zt_analysis.sources import Tables
from zt_analysis.units import UNITS

if TYPE_CHECKING:
    import pandas as pd

Values = dict[Group, Exact]
Asked = tuple[Wanted, Group]


def compute(wanted: Iterable[Wanted], tables: Tables) -> dict[str, Figure]:
    """The figures asked for, views among them, by their key; each table is read once for all of them."""
    asked = list(dict.fromkeys(wanted))
    views = [one for one in asked if isinstance(find(one.indicator), View)]
    found = computing.compute([one for one in asked if one not in views], tables)
    for one, values in zip(views, _values(views, tables, ()), strict=True):
        found[one.key] = computing.figure_of(one, values.get(()))
    return {one.key: found[one.key] for one in asked}


def breakdown(
    indicator: str,
    tables: Tables,
    period: Period,
    *,
    by: str | Iterable[str] | None = None,
    scope: Scope | Mapping[str, str] = (),
) -> pd.DataFrame:
    """An indicator broken down, from the same definition as the whole.

    Args:
        by: dimensions of the indicator's table; the first of them that the package has a register of when not given.
            ``week`` is the reporting day: what came about in the week up to it where each day adds to the figure what
            happened on it (``in_weeks``), else how things stand on it.

    Returns:
        One row a group, sorted: the dimensions, ``exact`` (int or Fraction, exact unit; None where not derivable) and
        ``value`` (Decimal, displayed unit). A part with none is there with 0 where the members of the dimensions are
        declared, as words or in a register. Where tables were opened without a county's file, ``received`` is False
        for a part of which nothing came: it has no values, and is not 0.

    Raises:
        InputError: an unknown indicator or dimension.
    """
    wanted = Wanted(indicator, period, as_scope(scope))
    by = as_dimensions(split_by(computing.columns(wanted, tables), tables) if by is None else by)
    (values,) = broken_down([wanted], tables, by=by)
    frame = _frame(wanted, by, values)
    if left_out(tables):
        late = computing.not_received(wanted, tables, by)
        frame["received"] = [group not in late for group in values]
    return frame


def broken_down(wanted: list[Wanted], tables: Tables, *, by: Group) -> list[Values]:
    """Several figures by group, with the parts in which nothing is measured, as ``breakdown`` has them."""
    return [
        # a view is made from parts that are all there
        values if isinstance(find(one.indicator), View) else computing.with_none(one, tables, by, values)
        for one, values in zip(wanted, by_group(wanted, tables, by=by), strict=True)
    ]


def by_group(wanted: list[Wanted], tables: Tables, *, by: Group) -> list[Values]:
    """Several figures, views among them, broken down as ``breakdown`` does one, with one pass over each table.

    Returns:
        For each figure its exact values by group, the values of the dimensions ``by``, in order.
    """
    views = [one for one in wanted if isinstance(find(one.indicator), View)]
    plain = [one for one in wanted if one not in views]
    found = dict(zip(plain, computing.by_group(plain, tables, by=by), strict=True)) if plain else {}
    found |= dict(zip(views, _values(views, tables, by), strict=True))
    return [found[one] for one in wanted]


def gather(asked: Iterable[Asked], tables: Tables) -> None:
    """Ask at once for figures and views, whole or by groups: ``compute`` and ``by_group`` then have their answers."""
    computing.gather((leaf for one in asked for leaf in _leaves(one)), tables)


def _frame(wanted: Wanted, by: Group, values: dict[Group, Exact]) -> pd.DataFrame:
    import pandas as pd

    unit = UNITS[find(wanted.indicator).unit]
    frame = pd.DataFrame(list(values), columns=list(by), dtype="object")
    frame["exact"] = pd.Series(list(values.values()), dtype="object")
    frame["value"] = pd.Series(
        [
            None if exact is None else round_half_up(exact / unit.per_display, unit.decimals)
            for exact in values.values()
        ],
        dtype="object",
    )
    return frame


def _values(views: list[Wanted], tables: Tables, by: Group) -> list[Values]:
    levels = [one for one in views if WEEK in by and computing.is_stock(one, tables)]
    if not levels:
        return _asked_for(views, tables, by)
    # what is made from levels is one: from the levels of each day, not from what happened in the week before it
    found = {one: _on_days(one, tables, by) for one in levels}
    rest = [one for one in views if one not in found]
    found |= dict(zip(rest, _asked_for(rest, tables, by), strict=True))
    return [found[one] for one in views]


def _on_days(view: Wanted, tables: Tables, by: Group) -> Values:
    rest, seen = on_reporting_days(view, by)
    return with_days(seen, _asked_for(seen, tables, rest), by)


def _asked_for(views: list[Wanted], tables: Tables, by: Group) -> list[Values]:
    asked: dict[Group, dict[Wanted, None]] = defaultdict(dict)
    for one in views:
        for leaf, groups in _leaves((one, by)):
            asked[groups][leaf] = None
    known: dict[Asked, Values] = {}
    for groups, leaves in asked.items():
        several = list(leaves)
        for leaf, values in zip(several, computing.by_group(several, tables, by=groups), strict=True):
            # a part in which nothing is counted is 0, and no part that is left out
            known[leaf, groups] = computing.with_none(leaf, tables, groups, values) if groups else values
    return [_evaluated((one, by), known) for one in views]


def _leaves(asked: Asked) -> Iterable[Asked]:
    indicator = find(asked[0].indicator)
    if not isinstance(indicator, View):
        yield asked
        return
    for one in computing.needed(*asked, indicator):
        yield from _leaves(one)


def _evaluated(asked: Asked, known: dict[Asked, Values]) -> Values:
    view = find(asked[0].indicator)
    if not isinstance(view, View):
        return known[asked]
    values = [(one[1], _evaluated(one, known)) for one in computing.needed(*asked, view)]
    kind = KINDS[view.kind]
    if kind.over:
        return _over(asked, view, *values[0])
    by = asked[1]
    groups = {_only(group, by, own) for own, found in values if own == by for group in found}
    groups |= set() if by else {()}
    return {
        group: kind.value(*(found.get(_only(group, by, own), None) for own, found in values))
        for group in sorted(groups)
    }


def _over(asked: Asked, view: View, groups: Group, found: Values) -> Values:
    """A view over parts: of each group of ``by`` the values of all its parts; a rank is that of a group's own part."""
    wanted, by = asked
    if view.by in by and view.kind != "rank":
        return {}  # the mean of all counties has no value for one of them
    kind, parts = KINDS[view.kind], dict[Group, dict[str, Exact]]()
    place = groups.index(view.by)
    for group, value in found.items():
        rest = tuple(one for at, one in enumerate(group) if at != place)
        parts.setdefault(rest, {})[group[place]] = value
    result: Values = {}
    for rest, values in parts.items():
        all_of = list(values.values())
        if view.kind != "rank":
            result[rest] = kind.value(all_of, view.argument)
        elif view.by in by:
            for code, own in values.items():
                result[(*rest[:place], code, *rest[place:])] = kind.value(all_of, own)
        else:
            own_part = dict(wanted.scope).get(view.by)
            if own_part is None:
                raise InputError(
                    view.id, found="no part whose place is asked for", expected=f"a scope with {view.by}",
                    hint=f"name the part, or break it down by {view.by}",
                )  # fmt: skip
            result[rest] = kind.value(all_of, values.get(own_part))
    return result


def _only(group: Group, by: Group, wanted: Group) -> Group:
    return tuple(value for name, value in zip(by, group, strict=True) if name in wanted)
