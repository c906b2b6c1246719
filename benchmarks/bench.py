"""Speed and memory, as ratios in one run against what a user would otherwise type.

``nox -s bench`` prints: ``zt run`` against papermill + nbconvert on the same notebook (A and B in turn, so that a
machine whose speed drifts slows both), the time of all indicators and rules over the shipped rows, and peak memory;
the time that reading a MB of prose takes; then many cases at once, against a loop of those commands, a pool of
processes, ploomber-engine where it is installed, and the same code as a plain script; a hundred cases, whose cost has
to be linear and whose memory must not grow; then all figures at 1, 10 and 50 times the city (``scale.py``).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import scale
from batches import compare, grow
from goals import goals

from zt_analysis.bulletins import paper_of
from zt_analysis.numbers import read_numbers
from zt_analysis.params import load
from zt_analysis.sources import open_package
from zt_analysis.tying import case_of, tie_text

ROOT = Path(__file__).resolve().parent.parent
INDICATORS = """
import time
from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.checks.review import all_wanted
from zt_analysis.indicators import compute
from zt_analysis.sources import open_package
from pathlib import Path
issue = paper_of(params.load("2018-11", Path.cwd()))
start = time.perf_counter(); tables = open_package(issue.package); opened = time.perf_counter()
wanted = all_wanted(issue.printed()[0], issue)
first = time.perf_counter(); figures = compute(wanted, tables); cold = time.perf_counter()
compute(wanted, tables); warm = time.perf_counter()
rows = sum(tables.count(name) for name in tables.names)
print(len(figures), rows, opened - start, cold - first, warm - cold)
"""

RULES = """
import time
from zt_analysis import params
from zt_analysis.bulletins import paper_of
from zt_analysis.rules import apply_rules
from zt_analysis.sources import open_package
from pathlib import Path
circular = paper_of(params.load("2018-W45", Path.cwd()))
tables = open_package(circular.package, roles=circular.roles)
start = time.perf_counter(); found = apply_rules(tables, circular.period); cold = time.perf_counter()
print(len(found), sum(one.checked for one in found), cold - start)
"""

# an analyst's first question, in a kernel that has imported what it needs: opened, one figure, its table across
EXPLORED = """
import resource, time
import duckdb, ibis, pandas, zt_analysis as zt
from zt_analysis.opened import cards, open_case
start = time.perf_counter()
book = zt.case("2018-11"); rate = book.figure("失辍学率", stage="初中", county="镇雄县"); rate.value
first = time.perf_counter()
table = book.figure("失辍学率").by("county", "stage").pivot()
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(first - start, time.perf_counter() - start, held, table.iloc[-1, -1])
"""
EXPLORED_BY_PANDAS = """
import resource, time
import pandas as pd
start = time.perf_counter()
text = dict.fromkeys(["county_code", "stage", "person_id"], str)
folder = "data/zhaotong-2018/"
cases = pd.read_csv(folder + "dropout_cases.csv", dtype=text, parse_dates=["opened_on", "outcome_on"])
enrolment = pd.read_csv(folder + "enrolment.csv", dtype=text, parse_dates=["reported_on"])
day = pd.Timestamp("2018-11-08")
out = cases[(cases.opened_on <= day) & (cases.outcome_on.isna() | (cases.outcome_on > day))]
of = enrolment[enrolment.reported_on == day]
here = [one[(one.county_code == "530627") & (one.stage == "junior")] for one in (out, of)]
here[0].person_id.nunique() / here[1].school_age_persons.sum()
first = time.perf_counter()
by = ["county_code", "stage"]
rate = (out.groupby(by).person_id.nunique() / of.groupby(by).school_age_persons.sum() * 100).unstack().round(2)
for axis, name in ((0, "stage"), (1, "county_code")):
    total = (out.groupby(name).person_id.nunique() / of.groupby(name).school_age_persons.sum() * 100).round(2)
