"""All figures of the bulletin at 1, 10 and 50 times the city: time and memory, beside what one would write by hand.

``bench.py --part scale`` makes the packages (or takes those of ``--data``) and runs each contender in a process of its
own, in turn, in one run. ``python benchmarks/scale.py CONTENDER FOLDER`` is one contender alone; it prints JSON. Every
contender has to find the same numbers. The rows are synthetic.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AS_OF, BASE, TERM = "2018-11-08", "2018-09-20", "2018-spring"
CAP_BYTES = 4 * 2**30
LIMIT = "400MiB"
PROOFS = ".zt-proofs.json"
Values = dict[str, int]
# pandas reads 50 times the city into some 9 GiB; below this much free memory it is left out, and the table says so
PANDAS_NEEDS_KIB = 11 * 2**20


def ours(folder: Path) -> dict[str, Any]:
    """The package's own way: open and verify, then every figure of the bulletin."""
    from zt_analysis.indicators import Wanted, compute
    from zt_analysis.office import current

    stated = current().papers["bulletin"].indicators
    from zt_analysis.periods import period
    from zt_analysis.sources import open_package

    now = period(AS_OF, BASE, term=TERM)
    wanted = [Wanted(name, now) for name in stated]
    wanted += [Wanted(name, now.at(now.base_on)) for name in ("out_of_school_children", "rate_population")]
    steps = _timed(lambda: open_package(folder), lambda tables: compute(wanted, _without_answers(tables)))
    figures = steps.pop("values")
    exact = [figure.exact for figure in figures.values()]
    names = dict(zip([*stated, "out_at_base", "population_at_base"], exact, strict=True))
    values = {name: int(value) for name, value in names.items() if name in NAMES}
    return {"values": values, **steps}


def _without_answers(tables: Any) -> Any:
    """The same tables with the measures they keep, and no answer: every question is put together and asked again."""
    for key in [key for key in tables._kept if key == "measured" or key[0] in ("rows", "count")]:
        del tables._kept[key]
    return tables


NAMES = (
    "returned_students", "home_taught_students", "remote_taught_students", "out_of_school_children", "out_at_base",
    "opened_cases", "ended_cases", "rate_population", "population_at_base", "funds_allocated", "nutrition_students",
    "nutrition_spending", "aid_paid", "aided_students", "registered_poor_aided_students", "counties",
    "inspected_households", "inspected_counties",
)  # fmt: skip


def by_pandas(folder: Path) -> dict[str, Any]:
    """Straightforward pandas; of the large tables only the columns needed are read."""
    import pandas as pd

    def read() -> dict[str, Any]:
        small = ("dropout_cases", "teaching", "enrolment", "fund_allocations", "household_inspections", "counties")
        frames = {name: pd.read_csv(folder / f"{name}.csv", dtype={"county_code": str}) for name in small}
        for name, columns in LARGE.items():
            frames[name] = pd.read_parquet(_parquet(folder, name), columns=columns)
        return frames

    def ask(t: dict[str, Any]) -> Values:
        cases, enrolment, funds, visits = (
            t[name] for name in ("dropout_cases", "enrolment", "fund_allocations", "household_inspections")
        )
        taught = t["teaching"].merge(cases[["case_id", "outcome", "outcome_on"]], on="case_id")
        taught = taught[(taught["started_on"] <= AS_OF) & (taught["outcome_on"] <= AS_OF)]
        taught = taught[taught["mode"] == taught["outcome"]]
        ended, opened = cases["outcome_on"], cases["opened_on"]
        out = {day: cases[(opened <= day) & (ended.isna() | (ended > day))]["person_id"] for day in (AS_OF, BASE)}
        issued = funds["issued_on"].between("2018-01-01", AS_OF) & funds["level"].isin(["central", "provincial"])
        fed = t["nutrition_students"][t["nutrition_students"]["term"] == TERM]
        paid = t["aid_payments"][t["aid_payments"]["term"] == TERM]
        visits = visits[visits["inspected_on"] <= AS_OF]
        population = enrolment.groupby("reported_on")["school_age_persons"].sum()
        return _values(
            cases[(cases["outcome"] == "returned") & (ended <= AS_OF)]["person_id"].nunique(),
            *(taught[taught["mode"] == mode]["person_id"].nunique() for mode in ("home", "remote")),
            *(out[day].nunique() for day in (AS_OF, BASE)),
            *(((days > BASE) & (days <= AS_OF)).sum() for days in (opened, ended)),
            *(population[day] for day in (AS_OF, BASE)),
            funds[issued]["amount_fen"].sum(),
            fed["student_id"].nunique(),
            fed["spending_fen"].sum(),
            paid["amount_fen"].sum(),
            paid["student_id"].nunique(),
            paid[paid["registered_poor"]]["student_id"].nunique(),
            t["counties"]["county_code"].nunique(),
            visits["household_id"].nunique(),
            visits["county_code"].nunique(),
        )

    return _timed(read, ask)


