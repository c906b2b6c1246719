"""Hold the engines against each other: ``nox -s engines``.

It starts a PostgreSQL server, loads the shipped package into it, starts Spark on two processors, and asks DuckDB and
both of them for every indicator (whole, by county, by week), every relation, every rule and every card of two papers.
Each answer has to be the same, digit for digit. Then one row is changed on one engine, which has to be noticed.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import postgres
from packages import ROOT, SHIPPED
from shipped import INDICATORS, RULES

from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks import every_relation, review
from zt_analysis.checks.to_ledger import first_rows
from zt_analysis.indicators import Wanted, breakdown, compute
from zt_analysis.rules import apply_rules, by_part
from zt_analysis.settings import DUCKDB, read_setting
from zt_analysis.sources import open_package
from zt_analysis.sources.uploading import upload

CASES = ("2018-11", "2018-W45")
ROLES = ("table", "system")
SCHEMA = "zhaotong_2018"
# of a card: its SQL, and the proofs of keys that only DuckDB makes, differ from engine to engine
OWN = ("sql", "proofs")
KINDS = {"indicator": len(INDICATORS), "relation": len({one.id for one in every_relation()}), "rule": len(RULES)}


def answers(tables, *, progress=lambda kind: None):
    """Everything that is asked of an engine: ``{(kind, name): answer}``, and the seconds of each kind."""
    found, seconds = {}, Counter()
    papers = [paper_of(params.load(case, ROOT)) for case in CASES]
    makers = {"indicator": indicators, "rule": rules, "relation": relations, "rows": digests}
    for kind, make in makers.items():
        started = time.perf_counter()
        found |= {(one[0], one[1]): one[2] for one in make(tables, papers)}
        seconds[kind] = time.perf_counter() - started
        progress(kind)
    return found, seconds


def indicators(tables, papers):
    """Every indicator for the dates of each paper: whole, by county, and by week where it is of a date."""
    for name, indicator in INDICATORS.items():
        answer = {}
        for paper in papers:
            (figure,) = compute([Wanted(name, paper.period)], tables).values()
            answer[f"{paper.case} whole"] = str(figure.exact)
            answer[f"{paper.case} county"] = _parts(breakdown(name, tables, paper.period))
            if indicator.time != "term":
                answer[f"{paper.case} week"] = _parts(breakdown(name, tables, paper.period, by=["week"]))
        yield "indicator", name, answer


def rules(tables, papers):
    """Every rule on the day of the bulletin, in calendar and in school days: counts, by county, first rows."""
    for days in ("calendar", "school"):
        reading = replace(papers[0].period, days=days)
        for one in apply_rules(tables, reading):
            split = by_part(one, tables, "county_code").to_dict("records")
            rows = first_rows(one.rows, tables)
            yield "rule", one.rule.id if days == "calendar" else f"{one.rule.id} ({days} days)", [
                one.checked, one.breaking, split, rows,
            ]  # fmt: skip


def relations(tables, papers):
    """The ledger of each paper: every relation, verdict, card and part, the rows that they show included."""
    for paper in papers:
        ledger = json.loads(json.dumps(review(paper, tables).ledger, ensure_ascii=False))
        for one in ledger["relations"]:
            yield "relation", f"{one['id']} in {paper.case}", one
        for one in ledger["figures"]:
            yield "card", f"{one['key']} in {paper.case}", {key: value for key, value in one.items() if key not in OWN}
        for one in ledger["verdicts"]:
            yield "verdict", f"{one['claim']} in {paper.case}", one
        for one in ledger.get("parts", ()):
            yield "part", f"{one['key']} in {paper.case}", one


def digests(tables, papers):
    """The checksum over the rows of every table."""
    for table in tables.declared:
        yield "rows", table.name, [tables.count(table.name), tables.digest(table)]


def differing(one, other):
    """The keys whose answers are not the same, those that only one side has included."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def missing(found):
    """Kinds of which not every one was answered: a comparison of less than all is no comparison."""
    names = {kind: {name.split(" ")[0] for of, name in found if of == kind} for kind in KINDS}
    return [kind for kind, wanted in KINDS.items() if len(names[kind]) != wanted]


@contextmanager
def loaded_server(package=SHIPPED, roles=ROLES, *, install=False):
    """A PostgreSQL server with the package's tables; its address."""
    with postgres.server(install=install) as server:
        os.environ.update(server.environment)
        try:
            upload(open_package(package, roles=roles, engine=DUCKDB), read_setting(server.url(SCHEMA), where="test"))
            yield server
        finally:
            for name in server.environment:
                os.environ.pop(name)


def _parts(frame):
    return [[str(cell) for cell in row] for row in frame.itertuples(index=False)]


