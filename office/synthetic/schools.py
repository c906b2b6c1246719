"""Invented schools: a plausible number for each county and stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .apportionment import at_least, largest_remainder
from .published import COUNTIES, SHARES

# Not published: how many schools the city has by stage; of the order of a city of 5 million.
SCHOOLS = {"preschool": 620, "primary": 1100, "junior": 210, "senior": 45, "vocational": 16}
LETTERS = {"preschool": "K", "primary": "P", "junior": "J", "senior": "S", "vocational": "V"}
KINDS = {
    "preschool": "示例幼儿园",
    "primary": "示例小学",
    "junior": "示例初级中学",
    "senior": "示例高级中学",
    "vocational": "示例职业学校",
}
TOWNSHIPS = 143  # townships, towns and sub-districts of the city


@dataclass(frozen=True)
class Schools:
    """Schools of one copy of the city: by county and stage the codes, by code the township."""

    codes: dict[tuple[str, str], list[str]]
    rows: list[dict[str, object]]


def townships(county: str) -> list[str]:
    """Invented township codes of a county: its code and three digits."""
    counts = dict(zip((one.code for one in COUNTIES), at_least(TOWNSHIPS, SHARES, 4), strict=True))
    return [f"{county}{100 + number}" for number in range(1, counts[county] + 1)]


def make_schools(rng: np.random.Generator, copy: int) -> Schools:
    """Schools of copy number ``copy`` of the city (0 unless the package is scaled)."""
    codes: dict[tuple[str, str], list[str]] = {}
    rows: list[dict[str, object]] = []
    for stage, total in SCHOOLS.items():
        for county, count in zip(COUNTIES, at_least(total, SHARES, 1), strict=True):
            places = townships(county.code)
            numbers = [copy * count + number for number in range(1, count + 1)]
            codes[county.code, stage] = [f"{county.code}{LETTERS[stage]}{number:04d}" for number in numbers]
            rows += [
                {
                    "school_code": code,
                    "county_code": county.code,
                    "township_code": places[int(rng.integers(len(places)))],
                    "stage": stage,
                    "name_zh": f"{county.zh}{KINDS[stage]}{number:03d}",
                }
                for code, number in zip(codes[county.code, stage], numbers, strict=True)
            ]
    return Schools(codes, sorted(rows, key=lambda row: str(row["school_code"])))


def spread(rng: np.random.Generator, total: int, count: int) -> list[int]:
    """``total`` pupils over ``count`` schools of different size."""
    return largest_remainder(total, [int(weight) for weight in rng.integers(40, 161, count)])