def by_polars(folder: Path) -> dict[str, Any]:
    """Straightforward polars: lazy scans, collected by its streaming engine."""
    import polars as pl

    c = pl.col

    def read() -> dict[str, Any]:
        small = ("dropout_cases", "teaching", "enrolment", "fund_allocations", "household_inspections", "counties")
        frames = {name: pl.scan_csv(folder / f"{name}.csv") for name in small}
        return frames | {name: pl.scan_parquet(_pattern(folder, name), hive_partitioning=False) for name in LARGE}

    def ask(t: dict[str, Any]) -> Values:
        taught = t["teaching"].join(t["dropout_cases"].select("case_id", "outcome", "outcome_on"), on="case_id")
        counted = (c.started_on <= AS_OF) & (c.outcome_on <= AS_OF) & (c.mode == c.outcome)
        returned = (c.outcome == "returned") & (c.outcome_on <= AS_OF)
        out = [(c.opened_on <= day) & (c.outcome_on.is_null() | (c.outcome_on > day)) for day in (AS_OF, BASE)]
        flows = [(days > BASE) & (days <= AS_OF) for days in (c.opened_on, c.outcome_on)]
        issued = c.issued_on.is_between(pl.lit("2018-01-01"), pl.lit(AS_OF)) & c.level.is_in(["central", "provincial"])
        asked = [
            t["dropout_cases"].select(
                *(c.person_id.filter(one).n_unique().alias(f"a{n}") for n, one in enumerate([returned, *out])),
                *(one.sum().alias(f"b{n}") for n, one in enumerate(flows)),
            ),
            taught.filter(counted).select(
                *(c.person_id.filter(c.mode == mode).n_unique().alias(mode) for mode in ("home", "remote"))
            ),
            t["enrolment"].select(
                *(c.school_age_persons.filter(c.reported_on == day).sum().alias(day) for day in (AS_OF, BASE))
            ),
            t["fund_allocations"].filter(issued).select(c.amount_fen.sum()),
            t["nutrition_students"]
            .filter(c.term == TERM)
            .select(c.student_id.n_unique(), c.spending_fen.cast(pl.Int64).sum()),
            t["aid_payments"]
            .filter(c.term == TERM)
            .select(
                c.amount_fen.cast(pl.Int64).sum(),
                c.student_id.n_unique(),
                c.student_id.filter(c.registered_poor).n_unique().alias("poor"),
            ),
            t["counties"].select(c.county_code.n_unique()),
            t["household_inspections"]
            .filter(c.inspected_on <= AS_OF)
            .select(c.household_id.n_unique(), c.county_code.n_unique()),
        ]
        # one after the other: at once they would hold all their distinct ids at once
        rows = [one.collect(engine="streaming").row(0) for one in asked]
        (back, *outs, opened, ended), *rest = rows
        return _values(back, *rest[0], *outs, opened, ended, *(value for row in rest[1:] for value in row))

    return _timed(read, ask)


