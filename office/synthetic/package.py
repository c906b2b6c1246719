"""Write the synthetic package: every table, then the declaration, then all of it in place at once."""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from zt_analysis.define import DESCRIPTOR, InputError, SourceError, file_facts, write_json

from .calendar import make_calendar
from .descriptor import descriptor, side_resource, table_resource, tables
from .files import Files
from .funds import make_funds, make_inspections
from .ledger import Counts, make_cases, make_enrolment, make_teaching
from .published import COUNTIES, STANDARDS
from .registers import make_cards, make_categories, make_fees, make_notices
from .schools import Schools, make_schools
from .students import make_nutrition, make_payments, make_pupils
from .system import make_system, make_weekly

SEED = 20181115
ROLES = ("claims", "explanations")
Row = dict[str, object]
Rows = dict[str, list[Row]]


def synthesize(folder: Path, *, seed: int = SEED, scale: int = 1) -> Path:
    """Write the calibrated synthetic package into ``folder`` and return the path of its ``datapackage.json``.

    Args:
        seed: same seed, same bytes.
        scale: so many copies of the city's schools, people, documents; totals are that many times the published.
            Above 1 the large tables are folders of Parquet, one folder a county. Memory is that of one copy.

    Claims and explanations already in ``folder`` are kept and declared.

    Raises:
        InputError: the folder cannot be written, the seed is negative, or the scale is below 1.
        SourceError: a claims or explanations file there is empty or not in UTF-8; nothing is replaced.
    """
    _check_numbers(seed, scale)
    folder = Path(os.path.abspath(folder))  # "." has no name to put a draft beside
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        draft.mkdir(parents=True)
        # a claims file that cannot be read is met before any table is replaced
        sides = [one for role in ROLES for one in _side_files(folder, role)]
        _fill(draft, seed, scale)
        resources = [_declared(draft, table_resource(name, partitioned=scale > 1)) for name in tables()]
        resources += [_declared(folder, one) for one in sides]
        write_json(draft / DESCRIPTOR, descriptor(resources, seed=seed, scale=scale))
        _publish(draft, folder)
    except OSError as error:
        raise InputError(
            f"folder {folder}", found=error.strerror, expected="a folder that can be written", hint="name another"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder / DESCRIPTOR


def _check_numbers(seed: int, scale: int) -> None:
    if seed < 0:
        raise InputError("seed", found=seed, expected="0 or more", hint=f"--seed {SEED} makes the shipped package")
    if scale < 1:
        raise InputError("scale", found=scale, expected="1 or more", hint="--scale 10 makes a tenfold package")


def _publish(draft: Path, folder: Path) -> None:
    """Move the drafted files in; the declaration goes last, so that it never names a table that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(draft.iterdir(), key=lambda one: (one.name == DESCRIPTOR, one.name)):
        if path.suffix != ".json":
            _take_away(folder, path.stem)
        path.replace(folder / path.name)


def _take_away(folder: Path, name: str) -> None:
    """Remove what held table ``name`` before: a file, or a folder of files where the scale was another."""
    shutil.rmtree(folder / name, ignore_errors=True)
    for ending in ("csv", "parquet"):
        (folder / f"{name}.{ending}").unlink(missing_ok=True)


def _fill(folder: Path, seed: int, scale: int) -> None:
    counts = Counts()
    with Files(folder, partitioned=scale > 1) as files:
        files.add_rows("counties", _counties())
        files.add_rows("aid_standards", _standards())
        files.add_rows("school_calendar", make_calendar())
        for copy in range(scale):
            _add_copy(files, counts, seed, copy)
        files.add_rows("enrolment", make_enrolment(counts, scale))
        for name, rows in make_weekly(counts).items():
            files.add_rows(name, rows)


def _add_copy(files: Files, counts: Counts, seed: int, copy: int) -> None:
    """Write one copy of the city, and count its ledger."""
    # one seed a copy and table: changing how one table is made leaves the others as they are
    rngs = [np.random.default_rng(np.random.SeedSequence([seed, copy, number])) for number in range(7)]
    schools = make_schools(rngs[0], copy)
    cases = make_cases(rngs[1], schools, copy)
    counts.add(cases)
    for name, rows in _small_tables(rngs, schools, cases, copy).items():
        files.add_rows(name, rows)
    pupils = make_pupils(rngs[3], schools, copy)
    files.add_columns("nutrition_students", make_nutrition(rngs[3], pupils))
    payments = make_payments(rngs[4], schools, pupils, copy)
    files.add_columns("aid_payments", payments)
    files.add_columns("admission_notices", make_notices(rngs[6], schools, copy))
    files.add_columns("aid_categories", make_categories(payments, copy))
    files.add_columns("aid_cards", make_cards(payments))
    files.add_columns("fees", make_fees(payments))


def _small_tables(rngs: list[np.random.Generator], schools: Schools, cases: list[Row], copy: int) -> Rows:
    documents, allocations = make_funds(copy)
    return {
        "schools": schools.rows,
        "dropout_cases": cases,
        "teaching": make_teaching(rngs[1], cases),
        "fund_documents": documents,
        "fund_allocations": allocations,
        "household_inspections": make_inspections(rngs[2], copy),
        **make_system(rngs[5], schools, cases, copy),
    }


def _counties() -> list[dict[str, object]]:
    return [
        {
            "county_code": county.code,
            "name_zh": county.zh,
            "name_en": county.en,
            "population_2020_persons": county.people,
            "has_free_education_14_years": county.free_education,
        }
        for county in COUNTIES
    ]


def _standards() -> list[dict[str, object]]:
    return [
        {
            **asdict(one),
            "aid_stage": "compulsory" if one.stage in ("primary", "junior") else one.stage,
            "name_zh": one.zh,
            "name_en": one.en,
            "standard_fen": one.yuan * 100,
        }
        for one in STANDARDS
    ]


def _side_files(folder: Path, role: str) -> list[dict[str, Any]]:
    found = []
    for path in sorted((folder / role).glob("*.csv")):
        found.append(side_resource(role, path.stem, _header(path)))
    return found


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except UnicodeDecodeError as error:
        raise _unreadable(path, "not UTF-8") from error
    if not lines or not lines[0]:
        raise _unreadable(path, "no header")
    return lines[0]


def _unreadable(path: Path, found: str) -> SourceError:
    name = f"{path.parent.name}/{path.name}"
    return SourceError(name, found=found, expected="CSV in UTF-8 with a header", hint="save it again, or take it away")


def _declared(folder: Path, resource: dict[str, Any]) -> dict[str, Any]:
    schema = resource.pop("schema")
    return {**resource, **file_facts(folder, resource["path"]), "schema": schema}
