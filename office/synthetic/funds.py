"""Invented fund documents and their amounts by county, and household inspections."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from .apportionment import at_least, largest_remainder
from .published import ALLOCATED_FEN, COUNTIES, SHARES
from .schools import townships

Row = dict[str, object]
# Not published: which documents allocated the total. Day of issue, level, and weights of its programmes.
DOCUMENTS = (
    (date(2018, 1, 12), "central", {"nutrition": 180, "boarder_subsidy": 90}),
    (date(2018, 1, 26), "provincial", {"public_funds": 60, "textbooks": 25}),
    (date(2018, 2, 9), "central", {"public_funds": 150}),
    (date(2018, 3, 7), "provincial", {"preschool_grant": 12, "senior_grant": 30}),
    (date(2018, 3, 20), "central", {"senior_grant": 55, "vocational_grant": 24}),
    (date(2018, 4, 11), "provincial", {"boarder_subsidy": 70}),
    (date(2018, 4, 27), "central", {"vocational_waiver": 35}),
    (date(2018, 5, 16), "provincial", {"registered_poor_living": 48, "senior_waiver": 20}),
    (date(2018, 6, 5), "central", {"nutrition": 130}),
    (date(2018, 6, 29), "provincial", {"nutrition": 40, "textbooks": 22}),
    (date(2018, 7, 18), "central", {"boarder_subsidy": 80, "public_funds": 95}),
    (date(2018, 8, 30), "provincial", {"senior_grant": 28, "vocational_grant": 14}),
    (date(2018, 9, 21), "central", {"nutrition": 70, "preschool_grant": 10}),
    (date(2018, 10, 25), "provincial", {"registered_poor_living": 29}),
)
INSPECTED = 336  # more than 300 households, as printed; the exact number is not published


def make_funds(copy: int) -> tuple[list[Row], list[Row]]:
    """Documents and their rows: whole yuan, each document's rows add up to its total, all to the published sum."""
    weights = [weight for _, _, programmes in DOCUMENTS for weight in programmes.values()]
    amounts = iter(largest_remainder(ALLOCATED_FEN // 100, weights))
    documents: list[Row] = []
    rows: list[Row] = []
    for number, (issued, level, programmes) in enumerate(DOCUMENTS, start=copy * len(DOCUMENTS) + 1):
        head = {"document_no": f"示例教财〔2018〕{number}号", "issued_on": issued, "level": level}
        mine = [row for name in programmes for row in _by_county(head, name, next(amounts))]
        documents.append(head | {"total_fen": sum(int(str(row["amount_fen"])) for row in mine)})
        rows += mine
    for number, row in enumerate(rows, start=copy * len(rows) + 1):
        row["allocation_id"] = f"A{number:06d}"
    return documents, rows


def make_inspections(rng: np.random.Generator, copy: int) -> list[Row]:
    """Households visited after the teams were sent, at least five in each county."""
    rows: list[Row] = []
    for county, count in zip(COUNTIES, at_least(INSPECTED, SHARES, 5), strict=True):
        places = townships(county.code)
        for _ in range(count):
            number = copy * INSPECTED + len(rows)
            rows.append(
                {
                    "inspection_id": f"I{number + 1:06d}",
                    "household_id": f"H{(number * 2654435761 + 20181023) % 2**32:08x}",
                    "county_code": county.code,
                    "township_code": places[int(rng.integers(len(places)))],
                    "inspected_on": date(2018, 10, 23) + timedelta(days=int(rng.integers(0, 17))),
                    "aid_confirmed": bool(rng.integers(50) > 0),
                    "findings_count": int(rng.integers(0, 3)),
                }
            )
    return rows


def _by_county(head: Row, programme: str, yuan: int) -> list[Row]:
    return [
        {"allocation_id": "", **head, "programme": programme, "county_code": county.code, "amount_fen": part * 100}
        for county, part in zip(COUNTIES, largest_remainder(yuan, SHARES), strict=True)
    ]