def by_duckdb(folder: Path) -> dict[str, Any]:
    """Hand-written SQL over the files."""
    import duckdb

    def read() -> Any:
        connection = duckdb.connect(config={"temp_directory": str(folder.parent / f"spill-{os.getpid()}")})
        for name in ("dropout_cases", "teaching", "enrolment", "fund_allocations", "household_inspections", "counties"):
            connection.execute(f"CREATE VIEW {name} AS FROM read_csv('{folder / name}.csv')")
        for name in LARGE:
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{_pattern(folder, name)}')")
        return connection

    def ask(connection: Any) -> Values:
        open_on = "opened_on <= '{0}' AND (outcome_on IS NULL OR outcome_on > '{0}')"
        since = "{0} > '" + BASE + "' AND {0} <= '" + AS_OF + "'"
        taught = f"started_on <= '{AS_OF}' AND outcome_on <= '{AS_OF}' AND mode = outcome"
        asked = [
            f"""SELECT count(DISTINCT person_id) FILTER (outcome = 'returned' AND outcome_on <= '{AS_OF}'),
                count(DISTINCT person_id) FILTER ({open_on.format(AS_OF)}),
                count(DISTINCT person_id) FILTER ({open_on.format(BASE)}),
                count(*) FILTER ({since.format("opened_on")}), count(*) FILTER ({since.format("outcome_on")})
                FROM dropout_cases""",
            f"""SELECT count(DISTINCT t.person_id) FILTER (mode = 'home'),
                count(DISTINCT t.person_id) FILTER (mode = 'remote')
                FROM teaching t JOIN dropout_cases USING (case_id) WHERE {taught}""",
            f"""SELECT sum(school_age_persons) FILTER (reported_on = '{AS_OF}'),
                sum(school_age_persons) FILTER (reported_on = '{BASE}') FROM enrolment""",
            f"""SELECT sum(amount_fen) FROM fund_allocations
                WHERE issued_on BETWEEN '2018-01-01' AND '{AS_OF}' AND level IN ('central', 'provincial')""",
            f"""SELECT count(DISTINCT student_id), sum(spending_fen) FROM nutrition_students WHERE term = '{TERM}'""",
            f"""SELECT sum(amount_fen), count(DISTINCT student_id),
                count(DISTINCT student_id) FILTER (registered_poor) FROM aid_payments WHERE term = '{TERM}'""",
            "SELECT count(DISTINCT county_code) FROM counties",
            f"""SELECT count(DISTINCT household_id), count(DISTINCT county_code) FROM household_inspections
                WHERE inspected_on <= '{AS_OF}'""",
        ]
        (back, *outs, opened, ended), *rest = (connection.execute(one).fetchall()[0] for one in asked)
        return _values(back, *rest[0], *outs, opened, ended, *(value for row in rest[1:] for value in row))

    return _timed(read, ask)


LARGE = {
    "nutrition_students": ["student_id", "term", "spending_fen"],
    "aid_payments": ["student_id", "term", "registered_poor", "amount_fen"],
}
CONTENDERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "ours": ours,
    "duckdb": by_duckdb,
    "polars": by_polars,
    "pandas": by_pandas,
}


def compare(runs: int, scales: list[int], data: Path | None) -> None:
    """Each scale, each contender in turn, ``runs`` times; packages are made in a temporary folder unless ``data``."""
    with tempfile.TemporaryDirectory() as made:
        for scale in scales:
            folder = (data or Path(made)) / f"x{scale}"
            if not (folder / "datapackage.json").exists():
                _make(folder, scale)
            _compare(folder, scale, runs)


def _compare(folder: Path, scale: int, runs: int) -> None:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("unproved", *CONTENDERS)}
    for _ in range(runs):
        (folder / PROOFS).unlink(missing_ok=True)
        found["unproved"].append(_run("ours", folder))
        for name in CONTENDERS:
            if name != "pandas" or _free_kib() > PANDAS_NEEDS_KIB * scale / 50:
                found[name].append(_run(name, folder))
    answers = {json.dumps(one["values"], sort_keys=True) for runs_of in found.values() for one in runs_of}
    if len(answers) != 1:
        raise SystemExit(f"{scale}x: the contenders do not agree: {answers}")
    print(f"{scale}x: {len(json.loads(answers.pop()))} measured figures, the same from all", flush=True)
    _say("ours, keys proved anew", found.pop("unproved"))
    for name, one in found.items():
        _say({"duckdb": "duckdb, SQL by hand"}.get(name, name), one)
    mine = found["ours"]
    for name in ("duckdb", "polars", "pandas"):
        if found[name]:
            _ratios(name, mine, found[name])


