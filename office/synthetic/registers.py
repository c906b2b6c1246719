"""The large registers of the system: admission notices, aid categories, cards of aided households, fees."""

from __future__ import annotations

from datetime import date

import numpy as np

from .apportionment import largest_remainder
from .published import SHARES
from .schools import Schools
from .students import Columns, new_ids, place
from .system import BREACHES

# Not published: new pupils of grades 1 and 7, a sixth and a third of the children of school age.
ENTRANTS = {"primary": 91_333, "junior": 92_000}
FREE_COUNTIES = ("530627", "530628", "530629")
FREE_STAGES = ("preschool", "senior", "vocational")
# The six groups as printed, and the finer codes kept beside them.
CATEGORIES = (
    ("registered_poor", "registered_poor"),
    ("rural_allowance", "rural_allowance"),
    ("extreme_poverty", "extreme_poverty"),
    ("orphan_or_disabled", "orphan"),
    ("orphan_or_disabled", "disabled"),
    ("martyrs_child", "martyrs_child"),
    ("disaster_or_emergency", "natural_disaster"),
    ("disaster_or_emergency", "emergency"),
)
OTHERS_EVERY = 12  # one in so many of the other aided students has a category as well


def make_notices(rng: np.random.Generator, schools: Schools, copy: int) -> Columns:
    """One admission notice for each expected child of grades 1 and 7."""
    parts: list[Columns] = []
    last = copy * 4_000_000
    for stage, total in ENTRANTS.items():
        counties, places = place(rng, schools, stage, largest_remainder(total, SHARES))
        ids = new_ids(rng, total, last)
        last = int(ids[-1])
        parts.append(
            {
                "child_id": ids,
                "county_code": np.array(counties),
                "school_code": np.array(places),
                "stage": np.full(total, stage),
                "grade": np.full(total, 1 if stage == "primary" else 7, dtype=np.int16),
                "sent_on": np.full(total, np.datetime64(date(2018, 8, 20), "D")),
                "has_county_seal": np.ones(total, dtype=bool),
                "has_township_seal": np.ones(total, dtype=bool),
                "received": np.ones(total, dtype=bool),
            }
        )
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    for number, index in enumerate(_spread(len(joined["child_id"]), BREACHES["R09"])):
        joined[("has_county_seal", "has_township_seal", "received")[number % 3]][index] = False
    return joined


def make_categories(payments: Columns, copy: int) -> Columns:
    """The category of each aided student who has one; a few who have one are not aided."""
    ids, first = np.unique(payments["student_id"], return_index=True)
    poor = payments["registered_poor"][first]
    chosen = poor | (np.arange(len(ids)) % OTHERS_EVERY == 0)
    kind = np.where(poor, 0, 1 + np.arange(len(ids)) % (len(CATEGORIES) - 1))[chosen]
    missed = 9_000_000_000 + copy * 1000 + np.arange(BREACHES["R18"])
    kind = np.concatenate([kind, np.ones(len(missed), dtype=kind.dtype)])
    counties = np.concatenate([payments["county_code"][first][chosen], np.full(len(missed), "530602")])
    return {
        "student_id": np.concatenate([ids[chosen], missed]),
        "county_code": counties,
        "category": np.array([category for category, _ in CATEGORIES])[kind],
        "finer_category": np.array([finer for _, finer in CATEGORIES])[kind],
        "established_on": np.full(len(kind), np.datetime64(date(2018, 3, 15), "D")),
    }


def make_cards(payments: Columns) -> Columns:
    """One card for the household of each aided student, posted on its wall, and when the household was cleared."""
    ids, first = np.unique(payments["student_id"], return_index=True)
    posted = np.ones(len(ids), dtype=bool)
    posted[_spread(len(ids), BREACHES["R20"])] = False
    cleared = np.full(len(ids), np.datetime64(date(2018, 11, 2), "D"))
    return {
        "student_id": ids,
        "county_code": payments["county_code"][first],
        "stage": payments["stage"][first],
        "issued_on": np.full(len(ids), np.datetime64(date(2018, 4, 20), "D")),
        "posted": posted,
        "cleared_on": cleared,
    }


def make_fees(payments: Columns) -> Columns:
    """Fees of aided students in the counties and stages with free education: none, but for a few rows."""
    free = np.isin(payments["county_code"], FREE_COUNTIES) & np.isin(payments["stage"], FREE_STAGES)
    ids, first = np.unique(payments["student_id"][free], return_index=True)
    amounts = np.zeros(len(ids), dtype=np.int32)
    amounts[_spread(len(ids), BREACHES["R19"])] = 20000
    return {
        "student_id": ids,
        "county_code": payments["county_code"][free][first],
        "stage": payments["stage"][free][first],
        "item": np.full(len(ids), "tuition"),
        "amount_fen": amounts,
    }


def _spread(length: int, count: int) -> np.ndarray:
    """``count`` places spread evenly over ``length``."""
    return (np.arange(count) + 1) * length // (count + 1)
