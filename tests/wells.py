"""An office of another trade, for charts: water drawn from wells by river basin, in cubic metres. All is invented."""

import csv
import json
import shutil
from fractions import Fraction

from packages import ROOT

from zt_analysis.sources.sealing import seal

TEMPLATE = ROOT / "zt_analysis/cli/project_template"
BASINS = (
    ("b1", "青河", "Blue River"),
    ("b2", "$x^2$", "$x^2$"),
    ("b3", "流" * 90, "L" * 160),
    ("b4", "<b>沙</b>", "<b>&"),
)
INDICATORS = '''
from zt_analysis.define import Exact, Measure, Period, Tables, derived, measured, ratio


def _drawn(tables: Tables, period: Period, column: str) -> Measure:
    rows = tables["draws"]
    return Measure(rows, "sum", column, rows["counted_on"] == period.as_of)


@measured("cubic_metres", zh="取水量", en="water drawn")
def water(tables: Tables, period: Period) -> Measure:
    """Water drawn."""
    return _drawn(tables, period, "litres")


@measured("cubic_metres", zh="灌溉取水量", en="water for fields")
def field_water(tables: Tables, period: Period) -> Measure:
    """Water drawn for fields."""
    return _drawn(tables, period, "field_litres")


@derived("ratio", zh="灌溉占比", en="share for fields")
def field_share(field_water: Exact, water: Exact) -> Exact:
    """Of the water drawn, what went to fields."""
    return ratio(field_water, water)


@measured("wells", zh="在用井数", en="wells in use", stock=True)
def wells(tables: Tables, period: Period) -> Measure:
    """Wells dug and not closed."""
    rows = tables["wells"]
    return Measure(rows, "count", "", (rows["dug_on"] <= period.as_of)
                   & (rows["closed_on"].isnull() | (rows["closed_on"] > period.as_of)))


def _dated(tables: Tables, period: Period, column: str) -> Measure:
    rows = tables["wells"]
    return Measure(rows, "count", "", (rows[column] > period.base_on) & (rows[column] <= period.as_of), dated=column)


@measured("wells", time="span", zh="新打井数", en="wells dug")
def dug(tables: Tables, period: Period) -> Measure:
    """Wells dug in the span."""
    return _dated(tables, period, "dug_on")


@measured("wells", time="span", zh="封井数", en="wells closed")
def closed(tables: Tables, period: Period) -> Measure:
    """Wells closed in the span."""
    return _dated(tables, period, "closed_on")
'''
NORM = Fraction(7, 10)
WORDS = """key,zh,en
basin_code,流域,basin
upland,上游两流域,both upland basins
use,用途,use
note_meters,按水表读数。, By the meters.
"""
UNITS = "key,zh,en,exact,decimals,printed\ncubic_metres,立方米, m³,1000,1,\nwells,眼, wells,1,0,\n"
DRAWS = [
    # b4 has no row on either day: a true 0
    ("2025-08-10", "b1", 5_000_000, 4_000_000), ("2025-08-10", "b2", 1_000_000, 250_000),
    ("2025-08-10", "b3", 500_000, 0), ("2025-09-07", "b1", 6_400_000, 4_000_000),
    ("2025-09-07", "b2", 1_000_050, 500_000), ("2025-09-07", "b3", 0, 0),
]  # fmt: skip
WELLS = [
    ("w1", "b1", "2025-01-01", ""), ("w2", "b1", "2025-08-12", ""), ("w3", "b2", "2025-08-13", "2025-08-27"),
    ("w4", "b2", "2025-07-01", "2025-09-02"), ("w5", "b3", "2025-02-01", ""),
]  # fmt: skip
DIMENSION = {"reference": {"resource": "basins", "fields": ["basin_code"]}, "fields": ["basin_code"]}


def project(root):
    """The office's project under ``root``, a case ``2025`` of 7 September 2025 against 10 August."""
    shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
    data = root / "data/demo"
    for name in ("towns.csv", "pupils.csv", "claims/2025.csv"):
        (data / name).unlink()
    (root / "office/relations/statements.csv").unlink()
    (root / "office/indicators.py").write_text(INDICATORS, encoding="utf-8")
    (root / "office/words/brief.csv").write_text(WORDS, encoding="utf-8")
    (root / "office/words/texts").mkdir(exist_ok=True)
    (root / "office/words/texts/units.csv").write_text(UNITS, encoding="utf-8")
    case = root / "params/2025.yml"
    text = case.read_text(encoding="utf-8").replace("2025-09-20", "2025-09-07").replace("2024-09-20", "2025-08-10")
    case.write_text(text, encoding="utf-8")
    texts, numbers, days = ("string", {}), ("integer", {}), ("date", {})
    resources = [
        _table(data, "basins", BASINS, {"basin_code": texts, "name_zh": texts, "name_en": texts}, ["basin_code"]),
        _table(
            data, "draws", DRAWS,
            {"counted_on": days, "basin_code": texts, "litres": numbers, "field_litres": numbers},
            ["counted_on", "basin_code"], [DIMENSION],
        ),
        _table(
            data, "wells", WELLS, {"well_id": texts, "basin_code": texts, "dug_on": days, "closed_on": days},
            ["well_id"], [DIMENSION],
        ),
    ]  # fmt: skip
    package = {"profile": "data-package", "name": "demo", "title": "wells", "synthetic": True, "resources": resources}
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    seal(data)
    return root


def _table(folder, name, rows, fields, key, foreign=()):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)
    columns = [{"name": one, "type": kind, "constraints": dict(also)} for one, (kind, also) in fields.items()]
    schema = {"fields": columns, "primaryKey": key, "foreignKeys": list(foreign)}
    return {"name": name, "path": f"{name}.csv", "hash": "sha256:" + "0" * 64, "schema": schema}
