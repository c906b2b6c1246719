"""Kill a batch at seeded moments and look at what it leaves. ``python tests/kills.py`` does so fifty times."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from packages import ROOT, SHIPPED, add_office

from zt_analysis.runs.record import read_record
from zt_analysis.runs.verifying import verify

AHEAD = 1.05  # of the time that a whole batch took: kills fall on its end, too


def batch(cases, *options):
    """The words that start a batch, and the environment to start it in."""
    words = [sys.executable, "-m", "zt_analysis.cli", "run", *cases, *options]
    return words, os.environ | {"PYTHONPATH": str(ROOT)}


def kill_batches(project, cases, *, kills, seed):
    """Run the batch once, then ``kills`` times, all of its processes killed at a random moment; see what stands then.

    Returns how often it was killed before it ended, how many whole folders were seen afterwards (as each was whole
    before, each has to be whole), how many of them were the work of the batch that was killed, and what was broken.
    """
    moments = random.Random(seed)
    outcome = {"killed": 0, "whole": 0, "anew": 0, "broken": [], "moments": []}
    words, environment = batch(cases, "--force", "--jobs", "2")
    started = time.monotonic()
    subprocess.run(words, cwd=project, env=environment, stdout=subprocess.DEVNULL, check=False)
    longest = AHEAD * (time.monotonic() - started)
    while outcome["killed"] < kills:
        moment = moments.uniform(0.05, longest)
        before = [ended_at(project, case) for case in cases]
        process = subprocess.Popen(
            words, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        started = time.monotonic()
        try:
            process.wait(timeout=moment)
            longest = max(1.0, time.monotonic() - started)  # it ended by itself: aim earlier
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        outcome["killed"] += 1
        outcome["moments"].append(round(moment, 2))
        whole, broken = look(project, cases)
        outcome["whole"] += whole
        outcome["anew"] += sum(ended_at(project, case) != was for case, was in zip(cases, before, strict=True))
        outcome["broken"] += broken
    return outcome


def ended_at(project, case):
    """When the run ended that left the outputs of ``case``."""
    return read_record(project / "outputs" / case).get("times", {}).get("ended")


def look(project, cases):
    """How many cases stand whole, and what is wrong with those that do not; one never published is neither."""
    whole, broken = 0, []
    for case in cases:
        folder = project / "outputs" / case
        if not folder.exists():
            continue
        found = verify(folder, project)
        whole += found.holds
        broken += [f"{case}: {problem}" for problem in found.problems]
    return whole, broken


def main():
    """Fifty kills, printed; exit code 1 when anything was lost, or no batch that was killed had published anything."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    cases = ("2018-11", "2018-W44", "2018-W45")
    project = Path(tempfile.mkdtemp(prefix="zt-kills-"))
    try:
        for name in ("params", "notebooks"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copytree(SHIPPED, project / "data" / "zhaotong-2018")
        add_office(project)
        outcome = kill_batches(project, cases, kills=kills, seed=20181115)
        print(f"killed {outcome['killed']} times, after {outcome['moments']} s")
        print(
            f"whole folders seen after the kills: {outcome['whole']} of {kills * len(cases)}, {outcome['anew']} "
            f"of them published by a batch that was killed; broken: {outcome['broken'] or 'none'}"
        )
        words, environment = batch(cases)
        rerun = subprocess.run(words, cwd=project, env=environment, check=False).returncode
        whole, broken = look(project, cases)
        left = [path.name for path in (project / "outputs").glob(".*") if path.name != ".locks"]
        print(f"rerun: exit code {rerun}; {whole} of {len(cases)} cases whole; left behind: {left or 'nothing'}")
    finally:
        shutil.rmtree(project, ignore_errors=True)
    unseen = outcome["whole"] < kills * len(cases) or not outcome["anew"]  # it has to hit what it is about
    sys.exit(bool(outcome["broken"] or broken or rerun or left or whole < len(cases) or unseen))


if __name__ == "__main__":
    main()