def _say(name: str, runs: list[dict[str, Any]]) -> None:
    if not runs:
        print(f"  {name:22} left out: not enough free memory")
        return
    parts = [
        f"{step} {_median(runs, step, 0):6.2f} s ({_median(runs, step, 1):.2f})"
        for step in ("open", "figures", "again")
    ]
    peak = max(one["peak"] for one in runs)
    print(f"  {name:22} {', '.join(parts)}, peak {peak:,.0f} MiB", flush=True)


def _median(runs: list[dict[str, Any]], step: str, clock: int) -> float:
    return statistics.median(one[step][clock] for one in runs)


def _ratios(name: str, mine: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    """Theirs over ours, run by run; by the wall, and by the processor, which other work on the machine hardly moves."""

    def ratio(take: Callable[[dict[str, Any]], float]) -> str:
        return f"{statistics.median(take(b) / take(a) for a, b in zip(mine, other, strict=True)):.2f}"

    def files_to_figures(one: dict[str, Any], clock: int) -> float:
        # opening verifies every row, which nobody else does: the figures alone, with the reading they need
        return float(one["figures"][clock] if "verified" in one else all_of_it(one, clock))

    def all_of_it(one: dict[str, Any], clock: int) -> float:
        return float(one["open"][clock] + one["figures"][clock])

    files, whole = (
        [ratio(lambda one, clock=clock, take=take: take(one, clock)) for clock in (0, 1)]
        for take in (files_to_figures, all_of_it)
    )
    print(
        f"  {name + ' / ours':22} figures {files[0]} ({files[1]}), with opening {whole[0]} ({whole[1]}),"
        f" again {ratio(lambda one: one['again'][0])} ({ratio(lambda one: one['again'][1])}),"
        f" peak {ratio(lambda one: one['peak'])}",
        flush=True,
    )


def _run(name: str, folder: Path) -> dict[str, Any]:
    """One contender in a process of its own, with its peak memory."""
    environment = dict(os.environ)
    if name == "ours":
        environment.setdefault("ZT_MEMORY_LIMIT", LIMIT)
        environment["ZT_KEPT_ROWS"] = "off"  # rows verified once, and answers, would be measured for opening and asking
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, __file__, name, str(folder)],
            stdout=output,
            env=environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        said = output.read()
    if status:
        raise SystemExit(f"{name} on {folder.name} failed")
    return {**json.loads(said), "peak": usage.ru_maxrss / 1024, **({"verified": True} if name == "ours" else {})}


def _cap() -> None:
    """No more than 4 GiB of memory for this process, held by the system."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (CAP_BYTES, CAP_BYTES))


def _free_kib() -> int:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return PANDAS_NEEDS_KIB + 1
    return int(next(line.split()[1] for line in lines if line.startswith("MemAvailable")))


def _make(folder: Path, scale: int) -> None:
    from zt_analysis.office import current

    synthesize = current().module("synthetic.package").synthesize

    start = time.perf_counter()
    synthesize(folder, scale=scale)
    print(f"{scale}x written in {time.perf_counter() - start:.0f} s", flush=True)


def _timed(read: Callable[[], Any], ask: Callable[[Any], Any]) -> dict[str, Any]:
    """Wall and processor seconds of reading, asking, and asking again (the least of three where that is quick)."""
    found: dict[str, Any] = {}

    def step(name: str, do: Callable[[], Any]) -> Any:
        wall, processor = time.perf_counter(), time.process_time()
        result = do()
        taken = (time.perf_counter() - wall, time.process_time() - processor)
        found[name] = [min(pair) for pair in zip(taken, found.get(name, taken), strict=True)]
        return result

    rows = step("open", read)
    values = step("figures", lambda: ask(rows))
    for _ in range(3 if found["figures"][0] < 1 else 1):
        step("again", lambda: ask(rows))
    return {"values": values, **found}


def _values(*values: Any) -> Values:
    return {name: int(value) for name, value in zip(NAMES, values, strict=True)}


def _parquet(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).is_dir() else folder / f"{name}.parquet"


def _pattern(folder: Path, name: str) -> str:
    path = _parquet(folder, name)
    return f"{path}/**/*.parquet" if path.is_dir() else str(path)


if __name__ == "__main__":
    if sys.argv[1] == "ours" and sys.platform == "linux":
        _cap()
    print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2]))))