total = round(out.person_id.nunique() / of.school_age_persons.sum() * 100, 2)
print(first - start, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, total)
"""


def main() -> None:
    """Run the benchmarks and print one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", "--runs", type=int, default=5, help="runs of each command")
    parser.add_argument(
        "--part",
        choices=("goals", "case", "render", "indicators", "explore", "rules", "reading", "batch", "growth", "scale"),
        help="only this part",
    )
    parser.add_argument("--cases", type=int, default=12, help="cases of a batch")
    parser.add_argument("--most", type=int, default=100, help="cases of the largest batch of --part growth")
    parser.add_argument("--looped", type=int, default=4, help="of these, how many the loop of commands runs")
    parser.add_argument("--scales", default="1,10,50", help="sizes of the package, as multiples of the city")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier version, for --part goals")
    parser.add_argument("--data", type=Path, help="a folder with packages x1, x10 ... made before")
    given = parser.parse_args()
    os.chdir(ROOT)
    parts = {
        "goals": lambda: goals(given.runs, given.before),
        "case": lambda: one_case(given.runs),
        "render": lambda: rendering(given.runs),
        "indicators": lambda: indicators(given.runs),
        "explore": lambda: explore(given.runs),
        "rules": lambda: rules(given.runs),
        "reading": reading,
        "batch": lambda: compare(given.runs, given.cases, min(given.looped, given.cases)),
        "growth": lambda: grow(given.most),
        "scale": lambda: scale.compare(given.runs, [int(one) for one in given.scales.split(",")], given.data),
    }
    for name, measure in parts.items():
        if given.part in (None, name):
            measure()


def one_case(runs: int) -> None:
    """One case: ours and the stock pair, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        ours = [[sys.executable, "-m", "zt_analysis.cli", "run", "2018-11", "--output", folder]]
        out = f"{folder}/out.ipynb"
        papermill = ["papermill", "notebooks/bulletin.ipynb", out, "-f", "params/2018-11.yml", "--no-progress-bar"]
        stock = [
            [sys.executable, "-m", *papermill],
            [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", out],
        ]
        pairs = [(measured(ours), measured(stock)) for _ in range(runs + 1)][1:]
    ratios = [b[0] / a[0] for a, b in pairs]
    for name, side in (("zt run", 0), ("papermill + nbconvert", 1)):
        seconds = [pair[side][0] for pair in pairs]
        memory = max(pair[side][1] for pair in pairs)
        print(f"{name:24} median {statistics.median(seconds):5.2f} s  ({min(seconds):.2f}-{max(seconds):.2f})"
              f"  peak {memory:.0f} MiB (largest process)")  # fmt: skip
    print(f"{'stock / ours':24} median {statistics.median(ratios):5.2f}    ({min(ratios):.2f}-{max(ratios):.2f})")


def rendering(runs: int) -> None:
    """The report of the executed reference notebook: ours and the stock page, in turn; and their sizes."""
    notebook = "outputs/2018-11/bulletin.ipynb"
    with tempfile.TemporaryDirectory() as folder:
        page, stock_page = Path(folder, "report.html"), Path(folder, "stock.html")
        ours = [[sys.executable, "-m", "zt_analysis.cli", "report", notebook, "-o", str(page)]]
        stock = [[sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", notebook, "--output", str(stock_page)]]
        pairs = [(measured(ours)[0], measured(stock)[0]) for _ in range(runs + 1)][1:]
        sizes = [file.stat().st_size / 1024 for file in (page, stock_page)]
    ratios = [b / a for a, b in pairs]
    print(f"{'render: zt report':24} median {statistics.median(a for a, _ in pairs):5.2f} s, {sizes[0]:.0f} KiB")
    print(f"{'render: stock html':24} median {statistics.median(b for _, b in pairs):5.2f} s, {sizes[1]:.0f} KiB")
    print(f"{'stock / ours':24} median {statistics.median(ratios):5.2f}    ({min(ratios):.2f}-{max(ratios):.2f}),"
          f" size ours / stock {sizes[0] / sizes[1]:.2f}")  # fmt: skip


def indicators(runs: int) -> None:
    """All indicators of the case over the shipped rows, first and second time in a process."""
    found = []
    for _ in range(runs):
        output = subprocess.run([sys.executable, "-c", INDICATORS], check=True, capture_output=True, text=True).stdout
        found.append([float(word) for word in output.split()])
    figures, rows = found[0][:2]
    opened, cold, warm = (statistics.median(one[column] for one in found) for column in (2, 3, 4))
    print(f"{figures:.0f} figures over {rows:,.0f} rows: first {cold:.2f} s, again {warm:.2f} s; "
          f"opening and verifying the package {opened:.2f} s")  # fmt: skip


def explore(runs: int) -> None:
    """An analyst's first question in a warm kernel: ours over verified rows, and the same in plain pandas, in turn."""
    pairs: list[list[list[float]]] = []
    for _ in range(runs + 1):
        said = [
            subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True).stdout.split()
            for text in (EXPLORED, EXPLORED_BY_PANDAS)
        ]
        pairs.append([[float(word) for word in one] for one in said])
    kept = pairs[1:]  # the first keeps the rows
    assert all(ours[3] == theirs[3] for ours, theirs in kept)
    for name, side in (("explore: zt.case", 0), ("explore: plain pandas", 1)):
        first, table = (statistics.median(pair[side][at] for pair in kept) for at in (0, 1))
        memory = max(pair[side][2] for pair in kept)
        print(f"{name:24} first figure {first:5.2f} s, table across {table:5.2f} s  peak {memory:.0f} MiB")
    for name, at in (("first figure", 0), ("table across", 1)):
        ratios = [ours[at] / theirs[at] for ours, theirs in kept]
        print(f"{f'ours / pandas, {name}':24} median {statistics.median(ratios):5.2f}"
              f"    ({min(ratios):.2f}-{max(ratios):.2f})")  # fmt: skip


