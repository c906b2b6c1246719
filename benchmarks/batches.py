"""Many cases at once: ways to run copies of the shipped case, each a process of its own from cold.

``python benchmarks/batches.py WAY PROJECT CASE...`` is one way alone; ``bench.py --part batch`` compares them,
``--part growth`` runs more and more cases in ours.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, cycle
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from goals import row

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = "2018-11"
WORKERS = 2
# the city reports on Thursdays: any two of these can be a base date and a date of the count
WAYS = ("loop", "pool", "ploomber", "warm", "floor")
# a case may cost this much more in a batch of a hundred than in one of twenty-five; the rest is the machine's
TOLERATED = 1.25
# how often ours goes into the loop of commands and into the pool, in processor seconds; what a worker may hold
GOALS, MOST_MIB = {"loop": 15.0, "pool": 5.0}, 350.0
THURSDAYS = [date(2018, 9, 20) + timedelta(weeks=week) for week in range(8)]


@dataclass(frozen=True)
class Taken:
    """What one run took.

    Attributes:
        wall, processor: seconds; the second kind hardly changes when the machine has other work.
        peak: MiB of all its processes together, what they share counted once.
        largest: MiB that the largest of its processes held at most.
    """

    wall: float
    processor: float
    peak: float = 0.0
    largest: float = 0.0

    def times(self, factor: float) -> Taken:
        """As if there had been ``factor`` as many cases."""
        return Taken(self.wall * factor, self.processor * factor, self.peak, self.largest)


def compare(runs: int, cases: int, looped: int) -> None:
    """Each way in turn, ``runs`` times; the loop of commands on ``looped`` of the cases only, then scaled."""
    ways = [way for way in WAYS if way != "ploomber" or find_spec("ploomber_engine")]
    if "ploomber" not in ways:
        print("ploomber-engine is not installed and left out: pip install ploomber-engine")
    for kind, dated in (("copies", False), ("other dates", True)):
        with tempfile.TemporaryDirectory() as folder:
            project, names = Path(folder, "project"), named(cases)
            copies(project, names, dated=dated)
            found: dict[str, list[Taken]] = {way: [] for way in ways}
            for way in ("loop", "warm"):  # once for nothing: what is compiled and kept then is there for all
                taken(way, project, names[:1])
            for _ in range(runs):
                found["loop"].append(taken("loop", project, names[:looped]).times(cases / looped))
                for way in ways[1:]:
                    found[way].append(taken(way, project, names))
        say(f"{cases} cases, {kind}", found)


def grow(cases: int) -> None:
    """Ours on a quarter, a half and all of ``cases``: what a case costs, and what all processes hold at most.

    Ends with an error when a case of the whole costs more than ``TOLERATED`` times one of the quarter, in processor
    seconds, or the peak is that much higher.
    """
    found: dict[int, Taken] = {}
    with tempfile.TemporaryDirectory() as folder:
        project, names = Path(folder, "project"), named(cases)
        copies(project, names, dated=True)
        for size in (cases // 4, cases // 2, cases):
            one = found[size] = taken("warm", project, names[:size])
            print(
                f"{size:4} cases {one.wall:7.2f} s, a case {one.wall / size:.3f} s, processor "
                f"{one.processor / size:.3f} s, peak {one.peak:.0f} MiB of all processes",
                flush=True,
            )
    first, last = found[cases // 4], found[cases]
    cost, peak = last.processor / cases / (first.processor / (cases // 4)), last.peak / first.peak
    print(f"a case of {cases} / a case of {cases // 4}: processor {cost:.2f}, peak {peak:.2f}")
    if max(cost, peak) > TOLERATED:
        raise SystemExit(f"more than {TOLERATED}: cost is not linear, or memory grows")


def named(cases: int) -> list[str]:
    """Names of issues, eighty a year."""
    return [f"{2018 + number // 80}-{11 + number % 80}" for number in range(cases)]


def say(title: str, found: dict[str, list[Taken]]) -> None:
    """Medians, and ratios of each run."""
    print(title)
    for way, runs in found.items():
        print(
            f"  {way:12} {spread([one.wall for one in runs])} s, processor {spread([one.processor for one in runs])} s"
        )
    for over, under in (("loop", "warm"), ("pool", "warm"), ("ploomber", "warm"), ("warm", "floor")):
        if over not in found:
            continue
        pairs = list(zip(found[over], found[under], strict=True))
        wall, processor = ([getattr(a, kind) / getattr(b, kind) for a, b in pairs] for kind in ("wall", "processor"))
        print(f"  {over + ' / ' + under:12} {spread(wall)}, processor {spread(processor)}")
        if over in GOALS:
            row(f"{title}: {over} / ours", processor, least=GOALS[over])
    row(f"{title}: largest worker, MiB", [one.largest for one in found["warm"]], most=MOST_MIB)


def spread(values: list[float]) -> str:
    """Median, least and most."""
    return f"{statistics.median(values):6.2f} ({min(values):.2f}-{max(values):.2f})"


def copies(project: Path, names: list[str], *, dated: bool) -> None:
    """A project of copies of the shipped case; ``dated`` ones differ in their two dates."""
    for name in ("params", "notebooks", "data", "office"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".kept", "__pycache__"))
    shutil.copy(ROOT / "zt.toml", project)
    shipped = (project / "params" / f"{SHIPPED}.yml").read_text(encoding="utf-8")
    pairs = list(combinations(THURSDAYS, 2))[::-1]
    for name, (base, as_of) in zip(names, cycle(pairs), strict=False):
        text = shipped.replace(f'case: "{SHIPPED}"', f'case: "{name}"')
        if dated:
            text = text.replace('"2018-09-20"', f'"{base}"').replace('"2018-11-08"', f'"{as_of}"')
        (project / "params" / f"{name}.yml").write_text(text, encoding="utf-8")
        for kind in ("claims", "explanations") if name != SHIPPED else ():
            folder = project / "data/zhaotong-2018" / kind
            shutil.copy(folder / f"{SHIPPED}.csv", folder / f"{name}.csv")


def taken(way: str, project: Path, names: list[str]) -> Taken:
    """What one way takes, its start included."""
    shutil.rmtree(project / "outputs", ignore_errors=True)
    (project / "outputs").mkdir()
    # modules are compiled once, as anywhere but where an environment forbids it
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, str(Path(__file__).resolve()), way, str(project), *names]
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as done:
        watch = Watch(done.pid)
        watch.start()
        said = done.communicate()[1]
        watch.join()
    wall, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(said)
    pages = list((project / "outputs").rglob("*.html"))
    if len(pages) < len(names):
        raise SystemExit(f"{way}: {len(pages)} pages of {len(names)}")
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                 watch.peak, watch.largest)  # fmt: skip


class Watch(threading.Thread):
    """Looks a few times a second at the memory that a process and all below it hold; the most in MiB is ``peak``, what
    the largest of them held at most ``largest``."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.largest = pid, 0.0, 0.0

    def run(self) -> None:
        """Look until the process has gone."""
        import psutil

        try:
            top = psutil.Process(self.pid)
            while top.status() != psutil.STATUS_ZOMBIE:
                family = [top, *top.children(recursive=True)]
                self.peak = max(self.peak, sum(_held(one) for one in family))
                self.largest = max(self.largest, *(_most(one.pid) for one in family))
                time.sleep(0.25)
        except psutil.NoSuchProcess:
            return


