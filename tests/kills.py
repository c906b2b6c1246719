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

from zt_analysis.runs.verifying import verify

LONGEST_SECONDS = 14.0


def kill_batches(project, cases, *, kills, seed):
    """Start the batch ``kills`` times, kill all of its processes at a random moment, and verify what stands then.

    Returns how often it was killed before it ended, how many whole folders were seen afterwards, and what was broken.
    """
    moments = random.Random(seed)
    outcome = {"killed": 0, "whole": 0, "broken": [], "moments": []}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "zt_analysis.cli", "run", *cases, "--force", "--jobs", "2"]
    longest = LONGEST_SECONDS
    while outcome["killed"] < kills:
        moment = moments.uniform(0.05, longest)
        process = subprocess.Popen(
            command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
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
        outcome["broken"] += broken
    return outcome


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
    """Fifty kills, printed; exit code 1 when anything was lost."""
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
        print(f"whole folders seen after the kills: {outcome['whole']}; broken: {outcome['broken'] or 'none'}")
        command = [sys.executable, "-m", "zt_analysis.cli", "run", *cases]
        rerun = subprocess.run(command, cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode
        whole, broken = look(project, cases)
        left = [path.name for path in (project / "outputs").glob(".*") if path.name != ".locks"]
        print(f"rerun: exit code {rerun}; {whole} of {len(cases)} cases whole; left behind: {left or 'nothing'}")
    finally:
        shutil.rmtree(project, ignore_errors=True)
    sys.exit(bool(outcome["broken"] or broken or rerun or left or whole < len(cases)))


if __name__ == "__main__":
    main()
