"""The goals that were set for speed, a row each: what was measured, its goal, and whether it is reached.

All are ratios of processor seconds in one run, both sides in turn, so that neither other work on the machine nor its
drifting speed decides. ``--before FOLDER`` names a checkout of an earlier version, of which papermill runs the notebook
too. ``bench.py --part goals`` runs all that take minutes; many cases come with ``--part batch``, whose rows of the
same form stand among its own, and 50 times the city with ``--part scale``.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ZT = [sys.executable, "-m", "zt_analysis.cli"]
CASES = ("2018-11", "2018-W45")
MOST_STATEMENTS = 15
IMPORTS = "import pandas, duckdb, ibis"

# one question of each kind first, as in a kernel that was used before; then three times, of which the median counts
WARM_KERNEL = """
import statistics, time
import duckdb, ibis, pandas
import zt_analysis as zt
from pathlib import Path
package = Path("data/zhaotong-2018")
def timed(do):
    start = time.process_time(); done = do(); return time.process_time() - start, done
def by_hand():
    con = duckdb.connect()
    for one in sorted(package.glob("*.csv")):
        con.execute(f"CREATE TABLE {one.stem} AS FROM read_csv('{one}')")
    for one in sorted(package.glob("*.parquet")):
        con.execute(f"CREATE VIEW {one.stem} AS FROM read_parquet('{one}')")
    return con
OUT = "FROM dropout_cases WHERE opened_on <= '2018-11-08' AND (outcome_on IS NULL OR outcome_on > '2018-11-08')"
OF = "FROM enrolment WHERE reported_on = '2018-11-08'"
SETS = "GROUP BY GROUPING SETS ((county_code, stage), (county_code), (stage), ())"
def figure(con):
    (out,), = con.execute(f"SELECT count(DISTINCT person_id) {OUT} AND stage = 'junior'").fetchall()
    (of,), = con.execute(f"SELECT sum(school_age_persons) {OF} AND stage = 'junior'").fetchall()
    return round(out / of * 100, 2)
def across(con):
    out = con.execute(f"SELECT county_code, stage, count(DISTINCT person_id) AS out {OUT} {SETS}").df()
    of = con.execute(f"SELECT county_code, stage, sum(school_age_persons) AS of {OF} {SETS}").df()
    both = out.merge(of, on=["county_code", "stage"]).astype({"county_code": object, "stage": object})
    both["rate"] = (both["out"] / both["of"] * 100).round(2)
    return both.fillna({"county_code": "-", "stage": "-"}).pivot(index="county_code", columns="stage", values="rate")
def ask():
    opened, tables = timed(lambda: zt.open_package(package))
    by_hand_opened, con = timed(by_hand)
    book = zt.case("2018-11"); book.tables
    one, _ = timed(lambda: book.figure("失辍学率", stage="初中").value)
    by_hand_one, _ = timed(lambda: figure(con))
    table, _ = timed(lambda: book.figure("失辍学率").by("county", "stage").pivot())
    by_hand_table, _ = timed(lambda: across(con))
    return (opened, by_hand_opened), (one, by_hand_one), (table, by_hand_table)
ask()
found = [ask() for _ in range(3)]
for pairs in zip(*found):
    print(*(statistics.median(one) for one in zip(*pairs)))
"""

STATEMENTS = """
import sys
from pathlib import Path
from zt_analysis import checks, params
from zt_analysis.bulletins import paper_of
from zt_analysis.sources import open_package
from zt_analysis.sources.guarding import ReadOnly
paper = paper_of(params.load(sys.argv[1], Path.cwd()))
tables = open_package(paper.package, roles=paper.roles)
asked = []
for name in ("arrow", "rows"):
    def counting(self, query, _do=getattr(ReadOnly, name)):
        asked.append(query)
        return _do(self, query)
    setattr(ReadOnly, name, counting)