def _asked(name, engine, package=SHIPPED):
    started = time.perf_counter()
    tables = open_package(package, roles=ROLES, engine=read_setting(engine, where="test"))
    opened = time.perf_counter() - started
    print(f"  {name}: opened and verified in {opened:.1f} s", flush=True)
    found, seconds = answers(tables, progress=lambda kind: print(f"  {name}: {kind}", flush=True))
    return found, {"open": opened} | seconds


def _table(found, seconds):
    """One line an indicator, relation and rule, and one a kind for what else was compared."""
    engines = list(found)
    mine = found["duckdb"]
    print(f"\n{'what':<12}{'name':<44}{'answer on DuckDB':<24}" + "".join(f"{name:>12}" for name in engines[1:]))
    for kind, name in sorted(key for key in mine if key[0] in KINDS):
        same = ["equal" if found[one].get((kind, name)) == mine[kind, name] else "DIFFERS" for one in engines[1:]]
        print(f"{kind:<12}{name:<44}{_short(mine[kind, name]):<24}" + "".join(f"{word:>12}" for word in same))
    print(f"\n{'kind':<12}{'answers':>8}" + "".join(f"{name + ' s':>14}" for name in engines))
    counts = Counter(kind for kind, _ in mine)
    for kind in ("open", *counts):
        times = [f"{seconds[name][kind]:>14.1f}" if kind in seconds[name] else " " * 14 for name in engines]
        print(f"{kind:<12}{counts[kind] or '':>8}" + "".join(times))


def _short(answer):
    if isinstance(answer, list):
        return f"{answer[0]} checked, {answer[1]} break"
    if "status" in answer:
        return f"{answer['status']} ({answer['checked']} checked)"
    return str(next(iter(answer.values())))


def _plant_in_postgres(server):
    """One returned child is recorded as returned a week later, in another week's count."""
    with server.connect() as connection:
        changed = connection.execute(
            f"UPDATE {SCHEMA}.dropout_cases SET outcome_on = outcome_on - 7 WHERE case_id = (SELECT min(case_id) "
            f"FROM {SCHEMA}.dropout_cases WHERE outcome = 'returned' AND outcome_on > '2018-11-01')"
        )
        assert changed.rowcount == 1


def _plant_for_spark(folder):
    """The same change in a copy of the package's files."""
    shutil.copytree(SHIPPED, folder)
    path = folder / "dropout_cases.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if ",returned,2018-11-08" in line)
    lines[place] = lines[place].replace(",returned,2018-11-08", ",returned,2018-11-01")
    path.write_text("".join(lines), encoding="utf-8")


def _caught(name, engine, expected, package=SHIPPED):
    """Whether a changed row moves an answer and the checksum of its table, and of no other table."""
    names = ("dropout_cases", "teaching", "counties")
    tables = open_package(package, names=names, engine=read_setting(engine, where="test"))
    paper = paper_of(params.load("2018-W45", ROOT))
    wanted = ("indicator", "returned_cases")
    answer = {
        "2018-W45 county": _parts(breakdown("returned_cases", tables, paper.period)),
        "2018-W45 week": _parts(breakdown("returned_cases", tables, paper.period, by=["week"])),
    }
    moved = any(value != expected[wanted][key] for key, value in answer.items())
    rows = [one.name for one in tables.declared
            if [tables.count(one.name), tables.digest(one)] != expected["rows", one.name]]  # fmt: skip
    good = moved and rows == ["dropout_cases"]
    print(f"planted: one row changed on {name}: {'caught' if good else 'MISSED'} (tables that differ: {rows})")
    return good


def main():
    """Ask all three, compare, plant; 0 when all answers are equal and each planted row was caught."""
    found, seconds = {}, {}
    with loaded_server(install=True) as server, tempfile.TemporaryDirectory() as folder:
        print("engines: duckdb, postgres (its own server on loopback), spark (local[2])", flush=True)
        places = {"duckdb": "duckdb", "postgres": server.url(SCHEMA), "spark": "spark://local[2]"}
        for name, place in places.items():
            found[name], seconds[name] = _asked(name, place)
        _table(found, seconds)
        wrong = [(name, key) for name in found for key in differing(found["duckdb"], found[name])]
        incomplete = [(name, kind) for name in found for kind in missing(found[name])]
        for name, key in [*wrong, *incomplete]:
            print(f"{name}: {key}: not as on duckdb, or not asked")
        _plant_in_postgres(server)
        planted = [_caught("postgres", places["postgres"], found["duckdb"])]
        copy = Path(folder) / "package"
        _plant_for_spark(copy)
        planted.append(_caught("spark", places["spark"], found["duckdb"], copy))
    print(f"\n{len(found['duckdb'])} answers on each of {len(found)} engines, {len(wrong)} differ, "
          f"{len(incomplete)} kinds incomplete, {sum(planted)} of {len(planted)} planted rows caught")  # fmt: skip
    return 0 if not wrong and not incomplete and all(planted) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except postgres.UnavailableError as error:
        sys.exit(f"no PostgreSQL, so nothing was compared: {error}")