def rules(runs: int) -> None:
    """All rules over the shipped package, first time in a process."""
    found = []
    for _ in range(runs):
        output = subprocess.run([sys.executable, "-c", RULES], check=True, capture_output=True, text=True).stdout
        found.append([float(word) for word in output.split()])
    count, rows = found[0][:2]
    seconds = [one[2] for one in found]
    print(f"{count:.0f} rules over {rows:,.0f} rows: median {statistics.median(seconds):.2f} s "
          f"({min(seconds):.2f}-{max(seconds):.2f})")  # fmt: skip


def reading() -> None:
    """Numbers read from 1, 2 and 4 MB of prose, and tied from parts of one: what a MB takes stays the same."""
    text = Path("tests/texts/draft-2018-11.txt").read_text(encoding="utf-8")
    for size in (1, 2, 4):
        long = text * (size * 2**20 // len(text.encode()) + 1)
        start = time.process_time()
        found = len(read_numbers(long))
        seconds = time.process_time() - start
        print(f"{size} MB of prose: {found:,} numbers in {seconds:.2f} s, {seconds / size:.2f} s a MB")
    case = case_of(paper_of(load("2018-11", Path.cwd())), open_package(Path("data/zhaotong-2018")))
    tie_text(text, case)
    for share in (16, 8, 4):
        long = text * (2**20 // share // len(text.encode()) + 1)
        start = time.process_time()
        found = len(tie_text(long, case).ties)
        seconds = time.process_time() - start
        print(f"1/{share} MB tied: {found:,} numbers in {seconds:.2f} s, {seconds * share:.1f} s a MB")


def measured(commands: list[list[str]]) -> tuple[float, float]:
    """Wall seconds and peak MiB (largest process) of commands run one after the other."""
    start, peak = time.perf_counter(), 0
    for command in commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{' '.join(command)} failed")
        peak = max(peak, usage.ru_maxrss)
    return time.perf_counter() - start, peak / 1024


if __name__ == "__main__":
    main()