review = checks.review(paper, tables)
of_review = len(asked)
review.ledger
print(of_review, len(asked))
"""


def goals(runs: int, before: Path | None) -> None:
    """Every goal that takes seconds to measure."""
    with tempfile.TemporaryDirectory() as made:
        project = Path(made, "project")
        for name in ("data", "params", "notebooks", "office", "papers", "zt.toml"):
            _copy(ROOT / name, project / name)
        check(runs, project)
        one_run(runs, project, before)
        warm_kernel(runs, project)
        statements(project)


def check(runs: int, project: Path) -> None:
    """``zt check`` over importing the libraries, with what is kept and with nothing kept."""
    command, imports = [*ZT, "check", CASES[0]], [sys.executable, "-c", IMPORTS]
    cpu(command, project)
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as empty:  # where SQL and other things of the user's are kept
            fresh = {"XDG_CACHE_HOME": empty}
            nothing = cpu(command, project, ZT_KEPT_ROWS="off", **fresh)
        with tempfile.TemporaryDirectory() as empty:
            for kept in project.glob("data/*/.kept"):
                shutil.rmtree(kept)
            first = cpu(command, project, XDG_CACHE_HOME=empty)
        cpu(command, project)
        found.append((cpu(command, project), nothing, first, cpu(imports, project)))
    row("zt check / imports, rows kept", [kept / imported for kept, _, _, imported in found], most=2.0)
    row("zt check / imports, nothing kept", [nothing / imported for _, nothing, _, imported in found], most=3.5)
    row("zt check / imports, first, which keeps", [first / imported for _, _, first, imported in found])


def one_run(runs: int, project: Path, before: Path | None) -> None:
    """``zt run`` against papermill and nbconvert of the same notebook; papermill of it against an earlier version."""
    out = str(project / "out.ipynb")
    ours = [*ZT, "run", CASES[0], "--force"]
    papermill = [sys.executable, "-m", "papermill", "notebooks/bulletin.ipynb", out, "-f", f"params/{CASES[0]}.yml",
                 "--no-progress-bar"]  # fmt: skip
    convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", out]
    cpu(ours, project)
    found = []
    for _ in range(runs):
        mine, theirs, page = (cpu(one, project) for one in (ours, papermill, convert))
        earlier = cpu(papermill, before, PYTHONPATH=str(before)) if before else 0.0
        found.append((mine, theirs, page, earlier))
    median = [statistics.median(column) for column in zip(*found, strict=True)]
    print(f"  zt run {median[0]:.2f} s, papermill {median[1]:.2f} s, nbconvert {median[2]:.2f} s")
    row("papermill + nbconvert / zt run", [(b + c) / a for a, b, c, _ in found], least=3.0)
    if before:
        row("papermill before / now", [d / b for _, b, _, d in found], least=1.5)


def warm_kernel(runs: int, project: Path) -> None:
    """What a person waits for who asks: opening, a figure, a table across, and DuckDB's SQL by hand."""
    found = []
    for _ in range(runs):
        said = subprocess.run(
            [sys.executable, "-c", WARM_KERNEL],
            cwd=project,
            env=_environment(),
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        found.append([[float(word) for word in line.split()] for line in said.splitlines()])
    for at, (name, most) in enumerate((("open the package", 0.1), ("one figure", 0.05), ("a table across", 0.1))):
        row(f"warm kernel: {name}, seconds", [one[at][0] for one in found], most=most)
        row(f"warm kernel: {name} / SQL by hand", [one[at][0] / one[at][1] for one in found], most=3.0)


def statements(project: Path) -> None:
    """How often the engine is asked for a case: for its review, and with the cards and rows of the ledger."""
    for case in CASES:
        command = [sys.executable, "-c", STATEMENTS, case]
        environment = _environment() | {"ZT_KEPT_ROWS": "off"}
        done = subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True, text=True)
        row(f"statements of {case}, ledger included", [float(done.stdout.split()[1])], most=MOST_STATEMENTS)


def row(name: str, values: list[float], *, most: float | None = None, least: float | None = None) -> None:
    """One goal: the median with its least and most, what it has to be, and whether it is."""
    found = statistics.median(values)
    told = f"{name:40} {found:7.3f}  ({min(values):.3f}-{max(values):.3f})"
    if most is not None or least is not None:
        reached = found <= most if most is not None else found >= (least or 0)
        goal = f"at most {most}" if most is not None else f"at least {least}"
        told += f"  goal {goal}: {'reached' if reached else 'NOT reached'}"
    print(told, flush=True)


def cpu(command: list[str], cwd: Path, **more: str) -> float:
    """Processor seconds of ``command`` and of all that it waited for."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, env=_environment() | more, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        said.seek(0)
        if status and os.waitstatus_to_exitcode(status) != 1:
            raise SystemExit(f"{' '.join(command)}:\n{said.read().decode()}")
    return usage.ru_utime + usage.ru_stime


def _environment() -> dict[str, str]:
    # modules are compiled ahead where pip has installed them; a checkout compiles its own unless told not to
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


def _copy(path: Path, to: Path) -> None:
    copy: Callable[..., object] = shutil.copytree if path.is_dir() else shutil.copy
    to.parent.mkdir(exist_ok=True)
    ignore = {"ignore": shutil.ignore_patterns(".kept", "__pycache__")} if path.is_dir() else {}
    copy(path, to, **ignore)
