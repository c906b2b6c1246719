"""Invented students: those of the nutrition plan, and those who were paid aid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from .apportionment import largest_remainder
from .published import AIDED, AIDED_POOR, COUNTIES, NUTRITION_FEN, NUTRITION_STUDENTS, SHARES, STANDARDS, TERM, Standard
from .schools import Schools, spread

FEN_PER_DAY = 400  # 4 yuan a school day in 2018
DAYS_OF_TERM = 100
PRIMARY_SHARE = (665, 335)  # primary and junior in the plan: not published; two to one
ID_BLOCK = 16_000_000  # ids of one copy; gaps average 8, so 1.3 million students fit
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Pupils:
    """Students of one stage as parallel columns: id, county, school; ordered by school and id."""

    ids: np.ndarray
    counties: np.ndarray
    schools: np.ndarray


def place(rng: np.random.Generator, schools: Schools, stage: str, per_county: list[int]) -> tuple[list[str], list[str]]:
    """County and school of each of ``per_county`` students, ordered by school."""
    counties: list[str] = []
    places: list[str] = []
    for county, count in zip(COUNTIES, per_county, strict=True):
        codes = schools.codes[county.code, stage]
        counties += [county.code] * count
        for code, part in zip(codes, spread(rng, count, len(codes)), strict=True):
            places += [code] * part
    return counties, places


def new_ids(rng: np.random.Generator, count: int, first: int) -> np.ndarray:
    """``count`` increasing ids above ``first`` with gaps, so that they are no running number."""
    return first + np.cumsum(rng.integers(1, 16, count))


def make_pupils(rng: np.random.Generator, schools: Schools, copy: int) -> dict[str, Pupils]:
    """The students of the nutrition plan, primary and junior."""
    per_stage = [largest_remainder(count, PRIMARY_SHARE) for count in largest_remainder(NUTRITION_STUDENTS, SHARES)]
    found: dict[str, Pupils] = {}
    last = copy * ID_BLOCK
    for column, stage in enumerate(("primary", "junior")):
        counties, places = place(rng, schools, stage, [counts[column] for counts in per_stage])
        ids = new_ids(rng, len(places), last)
        last = int(ids[-1])
        found[stage] = Pupils(ids, np.array(counties), np.array(places))
    return found


def make_nutrition(rng: np.random.Generator, pupils: dict[str, Pupils]) -> Columns:
    """Rows of the nutrition plan: days of meals, and 4 yuan for each."""
    stages = np.repeat(list(pupils), [len(one.ids) for one in pupils.values()])
    schools = np.concatenate([one.schools for one in pupils.values()])
    days = _days(rng, schools)
    return {
        "student_id": np.concatenate([one.ids for one in pupils.values()]),
        "county_code": np.concatenate([one.counties for one in pupils.values()]),
        "school_code": schools,
        "stage": stages,
        "term": np.full(len(stages), TERM),
        "meal_days": days.astype(np.int16),
        "spending_fen": (days * FEN_PER_DAY).astype(np.int32),
    }


def make_payments(rng: np.random.Generator, schools: Schools, pupils: dict[str, Pupils], copy: int) -> Columns:
    """Rows of aid: each student of each stage with the programmes paid, ordered by school, student and programme."""
    parts: list[Columns] = []
    last = int(pupils["junior"].ids[-1])
    for stage, count in AIDED.items():
        per_county = largest_remainder(count, SHARES)
        if stage in pupils:
            aided = _subset(rng, pupils[stage], per_county)
        else:
            counties, places = place(rng, schools, stage, per_county)
            aided = Pupils(new_ids(rng, count, last), np.array(counties), np.array(places))
            last = int(aided.ids[-1])
        poor = _chosen(rng, count, AIDED_POOR[stage])
        paid = _paid(rng, stage, poor)
        parts += [_payment_rows(aided, poor, standard, mask) for standard, mask in paid]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((joined["programme"], joined["student_id"], joined["school_code"]))
    return {name: values[order] for name, values in joined.items()}


def _days(rng: np.random.Generator, schools: np.ndarray) -> np.ndarray:
    """Days of meals: a school's own number, some pupils absent, and the total exactly that of the spending."""
    names, inverse = np.unique(schools, return_inverse=True)
    days = rng.integers(95, 99, len(names))[inverse]
    absent = rng.integers(0, 10, len(days)) == 0
    days = days - absent * rng.integers(1, 9, len(days))
    missing = NUTRITION_FEN // FEN_PER_DAY - int(days.sum())
    while missing:
        step = 1 if missing > 0 else -1
        able = np.flatnonzero((days + step <= DAYS_OF_TERM) & (days + step >= 1))[: abs(missing)]
        days[able] += step
        missing -= step * len(able)
    return np.asarray(days)


def _subset(rng: np.random.Generator, pupils: Pupils, per_county: list[int]) -> Pupils:
    """So many of the pupils of each county, in their order."""
    chosen = []
    for county, count in zip(COUNTIES, per_county, strict=True):
        mine = np.flatnonzero(pupils.counties == county.code)
        chosen.append(np.sort(mine[rng.permutation(len(mine))[:count]]))
    index = np.concatenate(chosen)
    return Pupils(pupils.ids[index], pupils.counties[index], pupils.schools[index])


def _chosen(rng: np.random.Generator, count: int, wanted: int) -> np.ndarray:
    mask = np.zeros(count, dtype=bool)
    mask[rng.permutation(count)[:wanted]] = True
    return mask


def _paid(rng: np.random.Generator, stage: str, poor: np.ndarray) -> list[tuple[Standard, np.ndarray]]:
    """Which students of a stage each of its programmes paid."""
    everybody = np.ones(len(poor), dtype=bool)
    masks: dict[str, np.ndarray] = {}
    for standard in (one for one in STANDARDS if one.stage == stage):
        if standard.programme == "registered_poor_living":
            masks[standard.programme] = poor
        elif standard.programme == "national_grant_2":  # whoever has not the first tier
            masks[standard.programme] = ~masks["national_grant_1"]
        elif standard.payments == len(poor):
            masks[standard.programme] = everybody
        else:
            masks[standard.programme] = _chosen(rng, len(poor), standard.payments)
    return [(one, masks[one.programme]) for one in STANDARDS if one.stage == stage]


def _payment_rows(aided: Pupils, poor: np.ndarray, standard: Standard, mask: np.ndarray) -> Columns:
    count = int(mask.sum())
    days = {county.code: np.datetime64(date(2018, 4, 9 + number), "D") for number, county in enumerate(COUNTIES)}
    counties = aided.counties[mask]
    return {
        "student_id": aided.ids[mask],
        "county_code": counties,
        "school_code": aided.schools[mask],
        "stage": np.full(count, standard.stage),
        "programme": np.full(count, standard.programme),
        "term": np.full(count, TERM),
        "registered_poor": poor[mask],
        "amount_fen": np.full(count, standard.yuan * 100, dtype=np.int32),
        "paid_on": np.array([days[code] for code in counties], dtype="datetime64[D]"),
    }