def _held(process: object) -> float:
    """The share of a process in what is held, in MiB: pages that several share are divided among them."""
    import psutil

    try:
        found = process.memory_full_info()  # type: ignore[attr-defined]
    except psutil.Error:  # it has just ended
        return 0.0
    return float(getattr(found, "pss", found.rss)) / 2**20


def _most(pid: int) -> float:
    """The most that a process has held so far, in MiB, as Linux knows it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # it has just ended, or another system
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def loop(project: Path, names: list[str]) -> None:
    """What a user types: papermill and nbconvert, one case after another."""
    for name in names:
        out = f"outputs/{name}.ipynb"
        papermill = ["papermill", "notebooks/bulletin.ipynb", out, "-f", f"params/{name}.yml", "--no-progress-bar"]
        subprocess.run([sys.executable, "-m", *papermill], check=True, cwd=project)
        convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", out]
        subprocess.run(convert, check=True, cwd=project)


def pool(project: Path, names: list[str], engine: str | None = None) -> None:
    """papermill's and nbconvert's Python interfaces in a pool of processes."""
    # by the name of this module: ploomber-engine puts another module in the place of __main__
    work = partial(import_module("batches").pooled, engine)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as executor:
        list(executor.map(work, [project] * len(names), names))


def ploomber(project: Path, names: list[str]) -> None:
    """The same pool with ploomber-engine, which runs cells in the process itself: no kernel, nothing kept apart."""
    os.environ["PLOOMBER_STATS_ENABLED"] = "false"
    pool(project, names, "embedded")


def pooled(engine: str | None, project: Path, name: str) -> None:
    """One case in a process of a pool."""
    import papermill
    from nbconvert import HTMLExporter
    from ruamel.yaml import YAML

    out = project / "outputs" / f"{name}.ipynb"
    parameters = YAML(typ="safe").load((project / "params" / f"{name}.yml").read_text(encoding="utf-8"))
    papermill.execute_notebook(
        str(project / "notebooks/bulletin.ipynb"), str(out), dict(parameters), engine_name=engine, cwd=str(project),
        progress_bar=False,
    )  # fmt: skip
    out.with_suffix(".html").write_text(HTMLExporter().from_filename(str(out))[0], encoding="utf-8")


def warm(project: Path, names: list[str]) -> None:
    """Ours, as it is typed."""
    command = [sys.executable, "-m", "zt_analysis.cli", "run", *names, "--jobs", str(WORKERS)]
    done = subprocess.run(command, cwd=project, stdout=subprocess.DEVNULL, check=False)
    if done.returncode > 1:  # 1 says that figures differ, as those of other dates do
        raise SystemExit(done.returncode)


def floor(project: Path, names: list[str]) -> None:
    """The same code as a plain script in forked children: no kernel, no papermill, no notebook but for the page."""
    from zt_analysis.notebooks.warm import kernel, server
    from zt_analysis.runs import worker
    from zt_analysis.sources.kept_rows import KEPT

    os.environ |= server.SINGLE_THREADED
    kernel.preload()
    worker.preload()
    with tempfile.TemporaryDirectory() as kept:
        os.environ[KEPT] = kept
        left, running = list(names), 0
        while left or running:
            while left and running < WORKERS:
                name = left.pop(0)
                running += 1
                if os.fork() == 0:
                    _and_leave(lambda name=name: _plain(project, name))  # type: ignore[misc]
            running -= 1
            if os.wait()[1]:
                raise SystemExit("a child failed")


def _and_leave(work: Callable[[], None]) -> None:
    code = 1
    try:
        work()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def _plain(project: Path, name: str) -> None:
    import ast

    import nbformat

    from zt_analysis import ledger, params, reports
    from zt_analysis.runs.figure_files import figure_files

    notebook = nbformat.read(project / "notebooks/bulletin.ipynb", 4)
    space: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        lines = ast.parse(cell.source).body
        last = lines.pop() if isinstance(lines[-1], ast.Expr) else None
        exec(compile(ast.Module(lines, []), name, "exec"), space)
        shown = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
        cell.outputs = [] if shown is None else [nbformat.v4.new_output("execute_result", data=_bundle(shown))]
        if "parameters" in cell.metadata.get("tags", []):
            space |= params.load(name, project)
    folder = project / "outputs" / name
    folder.mkdir()
    for file, content in figure_files(ledger.from_notebook(notebook)).items():
        (folder / file).write_bytes(content)
    (folder / "report.html").write_text(reports.render(notebook), encoding="utf-8")


def _bundle(shown: object) -> dict[str, object]:
    if hasattr(shown, "_repr_mimebundle_"):
        return dict(shown._repr_mimebundle_())
    return {"text/html": shown._repr_html_(), "text/plain": repr(shown)}  # type: ignore[attr-defined]


if __name__ == "__main__":
    {"loop": loop, "pool": pool, "ploomber": ploomber, "warm": warm, "floor": floor}[sys.argv[1]](
        Path(sys.argv[2]), sys.argv[3:]
    )
